//! The bookings of one day, put to desks; and whether one more fits in.

use super::fronts::{Classes, Front};
use super::roster::Desks;

/// A booking as far as slots care: from and to in unix seconds, and the desks that can take it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Demand {
    pub from: i64,
    pub to: i64,
    pub desks: Desks,
}

impl Demand {
    const fn meets(&self, other: &Self) -> bool {
        self.from < other.to && other.from < self.to
    }
}

/// The answer for one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Free,
    /// And so is every time of the same desks (or fewer) that starts from here on and before `until`.
    Taken {
        until: i64,
        desks: Desks,
    },
}

/// The bookings of one day, each at one desk for its whole length.
#[derive(Default)]
pub(super) struct Plan {
    /// By start. Those displaced are not among them.
    demands: Vec<Demand>,
    /// Bookings that no desk is left for, since desks were taken away after they were promised: going by start, and by
    /// number among equals, those that cannot be put beside the ones before them. Nothing is offered that meets one and
    /// could use its desks; the rest of the day goes on.
    displaced: Vec<Demand>,
    /// By desk: numbers of its demands, by start.
    lanes: Vec<Vec<u32>>,
    /// When each desk is free again, while lanes are filled.
    free_at: Vec<i64>,
    /// The exact answer's ground, made when it is first needed.
    exact: Option<Exact>,
    /// Sets of desks that nobody tells apart on this day.
    alike: Vec<Desks>,
}

/// The fronts of a day.
struct Exact {
    classes: Classes,
    /// Before each demand, and after the last.
    fronts: Vec<Front>,
    /// Of each front, a way that leads to the end of the day.
    alive: Vec<usize>,
}

impl Plan {
    /// Puts the demands of a day, which are in order of start, to desks. `alike` are the sets of desks of which every
    /// demand takes whole ones.
    pub fn lay(&mut self, demands: &[Demand], desks: usize, alike: impl FnOnce(&mut Vec<Desks>)) {
        self.demands.clear();
        self.demands.extend_from_slice(demands);
        self.displaced.clear();
        self.exact = None;
        self.alike.clear();
        alike(&mut self.alike);
        self.lanes.iter_mut().for_each(Vec::clear);
        self.lanes.resize_with(desks, Vec::new);
        self.free_at.clear();
        self.free_at.resize(desks, i64::MIN);
        for number in 0..self.demands.len() {
            if !self.put(number) {
                self.lay_exactly(desks);
                return;
            }
        }
    }

    /// Puts one demand to the first desk that is free, or makes room by moving one that began before to another desk.
    fn put(&mut self, number: usize) -> bool {
        let demand = self.demands[number];
        if let Some(desk) = self.idle(demand.desks, demand.from) {
            self.take(number, desk);
            return true;
        }
        for desk in bits(demand.desks) {
            let Some(&other) = self.lanes[desk].last() else { continue };
            let moved = self.demands[other as usize];
            if let Some(room) = self.idle(moved.desks & !(1 << desk), moved.from) {
                self.lanes[desk].pop();
                self.take(other as usize, room);
                // What is left at the desk ended before the one that moved began.
                self.take(number, desk);
                return true;
            }
        }
        false
    }

    fn idle(&self, desks: Desks, from: i64) -> Option<usize> {
        bits(desks).find(|desk| self.free_at[*desk] <= from)
    }

    fn take(&mut self, number: usize, desk: usize) {
        self.lanes[desk].push(u32::try_from(number).unwrap_or(u32::MAX));
        self.free_at[desk] = self.demands[number].to;
    }

    /// The quick way has failed: finds who is displaced, if anybody, and a way for all others.
    fn lay_exactly(&mut self, desks: usize) {
        let (exact, kept, displaced) = self.make_exact();
        (self.demands, self.displaced) = (kept, displaced);
        self.lanes.iter_mut().for_each(Vec::clear);
        self.free_at.clear();
        self.free_at.resize(desks, i64::MIN);
        for number in 0..self.demands.len() {
            let demand = self.demands[number];
            let (_, place) = exact.fronts[number + 1].step(exact.alive[number + 1]);
            if let Some(desk) = self.idle(exact.classes.of(place), demand.from) {
                self.take(number, desk);
            }
        }
        self.exact = Some(exact);
    }

