//! The offices of this hub, as readers see them: what is committed, and nothing else.

use std::{
    collections::BTreeMap,
    ops::Deref,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, Days, Utc};
use office::{
    Booking, Event, Office, OfficeConfig,
    slots::{self, DayAnswer, DayQuestion, Findings, FreeTime, Memory, Query},
};
use parking_lot::{Mutex, RwLock, RwLockReadGuard};
use tokio::sync::watch;

use crate::offers::Offers;

/// Days whose free times are looked for in one reading.
const DAYS_IN_A_READING: u16 = 2;

/// So long a reader lets a writer go first who waits for the same office.
///
/// A writer waits for the readers who are there, and readers who come meanwhile wait behind it: else those of a busy
/// office could follow each other for ever, and nothing would be committed. But a reader who comes may be one who is
/// there: code that reads calls code that reads. It would wait for the writer, and the writer for it. No reader can
/// tell which of the two it is, so that after this time it reads on past the writer. That is longer than nearly every
/// reading takes: a writer is hardly passed by anybody else, and a reading within a reading that meets a writer costs
/// both no more than this.
const PATIENCE: Duration = Duration::from_millis(5);

/// An office that is being read; it cannot leave its thread.
#[derive(Debug)]
pub struct OfficeGuard<'a> {
    office: RwLockReadGuard<'a, Office>,
    findings: &'a Mutex<Findings>,
}

impl OfficeGuard<'_> {
    /// The free times of some days, with the help of what was found before.
    pub fn free(&self, query: &Query, now: DateTime<Utc>) -> Vec<FreeTime> {
        slots::free(&self.office, query, now, &mut SharedFindings(self.findings))
    }
}

/// What was found free in an office by all who read it: nobody waits while another works a day out.
struct SharedFindings<'a>(&'a Mutex<Findings>);

impl Memory for SharedFindings<'_> {
    fn recall(&mut self, question: &DayQuestion, now: DateTime<Utc>) -> Option<DayAnswer> {
        self.0.lock().recall(question, now)
    }

    fn keep(&mut self, question: DayQuestion, answer: DayAnswer) {
        self.0.lock().keep(question, answer);
    }
}

impl Deref for OfficeGuard<'_> {
    type Target = Office;

    fn deref(&self) -> &Office {
        &self.office
    }
}

/// What broke when an office was set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfficeBreakage {
    /// Folding its journal.
    Fold,
    /// Reckoning what time brings.
    Time,
    /// Making a view of it.
    View,
}

/// One office of the hub.
///
/// The writer alone changes it, after each commit, and holds the lock for the fold of the new events and no longer:
/// there is never any I/O under it.
#[derive(Debug)]
pub struct OfficeHandle {
    /// Its name in links and in the API.
    pub key: Arc<str>,
    /// Its row in the store, counted from 1.
    pub row: u32,
    committed: RwLock<Office>,
    /// What was found free in it; changed only under its lock, so that it never tells of another state.
    findings: Mutex<Findings>,
    seq: AtomicU64,
    changed: watch::Sender<u64>,
    aside: OnceLock<OfficeBreakage>,
    /// Free times, as they were asked for.
    pub offers: Offers,
}

impl OfficeHandle {
    /// An office as it was loaded.
    pub fn new(key: &str, row: u32, office: Office, seq: u64) -> Self {
        Self {
            key: key.into(),
            row,
            committed: RwLock::new(office),
            findings: Mutex::default(),
            seq: AtomicU64::new(seq),
            changed: watch::Sender::new(seq),
            aside: OnceLock::new(),
            offers: Offers::default(),
        }
    }

