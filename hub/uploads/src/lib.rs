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
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use uuid::Uuid;

pub use budget::JudgePatience;
pub use judges::{CrowdRefusal, Judges, Verdict};
pub use kind::kind_of;
pub use unfit::Unfit;

use people::is_unseen;

/// Longest file.
pub const FILE_BYTES_MAX: usize = 10 * 1024 * 1024;
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

/// The files that were written longer ago than that. What has another name than [`write`] gives is none of ours.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_11_a_pdf_that_carries_other_files_is_not_taken() {
        for carried in
            ["/Type /EmbeddedFile", "/Type/EmbeddedFile>>", "/Names << /EmbeddedFiles 7 0 R >>", "/FileAttachment"]
        {
            let pdf = format!("%PDF-1.7\n1 0 obj << {carried} >> endobj\n%%EOF\n");
            assert_eq!(kind_of(pdf.as_bytes(), budget::unhurried()), Err(Unfit::Active), "{carried}");
        }
        assert_eq!(
            kind_of(b"%PDF-1.7\n1 0 obj << /Type /Page >> endobj\n%%EOF\n", budget::unhurried()),
            Ok("application/pdf")
        );
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
