//! What citizens see: the whole way of a booking, and all that can become of it.

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use serde_json::json;
use tests::{
    booking::{details_of, prove_today_in},
    house::House,
    mail::{MailServer, ReceivedMail},
    staff::{DeskBooking, OFFICE, Staff},
};

use super::{Camera, DESK_BESIDE, PHONE};

/// A day that is the language's own, so that one closes no day of the other.
///
/// # Errors
/// Never: it is a day.
pub(super) fn day_of(nth: usize) -> Result<NaiveDate> {
    let thursday = NaiveDate::from_ymd_opt(2026, 12, 3).context("a day")?;
    Ok(thursday + Days::new(u64::try_from(nth)?))
}

impl Camera<'_> {
    /// The whole way of a booking.
    pub(super) fn citizen(&self, server: &MailServer) -> Result<()> {
        let email = self.address("citizen");
        self.as_nobody()?;
        self.keep("front")?;
        for (path, name) in [
            (format!("/office/{OFFICE}"), "office"),
            (format!("/office/{OFFICE}/1"), "service"),
            ("/privacy".to_owned(), "privacy"),
            ("/accessibility".to_owned(), "accessibility"),
            ("/order".to_owned(), "order"),
            ("/protection".to_owned(), "protection"),
        ] {
            self.go(&path)?;
            self.browser.waits_for("h1")?;
            self.keep(name)?;
        }
        self.prove(server, &email)?;
        self.keep("book-4-service")?;
        self.choose_time("book")?;
        self.keep("book-6-details")?;
        self.submit_details()?;
        self.browser.waits_for(".refusal")?;
        self.keep("book-6-details-wrong")?;
        self.tell(&[])?;
        self.submit_details()?;
        self.browser.waits_for("#notice")?;
        self.keep("book-7-review")?;
        self.browser.press_selector("button[name=consent][value=yes]")?;
        let mail = server.wait_for(&email, 1)?;
        self.browser.waits_for(".done")?;
        self.keep("book-8-booked")?;
        self.mail(&mail, "confirmation")?;
        let booked = self.browser.address()?;
        let manage = booked.split('?').next().unwrap_or(&booked);
        // Whoever has the link alone is asked whether the address is theirs, before they see what is kept.
        self.go(&format!("{manage}/data"))?;
        prove_today_in(&self.browser, server, &email)?;
        self.browser.waits_for("dl.facts")?;
        let before = server.count(&email)?;
        for page in ["documents", "data", "erase", "renew", "change"] {
            self.go(&format!("{manage}/{page}"))?;
            self.browser.waits_for("h1")?;
            self.keep(&format!("book-9-{page}"))?;
        }
        self.browser.press_selector("button.time")?;
        let mail = server.wait_for(&email, before)?;
        self.browser.waits_for(".done")?;
        self.keep("book-9-changed")?;
        self.mail(&mail, "moved")?;
        self.go(&format!("{manage}/cancel"))?;
        self.browser.waits_for("h1")?;
        self.keep("book-9-cancel")?;
        self.submit()?;
        let mail = server.wait_for(&email, before + 1)?;
        self.browser.waits_for(".refusal")?;
        self.keep("book-9-cancelled")?;
        self.mail(&mail, "cancelled")
    }

    /// Proves an address by the link in its mail.
    fn prove(&self, server: &MailServer, email: &str) -> Result<()> {
        self.go("/book")?;
        self.keep("book-1-address")?;
        self.browser.fill("email", self.words().no_address)?;
        self.submit()?;
        self.browser.press_selector(".refusal a")?;
        self.keep("book-1-address-wrong")?;
        self.browser.fill("email", email)?;
        self.submit()?;
        let mail = server.wait_for(email, 0)?;
        self.browser.waits_for("aside.box")?;
        self.keep("book-2-sent")?;
        self.mail(&mail, "start")?;
        let link = mail.link(&format!("{}/book/start/", self.base))?;
        self.go(&link)?;
        self.keep("book-3-start")?;
        self.submit()?;
        self.browser.waits_for("a.choice")?;
        // A link and a page that never were.
        self.go(&format!("{link}x"))?;
        self.keep("book-3-over")?;
        self.go("/nowhere")?;
        self.keep("not-found")?;
        self.go("/book/service")?;
        self.browser.waits_for("a.choice")
    }

    /// Chooses the first service and its first free time, from the list of services on.
    pub(super) fn choose_time(&self, name: &str) -> Result<()> {
        self.browser.press_selector("a.choice")?;
        self.browser.waits_for("#cases")?;
        self.keep(&format!("{name}-4-how"))?;
        self.submit()?;
        self.browser.waits_for("table.days")?;
        self.keep(&format!("{name}-5-times"))?;
        self.browser.press_selector(".views li:last-child a")?;
        self.browser.waits_for(".soon")?;
        self.keep(&format!("{name}-5-times-list"))?;
        self.browser.press_selector(".soon button.time")?;
        self.browser.waits_for("#held-form")
    }

    /// Fills the details in, in one's own language; `more` beside them or instead.
    pub(super) fn tell(&self, more: &[(&str, &str)]) -> Result<()> {
        let words = self.words();
        for (field, text) in details_of(words.name).into_iter().filter(|(field, _)| *field != "behalf") {
            let own = more.iter().chain(words.address).find(|(name, _)| *name == field);
            self.browser.fill(field, own.map_or(text, |&(_, own)| own))?;
        }
        let others =
            more.iter().filter(|(name, _)| !words.address.iter().any(|(own, _)| own == name) && *name != "name");
        others.into_iter().try_for_each(|(name, text)| self.browser.fill(name, text))
    }

    pub(super) fn submit_details(&self) -> Result<()> {
        self.browser.press_selector("form#held-form > button[type=submit]")
    }

    /// Books for somebody else, who is asked whether the address is theirs; and one who does not consent after all.
    pub(super) fn served(&self, server: &MailServer) -> Result<()> {
        let served = self.address("served");
        self.go("/book/service")?;
        self.browser.waits_for("a.choice")?;
        self.choose_time("book")?;
        self.browser.press_selector("#behalf-other")?;
        self.tell(&[("applicant", self.words().applicant), ("served-email", &served)])?;
        self.keep("book-6-details-for-another")?;
        self.submit_details()?;
        self.browser.waits_for("#notice")?;
        self.browser.press_selector("button[name=consent][value=yes]")?;
        self.browser.waits_for(".done")?;
        self.keep("book-8-booked-for-another")?;
        let mail = server.wait_for(&served, 0)?;
        self.mail(&mail, "served")?;
        self.go("/book/service")?;
        self.browser.waits_for("a.choice")?;
        self.choose_time("book")?;
        self.tell(&[])?;
        self.submit_details()?;
        self.browser.waits_for("#notice")?;
        self.browser.press_selector("button[name=consent][value=no]")?;
        self.browser.waits_for("h1")?;
        self.keep("book-8-not-agreed")?;
        self.as_nobody()?;
        let link = mail.link(&format!("{}/served/", self.base))?;
        self.go(&link)?;
        self.keep("served")?;
        self.browser.press_selector("button[name=answer][value=yes]")?;
        self.browser.waits_for(".done")?;
        self.keep("served-yes")?;
        self.go(&link)?;
        self.keep("served-over")
    }

    /// Bookings of which staff have asked something, or have warned.
    pub(super) fn told_by_staff(&self, staff: &Staff, server: &MailServer, nth: usize) -> Result<()> {
        self.as_nobody()?;
        let day = day_of(nth)?;
        let (asked, mail) = self.booked(staff, server, "asked", day)?;
        let until = asked.start - TimeDelta::hours(3);
        let wish = json!({ "because": "documents-missing", "until": until, "note": self.words().lacking });
        self.change(staff, &asked, "corrections", &wish)?;
        self.mail(&server.wait_for(&self.address("asked"), 1)?, "correction-asked")?;
        let link = self.link(&mail)?;
        self.go(&link)?;
        self.keep("booking-correction-asked")?;
        self.go(&format!("{link}/correct"))?;
        self.keep("booking-correct")?;
        // While that rule is tolerated the booking stands, with a warning.
        let (warned, mail) = self.booked(staff, server, "warned", day)?;
        self.change(staff, &warned, "voids", &json!({ "because": "details-wrong" }))?;
        self.mail(&server.wait_for(&self.address("warned"), 1)?, "details-warning")?;
        self.go(&format!("{}/erase", self.link(&mail)?))?;
        self.keep("booking-code")?;
        prove_today_in(&self.browser, server, &self.address("warned"))?;
        self.browser.waits_for("main form button.govgr-btn-warning")?;
        self.browser.press_selector("main form button.govgr-btn-warning")?;
        self.browser.waits_for("h1")?;
        self.keep("booking-erased")
    }

    /// Books by telephone for somebody with an address, and waits for the mail.
    pub(super) fn booked(
        &self,
        staff: &Staff,
        server: &MailServer,
        who: &str,
        day: NaiveDate,
    ) -> Result<(DeskBooking, ReceivedMail)> {
        let slots = staff.slots("family-status", day, 1)?;
        let start: DateTime<Utc> = slots.first().context("no time that day")?.start;
        let email = self.address(who);
        let booked = staff.book_by_mail("family-status", start, self.words().name, &email, self.language)?;
        Ok((booked, server.wait_for(&email, 0)?))
    }

    fn change(&self, staff: &Staff, booked: &DeskBooking, what: &str, wish: &serde_json::Value) -> Result<()> {
        let path = format!("/api/v1/offices/{OFFICE}/bookings/{}/{what}", booked.reference);
        let answer = staff.client().post(&path, wish)?;
        ensure!(answer.status == 200, "{what}: {}", answer.body);
        Ok(())
    }

    /// The booking's own page, which its mail leads to.
    pub(super) fn link(&self, mail: &ReceivedMail) -> Result<String> {
        mail.link(&format!("{}/booking/", self.base))
    }

    pub(super) fn visit(&self, house: &House) -> Result<()> {
        self.width.set(PHONE);
        let kiosk = house.plain_kiosk()?;
        let ticket = kiosk.take_ticket(&kiosk.open_service()?.key)?;
        self.go(&ticket.page)?;
        self.keep("visit")?;
        let staff = Staff::admin(&house.hub)?;
        let mut call = staff.call_next(DESK_BESIDE)?;
        while call.visit != ticket.visit {
            staff.with_visit(DESK_BESIDE, "appeared", call.visit)?;
            staff.with_visit(DESK_BESIDE, "finishes", call.visit)?;
            call = staff.call_next(DESK_BESIDE)?;
        }
        self.go(&ticket.page)?;
        self.keep("visit-called")?;
        staff.with_visit(DESK_BESIDE, "appeared", call.visit)?;
        staff.with_visit(DESK_BESIDE, "finishes", call.visit)
    }
}
