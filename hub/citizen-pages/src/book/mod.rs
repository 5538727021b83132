//! Booking: address, link, service, way, time, details, consent; one page one file.

pub mod address;
pub mod confirm;
pub mod details;
pub mod hold;
pub mod proven;
pub mod review;
pub mod service;
pub mod start;
pub mod times;
