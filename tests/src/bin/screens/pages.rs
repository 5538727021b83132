//! The pages in a real browser, and the mails as a mail reader shows them.

use std::path::Path;

use anyhow::{Context, Result};
use tests::{
    browser::Browser,
    house::House,
    hub::{ADMIN, ADMIN_PASSWORD},
    mail::MailServer,
    staff::{OFFICE, Staff},
};

/// Width and height of the window in CSS pixels: a phone's for citizens, a desk's for staff.
const PHONE: (u32, u32) = (480, 1400);
const DESK: (u32, u32) = (1280, 1000);

/// A browser that takes pictures under one language's name.
struct Camera<'a> {
    browser: Browser,
    into: &'a Path,
    language: &'static str,
    base: String,
}

/// Takes every page in both languages.
pub fn take(house: &House, server: &MailServer, into: &Path) -> Result<()> {
    for language in ["el", "en"] {
        let browser = Browser::open(&house.folder(&format!("browser-{language}")))?;
        let camera = Camera { browser, into, language, base: house.hub.base() };
        camera.citizen(server)?;
        camera.visit(house)?;
        camera.staff()?;
    }
    Ok(())
}

impl Camera<'_> {
    fn go(&self, path: &str) -> Result<()> {
        let address = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        self.browser.go(&address)
    }

    fn keep(&self, name: &str) -> Result<()> {
        self.browser.picture()?.save(&self.into.join(format!("page-{name}.{}.png", self.language)))
    }

    /// The whole way of a booking.
    fn citizen(&self, server: &MailServer) -> Result<()> {
        let email = format!("{}@example.gr", self.language);
        self.browser.resize(PHONE.0, PHONE.1)?;
        self.go(&format!("/?lang={}", self.language))?;
        self.keep("front")?;
        self.go("/privacy")?;
        self.keep("privacy")?;
        self.go("/book")?;
        self.keep("book-1-address")?;
        self.browser.fill("email", "δεν είναι διεύθυνση")?;
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
        self.browser.press_selector("main h1")?;
        self.keep("book-4-service")?;
        self.browser.press_selector("a.choice")?;
        self.browser.press_selector(".days a")?;
        self.keep("book-5-times")?;
        self.browser.press_selector("button.time")?;
        self.browser.fill("name", "Ελένη Παπαδοπούλου")?;
        self.keep("book-6-details")?;
        self.browser.press_selector("form.form button[type=submit]")?;
        self.browser.press_selector("#notice")?;
        self.keep("book-7-review")?;
        self.browser.press_selector("button[name=consent][value=yes]")?;
        let mail = server.wait_for(&email, 1)?;
        self.keep("book-8-booked")?;
        self.mail(&mail, "confirmation")?;
        let manage = self.browser.address()?;
        self.go(&format!("{}/cancel", manage.split('?').next().unwrap_or(&manage)))?;
        self.keep("book-9-cancel")
    }

    /// A mail's HTML, as a mail reader shows it.
    fn mail(&self, mail: &tests::mail::Mail, name: &str) -> Result<()> {
        let html = mail.text("text/html")?;
        let file = std::env::temp_dir().join(format!("seira-mail-{}-{name}.html", self.language));
        std::fs::write(&file, self.with_picture(mail, &html)?)?;
        let page = self.browser.address()?;
        self.browser.go(&format!("file://{}", file.display()))?;
        self.browser.picture()?.save(&self.into.join(format!("mail-{name}.{}.png", self.language)))?;
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
        let kiosk = house.plain_kiosk()?;
        let ticket = kiosk.take_ticket(&kiosk.open_service()?.key)?;
        self.go(&ticket.page)?;
        self.keep("visit")
    }

    fn staff(&self) -> Result<()> {
        self.browser.resize(DESK.0, DESK.1)?;
        self.go(&format!("/login?lang={}", self.language))?;
        self.keep("login")?;
        self.browser.fill("name", ADMIN)?;
        self.browser.fill("password", ADMIN_PASSWORD)?;
        self.browser.press_selector("main button[type=submit]")?;
        self.browser.press_selector("h1")?;
        self.keep("staff-desks")?;
        for (path, name) in [
            (format!("/staff/{OFFICE}/desks/1"), "staff-desk"),
            ("/admin".to_owned(), "admin"),
            ("/admin/devices".to_owned(), "admin-devices"),
            ("/admin/clerks".to_owned(), "admin-clerks"),
            ("/admin/office".to_owned(), "admin-office"),
            ("/admin/outbox".to_owned(), "admin-outbox"),
        ] {
            self.go(&path)?;
            self.browser.press_selector("h1")?;
            self.keep(name)?;
        }
        Ok(())
    }
}

/// Opens a desk and calls somebody, so that the clerk's page has something to show.
pub fn lively(house: &House) -> Result<()> {
    let staff = Staff::admin(&house.hub)?;
    let kiosk = house.plain_kiosk()?;
    for service in kiosk.view()?.services {
        kiosk.take_ticket(&service.key)?;
    }
    let called = staff.floor()?.desks.iter().map(|desk| desk.number).try_for_each(|desk| {
        staff.open_desk(desk)?;
        staff.call(desk, None, false).map(drop)
    });
    called.context("opening the desks")
}
