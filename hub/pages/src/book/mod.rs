//! Booking: address, link, service, way, time, details, consent; one page one file.

pub mod address;
pub mod calendar;
pub mod challenge;
pub mod confirm;
pub mod details;
pub mod draft;
pub mod fields;
pub mod hold;
pub mod how;
pub mod proven;
pub mod review;
pub mod service;
pub mod start;
pub mod times;
