//! What is asked of the hub, and what it answers.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vocabulary::{Language, LateChoice, Needs, Words};

use crate::{desk::DeskLabel, minutes::MinuteRange, suspension::SuspensionNote};

/// `POST …/tickets`: a walk-in wants a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TicketRequest {
    /// The service's key.
    pub service: String,
    /// The language for ticket and call.
    #[serde(default)]
    pub language: Language,
    /// Whether priority service was asked for (FLD-27). The ground is never asked.
    #[serde(default)]
    pub priority: bool,
    /// Says on their word that they could not book (TRN-15).
    #[serde(default)]
    pub could_not_book: bool,
    /// How many persons come together; 1 unless said (FLD-32).
    #[serde(default = "one")]
    pub persons: u8,
    /// How many cases; 1 unless said (FLD-32).
    #[serde(default = "one")]
    pub cases: u8,
    /// What they need (FLD-34).
    #[serde(default, skip_serializing_if = "Needs::are_none")]
    pub needs: Needs,
}

impl TicketRequest {
    /// A number for one person with one case, who asks for nothing besides.
    #[must_use]
    pub fn new(service: impl Into<String>) -> Self {
        Self {
            service: service.into(),
            language: Language::default(),
            priority: false,
            could_not_book: false,
            persons: one(),
            cases: one(),
            needs: Needs::default(),
        }
    }
}

const fn one() -> u8 {
    1
}

/// A ticket was given: what is printed, shown and kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TicketAnswer {
    /// Opaque id of the visit's own page and of later calls about it.
    pub visit: Uuid,
    /// The number, e.g. `A042`.
    pub number: String,
    /// The service's name.
    pub service: Words,
    /// When the number was given.
    #[serde(with = "vocabulary::civil::instant")]
    pub at: DateTime<Utc>,
    /// The promised time, for a booked visit.
    #[serde(with = "vocabulary::civil::some_instant", default)]
    pub booked_for: Option<DateTime<Utc>>,
    /// Visits that will probably be called before this one.
    pub people_ahead: u32,
    /// How long the wait is expected to be.
    pub expected_wait: Option<MinuteRange>,
    /// For a walk-in to whom it is offered as a fixed time: when the first gap that fits is expected (TRN-06).
    #[serde(with = "vocabulary::civil::some_instant", default)]
    pub first_gap_at: Option<DateTime<Utc>>,
    /// Where to wait.
    pub wait_where: Words,
    /// The address of the citizen's own page, for the ticket's QR code.
    pub page: String,
    /// The language for ticket and call.
    pub language: Language,
    /// Whether it is given in a rehearsal, and good for nothing; the ticket says so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rehearsal: bool,
    /// Whether the kiosk gave it by itself, without the hub: then nobody knows the place in the line.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub local: bool,
}

/// `POST …/visits/{visit}/wishes`: whoever has a number says more about themselves; what is left out stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WishRequest {
    /// Whether they may be called before their time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub early: Option<bool>,
    /// Whether priority service is asked for (FLD-27). The ground is never asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<bool>,
    /// What they need (FLD-34).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<Needs>,
}

/// `POST …/visits/{visit}/time`: a walk-in takes a gap of today as a fixed time (TRN-06). The answer is a
/// [`TicketAnswer`] with the same number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FixTimeRequest {
    /// The time of the gap that is taken.
    #[serde(with = "vocabulary::civil::instant")]
    pub start: DateTime<Utc>,
}

/// `POST …/check-ins`: somebody with a booking is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckInRequest {
    /// The code as it was scanned or typed.
    pub code: String,
    /// The language for ticket and call; the booking's own unless said.
    #[serde(default)]
    pub language: Option<Language>,
    /// The choice, if the hub asked for one with `late-choice-needed`.
    #[serde(default)]
    pub late: Option<LateChoice>,
}

