//! Citizens with an account: they register and activate it (PET-03), and what is theirs stands on pages of their own.

pub mod activate;
mod bookings;
pub mod data;
pub mod details;
pub mod home;
pub mod join;
pub mod level;
pub mod own;
pub mod records;
pub mod register;
pub mod role;
