//! The ticket printer: a program on a pseudo-terminal that answers as the real one does and writes its paper as pictures.

use std::{
    fs::File,
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{
    picture::Picture,
    process::{Process, program},
    wait::until,
};

/// A printer with paper in it.
pub struct Printer {
    process: Process,
    port: String,
    folder: PathBuf,
}

impl Printer {
    /// Plugs a printer in, whose paper falls into `folder`.
    ///
    /// # Errors
    /// When it does not start.
    pub fn plug_in(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let mut command = program("paper")?;
        command.arg("--into").arg(folder).arg("--control").arg(folder.join("control"));
        let (process, ready) = Process::start("paper", &mut command, &folder.join("paper.log"))?;
        let port = ready.strip_prefix("printer on ").with_context(|| format!("paper says: {ready}"))?.trim().to_owned();
        Ok(Self { process, port, folder: folder.to_owned() })
    }

    /// Where the kiosk finds it.
    #[must_use]
    pub fn port(&self) -> &str {
        &self.port
    }

    /// Does something to the printer, as a person at it would, e.g. `paper out`.
    ///
    /// # Errors
    /// When it has ended.
    pub fn interfere(&self, what: &str) -> Result<()> {
        let mut control = File::options().write(true).open(self.folder.join("control"))?;
        Ok(writeln!(control, "{what}")?)
    }

    /// Its program.
    #[must_use]
    pub fn process(&self) -> &Process {
        &self.process
    }

    /// The folder of its paper.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The pictures of the tickets so far, oldest first.
    ///
    /// # Errors
    /// When the folder is gone.
    pub fn tickets(&self) -> Result<Vec<PathBuf>> {
        let files = std::fs::read_dir(&self.folder)?.filter_map(|file| Some(file.ok()?.path()));
        let mut pictures: Vec<PathBuf> =
            files.filter(|file| file.extension().is_some_and(|end| end == "png")).collect();
        pictures.sort();
        Ok(pictures)
    }

    /// Waits for a ticket, from 0.
    ///
    /// # Errors
    /// When it is not printed in time.
    pub fn ticket(&self, nth: usize) -> Result<Picture> {
        until(&format!("ticket {nth} is printed"), || {
            let path = self.tickets().ok()?.get(nth)?.clone();
            // A picture that is still being written does not open.
            let picture = Picture::from_png(std::fs::read(path).ok()?).ok()?;
            picture.pixels().is_ok().then_some(picture)
        })
    }
}
