//! The administrator's pages.

pub mod agents;
pub mod audit;
pub mod clerk;
pub mod clerks;
pub mod devices;
pub mod health;
pub mod journal;
pub mod looks;
pub mod office;
pub mod outbox;
pub mod people;
pub mod texts;
