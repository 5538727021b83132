//! A real program as a child: found beside this one, ready when it says so, its log kept, stopped when dropped.

use std::{
    env,
    fs::File,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use anyhow::{Context, Result, anyhow, bail};
use rustix::process::{Pid, Signal, kill_process};

use crate::wait::{PATIENCE, until_within};

/// A started program.
pub struct Process {
    child: Child,
    name: String,
    log: PathBuf,
    lines: mpsc::Receiver<String>,
}

/// The folder in which cargo puts the programs: this one's, or the one above for a test.
///
/// # Errors
/// When this program does not know where it lies.
pub fn programs_folder() -> Result<PathBuf> {
    let own = env::current_exe().context("where is this program?")?;
    let folder = own.parent().context("a program lies in a folder")?;
    let above = if folder.ends_with("deps") { folder.parent() } else { None };
    Ok(above.unwrap_or(folder).to_owned())
}

/// A program of the workspace.
///
/// # Errors
/// When it was not built: `cargo xtask test` builds all of them first.
pub fn program(name: &str) -> Result<Command> {
    let path = programs_folder()?.join(name);
    if !path.is_file() {
        bail!("{} was not built; build the workspace first, or run `cargo xtask test`", path.display());
    }
    Ok(Command::new(path))
}

impl Process {
    /// Starts a program whose first line on standard output says that it is ready. Standard error goes to `log`.
    ///
    /// # Errors
    /// When it cannot be started, ends before it is ready, or is not ready in time; the error ends with its log.
    pub fn start(name: &str, command: &mut Command, log: &Path) -> Result<(Self, String)> {
        let mut process = Self::start_unready(name, command, log)?;
        let mut line = None;
        let waited = until_within(PATIENCE, &format!("{name} says that it is ready"), || {
            line = process.lines.try_recv().ok();
            let ended = process.child.try_wait().ok().flatten().is_some();
            (line.is_some() || ended).then_some(())
        });
        match (waited, line) {
            (Ok(()), Some(line)) => Ok((process, line)),
            (Ok(()), None) => Err(anyhow!("{name} ended before it was ready:\n{}", process.log_text())),
            (Err(error), _) => Err(error.context(process.log_text())),
        }
    }

    /// Starts a program and does not wait for anything.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start_unready(name: &str, command: &mut Command, log: &Path) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::options().create(true).append(true).open(log)?)
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        let (sender, lines) = mpsc::channel();
        let output = child.stdout.take().context("standard output was piped")?;
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                // Nobody listens once the story is over; the pipe must still be emptied.
                let _ = sender.send(line);
            }
        });
        Ok(Self { child, name: name.to_owned(), log: log.to_owned(), lines })
    }

    /// What it wrote to standard error so far.
    #[must_use]
    pub fn log_text(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Its number in the system.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The next line on standard output.
    ///
    /// # Errors
    /// When none comes in time.
    pub fn next_line(&self) -> Result<String> {
        self.lines.recv_timeout(PATIENCE).with_context(|| format!("{} said nothing more", self.name))
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Ends it as a power cut would.
    ///
    /// # Errors
    /// When it cannot be waited for.
    pub fn kill(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Asks it to stop and waits until it has.
    ///
    /// # Errors
    /// When it does not stop in time.
    pub fn stop(&mut self) -> Result<ExitStatus> {
        self.signal(Signal::TERM)?;
        self.ended()
    }

    /// Waits until it has ended by itself.
    ///
    /// # Errors
    /// When it does not end in time.
    pub fn ended(&mut self) -> Result<ExitStatus> {
        let what = format!("{} ends", self.name);
        let child = &mut self.child;
        until_within(PATIENCE, &what, || child.try_wait().ok().flatten())
    }

    /// Sends a signal, e.g. to hold a program still as a stuck machine would be.
    ///
    /// # Errors
    /// When it has already ended.
    pub fn signal(&self, signal: Signal) -> Result<()> {
        let id = i32::try_from(self.child.id())?;
        let pid = Pid::from_raw(id).context("a process has a number")?;
        kill_process(pid, signal).with_context(|| format!("cannot signal {}", self.name))
    }

    /// Resident memory in MiB.
    ///
    /// # Errors
    /// When it has ended.
    pub fn resident_mib(&self) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        let kib: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
        Ok(kib / 1024.0)
    }

    /// Processor time used so far, user and system, in ticks of a hundredth of a second.
    ///
    /// # Errors
    /// When it has ended.
    pub fn processor_time(&self) -> Result<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let after = stat.rsplit_once(')').context("no name in stat")?.1;
        let fields: Vec<&str> = after.split_whitespace().collect();
        let ticks: u64 =
            fields.get(11).context("utime")?.parse::<u64>()? + fields.get(12).context("stime")?.parse::<u64>()?;
        Ok(Duration::from_millis(ticks * 10))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.runs() {
            // A graceful stop first would be kinder, and slower; nothing of a dropped story is looked at again.
            let _ = self.kill();
        }
        if thread::panicking() {
            let log = self.log_text();
            let start = log.len().saturating_sub(4000);
            let tail = log.get(log.ceil_char_boundary(start)..).unwrap_or_default();
            eprintln!("--- log of {} ---\n{tail}", self.name);
        }
    }
}
