//! What the hub sees to by itself, though nobody asks: administrators are warned, the heads of journals signed, official numbers
//! asked for, and the figures of months sent.

mod alerts;
mod heads;
mod numbers;
mod reports;

pub use alerts::{Alerts, FailureCounts, alerts_of_console};
pub use heads::HeadSigner;
pub use numbers::NumberKeeper;
pub use reports::ReportKeeper;
