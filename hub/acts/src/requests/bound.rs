//! Which request a booking may be bound to (PLA-03): one of who books, whose result is collected at that service, or in which that
//! very visit was proposed. The desk that serves the visit then shows that request, and no other.

use body::{AccountId, BodyConfig, CasePhase, CaseStep, OfficeId, ResultWay};
use office::{BookingId, Channel, ServiceId};
use store::{Store, Stored};
use uuid::Uuid;

/// A service of an office, as a booking for a request names it.
#[derive(Debug, Clone)]
pub(crate) struct BookedService {
    /// The row of the office.
    pub office: u32,
    /// By which links name the office.
    pub key: String,
    /// What is booked, by its number in the office.
    pub service: ServiceId,
    /// By which links name the service.
    pub service_key: String,
    /// In which way.
    pub channel: Channel,
}

/// Whether what is booked is for a request of an account.
pub(crate) fn is_for(
    store: &Store,
    body: &BodyConfig,
    booked: &BookedService,
    (request, account): (Uuid, u32),
) -> Stored<bool> {
    let row = store.request(request)?.filter(|row| row.case.account == AccountId(account) && !row.case.is_closed());
    let Some(row) = row else { return Ok(false) };
    let pickup = body.categories.get(&row.case.category).and_then(|category| category.pickup.as_ref());
    let is_there = row.case.phase == CasePhase::Ready { way: ResultWay::Collection };
    if is_there && pickup.is_some_and(|pickup| pickup.office == booked.key && pickup.service == booked.service_key) {
        return Ok(true);
    }
    let events = store.request_events(row.case.id)?;
    let proposed = events.iter().rev().find_map(|event| match &event.step {
        CaseStep::VisitProposed { office, service, channel } => Some((*office, *service, *channel)),
        _ => None,
    });
    Ok(proposed == Some((OfficeId(booked.office), booked.service, booked.channel)))
}

/// Which request a kept time is for: the one that is named, or else the one of the kept time that it replaces. None where it is for
/// none; `Err(())` where one is named that it cannot be for.
pub(crate) fn named_or_kept(
    store: &Store,
    body: &BodyConfig,
    booked: &BookedService,
    (named, account): (Option<Uuid>, Option<u32>),
    before: Option<BookingId>,
) -> Stored<Result<Option<Uuid>, ()>> {
    let fits = |request: Uuid| match account {
        Some(account) => is_for(store, body, booked, (request, account)),
        None => Ok(false),
    };
    if let Some(request) = named {
        return Ok(if fits(request)? { Ok(Some(request)) } else { Err(()) });
    }
    let kept = before.map(|before| store.request_of_booking(booked.office, before)).transpose()?.flatten();
    match kept {
        Some(request) if fits(request)? => Ok(Ok(Some(request))),
        Some(_) | None => Ok(Ok(None)),
    }
}
