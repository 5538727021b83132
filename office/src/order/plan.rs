//! The plan behind "fits": booked visits assigned to open desks, as well as can be.
//!
//! **The model**, so that two people build the same thing:
//! - A *promise* is a booked visit of the window: somebody who ranks as booked and waits, or who is expected later.
//!   Promises are put in *booked order*: by claim (the booked time, or the arrival if that was later; for somebody past
//!   the hard limit, arrival plus the limit), then by arrival, then by number, those here before those expected.
//! - An assignment gives every promise to one desk that serves it. A desk takes its promises one after the other in
//!   booked order: each starts when the desk is done with the one before (the first: when the desk is free by plan),
//!   and not before its claim, nor before now. It lasts as long as planned.
//! - Its *lateness* is its start less its claim.
//! - A promise that would not end by the desk's end (the clerk's end and the overtime) cannot go to that desk; one that
//!   finds no desk stays unplaced.
//! - The plan is the assignment with the fewest unplaced; then the smallest worst lateness; then the smallest sum of
//!   lateness; then, promise by promise in booked order, the lowest desk number (unplaced counts as the highest).

use super::scene::{Desks, Micros};

/// A booked visit that the plan has to place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PlanPromise {
    /// Lateness counts from here.
    pub(crate) claim: Micros,
    /// Cannot start before.
    pub(crate) release: Micros,
    pub(crate) length: Micros,
    /// The desks that serve it and count.
    pub(crate) desks: Desks,
    /// The promised time, as people know it.
    pub(crate) booked_for: Micros,
}

/// A desk as the plan sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seat {
    pub(crate) free: Micros,
    pub(crate) ends: Micros,
}

/// Where and when a promise is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PlanPlace {
    pub(crate) desk: usize,
    pub(crate) start: Micros,
}

/// The plan: one entry for each promise, `None` where no desk can keep it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CallPlan {
    pub(crate) places: Vec<Option<PlanPlace>>,
}

/// The search is exact as long as it needs no more steps than this; past it, the best assignment found so far is the
/// plan, and that never is worse than giving each promise in turn to the desk where it starts first. Half a dozen
/// promises at three desks stay within it (the brute force checks that); so does an office that keeps its times, however
/// large, since the first assignment tried is then the best. Counting steps, not time, keeps the answer the same on every
/// machine, and a "next" within its 200 µs (`examples/next_p99.rs`).
const STEPS_MAX: u32 = 100;

/// How good an assignment is; less is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Cost {
    unplaced: u32,
    worst: Micros,
    sum: Micros,
}

impl Cost {
    const NONE: Self = Self { unplaced: 0, worst: 0, sum: 0 };
    const HIGHEST: Self = Self { unplaced: u32::MAX, worst: Micros::MAX, sum: Micros::MAX };

    fn with_late(self, late: Micros) -> Self {
        Self { worst: self.worst.max(late), sum: self.sum + late, ..self }
    }

    const fn with_unplaced(self) -> Self {
        Self { unplaced: self.unplaced + 1, ..self }
    }

    fn and(self, rest: Self) -> Self {
        Self { unplaced: self.unplaced + rest.unplaced, worst: self.worst.max(rest.worst), sum: self.sum + rest.sum }
    }
}

/// Sorts after every desk.
const UNPLACED: usize = usize::MAX;

/// Makes the plan for promises in booked order.
pub(crate) fn plan(promises: &[PlanPromise], seats: &[Seat]) -> CallPlan {
    let mut search = Search::new(promises, seats);
    search.place(0, Cost::NONE);
    CallPlan { places: search.best }
}

/// A depth-first search that tries the least late desk first and cuts off what cannot be better.
struct Search<'a> {
    promises: &'a [PlanPromise],
    ends: Vec<Micros>,
    /// When each desk is free after the promises placed so far.
    free: Vec<Micros>,
    placed: Vec<Option<PlanPlace>>,
    /// The least that the promises from each one on will cost.
    rest: Vec<Cost>,
    best: Vec<Option<PlanPlace>>,
    best_cost: Cost,
    steps: u32,
}

impl<'a> Search<'a> {
    fn new(promises: &'a [PlanPromise], seats: &[Seat]) -> Self {
        let mut rest = vec![Cost::NONE; promises.len() + 1];
        for (index, promise) in promises.iter().enumerate().rev() {
            let able = seats.iter().enumerate().filter(|&(desk, _)| promise.desks & (1 << desk) != 0);
            let starts = able.map(|(_, seat)| (seat.free.max(promise.release), seat.ends));
            let earliest = starts.filter(|(start, ends)| start + promise.length <= *ends).map(|(start, _)| start).min();
            let own = match earliest {
                Some(start) => Cost::NONE.with_late(start - promise.claim),
                None => Cost::NONE.with_unplaced(),
            };
            rest[index] = own.and(rest[index + 1]);
        }
        Self {
            promises,
            ends: seats.iter().map(|seat| seat.ends).collect(),
            free: seats.iter().map(|seat| seat.free).collect(),
            placed: Vec::with_capacity(promises.len()),
            rest,
            best: Vec::new(),
            best_cost: Cost::HIGHEST,
            steps: 0,
        }
    }

    fn place(&mut self, index: usize, cost: Cost) {
        let found = self.best_cost != Cost::HIGHEST;
        if found && (self.steps >= STEPS_MAX || !self.can_be_better(cost.and(self.rest[index]))) {
            return;
        }
        self.steps += 1;
        let Some(&promise) = self.promises.get(index) else {
            self.best.clone_from(&self.placed);
            self.best_cost = cost;
            return;
        };
        let mut untried = promise.desks;
        while let Some(place) = self.least_late(&promise, &mut untried) {
            let before = self.free[place.desk];
            self.free[place.desk] = place.start + promise.length;
            self.placed.push(Some(place));
            self.place(index + 1, cost.with_late(place.start - promise.claim));
            self.placed.pop();
            self.free[place.desk] = before;
        }
        self.placed.push(None);
        self.place(index + 1, cost.with_unplaced());
        self.placed.pop();
    }

    /// Of the desks not tried yet, the one where the promise starts first; of equals the lowest number.
    fn least_late(&self, promise: &PlanPromise, untried: &mut Desks) -> Option<PlanPlace> {
        let mut least: Option<PlanPlace> = None;
        let mut left = *untried;
        while left != 0 {
            let desk = left.trailing_zeros() as usize;
            left &= left - 1;
            let start = self.free[desk].max(promise.release);
            let fits = start.checked_add(promise.length).is_some_and(|end| end <= self.ends[desk]);
            if !fits {
                *untried &= !(1 << desk);
            } else if least.is_none_or(|least| start < least.start) {
                least = Some(PlanPlace { desk, start });
            }
        }
        if let Some(place) = least {
            *untried &= !(1 << place.desk);
        }
        least
    }

    /// Whether an assignment that begins as placed so far, and costs at least this, can still beat the best.
    fn can_be_better(&self, least: Cost) -> bool {
        match least.cmp(&self.best_cost) {
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Greater => false,
            std::cmp::Ordering::Equal => {
                let number = |place: &Option<PlanPlace>| place.map_or(UNPLACED, |place| place.desk);
                self.placed.iter().map(number).le(self.best.iter().take(self.placed.len()).map(number))
            }
        }
    }
}
