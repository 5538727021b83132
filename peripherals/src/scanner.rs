//! The scanner's thread: reads a serial line, makes codes of it, and opens it again when it was unplugged.

use std::time::{Duration, Instant};
use std::{io, thread};

use crossbeam_channel::{Receiver, Sender, unbounded};
use firmware_config::printer::{Flow, Parity, Serial};

use crate::line::{Bell, LineTransfer, SerialLine, wait};
use crate::scanner_framer::{Framer, Scan};

/// What a scanner tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScanEvent {
    /// A code was read.
    Code(String),
    /// Something was read that is no code; said once for a burst.
    Unreadable,
    /// The scanner is there.
    Plugged,
    /// It is not.
    Unplugged,
}

/// The line of a scanner without a profile: the makers' common default; a virtual line on USB ignores it.
const DEFAULT_LINE: Serial = Serial { baud: 9600, parity: Parity::None, flow: Flow::None };

/// First and longest pause between attempts to open the line.
const PAUSE_MIN: Duration = Duration::from_millis(250);
const PAUSE_MAX: Duration = Duration::from_secs(4);

/// Starts the thread of the scanner on `port`; it ends when the receiver is dropped and the scanner next speaks. `wake` is
/// called after each event.
///
/// # Errors
/// The system gives no thread or descriptor. A port that is not there is no error but an event.
pub fn start(port: &str, wake: impl Fn() + Send + 'static) -> io::Result<Receiver<ScanEvent>> {
    let (tell, events) = unbounded();
    let bell = Bell::new()?;
    let port = port.to_owned();
    thread::Builder::new().name("scanner".to_owned()).spawn(move || {
        let tell = |event| tell_and_wake(&tell, &wake, event);
        let mut pause = PAUSE_MIN;
        let mut missed = false;
        loop {
            if let Ok(line) = SerialLine::open(&port, &DEFAULT_LINE) {
                pause = PAUSE_MIN;
                missed = true;
                if !tell(ScanEvent::Plugged) || !read_until_gone(line, &bell, &tell) || !tell(ScanEvent::Unplugged) {
                    return;
                }
            } else if !missed {
                missed = true;
                if !tell(ScanEvent::Unplugged) {
                    return;
                }
            }
            wait(None, false, &bell, Some(pause));
            pause = (pause * 2).min(PAUSE_MAX);
        }
    })?;
    Ok(events)
}

/// Reads until the device is gone; false when nobody listens any more.
fn read_until_gone(mut line: SerialLine, bell: &Bell, tell: &impl Fn(ScanEvent) -> bool) -> bool {
    let started = Instant::now();
    let mut framer = Framer::default();
    let mut bytes = [0; 1024];
    loop {
        let at_most = framer.due().map(|due| due.saturating_sub(started.elapsed()));
        let mut scans = Vec::new();
        if wait(Some(&line), false, bell, at_most).readable {
            match line.read(&mut bytes) {
                LineTransfer::Bytes(count) => scans.extend(framer.take(&bytes[..count], started.elapsed())),
                LineTransfer::NoneNow => {}
                LineTransfer::Gone => return true,
            }
        }
        scans.extend(framer.silence(started.elapsed()));
        for scan in scans {
            let event = match scan {
                Scan::Code(code) => ScanEvent::Code(code),
                Scan::Unreadable => ScanEvent::Unreadable,
            };
            if !tell(event) {
                return false;
            }
        }
    }
}

fn tell_and_wake(tell: &Sender<ScanEvent>, wake: &impl Fn(), event: ScanEvent) -> bool {
    let heard = tell.send(event).is_ok();
    wake();
    heard
}
