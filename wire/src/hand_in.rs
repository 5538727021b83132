//! The numbers that a kiosk may give while its hub is away, and what it hands in when the hub is back.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vocabulary::{CivilDate, Language, Needs};

/// Numbers of one local day, under every letter of the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NumberRange {
    /// The day, in the office's zone.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub date: CivilDate,
    /// The first number.
    pub first: u16,
    /// The last number.
    pub last: u16,
}

/// `POST …/leases`: a kiosk makes ready for a time without its hub.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LeaseRequest {
    /// The numbers that it has on its disk and may give.
    pub holds: Vec<NumberRange>,
    /// Numbers that it gives no more: what was given of them is handed in.
    pub gives_back: Vec<NumberRange>,
}

/// The numbers that it was given now, beside those that it holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeaseAnswer {
    /// New numbers.
    pub granted: Vec<NumberRange>,
}

/// `POST …/hand-ins`: somebody who came while the hub was away. The visit's id is the command's too, so that each is handed in
/// once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HandIn {
    /// The id on the ticket, drawn by the kiosk.
    pub visit: Uuid,
    /// The number on it.
    pub number: String,
    /// When they came, by the hub's clock as the kiosk carried it on.
    #[serde(with = "vocabulary::civil::instant")]
    pub arrived_at: DateTime<Utc>,
    /// The language of the ticket.
    pub language: Language,
    /// The key under which the hub had been asked for the same before, and had not answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_before: Option<Uuid>,
    /// How they came.
    pub came: HandInKind,
}

/// How somebody came while the hub was away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum HandInKind {
    /// With a code.
    Booked {
        /// What names the booking in it.
        reference: String,
        /// What the kiosk told them.
        told: KioskWord,
    },
    /// Without a booking.
    WalkIn {
        /// The service's key.
        service: String,
        /// How many persons.
        persons: u8,
        /// With how many cases.
        cases: u8,
        /// Whether priority service was asked for.
        priority: bool,
        /// What they need (FLD-34).
        #[serde(default, skip_serializing_if = "Needs::are_none")]
        needs: Needs,
    },
}

/// What a kiosk told somebody with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum KioskWord {
    /// They are in time, by the time that the hub had sent.
    InTime,
    /// They are late, and are served all the same.
    Late,
    /// Nothing: only the code's own mark vouches for it.
    Nothing,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandInAnswer {
    /// The number under which they wait; none, where they do not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Whether staff have to look at it.
    pub noted: bool,
}
