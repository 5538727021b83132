//! A case worker takes a request, from nobody or from a colleague.

use body::{AccountId, Action, CaseCommand};
use store::RequestRow;

use super::{RequestErrand, RequestRefusal, RequestRoom, step::StepOrder};
use crate::fault::Fault;

/// Takes it; from whom the page showed, if it showed somebody.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: RequestRoom<'_>,
    errand: RequestErrand,
    from: Option<AccountId>,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    let command = from.map_or(CaseCommand::Take, |from| CaseCommand::TakeOver { from });
    room.step(StepOrder::of_staff(errand, Action::WorkOnRequests, command)).await
}
