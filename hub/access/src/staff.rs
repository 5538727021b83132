//! Members of staff: signing in, sessions, accounts.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
    sync::{Arc, PoisonError, RwLock},
};

use chrono::{DateTime, Utc};
use secrets::{LinkOwner, draw_token, same, token_hash};
use store::{Account, Login, OfficeScope, Role, StaffGrant, Store};
use tokio::sync::watch;
use vocabulary::{Assurance, Language, is_unseen};
use writer::{OfficeHandle, WriteError, Writer};

use crate::{
    cookie::{Cookies, SESSION_COOKIE},
    idle::{Presence, SessionConfig},
    name_index::NameIndex,
    sign_in_rules::SignInRules,
};

/// A session lasts for a working day.
pub const SESSION_HOURS: i64 = 12;
/// A citizen is signed in at so many places at most: each costs memory, and anybody can register.
const CITIZEN_SESSIONS_MAX: usize = 10;
/// The name under which the state's own sign-in stands among the providers.
pub const TAXISNET: &str = "taxisnet";
/// Longest login name.
pub const LOGIN_NAME_CHARACTERS_MAX: usize = 60;

/// Somebody of staff is signed in.
#[derive(Debug)]
pub struct Session {
    /// The account that is signed in.
    pub account: Arc<Account>,
    /// What every form carries; compared by [`Session::is_own_form`].
    pub csrf: String,
    /// Good until then.
    pub expires_at: DateTime<Utc>,
    /// Through whom it was begun, by the name of the provider, if not here. What asks for TAXISnet asks for it in this session.
    pub provider: Option<String>,
    /// Whether it was begun with a second step.
    pub two_steps: bool,
    pub(crate) token_hash: [u8; 32],
    pub(crate) way: SessionWay,
    pub(crate) presence: Presence,
}

/// Where somebody signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionWay {
    /// On a page, which locks when nobody is there.
    Page,
    /// Through the API: a program, which never goes for coffee.
    Program,
}

impl Session {
    /// This account from the moment on at which it signed in.
    fn new(account: Arc<Account>, login: Login, now: DateTime<Utc>) -> Self {
        let Login { token_hash, csrf, expires_at, two_steps, is_of_page, seen_at, is_locked, provider, .. } = login;
        let way = if is_of_page { SessionWay::Page } else { SessionWay::Program };
        let presence = Presence::new(seen_at, is_locked, now);
        Self { account, csrf, expires_at, provider, two_steps, token_hash, way, presence }
    }

    /// The page to which unlocking leads back.
    pub fn take_back(&self) -> Option<String> {
        self.presence.take_back()
    }

    /// Unlocking leads back to this page.
    pub fn lead_back_to(&self, page: String) {
        self.presence.lead_back_to(page);
    }

    /// A page of this session begins to follow its office.
    pub fn line_begins(&self) {
        self.presence.line_begins();
    }

    /// It follows no more.
    pub fn line_ends(&self, now: DateTime<Utc>) {
        self.presence.line_ends(now);
    }

    /// What names this session to its owner, and opens nothing.
    pub fn mark(&self) -> String {
        draw_mark(&self.token_hash)
    }

    /// When somebody was seen to use it last.
    pub fn seen_at(&self) -> DateTime<Utc> {
        self.presence.seen_at()
    }

    /// Whether a form came from a page of this session.
    pub fn is_own_form(&self, csrf: &str) -> bool {
        same(self.csrf.as_bytes(), csrf.as_bytes())
    }

    /// Whether this person works in the office.
    pub fn works_in(&self, office: &OfficeHandle) -> bool {
        self.account.scope().covers(Some(office.row))
    }

    /// Whether this person is of staff; else a citizen.
    pub fn is_staff(&self) -> bool {
        self.account.is_staff()
    }

    /// Who vouches for this person in this session.
    pub fn assurance(&self) -> Assurance {
        if self.provider.as_deref() == Some(TAXISNET) { Assurance::Taxisnet } else { Assurance::None }
    }

    /// Whether this person runs the hub.
    pub fn is_admin(&self) -> bool {
        self.account.is_admin()
    }

    /// Whether this person runs what belongs to an office, or with none to the whole hub: an administrator of one office
    /// runs that one alone.
    pub fn runs(&self, office: Option<u32>) -> bool {
        self.is_admin() && self.account.scope().covers(office)
    }