    /// The office as it is committed. Keep the guard for a computation, never across an `await`, and lend it rather than
    /// read again within it: a thread that does reads on, past a writer who waits, but only after some patience.
    pub fn read(&self) -> OfficeGuard<'_> {
        let office = self.committed.try_read_for(PATIENCE).unwrap_or_else(|| self.committed.read_recursive());
        OfficeGuard { office, findings: &self.findings }
    }

    /// Its configuration's part that `pick` wants, if the office is set up and not set aside.
    pub fn config<T>(&self, pick: impl FnOnce(&OfficeConfig) -> T) -> Option<T> {
        if self.aside().is_some() {
            return None;
        }
        self.read().config.as_ref().map(pick)
    }

    /// Sets the office aside, because something about it broke the rules' code: nothing more is asked of it until a hub
    /// that is repaired starts from the same journal. Its readers look up, and the others go on.
    pub fn set_aside(&self, aside: OfficeBreakage) {
        if self.aside.set(aside).is_ok() {
            tracing::error!(office = %self.key, ?aside, "the office is set aside; the others go on");
            self.changed.send_replace(self.seq());
        }
    }

    /// Why it is set aside, if it is.
    pub fn aside(&self) -> Option<OfficeBreakage> {
        self.aside.get().copied()
    }

    /// Does something with the office that breaks nobody else if it breaks: then the office is set aside, and there is
    /// nothing.
    pub fn guarded<T>(&self, doing: OfficeBreakage, work: impl FnOnce() -> T) -> Option<T> {
        if self.aside().is_some() {
            return None;
        }
        let done = catch_unwind(AssertUnwindSafe(work)).ok();
        if done.is_none() {
            self.set_aside(doing);
        }
        done
    }

    /// The free times of some days.
    pub fn free_times(&self, query: &Query, now: DateTime<Utc>) -> Vec<FreeTime> {
        self.in_short_readings(query, |office, some| office.free(some, now))
    }

    /// The free times to which a booking can be moved.
    pub fn free_times_to_move(&self, query: &Query, booking: &Booking, now: DateTime<Utc>) -> Vec<FreeTime> {
        self.in_short_readings(query, |office, some| slots::free_to_move(office, some, booking, now))
    }

    /// Looks for free times a few days at a time: the writer waits for one of these readings at most, and a large office
    /// with many skills takes a while.
    fn in_short_readings(
        &self,
        query: &Query,
        look: impl Fn(&OfficeGuard<'_>, &Query) -> Vec<FreeTime>,
    ) -> Vec<FreeTime> {
        let mut slots = Vec::new();
        let (mut from, mut left) = (query.from, query.days);
        while left > 0 {
            let days = left.min(DAYS_IN_A_READING);
            slots.extend(look(&self.read(), &Query { from, days, ..*query }));
            let Some(next) = from.checked_add_days(Days::new(days.into())) else { break };
            (from, left) = (next, left - days);
        }
        slots
    }

    /// The number of the newest committed event.
    pub fn seq(&self) -> u64 {
        self.seq.load(Ordering::Acquire)
    }

    /// Tells of each commit with the number of its last event.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Takes over what was committed.
    pub fn publish<'a>(&self, events: impl IntoIterator<Item = &'a Event>, seq: u64) {
        {
            let mut office = self.committed.write();
            let mut findings = self.findings.lock();
            for event in events {
                findings.apply(&mut office, event);
            }
            self.seq.store(seq, Ordering::Release);
        }
        self.changed.send_replace(seq);
    }

    /// Readers look again, although nothing was committed: a device reported, or a minute passed.
    pub fn touch(&self) {
        self.changed.send_replace(self.seq());
    }

    /// When its time next has something to do; less, while nobody knows if the time is right.
    pub fn next_due(&self, now: DateTime<Utc>, in_doubt: bool) -> Option<DateTime<Utc>> {
        let next_due = if in_doubt { office::next_due_in_doubt } else { office::next_due };
        self.guarded(OfficeBreakage::Time, || next_due(&self.read(), now)).flatten()
    }
}

/// Every office of the hub, by key.
#[derive(Debug, Clone, Default)]
pub struct Offices(Arc<BTreeMap<Arc<str>, Arc<OfficeHandle>>>);

impl Offices {
    /// Those of which something can be asked.
    pub fn going(&self) -> impl Iterator<Item = &Arc<OfficeHandle>> {
        self.iter().filter(|office| office.aside().is_none())
    }

    /// Those that are set aside.
    pub fn aside(&self) -> impl Iterator<Item = &Arc<OfficeHandle>> {
        self.iter().filter(|office| office.aside().is_some())
    }

    /// These offices.
    pub fn new(offices: impl IntoIterator<Item = Arc<OfficeHandle>>) -> Self {
        Self(Arc::new(offices.into_iter().map(|office| (Arc::clone(&office.key), office)).collect()))
    }

    /// One of them.
    pub fn get(&self, key: &str) -> Option<&Arc<OfficeHandle>> {
        self.0.get(key)
    }

    /// All of them, by key.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<OfficeHandle>> {
        self.0.values()
    }
}

#[cfg(test)]
mod tests {
    use std::{thread, time::Instant};

    use super::*;

    #[test]
    fn a_thread_that_reads_reads_again_although_a_writer_waits() {
        let handle = Arc::new(OfficeHandle::new("kep", 1, Office::default(), 0));
        let outer = handle.read();
        let writer = thread::spawn({
            let handle = Arc::clone(&handle);
            move || handle.publish([], 1)
        });
        // A writer waits as soon as another thread's read has to wait.
        let began = Instant::now();
        while handle.committed.try_read().is_some() && began.elapsed() < Duration::from_secs(10) {
            thread::yield_now();
        }
        assert!(handle.committed.try_read().is_none(), "the writer never came");
        assert_eq!(handle.read().next_visit, 0);
        drop(outer);
        writer.join().unwrap();
        assert_eq!(handle.seq(), 1);
    }
}
