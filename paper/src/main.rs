//! Plays a serial ticket printer on a pseudo-terminal: prints the line's name, and each ticket as a picture into a folder.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{FileTypeExt as _, symlink};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};
use std::{process, thread};

use anyhow::{Context as _, bail};
use clap::Parser;
use paper::{Doing, Model, Printer};
use rustix::event::{EventfdFlags, PollFd, PollFlags, Timespec, eventfd, poll};
use rustix::fs::Mode;
use rustix::io::Errno;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

/// Plays a serial ticket printer.
#[derive(Parser)]
#[command(version, about, after_help = "Lines on standard input and in the control pipe say what is done to the printer: \
    paper out, paper in, paper low, paper left MILLIMETRES, cover open, cover closed, offline, online, jam, jam cleared, \
    stall, go on, tear.")]
struct Arguments {
    /// The model to play.
    #[arg(long, default_value = "epson-tm-t20iii")]
    model: String,
    /// The folder for the tickets, ticket-0001.png and ticket-0001.txt on.
    #[arg(long)]
    into: PathBuf,
    /// A name for the line that stays the same when the program is started again.
    #[arg(long)]
    link: Option<PathBuf>,
    /// A named pipe to be made, into which lines can be written.
    #[arg(long)]
    control: Option<PathBuf>,
    /// Bits in a second on the line; without it the line takes no time.
    #[arg(long)]
    baud: Option<u32>,
    /// Millimetres of paper in a second; without it printing takes no time.
    #[arg(long)]
    speed: Option<u32>,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let Some(model) = Model::named(&arguments.model) else {
        bail!("there is no model \"{}\"; known are {}", arguments.model, Model::names().join(", "));
    };
    fs::create_dir_all(&arguments.into).with_context(|| arguments.into.display().to_string())?;
    let line = Pty::open()?;
    if let Some(link) = &arguments.link {
        // A link that an earlier run left behind points nowhere.
        let _ = fs::remove_file(link);
        symlink(&line.name, link).with_context(|| link.display().to_string())?;
    }
    let (say, said) = channel();
    let bell = eventfd(0, EventfdFlags::CLOEXEC)?;
    listen(say.clone(), bell.try_clone()?, || Ok(Box::new(BufReader::new(io::stdin()))))?;
    if let Some(path) = arguments.control.clone() {
        make_pipe(&path)?;
        // Open for writing too, so that it does not end with its first writer.
        let pipe = OpenOptions::new().read(true).write(true).open(&path)?;
        listen(say, bell.try_clone()?, move || Ok(Box::new(BufReader::new(pipe))))?;
    }
    let mut out = io::stdout();
    writeln!(out, "printer on {}", line.name.display())?;
    out.flush()?;
    let mut play = Play {
        printer: Printer::new(model),
        into: arguments.into,
        tickets: 0,
        line_pause: arguments.baud.map(|baud| Duration::from_secs(10) / baud.max(1)),
        row_pause: arguments.speed.map(|speed| Duration::from_millis(125) / speed.max(1)),
        read_at: Instant::now(),
        print_at: Instant::now(),
        unsent: Vec::new(),
    };
    play.run(&line, &bell, &said)
}

/// A pseudo-terminal whose other end stays open here too, so that a program may come and go on it.
struct Pty {
    ours: OwnedFd,
    name: PathBuf,
    _theirs: File,
}

impl Pty {
    fn open() -> anyhow::Result<Self> {
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

fn make_pipe(path: &Path) -> anyhow::Result<()> {
    if let Ok(there) = fs::metadata(path) {
        if !there.file_type().is_fifo() {
            bail!("{} is there already, and is no named pipe", path.display());
        }
        fs::remove_file(path)?;
    }
    rustix::fs::mknodat(rustix::fs::CWD, path, rustix::fs::FileType::Fifo, Mode::RUSR | Mode::WUSR, 0)
        .with_context(|| path.display().to_string())
}

/// Reads lines on a thread of their own and rings for each.
fn listen(
    say: Sender<Doing>,
    ring: OwnedFd,
    open: impl FnOnce() -> io::Result<Box<dyn io::BufRead>> + Send + 'static,
) -> io::Result<()> {
    thread::Builder::new().name("control".to_owned()).spawn(move || {
        let Ok(lines) = open() else { return };
        for line in lines.lines().map_while(Result::ok).filter(|line| !line.trim().is_empty()) {
            match line.parse() {
                Ok(doing) => {
                    if say.send(doing).is_err() || rustix::io::write(&ring, &1u64.to_ne_bytes()).is_err() {
                        return;
                    }
                }
                Err(error) => log(&error),
            }
        }
    })?;
    Ok(())
}

struct Play {
    printer: Printer,
    into: PathBuf,
    tickets: usize,
    /// How long a byte takes on the line.
    line_pause: Option<Duration>,
    /// How long a row takes on the paper, eight to a millimetre.
    row_pause: Option<Duration>,
    read_at: Instant,
    print_at: Instant,
    unsent: Vec<u8>,
}

impl Play {
    fn run(&mut self, line: &Pty, bell: &OwnedFd, said: &Receiver<Doing>) -> anyhow::Result<()> {
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
            let mut fds = [PollFd::new(&line.ours, interest), PollFd::new(bell, PollFlags::IN)];
            match poll(&mut fds, at_most.as_ref()) {
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
            let [line_events, bell_events] = [fds[0].revents(), fds[1].revents()];
            if !bell_events.is_empty() {
                rustix::io::read(bell, &mut [0; 8])?;
                said.try_iter().for_each(|doing| {
                    log(&format!("{doing:?}"));
                    self.printer.suffer(doing);
                });
            }
            if line_events.contains(PollFlags::OUT) {
                let sent = rustix::io::write(&line.ours, &self.unsent).unwrap_or(0);
                self.unsent.drain(..sent);
            }
            if reads && line_events.contains(PollFlags::IN) {
                self.read(&line.ours);
            }
        }
    }

    fn read(&mut self, line: &impl AsFd) {
        let mut bytes = [0; 4096];
        let at_once = if self.line_pause.is_some() { 64 } else { bytes.len() };
        let room = self.printer.room().min(at_once);
        if let Ok(count) = rustix::io::read(line, &mut bytes[..room]) {
            self.printer.receive(&bytes[..count]);
            if let Some(pause) = self.line_pause {
                self.read_at = Instant::now() + pause * u32::try_from(count).unwrap_or(0);
            }
        }
    }

    /// Works on what has come in, as fast as the paper goes, and keeps the tickets that are cut.
    fn work(&mut self) -> anyhow::Result<()> {
        while self.print_at <= Instant::now() {
            let Some(rows) = self.printer.step() else { break };
            if let Some(pause) = self.row_pause {
                self.print_at = Instant::now() + pause * u32::try_from(rows).unwrap_or(0);
            }
        }
        for complaint in self.printer.take_complaints() {
            log(&complaint);
        }
        for ticket in self.printer.take_tickets() {
            self.tickets += 1;
            let path = self.into.join(format!("ticket-{:04}.png", self.tickets));
            let model = self.printer.model();
            fs::write(path.with_extension("txt"), &ticket.text)?;
            ticket.sheet.save(&path, model.width_dots, model.paper_dots)?;
            log(&format!("cut {}", path.display()));
        }
        Ok(())
    }
}

fn log(words: &str) {
    let _ = writeln!(io::stderr(), "paper[{}]: {words}", process::id());
}
