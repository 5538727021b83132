//! What every use case of conferences stands on, and by which whoever waits is told that something changed.

use acts::{Fault, Ledger};
use std::sync::Arc;

use body::{
    AccountId, AnnouncedWindows, BodyConfig, ConferenceContext, ConferenceRules, ConferenceSpan, Doer, Grant,
    OccupiedSpan,
};
use chrono::{DateTime, Utc};
use store::{ConferenceFigures, ReadError, Readers, Store, Stored};
use tokio::sync::{Mutex, Notify, watch};

use super::figures;

/// By which waiting pages and counters are told that something about conferences changed.
#[derive(Debug)]
pub struct ConferenceHouse {
    /// What is at the doors: planned, changed, cancelled, locked, ended, a list.
    doors: watch::Sender<u64>,
    /// What is counted: that, and who goes in. Whoever waits is not woken by it.
    counts: watch::Sender<u64>,
    /// The counters as they were read last, for which count of changes, and until when they hold: all who read them share one
    /// look.
    figures: Mutex<Option<(u64, ConferenceFigures, DateTime<Utc>)>>,
}

impl Default for ConferenceHouse {
    fn default() -> Self {
        Self { doors: watch::Sender::new(0), counts: watch::Sender::new(0), figures: Mutex::new(None) }
    }
}

impl ConferenceHouse {
    /// Rises with each change at a door.
    #[must_use]
    pub fn doors(&self) -> watch::Receiver<u64> {
        self.doors.subscribe()
    }

    /// Rises with each change of a counter.
    #[must_use]
    pub fn counts(&self) -> watch::Receiver<u64> {
        self.counts.subscribe()
    }

    /// The counters (PRE-09), and when time itself changes them next.
    ///
    /// # Errors
    /// That the hub cannot read.
    pub async fn figures(
        &self,
        readers: &Readers,
        body: &BodyConfig,
        now: DateTime<Utc>,
    ) -> Result<(ConferenceFigures, DateTime<Utc>), ReadError> {
        let mut last = self.figures.lock().await;
        let count = *self.counts.borrow();
        if let Some((_, figures, turns_at)) = last.filter(|(of, _, turns_at)| *of == count && now < *turns_at) {
            return Ok((figures, turns_at));
        }
        let (figures, turns_at) = figures::read(readers, body, now).await?;
        *last = Some((count, figures, turns_at));
        Ok((figures, turns_at))
    }

    /// Something changed; `at_doors`, if whoever waits sees it.
    fn note(&self, at_doors: bool) {
        let next = |count: &mut u64| *count = count.wrapping_add(1);
        self.counts.send_modify(next);
        if at_doors {
            self.doors.send_modify(next);
        }
    }
}

/// What every use case of conferences stands on.
#[derive(Debug, Clone, Copy)]
pub struct ConferenceRoom<'a> {
    /// The way to write, the way to read, and the time.
    pub ledger: &'a Ledger,
    /// What its file says: units, capacity, maintenance.
    pub body: &'a Arc<BodyConfig>,
    /// Told when mails were put in.
    pub mail: &'a Notify,
    /// Told when something changed.
    pub house: &'a ConferenceHouse,
}

impl ConferenceRoom<'_> {
    /// Changes something in the writer's turn, and tells whoever waits.
    ///
    /// # Errors
    /// That the hub cannot write.
    pub(crate) async fn change<T: Send + 'static>(
        self,
        work: impl FnOnce(&Store, &BodyConfig, DateTime<Utc>) -> Stored<T> + Send + 'static,
    ) -> Result<T, Fault> {
        let done = self.change_by_guest(work).await?;
        self.house.note(true);
        self.mail.notify_one();
        Ok(done)
    }

    /// The same, of what changes nothing at any door but one's own.
    ///
    /// # Errors
    /// That the hub cannot write.
    pub(super) async fn change_by_guest<T: Send + 'static>(
        self,
        work: impl FnOnce(&Store, &BodyConfig, DateTime<Utc>) -> Stored<T> + Send + 'static,
    ) -> Result<T, Fault> {
        let (body, now) = (Arc::clone(self.body), self.ledger.sober_now());
        let done = self.ledger.writer.change(move |store| work(store, &body, now)).await?;
        self.house.note(false);
        Ok(done)
    }
}

/// What is known beside a conference, as the store has it in this turn.
pub(super) struct ConferenceSurroundings {
    pub grants: Vec<Grant>,
    pub others: Vec<OccupiedSpan>,
    pub announced: AnnouncedWindows,
}

impl ConferenceSurroundings {
    /// For somebody, at a time.
    pub fn of(store: &Store, by: Option<AccountId>, span: ConferenceSpan) -> Stored<Self> {
        let grants = by.map(|by| store.grants_of(by)).transpose()?.unwrap_or_default();
        let (others, announced) = (store.occupied(span.from, span.until)?, store.announced_windows()?);
        Ok(Self { grants, others, announced })
    }

    /// As the rules ask for it.
    pub fn context<'a>(
        &'a self,
        by: Doer,
        now: DateTime<Utc>,
        (body, rules): (&BodyConfig, &'a ConferenceRules),
    ) -> ConferenceContext<'a> {
        let Self { grants, others, announced } = self;
        ConferenceContext { by, now, grants, rules, announced, zone: body.zone, others }
    }
}
