//! The rules of an office: one office is one state machine, and it is pure.
//!
//! [`decide`] says what follows from a command, or why nothing does; [`apply`] makes it so; [`next_due`] says when time
//! itself has something to do. There is no I/O here, no clock, no randomness: the same journal gives the same office on
//! every machine (`design.md` 2).

mod apply;
mod bounds;
pub mod calendar;
mod command;
mod config;
mod decide;
mod event;
mod ids;
mod life;
mod mailing;
pub mod order;
pub mod outlook;
pub mod provision;
mod reason;
mod refusal;
pub mod slots;
mod state;

pub use apply::apply;
pub use bounds::check_calendar;
pub use command::{AwayArrival, AwayCame, AwayTold, Command, ResumeWhen, TimeWish, TransferTarget};
pub use config::{
    BookingNeed, Calendar, Channel, Clerk, Closure, ConfigFault, ConfigProblem, Desk, Direction, Document,
    DocumentForm, EarlyClose, Enforcement, ExtraField, FieldKind, Form, GeoPoint, Group, Hours, HoursChange, LETTERS,
    ListedReason, LocalHoliday, NoPlace, OfficeConfig, OnlineRules, OrderMode, Release, Requirement, Rule, Rules,
    RulesPhase, Service, Shift, Targets, WeeklySpan,
};
pub use decide::{decide, decide_in_doubt, next_due, next_due_in_doubt};
pub use event::{BookingEvent, DeskEvent, Event, EventKind, HouseEvent, RankReason, VisitEvent};
pub use ids::{
    AddressId, AgentId, BookingId, CallId, ClerkId, DeskId, KioskId, NoTicketNumber, NoteId, PersonId, PublicId,
    ReasonId, Reference, ServiceId, TicketNumber, VisitId,
};
pub use life::bookings::changeable_until;
pub use mailing::{LaterMail, Mail, MailKind, mails};
pub use reason::{CallRight, Nobody, OverrideReason, Reason, WaitAtStake, Weighing};
pub use refusal::Refusal;
pub use state::{
    Audience, Booking, BookingLife, BreakReason, Call, CancelledBy, Claim, Cooling, CorrectedBy, Correction,
    CorrectionMeans, CorrectionState, Day, DayTally, DeskProof, DeskSpan, DeskState, DocumentState, EarlierTime,
    FadingShare, FillerKind, FirstChoice, HELP_CALLS_MAX, HELP_RINGS_MINUTES, HandInConflict, HandInNote, HelpCall,
    Learnt, LearntSpread, MovedBy, NumberBlock, NumberLease, Office, OpenDesk, Origin, Outage, Outcome, Overtaking,
    Party, Period, PeriodKind, Promise, Rank, RecentValues, Suspension, SuspensionScope, ToldWait, ToldWaits, Visit,
    VisitState, VoidReason,
};
pub use vocabulary::{
    Assurance, CivilDate, CivilInstant, CivilMoment, CivilTime, Language, LateChoice, Level, Needs, Pictogram, Words,
    civil, strict,
};
