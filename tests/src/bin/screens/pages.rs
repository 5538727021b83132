//! The pages in a real browser, and the mails as a mail reader shows them.

use std::cell::Cell;

use anyhow::{Context, Result};
use chrono::TimeDelta;
use tests::{
    booking::details_of,
    browser::Browser,
    house::House,
    hub::{ADMIN, ADMIN_PASSWORD, Setting},
    mail::MailServer,
    staff::{OFFICE, Staff, clerk_of},
};

use crate::{album::Album, day};

/// Width of the window in CSS pixels: a phone's for citizens, a desk's for staff.
const PHONE: u32 = 414;
const DESK: u32 = 1280;
/// A mail reader's.
const MAIL: u32 = 640;

/// The desk whose clerk is looked at.
const DESK_AT_WORK: u16 = 1;

/// One that calls beside it.
const DESK_BESIDE: u16 = 2;

/// What somebody types.
struct Typed {
    no_address: &'static str,
    name: &'static str,
    /// Instead of what is typed in Greek.
    address: &'static [(&'static str, &'static str)],
}

const GREEK: Typed = Typed {
    no_address: "δεν είναι διεύθυνση", name: "Ελένη Παπαδοπούλου", address: &[]
};
const ENGLISH: Typed = Typed {
    no_address: "not an address",
    name: "Eleni Papadopoulou",
    address: &[("street", "1 Eleftherias Square"), ("town", "Agios Nikolaos")],
};

/// A browser that takes pictures under one language's name.
struct Camera<'a> {
    browser: Browser,
    album: &'a Album,
    width: Cell<u32>,
    language: &'static str,
    base: String,
}

/// Takes every page in both languages.
pub fn take(house: &House, server: &MailServer, album: &Album) -> Result<()> {
    at_work(house)?;
    for language in ["el", "en"] {
        people_come(house)?;
        let camera = Camera::open(house, album, language, "pages")?;
        camera.citizen(server)?;
        camera.clerk()?;
        camera.visit(house)?;
        camera.administrator()?;
        let staff = Staff::admin(&house.hub)?;
        let booked = day::book(&staff, 0)?;
        // Somebody without mail, who has to be told.
        staff.cancel(&booked.late[0].reference)?;
        camera.bookings(&booked.early.reference)?;
    }
    Ok(())
}

/// Mails that come by themselves, and what the administrator sees while they cannot go out.
pub fn take_post(house: &mut House, server: &mut MailServer, album: &Album) -> Result<()> {
    let friday = Setting::tuesday("10:00")?.at + TimeDelta::days(3);
    let address = |language| format!("reminded-{language}@example.gr");
    let staff = Staff::admin(&house.hub)?;
    for language in ["el", "en"] {
        let slots = staff.slots("family-status", friday.date_naive(), 1)?;
        let slot = slots.into_iter().find(|slot| slot.start >= friday).context("no time on Friday")?;
        staff.book_by_mail("family-status", slot.start, "Ελένη Παπαδοπούλου", &address(language), language)?;
        server.wait_for(&address(language), 0)?;
    }
    house.hub.stop()?;
    house.hub.set_clock(Setting::tuesday("10:05")?.at + TimeDelta::days(1));
    house.hub.run()?;
    let reminders = ["el", "en"].map(|language| (language, server.wait_for(&address(language), 1)));
    server.stop()?;
    let staff = Staff::admin(&house.hub)?;
    for slot in staff.slots("criminal-record", friday.date_naive(), 1)?.into_iter().take(2) {
        staff.book_by_mail("criminal-record", slot.start, "Ελένη Παπαδοπούλου", "away@example.gr", "el")?;
    }
    for (language, reminder) in reminders {
        let camera = Camera::open(house, album, language, "post")?;
        camera.mail(&reminder?, "reminder")?;
        camera.width.set(DESK);
        camera.sign_in(ADMIN, ADMIN_PASSWORD)?;
        camera.go("/admin/outbox")?;
        camera.browser.waits_for("table tbody tr + tr")?;
        camera.keep("admin-outbox-waiting")?;
    }
    Ok(())
}

