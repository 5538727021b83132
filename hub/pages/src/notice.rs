//! The privacy notice under the name that other pages still call it by.

pub use acts::Notice;
