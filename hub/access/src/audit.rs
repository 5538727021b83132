//! The audit: who came in, who did not, and what was done about accounts and devices. One type says all that can be in it.
//!
//! What is alike within a minute is one row with a count, and what strangers do has so many rows a minute and no more: so
//! nobody fills the disk or the page by knocking. Each row is kept in the store, and is a line of the log at the same time.

use std::{
    collections::HashMap,
    fmt,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use store::{Account, Agent, AuditRow, Device};
use tokio::{sync::Notify, task_local};
use uuid::Uuid;
use writer::{Clock, WriteError, Writer};

use crate::peer::Network;

/// Rows that strangers can make in one minute, of all networks together: a page of them tells what there is to tell.
const STRANGERS_PER_MINUTE_MAX: usize = 200;
/// Accounts that are told apart in what one network fails at within a minute.
const ACCOUNTS_PER_NETWORK_MAX: usize = 8;
/// Rows that wait for a store which cannot be written; older ones go first.
const WAITING_MAX: usize = 4_096;
/// A store that cannot be written is tried again after so long.
const STORE_AGAIN: Duration = Duration::from_secs(5);
/// What the log's lines are under.
const MINUTE_MILLIS: i64 = 60_000;

task_local! {
    /// From where the request came that is being answered.
    static PEER: IpAddr;
}

/// Answers a request; what the audit notes meanwhile came from there.
pub async fn from_peer<F: Future>(peer: IpAddr, answer: F) -> F::Output {
    PEER.scope(peer, answer).await
}

/// Who did something, or to whom it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AuditParty {
    /// A member of staff.
    Account {
        /// The account's number.
        id: u32,
        /// Where they work; none for the whole hub.
        office: Option<u32>,
    },
    /// An agent.
    Agent {
        /// The agent's number.
        id: u32,
        /// Whose agent.
        office: u32,
    },
    /// A device.
    Device {
        /// Its id.
        id: Uuid,
        /// Where it stands.
        office: u32,
    },
    /// Whoever gave a command on the machine itself.
    Console,
    /// Nobody that the hub knows. Of what they typed nothing is kept.
    Stranger,
}

impl AuditParty {
    /// The office that they belong to.
    const fn office(self) -> Option<u32> {
        match self {
            Self::Account { office, .. } => office,
            Self::Agent { office, .. } | Self::Device { office, .. } => Some(office),
            Self::Console | Self::Stranger => None,
        }
    }
}

impl fmt::Display for AuditParty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account { id, .. } => write!(f, "account:{id}"),
            Self::Agent { id, .. } => write!(f, "agent:{id}"),
            Self::Device { id, .. } => write!(f, "device:{id}"),
            Self::Console => f.write_str("console"),
            Self::Stranger => Ok(()),
        }
    }
}

impl From<&Account> for AuditParty {
    fn from(account: &Account) -> Self {
        Self::Account { id: account.id, office: account.office }
    }
}

impl From<&Agent> for AuditParty {
    fn from(agent: &Agent) -> Self {
        Self::Agent { id: agent.id, office: agent.office }
    }
}

impl From<&Device> for AuditParty {
    fn from(device: &Device) -> Self {
        Self::Device { id: device.id, office: device.office }
    }
}

/// Why somebody was not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignInFailure {
    /// Nobody has that name.
    UnknownName,
    /// The password was another.
    WrongPassword,
    /// The account is shut.
    ShutAccount,
    /// It was tried often, and the challenge that stands before another try was not answered.
    ChallengeUnanswered,
    /// It was tried too often.
    Throttled,
}

impl SignInFailure {
    /// Every reason.
    pub const ALL: [Self; 5] =
        [Self::UnknownName, Self::WrongPassword, Self::ShutAccount, Self::ChallengeUnanswered, Self::Throttled];

    /// As it is kept and logged.
    pub const fn name(self) -> &'static str {
        match self {
            Self::UnknownName => "unknown-name",
            Self::WrongPassword => "wrong-password",
            Self::ShutAccount => "shut-account",
            Self::ChallengeUnanswered => "challenge-unanswered",
            Self::Throttled => "throttled",
        }
    }
}

/// Why a session locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LockCause {
    /// Somebody pressed the button.
    Press,
    /// Nobody was there for long enough.
    Idle,
}

