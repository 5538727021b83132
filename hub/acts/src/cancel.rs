//! A booking is given up, by who has it or by staff for them (OMB-15).

use office::{Booking, BookingLife, CancelledBy, Command};
use serde::Serialize;

use crate::{
    fault::Fault,
    find::BookingName,
    turn::{Turn, decide},
};

/// A booking that is to be given up.
#[derive(Debug, Clone, Serialize)]
pub struct Cancellation {
    /// The booking that is given up, by how it is known.
    pub booking: BookingName,
    /// In whose name: staff may still give up what a citizen may change no longer.
    pub by: CancelledBy,
}

/// Gives a booking up, and tells how it stands then. One that is given up already stays so.
///
/// # Errors
/// A [`Fault`] where the rules say no, or the hub cannot write.
pub async fn run(turn: Turn<'_>, cancellation: Cancellation) -> Result<Booking, Fault> {
    let asked = cancellation.clone();
    let work = move |bench: &mut writer::Workbench<'_>| {
        let before = cancellation.booking.find(bench.office())?;
        if matches!(before.life, BookingLife::Cancelled { .. }) {
            return Ok(before.clone());
        }
        let booking = before.id;
        decide(bench, &Command::Cancel { booking, by: cancellation.by })?;
        Ok(cancellation.booking.find(bench.office())?.clone())
    };
    turn.take("cancel", &asked, work).await
}
