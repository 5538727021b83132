//! Connections for reading, which never wait for the writer.

use std::{
    any::Any,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use tokio::task::JoinHandle;

use crate::{
    error::{ReadError, Stored},
    file::Store,
};

/// What was found, of whatever type.
type Found = Box<dyn Any + Send>;
/// A look, whatever it finds.
type Look = Box<dyn FnOnce(&Store) -> Stored<Found> + Send>;

/// Connections for reading, which never wait for the writer.
#[derive(Debug, Clone)]
pub struct Readers {
    path: Arc<PathBuf>,
    idle: Arc<Mutex<Vec<Store>>>,
}

/// Idle connections that are kept.
const READERS_KEPT: usize = 2;

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
        let looking = self.look(Box::new(|store| Ok(Box::new(work(store)?))));
        let found = looking.await.map_err(|_| ReadError)??;
        found.downcast().map(|found| *found).map_err(|_| ReadError)
    }

    fn look(&self, look: Look) -> JoinHandle<Result<Found, ReadError>> {
        let readers = self.clone();
        tokio::task::spawn_blocking(move || {
            readers.find(look).map_err(|error| {
                tracing::error!(%error, "the store cannot be read");
                ReadError
            })
        })
    }

    fn find(&self, look: Look) -> anyhow::Result<Found> {
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
