//! What staff see: every desk, and everybody who waits. Ids only; a person's card is a request of its own (FLD-22).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use vocabulary::{Needs, Words};

use crate::{answer::CallReason, kiosk::OfficeState};

/// The whole floor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FloorView {
    /// The office's name.
    pub office: Words,
    /// IANA name of the office's zone.
    pub zone: String,
    /// Whether the office serves now.
    pub state: OfficeState,
    /// The desks, by number.
    pub desks: Vec<FloorDesk>,
    /// Everybody in the house whose visit is not over, in the order in which they are expected to be called.
    pub visits: Vec<FloorVisit>,
    /// Faults that staff must know: a printer without paper, a visit that no open desk serves.
    pub alarms: Vec<Words>,
    /// Those who ring for help at a kiosk, the longest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub help: Vec<FloorHelp>,
}

/// Somebody who rings for help at a kiosk, or a clerk in an emergency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FloorHelp {
    /// The id that the kiosk drew for the ring, by which staff answer it.
    pub ring: Uuid,
    /// What administrators call the kiosk.
    pub place: String,
    /// The desk whose clerk is in an emergency (FLD-18); none for a kiosk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desk: Option<u16>,
    /// The moment at which somebody rang.
    #[serde(with = "vocabulary::civil::instant")]
    pub since: DateTime<Utc>,
    /// The number of the account that goes there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<u32>,
}

/// A desk, as pages of staff show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FloorDesk {
    /// The number over the desk.
    pub number: u16,
    /// What it does now.
    pub state: FloorDeskState,
    /// The visit that it holds.
    pub holds: Option<Uuid>,
    /// The booked visit for which interrupting the one that it holds is proposed now (TRN-13).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interrupt_for: Option<Uuid>,
}

/// What a desk does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum FloorDeskState {
    /// Nobody serves there.
    Closed,
    /// It serves, or waits for somebody.
    Open,
    /// On a break.
    Break {
        /// Its stated end.
        #[serde(with = "vocabulary::civil::some_instant", default)]
        until: Option<DateTime<Utc>>,
    },
}

/// A visit, for staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FloorVisit {
    /// Its id.
    pub visit: Uuid,
    /// The number on their ticket.
    pub number: String,
    /// The service's key.
    pub service: String,
    /// The service's name.
    pub service_name: Words,
    /// When the person came.
    #[serde(with = "vocabulary::civil::instant")]
    pub arrived_at: DateTime<Utc>,
    /// The promised time, for a booked visit.
    #[serde(with = "vocabulary::civil::some_instant", default)]
    pub booked_for: Option<DateTime<Utc>>,
    /// Planned length.
    pub planned_minutes: u16,
    /// Whether it is served by priority; seen by staff alone (FLD-27).
    pub priority: bool,
    /// Where it stands.
    pub state: FloorVisitState,
    /// What they need; seen by staff alone (FLD-34).
    #[serde(default, skip_serializing_if = "Needs::are_none")]
    pub needs: Needs,
    /// Whether a note is to be read before the call (FLD-05).
    pub note: bool,
    /// Why it was called, for the visit that a desk holds.
    pub reason: Option<CallReason>,
    /// By telephone or teleconference: due at its time, and never in the room (OMB-20).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remote: Option<Remote>,
}

/// Somebody who is called instead of coming.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Remote {
    /// By teleconference, and not by telephone.
    pub by_video: bool,
    /// Attempts so far that reached nobody.
    pub attempts: u8,
    /// After so many it is a no-show.
    pub attempts_max: u8,
}

/// Where a visit stands, for staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum FloorVisitState {
    /// Waits since.
    Waiting {
        /// When this wait began.
        #[serde(with = "vocabulary::civil::instant")]
        since: DateTime<Utc>,
    },
    /// Called to a desk.
    Called {
        /// Where to.
        desk: u16,
        /// When it was called last.
        #[serde(with = "vocabulary::civil::instant")]
        at: DateTime<Utc>,
        /// How often the call was repeated.
        recalls: u8,
    },
    /// Being served.
    Serving {
        /// The number of the desk.
        desk: u16,
        /// The moment at which serving began.
        #[serde(with = "vocabulary::civil::instant")]
        since: DateTime<Utc>,
    },
    /// Parked by a desk (FLD-03).
    Parked {
        /// By which.
        desk: u16,
        /// The moment at which they were parked.
        #[serde(with = "vocabulary::civil::instant")]
        since: DateTime<Utc>,
    },
    /// Interrupted; waits for the next gap (TRN-13).
    Interrupted {
        /// At which desk.
        desk: u16,
        /// The moment at which serving was interrupted.
        #[serde(with = "vocabulary::civil::instant")]
        since: DateTime<Utc>,
    },
    /// Did not appear; may still come back (FLD-04).
    NoShow {
        /// The moment at which they were given up.
        #[serde(with = "vocabulary::civil::instant")]
        since: DateTime<Utc>,
    },
}
