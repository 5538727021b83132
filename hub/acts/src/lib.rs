//! What people and programs can do here: one file, one use case.

pub mod about_visit;
pub mod at_desk;
pub mod card;
pub mod check_in;
mod closing;
mod fault;
mod find;
pub mod held_person;
mod ledger;
mod looks;
mod note;
mod receipt;
mod refusals;
mod retention;
pub mod roll_call;
pub mod sent_document;
pub mod suspension;
pub mod take_ticket;
mod turn;
pub mod unread_note;

pub use closing::{Touched, closed, expected_within, touched};
pub use fault::Fault;
pub use find::{booking_of, service_of, visit_behind};
pub use ledger::Ledger;
pub use looks::{Look, LookKind};
pub use note::{booked_by, put_note, put_note_if_any};
pub use receipt::Receipt;
pub use refusals::refusal_in;
pub use retention::Retention;
pub use turn::{Turn, decide};
