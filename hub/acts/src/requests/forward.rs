//! A request is another body's: it is forwarded there within three days, and the applicant is told.

use body::{Action, CaseCommand};
use store::RequestRow;

use super::{RequestErrand, RequestRefusal, RequestRoom, WrittenText, step::StepOrder};
use crate::fault::Fault;

/// Forwards it to whom it says.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: RequestRoom<'_>,
    errand: RequestErrand,
    to: WrittenText,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    let command = CaseCommand::Forward { to: to.id };
    room.step(StepOrder::of_staff(errand, Action::WorkOnRequests, command).with(Some(to))).await
}
