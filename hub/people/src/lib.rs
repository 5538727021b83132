//! What people say about themselves, parsed where it comes in: behind this room it is right, or it is not there.

mod address;
mod details;
mod phone;
mod tax_number;
mod unseen;

pub use address::{is_address, likely_meant};
pub use details::{Behalf, Details, PostalAddress, needs_line, readable_postcode};
pub use phone::{mobile, phone_number, readable};
pub use tax_number::tax_number;
pub use unseen::is_unseen;
