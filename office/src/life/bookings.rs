//! The life of a booking: kept, promised, moved, given up, void.

use chrono::{DateTime, Duration, Utc};

use super::asking::Standpoint;
use super::displaced;
use crate::{
    AddressId, Audience, Booking, BookingEvent, BookingId, BookingLife, CancelledBy, CorrectedBy, CorrectionState,
    Event, HouseEvent, MovedBy, NoteId, OfficeConfig, Party, Promise, Reference, Refusal, Rule, TimeWish, VoidReason,
    slots,
};

/// Keeps a time while somebody fills in the form.
pub(crate) fn hold(
    asking: &Standpoint<'_>,
    reference: &Reference,
    wanted: &TimeWish,
    owner: Option<AddressId>,
) -> Result<Vec<Event>, Refusal> {
    let promise = promise(asking, wanted, None)?;
    not_taken(asking, reference)?;
    if let Some(owner) = owner {
        let rules = &asking.config.rules;
        let count = Count::of(asking, owner);
        if count.holds >= usize::from(rules.holds_per_address_max) {
            return Err(Refusal::TooManyHolds);
        }
        if wanted.audience == Audience::Public && count.bookings >= usize::from(rules.bookings_per_address_max) {
            return Err(Refusal::TooManyBookings);
        }
    }
    let expires_at = asking.now + Duration::minutes(i64::from(asking.config.rules.hold_minutes));
    asking.one(BookingEvent::Held {
        booking: BookingId(asking.office.next_booking + 1),
        reference: reference.clone(),
        promise,
        owner,
        expires_at,
    })
}

/// Once more the full time for a hold, and never less than it has.
pub(crate) fn extend(asking: &Standpoint<'_>, id: BookingId) -> Result<Vec<Event>, Refusal> {
    let HoldState { extensions, expires_at } = held(asking, id)?;
    if extensions >= asking.config.rules.hold_extensions_max {
        return Err(Refusal::NoMoreExtensions);
    }
    let expires_at = expires_at.max(asking.now + Duration::minutes(i64::from(asking.config.rules.hold_minutes)));
    asking.one(BookingEvent::HoldExtended { booking: id, expires_at })
}

/// Leaves a time that an agent holds to a citizen (TRN-07): it is theirs alone to confirm, and lapses if they do not.
pub(crate) fn entrust(asking: &Standpoint<'_>, id: BookingId, to: AddressId) -> Result<Vec<Event>, Refusal> {
    held(asking, id)?;
    let Promise { audience, start, .. } = asking.booking(id)?.promise;
    if !matches!(audience, Audience::Agent(_)) {
        return Err(Refusal::NotHeld);
    }
    if Count::of(asking, to).holds >= usize::from(asking.config.rules.holds_per_address_max) {
        return Err(Refusal::TooManyHolds);
    }
    let hours = asking.config.rules.online.agent_confirm_hours;
    let expires_at = start.min(asking.now + Duration::hours(i64::from(hours)));
    asking.one(BookingEvent::Entrusted { booking: id, owner: to, expires_at })
}

/// Gives a hold back; the time is free at once.
pub(crate) fn release(asking: &Standpoint<'_>, id: BookingId) -> Result<Vec<Event>, Refusal> {
    held(asking, id)?;
    asking.one(BookingEvent::HoldEnded { booking: id })
}

/// Makes a held time a booking. The hold itself is what keeps others out, so nothing is checked but the hold.
pub(crate) fn confirm(asking: &Standpoint<'_>, id: BookingId, party: &Party) -> Result<Vec<Event>, Refusal> {
    held(asking, id)?;
    let booking = asking.booking(id)?;
    within_limit(asking, booking.promise.audience, party)?;
    asking.one(BookingEvent::Confirmed { booking: id, party: party.clone() })
}

/// Books at once, without a hold.
pub(crate) fn book(
    asking: &Standpoint<'_>,
    reference: &Reference,
    wanted: &TimeWish,
    party: &Party,
) -> Result<Vec<Event>, Refusal> {
    let promise = promise(asking, wanted, None)?;
    not_taken(asking, reference)?;
    within_limit(asking, wanted.audience, party)?;
    asking.one(BookingEvent::Booked(Box::new(Booking {
        id: BookingId(asking.office.next_booking + 1),
        reference: reference.clone(),
        promise,
        sequence: 0,
        correction: None,
        life: BookingLife::Confirmed { party: party.clone() },
    })))
}

