//! The office's side of bookings: a day's list, one booking with all that can be done about it, booking for a caller.

pub mod act;
pub mod action;
pub mod call;
pub mod calls;
pub mod change;
pub mod day;
pub mod details;
pub mod known;
pub mod new;
pub mod news;
pub mod one;
pub mod search;
pub mod slip;
