//! What people and programs can do here: one file, one use case.

pub mod ask_correction;
pub mod book_for_caller;
mod calendar_edit;
pub mod cancel;
pub mod change_details;
pub mod change_hours;
pub mod close;
mod closing;
mod details;
mod fault;
mod find;
mod ledger;
mod looks;
pub mod mail_again;
pub mod mark_corrected;
pub mod mark_papers;
pub mod move_booking;
mod note;
pub mod open_again;
mod refusals;
mod retention;
pub mod take_ticket;
pub mod told_by_telephone;
mod turn;
pub mod void;

pub use calendar_edit::{CalendarEdit, calendar_name};
pub use closing::{Aftermath, Displacement, Remedy, displacements, expected_within};
pub use details::{awaits_correction, kept_details, person_of};
pub use fault::Fault;
pub use find::{booking_of, service_of, visit_behind};
pub use ledger::Ledger;
pub use looks::{Look, LookKind};
pub use note::{booked_by, put_note, put_note_if_any};
pub use refusals::refusal_in;
pub use retention::Retention;
pub use turn::{Turn, decide};
