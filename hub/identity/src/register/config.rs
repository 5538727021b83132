//! `[staff_register]`: where the register is, and for whom it is asked.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::{
    provider_url::{ProviderSeconds, ProviderUrl},
    secret_file::SecretFile,
    trusted,
};

/// The section `[staff_register]`: the register that is asked whether somebody is a public employee.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterConfig {
    /// Where it is asked.
    pub url: ProviderUrl,
    /// A file with the token that it wants in its first line.
    #[serde(default)]
    pub secret_file: Option<SecretFile>,
    /// The certificate of who signs the register's, if browsers do not know it (PEM).
    #[serde(default)]
    pub authority_file: Option<PathBuf>,
    /// The unit for which it is asked, as the register knows it.
    pub unit: String,
    /// Why it is asked, in the words of the decision that allows it.
    pub reason: String,
    /// Seconds that it may take over an answer.
    #[serde(default)]
    pub timeout_seconds: ProviderSeconds,
    /// Days after which a yes or no is asked for again.
    #[serde(default)]
    pub ask_again_after_days: RegisterDays,
}

/// How long an answer of the register holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
pub struct RegisterDays(pub u16);

/// Somebody who leaves is known to have left within a month.
const DAYS: u16 = 30;
/// A year is as long as no office should believe what it was told once.
const DAYS_MAX: u16 = 366;

impl Default for RegisterDays {
    fn default() -> Self {
        Self(DAYS)
    }
}

impl TryFrom<u16> for RegisterDays {
    type Error = String;

    fn try_from(days: u16) -> Result<Self, String> {
        if (1..=DAYS_MAX).contains(&days) {
            Ok(Self(days))
        } else {
            Err(format!("staff_register.ask_again_after_days: {days} should be from 1 to {DAYS_MAX}"))
        }
    }
}

impl RegisterConfig {
    /// Takes its paths as they are seen from a folder.
    pub fn resolve(&mut self, folder: &Path) {
        self.secret_file = self.secret_file.take().map(|file| file.resolved(folder));
        self.authority_file = self.authority_file.take().map(|file| folder.join(file));
    }

    /// Checks what no type does.
    ///
    /// # Errors
    /// With the key, and what would be right.
    pub fn check(&self) -> anyhow::Result<()> {
        if let Some(file) = &self.secret_file {
            file.read("staff_register.secret_file")?;
        }
        for (key, text) in [("unit", &self.unit), ("reason", &self.reason)] {
            anyhow::ensure!(!text.trim().is_empty(), "staff_register.{key}: the register wants to know it");
        }
        trusted::for_requests("staff_register.authority_file", self.authority_file.as_ref()).map(drop)
    }
}
