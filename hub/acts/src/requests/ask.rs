//! A case worker asks the applicant something, or notes something for staff alone.

use body::{Action, CaseCommand};
use store::RequestRow;

use super::{RequestErrand, RequestRefusal, RequestRoom, WrittenText, step::StepOrder};
use crate::fault::Fault;

/// Asks; the clock stops until they answer.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: RequestRoom<'_>,
    errand: RequestErrand,
    question: WrittenText,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    let command = CaseCommand::Ask { question: question.id };
    room.step(StepOrder::of_staff(errand, Action::WorkOnRequests, command).with(Some(question))).await
}

/// Notes something that the applicant does not read.
///
/// # Errors
/// That the hub cannot write.
pub async fn note(
    room: RequestRoom<'_>,
    errand: RequestErrand,
    note: WrittenText,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    let order = StepOrder::of_staff(errand, Action::WorkOnRequests, CaseCommand::Note { note: note.id });
    room.step(StepOrder { internal: true, ..order.with(Some(note)) }).await
}
