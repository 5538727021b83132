//! What is wrong with the house itself, as staff are told on every page until it is right again.

use std::{
    collections::BTreeSet,
    sync::{Arc, PoisonError, RwLock},
};

use chrono::{DateTime, Utc};

/// Something that is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HouseAlarm {
    /// The hub's certificate ends soon, or has ended: then no browser and no device comes in.
    CertificateEnds(DateTime<Utc>),
    /// The journal of the office with this row, or the body's, is another than it was when its head was signed.
    JournalBroken(Option<u32>),
    /// What was decided about level B cannot be read, so that it is closed everywhere.
    LevelsUnreadable,
}

/// Everything that is wrong now; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct HouseAlarms(Arc<RwLock<BTreeSet<HouseAlarm>>>);

impl HouseAlarms {
    /// Every alarm.
    pub fn all(&self) -> Vec<HouseAlarm> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).iter().copied().collect()
    }

    /// Says when the certificate ends, if that is soon.
    pub fn certificate_ends(&self, at: Option<DateTime<Utc>>) {
        let mut alarms = self.0.write().unwrap_or_else(PoisonError::into_inner);
        alarms.retain(|alarm| !matches!(alarm, HouseAlarm::CertificateEnds(_)));
        alarms.extend(at.map(HouseAlarm::CertificateEnds));
    }

    /// Says that nothing can be read of what was decided about level B.
    pub fn levels_are_unreadable(&self) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(HouseAlarm::LevelsUnreadable);
    }

    /// Says whether an office's journal, or the body's, is as it was.
    pub fn journal_is(&self, office: Option<u32>, broken: bool) {
        let mut alarms = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let alarm = HouseAlarm::JournalBroken(office);
        let _ = if broken { alarms.insert(alarm) } else { alarms.remove(&alarm) };
    }
}
