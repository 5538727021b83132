//! A request is another body's: it is forwarded there within three days, and the applicant is told.

use body::{AccountId, Action, CaseCommand};
use store::RequestRow;
use uuid::Uuid;

use super::{RequestRefusal, RequestRoom, WrittenText, step::StepOrder};
use crate::fault::Fault;

/// Forwards it to whom it says.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: RequestRoom<'_>,
    (public, by): (Uuid, AccountId),
    to: WrittenText,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    let command = CaseCommand::Forward { to: to.id };
    room.step(StepOrder::of_staff(public, by, Action::WorkOnRequests, command).with(Some(to))).await
}
