//! The key that signs the heads of the journals: a file of its own, made at the first start, so that who has the database
//! alone cannot sign.

use std::{
    fs,
    io::Write,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

use anyhow::Context;
use rcgen::{KeyPair, PKCS_ED25519};
use secrets::HeadKey;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, pem::PemObject};

/// Nobody else on the machine reads it.
const MODE: u32 = 0o600;
/// What others may not have of it.
const OTHERS: u32 = 0o077;

/// The key in the file.
///
/// # Errors
/// If the file cannot be read, or holds no such key.
pub fn read(path: &Path) -> anyhow::Result<HeadKey> {
    let named = || format!("journal_key: {}", path.display());
    let der = PrivateKeyDer::from_pem_file(path).with_context(named)?;
    HeadKey::from_pkcs8(der.secret_der()).with_context(|| format!("{} holds no Ed25519 key", named()))
}

/// The key in the file; where there is no file, one is made.
///
/// # Errors
/// If it can be neither read nor made.
pub fn open(path: &Path) -> anyhow::Result<HeadKey> {
    if !path.exists() {
        let key = KeyPair::generate_for(&PKCS_ED25519).context("the machine gives no key")?;
        let mut file =
            fs::OpenOptions::new().write(true).create_new(true).mode(MODE).open(path).with_context(|| {
                format!("journal_key: cannot make {}; name a file in a folder that the hub may write", path.display())
            })?;
        file.write_all(key.serialize_pem().as_bytes())?;
        file.sync_all()?;
        tracing::info!(path = %path.display(), "a key was made that signs the heads of the journals; keep a copy elsewhere");
    }
    // One that was copied here may be anybody's to read.
    let mode = fs::metadata(path).with_context(|| path.display().to_string())?.permissions().mode();
    if mode & OTHERS != 0 {
        fs::set_permissions(path, fs::Permissions::from_mode(mode & !OTHERS & 0o7777))
            .with_context(|| format!("journal_key: cannot protect {} from others on this machine", path.display()))?;
    }
    read(path)
}
