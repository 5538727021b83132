//! The applicant downloads the result (PLA-03): known by level B or TAXISnet, and with a second factor or TAXISnet in this very
//! session. Each time is a step of the request, for both sides to see; the file is given for some minutes after it.

use std::path::Path;

use access::Session;
use body::{AccountId, CaseCommand, CaseStep};
use chrono::TimeDelta;
use store::{FilePurpose, RequestRow};
use uuid::Uuid;
use vocabulary::Assurance;
use wire::ProblemCode;

use super::{
    RequestErrand, RequestRefusal, RequestRoom, files,
    step::{StepCapacity, StepOrder},
};
use crate::{fault::Fault, sent_document::SentDocument};

/// For so long after a step the file is given: a browser may ask twice for what it saves.
const GIVEN_FOR: TimeDelta = TimeDelta::minutes(5);

/// A file of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResultDocument {
    /// The request that has the result.
    pub request: Uuid,
    /// Which file.
    pub document: Uuid,
}

/// Whether whoever is signed in is known well enough in this session.
#[must_use]
pub fn is_sure(session: &Session) -> bool {
    session.two_steps || session.assurance() != Assurance::None
}

/// Notes that the result is downloaded.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: RequestRoom<'_>,
    session: &Session,
    request: Uuid,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    if !is_sure(session) {
        return Ok(Err(RequestRefusal::NotSure));
    }
    let errand = RequestErrand { request, by: AccountId(session.account.id) };
    let order = StepOrder::of_applicant(errand, CaseCommand::Download);
    room.step(StepOrder { capacity: StepCapacity::Applicant(session.assurance()), ..order }).await
}

/// Gives a file of the result, right after it was noted.
///
/// # Errors
/// `not-found` for what is none of theirs or was not asked for just now, or that the hub cannot read.
pub async fn file(
    room: RequestRoom<'_>,
    uploads: &Path,
    session: &Session,
    wanted: ResultDocument,
) -> Result<SentDocument, Fault> {
    if !is_sure(session) {
        return Err(ProblemCode::NotFound.into());
    }
    let ResultDocument { request, document } = wanted;
    let (by, since) = (AccountId(session.account.id), room.ledger.clock.now() - GIVEN_FOR);
    let found = room.ledger.readers.read(move |store| {
        let Some(row) = store.request(request)?.filter(|row| row.case.account == by) else { return Ok(None) };
        let events = store.request_events(row.case.id)?;
        let is_noted = events.iter().any(|event| event.step == CaseStep::ResultDownloaded && event.at >= since);
        let file = store.request_files(request)?.into_iter().find(|file| file.upload.id == document);
        Ok(file.filter(|file| is_noted && file.purpose == FilePurpose::Result))
    });
    files::opened(uploads, found.await?).await
}
