//! The way to the writer, and what is sent along it.

use std::sync::{
    Arc,
    mpsc::{Receiver, SyncSender, sync_channel},
};

use office::{Command, Refusal};
use store::{Actor, Store, Stored};
use tokio::sync::oneshot;

use crate::{
    belief::Belief,
    bench::Workbench,
    command::{CommandId, CommandRefusal, Ruling},
    disk::DiskHealth,
    error::WriteError,
    job::{Answered, Job, JobValue, OfficeRun, OfficeWork, Work},
    kept::Kept,
    offices::Offices,
    pulse::WriterPulse,
};

/// Commands that may wait at once; more are refused as unavailable, so that a flood does not fill the memory.
const QUEUE_LENGTH_MAX: usize = 16_384;

/// The way to the writer; cheap to clone. The thread ends when it is told to [`Writer::stop`].
#[derive(Debug, Clone)]
pub struct Writer {
    queue: SyncSender<WriterMessage>,
    offices: Offices,
    belief: Belief,
    pulse: WriterPulse,
    disk: DiskHealth,
}

impl Writer {
    /// Whether it does its work, for who takes no turn to see it.
    pub const fn pulse(&self) -> &WriterPulse {
        &self.pulse
    }

    /// How the newest commit went.
    pub const fn disk(&self) -> &DiskHealth {
        &self.disk
    }

    /// What is believed of the clock: whoever does something for good because of the day asks before.
    pub const fn belief(&self) -> &Belief {
        &self.belief
    }

    /// The offices, as they are committed.
    pub const fn offices(&self) -> &Offices {
        &self.offices
    }

    /// Asks an office; the answer is a fact on disk when it comes.
    ///
    /// # Errors
    /// [`CommandRefusal`] by the rules, or because the hub cannot write.
    pub async fn submit(
        &self,
        office: &str,
        actor: Actor,
        id: Option<CommandId>,
        command: Command,
    ) -> Result<Ruling, CommandRefusal> {
        self.submit_with(office, actor, id, move |bench| bench.decide(&command)).await
    }

    /// Asks an office with a piece of work: it may look at the office, decide, and put rows of people, notes and mails
    /// beside the events, all in one transaction. A refusal undoes the rows too if nothing was decided.
    ///
    /// # Errors
    /// [`CommandRefusal`] by the rules, or because the hub cannot write.
    pub async fn submit_with<F>(
        &self,
        office: &str,
        actor: Actor,
        id: Option<CommandId>,
        work: F,
    ) -> Result<Ruling, CommandRefusal>
    where
        F: FnOnce(&mut Workbench<'_>) -> Result<Ruling, Refusal> + Send + 'static,
    {
        let outcome: Result<Ruling, Refusal> = self.run(office, actor, id, work).await?;
        Ok(outcome?)
    }

    /// Runs a piece of work in an office; its answer of any kind is kept under the command's id. What is made anew for
    /// each kind of work is these few lines.
    ///
    /// # Errors
    /// If the hub cannot write, or the id was used for something else.
    pub async fn run<T, F>(&self, office: &str, actor: Actor, id: Option<CommandId>, work: F) -> Result<T, WriteError>
    where
        T: Kept + Send + 'static,
        F: FnOnce(&mut Workbench<'_>) -> T + Send + 'static,
    {
        let run = move |bench: &mut Workbench<'_>| {
            let answer = work(bench);
            let kept = id.map(|_| answer.to_bytes());
            (Box::new(answer) as JobValue, kept)
        };
        let again = |bytes: &[u8]| T::from_bytes(bytes).map(|answer| Box::new(answer) as JobValue);
        answered(self.send_to(office, actor, id, Box::new(run), again)?.await)
    }

    /// Changes rows that belong to no office's journal: accounts, sessions, devices, the state of mails. What is made
    /// anew for each kind of change is these few lines.
    ///
    /// # Errors
    /// If the hub cannot write.
    pub async fn change<T, F>(&self, work: F) -> Result<T, WriteError>
    where
        T: Send + 'static,
        F: FnOnce(&Store) -> Stored<T> + Send + 'static,
    {
        let work = Work::InStore(Box::new(|store| Ok(Box::new(work(store)?))));
        answered(self.send(work)?.await)
    }

    fn send_to(
        &self,
        office: &str,
        actor: Actor,
        id: Option<CommandId>,
        run: OfficeRun,
        again: fn(&[u8]) -> Option<JobValue>,
    ) -> Result<oneshot::Receiver<Answered>, WriteError> {
        let office = Arc::clone(self.offices.get(office).ok_or(WriteError::UnknownOffice)?);
        if office.aside().is_some() {
            return Err(WriteError::SetAside);
        }
        self.send(Work::InOffice(OfficeWork { office, actor, id, run, again }))
    }

    fn send(&self, work: Work) -> Result<oneshot::Receiver<Answered>, WriteError> {
        let (reply, answer) = oneshot::channel();
        let job = WriterMessage::Job(Job { work, reply });
        self.queue.try_send(job).map_err(|_| WriteError::Unavailable)?;
        Ok(answer)
    }

    /// Lets the thread end once everything that waits is done.
    pub fn stop(&self) {
        let _ = self.queue.send(WriterMessage::Stop);
    }
}

/// An answer, in the type in which it is awaited; there is none if the thread has ended before it.
fn answered<T: 'static>(answer: Result<Answered, oneshot::error::RecvError>) -> Result<T, WriteError> {
    let answer = answer.map_err(|_| WriteError::Unavailable)??;
    answer.downcast().map(|answer| *answer).map_err(|_| WriteError::Unavailable)
}

/// What the thread is sent.
#[derive(Debug)]
pub enum WriterMessage {
    /// A piece of work.
    Job(Job),
    /// Nothing comes after this.
    Stop,
}

/// The way to a writer of these offices, and its end.
pub fn open(offices: Offices, belief: Belief, disk: DiskHealth) -> (Writer, Receiver<WriterMessage>) {
    let (queue, end) = sync_channel(QUEUE_LENGTH_MAX);
    (Writer { queue, offices, belief, pulse: WriterPulse::default(), disk }, end)
}
