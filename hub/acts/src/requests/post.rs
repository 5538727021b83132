//! A result is given to the post (PET-06), with its tracking number.

use body::{AccountId, Action, CaseCommand};
use store::RequestRow;
use uuid::Uuid;

use super::{RequestRefusal, RequestRoom, WrittenText, step::StepOrder};
use crate::fault::Fault;

/// Posts it.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: RequestRoom<'_>,
    (public, by): (Uuid, AccountId),
    tracking: WrittenText,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    let command = CaseCommand::Post { tracking: tracking.id };
    room.step(StepOrder::of_staff(public, by, Action::PostResults, command).with(Some(tracking))).await
}
