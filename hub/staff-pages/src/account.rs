//! "My account": one's own password, address and second step.

use std::sync::Arc;

use access::Session;
use acts::{
    AccountRefusal, Fault,
    change_address::{self, AddressWish},
    change_own_password, drop_factor as drop_factor_act, end_session, own_account,
    passkeys::{PASSKEYS_MAX, are_possible},
    set_up_factor::{self, FactorRefusal},
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use body::{AccountId, CoordinatorPost, UnitId};
use paths::Page;
use serde::Deserialize;
use stationery::{
    account::{ConfirmedForm, OwnAddressForm, address_said, role, wrong},
    extract::PageQuery,
    form::OwnForm,
    frame::{Frame, page},
    new_password::{self, OwnPasswordForm},
    problem::WrongField,
    signed::MemberVisitor,
    visitor::link_limit,
};
use text::Voice;
use wire::ProblemCode;

use super::{
    passkey_words::{PasskeyLine, lines, without},
    set_up::codes_page,
};

#[derive(Template)]
#[template(path = "staff/account.html")]
struct AccountPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    name: String,
    role: String,
    /// What is known of the address.
    address: Option<String>,
    /// The address, as it stands in the form.
    email: String,
    has_factor: bool,
    /// Whether an authenticator app is set up.
    has_app: bool,
    passkeys: Vec<PasskeyLine>,
    sessions: Vec<SessionLine>,
    /// Whether they are a citizen, who can do more with their account than staff.
    is_of_citizen: bool,
    /// Why there can be none, or no more.
    no_more: Option<String>,
    /// Whether they have to have a second step.
    demanded: bool,
    codes_left: u16,
    /// Whether the body holds conferences.
    holds_conferences: bool,
    /// Whether they decide who becomes a coordinator.
    decides_roles: bool,
}

/// A session of theirs, as the page lists it.
struct SessionLine {
    mark: String,
    /// Since when nobody has used it.
    seen: String,
    /// Whether it is the one in which this page is shown.
    is_this: bool,
}

/// What was done before, which the page says above the rest.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum AccountNews {
    Password,
    Sent,
    Dropped,
    Passkey,
    PasskeyDropped,
    NoAddress,
    SessionEnded,
    #[serde(other)]
    Other,
}

impl AccountNews {
    fn said(self, voice: Voice) -> Option<String> {
        let sentence = match self {
            Self::Password => "account-password-done",
            Self::Sent => "account-address-sent",
            Self::NoAddress => "account-address-gone",
            Self::SessionEnded => "sessions-ended",
            Self::Dropped => "account-factor-dropped",
            Self::Passkey => "passkey-done",
            Self::PasskeyDropped => "passkey-dropped",
            Self::Other => return None,
        };
        Some(voice.say(sentence))
    }
}

/// How the page is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct AccountQuery {
    done: Option<AccountNews>,
}

/// The page, with what was done or is wrong.
pub async fn show(
    signed: &MemberVisitor,
    done: Option<String>,
    refusal: Option<WrongField>,
    typed: Option<String>,
) -> Result<Response, Fault> {
    let (refusal, marks) = WrongField::parts(refusal);
    let visitor = &signed.visitor;
    let state = &visitor.state;
    let account = own_account(&state.access, &signed.session).ok_or(ProblemCode::NotSignedIn)?;
    let id = account.id;
    let left = state.readers.read(move |store| store.recovery_codes_left(id)).await?;
    let passkeys = lines(visitor, id).await?;
    let is_full = u32::try_from(passkeys.len()).unwrap_or(u32::MAX) >= PASSKEYS_MAX;
    let no_more = match are_possible(&state.access) {
        Err(why) => Some(without(why, visitor.voice)),
        Ok(()) => is_full.then(|| visitor.voice.count("passkey-too-many", u64::from(PASSKEYS_MAX))),
    };
    let desk = coordination::conferences::list::desk(state.conferences(), AccountId(id)).await?;
    let decides_roles = CoordinatorPost::Unit(UnitId(0)).may_be_decided(&desk.grants);
    let own = AccountPage {
        f: visitor.frame().staff("account").at(Page::Account.to_string()).marking(marks),
        done,
        name: account.name.clone(),
        role: role(&account, visitor.voice),
        address: address_said(&account, visitor.voice),
        email: typed.or_else(|| account.email.clone()).unwrap_or_default(),
        has_factor: account.has_factor(),
        has_app: account.factor.is_some(),
        passkeys,
        sessions: sessions(signed),
        is_of_citizen: !account.is_staff(),
        no_more,
        demanded: state.access.sign_in.demands(&account),
        codes_left: u16::try_from(left).unwrap_or(u16::MAX),
        holds_conferences: state.body.conferences.is_some(),
        decides_roles,
        refusal: refusal.clone(),
    };
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(page(status, &own))
}

