//! What a clerk must know of the person whom their desk holds, besides what the floor shows: the number to call, and
//! whether somebody is represented.

use office::{Channel, DeskId, Origin, VisitState};
use people::Behalf;
use rooms::is_by_telephone;
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
    /// The room of their teleconference, by the reference of the booking.
    pub room: Option<HeldRoom>,
}

/// The room of a held teleconference.
#[derive(Debug, Clone)]
pub struct HeldRoom {
    /// The booking's reference.
    pub reference: String,
    /// It goes on by telephone.
    pub by_telephone: bool,
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
            let known = office.bookings.get(&booking)?;
            let person = known.life.party()?.person;
            let by_video = known.promise.channel == Channel::Teleconference;
            let room = by_video.then(|| (known.reference.0.clone(), known.promise.start));
            // One call is one look, however often the page renews itself; whom they reached has been looked at before.
            let call = match visit.state {
                VisitState::Called { call, .. } => Some(call.0),
                _ => None,
            };
            Some((person, visit.is_remote(), call, (booking, visit.public.0), room))
        })
    };
    let Some((person, remote, call, (booking, visit), room)) = held else { return Ok(HeldPerson::default()) };
    let record = ledger.readers.read(move |store| store.record(person)).await?;
    let phone = record.as_ref().filter(|_| remote).and_then(|record| record.phone.clone());
    if let (Some(_), Some(call)) = (&phone, call) {
        let look = LookGrant::new(account, office.row, LookKind::Number);
        LookGrant { booking: Some(booking), visit: Some(visit), occasion: Some(call), ..look }.keep(ledger).await?;
    }
    let details = record.as_ref().and_then(said_with);
    let represents = details.is_some_and(|details| details.behalf != Behalf::Oneself);
    let room = match room {
        Some((reference, start)) => {
            let marks = ledger.readers.read(move |store| store.call_marks(person, start)).await?;
            Some(HeldRoom { reference, by_telephone: is_by_telephone(marks.shut) })
        }
        None => None,
    };
    Ok(HeldPerson { phone, represents, room })
}
