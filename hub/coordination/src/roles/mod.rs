//! Becoming a coordinator (PRE-05, PRE-06): by request, or by invitation; and the units that coordinators make.

pub mod accept;
pub mod ask;
pub mod decide;
pub mod end;
pub mod invite;
pub mod list;
mod refusal;
mod told;
pub mod unit;
pub mod withdraw;

pub use refusal::RoleFlaw;

/// Somebody makes so many requests, at most: each is a mail to whoever decides.
pub const REQUESTS_MADE_MAX: u32 = 20;
/// A text has so many characters at most.
pub const PURPOSE_MAX: usize = 2_000;
/// The name of an organisation has so many.
pub const ORGANISATION_MAX: usize = 200;
