//! Folding an office from its newest snapshot, or from nothing, and the rest of its journal.

use std::{path::Path, sync::Arc};

use anyhow::Context;
use office::Office;
use rayon::prelude::*;
use store::{NewestPlaces, START_OF_CHAIN, Snapshot, Store};

use crate::offices::OfficeHandle;

/// An office as it was loaded from the store.
#[derive(Debug)]
pub struct LoadedOffice {
    /// What readers see.
    pub handle: Arc<OfficeHandle>,
    /// The office.
    pub office: Office,
    /// The number of its newest event.
    pub seq: u64,
    /// The hash of that event's row.
    pub hash: [u8; 32],
    /// The event of the newest snapshot.
    pub snapshot_seq: u64,
}

/// An office, and where its journal ends.
#[derive(Debug)]
pub struct Folded {
    /// The fold of the journal.
    pub office: Office,
    /// The number of its newest event.
    pub seq: u64,
    /// The hash of that event's row.
    pub hash: [u8; 32],
}

/// Folds an office from a beginning and what follows in the journal, checking the chain on the way.
pub fn fold_on(store: &Store, newest: &NewestPlaces, row: u32, folded: Folded) -> anyhow::Result<Folded> {
    fold_until(store, newest, row, folded, u64::MAX)
}

/// Folds on until an event.
pub fn fold_until(
    store: &Store,
    newest: &NewestPlaces,
    row: u32,
    mut folded: Folded,
    until: u64,
) -> anyhow::Result<Folded> {
    store.read_after(newest, row, folded.seq, until, |event| {
        folded.hash = event.check(row, folded.seq + 1, &folded.hash)?;
        let event = event.event().with_context(|| format!("event {} is none that this hub knows", folded.seq + 1))?;
        office::apply(&mut folded.office, &event);
        folded.seq += 1;
        Ok(())
    })?;
    Ok(folded)
}

/// An office before its first event.
pub fn nothing() -> Folded {
    Folded { office: Office::default(), seq: 0, hash: START_OF_CHAIN }
}

/// The newest snapshot, if there is one that this hub can read.
pub fn newest_snapshot(store: &Store, row: u32) -> anyhow::Result<Option<Folded>> {
    let Some(Snapshot { seq, hash, body }) = store.snapshot(row)? else { return Ok(None) };
    match serde_json::from_str(&body) {
        Ok(office) => Ok(Some(Folded { office, seq, hash })),
        Err(error) => {
            tracing::warn!(%error, "a snapshot of another version is left aside; the whole journal is read");
            Ok(None)
        }
    }
}

/// Loads an office.
///
/// # Errors
/// If the journal is broken.
fn load(store: &Store, newest: &NewestPlaces, key: &str, row: u32) -> anyhow::Result<LoadedOffice> {
    let start = newest_snapshot(store, row)?.unwrap_or_else(nothing);
    let snapshot_seq = start.seq;
    let Folded { office, seq, hash } = fold_on(store, newest, row, start).with_context(|| format!("office {key}"))?;
    let handle = Arc::new(OfficeHandle::new(key, row, office.clone(), seq));
    Ok(LoadedOffice { handle, office, seq, hash, snapshot_seq })
}

/// Loads many offices, each by name and row.
///
/// # Errors
/// If a journal is broken.
pub fn load_all(path: &Path, offices: &[(String, u32)]) -> anyhow::Result<Vec<LoadedOffice>> {
    // Each core has a connection of its own, and a share of the offices that is worth opening it.
    let share = offices.len().div_ceil(rayon::current_num_threads()).max(1);
    let shares: Vec<Vec<LoadedOffice>> = offices
        .par_chunks(share)
        .map(|share| {
            let store = Store::open_to_read(path)?;
            store.begin_reading()?;
            let newest = store.newest_places()?;
            share.iter().map(|(key, row)| load(&store, &newest, key, *row)).collect()
        })
        .collect::<anyhow::Result<_>>()?;
    Ok(shares.into_iter().flatten().collect())
}
