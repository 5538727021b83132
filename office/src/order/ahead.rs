//! What a clerk must see coming: the next booked citizen of a desk, and from when on a wait is long.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{BookingId, DeskId, Office, Rank, Rules, Visit, VisitState, calendar};

/// From when on a wait is long, and from when on it is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitLimits {
    /// Longer than the office wants it to be.
    pub long: DateTime<Utc>,
    /// Past what the rules promise.
    pub too_long: DateTime<Utc>,
}

/// The limits of a wait. Whoever is booked waits from their time on, which may be put off by as much as the rules say; the
/// others wait from their coming, up to the hard limit of the rules. Where the office has a target, a wait is long past that;
/// else at the booked time, or after two thirds of the limit.
#[must_use]
pub fn wait_limits(rules: &Rules, visit: &Visit) -> WaitLimits {
    let after = |from: DateTime<Utc>, minutes: u16| {
        from.checked_add_signed(TimeDelta::minutes(i64::from(minutes))).unwrap_or(from)
    };
    match visit.rank {
        Rank::Booked { start } => {
            let from = start.max(visit.arrived_at);
            let long = after(from, rules.targets.booked_minutes.unwrap_or(0));
            WaitLimits { long, too_long: after(from, rules.booked_delay_max_minutes).max(long) }
        }
        Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine => {
            let from = visit.arrived_at;
            let most = rules.wait_max_minutes;
            let long = after(from, rules.targets.walk_in_minutes.unwrap_or(most / 3 * 2));
            WaitLimits { long, too_long: after(from, most).max(long) }
        }
    }
}

/// The booked time that is next for a desk today, of somebody who is here or still expected and whom the desk may serve: how
/// much time is left before it is what a clerk has for whoever is in hand (TRN-04). It may have passed, if they wait.
#[must_use]
pub fn next_promise(office: &Office, desk: DeskId, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let config = office.config.as_ref()?;
    let services = &config.desks.get(&desk)?.services;
    let today = calendar::local_date(config.zone, now);
    let serves =
        |id: &BookingId| office.bookings.get(id).is_some_and(|booking| services.contains(&booking.promise.service));
    // By time, so that the first is the next.
    let ahead = office.expected.range((now, BookingId(0))..);
    let mut coming = ahead.take_while(|(start, _)| calendar::local_date(config.zone, *start) == today);
    let coming = coming.find(|(_, id)| serves(id)).map(|(start, _)| *start);
    let waiting = office.open_visits.iter().filter_map(|id| office.visits.get(id)).filter(|visit| {
        services.contains(&visit.service)
            && matches!(visit.state, VisitState::Waiting { desk: only, .. } if only.is_none_or(|only| only == desk))
    });
    let here = waiting.filter_map(|visit| match visit.rank {
        Rank::Booked { start } => Some(start),
        Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine => None,
    });
    coming.into_iter().chain(here).min()
}
