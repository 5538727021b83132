//! Who looks into files: a few at a time, on threads of their own, each only as long as somebody waits for the answer.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use tokio::sync::{Semaphore, oneshot};

use crate::{budget::JudgePatience, kind::kind_of, unfit::FileFlaw};

/// So many files are looked into at a time: one for each core of the smallest machine that offices have, less than that
/// machine has for everything else, since the writer and the pages have threads of their own.
const AT_ONCE: usize = 2;
/// So many wait besides. Their files lie on the disk: only one that is looked into is in memory, of ten mebibytes at most.
const WAITING_MAX: usize = 8;
/// A scanner's heaviest page takes two seconds on an old machine.
const TIME_MAX: Duration = Duration::from_secs(10);

/// Too many files wait already, or the machine gives no thread, or does not give the file back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CrowdRefusal;

/// Those who look into files; cheap to clone.
#[derive(Clone)]
pub struct Judges {
    /// Files that are looked into or wait.
    files: Arc<Semaphore>,
    /// Files that are looked into.
    places: Arc<Semaphore>,
    clock: Arc<dyn Fn() -> Instant + Send + Sync>,
}

impl std::fmt::Debug for Judges {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Judges").field("free", &self.places.available_permits()).finish_non_exhaustive()
    }
}

impl Default for Judges {
    fn default() -> Self {
        Self::new(Arc::new(Instant::now))
    }
}

/// Lets go of the work when nobody waits for it any more.
struct AskerMark(Arc<AtomicBool>);

impl Drop for AskerMark {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl Judges {
    /// With a clock by which the time runs out.
    pub fn new(clock: Arc<dyn Fn() -> Instant + Send + Sync>) -> Self {
        let files = Arc::new(Semaphore::new(AT_ONCE + WAITING_MAX));
        Self { files, places: Arc::new(Semaphore::new(AT_ONCE)), clock }
    }

    /// Looks into a file, which is read when it is its turn. Whoever no longer waits for the answer gives the place back soon after.
    ///
    /// # Errors
    /// [`CrowdRefusal`] if too many wait.
    pub async fn judge(
        &self,
        read: impl FnOnce() -> io::Result<Vec<u8>> + Send + 'static,
    ) -> Result<Result<&'static str, FileFlaw>, CrowdRefusal> {
        let file = Arc::clone(&self.files).try_acquire_owned().map_err(|_| CrowdRefusal)?;
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| CrowdRefusal)?;
        let (wanted, clock) = (AskerMark(Arc::new(AtomicBool::new(true))), Arc::clone(&self.clock));
        let is_wanted = Arc::clone(&wanted.0);
        let (reply, answer) = oneshot::channel();
        let work = move || {
            // The places are taken until the work is really over.
            let _places = (file, place);
            let patience = JudgePatience { now: &*clock, until: clock() + TIME_MAX, is_wanted: &is_wanted };
            match read() {
                Ok(bytes) => drop(reply.send(kind_of(&bytes, patience))),
                Err(error) => tracing::error!(%error, "a file that has come cannot be read"),
            }
        };
        thread::Builder::new().name("judge".into()).spawn(work).map_err(|_| CrowdRefusal)?;
        let verdict = answer.await.map_err(|_| CrowdRefusal);
        drop(wanted);
        verdict
    }
}
