//! Who a visit is, for the staff of its office. Every look is kept before it is granted (FLD-22).

use office::{Origin, Visit};
use store::{Record, Upload};
use uuid::Uuid;
use writer::OfficeHandle;

use crate::{
    fault::Fault,
    find::visit_behind,
    ledger::Ledger,
    looks::{LookGrant, LookKind},
    note::booked_by,
};

/// All that staff may know of somebody who is in the house.
#[derive(Debug, Clone)]
pub struct VisitCard {
    /// The visit as the office knows it.
    pub visit: Visit,
    /// The person who booked, if the visit was booked and they are not erased.
    pub record: Option<Record>,
    /// The note that is read before the call.
    pub note: Option<String>,
    /// The documents that were sent beforehand.
    pub uploads: Vec<Upload>,
}

/// Looks at a card, in the name of an account.
///
/// # Errors
/// `unknown-visit`, or that the hub cannot read or keep the look.
pub async fn run(ledger: &Ledger, office: &OfficeHandle, account: u32, public: Uuid) -> Result<VisitCard, Fault> {
    let (visit, person) = {
        let office = office.read();
        let visit = visit_behind(&office, public)?.clone();
        let person = booked_by(&office, visit.id);
        (visit, person)
    };
    let booking = match visit.origin {
        Origin::Booked { booking, .. } => Some(booking),
        Origin::WalkIn | Origin::Direct | Origin::Outage => None,
    };
    let look = LookGrant::new(account, office.row, LookKind::Card);
    LookGrant { booking, visit: Some(public), ..look }.keep(ledger).await?;
    let (row, note) = (office.row, visit.note);
    let read = ledger.readers.read(move |store| {
        let uploads = person.map(|person| store.uploads_of(person)).transpose()?.unwrap_or_default();
        let record = person.map(|person| store.record(person)).transpose()?.flatten();
        let note = note.map(|note| store.note(row, note)).transpose()?.flatten();
        Ok((record, note.and_then(|note| note.text), uploads))
    });
    let (record, note, uploads) = read.await?;
    Ok(VisitCard { visit, record, note, uploads })
}
