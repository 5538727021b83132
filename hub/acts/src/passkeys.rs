//! Passkeys of an account: asked for, added by who has just shown their password, and taken away by their owner.

use std::sync::Arc;

use access::{
    Access, AccountChange, AuditRecord, FactorError, NewSession, RecoveryCodes, Session, SessionWay, SignInWay,
};
use chrono::TimeDelta;
pub use passkeys::NoPasskeys;
use passkeys::{CEREMONY_MINUTES, KeptPasskey, PasskeyFault, PasskeyPlace, PasskeyQuestion};
use secrets::{PasskeyErrand, PasskeyNote};
pub use store::PASSKEYS_MAX;
use store::{Account, NewPasskey, PasskeyRemoval, PasskeyRow, ReadError, Readers};
use text::bare;
use vocabulary::is_unseen;
use wire::ProblemCode;
use writer::WriteError;

use crate::{
    accounts::{own_account, refuses_by},
    confirm_self::{self, OwnPassword},
    fault::Fault,
    sign_in::begin_through,
    step_pass::{StepPass, stamp},
};

/// Longest name of a passkey: a line of the page.
pub const PASSKEY_NAME_CHARACTERS_MAX: usize = 40;

/// What a page asks a browser for.
#[derive(Debug, Clone)]
pub struct PasskeyForm {
    /// What its script hands to the browser.
    pub options: String,
    /// What its form carries until the answer is there.
    pub note: String,
}

/// An answer of a browser.
#[derive(Debug, Clone)]
pub struct PasskeyAnswer {
    /// What the form carried.
    pub note: String,
    /// What the browser said.
    pub answer: String,
}

/// Why a passkey is neither added nor taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasskeyRefusal {
    /// The password of who asks is not right.
    NotConfirmed,
    /// The name is empty or too long.
    BadName,
    /// The name has in it what nobody sees.
    HiddenInName,
    /// Another passkey of the account is called so.
    NameTaken,
    /// There are as many as an account may have.
    TooMany,
    /// This hub can have none.
    Nowhere(NoPasskeys),
    /// The answer is not right.
    Wrong,
    /// The account's second factors are others by now, or it took too long.
    Over,
    /// It is the last second factor of an account that has to have one.
    Last,
    /// The hub cannot.
    Fault(Fault),
}

refuses_by!(PasskeyRefusal: Fault, ProblemCode, FactorError, ReadError, WriteError);

/// What of a kept passkey the ceremony knows.
pub(crate) fn known(rows: &[PasskeyRow]) -> Vec<KeptPasskey> {
    let known = |row: &PasskeyRow| {
        let NewPasskey { id, owner, lines, key, state, .. } = row.passkey.clone();
        KeptPasskey { id, owner, lines, key, state }
    };
    rows.iter().map(known).collect()
}

/// The passkeys of an account.
pub(crate) async fn rows(readers: &Readers, account: u32) -> Result<Vec<PasskeyRow>, ReadError> {
    readers.read(move |store| store.passkeys(account)).await
}

/// A question as a page carries it.
pub(crate) fn form(
    access: &Access,
    errand: PasskeyErrand,
    account: &Account,
    question: Result<PasskeyQuestion, PasskeyFault>,
) -> Result<PasskeyForm, Fault> {
    let PasskeyQuestion { options, memory } = question.map_err(|fault| {
        tracing::error!(account = account.id, %fault, "no passkey can be asked for");
        Fault::from(ProblemCode::Unavailable)
    })?;
    let asked_at = access.clock.now().timestamp_millis();
    let note = PasskeyNote { errand, account: account.id, stamp: stamp(account), asked_at, memory };
    Ok(PasskeyForm { options, note: note.written(&access.key) })
}

/// What a form carried for an account as it is now.
pub(crate) fn read(access: &Access, errand: PasskeyErrand, account: &Account, note: &str) -> Option<PasskeyNote> {
    let life = TimeDelta::minutes(i64::from(CEREMONY_MINUTES));
    let note = PasskeyNote::read(&access.key, errand, note, (access.clock.now(), life))?;
    (note.account == account.id && note.stamp == stamp(account)).then_some(note)
}

