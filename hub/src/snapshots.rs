//! Loading an office from its newest snapshot and the rest of its journal, and making snapshots while the hub runs.

use std::{path::Path, sync::Arc, time::Instant};

use anyhow::{Context, ensure};
use office::Office;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::{
    cores::share_out,
    offices::OfficeHandle,
    state::AppState,
    store::{NewestPlaces, START_OF_CHAIN, Snapshot, Store},
    writer::LoadedOffice,
};

/// A snapshot of an office is made after so many events.
pub const SNAPSHOT_EVERY_EVENTS: u64 = 20_000;
/// Past so many events of all offices together that no snapshot holds, those with the most of them are made.
pub const SNAPSHOTS_LACK_EVENTS_MAX: u64 = 40_000;
/// So many snapshots are made, and kept in one commit.
const TAKEN_AT_ONCE: usize = 16;
/// After snapshots were made, none is for so many times as long.
const REST_BETWEEN: u32 = 9;

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

fn fold_until(
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
    share_out(offices, |share| {
        let store = Store::open_to_read(path)?;
        store.begin_reading()?;
        let newest = store.newest_places()?;
        share.iter().map(|(key, row)| load(&store, &newest, key, *row)).collect()
    })
}

/// Keeps snapshots of offices: folded from what is on disk, on a connection of its own, and kept only if they read back
/// as what was folded. So a snapshot can be wrong only where the journal is. What is in memory is held against it: the
/// two are one office, or something is wrong that somebody must hear of.
pub async fn take(state: &AppState, offices: &[Arc<OfficeHandle>]) -> anyhow::Result<()> {
    let path = state.config.database.clone();
    let memories = offices.iter().map(|handle| {
        let office = handle.read();
        Memory { row: handle.row, office: office.clone(), seq: handle.seq() }
    });
    let memories: Vec<Memory> = memories.collect();
    let folded = tokio::task::spawn_blocking(move || fold_from_disk(&path, &memories)).await??;
    let now = state.clock.now();
    let keep =
        move |store: &Store| folded.iter().try_for_each(|(row, snapshot)| store.keep_snapshot(*row, snapshot, now));
    Ok(state.writer.change(keep).await?)
}

/// An office as the hub has it in memory.
struct Memory {
    row: u32,
    office: Office,
    seq: u64,
}

fn fold_from_disk(path: &Path, memories: &[Memory]) -> anyhow::Result<Vec<(u32, Snapshot)>> {
    let store = Store::open_to_read(path)?;
    store.begin_reading()?;
    let newest = store.newest_places()?;
    let fold = |memory: &Memory| {
        let start = newest_snapshot(&store, memory.row)?.unwrap_or_else(nothing);
        let Folded { office, seq, hash } = fold_until(&store, &newest, memory.row, start, memory.seq)?;
        if office != memory.office {
            let parts = parts_that_differ(&office, &memory.office)?;
            tracing::error!(seq, ?parts, "memory is not the fold of the journal");
        }
        let body = serde_json::to_string(&office)?;
        ensure!(serde_json::from_str::<Office>(&body)? == office, "the office does not read back as it was written");
        Ok((memory.row, Snapshot { seq, hash, body }))
    };
    memories.iter().map(fold).collect()
}

/// The names of the parts in which two offices differ: they hold no person's data, as offices do not.
fn parts_that_differ(one: &Office, other: &Office) -> serde_json::Result<Vec<String>> {
    let (one, other) = (serde_json::to_value(one)?, serde_json::to_value(other)?);
    let parts = one.as_object().into_iter().flatten();
    Ok(parts.filter(|(name, part)| other.get(name.as_str()) != Some(part)).map(|(name, _)| name.clone()).collect())
}

/// Makes the snapshots that the writer asks for, a few at a time and never as fast as it could: commands go first.
pub async fn keep(state: AppState, mut wanted: UnboundedReceiver<Arc<OfficeHandle>>) {
    let mut offices = Vec::with_capacity(TAKEN_AT_ONCE);
    while wanted.recv_many(&mut offices, TAKEN_AT_ONCE).await > 0 {
        let began = Instant::now();
        if let Err(error) = take(&state, &offices).await {
            tracing::warn!(%error, "no snapshots could be kept");
        }
        offices.clear();
        tokio::time::sleep(began.elapsed() * REST_BETWEEN).await;
    }
}

/// At a stop: snapshots of the offices that have moved on by enough to make the next start quicker.
pub async fn take_if_worth_it(state: &AppState) {
    const WORTH_EVENTS: u64 = 32;
    let last = state.readers.read(|store| store.snapshot_seqs()).await.unwrap_or_default();
    let moved_on = |office: &&Arc<OfficeHandle>| {
        office.seq().saturating_sub(last.get(&office.row).copied().unwrap_or_default()) >= WORTH_EVENTS
    };
    let worth: Vec<_> = state.offices.iter().filter(moved_on).cloned().collect();
    for offices in worth.chunks(TAKEN_AT_ONCE) {
        if let Err(error) = take(state, offices).await {
            tracing::warn!(%error, "no snapshots could be kept");
        }
    }
}
