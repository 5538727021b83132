//! Members of staff: their accounts, and the sessions of those who are signed in.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, PoisonError, RwLock},
};

use chrono::{DateTime, Utc};
use secrets::same;
use store::{Account, Login, Role};
use writer::OfficeHandle;

/// Somebody of staff is signed in.
#[derive(Debug)]
pub struct Session {
    /// The account that is signed in.
    pub account: Arc<Account>,
    /// What every form carries; compared by [`Session::is_own_form`].
    pub csrf: String,
    /// Good until then.
    pub expires_at: DateTime<Utc>,
    /// What the store and the limits know it by.
    pub(crate) token_hash: [u8; 32],
}

impl Session {
    /// Whether a form came from a page of this session.
    pub fn is_own_form(&self, csrf: &str) -> bool {
        same(self.csrf.as_bytes(), csrf.as_bytes())
    }

    /// Whether this person works in the office.
    pub fn works_in(&self, office: &OfficeHandle) -> bool {
        self.account.office.is_none_or(|row| row == office.row)
    }

    /// Whether this person runs the hub.
    pub fn is_admin(&self) -> bool {
        self.account.role == Role::Admin
    }

    /// Whether this person runs what belongs to an office, or with none to the whole hub: an administrator of one office
    /// runs that one alone.
    pub fn runs(&self, office: Option<u32>) -> bool {
        self.is_admin() && (self.account.office.is_none() || self.account.office == office)
    }

    /// The first bytes of the token's hash, for the limits.
    pub fn bucket(&self) -> u64 {
        bucket(&self.token_hash)
    }
}

/// The first bytes of a token's hash.
pub fn bucket(hash: &[u8; 32]) -> u64 {
    u64::from_be_bytes([hash[0], hash[1], hash[2], hash[3], hash[4], hash[5], hash[6], hash[7]])
}

/// The accounts and sessions of this hub.
#[derive(Debug, Default)]
pub struct Accounts {
    accounts: RwLock<BTreeMap<u32, Arc<Account>>>,
    sessions: RwLock<HashMap<[u8; 32], Arc<Session>>>,
}

impl Accounts {
    /// As they were kept.
    pub fn new(accounts: Vec<Account>, logins: Vec<Login>) -> Self {
        let accounts: BTreeMap<u32, Arc<Account>> =
            accounts.into_iter().map(|account| (account.id, Arc::new(account))).collect();
        let sessions = logins.into_iter().filter_map(|login| {
            let account = Arc::clone(accounts.get(&login.account)?);
            let Login { token_hash, csrf, expires_at, .. } = login;
            (!account.disabled).then(|| (token_hash, Arc::new(Session { account, csrf, expires_at, token_hash })))
        });
        let sessions = RwLock::new(sessions.collect());
        Self { accounts: RwLock::new(accounts), sessions }
    }

    /// Every account, by number.
    pub fn all(&self) -> Vec<Arc<Account>> {
        self.accounts.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    /// The session with this token, if it is still good.
    pub fn session(&self, hash: &[u8; 32], now: DateTime<Utc>) -> Option<Arc<Session>> {
        let sessions = self.sessions.read().unwrap_or_else(PoisonError::into_inner);
        sessions.get(hash).filter(|session| session.expires_at > now).cloned()
    }

    /// Whether a session has neither ended nor run out.
    pub fn is_good(&self, session: &Session, now: DateTime<Utc>) -> bool {
        self.session(&session.token_hash, now).is_some()
    }

    /// The account with this number, also one that is shut.
    pub fn with_number(&self, id: u32) -> Option<Arc<Account>> {
        self.accounts.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    /// The account with which this name signs in.
    pub(crate) fn with_name(&self, name: &str) -> Option<Arc<Account>> {
        self.all().into_iter().find(|account| account.name == name && !account.disabled)
    }

    /// A session begins; those that ran out are forgotten.
    pub(crate) fn begin(&self, session: &Arc<Session>, now: DateTime<Utc>) {
        let mut sessions = self.sessions.write().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, session| session.expires_at > now);
        sessions.insert(session.token_hash, Arc::clone(session));
    }

    /// A session ends.
    pub(crate) fn end(&self, session: &Session) {
        self.sessions.write().unwrap_or_else(PoisonError::into_inner).remove(&session.token_hash);
    }

    /// An account has been made.
    pub(crate) fn add(&self, account: &Arc<Account>) {
        self.accounts.write().unwrap_or_else(PoisonError::into_inner).insert(account.id, Arc::clone(account));
    }

    /// An account is another from now on; whoever was signed in with it must sign in again.
    pub(crate) fn replace(&self, account: Account) {
        let id = account.id;
        self.accounts.write().unwrap_or_else(PoisonError::into_inner).insert(id, Arc::new(account));
        let mut sessions = self.sessions.write().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, session| session.account.id != id);
    }
}
