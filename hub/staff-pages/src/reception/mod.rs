//! The reception: everything that a kiosk can do, by a person, also while no kiosk lives (FLD-29).

pub mod form;
pub mod page;
pub mod paper;
