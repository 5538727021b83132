//! A serial scanner, as seen from the kiosk: the far end of a pseudo-terminal.

use std::{
    fs::File,
    io::{BufRead as _, BufReader, Write as _},
    os::fd::OwnedFd,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use anyhow::Result;
use rustix::{
    fs::{CWD, FileType, Mode, mknodat},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{OptionalActions, tcgetattr, tcsetattr},
};

/// A scanner on a line of its own.
pub struct Scanner {
    line: File,
    port: PathBuf,
    /// Kept open, so that the line stays up while the kiosk has it closed.
    _kept: OwnedFd,
}

impl Scanner {
    /// Plugs a scanner in.
    ///
    /// # Errors
    /// When the system has no pseudo-terminal left.
    pub fn plug_in() -> Result<Self> {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        let port = PathBuf::from(ptsname(&master, Vec::new())?.to_string_lossy().into_owned());
        let kept: OwnedFd = File::options().read(true).write(true).open(&port)?.into();
        let mut line = tcgetattr(&kept)?;
        line.make_raw();
        tcsetattr(&kept, OptionalActions::Now, &line)?;
        Ok(Self { line: File::from(master), port, _kept: kept })
    }

    /// Where the kiosk finds it.
    #[must_use]
    pub fn port(&self) -> &PathBuf {
        &self.port
    }

    /// Reads a code and sends it, with the end of line that it is set to.
    ///
    /// # Errors
    /// When the line is gone.
    pub fn scan(&mut self, code: &str, end: &str) -> Result<()> {
        self.send(format!("{code}{end}").as_bytes())
    }

    /// Sends any bytes.
    ///
    /// # Errors
    /// When the line is gone.
    pub fn send(&mut self, bytes: &[u8]) -> Result<()> {
        self.line.write_all(bytes)?;
        Ok(())
    }
}

/// Makes a named pipe into which a person at a terminal writes codes, a line each; the scanner reads them.
///
/// # Errors
/// When the pipe cannot be made.
pub fn hold_codes_written_to(pipe: &Path, scanner: &Arc<Mutex<Scanner>>) -> Result<()> {
    mknodat(CWD, pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0)?;
    // Open for writing too, so that it does not end with the first who writes.
    let lines = BufReader::new(File::options().read(true).write(true).open(pipe)?).lines();
    let scanner = Arc::clone(scanner);
    thread::spawn(move || {
        for code in lines.map_while(Result::ok) {
            if scanner.lock().unwrap_or_else(PoisonError::into_inner).scan(&code, "\r").is_err() {
                return;
            }
        }
    });
    Ok(())
}
