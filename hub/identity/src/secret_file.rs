//! A secret in a file of its own, so that no configuration holds one.

use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Deserialize;

/// A file with a secret in its first line.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct SecretFile(pub PathBuf);

impl SecretFile {
    /// The same file as it is seen from a folder.
    #[must_use]
    pub fn resolved(self, folder: &Path) -> Self {
        Self(folder.join(self.0))
    }

    /// The secret.
    ///
    /// # Errors
    /// That the file cannot be read or has none, with its key.
    pub fn read(&self, key: &str) -> anyhow::Result<String> {
        let text =
            std::fs::read_to_string(&self.0).with_context(|| format!("{key}: cannot read {}", self.0.display()))?;
        let secret = text.lines().next().unwrap_or_default().trim();
        anyhow::ensure!(!secret.is_empty(), "{key}: {} should have the secret in its first line", self.0.display());
        Ok(secret.to_owned())
    }
}
