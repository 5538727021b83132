//! What a desk's being busy would do to the plan: whom it delays, and by how much.
//!
//! Three plans are compared, over the same promises:
//! - *as it is*: the desk that asks is free now, every other desk when it is reckoned to be;
//! - *without fillers*: the same, with every desk that serves one of the others now taken as free now;
//! - *tried*: as it is, with one desk busy for so long.
//!
//! A promise is *put off* if it starts later in the tried plan than as it is, or finds no desk any more. Its *delay* is
//! then measured against the plan without fillers (or as it is, where that is earlier), so that small delays do not add
//! up. Somebody *fits* if nobody is put off; and may be called within the bound if no delay of those put off exceeds it.

use super::plan::{CallPlan, PlanPromise, Seat, plan};
use super::scene::{DeskView, Desks, MINUTE, Micros, NEVER, PLAN_MINUTES, Scene, Waiter, micros};
use crate::{Rank, VisitId};

/// What follows if a desk is busy for so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fit {
    /// The greatest delay of anybody who is put off; 0 if nobody is, [`NEVER`] if somebody finds no desk any more.
    pub(crate) delay: Micros,
    /// The booked time of the one who is delayed most.
    pub(crate) delayed: Option<Micros>,
    /// The next booked time that the desk has to keep afterwards.
    pub(crate) keeps: Option<Micros>,
}

/// The promises of one window, with their plans.
struct Window {
    /// How far it looks ahead.
    reach: Micros,
    promises: Vec<PlanPromise>,
    /// Who has the promise, if they are here.
    holders: Vec<Option<VisitId>>,
    as_it_is: CallPlan,
    /// Made when somebody is put off, and not before.
    without_fillers: Option<CallPlan>,
    tried: Vec<((usize, Micros), PlanTrial)>,
}

/// A tried plan and what it means.
struct PlanTrial {
    fit: Fit,
    plan: CallPlan,
}

/// The plans made for a scene so far. They hold for every desk that asks, until somebody who has a promise comes or is
/// called, or the time goes on.
#[derive(Default)]
pub(crate) struct Plans {
    windows: Vec<Window>,
    /// Answers given: a desk, how long it would be busy, for whom a gap is kept, and whether that is put back.
    put_back: Vec<((usize, Micros, Keeper), bool)>,
}

/// The plans for a scene in which some of the desks count.
pub(crate) struct Outlay<'s, 'a> {
    scene: &'s Scene<'a>,
    counted: Desks,
    plans: Plans,
}

/// Somebody for whom the next gap is kept (TRN-06), as far as the plan is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Keeper {
    pub(crate) desks: Desks,
    pub(crate) length: Micros,
}

impl<'s, 'a> Outlay<'s, 'a> {
    pub(crate) const fn new(scene: &'s Scene<'a>, counted: Desks, plans: Plans) -> Self {
        Self { scene, counted, plans }
    }

    /// The plans, for whoever asks next.
    pub(crate) fn into_plans(self) -> Plans {
        self.plans
    }

    /// What follows if a desk is busy with somebody of this length from now on.
    pub(crate) fn fit(&mut self, desk: usize, length: Micros) -> Fit {
        let scene = self.scene;
        self.window(length).tried(scene, desk, length).fit
    }

    /// What follows if a desk calls a booked citizen early: the others must not be put off.
    pub(crate) fn fit_of_promise(&mut self, desk: usize, visit: VisitId, length: Micros) -> Fit {
        let scene = self.scene;
        let window = self.window(length);
        let own = window.holders.iter().position(|holder| *holder == Some(visit));
        let without_own = |index: &usize| Some(*index) != own;
        let kept: Vec<usize> = (0..window.promises.len()).filter(without_own).collect();
        let promises: Vec<PlanPromise> = kept.iter().map(|&index| window.promises[index]).collect();
        let tried = plan(&promises, &seats_busy(scene, desk, length));
        let of_kept = |plan: &CallPlan| CallPlan { places: kept.iter().map(|&index| plan.places[index]).collect() };
        let without = of_kept(window.without_fillers(scene));
        compare(&promises, &of_kept(&window.as_it_is), &without, &tried, desk)
    }

    /// Whether a desk's being busy for `length` would put back the first gap of somebody else.
    pub(crate) fn puts_back_gap(&mut self, desk: usize, length: Micros, keeper: Keeper) -> bool {
        if let Some(&(_, known)) = self.plans.put_back.iter().find(|(key, _)| *key == (desk, length, keeper)) {
            return known;
        }
        let (scene, counted) = (self.scene, self.counted);
        let window = self.window(length.max(keeper.length));
        window.tried(scene, desk, length);
        let gap = |plan: &CallPlan, seats: &[Seat]| {
            let Keeper { desks, length } = keeper;
            let wanted = GapWish { desks: desks & counted, length, from: scene.now, bound: scene.numbers.bound };
            first_gap(&window.promises, plan, seats, wanted)
        };
        let tried = window.tried.iter().find(|(key, _)| *key == (desk, length)).map(|(_, tried)| &tried.plan);
        let now = gap(&window.as_it_is, &seats_as_they_are(scene));
        let then = tried.and_then(|plan| gap(plan, &seats_busy(scene, desk, length)));
        let puts_back = now.is_some_and(|now| then.is_none_or(|then| then > now));
        self.plans.put_back.push(((desk, length, keeper), puts_back));
        puts_back
    }

