//! Several things of which one that goes wrong must not lose the others.

use anyhow::{Result, ensure};

/// Does everything, also after something has gone wrong, and tells all that did.
pub fn all(done: impl IntoIterator<Item = Result<()>>) -> Result<()> {
    let failed: Vec<String> = done.into_iter().filter_map(Result::err).map(|error| format!("{error:#}")).collect();
    ensure!(failed.is_empty(), "{}", failed.join("\n"));
    Ok(())
}