/// `POST …/check-ins` went well. Checking in twice gives the same ticket again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckInAnswer {
    /// How the arrival stands to the promised time.
    pub standing: Standing,
    /// The number with which they are called.
    pub ticket: TicketAnswer,
    /// Whether this booking was already checked in; nothing new happened then.
    pub again: bool,
}

/// `POST …/rebookings/times`: somebody late with this code looks for another time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RebookingQuery {
    /// The code as it was scanned or typed.
    pub code: String,
}

/// The times that somebody with a code can have instead; earliest first, and no more than a kiosk shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RebookingTimes {
    /// The service's name.
    pub service: Words,
    /// The times.
    pub slots: Vec<Slot>,
}

/// `POST …/rebookings`: the booking with this code gets another time; the old one is given up in the same decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RebookingRequest {
    /// The code as it was scanned or typed.
    pub code: String,
    /// The new time.
    #[serde(with = "vocabulary::civil::instant")]
    pub start: DateTime<Utc>,
    /// The language of the slip; the booking's own unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

/// A booking with its new time, as the slip says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RebookingAnswer {
    /// The service's name.
    pub service: Words,
    /// The new time.
    #[serde(with = "vocabulary::civil::instant")]
    pub start: DateTime<Utc>,
    /// When it was given.
    #[serde(with = "vocabulary::civil::instant")]
    pub at: DateTime<Utc>,
    /// What the person types at the next check-in.
    pub reference: String,
    /// What the slip's QR code holds.
    pub code: String,
    /// The language of the slip.
    pub language: Language,
}

/// How an arrival stands to the promised time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Well before it.
    Early,
    /// In time, or within the grace, or the office itself has not yet come so far (TRN-03).
    InTime,
    /// Too late to keep the place: waits for a gap.
    LateInGaps,
    /// Too late to keep the place: served after the booked citizens (TRN-05).
    LateEndOfDay,
}

/// `POST …/desks/{desk}/calls`: who is next?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CallRequest {
    /// The visit that the desk holds as the caller believes; another one there refuses the call, so that "next" pressed
    /// twice calls once.
    #[serde(default)]
    pub holds: Option<Uuid>,
    /// Finish the visit that is being served, as done, and call the next in one press.
    #[serde(default)]
    pub finish: bool,
}

/// Somebody was called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CallAnswer {
    /// The call's id, as on the board.
    pub call: u64,
    /// The visit that was called.
    pub visit: Uuid,
    /// The number on their ticket.
    pub number: String,
    /// Where it was called to.
    pub desk: DeskLabel,
    /// The moment of the call, by the hub's clock.
    #[serde(with = "vocabulary::civil::instant")]
    pub at: DateTime<Utc>,
    /// Why this one, in words for staff (NEW-01).
    pub reason: CallReason,
}

/// Why a visit was next: a stable code, and the sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CallReason {
    /// Stable code, e.g. `booked-and-due`.
    pub code: String,
    /// The sentence.
    pub words: Words,
}

/// One time that can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Slot {
    /// When it begins.
    #[serde(with = "vocabulary::civil::instant")]
    pub start: DateTime<Utc>,
    /// Its length.
    pub minutes: u16,
}

/// `GET …/slots?service=KEY&from=DATE&days=N`: the times that can be had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlotsAnswer {
    /// The service's key.
    pub service: String,
    /// IANA name of the office's zone.
    pub zone: String,
    /// Earliest first.
    pub slots: Vec<Slot>,
    /// The service is suspended (FLD-30): there are no times before it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspended: Option<SuspensionNote>,
}

/// `POST /api/v1/sessions`: a member of staff signs in for the API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SessionRequest {
    /// The login name.
    pub name: String,
    /// The password that belongs to the name.
    pub password: String,
    /// A code of the second factor, or a recovery code, for who has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// The token for `Authorization: Bearer`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionAnswer {
    /// Shown once; the hub keeps a hash of it.
    pub token: String,
    /// Good until then.
    #[serde(with = "vocabulary::civil::instant")]
    pub expires_at: DateTime<Utc>,
}
