//! What restores leave beside the file: copies of before, with everybody in them whom the file has forgotten since.

use std::{fs, path::Path};

use chrono::{DateTime, NaiveDateTime, Utc};

/// What stands between the file's name and the time at which it was put aside.
const ASIDE: &str = ".before-";
/// A copy that was not finished.
const UNFINISHED: &str = ".restoring";
/// How that time is written, in so many letters.
const TIME: &str = "%Y%m%d-%H%M%S";
const TIME_LETTERS: usize = 15;

/// Removes what was put aside before; says how many files. Nobody restores meanwhile: whoever asks runs on the file.
pub fn sweep_beside(database: &Path, before: DateTime<Utc>) -> usize {
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Some(own) = database.file_name().and_then(|name| name.to_str()) else { return 0 };
    let Ok(files) = fs::read_dir(folder) else { return 0 };
    let mut swept = 0;
    for file in files.flatten() {
        let name = file.file_name();
        let rest = name.to_str().and_then(|name| name.strip_prefix(own));
        if rest.is_some_and(|rest| is_past(rest, before)) {
            match fs::remove_file(file.path()) {
                Ok(()) => swept += 1,
                Err(error) => tracing::error!(%error, file = %file.path().display(), "a copy of before stays"),
            }
        }
    }
    swept
}

/// Whether what follows on the file's own name says that it is a copy of before that time.
fn is_past(rest: &str, before: DateTime<Utc>) -> bool {
    if rest.starts_with(UNFINISHED) {
        return true;
    }
    let time = rest.strip_prefix(ASIDE).and_then(|rest| rest.get(..TIME_LETTERS));
    time.and_then(|time| NaiveDateTime::parse_from_str(time, TIME).ok()).is_some_and(|time| time.and_utc() < before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fld_39_copies_of_before_are_swept_when_they_are_old_and_nothing_else_is() {
        let folder = tempfile::tempdir().unwrap();
        let old = ["seira.db.before-20261101-120000", "seira.db.before-20261101-120000-2-wal", "seira.db.restoring"];
        let kept = [
            "seira.db",
            "seira.db-wal",
            "seira.db.lock",
            "seira.db.before-20261123-120000",
            "seira.db.before-x",
            "hub.toml",
        ];
        for name in old.iter().chain(&kept) {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let before = "2026-11-10T00:00:00Z".parse().unwrap();
        assert_eq!(sweep_beside(&folder.path().join("seira.db"), before), old.len());
        assert!(kept.iter().all(|name| folder.path().join(name).exists()));
    }
}
