//! What a browser keeps between the two steps of signing in.

use std::sync::Arc;

use access::Access;
use chrono::{DateTime, TimeDelta, Utc};
use secrets::{read_step_pass, step_pass, token_hash};
use store::Account;

/// The second step has to follow the first within so long: time to find the phone, and to set an app up.
pub const STEP_MINUTES: i64 = 15;
/// Stands before the name of a provider, which has small letters, digits and hyphens alone.
const BEFORE_PROVIDER: char = '~';
/// Bytes of the stamp that are kept.
const STAMP_BYTES: usize = 12;

/// What a browser keeps after the first step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepPass(String);

/// Why a sign-in that was under way is so no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepEnd {
    /// It took too long, or nothing is kept of it.
    Late,
    /// The account was shut meanwhile.
    Shut,
    /// The account's password, or its second factors, are others by now.
    Changed,
}

impl StepEnd {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::Late, Self::Shut, Self::Changed];

    /// As an address has it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Shut => "shut",
            Self::Changed => "changed",
        }
    }

    /// The reason that an address names, if it names one.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|end| end.name() == name)
    }
}

impl StepPass {
    /// As the request's cookie says.
    pub const fn new(cookie: String) -> Self {
        Self(cookie)
    }

    /// As the cookie keeps it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// One for an account whose password was right just now, or whom a provider, by its name, has shown who they are.
    pub(crate) fn of(access: &Access, account: &Account, provider: Option<&str>) -> Self {
        let until = access.clock.now() + TimeDelta::minutes(STEP_MINUTES);
        let stamped = match provider {
            Some(provider) => format!("{}{BEFORE_PROVIDER}{provider}", stamp(account)),
            None => stamp(account),
        };
        Self(step_pass(&access.key, account.id, &stamped, until))
    }

    /// The provider whose word the first step was; the session that begins with the second is one through it.
    pub(crate) fn provider(&self, access: &Access) -> Option<String> {
        let (_, stamped) = read_step_pass(&access.key, &self.0, access.clock.now())?;
        stamped.split_once(BEFORE_PROVIDER).map(|(_, provider)| provider.to_owned())
    }

    /// Why nobody's second step is awaited, where none is.
    pub fn end(&self, access: &Access) -> StepEnd {
        let now = access.clock.now();
        let Some((id, stamped)) = read_step_pass(&access.key, &self.0, DateTime::<Utc>::MIN_UTC) else {
            return StepEnd::Late;
        };
        if read_step_pass(&access.key, &self.0, now).is_none() {
            return StepEnd::Late;
        }
        match access.accounts.with_number(id).filter(|account| !account.disabled && !account.blocked) {
            None => StepEnd::Shut,
            Some(account) if is_of(&account, &stamped) => StepEnd::Late,
            Some(_) => StepEnd::Changed,
        }
    }

    /// Whose second step is awaited; nobody's, if it took too long, or the password or the second factor is another now.
    pub fn account(&self, access: &Access) -> Option<Arc<Account>> {
        let (id, stamped) = read_step_pass(&access.key, &self.0, access.clock.now())?;
        let is_so = |account: &Arc<Account>| !account.disabled && !account.blocked && is_of(account, &stamped);
        access.accounts.with_number(id).filter(is_so)
    }
}

/// Whether an account still has the password and the second factors under which a pass was given.
fn is_of(account: &Account, stamped: &str) -> bool {
    stamped.split(BEFORE_PROVIDER).next() == Some(stamp(account).as_str())
}

/// Under which password and second factors a pass was given.
pub(crate) fn stamp(account: &Account) -> String {
    let password = account.password.as_deref().unwrap_or_default();
    let factors = (password, &account.factor, &account.passkey_change);
    let all = token_hash(&serde_json::to_string(&factors).unwrap_or_default());
    all[..STAMP_BYTES].iter().map(|byte| format!("{byte:02x}")).collect()
}
