//! Files that hold personal data or the server's key: the account that the hub runs under reads them, and nobody else on
//! the machine.

use std::{
    fs::{self, OpenOptions},
    io,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

use anyhow::Context;

/// What a file of one's own may be.
const FILE_MODE: u32 = 0o600;
/// What others may not have of a file or folder of one's own.
const OTHERS: u32 = 0o077;
/// What stands beside a database: the log and its index, of SQLite, and the lock.
const BESIDE: [&str; 3] = ["-wal", "-shm", ".lock"];

/// Makes an empty file that nobody else reads.
pub(crate) fn make(path: &Path) -> io::Result<()> {
    OpenOptions::new().create_new(true).write(true).mode(FILE_MODE).open(path).map(drop)
}

/// Makes the database's file if there is none, before anything stands in it, and takes from others what they may have of
/// it and of what stands beside it. SQLite makes its own files with the rights of this one.
pub(crate) fn own_database(path: &Path) -> anyhow::Result<()> {
    match make(path) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error).with_context(|| format!("cannot make {}", path.display())),
    }
    tighten(path)?;
    for end in BESIDE {
        let mut beside = path.as_os_str().to_owned();
        beside.push(end);
        tighten(Path::new(&beside))?;
    }
    Ok(())
}

/// Takes from others what they may have of a folder and of the files in it; one that is not there is made later.
///
/// # Errors
/// If they belong to somebody else.
pub fn own_folder(folder: &Path) -> anyhow::Result<()> {
    tighten(folder)?;
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", folder.display())),
    };
    for entry in entries {
        tighten(&entry?.path())?;
    }
    Ok(())
}

/// Takes from others what they may have of a file or a folder, if it is there. What a link leads to is not the hub's.
fn tighten(path: &Path) -> anyhow::Result<()> {
    let found = match fs::symlink_metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("cannot look at {}", path.display())),
    };
    let mode = found.permissions().mode();
    if found.is_symlink() || mode & OTHERS == 0 {
        return Ok(());
    }
    fs::set_permissions(path, fs::Permissions::from_mode(mode & !OTHERS & 0o7777))
        .with_context(|| format!("cannot protect {} from others on this machine", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::Store;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn new_11_nobody_else_reads_the_database_nor_what_stands_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seira.db");
        let store = Store::open(&path).unwrap();
        let all = || fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
        assert!(all().len() >= 3, "the file, its log, its index: {:?}", all());
        assert!(all().iter().all(|path| mode(path) == 0o600), "{:?}", all());
        drop(store);
        // As an older hub left them.
        let store = Store::open(&path).unwrap();
        for path in all() {
            fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
        }
        let other = Store::open(&path).unwrap();
        assert!(all().iter().all(|path| mode(path) == 0o600), "{:?}", all());
        drop((store, other));
    }

    #[test]
    fn new_11_a_folder_that_was_there_is_closed_to_others_and_what_is_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let uploads = folder.path().join("uploads");
        own_folder(&uploads).unwrap();
        fs::create_dir(&uploads).unwrap();
        let file = uploads.join("a");
        fs::write(&file, "a").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        fs::set_permissions(&uploads, fs::Permissions::from_mode(0o755)).unwrap();
        own_folder(&uploads).unwrap();
        assert_eq!((mode(&uploads), mode(&file)), (0o700, 0o600));
    }
}
