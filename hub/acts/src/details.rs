//! What was said with a booking: it is kept beside the journal, and belongs to this booking alone.

use office::{Booking, CorrectionState, PersonId};
use people::Details;
use store::{Entered, Person, Record};
use wire::ProblemCode;
use writer::Workbench;

/// The details as they are kept; of who was booked for by telephone there may be a name alone.
pub fn kept_details(record: &Record) -> Details {
    record.details.as_ref().and_then(Details::from_json).unwrap_or_else(|| Details {
        name: record.name.clone().unwrap_or_default(),
        phone: record.phone.clone(),
        ..Details::default()
    })
}

/// To whom a booking is promised.
///
/// # Errors
/// `unknown-code` where it is nobody's, or nobody's any more.
pub fn person_of(booking: &Booking) -> Result<PersonId, ProblemCode> {
    booking.life.party().map(|party| party.person).ok_or(ProblemCode::UnknownCode)
}

/// Whether the citizen was asked to put something right, and has not yet.
pub fn awaits_correction(booking: &Booking) -> bool {
    booking.correction.is_some_and(|asked| !matches!(asked.state, CorrectionState::Made { .. }))
}

/// Keeps whose a booking is, where their mails go, and what was said with it. The booking exists already: its number and its
/// time are its own. The rows are written with the next command that is accepted, or by [`Workbench::write_rows`].
pub fn put_details(
    bench: &mut Workbench<'_>,
    office: u32,
    booking: &Booking,
    person: PersonId,
    email: Option<String>,
    details: &Details,
) {
    bench.put_person(Person { id: person, name: Some(details.name.clone()), email, phone: details.phone.clone() });
    bench.put_entered(Entered {
        person,
        office,
        booking: booking.id.0,
        visit_at: booking.promise.start,
        details: serde_json::to_string(details).unwrap_or_default(),
    });
}
