//! The writer's pulse: what it gives of itself as it works, so that whoever watches it takes no turn of it.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use crate::error::WriteError;

/// A batch that takes longer than this hangs: the longest sync that a slow disk was seen to take is a tenth of it.
const BATCH_MAX: Duration = Duration::from_secs(10);

/// Why the writer does not do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PulseFault {
    /// It has been at the same batch for too long.
    #[error("the writer hangs")]
    Hangs,
    /// The last batch did not come to the disk; the next that does is a sign of life.
    #[error("{0}")]
    Fails(WriteError),
    /// Its thread is over.
    #[error("the writer has ended")]
    Ended,
}

#[derive(Debug, Default)]
struct PulseState {
    /// Since when it has been at a batch; it rests, if unset.
    busy_since: Option<Instant>,
    /// How the last batch ended, if not well.
    failed: Option<WriteError>,
    has_ended: bool,
}

/// The pulse of one writer; every copy is the same one.
#[derive(Debug, Clone, Default)]
pub struct WriterPulse(Arc<Mutex<PulseState>>);

impl WriterPulse {
    /// Whether it does its work: it rests, or is at a batch that does not take too long.
    ///
    /// # Errors
    /// [`PulseFault`].
    pub fn look(&self) -> Result<(), PulseFault> {
        let state = self.state();
        let hangs = state.busy_since.is_some_and(|since| since.elapsed() > BATCH_MAX);
        match state.failed {
            _ if state.has_ended => Err(PulseFault::Ended),
            _ if hangs => Err(PulseFault::Hangs),
            Some(error) => Err(PulseFault::Fails(error)),
            None => Ok(()),
        }
    }

    /// A batch begins.
    pub(crate) fn begins(&self) {
        self.state().busy_since = Some(Instant::now());
    }

    /// It is over.
    pub(crate) fn done(&self, ended: Result<(), WriteError>) {
        let mut state = self.state();
        state.busy_since = None;
        state.failed = ended.err();
    }

    /// A part of the thread that says so when it is over, however it ends.
    pub(crate) const fn until_ended(self) -> PulseEnd {
        PulseEnd(self)
    }

    fn state(&self) -> MutexGuard<'_, PulseState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Dropped with the thread.
#[derive(Debug)]
pub struct PulseEnd(WriterPulse);

impl Drop for PulseEnd {
    fn drop(&mut self) {
        self.0.state().has_ended = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_09_a_writer_that_rests_is_well_and_one_that_fails_hangs_or_ends_is_not() {
        let pulse = WriterPulse::default();
        let end = pulse.clone().until_ended();
        assert_eq!(pulse.look(), Ok(()));
        pulse.begins();
        assert_eq!(pulse.look(), Ok(()));
        pulse.done(Err(WriteError::StorageFull));
        assert_eq!(pulse.look(), Err(PulseFault::Fails(WriteError::StorageFull)));
        pulse.begins();
        pulse.done(Ok(()));
        assert_eq!(pulse.look(), Ok(()));
        pulse.state().busy_since = Instant::now().checked_sub(2 * BATCH_MAX);
        assert_eq!(pulse.look(), Err(PulseFault::Hangs));
        drop(end);
        assert_eq!(pulse.look(), Err(PulseFault::Ended));
    }
}