/// Whether this hub can have passkeys, and why not.
///
/// # Errors
/// [`NoPasskeys`].
pub fn are_possible(access: &Access) -> Result<(), NoPasskeys> {
    PasskeyPlace::of(&access.public_url).map(drop)
}

async fn ask_new(access: &Access, readers: &Readers, account: &Account) -> Result<PasskeyForm, PasskeyRefusal> {
    let place = PasskeyPlace::of(&access.public_url).map_err(PasskeyRefusal::Nowhere)?;
    let known = known(&rows(readers, account.id).await?);
    if u32::try_from(known.len()).unwrap_or(u32::MAX) >= PASSKEYS_MAX {
        return Err(PasskeyRefusal::TooMany);
    }
    // An authenticator knows one owner for all passkeys of an account.
    let owner = known.first().map_or_else(KeptPasskey::draw_owner, |one| one.owner);
    Ok(form(access, PasskeyErrand::New, account, place.ask_new(&account.name, owner, &known))?)
}

/// Asks for the first passkey of who has just typed the password and has to have a second factor.
///
/// # Errors
/// [`PasskeyRefusal`].
pub async fn ask_at_sign_in(
    access: &Access,
    readers: &Readers,
    account: &Account,
) -> Result<PasskeyForm, PasskeyRefusal> {
    if account.has_factor() {
        return Err(PasskeyRefusal::Over);
    }
    ask_new(access, readers, account).await
}

/// A passkey that somebody wants to add.
#[derive(Debug)]
pub struct PasskeyWish<'a> {
    /// How it is to be called, as it was typed.
    pub name: &'a str,
    /// Proves that it is they who add a passkey.
    pub password: OwnPassword,
}

/// A passkey that a browser has made.
#[derive(Debug)]
pub struct NamedPasskey<'a> {
    /// How it is to be called, as it was typed.
    pub name: &'a str,
    /// What the browser says of it.
    pub answer: PasskeyAnswer,
}

/// Asks for a passkey of who is signed in, with a name that they gave it.
///
/// # Errors
/// [`PasskeyRefusal`].
pub async fn ask_own(
    access: &Access,
    readers: &Readers,
    session: &Session,
    wish: PasskeyWish<'_>,
) -> Result<PasskeyForm, PasskeyRefusal> {
    let PasskeyWish { name, password } = wish;
    let account = own_account(access, session).ok_or(ProblemCode::NotSignedIn)?;
    is_new(&checked(name)?, &rows(readers, account.id).await?)?;
    if !confirm_self::run(access, session, password).await? {
        return Err(PasskeyRefusal::NotConfirmed);
    }
    ask_new(access, readers, &account).await
}

/// The name of a passkey, as it was typed.
fn checked(typed: &str) -> Result<String, PasskeyRefusal> {
    let name = typed.trim();
    if name.chars().any(is_unseen) {
        return Err(PasskeyRefusal::HiddenInName);
    }
    let is_right = (1..=PASSKEY_NAME_CHARACTERS_MAX).contains(&name.chars().count());
    if is_right { Ok(name.to_owned()) } else { Err(PasskeyRefusal::BadName) }
}

/// Two passkeys that are read alike could not be told apart in the list: which of them was lost?
fn is_new(name: &str, rows: &[PasskeyRow]) -> Result<(), PasskeyRefusal> {
    let read = |name: &str| bare(name).split_whitespace().collect::<Vec<_>>().join(" ");
    let is_taken = rows.iter().any(|row| read(&row.passkey.name) == read(name));
    if is_taken { Err(PasskeyRefusal::NameTaken) } else { Ok(()) }
}

/// Adds it for who is signed in. Every other session of theirs ends. Recovery codes come with the first second factor.
///
/// # Errors
/// [`PasskeyRefusal`].
pub async fn add_own(
    access: &Access,
    readers: &Readers,
    session: &Session,
    made: NamedPasskey<'_>,
) -> Result<Option<RecoveryCodes>, PasskeyRefusal> {
    let NamedPasskey { name, answer } = made;
    let account = own_account(access, session).ok_or(ProblemCode::NotSignedIn)?;
    let name = checked(name)?;
    is_new(&name, &rows(readers, account.id).await?)?;
    add(access, &account, (name, answer), Some(session)).await
}

