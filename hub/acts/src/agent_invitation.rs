//! Somebody who was invited as an agent agrees, once for each invitation (TRN-08): who has an account signs in with it, and for who
//! has none one is made when they choose a password.

use access::{Access, AccountChange, AuditParty, AuditRecord, NewSession, Session, SessionWay, SignInWay, hash_beside};
use body::OpenedBy;
use office::Language;
use people::Profile;
use secrets::{ServerKey, draw_id, read_invitation};
use store::{Activation, Agent, Registration, Store, Stored};
use wire::ProblemCode;
use writer::Offices;

use crate::{
    accounts::{NewPasswordRefusal, context, own_account},
    fault::Fault,
    free_name,
    ledger::Ledger,
    levels::open,
    set_new_password::TwicePassword,
    sign_in,
};

/// An agent whose invitation was good when it was looked at.
#[derive(Debug, Clone)]
pub struct Invitee {
    agent: Agent,
    has_account: bool,
}

impl Invitee {
    /// Whom the office invited, as its own list has them.
    pub const fn agent(&self) -> &Agent {
        &self.agent
    }

    /// Whether they have an account, with which they sign in to agree.
    pub const fn has_account(&self) -> bool {
        self.has_account
    }
}

/// Whether somebody has an account: that of the address, or the one with which they agreed before.
fn has_account(store: &Store, agent: &Agent) -> Stored<bool> {
    let before = agent.account.map(|account| store.account(account)).transpose()?.flatten();
    Ok(before.is_some_and(|account| !account.disabled) || store.account_at(&agent.email)?.is_some())
}

/// Who is invited by a link; nobody, if it is good no longer. Looking changes nothing.
///
/// # Errors
/// That the hub cannot read.
pub async fn invitee(ledger: &Ledger, key: &ServerKey, link: &str) -> Result<Option<Invitee>, Fault> {
    let Some(invitation) = read_invitation(key, link) else { return Ok(None) };
    if invitation.expires_at <= ledger.clock.now() {
        return Ok(None);
    }
    let found = ledger.readers.read(move |store| {
        let found = store.agent_invited(invitation.agent, invitation.invited_at)?.filter(Agent::is_awaited);
        found.map(|agent| Ok(Invitee { has_account: has_account(store, &agent)?, agent })).transpose()
    });
    Ok(found.await?)
}

/// Makes an account with the password for who has none, and signs in.
///
/// # Errors
/// [`NewPasswordRefusal`]; `Over` also where they have an account by now.
pub async fn run(
    access: &Access,
    offices: &Offices,
    Invitee { agent, .. }: Invitee,
    (wish, language): (TwicePassword, Language),
) -> Result<NewSession, NewPasswordRefusal> {
    let checked = wish.checked(&context(offices, &[&agent.name, &agent.email]))?;
    let hash = hash_beside(checked).await?;
    let now = access.clock.now();
    let make = move |store: &Store| -> Stored<Option<u32>> {
        let awaited = store.agent_invited(agent.id, agent.invited_at.timestamp_millis())?.filter(Agent::is_awaited);
        let Some(agent) = awaited else { return Ok(None) };
        if has_account(store, &agent)? {
            return Ok(None);
        }
        let Activation::Account(account) = store.activate(&registration(store, &agent, hash)?, now)? else {
            return Ok(None);
        };
        store.set_account_language(account, language)?;
        open::run(store, account, OpenedBy::Invitation, now)?;
        Ok(store.accept_agency(&agent, account, now)?.then_some(account))
    };
    let made = access.writer.change(make).await?.ok_or(NewPasswordRefusal::Over)?;
    let account = access.accounts.meet(&access.writer, made).await?.ok_or(NewPasswordRefusal::Over)?;
    let (change, who) = (AccountChange::own(&account), AuditParty::from(account.as_ref()));
    access.audit.note(AuditRecord::AccountMade(change));
    access.audit.note(AuditRecord::RoleGiven(change));
    let begun = sign_in::begin(access, account, (SessionWay::Page, SignInWay::Password), None).await;
    Ok(begun.map_err(|unsigned| Fault::from(unsigned.told(&access.audit, who)))?)
}

/// The account that is made of an invitation: they sign in with the address to which it went, if that can be a user name.
fn registration(store: &Store, agent: &Agent, password: String) -> Stored<Registration> {
    let email = agent.email.clone();
    let is_free = access::check_name(&email).is_ok() && !store.is_name_taken(&email, &email)?;
    let name = if is_free {
        email.clone()
    } else {
        free_name::of(store, email.split('@').next().unwrap_or_default(), &email)?
    };
    let said = Profile {
        name: agent.name.clone(),
        phone: agent.phone.clone().unwrap_or_default(),
        tax_number: agent.tax_number.clone().unwrap_or_default(),
        ..Profile::default()
    };
    let profile = serde_json::to_string(&said).unwrap_or_default();
    Ok(Registration { id: draw_id(), name, password, email, profile })
}

/// Whoever is signed in agrees, with their account; `false` where the invitation is good no longer, or they are an agent of that
/// office already.
///
/// # Errors
/// `not-signed-in`, or that the hub cannot write.
pub async fn agree(access: &Access, session: &Session, Invitee { agent, .. }: Invitee) -> Result<bool, Fault> {
    let account = own_account(access, session).ok_or(ProblemCode::NotSignedIn)?;
    let (id, now) = (account.id, access.clock.now());
    let agreed = access.writer.change(move |store| store.accept_agency(&agent, id, now)).await?;
    if agreed {
        access.audit.note(AuditRecord::RoleGiven(AccountChange::own(&account)));
    }
    Ok(agreed)
}
