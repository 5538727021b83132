//! Who becomes a coordinator, and which units there are (PRE-05, PRE-06): for those who decide.

pub mod invitation;
pub mod requests;
pub mod units;
