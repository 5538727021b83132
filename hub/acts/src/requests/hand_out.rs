//! A result is handed out against identity (PLA-03): kind and last three characters are kept, and never a scan.

use body::{Action, CaseCommand, IdentityPaper, LastThree, OfficeMoment, PaperKind, WordsId};
use store::RequestRow;

use super::{RequestErrand, RequestRefusal, RequestRoom, WrittenText, step::StepOrder};
use crate::fault::Fault;

/// What was shown at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOutPaper {
    /// Drawn with the form.
    pub id: WordsId,
    /// Whether an identity card or a passport was shown.
    pub kind: PaperKind,
    /// The last three characters of its number.
    pub last: LastThree,
    /// What the hand-over follows in the office's journal, if it was a visit.
    pub cause: Option<OfficeMoment>,
}

/// Hands it out.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: RequestRoom<'_>,
    errand: RequestErrand,
    shown: HandOutPaper,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    let HandOutPaper { id, kind, last, cause } = shown;
    let command = CaseCommand::HandOut { paper: IdentityPaper { kind, last: id }, cause };
    let text = WrittenText { id, text: last.to_string() };
    let order = StepOrder::of_staff(errand, Action::HandOutResults, command).with(Some(text));
    room.step(StepOrder { internal: true, ..order }).await
}
