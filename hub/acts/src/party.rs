//! Whose a booking is.

use office::{Booking, PersonId};
use wire::ProblemCode;

/// To whom a booking is promised.
///
/// # Errors
/// `unknown-code` where it is nobody's, or nobody's any more.
pub(crate) fn person_of(booking: &Booking) -> Result<PersonId, ProblemCode> {
    booking.life.party().map(|party| party.person).ok_or(ProblemCode::UnknownCode)
}