impl LockCause {
    /// Every cause.
    pub const ALL: [Self; 2] = [Self::Press, Self::Idle];

    /// As it is kept and logged.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Press => "press",
            Self::Idle => "idle",
        }
    }
}

/// What the audit knows of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AuditRecord {
    /// Somebody of staff, an agent or a program began a session.
    SignIn(AuditParty),
    /// They did not.
    SignInFailure {
        /// At whose name it was tried.
        at: AuditParty,
        /// Why not.
        why: SignInFailure,
    },
    /// Somebody ended their own session.
    SignOut(AuditParty),
    /// A page of staff locked.
    Lock {
        /// Whose.
        of: AuditParty,
        /// Why.
        why: LockCause,
    },
    /// It was opened again with the password.
    Unlock(AuditParty),
    /// It was not.
    UnlockFailure {
        /// Whose.
        of: AuditParty,
        /// Why not.
        why: SignInFailure,
    },
    /// A desk was handed to another clerk, who stays signed in there.
    Handover {
        /// From whom.
        from: AuditParty,
        /// To whom.
        to: AuditParty,
    },
    /// Somebody's sessions were ended by another.
    SessionsEnded {
        /// Whose.
        of: AuditParty,
        /// By whom.
        by: AuditParty,
    },
    /// Somebody asked for what they have no right to.
    RightsRefusal(AuditParty),
    /// A token was shown that is good no longer, or never was.
    TokenRefusal(AuditParty),
    /// A device was let in.
    Pairing {
        /// Which.
        device: AuditParty,
        /// By whom.
        by: AuditParty,
    },
    /// A device was shut out.
    DeviceShut {
        /// Which.
        device: AuditParty,
        /// By whom.
        by: AuditParty,
    },
    /// An account was made.
    AccountMade {
        /// Which.
        account: AuditParty,
        /// By whom.
        by: AuditParty,
        /// It is an administrator's.
        is_admin: bool,
    },
    /// An account has another password.
    PasswordChanged {
        /// Which.
        account: AuditParty,
        /// By whom.
        by: AuditParty,
        /// It is an administrator's.
        is_admin: bool,
    },
    /// An account was shut.
    AccountShut {
        /// Which.
        account: AuditParty,
        /// By whom.
        by: AuditParty,
        /// It is an administrator's.
        is_admin: bool,
    },
    /// An agent was invited, or once more.
    AgentInvited {
        /// Which.
        agent: AuditParty,
        /// By whom.
        by: AuditParty,
    },
    /// An agent was shut out.
    AgentShut {
        /// Which.
        agent: AuditParty,
        /// By whom.
        by: AuditParty,
    },
    /// A backup was put in the database's place.
    Restore,
    /// The clock was believed on somebody's word.
    ClockBelieved(AuditParty),
}

/// What a record is about, without by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is said by the record of its name")]
pub enum AuditKind {
    SignIn,
    SignInFailure,
    SignOut,
    Lock,
    Unlock,
    UnlockFailure,
    Handover,
    SessionsEnded,
    RightsRefusal,
    TokenRefusal,
    Pairing,
    DeviceShut,
    AccountMade,
    PasswordChanged,
    AccountShut,
    AgentInvited,
    AgentShut,
    Restore,
    ClockBelieved,
}

impl AuditKind {
    /// Every kind.
    pub const ALL: [Self; 19] = [
        Self::SignIn,
        Self::SignInFailure,
        Self::SignOut,
        Self::Lock,
        Self::Unlock,
        Self::UnlockFailure,
        Self::Handover,
        Self::SessionsEnded,
        Self::RightsRefusal,
        Self::TokenRefusal,
        Self::Pairing,
        Self::DeviceShut,
        Self::AccountMade,
        Self::PasswordChanged,
        Self::AccountShut,
        Self::AgentInvited,
        Self::AgentShut,
        Self::Restore,
        Self::ClockBelieved,
    ];

