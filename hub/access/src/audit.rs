//! The audit: who came in, who did not, and what was done about accounts and devices.
//!
//! What is alike within a minute is one row with a count, and what strangers do has so many rows a minute and no more: so
//! nobody fills the disk or the page by knocking. Each row is kept in the store, and is a line of the log at the same time.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use store::AuditRow;
use tokio::{sync::Notify, task_local};
use writer::{Clock, WriteError, Writer};

use crate::{
    audit_record::{AuditKind, AuditParty, AuditRecord},
    peer::Network,
};

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

/// The same for work that goes on by itself: what it notes came from where this request came.
pub(crate) fn at_same_peer<F: Future>(work: F) -> impl Future<Output = F::Output> {
    let peer = PEER.try_with(|peer| *peer).ok();
    async move {
        match peer {
            Some(peer) => from_peer(peer, work).await,
            None => work.await,
        }
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

/// The row of a record that a command on the machine itself makes.
pub fn row_of_console(record: AuditRecord, now: DateTime<Utc>) -> AuditRow {
    AuditKey::new(record, None).row(now, now, 1)
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
    use crate::audit_record::{SignInFailure, SignInWay};

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
        let known = AuditKey::new(
            AuditRecord::SignIn { who: AuditParty::Account { id: 1, office: None }, way: SignInWay::Password },
            None,
        );
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
