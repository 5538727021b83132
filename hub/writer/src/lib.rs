//! The one writer: every change of the hub goes through its thread, many of them in one commit. Beside it stand the offices
//! as they are committed, and their time.

mod alive;
mod belief;
mod bench;
mod clock;
mod command;
mod disk;
mod due;
mod error;
mod figure_days;
mod fold;
mod follow;
mod heads;
mod job;
mod kept;
mod metrics;
mod offers;
mod offices;
mod past;
mod pulse;
mod queue;
mod report;
mod snapshots;
mod thread;
mod verify;
mod working;

pub use alive::OUTAGE_SECONDS_MIN;
pub use belief::{AGREES_WITHIN, Belief, ClockDoubt, DoubtCause};
pub use bench::Workbench;
pub use clock::Clock;
pub use command::{CommandId, CommandRefusal, Ruling};
pub use disk::{DiskHealth, DiskTrouble};
pub use due::DueBoard;
pub use error::WriteError;
pub use figure_days::{faces, facts, fill as fill_figures, renew as renew_figures};
pub use fold::{LoadedOffice, load_all};
pub use follow::{
    ACCOUNT, About, CODE, CONFERENCE, CONFERENCE_REMINDER, COORDINATOR, ConferenceMail, ConferenceNews,
    CoordinatorMail, ENTRUSTED, FIGURES, FiguresMail, INVITED, MEMBER, MOBILE_CODE, MemberMail, MemberNews, NEW_LINK,
    REQUEST, RequestMail, RequestNews, SERVED, START, copy_for_served, mails_after, whose,
};
pub use heads::{follows, verify_head};
pub use kept::{Kept, NoteMark};
pub use metrics::{Metrics, ReaderCount};
pub use offers::Offers;
pub use offices::{OfficeBreakage, OfficeGuard, OfficeHandle, Offices};
pub use past::{BookingEnd, PastBooking, fill as fill_past};
pub use pulse::{PulseFault, WriterPulse};
pub use queue::Writer;
pub use snapshots::Snapshots;
pub use thread::{WriterParts, start};
pub use verify::{VerifyReport, verify, verify_telling};
