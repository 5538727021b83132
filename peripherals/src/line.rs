//! A line to a device that is never waited for longer than wanted: opened, read, written and closed without blocking.
//!
//! It is a serial line, a character device of USB's printer class, or a connection over TCP.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};
use std::os::unix::fs::OpenOptionsExt as _;
use std::time::Duration;

use firmware_config::printer::{Flow, Parity, Serial};
use rustix::event::{EventfdFlags, PollFd, PollFlags, Timespec, eventfd, poll};
use rustix::fs::OFlags;
use rustix::io::Errno;
use rustix::net::sockopt;
use rustix::termios::{QueueSelector, isatty, tcflush};
use serialport::TTYPort;

/// What a port begins with that is an address in the network.
const NETWORK: &str = "tcp:";
/// A printer in the network may take so long to answer a connection.
const CONNECT_MAX: Duration = Duration::from_secs(2);
/// Bytes that a printer in the network does not acknowledge for so long mean that it is gone.
const UNACKNOWLEDGED_MS_MAX: u32 = 6_000;
/// One that rests is asked after so long whether it is still there.
const STILL_THERE_AFTER: Duration = Duration::from_secs(5);

/// An open line. `serialport` sets a serial one up and holds its lock; bytes go through a descriptor of our own, since
/// `serialport` makes its own a blocking one, on which a printer without paper holds a write for ever.
pub struct DeviceLine {
    file: File,
    kind: LineKind,
}

enum LineKind {
    /// Its settings and lock, for as long as it is open.
    Serial {
        _settings: TTYPort,
    },
    /// A character device that is no terminal: USB's printer class.
    Character,
    Network,
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

impl DeviceLine {
    /// Opens a line for us alone: `tcp:ADDRESS:PORT`, or the path of a device, which says itself what it is.
    ///
    /// # Errors
    /// There is no such device, nobody answers there, or another program holds it.
    pub fn open(path: &str, serial: &Serial) -> io::Result<Self> {
        if let Some(address) = path.strip_prefix(NETWORK) {
            return Self::connect(address);
        }
        let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
        let file = OpenOptions::new().read(true).write(true).custom_flags(flags.bits().cast_signed()).open(path)?;
        if !isatty(&file) {
            return Ok(Self { file, kind: LineKind::Character });
        }
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
        Ok(Self { file, kind: LineKind::Serial { _settings: settings } })
    }

    fn connect(address: &str) -> io::Result<Self> {
        let nowhere = || io::Error::new(io::ErrorKind::NotFound, format!("{address} is no address"));
        let address = address.to_socket_addrs()?.next().ok_or_else(nowhere)?;
        let stream = TcpStream::connect_timeout(&address, CONNECT_MAX)?;
        stream.set_nonblocking(true)?;
        stream.set_nodelay(true)?;
        // Without these a printer whose cable was pulled would be waited for until the system gives it up, after minutes.
        sockopt::set_socket_keepalive(&stream, true)?;
        sockopt::set_tcp_keepidle(&stream, STILL_THERE_AFTER)?;
        sockopt::set_tcp_keepintvl(&stream, Duration::from_secs(1))?;
        sockopt::set_tcp_keepcnt(&stream, 2)?;
        sockopt::set_tcp_user_timeout(&stream, UNACKNOWLEDGED_MS_MAX)?;
        Ok(Self { file: File::from(OwnedFd::from(stream)), kind: LineKind::Network })
    }

    /// What is waited for.
    #[must_use]
    pub fn descriptor(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }

    /// Reads what is there.
    pub fn read(&mut self, into: &mut [u8]) -> LineTransfer {
        match self.file.read(into) {
            Ok(0) => match self.kind {
                LineKind::Serial { .. } | LineKind::Network => LineTransfer::Gone,
                // A printer of the printer class may answer with nothing; one that was pulled gives an error.
                LineKind::Character => LineTransfer::NoneNow,
            },
            other => moved(other),
        }
    }

    /// Writes what the line takes now.
    pub fn write(&mut self, bytes: &[u8]) -> LineTransfer {
        moved(self.file.write(bytes))
    }

    /// Forgets what was written and has not left yet. A line that cannot is no worse for it.
    pub fn drop_unsent(&mut self) {
        match self.kind {
            LineKind::Serial { .. } => {
                let _ = tcflush(&self.file, QueueSelector::OFlush);
            }
            LineKind::Character | LineKind::Network => {}
        }
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
pub fn wait(line: Option<BorrowedFd<'_>>, for_room: bool, bell: &Bell, at_most: Option<Duration>) -> Readiness {
    let bell_fd = PollFd::new(&bell.0, PollFlags::IN);
    let at_most = at_most.and_then(|time| Timespec::try_from(time).ok());
    let interest = if for_room { PollFlags::IN | PollFlags::OUT } else { PollFlags::IN };
    let mut fds = vec![bell_fd];
    fds.extend(line.as_ref().map(|line| PollFd::new(line, interest)));
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
