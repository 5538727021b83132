//! Backups on a schedule, each in a folder of its own or as one encrypted file; how one is opened again, and the drill that
//! shows that it can be.
//!
//! Encrypting is the work of the program `age`: this machine knows the key to write with, and not the one to read with.

use std::{
    fs::{self, DirBuilder, File},
    io::Write as _,
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, ensure};
use chrono::{DateTime, Utc};
use writer::VerifyReport;

use crate::{backup, config::HubConfig, restore};

/// What every backup on a schedule begins with; behind it stands its time.
const NAME: &str = "seira-";
/// The database within a backup.
const DATABASE: &str = "seira.db";
/// How an encrypted one ends.
const ENCRYPTED: &str = ".tar.age";

/// `hub backup --into`
pub struct BackupSchedule<'a> {
    /// The folder of all backups.
    pub into: &'a Path,
    /// So many are kept, the newest.
    pub keep: usize,
    /// A file of the keys for which they are encrypted, one a line.
    pub recipients: Option<&'a Path>,
}

/// Makes the next backup, and takes away those that are too many.
///
/// # Errors
/// It cannot be written, or is not sound; then those that were there before are there still.
pub fn make_next(config: &HubConfig, schedule: &BackupSchedule<'_>, now: DateTime<Utc>) -> anyhow::Result<PathBuf> {
    let name = format!("{NAME}{}", now.format("%Y%m%d-%H%M%S"));
    own_folder(schedule.into)?;
    let made = match schedule.recipients {
        None => {
            let (half, whole) = (schedule.into.join(format!("{name}.part")), schedule.into.join(&name));
            ensure!(!whole.exists(), "{} is there already", whole.display());
            let half = Staging::at(half)?;
            backup::backup(config, &half.path.join(DATABASE), now)?;
            fs::rename(&half.path, &whole)?;
            whole
        }
        Some(recipients) => {
            let folder = config.folder();
            let staging = Staging::at(folder.join(".backup"))?;
            backup::backup(config, &staging.path.join(DATABASE), now)?;
            let whole = schedule.into.join(format!("{name}{ENCRYPTED}"));
            encrypt(&staging.path, recipients, &whole)?;
            whole
        }
    };
    prune(schedule)?;
    Ok(made)
}

fn own_folder(folder: &Path) -> anyhow::Result<()> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.with_context(|| format!("cannot make the folder {}", folder.display()))
}

/// A folder that is gone when it is not needed any more, and was empty when it was taken.
pub struct Staging {
    /// The folder.
    pub path: PathBuf,
}

impl Staging {
    /// Takes a folder, and what lies in it away.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn at(path: PathBuf) -> anyhow::Result<Self> {
        if path.exists() {
            fs::remove_dir_all(&path).with_context(|| path.display().to_string())?;
        }
        own_folder(&path)?;
        Ok(Self { path })
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What was moved to its own place is not here any more.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Every backup of a folder, the oldest first.
fn all_in(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(NAME) && !name.ends_with(".part") {
            all.push(entry.path());
        }
    }
    all.sort();
    Ok(all)
}

fn prune(schedule: &BackupSchedule<'_>) -> anyhow::Result<()> {
    let all = all_in(schedule.into)?;
    for old in &all[..all.len().saturating_sub(schedule.keep.max(1))] {
        let gone = if old.is_dir() { fs::remove_dir_all(old) } else { fs::remove_file(old) };
        gone.with_context(|| format!("cannot take away {}", old.display()))?;
    }
    Ok(())
}

fn age() -> Command {
    Command::new("age")
}

const NO_AGE: &str = "the program age does not start; apt install age";

fn encrypt(folder: &Path, recipients: &Path, to: &Path) -> anyhow::Result<()> {
    ensure!(!to.exists(), "{} is there already", to.display());
    let half = to.with_extension("part");
    let mut tar = Command::new("tar")
        .args(["--create", "--directory"])
        .arg(folder)
        .arg(".")
        .stdout(Stdio::piped())
        .spawn()
        .context("the program tar does not start")?;
    let input = tar.stdout.take().context("tar says nothing")?;
    let encrypted = age()
        .args(["--encrypt", "--recipients-file"])
        .arg(recipients)
        .arg("--output")
        .arg(&half)
        .stdin(input)
        .status()
        .context(NO_AGE)?;
    let packed = tar.wait()?;
    ensure!(packed.success() && encrypted.success(), "the backup was not encrypted; see {}", recipients.display());
    File::open(&half)?.sync_all()?;
    fs::rename(&half, to)?;
    Ok(())
}

