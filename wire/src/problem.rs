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
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub at: Option<chrono::DateTime<chrono::Utc>>,
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
    NotAllowed,
    NotFound,
    MethodNotAllowed,
    CommandReused,
    TooManyRequests,
    StorageFull,
    Unavailable,
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
