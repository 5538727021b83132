//! The note that is to be read before the next visit is called (FLD-05), and that of the visit in hand.

use office::{DeskId, VisitState};
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

/// Reads the note of whom an account's own desk holds, if there is one; at another's desk there is nothing to know. The look is
/// kept (FLD-22): one call is one look, however often the page renews itself.
///
/// # Errors
/// That the hub cannot read or keep the look.
pub async fn of_held(
    ledger: &Ledger,
    office: &OfficeHandle,
    account: u32,
    desk: DeskId,
) -> Result<Option<String>, Fault> {
    let held = {
        let office = office.read();
        let mine = office.desks.get(&desk).filter(|open| open.clerk.0 == account);
        let visit = mine.and_then(|open| open.holds).and_then(|visit| office.visits.get(&visit));
        visit.and_then(|visit| {
            let called = office.calls.iter().rev().find(|call| call.visit == visit.id).map(|call| call.id.0);
            let call = match visit.state {
                VisitState::Called { call, .. } => Some(call.0),
                _ => called,
            };
            Some((visit.public.0, visit.note?, call?))
        })
    };
    let Some((visit, note, call)) = held else { return Ok(None) };
    let row = office.row;
    let found = ledger.readers.read(move |store| store.note(row, note)).await?;
    let look = LookGrant::new(account, row, LookKind::Note);
    LookGrant { visit: Some(visit), occasion: Some(call), ..look }.keep(ledger).await?;
    Ok(found.and_then(|note| note.text))
}