    /// The stable name, under which it is kept and logged.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::SignInFailure => "sign-in-failed",
            Self::SignOut => "sign-out",
            Self::Lock => "locked",
            Self::Unlock => "unlocked",
            Self::UnlockFailure => "unlock-failed",
            Self::Handover => "desk-handed-over",
            Self::SessionsEnded => "sessions-ended",
            Self::RightsRefusal => "right-refused",
            Self::TokenRefusal => "token-refused",
            Self::Pairing => "device-paired",
            Self::DeviceShut => "device-revoked",
            Self::AccountMade => "account-made",
            Self::PasswordChanged => "password-changed",
            Self::AccountShut => "account-shut",
            Self::AgentInvited => "agent-invited",
            Self::AgentShut => "agent-shut",
            Self::Restore => "restore",
            Self::ClockBelieved => "clock-believed",
        }
    }
}

/// That it is about an administrator's account, as it is kept and logged.
pub const ADMIN: &str = "admin";

impl AuditRecord {
    /// What it is about.
    pub const fn kind(self) -> AuditKind {
        match self {
            Self::SignIn(_) => AuditKind::SignIn,
            Self::SignInFailure { .. } => AuditKind::SignInFailure,
            Self::SignOut(_) => AuditKind::SignOut,
            Self::Lock { .. } => AuditKind::Lock,
            Self::Unlock(_) => AuditKind::Unlock,
            Self::UnlockFailure { .. } => AuditKind::UnlockFailure,
            Self::Handover { .. } => AuditKind::Handover,
            Self::SessionsEnded { .. } => AuditKind::SessionsEnded,
            Self::RightsRefusal(_) => AuditKind::RightsRefusal,
            Self::TokenRefusal(_) => AuditKind::TokenRefusal,
            Self::Pairing { .. } => AuditKind::Pairing,
            Self::DeviceShut { .. } => AuditKind::DeviceShut,
            Self::AccountMade { .. } => AuditKind::AccountMade,
            Self::PasswordChanged { .. } => AuditKind::PasswordChanged,
            Self::AccountShut { .. } => AuditKind::AccountShut,
            Self::AgentInvited { .. } => AuditKind::AgentInvited,
            Self::AgentShut { .. } => AuditKind::AgentShut,
            Self::Restore => AuditKind::Restore,
            Self::ClockBelieved(_) => AuditKind::ClockBelieved,
        }
    }

    /// Who did it, to whom, and why or in which way.
    const fn parts(self) -> (AuditParty, AuditParty, &'static str) {
        use AuditParty::Stranger as Nobody;
        match self {
            Self::SignIn(who)
            | Self::SignOut(who)
            | Self::Unlock(who)
            | Self::RightsRefusal(who)
            | Self::ClockBelieved(who) => (who, Nobody, ""),
            Self::Lock { of, why } => (of, Nobody, why.name()),
            Self::UnlockFailure { of, why } => (Nobody, of, why.name()),
            Self::Handover { from, to } => (to, from, ""),
            Self::TokenRefusal(at) => (Nobody, at, ""),
            Self::SignInFailure { at, why } => (Nobody, at, why.name()),
            Self::SessionsEnded { of, by } => (by, of, ""),
            Self::Pairing { device, by } | Self::DeviceShut { device, by } => (by, device, ""),
            Self::AccountMade { account, by, is_admin }
            | Self::PasswordChanged { account, by, is_admin }
            | Self::AccountShut { account, by, is_admin } => (by, account, if is_admin { ADMIN } else { "" }),
            Self::AgentInvited { agent, by } | Self::AgentShut { agent, by } => (by, agent, ""),
            Self::Restore => (AuditParty::Console, Nobody, ""),
        }
    }

    /// The row of a record that a command on the machine itself makes.
    pub fn row_of_console(self, now: DateTime<Utc>) -> AuditRow {
        AuditKey::new(self, None).row(now, now, 1)
    }
}

/// What rows of one minute are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct AuditKey {
    kind: AuditKind,
    who: AuditParty,
    about: AuditParty,
    why: &'static str,
    network: Option<Network>,
}

impl AuditKey {
    fn new(record: AuditRecord, from: Option<IpAddr>) -> Self {
        let (who, about, why) = record.parts();
        Self { kind: record.kind(), who, about, why, network: from.map(Network::of) }
    }

    /// Whether somebody who is known did it.
    const fn is_proven(self) -> bool {
        !matches!(self.who, AuditParty::Stranger)
    }