fn decrypt(file: &Path, identity: &Path, to: &Path) -> anyhow::Result<()> {
    let mut age = age()
        .args(["--decrypt", "--identity"])
        .arg(identity)
        .arg(file)
        .stdout(Stdio::piped())
        .spawn()
        .context(NO_AGE)?;
    let input = age.stdout.take().context("age says nothing")?;
    let unpacked = Command::new("tar")
        .args(["--extract", "--no-same-owner", "--directory"])
        .arg(to)
        .stdin(input)
        .status()
        .context("the program tar does not start")?;
    let decrypted = age.wait()?;
    ensure!(decrypted.success(), "{} is not for the key in {}", file.display(), identity.display());
    ensure!(unpacked.success(), "{} is not whole", file.display());
    Ok(())
}

/// A backup that can be read.
pub struct OpenedBackup {
    /// The file that can be read.
    pub database: PathBuf,
    _unpacked: Option<Staging>,
}

/// Opens a backup, whichever kind it is: a database, a folder of one, a folder of many (the newest), or an encrypted file.
///
/// # Errors
/// There is none, or it cannot be decrypted.
pub fn open(config: &HubConfig, from: &Path, identity: Option<&Path>) -> anyhow::Result<OpenedBackup> {
    if from.is_dir() && from.join(DATABASE).is_file() {
        return Ok(OpenedBackup { database: from.join(DATABASE), _unpacked: None });
    }
    if from.is_dir() {
        let newest = all_in(from)?.pop().with_context(|| format!("there is no backup in {}", from.display()))?;
        return open(config, &newest, identity);
    }
    if !from.to_string_lossy().ends_with(ENCRYPTED) {
        return Ok(OpenedBackup { database: from.to_owned(), _unpacked: None });
    }
    let identity = identity.with_context(|| format!("{} is encrypted: say --identity-file", from.display()))?;
    let folder = config.folder();
    let unpacked = Staging::at(folder.join(".unpacked"))?;
    decrypt(from, identity, &unpacked.path)?;
    Ok(OpenedBackup { database: unpacked.path.join(DATABASE), _unpacked: Some(unpacked) })
}

/// When a drill was last done, by the file that says so.
///
/// # Errors
/// The file cannot be read.
pub fn last_drill(config: &HubConfig) -> anyhow::Result<Option<DateTime<Utc>>> {
    let file = drills(config);
    if !file.exists() {
        return Ok(None);
    }
    let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let last = text.lines().last().map(str::parse::<DateTime<Utc>>);
    last.transpose().with_context(|| format!("{}: its last line is no time", file.display()))
}

fn drills(config: &HubConfig) -> PathBuf {
    let mut name = config.database.clone().into_os_string();
    name.push(".drills");
    PathBuf::from(name)
}

/// Restores a backup into an empty place, as a second machine would, and takes that away again.
///
/// # Errors
/// The backup cannot be restored.
pub fn drill(
    config: &HubConfig,
    from: &Path,
    identity: Option<&Path>,
    now: DateTime<Utc>,
) -> anyhow::Result<VerifyReport> {
    let backup = open(config, from, identity)?;
    let folder = config.folder();
    let place = Staging::at(folder.join(".drill"))?;
    let second = HubConfig {
        database: place.path.join(DATABASE),
        uploads: place.path.join("uploads"),
        tombstones: None,
        ..config.clone()
    };
    let restored = restore::restore(&second, &backup.database, now)?;
    let mut file = File::options().create(true).append(true).open(drills(config))?;
    writeln!(file, "{}", now.to_rfc3339())?;
    file.sync_all()?;
    Ok(restored.found)
}
