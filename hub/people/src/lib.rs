//! What people say about themselves, parsed where it comes in: behind this room it is right, or it is not there.

mod address;
mod behalf;
mod detail;
mod details;
mod form;
mod needs;
mod phone;
mod postal_address;
mod profile;
mod reading;
mod tax_number;

pub use address::{AddressFlaw, address, address_as_kept, domain_of_few, is_address, likely_meant, readable_address};
pub use behalf::Behalf;
pub use detail::{Detail, DetailGroup, DetailKind, DetailNeed, DetailRow};
pub use details::Details;
pub use form::{DetailFaults, DetailForm, DetailRules, LINE_CHARACTERS_MAX, Particulars};
pub use needs::{NEEDS, NeedRow, needs_line};
pub use phone::{PhoneFlaw, dialled, mobile, phone_flaw, phone_number, readable};
pub use postal_address::{PostalAddress, readable_postcode};
pub use profile::{PROFILE, Profile, ProfileRow};
pub use tax_number::tax_number;
pub use vocabulary::is_unseen;
