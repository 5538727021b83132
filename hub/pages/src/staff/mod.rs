//! The clerk's pages.

pub mod account;
pub mod address;
pub mod bookings;
pub mod calendar_line;
pub mod card;
pub mod closures;
pub mod desk;
pub mod desk_view;
pub mod desks;
pub mod document;
pub mod handover;
pub mod hours;
pub mod house;
pub mod lock;
pub mod login;
pub mod new_password;
pub mod passkey_words;
pub mod passkeys;
pub mod set_up;
pub mod signed;
pub mod step;
pub mod step_pass;
pub mod touched;
pub mod view;
