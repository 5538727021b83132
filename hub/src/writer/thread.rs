//! The writer's thread: takes every waiting command, decides each, commits once, publishes, answers.

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, mpsc::Receiver},
    thread::JoinHandle,
};

use chrono::{DateTime, Utc};
use office::Office;
use tokio::sync::{Notify, mpsc::UnboundedSender};

use super::{
    Message, Writer,
    bench::{Workbench, Working},
    job::{Job, Place},
    queue,
};
use crate::{
    clock::Clock,
    due::DueBoard,
    error::WriteError,
    keys::same,
    metrics::Metrics,
    offices::{OfficeHandle, Offices},
    snapshots::SNAPSHOT_EVERY_EVENTS,
    store::{Store, StoreError, is_full},
};

/// Commands in one commit at most.
const BATCH_LENGTH_MAX: usize = 1_024;

/// An office as it was loaded from the store.
#[derive(Debug)]
pub struct LoadedOffice {
    /// What readers see.
    pub handle: Arc<OfficeHandle>,
    /// The office.
    pub office: Office,
    /// The number of its newest event.
    pub seq: u64,
    /// The hash of that event's row.
    pub hash: [u8; 32],
    /// The event of the newest snapshot.
    pub snapshot_seq: u64,
}

/// What the thread works with.
#[derive(Debug)]
pub struct WriterParts {
    /// The connection, which is its own.
    pub store: Store,
    /// The offices.
    pub offices: Vec<LoadedOffice>,
    /// The hub's clock.
    pub clock: Clock,
    /// Where it tells that an office's next time may have changed.
    pub due: DueBoard,
    /// Told when mails were put in.
    pub mail: Arc<Notify>,
    /// Where it asks for snapshots.
    pub snapshots: UnboundedSender<Arc<OfficeHandle>>,
    /// What it counts.
    pub metrics: Metrics,
}

/// Starts the thread. It ends at [`Writer::stop`], and gives the store back.
///
/// # Errors
/// If the machine gives no thread.
pub fn start(parts: WriterParts) -> std::io::Result<(Writer, JoinHandle<Store>)> {
    let (sender, receiver) = queue();
    let offices = Offices::new(parts.offices.iter().map(|loaded| Arc::clone(&loaded.handle)));
    let thread = Thread::new(parts);
    let handle = std::thread::Builder::new().name("writer".into()).spawn(move || thread.run(&receiver))?;
    Ok((Writer { queue: sender, offices }, handle))
}

struct Thread {
    store: Store,
    offices: BTreeMap<u32, (Arc<OfficeHandle>, Working)>,
    /// Offices in which the batch has worked.
    touched: BTreeSet<u32>,
    clock: Clock,
    due: DueBoard,
    mail: Arc<Notify>,
    snapshots: UnboundedSender<Arc<OfficeHandle>>,
    metrics: Metrics,
}

/// Why a batch did not happen.
enum Broken {
    Store(StoreError),
    Panicked,
}

impl From<StoreError> for Broken {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// How a command stands before the commit.
enum Standing {
    Done,
    Reused,
}

impl Thread {
    fn new(parts: WriterParts) -> Self {
        let offices = parts.offices.into_iter().map(|loaded| {
            let LoadedOffice { handle, office, seq, hash, snapshot_seq } = loaded;
            let snapshot_from = snapshot_seq + SNAPSHOT_EVERY_EVENTS;
            (handle.row, (handle, Working { office, seq, hash, fresh: Vec::new(), snapshot_from, posted: false }))
        });
        Self {
            store: parts.store,
            offices: offices.collect(),
            touched: BTreeSet::new(),
            clock: parts.clock,
            due: parts.due,
            mail: parts.mail,
            snapshots: parts.snapshots,
            metrics: parts.metrics,
        }
    }

    fn run(mut self, receiver: &Receiver<Message>) -> Store {
        let mut batch = Vec::with_capacity(BATCH_LENGTH_MAX);
        let mut goes_on = true;
        while goes_on && let Ok(first) = receiver.recv() {
            let waiting = std::iter::once(first).chain(receiver.try_iter().take(BATCH_LENGTH_MAX - 1));
            for message in waiting {
                match message {
                    Message::Job(job) => batch.push(job),
                    Message::Stop => goes_on = false,
                }
            }
            if !batch.is_empty() {
                self.metrics.batch(batch.len());
                self.carry_out(&mut batch);
            }
        }
        self.store
    }

