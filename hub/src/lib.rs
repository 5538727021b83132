//! The program `hub`: it holds every room of the house, opens the store, listens, and stops in order.

mod backup;
mod bounce;
mod cli;
mod config;
mod entrance;
mod export;
mod house_ca;
mod linger;
mod listening;
mod restore;
mod router;
mod serve;

pub use cli::run;
