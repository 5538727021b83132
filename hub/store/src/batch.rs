//! Several operations that are one fact, or none.

use std::{cell::Cell, ops::Deref};

use crate::{
    error::{StoreError, Stored},
    file::Store,
};

/// Several operations that are one fact, or none: on disk when it is committed, undone when it is dropped before. Each
/// operation sees what those before it have done. Nobody else writes meanwhile.
#[derive(Debug)]
pub struct Batch<'a> {
    store: &'a Store,
    /// Half of something was done, which must not become a fact.
    is_broken: Cell<bool>,
    is_committed: bool,
    /// The count of changes when it began.
    changes: u64,
}

impl Store {
    /// Begins a batch.
    pub fn batch(&self) -> Stored<Batch<'_>> {
        self.sql.run("BEGIN IMMEDIATE", [])?;
        let changes = self.sql.changes();
        let batch = Batch { store: self, is_broken: Cell::new(false), is_committed: false, changes };
        self.check_heads()?;
        Ok(batch)
    }

    /// The rows of offices, in the order of their keys here; those that are new are made.
    pub fn office_rows<'k>(&self, keys: impl IntoIterator<Item = &'k str>) -> Stored<Vec<u32>> {
        let batch = self.batch()?;
        let rows = keys.into_iter().map(|key| batch.office_row(key)).collect::<Stored<_>>()?;
        batch.commit()?;
        Ok(rows)
    }
}

impl Batch<'_> {
    /// Whether there is anything for the disk; what was only read or refused says nothing of how the disk is.
    #[must_use]
    pub fn has_changes(&self) -> bool {
        self.store.sql.changes() != self.changes
    }

    /// Makes the batch a fact on disk.
    pub fn commit(mut self) -> Stored<()> {
        if self.is_broken.get() {
            return Err(StoreError::Broken("half of something was written in this batch".into()));
        }
        self.store.keep_places()?;
        self.store.sql.run("COMMIT", [])?;
        self.is_committed = true;
        // The batch is a fact, whatever becomes of this; what is left of it is done after a later one.
        if self.store.to_scrub.get()
            && let Err(error) = self.store.scrub()
        {
            tracing::warn!(%error, "what was erased could not be overwritten yet");
        }
        Ok(())
    }

    /// Begins a part of the batch that can be undone alone, for a command that may break off.
    pub fn part(&self) -> Stored<BatchPart<'_>> {
        self.store.sql.run("SAVEPOINT part", [])?;
        Ok(BatchPart {
            batch: self,
            was_broken: self.is_broken.get(),
            to_scrub: self.to_scrub.get(),
            newest: self.newest.get(),
        })
    }

    /// Half of something was done: this batch can only be undone.
    pub(crate) fn give_up(&self) {
        self.is_broken.set(true);
    }
}

/// A part of a batch, open until it is kept or undone; dropped, it is kept with the batch.
#[derive(Debug)]
pub struct BatchPart<'a> {
    batch: &'a Batch<'a>,
    was_broken: bool,
    to_scrub: bool,
    newest: u64,
}

impl BatchPart<'_> {
    /// It is as good as everything else of the batch.
    pub fn keep(self) -> Stored<()> {
        self.batch.store.sql.run("RELEASE part", []).map(drop)
    }

    /// It never was; what came before it in the batch stands.
    pub fn undo(self) -> Stored<()> {
        let store = self.batch.store;
        store.forget_heads();
        store.sql.run("ROLLBACK TO part", [])?;
        store.sql.run("RELEASE part", [])?;
        self.batch.is_broken.set(self.was_broken);
        store.to_scrub.set(self.to_scrub);
        store.newest.set(self.newest);
        Ok(())
    }
}

impl Deref for Batch<'_> {
    type Target = Store;

    fn deref(&self) -> &Store {
        self.store
    }
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        if self.is_committed {
            return;
        }
        self.store.forget_heads();
        // The engine may have undone it by itself.
        if self.store.sql.is_in_transaction()
            && let Err(error) = self.store.sql.run_all("ROLLBACK")
        {
            tracing::error!(%error, "a batch could not be undone");
        }
    }
}
