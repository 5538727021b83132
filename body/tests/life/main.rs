//! The lives of accounts, requests and conferences, as stories of their days.

#![expect(clippy::unwrap_used, reason = "tests: an absence is a failure")]

mod accounts;
mod cases;
mod conferences;
mod configuration;
mod extremes;
mod golden;
mod meetings;
mod properties;
mod roles;
mod script;
mod switches;
mod town;