/// Moves a booking: one decision, so that never both times are held and never neither (OMB-16, PROM-02).
pub(crate) fn move_to(
    asking: &Standpoint<'_>,
    id: BookingId,
    start: DateTime<Utc>,
    audience: Audience,
    by: MovedBy,
) -> Result<Vec<Event>, Refusal> {
    let booking = open(asking, id)?;
    let old = &booking.promise;
    if start == old.start {
        return Ok(Vec::new());
    }
    if audience.is_public() {
        still_changeable(asking, booking)?;
    }
    // What an agent made stays in the agents' share, whoever of the public moves it.
    let audience = if audience.is_public() && old.audience.is_public() { old.audience } else { audience };
    let Promise { service, channel, persons, cases, .. } = *old;
    let wanted = TimeWish { service, channel, start, persons, cases, audience };
    let new = promise(asking, &wanted, Some(id))?;
    asking.one(BookingEvent::Moved {
        booking: id,
        from: old.start,
        to: new.start,
        minutes: new.minutes,
        audience,
        cools_until: asking.cools_until(old.start),
        by,
    })
}

/// Gives a booking up; its time is free at once, and for the public after the cool-down (OMB-15).
pub(crate) fn cancel(asking: &Standpoint<'_>, id: BookingId, by: CancelledBy) -> Result<Vec<Event>, Refusal> {
    let booking = open(asking, id)?;
    match by {
        CancelledBy::Citizen => still_changeable(asking, booking)?,
        CancelledBy::Staff | CancelledBy::Office | CancelledBy::Lateness => {}
    }
    if by == CancelledBy::Office {
        return Ok(displaced::give_up(asking, &[booking]));
    }
    let cools_until = asking.cools_until(booking.promise.start);
    asking.one(BookingEvent::Cancelled { booking: id, by, cools_until, first_choice: None })
}

/// Makes a booking void for its details; while that is tolerated, a warning (TRN-09, TRN-12).
pub(crate) fn void(asking: &Standpoint<'_>, id: BookingId, because: VoidReason) -> Result<Vec<Event>, Refusal> {
    open(asking, id)?;
    if asking.strict(Rule::Void) {
        asking.one(BookingEvent::Voided { booking: id, because })
    } else {
        asking.one(HouseEvent::Tolerated { rule: Rule::Void, booking: Some(id), visit: None })
    }
}

/// Asks the citizen to put something right (TRN-09).
pub(crate) fn ask_correction(
    asking: &Standpoint<'_>,
    id: BookingId,
    because: VoidReason,
    note: Option<NoteId>,
    until: DateTime<Utc>,
) -> Result<Vec<Event>, Refusal> {
    let booking = open(asking, id)?;
    if until <= asking.now || until > booking.promise.start {
        return Err(Refusal::BadTimes);
    }
    asking.one(BookingEvent::CorrectionAsked { booking: id, because, note, until })
}

/// What was asked for is put right (TRN-09).
pub(crate) fn correct(asking: &Standpoint<'_>, id: BookingId, by: CorrectedBy) -> Result<Vec<Event>, Refusal> {
    let asked = open(asking, id)?.correction.map(|correction| correction.state);
    match asked {
        Some(CorrectionState::Awaited | CorrectionState::Lapsed { .. }) => {
            asking.one(BookingEvent::Corrected { booking: id, by })
        }
        Some(CorrectionState::Made { .. }) | None => Err(Refusal::NothingToCorrect),
    }
}

/// Staff change what was said with a booking, as long as its person has not come.
pub(crate) fn change_details(asking: &Standpoint<'_>, id: BookingId) -> Result<Vec<Event>, Refusal> {
    open(asking, id)?;
    asking.one(BookingEvent::DetailsChanged { booking: id })
}

/// Deadlines of corrections that have passed: the booking is void, or while that is tolerated a warning (TRN-12).
pub(crate) fn uncorrected(asking: &Standpoint<'_>) -> Vec<Event> {
    let due = asking.office.corrections_due.iter().take_while(|(due, _)| *due <= asking.now);
    due.map(|(_, booking)| {
        if asking.strict(Rule::Void) {
            asking.event(BookingEvent::Voided { booking: *booking, because: VoidReason::NotCorrected })
        } else {
            asking.event(HouseEvent::Tolerated { rule: Rule::Void, booking: Some(*booking), visit: None })
        }
    })
    .collect()
}

