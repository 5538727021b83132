//! The stories: what people and devices live through, with the real programs. One binary, so that it is linked once.

mod admin_page;
mod bad_input;
mod board_emblem;
mod book_online;
mod by_ear;
mod cast;
mod chime;
mod clerk;
mod clerk_page;
mod heartbeat;
mod help_at_the_kiosk;
mod hub_away;
mod last_slot;
mod mail_server;
mod nobody_twice;
mod paper_out;
mod power_cut;
mod same_command;
mod walk_in;
mod without_hub;
