//! The program `hub` as others meet it: started in a folder of its own, asked over HTTP, stopped, killed, started again.

#![expect(clippy::unwrap_used, reason = "a test may end with a panic; that is how it fails")]

mod access;
mod accounts;
mod alerts;
mod attacks;
mod audit;
mod bad_input;
mod border;
mod clock;
mod connections;
mod desk_actions;
mod devices;
mod durability;
mod edges;
mod feeds;
mod gone;
mod guessing;
mod handover;
mod heads;
mod house;
mod http;
mod keys;
mod lock;
mod machine;
mod mails;
mod memory;
mod pages;
mod pairings;
mod rehearsal;
mod restarts;
mod scopes;
mod start_links;
mod tls;
mod two_offices;
mod unseen;
mod watch;
