//! Keeps on disk which calls were announced, on a thread of its own, so that a restart repeats none.

use std::{fs, io, path::PathBuf, thread};

use crossbeam_channel::{Sender, unbounded};
use wire::SeenCalls;

/// Writes what was announced, without keeping a frame waiting.
#[derive(Debug, Clone)]
pub struct SeenKeeper(Sender<SeenCalls>);

impl SeenKeeper {
    /// Reads what was kept in the folder `state`, and starts the thread.
    pub fn start(state: &std::path::Path) -> (Self, SeenCalls) {
        let file = state.join("seen.json");
        let kept = fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        let (keep, to_keep) = unbounded::<SeenCalls>();
        thread::spawn(move || {
            while let Ok(seen) = to_keep.recv() {
                let newest = to_keep.try_iter().last().unwrap_or(seen);
                if let Err(error) = write(&file, newest) {
                    tracing::warn!("cannot keep which calls were announced: {error}");
                }
            }
        });
        (Self(keep), kept)
    }

    /// Keeps `seen`, soon.
    pub fn keep(&self, seen: SeenCalls) {
        // The thread ends with the program only.
        self.0.send(seen).ok();
    }
}

fn write(file: &PathBuf, seen: SeenCalls) -> io::Result<()> {
    let beside = file.with_extension("new");
    fs::write(&beside, serde_json::to_vec(&seen)?)?;
    fs::rename(beside, file)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn what_was_announced_is_there_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let (keeper, kept) = SeenKeeper::start(folder.path());
        assert_eq!(kept, SeenCalls::default());
        let seen = SeenCalls { epoch: 3, last: 41 };
        keeper.keep(seen);
        let deadline = Instant::now() + Duration::from_secs(10);
        while SeenKeeper::start(folder.path()).1 != seen {
            assert!(Instant::now() < deadline, "was not kept");
            thread::yield_now();
        }
    }
}
