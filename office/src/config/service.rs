//! What one comes for.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use vocabulary::{Assurance, Level, Pictogram};

use super::online::{ExtraField, Form};
use crate::Words;

/// A heading under which services are listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Named by services.
    pub key: String,
    /// Letter of its walk-in tickets, one of A B E Z H K M N T Y X: the same in Greek and Latin, and no digit's twin.
    pub letter: char,
    /// What people call the group, in Greek and English.
    pub name: Words,
}

/// A service of the office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its name in links and in the API.
    pub key: String,
    /// Key of its group.
    pub group: String,
    /// Ties equal services of different offices.
    pub catalogue: Option<String>,
    /// What people call the service, in Greek and English.
    pub name: Words,
    /// What it is, in a sentence or two.
    pub about: Words,
    /// How long serving one person with one case is planned to take.
    pub planned_minutes: u16,
    /// Added for each further person (FLD-32).
    pub minutes_per_further_person: u16,
    /// Added for each further case (FLD-32).
    pub minutes_per_further_case: u16,
    /// Ways in which it can be had.
    pub channels: BTreeSet<Channel>,
    /// By telephone people are only told what they want to know: the matter itself is not settled there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub telephone_informs: bool,
    /// The picture by which it is found without reading.
    #[serde(default, skip_serializing_if = "Pictogram::is_usual")]
    pub pictogram: Pictogram,
    /// Whether those come to it who do not know what they need (FLD-38).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub information: bool,
    /// Whether it wants a booking (TRN-15).
    pub booking: BookingNeed,
    /// What to bring (TRN-10).
    pub documents: Vec<Document>,
    /// Level of identity that it needs (PLA-01).
    pub level: Level,
    /// Who has to vouch for who somebody is (OMB-19).
    #[serde(default, skip_serializing_if = "Assurance::is_none")]
    pub assurance: Assurance,
    /// Starts offered lie this far apart, counted from the opening of the day.
    pub grid_minutes: u16,
    /// A public booking is made at least so long ahead.
    pub lead_minutes: u32,
    /// And at most so many days ahead.
    pub horizon_days: u16,
    /// Staged release of public times (FLD-16): shares that add up to 100. Empty: everything at the horizon.
    pub releases: Vec<Release>,
    /// A citizen may cancel or move until so long before.
    pub change_until_minutes: u32,
    /// Fields of its own (FLD-28).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<ExtraField>,
    /// Forms to fill in beforehand (PET-01).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<Form>,
}

/// A way in which a service can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// At a desk of the office.
    InPerson,
    /// The office calls (OMB-20).
    Telephone,
    /// By teleconference (OMB-20).
    Teleconference,
}

/// Whether a service wants a booking (TRN-15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BookingNeed {
    /// Only with one; who could not book is admitted on their word.
    Required,
    /// Either way.
    Preferred,
    /// Only without.
    NotOffered,
}

/// A document to bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What people call the document, in Greek and English.
    pub name: Words,
    /// As original or copy.
    pub form: DocumentForm,
    /// How many.
    pub count: u8,
}

/// In which form a document is brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentForm {
    /// The document itself.
    Original,
    /// A plain copy.
    Copy,
    /// Something of which there is neither: photographs, a stamp.
    AsItIs,
}

/// One stage of releasing times: from so many days ahead on, a further share of the day's times can be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// From so many local days before the day itself.
    pub days_ahead: u16,
    /// So many of a hundred times.
    pub percent: u8,
}
