//! A citizen sends a document before they come (TRN-10).

use std::{path::Path, sync::Arc};

use office::{BookingId, BookingLife, PersonId};
use secrets::draw_id;
use store::Upload;
use uploads::{ArrivalFault, Arrivals, ArrivedFile, ArrivingFile, FILES_MAX, FileFlaw, Judges, plain_name};
use wire::ProblemCode;
use writer::OfficeHandle;

use crate::{fault::Fault, ledger::Ledger};

/// A file as it came.
#[derive(Debug)]
pub struct SentFile {
    /// To which booking it belongs.
    pub booking: BookingId,
    /// What it was called.
    pub name: String,
    /// What is in it; nothing, where the form had no file.
    pub file: Option<ArrivedFile>,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentReceipt {
    /// It was judged, and has found room.
    Kept(Upload),
    /// It was sent before, and is kept once.
    Known(Upload),
    /// There was nothing in it.
    Empty,
    /// It is too long.
    TooLarge,
    /// It is none that is taken.
    Unfit(FileFlaw),
    /// As many as can be sent were sent.
    TooMany,
    /// The booking waits for nobody any more.
    Over,
    /// Too many files are looked into at this moment.
    Crowded,
    /// The disk has no room for files.
    NoRoom,
}

/// A file of a booking's person begins to come. What stands in the way already is said before it does.
///
/// # Errors
/// Why it is not taken, or a [`Fault`] if it cannot be written.
pub async fn begin(
    office: &Arc<OfficeHandle>,
    uploads: &Path,
    arrivals: &Arrivals,
    booking: BookingId,
) -> Result<Result<ArrivingFile, DocumentReceipt>, Fault> {
    let Some(person) = awaited(office, booking) else { return Ok(Err(DocumentReceipt::Over)) };
    match arrivals.begin(uploads, person.0, draw_id()).await {
        Ok(arriving) => Ok(Ok(arriving)),
        Err(fault) => refused(fault).map(Err),
    }
}

/// What is said of a file that did not come in.
///
/// # Errors
/// A [`Fault`] if it could not be written.
pub fn refused(fault: ArrivalFault) -> Result<DocumentReceipt, Fault> {
    match fault {
        ArrivalFault::Crowd => Ok(DocumentReceipt::Crowded),
        ArrivalFault::TooLarge => Ok(DocumentReceipt::TooLarge),
        ArrivalFault::NoRoom => Ok(DocumentReceipt::NoRoom),
        ArrivalFault::Disk(error) => {
            tracing::error!(%error, "a document could not be written");
            Err(ProblemCode::Unavailable.into())
        }
    }
}

/// Takes a file if it is fit.
///
/// # Errors
/// A [`Fault`] if the hub cannot write.
pub async fn run(
    ledger: &Ledger,
    office: &Arc<OfficeHandle>,
    judges: &Judges,
    file: SentFile,
) -> Result<DocumentReceipt, Fault> {
    let SentFile { booking, name, file } = file;
    let Some(file) = file.filter(|file| file.length() > 0) else { return Ok(DocumentReceipt::Empty) };
    let taken = take((ledger, office, judges), booking, &name, &file).await;
    match &taken {
        // Where nobody knows whether it was noted, it stays: what nobody's document has, the sweep of strays finds.
        Ok(DocumentReceipt::Kept(_)) | Err(_) => file.keep(),
        Ok(_) => file.discard().await,
    }
    taken
}

async fn take(
    (ledger, office, judges): (&Ledger, &Arc<OfficeHandle>, &Judges),
    booking: BookingId,
    name: &str,
    file: &ArrivedFile,
) -> Result<DocumentReceipt, Fault> {
    let path = file.path();
    let Ok(kind) = judges.judge(move || std::fs::read(path)).await else { return Ok(DocumentReceipt::Crowded) };
    let kind = match kind {
        Ok(kind) => kind,
        Err(unfit) => return Ok(DocumentReceipt::Unfit(unfit)),
    };
    let Some(person) = awaited(office, booking) else { return Ok(DocumentReceipt::Over) };
    let (id, length) = (file.id(), file.length() as u64);
    let noting =
        Upload { id, person, name: plain_name(name), kind: kind.to_owned(), bytes: length, at: ledger.clock.now() };
    let noted = ledger.writer.change(move |store| {
        // Two that come at once are counted here, one after the other.
        if store.is_erased(person)? {
            return Ok((DocumentReceipt::Over, Vec::new()));
        }
        let before = store.uploads_of(person)?;
        let is_full = before.len() >= FILES_MAX;
        let alike = before.into_iter().filter(|one| one.name == noting.name && one.bytes == length).collect();
        if is_full {
            return Ok((DocumentReceipt::TooMany, alike));
        }
        store.put_upload(&noting)?;
        Ok((DocumentReceipt::Kept(noting), alike))
    });
    let (receipt, alike) = noted.await.map_err(|_| Fault::from(ProblemCode::Unavailable))?;
    let known = same_as(file, alike).await;
    let is_kept = matches!(receipt, DocumentReceipt::Kept(_));
    let is_over = is_kept && awaited(office, booking) != Some(person);
    if is_kept && (is_over || known.is_some()) {
        let now = ledger.clock.now();
        ledger.writer.change(move |store| store.drop_upload(person, id, now)).await?;
    }
    match known {
        // Given up while the file was looked into: as if it had come a moment later.
        _ if is_over => Ok(DocumentReceipt::Over),
        Some(known) => Ok(DocumentReceipt::Known(known)),
        None => Ok(receipt),
    }
}

/// Which of the documents that were there before is this very file, with everything in it: it was sent twice.
pub(crate) async fn same_as(file: &ArrivedFile, alike: Vec<Upload>) -> Option<Upload> {
    let path = file.path();
    let folder = path.parent().filter(|_| !alike.is_empty())?;
    let own = uploads::read(folder, file.id()).await.ok()?;
    for one in alike {
        if uploads::read(folder, one.id).await.is_ok_and(|bytes| bytes == own) {
            return Some(one);
        }
    }
    None
}

/// Who is awaited with a booking.
fn awaited(office: &OfficeHandle, booking: BookingId) -> Option<PersonId> {
    match office.read().bookings.get(&booking).map(|booking| &booking.life) {
        Some(BookingLife::Confirmed { party }) => Some(party.person),
        Some(_) | None => None,
    }
}
