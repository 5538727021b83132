//! A piece of work on its way to the writer and back.

use std::sync::Arc;

use office::Refusal;
use tokio::sync::oneshot;

use store::{Actor, Store, Stored};

use crate::{
    bench::Workbench,
    command::{CommandId, Decided},
    error::WriteError,
    offices::OfficeHandle,
};

/// An answer that can be kept under a command's id and given again.
pub trait Kept: Sized {
    /// As it is kept.
    fn to_bytes(&self) -> Vec<u8>;
    /// As it was.
    fn from_bytes(bytes: &[u8]) -> Option<Self>;
}

impl Kept for Result<Decided, Refusal> {
    fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

/// Whether something was noted beside the journal; such an answer can be kept under a command's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noted(pub bool);

impl Kept for Noted {
    fn to_bytes(&self) -> Vec<u8> {
        vec![u8::from(self.0)]
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.first().map(|byte| Self(*byte == 1))
    }
}

/// Where a job works.
pub enum Place {
    /// In an office, on behalf of somebody.
    Office(Arc<OfficeHandle>, Actor, Option<CommandId>),
    /// In the store alone.
    Store,
}

/// A piece of work. The thread asks where it works, has it done, and after the commit has it answered.
pub trait Job: Send {
    /// Where it works.
    fn place(&self) -> Place;
    /// Does it in an office.
    fn work_in_office(&mut self, _bench: &mut Workbench<'_>) {}
    /// Does it in the store.
    fn work_in_store(&mut self, _store: &Store) -> Stored<()> {
        Ok(())
    }
    /// The answer, as it is kept.
    fn bytes(&self) -> Vec<u8> {
        Vec::new()
    }
    /// Takes an answer that was given before instead of working.
    fn take_kept(&mut self, _bytes: &[u8]) {}
    /// Sends the answer.
    fn answer(self: Box<Self>);
    /// Sends that it did not happen.
    fn fail(self: Box<Self>, error: WriteError);
}

impl std::fmt::Debug for dyn Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Job")
    }
}

/// Work in an office.
pub struct OfficeJob<T, F> {
    office: Arc<OfficeHandle>,
    actor: Actor,
    id: Option<CommandId>,
    work: Option<F>,
    value: Option<T>,
    reply: oneshot::Sender<Result<T, WriteError>>,
}

impl<T, F> OfficeJob<T, F> {
    /// This work.
    pub fn new(
        office: Arc<OfficeHandle>,
        actor: Actor,
        id: Option<CommandId>,
        work: F,
        reply: oneshot::Sender<Result<T, WriteError>>,
    ) -> Self {
        Self { office, actor, id, work: Some(work), value: None, reply }
    }
}

impl<T, F> Job for OfficeJob<T, F>
where
    T: Kept + Send,
    F: FnOnce(&mut Workbench<'_>) -> T + Send,
{
    fn place(&self) -> Place {
        Place::Office(Arc::clone(&self.office), self.actor, self.id)
    }

    fn work_in_office(&mut self, bench: &mut Workbench<'_>) {
        self.value = self.work.take().map(|work| work(bench));
    }

    fn bytes(&self) -> Vec<u8> {
        self.value.as_ref().map(Kept::to_bytes).unwrap_or_default()
    }

    fn take_kept(&mut self, bytes: &[u8]) {
        self.value = T::from_bytes(bytes);
    }

    fn answer(self: Box<Self>) {
        let _ = self.reply.send(self.value.ok_or(WriteError::Unavailable));
    }

    fn fail(self: Box<Self>, error: WriteError) {
        let _ = self.reply.send(Err(error));
    }
}

/// Work in the store.
pub struct StoreJob<T, F> {
    work: Option<F>,
    value: Option<T>,
    reply: oneshot::Sender<Result<T, WriteError>>,
}

impl<T, F> StoreJob<T, F> {
    /// This work.
    pub fn new(work: F, reply: oneshot::Sender<Result<T, WriteError>>) -> Self {
        Self { work: Some(work), value: None, reply }
    }
}

impl<T, F> Job for StoreJob<T, F>
where
    T: Send,
    F: FnOnce(&Store) -> Stored<T> + Send,
{
    fn place(&self) -> Place {
        Place::Store
    }

    fn work_in_store(&mut self, store: &Store) -> Stored<()> {
        if let Some(work) = self.work.take() {
            self.value = Some(work(store)?);
        }
        Ok(())
    }

    fn answer(self: Box<Self>) {
        let _ = self.reply.send(self.value.ok_or(WriteError::Unavailable));
    }

    fn fail(self: Box<Self>, error: WriteError) {
        let _ = self.reply.send(Err(error));
    }
}
