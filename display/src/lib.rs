//! The board: which call stands large, its chime, and its window.

pub mod announce;
pub mod chime;
pub mod config;
pub mod keeper;
pub mod logic;
pub mod ui;
