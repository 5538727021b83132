//! Files on their way in: each is written to the disk piece by piece as it comes, so that nobody's file stands in memory, and a
//! few of them are on the way at a time.

use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rustix::fs::{StatVfs, fstatvfs, statvfs};
use tokio::{
    fs::File,
    io::AsyncWriteExt,
    sync::{OwnedSemaphorePermit, Semaphore},
};
use uuid::Uuid;

use crate::{FILE_BYTES_MAX, files};

/// So many files come in at a time, of all senders together: 640 MiB of the disk at most that nobody has judged yet.
const COMING_MAX: usize = 64;
/// So much of each waits in memory to be written; without a word the runtime would let it be thirty times as much.
const PIECE_BYTES_MAX: usize = 64 * 1024;
/// So many of one sender: who presses twice is heard, and nobody takes all places by sending slowly.
const COMING_OF_ONE_MAX: usize = 2;

/// Why a file does not come in.
#[derive(Debug, thiserror::Error)]
pub enum ArrivalFault {
    /// Too many are on the way.
    #[error("too many files are on the way")]
    Crowd,
    /// It is longer than any that is taken.
    #[error("the file is too long")]
    TooLarge,
    /// The room that is left is for what is recorded.
    #[error("the disk has no room for files")]
    NoRoom,
    /// It could not be written.
    #[error(transparent)]
    Disk(#[from] io::Error),
}

/// Who lets files in; cheap to clone.
#[derive(Debug, Clone)]
pub struct Arrivals {
    places: Arc<Semaphore>,
    senders: Senders,
    /// So many bytes of the disk are never filled with files: the database lies there too, and without room nothing at all is
    /// recorded.
    kept_free: u64,
    /// The folder for which there was no room when a file came last.
    full: Arc<Mutex<Option<PathBuf>>>,
}

/// What a disk has left for everybody; without end, where it does not say.
fn room(disk: rustix::io::Result<StatVfs>) -> u64 {
    disk.map_or(u64::MAX, |disk| disk.f_bavail.saturating_mul(disk.f_frsize))
}

impl Arrivals {
    /// Nobody sends yet; so many bytes of the disk are kept free of files.
    #[must_use]
    pub fn new(kept_free: u64) -> Self {
        Self {
            places: Arc::new(Semaphore::new(COMING_MAX)),
            senders: Senders::default(),
            kept_free,
            full: Arc::default(),
        }
    }

    /// A file of a sender begins to come.
    ///
    /// # Errors
    /// [`ArrivalFault::Crowd`], [`ArrivalFault::NoRoom`], or that the folder cannot be written.
    pub async fn begin(&self, folder: &Path, sender: Uuid, id: Uuid) -> Result<ArrivingFile, ArrivalFault> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| ArrivalFault::Crowd)?;
        let turn = self.senders.enter(sender).ok_or(ArrivalFault::Crowd)?;
        let created = files::create(folder, id).await?;
        // From here on whatever happens to it takes the file away again, unless it is kept.
        let arrived = ArrivedFile { folder: folder.to_owned(), id, length: 0, is_kept: false };
        let has_room = room(fstatvfs(&created)) >= self.kept_free;
        *self.full() = (!has_room).then(|| folder.to_owned());
        if !has_room {
            arrived.discard().await;
            return Err(ArrivalFault::NoRoom);
        }
        let mut file = File::from_std(created);
        file.set_max_buf_size(PIECE_BYTES_MAX);
        Ok(ArrivingFile { file, arrived, _held: (place, turn) })
    }

    /// Whether files are sent away for want of room, so that staff are told. It is over as soon as there is room, whether
    /// another file has come or not.
    #[must_use]
    pub fn lacks_room(&self) -> bool {
        let mut full = self.full();
        if full.as_ref().is_some_and(|folder| room(statvfs(folder)) >= self.kept_free) {
            *full = None;
        }
        full.is_some()
    }

    fn full(&self) -> MutexGuard<'_, Option<PathBuf>> {
        self.full.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A file that is coming.
#[derive(Debug)]
pub struct ArrivingFile {
    file: File,
    arrived: ArrivedFile,
    _held: (OwnedSemaphorePermit, SenderTurn),
}

impl ArrivingFile {
    /// The next piece of it.
    ///
    /// # Errors
    /// [`ArrivalFault::TooLarge`], or that it cannot be written.
    pub async fn take(&mut self, piece: &[u8]) -> Result<(), ArrivalFault> {
        self.arrived.length += piece.len();
        if self.arrived.length > FILE_BYTES_MAX {
            return Err(ArrivalFault::TooLarge);
        }
        Ok(self.file.write_all(piece).await?)
    }

    /// It is not taken: it is gone when this returns.
    pub async fn discard(self) {
        let Self { file, arrived, _held } = self;
        drop(file);
        arrived.discard().await;
    }

    /// It has come whole, and is on the disk.
    ///
    /// # Errors
    /// If it cannot be written.
    pub async fn end(self) -> Result<ArrivedFile, ArrivalFault> {
        let Self { mut file, arrived, _held } = self;
        file.flush().await?;
        file.sync_all().await?;
        Ok(arrived)
    }
}

/// A file that lies on the disk; unless somebody keeps it, it is removed when nobody holds it any more.
#[derive(Debug)]
pub struct ArrivedFile {
    folder: PathBuf,
    id: Uuid,
    length: usize,
    is_kept: bool,
}

