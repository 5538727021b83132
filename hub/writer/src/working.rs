//! The writer's own copies of the offices, ahead of what readers see by the batch that is not committed yet.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use office::{Event, Office};
use store::Head;

use crate::{
    fold::LoadedOffice,
    offices::{OfficeBreakage, OfficeHandle},
};

/// The writer's own copy of an office.
#[derive(Debug)]
pub struct WorkingOffice {
    /// What readers see.
    pub handle: Arc<OfficeHandle>,
    /// The office as the writer has decided it, before others see it.
    pub office: Office,
    /// The number of its newest event.
    pub seq: u64,
    /// Where its journal ends in this batch.
    pub head: Head,
    /// Where its journal ends on disk.
    pub committed: Head,
    /// Events of this batch, to be published after the commit.
    pub fresh: Vec<Event>,
    /// Events that no snapshot holds that was made or asked for.
    pub since_snapshot: u64,
    /// Mails were put in.
    pub posted: bool,
}

/// Where an office stands between two commands of a batch.
#[derive(Debug, Clone, Copy)]
pub struct WorkMark {
    seq: u64,
    head: Head,
    fresh: usize,
    posted: bool,
}

impl WorkingOffice {
    fn new(loaded: LoadedOffice) -> Self {
        let LoadedOffice { handle, office, head, snapshot_seq } = loaded;
        Self {
            handle,
            office,
            seq: head.seq,
            head,
            committed: head,
            fresh: Vec::new(),
            since_snapshot: head.seq - snapshot_seq,
            posted: false,
        }
    }

    /// Where it stands now, to come back to.
    pub const fn mark(&self) -> WorkMark {
        WorkMark { seq: self.seq, head: self.head, fresh: self.fresh.len(), posted: self.posted }
    }

    /// A command broke off and may have left the office between two states: it is folded anew, from what is on disk, and
    /// the events that the commands before it in this batch have added.
    pub fn refold(&mut self, mark: WorkMark) {
        self.fresh.truncate(mark.fresh);
        (self.seq, self.head, self.posted) = (mark.seq, mark.head, mark.posted);
        let (handle, fresh) = (&self.handle, &self.fresh);
        let folded = handle.guarded(OfficeBreakage::Fold, || {
            let mut office = handle.read().clone();
            fresh.iter().for_each(|event| office::apply(&mut office, event));
            office
        });
        if let Some(office) = folded {
            self.office = office;
        }
    }

    /// The batch is on disk; says how many events of it are this office's.
    fn publish(&mut self) -> usize {
        self.committed = self.head;
        let count = self.fresh.len();
        if count > 0 {
            self.handle.guarded(OfficeBreakage::Fold, || self.handle.publish(&self.fresh, self.seq));
            self.since_snapshot += count as u64;
            self.fresh.clear();
        }
        count
    }

    /// The batch did not happen.
    fn go_back(&mut self) {
        self.office = self.handle.read().clone();
        self.seq = self.committed.seq;
        self.head = self.committed;
        self.fresh.clear();
        self.posted = false;
    }
}

/// The writer's own copies of all offices, by row.
#[derive(Debug)]
pub struct WorkingOffices {
    offices: BTreeMap<u32, WorkingOffice>,
    /// Those in which the batch has worked.
    touched: BTreeSet<u32>,
}

impl WorkingOffices {
    /// These offices.
    pub fn new(offices: Vec<LoadedOffice>) -> Self {
        let offices = offices.into_iter().map(|loaded| (loaded.handle.row, WorkingOffice::new(loaded))).collect();
        Self { offices, touched: BTreeSet::new() }
    }

    /// One of them, for a command of this batch.
    pub fn touch(&mut self, row: u32) -> Option<&mut WorkingOffice> {
        let working = self.offices.get_mut(&row)?;
        self.touched.insert(row);
        Some(working)
    }

    /// Shows readers what is now on disk; hands over each office in which the batch has worked, and how many of its events
    /// are that one's.
    pub fn publish(&mut self, mut tell: impl FnMut(&mut WorkingOffice, usize)) {
        for row in std::mem::take(&mut self.touched) {
            if let Some(working) = self.offices.get_mut(&row) {
                let count = working.publish();
                tell(working, count);
            }
        }
    }

    /// Goes back to what is committed.
    pub fn go_back(&mut self) {
        for row in std::mem::take(&mut self.touched) {
            if let Some(working) = self.offices.get_mut(&row) {
                working.go_back();
            }
        }
    }

    /// All of them.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut WorkingOffice> {
        self.offices.values_mut()
    }
}