    /// Decides a batch, commits it, publishes and answers; or refuses all of it.
    fn carry_out(&mut self, batch: &mut Vec<Box<dyn Job>>) {
        let started = std::time::Instant::now();
        match self.decide_and_commit(batch) {
            Ok(standings) => {
                self.publish();
                for (job, standing) in batch.drain(..).zip(standings) {
                    match standing {
                        Standing::Done => job.answer(),
                        Standing::Reused => job.fail(WriteError::CommandReused),
                    }
                }
                self.metrics.committed(started.elapsed());
            }
            Err(broken) => {
                let error = self.recover(&broken);
                for job in batch.drain(..) {
                    job.fail(error);
                }
            }
        }
    }

    fn decide_and_commit(&mut self, batch: &mut [Box<dyn Job>]) -> Result<Vec<Standing>, Broken> {
        let now = self.clock.now();
        self.store.begin()?;
        let mut standings = Vec::with_capacity(batch.len());
        for job in batch {
            let standing = match job.place() {
                Place::Store => {
                    catch_unwind(AssertUnwindSafe(|| job.work_in_store(&self.store)))
                        .map_err(|_| Broken::Panicked)??;
                    Standing::Done
                }
                Place::Office(handle, actor, id) => self.work_in_office(job.as_mut(), &handle, actor, id, now)?,
            };
            standings.push(standing);
        }
        self.store.commit()?;
        Ok(standings)
    }

    fn work_in_office(
        &mut self,
        job: &mut dyn Job,
        handle: &OfficeHandle,
        actor: crate::actor::Actor,
        id: Option<super::CommandId>,
        now: DateTime<Utc>,
    ) -> Result<Standing, Broken> {
        if let Some(id) = id
            && let Some(before) = self.store.command(id.id)?
        {
            let is_same = before.actor == actor.to_string() && same(&before.body_hash, &id.body_hash);
            if !is_same {
                return Ok(Standing::Reused);
            }
            job.take_kept(&before.answer);
            return Ok(Standing::Done);
        }
        let Some((_, working)) = self.offices.get_mut(&handle.row) else { return Err(Broken::Panicked) };
        self.touched.insert(handle.row);
        let now = working.office.last_at.map_or(now, |last| now.max(last));
        let mut bench = Workbench {
            handle,
            working,
            store: &self.store,
            now,
            actor,
            command: id.map(|id| id.id),
            rows: Vec::new(),
            broken: None,
        };
        catch_unwind(AssertUnwindSafe(|| job.work_in_office(&mut bench))).map_err(|_| Broken::Panicked)?;
        if let Some(error) = bench.broken {
            return Err(error.into());
        }
        if let Some(id) = id {
            self.store.keep_answer(id.id, now, &actor.to_string(), &id.body_hash, &job.bytes())?;
        }
        Ok(Standing::Done)
    }

    /// Shows readers what is now on disk.
    fn publish(&mut self) {
        let mut posted = false;
        for row in std::mem::take(&mut self.touched) {
            let Some((handle, working)) = self.offices.get_mut(&row) else { continue };
            posted |= std::mem::take(&mut working.posted);
            if !working.fresh.is_empty() {
                handle.publish(&working.fresh, working.seq);
                self.metrics.events(working.fresh.len());
                working.fresh.clear();
                self.due.changed(handle);
                if working.seq >= working.snapshot_from {
                    working.snapshot_from = working.seq + SNAPSHOT_EVERY_EVENTS;
                    let _ = self.snapshots.send(Arc::clone(handle));
                }
            }
        }
        if posted {
            self.mail.notify_one();
        }
    }

    /// Gives the batch up, and goes back to what is committed.
    fn recover(&mut self, broken: &Broken) -> WriteError {
        self.store.roll_back();
        self.metrics.refused();
        for row in std::mem::take(&mut self.touched) {
            let Some((handle, working)) = self.offices.get_mut(&row) else { continue };
            working.office = handle.read().clone();
            working.seq = handle.seq();
            working.fresh.clear();
            working.posted = false;
            match self.store.hash_at(handle.row, working.seq) {
                Ok(hash) => working.hash = hash.unwrap_or_default(),
                Err(error) => tracing::error!(%error, "the journal cannot be read"),
            }
        }
        match broken {
            Broken::Store(error) if is_full(error) => {
                tracing::error!("the disk is full: commands are refused");
                WriteError::StorageFull
            }
            Broken::Store(error) => {
                tracing::error!(%error, "a commit failed: commands are refused");
                WriteError::Unavailable
            }
            Broken::Panicked => {
                tracing::error!("a command broke the rules' code: its batch is refused");
                WriteError::Unavailable
            }
        }
    }
}
