//! Agents: invited by an administrator (TRN-08), they book in their own name, or for a citizen who confirms it (TRN-07).

pub mod entrusted;
pub mod home;
pub mod list;
pub mod login;
pub mod mobile;
pub mod password;
pub mod session;
