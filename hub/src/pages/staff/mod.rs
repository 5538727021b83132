//! The clerk's pages.

pub mod card;
pub mod desk;
pub mod desk_view;
pub mod desks;
pub mod document;
pub mod login;
pub mod signed;
pub mod view;
