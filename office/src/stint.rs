//! What a clerk has done since sitting down at a desk: for that clerk alone, counted when it is asked for and kept nowhere.

use chrono::{DateTime, Utc};

use crate::{DeskId, Office, PeriodKind};

/// What a clerk has done since sitting down at a desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stint {
    /// The moment at which they sat down.
    pub since: DateTime<Utc>,
    /// So many people were served, each counted once; who is being served is not among them yet.
    pub served: usize,
    /// The length that as many took less than as took more, in seconds.
    pub median_seconds: Option<i64>,
}

impl Stint {
    /// That of who serves at a desk now; of those who served there before nothing is told.
    #[must_use]
    pub fn of(office: &Office, desk: DeskId) -> Option<Self> {
        let since = office.desks.get(&desk)?.clerk_since;
        let served = |visit: &crate::Visit| {
            let own = visit.periods.iter().filter(|period| {
                period.kind == PeriodKind::Service && period.desk == Some(desk) && period.from >= since
            });
            let lengths: Vec<i64> = own.map(|period| (period.to - period.from).num_seconds()).collect();
            (!lengths.is_empty()).then(|| lengths.into_iter().sum::<i64>())
        };
        let mut lengths: Vec<i64> = office.visits.values().filter_map(served).collect();
        lengths.sort_unstable();
        let median_seconds = lengths.get(lengths.len().saturating_sub(1) / 2).copied();
        Some(Self { since, served: lengths.len(), median_seconds })
    }
}
