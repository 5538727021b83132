//! A booking's own pages, behind the link of its mail.

pub mod cancel;
pub mod manage;
