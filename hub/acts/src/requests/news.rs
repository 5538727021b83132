//! What the applicant is told by mail: each step that is theirs to know, one mail a press.

use body::{CaseEvent, CaseStep, Doer};
use chrono::{DateTime, Utc};
use secrets::LinkOwner;
use store::{OutboxEntry, RequestRow, Store, Stored};
use writer::{REQUEST, RequestMail, RequestNews};

/// Puts the mail in that follows from what happened, in the name of the body's first office; what the applicant did
/// themselves they know, but for the receipt.
pub fn tell(store: &Store, row: &RequestRow, events: &[CaseEvent], now: DateTime<Utc>) -> Stored<()> {
    let Some(news) = events.iter().find_map(|event| news(event, row)) else { return Ok(()) };
    let Some((office, _)) = store.offices()?.into_iter().next() else { return Ok(()) };
    // As they read now; in the language of the form where they never chose one.
    let account = row.case.account.0;
    let language = store.language_of(LinkOwner::Account(account))?.unwrap_or(row.language);
    let mail = RequestMail { request: row.public, account, language, news };
    let about = serde_json::to_string(&mail).unwrap_or_default();
    store.post(office, &OutboxEntry { seq: None, kind: REQUEST.to_owned(), about }, now, now)
}

fn news(event: &CaseEvent, row: &RequestRow) -> Option<RequestNews> {
    let by_applicant = event.by == Doer::Account(row.case.account);
    match &event.step {
        CaseStep::CaseSubmitted { .. } => Some(RequestNews::Submitted),
        _ if by_applicant => None,
        CaseStep::CaseNumbered { .. } => Some(RequestNews::Numbered),
        CaseStep::CaseAssigned { .. } => Some(RequestNews::Assigned),
        CaseStep::CaseHandedOver { .. } => Some(RequestNews::HandedOver),
        CaseStep::CaseForwarded { .. } => Some(RequestNews::Forwarded),
        CaseStep::QuestionAsked { .. } => Some(RequestNews::Asked),
        CaseStep::CaseAccepted { .. } => Some(RequestNews::Accepted),
        CaseStep::CaseRefused { .. } => Some(RequestNews::Refused),
        CaseStep::CaseDone { .. } => Some(RequestNews::Done),
        CaseStep::ResultReady { .. } => Some(RequestNews::Ready),
        CaseStep::ResultCollected { .. } => Some(RequestNews::Collected),
        CaseStep::ResultPosted { .. } => Some(RequestNews::Posted),
        CaseStep::VisitProposed { .. } => Some(RequestNews::VisitProposed),
        CaseStep::CaseClosed { .. } => Some(RequestNews::Closed),
        // Among staff, or their own.
        CaseStep::ApplicantJoined { .. }
        | CaseStep::CaseTakenOver { .. }
        | CaseStep::QuestionAnswered { .. }
        | CaseStep::CaseSupplemented { .. }
        | CaseStep::WayChosen { .. }
        | CaseStep::ResultDownloaded
        | CaseStep::CaseWithdrawn
        | CaseStep::NoteAdded { .. }
        | CaseStep::CaseReopened { .. } => None,
    }
}
