//! The pages of citizens and of agents, who book for them.

mod accessibility;
mod agent;
mod book;
mod booking;
mod conferences;
mod coordination;
mod front;
mod member;
mod open_figures;
mod order;
mod privacy;
mod protection;
mod published;
mod requests;
mod routes;
mod rules_said;
mod visit;
mod visit_feedback;

pub use routes::{page_actions, router};
