//! The applicant answers what they were asked; the clock goes on.

use body::{AccountId, CaseCommand};
use store::RequestRow;
use uuid::Uuid;

use super::{RequestRefusal, RequestRoom, WrittenText, step::StepOrder};
use crate::fault::Fault;

/// Takes the answer.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: RequestRoom<'_>,
    (public, by): (Uuid, AccountId),
    answer: WrittenText,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    let command = CaseCommand::Answer { answer: answer.id };
    room.step(StepOrder::of_applicant(public, by, command).with(Some(answer))).await
}
