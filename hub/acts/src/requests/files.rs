//! Photographs and documents of a request (PET-02): chosen by the applicant and sent with what they write, or brought by who
//! works on it as the result. Each is judged as those of bookings are, and bounded by the category.

use std::path::Path;

use body::{AccountId, Action, Category};
use office::Requirement;
use secrets::draw_id;
use store::{FilePurpose, RequestFile, Store, Stored, Upload};
use uploads::{Arrivals, ArrivedFile, ArrivingFile, FILE_BYTES_MAX, FILES_MAX, Judges, plain_name};
use uuid::Uuid;
use wire::ProblemCode;

use super::{RequestErrand, RequestRefusal, RequestRoom, step::staff_may};
use crate::{
    fault::Fault,
    ledger::Ledger,
    looks::{LookGrant, LookKind},
    send_document::{self, DocumentReceipt},
    sent_document::SentDocument,
};

/// So many files an account has chosen in all its forms and not sent, at most.
const DRAFTS_MAX: u32 = 40;

/// Where a file goes: which request, from whom, as what, and how many of which size there may be.
#[derive(Debug, Clone, Copy)]
pub struct FileSlot {
    /// How the outside names the request; it may not be there yet.
    pub request: Uuid,
    /// The account that sends the file.
    pub account: AccountId,
    /// What the file is to the request.
    pub purpose: FilePurpose,
    /// So many at a time.
    at_once: usize,
    /// So many altogether.
    of_all: usize,
    /// Of so many bytes each.
    bytes_max: u64,
}

impl FileSlot {
    /// For what an applicant chooses; none where the category takes no files.
    #[must_use]
    pub fn of_applicant(category: &Category, request: Uuid, account: AccountId) -> Option<Self> {
        (category.files != Requirement::No).then(|| Self {
            request,
            account,
            purpose: FilePurpose::Draft,
            at_once: category.files_max.into(),
            of_all: category.files_of_all_max().into(),
            bytes_max: category.file_bytes_max(),
        })
    }

    /// For the result, from who works on the request.
    #[must_use]
    pub const fn of_result(request: Uuid, account: AccountId) -> Self {
        let (at_once, bytes_max) = (FILES_MAX, FILE_BYTES_MAX as u64);
        Self { request, account, purpose: FilePurpose::Result, at_once, of_all: at_once, bytes_max }
    }
}

/// A file of this sender begins to come.
///
/// # Errors
/// Why it is not taken, or a [`Fault`] if it cannot be written.
pub async fn begin(
    uploads: &Path,
    arrivals: &Arrivals,
    slot: FileSlot,
) -> Result<Result<ArrivingFile, DocumentReceipt>, Fault> {
    let sender = Uuid::from_u128(slot.account.0.into());
    match arrivals.begin(uploads, sender, draw_id()).await {
        Ok(arriving) => Ok(Ok(arriving)),
        Err(fault) => send_document::refused(fault).map(Err),
    }
}

