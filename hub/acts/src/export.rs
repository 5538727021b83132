//! Everything that is kept of a person, for them to take along (FLD-23).

use office::{BookingId, PersonId, Promise};
use secrets::Holder;
use serde::Serialize;
use store::{Actor, Record, Upload};
use wire::ProblemCode;
use writer::Offices;

use crate::{
    fault::Fault,
    find::booking_of_person,
    ledger::Ledger,
    looks::{LookGrant, LookKind},
};

/// Whose data are asked for, and who will read them.
#[derive(Debug, Clone, Copy)]
pub struct ExportWish {
    /// Of whom everything is wanted.
    pub person: PersonId,
    /// Whose link it was asked behind. The administrator asks as who booked would.
    pub holder: Holder,
}

/// Everything that is kept of a person, as it is handed out.
#[derive(Debug, Clone, Serialize)]
pub struct PersonExport {
    /// The privacy notice that they agreed to, as they read it (OMB-12).
    pub agreed_to: Option<String>,
    /// The reference of their booking, while the office remembers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub booking: Option<String>,
    /// What they sent beforehand.
    pub documents: Vec<Upload>,
    /// The key of the office of their booking.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// What stands of them in the store.
    pub person: Record,
    /// What they were promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise>,
}

/// Hands out everything that is kept of a person. A look of staff is kept first (FLD-22).
///
/// # Errors
/// `not-found` for somebody who is not here or was erased, or that the hub cannot read or write.
pub async fn run(ledger: &Ledger, offices: &Offices, actor: Actor, wish: ExportWish) -> Result<PersonExport, Fault> {
    let person = wish.person;
    let found = ledger.readers.read(move |store| {
        let record = store.record(person)?;
        let consent = record.as_ref().and_then(|record| record.consent.as_ref());
        let agreed = consent.map(|(_, version, _)| store.notice(version)).transpose()?.flatten();
        Ok((record, store.uploads_of(person)?, agreed))
    });
    let (record, documents, agreed_to) = found.await?;
    let mut record = record.ok_or(ProblemCode::NotFound)?;
    if let Actor::Account(account) = actor {
        let (office, booking) = record.booking.unzip();
        let look =
            LookGrant { office, booking: booking.map(BookingId), ..LookGrant::new(account, 0, LookKind::Export) };
        look.keep(ledger).await?;
    }
    if wish.holder == Holder::Served {
        // Where the mails of who booked go is theirs to tell.
        record.email = None;
    }
    let (office, booking) = booking_of_person(offices, person).unzip();
    Ok(PersonExport {
        agreed_to,
        booking: booking.as_ref().map(|booking| booking.reference.0.clone()),
        documents,
        office: office.map(|office| office.key.to_string()),
        person: record,
        promise: booking.map(|booking| booking.promise),
    })
}
