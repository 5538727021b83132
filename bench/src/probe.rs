//! A look at a virtual screen so cheap that it can be had every millisecond: its points lie in a file.

use std::{
    fs::File,
    hash::{DefaultHasher, Hasher as _},
    os::unix::fs::FileExt as _,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use anyhow::{Context, Result};

/// Between two looks.
const LOOK_EVERY: Duration = Duration::from_micros(500);
/// Of the screen's lines, every so many is looked at: no letter of a board is less high.
const LINES_APART: u64 = 8;
/// Looks at a screen until dropped; tells when it changed.
pub struct Probe {
    changes: mpsc::Receiver<Instant>,
    over: Arc<AtomicBool>,
    work: Option<JoinHandle<()>>,
}

impl Probe {
    /// Looks at the points in this file, in lines of so many pixels.
    pub fn of(framebuffer: &Path, width: u32) -> Result<Self> {
        let file = File::open(framebuffer).with_context(|| framebuffer.display().to_string())?;
        let length = file.metadata()?.len();
        let over = Arc::new(AtomicBool::new(false));
        let (sender, changes) = mpsc::channel();
        let ended = Arc::clone(&over);
        let work = thread::spawn(move || {
            let mut line = vec![0; usize::try_from(width * 4).unwrap_or(0)];
            let mut before = None;
            while !ended.load(Ordering::Relaxed) {
                let seen = fingerprint(&file, length, &mut line);
                if before.replace(seen).is_some_and(|before| before != seen) && sender.send(Instant::now()).is_err() {
                    return;
                }
                thread::sleep(LOOK_EVERY);
            }
        });
        Ok(Self { changes, over, work: Some(work) })
    }

    /// Waits until nothing has changed for so long.
    pub fn rests(&self, for_so_long: Duration) -> Result<()> {
        let deadline = Instant::now() + tests::wait::PATIENCE;
        while self.changes.recv_timeout(for_so_long).is_ok() {
            anyhow::ensure!(Instant::now() < deadline, "the screen is never at rest");
        }
        Ok(())
    }

    /// The next change.
    pub fn next(&self) -> Result<Instant> {
        self.changes.recv_timeout(tests::wait::PATIENCE).context("the screen did not change")
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        if let Some(work) = self.work.take() {
            // It ends by itself after the look at hand.
            let _ = work.join();
        }
    }
}

fn fingerprint(file: &File, length: u64, line: &mut [u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    let step = line.len() as u64 * LINES_APART;
    let mut at = length % (line.len() as u64);
    while at + (line.len() as u64) <= length {
        if file.read_exact_at(line, at).is_ok() {
            hasher.write(line);
        }
        at += step;
    }
    hasher.finish()
}
