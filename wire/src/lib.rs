//! What hub and devices say to each other: serde types, and the resume rule of the feed. Nothing else.
//!
//! The hub and every device link this crate, and so do the end-to-end stories. It knows no rule of an office: the hub
//! turns `office`'s answers into these types. Times are UTC instants; a reader shows them in the office's zone.

mod answer;
mod board;
mod booking_code;
mod desk;
mod emblem;
mod fault;
mod feed;
mod floor;
mod greeting;
mod hand_in;
mod help;
mod kiosk;
mod minutes;
mod octets;
mod pairing;
mod problem;
mod provisions;
mod receipt_code;
mod shown;
mod suspension;
mod visit;

pub use answer::{
    CallAnswer, CallReason, CallRequest, CheckInAnswer, CheckInRequest, FixTimeRequest, RebookingAnswer,
    RebookingQuery, RebookingRequest, RebookingTimes, SessionAnswer, SessionRequest, Slot, SlotsAnswer, Standing,
    TicketAnswer, TicketRequest, WishRequest,
};
pub use board::{BoardCall, BoardView, Upcoming};
pub use booking_code::{BookingCode, BookingCodeError, CODE_ALPHABET, REFERENCE_CHARACTERS};
pub use desk::{Arrow, DeskLabel};
pub use emblem::{EMBLEM_DOTS_ROWS_MAX, EMBLEM_DOTS_WIDTH_MAX, EmblemDots, NoDots, OfficeEmblem};
pub use fault::{DeviceFault, FaultReport};
pub use feed::{FeedClock, FeedId, FeedIdError, SeenCalls};
pub use floor::{FloorDesk, FloorDeskState, FloorHelp, FloorView, FloorVisit, FloorVisitState, Remote};
pub use greeting::{DeviceStanding, GREETING_SCHEME, GreetingAnswer, HubEncounter};
pub use hand_in::{HandIn, HandInAnswer, HandInKind, KioskWord, LeaseAnswer, LeaseRequest, NumberRange};
pub use help::{HelpNote, HelpRing};
pub use kiosk::{Availability, KioskDocument, KioskService, KioskView, OfficeState};
pub use minutes::MinuteRange;
pub use octets::{CertificateBytes, NoOctets, Octets};
pub use pairing::{DeviceKind, HubCard, OpeningAnswer, PairingAnswer, PairingOpening, PairingOutcome, PairingRequest};
pub use problem::{Problem, ProblemCode};
pub use provisions::{Afterwards, LastTicket, ProvidedBooking, ProvidedDay, ProvidedState, Provisions, TicketHours};
pub use receipt_code::{ReceiptCode, ReceiptCodeError};
pub use shown::{BoardEcho, ShownCall};
pub use suspension::SuspensionNote;
pub use visit::{VisitStage, VisitView};
pub use vocabulary::{
    CivilDate, CivilInstant, CivilMoment, CivilTime, Language, LateChoice, Needs, NoCivilTime, Pictogram, RepeatedHour,
    Words, civil,
};

/// Header that names a command, so that sending it again does nothing twice (PROM-09). Its value is a UUID.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// A reader of a feed that has seen nothing, not even a heartbeat, for so long is cut off and says so.
pub const STALE_AFTER_SECONDS: u64 = 5;

/// The hub writes a heartbeat comment into an otherwise silent feed this often; twice within [`STALE_AFTER_SECONDS`].
pub const HEARTBEAT_SECONDS: u64 = 2;
