//! The five steps, for one desk that asks.

use super::fit::{Fit, Keeper, Outlay, Plans};
use super::rank::RankKey;
use super::scene::{Desks, MINUTE, Micros, NEVER, Scene, Waiter, instant, micros};
use crate::{Nobody, Rank, Reason, VisitId};

/// A desk that has been idle for so long while people are callable does not count until it acts.
const IDLE_MINUTES: i64 = 3;

/// Whom the rule names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pick {
    /// The place among those who wait.
    pub(crate) waiter: usize,
    pub(crate) reason: Reason,
    pub(crate) overtook: Vec<VisitId>,
}

/// The first who may be called under a bound, and what was found on the way there.
struct FirstFit {
    /// The place among the others.
    index: usize,
    fit: Fit,
    /// Those before, for whom a gap is kept.
    kept: Vec<Keeper>,
    /// From this length on nobody fits.
    too_long: Micros,
}

/// The desks that count when one of them asks: all that are free at a known time, but those that have been idle for
/// three minutes although somebody could have been called there all the while. What has become free since then could
/// not be reckoned with before, so it is left out of that question.
pub(crate) fn counted(scene: &Scene<'_>, asking: usize) -> Desks {
    let long_ago = scene.now - IDLE_MINUTES * MINUTE;
    let mut counted: Desks = 0;
    let mut settled: Desks = 0;
    for (place, desk) in scene.desks.iter().enumerate().filter(|(_, desk)| desk.free.is_some()) {
        counted |= 1 << place;
        if desk.idle_since.is_none_or(|since| since <= long_ago) {
            settled |= 1 << place;
        }
    }
    for (place, desk) in scene.desks.iter().enumerate() {
        let slow = place != asking && desk.idle_since.is_some_and(|since| since <= long_ago);
        if !slow || !scene.waiting.iter().any(|one| one.desks & (1 << place) != 0 && one.since <= long_ago) {
            continue;
        }
        let answer = Ask::new(scene, place, settled, &[]).answer();
        if answer.is_ok_and(|pick| scene.callable_since(&scene.waiting[pick.waiter]) <= long_ago) {
            counted &= !(1 << place);
        }
    }
    counted
}

impl Scene<'_> {
    /// Takes a desk as free now, since it asks.
    pub(crate) fn let_ask(&mut self, place: usize) {
        let desk = &mut self.desks[place];
        desk.free = Some(self.now);
        desk.free_without_filler = Some(self.now);
        desk.idle_since = Some(desk.idle_since.unwrap_or(self.now));
    }

    /// Since when somebody could have been called, fit apart.
    fn callable_since(&self, waiter: &Waiter) -> Micros {
        match waiter.rank {
            Rank::Booked { start } if micros(start) <= self.now => waiter.since.max(micros(start)),
            Rank::Booked { start } => waiter.since.max(micros(start) - self.numbers.early_call),
            Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine => waiter.since,
        }
    }
}

/// One of the others who may be called here, if they fit.
#[derive(Debug, Clone, Copy)]
struct Rival {
    waiter: usize,
    standing: RankKey,
    priority: bool,
}

/// A desk asks.
pub(crate) struct Ask<'s, 'a> {
    scene: &'s Scene<'a>,
    desk: usize,
    counted: Desks,
    outlay: Outlay<'s, 'a>,
    /// Those whom this desk may call, by number, and who can be done by its end.
    mine: Vec<usize>,
    /// Somebody who cannot be done by its end.
    closing: Option<usize>,
    /// Whether anybody at all waits whom this desk serves.
    served_here: bool,
}

impl<'s, 'a> Ask<'s, 'a> {
    pub(crate) fn new(scene: &'s Scene<'a>, desk: usize, counted: Desks, without: &[VisitId]) -> Self {
        Self::with_plans(scene, desk, counted, without, Plans::default())
    }

