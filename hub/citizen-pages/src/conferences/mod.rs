//! Conferences (PRE-06 to PRE-08): the coordinator's list, plan and page of each, and the waiting page of those who are invited.

pub mod change;
pub mod figures;
mod form;
pub mod guest;
pub mod list;
pub mod meeting;
pub mod minutes;
pub mod new;
pub mod one;
pub mod room;
pub mod secretary;
pub mod test_room;

pub(crate) use form::dates_of;
