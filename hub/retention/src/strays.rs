//! Files that nobody's document has: the hub was stopped after it had forgotten whose they were, or before it had noted it.

use std::{path::Path, time::Duration};

use store::Readers;

/// So many are looked up in one reading.
const LOOKED_UP_AT_ONCE: usize = 500;
/// A file is written before its document is noted; whoever waits so long for that waits for nothing.
const NOTED_WITHIN: Duration = Duration::from_secs(3_600);

/// Overwrites and removes them; says how many.
///
/// # Errors
/// If the folder or the store cannot be read.
pub(super) async fn remove(readers: &Readers, uploads: &Path) -> Result<usize, String> {
    let mut removed = 0;
    let old = uploads::older_than(uploads, NOTED_WITHIN).await.map_err(|error| error.to_string())?;
    for some in old.chunks(LOOKED_UP_AT_ONCE) {
        let some = some.to_vec();
        let strays = readers.read(move |store| store.files_of_nobody(some)).await.map_err(|error| error.to_string())?;
        uploads::remove(uploads, &strays).await;
        removed += strays.len();
    }
    Ok(removed)
}

#[cfg(test)]
mod tests {
    use std::{
        fs::{self, File},
        time::SystemTime,
    };

    use chrono::Utc;
    use office::PersonId;
    use secrets::draw_id;
    use store::{Store, Upload};

    use super::*;

    #[tokio::test]
    async fn new_11_a_file_that_was_forgotten_half_way_is_removed_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let (database, uploads) = (folder.path().join("seira.db"), folder.path().join("uploads"));
        let store = Store::open(&database).unwrap();
        let readers = Readers::new(&database);
        assert_eq!(remove(&readers, &uploads).await, Ok(0), "a folder that is not there");
        let [noted, stray, fresh] = [draw_id(), draw_id(), draw_id()];
        for id in [noted, stray, fresh] {
            let mut file = uploads::Arrivals::new(0).begin(&uploads, id, id).await.unwrap();
            file.take(b"an identity card").await.unwrap();
            file.end().await.unwrap().keep();
        }
        let other = uploads.join("README");
        fs::write(&other, "of the administrator").unwrap();
        let old = SystemTime::now() - 2 * NOTED_WITHIN;
        let path = |id: uuid::Uuid| uploads.join(id.simple().to_string());
        for path in [path(noted), path(stray), other.clone()] {
            File::options().write(true).open(path).unwrap().set_modified(old).unwrap();
        }
        let person = PersonId(draw_id());
        let (name, kind) = ("a.pdf".to_owned(), "application/pdf".to_owned());
        store.put_upload(&Upload { id: noted, person, name, kind, bytes: 16, at: Utc::now() }).unwrap();
        assert_eq!(remove(&readers, &uploads).await, Ok(1));
        assert!(path(noted).exists() && path(fresh).exists() && other.exists() && !path(stray).exists());
    }
}
