//! Connections for reading, which never wait for the writer.

use std::{
    any::Any,
    path::{Path, PathBuf},
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use crew::WorkCrew;

use crate::{
    error::{ReadError, Stored},
    file::Store,
};

/// What was found, of whatever type.
type ReadAnswer = Box<dyn Any + Send>;
/// A look, whatever it finds.
type ReadJob = Box<dyn FnOnce(&Store) -> Stored<ReadAnswer> + Send>;

/// Connections for reading, which never wait for the writer.
#[derive(Debug, Clone)]
pub struct Readers {
    path: Arc<PathBuf>,
    idle: Arc<Mutex<Vec<Store>>>,
}

/// So many read at once: a look takes less than a millisecond, and a few long ones (a year's figures) must not hold up all.
const READERS: usize = 4;
/// Idle connections that are kept: one for each who reads.
const READERS_KEPT: usize = READERS;
/// Who reads. Looks wait for their turn, one for each request that is on the way.
static READING: LazyLock<WorkCrew> = LazyLock::new(|| WorkCrew::new("read", READERS, 0));

impl Readers {
    /// Readers of this file.
    pub fn new(path: &Path) -> Self {
        Self { path: Arc::new(path.to_owned()), idle: Arc::default() }
    }

    /// Reads on a thread where waiting harms nobody. What is made anew for each kind of look is these few lines.
    ///
    /// # Errors
    /// If the store cannot be read; the log says why.
    pub async fn read<T, F>(&self, work: F) -> Result<T, ReadError>
    where
        T: Send + 'static,
        F: FnOnce(&Store) -> Stored<T> + Send + 'static,
    {
        let found = self.look(Box::new(|store| Ok(Box::new(work(store)?)))).await?;
        found.downcast().map(|found| *found).map_err(|_| ReadError)
    }

    async fn look(&self, look: ReadJob) -> Result<ReadAnswer, ReadError> {
        let readers = self.clone();
        let looking = READING.do_in_turn(move || {
            readers.find(look).map_err(|error| {
                tracing::error!(%error, "the store cannot be read");
                ReadError
            })
        });
        looking.await.map_err(|_| ReadError)?
    }

    fn find(&self, look: ReadJob) -> anyhow::Result<ReadAnswer> {
        let store = match self.take() {
            Some(store) => store,
            None => Store::open_to_read(&self.path)?,
        };
        let found = look(&store)?;
        self.put_back(store);
        Ok(found)
    }

    fn take(&self) -> Option<Store> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn put_back(&self, store: Store) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < READERS_KEPT {
            idle.push(store);
        }
    }
}
