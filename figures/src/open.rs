//! What everybody may read (NEW-13): months and services, with every group left out that is so small that somebody could be known
//! in it.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use office::{ServiceId, Targets};

use crate::{
    day::DayFacts,
    kept::{KeptTarget, KeptTargets},
    spread::Spread,
    tables::{FigureChoice, OfficeFigures},
};

/// A group of fewer is left out.
pub const GROUP_LEAST: u32 = 5;

/// The open figures of an office, by month, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpenFigures {
    /// Months of which something can be said.
    pub months: Vec<OpenMonth>,
}

/// What is said of a month that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenMonth {
    /// Its first day.
    pub first: NaiveDate,
    /// The whole office; none where that alone is too small a group.
    pub whole: Option<OpenGroup>,
    /// Its services, without those that were left out.
    pub services: BTreeMap<ServiceId, OpenGroup>,
    /// Whether services were left out.
    pub some_left_out: bool,
}

/// What is said of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenGroup {
    /// So many visits.
    pub visits: u32,
    /// Seconds of waiting; none where too few waited.
    pub wait: Option<Spread>,
    /// Seconds of being served; none where too few were.
    pub service: Option<Spread>,
    /// How the target of those with a booking was kept; none without one, or where it is about too few.
    pub booked: Option<KeptTarget>,
    /// The same for those without.
    pub walk_in: Option<KeptTarget>,
}

impl OpenFigures {
    /// What may be said of days.
    #[must_use]
    pub fn of(days: &[DayFacts], targets: &Targets) -> Self {
        let mut months: BTreeMap<NaiveDate, Vec<&DayFacts>> = BTreeMap::new();
        for day in days {
            months.entry(day.date.with_day(1).unwrap_or(day.date)).or_default().push(day);
        }
        let months = months.into_iter().map(|(first, days)| OpenMonth::of(first, &days, targets));
        Self { months: months.filter(|month| month.whole.is_some()).collect() }
    }
}

impl OpenMonth {
    fn of(first: NaiveDate, days: &[&DayFacts], targets: &Targets) -> Self {
        let whole = OpenGroup::of(days, None, targets);
        let figures = OfficeFigures::of(days.iter().copied(), &FigureChoice::default());
        let sizes: BTreeMap<ServiceId, u32> =
            figures.by_service.iter().map(|(service, group)| (*service, group.visits)).collect();
        let shown = shown(&sizes);
        let some_left_out = shown.len() < sizes.len();
        let group = |service: ServiceId| Some((service, OpenGroup::of(days, Some(service), targets)?));
        Self { first, whole, services: shown.into_iter().filter_map(group).collect(), some_left_out }
    }
}

/// The services that are shown. Where those left out are together too few, the least of the others goes with them: else
/// they were known by taking what is shown from the whole.
fn shown(sizes: &BTreeMap<ServiceId, u32>) -> Vec<ServiceId> {
    let (mut shown, left_out): (Vec<_>, Vec<_>) = sizes.iter().partition(|(_, visits)| **visits >= GROUP_LEAST);
    let hidden: u32 = left_out.iter().map(|(_, visits)| **visits).sum();
    if (1..GROUP_LEAST).contains(&hidden)
        && let Some(least) = (0..shown.len()).min_by_key(|at| shown[*at].1)
    {
        shown.remove(least);
    }
    shown.into_iter().map(|(service, _)| *service).collect()
}

impl OpenGroup {
    /// What may be said of a service, or of all; none where that is too small a group.
    fn of(days: &[&DayFacts], service: Option<ServiceId>, targets: &Targets) -> Option<Self> {
        let own: Vec<DayFacts> = days
            .iter()
            .map(|day| DayFacts {
                visits: day
                    .visits
                    .iter()
                    .filter(|visit| service.is_none_or(|service| service == visit.service))
                    .copied()
                    .collect(),
                date: day.date,
                bookings: Vec::new(),
                desks: Vec::new(),
                overtakings: Vec::new(),
            })
            .collect();
        let group = OfficeFigures::of(&own, &FigureChoice::default()).all;
        let kept = KeptTargets::of(&own, targets);
        let spread = |spread: Option<Spread>| spread.filter(|spread| spread.count >= GROUP_LEAST);
        let target = |target: Option<KeptTarget>| target.filter(|target| target.visits >= GROUP_LEAST);
        (group.visits >= GROUP_LEAST).then(|| Self {
            visits: group.visits,
            wait: spread(group.wait),
            service: spread(group.service),
            booked: target(kept.booked),
            walk_in: target(kept.walk_in),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown_of(sizes: &[u32]) -> Vec<u16> {
        let sizes = sizes.iter().zip(1..).map(|(visits, id)| (ServiceId(id), *visits)).collect();
        shown(&sizes).into_iter().map(|service| service.0).collect()
    }

    #[test]
    fn new_13_a_group_under_five_is_left_out_and_cannot_be_reckoned_from_the_rest() {
        assert_eq!(shown_of(&[5, 6, 7]), [1, 2, 3]);
        // Four alone would be what the whole has more than the rest.
        assert_eq!(shown_of(&[4, 6, 7]), [3]);
        assert_eq!(shown_of(&[4, 3, 6, 7]), [3, 4], "seven are left out together");
        assert_eq!(shown_of(&[1, 9]), [] as [u16; 0]);
        assert_eq!(shown_of(&[2]), [] as [u16; 0]);
    }
}
