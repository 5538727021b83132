//! The program `hub` as others meet it: started in a folder of its own, asked over HTTP, stopped, killed, started again.

#![expect(clippy::unwrap_used, reason = "a test may end with a panic; that is how it fails")]

mod access;
mod accounts;
mod alerts;
mod announced;
mod attacks;
mod audit;
#[path = "../../identity/tests/providers/browser.rs"]
mod away;
mod bad_input;
mod body_journal;
mod border;
mod clock;
mod connections;
mod days;
mod described;
mod desk_actions;
mod devices;
mod disk_trouble;
mod durability;
mod edges;
mod emblem;
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
mod levels;
mod lock;
mod machine;
mod mail_sink;
mod mails;
mod memory;
mod mobile;
mod out_of_order;
mod outside;
mod pages;
mod pairings;
mod passkeys;
mod pressed_again;
mod published;
mod registers;
mod rehearsal;
mod relay;
mod removed_office;
mod requests;
mod restarts;
mod scopes;
#[path = "../../identity/tests/providers/slapd.rs"]
mod slapd;
mod sms;
mod soak;
mod soft_key;
mod start_links;
#[path = "../../identity/tests/providers/started.rs"]
mod started;
mod sweep;
mod through;
mod tls;
mod twice;
mod two_offices;
mod typed_fields;
mod typed_times;
mod unseen;
mod watch;
