//! The board's window: its frames, what it draws, its chime and its voice. What the board knows and shows is in `board`.

pub mod arguments;
mod chime;
pub mod config;
pub mod hall;
pub mod logic;
pub mod ui;

pub use arguments::command;