    fn row(self, at: DateTime<Utc>, last_at: DateTime<Utc>, count: u32) -> AuditRow {
        AuditRow {
            at,
            last_at,
            event: self.kind.name().to_owned(),
            why: self.why.to_owned(),
            who: self.who.to_string(),
            about: self.about.to_string(),
            office: self.about.office().or_else(|| self.who.office()),
            network: self.network.map(|network| network.to_string()).unwrap_or_default(),
            count,
            proven: self.is_proven(),
        }
    }
}

/// What has happened within a minute.
#[derive(Debug, Default)]
struct AuditMinute {
    minute: i64,
    /// How often each happened since it was handed on last, and when the last time.
    seen: HashMap<AuditKey, (u32, DateTime<Utc>)>,
    strangers: usize,
    /// Rows to be written.
    waiting: Vec<AuditRow>,
}

impl AuditMinute {
    /// Takes in what happened; says whether there is something to do now or at the minute's end.
    fn take(&mut self, mut key: AuditKey, now: DateTime<Utc>) -> bool {
        let minute = now.timestamp_millis().div_euclid(MINUTE_MILLIS);
        if minute != self.minute {
            self.close();
            self.minute = minute;
        }
        if !key.is_proven() && !self.seen.contains_key(&key) {
            key = self.folded(key);
        }
        match self.seen.get_mut(&key) {
            Some((count, last)) => {
                *count += 1;
                *last = now;
                *count == 1
            }
            None => {
                self.strangers += usize::from(!key.is_proven());
                self.seen.insert(key, (0, now));
                self.wait(key.row(now, now, 1));
                true
            }
        }
    }

    /// Under what a stranger's deed is counted: where there are too many to be told apart, with the others.
    fn folded(&self, key: AuditKey) -> AuditKey {
        if self.strangers >= STRANGERS_PER_MINUTE_MAX {
            return AuditKey { about: AuditParty::Stranger, network: None, ..key };
        }
        let alike = |one: &&AuditKey| one.network == key.network && one.kind == key.kind && one.why == key.why;
        let is_crowded = self.seen.keys().filter(alike).count() >= ACCOUNTS_PER_NETWORK_MAX;
        if is_crowded { AuditKey { about: AuditParty::Stranger, ..key } } else { key }
    }

    /// Hands on what was counted. The minute goes on.
    fn count_up(&mut self) {
        let counted: Vec<AuditRow> = self
            .seen
            .iter_mut()
            .filter(|(_, (count, _))| *count > 0)
            .map(|(key, (count, last))| key.row(*last, *last, std::mem::take(count)))
            .collect();
        counted.into_iter().for_each(|row| self.wait(row));
    }

    fn close(&mut self) {
        self.count_up();
        self.seen.clear();
        self.strangers = 0;
    }

    fn wait(&mut self, row: AuditRow) {
        if self.waiting.len() >= WAITING_MAX {
            self.waiting.remove(0);
        }
        self.waiting.push(row);
    }

    /// When what was counted must be handed on.
    fn due(&self) -> Option<DateTime<Utc>> {
        let any = self.seen.values().any(|(count, _)| *count > 0);
        any.then(|| DateTime::from_timestamp_millis((self.minute + 1) * MINUTE_MILLIS).unwrap_or_default())
    }
}

/// The way to the audit; cheap to clone.
#[derive(Debug, Clone)]
pub struct AuditTrail(Arc<TrailParts>);

#[derive(Debug)]
struct TrailParts {
    clock: Clock,
    minute: Mutex<AuditMinute>,
    wake: Notify,
}

impl AuditTrail {
    /// An audit by this clock.
    pub fn new(clock: Clock) -> Self {
        Self(Arc::new(TrailParts { clock, minute: Mutex::default(), wake: Notify::new() }))
    }

    fn minute(&self) -> MutexGuard<'_, AuditMinute> {
        self.0.minute.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes something, from where the request came that is being answered.
    pub fn note(&self, record: AuditRecord) {
        let from = PEER.try_with(|peer| *peer).ok();
        let now = self.0.clock.now();
        let is_news = self.minute().take(AuditKey::new(record, from), now);
        if is_news {
            self.0.wake.notify_one();
        }
    }

