//! Who becomes a coordinator, and which units there are (PRE-05, PRE-06): for those who decide.

pub mod invitation;
pub mod maintenance;
pub mod requests;
pub mod units;

use stationery::page_actions;

page_actions! {
    /// What a form of the page of units is for.
    UnitsAction {
        /// A unit is made.
        Make = "make",
        /// Somebody is invited to coordinate one.
        Invite = "invite",
        /// An invitation is taken back.
        TakeBack = "take-back",
        /// Somebody coordinates no more.
        End = "end",
    }
}
