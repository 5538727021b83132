//! A document that a citizen sent beforehand (TRN-10), for the staff of the office where the booking is.

use std::path::Path;

use office::BookingId;
use uuid::Uuid;
use wire::ProblemCode;
use writer::OfficeHandle;

use crate::{
    fault::Fault,
    ledger::Ledger,
    looks::{LookGrant, LookKind},
};

/// A file as it was sent.
#[derive(Debug, Clone)]
pub struct SentDocument {
    /// What it is, by its content, e.g. `application/pdf`.
    pub kind: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Opens a document in the name of an account; the look is kept first (FLD-22).
///
/// # Errors
/// `not-found` where the office has no such document, or that the hub cannot read or keep the look.
pub async fn run(
    ledger: &Ledger,
    uploads: &Path,
    office: &OfficeHandle,
    account: u32,
    document: Uuid,
) -> Result<SentDocument, Fault> {
    let row = office.row;
    let found = ledger.readers.read(move |store| store.document_in(row, document)).await?;
    let (booking, upload) = found.ok_or(ProblemCode::NotFound)?;
    let bytes = uploads::read(uploads, document).await.map_err(|_| ProblemCode::NotFound)?;
    let look = LookGrant::new(account, office.row, LookKind::Document);
    LookGrant { booking: Some(BookingId(booking)), ..look }.keep(ledger).await?;
    Ok(SentDocument { kind: upload.kind, bytes })
}
