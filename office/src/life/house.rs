//! The office itself: set up, changed while it runs, partly suspended, or cut off from its hub.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::asking::Standpoint;
use crate::{
    BookingEvent, BookingLife, ClerkId, DeskId, Event, HELP_CALLS_MAX, HouseEvent, Office, OfficeConfig, PublicId,
    Refusal, ServiceId, Suspension, SuspensionScope, Words, bounds,
};

/// Sets the office up, or changes it while it runs; everything that waits or is promised is kept (TRN-11).
pub(crate) fn configure(office: &Office, config: &OfficeConfig, now: DateTime<Utc>) -> Result<Vec<Event>, Refusal> {
    if config.check().is_err() {
        return Err(Refusal::BadConfiguration);
    }
    if office.config.as_ref() == Some(config) {
        return Ok(Vec::new());
    }
    bounds::check_calendar(office.config.as_ref(), config, now)?;
    still_needed(office, config)?;
    Ok(vec![Event { at: now, kind: HouseEvent::Configured(Box::new(config.clone())).into() }])
}

/// What a change may not take away: an open desk, and services for which somebody waits or has a promise.
fn still_needed(office: &Office, config: &OfficeConfig) -> Result<(), Refusal> {
    if let Some(desk) = office.desks.keys().find(|desk| !config.desks.contains_key(desk)) {
        return Err(Refusal::DeskInUse { desk: *desk });
    }
    let waited_for = office.open_visits.iter().filter_map(|id| office.visits.get(id)).map(|visit| visit.service);
    let promised = office.bookings.values().filter(|booking| booking.life.keeps_time());
    let needed: BTreeSet<ServiceId> = waited_for.chain(promised.map(|booking| booking.promise.service)).collect();
    match needed.into_iter().find(|service| !config.services.contains_key(service)) {
        Some(service) => Err(Refusal::ServiceInUse { service }),
        None => Ok(()),
    }
}

/// Suspends a service, a desk or the giving of tickets at once (FLD-30); again, to change its end or its words.
pub(crate) fn suspend(
    asking: &Standpoint<'_>,
    scope: SuspensionScope,
    until: Option<DateTime<Utc>>,
    because: &Words,
) -> Result<Vec<Event>, Refusal> {
    match scope {
        SuspensionScope::Tickets => {}
        SuspensionScope::Service(service) => {
            asking.service(service)?;
        }
        SuspensionScope::Desk(desk) => {
            asking.desk(desk)?;
        }
    }
    if until.is_some_and(|until| until <= asking.now) {
        return Err(Refusal::BadTimes);
    }
    let since = asking.office.suspension(scope, asking.now).map_or(asking.now, |suspension| suspension.since);
    asking.one(HouseEvent::Suspended(Suspension { scope, since, until, because: because.clone() }))
}

/// Ends a suspension in one press.
pub(crate) fn resume(asking: &Standpoint<'_>, scope: SuspensionScope) -> Result<Vec<Event>, Refusal> {
    if asking.office.suspensions.iter().any(|suspension| suspension.scope == scope) {
        asking.one(HouseEvent::Resumed { scope })
    } else {
        Err(Refusal::NotSuspended)
    }
}

/// Somebody at a kiosk rings for help; the same ring again is heard once.
pub(crate) fn ring_for_help(
    asking: &Standpoint<'_>,
    ring: PublicId,
    place: &str,
    desk: Option<DeskId>,
) -> Result<Vec<Event>, Refusal> {
    let ringing = || asking.office.help.values().filter(|call| call.rings(asking.now));
    if asking.office.help.contains_key(&ring) {
        return Ok(Vec::new());
    }
    match desk {
        // An emergency is heard however many ring; pressed again it is the same one.
        Some(desk) => {
            asking.desk(desk)?;
            if ringing().any(|call| call.desk == Some(desk)) {
                return Ok(Vec::new());
            }
        }
        None if ringing().count() >= HELP_CALLS_MAX => return Err(Refusal::BadCount),
        None => {}
    }
    asking.one(HouseEvent::HelpRung { ring, place: place.to_owned(), desk })
}

/// A member of staff goes to whoever rang; of two who say so the first goes.
pub(crate) fn accept_help(asking: &Standpoint<'_>, ring: PublicId, clerk: ClerkId) -> Result<Vec<Event>, Refusal> {
    let call = asking.office.help.get(&ring).filter(|call| call.rings(asking.now)).ok_or(Refusal::NobodyRings)?;
    // To an emergency a colleague goes: whoever rang is there already.
    let rang = call.desk.and_then(|desk| asking.office.desks.get(&desk)).is_some_and(|open| open.clerk == clerk);
    if call.clerk.is_some() || rang {
        return Ok(Vec::new());
    }
    asking.one(HouseEvent::HelpAccepted { ring, clerk })
}

/// Nobody is needed any more.
pub(crate) fn end_help(asking: &Standpoint<'_>, ring: PublicId) -> Result<Vec<Event>, Refusal> {
    if asking.office.help.contains_key(&ring) { asking.one(HouseEvent::HelpEnded { ring }) } else { Ok(Vec::new()) }
}

/// The hub was away from `from` until now; nobody is late or missed for that (PROM-12).
pub(crate) fn note_outage(asking: &Standpoint<'_>, from: DateTime<Utc>) -> Result<Vec<Event>, Refusal> {
    if from >= asking.now {
        return Err(Refusal::BadTimes);
    }
    asking.one(HouseEvent::OutageNoted { from })
}

/// Ends suspensions whose time is over.
pub(crate) fn end_suspensions(asking: &Standpoint<'_>) -> Vec<Event> {
    let over = asking.office.suspensions.iter().filter(|one| one.until.is_some_and(|until| until <= asking.now));
    over.map(|one| asking.event(HouseEvent::Resumed { scope: one.scope })).collect()
}

/// Ends holds whose time is over; their times have been free since.
pub(crate) fn end_holds(asking: &Standpoint<'_>) -> Vec<Event> {
    let lapsed = asking.office.holds_by_expiry.iter().take_while(|(expires_at, _)| *expires_at <= asking.now);
    lapsed
        .filter(|(_, id)| {
            asking.office.bookings.get(id).is_some_and(|booking| matches!(booking.life, BookingLife::Held { .. }))
        })
        .map(|(_, booking)| asking.event(BookingEvent::HoldEnded { booking: *booking }))
        .collect()
}