    /// The same, where others have asked in this scene before.
    pub(crate) fn with_plans(
        scene: &'s Scene<'a>,
        desk: usize,
        counted: Desks,
        without: &[VisitId],
        plans: Plans,
    ) -> Self {
        let mut ask = Self {
            scene,
            desk,
            counted,
            outlay: Outlay::new(scene, counted, plans),
            mine: Vec::new(),
            closing: None,
            served_here: false,
        };
        for (place, waiter) in scene.waiting.iter().enumerate() {
            let suspended = scene.suspends(waiter.service, scene.now);
            if waiter.desks & (1 << desk) == 0 || suspended || without.contains(&waiter.id) {
                continue;
            }
            ask.served_here = true;
            if scene.now + waiter.length <= scene.desks[desk].ends {
                ask.mine.push(place);
            } else if ask.closing.is_none_or(|first| waiter.arrived < scene.waiting[first].arrived) {
                ask.closing = Some(place);
            }
        }
        ask
    }

    /// The plans that were made for the answer, for the next who asks.
    pub(crate) fn into_plans(self) -> Plans {
        self.outlay.into_plans()
    }

    /// The answer of the five steps.
    pub(crate) fn answer(&mut self) -> Result<Pick, Nobody> {
        if let Some(pick) = self.due() {
            return Ok(pick);
        }
        let mut left_to_own = None;
        let others = self.others(&mut left_to_own);
        if let Some(pick) = self.fits(&others) {
            return Ok(pick);
        }
        let early = self.early();
        if let Some(pick) = early.iter().find_map(|&waiter| self.called_early(waiter)) {
            return Ok(pick);
        }
        if let Some(pick) = self.within_bound(&others) {
            return Ok(pick);
        }
        Err(self.nobody(&others, left_to_own, &early))
    }

