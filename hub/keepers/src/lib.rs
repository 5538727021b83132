//! What the hub sees to by itself, though nobody asks: administrators are warned, the heads of journals signed, and official
//! numbers asked for.

mod alerts;
mod heads;
mod numbers;

pub use alerts::{Alerts, FailureCounts, alerts_of_console};
pub use heads::HeadSigner;
pub use numbers::NumberKeeper;
