//! The kiosk's window: its frames and its screens. The walk is in `walk`, whoever attends to it in `attendant`.

pub mod arguments;
pub mod config;
pub mod keypad;
pub mod logic;
pub mod trial;
pub mod ui;

pub use arguments::command;
