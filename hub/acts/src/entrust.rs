//! An agent leaves a held time to a citizen, who makes it final (TRN-07).

use office::{AddressId, AgentId, Audience, BookingId, BookingLife, Command, Promise};
use people::DetailForm;
use secrets::{EntrustedLink, draw_id};
use serde::Serialize;
use store::{AgentHandover, MobileCode};
use wire::ProblemCode;
use writer::{ENTRUSTED, OfficeHandle, Workbench};

use crate::{
    fault::Fault,
    kept::kept_typed,
    ledger::Ledger,
    link_limit::LinkLimit,
    mobile_limit::take_code,
    send_mobile_code::{MOBILE_TRIES, put},
    turn::{Turn, decide},
};

/// How a citizen is reached for whom an agent books.
#[derive(Debug, Clone, Serialize)]
pub enum CitizenReach {
    /// By a link to an e-mail address, in lower case.
    Mail(String),
    /// By a code to a mobile, as E.164, that may be written to.
    Mobile(String),
}

/// What an agent leaves to whom.
#[derive(Debug, Clone, Serialize)]
pub struct Entrustment {
    /// The held time, which is the agent's.
    pub booking: BookingId,
    /// How the citizen is reached.
    pub to: CitizenReach,
    /// The citizen's name, for the agent's own list.
    pub name: String,
    /// What the agent typed for the citizen.
    pub typed: DetailForm,
    /// The language of the message.
    pub language: office::Language,
}

/// Leaves it to them: the time, what was typed, and the message, in one transaction. A mail counts as a link that was asked
/// for, from the agent's network and for the citizen's address; a code counts for the mobile's day besides.
///
/// # Errors
/// `not-allowed` for a time that is no agent's, `too-many-requests`, what the rules say, or that the hub cannot write.
pub async fn run(turn: Turn<'_>, limit: LinkLimit, entrustment: Entrustment) -> Result<(), Fault> {
    let (key, row, asked) = (turn.office.key.to_string(), turn.office.row, entrustment.clone());
    let work = move |bench: &mut Workbench<'_>| {
        let Entrustment { booking, to, name, typed, language } = entrustment;
        let Promise { audience, start: at, .. } =
            bench.office().bookings.get(&booking).ok_or(ProblemCode::BookingExpired)?.promise;
        let Audience::Agent(AgentId(agent)) = audience else { return Err(ProblemCode::NotAllowed.into()) };
        let kept = bench.stored(bench.store().entrusted(row, booking))?;
        let known = kept.filter(|kept| kept.agent == agent).map(|kept| kept.address);
        let (name, typed) = (Some(name), Some(kept_typed(&typed)));
        let handover = |address| AgentHandover { office: row, booking, agent, address, name, typed, at };
        match to {
            CitizenReach::Mail(email) => {
                // Pressed twice: it is left to them already.
                if known.is_some() && known == bench.stored(bench.store().address_id(&email))? {
                    return Ok(());
                }
                limit.take(bench, &email)?;
                let address = bench.stored(bench.store().address_of(&email, bench.now()))?.id;
                let link = EntrustedLink { office: key, booking, address, agent, language };
                bench.put_entrusted(handover(address));
                bench.post(ENTRUSTED, serde_json::to_string(&link).unwrap_or_default());
                decide(bench, &Command::Entrust { booking, to: address }).map(drop)
            }
            CitizenReach::Mobile(phone) => {
                let sent = bench.stored(bench.store().mobile_code(row, booking))?;
                if known.is_some() && sent.is_some_and(|sent| sent.phone == phone) {
                    return Ok(());
                }
                take_code(bench, &limit, &phone)?;
                // Whoever has a time kept already is the same person, so that nobody has more of them than one may.
                let now = bench.now();
                let owner = bench.stored(bench.store().owner_of_mobile(&phone, now))?;
                let owner = owner.unwrap_or_else(|| AddressId(draw_id()));
                bench.put_entrusted(handover(owner));
                decide(bench, &Command::Entrust { booking, to: owner })?;
                let BookingLife::Held { expires_at, .. } =
                    bench.office().bookings.get(&booking).ok_or(ProblemCode::BookingExpired)?.life
                else {
                    return Err(ProblemCode::BookingExpired.into());
                };
                let (drawn, tries) = (draw_id(), MOBILE_TRIES);
                let code =
                    MobileCode { office: row, booking, owner, phone, language, drawn, sent_at: now, expires_at, tries };
                put(bench, code, agent)
            }
        }
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
