//! The day played forward by the real rule, with planned durations: who will be called when, as far as is known now.
//!
//! Every open desk with a known time takes part and asks the moment it is free, the one that has been free longest
//! first. Expected citizens come at their booked time. Each desk is done when the plan says; how much faster or slower
//! than planned people are served is the caller's [`Pace`].

use std::collections::BTreeMap;

use super::fit::Plans;
use super::rule::{Ask, Pick};
use super::scene::{Desks, MINUTE, Micros, NEVER, Scene, Waiter, instant, micros};
use crate::{FillerKind, Rank, Reason, ServiceId, VisitId};

/// How long serving takes, in percent of what is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pace(pub(crate) i64);

impl Pace {
    /// Every visit takes as long as it was planned.
    pub(crate) const PLANNED: Self = Self(100);
    /// Four fifths of the plan. One visit may differ from its plan by half (`design.md` 2), but a wait is the sum over
    /// several, in which much of that evens out.
    pub(crate) const BRISK: Self = Self(80);
    /// Five quarters of the plan, the same step the other way.
    pub(crate) const SLOW: Self = Self(125);
}

/// A call that would follow, as the plan looks forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CallToCome {
    pub(crate) visit: VisitId,
    pub(crate) at: Micros,
}

impl CallToCome {
    /// Whether this is the call of somebody who is only expected yet.
    pub(crate) fn is_phantom(&self) -> bool {
        self.visit != NEWCOMER && self.visit.0 >= PHANTOMS_FROM
    }
}

/// Numbers above this name people who are expected; no office gives so many.
const PHANTOMS_FROM: u64 = u64::MAX / 2;

/// Somebody who might take a ticket now.
pub(crate) const NEWCOMER: VisitId = VisitId(u64::MAX);

/// A day played forward.
pub(crate) struct Forward<'a> {
    scene: Scene<'a>,
    pace: Pace,
    desks: Desks,
    /// Newcomers who are asked for and never called, so that one day answers for every service.
    probes: Vec<Waiter>,
    answered: BTreeMap<ServiceId, Micros>,
}

impl<'a> Forward<'a> {
    pub(crate) fn new(scene: Scene<'a>, pace: Pace) -> Self {
        let known = scene.desks.iter().enumerate().filter(|(_, desk)| desk.free.is_some());
        let desks = known.fold(0, |desks, (place, _)| desks | 1 << place);
        Self { scene, pace, desks, probes: Vec::new(), answered: BTreeMap::new() }
    }

    /// Adds a walk-in who takes a ticket now, after everybody else.
    pub(crate) fn with_newcomer(mut self, service: ServiceId, length: Micros, priority: bool) -> Self {
        let newcomer = self.newcomer(service, length);
        self.scene.waiting.push(Waiter { priority, ..newcomer });
        self
    }

    /// Asks for each of these services when a walk-in who takes a ticket now would be called. They take no part in the
    /// plan: who waits past the limit, and has a claim from then on, might be called a little earlier.
    pub(crate) fn with_probes(mut self, services: impl Iterator<Item = (ServiceId, Micros)>) -> Self {
        self.probes = services.map(|(service, length)| self.newcomer(service, length)).collect();
        self
    }

    fn newcomer(&self, service: ServiceId, length: Micros) -> Waiter {
        let now = self.scene.now;
        let serving = self.scene.desks.iter().enumerate().filter(|(_, desk)| desk.services.contains(&service));
        let desks = serving.fold(0, |desks, (place, _)| desks | 1 << place);
        let rank = Rank::Filler { kind: FillerKind::WalkIn };
        Waiter { limit_at: now + self.scene.numbers.wait_max, ..waiter(NEWCOMER, service, rank, now, length, desks) }
    }

    /// The calls to come, in their order, until `enough` says so or nobody more is reached.
    pub(crate) fn play(self, enough: impl FnMut(&CallToCome) -> bool) -> Vec<CallToCome> {
        self.play_and_answer(enough).0
    }

    /// The same, and when a newcomer for each service asked for would be called.
    pub(crate) fn play_and_answer(
        mut self,
        mut enough: impl FnMut(&CallToCome) -> bool,
    ) -> (Vec<CallToCome>, BTreeMap<ServiceId, Micros>) {
        let mut calls = Vec::new();
        loop {
            while let Some(call) = self.next_call() {
                let done = enough(&call);
                if !call.is_phantom() {
                    calls.push(call);
                }
                if done {
                    return (calls, self.answered);
                }
            }
            if self.scene.waiting.is_empty() && self.scene.expected.is_empty() && self.probes.is_empty() {
                return (calls, self.answered);
            }
            let Some(next) = self.next_moment() else { return (calls, self.answered) };
            self.pass_to(next);
        }
    }

    /// Lets the free desks ask, until one calls somebody.
    fn next_call(&mut self) -> Option<CallToCome> {
        if self.scene.waiting.is_empty() && self.probes.is_empty() {
            return None;
        }
        let now = self.scene.now;
        let free = self.scene.desks.iter().enumerate().filter(|(_, desk)| desk.free.is_some_and(|free| free <= now));
        let mut free: Vec<(Option<Micros>, usize)> = free.map(|(place, desk)| (desk.idle_since, place)).collect();
        free.sort_unstable();
        let mut plans = Plans::default();
        for (_, place) in free {
            let mut ask = Ask::with_plans(&self.scene, place, self.desks, &[], plans);
            let answer = ask.answer();
            plans = self.probe(place, answer.as_ref().ok(), ask.into_plans());
            let Ok(pick) = answer else { continue };
            for other in &mut self.scene.waiting {
                other.overtaken = other.overtaken.saturating_add(u8::from(pick.overtook.contains(&other.id)));
            }
            let called = self.scene.waiting.remove(pick.waiter);
            self.take(place, &called);
            return Some(CallToCome { visit: called.id, at: now });
        }
        None
    }

