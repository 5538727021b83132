//! The files themselves, in their folder.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use uuid::Uuid;

/// Where a file lies.
pub(crate) fn path(folder: &Path, id: Uuid) -> PathBuf {
    folder.join(id.simple().to_string())
}

/// Makes an empty file that nobody else reads.
///
/// # Errors
/// If the folder cannot be written.
pub(crate) async fn create(folder: &Path, id: Uuid) -> io::Result<fs::File> {
    let (folder, path) = (folder.to_owned(), path(folder, id));
    tokio::task::spawn_blocking(move || {
        use std::{fs::DirBuilder, os::unix::fs::DirBuilderExt};
        DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
        fs::File::create_new(path)
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

/// The files that were written longer ago than that. What has another name than ours have is none of them.
///
/// # Errors
/// If the folder cannot be read; one that is not there has none.
pub async fn older_than(folder: &Path, age: Duration) -> io::Result<Vec<Uuid>> {
    let folder = folder.to_owned();
    let look = move || {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut old = Vec::new();
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            let id = name.to_str().and_then(|name| Uuid::try_parse(name).ok());
            let Some(id) = id.filter(|id| path(&folder, *id) == entry.path()) else { continue };
            let found = entry.metadata()?;
            let is_old = SystemTime::now().duration_since(found.modified()?).is_ok_and(|past| past > age);
            if found.is_file() && is_old {
                old.push(id);
            }
        }
        Ok(old)
    };
    tokio::task::spawn_blocking(look).await.map_err(io::Error::other)?
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
