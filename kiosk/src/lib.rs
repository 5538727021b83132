//! The kiosk: what hangs on it, the walk of a citizen through it, and its window.

pub mod attendant;
pub mod config;
pub mod devices;
pub mod fault;
pub mod logic;
pub mod paper;
pub mod place;
pub mod sentence;
pub mod ui;
pub mod walk;
