//! Everything that is kept of somebody with an account, for them to take along (FLD-23).

use std::sync::Arc;

use access::{Access, Session};
use body::{AccountEvent, AccountId, AccountStep, BodyConfig};
use office::Language;
use people::Profile;
use serde::Serialize;
use store::{Actor, Agent, OuterIdentity, StaffVerdict};
use vocabulary::civil::CivilInstant;
use wire::ProblemCode;
use writer::Offices;

use crate::{
    accounts::own_account,
    coordination_export::{InvitedExport, RoleRequestExport, invited, role_requests},
    export::{self, ExportWish, PersonExport},
    fault::Fault,
    ledger::Ledger,
    looks::LookKind,
    own_profile,
    requests::kept::{RequestExport, exports},
};

/// So many looks are handed out, the newest.
const LOOKS_MAX: u32 = 5_000;

/// Everything that is kept of an account, as it is handed out.
#[derive(Debug, Clone, Serialize)]
pub struct AccountExport {
    /// The name with which they sign in.
    pub user_name: String,
    /// Where its mails go.
    pub email: Option<String>,
    /// The addresses of accounts that were joined to it.
    pub joined: Vec<String>,
    /// What its owner said of themselves.
    pub profile: Profile,
    /// How the account is known elsewhere; for TAXISnet by the tax number.
    pub known_elsewhere: Vec<KnownElsewhere>,
    /// What the register of staff answered about its owner, and when.
    pub staff_register: Option<(StaffVerdict, CivilInstant)>,
    /// Its requests, with what was written and sent.
    pub requests: Vec<RequestExport>,
    /// When its owner looked at their records with the body; what was seen then is kept nowhere.
    pub records_looks: Vec<CivilInstant>,
    /// What its owner asked for to be a coordinator.
    pub role_requests: Vec<RoleRequestExport>,
    /// The conferences to which its address is invited.
    pub conferences: Vec<InvitedExport>,
    /// The bookings that were made with its address, each with everything that is kept of it.
    pub bookings: Vec<PersonExport>,
    /// The language in which its owner is written to, where they chose one.
    pub language: Option<Language>,
    /// What was decided about it, in order.
    pub history: Vec<AccountHistoryStep>,
    /// When staff looked at it.
    pub account_looks: Vec<CivilInstant>,
    /// As whom its owner books for citizens, with what the offices wrote down.
    pub agents: Vec<AgentExport>,
}

/// Something that was decided about an account.
#[derive(Debug, Clone, Serialize)]
pub struct AccountHistoryStep {
    /// The moment at which it was decided.
    pub at: CivilInstant,
    /// What happened.
    pub step: AccountStep,
    /// What was written with it.
    pub words: Option<String>,
}

/// An agent that the owner of an account is.
#[derive(Debug, Clone, Serialize)]
pub struct AgentExport {
    /// The key of the office; empty where it is no more.
    pub office: String,
    /// The name there.
    pub name: String,
    /// Where they were invited.
    pub email: String,
    /// Where they are called.
    pub phone: Option<String>,
    /// The agent's own, as the office wrote it down.
    pub tax_number: Option<String>,
    /// What is filled in for them, as JSON.
    pub profile: Option<String>,
}

/// How another knows the owner of an account.
#[derive(Debug, Clone, Serialize)]
pub struct KnownElsewhere {
    /// The name of the provider by whom they are known.
    pub provider: String,
    /// Its number or word for them.
    pub subject: String,
}

/// Hands it out.
///
/// # Errors
/// `not-signed-in` where the account is shut, or that the hub cannot read.
pub async fn run(
    ledger: &Ledger,
    access: &Access,
    (offices, body): (&Offices, &Arc<BodyConfig>),
    session: &Session,
) -> Result<AccountExport, Fault> {
    let account = own_account(access, session).ok_or(ProblemCode::NotSignedIn)?;
    let profile = own_profile::read(&ledger.readers, session).await?;
    let email = account.email.clone().filter(|_| account.email_proven);
    let (mut bookings, id) = (Vec::new(), account.id);
    let joined = ledger.readers.read(move |store| store.joined_emails(id)).await?;
    let addresses: Vec<String> = email.iter().cloned().chain(joined.iter().cloned()).collect();
    let own = addresses.clone();
    let kept = ledger.readers.read(move |store| Ok((role_requests(store, AccountId(id))?, invited(store, &own)?)));
    let (role_requests, conferences) = kept.await?;
    for address in addresses {
        let wanted = address.clone();
        let records = ledger.readers.read(move |store| store.records_of(&wanted)).await?;
        for record in records {
            let is_own = record.email.as_deref() == Some(address.as_str());
            let holder = if is_own { secrets::Holder::Applicant } else { secrets::Holder::Served };
            let wish = ExportWish { person: record.id, holder };
            bookings.push(export::run(ledger, offices, Actor::Citizen, wish).await?);
        }
    }
    let id = account.id;
    let found = ledger.readers.read(move |store| {
        let looks = store.looks_of(id, LookKind::Records.name(), LOOKS_MAX)?;
        let seen = store.looks_at(id, LookKind::Account.name(), LOOKS_MAX)?;
        Ok((store.identities_of(id)?, store.staff_standing(id)?, (looks, seen), store.agents_of_account(id)?))
    });
    let (known, standing, (looks, seen), agents) = found.await?;
    let history = ledger
        .readers
        .read(move |store| Ok((store.standing_events(AccountId(id))?, store.account_words(AccountId(id))?)));
    let (events, words) = history.await?;
    let history = events.into_iter().filter_map(|AccountEvent { at, step, .. }| {
        let written = step.words().and_then(|id| words.iter().find(|one| one.id == id));
        Some(AccountHistoryStep { at: CivilInstant::new(at)?, words: written.and_then(|one| one.text.clone()), step })
    });
    let history = history.collect();
    let account_looks = seen.into_iter().filter_map(|look| CivilInstant::new(look.at)).collect();
    let key = |row: u32| offices.iter().find(|office| office.row == row).map(|office| office.key.to_string());
    let agents = agents.into_iter().map(|Agent { office, name, email, phone, tax_number, profile, .. }| AgentExport {
        office: key(office).unwrap_or_default(),
        name,
        email,
        phone,
        tax_number,
        profile,
    });
    let agents = agents.collect();
    let elsewhere = |OuterIdentity { provider, subject }: OuterIdentity| KnownElsewhere { provider, subject };
    let known_elsewhere = known.into_iter().map(elsewhere).collect();
    let staff_register = standing.and_then(|standing| Some((standing.verdict, CivilInstant::new(standing.at)?)));
    let records_looks = looks.into_iter().filter_map(|look| CivilInstant::new(look.at)).collect();
    let (user_name, body) = (account.name.clone(), Arc::clone(body));
    let requests = ledger.readers.read(move |store| exports(store, &body, AccountId(id))).await?;
    Ok(AccountExport {
        user_name,
        email,
        joined,
        profile,
        known_elsewhere,
        staff_register,
        records_looks,
        requests,
        role_requests,
        conferences,
        bookings,
        language: account.language,
        history,
        account_looks,
        agents,
    })
}
