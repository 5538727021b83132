//! The writer's thread: takes every waiting command, decides each, commits once, publishes, answers.

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, mpsc::Receiver},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use tokio::sync::{Notify, mpsc::UnboundedSender};

use secrets::same;
use store::{Actor, Store, StoreError, is_full};

use crate::{
    bench::{Workbench, Working},
    clock::Clock,
    command::CommandId,
    due::DueBoard,
    error::WriteError,
    fold::LoadedOffice,
    job::{Job, Place},
    metrics::Metrics,
    offices::{OfficeHandle, Offices},
    queue::{self, Message, Writer},
};

/// A snapshot of an office is made after so many events.
const SNAPSHOT_EVERY_EVENTS: u64 = 20_000;
/// Past so many events of all offices together that no snapshot holds, those with the most of them are made.
const SNAPSHOTS_LACK_EVENTS_MAX: u64 = 40_000;
/// Commands in one commit at most.
const BATCH_LENGTH_MAX: usize = 1_024;

/// From so many commands in one commit on, more are waited for.
const CROWD: usize = 8;
/// Half of what a sync takes, and looked for so often meanwhile.
const GATHERING_MAX: Duration = Duration::from_micros(1_500);
const GATHERING_STEP: Duration = Duration::from_micros(150);

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
    let offices = Offices::new(parts.offices.iter().map(|loaded| Arc::clone(&loaded.handle)));
    let (writer, receiver) = queue::open(offices);
    let thread = Thread::new(parts);
    let handle = std::thread::Builder::new().name("writer".into()).spawn(move || thread.run(&receiver))?;
    Ok((writer, handle))
}

struct Thread {
    store: Store,
    offices: BTreeMap<u32, (Arc<OfficeHandle>, Working)>,
    /// Offices in which the batch has worked.
    touched: BTreeSet<u32>,
    /// Events that no snapshot holds, of all offices.
    since_snapshots: u64,
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

/// Takes what waits into a batch; says whether more is to come after it. `crowd` is about how many there were lately:
/// those who were answered together ask again together, and one sync for all of them is sooner over than two.
fn gather(first: Message, receiver: &Receiver<Message>, crowd: usize, batch: &mut Vec<Box<dyn Job>>) -> bool {
    let began = Instant::now();
    let mut waiting = Some(first);
    loop {
        for message in waiting.take().into_iter().chain(receiver.try_iter()).take(BATCH_LENGTH_MAX - batch.len()) {
            match message {
                Message::Job(job) => batch.push(job),
                Message::Stop => return false,
            }
        }
        let is_full = batch.len() * 4 >= crowd * 3 || batch.len() == BATCH_LENGTH_MAX;
        if crowd < CROWD || is_full || began.elapsed() >= GATHERING_MAX {
            return true;
        }
        std::thread::sleep(GATHERING_STEP);
    }
}

impl Thread {
    fn new(parts: WriterParts) -> Self {
        let offices = parts.offices.into_iter().map(|loaded| {
            let LoadedOffice { handle, office, seq, hash, snapshot_seq } = loaded;
            let since_snapshot = seq - snapshot_seq;
            (
                handle.row,
                (
                    handle,
                    Working {
                        office,
                        seq,
                        hash,
                        committed_hash: hash,
                        fresh: Vec::new(),
                        since_snapshot,
                        posted: false,
                    },
                ),
            )
        });
        let offices: BTreeMap<_, _> = offices.collect();
        let since_snapshots = offices.values().map(|(_, working)| working.since_snapshot).sum();
        Self {
            store: parts.store,
            offices,
            since_snapshots,
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
        let mut crowd = 0;
        while goes_on && let Ok(first) = receiver.recv() {
            goes_on = gather(first, receiver, crowd, &mut batch);
            crowd = batch.len().max(crowd - crowd / 8);
            if !batch.is_empty() {
                self.metrics.batch(batch.len());
                self.carry_out(&mut batch);
            }
        }
        self.store
    }

    /// Decides a batch, commits it, publishes and answers; or refuses all of it.
    fn carry_out(&mut self, batch: &mut Vec<Box<dyn Job>>) {
        let started = Instant::now();
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
        actor: Actor,
        id: Option<CommandId>,
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
            working.committed_hash = working.hash;
            if !working.fresh.is_empty() {
                handle.publish(&working.fresh, working.seq);
                self.metrics.events(working.fresh.len());
                working.since_snapshot += working.fresh.len() as u64;
                self.since_snapshots += working.fresh.len() as u64;
                working.fresh.clear();
                self.due.changed(handle);
                if working.since_snapshot >= SNAPSHOT_EVERY_EVENTS {
                    self.since_snapshots -= std::mem::take(&mut working.since_snapshot);
                    let _ = self.snapshots.send(Arc::clone(handle));
                }
            }
        }
        if self.since_snapshots > SNAPSHOTS_LACK_EVENTS_MAX {
            self.ask_for_snapshots();
        }
        if posted {
            self.mail.notify_one();
        }
    }

    /// Asks for snapshots of the offices that have moved on the most, until half of the events are in one.
    fn ask_for_snapshots(&mut self) {
        let mut offices: Vec<_> = self.offices.values_mut().filter(|(_, working)| working.since_snapshot > 0).collect();
        offices.sort_unstable_by_key(|(_, working)| std::cmp::Reverse(working.since_snapshot));
        for (handle, working) in offices {
            if self.since_snapshots <= SNAPSHOTS_LACK_EVENTS_MAX / 2 {
                return;
            }
            self.since_snapshots -= std::mem::take(&mut working.since_snapshot);
            let _ = self.snapshots.send(Arc::clone(handle));
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
            working.hash = working.committed_hash;
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
