//! Signing in through others: the way there and back, the address that comes first, and the way out.

pub mod connect;
pub mod email;
pub mod from;
pub mod out;
mod refused;
pub mod with;
