//! The bodies that `POST …/desks/{desk}/{action}` takes, one for each kind of action.

use office::{BreakReason, CivilInstant, DeskStep, DocumentState, Outcome, OverrideReason, ResumeWhen};
use serde::Deserialize;
use uuid::Uuid;

/// The visit that an action is about.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfVisit {
    /// The visit's opaque id.
    pub visit: Uuid,
}

/// What is said when a desk opens.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeskOpening {
    /// End of the clerk's hours, if not as configured.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(default)]
    pub until: Option<CivilInstant>,
}

/// What is said when a clerk goes on a break.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeskBreak {
    /// `rest`, `back-office` or `technical`.
    #[schema(value_type = String)]
    #[serde(default = "rest")]
    pub because: BreakReason,
    /// Its stated end.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(default)]
    pub until: Option<CivilInstant>,
}

const fn rest() -> BreakReason {
    BreakReason::Rest
}

/// Undoing what was done last at the desk, within ten seconds.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoneStep {
    /// `call`, `finish`, `no-show`, `park`, `transfer` or `break`.
    #[schema(value_type = String)]
    pub step: DeskStep,
    /// The visit that it was about; a break is about none.
    #[serde(default)]
    pub visit: Option<Uuid>,
}

/// Calling by itself.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeskReady {
    /// On or off.
    pub ready: bool,
}

/// Calling somebody out of order.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChosenCall {
    /// The visit that the desk holds, as the caller believes.
    #[serde(default)]
    pub holds: Option<Uuid>,
    /// The visit's opaque id.
    pub visit: Uuid,
    /// The reason for going out of order.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub because: Option<OverrideReason>,
    /// The reason in the clerk's own words.
    #[serde(default)]
    pub note: Option<String>,
}

/// The next call after reading a note.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallAfterNote {
    /// The visit that the desk holds, as the caller believes.
    #[serde(default)]
    pub holds: Option<Uuid>,
    /// The visit whose note was read.
    pub note_read: Uuid,
    /// Finish the visit in hand in the same press.
    #[serde(default)]
    pub finish: bool,
}

/// What is said when somebody makes room for a booked citizen.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Interruption {
    /// The visit's opaque id.
    pub visit: Uuid,
    /// `next-gap` or `end-of-day`.
    #[schema(value_type = String)]
    #[serde(default = "next_gap")]
    pub resume: ResumeWhen,
    /// Only this desk should go on.
    #[serde(default)]
    pub same_desk: bool,
}

const fn next_gap() -> ResumeWhen {
    ResumeWhen::NextGap
}

/// Sending elsewhere: to a service or to a desk.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitTransfer {
    /// The visit's opaque id.
    pub visit: Uuid,
    /// Any desk that serves this.
    #[serde(default)]
    pub service: Option<String>,
    /// This desk alone.
    #[serde(default)]
    pub desk: Option<u16>,
    /// Put first there, for this reason.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub first_in_line: Option<OverrideReason>,
}

/// The end of a visit.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitFinish {
    /// The visit's opaque id.
    pub visit: Uuid,
    /// `done`, `not-possible` or `documents-missing`.
    #[schema(value_type = String)]
    #[serde(default = "done")]
    pub outcome: Outcome,
    /// The services delivered; the visit's own once, if empty.
    #[serde(default)]
    pub delivered: Vec<DeliveredService>,
}

const fn done() -> Outcome {
    Outcome::Done
}

/// A service that was delivered.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliveredService {
    /// The service's key.
    pub service: String,
    /// How often it was delivered.
    pub count: u8,
}

/// Somebody came to the desk directly.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DirectVisit {
    /// The visit that the desk holds, as the caller believes.
    #[serde(default)]
    pub holds: Option<Uuid>,
    /// The service's key.
    pub service: String,
}

/// What was shown at the desk (OMB-17).
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShownAtDesk {
    /// The visit of who showed it.
    pub visit: Uuid,
    /// An identity card or a passport.
    #[serde(default)]
    pub identity: bool,
    /// A proof of representation.
    #[serde(default)]
    pub representation: bool,
    /// `unseen`, `complete`, `missing` or `waived`.
    #[schema(value_type = String)]
    #[serde(default)]
    pub papers: DocumentState,
    /// Why documents are waived; needed then.
    #[serde(default)]
    pub note: Option<String>,
}

/// A visit that was served on paper.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutageVisit {
    /// The service's key.
    pub service: String,
    /// The number in their hand, if a kiosk had given them one while the hub was away.
    #[serde(default)]
    pub number: Option<String>,
    /// When they came.
    #[schema(value_type = String, format = DateTime)]
    pub arrived_at: CivilInstant,
    /// When serving began.
    #[schema(value_type = String, format = DateTime)]
    pub served_from: CivilInstant,
    /// When it ended.
    #[schema(value_type = String, format = DateTime)]
    pub served_to: CivilInstant,
    /// How it ended: `done`, `not-possible` or `documents-missing`; nobody but who was there knows.
    #[schema(value_type = String)]
    pub outcome: Outcome,
}
