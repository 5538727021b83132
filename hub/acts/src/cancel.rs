//! A booking is given up, by who has it or by staff for them (OMB-15).

use office::{Booking, CancelledBy, Command};
use serde::Serialize;

use crate::{
    fault::Fault,
    find::BookingName,
    turn::{Turn, decide},
};

/// A booking that is to be given up.
#[derive(Debug, Clone, Serialize)]
pub struct Cancellation {
    /// The booking.
    pub booking: BookingName,
    /// In whose name: staff may still give up what a citizen may change no longer.
    pub by: CancelledBy,
}

/// Gives a booking up, and tells how it stands then.
///
/// # Errors
/// A [`Fault`] where the rules say no, or the hub cannot write.
pub async fn run(turn: Turn<'_>, cancellation: Cancellation) -> Result<Booking, Fault> {
    let asked = cancellation.clone();
    let work = move |bench: &mut writer::Workbench<'_>| {
        let booking = cancellation.booking.find(bench.office())?.id;
        decide(bench, &Command::Cancel { booking, by: cancellation.by })?;
        Ok(cancellation.booking.find(bench.office())?.clone())
    };
    turn.take("cancel", &asked, work).await
}
