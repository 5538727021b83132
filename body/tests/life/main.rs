//! The lives of accounts and of requests, as stories of their days.

#![expect(clippy::unwrap_used, reason = "tests: an absence is a failure")]

mod accounts;
mod cases;
mod configuration;
mod extremes;
mod golden;
mod properties;
mod script;
mod switches;
mod town;
