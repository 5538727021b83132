//! How a body is set up: its units, its categories of requests, its certification, its protocol.

mod check;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use chrono_tz::Tz;
use office::{Calendar, ExtraField, Requirement, Words};
use serde::{Deserialize, Serialize};
use vocabulary::{Assurance, Level};

pub use check::{BodyFault, BodyProblem};

use crate::{CategoryId, Proof, RecordsRules, Subject, Term, UnitId};

/// A closed request can be reopened for so many days, unless its category says otherwise.
pub const REOPEN_DAYS: u16 = 30;
/// What was written with a request is kept for so many years after its end, unless its category says otherwise.
pub const RETENTION_YEARS: u8 = 5;

/// A body (φορέας).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyConfig {
    /// In links.
    pub key: String,
    /// Its name.
    pub name: Words,
    /// Where somebody who needs help writes to.
    pub contact_email: String,
    /// And calls.
    pub contact_phone: String,
    /// The time zone in which its days begin.
    pub zone: Tz,
    /// On which days people work for it.
    pub calendar: Calendar,
    /// Its units.
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
    /// Services for which level B is closed until staff open it (PLA-07).
    pub b_closed: BTreeSet<ServiceName>,
}

/// A unit (οργανική μονάδα).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Named by categories.
    pub key: String,
    /// Its name.
    pub name: Words,
}

/// A category of requests (PET-02, PET-04).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// In links.
    pub key: String,
    /// Its name.
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
    /// By when it is due.
    pub term: Term,
    /// What the applicant gets in the end.
    pub result: ResultForm,
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

impl BodyConfig {
    /// The category of a key.
    #[must_use]
    pub fn category_of(&self, key: &str) -> Option<(CategoryId, &Category)> {
        self.categories.iter().find(|(_, category)| category.key == key).map(|(id, category)| (*id, category))
    }

    /// What the configuration says about level B for something; `service` names it if it is one.
    #[must_use]
    pub fn b_open(&self, subject: Subject, service: Option<&ServiceName>) -> bool {
        match subject {
            Subject::Category(category) => self.categories.get(&category).is_some_and(|category| category.b_open),
            Subject::Service { .. } => service.is_none_or(|name| !self.b_closed.contains(name)),
        }
    }

    /// The day of an instant where the body is.
    #[must_use]
    pub fn day_of(&self, at: chrono::DateTime<chrono::Utc>) -> NaiveDate {
        office::calendar::local_date(self.zone, at)
    }
}