    /// When somebody of this length could next start at a desk, later than now, without delaying anybody there beyond the
    /// bound, by the plan as it is.
    pub(crate) fn next_gap_at(&mut self, desk: usize, length: Micros) -> Option<Micros> {
        let scene = self.scene;
        let window = self.window(length);
        let seats = seats_as_they_are(scene);
        let wanted = GapWish { desks: 1 << desk, length, from: scene.now + 1, bound: scene.numbers.bound };
        first_gap(&window.promises, &window.as_it_is, &seats, wanted)
    }

    /// When a desk is done with every promise that the plan as it is gives it.
    pub(crate) fn done_at(&mut self, desk: usize) -> Micros {
        let scene = self.scene;
        let free = scene.desks[desk].free.unwrap_or(scene.now);
        let window = self.window(0);
        let kept = window.promises.iter().zip(&window.as_it_is.places);
        let ends = kept.filter_map(|(promise, place)| {
            place.filter(|place| place.desk == desk).map(|place| place.start + promise.length)
        });
        ends.max().unwrap_or(free)
    }

    /// The window for somebody of this length: 45 minutes, or as long as they take.
    fn window(&mut self, length: Micros) -> &mut Window {
        let reach = length.max(PLAN_MINUTES * MINUTE);
        let known = self.plans.windows.iter().position(|window| window.reach == reach);
        let place = known.unwrap_or_else(|| {
            self.plans.windows.push(Window::of(self.scene, self.counted, reach));
            self.plans.windows.len() - 1
        });
        &mut self.plans.windows[place]
    }
}

impl Window {
    fn of(scene: &Scene<'_>, counted: Desks, reach: Micros) -> Self {
        let (promises, holders) = promises(scene, counted, reach);
        let as_it_is = plan(&promises, &seats_as_they_are(scene));
        Self { reach, promises, holders, as_it_is, without_fillers: None, tried: Vec::new() }
    }

    /// The plan with every desk that serves one of the others taken as free now.
    fn without_fillers(&mut self, scene: &Scene<'_>) -> &CallPlan {
        self.without_fillers.get_or_insert_with(|| {
            let free = |desk: &DeskView<'_>| desk.free_without_filler.unwrap_or(NEVER);
            let seats: Vec<Seat> = scene.desks.iter().map(|desk| Seat { free: free(desk), ends: desk.ends }).collect();
            if seats == seats_as_they_are(scene) { self.as_it_is.clone() } else { plan(&self.promises, &seats) }
        })
    }

    fn tried(&mut self, scene: &Scene<'_>, desk: usize, length: Micros) -> &PlanTrial {
        let known = self.tried.iter().position(|(key, _)| *key == (desk, length));
        let place = known.unwrap_or_else(|| {
            let plan = self.plan_busy(scene, desk, length);
            let mut fit = compare(&self.promises, &self.as_it_is, &self.as_it_is, &plan, desk);
            if fit.delay > 0 {
                let without = self.without_fillers(scene).clone();
                fit = compare(&self.promises, &self.as_it_is, &without, &plan, desk);
            }
            self.tried.push(((desk, length), PlanTrial { fit, plan }));
            self.tried.len() - 1
        });
        &self.tried[place].1
    }

    /// The plan with one desk busy. If that ends before the desk's first promise begins, the plan stands as it is: no
    /// assignment has become better, and this one no worse.
    fn plan_busy(&self, scene: &Scene<'_>, desk: usize, length: Micros) -> CallPlan {
        let first =
            self.as_it_is.places.iter().flatten().filter(|place| place.desk == desk).map(|place| place.start).min();
        if first.is_none_or(|start| start >= scene.now + length) {
            return self.as_it_is.clone();
        }
        plan(&self.promises, &seats_busy(scene, desk, length))
    }
}

/// Claim, arrival, whether only expected, number.
type BookedOrder = (Micros, Micros, bool, u64);

