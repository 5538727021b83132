//! How far something is that keeps a person waiting at a terminal: a bar there, and a line now and then where none is.

use std::{
    io::{IsTerminal, Write},
    path::Path,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressStyle};
use writer::VerifyReport;

/// What is over sooner says nothing.
const PATIENCE: Duration = Duration::from_secs(2);
/// Without a terminal a line is written so often.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// One piece of work that is waited for.
pub struct Progress {
    what: &'static str,
    began: Instant,
    bar: Option<ProgressBar>,
    line_at: Instant,
}

impl Progress {
    /// Something begins.
    pub fn of(what: &'static str) -> Self {
        let began = Instant::now();
        Self { what, began, bar: None, line_at: began + PATIENCE }
    }

    /// It is so far, of so much.
    pub fn at(&mut self, done: u64, all: u64) {
        if let Some(bar) = &self.bar {
            bar.set_position(done);
            return;
        }
        let now = Instant::now();
        if now < self.line_at {
            return;
        }
        if std::io::stderr().is_terminal() {
            let style = ProgressStyle::with_template("{msg} [{bar:40}] {percent}%, {eta} left");
            let bar = ProgressBar::new(all).with_message(self.what).with_elapsed(self.began.elapsed());
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_position(done);
            self.bar = Some(bar);
            return;
        }
        self.line_at = now + LINE_EVERY;
        let line = line(self.what, (done, all), self.began.elapsed());
        // Who does not listen is not told.
        let _ = writeln!(std::io::stderr(), "{line}");
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// Folds every journal of a file, and shows how far that is.
///
/// # Errors
/// The first thing that is wrong with the file.
pub fn verify(what: &'static str, file: &Path) -> anyhow::Result<VerifyReport> {
    let mut progress = Progress::of(what);
    writer::verify_telling(file, &mut |done, all| progress.at(done, all))
}

fn line(what: &str, (done, all): (u64, u64), elapsed: Duration) -> String {
    let percent = done.saturating_mul(100) / all.max(1);
    let left = elapsed.as_secs().saturating_mul(all.saturating_sub(done)) / done.max(1);
    format!("{what}: {percent} %, about {left} s left")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_09_what_is_left_is_told_from_what_has_passed() {
        let at = |done| line("reading", (done, 1_000), Duration::from_secs(10));
        assert_eq!(at(250), "reading: 25 %, about 30 s left");
        assert_eq!(at(1_000), "reading: 100 %, about 0 s left");
        assert_eq!(line("reading", (0, 0), Duration::ZERO), "reading: 0 %, about 0 s left");
    }
}
