//! A citizen who has two accounts joins them, by signing in to both: what the other has moves to this one, which stays. Nobody
//! else can, and two people are never one.

use std::{net::IpAddr, sync::Arc};

use access::{
    Access, AuditParty, AuditRecord, GuessProof, KnownBrowser, KnownName, Password, Session, SignInFailure, hash_of,
};
use body::{AccountCommand, AccountContext, AccountId, AnonymiseReason, BodyConfig, Doer, account};
use chrono::{DateTime, TimeDelta, Utc};
use office::{AddressId, BookingLife};
use people::Profile;
use secrets::JoinPass;
use store::{Account, Store, Stored};
use tokio::sync::Notify;
use wire::ProblemCode;
use writer::{MemberNews, Offices, WriteError};

use crate::{
    account_mail::sender,
    accounts::{own_account, refuses_by},
    citizens::tell,
    fault::Fault,
    levels::{LevelRoom, wish},
    own_profile,
    requests::join_applicant,
    step_pass::stamp,
};

/// The press that joins them follows the sign-in within so long.
const PASS_MINUTES: i64 = 15;
/// So many requests move at once; nobody has submitted more.
const REQUESTS_MAX: u32 = 2_000;

/// A sign-in to the other account, as it was typed.
#[derive(Debug, Clone)]
pub struct JoinAttempt {
    /// The network address at the other end, whose failures are counted.
    pub from: IpAddr,
    /// What the browser keeps of who signed in there.
    pub browser: KnownBrowser,
    /// The user name of the other account.
    pub name: String,
    /// The password of the other account.
    pub password: Password,
    /// A code of its second factor, where it has one.
    pub code: String,
}

/// Why two accounts are not joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JoinRefusal {
    /// The name, the password or the code is not right.
    NotRight,
    /// It is the account that one is signed in with.
    Same,
    /// Staff have blocked the other account.
    Blocked,
    /// What both say of their owner, or who vouches for them, says that they are two people.
    OtherPerson,
    /// The other account has more requests than move at once.
    TooMuch,
    /// The sign-in is too long ago, or the other account is another by now.
    Over,
    /// The hub cannot.
    Fault(Fault),
}

refuses_by!(JoinRefusal: Fault, ProblemCode, WriteError);

impl JoinRefusal {
    /// The sentence that says so; none where the fault says it.
    #[must_use]
    pub const fn sentence(&self) -> Option<&'static str> {
        match self {
            Self::NotRight => Some("join-not-right"),
            Self::Same => Some("join-same"),
            Self::Blocked => Some("join-blocked"),
            Self::OtherPerson => Some("join-other-person"),
            Self::TooMuch => Some("join-too-much"),
            Self::Over => Some("join-over"),
            Self::Fault(_) => None,
        }
    }
}

/// What moves, before it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinPreview {
    /// What the page keeps until the press.
    pub pass: String,
    /// The user name of the account that goes.
    pub user: String,
    /// How many bookings move.
    pub bookings: usize,
    /// How many requests move.
    pub requests: u32,
    /// Whether level B moves, with the details that were certified.
    pub level_b: bool,
    /// Whether the way of signing in through another moves.
    pub provider: bool,
}

/// Signs in to the other account, and says what would move. Nothing is changed by it.
///
/// # Errors
/// [`JoinRefusal`].
pub async fn preview(
    room: LevelRoom<'_>,
    access: &Access,
    session: &Session,
    attempt: JoinAttempt,
) -> Result<JoinPreview, JoinRefusal> {
    let own = own_account(access, session).filter(|own| !own.is_staff()).ok_or(ProblemCode::NotAllowed)?;
    let other = sign_in(access, attempt).await?;
    if other.id == own.id {
        return Err(JoinRefusal::Same);
    }
    let (into, from) = (own.id, other.id);
    let found = room.ledger.readers.read(move |store| {
        let verdict = Moving::of(store, into, from)?;
        let requests = store.requests_of(AccountId(from), REQUESTS_MAX + 1)?.len();
        Ok((verdict, requests, addresses(store, from)?))
    });
    let (moving, requests, addresses) = found.await.map_err(Fault::from)?;
    let moving = moving.ok_or(JoinRefusal::OtherPerson)?;
    let requests = u32::try_from(requests).unwrap_or(u32::MAX);
    if requests > REQUESTS_MAX {
        return Err(JoinRefusal::TooMuch);
    }
    let until = access.clock.now() + TimeDelta::minutes(PASS_MINUTES);
    let pass = JoinPass { into, from, stamp: stamp(&other), until };
    Ok(JoinPreview {
        pass: pass.written(&access.key),
        user: other.name.clone(),
        bookings: bookings(room.offices, &addresses),
        requests,
        level_b: moving.certificate.is_some(),
        provider: moving.provider,
    })
}

