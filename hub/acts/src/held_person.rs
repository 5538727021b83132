//! What a clerk must know of the person whom their desk holds, besides what the floor shows: the number to call, and
//! whether somebody is represented.

use office::{DeskId, Origin, VisitState};
use people::Behalf;
use writer::OfficeHandle;

use crate::{
    fault::Fault,
    kept::said_with,
    ledger::Ledger,
    looks::{LookGrant, LookKind},
};

/// The person whom a desk holds.
#[derive(Debug, Clone, Default)]
pub struct HeldPerson {
    /// The number to call, for a telephone appointment.
    pub phone: Option<String>,
    /// They come for somebody else, or for a legal person.
    pub represents: bool,
}

/// Looks at the person whom an account's own desk holds; at another's desk there is nothing to know. That a number was
/// shown is kept (FLD-22).
///
/// # Errors
/// That the hub cannot read or keep the look.
pub async fn run(ledger: &Ledger, office: &OfficeHandle, account: u32, desk: DeskId) -> Result<HeldPerson, Fault> {
    let held = {
        let office = office.read();
        let mine = office.desks.get(&desk).filter(|open| open.clerk.0 == account);
        let visit = mine.and_then(|open| open.holds).and_then(|visit| office.visits.get(&visit));
        visit.and_then(|visit| {
            let Origin::Booked { booking, .. } = visit.origin else { return None };
            let person = office.bookings.get(&booking)?.life.party()?.person;
            // One call is one look, however often the page renews itself; whom they reached has been looked at before.
            let call = match visit.state {
                VisitState::Called { call, .. } => Some(call.0),
                _ => None,
            };
            Some((person, visit.is_remote(), call, (booking, visit.public.0)))
        })
    };
    let Some((person, remote, call, (booking, visit))) = held else { return Ok(HeldPerson::default()) };
    let record = ledger.readers.read(move |store| store.record(person)).await?;
    let phone = record.as_ref().filter(|_| remote).and_then(|record| record.phone.clone());
    if let (Some(_), Some(call)) = (&phone, call) {
        let look = LookGrant::new(account, office.row, LookKind::Number);
        LookGrant { booking: Some(booking), visit: Some(visit), occasion: Some(call), ..look }.keep(ledger).await?;
    }
    let details = record.as_ref().and_then(said_with);
    let represents = details.is_some_and(|details| details.behalf != Behalf::Oneself);
    Ok(HeldPerson { phone, represents })
}
