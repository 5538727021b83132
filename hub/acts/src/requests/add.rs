//! The applicant adds something to what they wrote.

use body::CaseCommand;
use store::RequestRow;

use super::{RequestErrand, RequestRefusal, RequestRoom, WrittenText, step::StepOrder};
use crate::fault::Fault;

/// Takes what they add.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: RequestRoom<'_>,
    errand: RequestErrand,
    addition: WrittenText,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    let command = CaseCommand::Add { addition: addition.id };
    room.step(StepOrder::of_applicant(errand, command).with(Some(addition))).await
}