/// Adds it for who has just typed the password, and begins the session.
///
/// # Errors
/// [`PasskeyRefusal`].
pub async fn add_at_sign_in(
    access: &Access,
    pass: &StepPass,
    made: NamedPasskey<'_>,
    earlier: Option<Arc<Session>>,
) -> Result<(NewSession, Option<RecoveryCodes>), PasskeyRefusal> {
    let NamedPasskey { name, answer } = made;
    let account = pass.account(access).ok_or(PasskeyRefusal::Over)?;
    // Whoever has a second factor shows it, and adds another afterwards.
    if account.has_factor() {
        return Err(PasskeyRefusal::Over);
    }
    let codes = add(access, &account, (checked(name)?, answer), None).await?;
    let account = access.accounts.with_number(account.id).ok_or(PasskeyRefusal::Over)?;
    let at = account.as_ref().into();
    let ways = (SessionWay::Page, SignInWay::SettingUp, pass.provider(access));
    let begun = begin_through(access, account, ways, earlier).await;
    let begun = begun.map_err(|unsigned| PasskeyRefusal::Fault(unsigned.told(&access.audit, at).into()))?;
    Ok((begun, codes))
}

async fn add(
    access: &Access,
    account: &Account,
    (name, PasskeyAnswer { note, answer }): (String, PasskeyAnswer),
    keep: Option<&Session>,
) -> Result<Option<RecoveryCodes>, PasskeyRefusal> {
    let place = PasskeyPlace::of(&access.public_url).map_err(PasskeyRefusal::Nowhere)?;
    let note = read(access, PasskeyErrand::New, account, &note).ok_or(PasskeyRefusal::Over)?;
    let made = place.judge_new(&note.memory, &answer).map_err(|fault| {
        tracing::info!(account = account.id, %fault, "a passkey was not taken");
        PasskeyRefusal::Wrong
    })?;
    let KeptPasskey { id, owner, lines, key, state } = made;
    let passkey = NewPasskey { name, id, owner, lines, key, state, asked_at: note.asked_at };
    let added = access.add_passkey(account, passkey, keep).await?.ok_or(PasskeyRefusal::Over)?;
    access.audit.note(AuditRecord::FactorSet(AccountChange::own(account)));
    Ok(added.codes)
}

/// Takes an own passkey away. Every other session ends.
///
/// # Errors
/// [`PasskeyRefusal`].
pub async fn drop_own(
    access: &Access,
    session: &Session,
    number: i64,
    password: OwnPassword,
) -> Result<(), PasskeyRefusal> {
    let account = own_account(access, session).ok_or(ProblemCode::NotSignedIn)?;
    if !confirm_self::run(access, session, password).await? {
        return Err(PasskeyRefusal::NotConfirmed);
    }
    let is_demanded = access.sign_in.demands(&account);
    let which = (account.id, number);
    match access.accounts.drop_passkey(&access.writer, which, is_demanded, Some(session), access.clock.now()).await? {
        PasskeyRemoval::Gone { .. } => {
            access.audit.note(AuditRecord::FactorDropped(AccountChange::own(&account)));
            Ok(())
        }
        PasskeyRemoval::Last => Err(PasskeyRefusal::Last),
        // It was taken away before: there is nothing left to do.
        PasskeyRemoval::None => Err(PasskeyRefusal::Over),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_08_a_passkey_has_a_name_that_can_be_read() {
        assert_eq!(checked(" Κλειδί USB "), Ok("Κλειδί USB".to_owned()));
        assert!(checked(&"α".repeat(PASSKEY_NAME_CHARACTERS_MAX)).is_ok());
        for wrong in ["", "  ", &"α".repeat(PASSKEY_NAME_CHARACTERS_MAX + 1)] {
            assert_eq!(checked(wrong), Err(PasskeyRefusal::BadName), "{wrong:?}");
        }
        for hidden in ["a\u{202e}b", "a\nb", "\u{200b}", "a\0"] {
            assert_eq!(checked(hidden), Err(PasskeyRefusal::HiddenInName), "{hidden:?}");
        }
    }
}
