//! The key of a booking's page for one of its holders, as it is today.

use office::Booking;
use secrets::{BookingKey, Holder};
use store::{ReadError, Readers};
use writer::OfficeHandle;

/// The newest key of a holder. A booking that is nobody's has no page that links could open.
///
/// # Errors
/// That the store cannot be read.
pub async fn run(
    readers: &Readers,
    office: &OfficeHandle,
    booking: &Booking,
    holder: Holder,
) -> Result<BookingKey, ReadError> {
    let version = match booking.life.party().map(|party| party.person) {
        Some(person) => readers.read(move |store| store.link_version(person, holder == Holder::Served)).await?,
        None => 0,
    };
    Ok(BookingKey { office: office.key.to_string(), booking: booking.id, holder, version })
}
