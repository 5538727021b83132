//! What a device keeps of its pairing: the token and whose hub it is for, in its state folder, readable by nobody else, and
//! in the hands of both threads.

use std::{
    fmt, fs, io,
    io::{Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};
use ureq::Agent;
use uuid::Uuid;
use wire::{CertificateBytes, HubEncounter, Octets};

/// What others on the machine could do with a file.
const OTHERS: u32 = 0o077;

/// Whom a device saw when its words were compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HubPin {
    /// The hub's key.
    pub key: Octets<32>,
    /// The CAs that it trusts for this hub, and no others; none where the hub's is one that everybody trusts.
    #[serde(default)]
    pub authorities: Vec<CertificateBytes>,
}

/// What pairing gave.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credentials {
    /// For `Authorization: Bearer`.
    pub token: String,
    /// The key of the office that the device belongs to.
    pub office: String,
    /// The device's id, for logs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Uuid>,
    /// The hub; unknown to a device that was paired before there were words, until it has greeted it once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hub: Option<HubPin>,
    /// Another hub that answered at the hub's address, as long as the hub has not been told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub met: Option<HubEncounter>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credentials({}, {:?}, {:?}, {:?})", self.office, self.device, self.hub, self.met)
    }
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
        fs::DirBuilder::new().recursive(true).mode(0o777 & !OTHERS).create(state)?;
        Ok(Self(state.join("token.json")))
    }

    /// The token, if there is one that can be read. A file that others could read, after somebody copied it, is made the
    /// owner's alone.
    #[must_use]
    pub fn load(&self) -> Option<Credentials> {
        let mut file = fs::File::open(&self.0).ok()?;
        let mode = file.metadata().ok()?.permissions().mode();
        if mode & OTHERS != 0 {
            tracing::warn!(
                "others on this machine could read the token; if that was not meant to be, pair the device anew"
            );
            file.set_permissions(fs::Permissions::from_mode(mode & 0o777 & !OTHERS))
                .unwrap_or_else(|error| tracing::error!("the token stays readable for others: {error}"));
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).ok()?;
        serde_json::from_slice(&bytes).ok()
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

    /// Forgets the token and the hub: the hub has said so, or whoever moves the device to another one.
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

/// Forgets the hub of a device, as whoever moves it to another one wants.
///
/// # Errors
/// The file is there and cannot be removed.
pub fn forget_hub(state: &Path) -> io::Result<()> {
    TokenFile::in_folder(state)?.forget()
}

/// The way of commands to a hub that has shown who it is.
#[derive(Debug, Clone)]
pub struct CommandLine {
    /// The token, and the office.
    pub credentials: Credentials,
    /// The line.
    pub agent: Agent,
}

/// The way of commands, for both threads.
#[derive(Debug, Clone, Default)]
pub struct SharedLine(Arc<Mutex<Option<CommandLine>>>);

impl SharedLine {
    /// What is known now; none while the device is not let in, or does not know who answers.
    pub fn get(&self) -> Option<CommandLine> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Makes it known, or closes it.
    pub fn set(&self, line: Option<CommandLine>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = line;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_kept_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = TokenFile::in_folder(&folder.path().join("state")).unwrap();
        assert_eq!(file.load(), None);
        let authorities = vec![CertificateBytes::new(vec![1, 2, 3]).unwrap()];
        let credentials = Credentials {
            token: "secret".to_owned(),
            office: "kep".to_owned(),
            device: Some(Uuid::from_u128(5)),
            hub: Some(HubPin { key: Octets([7; 32]), authorities }),
            met: None,
        };
        file.keep(&credentials).unwrap();
        file.keep(&credentials).unwrap();
        assert_eq!(file.load(), Some(credentials.clone()));
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&file.0), mode(&folder.path().join("state"))), (0o600, 0o700));
        assert!(!format!("{credentials:?}").contains("secret"));
        // Somebody copied it, or unpacked it from an archive.
        fs::set_permissions(&file.0, fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(file.load(), Some(credentials));
        assert_eq!(mode(&file.0), 0o600);
        file.forget().unwrap();
        file.forget().unwrap();
        assert_eq!(file.load(), None);
    }

    #[test]
    fn prom_11_a_token_of_before_there_were_words_is_read() {
        let old: Credentials = serde_json::from_str(r#"{"token":"secret","office":"kep"}"#).unwrap();
        assert_eq!((old.office.as_str(), old.hub), ("kep", None));
    }
}