    /// Asks whether a desk would call one of the probes, where one of them could come before whom it calls. The last of
    /// all comes before nobody who is due, and before one of the row only by the desk's preference, or when enough of a
    /// priority class have been called in a row.
    fn probe(&mut self, place: usize, calls: Option<&Pick>, mut plans: Plans) -> Plans {
        let (now, numbers, desk) = (self.scene.now, &self.scene.numbers, &self.scene.desks[place]);
        let may_be_called = match calls.map(|pick| (&pick.reason, &self.scene.waiting[pick.waiter])) {
            None | Some((Reason::BookedEarly { .. } | Reason::WithinBound { .. }, _)) => true,
            Some((Reason::FitsGap { .. } | Reason::GapKept { .. } | Reason::EndOfDay, called)) => {
                numbers.preference_window > 0 || called.priority && desk.priority_in_a_row >= numbers.in_a_row_max
            }
            Some(_) => false,
        };
        let mut kept = Vec::with_capacity(self.probes.len());
        for probe in std::mem::take(&mut self.probes) {
            let (service, has_claim) = (probe.service, probe.limit_at <= now);
            if probe.desks & (1 << place) != 0 && (may_be_called || has_claim) {
                self.scene.waiting.push(probe);
                // Who has no claim has no promise: the plans are the same with them.
                let known = if has_claim { Plans::default() } else { std::mem::take(&mut plans) };
                let mut ask = Ask::with_plans(&self.scene, place, self.desks, &[], known);
                let answer = ask.answer();
                if !has_claim {
                    plans = ask.into_plans();
                }
                let called = answer.is_ok_and(|pick| pick.waiter + 1 == self.scene.waiting.len());
                let probe = self.scene.waiting.pop();
                if called {
                    self.answered.insert(service, now);
                } else {
                    kept.extend(probe);
                }
            } else {
                kept.push(probe);
            }
        }
        self.probes = kept;
        plans
    }

    /// A desk is busy with somebody from now on.
    fn take(&mut self, place: usize, called: &Waiter) {
        let now = self.scene.now;
        let end = now + (called.length * self.pace.0 / 100).max(MINUTE);
        let booked = called.claim(now).is_some() || matches!(called.rank, Rank::Booked { .. });
        let desk = &mut self.scene.desks[place];
        desk.free = Some(end);
        desk.free_without_filler = Some(if booked { end } else { now });
        desk.idle_since = None;
        desk.priority_in_a_row = if called.priority { desk.priority_in_a_row.saturating_add(1) } else { 0 };
        self.reckon_last_booked();
    }

    /// When something next changes.
    fn next_moment(&self) -> Option<Micros> {
        let scene = &self.scene;
        let desks = scene.desks.iter().filter_map(|desk| desk.free);
        let expected = scene.expected.first().map(|one| one.start);
        let waiting = scene.waiting.iter().flat_map(|waiter| match waiter.rank {
            Rank::Booked { start } => [micros(start) - scene.numbers.early_call, micros(start)],
            Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine => [waiter.limit_at, NEVER],
        });
        let probes = self.probes.iter().map(|probe| probe.limit_at);
        let resumed = scene.suspended.iter().map(|&(_, until)| until);
        let moments = desks.chain(expected).chain(waiting).chain(probes).chain(resumed);
        moments.filter(|&at| at > scene.now && at != NEVER).min()
    }

    /// Lets the time pass: desks become idle, those who are expected come.
    fn pass_to(&mut self, next: Micros) {
        let scene = &mut self.scene;
        scene.now = next;
        for desk in &mut scene.desks {
            let Some(free) = desk.free else { continue };
            if free <= next {
                desk.idle_since = Some(desk.idle_since.unwrap_or(free));
                desk.free = Some(next);
                desk.free_without_filler = Some(next);
            }
        }
        let come = scene.expected.iter().take_while(|one| one.start <= next).count();
        for one in scene.expected.drain(..come) {
            let rank = Rank::Booked { start: instant(one.start) };
            let id = VisitId(PHANTOMS_FROM + one.id.0);
            scene.waiting.push(waiter(id, one.service, rank, one.start, one.length, one.desks));
        }
        self.reckon_last_booked();
    }

    fn reckon_last_booked(&mut self) {
        let mut last = self.scene.last_booked_of_waiting();
        for one in self.scene.expected.iter().filter(|one| self.scene.keeps_free(one)) {
            for (place, last) in last.iter_mut().enumerate() {
                if one.desks & (1 << place) != 0 {
                    *last = (*last).max(Some(one.start));
                }
            }
        }
        self.scene.last_booked = last;
    }
}

/// Somebody who comes at an instant of the day played forward.
const fn waiter(id: VisitId, service: ServiceId, rank: Rank, at: Micros, length: Micros, desks: Desks) -> Waiter {
    Waiter {
        id,
        service,
        rank,
        arrived: at,
        queued_from: at,
        since: at,
        limit_at: NEVER,
        length,
        priority: false,
        overtaken: 0,
        remote: false,
        came_booked: matches!(rank, Rank::Booked { .. }),
        desks,
        own_desk: None,
    }
}
