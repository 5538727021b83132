//! Lists of what is gone, outside the database: beside each backup, and in a second place that the configuration names, so
//! that a backup from before brings nobody back, whatever became of the machine. They hold ids and times, and nothing else.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs::{self, File},
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

use store::{Readers, Tombstone, TombstoneKind};

/// The list's name in a folder of backups.
const NAME: &str = "seira.tombstones";
/// A place that cannot be written is tried again after so long.
const AGAIN: Duration = Duration::from_secs(60);
/// No backup is kept for longer: what it holds of people is past its time long before.
pub const KEPT: TimeDelta = TimeDelta::days(3 * 366);

/// What is gone, by kind and id, with the time since when.
type List = BTreeMap<(TombstoneKind, Vec<u8>), DateTime<Utc>>;

/// One line of a list.
#[derive(Serialize, Deserialize)]
struct Line {
    gone: TombstoneKind,
    id: String,
    at: i64,
}

/// The list in the folder of a backup.
pub fn beside(backup: &Path) -> PathBuf {
    backup.parent().unwrap_or(Path::new("")).join(NAME)
}

/// Reads a list; a line that was not written to its end is none.
///
/// # Errors
/// If it cannot be read.
pub fn read(path: &Path) -> anyhow::Result<Vec<Tombstone>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let stones = text.lines().filter_map(|line| {
        let Line { gone, id, at } = serde_json::from_str(line).ok()?;
        let byte = |at: usize| u8::from_str_radix(id.get(at..at + 2)?, 16).ok();
        let id = (0..id.len()).step_by(2).map(byte).collect::<Option<Vec<u8>>>()?;
        Some(Tombstone { kind: gone, id, at: DateTime::from_timestamp_millis(at)? })
    });
    Ok(stones.collect())
}

/// Adds to a list what it does not have, and leaves out what no backup is old enough for. It is on disk when this returns.
///
/// # Errors
/// If it cannot be read or written.
pub fn add(path: &Path, stones: &[Tombstone], now: DateTime<Utc>) -> anyhow::Result<()> {
    let had = if path.exists() { read(path)? } else { Vec::new() };
    let mut list = List::new();
    for Tombstone { kind, id, at } in had.iter().chain(stones) {
        let since = list.entry((*kind, id.clone())).or_insert(*at);
        *since = (*since).max(*at);
    }
    list.retain(|_, at| now - *at < KEPT);
    let mut half: OsString = path.as_os_str().to_owned();
    half.push(".part");
    let half = PathBuf::from(half);
    let write = || -> anyhow::Result<()> {
        let mut file = File::options().create(true).write(true).truncate(true).mode(0o600).open(&half)?;
        for ((gone, id), at) in &list {
            let id = id.iter().map(|byte| format!("{byte:02x}")).collect();
            serde_json::to_writer(&mut file, &Line { gone: *gone, id, at: at.timestamp_millis() })?;
            file.write_all(b"\n")?;
        }
        file.sync_all()?;
        Ok(fs::rename(&half, path)?)
    };
    write().with_context(|| format!("cannot write {}", path.display()))
}

/// Everything that is gone, as far as any list says so that can be reached: the one beside the backup, and the second place.
///
/// # Errors
/// If a second place is configured and cannot be read: nobody knows then who would come back.
pub fn gather(from: &Path, second: Option<&Path>) -> anyhow::Result<Vec<Tombstone>> {
    let beside = beside(from);
    let mut stones = if beside.exists() { read(&beside)? } else { Vec::new() };
    if let Some(second) = second {
        ensure!(
            second.exists(),
            "{} is not there: without the list of who was erased or shut out since the backup, they would come back. Make it \
             reachable; if there never was one, take `tombstones` out of the configuration",
            second.display()
        );
        stones.extend(read(second)?);
    }
    Ok(stones)
}

/// Keeps the list of the second place up with the database, for ever.
pub async fn keep(second: Option<PathBuf>, readers: Readers, buried: Arc<Notify>) {
    let Some(second) = second else { return };
    // All at the start; then what is new, and a day more, since a clock may be set back.
    let mut since = DateTime::UNIX_EPOCH;
    loop {
        let place = second.clone();
        let written = match readers.read(move |store| store.tombstones(since)).await {
            Ok(stones) => {
                let newest = stones.iter().map(|stone| stone.at).max();
                let write = move || add(&place, &stones, newest.unwrap_or(since)).map(|()| newest);
                tokio::task::spawn_blocking(write).await.map_err(anyhow::Error::from).flatten()
            }
            Err(error) => Err(error.into()),
        };
        match written {
            Ok(newest) => {
                since = newest.map_or(since, |newest| since.max(newest - TimeDelta::days(1)));
                buried.notified().await;
            }
            Err(error) => {
                tracing::error!(error = %format!("{error:#}"), "the second list of what is gone cannot be written");
                tokio::time::sleep(AGAIN).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fld_39_a_list_keeps_what_was_added_and_forgives_half_a_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = beside(&folder.path().join("copy.db"));
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let stone = |byte: u8, at| Tombstone { kind: TombstoneKind::Person, id: vec![byte; 16], at };
        let (old, one, two) = (stone(1, now - KEPT), stone(2, now - TimeDelta::days(1)), stone(0xab, now));
        add(&path, &[old, one.clone()], now).unwrap();
        add(&path, &[two.clone(), one.clone()], now).unwrap();
        assert_eq!(read(&path).unwrap(), [one.clone(), two.clone()]);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, &text[..text.len() - 9]).unwrap();
        assert_eq!(read(&path).unwrap(), std::slice::from_ref(&one));
        add(&path, std::slice::from_ref(&two), now).unwrap();
        assert_eq!(gather(&folder.path().join("copy.db"), None).unwrap(), [one, two]);
        assert!(gather(&folder.path().join("copy.db"), Some(Path::new("/nowhere/list"))).is_err());
    }
}
