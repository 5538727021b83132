//! The writer's thread: takes every waiting command, decides each, commits once, publishes, answers.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, mpsc::Receiver},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use tokio::sync::{Notify, mpsc::UnboundedSender};

use secrets::same;
use store::{AppendError, Batch, KeptAnswer, StaleJournal, Store, StoreError};

use crate::{
    belief::Belief,
    bench::Workbench,
    clock::Clock,
    disk::{CommitPace, DiskHealth, DiskTrouble},
    due::DueBoard,
    error::WriteError,
    fold::LoadedOffice,
    job::{Answered, Job, OfficeWork, Work},
    metrics::Metrics,
    offices::{OfficeHandle, Offices},
    pulse::WriterPulse,
    queue::{self, Writer, WriterMessage},
    working::WorkingOffices,
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
    /// Every office, as its journal makes it.
    pub offices: Vec<LoadedOffice>,
    /// The hub's clock.
    pub clock: Clock,
    /// What is believed of it.
    pub belief: Belief,
    /// Where it tells that an office's next time may have changed.
    pub due: DueBoard,
    /// Told when mails were put in.
    pub mail: Arc<Notify>,
    /// Told when something is gone that no backup may bring back.
    pub buried: Arc<Notify>,
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
    let disk = DiskHealth::default();
    let (writer, receiver) = queue::open(offices, parts.belief.clone(), disk.clone());
    let thread = Thread::new(parts, writer.pulse().clone(), disk);
    let handle = std::thread::Builder::new().name("writer".into()).spawn(move || thread.run(&receiver))?;
    Ok((writer, handle))
}

struct Thread {
    store: Store,
    offices: WorkingOffices,
    /// Events that no snapshot holds, of all offices.
    since_snapshots: u64,
    clock: Clock,
    belief: Belief,
    disk: DiskHealth,
    pace: CommitPace,
    due: DueBoard,
    mail: Arc<Notify>,
    buried: Arc<Notify>,
    snapshots: UnboundedSender<Arc<OfficeHandle>>,
    metrics: Metrics,
    pulse: WriterPulse,
}

/// Why a batch did not happen.
enum WriteFailure {
    Store(StoreError),
    Moved(StaleJournal),
}

impl From<StoreError> for WriteFailure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<AppendError> for WriteFailure {
    fn from(error: AppendError) -> Self {
        match error {
            AppendError::Moved(moved) => Self::Moved(moved),
            AppendError::Store(error) => Self::Store(error),
        }
    }
}

