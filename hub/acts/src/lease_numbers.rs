//! A kiosk makes ready for a time without its hub: it gives back numbers of which it needs no more, and is given others
//! (PROM-07).

use office::{CivilDate, Command, EventKind, HouseEvent, KioskId, NumberBlock, Refusal};
use store::Actor;
use wire::{LeaseAnswer, LeaseRequest, NumberRange, ProblemCode};

use crate::{
    fault::Fault,
    refusals::refusal_in,
    turn::{Turn, decide},
};

/// Gives back what the kiosk gives back, and leases what it lacks.
///
/// # Errors
/// `not-allowed` for anybody but a device; a [`Fault`] where the rules say no, or the hub cannot write.
pub async fn run(turn: Turn<'_>, request: LeaseRequest) -> Result<LeaseAnswer, Fault> {
    let kiosk = kiosk_of(turn.actor)?;
    let asked = request.clone();
    let work = move |bench: &mut writer::Workbench<'_>| {
        for range in request.gives_back {
            match bench.decide(&Command::ReturnNumbers { kiosk, block: block_of(range) }) {
                // Given back before, or burnt with its day: it is nobody's any more.
                Ok(_) | Err(Refusal::NotLeased) => {}
                Err(refused) => return Err(refusal_in(bench.office(), &refused)),
            }
        }
        let holds = request.holds.into_iter().map(block_of).collect();
        let ruling = decide(bench, &Command::LeaseNumbers { kiosk, holds })?;
        let granted = ruling.events.iter().filter_map(|event| {
            let EventKind::House(HouseEvent::NumbersLeased { block, .. }) = &event.kind else { return None };
            range_of(*block)
        });
        Ok(LeaseAnswer { granted: granted.collect() })
    };
    turn.take("lease-numbers", &asked, work).await
}

/// The kiosk that asks.
pub(crate) fn kiosk_of(actor: Actor) -> Result<KioskId, ProblemCode> {
    match actor {
        Actor::Device(device) => Ok(KioskId(device)),
        Actor::Hub | Actor::Citizen | Actor::Account(_) => Err(ProblemCode::NotAllowed),
    }
}

fn block_of(range: NumberRange) -> NumberBlock {
    NumberBlock { date: range.date.date(), first: range.first, last: range.last }
}

fn range_of(block: NumberBlock) -> Option<NumberRange> {
    Some(NumberRange { date: CivilDate::new(block.date)?, first: block.first, last: block.last })
}