impl<'a> Camera<'a> {
    fn open(house: &House, album: &'a Album, language: &'static str, name: &str) -> Result<Self> {
        let browser = Browser::open(&house.folder(&format!("browser-{name}-{language}")))?;
        Ok(Self { browser, album, width: Cell::new(PHONE), language, base: house.hub.base() })
    }
}

impl Camera<'_> {
    fn go(&self, path: &str) -> Result<()> {
        let address = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        self.browser.go(&address)
    }

    fn keep(&self, name: &str) -> Result<()> {
        self.album.keep(&format!("page-{name}.{}", self.language), &self.browser.whole_picture(self.width.get())?)
    }

    /// The whole way of a booking.
    fn citizen(&self, server: &MailServer) -> Result<()> {
        let email = format!("{}@example.gr", self.language);
        self.width.set(PHONE);
        self.go(&format!("/?lang={}", self.language))?;
        self.keep("front")?;
        self.go("/privacy")?;
        self.keep("privacy")?;
        self.go("/book")?;
        self.keep("book-1-address")?;
        let words = if self.language == "en" { &ENGLISH } else { &GREEK };
        self.browser.fill("email", words.no_address)?;
        self.browser.press_selector("main button[type=submit]")?;
        self.browser.press_selector(".refusal a")?;
        self.keep("book-1-address-wrong")?;
        self.browser.fill("email", &email)?;
        self.browser.press_selector("main button[type=submit]")?;
        let mail = server.wait_for(&email, 0)?;
        self.keep("book-2-sent")?;
        self.mail(&mail, "start")?;
        self.go(&mail.link(&format!("{}/book/start/", self.base))?)?;
        self.keep("book-3-start")?;
        self.browser.press_selector("main button[type=submit]")?;
        self.browser.waits_for("a.choice")?;
        self.keep("book-4-service")?;
        self.browser.press_selector("a.choice")?;
        self.browser.waits_for("#cases")?;
        self.keep("book-4-how")?;
        self.browser.press_selector("main form.form button[type=submit]")?;
        self.browser.waits_for("table.days")?;
        self.keep("book-5-times")?;
        self.browser.press_selector(".views li:last-child a")?;
        self.browser.waits_for(".soon")?;
        self.keep("book-5-times-list")?;
        self.browser.press_selector(".soon button.time")?;
        self.browser.waits_for("#behalf-other")?;
        for (field, text) in details_of(words.name).into_iter().filter(|(field, _)| *field != "behalf") {
            let own = words.address.iter().find(|(name, _)| *name == field);
            self.browser.fill(field, own.map_or(text, |&(_, own)| own))?;
        }
        self.keep("book-6-details")?;
        self.browser.press_selector("form#held-form > button[type=submit]")?;
        self.browser.waits_for("#notice")?;
        self.keep("book-7-review")?;
        self.browser.press_selector("button[name=consent][value=yes]")?;
        let mail = server.wait_for(&email, 1)?;
        self.keep("book-8-booked")?;
        self.mail(&mail, "confirmation")?;
        let booked = self.browser.address()?;
        let manage = booked.split('?').next().unwrap_or(&booked);
        for page in ["change", "documents", "data", "erase", "cancel"] {
            self.go(&format!("{manage}/{page}"))?;
            self.browser.waits_for("h1")?;
            self.keep(&format!("book-9-{page}"))?;
        }
        self.browser.press_selector("main form button[type=submit]")?;
        let mail = server.wait_for(&email, 2)?;
        self.keep("book-9-cancelled")?;
        self.mail(&mail, "cancelled")
    }

    /// A mail's HTML, as a mail reader shows it.
    fn mail(&self, mail: &tests::mail::Mail, name: &str) -> Result<()> {
        let html = mail.text("text/html")?;
        let file = std::env::temp_dir().join(format!("seira-mail-{}-{name}.html", self.language));
        std::fs::write(&file, self.with_picture(mail, &html)?)?;
        let page = self.browser.address()?;
        self.browser.go(&format!("file://{}", file.display()))?;
        let picture = self.browser.whole_picture(MAIL)?;
        self.album.keep(&format!("mail-{name}.{}", self.language), &picture)?;
        self.browser.go(&page)
    }

    fn with_picture(&self, mail: &tests::mail::Mail, html: &str) -> Result<String> {
        use base64::{Engine as _, prelude::BASE64_STANDARD};
        let Ok(picture) = mail.inline_picture() else { return Ok(html.to_owned()) };
        let (before, after) = html.split_once("cid:").context("no picture in the mail")?;
        let (_, after) = after.split_once('"').context("the picture's name does not end")?;
        Ok(format!("{before}data:image/png;base64,{}\"{after}", BASE64_STANDARD.encode(picture.png())))
    }

    fn visit(&self, house: &House) -> Result<()> {
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

    fn sign_in(&self, name: &str, password: &str) -> Result<()> {
        self.browser.forget()?;
        self.go(&format!("/login?lang={}", self.language))?;
        self.browser.fill("name", name)?;
        self.browser.fill("password", password)?;
        self.browser.press_selector("main button[type=submit]")?;
        self.browser.press_selector("h1")
    }

    fn clerk(&self) -> Result<()> {
        self.width.set(DESK);
        self.go(&format!("/login?lang={}", self.language))?;
        self.keep("login")?;
        let (name, password) = clerk_of(DESK_AT_WORK);
        self.sign_in(&name, &password)?;
        self.go(&format!("/staff/{OFFICE}/desks/{DESK_AT_WORK}"))?;
        self.browser.press_selector("h1")?;
        self.keep("staff-desk")?;
        self.browser.press_selector("form.finish button")?;
        self.browser.waits_for("form[action$='/calls'] button:not([disabled])")?;
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

    fn administrator(&self) -> Result<()> {
        self.width.set(DESK);
        self.sign_in(ADMIN, ADMIN_PASSWORD)?;
        for (path, name) in [
            ("/staff", "staff-desks"),
            ("/admin", "admin"),
            ("/admin/devices", "admin-devices"),
            ("/admin/clerks", "admin-clerks"),
            ("/admin/office", "admin-office"),
            ("/admin/outbox", "admin-outbox"),
            ("/admin/people", "admin-people"),
            ("/admin/agents", "admin-agents"),
            ("/admin/texts", "admin-texts"),
            ("/admin/looks", "admin-looks"),
            ("/agent/login", "agent-login"),
        ] {
            self.go(path)?;
            self.browser.press_selector("h1")?;
            self.keep(name)?;
        }
        self.go("/admin/texts")?;
        self.browser.press_selector("main details summary")?;
        self.browser.press_selector("details[open] ul.texts a")?;
        self.browser.waits_for("textarea")?;
        self.keep("admin-text")
    }

    /// What staff do with bookings.
    fn bookings(&self, reference: &str) -> Result<()> {
        for (path, name) in [
            (String::new(), "staff-bookings"),
            (format!("/{reference}"), "staff-booking"),
            (format!("/{reference}/details"), "staff-booking-details"),
            (format!("/{reference}/move"), "staff-booking-move"),
            (format!("/{reference}/slip"), "staff-booking-slip"),
            ("/new".to_owned(), "staff-booking-new"),
            ("/calls".to_owned(), "staff-calls"),
            ("/closures".to_owned(), "staff-closures"),
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

/// A clerk serves the first who came.
fn at_work(house: &House) -> Result<()> {
    let staff = Staff::admin(&house.hub)?;
    people_come(house)?;
    staff.open_desk(DESK_AT_WORK)?;
    staff.open_desk(DESK_BESIDE)?;
    let call = staff.call_next(DESK_AT_WORK)?;
    staff.with_visit(DESK_AT_WORK, "appeared", call.visit)
}

/// Some who wait.
fn people_come(house: &House) -> Result<()> {
    let kiosk = house.plain_kiosk()?;
    for service in ["family-status", "signature", "certified-copy", "criminal-record", "driving-licence"] {
        kiosk.take_ticket(service)?;
    }
    Ok(())
}
