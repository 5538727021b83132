//! The printer's thread: carries bytes and time between the line and `printer_core`, which decides.

use std::sync::Arc;
use std::time::Instant;
use std::{io, thread};

use crossbeam_channel::{Receiver, Sender, TryRecvError, unbounded};
use firmware_config::PrinterProfile;

use crate::job_ledger::{JobLedger, JobStage};
use crate::line::{Bell, DeviceLine, LineTransfer, wait};
use crate::printer_core::{PrintJob, PrinterAction, PrinterCore, PrinterEvent, PrinterInput};

/// A running printer thread. It ends, and lets the line go, when the handle is dropped.
pub struct PrinterHandle {
    jobs: Option<Sender<PrintJob>>,
    events: Receiver<PrinterEvent>,
    bell: Arc<Bell>,
}

impl PrinterHandle {
    /// Asks for a ticket. Its end comes as `PrinterEvent::Job` with the same id, always.
    pub fn print(&self, job: PrintJob) {
        if let Some(jobs) = &self.jobs {
            // The thread lives as long as this handle, so the channel is open.
            let _ = jobs.send(job);
            self.bell.ring();
        }
    }

    /// What the printer tells.
    #[must_use]
    pub fn events(&self) -> &Receiver<PrinterEvent> {
        &self.events
    }
}

impl Drop for PrinterHandle {
    fn drop(&mut self) {
        self.jobs = None;
        self.bell.ring();
    }
}

/// Starts the thread of the printer on `port`, which keeps nothing. `wake` is called after each event, so that the window
/// draws anew.
///
/// # Errors
/// The system gives no thread or descriptor. A port that is not there is no error but a state.
pub fn start(port: &str, profile: PrinterProfile, wake: impl Fn() + Send + 'static) -> io::Result<PrinterHandle> {
    start_keeping(port, profile, JobLedger::nowhere(), wake)
}

/// The same, and each job is kept in a ledger on disk as it goes along.
///
/// # Errors
/// The system gives no thread or descriptor.
pub fn start_keeping(
    port: &str,
    profile: PrinterProfile,
    ledger: JobLedger,
    wake: impl Fn() + Send + 'static,
) -> io::Result<PrinterHandle> {
    let (jobs, wanted) = unbounded();
    let (tell, events) = unbounded();
    let bell = Arc::new(Bell::new()?);
    let mut carrier = Carrier {
        port: port.to_owned(),
        core: PrinterCore::new(profile.clone()),
        profile,
        line: None,
        ledger,
        started: Instant::now(),
        tell,
        wake: Box::new(wake),
    };
    let heard = Arc::clone(&bell);
    thread::Builder::new().name("printer".to_owned()).spawn(move || carrier.run(&wanted, &heard))?;
    Ok(PrinterHandle { jobs: Some(jobs), events, bell })
}

struct Carrier {
    port: String,
    profile: PrinterProfile,
    core: PrinterCore,
    line: Option<DeviceLine>,
    ledger: JobLedger,
    started: Instant,
    tell: Sender<PrinterEvent>,
    wake: Box<dyn Fn() + Send>,
}

impl Carrier {
    fn run(&mut self, wanted: &Receiver<PrintJob>, bell: &Bell) {
        loop {
            let at_most = self.core.due().map(|due| due.saturating_sub(self.started.elapsed()));
            let for_room = !self.core.outgoing().is_empty();
            let ready = wait(self.line.as_ref().map(DeviceLine::descriptor), for_room, bell, at_most);
            loop {
                match wanted.try_recv() {
                    Ok(job) => {
                        self.ledger.queued(job.id, &job.label);
                        self.feed(PrinterInput::Job(job));
                    }
                    Err(TryRecvError::Empty) => break,
                    Err(TryRecvError::Disconnected) => return,
                }
            }
            if ready.readable {
                self.read();
            }
            if ready.writable {
                self.write();
            }
            if self.core.due().is_some_and(|due| due <= self.started.elapsed()) {
                self.feed(PrinterInput::Due);
            }
        }
    }

    fn read(&mut self) {
        let Some(line) = &mut self.line else { return };
        let mut bytes = [0; 256];
        match line.read(&mut bytes) {
            LineTransfer::Bytes(count) => self.feed(PrinterInput::Received(bytes[..count].to_vec())),
            LineTransfer::NoneNow => {}
            LineTransfer::Gone => self.feed(PrinterInput::Lost),
        }
    }

    fn write(&mut self) {
        let Some(line) = &mut self.line else { return };
        if self.core.outgoing().is_empty() {
            return;
        }
        // On disk before the first byte is on the line: after a crash nobody may take a ticket for unsent that was on its way.
        if let Some(id) = self.core.sending() {
            self.ledger.note(id, JobStage::Sending);
        }
        match line.write(self.core.outgoing()) {
            LineTransfer::Bytes(count) => self.feed(PrinterInput::Wrote(count)),
            LineTransfer::NoneNow => {}
            LineTransfer::Gone => self.feed(PrinterInput::Lost),
        }
    }

    /// Hands something to the machine and does what it wants, which may lead to more.
    fn feed(&mut self, input: PrinterInput) {
        let mut next = Some(input);
        while let Some(input) = next.take() {
            for action in self.core.on(input, self.started.elapsed()) {
                if let Some(then) = self.perform(action) {
                    next = Some(then);
                }
            }
        }
        if let Some((id, stage)) = self.core.stage() {
            self.ledger.note(id, stage);
        }
    }

    fn perform(&mut self, action: PrinterAction) -> Option<PrinterInput> {
        match action {
            PrinterAction::Open => match DeviceLine::open(&self.port, &self.profile.serial) {
                Ok(line) => {
                    self.line = Some(line);
                    return Some(PrinterInput::Opened);
                }
                Err(_) => return Some(PrinterInput::Absent),
            },
            PrinterAction::Close => self.line = None,
            PrinterAction::Say(bytes) => {
                let line = self.line.as_mut()?;
                if line.write(&bytes) == LineTransfer::Gone {
                    return Some(PrinterInput::Lost);
                }
            }
            PrinterAction::DropUnsent => {
                if let Some(line) = &mut self.line {
                    line.drop_unsent();
                }
            }
            PrinterAction::Tell(event) => {
                if let PrinterEvent::Job { id, outcome } = event {
                    self.ledger.note(id, JobStage::of(outcome));
                }
                if self.tell.send(event).is_ok() {
                    (self.wake)();
                }
            }
        }
        None
    }
}
