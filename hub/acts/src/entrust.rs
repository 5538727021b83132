//! An agent leaves a held time to a citizen, who makes it final (TRN-07).

use office::{AgentId, Audience, BookingId, Command, Promise};
use secrets::EntrustedLink;
use serde::Serialize;
use store::AgentHandover;
use wire::ProblemCode;
use writer::{ENTRUSTED, OfficeHandle, Workbench};

use crate::{
    fault::Fault,
    ledger::Ledger,
    link_limit::LinkLimit,
    turn::{Turn, decide},
};

/// What an agent leaves to whom.
#[derive(Debug, Clone, Serialize)]
pub struct Entrustment {
    /// The held time, which is the agent's.
    pub booking: BookingId,
    /// The citizen's e-mail address, in lower case.
    pub email: String,
    /// The citizen's name, for the agent's own list.
    pub name: String,
    /// What the agent typed for the citizen, as JSON.
    pub typed: String,
    /// The language of the mail.
    pub language: office::Language,
}

/// Leaves it to them: the time, what was typed, and the mail, in one transaction. The mail counts as a link that was asked
/// for, from the agent's network and for the citizen's address.
///
/// # Errors
/// `not-allowed` for a time that is no agent's, `too-many-requests`, what the rules say, or that the hub cannot write.
pub async fn run(turn: Turn<'_>, limit: LinkLimit, entrustment: Entrustment) -> Result<(), Fault> {
    let (key, row, asked) = (turn.office.key.to_string(), turn.office.row, entrustment.clone());
    let work = move |bench: &mut Workbench<'_>| {
        let Entrustment { booking, email, name, typed, language } = entrustment;
        let Promise { audience, start: at, .. } =
            bench.office().bookings.get(&booking).ok_or(ProblemCode::BookingExpired)?.promise;
        let Audience::Agent(AgentId(agent)) = audience else { return Err(ProblemCode::NotAllowed.into()) };
        // Pressed twice: it is left to them already.
        let known = bench.stored(bench.store().address_id(&email))?;
        let kept = bench.stored(bench.store().entrusted(row, booking))?;
        if kept.is_some_and(|kept| kept.agent == agent && Some(kept.address) == known) {
            return Ok(());
        }
        limit.take(bench, &email)?;
        let address = bench.stored(bench.store().address_of(&email, bench.now()))?.id;
        let link = EntrustedLink { office: key, booking, address, agent, language };
        let (name, typed) = (Some(name), Some(typed));
        bench.put_entrusted(AgentHandover { office: row, booking, agent, address, name, typed, at });
        bench.post(ENTRUSTED, serde_json::to_string(&link).unwrap_or_default());
        decide(bench, &Command::Entrust { booking, to: address }).map(drop)
    };
    turn.take("entrust", &asked, work).await
}

/// Whether an agent has left this time to a citizen.
///
/// # Errors
/// That the hub cannot read.
pub async fn is_left(ledger: &Ledger, office: &OfficeHandle, agent: u32, booking: BookingId) -> Result<bool, Fault> {
    let row = office.row;
    let kept = ledger.readers.read(move |store| store.entrusted(row, booking)).await?;
    Ok(kept.is_some_and(|kept| kept.agent == agent))
}
