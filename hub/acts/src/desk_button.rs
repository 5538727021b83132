//! A button at a desk is pressed: it does what the clerk's own page would, for the clerk who has the desk open and is signed in,
//! whatever program they look at. Without such a clerk it does nothing.

use access::Access;
use office::{DeskId, Office};
use store::Actor;
use wire::{DeskButton, ProblemCode};

use crate::{
    at_desk::{self, AtDesk, DeskReceipt},
    fault::Fault,
    turn::Turn,
};

/// Does it.
///
/// # Errors
/// `desk-closed` where nobody has opened the desk, `not-signed-in` where who did is signed out, a [`Fault`] where the rules say
/// no, or the hub cannot write.
pub async fn run(access: &Access, turn: Turn<'_>, desk: DeskId, button: DeskButton) -> Result<DeskReceipt, Fault> {
    let clerk = turn.office.read().desks.get(&desk).map(|open| open.clerk.0).ok_or(ProblemCode::DeskClosed)?;
    if access.accounts.sessions_of(clerk, access.clock.now()).is_empty() {
        return Err(ProblemCode::NotSignedIn.into());
    }
    let turn = Turn { actor: Actor::Account(clerk), ..turn };
    at_desk::run_as(turn, "desk-button", &(desk, button), desk, move |office| meant(office, desk, button)).await
}

/// What a button means as the desk stands.
fn meant(office: &Office, desk: DeskId, button: DeskButton) -> Result<AtDesk, Fault> {
    let held = office.desks.get(&desk).and_then(|open| office.visits.get(&open.holds?));
    let held = held.map(|visit| visit.public.0);
    let visit = held.ok_or(ProblemCode::UnknownVisit);
    Ok(match button {
        DeskButton::Next => AtDesk::Call { holds: held, finish: held.is_some(), note_read: None },
        DeskButton::Recall => AtDesk::Recall { visit: visit? },
        DeskButton::Appeared => AtDesk::Appear { visit: visit? },
        DeskButton::NoShow => AtDesk::MissCall { visit: visit? },
    })
}