/// The other account, for who knows its password and has its second factor.
async fn sign_in(access: &Access, attempt: JoinAttempt) -> Result<Arc<Account>, JoinRefusal> {
    let JoinAttempt { from, browser, name, password, code } = attempt;
    let name = name.trim();
    let other = access.accounts.with_name(name).filter(|account| !account.is_staff() && !account.disabled);
    let browser = other.as_ref().and_then(|other| browser.has_signed_in(&access.key, KnownName::Account(other.id)));
    let too_many = |_| JoinRefusal::from(ProblemCode::TooManyRequests);
    let guess = access.limits.guess(from, name, GuessProof { browser, challenge: None }).map_err(too_many)?;
    let kept = other.as_ref().and_then(|account| account.password.clone());
    let is_right = match hash_of(password, vec![kept]).await {
        Ok(found) => found.is_some(),
        Err(error) => {
            guess.give_back();
            return Err(Fault::from(error).into());
        }
    };
    let refused = |at: AuditParty, why| {
        access.audit.note(AuditRecord::SignInFailure { at, why });
        JoinRefusal::NotRight
    };
    let Some(other) = other else { return Err(refused(AuditParty::Stranger, SignInFailure::UnknownName)) };
    let at = AuditParty::from(other.as_ref());
    if !is_right {
        return Err(refused(at, SignInFailure::WrongPassword));
    }
    if access.sign_in.asks(&other) {
        let of_account = access.limits.code_guess(other.id, browser).map_err(too_many)?;
        if access.takes_code(&other, &code).await.map_err(Fault::from)?.is_none() {
            return Err(refused(at, SignInFailure::WrongCode));
        }
        of_account.give_back();
    }
    guess.give_back();
    if other.blocked { Err(JoinRefusal::Blocked) } else { Ok(other) }
}

/// The addresses by which bookings are an account's.
fn addresses(store: &Store, account: u32) -> Stored<Vec<AddressId>> {
    let email = store.account(account)?.filter(|account| account.email_proven).and_then(|account| account.email);
    let mut all = store.joined_addresses(account)?;
    all.extend(email.map(|email| store.address_id(&email)).transpose()?.flatten());
    Ok(all)
}

/// How many bookings there are with these addresses.
fn bookings(offices: &Offices, addresses: &[AddressId]) -> usize {
    let is_one = |life: &BookingLife| {
        let is_asked_for = !matches!(life, BookingLife::Held { .. } | BookingLife::Expired { .. });
        let address = life.party().and_then(|party| party.address);
        is_asked_for && address.is_some_and(|address| addresses.contains(&address))
    };
    let in_office = |office: &Arc<writer::OfficeHandle>| {
        office.read().bookings.values().filter(|booking| is_one(&booking.life)).count()
    };
    offices.iter().map(in_office).sum()
}

/// What moves beside bookings and requests.
struct Moving {
    certificate: Option<body::Certificate>,
    provider: bool,
    profile: Profile,
}

impl Moving {
    /// What moves from one account to another; nothing, where they are two people.
    fn of(store: &Store, into: u32, from: u32) -> Stored<Option<Self>> {
        let profile = |account| -> Stored<Profile> { Ok(own_profile::kept(store, account)?.unwrap_or_default()) };
        let (own, other) = (profile(into)?, profile(from)?);
        let differs = |one: &str, other: &str| !one.is_empty() && !other.is_empty() && one != other;
        if differs(&own.tax_number, &other.tax_number) {
            return Ok(None);
        }
        let (mine, theirs) = (store.identities_of(into)?, store.identities_of(from)?);
        if theirs.iter().any(|one| mine.iter().any(|known| known.provider == one.provider)) {
            return Ok(None);
        }
        let has_own = store.standing(AccountId(into))?.certificate.is_some();
        let certificate = store.standing(AccountId(from))?.certificate.filter(|_| !has_own);
        let filled = |own: String, other: String| if own.is_empty() { other } else { own };
        let profile = match certificate {
            // As it was certified; where they are called is nobody's certificate.
            Some(_) => Profile { phone: filled(own.phone, other.phone.clone()), ..other },
            None => Profile {
                name: filled(own.name, other.name),
                phone: filled(own.phone, other.phone),
                tax_number: filled(own.tax_number, other.tax_number),
                tax_office: filled(own.tax_office, other.tax_office),
                street: filled(own.street, other.street),
                postcode: filled(own.postcode, other.postcode),
                town: filled(own.town, other.town),
            },
        };
        Ok(Some(Self { certificate, provider: !theirs.is_empty(), profile }))
    }
}

