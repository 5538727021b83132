//! The central server of an office: journal, people, mail, pages, the feed, and the API of kiosks and displays.

mod actor;
mod alive;
mod api;
mod auth;
mod backup;
mod cli;
mod clock;
mod codes;
mod config;
mod cores;
mod devices;
mod due;
mod error;
mod export;
mod feed;
mod keys;
mod limits;
mod linger;
mod mail;
mod metrics;
mod offers;
mod office_file;
mod offices;
mod pages;
mod restore;
mod router;
mod serve;
mod snapshots;
mod state;
mod store;
mod text;
mod verify;
mod writer;

pub use cli::run;
