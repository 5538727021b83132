//! The program `hub`: it holds every room of the house, opens the store, listens, and stops in order.

mod backup;
mod bounce;
mod cli;
mod config;
mod export;
mod linger;
mod panics;
mod restore;
mod router;
mod serve;

pub use cli::run;
