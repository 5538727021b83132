//! A small journal on the disk of a device: each record is a line with its checksum, and is on the disk before anything
//! follows from it. What was appended survives a power cut, whole or not at all; a torn end is cut off.

mod keepsake;

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Seek, SeekFrom, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

pub use keepsake::Keepsake;
use serde::{Serialize, de::DeserializeOwned};

/// The checksum of a line and the blank behind it.
const CHECKSUM_BYTES: usize = 9;

/// A journal in one file.
#[derive(Debug)]
pub struct Daybook {
    path: PathBuf,
    /// Open for writing, once it was written to; closed by everything that goes wrong.
    file: Option<File>,
    /// So many bytes of the file hold whole records.
    length: u64,
}

impl Daybook {
    /// Reads the journal at `path`, which need not be there yet: every record that is whole, in its order.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub fn open<T: DeserializeOwned>(path: &Path) -> io::Result<(Self, Vec<T>)> {
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        let mut records = Vec::new();
        let (mut at, mut length) = (0, 0);
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            at += line.len();
            match record(line) {
                Some(record) => {
                    records.push(record);
                    length = at as u64;
                }
                None => tracing::warn!("a line of {} is not whole, and is left aside", path.display()),
            }
        }
        Ok((Self { path: path.to_owned(), file: None, length }, records))
    }

    /// Puts a record at the end. When this returns, it is on the disk.
    ///
    /// # Errors
    /// It cannot be written or synced. Then it is not there for whoever reads the journal after the next append; whether a
    /// power cut before that leaves it is not known.
    pub fn append<T: Serialize>(&mut self, record: &T) -> io::Result<()> {
        let line = line(record)?;
        let written = self.write(&line);
        match written {
            Ok(()) => self.length += line.len() as u64,
            // Begun anew from the last whole record: what a failed sync has left nobody can know.
            Err(_) => self.file = None,
        }
        written
    }

    fn write(&mut self, line: &[u8]) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            None => {
                let file = reopened(&self.path, self.length)?;
                self.file.insert(file)
            }
        };
        file.write_all(line)?;
        file.sync_data()
    }

    /// Begins the journal anew with these records, whole or not at all: what is over leaves it.
    ///
    /// # Errors
    /// It cannot be written; the journal is as it was.
    pub fn rewrite<T: Serialize>(&mut self, records: &[T]) -> io::Result<()> {
        let mut bytes = Vec::new();
        for record in records {
            bytes.extend(line(record)?);
        }
        Keepsake::at(&self.path).keep(&bytes)?;
        (self.file, self.length) = (None, bytes.len() as u64);
        Ok(())
    }

    /// Begins anew with nothing; what there was stays beside it, for whoever looks for it.
    ///
    /// # Errors
    /// The file is there and cannot be moved.
    pub fn set_aside(&mut self) -> io::Result<()> {
        let mut beside = self.path.clone().into_os_string();
        beside.push(".before");
        match fs::rename(&self.path, PathBuf::from(beside)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Err(_) | Ok(()) => {}
        }
        (self.file, self.length) = (None, 0);
        Ok(())
    }

    /// How long it is, in bytes.
    #[must_use]
    pub const fn length(&self) -> u64 {
        self.length
    }
}

/// Opens the file behind its last whole record; what stood after that goes.
fn reopened(path: &Path, length: u64) -> io::Result<File> {
    let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)?;
    file.set_len(length)?;
    file.seek(SeekFrom::Start(length))?;
    file.sync_all()?;
    keepsake::sync_folder(path)?;
    Ok(file)
}

fn line<T: Serialize>(record: &T) -> io::Result<Vec<u8>> {
    let text = serde_json::to_vec(record)?;
    let mut line = format!("{:08x} ", crc32fast::hash(&text)).into_bytes();
    line.extend(text);
    line.push(b'\n');
    Ok(line)
}

/// The record of a line, if the line is whole.
fn record<T: DeserializeOwned>(line: &[u8]) -> Option<T> {
    let line = line.strip_suffix(b"\n")?;
    let (checksum, text) = line.split_at_checked(CHECKSUM_BYTES)?;
    let checksum = std::str::from_utf8(checksum).ok()?.strip_suffix(' ')?;
    let is_whole = u32::from_str_radix(checksum, 16).ok()? == crc32fast::hash(text);
    if is_whole { serde_json::from_slice(text).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use rand::RngExt as _;

    use super::*;

    fn read(path: &Path) -> Vec<u32> {
        Daybook::open(path).unwrap().1
    }

    #[test]
    fn prom_07_what_was_appended_is_there_and_a_torn_end_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("daybook");
        assert_eq!(read(&path), [0; 0]);
        let (mut book, _) = Daybook::open::<u32>(&path).unwrap();
        for record in 0..20 {
            book.append(&record).unwrap();
        }
        let whole = fs::read(&path).unwrap();
        let last = whole.len() - line(&19).unwrap().len();
        for end in last..whole.len() {
            fs::write(&path, &whole[..end]).unwrap();
            let (mut book, records) = Daybook::open::<u32>(&path).unwrap();
            assert_eq!(records, (0..19).collect::<Vec<_>>(), "cut at {end}");
            book.append(&77).unwrap();
            assert_eq!(read(&path).last(), Some(&77), "cut at {end}");
        }
    }

    #[test]
    fn prom_07_no_byte_that_turned_over_is_taken_for_a_record() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("daybook");
        let (mut book, _) = Daybook::open::<u32>(&path).unwrap();
        for record in 1_000..1_010 {
            book.append(&record).unwrap();
        }
        let whole = fs::read(&path).unwrap();
        let mut dice = rand::rng();
        for _ in 0..500 {
            let mut bytes = whole.clone();
            let at = dice.random_range(0..bytes.len());
            bytes[at] ^= 1 << dice.random_range(0..8);
            fs::write(&path, &bytes).unwrap();
            let records = read(&path);
            assert!(records.iter().all(|record| (1_000..1_010).contains(record)), "{at}: {records:?}");
            assert!(records.len() >= 8, "{at}: a line that is bad takes one beside it along at most");
        }
    }

    #[test]
    fn what_is_over_leaves_it_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("daybook");
        let (mut book, _) = Daybook::open::<u32>(&path).unwrap();
        for record in 0..100 {
            book.append(&record).unwrap();
        }
        let long = book.length();
        book.rewrite(&[98u32, 99]).unwrap();
        assert!(book.length() < long);
        book.append(&100).unwrap();
        assert_eq!(read(&path), [98, 99, 100]);
    }

    #[test]
    fn prom_07_where_nothing_can_be_written_it_says_so_and_goes_on_when_it_can_again() {
        let folder = tempfile::tempdir().unwrap();
        let (path, away) = (folder.path().join("a/daybook"), folder.path().join("a"));
        let (mut book, _) = Daybook::open::<u32>(&path).unwrap();
        assert!(book.append(&1).is_err(), "there is no folder");
        fs::create_dir(&away).unwrap();
        book.append(&2).unwrap();
        assert_eq!(read(&path), [2]);
    }

    #[test]
    fn prom_07_on_a_full_disk_nothing_is_taken_for_kept() {
        // /dev/full takes no byte.
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("daybook");
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut book = Daybook { path: path.clone(), file: Some(full), length: 0 };
        assert!(book.append(&1).is_err());
        book.append(&2).unwrap();
        assert_eq!(read(&path), [2]);
    }
}
