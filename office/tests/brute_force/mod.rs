//! Who is next, by trying everything: written from the text of the rule alone, to judge the engine on small cases.
//!
//! No cleverness and nothing shared with `office::order`: every assignment of promises to desks is tried, every way of
//! leaving people to other desks, every gap. Sentences in quotes are the rule's.

use std::cmp::Ordering;

use chrono::{DateTime, Duration, Utc};
use office::{
    DeskId, DeskState, FillerKind, Nobody, Office, OpenDesk, Origin, Rank, Reason, Rules, Visit, VisitId, VisitState,
};

type Time = DateTime<Utc>;

/// Whom to call, why, and who was passed over.
pub type Answer = Result<(VisitId, Reason, Vec<VisitId>), Nobody>;

/// A case: an office, the desk that asks, and the time.
pub struct Case<'a> {
    pub office: &'a Office,
    pub desk: DeskId,
    pub now: Time,
}

/// Somebody to whom a time is promised.
#[derive(Clone, Debug)]
struct Promise {
    visit: Option<VisitId>,
    sort: (Time, Time, bool, u64),
    claim: Time,
    booked_for: Time,
    length: Duration,
    desks: Vec<DeskId>,
}

/// Where and when each promise is kept.
type Kept = Vec<Option<(DeskId, Time)>>;

/// Unplaced, worst lateness, its sum, desk numbers.
type Cost = (usize, Duration, Duration, Vec<u32>);

/// What a desk's being busy does.
struct Effect {
    /// `None`: somebody finds no desk any more.
    delay: Option<Duration>,
    whose: Option<Time>,
    keeps: Option<Time>,
}

fn minutes(count: impl Into<i64>) -> Duration {
    Duration::minutes(count.into())
}

