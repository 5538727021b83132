//! Time passing: one task sleeps until the earliest moment at which an office has something to do.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use tokio::sync::Notify;

use crate::{
    alive::SignsOfLife,
    clock::Clock,
    command::CommandRefusal,
    error::WriteError,
    offices::{OfficeHandle, Offices},
    queue::Writer,
};
use store::Actor;

/// Under load an office's next time is worked out at most this often; nothing is due to the tenth of a second.
const RECKON_EVERY: Duration = Duration::from_millis(100);
/// And takes at most one part in so many of a core, as long as it is not later than this.
const RECKON_SHARE: u32 = 10;
const RECKON_LATEST: Duration = Duration::from_secs(2);
/// What broke the rules' code is tried again after so long.
const BROKEN_AGAIN_SECONDS: i64 = 60;
/// After so many offices, others may have the thread.
const OFFICES_AT_ONCE: usize = 8;

/// Where the writer tells which offices changed.
#[derive(Debug, Clone, Default)]
pub struct DueBoard {
    changed: Arc<Mutex<BTreeMap<u32, Arc<OfficeHandle>>>>,
    wake: Arc<Notify>,
}

impl DueBoard {
    /// An office's next time may be another.
    pub fn changed(&self, office: &Arc<OfficeHandle>) {
        let mut changed = self.changed.lock().unwrap_or_else(PoisonError::into_inner);
        if changed.insert(office.row, Arc::clone(office)).is_none() {
            self.wake.notify_one();
        }
    }

    /// What is due may be another in every office.
    fn all_changed(&self, offices: &Offices) {
        offices.iter().for_each(|office| self.changed(office));
    }

    fn take(&self) -> BTreeMap<u32, Arc<OfficeHandle>> {
        std::mem::take(&mut *self.changed.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Asks each office to do what is due, when it is due, for ever.
    pub async fn keep(self, clock: Clock, writer: Writer, offices: Offices) {
        let mut due: BTreeMap<u32, (DateTime<Utc>, Arc<OfficeHandle>)> = BTreeMap::new();
        let mut life = SignsOfLife::new(clock);
        let mut doubts = writer.belief().changes();
        self.all_changed(&offices);
        loop {
            let began = Instant::now();
            let in_doubt = writer.belief().doubt().is_some();
            for (nth, (row, office)) in self.take().into_iter().enumerate() {
                if nth % OFFICES_AT_ONCE == OFFICES_AT_ONCE - 1 {
                    tokio::task::yield_now().await;
                }
                life.seen(&office, clock.now());
                match office.next_due(clock.now(), in_doubt) {
                    Some(at) => drop(due.insert(row, (at, office))),
                    None => drop(due.remove(&row)),
                }
            }
            let pause = (began.elapsed() * RECKON_SHARE).clamp(RECKON_EVERY, RECKON_LATEST);
            let Some(earliest) = due.values().map(|(at, _)| *at).chain(life.next()).min() else {
                tokio::select! {
                    () = self.wake.notified() => {}
                    () = doubts.next() => self.all_changed(&offices),
                }
                continue;
            };
            tokio::select! {
                () = clock.sleep_until(earliest) => {
                    tick(&writer, &mut due, clock.now()).await;
                    life.give(&writer, clock.now()).await;
                }
                () = self.wake.notified() => tokio::time::sleep(pause).await,
                () = doubts.next() => self.all_changed(&offices),
            }
        }
    }
}

/// Asks every office whose time has come.
async fn tick(writer: &Writer, due: &mut BTreeMap<u32, (DateTime<Utc>, Arc<OfficeHandle>)>, now: DateTime<Utc>) {
    let ready: Vec<u32> = due.iter().filter(|(_, (at, _))| *at <= now).map(|(row, _)| *row).collect();
    for row in ready {
        let Some((_, office)) = due.remove(&row) else { continue };
        match writer.submit(&office.key, Actor::Hub, None, office::Command::Tick).await {
            Ok(_) => {
                // One tick may leave more to do at the same instant.
                let in_doubt = writer.belief().doubt().is_some();
                if let Some(next) = office.next_due(now, in_doubt) {
                    due.insert(row, (next, office));
                }
            }
            // Nothing is due where nothing can be done.
            Err(CommandRefusal::ByHub(WriteError::SetAside)) => {}
            // The same again would break again; a minute changes what is due.
            Err(CommandRefusal::ByHub(WriteError::Broken)) => {
                due.insert(row, (now + chrono::TimeDelta::seconds(BROKEN_AGAIN_SECONDS), office));
            }
            Err(error) => {
                tracing::warn!(office = %office.key, %error, "what is due could not be done; trying again");
                due.insert(row, (now + chrono::TimeDelta::seconds(1), office));
            }
        }
    }
}
