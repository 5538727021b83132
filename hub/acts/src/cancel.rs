//! A booking is given up: by the citizen (OMB-15), or by staff for a caller (FLD-14).

use office::{Booking, CancelledBy, Command, Reference};
use serde::Serialize;
use writer::Workbench;

use crate::{
    fault::Fault,
    find::booking_of,
    turn::{Turn, decide},
};

/// What is given up, and by whom.
#[derive(Debug, Clone, Serialize)]
pub struct CancelOrder {
    /// Which booking.
    pub reference: Reference,
    /// Who gives it up.
    pub by: CancelledBy,
}

/// Gives it up; gives the booking as it stands then.
///
/// # Errors
/// A [`Fault`] where the rules say no, or the hub cannot write.
pub async fn run(turn: Turn<'_>, order: CancelOrder) -> Result<Booking, Fault> {
    let asked = order.clone();
    let work = move |bench: &mut Workbench<'_>| {
        let booking = booking_of(bench.office(), &order.reference.0)?.id;
        decide(bench, &Command::Cancel { booking, by: order.by })?;
        Ok(booking_of(bench.office(), &order.reference.0)?.clone())
    };
    turn.take("cancel", &asked, work).await
}