impl Case<'_> {
    fn rules(&self) -> &Rules {
        &self.office.config.as_ref().unwrap().rules
    }

    /// The answer, with "a desk idle for 3 min while people are callable does not count until it acts".
    #[allow(dead_code, clippy::allow_attributes, reason = "for the test of agreement")]
    pub fn answer(&self) -> Answer {
        self.answer_with(&self.counted())
    }

    fn counted(&self) -> Vec<DeskId> {
        let all = self.desks_with_known_time();
        let idle = |desk: &DeskId| {
            let open = &self.office.desks[desk];
            open.holds.is_none() && open.state == DeskState::Open
        };
        let long_ago = self.now - minutes(3);
        let slow = |desk: &DeskId| idle(desk) && self.office.desks[desk].acted_at <= long_ago;
        // What has become free in these three minutes could not be reckoned with before.
        let newly_free = |desk: &DeskId| !slow(desk) && (idle(desk) || *desk == self.desk);
        let settled: Vec<DeskId> = all.iter().copied().filter(|desk| !newly_free(desk)).collect();
        let does_not_act = |desk: &DeskId| {
            if *desk == self.desk || !slow(desk) {
                return false;
            }
            let there = Case { office: self.office, desk: *desk, now: self.now };
            let Ok((visit, ..)) = there.answer_with(&settled) else { return false };
            self.callable_since(&self.office.visits[&visit]) <= long_ago
        };
        all.iter().copied().filter(|desk| !does_not_act(desk)).collect()
    }

    /// Open desks, breaks "only with stated end", and the one that asks.
    fn desks_with_known_time(&self) -> Vec<DeskId> {
        let known = |open: &OpenDesk| match open.state {
            DeskState::Open => true,
            DeskState::Break { until, .. } => until.is_some_and(|until| until > self.now),
        };
        let desks = self.office.desks.iter();
        desks.filter(|(id, open)| **id == self.desk || known(open)).map(|(id, _)| *id).collect()
    }

    fn callable_since(&self, visit: &Visit) -> Time {
        let waits = match visit.state {
            VisitState::Waiting { since, .. } | VisitState::Interrupted { since, .. } => since,
            _ => panic!("not waiting"),
        };
        match visit.rank {
            Rank::Booked { start } if start <= self.now => waits.max(start),
            Rank::Booked { start } => waits.max(start - minutes(self.rules().early_call_minutes)),
            _ => waits,
        }
    }

    // Who, and where.

    fn waiting(&self) -> Vec<&Visit> {
        let waits = |visit: &&Visit| matches!(visit.state, VisitState::Waiting { .. } | VisitState::Interrupted { .. });
        self.office.visits.values().filter(waits).collect()
    }

    fn may_serve(&self, desk: DeskId, visit: &Visit) -> bool {
        let only = match visit.state {
            VisitState::Waiting { desk, .. } => desk,
            VisitState::Interrupted { desk, same_desk: true, .. } => Some(desk),
            _ => None,
        };
        match only.filter(|only| self.office.desks.contains_key(only)) {
            Some(only) => only == desk,
            None => self.lists(desk, visit.service),
        }
    }

    fn lists(&self, desk: DeskId, service: office::ServiceId) -> bool {
        let config = self.office.config.as_ref().unwrap();
        config.desks[&desk].services.contains(&service)
    }

    fn ends(&self, desk: DeskId) -> Option<Time> {
        self.office.desks[&desk].until.map(|until| until + minutes(self.rules().overtime_minutes))
    }

    fn ends_in_time(&self, desk: DeskId, from: Time, length: Duration) -> bool {
        self.ends(desk).is_none_or(|ends| from + length <= ends)
    }

    // Ranks.

    /// When the longest wait is over.
    fn limit(&self, visit: &Visit) -> Option<Time> {
        let from = match (visit.rank, &visit.state) {
            (Rank::Booked { .. }, _) => return None,
            (_, VisitState::Interrupted { since, .. }) => *since,
            (
                Rank::Filler { kind: FillerKind::Returned | FillerKind::Interrupted },
                VisitState::Waiting { since, .. },
            ) => *since,
            _ => visit.arrived_at,
        };
        Some(from + minutes(self.rules().wait_max_minutes))
    }

    /// "A booked citizen whose time has come, by max(booked time, arrival)"; "anyone who has waited past the limit ranks
    /// here as if booked for arrival + that limit".
    fn claim(&self, visit: &Visit) -> Option<Time> {
        let claim = match visit.rank {
            Rank::Booked { start } if start <= self.now => start.max(visit.arrived_at),
            Rank::Booked { .. } => return None,
            _ => self.limit(visit)?,
        };
        (claim <= self.now).then_some(claim)
    }

    /// "by arrival less the head start of a priority class"
    fn row_key(&self, visit: &Visit) -> (u8, Time, Time, VisitId) {
        let tier = match visit.rank {
            Rank::FirstInLine => 0,
            Rank::Filler { kind: FillerKind::Interrupted } => 1,
            _ => 2,
        };
        let from = self.queued_from(visit);
        let head = if visit.priority { minutes(self.rules().priority_head_start_minutes) } else { minutes(0) };
        (tier, from - head, visit.arrived_at, visit.id)
    }

    fn queued_from(&self, visit: &Visit) -> Time {
        match (visit.rank, &visit.state) {
            (Rank::Filler { kind: FillerKind::Returned }, VisitState::Waiting { since, .. }) => *since,
            _ => visit.arrived_at,
        }
    }

    // The plan.

    fn promises(&self, counted: &[DeskId], reach: Duration) -> Vec<Promise> {
        let mut promises = Vec::new();
        for visit in self.waiting() {
            let (claim, booked_for) = match (self.claim(visit), visit.rank) {
                (Some(claim), Rank::Booked { start }) => (claim, start),
                (Some(claim), _) => (claim, claim),
                (None, Rank::Booked { start }) if start < self.now + reach => (start, start),
                _ => continue,
            };
            promises.push(Promise {
                visit: Some(visit.id),
                sort: (claim, visit.arrived_at, false, visit.id.0),
                claim,
                booked_for,
                length: minutes(visit.planned_minutes),
                desks: counted.iter().copied().filter(|&desk| self.may_serve(desk, visit)).collect(),
            });
        }
        for (start, id) in &self.office.expected {
            // "A booked citizen who is not here at their time no longer keeps a desk free."
            if *start <= self.now || *start >= self.now + reach {
                continue;
            }
            let promise = &self.office.bookings[id].promise;
            promises.push(Promise {
                visit: None,
                sort: (*start, DateTime::<Utc>::MAX_UTC, true, id.0),
                claim: *start,
                booked_for: *start,
                length: minutes(promise.minutes),
                desks: counted.iter().copied().filter(|&desk| self.lists(desk, promise.service)).collect(),
            });
        }
        promises.retain(|promise| !promise.desks.is_empty());
        promises.sort_by_key(|promise| promise.sort);
        promises
    }

    /// When a desk is free: "a desk that overruns is taken to end at now + max(2 min, 20 % of its plan)".
    fn free(&self, desk: DeskId, asking: &[DeskId], with_fillers: bool) -> Time {
        if asking.contains(&desk) {
            return self.now;
        }
        let open = &self.office.desks[&desk];
        let back = match open.state {
            DeskState::Open => self.now,
            DeskState::Break { until, .. } => until.unwrap(),
        };
        let Some(visit) = open.holds.map(|visit| &self.office.visits[&visit]) else { return back };
        let (VisitState::Called { since, reason, .. } | VisitState::Serving { since, reason, .. }) = &visit.state
        else {
            panic!("held, and neither called nor served")
        };
        let filler = !matches!(visit.rank, Rank::Booked { .. }) && !matches!(reason, Reason::WaitedPastLimit { .. });
        if filler && !with_fillers {
            return back;
        }
        let planned = minutes(visit.planned_minutes);
        let mut end = *since + planned;
        if end <= self.now {
            end = self.now + minutes(2).max(planned / 5);
        }
        end.max(back)
    }

    /// Every assignment is tried: the fewest unplaced, then "the worst lateness, then the sum, then by desk number".
    fn plan(&self, promises: &[Promise], free: &dyn Fn(DeskId) -> Time) -> Kept {
        let options: Vec<usize> = promises.iter().map(|promise| promise.desks.len() + 1).collect();
        let mut choice = vec![0; promises.len()];
        let mut best: Option<(Cost, Kept)> = None;
        loop {
            if let Some(found) = self.try_assignment(promises, &choice, free)
                && best.as_ref().is_none_or(|best| found.0 < best.0)
            {
                best = Some(found);
            }
            let Some(wheel) = (0..choice.len()).find(|&wheel| choice[wheel] + 1 < options[wheel]) else { break };
            choice[wheel] += 1;
            choice[..wheel].fill(0);
        }
        best.unwrap().1
    }

    fn try_assignment(
        &self,
        promises: &[Promise],
        choice: &[usize],
        free: &dyn Fn(DeskId) -> Time,
    ) -> Option<(Cost, Kept)> {
        let mut kept: Kept = Vec::new();
        let (mut worst, mut sum) = (minutes(0), minutes(0));
        for (index, promise) in promises.iter().enumerate() {
            let Some(&desk) = promise.desks.get(choice[index]) else {
                kept.push(None);
                continue;
            };
            let last = (0..index).rev().find(|&before| kept[before].is_some_and(|(other, _)| other == desk));
            let done = last.map_or_else(|| free(desk), |last| kept[last].unwrap().1 + promises[last].length);
            let start = done.max(promise.claim).max(self.now);
            if !self.ends_in_time(desk, start, promise.length) {
                return None;
            }
            let late = start - promise.claim;
            worst = worst.max(late);
            sum += late;
            kept.push(Some((desk, start)));
        }
        let unplaced = kept.iter().filter(|place| place.is_none()).count();
        let numbers = kept.iter().map(|place| place.map_or(u32::MAX, |(desk, _)| u32::from(desk.0))).collect();
        Some(((unplaced, worst, sum, numbers), kept))
    }

    /// What follows if `desk` is busy for so long; `own` is the promise of the one who would be called.
    fn effect(
        &self,
        counted: &[DeskId],
        asking: &[DeskId],
        desk: DeskId,
        length: Duration,
        own: Option<VisitId>,
    ) -> Effect {
        let promises = self.promises(counted, length.max(minutes(45)));
        let as_it_is = self.plan(&promises, &|one| self.free(one, asking, true));
        let without = self.plan(&promises, &|one| self.free(one, asking, false));
        let others: Vec<usize> =
            (0..promises.len()).filter(|&index| own.is_none() || promises[index].visit != own).collect();
        let left: Vec<Promise> = others.iter().map(|&index| promises[index].clone()).collect();
        let tried = self.plan(&left, &|one| if one == desk { self.now + length } else { self.free(one, asking, true) });
        let mut effect = Effect { delay: Some(minutes(0)), whose: None, keeps: None };
        for (then, &index) in tried.iter().zip(&others) {
            let promise = &promises[index];
            if effect.keeps.is_none() && then.is_some_and(|(at, _)| at == desk) {
                effect.keeps = Some(promise.booked_for);
            }
            // "no booked citizen starts later than they would anyway"
            let Some((_, anyway)) = as_it_is[index] else { continue };
            match then {
                None if effect.delay.is_some() => {
                    effect.delay = None;
                    effect.whose = Some(promise.booked_for);
                }
                None => {}
                Some((_, start)) if *start > anyway => {
                    // "Delay is measured against the plan without any filler at a desk"
                    let base = without[index].map_or(anyway, |(_, start)| start.min(anyway));
                    if effect.delay.is_some_and(|delay| *start - base > delay) {
                        effect.delay = Some(*start - base);
                        effect.whose = Some(promise.booked_for);
                    }
                }
                Some(_) => {}
            }
        }
        effect
    }

    /// The earliest time at which somebody could be put into the row of promises of one of these desks.
    fn gap(
        &self,
        promises: &[Promise],
        kept: &Kept,
        desks: &[DeskId],
        free: &dyn Fn(DeskId) -> Time,
        length: Duration,
        from: Time,
    ) -> Option<Time> {
        let bound = minutes(self.rules().booked_delay_max_minutes);
        let mut gaps = Vec::new();
        for &desk in desks {
            let row: Vec<(Time, &Promise)> = kept
                .iter()
                .zip(promises)
                .filter_map(|(place, promise)| place.filter(|(at, _)| *at == desk).map(|(_, start)| (start, promise)))
                .collect();
            for position in 0..=row.len() {
                let gap = if position == 0 { free(desk) } else { row[position - 1].0 + row[position - 1].1.length };
                let mut done = gap + length;
                let mut good = gap >= from && self.ends_in_time(desk, gap, length);
                for (start, promise) in &row[position..] {
                    let then = done.max(*start);
                    good &= then - *start <= bound && self.ends_in_time(desk, then, promise.length);
                    done = then + promise.length;
                }
                if good {
                    gaps.push(gap);
                }
            }
        }
        gaps.into_iter().min()
    }

    /// Whether a filler would put back the gap kept for another (TRN-06).
    fn puts_back(&self, counted: &[DeskId], asking: &[DeskId], length: Duration, keeper: &Visit) -> bool {
        let needs = minutes(keeper.planned_minutes);
        let desks: Vec<DeskId> = counted.iter().copied().filter(|&desk| self.may_serve(desk, keeper)).collect();
        let promises = self.promises(counted, length.max(needs).max(minutes(45)));
        let free_now = |one: DeskId| self.free(one, asking, true);
        let free_then = |one: DeskId| if one == self.desk { self.now + length } else { self.free(one, asking, true) };
        let now = self.gap(&promises, &self.plan(&promises, &free_now), &desks, &free_now, needs, self.now);
        let then = self.gap(&promises, &self.plan(&promises, &free_then), &desks, &free_then, needs, self.now);
        now.is_some_and(|now| then.is_none_or(|then| then > now))
    }

    // The steps.

    /// By how much somebody would be delayed by plan if a visit were called here; `None` if somebody would find no desk.
    #[allow(dead_code, clippy::allow_attributes, reason = "for the test of the laws")]
    pub fn delay_by(&self, visit: VisitId) -> Option<Duration> {
        let length = minutes(self.office.visits[&visit].planned_minutes);
        self.effect(&self.counted(), &[self.desk], self.desk, length, Some(visit)).delay
    }

    /// The answer with these desks counting.
    fn answer_with(&self, counted: &[DeskId]) -> Answer {
        let asking = [self.desk];
        let waiting = self.waiting();
        if waiting.is_empty() {
            return Err(Nobody::NoneWaiting);
        }
        let here: Vec<&Visit> = waiting.into_iter().filter(|visit| self.may_serve(self.desk, visit)).collect();
        let in_time = |visit: &&Visit| self.ends_in_time(self.desk, self.now, minutes(visit.planned_minutes));
        let mine: Vec<&Visit> = here.iter().copied().filter(in_time).collect();
        if let Some(visit) = self.step_1(&mine, counted, &asking) {
            return Ok((visit.id, self.reason_1(visit), Vec::new()));
        }
        let last_booking = self.last_booking();
        let mut left = None;
        let mut row: Vec<&Visit> = Vec::new();
        for visit in mine.iter().copied().filter(|visit| !matches!(visit.rank, Rank::Booked { .. })) {
            let own = self.own_desk(visit, counted, &asking);
            if self.waits_for_end(visit) && last_booking.is_some() {
                continue;
            } else if own.is_some() {
                left = left.or(own.map(|own| (visit.id, own)));
            } else {
                row.push(visit);
            }
        }
        row.sort_by_key(|visit| self.row_key(visit));
        // "at most k priority calls in a row while an ordinary visitor is callable"
        if self.office.desks[&self.desk].priority_in_a_row >= self.rules().priority_in_a_row_max {
            let behind = |visit: &Visit| (self.row_key(visit).0, self.row_key(visit).0 == 2 && visit.priority);
            row.sort_by(|one, other| behind(one).cmp(&behind(other)).then(Ordering::Equal));
        }
        if let Some(visit) = self.step_2(&row, counted, &asking) {
            return Ok((visit.id, self.reason_2(visit, &row, counted, &asking), self.overtook(&row, visit)));
        }
        let mut early: Vec<&Visit> = mine.iter().copied().filter(|visit| self.booked_ahead(visit).is_some()).collect();
        early.sort_by_key(|visit| (self.booked_ahead(visit), visit.arrived_at, visit.id));
        for visit in &early {
            let start = self.booked_ahead(visit).unwrap();
            let near = start - self.now <= minutes(self.rules().early_call_minutes);
            let effect = self.effect(counted, &asking, self.desk, minutes(visit.planned_minutes), Some(visit.id));
            if near && effect.delay == Some(minutes(0)) {
                return Ok((visit.id, Reason::BookedEarly { booked_for: start }, Vec::new()));
            }
        }
        let mut kept: Vec<&Visit> = Vec::new();
        let mut too_long: Option<u16> = None;
        for visit in &row {
            // Nobody fits who needs as long as somebody who stood before and did not fit.
            if too_long.is_some_and(|minutes| visit.planned_minutes >= minutes) && !self.kept_for(visit) {
                continue;
            }
            let effect = self.effect(counted, &asking, self.desk, minutes(visit.planned_minutes), None);
            let within = effect.delay.filter(|delay| *delay <= minutes(self.rules().booked_delay_max_minutes));
            if let Some(delay) = within
                && !self.any_put_back(&kept, visit, counted, &asking)
            {
                let reason = Reason::WithinBound {
                    kind: self.kind(visit),
                    delay_seconds: u32::try_from(delay.num_seconds()).unwrap(),
                    booked_for: effect.whose.unwrap_or(self.now),
                };
                return Ok((visit.id, reason, self.overtook(&row, visit)));
            }
            if within.is_none() {
                too_long = Some(too_long.map_or(visit.planned_minutes, |minutes| minutes.min(visit.planned_minutes)));
            }
            if self.kept_for(visit) {
                kept.push(visit);
            }
        }
        Err(self.step_5(&here, &mine, &row, &early, left, last_booking, counted, &asking))
    }

    /// "A desk leaves a due visit to another idle desk if it alone serves another due one."
    fn step_1<'v>(&self, mine: &[&'v Visit], counted: &[DeskId], asking: &[DeskId]) -> Option<&'v Visit> {
        let mut due: Vec<&Visit> = mine.iter().copied().filter(|visit| self.claim(visit).is_some()).collect();
        due.sort_by_key(|visit| (self.claim(visit), visit.arrived_at, visit.id));
        let able = |desk: DeskId, visit: &Visit| {
            let from = self.free(desk, asking, true);
            self.may_serve(desk, visit) && self.ends_in_time(desk, from, minutes(visit.planned_minutes))
        };
        let others: Vec<DeskId> = counted.iter().copied().filter(|&desk| desk != self.desk).collect();
        let alone = due.iter().any(|visit| !others.iter().any(|&desk| able(desk, visit)));
        if !alone {
            return due.first().copied();
        }
        let idle = |desk: &DeskId| {
            let open = &self.office.desks[desk];
            asking.contains(desk) || (open.holds.is_none() && open.state == DeskState::Open)
        };
        let idle: Vec<DeskId> = others.into_iter().filter(idle).collect();
        let can_leave = |people: &[&Visit]| every_one_a_desk(people, &idle, &able);
        (1..=due.len()).find(|&count| !can_leave(&due[..count])).map(|count| due[count - 1])
    }

    fn reason_1(&self, visit: &Visit) -> Reason {
        match visit.rank {
            Rank::Booked { start } => match visit.origin {
                Origin::Booked { channel: office::Channel::Telephone | office::Channel::Teleconference, .. } => {
                    Reason::RemoteDue { booked_for: start }
                }
                _ => Reason::BookedAndDue { booked_for: start, arrived_at: visit.arrived_at },
            },
            _ => Reason::WaitedPastLimit { arrived_at: visit.arrived_at, limit_minutes: self.rules().wait_max_minutes },
        }
    }

    fn booked_ahead(&self, visit: &Visit) -> Option<Time> {
        match visit.rank {
            Rank::Booked { start } if start > self.now => Some(start),
            _ => None,
        }
    }

    fn waits_for_end(&self, visit: &Visit) -> bool {
        match visit.rank {
            Rank::EndOfDay => !self.rules().end_of_day_in_gaps,
            Rank::Filler { kind: FillerKind::Late } => !self.rules().late_in_gaps,
            _ => false,
        }
    }

    /// The last booked time of the day at this desk, here or expected.
    fn last_booking(&self) -> Option<Time> {
        let here =
            self.waiting().into_iter().filter(|visit| self.may_serve(self.desk, visit)).filter_map(|visit| match visit
                .rank
            {
                Rank::Booked { start } => Some(start),
                _ => None,
            });
        let expected =
            self.office.expected.iter().filter(|(start, id)| {
                *start > self.now && self.lists(self.desk, self.office.bookings[id].promise.service)
            });
        here.chain(expected.map(|(start, _)| *start)).max()
    }

    /// "the same desk preferred"
    fn own_desk(&self, visit: &Visit, counted: &[DeskId], asking: &[DeskId]) -> Option<DeskId> {
        let VisitState::Interrupted { desk, .. } = visit.state else { return None };
        if desk == self.desk || !counted.contains(&desk) || !self.may_serve(desk, visit) {
            return None;
        }
        let open = &self.office.desks[&desk];
        let idle = asking.contains(&desk) || (open.holds.is_none() && open.state == DeskState::Open);
        let length = minutes(visit.planned_minutes);
        let able = idle && self.ends_in_time(desk, self.now, length);
        (able && self.effect(counted, asking, desk, length, None).delay == Some(minutes(0))).then_some(desk)
    }

    /// "after five overtakings … the next gap is kept for them"
    fn kept_for(&self, visit: &Visit) -> bool {
        self.rules().overtaken_max > 0 && visit.overtaken >= self.rules().overtaken_max
    }

    fn any_put_back(&self, kept: &[&Visit], visit: &Visit, counted: &[DeskId], asking: &[DeskId]) -> bool {
        kept.iter().any(|keeper| self.puts_back(counted, asking, minutes(visit.planned_minutes), keeper))
    }

    fn step_2<'v>(&self, row: &[&'v Visit], counted: &[DeskId], asking: &[DeskId]) -> Option<&'v Visit> {
        let delay = |visit: &Visit| self.effect(counted, asking, self.desk, minutes(visit.planned_minutes), None).delay;
        let mut kept: Vec<&Visit> = Vec::new();
        let mut too_long = u16::MAX;
        for (index, visit) in row.iter().enumerate() {
            let keeps = self.kept_for(visit);
            if visit.planned_minutes >= too_long && !keeps {
                continue;
            }
            let allowed = minutes(if keeps { self.rules().booked_delay_max_minutes } else { 0 });
            let fits = delay(visit).is_some_and(|delay| delay <= allowed);
            if fits && !self.any_put_back(&kept, visit, counted, asking) {
                let window = minutes(self.rules().preference_window_minutes);
                if keeps || self.row_key(visit).0 != 2 || window == minutes(0) {
                    return Some(visit);
                }
                // "Desk preference acts only among arrivals within the window."
                let near = row[index..].iter().copied().filter(|other| {
                    self.row_key(other).1 - self.row_key(visit).1 <= window
                        && other.priority == visit.priority
                        && other.planned_minutes < too_long
                        && delay(other) == Some(minutes(0))
                        && !self.any_put_back(&kept, other, counted, asking)
                });
                return near.min_by_key(|other| self.preference(other));
            }
            if delay(visit) != Some(minutes(0)) {
                too_long = too_long.min(visit.planned_minutes);
            }
            if keeps {
                kept.push(visit);
            }
        }
        None
    }

    fn preference(&self, visit: &Visit) -> usize {
        let listed = &self.office.config.as_ref().unwrap().desks[&self.desk].services;
        listed.iter().position(|service| *service == visit.service).unwrap_or(usize::MAX)
    }

    fn kind(&self, visit: &Visit) -> FillerKind {
        match (visit.rank, visit.origin) {
            (Rank::Filler { kind }, _) => kind,
            (Rank::EndOfDay, _) => FillerKind::Late,
            (_, Origin::Booked { .. }) => FillerKind::Returned,
            _ => FillerKind::WalkIn,
        }
    }

    fn reason_2(&self, visit: &Visit, row: &[&Visit], counted: &[DeskId], asking: &[DeskId]) -> Reason {
        let effect = self.effect(counted, asking, self.desk, minutes(visit.planned_minutes), None);
        let late = matches!(visit.rank, Rank::EndOfDay | Rank::Filler { kind: FillerKind::Late });
        if visit.rank == Rank::FirstInLine && effect.delay == Some(minutes(0)) {
            Reason::FirstInLine
        } else if self.kept_for(visit) {
            Reason::GapKept { overtaken: visit.overtaken }
        } else if late && self.last_booking().is_none() {
            Reason::EndOfDay
        } else {
            let passed = |other: &&Visit| !other.priority && self.queued_from(other) < self.queued_from(visit);
            Reason::FitsGap {
                kind: self.kind(visit),
                priority: visit.priority && row.iter().any(passed),
                free_minutes: effect.keeps.map(|keeps| u16::try_from((keeps - self.now).num_minutes()).unwrap_or(0)),
                before: effect.keeps,
            }
        }
    }

    /// Those whom this desk went through before the one who is called.
    fn overtook(&self, row: &[&Visit], called: &Visit) -> Vec<VisitId> {
        row.iter().take_while(|other| other.id != called.id).map(|other| other.id).collect()
    }

    /// "Else nobody, with the reason and the time when somebody will fit."
    #[expect(clippy::too_many_arguments, reason = "everything that the steps before have found out")]
    fn step_5(
        &self,
        here: &[&Visit],
        mine: &[&Visit],
        row: &[&Visit],
        early: &[&Visit],
        left: Option<(VisitId, DeskId)>,
        last_booking: Option<Time>,
        counted: &[DeskId],
        asking: &[DeskId],
    ) -> Nobody {
        let free = |one: DeskId| self.free(one, asking, true);
        let early_call = minutes(self.rules().early_call_minutes);
        let no_gap = |visit: &Visit, own: Option<VisitId>| {
            let effect = self.effect(counted, asking, self.desk, minutes(visit.planned_minutes), own);
            let shortest = row.iter().map(|one| minutes(one.planned_minutes)).min();
            let gap = shortest.and_then(|length| {
                let promises = self.promises(counted, length.max(minutes(45)));
                let plan = self.plan(&promises, &free);
                self.gap(&promises, &plan, &[self.desk], &free, length, self.now + Duration::microseconds(1))
            });
            let booked = early.first().map(|first| {
                let start = self.booked_ahead(first).unwrap();
                if start - early_call > self.now { start - early_call } else { start }
            });
            Nobody::NoGap {
                visit: visit.id,
                needs_minutes: visit.planned_minutes,
                booked_for: effect.whose.or(effect.keeps).unwrap_or(self.now),
                fits_at: gap.into_iter().chain(booked).min(),
            }
        };
        if let Some(first) = row.first() {
            return no_gap(first, None);
        }
        if let (Some(last), Some(visit)) = (last_booking, mine.iter().find(|visit| self.waits_for_end(visit))) {
            let promises = self.promises(counted, minutes(45));
            let plan = self.plan(&promises, &free);
            let ends = plan.iter().zip(&promises).filter_map(|(place, promise)| {
                place.filter(|(desk, _)| *desk == self.desk).map(|(_, start)| start + promise.length)
            });
            let done = ends.max().unwrap_or(self.now);
            return Nobody::NoGap {
                visit: visit.id,
                needs_minutes: visit.planned_minutes,
                booked_for: last,
                fits_at: (last < self.now + minutes(45)).then_some(done),
            };
        }
        if let Some((visit, desk)) = left {
            return Nobody::LeftToDesk { visit, desk };
        }
        if let Some(first) = early.first() {
            let callable_at = self.booked_ahead(first).unwrap() - early_call;
            if callable_at > self.now {
                return Nobody::TooEarly { visit: first.id, callable_at };
            }
            return no_gap(first, Some(first.id));
        }
        match (here.iter().min_by_key(|visit| (visit.arrived_at, visit.id)), self.ends(self.desk)) {
            (Some(first), Some(ends_at)) => Nobody::Closing { visit: first.id, ends_at },
            _ => Nobody::NoneForThisDesk,
        }
    }
}

/// Whether each of these people can have an idle desk of their own: every way is tried.
fn every_one_a_desk(people: &[&Visit], desks: &[DeskId], able: &dyn Fn(DeskId, &Visit) -> bool) -> bool {
    let Some((first, rest)) = people.split_first() else { return true };
    desks.iter().filter(|desk| able(**desk, first)).any(|desk| {
        let left: Vec<DeskId> = desks.iter().copied().filter(|other| other != desk).collect();
        every_one_a_desk(rest, &left, able)
    })
}
