//! The result of a request is there.

use body::{AccountId, Action, CaseCommand};
use store::RequestRow;
use uuid::Uuid;

use super::{RequestRefusal, RequestRoom, step::StepOrder};
use crate::fault::Fault;

/// Says so; how it goes to the applicant follows from their level and their choice.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: RequestRoom<'_>,
    (public, by): (Uuid, AccountId),
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    room.step(StepOrder::of_staff(public, by, Action::WorkOnRequests, CaseCommand::MakeReady)).await
}
