//! What people and programs can do here: one file, one use case.

mod closing;
mod fault;
mod find;
mod ledger;
mod looks;
mod note;
mod refusals;
mod retention;
pub mod take_ticket;
mod turn;

pub use closing::{Touched, closed, expected_within, touched};
pub use fault::Fault;
pub use find::{booking_of, service_of, visit_behind};
pub use ledger::Ledger;
pub use looks::{Look, LookKind};
pub use note::{booked_by, put_note, put_note_if_any};
pub use refusals::refusal_in;
pub use retention::Retention;
pub use turn::{Turn, decide};
