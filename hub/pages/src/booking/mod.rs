//! A booking's own pages, behind the link of its mail.

pub mod cancel;
pub mod change;
pub mod correct;
pub mod data;
pub mod documents;
pub mod manage;
pub mod served;
