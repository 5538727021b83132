//! Waiting for a condition with a deadline: the one place of the stories that lets time pass.

use std::{
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

/// How long a story waits for anything, unless it says otherwise: long enough for two slow cores under load.
pub const PATIENCE: Duration = Duration::from_secs(60);

const PAUSE: Duration = Duration::from_millis(20);

/// Asks until there is an answer.
///
/// # Errors
/// When [`PATIENCE`] ends first; the error says what was awaited.
pub fn until<T>(what: &str, ask: impl FnMut() -> Option<T>) -> Result<T> {
    until_within(PATIENCE, what, ask)
}

/// Asks until there is an answer, for so long.
///
/// # Errors
/// When the time ends first; the error says what was awaited.
pub fn until_within<T>(patience: Duration, what: &str, mut ask: impl FnMut() -> Option<T>) -> Result<T> {
    let deadline = Instant::now() + patience;
    loop {
        if let Some(answer) = ask() {
            return Ok(answer);
        }
        if Instant::now() >= deadline {
            bail!("waited {} s in vain: {what}", patience.as_secs());
        }
        thread::sleep(PAUSE);
    }
}

/// Asks until the question itself does not fail, and tells its last error in the end.
///
/// # Errors
/// When [`PATIENCE`] ends first.
pub fn until_ok<T>(what: &str, mut ask: impl FnMut() -> Result<T>) -> Result<T> {
    let mut last = None;
    let answer = until(what, || ask().map_err(|error| last = Some(error)).ok());
    answer.map_err(|error| match last {
        Some(last) => error.context(format!("{last:#}")),
        None => error,
    })
}

/// Lets this much time pass, for what is measured over time: a rest between two pictures, a load that runs for a while.
pub fn pass(time: Duration) {
    thread::sleep(time);
}
