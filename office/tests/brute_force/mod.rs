//! Who is next, by trying everything: written from the text of the rule alone, to judge the engine on small cases.
//!
//! No cleverness and nothing shared with `office::order`: every assignment of promises to desks is tried, every way of
//! leaving people to other desks, every gap. Sentences in quotes are the rule's.

use chrono::{DateTime, Duration, Utc};
use office::{
    DeskId, DeskState, FillerKind, Nobody, Office, Origin, Rank, Reason, Rules, SuspensionScope, Visit, VisitId,
    VisitState,
};

mod plan;
mod steps;

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
struct CasePromise {
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
struct BusyEffect {
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
        let idle = |desk: &DeskId| self.is_idle(*desk);
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
        let desks = self.office.desks.keys().copied();
        desks.filter(|&desk| desk == self.desk || self.back(desk).is_some()).collect()
    }

    /// When a desk is there again by what was stated: "a suspended desk is on a break, whose stated end is that of the
    /// suspension".
    fn back(&self, desk: DeskId) -> Option<Time> {
        let from_break = match self.office.desks[&desk].state {
            DeskState::Open => Some(self.now),
            DeskState::Break { until, .. } => until.filter(|until| *until > self.now),
        };
        match self.suspended_until(desk) {
            Some(until) => Some(from_break?.max(until?)),
            None => from_break,
        }
    }

    pub(super) fn is_idle(&self, desk: DeskId) -> bool {
        let open = &self.office.desks[&desk];
        open.holds.is_none() && open.state == DeskState::Open && self.suspended_until(desk).is_none()
    }

    fn suspended_until(&self, desk: DeskId) -> Option<Option<Time>> {
        let of_desk = self.office.suspensions.iter().find(|one| one.scope == SuspensionScope::Desk(desk));
        of_desk.map(|one| one.until).filter(|until| until.is_none_or(|until| until > self.now))
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

    fn present(&self) -> Vec<&Visit> {
        let waits = |visit: &&Visit| matches!(visit.state, VisitState::Waiting { .. } | VisitState::Interrupted { .. });
        self.office.visits.values().filter(waits).collect()
    }

    fn waiting(&self) -> Vec<&Visit> {
        let mut waiting = self.present();
        waiting.retain(|visit| !self.is_suspended(visit.service, self.now));
        waiting
    }

    /// "Suspended services keep their places; nobody of them is called, and their bookings keep no desk free while the
    /// suspension lasts."
    fn is_suspended(&self, service: office::ServiceId, at: Time) -> bool {
        self.office.suspensions.iter().any(|one| {
            one.scope == SuspensionScope::Service(service)
                && one.until.is_none_or(|until| until > self.now && at < until)
        })
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
}
