//! The pages of administrators.

mod agents;
mod audit;
mod clerk;
mod clerks;
mod devices;
mod health;
mod journal;
mod levels;
mod looks;
mod office;
mod outbox;
mod people;
mod routes;
mod texts;
mod ticket_preview;

pub use routes::router;
