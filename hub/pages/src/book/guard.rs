//! The limit on links under the name that other pages still call it by.

pub use acts::may_ask;
