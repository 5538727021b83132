//! The pages of staff: signing in, the desk, bookings, the house, an account of their own.

mod account;
mod account_search;
mod address;
mod bookings;
mod calendar_line;
mod card;
mod certify;
mod citizens;
mod closures;
mod cookie;
mod desk;
mod desk_commands;
mod desk_form;
mod desk_now;
mod desk_view;
mod desks;
mod document;
mod handover;
mod hours;
mod house;
mod lock;
mod login;
mod new_password;
mod office_figures;
mod passkey_words;
mod passkeys;
mod reception;
mod requests;
mod routes;
mod set_up;
mod step;
mod step_pass;
mod through;
mod touched;

pub use routes::{page_actions, router};
