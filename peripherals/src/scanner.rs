//! The scanner's thread: reads a serial line or a scanner's keys, makes codes of them, and opens it again when it was unplugged.

use std::fs::OpenOptions;
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::fs::OpenOptionsExt as _;
use std::time::{Duration, Instant, UNIX_EPOCH};
use std::{io, thread};

use crossbeam_channel::{Receiver, Sender, unbounded};
use evdev::EventType;
use evdev::raw_stream::RawDevice;
use firmware_config::printer::{Flow, Parity, Serial};
use rustix::fs::OFlags;

use crate::key_table::KeyTable;
use crate::line::{Bell, DeviceLine, LineTransfer, wait};
use crate::scanner_framer::{Framer, SILENCE, Scan};

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

/// How a scanner speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScannerKind {
    /// On a serial line, or one that USB plays.
    Serial,
    /// As a keyboard, which is taken for us alone: nobody else hears its keys.
    Keyboard,
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
pub fn start(port: &str, kind: ScannerKind, wake: impl Fn() + Send + 'static) -> io::Result<Receiver<ScanEvent>> {
    let (tell, events) = unbounded();
    let bell = Bell::new()?;
    let port = port.to_owned();
    thread::Builder::new().name("scanner".to_owned()).spawn(move || {
        let tell = |event| tell_and_wake(&tell, &wake, event);
        let mut pause = PAUSE_MIN;
        let mut missed = false;
        loop {
            if let Ok(source) = ScanSource::open(&port, kind) {
                pause = PAUSE_MIN;
                missed = true;
                if !tell(ScanEvent::Plugged) || !source.read_until_gone(&bell, &tell) || !tell(ScanEvent::Unplugged) {
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

/// An open scanner.
enum ScanSource {
    Line(DeviceLine),
    Keys(RawDevice),
}

impl ScanSource {
    fn open(port: &str, kind: ScannerKind) -> io::Result<Self> {
        match kind {
            ScannerKind::Serial => DeviceLine::open(port, &DEFAULT_LINE).map(Self::Line),
            ScannerKind::Keyboard => {
                let flags = OFlags::NONBLOCK.bits().cast_signed();
                let file = OpenOptions::new().read(true).custom_flags(flags).open(port)?;
                let mut device = RawDevice::from_fd(OwnedFd::from(file))?;
                // Ours alone: what it types reaches no window and no console.
                device.grab()?;
                Ok(Self::Keys(device))
            }
        }
    }

    /// Reads until the device is gone; false when nobody listens any more.
    fn read_until_gone(self, bell: &Bell, tell: &impl Fn(ScanEvent) -> bool) -> bool {
        match self {
            Self::Line(line) => read_line(line, bell, tell),
            Self::Keys(device) => read_keys(device, bell, tell),
        }
    }
}

fn tell_all(scans: impl IntoIterator<Item = Scan>, tell: &impl Fn(ScanEvent) -> bool) -> bool {
    scans.into_iter().all(|scan| {
        tell(match scan {
            Scan::Code(code) => ScanEvent::Code(code),
            Scan::Unreadable => ScanEvent::Unreadable,
        })
    })
}

fn read_line(mut line: DeviceLine, bell: &Bell, tell: &impl Fn(ScanEvent) -> bool) -> bool {
    let started = Instant::now();
    let mut framer = Framer::default();
    let mut bytes = [0; 1024];
    loop {
        let at_most = framer.due().map(|due| due.saturating_sub(started.elapsed()));
        let mut scans = Vec::new();
        if wait(Some(line.descriptor()), false, bell, at_most).readable {
            match line.read(&mut bytes) {
                LineTransfer::Bytes(count) => scans.extend(framer.take(&bytes[..count], started.elapsed())),
                LineTransfer::NoneNow => {}
                LineTransfer::Gone => return true,
            }
        }
        scans.extend(framer.silence(started.elapsed()));
        if !tell_all(scans, tell) {
            return false;
        }
    }
}

/// Keys carry the time at which they were pressed, so that a machine under load cuts no code in two.
fn read_keys(mut device: RawDevice, bell: &Bell, tell: &impl Fn(ScanEvent) -> bool) -> bool {
    let mut framer = Framer::default();
    let mut table = KeyTable::default();
    loop {
        let at_most = framer.due().map(|_| SILENCE);
        let readiness = wait(Some(device.as_fd()), false, bell, at_most);
        let mut scans = Vec::new();
        if readiness.readable {
            let events = match device.fetch_events() {
                Ok(events) => events.collect::<Vec<_>>(),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => Vec::new(),
                Err(_) => return true,
            };
            for event in events.iter().filter(|event| event.event_type() == EventType::KEY) {
                let at = event.timestamp().duration_since(UNIX_EPOCH).unwrap_or_default();
                if let Some(letter) = table.key(event.code(), event.value()) {
                    let mut utf8 = [0; 4];
                    scans.extend(framer.take(letter.encode_utf8(&mut utf8).as_bytes(), at));
                }
            }
        } else if let Some(due) = framer.due() {
            scans.extend(framer.silence(due));
        }
        if !tell_all(scans, tell) {
            return false;
        }
    }
}

fn tell_and_wake(tell: &Sender<ScanEvent>, wake: &impl Fn(), event: ScanEvent) -> bool {
    let heard = tell.send(event).is_ok();
    wake();
    heard
}