/// The promises of a window in booked order, and who has them.
fn promises(scene: &Scene<'_>, counted: Desks, reach: Micros) -> (Vec<PlanPromise>, Vec<Option<VisitId>>) {
    let horizon = scene.now + reach;
    let mut found: Vec<(BookedOrder, PlanPromise, Option<VisitId>)> = Vec::new();
    let called = |waiter: &&Waiter| waiter.desks & counted != 0 && !scene.suspends(waiter.service, scene.now);
    for waiter in scene.waiting.iter().filter(called) {
        let (claim, booked_for) = match (waiter.claim(scene.now), waiter.rank) {
            (Some(claim), Rank::Booked { start }) => (claim, micros(start)),
            (Some(claim), Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine) => (claim, claim),
            (None, Rank::Booked { start }) if micros(start) < horizon => (micros(start), micros(start)),
            (None, _) => continue,
        };
        let promise = PlanPromise {
            claim,
            release: claim.max(scene.now),
            length: waiter.length,
            desks: waiter.desks & counted,
            booked_for,
        };
        found.push(((claim, waiter.arrived, false, waiter.id.0), promise, Some(waiter.id)));
    }
    let expected = scene.expected.iter().take_while(|one| one.start < horizon).filter(|one| scene.keeps_free(one));
    for one in expected.filter(|one| one.desks & counted != 0) {
        let promise = PlanPromise {
            claim: one.start,
            release: one.start,
            length: one.length,
            desks: one.desks & counted,
            booked_for: one.start,
        };
        found.push(((one.start, NEVER, true, one.id.0), promise, None));
    }
    found.sort_unstable_by_key(|(order, ..)| *order);
    found.into_iter().map(|(_, promise, holder)| (promise, holder)).unzip()
}

fn seats_as_they_are(scene: &Scene<'_>) -> Vec<Seat> {
    scene.desks.iter().map(|desk| Seat { free: desk.free.unwrap_or(NEVER), ends: desk.ends }).collect()
}

/// As they are, with one desk busy for so long from now.
fn seats_busy(scene: &Scene<'_>, desk: usize, length: Micros) -> Vec<Seat> {
    let mut seats = seats_as_they_are(scene);
    seats[desk].free = scene.now + length;
    seats
}

/// Whom the tried plan puts off, and by how much.
fn compare(
    promises: &[PlanPromise],
    as_it_is: &CallPlan,
    without_fillers: &CallPlan,
    tried: &CallPlan,
    desk: usize,
) -> Fit {
    let mut fit = Fit { delay: 0, delayed: None, keeps: None };
    for (index, promise) in promises.iter().enumerate() {
        let then = tried.places[index];
        if fit.keeps.is_none() && then.is_some_and(|then| then.desk == desk) {
            fit.keeps = Some(promise.booked_for);
        }
        let Some(now) = as_it_is.places[index] else { continue };
        let delay = match then {
            None => NEVER,
            Some(then) if then.start > now.start => {
                let least = without_fillers.places[index].map_or(now.start, |place| place.start.min(now.start));
                then.start - least
            }
            Some(_) => continue,
        };
        if delay > fit.delay {
            fit.delay = delay;
            fit.delayed = Some(promise.booked_for);
        }
    }
    fit
}

/// A gap that is looked for.
#[derive(Debug, Clone, Copy)]
struct GapWish {
    /// At one of these.
    desks: Desks,
    length: Micros,
    /// Not before.
    from: Micros,
    /// Nobody may be put off by more.
    bound: Micros,
}

/// The earliest time at which somebody could be served between the promises of one of the desks, with none of that
/// desk's promises put off by more than the bound.
fn first_gap(promises: &[PlanPromise], plan: &CallPlan, seats: &[Seat], wanted: GapWish) -> Option<Micros> {
    let able = seats.iter().enumerate().filter(|&(desk, seat)| wanted.desks & (1 << desk) != 0 && seat.free != NEVER);
    able.filter_map(|(desk, seat)| {
        let kept = promises.iter().zip(&plan.places);
        let mine = kept.filter_map(|(promise, place)| {
            place.filter(|place| place.desk == desk).map(|place| (promise, place.start))
        });
        let mine: Vec<(&PlanPromise, Micros)> = mine.collect();
        let gaps = std::iter::once(seat.free).chain(mine.iter().map(|(promise, start)| start + promise.length));
        let good = |&(index, gap): &(usize, Micros)| {
            gap >= wanted.from && holds(&mine[index..], gap, wanted.length, seat.ends, wanted.bound)
        };
        gaps.enumerate().find(good).map(|(_, gap)| gap)
    })
    .min()
}

/// Whether a desk can serve somebody at `gap` and still keep the promises after it, within the bound.
fn holds(after: &[(&PlanPromise, Micros)], gap: Micros, length: Micros, ends: Micros, bound: Micros) -> bool {
    let mut free = gap + length;
    if free > ends {
        return false;
    }
    for (promise, start) in after {
        let then = free.max(promise.release);
        if then <= *start {
            return true;
        }
        free = then + promise.length;
        if then - start > bound || free > ends {
            return false;
        }
    }
    true
}
