//! A request is closed without a result.

use body::{Action, CaseCommand, CloseReason};
use store::RequestRow;

use super::{RequestErrand, RequestRefusal, RequestRoom, WrittenText, step::StepOrder};
use crate::fault::Fault;

/// Closes it for a reason, with what the applicant is told.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: RequestRoom<'_>,
    errand: RequestErrand,
    because: CloseReason,
    told: WrittenText,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    let told = told.if_any();
    let command = CaseCommand::Close { because, words: told.as_ref().map(|told| told.id) };
    room.step(StepOrder::of_staff(errand, Action::WorkOnRequests, command).with(told)).await
}
