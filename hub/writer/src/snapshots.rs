//! Making snapshots of offices while the hub runs, and at its stop.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use anyhow::ensure;
use office::Office;
use store::{Readers, Snapshot, Store};
use tokio::sync::mpsc::UnboundedReceiver;

use crate::{
    clock::Clock,
    fold::{OfficeFold, fold_until, newest_snapshot, nothing},
    offices::{OfficeHandle, Offices},
    queue::Writer,
};

/// So many snapshots are made, and kept in one commit.
const TAKEN_AT_ONCE: usize = 16;
/// After snapshots were made, none is for so many times as long.
const REST_BETWEEN: u32 = 9;

/// Makes snapshots; cheap to clone.
#[derive(Debug, Clone)]
pub struct Snapshots {
    /// The file of the database of this hub.
    pub database: PathBuf,
    /// The way to keep them.
    pub writer: Writer,
    /// Look-ups in the store.
    pub readers: Readers,
    /// The offices of this hub.
    pub offices: Offices,
    /// The hub's clock.
    pub clock: Clock,
}

/// Keeps snapshots of offices: folded from what is on disk, on a connection of its own, and kept only if they read back
/// as what was folded. So a snapshot can be wrong only where the journal is. What is in memory is held against it: the
/// two are one office, or something is wrong that somebody must hear of.
async fn take(state: &Snapshots, offices: &[Arc<OfficeHandle>]) -> anyhow::Result<()> {
    let path = state.database.clone();
    let memories = offices.iter().filter(|handle| handle.aside().is_none()).map(|handle| {
        let office = handle.read();
        SnapshotMemory { row: handle.row, office: office.clone(), seq: handle.seq() }
    });
    let memories: Vec<SnapshotMemory> = memories.collect();
    let folded = tokio::task::spawn_blocking(move || fold_from_disk(&path, &memories)).await??;
    let now = state.clock.now();
    let keep =
        move |store: &Store| folded.iter().try_for_each(|(row, snapshot)| store.keep_snapshot(*row, snapshot, now));
    Ok(state.writer.change(keep).await?)
}

/// An office as the hub has it in memory.
struct SnapshotMemory {
    row: u32,
    office: Office,
    seq: u64,
}

fn fold_from_disk(path: &Path, memories: &[SnapshotMemory]) -> anyhow::Result<Vec<(u32, Snapshot)>> {
    let store = Store::open_to_read(path)?;
    let moment = store.moment()?;
    let fold = |memory: &SnapshotMemory| {
        let start = newest_snapshot(&moment, memory.row)?.unwrap_or_else(nothing);
        let OfficeFold { office, head } = fold_until(&moment, memory.row, start, memory.seq)?;
        if office != memory.office {
            let parts = parts_that_differ(&office, &memory.office)?;
            tracing::error!(head.seq, ?parts, "memory is not the fold of the journal");
        }
        let body = serde_json::to_string(&office)?;
        ensure!(serde_json::from_str::<Office>(&body)? == office, "the office does not read back as it was written");
        Ok((memory.row, Snapshot { head, body }))
    };
    memories.iter().map(fold).collect()
}

/// The names of the parts in which two offices differ: they hold no person's data, as offices do not.
fn parts_that_differ(one: &Office, other: &Office) -> serde_json::Result<Vec<String>> {
    let (one, other) = (serde_json::to_value(one)?, serde_json::to_value(other)?);
    let parts = one.as_object().into_iter().flatten();
    Ok(parts.filter(|(name, part)| other.get(name.as_str()) != Some(part)).map(|(name, _)| name.clone()).collect())
}

impl Snapshots {
    /// Makes the snapshots that the writer asks for, a few at a time and never as fast as it could: commands go first.
    pub async fn keep(self, mut wanted: UnboundedReceiver<Arc<OfficeHandle>>) {
        let mut offices = Vec::with_capacity(TAKEN_AT_ONCE);
        while wanted.recv_many(&mut offices, TAKEN_AT_ONCE).await > 0 {
            let began = Instant::now();
            if let Err(error) = take(&self, &offices).await {
                tracing::warn!(%error, "no snapshots could be kept");
            }
            offices.clear();
            tokio::time::sleep(began.elapsed() * REST_BETWEEN).await;
        }
    }

    /// At a stop: snapshots of the offices that have moved on by enough to make the next start quicker.
    pub async fn take_if_worth_it(&self) {
        const WORTH_EVENTS: u64 = 32;
        let last = self.readers.read(|store| store.snapshot_seqs()).await.unwrap_or_default();
        let moved_on = |office: &&Arc<OfficeHandle>| {
            office.seq().saturating_sub(last.get(&office.row).copied().unwrap_or_default()) >= WORTH_EVENTS
        };
        let worth: Vec<_> =
            self.offices.iter().filter(|office| office.aside().is_none()).filter(moved_on).cloned().collect();
        for offices in worth.chunks(TAKEN_AT_ONCE) {
            if let Err(error) = take(self, offices).await {
                tracing::warn!(%error, "no snapshots could be kept");
            }
        }
    }
}
