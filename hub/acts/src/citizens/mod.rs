//! What staff do about a citizen's account: it is blocked and let in again, and its holder is helped at a desk. One file, one
//! use case. Each step stands in the account's history, and its holder is told by mail.

pub mod block;
pub mod help;
pub mod tell;