    /// Within which offices they find things by their ids.
    pub fn scope(&self) -> OfficeScope {
        self.account.scope()
    }

    /// What the store calls it.
    pub(crate) const fn name(&self) -> &[u8; 32] {
        &self.token_hash
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

/// The first letters of the hash of a token's hash.
fn draw_mark(hash: &[u8; 32]) -> String {
    token_hash(&hash.map(|byte| format!("{byte:02x}")).concat())
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// A session that has just begun.
#[derive(Debug)]
pub struct NewSession {
    /// Shown to the browser or program once.
    pub token: String,
    /// The session that has begun.
    pub session: Arc<Session>,
}

impl NewSession {
    /// The `Set-Cookie` header.
    pub fn cookie(&self, cookies: Cookies) -> String {
        cookies.set(SESSION_COOKIE, &self.token, Some(SESSION_HOURS * 3600))
    }
}

/// Why an account was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NewAccountError {
    /// Another account has this name.
    #[error("the name is taken")]
    NameTaken,
    /// The name is empty or too long, or has blanks in it.
    #[error("the name must have 1 to {LOGIN_NAME_CHARACTERS_MAX} characters, without blanks")]
    BadName,
    /// The hub cannot write.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// The accounts and sessions of this hub.
#[derive(Debug, Default)]
pub struct Accounts {
    accounts: RwLock<BTreeMap<u32, Arc<Account>>>,
    names: RwLock<NameIndex>,
    sessions: RwLock<HashMap<[u8; 32], Arc<Session>>>,
    pub(crate) rule: SessionConfig,
    /// Changes when a session ends or locks, so that open feeds look whether they may go on.
    endings: watch::Sender<u64>,
}

impl Accounts {
    /// As they were kept; a session that is no longer enough for its account is over.
    pub fn new(
        (accounts, logins): (Vec<Account>, Vec<Login>),
        rule: SessionConfig,
        sign_in: SignInRules,
        now: DateTime<Utc>,
    ) -> Self {
        let accounts: BTreeMap<u32, Arc<Account>> =
            accounts.into_iter().map(|account| (account.id, Arc::new(account))).collect();
        let sessions = logins.into_iter().filter_map(|login| {
            let account = Arc::clone(accounts.get(&login.account)?);
            let goes_on = !account.disabled && !account.blocked && sign_in.is_enough(&account, login.two_steps);
            goes_on.then(|| (login.token_hash, Arc::new(Session::new(account, login, now))))
        });
        let sessions = RwLock::new(sessions.collect());
        let names = NameIndex::of(accounts.values().map(|account| (account.name.as_str(), account.id)));
        Self {
            accounts: RwLock::new(accounts),
            names: RwLock::new(names),
            sessions,
            rule,
            endings: watch::Sender::default(),
        }
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

    /// The account with this number within a scope, also one that is shut.
    pub fn within(&self, scope: OfficeScope, id: u32) -> Option<Arc<Account>> {
        self.with_number(id).filter(|account| account.is_staff() && scope.covers(account.office()))
    }

    /// What somebody is called who did something in an office: of that office, or of the hub as a whole.
    pub fn name_of_doer(&self, office: u32, id: u32) -> Option<String> {
        let account = self.with_number(id).filter(|account| account.scope().covers(Some(office)))?;
        Some(account.name.clone())
    }

    /// The account with this number, wherever it works: for sessions, and for what this hub has signed itself. A number that
    /// somebody sent is looked up by [`Accounts::within`].
    pub fn with_number(&self, id: u32) -> Option<Arc<Account>> {
        self.accounts.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    /// The account with this name, also one that is shut.
    pub fn with_name(&self, name: &str) -> Option<Arc<Account>> {
        let number = self.names.read().unwrap_or_else(PoisonError::into_inner).number(name)?;
        self.with_number(number)
    }

    /// An account is there from now on.
    fn know(&self, account: &Arc<Account>) {
        self.accounts.write().unwrap_or_else(PoisonError::into_inner).insert(account.id, Arc::clone(account));
        self.names.write().unwrap_or_else(PoisonError::into_inner).put(&account.name, account.id);
    }

    /// Whether somebody signs in here with the password of an account: not with that of staff whom a provider rules, save the last
    /// who runs the whole hub.
    pub fn judges_here(&self, account: &Account) -> bool {
        let is_local = |other: &Arc<Account>| {
            let is_open = !other.disabled && !other.is_ruled() && other.password.is_some();
            other.id != account.id && is_open && other.is_admin() && other.office().is_none()
        };
        let runs_all = account.is_admin() && account.office().is_none();
        !account.is_ruled()
            || runs_all && !self.accounts.read().unwrap_or_else(PoisonError::into_inner).values().any(is_local)
    }

    /// The accounts that sign in and whose mails are known to go to an address.
    pub fn with_email(&self, email: &str) -> Vec<Arc<Account>> {
        let accounts = self.accounts.read().unwrap_or_else(PoisonError::into_inner);
        let is_at = |account: &&Arc<Account>| {
            let own = account.email.as_deref().filter(|_| account.email_proven && !account.disabled);
            own.is_some_and(|own| own.to_lowercase() == email.to_lowercase())
        };
        accounts.values().filter(is_at).cloned().collect()
    }

    /// Begins a session of an account whose password was right when it was looked up, and whose second factor too, if there
    /// were two steps; none, where the account was shut or has another password or factor since. `provider` is whose word it was, if
    /// no password was typed.
    ///
    /// # Errors
    /// If the hub cannot write.
    pub async fn begin_through(
        &self,
        writer: &Writer,
        account: Arc<Account>,
        (way, two_steps, provider): (SessionWay, bool, Option<String>),
        now: DateTime<Utc>,
    ) -> Result<Option<NewSession>, WriteError> {
        let token = draw_token();
        let login = Login {
            token_hash: token_hash(&token),
            account: account.id,
            csrf: draw_token(),
            expires_at: now + self.rule.lifetime(),
            is_of_page: way == SessionWay::Page,
            seen_at: now,
            is_locked: false,
            two_steps,
            provider,
        };
        let as_it_was = Arc::clone(&account);
        let session = Session::new(account, login.clone(), now);
        let begun = writer.change(move |store| {
            store.forget_logins(now)?;
            if !as_it_was.is_staff() {
                store.note_account_use(as_it_was.id, now)?;
            }
            store.add_login(&login, &as_it_was, now)
        });
        if !begun.await? {
            return Ok(None);
        }
        let session = Arc::new(session);
        if !self.keep(&session, now) {
            return Ok(None);
        }
        self.end_oldest(writer, &session, now).await?;
        Ok(Some(NewSession { token, session }))
    }

    /// Knows a session that has begun from now on, if its account is as it was; says whether.
    fn keep(&self, session: &Arc<Session>, now: DateTime<Utc>) -> bool {
        let mut sessions = self.sessions.write().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, session| session.expires_at > now);
        // Whoever shuts an account has it replaced first and ends its sessions then: seen here, or ended there.
        let is_as_it_was = self.with_number(session.account.id).is_some_and(|now| now.signs_in_like(&session.account));
        if is_as_it_was {
            sessions.insert(session.token_hash, Arc::clone(session));
        }
        is_as_it_was
    }

    /// Ends what a citizen has more sessions than one has browsers: those that were used last stay.
    async fn end_oldest(&self, writer: &Writer, newest: &Session, now: DateTime<Utc>) -> Result<(), WriteError> {
        if newest.is_staff() {
            return Ok(());
        }
        let own = self.sessions_of(newest.account.id, now);
        for session in own.iter().filter(|one| one.token_hash != newest.token_hash).skip(CITIZEN_SESSIONS_MAX - 1) {
            self.sign_out(writer, session).await?;
        }
        Ok(())
    }

    /// When a session was begun.
    pub fn begun_at(&self, session: &Session) -> DateTime<Utc> {
        session.expires_at - self.rule.lifetime()
    }

    /// Ends a session.
    ///
    /// # Errors
    /// If the hub cannot write.
    pub async fn sign_out(&self, writer: &Writer, session: &Session) -> Result<(), WriteError> {
        let hash = session.token_hash;
        self.sessions.write().unwrap_or_else(PoisonError::into_inner).remove(&hash);
        self.tell_of_ending();
        writer.change(move |store| store.end_login(&hash)).await
    }

    /// The sessions of an account that are still good, the one that was used last first.
    pub fn sessions_of(&self, account: u32, now: DateTime<Utc>) -> Vec<Arc<Session>> {
        let sessions = self.sessions.read().unwrap_or_else(PoisonError::into_inner);
        let own = sessions.values().filter(|session| session.account.id == account && session.expires_at > now);
        let mut own: Vec<Arc<Session>> = own.cloned().collect();
        drop(sessions);
        own.sort_by_key(|session| Reverse(session.seen_at()));
        own
    }

    /// An account was erased: it and its sessions are known no more.
    pub fn forget(&self, account: u32) {
        self.replace(account, None, |_| {});
        let gone = self.accounts.write().unwrap_or_else(PoisonError::into_inner).remove(&account);
        if let Some(gone) = gone {
            self.names.write().unwrap_or_else(PoisonError::into_inner).drop_name(&gone.name);
        }
    }

    /// Tells of each session that ends or locks.
    pub fn endings(&self) -> watch::Receiver<u64> {
        self.endings.subscribe()
    }

    pub(crate) fn tell_of_ending(&self) {
        self.endings.send_modify(|count| *count += 1);
    }

    /// An account that was just made elsewhere is known from now on.
    ///
    /// # Errors
    /// If the hub cannot read.
    pub async fn meet(&self, writer: &Writer, id: u32) -> Result<Option<Arc<Account>>, WriteError> {
        let made = writer.change(move |store| store.account(id)).await?.map(Arc::new);
        if let Some(account) = &made {
            self.know(account);
        }
        Ok(made)
    }

    /// Has an account be of staff what a provider says, without a password of its own from then on, and ends its sessions if that
    /// is something else; says how many.
    ///
    /// # Errors
    /// If the hub cannot write.
    pub async fn follow_rule(
        &self,
        writer: &Writer,
        id: u32,
        (provider, grant): (String, Option<(Role, Option<u32>)>),
        now: DateTime<Utc>,
    ) -> Result<usize, WriteError> {
        let follow = move |store: &Store| {
            let is_another = store.set_ruled_grant(id, (&provider, grant), now)?;
            // Who is put out there is not to come in by what they chose here once.
            let keeps_less = store.drop_ruled_password(id)?;
            if !is_another && !keeps_less {
                return Ok(None);
            }
            store.end_logins_but(id, None)?;
            store.end_password_links(LinkOwner::Account(id))?;
            store.account(id)
        };
        let kept = writer.change(follow).await?;
        let follow = |kept: Account| {
            self.replace(id, None, |account| (account.staff, account.password) = (kept.staff, kept.password))
        };
        Ok(kept.map_or(0, follow))
    }

    /// Makes an account without a password: whoever it is for sets their own.
    ///
    /// # Errors
    /// [`NewAccountError`].
    pub async fn add(
        &self,
        writer: &Writer,
        name: &str,
        (role, office): (Role, Option<u32>),
        email: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<Arc<Account>, NewAccountError> {
        check_name(name)?;
        let (kept_name, kept_email) = (name.to_owned(), email.clone());
        let added =
            writer.change(move |store| store.add_account(&kept_name, None, (role, office), kept_email.as_deref(), now));
        let id = added.await?.ok_or(NewAccountError::NameTaken)?;
        let account = Arc::new(Account {
            id,
            name: name.to_owned(),
            password: None,
            staff: Some(StaffGrant { role, office, is_ruled: false }),
            disabled: false,
            blocked: false,
            email,
            email_proven: false,
            factor: None,
            recovery_salt: None,
            passkeys: 0,
            passkey_change: 0,
            language: None,
        });
        self.know(&account);
        Ok(account)
    }
}

impl Accounts {
    /// Lets an account sign in no more, and ends its sessions; says how many.
    ///
    /// # Errors
    /// If the hub cannot write.
    pub async fn disable(&self, writer: &Writer, account: &Account, now: DateTime<Utc>) -> Result<usize, WriteError> {
        let id = account.id;
        writer.change(move |store| store.disable_account(id, now)).await?;
        Ok(self.replace(id, None, |account| account.disabled = true))
    }

    /// Staff let nobody in with an account, which is kept already, and its sessions end; or they let its holder in again. Says
    /// how many sessions ended.
    pub fn note_blocked(&self, account: u32, blocked: bool) -> usize {
        if blocked {
            return self.replace(account, None, |account| account.blocked = true);
        }
        self.change(account, |account| account.blocked = false);
        0
    }

    /// An account was closed elsewhere: nobody signs in with it any more.
    pub fn note_closed(&self, account: u32) {
        self.replace(account, None, |account| account.disabled = true);
    }

    /// Ends every session of an account; says how many.
    ///
    /// # Errors
    /// If the hub cannot write.
    pub async fn end_sessions(&self, writer: &Writer, account: u32) -> Result<usize, WriteError> {
        writer.change(move |store| store.end_logins_but(account, None)).await?;
        Ok(self.replace(account, None, |_| {}))
    }

    /// Sets a new password that is hashed already, or none, and ends the account's sessions, save one; says how many.
    ///
    /// # Errors
    /// If the hub cannot write.
    pub async fn set_password(
        &self,
        writer: &Writer,
        account: u32,
        hash: Option<String>,
        keep: Option<&Session>,
    ) -> Result<usize, WriteError> {
        let (kept, name) = (hash.clone(), keep.map(|session| session.token_hash));
        let set = move |store: &Store| {
            store.end_password_links(LinkOwner::Account(account))?;
            store.set_password(account, kept.as_deref(), name.as_ref())
        };
        writer.change(set).await?;
        Ok(self.replace(account, keep, |account| account.password = hash))
    }

    /// Sets where an account's mails go.
    ///
    /// # Errors
    /// If the hub cannot write.
    pub async fn set_email(
        &self,
        writer: &Writer,
        account: u32,
        email: Option<String>,
        proven_at: Option<DateTime<Utc>>,
    ) -> Result<(), WriteError> {
        let kept = email.clone();
        writer.change(move |store| store.set_account_email(account, kept.as_deref(), proven_at)).await?;
        self.change(account, |account| {
            account.email = email;
            account.email_proven = proven_at.is_some();
        });
        Ok(())
    }

    /// Has mails go out in the language in which the owner of an account reads from now on.
    ///
    /// # Errors
    /// If the hub cannot write.
    pub async fn set_language(&self, writer: &Writer, account: u32, language: Language) -> Result<(), WriteError> {
        writer.change(move |store| store.set_account_language(account, language)).await?;
        self.change(account, |account| account.language = Some(language));
        Ok(())
    }

    /// An account is another from now on, and whoever is signed in with it stays so.
    pub(crate) fn change(&self, id: u32, change: impl FnOnce(&mut Account)) {
        // As it is now: what somebody else changed since it was looked up stays changed.
        if let Some(account) = self.accounts.write().unwrap_or_else(PoisonError::into_inner).get_mut(&id) {
            change(Arc::make_mut(account));
        }
    }

    /// An account is another from now on; whoever was signed in with it must sign in again, save in one session. Says how
    /// many sessions ended.
    pub(crate) fn replace(&self, id: u32, keep: Option<&Session>, change: impl FnOnce(&mut Account)) -> usize {
        self.change(id, change);
        let mut sessions = self.sessions.write().unwrap_or_else(PoisonError::into_inner);
        let keep = keep.map(Session::name);
        let before = sessions.len();
        sessions.retain(|name, session| session.account.id != id || Some(name) == keep);
        let ended = before - sessions.len();
        drop(sessions);
        if ended > 0 {
            self.tell_of_ending();
        }
        ended
    }
}

/// What is known of an account's passkeys is what was kept last, whoever tells of it first.
pub(crate) fn follow(account: &mut Account, kept: &Account) {
    if kept.passkey_change > account.passkey_change {
        account.passkeys = kept.passkeys;
        account.passkey_change = kept.passkey_change;
    }
}

/// Whether a name is such as an account may have: without blanks, which nobody sees where it is typed.
///
/// # Errors
/// [`NewAccountError::BadName`].
pub fn check_name(name: &str) -> Result<(), NewAccountError> {
    let is_right = (1..=LOGIN_NAME_CHARACTERS_MAX).contains(&name.chars().count())
        && !name.chars().any(|character| character.is_whitespace() || is_unseen(character))
        // So the store names an account that was erased.
        && !name.starts_with('#');
    if is_right { Ok(()) } else { Err(NewAccountError::BadName) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fld_22_a_login_name_has_no_blanks_and_sixty_letters_at_most() {
        let long = "α".repeat(LOGIN_NAME_CHARACTERS_MAX + 1);
        for wrong in ["", " eleni", "eleni ", "eleni m", "eleni\u{7}", "eleni\u{202e}", "e\u{200b}leni", &long] {
            assert_eq!(check_name(wrong), Err(NewAccountError::BadName), "{wrong:?}");
        }
        for right in ["eleni", "κλερκ", "eleni.m", &long[..long.len() - 2]] {
            assert_eq!(check_name(right), Ok(()), "{right:?}");
        }
    }
}
