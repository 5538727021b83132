//! The office's own file: what its administrators write, checked and turned into the rules' configuration.
mod schema;
pub use schema::read_all;
