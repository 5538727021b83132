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
mod described;
mod desk_actions;
mod devices;
mod durability;
mod edges;
mod feeds;
mod forms;
mod gates;
mod gone;
mod guessing;
mod handover;
mod heads;
mod honest;
mod house;
mod http;
mod keys;
mod letters;
mod lock;
mod machine;
mod mail_sink;
mod mails;
mod memory;
mod pages;
mod pairings;
mod rehearsal;
mod relay;
mod restarts;
mod scopes;
mod soak;
mod start_links;
mod tls;
mod twice;
mod two_offices;
mod unseen;
mod watch;
