//! Somebody comes back from a provider, who says who they are (PRE-02, OMB-19): the account that is known so is signed in;
//! staff whom a rule gives something have one made; whoever came through TAXISnet and has none gives an address first (PRE-04).
//! An address alone finds nobody's account.

use std::sync::Arc;

use access::{Access, AccountChange, AuditParty, AuditRecord, NewSession, Session, SessionWay, SignInWay};
use chrono::TimeDelta;
use identity::{OuterPerson, Providers};
use people::Profile;
use secrets::{ProviderNote, draw_token, token_hash};
use store::{Account, OuterArrival, OuterIdentity, Store, Stored};
use writer::Offices;

use crate::{
    ask_register, free_name, own_profile,
    provider_refusal::ProviderRefusal,
    ruled_grant::{self, RuledGrant},
    step_pass::StepPass,
};

/// Whoever has come and has no account has so long to give an address.
pub const ARRIVAL_MINUTES: i64 = 60;
/// The identity that proves a tax number.
const TAXISNET: &str = "taxisnet";

/// What a provider sends back, and what the browser kept.
#[derive(Debug, Clone)]
pub struct ProviderReturn {
    /// What the browser kept.
    pub kept: Option<String>,
    /// The provider, as the address names it.
    pub provider: String,
    /// The page that it was told to lead back to.
    pub redirect: String,
    /// What it sends of what it was sent.
    pub state: String,
    /// What a token is fetched with.
    pub code: String,
    /// Why there is none.
    pub error: String,
    /// Who was signed in there until now.
    pub earlier: Option<Arc<Session>>,
}

/// What came of it.
#[derive(Debug)]
pub enum ReturnOutcome {
    /// A session has begun.
    Begun(NewSession),
    /// A code of the second factor is asked for.
    CodeAsked(StepPass),
    /// A second factor has to be set up first.
    SetUpAsked(StepPass),
    /// Nobody here is known so: an address is asked for. What the browser keeps until then.
    Arrived(String),
    /// Somebody else is signed in here: whether both are one is asked.
    Connects(String),
}

/// Reads what came back, asks the provider, and signs in; says also which page is shown afterwards.
///
/// # Errors
/// [`ProviderRefusal`].
pub async fn run(
    access: &Access,
    (providers, offices): (&Providers, &Offices),
    asked: ProviderReturn,
) -> Result<(ReturnOutcome, String), ProviderRefusal> {
    let judged = judge(access, (providers, offices), asked).await;
    if let Err(refusal) = &judged
        && let Some(why) = refusal.failure()
    {
        access.audit.note(AuditRecord::SignInFailure { at: AuditParty::Stranger, why });
    }
    judged
}

async fn judge(
    access: &Access,
    (providers, offices): (&Providers, &Offices),
    asked: ProviderReturn,
) -> Result<(ReturnOutcome, String), ProviderRefusal> {
    let ProviderReturn { kept, provider, redirect, state, code, error, earlier } = asked;
    if !providers.has(&provider) {
        return Err(ProviderRefusal::Unknown);
    }
    let now = access.clock.now();
    let note = kept.and_then(|text| ProviderNote::read(&access.key, &text, now));
    let note = note.filter(|note| note.is_answered_by(&provider, &state)).ok_or(ProviderRefusal::Stray)?;
    let (mark, until) = (note.mark(), note.until);
    if !access.writer.change(move |store| store.go_way_once(&mark, until, now)).await? {
        return Err(ProviderRefusal::Stray);
    }
    if code.is_empty() {
        let declined = error == "access_denied";
        return Err(if declined { ProviderRefusal::Declined } else { ProviderRefusal::SaidNo });
    }
    let person = providers.person(&note, &redirect, &code).await?.ok_or(ProviderRefusal::Unknown)?;
    let tax_number = person.tax_number.clone();
    let outcome = known(access, offices, person, (SessionWay::Page, SignInWay::Provider), earlier, true).await?;
    if let (ReturnOutcome::Begun(begun), Some(tax_number)) = (&outcome, tax_number) {
        ask_register::after_sign_in(access, providers, begun.session.account.id, tax_number);
    }
    Ok((outcome, note.back))
}