    /// Writes what was noted into store and log, for ever; `hear` is told of each row.
    pub async fn keep(self, writer: Writer, hear: impl Fn(&AuditRow) + Send) {
        loop {
            if self.write_waiting(&writer, &hear).await.is_err() {
                tokio::time::sleep(STORE_AGAIN).await;
                continue;
            }
            let due = self.minute().due();
            match due {
                Some(due) => tokio::select! {
                    () = self.0.clock.sleep_until(due) => self.minute().count_up(),
                    () = self.0.wake.notified() => {}
                },
                None => self.0.wake.notified().await,
            }
        }
    }

    /// Writes everything, at a stop.
    ///
    /// # Errors
    /// If the hub cannot write.
    pub async fn finish(&self, writer: &Writer) -> Result<(), WriteError> {
        self.minute().close();
        self.write_waiting(writer, &|_| ()).await
    }

    async fn write_waiting(&self, writer: &Writer, hear: &(impl Fn(&AuditRow) + Send)) -> Result<(), WriteError> {
        let rows = std::mem::take(&mut self.minute().waiting);
        if rows.is_empty() {
            return Ok(());
        }
        let kept = rows.clone();
        let written = writer.change(move |store| kept.iter().try_for_each(|row| store.put_audit(row))).await;
        if let Err(error) = written {
            tracing::error!(%error, "the audit could not be written; it is tried again");
            let mut minute = self.minute();
            let newer = std::mem::take(&mut minute.waiting);
            rows.into_iter().chain(newer).for_each(|row| minute.wait(row));
            return Err(error);
        }
        for row in &rows {
            tell(row);
            hear(row);
        }
        Ok(())
    }
}

/// The line of the log.
pub fn tell(row: &AuditRow) {
    let AuditRow { event, why, who, about, office, network, count, .. } = row;
    tracing::info!(target: "audit", event, why, who, about, office, network, count, at = %row.last_at, "audit");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_790_000_040_000 + millis).unwrap()
    }

    fn failure(network: u32, account: u32) -> AuditKey {
        let record = AuditRecord::SignInFailure {
            at: AuditParty::Account { id: account, office: None },
            why: SignInFailure::WrongPassword,
        };
        AuditKey::new(record, Some(IpAddr::from(network.to_be_bytes())))
    }

    #[test]
    fn new_08_a_burst_is_one_row_with_a_count() {
        let mut minute = AuditMinute::default();
        assert!(minute.take(failure(1, 1), at(0)), "the first is told at once");
        assert!(minute.take(failure(1, 1), at(1)), "the second at the minute's end");
        assert!((2..1_000).all(|nth| !minute.take(failure(1, 1), at(nth))));
        assert_eq!(minute.due(), Some(at(60_000)));
        assert_eq!(minute.waiting.len(), 1);
        minute.take(failure(1, 1), at(60_000));
        let counts: Vec<u32> = minute.waiting.iter().map(|row| row.count).collect();
        assert_eq!(counts, [1, 999, 1]);
        assert_eq!(minute.waiting[1].network, "0.0.0.1/32");
    }

    #[test]
    fn new_08_strangers_have_so_many_rows_a_minute_and_no_more_however_many_networks_and_names_there_are() {
        let mut minute = AuditMinute::default();
        for nth in 0..50 {
            minute.take(failure(1, nth), at(0));
        }
        assert_eq!(minute.waiting.len(), ACCOUNTS_PER_NETWORK_MAX + 1, "one network");
        for nth in 0..10_000 {
            minute.take(failure(nth, nth), at(1));
        }
        assert!(minute.waiting.len() <= STRANGERS_PER_MINUTE_MAX + 2, "{}", minute.waiting.len());
        let known = AuditKey::new(AuditRecord::SignIn(AuditParty::Account { id: 1, office: None }), None);
        let before = minute.waiting.len();
        minute.take(known, at(2));
        assert_eq!(minute.waiting.len(), before + 1, "who is known is never lost among them");
        minute.close();
        let told: u32 = minute.waiting.iter().filter(|row| !row.proven).map(|row| row.count).sum();
        assert_eq!(told, 10_050, "and each is counted");
    }

    #[test]
    fn new_08_every_kind_has_a_name_of_its_own_and_nothing_in_a_row_says_who_somebody_is() {
        let mut names: Vec<&str> = AuditKind::ALL.iter().map(|kind| kind.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), AuditKind::ALL.len());
        let row = failure(1, 7).row(at(0), at(0), 1);
        assert_eq!((row.who.as_str(), row.about.as_str(), row.office), ("", "account:7", None));
    }
}
