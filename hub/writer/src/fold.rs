//! Folding an office from its newest snapshot, or from nothing, and the rest of its journal.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::Arc,
};

use anyhow::Context;
use office::Office;
use rayon::prelude::*;
use store::{Head, Moment, Snapshot, Store};

use crate::offices::{OfficeBreakage, OfficeHandle};

/// An office as it was loaded from the store.
#[derive(Debug)]
pub struct LoadedOffice {
    /// What readers see.
    pub handle: Arc<OfficeHandle>,
    /// The office as its journal makes it.
    pub office: Office,
    /// Where its journal ends.
    pub head: Head,
    /// The event of the newest snapshot.
    pub snapshot_seq: u64,
}

/// An office, and how far its journal was folded.
#[derive(Debug)]
pub struct OfficeFold {
    /// The fold of the journal.
    pub office: Office,
    /// Where that part of it ends.
    pub head: Head,
}

/// Folds an office from a beginning and what follows in the journal, checking the chain on the way.
pub fn fold_on(moment: &Moment<'_>, row: u32, folded: OfficeFold) -> anyhow::Result<OfficeFold> {
    fold_until(moment, row, folded, u64::MAX)
}

/// Folds on until an event.
pub fn fold_until(moment: &Moment<'_>, row: u32, mut folded: OfficeFold, until: u64) -> anyhow::Result<OfficeFold> {
    moment.events(row, folded.head.seq, until, |stored| {
        folded.head = stored.check(row, folded.head)?;
        let event = stored.event().with_context(|| format!("event {} is none that this hub knows", stored.seq))?;
        office::apply(&mut folded.office, &event);
        Ok(())
    })?;
    Ok(folded)
}

/// An office before its first event.
pub fn nothing() -> OfficeFold {
    OfficeFold { office: Office::default(), head: Head::NONE }
}

/// The newest snapshot, if there is one that this hub can read.
pub fn newest_snapshot(store: &Store, row: u32) -> anyhow::Result<Option<OfficeFold>> {
    let Some(Snapshot { head, body }) = store.snapshot(row)? else { return Ok(None) };
    match serde_json::from_str(&body) {
        Ok(office) => Ok(Some(OfficeFold { office, head })),
        Err(error) => {
            tracing::warn!(%error, "a snapshot of another version is left aside; the whole journal is read");
            Ok(None)
        }
    }
}

/// Loads an office. One whose fold breaks the rules' code is there, and set aside.
///
/// # Errors
/// If the journal is broken.
fn load(moment: &Moment<'_>, key: &str, row: u32) -> anyhow::Result<LoadedOffice> {
    let folded = catch_unwind(AssertUnwindSafe(|| {
        let start = newest_snapshot(moment, row)?.unwrap_or_else(nothing);
        let snapshot_seq = start.head.seq;
        Ok::<_, anyhow::Error>((fold_on(moment, row, start)?, snapshot_seq))
    }));
    let Ok(folded) = folded else {
        // The journal is whole, and one that can fold it starts from there.
        let handle = Arc::new(OfficeHandle::new(key, row, Office::default(), 0));
        handle.set_aside(OfficeBreakage::Fold);
        return Ok(LoadedOffice { handle, office: Office::default(), head: Head::NONE, snapshot_seq: 0 });
    };
    let (OfficeFold { office, head }, snapshot_seq) = folded.with_context(|| format!("office {key}"))?;
    let handle = Arc::new(OfficeHandle::new(key, row, office.clone(), head.seq));
    Ok(LoadedOffice { handle, office, head, snapshot_seq })
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
            let moment = store.moment()?;
            share.iter().map(|(key, row)| load(&moment, key, *row)).collect()
        })
        .collect::<anyhow::Result<_>>()?;
    Ok(shares.into_iter().flatten().collect())
}