/// Signs in whoever is known so, or says what comes first.
pub(crate) async fn known(
    access: &Access,
    offices: &Offices,
    person: OuterPerson,
    ways: (SessionWay, SignInWay),
    earlier: Option<Arc<Session>>,
    may_arrive: bool,
) -> Result<ReturnOutcome, ProviderRefusal> {
    let identity = OuterIdentity { provider: person.provider.clone(), subject: person.subject.clone() };
    let grant = ruled_grant::of(offices, &person.grants);
    let wanted = identity.clone();
    match access.writer.change(move |store| store.account_of_identity(&wanted)).await? {
        Some(id) => {
            let rule = person.is_ruled.then_some(RuledGrant { provider: person.provider.clone(), grant });
            let account = ruled_grant::follow(access, id, rule).await?;
            let account = account.filter(|account| !account.disabled).ok_or(ProviderRefusal::Shut)?;
            if account.blocked {
                return Err(ProviderRefusal::Blocked);
            }
            // Who was put out where their place comes from does not come in by another way.
            if account.is_ruled() && !person.is_ruled {
                return Err(ProviderRefusal::Ruled);
            }
            begin(access, account, &person, ways, earlier).await
        }
        None if earlier.is_some() && may_arrive => arrive(access, identity, person).await.map(ReturnOutcome::Connects),
        None if grant.is_some() => {
            let account = make(access, identity, &person, grant).await?.ok_or(ProviderRefusal::Nobody)?;
            begin(access, account, &person, ways, earlier).await
        }
        None if person.tax_number.is_some() && may_arrive => {
            arrive(access, identity, person).await.map(ReturnOutcome::Arrived)
        }
        None => Err(ProviderRefusal::Nobody),
    }
}

/// Keeps who has come, and gives what the browser keeps of it.
async fn arrive(access: &Access, identity: OuterIdentity, person: OuterPerson) -> Result<String, ProviderRefusal> {
    let token = draw_token();
    let (hash, until) = (token_hash(&token), access.clock.now() + TimeDelta::minutes(ARRIVAL_MINUTES));
    let arrival = OuterArrival { identity, name: person.name, tax_number: person.tax_number };
    access.writer.change(move |store| store.put_arrival(&hash, &arrival, until)).await?;
    Ok(token)
}

/// Makes the account of a member of staff whom nobody here knows yet.
async fn make(
    access: &Access,
    identity: OuterIdentity,
    person: &OuterPerson,
    grant: ruled_grant::StaffPlaceGrant,
) -> Result<Option<Arc<Account>>, ProviderRefusal> {
    let now = access.clock.now();
    let wish = person.user_name.clone().unwrap_or_default();
    let email = person.email.clone();
    let profile = Profile { name: person.name.clone(), ..Profile::default() };
    let body = own_profile::written(&profile);
    let made = access.writer.change(move |store: &Store| -> Stored<Option<u32>> {
        let name = free_name::of(store, &wish, "")?;
        let made = store.add_outer_account(&name, &identity, (email.as_deref(), &body), now)?;
        if let Some(account) = made {
            store.set_ruled_grant(account, (&identity.provider, grant), now)?;
        }
        Ok(made)
    });
    let Some(id) = made.await? else { return Ok(None) };
    let account = access.accounts.meet(&access.writer, id).await?;
    if let Some(account) = &account {
        access.audit.note(AuditRecord::AccountMade(AccountChange::own(account)));
    }
    Ok(account)
}

/// Begins the session of an account that is known so, or asks for the second step where the provider has asked for none.
async fn begin(
    access: &Access,
    account: Arc<Account>,
    person: &OuterPerson,
    (at, way): (SessionWay, SignInWay),
    earlier: Option<Arc<Session>>,
) -> Result<ReturnOutcome, ProviderRefusal> {
    // For its staff a house decides what is enough; the state's sign-in stands for citizens.
    let two_steps = person.two_steps && (person.provider != TAXISNET || !account.is_staff());
    if !two_steps && access.sign_in.asks(&account) {
        access.audit.note(AuditRecord::FirstStep(account.as_ref().into()));
        return Ok(ReturnOutcome::CodeAsked(StepPass::of(access, &account, Some(&person.provider))));
    }
    if !two_steps && access.sign_in.demands(&account) {
        access.audit.note(AuditRecord::FirstStep(account.as_ref().into()));
        return Ok(ReturnOutcome::SetUpAsked(StepPass::of(access, &account, Some(&person.provider))));
    }
    let who = AuditParty::from(account.as_ref());
    let provider = Some(person.provider.clone());
    let begun = access.accounts.begin_through(&access.writer, account, (at, two_steps, provider), access.clock.now());
    let begun = begun.await?.ok_or(ProviderRefusal::Shut)?;
    if let Some(earlier) = earlier {
        access.accounts.sign_out(&access.writer, &earlier).await?;
    }
    access.audit.note(AuditRecord::SignIn { who, way });
    Ok(ReturnOutcome::Begun(begun))
}
