//! What clerks and administrators see.

use anyhow::{Context, Result};
use tests::staff::{OFFICE, Staff, clerk_of};
use wire::FloorVisitState;

use super::{Camera, DESK, DESK_AT_WORK};
use crate::day;

impl Camera<'_> {
    pub(super) fn clerk(&self) -> Result<()> {
        self.as_nobody()?;
        self.width.set(DESK);
        self.go("/login")?;
        self.keep("login")?;
        let (name, password) = clerk_of(DESK_AT_WORK);
        self.sign_in(&name, &password)?;
        self.go(&format!("/staff/{OFFICE}/desks/{DESK_AT_WORK}"))?;
        self.browser.waits_for("form.finish")?;
        self.keep("staff-desk")?;
        for (menu, name) in [("transfers", "transfer"), ("missing-documents", "lacking")] {
            let menu = format!("details.menu:has(form[action$='/{menu}'])");
            self.browser.press_selector(&format!("{menu} summary"))?;
            self.keep(&format!("staff-desk-{name}"))?;
            self.browser.press_selector(&format!("{menu} summary"))?;
        }
        self.browser.press_selector("form.finish button")?;
        self.browser.waits_for("[data-live=holding] .nobody")?;
        self.keep("staff-desk-idle")?;
        self.browser.press_selector(".desk-bar details.menu summary")?;
        self.browser.press_selector("form[action$='/break'] button")?;
        self.browser.waits_for("form[action$='/resume'] button")?;
        self.keep("staff-desk-break")?;
        self.browser.press_selector("form[action$='/resume'] button")?;
        self.browser.press_selector("form[action$='/calls'] button:not([disabled])")?;
        self.browser.waits_for("form[action$='/recalls'] button")?;
        self.keep("staff-desk-called")?;
        // As it was found, for the other language.
        self.browser.press_selector("form[action$='/appeared'] button")?;
        self.browser.waits_for("form.finish")
    }

    pub(super) fn administrator(&self, staff: &Staff) -> Result<()> {
        self.sign_in_administrator()?;
        for (path, name) in [
            ("/staff", "staff-desks"),
            ("/admin", "admin"),
            ("/admin/devices", "admin-devices"),
            ("/admin/clerks", "admin-clerks"),
            ("/admin/office", "admin-office"),
            ("/admin/people", "admin-people"),
            ("/admin/texts", "admin-texts"),
            ("/admin/looks", "admin-looks"),
            ("/admin/journal", "admin-journal"),
            ("/admin/audit", "admin-audit"),
        ] {
            self.go(path)?;
            self.browser.waits_for("h1")?;
            self.keep(name)?;
        }
        // Not one's own page, which has no link to invite oneself by.
        self.go("/admin/clerks")?;
        self.browser.press(&clerk_of(DESK_AT_WORK).0)?;
        self.browser.waits_for("main input[type=password]")?;
        self.keep("admin-clerk")?;
        let waits =
            staff.floor()?.visits.into_iter().find(|visit| matches!(visit.state, FloorVisitState::Waiting { .. }));
        let waits = waits.context("nobody waits")?;
        self.go(&format!("/staff/{OFFICE}/visits/{}", waits.visit))?;
        self.browser.waits_for("details.act")?;
        self.keep("staff-card")?;
        // A sentence of a mail's body, as it would be read there.
        self.go(&format!("/admin/texts/{OFFICE}/{}/mail-reminder-intro", self.language))?;
        self.browser.press_selector("button[name=act][value=preview]")?;
        self.browser.waits_for(".previewed")?;
        self.keep("admin-text")
    }

    /// What staff do with bookings.
    pub(super) fn bookings(&self, staff: &Staff) -> Result<()> {
        let booked = day::book(staff, 0)?;
        // Somebody without mail, who has to be told.
        staff.cancel(&booked.late[0].reference)?;
        let reference = &booked.early.reference;
        self.sign_in_administrator()?;
        for (path, name) in [
            (String::new(), "staff-bookings"),
            (format!("/{reference}"), "staff-booking"),
            (format!("/{reference}/details"), "staff-booking-details"),
            (format!("/{reference}/move"), "staff-booking-move"),
            (format!("/{reference}/slip"), "staff-booking-slip"),
            ("/new".to_owned(), "staff-booking-new"),
            ("/hours".to_owned(), "staff-hours"),
        ] {
            self.go(&format!("/staff/{OFFICE}/bookings{path}"))?;
            self.browser.waits_for("h1")?;
            self.keep(name)?;
        }
        self.go("/staff/house")?;
        self.browser.waits_for("h1")?;
        self.keep("staff-house")
    }
}
