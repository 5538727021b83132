//! The attendant on two threads in turn.
//!
//! What hub, scanner and printer say is attended to on a thread of its own, so that from the scanner to the printer
//! nothing waits for a picture to be drawn; presses are attended to in the frame that brought them. Both hold the same
//! lock, for as long as one round of the walk takes.

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use link::Wake;

use crate::attendant::{Attendant, Touches};

/// An answer that comes within this time is shown without a "one moment" before it.
pub const PATIENT: Duration = Duration::from_millis(350);

/// The attendant, shared by the window and the thread that listens.
#[derive(Clone)]
pub struct SharedAttendant {
    attendant: Arc<Mutex<Attendant>>,
    started: Instant,
}

impl SharedAttendant {
    /// Not yet listening: rounds happen when frames ask for them.
    #[must_use]
    pub fn new(attendant: Attendant) -> Self {
        Self { attendant: Arc::new(Mutex::new(attendant)), started: Instant::now() }
    }

    /// The attendant, for one round.
    pub fn lock(&self) -> MutexGuard<'_, Attendant> {
        self.attendant.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The walk's time at an instant: since the start of the program.
    #[must_use]
    pub fn time_of(&self, instant: Instant) -> Duration {
        instant.saturating_duration_since(self.started)
    }

    /// Starts the thread that attends to hub, scanner and printer at once, and wakes the window when there is something to
    /// be seen.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn listen(&self, wake: Wake) -> io::Result<()> {
        let shared = self.clone();
        thread::Builder::new().name("attendant".to_owned()).spawn(move || shared.listen_for_ever(&wake))?;
        Ok(())
    }

    fn listen_for_ever(&self, wake: &Wake) {
        let sources = self.lock().sources();
        let mut patient_until: Option<Instant> = None;
        loop {
            let at_most = patient_until.map(|until| until.saturating_duration_since(Instant::now()));
            if !sources.wait(at_most) {
                // Now a person wants to be told that it takes a moment.
                patient_until = None;
                wake.now();
                continue;
            }
            let busy = {
                let mut attendant = self.lock();
                attendant.attend(Touches::default(), self.time_of(Instant::now()));
                attendant.kiosk.walk.busy_since().is_some()
            };
            // While the hub is asked there is nothing new to be seen, and a picture would only take the processor from
            // those who bring the answer.
            patient_until = busy.then(|| patient_until.unwrap_or_else(|| Instant::now() + PATIENT));
            if !busy {
                wake.now();
            }
        }
    }
}