/// Takes a file if it is fit.
///
/// # Errors
/// A [`Fault`] if the hub cannot write.
pub async fn take(
    (room, judges): (RequestRoom<'_>, &Judges),
    slot: FileSlot,
    name: &str,
    file: ArrivedFile,
) -> Result<DocumentReceipt, Fault> {
    let taken = noted((room, judges), slot, name, &file).await;
    match &taken {
        // Where nobody knows whether it was noted, it stays: what nobody's request has, the sweep of strays finds.
        Ok(DocumentReceipt::Kept(_)) | Err(_) => file.keep(),
        Ok(_) => file.discard().await,
    }
    taken
}

async fn noted(
    (room, judges): (RequestRoom<'_>, &Judges),
    slot: FileSlot,
    name: &str,
    file: &ArrivedFile,
) -> Result<DocumentReceipt, Fault> {
    let length = file.length() as u64;
    if length == 0 {
        return Ok(DocumentReceipt::Empty);
    }
    if length > slot.bytes_max {
        return Ok(DocumentReceipt::TooLarge);
    }
    let path = file.path();
    let Ok(kind) = judges.judge(move || std::fs::read(path)).await else { return Ok(DocumentReceipt::Crowded) };
    let kind = match kind {
        Ok(kind) => kind,
        Err(unfit) => return Ok(DocumentReceipt::Unfit(unfit)),
    };
    let person = RequestFile::owner(slot.request);
    let at = room.ledger.clock.now();
    let upload = Upload { id: file.id(), person, name: plain_name(name), kind: kind.to_owned(), bytes: length, at };
    let noting = RequestFile { upload, account: slot.account, purpose: slot.purpose };
    let own = noting.clone();
    let noted = room.ledger.writer.change(move |store| note(store, slot, noting)).await?;
    let (receipt, alike) = noted;
    let known = send_document::same_as(file, alike).await;
    if known.is_some() && matches!(receipt, DocumentReceipt::Kept(_)) {
        // Whatever became of it meanwhile: the same lies there already.
        let (person, id) = (own.upload.person, own.upload.id);
        room.ledger.writer.change(move |store| store.drop_upload(person, id, at)).await?;
    }
    Ok(known.map_or(receipt, DocumentReceipt::Known))
}

/// Notes a file, and says which of those that were there may be the same. Two that come at once are counted here, one after
/// the other.
fn note(store: &Store, slot: FileSlot, noting: RequestFile) -> Stored<(DocumentReceipt, Vec<Upload>)> {
    if !is_open_to(store, slot)? {
        return Ok((DocumentReceipt::Over, Vec::new()));
    }
    let before = store.request_files(slot.request)?;
    let of_kind: Vec<RequestFile> = before
        .into_iter()
        .filter(|one| match slot.purpose {
            FilePurpose::Result => one.purpose == FilePurpose::Result,
            FilePurpose::Draft | FilePurpose::Sent => one.purpose != FilePurpose::Result && one.account == slot.account,
        })
        .collect();
    let at_once = of_kind.iter().filter(|one| one.purpose == slot.purpose).count();
    let is_full = at_once >= slot.at_once
        || of_kind.len() >= slot.of_all
        || slot.purpose == FilePurpose::Draft && store.drafts_of(slot.account)? >= DRAFTS_MAX;
    let is_alike = |one: &Upload| one.name == noting.upload.name && one.bytes == noting.upload.bytes;
    let alike = of_kind.into_iter().map(|one| one.upload).filter(is_alike).collect();
    if is_full {
        return Ok((DocumentReceipt::TooMany, alike));
    }
    store.put_request_file(&noting)?;
    Ok((DocumentReceipt::Kept(noting.upload), alike))
}

/// Whether a file can come there: from the applicant of a request that is open or not there yet, or from who works on it.
fn is_open_to(store: &Store, slot: FileSlot) -> Stored<bool> {
    let Some(row) = store.request(slot.request)? else { return Ok(slot.purpose == FilePurpose::Draft) };
    match slot.purpose {
        FilePurpose::Draft | FilePurpose::Sent => Ok(row.case.account == slot.account && !row.case.is_closed()),
        FilePurpose::Result => {
            let may = staff_may(store, slot.account, Action::WorkOnRequests, &row)?.is_ok();
            Ok(may && row.case.worker == Some(slot.account) && !row.case.is_closed())
        }
    }
}

/// What an account has chosen in a form, and not sent yet.
///
/// # Errors
/// That the hub cannot read.
pub async fn drafts(
    room: RequestRoom<'_>,
    RequestErrand { request, by: account }: RequestErrand,
) -> Result<Vec<Upload>, Fault> {
    let files = room.ledger.readers.read(move |store| store.request_files(request)).await?;
    Ok(files.into_iter().filter(|file| file.is_draft_of(account)).map(|file| file.upload).collect())
}

/// Takes back what an account has chosen, or a result before it is ready; what is none of theirs stays.
///
/// # Errors
/// That the hub cannot write.
pub async fn drop(
    ledger: &Ledger,
    uploads: &Path,
    RequestErrand { request, by: account }: RequestErrand,
    ids: Vec<Uuid>,
) -> Result<(), Fault> {
    let now = ledger.clock.now();
    let dropped = ledger.writer.change(move |store| {
        let is_open = store.request(request)?.is_none_or(|row| !row.case.is_closed());
        let mut dropped = Vec::new();
        for file in store.request_files(request)?.iter().filter(|file| ids.contains(&file.upload.id)) {
            let is_own = match file.purpose {
                FilePurpose::Draft | FilePurpose::Result => file.account == account && is_open,
                FilePurpose::Sent => false,
            };
            if is_own && store.drop_request_file(file, now)? {
                dropped.push(file.upload.id);
            }
        }
        Ok(dropped)
    });
    uploads::remove(uploads, &dropped.await?).await;
    Ok(())
}

/// A file that the applicant sent, for themselves.
///
/// # Errors
/// `not-found` for whatever is not theirs, or that the hub cannot read.
pub async fn of_applicant(
    room: RequestRoom<'_>,
    uploads: &Path,
    RequestErrand { request, by }: RequestErrand,
    id: Uuid,
) -> Result<SentDocument, Fault> {
    let found = room.ledger.readers.read(move |store| {
        let is_own = store.request(request)?.is_some_and(|row| row.case.account == by);
        let file = store.request_files(request)?.into_iter().find(|file| file.upload.id == id);
        Ok(file.filter(|file| is_own && file.purpose == FilePurpose::Sent))
    });
    opened(uploads, found.await?).await
}

/// A file of a request, for staff who may read it; the look is kept first (FLD-22).
///
/// # Errors
/// `not-found` for whatever they may not read, or that the hub cannot read or keep the look.
pub async fn of_staff(
    room: RequestRoom<'_>,
    uploads: &Path,
    RequestErrand { request, by }: RequestErrand,
    id: Uuid,
) -> Result<SentDocument, Fault> {
    let found = room.ledger.readers.read(move |store| {
        let Some(row) = store.request(request)? else { return Ok(Err(RequestRefusal::NotFound)) };
        if let Err(refusal) = staff_may(store, by, Action::ReadRequests, &row)? {
            return Ok(Err(refusal));
        }
        let file = store.request_files(request)?.into_iter().find(|file| file.upload.id == id);
        Ok(Ok(file.filter(|file| file.purpose != FilePurpose::Draft)))
    });
    let document = opened(uploads, found.await??).await?;
    let look = LookGrant { office: None, visit: Some(request), ..LookGrant::new(by.0, 0, LookKind::Document) };
    look.keep(room.ledger).await?;
    Ok(document)
}

/// What lies in the folder of a file that was found.
pub(super) async fn opened(uploads: &Path, found: Option<RequestFile>) -> Result<SentDocument, Fault> {
    let upload = found.ok_or(ProblemCode::NotFound)?.upload;
    let bytes = uploads::read(uploads, upload.id).await.map_err(|_| ProblemCode::NotFound)?;
    Ok(SentDocument { kind: upload.kind, bytes })
}
