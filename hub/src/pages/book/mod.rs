//! Booking: address, link, service, time, details, consent; one page one file.

pub mod address;
pub mod confirm;
pub mod details;
pub mod guard;
pub mod hold;
pub mod proven;
pub mod service;
pub mod start;
pub mod times;
