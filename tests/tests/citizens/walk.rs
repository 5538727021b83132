//! A citizen's way through the pages, step by step, with something to be done at each page that opens.

use std::path::Path;

use anyhow::{Context, Result};
use tests::{
    booking::{details_of, prove_today_in},
    browser::Browser,
    hub::{Hub, Setting},
    mail::{MailServer, ReceivedMail},
};

/// A hub, its mail, and a browser.
pub struct WalkPlace {
    /// The hub.
    pub hub: Hub,
    /// Where its mails go.
    pub post: MailServer,
    /// The browser.
    pub browser: Browser,
    _folder: tempfile::TempDir,
}

impl WalkPlace {
    /// One that was set up otherwise.
    pub const fn of(hub: Hub, post: MailServer, browser: Browser, folder: tempfile::TempDir) -> Self {
        Self { hub, post, browser, _folder: folder }
    }
}

/// Sets the place up on a Tuesday morning; `change` is made to the sample office.
pub fn place(change: fn(String) -> String) -> Result<WalkPlace> {
    place_with(change, |_| Ok(()))
}

/// The same with more files beside the hub's configuration, put there before it starts.
pub fn place_with(change: fn(String) -> String, put: impl Fn(&Path) -> Result<()>) -> Result<WalkPlace> {
    let folder = tempfile::TempDir::with_prefix("seira-citizens-")?;
    put(&folder.path().join("hub"))?;
    std::fs::create_dir(folder.path().join("post"))?;
    let post = MailServer::start(&folder.path().join("post"))?;
    let mails = tests::hub::Mails::Smtp(post.port());
    let setting = Setting { mails, office: change, ..Setting::tuesday("09:00")? };
    let hub = Hub::start(&folder.path().join("hub"), setting)?;
    let browser = Browser::open(&folder.path().join("browser"))?;
    Ok(WalkPlace { hub, post, browser, _folder: folder })
}

/// The place of an office that belongs to a body, which takes requests.
pub fn place_of_body() -> Result<WalkPlace> {
    place_of_body_with(std::convert::identity)
}

/// The same, of an office that differs from the sample.
pub fn place_of_body_with(office: fn(String) -> String) -> Result<WalkPlace> {
    let folder = tempfile::TempDir::with_prefix("seira-citizens-")?;
    std::fs::create_dir(folder.path().join("post"))?;
    let post = MailServer::start(&folder.path().join("post"))?;
    let mails = tests::hub::Mails::Smtp(post.port());
    let setting = Setting { mails, office, body: true, ..Setting::tuesday("09:00")? };
    let hub = Hub::start(&folder.path().join("hub"), setting)?;
    let browser = Browser::open(&folder.path().join("browser"))?;
    Ok(WalkPlace { hub, post, browser, _folder: folder })
}

/// What somebody writes into the details.
pub const NAME: &str = "Ελένη Παπαδοπούλου";

/// The pages of a booking, in order, as the walk names them.
pub struct Walk<'a> {
    /// Where.
    pub place: &'a WalkPlace,
    /// `el`, `en`, or one that was added.
    pub language: &'a str,
    /// Who books.
    pub email: &'a str,
    /// What is done at each page that opens, by its name.
    pub at: &'a dyn Fn(&str) -> Result<()>,
}

impl Walk<'_> {
    fn browser(&self) -> &Browser {
        &self.place.browser
    }

    fn go(&self, path: &str) -> Result<()> {
        let address =
            if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.place.hub.base()) };
        self.browser().go(&address)
    }

    /// From the front page to the link in the mail, and through it.
    pub fn prove(&self) -> Result<()> {
        self.go(&format!("/?lang={}", self.language))?;
        (self.at)("front")?;
        self.go("/privacy")?;
        (self.at)("privacy")?;
        self.go("/accessibility")?;
        (self.at)("accessibility")?;
        self.go("/order")?;
        (self.at)("order")?;
        self.go("/book?office=kep&service=family-status")?;
        (self.at)("address")?;
        let before = self.place.post.count(self.email)?;
        self.browser().fill("email", self.email)?;
        self.browser().press_selector("#address-form button.govgr-btn")?;
        self.browser().waits_for(".box h2")?;
        (self.at)("sent")?;
        let mail = self.place.post.wait_for(self.email, before)?;
        self.go(&mail.link(&format!("{}/book/start/", self.place.hub.base()))?)?;
        (self.at)("start")?;
        self.browser().press_selector("main button[type=submit]")?;
        self.browser().waits_for("#cases")
    }

    /// From the choice of the way to a time that is kept.
    pub fn choose(&self) -> Result<()> {
        (self.at)("how")?;
        self.browser().fill("cases", "2")?;
        self.browser().press_selector("main button[type=submit]")?;
        self.browser().waits_for("table.days")?;
        (self.at)("times")?;
        self.browser().press_selector(".views li:last-child a")?;
        self.browser().waits_for(".soon")?;
        (self.at)("times-list")?;
        self.browser().press_selector(".soon button.time")?;
        self.browser().waits_for("#behalf-other")
    }

    /// Fills the details in, up to the last check.
    pub fn tell(&self) -> Result<()> {
        (self.at)("details")?;
        self.browser().press_selector("form#held-form > button[type=submit]")?;
        self.browser().waits_for(".field-wrong")?;
        (self.at)("details-wrong")?;
        for (name, value) in details_of(NAME).into_iter().filter(|(name, _)| *name != "behalf") {
            self.browser().fill(name, value)?;
        }
        self.browser().press_selector("form#held-form > button[type=submit]")?;
        self.browser().waits_for("#notice")?;
        (self.at)("review")
    }

    /// Agrees, and reads the confirmation.
    pub fn agree(&self) -> Result<ReceivedMail> {
        let before = self.place.post.count(self.email)?;
        self.browser().press_selector("button[name=consent][value=yes]")?;
        self.browser().waits_for(".code")?;
        (self.at)("booked")?;
        self.place.post.wait_for(self.email, before)
    }

    /// Everything behind the booking's link, up to its end.
    pub fn manage(&self) -> Result<()> {
        let address = self.browser().address()?;
        let link = address.split('?').next().context("an address")?.to_owned();
        self.go(&format!("{link}/renew"))?;
        (self.at)("renew")?;
        self.go(&format!("{link}/data"))?;
        (self.at)("code")?;
        prove_today_in(self.browser(), &self.place.post, self.email)?;
        self.browser().waits_for("dl.facts")?;
        for (page, name) in [("/documents", "documents"), ("/data", "data"), ("/erase", "erase"), ("/change", "change")]
        {
            self.go(&format!("{link}{page}"))?;
            (self.at)(name)?;
        }
        self.browser().press_selector("button.time")?;
        self.browser().waits_for(".done")?;
        (self.at)("moved")?;
        self.go(&format!("{link}/cancel"))?;
        (self.at)("cancel")?;
        self.browser().press_selector("main button[type=submit]")?;
        self.browser().waits_for("main .refusal")?;
        (self.at)("cancelled")
    }
}
