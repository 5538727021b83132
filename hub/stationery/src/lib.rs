//! What every page is written on: who looks at it, the frame around it, its forms, and what citizens and staff both read.
//!
//! The rooms of pages stand on this one and know nothing of each other.

pub mod account;
pub mod account_history;
pub mod action;
pub mod assets;
pub mod badge_cookies;
pub mod barred;
pub mod calendar;
pub mod call;
pub mod case_visits;
pub mod challenge;
pub mod csv;
pub mod date_field;
pub mod day_rows;
pub mod detour;
pub mod draft;
pub mod dress;
pub mod emblem;
pub mod extract;
pub mod fields;
pub mod file_form;
pub mod first_start;
pub mod forgotten;
pub mod form;
pub mod frame;
pub mod houses;
pub mod how;
pub mod level_switches;
pub mod login;
pub mod new_password;
pub mod next_step;
pub mod once;
pub mod policy;
pub mod problem;
pub mod request_lines;
pub mod signed;
pub mod soonest;
pub mod standing_tag;
pub mod state;
pub mod suspended;
pub mod time_field;
pub mod view;
pub mod visitor;
