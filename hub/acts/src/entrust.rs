//! An agent leaves a held time to a citizen, who makes it final (TRN-07).

use std::net::IpAddr;

use access::{LimitsConfig, may_ask};
use office::{AddressId, AgentId, Audience, BookingId, Command};
use secrets::{EntrustedLink, ServerKey};
use serde::Serialize;
use store::Entrusted;
use wire::ProblemCode;
use writer::{Clock, ENTRUSTED};

use crate::{
    fault::Fault,
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
pub async fn run(
    turn: Turn<'_>,
    key: &ServerKey,
    (limits, from): (&LimitsConfig, IpAddr),
    clock: &Clock,
    entrustment: Entrustment,
) -> Result<(), Fault> {
    let agent_of = |office: &office::Office| match office.bookings.get(&entrustment.booking)?.promise.audience {
        Audience::Agent(AgentId(agent)) => Some(agent),
        _ => None,
    };
    let agent = agent_of(&turn.office.read()).ok_or(ProblemCode::NotAllowed)?;
    let (key, limits, now, email) = (key.clone(), *limits, clock.now(), entrustment.email.clone());
    let counted = turn.writer.change(move |store| {
        let may = may_ask(store, &key, &limits, (&email, from), now)?;
        if may { store.address_of(&email, now).map(|address| Some(address.id)) } else { Ok(None) }
    });
    let address = counted.await?.ok_or(ProblemCode::TooManyRequests)?;
    let (office, row, asked) = (turn.office.key.to_string(), turn.office.row, entrustment.clone());
    let work = move |bench: &mut writer::Workbench<'_>| leave(bench, (office, row), (agent, address), entrustment);
    turn.take("entrust", &asked, work).await
}

fn leave(
    bench: &mut writer::Workbench<'_>,
    (office, row): (String, u32),
    (agent, address): (u32, AddressId),
    entrustment: Entrustment,
) -> Result<(), Fault> {
    let Entrustment { booking, name, typed, language, .. } = entrustment;
    let at = bench.office().bookings.get(&booking).ok_or(ProblemCode::BookingExpired)?.promise.start;
    let link = EntrustedLink { office, booking, address, agent, language };
    bench.put_entrusted(Entrusted { office: row, booking, agent, address, name: Some(name), typed: Some(typed), at });
    bench.post(ENTRUSTED, serde_json::to_string(&link).unwrap_or_default());
    decide(bench, &Command::Entrust { booking, to: address }).map(drop)
}
