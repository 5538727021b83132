//! The applicant is not content with how it ended, once and within its time.

use body::CaseCommand;
use store::RequestRow;

use super::{RequestErrand, RequestRefusal, RequestRoom, WrittenText, step::StepOrder};
use crate::fault::Fault;

/// Reopens it.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: RequestRoom<'_>,
    errand: RequestErrand,
    reason: WrittenText,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    let command = CaseCommand::Reopen { reason: reason.id };
    room.step(StepOrder::of_applicant(errand, command).with(Some(reason))).await
}
