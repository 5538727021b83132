//! A time is kept for somebody while they fill in the form (OMB-08).

use std::sync::Arc;

use chrono::{DateTime, Utc};
use office::{AddressId, Audience, Booking, BookingId, BookingLife, Command, Office, Promise, Refusal, TimeWish};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::ProblemCode;
use writer::{OfficeHandle, Offices, Workbench, Writer};

use crate::{
    draw::with_reference,
    fault::Fault,
    find::booking_of,
    levels::ServiceGate,
    link_limit::{HoldCount, LinkLimit},
    refusals::refusal_in,
    requests::bound::{self, BookedService},
    turn::{Turn, decide},
};

/// What somebody wants to have kept.
#[derive(Debug, Clone, Serialize)]
pub struct HoldWish {
    /// The time.
    pub wanted: TimeWish,
    /// For whom.
    pub owner: AddressId,
    /// The kept time that this one replaces.
    pub instead_of: Option<EarlierHold>,
    /// The account of who asks, if they are signed in and book for themselves.
    pub account: Option<u32>,
    /// The request of theirs that the visit is for (PLA-03).
    pub request: Option<Uuid>,
}

/// A time that is kept for somebody already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EarlierHold {
    /// The key of its office.
    pub office: String,
    /// The kept time.
    pub booking: BookingId,
}

/// A time that is kept now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldTime {
    /// Its number.
    pub booking: BookingId,
}

/// Keeps a time, and gives back the one that it replaces, in another office too.
///
/// # Errors
/// `not-found` for a request that is not theirs, or for which nothing is booked here, `not-allowed` where the level of who asks is not enough, `too-many-requests` past the limit of the address, a [`Fault`] where the rules say no, or the hub cannot write; the time before is kept on then.
pub async fn run(
    turn: Turn<'_>,
    limit: LinkLimit,
    (offices, gate): (&Offices, ServiceGate<'_>),
    wish: HoldWish,
) -> Result<HeldTime, Fault> {
    gate.pass(turn.office, wish.wanted.service)?;
    let writer = turn.writer;
    let (is_here, elsewhere) = match &wish.instead_of {
        Some(earlier) if *earlier.office == *turn.office.key => (Some(earlier.booking), None),
        Some(earlier) => (None, offices.get(&earlier.office).map(|office| (Arc::clone(office), earlier.booking))),
        None => (None, None),
    };
    let (owner, wanted, row) = (wish.owner, wish.wanted, turn.office.row);
    let (booked, body) = (booked(turn.office, &wanted)?, Arc::clone(&gate.body.config));
    let (named, earlier) = ((wish.request, wish.account), is_here);
    let work = move |bench: &mut Workbench<'_>| {
        let request = bound::named_or_kept(bench.store(), &body, &booked, named, earlier);
        let request = bench.stored(request)?.map_err(|()| ProblemCode::NotFound)?;
        // Pressed twice, or pressed again on the way back: it is theirs already.
        if let Some(booking) = same_time(bench.office(), &wanted, owner, bench.now()) {
            bind(bench, (row, booking), request)?;
            return Ok(HeldTime { booking });
        }
        let is_agent = matches!(wanted.audience, Audience::Agent(_));
        let count = HoldCount::of(bench, &limit, owner, is_agent)?;
        let own = is_here.filter(|id| is_held_by(bench, *id, owner));
        let hold = |bench: &mut Workbench<'_>| {
            with_reference(bench, |reference| Command::Hold { reference, wanted, owner: Some(owner) })
        };
        let held = match (hold(bench), own) {
            // One's own earlier choice is in the way.
            (Err(Refusal::TooManyHolds | Refusal::Taken), Some(own)) => {
                decide(bench, &Command::ReleaseHold { booking: own })?;
                hold(bench)
            }
            (Ok(reference), Some(own)) => {
                decide(bench, &Command::ReleaseHold { booking: own })?;
                Ok(reference)
            }
            (held, _) => held,
        };
        let reference = held.map_err(|refused| refusal_in(bench.office(), &refused))?;
        let booking = booking_of(bench.office(), &reference.0).map_err(|_| ProblemCode::Unavailable)?.id;
        count.count(bench)?;
        bind(bench, (row, booking), request)?;
        Ok(HeldTime { booking })
    };
    let held = turn.take("hold", &wish, work).await?;
    if let Some((office, booking)) = elsewhere {
        give_back(writer, &office, booking, owner).await;
    }
    Ok(held)
}

/// What is booked, as requests name it.
fn booked(office: &OfficeHandle, wanted: &TimeWish) -> Result<BookedService, Fault> {
    let service_key = office.config(|config| config.services.get(&wanted.service).map(|service| service.key.clone()));
    let service_key = service_key.flatten().ok_or(ProblemCode::UnknownService)?;
    let (service, channel) = (wanted.service, wanted.channel);
    Ok(BookedService { office: office.row, key: office.key.to_string(), service, service_key, channel })
}

/// Notes which request a kept time is for.
fn bind(bench: &mut Workbench<'_>, (row, booking): (u32, BookingId), request: Option<Uuid>) -> Result<(), Fault> {
    let Some(request) = request else { return Ok(()) };
    let noted = bench.store().put_request_booking(row, booking, request, bench.now());
    Ok(bench.stored(noted)?)
}

/// The time that is kept for an address already, if it is the one that is wanted.
fn same_time(office: &Office, wanted: &TimeWish, owner: AddressId, now: DateTime<Utc>) -> Option<BookingId> {
    let is_wanted = |held: &&Booking| {
        let Promise { service, channel, start, minutes: _, persons, cases, audience } = held.promise;
        (service, channel, start, persons, cases, audience)
            == (wanted.service, wanted.channel, wanted.start, wanted.persons, wanted.cases, wanted.audience)
    };
    office.holds_of(owner, now).find(is_wanted).map(|held| held.id)
}

/// Gives a time back in another office; if that cannot be, it lapses by itself.
async fn give_back(writer: &Writer, office: &Arc<OfficeHandle>, booking: BookingId, owner: AddressId) {
    let turn = Turn { writer, office, actor: store::Actor::Citizen, id: None };
    let work = move |bench: &mut Workbench<'_>| {
        if is_held_by(bench, booking, owner) {
            decide(bench, &Command::ReleaseHold { booking })?;
        }
        Ok(())
    };
    if let Err(fault) = turn.take("give-back", &booking, work).await {
        tracing::debug!(?fault, "a time of another office lapses by itself");
    }
}

/// Whether a time is still kept for an address; one that has lapsed needs no giving back.
pub(crate) fn is_held_by(bench: &Workbench<'_>, id: BookingId, address: AddressId) -> bool {
    let life = bench.office().bookings.get(&id).map(|booking| &booking.life);
    matches!(life, Some(BookingLife::Held { owner, expires_at, .. })
        if *owner == Some(address) && *expires_at > bench.now())
}

/// Nobody comes to a time that is kept for another.
///
/// # Errors
/// `not-found`
pub(crate) fn is_not_anothers(office: &Office, id: BookingId, address: AddressId) -> Result<(), ProblemCode> {
    match office.bookings.get(&id).map(|booking| &booking.life) {
        Some(BookingLife::Held { owner, .. }) if *owner != Some(address) => Err(ProblemCode::NotFound),
        Some(_) | None => Ok(()),
    }
}
