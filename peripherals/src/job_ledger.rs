//! The jobs of a printer on disk, each with how far it is, so that after a crash it is known what came out.
//!
//! A line is added for each step and never changed; what was under way when the program stopped is settled at the next start:
//! what was on its way may have come out, what was not is known not to have. Nothing is sent again by itself.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::print_outcome::{Evidence, PrintOutcome, PrinterFault};

/// So many jobs are kept when a ledger is opened: some days of a busy kiosk.
const JOBS_MAX: usize = 1_000;

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum JobStage {
    /// It waits for its turn.
    Queued,
    /// The printer said that it can print.
    Checked,
    /// Its bytes are on the line.
    Sending,
    /// All was sent; the printer's word is waited for.
    Awaiting,
    /// It came out.
    Printed(Evidence),
    /// It may have come out.
    Unconfirmed,
    /// It did not, or not whole.
    Failed(PrinterFault),
    /// The program stopped before anything of it was sent.
    NeverSent,
}

impl JobStage {
    /// The last stage of a job that ended so.
    #[must_use]
    pub const fn of(outcome: PrintOutcome) -> Self {
        match outcome {
            PrintOutcome::Printed(evidence) => Self::Printed(evidence),
            PrintOutcome::Unconfirmed => Self::Unconfirmed,
            PrintOutcome::Failed(fault) => Self::Failed(fault),
        }
    }

    /// What a job is that was at this stage when the program stopped; nothing, if it had ended.
    const fn after_crash(self) -> Option<Self> {
        match self {
            Self::Queued | Self::Checked => Some(Self::NeverSent),
            Self::Sending | Self::Awaiting => Some(Self::Unconfirmed),
            Self::Printed(_) | Self::Unconfirmed | Self::Failed(_) | Self::NeverSent => None,
        }
    }

    const fn is_last(self) -> bool {
        self.after_crash().is_none()
    }
}

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobRecord {
    /// When, in seconds since 1970 by this machine's clock.
    pub at: u64,
    /// The job, counted over all starts of the program.
    pub job: u64,
    /// The number on the ticket.
    pub label: String,
    /// How far it is.
    pub stage: JobStage,
}

/// The ledger of one printer.
#[derive(Debug)]
pub struct JobLedger {
    file: Option<File>,
    /// The jobs of this run that have not ended, by the caller's name.
    open: BTreeMap<u64, JobRecord>,
    next: u64,
}

impl JobLedger {
    /// A ledger that keeps nothing.
    #[must_use]
    pub const fn nowhere() -> Self {
        Self { file: None, open: BTreeMap::new(), next: 0 }
    }

    /// Opens the ledger of a printer, and settles what was under way when the program stopped; those jobs come with it.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn open(path: &Path) -> io::Result<(Self, Vec<JobRecord>)> {
        let mut jobs = latest(path)?;
        let now = now();
        let mut settled = Vec::new();
        for record in jobs.values_mut() {
            if let Some(stage) = record.stage.after_crash() {
                (record.stage, record.at) = (stage, now);
                settled.push(record.clone());
            }
        }
        let next = jobs.keys().next_back().map_or(0, |last| last + 1);
        let kept = jobs.len().saturating_sub(JOBS_MAX);
        let lines: String = jobs.values().skip(kept).map(line).collect();
        let fresh = fresh_path(path);
        let mut file = File::create(&fresh)?;
        file.write_all(lines.as_bytes())?;
        file.sync_data()?;
        fs::rename(&fresh, path)?;
        let file = OpenOptions::new().append(true).open(path)?;
        Ok((Self { file: Some(file), open: BTreeMap::new(), next }, settled))
    }

    /// The newest record of each job, the oldest job first.
    ///
    /// # Errors
    /// The file cannot be read; one that is not there is empty.
    pub fn read(path: &Path) -> io::Result<Vec<JobRecord>> {
        Ok(latest(path)?.into_values().collect())
    }

    /// A job is wanted.
    pub fn queued(&mut self, id: u64, label: &str) {
        let record = JobRecord { at: now(), job: self.next, label: label.to_owned(), stage: JobStage::Queued };
        self.next += 1;
        self.add(&record);
        self.open.insert(id, record);
    }

    /// A job is at this stage now; said again it changes nothing.
    pub fn note(&mut self, id: u64, stage: JobStage) {
        let Some(record) = self.open.get_mut(&id) else { return };
        // What is already on its way is not checked any more.
        let is_back = record.stage == JobStage::Sending && stage == JobStage::Checked;
        if record.stage == stage || is_back {
            return;
        }
        (record.stage, record.at) = (stage, now());
        let record = record.clone();
        self.add(&record);
        if stage.is_last() {
            self.open.remove(&id);
        }
    }

    /// A ledger that cannot be written keeps no ticket from being printed.
    fn add(&mut self, record: &JobRecord) {
        let Some(file) = &mut self.file else { return };
        let _ = file.write_all(line(record).as_bytes());
        let has_to_last = record.stage == JobStage::Sending || record.stage.is_last();
        if has_to_last {
            let _ = file.sync_data();
        }
    }
}

