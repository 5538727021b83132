//! A serial line that is never waited for longer than wanted: opened, read, written and closed without blocking.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::os::unix::fs::OpenOptionsExt as _;
use std::time::Duration;

use firmware_config::printer::{Flow, Parity, Serial};
use rustix::event::{EventfdFlags, PollFd, PollFlags, Timespec, eventfd, poll};
use rustix::fs::OFlags;
use rustix::io::Errno;
use rustix::termios::{QueueSelector, tcflush};
use serialport::TTYPort;

/// An open line. `serialport` sets it up and holds its lock; bytes go through a descriptor of our own, since `serialport`
/// makes its own a blocking one, on which a printer without paper holds a write for ever.
pub struct SerialLine {
    file: File,
    _settings: TTYPort,
}

/// What became of a read or a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineTransfer {
    /// So many bytes.
    Bytes(usize),
    /// None now; ask again when the line is ready.
    NoneNow,
    /// The device is gone.
    Gone,
}

/// What a wait ended with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Readiness {
    /// There is something to read, or the device is gone (which a read will tell).
    pub readable: bool,
    /// There is room to write.
    pub writable: bool,
}

impl SerialLine {
    /// Opens a line for us alone.
    ///
    /// # Errors
    /// There is no such device, it is no serial line, or another program holds it.
    pub fn open(path: &str, serial: &Serial) -> io::Result<Self> {
        let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
        let file = OpenOptions::new().read(true).write(true).custom_flags(flags.bits().cast_signed()).open(path)?;
        let settings = serialport::new(path, serial.baud)
            .parity(match serial.parity {
                Parity::None => serialport::Parity::None,
                Parity::Even => serialport::Parity::Even,
                Parity::Odd => serialport::Parity::Odd,
            })
            .flow_control(match serial.flow {
                Flow::None => serialport::FlowControl::None,
                Flow::Hardware => serialport::FlowControl::Hardware,
                Flow::Software => serialport::FlowControl::Software,
            })
            .open_native()?;
        Ok(Self { file, _settings: settings })
    }

    /// Reads what is there.
    pub fn read(&mut self, into: &mut [u8]) -> LineTransfer {
        match self.file.read(into) {
            Ok(0) => LineTransfer::Gone,
            other => moved(other),
        }
    }

    /// Writes what the line takes now.
    pub fn write(&mut self, bytes: &[u8]) -> LineTransfer {
        moved(self.file.write(bytes))
    }

    /// Forgets what was written and has not left yet. A line that cannot is no worse for it.
    pub fn drop_unsent(&mut self) {
        let _ = tcflush(&self.file, QueueSelector::OFlush);
    }
}

fn moved(result: io::Result<usize>) -> LineTransfer {
    match result {
        Ok(count) => LineTransfer::Bytes(count),
        Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => {
            LineTransfer::NoneNow
        }
        // EIO, ENXIO, ENODEV: the adapter was pulled, or the other end of the pseudo-terminal closed.
        Err(_) => LineTransfer::Gone,
    }
}

/// Wakes a waiting thread from another one.
pub struct Bell(OwnedFd);

impl Bell {
    /// A bell that has not rung.
    ///
    /// # Errors
    /// The system gives no more descriptors.
    pub fn new() -> io::Result<Self> {
        Ok(Self(eventfd(0, EventfdFlags::NONBLOCK | EventfdFlags::CLOEXEC)?))
    }

    /// Rings. A bell that rings already goes on ringing.
    pub fn ring(&self) {
        let _ = rustix::io::write(&self.0, &1u64.to_ne_bytes());
    }

    fn hush(&self) {
        let _ = rustix::io::read(&self.0, &mut [0; 8]);
    }
}

/// Waits until the line is ready, the bell rings or the time is over; without a time, for as long as it takes.
pub fn wait(line: Option<&SerialLine>, for_room: bool, bell: &Bell, at_most: Option<Duration>) -> Readiness {
    let bell_fd = PollFd::new(&bell.0, PollFlags::IN);
    let at_most = at_most.and_then(|time| Timespec::try_from(time).ok());
    let interest = if for_room { PollFlags::IN | PollFlags::OUT } else { PollFlags::IN };
    let mut fds = vec![bell_fd];
    fds.extend(line.map(|line| PollFd::new(&line.file, interest)));
    if let Err(error) = poll(&mut fds, at_most.as_ref())
        && error != Errno::INTR
    {
        // A poll that cannot be made must not become a busy loop.
        std::thread::sleep(Duration::from_millis(100));
    }
    let rung = !fds[0].revents().is_empty();
    let line_events = fds.get(1).map_or(PollFlags::empty(), PollFd::revents);
    drop(fds);
    if rung {
        bell.hush();
    }
    let gone = line_events.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL);
    Readiness { readable: gone || line_events.contains(PollFlags::IN), writable: line_events.contains(PollFlags::OUT) }
}
