//! An authenticator app is set up: at sign-in, where a second factor is demanded, or later by who is signed in.

use std::sync::Arc;

use access::{
    Access, AccountChange, AuditRecord, FactorError, NewSession, RecoveryCodes, Session, SessionWay, SignInWay,
};
use secrets::FactorSecret;
use store::Account;
use wire::ProblemCode;

use crate::{
    accounts::{own_account, refuses_by},
    confirm_self::{self, OwnPassword},
    fault::Fault,
    sign_in::begin_through,
    step_pass::StepPass,
};

/// A secret that is shown, and taken once its first code was typed.
#[derive(Debug, Clone)]
pub struct FactorDraft {
    /// As people type it.
    pub typed: String,
    /// What the QR code says.
    pub address: String,
    /// As the form carries it.
    pub draft: String,
}

impl FactorDraft {
    /// One for an account, in the name of a house: a new one, or the one that a form carried.
    pub fn of(access: &Access, account: &Account, issuer: &str, carried: Option<&str>) -> Self {
        let carried = carried.and_then(|draft| FactorSecret::of_draft(&access.key, account.id, draft));
        let secret = carried.unwrap_or_else(FactorSecret::draw);
        Self {
            typed: secret.typed(),
            address: secret.address(issuer, &account.name),
            draft: secret.draft(&access.key, account.id),
        }
    }
}

/// The first code of an app.
#[derive(Debug, Clone)]
pub struct FirstCode {
    /// What the form carried.
    pub draft: String,
    /// The first digits of the app, which show that it is set up.
    pub code: String,
}

/// Why no second factor is set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactorRefusal {
    /// The password of who asks is not right.
    NotConfirmed,
    /// The code is not of this secret, or of another time.
    WrongCode,
    /// The account has another second factor by now, or the first step is too long ago.
    Over,
    /// The hub cannot.
    Fault(Fault),
}

refuses_by!(FactorRefusal: Fault, ProblemCode, FactorError);

/// Sets it up for who has just typed the password, and begins the session.
///
/// # Errors
/// [`FactorRefusal`].
pub async fn at_sign_in(
    access: &Access,
    pass: &StepPass,
    first: FirstCode,
    earlier: Option<Arc<Session>>,
) -> Result<(NewSession, RecoveryCodes), FactorRefusal> {
    let account = pass.account(access).ok_or(FactorRefusal::Over)?;
    // Whoever has one is asked for its code, and sets another up afterwards.
    if account.has_factor() {
        return Err(FactorRefusal::Over);
    }
    let codes = set(access, &account, first, None).await?;
    let account = access.accounts.with_number(account.id).ok_or(FactorRefusal::Over)?;
    let at = account.as_ref().into();
    // Its QR code is shown on a page.
    let ways = (SessionWay::Page, SignInWay::SettingUp, pass.provider(access));
    let begun = begin_through(access, account, ways, earlier).await;
    let begun = begun.map_err(|unsigned| FactorRefusal::Fault(unsigned.told(&access.audit, at).into()))?;
    Ok((begun, codes))
}

/// Sets it up for who is signed in, in place of the one that they had. Every other session of theirs ends.
///
/// # Errors
/// [`FactorRefusal`].
pub async fn own(
    access: &Access,
    session: &Session,
    password: OwnPassword,
    first: FirstCode,
) -> Result<RecoveryCodes, FactorRefusal> {
    let account = own_account(access, session).ok_or(ProblemCode::NotSignedIn)?;
    if !confirm_self::run(access, session, password).await? {
        return Err(FactorRefusal::NotConfirmed);
    }
    set(access, &account, first, Some(session)).await
}

async fn set(
    access: &Access,
    account: &Account,
    FirstCode { draft, code }: FirstCode,
    keep: Option<&Session>,
) -> Result<RecoveryCodes, FactorRefusal> {
    let secret = FactorSecret::of_draft(&access.key, account.id, &draft).ok_or(FactorRefusal::WrongCode)?;
    let step = secret.step_of(&code, access.clock.now()).ok_or(FactorRefusal::WrongCode)?;
    let codes = access.set_factor(account, &secret, step, keep).await?.ok_or(FactorRefusal::Over)?;
    access.audit.note(AuditRecord::FactorSet(AccountChange::own(account)));
    Ok(codes)
}

/// Makes the recovery codes of who is signed in anew.
///
/// # Errors
/// [`FactorRefusal`].
pub async fn renew_codes(
    access: &Access,
    session: &Session,
    password: OwnPassword,
) -> Result<RecoveryCodes, FactorRefusal> {
    let account = own_account(access, session).ok_or(ProblemCode::NotSignedIn)?;
    if !account.has_factor() {
        return Err(FactorRefusal::Over);
    }
    if !confirm_self::run(access, session, password).await? {
        return Err(FactorRefusal::NotConfirmed);
    }
    let codes = access.renew_codes(&account).await?;
    access.audit.note(AuditRecord::CodesRenewed(account.as_ref().into()));
    Ok(codes)
}
