//! What a supervisor plans with: a day that is closed, other hours, and mails that reached nobody.

use anyhow::Result;
use tests::{
    house::House,
    mail::MailServer,
    returned,
    staff::{OFFICE, Staff},
    wait::until_ok,
};

use super::{CLOSED_BECAUSE, Camera, citizen::day_of};

impl Camera<'_> {
    /// Closes a day: first whom it touches, then that it is closed; and what the citizen is told and offered.
    pub(super) fn planning(&self, staff: &Staff, server: &MailServer, nth: usize) -> Result<()> {
        let day = day_of(nth)? + chrono::Days::new(7);
        let (moved, _) = self.booked(staff, server, "moved-by-office", day)?;
        let (displaced, _) = self.booked(staff, server, "displaced", day)?;
        let base = format!("/staff/{OFFICE}/bookings");
        self.sign_in_administrator()?;
        self.go(&format!("{base}/closures"))?;
        self.fill_date("day", day)?;
        CLOSED_BECAUSE.into_iter().try_for_each(|(language, words)| self.browser.fill(language, words))?;
        self.browser.press_selector("form.closing button[type=submit]")?;
        self.browser.waits_for("#preview")?;
        let row = format!("tr:has(a[href$='{}'])", displaced.reference);
        self.browser.press_selector(&format!("{row} select option[value=cancel]"))?;
        self.keep("staff-closures-preview")?;
        self.browser.press_selector("section form button[type=submit]")?;
        self.browser.waits_for(".done")?;
        self.keep("staff-closures")?;
        self.mail(&server.wait_for(&self.address("moved-by-office"), 1)?, "moved-by-office")?;
        let mail = server.wait_for(&self.address("displaced"), 1)?;
        self.mail(&mail, "displaced")?;
        for (booked, name) in [(&moved, "moved"), (&displaced, "displaced")] {
            self.go(&format!("{base}/{}", booked.reference))?;
            self.keep(&format!("staff-booking-{name}"))?;
        }
        self.go(&format!("{base}/hours"))?;
        // Some have booked for eight o'clock.
        ["first", "last"].into_iter().try_for_each(|name| self.fill_date(name, day_of(nth)?))?;
        self.browser.press_selector("form.closing button[type=submit]")?;
        self.browser.waits_for("fieldset.together input")?;
        self.keep("staff-hours-day")?;
        let of_day = self.browser.script("return document.querySelector('fieldset.together input').name")?;
        self.browser.fill(of_day.as_str().unwrap_or_default(), "09:00–13:00")?;
        self.browser.press_selector("button[name=look]")?;
        self.browser.waits_for("#preview")?;
        self.keep("staff-hours-preview")?;
        self.as_nobody()?;
        let link = self.link(&mail)?;
        self.go(&link)?;
        self.keep("booking-displaced")?;
        self.go(&format!("{link}/change"))?;
        self.browser.waits_for("button.time")?;
        self.keep("booking-displaced-times")
    }

    /// A mail came back: the booking says so, and somebody has to be called.
    pub(super) fn undelivered(&self, house: &House, staff: &Staff, server: &MailServer, nth: usize) -> Result<()> {
        let day = day_of(nth)?;
        let (booked, mail) = self.booked(staff, server, "returned", day)?;
        let report = returned::report(&mail, "failed", "5.1.1")?;
        let (ended, said) = returned::hand_over(&house.hub, &report, &mail.return_path)?;
        anyhow::ensure!(ended.success(), "{ended} {said}");
        self.sign_in_administrator()?;
        let base = format!("/staff/{OFFICE}/bookings");
        until_ok("the booking is flagged", || {
            self.go(&format!("{base}/{}", booked.reference))?;
            anyhow::ensure!(self.browser.text()?.contains(&mail.to), "not yet");
            Ok(())
        })?;
        for (path, name) in [
            (format!("{base}/{}", booked.reference), "staff-booking-undelivered"),
            (format!("{base}?day={day}"), "staff-bookings-undelivered"),
            (format!("{base}/calls"), "staff-calls"),
            ("/admin/outbox".to_owned(), "admin-outbox"),
        ] {
            self.go(&path)?;
            self.browser.waits_for("h1")?;
            self.keep(name)?;
        }
        Ok(())
    }
}
