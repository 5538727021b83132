//! Signs of life, by which the hub knows after a start since when it was away (PROM-12). Every commit is one; while an
//! office's day runs and nothing else is written, one is written each minute. At night nothing ticks.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use crate::{clock::Clock, offices::OfficeHandle, queue::Writer};

/// The longest that nothing is written while an office's day runs; so exact is the beginning of an outage.
const BEAT_SECONDS: f64 = 60.0;
/// In a rehearsal that runs fast the disk is not asked oftener than this, by the machine's clock.
const BEAT_REAL_SECONDS_MIN: f64 = 1.0;
/// A hub that was away for less was not away: as long as two beats, since one is the doubt about the beginning.
pub const OUTAGE_SECONDS_MIN: i64 = 120;

/// What is known of the hub's own signs of life.
#[derive(Debug)]
pub struct SignsOfLife {
    every: TimeDelta,
    last: DateTime<Utc>,
    /// Offices whose day runs.
    running: BTreeSet<u32>,
}

impl SignsOfLife {
    /// The start is one.
    pub fn new(clock: Clock) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "a minute, or the speed of a rehearsal, in milliseconds")]
        let every = (BEAT_SECONDS.max(BEAT_REAL_SECONDS_MIN * clock.speed()) * 1000.0) as i64;
        Self { every: TimeDelta::milliseconds(every), last: clock.now(), running: BTreeSet::new() }
    }

    /// Something was written in an office.
    pub fn seen(&mut self, office: &OfficeHandle, now: DateTime<Utc>) {
        self.last = now;
        if office.read().day.is_some() {
            self.running.insert(office.row);
        } else {
            self.running.remove(&office.row);
        }
    }

    /// When the next must be given, if nothing else is written before.
    pub fn next(&self) -> Option<DateTime<Utc>> {
        (!self.running.is_empty()).then(|| self.last + self.every)
    }

    /// Gives one, if it is time.
    pub async fn give(&mut self, writer: &Writer, now: DateTime<Utc>) {
        if self.next().is_none_or(|next| now < next) {
            return;
        }
        // Whether it worked or not: the next try is a beat away, and the log has the reason.
        self.last = now;
        if let Err(error) = writer.change(move |store| store.note_alive(now)).await {
            tracing::warn!(%error, "no sign of life could be kept");
        }
    }
}
