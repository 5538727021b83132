//! A citizen puts right what the office asked for (TRN-09).

use office::{Booking, Command, CorrectedBy, CorrectionMeans, CorrectionState};
use people::Details;
use serde::Serialize;
use wire::ProblemCode;
use writer::Workbench;

use crate::{
    fault::Fault,
    find::BookingName,
    kept::{details_of, entered_with, person_with},
    turn::{Turn, decide},
};

/// Details that were put right.
#[derive(Debug, Clone, Serialize)]
pub struct DetailCorrection {
    /// The booking that the details are of, by how it is known.
    pub booking: BookingName,
    /// All details, as they are now.
    pub details: Details,
}

/// Keeps the details, and tells how the booking stands then. The same once more changes nothing.
///
/// # Errors
/// `not-found` if nothing is kept of the person any more, else a [`Fault`] where the rules say no, or the hub cannot write.
pub async fn run(turn: Turn<'_>, correction: DetailCorrection) -> Result<Booking, Fault> {
    let asked = correction.clone();
    let row = turn.office.row;
    let work = move |bench: &mut Workbench<'_>| {
        let DetailCorrection { booking: name, details } = correction;
        let booking = name.find(bench.office())?.clone();
        let person = booking.life.party().ok_or(ProblemCode::NotFound)?.person;
        let record = bench.stored(bench.store().record(person))?.ok_or(ProblemCode::NotFound)?;
        // Where the person served has mail was proven by itself, and is not asked again here.
        let details = Details { served_email: details_of(&record).served_email, ..details };
        let is_made = |state| matches!(state, CorrectionState::Made { by: CorrectedBy::Citizen, .. });
        if booking.correction.is_some_and(|asked| is_made(asked.state)) && details_of(&record) == details {
            return Ok(booking);
        }
        bench.put_person(person_with(person, &details, record.email));
        bench.put_entered(entered_with(person, row, &booking, &details));
        decide(bench, &Command::Correct { booking: booking.id, by: CorrectedBy::Citizen })?;
        Ok(name.find(bench.office())?.clone())
    };
    turn.take("correct", &asked, work).await
}

/// A document that came, which may be what the office asked for.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentCorrection {
    /// The booking to which it was sent.
    pub booking: BookingName,
}

/// Takes a document for the correction, where the office asked for documents; whether it did. Nobody who has sent what was
/// asked for loses the booking for want of a second press.
///
/// # Errors
/// A [`Fault`] where the hub cannot write.
pub async fn by_document(turn: Turn<'_>, correction: DocumentCorrection) -> Result<bool, Fault> {
    let asked = correction.clone();
    let work = move |bench: &mut Workbench<'_>| {
        let booking = correction.booking.find(bench.office())?;
        let waits = booking.correction.is_some_and(|correction| {
            let is_open = match correction.state {
                CorrectionState::Awaited | CorrectionState::Lapsed { .. } => true,
                CorrectionState::Made { .. } => false,
            };
            is_open && correction.because.put_right_with() == CorrectionMeans::Documents
        });
        let id = booking.id;
        if waits {
            decide(bench, &Command::Correct { booking: id, by: CorrectedBy::Citizen })?;
        }
        Ok(waits)
    };
    turn.take("correct-by-document", &asked, work).await
}
