//! The person for whom somebody else booked says whether that address is theirs (OMB-14): the mails of the booking go there
//! too, or the address is forgotten.

use std::sync::Arc;

use office::{Booking, BookingLife, Mail, MailKind, Party};
use secrets::ServedLink;
use serde::{Deserialize, Serialize};
use store::{Actor, ServedMailbox};
use writer::{About, OfficeHandle, Offices, Workbench};

use crate::{fault::Fault, ledger::Ledger, turn::Turn};

/// What the person says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum ServedAnswer {
    /// They want the mails.
    Mine,
    /// It does not concern them.
    NotMine,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ServedOutcome {
    /// The address is proven, and the booking as it stands goes there.
    Proven,
    /// The address is forgotten.
    Forgotten,
    /// The link leads nowhere any more.
    Over,
}

/// The booking that a link waits for an answer about; none if it leads nowhere any more, or was answered.
///
/// # Errors
/// If the hub cannot read.
pub async fn waiting(
    ledger: &Ledger,
    offices: &Offices,
    link: &ServedLink,
) -> Result<Option<(Arc<OfficeHandle>, Booking)>, Fault> {
    let Some(handle) = offices.get(&link.office) else { return Ok(None) };
    let booking = handle.read().bookings.get(&link.booking).cloned();
    let Some(booking) = booking.filter(|booking| party(booking, link).is_some()) else { return Ok(None) };
    let person = link.person;
    let served = ledger.readers.read(move |store| store.served(person)).await?;
    let waits = served.is_some_and(|ServedMailbox { proven, .. }| !proven);
    Ok(waits.then(|| (Arc::clone(handle), booking)))
}

/// The person of a link, while their booking stands.
fn party<'a>(booking: &'a Booking, link: &ServedLink) -> Option<&'a Party> {
    match &booking.life {
        BookingLife::Confirmed { party } => Some(party).filter(|party| party.person == link.person),
        _ => None,
    }
}

/// Takes the answer.
///
/// # Errors
/// If the hub cannot read or write.
pub async fn run(
    ledger: &Ledger,
    offices: &Offices,
    link: &ServedLink,
    answer: ServedAnswer,
) -> Result<ServedOutcome, Fault> {
    let Some(office) = offices.get(&link.office) else { return Ok(ServedOutcome::Over) };
    let stands = office.read().bookings.get(&link.booking).is_some_and(|booking| party(booking, link).is_some());
    if !stands {
        return Ok(ServedOutcome::Over);
    }
    let turn = Turn { writer: &ledger.writer, office, actor: Actor::Citizen, id: None };
    let link = link.clone();
    let work = move |bench: &mut Workbench<'_>| match answer {
        ServedAnswer::Mine => prove(bench, &link),
        // Said once more, it is as it was said.
        ServedAnswer::NotMine => {
            if bench.stored(bench.store().served(link.person))?.is_some_and(|served| served.proven) {
                return Ok(ServedOutcome::Over);
            }
            bench.stored(bench.store().forget_served(link.person))?;
            Ok(ServedOutcome::Forgotten)
        }
    };
    turn.take("prove-served", &answer, work).await
}

fn prove(bench: &mut Workbench<'_>, link: &ServedLink) -> Result<ServedOutcome, Fault> {
    let party = bench.office().bookings.get(&link.booking).and_then(|booking| party(booking, link));
    let Some(&Party { language, person, .. }) = party else { return Ok(ServedOutcome::Over) };
    let now = bench.now();
    if !bench.stored(bench.store().prove_served(person, now))? {
        let is_proven = bench.stored(bench.store().served(person))?.is_some_and(|served| served.proven);
        return Ok(if is_proven { ServedOutcome::Proven } else { ServedOutcome::Over });
    }
    // The booking as it stands goes there now, and what is still to come, e.g. reminders, at its time.
    let mail = Mail { kind: MailKind::Confirmation, booking: link.booking, person, language, later: None, was: None };
    bench.post("confirmation", serde_json::to_string(&About { served: true, mail }).unwrap_or_default());
    bench.write_rows();
    bench.stored(bench.store().copy_waiting_mails(person, now))?;
    Ok(ServedOutcome::Proven)
}
