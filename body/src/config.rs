//! How a body is set up: its units, its categories of requests, its certification, its protocol.

mod check;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use chrono_tz::Tz;
use office::{Calendar, ExtraField, Requirement, Words};
use serde::{Deserialize, Serialize};
use vocabulary::{Assurance, Level};

pub use check::{BodyFault, BodyProblem};

use crate::{CategoryId, ConferenceRules, IdentityDemand, LevelSubject, Proof, RecordsRules, Term, UnitId};

/// A closed request can be reopened for so many days, unless its category says otherwise.
pub const REOPEN_DAYS: u16 = 30;
/// What was written with a request is kept for so many years after its end, unless its category says otherwise.
pub const RETENTION_YEARS: u8 = 5;
/// So many files are sent at a time, unless the category says otherwise.
pub const FILES_MAX: u8 = 5;
/// A file has so many mebibytes at most; a category may say less.
pub const FILE_MIB_MAX: u8 = 10;
/// A request has so many times as many files as are sent at a time: questions are answered with files too.
const SENDINGS_MAX: u8 = 4;

/// A public body (φορέας) as the whole hub serves it: what it takes, who works on it, how it certifies people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyConfig {
    /// A short name for it in links, which stays when it is called otherwise.
    pub key: String,
    /// What people call it, in Greek and English.
    pub name: Words,
    /// Where somebody who needs help writes to.
    pub contact_email: String,
    /// The telephone that they call.
    pub contact_phone: String,
    /// The time zone in which its days begin.
    pub zone: Tz,
    /// On which days people work for it.
    pub calendar: Calendar,
    /// The units that work on requests, by the number that the journal knows them by.
    pub units: BTreeMap<UnitId, Unit>,
    /// What can be asked of it; none where it takes no requests.
    pub categories: BTreeMap<CategoryId, Category>,
    /// How it certifies people; none where it does not.
    pub certification: Option<CertificationRules>,
    /// Who gives protocol numbers.
    pub protocol: ProtocolSource,
    /// How citizens look at their records; none where no register of them is named.
    #[serde(default)]
    pub records: Option<RecordsRules>,
    /// How conferences are held; none where they are not.
    #[serde(default)]
    pub conferences: Option<ConferenceRules>,
    /// Services for which level B is closed until staff open it (PLA-07).
    pub b_closed: BTreeSet<ServiceName>,
    /// Answers that are often given, for staff to choose from.
    pub answers: Vec<ReadyAnswer>,
}

/// An answer that is often given, for staff to choose and to change as they like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadyAnswer {
    /// What staff know it by.
    pub name: Words,
    /// What it says.
    pub text: Words,
    /// For which category; for every one, if none is named.
    pub category: Option<CategoryId>,
    /// For which unit; for every one, if none is named.
    pub unit: Option<UnitId>,
}

impl ReadyAnswer {
    /// Whether it is for requests of a category in a unit.
    #[must_use]
    pub fn is_for(&self, category: CategoryId, unit: UnitId) -> bool {
        self.category.is_none_or(|only| only == category) && self.unit.is_none_or(|only| only == unit)
    }
}

/// A part of the body (οργανική μονάδα) that works on requests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Named by categories.
    pub key: String,
    /// What people call it, in Greek and English.
    pub name: Words,
}

/// A category of requests (PET-02, PET-04).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// A short name for it in links, which stays when it is called otherwise.
    pub key: String,
    /// What people call it, in Greek and English.
    pub name: Words,
    /// What it is for, in a sentence or two.
    pub about: Words,
    /// Which unit works on it.
    pub unit: UnitId,
    /// How much must be known of who asks.
    pub level: Level,
    /// Who has to vouch for them.
    pub assurance: Assurance,
    /// Whether level B is open for it until staff decide otherwise (PLA-07); no matter where `level` is not B.
    pub b_open: bool,
    /// Fields of its own form (FLD-28).
    pub fields: Vec<ExtraField>,
    /// Whether a place on a street is asked for.
    pub place: Requirement,
    /// Whether photographs and documents are.
    pub files: Requirement,
    /// So many of them at a time, at most.
    pub files_max: u8,
    /// Each has so many mebibytes, at most.
    pub file_mib_max: u8,
    /// By when it is due.
    pub term: Term,
    /// What the applicant gets in the end.
    pub result: ResultForm,
    /// The visit at which it is collected (PLA-03); none where it is handed over without one.
    pub pickup: Option<ServiceName>,
    /// For so many days after its end it can be reopened once.
    pub reopen_days: u16,
    /// For so many years after its end what was written is kept.
    pub retention_years: u8,
}

/// What the applicant gets in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResultForm {
    /// Nothing to take along.
    #[default]
    None,
    /// A paper, collected or posted.
    Document,
    /// A paper, or the same as a file to download.
    ElectronicDocument,
}

/// How people are certified (PLA-04, PET-05).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificationRules {
    /// The visit that is booked for it.
    pub visit: ServiceName,
    /// Whether a second clerk has to look.
    pub two_clerks: bool,
    /// What must be shown beside an identity card or a passport.
    pub shown: BTreeSet<Proof>,
}

/// A service of an office, by the keys that both files give them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ServiceName {
    /// The office's key.
    pub office: String,
    /// The service's key there.
    pub service: String,
}

/// Who gives protocol numbers (PET-02).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProtocolSource {
    /// The body's own series.
    #[default]
    Own,
    /// Another system, at this address.
    Adapter {
        /// Where it is asked: an address that begins with `https://`, or with `http://` on this machine.
        url: String,
    },
}

impl Category {
    /// What it asks for, where level B is open for it or is not.
    #[must_use]
    pub const fn demand(&self, b_open: bool) -> IdentityDemand {
        IdentityDemand { level: self.level, assurance: self.assurance, b_open }
    }

    /// So many files a request has, at most.
    #[must_use]
    pub const fn files_of_all_max(&self) -> u16 {
        self.files_max as u16 * SENDINGS_MAX as u16
    }

    /// So many bytes a file has, at most.
    #[must_use]
    pub const fn file_bytes_max(&self) -> u64 {
        self.file_mib_max as u64 * 1024 * 1024
    }
}

impl BodyConfig {
    /// The category of a key.
    #[must_use]
    pub fn category_of(&self, key: &str) -> Option<(CategoryId, &Category)> {
        self.categories.iter().find(|(_, category)| category.key == key).map(|(id, category)| (*id, category))
    }

    /// What the configuration says about level B for something; `service` names it if it is one.
    #[must_use]
    pub fn b_open(&self, subject: LevelSubject, service: Option<&ServiceName>) -> bool {
        match subject {
            LevelSubject::Category(category) => self.categories.get(&category).is_some_and(|category| category.b_open),
            LevelSubject::Service { .. } => service.is_none_or(|name| !self.b_closed.contains(name)),
        }
    }

    /// The day of an instant where the body is.
    #[must_use]
    pub fn day_of(&self, at: chrono::DateTime<chrono::Utc>) -> NaiveDate {
        office::calendar::local_date(self.zone, at)
    }
}
