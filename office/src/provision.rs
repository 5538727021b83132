//! What is told beforehand to a kiosk that may be without its hub: until when a booking is in time, and what follows after; and
//! when the last ticket of a day is given. The kiosk compares moments and holds no rule (PROM-07).

use chrono::{DateTime, Duration, NaiveDate, Utc};

use crate::{
    Booking, LateChoice, Office, OfficeConfig, Rule, Service, calendar,
    life::{asking::Standpoint, lateness, length},
};

/// What is expected of somebody with a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpectedArrival {
    /// They may check in from then on.
    pub opens_at: Option<DateTime<Utc>>,
    /// Before that they are early.
    pub early_until: DateTime<Utc>,
    /// Until then they keep the place, as it is known now; without it they always do.
    pub in_time_until: Option<DateTime<Utc>>,
    /// What follows after it.
    pub lateness: LatenessRule,
}

/// What follows for who comes too late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LatenessRule {
    /// The place is kept all the same.
    Tolerated,
    /// They are asked what they choose (TRN-05).
    Asked,
    /// They have chosen at booking to be served after the others.
    ServedLate,
}

/// What is expected of whoever has this booking, as it is known at `now`; `None` before the office is set up.
#[must_use]
pub fn expectation(office: &Office, booking: &Booking, now: DateTime<Utc>) -> Option<ExpectedArrival> {
    let config = office.config.as_ref()?;
    let asking = Standpoint::new(office, config, now);
    let (promise, minutes) = (&booking.promise, |minutes: u16| Duration::minutes(i64::from(minutes)));
    let needed = config
        .services
        .get(&promise.service)
        .and_then(|service| length::planned_minutes(service, promise.persons, promise.cases).ok());
    // As long as what is left of the booked time holds the service, nobody is late (TRN-03).
    let rest = promise.end() - minutes(needed.unwrap_or(promise.minutes).min(promise.minutes));
    let in_time_until = lateness::deadline(&asking, booking).map(|deadline| deadline.max(rest));
    let opens = config.rules.check_in_early_minutes;
    let chosen = booking.life.party().and_then(|party| party.if_late);
    let lateness = match (asking.strict(Rule::Late), chosen) {
        (false, _) => LatenessRule::Tolerated,
        (true, Some(LateChoice::EndOfDay)) => LatenessRule::ServedLate,
        (true, Some(LateChoice::BookAnew) | None) => LatenessRule::Asked,
    };
    Some(ExpectedArrival {
        opens_at: (opens > 0).then(|| promise.start - minutes(opens)),
        early_until: promise.start - minutes(config.rules.early_call_minutes),
        in_time_until,
        lateness,
    })
}

/// When the last ticket for a service is given on a day, so that whoever has it is still served; `None` where nobody is served.
#[must_use]
pub fn last_ticket(config: &OfficeConfig, service: &Service, date: NaiveDate) -> Option<DateTime<Utc>> {
    let (_, end) = *calendar::day(config, date).serving.last()?;
    let minutes = i64::from(config.rules.overtime_minutes) - i64::from(service.planned_minutes);
    Some(end + Duration::minutes(minutes))
}
