//! What a citizen sees of their own visit, behind the ticket's QR code.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use vocabulary::Words;

use crate::{desk::DeskLabel, minutes::MinuteRange, suspension::SuspensionNote};

/// One visit, for the citizen alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VisitView {
    /// The office's name.
    pub office: Words,
    /// IANA name of the office's zone.
    pub zone: String,
    /// The ticket's number.
    pub number: String,
    /// The service's name.
    pub service: Words,
    /// The promised time, for a booked visit.
    #[serde(with = "vocabulary::civil::some_instant", default)]
    pub booked_for: Option<DateTime<Utc>>,
    /// Where the visit stands.
    pub stage: VisitStage,
}

/// Where a visit stands, in the citizen's terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum VisitStage {
    /// They wait to be called.
    Waiting {
        /// Visits that will probably be called before.
        people_ahead: u32,
        /// How long the wait is expected to be.
        expected_wait: Option<MinuteRange>,
        /// Today will not reach them (FLD-35): another time is offered first.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        out_of_reach: bool,
        /// What they came for is suspended (FLD-30); they keep their place.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        suspended: Option<SuspensionNote>,
    },
    /// Called: go to the desk now.
    Called {
        /// Where to.
        desk: DeskLabel,
        /// The moment of the call, by the hub's clock.
        #[serde(with = "vocabulary::civil::instant")]
        at: DateTime<Utc>,
    },
    /// Being served.
    Serving {
        /// The desk that serves them.
        desk: DeskLabel,
    },
    /// Asked to come back: parked, or interrupted.
    OnHold,
    /// They were served.
    Finished,
    /// Called, and did not appear.
    NoShow,
    /// Left of their own accord.
    Left,
    /// Closing time came first; an offer follows.
    Unserved,
}
