//! Who plans conferences, and the conferences that they plan (PRE-01, PRE-05 to PRE-09): one file, one use case, as in `acts`,
//! on which they stand.

pub mod conferences;
pub mod roles;
