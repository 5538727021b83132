//! The buttons at a desk, without the program around them: what they mean, and which presses count.

pub mod arguments;
pub mod buttons;
pub mod config;
pub mod press_gate;

pub use arguments::command;
