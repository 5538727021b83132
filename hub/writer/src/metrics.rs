//! What the hub counts, as Prometheus text.

use std::{sync::Arc, time::Duration};

use prometheus::{Encoder, Histogram, HistogramOpts, IntCounter, IntGauge, Registry, TextEncoder};

/// The hub's counters; cheap to clone.
#[derive(Debug, Clone)]
pub struct Metrics(Arc<Counters>);

#[derive(Debug)]
struct Counters {
    registry: Registry,
    events: IntCounter,
    batches: Histogram,
    commits: Histogram,
    readers: IntGauge,
    refused_writes: IntCounter,
    broken: IntCounter,
    aside: IntGauge,
    mails_waiting: IntGauge,
    mails_given_up: IntGauge,
}

impl Metrics {
    /// New counters.
    ///
    /// # Errors
    /// If two had the same name.
    pub fn new() -> prometheus::Result<Self> {
        let sizes = vec![1.0, 4.0, 16.0, 64.0, 256.0, 1024.0];
        let times = vec![0.000_5, 0.001, 0.002, 0.004, 0.008, 0.016, 0.064, 0.256, 1.0];
        let counters = Counters {
            registry: Registry::new(),
            events: IntCounter::new("seira_events_total", "Events written to the journals")?,
            batches: Histogram::with_opts(
                HistogramOpts::new("seira_batch_commands", "Commands in one commit").buckets(sizes),
            )?,
            commits: Histogram::with_opts(
                HistogramOpts::new("seira_commit_seconds", "Deciding and committing a batch").buckets(times),
            )?,
            readers: IntGauge::new("seira_feed_readers", "Readers of feeds now")?,
            refused_writes: IntCounter::new("seira_batches_refused_total", "Batches that could not be written")?,
            broken: IntCounter::new("seira_commands_broken_total", "Commands that broke off and were undone alone")?,
            aside: IntGauge::new(
                "seira_offices_set_aside",
                "Offices that are set aside because their fold or a view broke",
            )?,
            mails_waiting: IntGauge::new("seira_mails_waiting", "Mails that wait to be sent")?,
            mails_given_up: IntGauge::new("seira_mails_given_up", "Mails that could not be sent")?,
        };
        let registry = &counters.registry;
        registry.register(Box::new(counters.events.clone()))?;
        registry.register(Box::new(counters.batches.clone()))?;
        registry.register(Box::new(counters.commits.clone()))?;
        registry.register(Box::new(counters.readers.clone()))?;
        registry.register(Box::new(counters.refused_writes.clone()))?;
        registry.register(Box::new(counters.broken.clone()))?;
        registry.register(Box::new(counters.aside.clone()))?;
        registry.register(Box::new(counters.mails_waiting.clone()))?;
        registry.register(Box::new(counters.mails_given_up.clone()))?;
        Ok(Self(Arc::new(counters)))
    }

    /// A batch of so many commands was taken.
    pub fn batch(&self, commands: usize) {
        #[expect(clippy::cast_precision_loss, reason = "a batch is small")]
        self.0.batches.observe(commands as f64);
    }

    /// So many events are on disk.
    pub fn events(&self, count: usize) {
        self.0.events.inc_by(count as u64);
    }

    /// A batch took so long.
    pub fn committed(&self, took: Duration) {
        self.0.commits.observe(took.as_secs_f64());
    }

    /// A batch could not be written.
    pub fn refused(&self) {
        self.0.refused_writes.inc();
    }

    /// A command broke off.
    pub fn broke_off(&self) {
        self.0.broken.inc();
    }

    /// So many offices are set aside.
    pub fn set_aside(&self, offices: usize) {
        self.0.aside.set(i64::try_from(offices).unwrap_or(i64::MAX));
    }

    /// Counts a reader of a feed as long as the answer lives.
    pub fn reader(&self) -> ReaderCount {
        self.0.readers.inc();
        ReaderCount(self.clone())
    }

    /// How many mails wait, and were given up.
    pub fn mails(&self, waiting: u64, given_up: u64) {
        self.0.mails_waiting.set(i64::try_from(waiting).unwrap_or(i64::MAX));
        self.0.mails_given_up.set(i64::try_from(given_up).unwrap_or(i64::MAX));
    }

    /// The Prometheus text.
    pub fn text(&self) -> String {
        let mut text = Vec::new();
        let _ = TextEncoder::new().encode(&self.0.registry.gather(), &mut text);
        String::from_utf8(text).unwrap_or_default()
    }
}

/// A reader of a feed.
#[derive(Debug)]
pub struct ReaderCount(Metrics);

impl Drop for ReaderCount {
    fn drop(&mut self) {
        self.0.0.readers.dec();
    }
}
