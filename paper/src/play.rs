//! Puts the played printer on a pseudo-terminal: carries bytes, paper and time.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use rustix::event::{EventfdFlags, PollFd, PollFlags, Timespec, eventfd, poll};
use rustix::io::Errno;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use crate::model::Model;
use crate::printer::PlayedPrinter;
use crate::status::Handling;

/// How a printer is played.
#[derive(Debug, Clone)]
pub struct PlaySettings {
    /// The printer that is played.
    pub model: Model,
    /// The folder for the tickets.
    pub into: PathBuf,
    /// A name for the line that stays the same when the printer is plugged in again.
    pub link: Option<PathBuf>,
    /// Bits in a second on the line; none: the line takes no time.
    pub baud: Option<u32>,
    /// Millimetres of paper in a second; none: printing takes no time.
    pub speed: Option<u32>,
    /// Whether it says on standard error what it does and does not understand.
    pub talks: bool,
}

/// A printer on its line.
pub struct Play {
    printer: PlayedPrinter,
    settings: PlaySettings,
    line: Pty,
    control: Control,
    messages: Receiver<ControlMessage>,
    tickets: usize,
    read_at: Instant,
    print_at: Instant,
    unsent: Vec<u8>,
}

/// Tells a playing printer what happens to it, from another thread.
#[derive(Clone)]
pub struct Control {
    tell: Sender<ControlMessage>,
    bell: Arc<OwnedFd>,
}

enum ControlMessage {
    Suffer(Handling),
    Unplug,
}

impl Control {
    /// Somebody does something to the printer.
    pub fn suffer(&self, handling: Handling) {
        self.tell(ControlMessage::Suffer(handling));
    }

    /// Its plug is pulled: the line is gone for who holds its other end.
    pub fn unplug(&self) {
        self.tell(ControlMessage::Unplug);
    }

    fn tell(&self, message: ControlMessage) {
        // A printer that was unplugged is told nothing any more.
        if self.tell.send(message).is_ok() {
            let _ = rustix::io::write(&*self.bell, &1u64.to_ne_bytes());
        }
    }
}

impl Play {
    /// Plugs the printer in.
    ///
    /// # Errors
    /// There is no pseudo-terminal to be had, or folder or link cannot be made.
    pub fn new(settings: PlaySettings) -> io::Result<Self> {
        fs::create_dir_all(&settings.into)?;
        let line = Pty::open()?;
        if let Some(link) = &settings.link {
            // A link that an earlier run left behind points nowhere.
            let _ = fs::remove_file(link);
            symlink(&line.name, link)?;
        }
        let (tell, messages) = channel();
        let bell = Arc::new(eventfd(0, EventfdFlags::CLOEXEC)?);
        Ok(Self {
            printer: PlayedPrinter::new(settings.model),
            settings,
            line,
            control: Control { tell, bell },
            messages,
            tickets: 0,
            read_at: Instant::now(),
            print_at: Instant::now(),
            unsent: Vec::new(),
        })
    }

    /// The name of the line.
    #[must_use]
    pub fn name(&self) -> &Path {
        &self.line.name
    }

    /// For telling it what happens to it.
    #[must_use]
    pub fn control(&self) -> Control {
        self.control.clone()
    }

    /// Plays until it is unplugged.
    ///
    /// # Errors
    /// A ticket cannot be written into the folder, or the system ends the waiting.
    pub fn run(mut self) -> io::Result<()> {
        loop {
            self.work()?;
            self.unsent.extend(self.printer.take_answers());
            let now = Instant::now();
            let reads = self.printer.room() > 0 && self.read_at <= now;
            let mut interest = PollFlags::empty();
            interest.set(PollFlags::IN, reads);
            interest.set(PollFlags::OUT, !self.unsent.is_empty());
            let next = [self.read_at, self.print_at].into_iter().filter(|at| *at > now).min();
            let at_most = next.and_then(|at| Timespec::try_from(at - now).ok());
            let mut fds = [PollFd::new(&self.line.ours, interest), PollFd::new(&*self.control.bell, PollFlags::IN)];
            match poll(&mut fds, at_most.as_ref()) {
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
            let [line_events, bell_events] = [fds[0].revents(), fds[1].revents()];
            if !bell_events.is_empty() {
                rustix::io::read(&*self.control.bell, &mut [0; 8])?;
                for message in self.messages.try_iter() {
                    match message {
                        ControlMessage::Unplug => return Ok(()),
                        ControlMessage::Suffer(handling) => {
                            self.log(&format!("{handling:?}"));
                            self.printer.suffer(handling);
                        }
                    }
                }
            }
            if line_events.contains(PollFlags::OUT) {
                let sent = rustix::io::write(&self.line.ours, &self.unsent).unwrap_or(0);
                self.unsent.drain(..sent);
            }
            if reads && line_events.contains(PollFlags::IN) {
                self.read();
            }
        }
    }

    fn log(&self, words: &str) {
        if self.settings.talks {
            log(words);
        }
    }

    fn read(&mut self) {
        let mut bytes = [0; 4096];
        let at_once = if self.settings.baud.is_some() { 64 } else { bytes.len() };
        let room = self.printer.room().min(at_once);
        if let Ok(count) = rustix::io::read(self.line.ours.as_fd(), &mut bytes[..room]) {
            self.printer.receive(&bytes[..count]);
            if let Some(baud) = self.settings.baud {
                let pause = Duration::from_secs(10) / baud.max(1);
                self.read_at = Instant::now() + pause * u32::try_from(count).unwrap_or(0);
            }
        }
    }

    /// Works on what has come in, as fast as the paper goes, and keeps the tickets that are cut.
    fn work(&mut self) -> io::Result<()> {
        while self.print_at <= Instant::now() {
            let Some(rows) = self.printer.step() else { break };
            if let Some(speed) = self.settings.speed {
                // Eight rows to a millimetre.
                let pause = Duration::from_millis(125) / speed.max(1);
                self.print_at = Instant::now() + pause * u32::try_from(rows).unwrap_or(0);
            }
        }
        for complaint in self.printer.take_complaints() {
            self.log(&complaint);
        }
        for ticket in self.printer.take_tickets() {
            self.tickets += 1;
            let path = self.settings.into.join(format!("ticket-{:04}.png", self.tickets));
            let model = self.printer.model();
            fs::write(path.with_extension("txt"), &ticket.text)?;
            ticket.sheet.save(&path, model.width_dots, model.paper_dots)?;
            self.log(&format!("cut {}", path.display()));
        }
        Ok(())
    }
}

/// A pseudo-terminal whose other end stays open here too, so that a program may come and go on it.
struct Pty {
    ours: OwnedFd,
    name: PathBuf,
    _theirs: File,
}

impl Pty {
    fn open() -> io::Result<Self> {
        let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
        grantpt(&ours)?;
        unlockpt(&ours)?;
        let name = PathBuf::from(OsStr::from_bytes(ptsname(&ours, Vec::new())?.as_bytes()));
        let theirs = OpenOptions::new().read(true).write(true).open(&name)?;
        // Bytes, not lines: no echo, and no sign changed on the way.
        let mut settings = tcgetattr(&theirs)?;
        settings.make_raw();
        tcsetattr(&theirs, OptionalActions::Now, &settings)?;
        rustix::io::ioctl_fionbio(&ours, true)?;
        Ok(Self { ours, name, _theirs: theirs })
    }
}

/// Says something to who watches the program.
pub fn log(words: &str) {
    let _ = writeln!(io::stderr(), "paper[{}]: {words}", process::id());
}
