//! The clerk's pages.

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
pub mod signed;
pub mod touched;
pub mod view;
