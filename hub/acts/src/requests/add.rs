//! The applicant adds something to what they wrote.

use body::{AccountId, CaseCommand};
use store::RequestRow;
use uuid::Uuid;

use super::{RequestRefusal, RequestRoom, WrittenText, step::StepOrder};
use crate::fault::Fault;

/// Takes what they add.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: RequestRoom<'_>,
    (public, by): (Uuid, AccountId),
    addition: WrittenText,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    let command = CaseCommand::Add { addition: addition.id };
    room.step(StepOrder::of_applicant(public, by, command).with(Some(addition))).await
}
