//! Files that citizens send beforehand (TRN-10): in a folder of their own that no page serves from, under names that say
//! nothing, and only what they are by their content.

mod budget;
#[cfg(test)]
mod hostile;
mod judges;
mod kind;
mod name;
mod pdf;
mod text;
mod unfit;
mod unpack;

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use uuid::Uuid;

pub use budget::Patience;
pub use judges::{Crowded, Judges, Verdict};
pub use kind::kind_of;
pub use unfit::Unfit;

use people::is_unseen;

/// Longest file.
pub const FILE_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Between a file and its row are moments.
const UNNAMED_FOR: Duration = Duration::from_hours(24);
/// Files of one booking.
pub const FILES_MAX: usize = 5;

/// A name to show: the last part of a path, without what no name has, and not too long.
pub fn plain_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !is_unseen(*c) && !matches!(c, '"' | '<' | '>')).take(100).collect();
    let plain = plain.trim().trim_start_matches('.').to_owned();
    if plain.is_empty() { "file".to_owned() } else { plain }
}

fn path(folder: &Path, id: Uuid) -> PathBuf {
    folder.join(id.simple().to_string())
}

/// Writes a file; it is on disk when this returns.
///
/// # Errors
/// If the folder cannot be written.
pub async fn write(folder: &Path, id: Uuid, bytes: Vec<u8>) -> io::Result<()> {
    let (folder, path) = (folder.to_owned(), path(folder, id));
    tokio::task::spawn_blocking(move || {
        use std::{fs::DirBuilder, io::Write, os::unix::fs::DirBuilderExt};
        DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
        let mut file = std::fs::File::create_new(path)?;
        file.write_all(&bytes)?;
        file.sync_all()
    })
    .await
    .map_err(io::Error::other)?
}

/// Reads a file.
///
/// # Errors
/// If it is not there.
pub async fn read(folder: &Path, id: Uuid) -> io::Result<Vec<u8>> {
    tokio::fs::read(path(folder, id)).await
}

/// Files that no row names, and that came so long ago that none will: what a restore left, or an upload that broke off.
pub fn unnamed(folder: &Path, named: &BTreeSet<Uuid>) -> Vec<Uuid> {
    let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
    let is_old = |file: &std::fs::DirEntry| {
        let since = file.metadata().and_then(|about| about.modified()).ok().and_then(|at| at.elapsed().ok());
        since.is_some_and(|since| since > UNNAMED_FOR)
    };
    let ids = files.flatten().filter(is_old).filter_map(|file| Uuid::try_parse(file.file_name().to_str()?).ok());
    ids.filter(|id| !named.contains(id)).collect()
}

/// Overwrites and removes files; what is gone already is as it should be.
pub async fn remove(folder: &Path, ids: &[Uuid]) {
    for id in ids {
        let path = path(folder, *id);
        let removed = tokio::task::spawn_blocking(move || {
            use std::io::Write;
            let length = std::fs::metadata(&path)?.len();
            let mut file = std::fs::File::options().write(true).open(&path)?;
            let zeros = [0_u8; 64 * 1024];
            let mut left = length;
            while left > 0 {
                let part = usize::try_from(left).unwrap_or(zeros.len()).min(zeros.len());
                file.write_all(&zeros[..part])?;
                left -= part as u64;
            }
            file.sync_all()?;
            std::fs::remove_file(&path)
        });
        match removed.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) if error.kind() == io::ErrorKind::NotFound => {}
            Ok(Err(error)) => tracing::error!(%error, file = %id, "a document could not be removed"),
            Err(error) => tracing::error!(%error, file = %id, "a document could not be removed"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fld_39_files_that_nobody_names_are_found_once_they_are_old() {
        let folder = std::env::temp_dir().join(format!("uploads-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let ids = [1, 2, 3].map(Uuid::from_u128);
        for (nth, id) in ids.iter().enumerate() {
            let file = std::fs::File::create(path(&folder, *id)).unwrap();
            if nth > 0 {
                file.set_modified(std::time::SystemTime::now() - UNNAMED_FOR * 2).unwrap();
            }
        }
        assert_eq!(unnamed(&folder, &BTreeSet::from([ids[1]])), [ids[2]]);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_name_has_no_way_in_it() {
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("C:\\Users\\maria\\ταυτότητα.pdf"), "ταυτότητα.pdf");
        assert_eq!(plain_name("..\r\n\"x\".pdf"), "x.pdf");
        assert_eq!(plain_name("gpj.\u{202e}exe.pdf"), "gpj.exe.pdf", "no mark turns a name round");
        assert_eq!(plain_name("/"), "file");
        assert_eq!(plain_name(&"α".repeat(10_000)).chars().count(), 100);
    }
}
