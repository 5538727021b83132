//! The applicant answers what they were asked; the clock goes on.

use body::CaseCommand;
use store::RequestRow;

use super::{RequestErrand, RequestRefusal, RequestRoom, WrittenText, step::StepOrder};
use crate::fault::Fault;

/// Takes the answer.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: RequestRoom<'_>,
    errand: RequestErrand,
    answer: WrittenText,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    let command = CaseCommand::Answer { answer: answer.id };
    room.step(StepOrder::of_applicant(errand, command).with(Some(answer))).await
}
