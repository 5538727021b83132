//! Several look-ups that see the store as it is at one moment.

use std::ops::Deref;

use crate::{error::Stored, file::Store, journal::JournalRow, places::NewestPlaces};

/// The store as it is at one moment, whatever is written meanwhile, as long as this lives.
#[derive(Debug)]
pub struct Moment<'a> {
    store: &'a Store,
    newest: NewestPlaces,
}

impl Store {
    /// Looks at the store as it is now.
    pub fn moment(&self) -> Stored<Moment<'_>> {
        self.sql.run("BEGIN", [])?;
        let mut moment = Moment { store: self, newest: NewestPlaces::default() };
        moment.newest = self.newest_places()?;
        Ok(moment)
    }
}

impl Moment<'_> {
    /// Every row of an office's journal after one number and up to another, in order, handed to `take` until it says
    /// stop.
    ///
    /// # Errors
    /// If the journal cannot be read or lacks a row, and whatever `take` says.
    pub fn events(
        &self,
        office: u32,
        after: u64,
        until: u64,
        take: impl FnMut(JournalRow) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        self.store.read_after(&self.newest, office, after, until, take)
    }
}

impl Deref for Moment<'_> {
    type Target = Store;

    fn deref(&self) -> &Store {
        self.store
    }
}

impl Drop for Moment<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.store.sql.run("ROLLBACK", []) {
            tracing::error!(%error, "a look at one moment could not be ended");
        }
    }
}