/// Joins them: bookings, requests, level B and the way of signing in through another move, and the other account is gone.
///
/// # Errors
/// [`JoinRefusal`]; then nothing has moved.
pub async fn run(
    room: LevelRoom<'_>,
    (access, mail): (&Access, &Notify),
    session: &Session,
    pass: &str,
) -> Result<(), JoinRefusal> {
    let own = own_account(access, session).filter(|own| !own.is_staff()).ok_or(ProblemCode::NotAllowed)?;
    let now = access.clock.now();
    let pass = JoinPass::read(&access.key, pass, now).filter(|pass| pass.into == own.id).ok_or(JoinRefusal::Over)?;
    let other = access.accounts.with_number(pass.from).ok_or(JoinRefusal::Over)?;
    let office = sender(room.offices, None)?;
    let body = Arc::clone(&room.body.config);
    let join = move |store: &Store| move_all(store, &body, &pass, (office, now));
    room.ledger.writer.change(join).await??;
    access.accounts.forget(other.id);
    mail.notify_one();
    let (into, from) = (own.as_ref().into(), other.as_ref().into());
    access.audit.note(AuditRecord::AccountsJoined { into, from });
    Ok(())
}

/// Everything of it, in the writer's turn.
fn move_all(
    store: &Store,
    body: &BodyConfig,
    pass: &JoinPass,
    (office, now): (u32, DateTime<Utc>),
) -> Stored<Result<(), JoinRefusal>> {
    let JoinPass { into, from, stamp: stamped, .. } = pass;
    let (into, from) = (*into, *from);
    // As both are now.
    let is_open = |account: &Account| !account.is_staff() && !account.disabled && !account.blocked;
    let other = store.account(from)?.filter(|other| is_open(other) && stamp(other) == *stamped);
    if other.is_none() || store.account(into)?.is_none_or(|own| !is_open(&own)) {
        return Ok(Err(JoinRefusal::Over));
    }
    let Some(moving) = Moving::of(store, into, from)? else { return Ok(Err(JoinRefusal::OtherPerson)) };
    let rows = store.requests_of(AccountId(from), REQUESTS_MAX + 1)?;
    if rows.len() > REQUESTS_MAX as usize {
        return Ok(Err(JoinRefusal::TooMuch));
    }
    let (mine, theirs) = (AccountId(into), AccountId(from));
    // Looked at before anything is kept: what is refused has moved nothing.
    let context = |account| AccountContext { account, by: Doer::Account(account), now, rules: None };
    let join = AccountCommand::Join { from: theirs, certificate: moving.certificate };
    let give_up = AccountCommand::GiveUp { open_cases: 0, because: AnonymiseReason::Merged };
    let says_yes = account::decide(&store.standing(mine)?, &join, &context(mine)).is_ok()
        && account::decide(&store.standing(theirs)?, &give_up, &context(theirs)).is_ok();
    if !says_yes {
        return Ok(Err(JoinRefusal::Over));
    }
    // Where the account that goes was written to, its owner hears of it too: nobody signs in to it any more.
    let away = other.and_then(|other| other.email.filter(|_| other.email_proven));
    let away = away.map(|email| store.address_of(&email, now)).transpose()?;
    for row in rows {
        join_applicant::run(store, body, row, mine, now)?;
    }
    store.set_profile(into, &own_profile::written(&moving.profile), now)?;
    let _ = wish::decide(store, &[join], &context(mine))?;
    let _ = wish::decide(store, &[give_up], &context(theirs))?;
    store.join_account(from, into, now)?;
    store.erase_account(from, now)?;
    tell::run(store, (office, into), MemberNews::Joined, now)?;
    if let Some(address) = away {
        tell::run(store, (office, into), MemberNews::JoinedAway { address: address.id }, now)?;
    }
    Ok(Ok(()))
}
