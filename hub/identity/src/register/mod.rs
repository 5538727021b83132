//! The register of staff: whether somebody who signed in is a public employee, asked of another office over HTTP (PRE-03).

mod answer;
mod asking;
mod config;

pub use answer::{RegisterAnswer, RegisterVerdict};
pub use asking::{RegisterQuestion, StaffRegister};
pub use config::RegisterConfig;
