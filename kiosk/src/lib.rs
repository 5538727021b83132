//! The kiosk without its windows: what hangs on it.

pub mod devices;
