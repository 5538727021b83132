//! The board's window: its frames, what it draws, and its chime. What the board knows and shows is in `board`.

pub mod arguments;
pub mod chime;
pub mod config;
pub mod logic;
pub mod ui;

pub use arguments::command;
