//! An agent takes back what waits for a citizen, e.g. where the address was mistyped (TRN-07).

use office::{AgentId, Audience, BookingId, BookingLife, Command};
use serde::Serialize;
use wire::ProblemCode;
use writer::Workbench;

use crate::{
    fault::Fault,
    turn::{Turn, decide},
};

/// What is taken back by whom.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Withdrawal {
    /// The agent's number.
    pub agent: u32,
    /// The time that they left to a citizen.
    pub booking: BookingId,
}

/// Takes it back: the time is free, what was typed is gone. What is taken back already stays so.
///
/// # Errors
/// `not-found` for what this agent left to nobody, or that the citizen was quicker, the time has lapsed, or the hub cannot
/// write.
pub async fn run(turn: Turn<'_>, withdrawal: Withdrawal) -> Result<(), Fault> {
    let row = turn.office.row;
    let work = move |bench: &mut Workbench<'_>| {
        let Withdrawal { agent, booking } = withdrawal;
        let kept = bench.stored(bench.store().entrusted(row, booking))?;
        let is_given_back = bench.office().bookings.get(&booking).is_some_and(|found| {
            found.promise.audience == Audience::Agent(AgentId(agent))
                && matches!(found.life, BookingLife::Expired { .. })
        });
        if kept.is_none() && is_given_back {
            return Ok(());
        }
        if !kept.is_some_and(|kept| kept.agent == agent && kept.typed.is_some()) {
            return Err(ProblemCode::NotFound.into());
        }
        // Decided first: what the citizen made final stays on the agent's list.
        decide(bench, &Command::ReleaseHold { booking })?;
        bench.drop_entrusted(row, booking);
        Ok(())
    };
    turn.take("withdraw", &withdrawal, work).await
}
