//! The result of a request is there.

use body::{Action, CaseCommand};
use store::RequestRow;

use super::{RequestErrand, RequestRefusal, RequestRoom, step::StepOrder};
use crate::fault::Fault;

/// Says so; how it goes to the applicant follows from their level and their choice.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(room: RequestRoom<'_>, errand: RequestErrand) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    room.step(StepOrder::of_staff(errand, Action::WorkOnRequests, CaseCommand::MakeReady)).await
}
