//! Staff make a booking void for its details (TRN-09); while that rule is tolerated, a warning goes out instead (TRN-12).

use office::{Booking, BookingLife, Command, Office, VoidReason};
use serde::Serialize;
use wire::ProblemCode;
use writer::Workbench;

use crate::{
    fault::Fault,
    find::BookingName,
    turn::{Turn, decide},
};

/// What is to be void, and why.
#[derive(Debug, Clone, Serialize)]
pub struct VoidOrder {
    /// The booking that ends, by how it is known.
    pub booking: BookingName,
    /// The reason that the citizen is told.
    pub because: VoidReason,
}

/// Makes it void, or warns; gives the booking as it stands then. One that is void for that reason already stays so.
///
/// # Errors
/// A [`Fault`] where the rules say no, or the hub cannot write.
pub async fn run(turn: Turn<'_>, order: VoidOrder) -> Result<Booking, Fault> {
    let asked = order.clone();
    let work = move |bench: &mut Workbench<'_>| {
        let before = order.booking.find(bench.office())?;
        if matches!(before.life, BookingLife::Void { because, .. } if because == order.because) {
            return Ok(before.clone());
        }
        let booking = before.id;
        let because = reason_of_staff(bench.office(), order.because)?;
        decide(bench, &Command::Void { booking, because })?;
        Ok(order.booking.find(bench.office())?.clone())
    };
    turn.take("void", &asked, work).await
}

/// A reason that staff can give: one of the three that every office has, or one of the office's own list. That a correction
/// was not made is found by the hub alone.
///
/// # Errors
/// `reason-needed`
pub(crate) fn reason_of_staff(office: &Office, because: VoidReason) -> Result<VoidReason, ProblemCode> {
    let config = office.config.as_ref().ok_or(ProblemCode::Configuration)?;
    let is_known = match because {
        VoidReason::DetailsMissing | VoidReason::DetailsWrong | VoidReason::DocumentsMissing => true,
        VoidReason::Listed(id) => config.rules.online.void_reasons.iter().any(|one| one.id == id),
        VoidReason::NotCorrected => false,
    };
    if is_known { Ok(because) } else { Err(ProblemCode::ReasonNeeded) }
}
