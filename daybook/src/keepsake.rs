//! A file that is replaced as a whole: a power cut leaves the one before, or the new one.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

/// A file that is replaced as a whole, and readable by its owner alone.
#[derive(Debug, Clone)]
pub struct Keepsake(PathBuf);

impl Keepsake {
    /// The file at `path`, which need not be there yet.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// What is kept, if anything is.
    #[must_use]
    pub fn read(&self) -> Option<Vec<u8>> {
        fs::read(&self.0).ok()
    }

    /// Keeps this instead. When it returns, it is on the disk.
    ///
    /// # Errors
    /// It cannot be written; then what was kept before is still there.
    pub fn keep(&self, bytes: &[u8]) -> io::Result<()> {
        let mut name = self.0.clone().into_os_string();
        name.push(".new");
        let beside = PathBuf::from(name);
        match fs::remove_file(&beside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Err(_) | Ok(()) => {}
        }
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, &self.0)?;
        sync_folder(&self.0)
    }

    /// Forgets it.
    ///
    /// # Errors
    /// It is there and cannot be removed.
    pub fn forget(&self) -> io::Result<()> {
        match fs::remove_file(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Err(_) | Ok(()) => Ok(()),
        }
    }
}

/// That a file is there is on the disk too.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}