fn line(record: &JobRecord) -> String {
    serde_json::to_string(record).map(|line| line + "\n").unwrap_or_default()
}

fn fresh_path(path: &Path) -> PathBuf {
    path.with_extension("new")
}

/// The newest record of each job; a line that a power cut left half is passed over.
fn latest(path: &Path) -> io::Result<BTreeMap<u64, JobRecord>> {
    let text = match fs::read(path) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error),
    };
    let records = text.lines().filter_map(|line| serde_json::from_str::<JobRecord>(line).ok());
    Ok(records.map(|record| (record.job, record)).collect())
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(records: &[JobRecord]) -> Vec<(&str, JobStage)> {
        records.iter().map(|record| (record.label.as_str(), record.stage)).collect()
    }

    #[test]
    fn prom_11_after_a_crash_it_is_known_what_came_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("jobs.jsonl");
        let (mut ledger, left) = JobLedger::open(&path).unwrap();
        assert_eq!(left, []);
        for (id, label) in [(7, "A001"), (8, "A002"), (9, "A003"), (10, "A004")] {
            ledger.queued(id, label);
        }
        ledger.note(7, JobStage::Sending);
        ledger.note(7, JobStage::Printed(Evidence::ProcessId));
        ledger.note(8, JobStage::Checked);
        ledger.note(9, JobStage::Sending);
        ledger.note(9, JobStage::Checked);
        // The power is cut: the last line is half.
        drop(ledger);
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(b"{\"at\":17,\"job\":9").unwrap();
        let (mut ledger, left) = JobLedger::open(&path).unwrap();
        let never = JobStage::NeverSent;
        assert_eq!(labels(&left), [("A002", never), ("A003", JobStage::Unconfirmed), ("A004", never)]);
        ledger.queued(7, "A005");
        ledger.note(7, JobStage::Failed(PrinterFault::PaperOut));
        let all = JobLedger::read(&path).unwrap();
        let failed = JobStage::Failed(PrinterFault::PaperOut);
        let printed = JobStage::Printed(Evidence::ProcessId);
        assert_eq!(
            labels(&all),
            [("A001", printed), ("A002", never), ("A003", JobStage::Unconfirmed), ("A004", never), ("A005", failed)]
        );
        let (_, left) = JobLedger::open(&path).unwrap();
        assert_eq!(left, [], "what was settled stays so");
    }

    #[test]
    fn a_ledger_does_not_grow_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("jobs.jsonl");
        let record = |job| JobRecord { at: 1, job, label: format!("A{job}"), stage: JobStage::Unconfirmed };
        let text: String = (0..3_000).map(|job| line(&record(job))).collect();
        fs::write(&path, text).unwrap();
        let (mut ledger, _) = JobLedger::open(&path).unwrap();
        let kept = JobLedger::read(&path).unwrap();
        assert_eq!((kept.len(), kept[0].job), (JOBS_MAX, 2_000));
        ledger.queued(0, "B1");
        assert_eq!(JobLedger::read(&path).unwrap().last().map(|record| record.job), Some(3_000));
    }
}