/// A promise of a time that can be had.
fn promise(asking: &Standpoint<'_>, wanted: &TimeWish, excluding: Option<BookingId>) -> Result<Promise, Refusal> {
    slots::check(asking.office, wanted, excluding, asking.now)
}

/// The reference drawn is free.
pub(crate) fn not_taken(asking: &Standpoint<'_>, reference: &Reference) -> Result<(), Refusal> {
    if asking.office.bookings_by_reference.contains_key(reference) { Err(Refusal::IdTaken) } else { Ok(()) }
}

/// A hold that lives.
struct HoldState {
    /// How often it was extended.
    extensions: u8,
    /// Until then.
    expires_at: DateTime<Utc>,
}

/// A living hold; refused for anything else.
fn held(asking: &Standpoint<'_>, id: BookingId) -> Result<HoldState, Refusal> {
    match asking.booking(id)?.life {
        BookingLife::Held { expires_at, extensions, .. } => {
            if expires_at > asking.now {
                Ok(HoldState { extensions, expires_at })
            } else {
                Err(Refusal::HoldLapsed)
            }
        }
        BookingLife::Expired { .. } => Err(Refusal::HoldLapsed),
        BookingLife::Confirmed { .. }
        | BookingLife::Arrived { .. }
        | BookingLife::Fixed { .. }
        | BookingLife::Cancelled { .. }
        | BookingLife::Void { .. }
        | BookingLife::Missed { .. } => Err(Refusal::NotHeld),
    }
}

/// A booking that is promised, and whose person has not come yet.
fn open<'a>(asking: &Standpoint<'a>, id: BookingId) -> Result<&'a Booking, Refusal> {
    let booking = asking.booking(id)?;
    match booking.life {
        BookingLife::Confirmed { .. } => Ok(booking),
        BookingLife::Held { .. }
        | BookingLife::Arrived { .. }
        | BookingLife::Fixed { .. }
        | BookingLife::Cancelled { .. }
        | BookingLife::Void { .. }
        | BookingLife::Expired { .. }
        | BookingLife::Missed { .. } => Err(Refusal::NotOpen),
    }
}

/// Until when the citizen may cancel or move a booking; `None` for a service that the office no longer has.
#[must_use]
pub fn changeable_until(config: &OfficeConfig, booking: &Booking) -> Option<DateTime<Utc>> {
    let before = config.services.get(&booking.promise.service)?.change_until_minutes;
    Some(booking.promise.start - Duration::minutes(i64::from(before)))
}

/// A citizen changes a booking only until so long before.
fn still_changeable(asking: &Standpoint<'_>, booking: &Booking) -> Result<(), Refusal> {
    let until = changeable_until(asking.config, booking).ok_or(Refusal::UnknownService)?;
    if asking.now < until { Ok(()) } else { Err(Refusal::TooLateToChange) }
}

/// Bookings ahead of one address are limited where the public books (FLD-17).
fn within_limit(asking: &Standpoint<'_>, audience: Audience, party: &Party) -> Result<(), Refusal> {
    match (audience, party.address) {
        (Audience::Public, Some(address))
            if Count::of(asking, address).bookings >= usize::from(asking.config.rules.bookings_per_address_max) =>
        {
            Err(Refusal::TooManyBookings)
        }
        (Audience::Public | Audience::Internal | Audience::Agent(_), _) => Ok(()),
    }
}

/// What one address has: holds that live, and bookings that lie ahead.
struct Count {
    holds: usize,
    bookings: usize,
}

impl Count {
    fn of(asking: &Standpoint<'_>, address: AddressId) -> Self {
        let ids = asking.office.bookings_by_address.get(&address);
        let mut count = Self { holds: 0, bookings: 0 };
        for booking in ids.into_iter().flatten().filter_map(|id| asking.office.bookings.get(id)) {
            match booking.life {
                BookingLife::Held { expires_at, .. } if expires_at > asking.now => count.holds += 1,
                BookingLife::Confirmed { .. } if booking.promise.start > asking.now => count.bookings += 1,
                BookingLife::Held { .. }
                | BookingLife::Confirmed { .. }
                | BookingLife::Arrived { .. }
                | BookingLife::Fixed { .. }
                | BookingLife::Cancelled { .. }
                | BookingLife::Void { .. }
                | BookingLife::Expired { .. }
                | BookingLife::Missed { .. } => {}
            }
        }
        count
    }
}
