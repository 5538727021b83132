//! A citizen takes back a document that they sent (TRN-10).

use std::path::Path;

use office::PersonId;
use uuid::Uuid;

use crate::{fault::Fault, ledger::Ledger};

/// A document that is taken back.
#[derive(Debug, Clone, Copy)]
pub struct DocumentRemoval {
    /// The person to whose booking it belongs.
    pub person: PersonId,
    /// The name of its file.
    pub document: Uuid,
}

/// Takes it back: the file is overwritten and gone. One that is gone already stays so.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(ledger: &Ledger, uploads: &Path, removal: DocumentRemoval) -> Result<(), Fault> {
    let DocumentRemoval { person, document } = removal;
    let now = ledger.clock.now();
    if ledger.writer.change(move |store| store.drop_upload(person, document, now)).await? {
        uploads::remove(uploads, &[document]).await;
    }
    Ok(())
}
