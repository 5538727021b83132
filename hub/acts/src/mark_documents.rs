//! Staff note what they found of the documents that belong to a booking (TRN-10).

use writer::OfficeHandle;

use crate::{fault::Fault, find::BookingName, ledger::Ledger, party::person_of};

/// What was found of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentMark {
    /// Its name: `needed:0` is the first of the service's list, anything else the id of what was sent.
    pub what: String,
    /// Whether it is there and right; nothing takes back what was said before.
    pub complete: Option<bool>,
}

/// What was found of a booking's documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentMarks {
    /// The booking to which they belong, by how it is known.
    pub booking: BookingName,
    /// The documents that were looked at; what is none of this booking's is passed over.
    pub marks: Vec<DocumentMark>,
}

/// Notes it, in the name of an account.
///
/// # Errors
/// A [`Fault`] where there is no such booking, it is nobody's any more, or the hub cannot write.
pub async fn run(ledger: &Ledger, office: &OfficeHandle, account: u32, found: DocumentMarks) -> Result<(), Fault> {
    let (booking, person, needed) = {
        let office = office.read();
        let booking = found.booking.find(&office)?;
        let service = office.config.as_ref().and_then(|config| config.services.get(&booking.promise.service));
        (booking.id, person_of(booking)?, service.map_or(0, |service| service.documents.len()))
    };
    let now = ledger.clock.now();
    let noted = ledger.writer.change(move |store| {
        let sent = store.uploads_of(person)?;
        let is_of_booking = |what: &str| {
            (0..needed).any(|number| what == format!("needed:{number}"))
                || sent.iter().any(|upload| upload.id.to_string() == what)
        };
        let mut marks = found.marks.iter().filter(|mark| is_of_booking(&mark.what));
        marks.try_for_each(|mark| store.put_paper(person, &mark.what, mark.complete, account, now))
    });
    noted.await?;
    tracing::info!(account, %booking, "documents were marked");
    Ok(())
}