/// Where they are signed in.
fn sessions(signed: &MemberVisitor) -> Vec<SessionLine> {
    let visitor = &signed.visitor;
    let (state, dates) = (&visitor.state, visitor.dates_of_hub());
    let own = state.access.accounts.sessions_of(signed.session.account.id, state.clock.now());
    let line = |session: &Arc<Session>| SessionLine {
        mark: session.mark(),
        seen: dates.day_and_time(session.seen_at()),
        is_this: session.mark() == signed.session.mark(),
    };
    own.iter().map(line).collect()
}

/// Which session is to end.
#[derive(Deserialize)]
pub struct SessionForm {
    #[serde(default)]
    session: String,
}

/// Ends a session of theirs.
pub async fn end_session(
    signed: MemberVisitor,
    OwnForm { visitor, fields }: OwnForm<SessionForm>,
) -> Result<Response, Fault> {
    match end_session::run(&visitor.state.access, &signed.session, &fields.session).await {
        Ok(()) => Ok(done("session-ended")),
        // Over already: what was wanted.
        Err(fault) if fault.code == ProblemCode::NotFound => Ok(done("session-ended")),
        Err(fault) => Err(fault),
    }
}

/// Shows it.
pub async fn get(signed: MemberVisitor, PageQuery(query): PageQuery<AccountQuery>) -> Result<Response, Fault> {
    let done = query.done.and_then(|news| news.said(signed.visitor.voice));
    show(&signed, done, None, None).await
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back() -> Redirect {
    Redirect::to(&Page::Account.to_string())
}

/// Back to the page, which says what was done.
pub fn done(news: &str) -> Response {
    Redirect::to(&Page::Account.asking(format_args!("done={news}"))).into_response()
}

/// Changes the password.
pub async fn password(
    signed: MemberVisitor,
    OwnForm { visitor, fields }: OwnForm<OwnPasswordForm>,
) -> Result<Response, Fault> {
    let (state, (own, new)) = (&visitor.state, fields.parts(&visitor));
    match change_own_password::run(&state.access, &state.offices, &signed.session, own, new).await {
        Ok(()) => Ok(done("password")),
        Err(refusal) => show(&signed, None, new_password::refusal(refusal, visitor.voice)?, None).await,
    }
}

/// Has a link sent to another address.
pub async fn address(
    signed: MemberVisitor,
    OwnForm { visitor, fields }: OwnForm<OwnAddressForm>,
) -> Result<Response, Fault> {
    let (state, OwnAddressForm { email, own }) = (&visitor.state, fields);
    let (account, language, own) = (signed.session.account.id, visitor.voice.0, new_password::own(&visitor, own));
    let wish = AddressWish { account, email: email.clone(), language, own };
    match change_address::run(&state.access, &state.offices, &state.mail, &signed.session, (link_limit(&visitor), wish))
        .await
    {
        Ok(true) => Ok(done("sent")),
        Ok(false) => Ok(done("no-address")),
        Err(refusal) => show(&signed, None, Some(wrong(refusal, visitor.voice, "address")?), Some(email)).await,
    }
}

/// Takes the second step away.
pub async fn drop_factor(
    signed: MemberVisitor,
    OwnForm { visitor, fields }: OwnForm<ConfirmedForm>,
) -> Result<Response, Fault> {
    let own = new_password::own(&visitor, fields.own);
    match drop_factor_act::own(&visitor.state.access, &signed.session, own).await {
        Ok(()) => Ok(done("dropped")),
        Err(refusal) => show(&signed, None, Some(wrong(refusal, visitor.voice, "drop")?), None).await,
    }
}

/// Makes the recovery codes anew.
pub async fn codes(
    signed: MemberVisitor,
    OwnForm { visitor, fields }: OwnForm<ConfirmedForm>,
) -> Result<Response, Fault> {
    let own = new_password::own(&visitor, fields.own);
    let refusal = match set_up_factor::renew_codes(&visitor.state.access, &signed.session, own).await {
        Ok(codes) => return Ok(codes_page(&visitor, &codes, "codes-renewed", Page::Account.to_string())),
        Err(FactorRefusal::NotConfirmed) => AccountRefusal::NotConfirmed,
        // There is nothing to be renewed, and no button for it.
        Err(FactorRefusal::WrongCode | FactorRefusal::Over) => ProblemCode::NotFound.into(),
        Err(FactorRefusal::Fault(fault)) => fault.into(),
    };
    show(&signed, None, Some(wrong(refusal, visitor.voice, "codes")?), None).await
}
