//! Walks through pages: each is taken whatever became of those before it, and those that failed are told in the end.

use anyhow::{Result, ensure};

/// The walks that were taken so far.
#[derive(Debug, Default)]
pub struct TakenWalks {
    failed: Vec<String>,
}

impl TakenWalks {
    /// Takes one more: what it gives, unless it failed.
    pub fn take<T>(&mut self, name: &str, walk: impl FnOnce() -> Result<T>) -> Option<T> {
        match walk() {
            Ok(given) => Some(given),
            Err(error) => {
                let said = format!("{name}: {error:#}");
                eprintln!("failed: {said}");
                self.failed.push(said);
                None
            }
        }
    }

    /// Tells which of them failed.
    ///
    /// # Errors
    /// When one did.
    pub fn end(self) -> Result<()> {
        ensure!(self.failed.is_empty(), "{}", self.failed.join("\n"));
        Ok(())
    }
}