/// Takes what waits into a batch; says whether more is to come after it. `crowd` is about how many there were lately:
/// those who were answered together ask again together, and one sync for all of them is sooner over than two.
fn gather(first: WriterMessage, receiver: &Receiver<WriterMessage>, crowd: usize, batch: &mut Vec<Job>) -> bool {
    let began = Instant::now();
    let mut waiting = Some(first);
    loop {
        for message in waiting.take().into_iter().chain(receiver.try_iter()).take(BATCH_LENGTH_MAX - batch.len()) {
            match message {
                WriterMessage::Job(job) => batch.push(job),
                WriterMessage::Stop => return false,
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
    fn new(parts: WriterParts, pulse: WriterPulse, disk: DiskHealth) -> Self {
        let mut offices = WorkingOffices::new(parts.offices);
        let since_snapshots = offices.iter_mut().map(|working| working.since_snapshot).sum();
        Self {
            store: parts.store,
            offices,
            since_snapshots,
            clock: parts.clock,
            belief: parts.belief,
            disk,
            pace: CommitPace::default(),
            due: parts.due,
            mail: parts.mail,
            buried: parts.buried,
            snapshots: parts.snapshots,
            metrics: parts.metrics,
            pulse,
        }
    }

    fn run(mut self, receiver: &Receiver<WriterMessage>) -> Store {
        let _end = self.pulse.clone().until_ended();
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
    fn carry_out(&mut self, batch: &mut Vec<Job>) {
        let started = Instant::now();
        self.pulse.begins();
        let (works, replies): (Vec<Work>, Vec<_>) = batch.drain(..).map(|job| (job.work, job.reply)).unzip();
        match self.decide_and_commit(works) {
            Ok((answers, on_disk)) => {
                if let Some(took) = on_disk {
                    self.was_taken_in(took);
                }
                self.publish();
                for (reply, answer) in replies.into_iter().zip(answers) {
                    let _ = reply.send(answer);
                }
                self.metrics.committed(started.elapsed());
                self.pulse.done(Ok(()));
            }
            Err(broken) => {
                let error = self.recover(&broken);
                self.pulse.done(Err(error));
                for reply in replies {
                    let _ = reply.send(Err(error));
                }
            }
        }
    }

    /// The disk has taken a commit, in so long.
    fn was_taken_in(&mut self, took: Duration) {
        let (before, now) = (self.disk.trouble(), self.pace.after(took));
        if now != before {
            match now {
                Some(DiskTrouble::Slow) => {
                    tracing::warn!(ms = took.as_millis(), "the disk is slow: commands wait for it")
                }
                Some(DiskTrouble::Full | DiskTrouble::Failing) | None => tracing::info!("the disk is well again"),
            }
        }
        self.disk.note(now);
    }

    /// The answers, and how long the disk took for what went to it for them.
    fn decide_and_commit(&mut self, works: Vec<Work>) -> Result<(Vec<Answered>, Option<Duration>), WriteFailure> {
        let in_doubt = self.belief.doubt().is_some();
        let now = self.clock.now();
        let batch = self.store.batch()?;
        let mut answers = Vec::with_capacity(works.len());
        let mut by_staff = false;
        for work in works {
            // A command that breaks off is undone alone: those beside it, in this office and in others, go on.
            let part = batch.part()?;
            let answer = match work {
                Work::InStore(run) => caught(|| run(&batch)).transpose()?.map(Ok),
                Work::InOffice(work) => {
                    by_staff |= work.actor.is_staff();
                    work_in_office(&batch, &mut self.offices, work, (now, in_doubt))?
                }
            };
            match answer {
                Some(answer) => {
                    part.keep()?;
                    answers.push(answer);
                }
                None => {
                    part.undo()?;
                    self.metrics.broke_off();
                    answers.push(Err(WriteError::Broken));
                }
            }
        }
        let on_disk = batch.has_changes();
        let begun = Instant::now();
        batch.commit()?;
        if in_doubt && by_staff && on_disk {
            self.belief.worked(Instant::now());
        }
        Ok((answers, on_disk.then(|| begun.elapsed())))
    }

    /// Shows readers what is now on disk.
    fn publish(&mut self) {
        let mut posted = false;
        self.offices.publish(|working, count| {
            posted |= std::mem::take(&mut working.posted);
            if count > 0 {
                self.metrics.events(count);
                self.since_snapshots += count as u64;
                self.due.changed(&working.handle);
                if working.since_snapshot >= SNAPSHOT_EVERY_EVENTS {
                    self.since_snapshots -= std::mem::take(&mut working.since_snapshot);
                    let _ = self.snapshots.send(Arc::clone(&working.handle));
                }
            }
        });
        if self.since_snapshots > SNAPSHOTS_LACK_EVENTS_MAX {
            self.ask_for_snapshots();
        }
        if posted {
            self.mail.notify_one();
        }
        if self.store.take_buried() {
            self.buried.notify_one();
        }
    }

    /// Asks for snapshots of the offices that have moved on the most, until half of the events are in one.
    fn ask_for_snapshots(&mut self) {
        let mut offices: Vec<_> = self.offices.iter_mut().filter(|working| working.since_snapshot > 0).collect();
        offices.sort_unstable_by_key(|working| std::cmp::Reverse(working.since_snapshot));
        for working in offices {
            if self.since_snapshots <= SNAPSHOTS_LACK_EVENTS_MAX / 2 {
                return;
            }
            self.since_snapshots -= std::mem::take(&mut working.since_snapshot);
            let _ = self.snapshots.send(Arc::clone(&working.handle));
        }
    }

    /// The batch was given up: goes back to what is committed.
    fn recover(&mut self, broken: &WriteFailure) -> WriteError {
        self.metrics.refused();
        self.offices.go_back();
        match broken {
            WriteFailure::Store(StoreError::Full) => {
                tracing::error!("the disk is full: commands are refused");
                self.disk.note(Some(DiskTrouble::Full));
                WriteError::StorageFull
            }
            WriteFailure::Store(error) => {
                tracing::error!(%error, "a commit failed: commands are refused");
                self.disk.note(Some(DiskTrouble::Failing));
                WriteError::Unavailable
            }
            WriteFailure::Moved(moved) => {
                tracing::error!(%moved, "somebody else writes into this database: commands are refused");
                WriteError::Unavailable
            }
        }
    }
}

/// Does a piece of work in an office, or answers what the same command was answered before; nothing if it broke off.
fn work_in_office(
    batch: &Batch<'_>,
    offices: &mut WorkingOffices,
    work: OfficeWork,
    (now, in_doubt): (DateTime<Utc>, bool),
) -> Result<Option<Answered>, WriteFailure> {
    let OfficeWork { office, actor, id, run, again } = work;
    if office.aside().is_some() {
        return Ok(Some(Err(WriteError::SetAside)));
    }
    if let Some(id) = id
        && let Some(before) = batch.command(id.id)?
    {
        let is_same = before.actor == actor.to_string() && same(&before.body_hash, &id.body_hash);
        let unreadable = WriteError::Unavailable;
        let answer = if is_same { again(&before.answer).ok_or(unreadable) } else { Err(WriteError::CommandReused) };
        return Ok(Some(answer));
    }
    let Some(working) = offices.touch(office.row) else { return Ok(Some(Err(WriteError::UnknownOffice))) };
    let mark = working.mark();
    let done = caught(|| {
        let mut bench = Workbench::new(working, batch, now, actor, id.map(|id| id.id)).in_doubt(in_doubt);
        let (value, kept) = run(&mut bench);
        let answer = id.as_ref().zip(kept.as_deref());
        bench.finish(answer.map(|(id, bytes)| KeptAnswer { command: id.id, body_hash: &id.body_hash, bytes }))?;
        Ok::<_, AppendError>(value)
    });
    match done {
        Some(value) => Ok(Some(Ok(value?))),
        None => {
            if let Some(working) = offices.touch(office.row) {
                working.refold(mark);
            }
            Ok(None)
        }
    }
}

/// Does a piece of work that may break off in the middle; nothing then.
fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}
