//! What people and programs can do here: one file, one use case.

pub mod cancel;
mod closing;
pub mod erase;
pub mod export;
mod fault;
mod find;
mod ledger;
mod looks;
mod refusals;
mod retention;
pub mod take_ticket;
mod turn;

pub use closing::{Touched, closed, expected_within, touched};
pub use fault::Fault;
pub use find::{BookingName, booking_of, booking_of_person, is_address_in_use, service_of, visit_behind};
pub use ledger::Ledger;
pub use looks::{Look, LookKind};
pub use refusals::refusal_in;
pub use retention::Retention;
pub use turn::{Turn, decide};
