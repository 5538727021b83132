//! Staff say that what was asked for is put right (TRN-09).

use office::{Booking, Command, CorrectedBy};
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
    /// The booking.
    pub booking: BookingName,
}

/// Marks it; gives the booking as it stands then.
///
/// # Errors
/// A [`Fault`] where the rules say no, or the hub cannot write.
pub async fn run(turn: Turn<'_>, mark: CorrectionMark) -> Result<Booking, Fault> {
    let asked = mark.clone();
    let work = move |bench: &mut Workbench<'_>| {
        let booking = mark.booking.find(bench.office())?.id;
        decide(bench, &Command::Correct { booking, by: CorrectedBy::Staff })?;
        Ok(mark.booking.find(bench.office())?.clone())
    };
    turn.take("mark-corrected", &asked, work).await
}
