//! Takes a picture of a virtual screen every few seconds, for a machine that has no screen.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use tests::{screen, wait};

const EVERY: Duration = Duration::from_secs(3);

/// Takes pictures until the office closes.
pub struct Photographer {
    work: Option<JoinHandle<()>>,
    stop: Arc<AtomicBool>,
}

impl Photographer {
    /// Sends one to a screen. The file is replaced as a whole, so that whoever watches it never sees half a picture.
    pub fn send(display: &str, file: &Path, stop: &Arc<AtomicBool>) -> Self {
        let (display, file, over) = (display.to_owned(), file.to_owned(), Arc::clone(stop));
        let work = thread::spawn(move || {
            while !over.load(Ordering::Relaxed) {
                let next = Instant::now() + EVERY;
                take(&display, &file);
                while Instant::now() < next && !over.load(Ordering::Relaxed) {
                    wait::pass(Duration::from_millis(100));
                }
            }
        });
        Self { work: Some(work), stop: Arc::clone(stop) }
    }
}

fn take(display: &str, file: &PathBuf) {
    let half = file.with_extension("half");
    let taken = screen::picture_of(display).and_then(|picture| picture.save(&half));
    let kept = taken.and_then(|()| Ok(std::fs::rename(&half, file)?));
    if let Err(error) = kept {
        eprintln!("no picture of {display}: {error:#}");
    }
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
