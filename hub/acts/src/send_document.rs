//! A citizen sends a document before they come (TRN-10).

use std::{path::Path, sync::Arc};

use office::{BookingId, BookingLife, PersonId};
use secrets::draw_id;
use store::Upload;
use uploads::{FILE_BYTES_MAX, FILES_MAX, Judges, Unfit, plain_name};
use wire::ProblemCode;
use writer::OfficeHandle;

use crate::{fault::Fault, ledger::Ledger};

/// A file as it came.
#[derive(Debug, Clone)]
pub struct SentFile {
    /// To which booking it belongs.
    pub booking: BookingId,
    /// What it was called.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentReceipt {
    /// It is kept.
    Kept(Upload),
    /// There was nothing in it.
    Empty,
    /// It is too long.
    TooLarge,
    /// It is none that is taken.
    Unfit(Unfit),
    /// As many as can be sent were sent.
    TooMany,
    /// The booking waits for nobody any more.
    Over,
    /// Too many files are looked into at this moment.
    Crowded,
}

/// Takes a file if it is fit.
///
/// # Errors
/// A [`Fault`] if the hub cannot write.
pub async fn run(
    ledger: &Ledger,
    office: &Arc<OfficeHandle>,
    uploads: &Path,
    judges: &Judges,
    file: SentFile,
) -> Result<DocumentReceipt, Fault> {
    let SentFile { booking, name, bytes } = file;
    if bytes.is_empty() {
        return Ok(DocumentReceipt::Empty);
    }
    if bytes.len() > FILE_BYTES_MAX {
        return Ok(DocumentReceipt::TooLarge);
    }
    let Ok((kind, bytes)) = judges.judge(bytes).await else { return Ok(DocumentReceipt::Crowded) };
    let kind = match kind {
        Ok(kind) => kind,
        Err(unfit) => return Ok(DocumentReceipt::Unfit(unfit)),
    };
    let Some(person) = awaited(office, booking) else { return Ok(DocumentReceipt::Over) };
    if ledger.readers.read(move |store| store.uploads_of(person)).await?.len() >= FILES_MAX {
        return Ok(DocumentReceipt::TooMany);
    }
    let (id, length) = (draw_id(), bytes.len() as u64);
    uploads::write(uploads, id, bytes).await.map_err(|error| {
        tracing::error!(%error, "a document could not be written");
        ProblemCode::Unavailable
    })?;
    let noting =
        Upload { id, person, name: plain_name(&name), kind: kind.to_owned(), bytes: length, at: ledger.clock.now() };
    let noted = ledger.writer.change(move |store| {
        // Two that come at once are counted here, one after the other.
        if store.is_erased(person)? {
            return Ok(DocumentReceipt::Over);
        }
        if store.uploads_of(person)?.len() >= FILES_MAX {
            return Ok(DocumentReceipt::TooMany);
        }
        store.put_upload(&noting)?;
        Ok(DocumentReceipt::Kept(noting))
    });
    match noted.await {
        // Given up while the file was looked into: as if it had come a moment later.
        Ok(DocumentReceipt::Kept(_)) if awaited(office, booking) != Some(person) => {
            let now = ledger.clock.now();
            ledger.writer.change(move |store| store.drop_upload(person, id, now)).await?;
            uploads::remove(uploads, &[id]).await;
            Ok(DocumentReceipt::Over)
        }
        Ok(DocumentReceipt::Kept(upload)) => Ok(DocumentReceipt::Kept(upload)),
        Ok(refused) => {
            uploads::remove(uploads, &[id]).await;
            Ok(refused)
        }
        Err(_) => {
            uploads::remove(uploads, &[id]).await;
            Err(ProblemCode::Unavailable.into())
        }
    }
}

/// Who is awaited with a booking.
fn awaited(office: &OfficeHandle, booking: BookingId) -> Option<PersonId> {
    match office.read().bookings.get(&booking).map(|booking| &booking.life) {
        Some(BookingLife::Confirmed { party }) => Some(party.person),
        Some(_) | None => None,
    }
}