    fn waiter(&self, place: usize) -> &'s Waiter {
        &self.scene.waiting[place]
    }

    /// Step 1.
    fn due(&self) -> Option<Pick> {
        let now = self.scene.now;
        let order = |&place: &usize| self.waiter(place).claim_order(now).map(|order| (order, place));
        let mut due: Vec<_> = self.mine.iter().filter_map(order).collect();
        due.sort_unstable();
        let &(_, first) = due.first()?;
        let alone = due.iter().any(|&(_, place)| self.desks_able(place) & !(1 << self.desk) == 0);
        let waiter = if alone { self.not_left(&due).unwrap_or(first) } else { first };
        Some(Pick { waiter, reason: self.reason_due(self.waiter(waiter)), overtook: Vec::new() })
    }

    /// The first of the due who cannot be left to another idle desk, together with all before.
    fn not_left(&self, due: &[((Micros, Micros, u64), usize)]) -> Option<usize> {
        let mut left: Vec<Option<usize>> = vec![None; self.scene.desks.len()];
        for &(_, place) in due {
            let mut tried = 0;
            if !self.leave(place, &mut left, &mut tried) {
                return Some(place);
            }
        }
        None
    }

    /// Finds an idle desk for somebody, moving those left before to others if need be.
    fn leave(&self, place: usize, left: &mut [Option<usize>], tried: &mut Desks) -> bool {
        let mut able = self.desks_able(place) & !(1 << self.desk);
        while able != 0 {
            let desk = able.trailing_zeros() as usize;
            able &= able - 1;
            if *tried & (1 << desk) != 0 || self.scene.desks[desk].idle_since.is_none() {
                continue;
            }
            *tried |= 1 << desk;
            if left[desk].is_none_or(|other| self.leave(other, left, tried)) {
                left[desk] = Some(place);
                return true;
            }
        }
        false
    }

    /// The desks that count, serve somebody, and can be done with them by their end.
    fn desks_able(&self, place: usize) -> Desks {
        let waiter = self.waiter(place);
        let able = self.scene.desks.iter().enumerate().filter(|(desk, view)| {
            let serves = waiter.desks & self.counted & (1 << desk) != 0;
            serves && view.free.is_some_and(|free| free + waiter.length <= view.ends)
        });
        able.fold(0, |desks, (desk, _)| desks | 1 << desk)
    }

    fn reason_due(&self, waiter: &Waiter) -> Reason {
        let arrived_at = instant(waiter.arrived);
        match waiter.rank {
            Rank::Booked { start } if waiter.remote => Reason::RemoteDue { booked_for: start },
            Rank::Booked { start } => Reason::BookedAndDue { booked_for: start, arrived_at },
            Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine => {
                let limit_minutes = u16::try_from(self.scene.numbers.wait_max / MINUTE).unwrap_or(u16::MAX);
                Reason::WaitedPastLimit { arrived_at, limit_minutes }
            }
        }
    }

    /// Those of the others who may be called here, in the order of steps 2 and 4.
    fn others(&mut self, left_to_own: &mut Option<(usize, usize)>) -> Vec<Rival> {
        let last_booked = self.scene.last_booked[self.desk];
        let mut others: Vec<Rival> = Vec::with_capacity(self.mine.len());
        for place in self.mine.clone() {
            let waiter = self.waiter(place);
            let Some(standing) = waiter.standing(&self.scene.numbers) else { continue };
            if last_booked.is_some() && self.scene.waits_for_last_booking(waiter) {
                continue;
            }
            if let Some(own) = self.own_desk_goes_on(waiter) {
                *left_to_own = left_to_own.or(Some((place, own)));
                continue;
            }
            others.push(Rival { waiter: place, standing, priority: waiter.priority });
        }
        let asking = &self.scene.desks[self.desk];
        if asking.priority_in_a_row >= self.scene.numbers.in_a_row_max {
            others.sort_unstable_by_key(|other| other.standing.with_priority_last(other.priority));
        } else {
            others.sort_unstable_by_key(|other| other.standing);
        }
        others
    }

    /// The desk that interrupted somebody, if it is another one, idle, and can go on with them now.
    fn own_desk_goes_on(&mut self, waiter: &Waiter) -> Option<usize> {
        let own = waiter.own_desk.filter(|&own| own != self.desk && self.counted & (1 << own) != 0)?;
        let view = &self.scene.desks[own];
        let able = view.idle_since.is_some() && self.scene.now + waiter.length <= view.ends;
        (able && self.outlay.fit(own, waiter.length).delay == 0).then_some(own)
    }

    /// Step 2: the first of the others who fits the gap, or for whom it is kept.
    fn fits(&mut self, others: &[Rival]) -> Option<Pick> {
        let FirstFit { index, kept, too_long, .. } = self.first_within(others, 0)?;
        let chosen = self.preferred(others, index, &kept, too_long);
        Some(self.pick_fitting(others, chosen))
    }

    /// The first of the others who delays booked citizens by so much at the most, and puts back nobody for whom the gap is kept.
    /// For whom it is kept may delay them up to the bound of the rules.
    fn first_within(&mut self, others: &[Rival], most: Micros) -> Option<FirstFit> {
        let mut kept: Vec<Keeper> = Vec::new();
        let mut too_long = NEVER;
        for (index, other) in others.iter().enumerate() {
            let waiter = self.waiter(other.waiter);
            let gap_is_kept = waiter.gap_is_kept(&self.scene.numbers);
            if waiter.length >= too_long && !gap_is_kept {
                continue;
            }
            let fit = self.outlay.fit(self.desk, waiter.length);
            let allowed = if gap_is_kept { self.scene.numbers.bound } else { most };
            if fit.delay <= allowed && !self.puts_back(&kept, waiter) {
                return Some(FirstFit { index, fit, kept, too_long });
            }
            if fit.delay > most {
                too_long = too_long.min(waiter.length);
            }
            if gap_is_kept {
                keep(&mut kept, waiter);
            }
        }
        None
    }

    /// Whether calling somebody would put back the gap of anybody for whom it is kept.
    fn puts_back(&mut self, kept: &[Keeper], waiter: &Waiter) -> bool {
        kept.iter().any(|&keeper| self.outlay.puts_back_gap(self.desk, waiter.length, keeper))
    }

    /// Of those who stand close behind the first who fits, the one whose service this desk prefers (FLD-01).
    fn preferred(&mut self, others: &[Rival], first: usize, kept: &[Keeper], too_long: Micros) -> usize {
        let window = self.scene.numbers.preference_window;
        let head = others[first];
        if window == 0 || !head.standing.in_row() || self.waiter(head.waiter).gap_is_kept(&self.scene.numbers) {
            return first;
        }
        let mut best = (self.preference(head.waiter), first);
        for (index, other) in others.iter().enumerate().skip(first + 1) {
            let near = other.standing.from - head.standing.from <= window && other.priority == head.priority;
            let preference = self.preference(other.waiter);
            let waiter = self.waiter(other.waiter);
            if !near || preference >= best.0 || waiter.length >= too_long {
                continue;
            }
            if self.outlay.fit(self.desk, waiter.length).delay == 0 && !self.puts_back(kept, waiter) {
                best = (preference, index);
            }
        }
        best.1
    }

    fn preference(&self, place: usize) -> usize {
        let service = self.waiter(place).service;
        let services = self.scene.desks[self.desk].services;
        services.iter().position(|&one| one == service).unwrap_or(services.len())
    }

    fn pick_fitting(&mut self, others: &[Rival], chosen: usize) -> Pick {
        let other = others[chosen];
        let waiter = self.waiter(other.waiter);
        let fit = self.outlay.fit(self.desk, waiter.length);
        let reason = if waiter.rank == Rank::FirstInLine && fit.delay == 0 {
            Reason::FirstInLine
        } else if waiter.gap_is_kept(&self.scene.numbers) {
            Reason::GapKept { overtaken: waiter.overtaken }
        } else if self.after_the_last(waiter) {
            Reason::EndOfDay
        } else {
            let overtook_by_priority =
                |one: &Rival| !one.priority && self.waiter(one.waiter).queued_from < waiter.queued_from;
            Reason::FitsGap {
                kind: waiter.kind(),
                priority: waiter.priority && others.iter().any(overtook_by_priority),
                free_minutes: fit.keeps.map(|start| minutes_between(self.scene.now, start)),
                before: fit.keeps.map(instant),
            }
        };
        Pick { waiter: other.waiter, reason, overtook: self.passed_over(&others[..chosen]) }
    }

    /// Whether somebody is served now because the last booking is over.
    fn after_the_last(&self, waiter: &Waiter) -> bool {
        waiter.came_late() && self.scene.last_booked[self.desk].is_none()
    }

    fn passed_over(&self, before: &[Rival]) -> Vec<VisitId> {
        before.iter().map(|other| self.waiter(other.waiter).id).collect()
    }

    /// Booked citizens whose time has not come, by booked time: whose has come was called in step 1.
    fn early(&self) -> Vec<usize> {
        let order = |&place: &usize| match self.waiter(place).rank {
            Rank::Booked { start } => Some((micros(start), self.waiter(place).arrived, place)),
            Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine => None,
        };
        let mut early: Vec<_> = self.mine.iter().filter_map(order).collect();
        early.sort_unstable();
        early.into_iter().map(|(.., place)| place).collect()
    }

    /// Step 3, for one of those who have come early.
    fn called_early(&mut self, place: usize) -> Option<Pick> {
        let waiter = self.waiter(place);
        let Rank::Booked { start } = waiter.rank else { return None };
        if micros(start) - self.scene.now > self.scene.numbers.early_call {
            return None;
        }
        let fit = self.outlay.fit_of_promise(self.desk, waiter.id, waiter.length);
        let reason = Reason::BookedEarly { booked_for: start };
        (fit.delay == 0).then_some(Pick { waiter: place, reason, overtook: Vec::new() })
    }

    /// Step 4: the first of the others whose delay to booked citizens stays within the bound.
    fn within_bound(&mut self, others: &[Rival]) -> Option<Pick> {
        let FirstFit { index, fit, .. } = self.first_within(others, self.scene.numbers.bound)?;
        let waiter = others[index].waiter;
        let delay_seconds = u32::try_from(fit.delay / 1_000_000).unwrap_or(u32::MAX);
        let booked_for = instant(fit.delayed.unwrap_or(self.scene.now));
        let reason = Reason::WithinBound { kind: self.waiter(waiter).kind(), delay_seconds, booked_for };
        Some(Pick { waiter, reason, overtook: self.passed_over(&others[..index]) })
    }

    /// Step 5.
    fn nobody(&mut self, others: &[Rival], left_to_own: Option<(usize, usize)>, early: &[usize]) -> Nobody {
        if let Some(first) = others.first() {
            return self.no_gap(first.waiter, others, early);
        }
        let late = |&place: &usize| self.scene.waits_for_last_booking(self.waiter(place));
        if let (Some(waiter), Some(last)) = (self.mine.iter().copied().find(late), self.scene.last_booked[self.desk]) {
            return self.after_bookings(waiter, last);
        }
        if let Some((waiter, own)) = left_to_own {
            return Nobody::LeftToDesk { visit: self.waiter(waiter).id, desk: self.scene.desks[own].id };
        }
        if let Some(&first) = early.first() {
            let waiter = self.waiter(first);
            let Rank::Booked { start } = waiter.rank else { return Nobody::NoneForThisDesk };
            let callable_at = micros(start) - self.scene.numbers.early_call;
            if callable_at > self.scene.now {
                return Nobody::TooEarly { visit: waiter.id, callable_at: instant(callable_at) };
            }
            return self.no_gap(first, others, early);
        }
        if let Some(closing) = self.closing {
            let ends_at = instant(self.scene.desks[self.desk].ends);
            return Nobody::Closing { visit: self.waiter(closing).id, ends_at };
        }
        if self.scene.waiting.is_empty() { Nobody::NoneWaiting } else { Nobody::NoneForThisDesk }
    }

    fn no_gap(&mut self, first: usize, others: &[Rival], early: &[usize]) -> Nobody {
        let waiter = self.waiter(first);
        let fit = match waiter.rank {
            Rank::Booked { .. } => self.outlay.fit_of_promise(self.desk, waiter.id, waiter.length),
            Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine => self.outlay.fit(self.desk, waiter.length),
        };
        Nobody::NoGap {
            visit: waiter.id,
            needs_minutes: minutes_between(0, waiter.length),
            booked_for: instant(self.in_the_way(fit)),
            fits_at: self.somebody_fits_at(others, early).map(instant),
        }
    }

    /// The booked time that is in the way; the kept gap of somebody else has none of its own, and stands at now.
    fn in_the_way(&self, fit: Fit) -> Micros {
        fit.delayed.or(fit.keeps).unwrap_or(self.scene.now)
    }

    /// When somebody will fit at this desk, as far as the plan knows: the first gap of the shortest of the others, or
    /// the time from which the first of the booked may be called.
    fn somebody_fits_at(&mut self, others: &[Rival], early: &[usize]) -> Option<Micros> {
        let shortest = others.iter().map(|other| self.waiter(other.waiter).length).min();
        let gap = shortest.and_then(|length| self.outlay.next_gap_at(self.desk, length));
        let first_booked = early.first().and_then(|&place| match self.waiter(place).rank {
            Rank::Booked { start } => Some(micros(start)),
            Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine => None,
        });
        let callable = first_booked.map(|start| {
            let early_call = start - self.scene.numbers.early_call;
            if early_call > self.scene.now { early_call } else { start }
        });
        gap.into_iter().chain(callable).min()
    }

    /// Somebody waits for the last booking to be over.
    fn after_bookings(&mut self, waiter: usize, last: Micros) -> Nobody {
        let waiter = self.waiter(waiter);
        let in_plan = last < self.scene.now + super::scene::PLAN_MINUTES * MINUTE;
        Nobody::NoGap {
            visit: waiter.id,
            needs_minutes: minutes_between(0, waiter.length),
            booked_for: instant(last),
            fits_at: in_plan.then(|| instant(self.outlay.done_at(self.desk))),
        }
    }
}

/// Keeps the next gap for somebody; for two who are alike once.
fn keep(kept: &mut Vec<Keeper>, waiter: &Waiter) {
    let keeper = Keeper { desks: waiter.desks, length: waiter.length };
    if !kept.contains(&keeper) {
        kept.push(keeper);
    }
}

/// Whole minutes from one instant to a later one.
fn minutes_between(from: Micros, to: Micros) -> u16 {
    u16::try_from((to - from) / MINUTE).unwrap_or_default()
}
