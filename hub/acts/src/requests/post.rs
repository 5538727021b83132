//! A result is given to the post (PET-06), with its tracking number.

use body::{Action, CaseCommand};
use store::RequestRow;

use super::{RequestErrand, RequestRefusal, RequestRoom, WrittenText, step::StepOrder};
use crate::fault::Fault;

/// Posts it.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: RequestRoom<'_>,
    errand: RequestErrand,
    tracking: WrittenText,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    let command = CaseCommand::Post { tracking: tracking.id };
    room.step(StepOrder::of_staff(errand, Action::PostResults, command).with(Some(tracking))).await
}