    /// Builds the fronts: those who can be put, and those who cannot.
    fn make_exact(&self) -> (Exact, Vec<Demand>, Vec<Demand>) {
        let classes = Classes::new(&self.alike);
        let mut fronts = vec![Front::start(classes.desks())];
        let (mut kept, mut displaced) = (Vec::with_capacity(self.demands.len()), Vec::new());
        for demand in &self.demands {
            let mut next = Front::default();
            fronts[fronts.len() - 1].advance(demand, &classes, &mut next);
            if next.is_empty() {
                displaced.push(*demand);
            } else {
                kept.push(*demand);
                fronts.push(next);
            }
        }
        let mut alive = vec![0; fronts.len()];
        for at in (1..fronts.len()).rev() {
            alive[at - 1] = fronts[at].step(alive[at]).0;
        }
        (Exact { classes, fronts, alive }, kept, displaced)
    }

    /// Whether one more fits in: all of them, this one included, each at one desk that serves it, for its whole length.
    pub fn fits(&mut self, wanted: &Demand) -> Answer {
        let taken = Answer::Taken { until: wanted.from + 1, desks: wanted.desks };
        if wanted.desks == 0 || self.displaced.iter().any(|d| d.meets(wanted) && d.desks & wanted.desks != 0) {
            return taken;
        }
        if bits(wanted.desks).any(|desk| self.is_free(desk, wanted)) {
            return Answer::Free;
        }
        let first = self.demands.partition_point(|demand| demand.from <= wanted.from);
        let inside = self.demands[first..].iter().take_while(|demand| demand.from < wanted.to);
        let instants = std::iter::once(wanted.from).chain(inside.map(|demand| demand.from));
        if let Some(answer) = instants.into_iter().find_map(|at| self.full_at(at, wanted.desks)) {
            return answer;
        }
        if self.fits_exactly(wanted) { Answer::Free } else { taken }
    }

    /// Whether a desk is idle throughout.
    fn is_free(&self, desk: usize, wanted: &Demand) -> bool {
        let lane = &self.lanes[desk];
        let next = lane.partition_point(|number| self.demands[*number as usize].to <= wanted.from);
        lane.get(next).is_none_or(|number| self.demands[*number as usize].from >= wanted.to)
    }

    /// Whether, at one instant, those that serve are all taken by bookings that no idle desk could take over: then
    /// there are more bookings than desks for them, however they are put.
    fn full_at(&self, at: i64, desks: Desks) -> Option<Answer> {
        let (mut reached, mut seen, mut until) = (desks, 0, i64::MAX);
        while let Some(desk) = bits(reached & !seen).next() {
            seen |= 1 << desk;
            let lane = &self.lanes[desk];
            let next = lane.partition_point(|number| self.demands[*number as usize].to <= at);
            let there = lane.get(next).map(|number| &self.demands[*number as usize]).filter(|d| d.from <= at)?;
            reached |= there.desks;
            until = until.min(there.to);
        }
        Some(Answer::Taken { until, desks: reached })
    }

    /// The exact answer: from the ways before it, through it, until a way is as good as one that is known to end well.
    fn fits_exactly(&mut self, wanted: &Demand) -> bool {
        if self.exact.is_none() {
            self.exact = Some(self.make_exact().0);
        }
        // Fewer fronts than bookings: too many ways to follow them all (`WAYS_MAX`), so nothing more is promised.
        self.exact
            .as_ref()
            .is_some_and(|exact| exact.fronts.len() == self.demands.len() + 1 && exact.fits(&self.demands, wanted))
    }
}

impl Exact {
    fn fits(&self, demands: &[Demand], wanted: &Demand) -> bool {
        let first = demands.partition_point(|demand| demand.from < wanted.from);
        let (mut now, mut next) = (Front::default(), Front::default());
        self.fronts[first].advance(wanted, &self.classes, &mut now);
        let mut from = wanted.from;
        for (at, demand) in demands.iter().enumerate().skip(first) {
            let known = self.fronts[at].way(self.alive[at], self.classes.desks());
            if now.betters(known, from) {
                return true;
            }
            now.advance(demand, &self.classes, &mut next);
            std::mem::swap(&mut now, &mut next);
            if now.is_empty() {
                return false;
            }
            from = demand.from;
        }
        !now.is_empty()
    }
}

/// The numbers of the desks in a set, in order.
fn bits(mut desks: Desks) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let desk = (desks != 0).then(|| desks.trailing_zeros() as usize)?;
        desks &= desks - 1;
        Some(desk)
    })
}
