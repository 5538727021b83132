//! Staff say that what was asked for is put right (TRN-09).

use office::{Booking, Command, CorrectedBy, CorrectionState};
use serde::Serialize;
use writer::Workbench;

use crate::{
    fault::Fault,
    find::BookingName,
    turn::{Turn, decide},
};

/// The booking whose correction is made.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectionMark {
    /// The booking that was put right, by how it is known.
    pub booking: BookingName,
}

/// Marks it; gives the booking as it stands then. What is made already stays so.
///
/// # Errors
/// A [`Fault`] where the rules say no, or the hub cannot write.
pub async fn run(turn: Turn<'_>, mark: CorrectionMark) -> Result<Booking, Fault> {
    let asked = mark.clone();
    let work = move |bench: &mut Workbench<'_>| {
        let before = mark.booking.find(bench.office())?;
        if before.correction.is_some_and(|asked| matches!(asked.state, CorrectionState::Made { .. })) {
            return Ok(before.clone());
        }
        let booking = before.id;
        decide(bench, &Command::Correct { booking, by: CorrectedBy::Staff })?;
        Ok(mark.booking.find(bench.office())?.clone())
    };
    turn.take("mark-corrected", &asked, work).await
}
