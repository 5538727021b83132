//! Takes pictures of the office every few seconds, for a machine that has no screen.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use anyhow::Result;
use tests::{screen, wait};

const EVERY: Duration = Duration::from_secs(3);

/// Takes pictures until the office closes.
pub struct Photographer {
    work: Option<JoinHandle<()>>,
    stop: Arc<AtomicBool>,
}

impl Photographer {
    /// Sends one to do this every few seconds.
    pub fn send(name: &'static str, stop: &Arc<AtomicBool>, work: impl Fn() -> Result<()> + Send + 'static) -> Self {
        let over = Arc::clone(stop);
        let work = thread::spawn(move || {
            while !over.load(Ordering::Relaxed) {
                let next = Instant::now() + EVERY;
                if let Err(error) = work()
                    && !over.load(Ordering::Relaxed)
                {
                    eprintln!("no picture of {name}: {error:#}");
                }
                while Instant::now() < next && !over.load(Ordering::Relaxed) {
                    wait::pass(Duration::from_millis(100));
                }
            }
        });
        Self { work: Some(work), stop: Arc::clone(stop) }
    }
}

/// Takes a picture of an X display. The file is replaced as a whole, so that whoever watches it never sees half of it.
pub fn take(display: &str, file: &Path) -> Result<()> {
    let half = file.with_extension("half");
    screen::picture_of(display)?.save(&half)?;
    Ok(std::fs::rename(&half, file)?)
}

impl Drop for Photographer {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(work) = self.work.take() {
            // Its only failure is a picture less.
            let _ = work.join();
        }
    }
}
