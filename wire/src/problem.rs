//! Why something was refused, as `application/problem+json` (RFC 9457).

use serde::{Deserialize, Serialize};

/// A refusal or error. `type` is stable; `detail` is a sentence for the reader, in the language of the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `urn:seira:problem:` and the code.
    pub r#type: String,
    /// The code's short name, in English, for logs.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened and what to do next, for the reader.
    pub detail: String,
    /// The code again, for programs.
    pub code: ProblemCode,
    /// A time that the sentence speaks of: the booked time, or when somebody fits.
    #[serde(with = "vocabulary::civil::some_instant", default, skip_serializing_if = "Option::is_none")]
    pub at: Option<chrono::DateTime<chrono::Utc>>,
    /// The language of whoever it is about, where a kiosk asked that knows no more than a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<vocabulary::Language>,
    /// How long the wait would be, where that helps to choose: for whoever is late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<crate::minutes::MinuteRange>,
}

/// Every reason for which the hub says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each name says it; the sentences stand in text/")]
pub enum ProblemCode {
    // The request itself.
    Malformed,
    TooLarge,
    NotSignedIn,
    SecondFactorNeeded,
    NotAllowed,
    SessionLocked,
    NotFound,
    MethodNotAllowed,
    CommandReused,
    TooManyRequests,
    StorageFull,
    Unavailable,
    InternalError,
    OfficeSetAside,
    TooFarAhead,
    TooLongAgo,
    // Booking and check-in.
    UnknownCode,
    OtherOffice,
    OtherDay,
    BookingCancelled,
    BookingVoid,
    BookingExpired,
    BookingMissed,
    LateChoiceNeeded,
    SlotTaken,
    SlotInPast,
    SlotNotOffered,
    TooManyHolds,
    TooManyBookings,
    AgentDayFull,
    AgentsShareFull,
    ChangeTooLate,
    // Tickets.
    UnknownService,
    OfficeClosed,
    TicketsClosed,
    Suspended,
    BookingRequired,
    NoTimeLeft,
    TooManyTickets,
    ResultNotReady,
    // Desks and calls.
    UnknownDesk,
    UnknownVisit,
    DeskClosed,
    DeskOnBreak,
    DeskTaken,
    DeskBusy,
    DeskHoldsAnother,
    NobodyNext,
    NoteFirst,
    NotCallable,
    NotServedHere,
    NotCalledHere,
    RecallTooSoon,
    RecallFirst,
    ReasonNeeded,
    TooLateToUndo,
    Configuration,
}

impl ProblemCode {
    /// The status of an answer that says no with this code (RFC 9110).
    #[must_use]
    pub const fn status(self) -> u16 {
        use ProblemCode as Code;
        match self {
            Code::Malformed => 400,
            Code::TooLarge => 413,
            Code::NotSignedIn | Code::SecondFactorNeeded => 401,
            Code::NotAllowed => 403,
            Code::SessionLocked => 423,
            Code::NotFound | Code::UnknownCode | Code::UnknownService | Code::UnknownDesk | Code::UnknownVisit => 404,
            Code::MethodNotAllowed => 405,
            Code::TooManyRequests => 429,
            Code::StorageFull => 507,
            Code::InternalError => 500,
            Code::Unavailable | Code::OfficeSetAside => 503,
            Code::TooFarAhead
            | Code::TooLongAgo
            | Code::SlotInPast
            | Code::SlotNotOffered
            | Code::ReasonNeeded
            | Code::Configuration => 422,
            Code::CommandReused
            | Code::OtherOffice
            | Code::OtherDay
            | Code::BookingCancelled
            | Code::BookingVoid
            | Code::BookingExpired
            | Code::BookingMissed
            | Code::LateChoiceNeeded
            | Code::SlotTaken
            | Code::TooManyHolds
            | Code::TooManyBookings
            | Code::AgentDayFull
            | Code::AgentsShareFull
            | Code::ChangeTooLate
            | Code::OfficeClosed
            | Code::TicketsClosed
            | Code::Suspended
            | Code::BookingRequired
            | Code::NoTimeLeft
            | Code::TooManyTickets
            | Code::ResultNotReady
            | Code::DeskClosed
            | Code::DeskOnBreak
            | Code::DeskTaken
            | Code::DeskBusy
            | Code::DeskHoldsAnother
            | Code::NobodyNext
            | Code::NoteFirst
            | Code::NotCallable
            | Code::NotServedHere
            | Code::NotCalledHere
            | Code::RecallTooSoon
            | Code::RecallFirst
            | Code::TooLateToUndo => 409,
        }
    }

    /// Its name on the wire, e.g. `slot-taken`.
    #[must_use]
    pub fn name(self) -> String {
        let value = serde_json::to_value(self).ok();
        value.and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    }
}
