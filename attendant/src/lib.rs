//! The kiosk without its window: who attends to the citizen, what hangs on the kiosk, and what its tickets say.

mod attendant;
mod deputy;
mod equipment;
mod hub;
mod kiosk;
mod listening;
mod paper_roll;
mod shared;
mod sources;
mod ticket_words;
pub mod trial;

pub use attendant::{Attendant, Touches};
pub use deputy::{Deputy, DeputyErrand};
pub use equipment::Peripherals;
pub use hub::HubContact;
pub use kiosk::{Kiosk, MachineSetting};
pub use listening::Listener;
pub use paper_roll::PaperRoll;
pub use shared::{PATIENT, SharedAttendant};
pub use ticket_words::{TicketPrint, bytes};
