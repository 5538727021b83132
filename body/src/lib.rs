//! The rules of a body (φορέας): who may do what, what a level of identity opens, how a level comes and goes, the life of a
//! request from its protocol number to its end, who becomes a coordinator, conferences, and the meetings of collective bodies. It is pure, as `office` is.
//!
//! Each stretch of life has a `decide`, which says what follows from a command, or why nothing does, and an `apply`, which
//! makes it so. There is no I/O here, no clock, no randomness. Nothing personal is in an event: accounts and requests are
//! numbers, and what people wrote is named by a [`WordsId`], whose row can be erased without touching a journal.

pub mod access;
pub mod account;
pub mod case;
pub mod conference;
mod config;
pub mod deadline;
mod event;
pub mod grant;
mod ids;
pub mod meeting;
mod papers;
pub mod protocol;
pub mod records;
pub mod role_request;
mod spot;
pub mod switches;
pub mod units;

pub use access::{AccessStep, Admission, Asker, IdentityDemand};
pub use account::{
    AccountCommand, AccountContext, AccountEvent, AccountLife, AccountStanding, AccountStep, AnonymiseReason, BWish,
    Certificate, DeskHelp, FirstLook, OpenedBy, StandingRefusal,
};
pub use case::{
    ADDITIONS_MAX, Case, CaseClock, CaseCommand, CaseContext, CaseEnd, CaseEvent, CasePhase, CaseRefusal, CaseStep,
    CloseReason, NoResultWay, ResultWay, STEPS_MAX, StoppedClock,
};
pub use conference::{
    AnswerGiven, Conference, ConferenceArrival, ConferenceCommand, ConferenceContext, ConferenceDoor, ConferenceEvent,
    ConferencePhase, ConferenceRefusal, ConferenceRules, ConferenceSpan, ConferenceStep, MaintenanceWindow,
    OccupiedSpan, Participant, SeriesFlaw, SeriesPace, SeriesWish,
    upkeep::{AnnouncedWindows, UpkeepCommand, UpkeepContext, UpkeepEvent, UpkeepRefusal, UpkeepStep},
};
pub use config::{
    BodyConfig, BodyFault, BodyProblem, Category, CertificationRules, FILE_MIB_MAX, FILES_MAX, ProtocolSource,
    REOPEN_DAYS, RETENTION_YEARS, ReadyAnswer, ResultForm, ServiceName, Unit,
};
pub use deadline::Term;
pub use event::Doer;
pub use grant::{Action, ActionPlace, Grant, GrantScope, Role, ScopeKind};
pub use ids::{
    AccountId, CaseId, CategoryId, ConferenceId, ConferenceSeriesId, ListId, MaintenanceId, OfficeId, OfficeMoment,
    ParticipantId, RoleRequestId, UnitId, WordsId,
};
pub use meeting::{
    Ballot, Meeting, MeetingCall, MeetingCommand, MeetingContext, MeetingEvent, MeetingMember, MeetingMinutes,
    MeetingPlan, MeetingRefusal, MeetingStep, MemberPost, NoTextDigest, Passage, PresenceSpan, Quorum, RollEntry,
    TextDigest, VoteCount, VoteRecord,
};
pub use papers::{CertifiedField, IdentityPaper, LastThree, NoLastThree, NoPaperKind, PaperKind, Proof};
pub use protocol::{NoOutsideNumber, OutsideNumber, OwnNumber, ProtocolNumber, ProtocolSeries, SeriesKind};
pub use records::{RecordsAdmission, RecordsRules, SessionFooting};
pub use role_request::{
    CoordinatorPost, RoleRequest, RoleRequestCommand, RoleRequestContext, RoleRequestEvent, RoleRequestPhase,
    RoleRequestRefusal, RoleRequestStep,
};
pub use spot::{Spot, SpotFlaw};
pub use switches::{
    LevelSubject, LevelSwitches, NoLevelSubject, SwitchCommand, SwitchEvent, SwitchRefusal, SwitchStep,
};
pub use units::{MadeUnits, UnitContext, UnitEvent, UnitRefusal, UnitStep};
