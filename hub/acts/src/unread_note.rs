//! The note that is to be read before the next visit is called (FLD-05).

use office::DeskId;
use uuid::Uuid;
use writer::OfficeHandle;

use crate::{
    fault::Fault,
    ledger::Ledger,
    looks::{LookGrant, LookKind},
};

/// A note that stands before a call.
#[derive(Debug, Clone)]
pub struct UnreadNote {
    /// The visit that would be called.
    pub visit: Uuid,
    /// The number on its ticket.
    pub number: String,
    /// What the note says.
    pub text: String,
}

/// Reads the note of whoever is next at a desk, if there is one. The look is kept (FLD-22).
///
/// # Errors
/// That the hub cannot read or keep the look.
pub async fn run(
    ledger: &Ledger,
    office: &OfficeHandle,
    account: u32,
    desk: DeskId,
) -> Result<Option<UnreadNote>, Fault> {
    let next = {
        let office = office.read();
        let proposed = office::order::propose(&office, desk, ledger.clock.now()).ok();
        let visit = proposed.and_then(|proposal| office.visits.get(&proposal.visit));
        visit.and_then(|visit| Some((visit.public.0, visit.number.to_string(), visit.note?)))
    };
    let Some((visit, number, note)) = next else { return Ok(None) };
    let row = office.row;
    let found = ledger.readers.read(move |store| store.note(row, note)).await?;
    let look = LookGrant::new(account, row, LookKind::Note);
    LookGrant { visit: Some(visit), ..look }.keep(ledger).await?;
    let text = found.and_then(|note| note.text);
    Ok(text.map(|text| UnreadNote { visit, number, text }))
}
