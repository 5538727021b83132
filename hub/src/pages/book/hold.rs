//! The time that is kept for somebody while they fill in the form.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use office::{Booking, BookingId, BookingLife, OfficeConfig};
use wire::ProblemCode;

use super::proven::Proven;
use crate::{api::Fault, offices::OfficeHandle, text::Dates};

/// A kept time, as the pages show it.
#[derive(Debug)]
pub struct Hold {
    /// Of which office.
    pub handle: Arc<OfficeHandle>,
    /// Which.
    pub booking: BookingId,
    /// The path of its page.
    pub action: String,
    /// The office's name.
    pub office: String,
    /// Where it is.
    pub address: String,
    /// The service's name.
    pub service: String,
    /// Day and time.
    pub when: String,
    /// Kept until then.
    pub until: String,
}

/// Where somebody stands who asks for a kept time.
#[derive(Debug)]
pub enum Found {
    /// It is kept for them.
    Held(Box<Hold>),
    /// They have booked it already.
    Booked,
}

/// A kept time of this address.
///
/// # Errors
/// If it is not theirs, or is kept no longer.
pub fn find(proven: &Proven, key: &str, booking: &str) -> Result<Found, Fault> {
    let visitor = &proven.visitor;
    let handle = visitor.state.office(key).ok_or(ProblemCode::NotFound)?;
    let id = BookingId(booking.parse().map_err(|_| Fault::from(ProblemCode::NotFound))?);
    let office = handle.read();
    let config = office.config.as_ref().ok_or(ProblemCode::Unavailable)?;
    let booking = office.bookings.get(&id).ok_or(ProblemCode::BookingExpired)?;
    match &booking.life {
        BookingLife::Held { owner, expires_at, .. } if *owner == Some(proven.address) => {
            if *expires_at <= visitor.state.clock.now() {
                return Err(ProblemCode::BookingExpired.into());
            }
            let hold = shown(proven, Arc::clone(handle), config, booking, *expires_at);
            Ok(Found::Held(Box::new(hold)))
        }
        BookingLife::Confirmed { party } | BookingLife::Arrived { party, .. }
            if party.address == Some(proven.address) =>
        {
            Ok(Found::Booked)
        }
        BookingLife::Held { .. }
        | BookingLife::Confirmed { .. }
        | BookingLife::Arrived { .. }
        | BookingLife::Fixed { .. } => Err(ProblemCode::NotFound.into()),
        BookingLife::Expired { .. }
        | BookingLife::Cancelled { .. }
        | BookingLife::Void { .. }
        | BookingLife::Missed { .. } => Err(ProblemCode::BookingExpired.into()),
    }
}

fn shown(
    proven: &Proven,
    handle: Arc<OfficeHandle>,
    config: &OfficeConfig,
    booking: &Booking,
    until: DateTime<Utc>,
) -> Hold {
    let voice = proven.visitor.voice;
    let dates = Dates { voice, zone: config.zone };
    let service = config.services.get(&booking.promise.service);
    Hold {
        booking: booking.id,
        action: format!("/book/{}/hold/{}", handle.key, booking.id),
        handle,
        office: voice.of_text(&config.name),
        address: voice.of_text(&config.address),
        service: service.map(|service| voice.of_text(&service.name)).unwrap_or_default(),
        when: dates.day_and_time(booking.promise.start),
        until: dates.time(until),
    }
}
