//! The device's token: in its state folder, readable by nobody else, and in the hands of both threads.

use std::{
    fs, io,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};

/// What pairing gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credentials {
    /// For `Authorization: Bearer`.
    pub token: String,
    /// The key of the office that the device belongs to.
    pub office: String,
}

/// Where the token lies.
#[derive(Debug, Clone)]
pub struct TokenFile(PathBuf);

impl TokenFile {
    /// In the folder `state`, which is made if it is missing.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn in_folder(state: &Path) -> io::Result<Self> {
        fs::create_dir_all(state)?;
        Ok(Self(state.join("token.json")))
    }

    /// The token, if there is one that can be read.
    #[must_use]
    pub fn load(&self) -> Option<Credentials> {
        serde_json::from_slice(&fs::read(&self.0).ok()?).ok()
    }

    /// Keeps the token, whole or not at all.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn keep(&self, credentials: &Credentials) -> io::Result<()> {
        let beside = self.0.with_extension("new");
        match fs::remove_file(&beside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
        file.write_all(&serde_json::to_vec(credentials)?)?;
        file.sync_all()?;
        fs::rename(&beside, &self.0)
    }

    /// Forgets a token that the hub no longer accepts.
    ///
    /// # Errors
    /// The file is there and cannot be removed.
    pub fn forget(&self) -> io::Result<()> {
        match fs::remove_file(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// What pairing gave, for both threads.
#[derive(Debug, Clone, Default)]
pub struct SharedCredentials(Arc<Mutex<Option<Credentials>>>);

impl SharedCredentials {
    /// What is known now; none while the device is not let in.
    pub fn get(&self) -> Option<Credentials> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Makes it known, or forgets it.
    pub fn set(&self, credentials: Option<Credentials>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = credentials;
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_token_is_kept_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = TokenFile::in_folder(&folder.path().join("state")).unwrap();
        assert_eq!(file.load(), None);
        let credentials = Credentials { token: "secret".to_owned(), office: "kep".to_owned() };
        file.keep(&credentials).unwrap();
        file.keep(&credentials).unwrap();
        assert_eq!(file.load(), Some(credentials));
        assert_eq!(fs::metadata(&file.0).unwrap().permissions().mode() & 0o777, 0o600);
        file.forget().unwrap();
        file.forget().unwrap();
        assert_eq!(file.load(), None);
    }
}
