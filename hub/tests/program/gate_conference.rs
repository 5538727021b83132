//! The conference of the table of who gets in: planned by whoever coordinates the organisation.

use crate::{
    conferences,
    gates::GateScene,
    house::ProgramHouse,
    letters::{letter_to, link},
};

/// A conference of the whole body, and who could have planned it and did not.
pub struct PlannedConference {
    pub id: String,
    /// In the mail of somebody who is invited.
    pub link: String,
    /// The session of whoever coordinates a unit alone.
    pub unit_coordinator: String,
}

impl PlannedConference {
    pub fn plan(house: &ProgramHouse, admin: &str) -> Self {
        let session = conferences::coordinator(house, admin, "coordinator");
        let mut organisation = conferences::browser(house, &session);
        let new = "/conferences/new";
        let planned = organisation.post(new, new, &conferences::plan("2026-11-26", "maria@example.gr", &[]));
        let id = conferences::planned(&planned).trim_start_matches("/conferences/").to_owned();
        let invited = link(&letter_to(house, "conference", "maria@example.gr"), "/conference/");
        let units = "/coordination/units";
        let made = [("el", "Γραφείο Τύπου"), ("en", "Press office")];
        assert_eq!(organisation.post(units, "/coordination/units/make", &made).status, 303);
        let (unit_coordinator, _) = GateScene::registered(house, "ioanna");
        let asked = [("unit", "10001"), ("email", "ioanna@example.gr")];
        assert_eq!(organisation.post(units, "/coordination/units/invite", &asked).status, 303);
        let letter = letter_to(house, "coordinator", "ioanna@example.gr");
        let invitation = link(&letter, "/coordination/invitation/");
        let taken = conferences::browser(house, &unit_coordinator).post(&invitation, &invitation, &[]);
        assert_eq!(taken.status, 303, "{taken:?}");
        Self { id, link: invited.trim_start_matches("/conference/").to_owned(), unit_coordinator }
    }
}