impl ArrivedFile {
    /// What names it.
    pub const fn id(&self) -> Uuid {
        self.id
    }

    /// How long it is.
    pub const fn length(&self) -> usize {
        self.length
    }

    /// Where it lies.
    pub fn path(&self) -> PathBuf {
        files::path(&self.folder, self.id)
    }

    /// It is not taken: it is gone when this returns.
    pub async fn discard(mut self) {
        files::remove(&self.folder, &[self.id]).await;
        self.is_kept = true;
    }

    /// Somebody has noted whose it is: it stays.
    pub fn keep(mut self) {
        self.is_kept = true;
    }
}

impl Drop for ArrivedFile {
    fn drop(&mut self) {
        if self.is_kept {
            return;
        }
        // Also where the sender has gone in the middle. What the end of the program leaves, the sweep of strays finds.
        let (folder, id) = (std::mem::take(&mut self.folder), self.id);
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move { files::remove(&folder, &[id]).await });
        }
    }
}

/// How many files of each sender are on the way.
#[derive(Debug, Clone, Default)]
struct Senders(Arc<Mutex<HashMap<Uuid, usize>>>);

impl Senders {
    fn enter(&self, sender: Uuid) -> Option<SenderTurn> {
        let mut senders = self.all();
        let coming = senders.entry(sender).or_default();
        if *coming >= COMING_OF_ONE_MAX {
            return None;
        }
        *coming += 1;
        drop(senders);
        Some(SenderTurn { senders: self.clone(), sender })
    }

    fn all(&self) -> MutexGuard<'_, HashMap<Uuid, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Given back when dropped.
#[derive(Debug)]
struct SenderTurn {
    senders: Senders,
    sender: Uuid,
}

impl Drop for SenderTurn {
    fn drop(&mut self) {
        let mut senders = self.senders.all();
        if let Some(coming) = senders.get_mut(&self.sender) {
            *coming -= 1;
            if *coming == 0 {
                senders.remove(&self.sender);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn new_14_a_file_stands_on_the_disk_and_goes_with_who_does_not_keep_it() {
        let folder = tempfile::tempdir().unwrap();
        let (arrivals, sender) = (Arrivals::new(0), Uuid::from_u128(1));
        let mut coming = arrivals.begin(folder.path(), sender, Uuid::from_u128(7)).await.unwrap();
        coming.take(b"%PDF").await.unwrap();
        coming.take(b"-1.7").await.unwrap();
        let arrived = coming.end().await.unwrap();
        assert_eq!((arrived.length(), std::fs::read(arrived.path()).unwrap().as_slice()), (8, &b"%PDF-1.7"[..]));
        let kept = arrived.path();
        arrived.keep();
        assert!(kept.exists());
        let mut long = arrivals.begin(folder.path(), sender, Uuid::from_u128(8)).await.unwrap();
        let piece = vec![0; FILE_BYTES_MAX];
        long.take(&piece).await.unwrap();
        assert!(matches!(long.take(b"x").await, Err(ArrivalFault::TooLarge)));
        let path = long.arrived.path();
        long.discard().await;
        assert!(!path.exists());
        let left = arrivals.begin(folder.path(), sender, Uuid::from_u128(9)).await.unwrap();
        let path = left.arrived.path();
        drop(left);
        while path.exists() {
            tokio::task::yield_now().await;
        }
        assert!(arrivals.senders.all().is_empty(), "nothing is kept of who has sent");
    }

    #[tokio::test]
    async fn new_14_files_leave_room_for_what_is_recorded() {
        let folder = tempfile::tempdir().unwrap();
        let (mut arrivals, sender) = (Arrivals::new(u64::MAX - 1), Uuid::from_u128(1));
        let refused = arrivals.begin(folder.path(), sender, Uuid::from_u128(7)).await;
        assert!(matches!(refused, Err(ArrivalFault::NoRoom)), "{refused:?}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing of it is left");
        assert!(arrivals.lacks_room() && arrivals.clone().lacks_room(), "staff are told");
        assert!(arrivals.senders.all().is_empty());
        // There is room again, and nobody has sent anything since.
        arrivals.kept_free = 0;
        assert!(!arrivals.lacks_room());
        assert!(arrivals.begin(folder.path(), sender, Uuid::from_u128(8)).await.is_ok());
    }

    #[tokio::test]
    async fn new_14_nobody_takes_all_places_and_there_is_an_end_of_them() {
        let folder = tempfile::tempdir().unwrap();
        let arrivals = Arrivals::new(0);
        let mut held = Vec::new();
        for nth in 0..200_u128 {
            if let Ok(coming) = arrivals.begin(folder.path(), Uuid::from_u128(1), Uuid::from_u128(1_000 + nth)).await {
                held.push(coming);
            }
        }
        assert_eq!(held.len(), COMING_OF_ONE_MAX);
        for nth in 0..200_u128 {
            if let Ok(coming) = arrivals.begin(folder.path(), Uuid::from_u128(2 + nth), Uuid::from_u128(nth)).await {
                held.push(coming);
            }
        }
        assert_eq!(held.len(), COMING_MAX);
        held.pop();
        assert!(arrivals.begin(folder.path(), Uuid::from_u128(999), Uuid::from_u128(999)).await.is_ok());
    }
}
