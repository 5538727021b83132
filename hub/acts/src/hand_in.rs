//! A kiosk hands in somebody who came while the hub was away: once, whatever is sent twice (PROM-07).
//!
//! The kiosk may have asked the hub for the same before, and not have heard the answer. Then the key of that question is
//! claimed first: either nothing was done under it, and nothing will be any more; or what was done is taken back, for nobody
//! has heard of it.

use office::{
    AwayArrival, AwayCame, AwayTold, Command, EventKind, HouseEvent, Office, PublicId, Refusal, TicketNumber, VisitId,
};
use store::Actor;
use uuid::Uuid;
use wire::{CheckInAnswer, HandIn, HandInAnswer, HandInKind, KioskWord, ProblemCode, TicketAnswer};
use writer::Workbench;

use crate::{
    check_in::by_reference, fault::Fault, find::service_of, lease_numbers::kiosk_of, refusals::refusal_in, turn::Turn,
};

/// Takes it in.
///
/// # Errors
/// `not-allowed` for anybody but a device, `malformed` for what is no number; else that the hub cannot write.
pub async fn run(turn: Turn<'_>, handed: HandIn) -> Result<HandInAnswer, Fault> {
    let kiosk = kiosk_of(turn.actor)?;
    let number = handed.number.parse::<TicketNumber>().map_err(|_| Fault::malformed("number".to_owned()))?;
    let claimed = match handed.asked_before {
        Some(key) => claim(&turn, key, handed.visit).await?,
        None => KeyState::Unused,
    };
    let (asked, actor) = (handed.clone(), turn.actor);
    let turn = Turn { id: Some(handed.visit), ..turn };
    let work = move |bench: &mut Workbench<'_>| {
        let unheard = match claimed {
            KeyState::Unused => None,
            KeyState::Answered(key) => unheard(bench, key, actor)?,
        };
        let HandIn { visit, arrived_at, language, came, .. } = handed;
        let came = match came {
            HandInKind::Booked { reference, told } => {
                AwayCame::Booked { booking: by_reference(bench.office(), &reference), told: told_of(told) }
            }
            HandInKind::WalkIn { service, persons, cases, priority, needs } => {
                let service = service_of(bench.office(), &service).ok();
                AwayCame::WalkIn { service, persons, cases, priority, needs }
            }
        };
        let arrival = AwayArrival { public: PublicId(visit), number, arrived_at, language, unheard, came };
        match bench.decide(&Command::HandIn { kiosk, arrival }) {
            Ok(ruling) => {
                let is_note =
                    |event: &office::Event| matches!(event.kind, EventKind::House(HouseEvent::ConflictNoted(_)));
                let noted = ruling.events.iter().any(is_note);
                Ok(HandInAnswer { number: number_of(bench.office(), visit), noted })
            }
            // It is here; only the answer was not kept any more.
            Err(Refusal::IdTaken) => Ok(HandInAnswer { number: number_of(bench.office(), visit), noted: false }),
            Err(refused) => Err(refusal_in(bench.office(), &refused)),
        }
    };
    turn.take("hand-in", &asked, work).await
}

/// What is known of the key under which the hub had been asked before.
#[derive(Debug, Clone, Copy)]
enum KeyState {
    /// Nothing was done under it, and nothing will be: whatever comes late is refused.
    Unused,
    /// It was answered.
    Answered(Uuid),
}

async fn claim(turn: &Turn<'_>, key: Uuid, visit: Uuid) -> Result<KeyState, Fault> {
    let claiming = Turn { id: Some(key), ..turn.clone() };
    match claiming.take("claim-key", &visit, |_: &mut Workbench<'_>| Ok(())).await {
        Ok(()) => Ok(KeyState::Unused),
        Err(fault) if fault.code == ProblemCode::CommandReused => Ok(KeyState::Answered(key)),
        Err(fault) => Err(fault),
    }
}

/// The visit that was begun under a key of this kiosk's, of which it never heard.
fn unheard(bench: &mut Workbench<'_>, key: Uuid, actor: Actor) -> Result<Option<VisitId>, Fault> {
    let kept = bench.store().command(key);
    let Some(kept) = bench.stored(kept)?.filter(|kept| kept.actor == actor.to_string()) else { return Ok(None) };
    let checked_in = serde_json::from_slice::<Result<CheckInAnswer, Fault>>(&kept.answer);
    let ticket = match checked_in {
        // A number that they had before is theirs.
        Ok(Ok(answer)) if answer.again => None,
        Ok(Ok(answer)) => Some(answer.ticket),
        Ok(Err(_)) => None,
        Err(_) => serde_json::from_slice::<Result<TicketAnswer, Fault>>(&kept.answer).ok().and_then(Result::ok),
    };
    Ok(ticket.and_then(|ticket| bench.office().visits_by_public.get(&PublicId(ticket.visit)).copied()))
}

const fn told_of(told: KioskWord) -> AwayTold {
    match told {
        KioskWord::InTime => AwayTold::InTime,
        KioskWord::Late => AwayTold::Late,
        KioskWord::Nothing => AwayTold::Nothing,
    }
}

fn number_of(office: &Office, visit: Uuid) -> Option<String> {
    let id = office.visits_by_public.get(&PublicId(visit))?;
    office.visits.get(id).map(|visit| visit.number.to_string())
}
