//! The cookies by which a browser is known for what it proved: the names stand here, where all rooms of the pages find them.

/// Keeps that the password was right, until the second step is done.
pub const STEP_COOKIE: &str = "seira-step";
/// Keeps the address that was proven.
pub const PROOF_COOKIE: &str = "seira-booking";
/// Keeps as whom somebody books who is signed in and has a choice. It proves nothing.
pub const BOOKS_AS_COOKIE: &str = "seira-books-as";
/// Keeps that the code for one's own data was typed.
pub const DATA_COOKIE: &str = "seira-data";
/// Keeps the way to a provider that signs people in, until it leads back.
pub const WAY_COOKIE: &str = "seira-way";
/// Keeps who came from a provider, until they have given an address, or connected both accounts.
pub const ARRIVAL_COOKIE: &str = "seira-arrival";
/// Keeps at which provider the browser has been, so that the way out leads through it. It proves nothing.
pub const THROUGH_COOKIE: &str = "seira-through";
