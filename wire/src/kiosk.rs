//! What the kiosk offers, and whether the office is open.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use vocabulary::{Pictogram, Words};

use crate::{help::HelpNote, minutes::MinuteRange};

/// Everything that a kiosk shows without asking the hub.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KioskView {
    /// The office's name.
    pub office: Words,
    /// IANA name of the office's zone.
    pub zone: String,
    /// Whether the office gives tickets now.
    pub state: OfficeState,
    /// The services, in the office's order.
    pub services: Vec<KioskService>,
    /// By how many minutes somebody without a booking could delay a booked citizen. It acts no more; `promise` says what holds.
    pub booked_delay_max_minutes: u16,
    /// Whether late arrivals also take part in the gaps (TRN-05); the kiosk says which rule holds.
    pub late_in_gaps: bool,
    /// Sentences for those who come in.
    pub notices: Vec<Words>,
    /// Where citizens book, at the address by which they reach the hub; empty from a hub that does not say so.
    #[serde(default)]
    pub booking_page: String,
    /// What the office promises about waiting, in a sentence that its rules make.
    #[serde(default, skip_serializing_if = "Words::are_none")]
    pub promise: Words,
    /// The office's published grounds of priority service (FLD-27).
    #[serde(default, skip_serializing_if = "Words::are_none")]
    pub priority_grounds: Words,
    /// When people are served, a line for the days that have the same hours.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Words>,
    /// Where somebody goes to whom nobody came; empty where the office names no place.
    #[serde(default, skip_serializing_if = "Words::are_none")]
    pub help_where: Words,
    /// Those who rang for help here, and whether somebody comes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub help: Vec<HelpNote>,
}

/// A service, as somebody without a booking sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KioskService {
    /// Its key in the API.
    pub key: String,
    /// Its letter on walk-in tickets.
    pub letter: char,
    /// The group under which it is listed.
    pub group: Words,
    /// What the service is called, in both languages.
    pub name: Words,
    /// How long serving is planned to take.
    pub planned_minutes: u16,
    /// What to bring.
    pub documents: Vec<KioskDocument>,
    /// How long somebody who takes a ticket now is expected to wait.
    pub expected_wait: Option<MinuteRange>,
    /// Whether a ticket can be had now.
    pub availability: Availability,
    /// The picture by which it is found without reading.
    #[serde(default, skip_serializing_if = "Pictogram::is_usual")]
    pub pictogram: Pictogram,
    /// Whether those come to it who do not know what they need (FLD-38).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub information: bool,
}

/// A document to bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KioskDocument {
    /// What the document is called, in both languages.
    pub name: Words,
    /// Whether a copy will do.
    pub copy: bool,
    /// How many.
    pub count: u8,
}

/// Whether a walk-in can have a ticket for a service now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Availability {
    /// Yes; the first gap that fits is expected then.
    Now {
        /// When the first gap that fits is expected (TRN-06).
        #[serde(with = "vocabulary::civil::some_instant", default)]
        first_gap_at: Option<DateTime<Utc>>,
    },
    /// Only who could not book is admitted, on their word (TRN-15).
    BookingRequired,
    /// Not enough time is left today.
    NoTimeLeft,
    /// Suspended, until a time if one is known (FLD-30).
    Suspended {
        /// When it is expected back.
        #[serde(with = "vocabulary::civil::some_instant", default)]
        until: Option<DateTime<Utc>>,
    },
}

/// Whether the office serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum OfficeState {
    /// It serves, and gives tickets.
    Open {
        /// When tickets end today.
        #[serde(with = "vocabulary::civil::instant")]
        tickets_until: DateTime<Utc>,
        /// When serving ends today.
        #[serde(with = "vocabulary::civil::instant")]
        serves_until: DateTime<Utc>,
    },
    /// It is closed, or gives no more tickets today.
    Closed {
        /// When it opens next, if that is known.
        #[serde(with = "vocabulary::civil::some_instant", default)]
        opens_at: Option<DateTime<Utc>>,
        /// Why, where it is not the hour: a holiday's or closure's name.
        because: Option<Words>,
    },
    /// Giving tickets is suspended (FLD-30).
    Suspended {
        /// Until then, or until further notice.
        #[serde(with = "vocabulary::civil::some_instant", default)]
        until: Option<DateTime<Utc>>,
        /// What people are told.
        because: Option<Words>,
    },
}
