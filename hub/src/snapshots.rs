//! Loading an office from its newest snapshot and the rest of its journal, and making snapshots while the hub runs.

use std::{path::Path, sync::Arc};

use anyhow::{Context, ensure};
use office::Office;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::{
    offices::OfficeHandle,
    state::AppState,
    store::{START_OF_CHAIN, Snapshot, Store},
    writer::LoadedOffice,
};

/// A snapshot is made after so many events.
pub const SNAPSHOT_EVERY_EVENTS: u64 = 20_000;

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
pub fn fold_on(store: &Store, row: u32, folded: Folded) -> anyhow::Result<Folded> {
    fold_until(store, row, folded, u64::MAX)
}

fn fold_until(store: &Store, row: u32, mut folded: Folded, until: u64) -> anyhow::Result<Folded> {
    store.read_after(row, folded.seq, until, |event| {
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
pub fn newest(store: &Store, row: u32) -> anyhow::Result<Option<Folded>> {
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
pub fn load(store: &Store, key: &str) -> anyhow::Result<LoadedOffice> {
    let row = store.office_row(key)?;
    let start = newest(store, row)?.unwrap_or_else(nothing);
    let snapshot_seq = start.seq;
    let Folded { office, seq, hash } = fold_on(store, row, start).with_context(|| format!("office {key}"))?;
    let handle = Arc::new(OfficeHandle::new(key, row, office.clone(), seq));
    Ok(LoadedOffice { handle, office, seq, hash, snapshot_seq })
}

/// Keeps a snapshot of one office: folded from what is on disk, on a connection of its own, and kept only if it reads
/// back as what was folded. So a snapshot can be wrong only where the journal is. What is in memory is held against it:
/// the two are one office, or something is wrong that somebody must hear of.
pub async fn take(state: &AppState, handle: &Arc<OfficeHandle>) -> anyhow::Result<()> {
    let (path, row) = (state.config.database.clone(), handle.row);
    let (memory, memory_seq) = {
        let office = handle.read();
        (office.clone(), handle.seq())
    };
    let folding = move || fold_from_disk(&path, row, &memory, memory_seq);
    let (body, seq, hash) = tokio::task::spawn_blocking(folding).await??;
    let now = state.clock.now();
    state.writer.change(move |store| store.keep_snapshot(row, &Snapshot { seq, hash, body }, now)).await?;
    Ok(())
}

fn fold_from_disk(path: &Path, row: u32, memory: &Office, until: u64) -> anyhow::Result<(String, u64, [u8; 32])> {
    let store = Store::open_to_read(path)?;
    store.begin_reading()?;
    let start = newest(&store, row)?.unwrap_or_else(nothing);
    let Folded { office, seq, hash } = fold_until(&store, row, start, until)?;
    if office != *memory {
        tracing::error!(seq, parts = ?parts_that_differ(&office, memory)?, "memory is not the fold of the journal");
    }
    let body = serde_json::to_string(&office)?;
    ensure!(serde_json::from_str::<Office>(&body)? == office, "the office does not read back as it was written");
    Ok((body, seq, hash))
}

/// The names of the parts in which two offices differ: they hold no person's data, as offices do not.
fn parts_that_differ(one: &Office, other: &Office) -> serde_json::Result<Vec<String>> {
    let (one, other) = (serde_json::to_value(one)?, serde_json::to_value(other)?);
    let parts = one.as_object().into_iter().flatten();
    Ok(parts.filter(|(name, part)| other.get(name.as_str()) != Some(part)).map(|(name, _)| name.clone()).collect())
}

/// Makes the snapshots that the writer asks for.
pub async fn keep(state: AppState, mut wanted: UnboundedReceiver<Arc<OfficeHandle>>) {
    while let Some(office) = wanted.recv().await {
        if let Err(error) = take(&state, &office).await {
            tracing::warn!(office = %office.key, %error, "no snapshot could be kept");
        }
    }
}

/// At a stop: a snapshot of an office that has moved on by enough to make the next start quicker.
pub async fn take_if_worth_it(state: &AppState, handle: &Arc<OfficeHandle>) {
    const WORTH_EVENTS: u64 = 1_000;
    let row = handle.row;
    let last = state.writer.change(move |store| store.snapshot_seq(row)).await.unwrap_or_default();
    if handle.seq().saturating_sub(last) >= WORTH_EVENTS
        && let Err(error) = take(state, handle).await
    {
        tracing::warn!(office = %handle.key, %error, "no snapshot could be kept");
    }
}
