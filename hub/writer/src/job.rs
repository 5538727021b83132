//! A piece of work on its way to the writer and back. What it answers has no type here, so that none of this is made anew
//! for each kind of work.

use std::{any::Any, fmt, sync::Arc};

use tokio::sync::oneshot;

use store::{Actor, Store, Stored};

use crate::{bench::Workbench, command::CommandId, error::WriteError, offices::OfficeHandle};

/// What a piece of work answers, of whatever type.
pub type JobValue = Box<dyn Any + Send>;
/// An answer after the commit, or that nothing happened.
pub type Answered = Result<JobValue, WriteError>;
/// Work in an office: gives the answer, and as it is kept, if it is.
pub type OfficeRun = Box<dyn FnOnce(&mut Workbench<'_>) -> (JobValue, Option<Vec<u8>>) + Send>;
/// Work in the store.
pub type StoreRun = Box<dyn FnOnce(&Store) -> Stored<JobValue> + Send>;

/// A piece of work, and where its answer goes after the commit.
pub struct Job {
    /// What is to be done on the writer's thread.
    pub work: Work,
    /// The way back.
    pub reply: oneshot::Sender<Answered>,
}

/// A piece of work.
pub enum Work {
    /// Something decided in an office, with its journal at hand.
    InOffice(OfficeWork),
    /// In the store alone.
    InStore(StoreRun),
}

/// A piece of work in an office, on behalf of somebody.
pub struct OfficeWork {
    /// The office in which it is done.
    pub office: Arc<OfficeHandle>,
    /// On whose behalf.
    pub actor: Actor,
    /// Under this id the answer is kept.
    pub id: Option<CommandId>,
    /// Does it.
    pub run: OfficeRun,
    /// The answer that was kept before.
    pub again: fn(&[u8]) -> Option<JobValue>,
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Job")
    }
}
