//! What an office has set itself, and in how many visits it was kept (NEW-13).

use office::Targets;

use crate::{
    day::DayFacts,
    fact::{ArrivalWay, VisitFact},
};

/// In how many visits a target was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptTarget {
    /// The target: nobody waits longer.
    pub minutes: u16,
    /// So many visits of those that it is about.
    pub visits: u32,
    /// So many of them were called in time.
    pub kept: u32,
}

impl KeptTarget {
    /// Of a hundred visits, so many were called in time; the part of one that is left is cut off, so that no target looks kept
    /// that was not. None where there were none.
    #[must_use]
    pub fn percent(&self) -> Option<u8> {
        let share = u64::from(self.kept) * 100;
        share.checked_div(self.visits.into()).and_then(|percent| u8::try_from(percent).ok())
    }
}

/// How an office has kept its targets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KeptTargets {
    /// Who was booked was called so soon after the booked time, or after coming later.
    pub booked: Option<KeptTarget>,
    /// Who came without a booking waited no longer.
    pub walk_in: Option<KeptTarget>,
    /// In so many of a hundred visits each of them is to be kept.
    pub percent: u8,
}

impl KeptTargets {
    /// How targets were kept on days.
    #[must_use]
    pub fn of<'a>(days: impl IntoIterator<Item = &'a DayFacts>, targets: &Targets) -> Self {
        let none = |minutes| KeptTarget { minutes, visits: 0, kept: 0 };
        let (mut booked, mut walk_in) = (targets.booked_minutes.map(none), targets.walk_in_minutes.map(none));
        for visit in days.into_iter().flat_map(|day| &day.visits) {
            booked.iter_mut().for_each(|target| target.add(booked_wait(visit)));
            walk_in.iter_mut().for_each(|target| target.add(walk_in_wait(visit)));
        }
        Self { booked, walk_in, percent: targets.percent }
    }
}

impl KeptTarget {
    fn add(&mut self, seconds: Option<u32>) {
        let Some(seconds) = seconds else { return };
        self.visits += 1;
        self.kept += u32::from(seconds <= u32::from(self.minutes) * 60);
    }
}

/// How long somebody waited from the booked time on.
const fn booked_wait(visit: &VisitFact) -> Option<u32> {
    match visit.way_in {
        ArrivalWay::Booked | ArrivalWay::Remote => visit.behind_seconds,
        ArrivalWay::WalkIn | ArrivalWay::Direct | ArrivalWay::Paper => None,
    }
}

/// How long somebody without a booking waited.
const fn walk_in_wait(visit: &VisitFact) -> Option<u32> {
    match visit.way_in {
        ArrivalWay::WalkIn => visit.wait_seconds,
        ArrivalWay::Booked | ArrivalWay::Remote | ArrivalWay::Direct | ArrivalWay::Paper => None,
    }
}
