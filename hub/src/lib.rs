//! The program `hub`: it holds every room of the house, opens the store, listens, and stops in order.

mod backup;
mod backups;
mod bounce;
mod certificate_watch;
mod cli;
mod clock_check;
mod config;
mod console;
mod entrance;
mod export;
mod first_files;
mod first_start;
mod holiday_watch;
mod house_ca;
mod journal_key;
mod linger;
mod listening;
mod log;
mod packages;
mod panics;
mod progress;
mod rehearsal;
mod restore;
mod router;
mod serve;
mod setup;
mod support;
mod tombstones;
mod watch;

pub use cli::{command, run};
