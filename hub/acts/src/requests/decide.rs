//! A case worker accepts a request, refuses it with its reason, or says that it is done.

use body::{Action, CaseCommand};
use store::RequestRow;

use super::{RequestErrand, RequestRefusal, RequestRoom, WrittenText, step::StepOrder};
use crate::fault::Fault;

/// What is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestVerdict {
    /// What is asked will be done.
    Accept,
    /// It will not; the reason is told.
    Refuse,
    /// It is done, and there is nothing to take along.
    Finish,
}

/// Decides it, with what the applicant is told; a refusal has a reason.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: RequestRoom<'_>,
    errand: RequestErrand,
    verdict: RequestVerdict,
    told: WrittenText,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    let (command, text) = match verdict {
        RequestVerdict::Refuse => (CaseCommand::Refuse { reason: told.id }, Some(told)),
        RequestVerdict::Accept => {
            let told = told.if_any();
            (CaseCommand::Accept { words: told.as_ref().map(|told| told.id) }, told)
        }
        RequestVerdict::Finish => {
            let told = told.if_any();
            (CaseCommand::Finish { words: told.as_ref().map(|told| told.id) }, told)
        }
    };
    room.step(StepOrder::of_staff(errand, Action::WorkOnRequests, command).with(text)).await
}
