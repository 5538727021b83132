//! What an office asks of people who book online, when it reminds them, and how long it keeps what they said.

use serde::{Deserialize, Serialize};

use crate::Text;

/// Booking online, as an office wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OnlineRules {
    /// Whether a mobile number is asked for (OMB-09); for somebody else, and for a telephone appointment's caller, the
    /// pages know better.
    pub phone: Asked,
    /// Whether a postal address is asked for (OMB-09).
    pub postal_address: Asked,
    /// Whether the number of an identity card or a passport is asked for (OMB-09); never required.
    pub identity: Asked,
    /// A reminder goes out so many local days before the booked day, one for each number (FLD-13).
    pub reminder_days_before: Vec<u8>,
    /// At this hour of the office's clock.
    pub reminder_hour: u8,
    /// Personal data is erased so many days after the visit (FLD-23).
    pub personal_data_days: u16,
    /// An address that was given and never used for a booking is erased after so many hours (FLD-23).
    pub unconfirmed_hours: u16,
}

impl Default for OnlineRules {
    fn default() -> Self {
        Self {
            phone: Asked::Required,
            postal_address: Asked::Required,
            identity: Asked::Optional,
            reminder_days_before: vec![1],
            reminder_hour: 10,
            personal_data_days: 30,
            unconfirmed_hours: 24,
        }
    }
}

impl OnlineRules {
    /// Whether nothing differs from what the house proposes; an old journal has no word about it.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// Whether something is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asked {
    /// Nobody books without it.
    Required,
    /// Who likes may give it.
    Optional,
    /// It is not asked for.
    No,
}

/// A field of a service's own (FLD-28).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtraField {
    /// Its name in forms and in what is kept: small Latin letters, digits and hyphens.
    pub key: String,
    /// Its label.
    pub label: Text,
    /// What helps to fill it in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    /// What may stand in it.
    #[serde(default)]
    pub kind: FieldKind,
    /// Nobody books without it.
    #[serde(default)]
    pub required: bool,
    /// The answers to choose from; only where `kind` is `choice`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Text>,
}

/// What may stand in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// A line of text, 200 characters at most.
    #[default]
    Line,
    /// Several lines, 2,000 characters at most.
    Lines,
    /// Digits alone, 20 at most.
    Digits,
    /// A day, year first.
    Date,
    /// One of the given answers.
    Choice,
}

/// A form to fill in beforehand (PET-01).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Its name.
    pub name: Text,
    /// Where it is had: an address that begins with `https://`.
    pub url: String,
}
