//! A citizen who comes through TAXISnet: the page that asks for an address, debts and pending matters as the body's register tells
//! them, and a result that is ready and downloaded.

use anyhow::{Context, Result};
use tests::{
    http::Client,
    hub::Mails,
    lookalike::{self, TaxisnetLookalike},
    mail::MailServer,
    papers::{choose, pdf},
    wait::until,
};

use super::{
    Camera, TAGS,
    worker::{certifies, worker},
};
use crate::{album::PictureFolder, day, taken_walks::TakenWalks};

/// Whom the look-alike has debts and a pending matter of.
const USER: &str = "nikos";
/// How many steps of a request its page has, asked beside the page that is open.
const STEPS: &str = "return fetch(location.href).then(answer => answer.text()).then(text => \
     new DOMParser().parseFromString(text, 'text/html').querySelectorAll('.request-steps li').length)";

/// Takes these pages in both languages, each in an office of its own, where nobody has come yet.
pub fn take(album: &PictureFolder) -> Result<()> {
    let mut walks = TakenWalks::default();
    for language in TAGS {
        let begun = take_in(album, language, &mut walks);
        walks.take(&format!("an office beside TAXISnet ({language})"), || begun);
    }
    walks.end()
}

fn take_in(album: &PictureFolder, language: &'static str, walks: &mut TakenWalks) -> Result<()> {
    let post = tempfile::TempDir::with_prefix("seira-post-")?;
    let server = MailServer::start(post.path())?;
    let mut house = day::open_of_body(Mails::Smtp(server.port()))?;
    // Known from the hub's next run on.
    let taxisnet = TaxisnetLookalike::beside(&house.hub)?;
    day::turn_to(&mut house, "10:00")?;
    let worker = worker(&house)?;
    let citizen = Camera::open(&house, album, language, "through")?;
    let registry = Camera::open(&house, album, language, "registry")?;
    citizen.walk(walks, "a citizen comes through TAXISnet", || citizen.comes_through(&server));
    citizen.walk(walks, "a citizen looks at records", || citizen.looks_at_records(&worker, &taxisnet));
    citizen.walk(walks, "a result is ready", || citizen.downloads(&registry));
    Ok(())
}

impl Camera<'_> {
    /// Signs in on the provider's own pages, which are none of ours; gives an address, and has an account by its mail.
    fn comes_through(&self, server: &MailServer) -> Result<()> {
        let email = self.address(USER);
        self.as_nobody()?;
        self.go("/login")?;
        self.browser.waits_for("a[href^='/login/with/taxisnet']")?;
        self.keep("login-through")?;
        self.browser.press_selector("a[href^='/login/with/taxisnet']")?;
        self.browser.fill("username", USER)?;
        self.browser.fill("password", lookalike::PASSWORD)?;
        self.browser.press_selector("main button")?;
        self.browser.press("Έγκριση")?;
        self.browser.waits_for("#email")?;
        self.keep("login-email")?;
        self.browser.fill("email", &email)?;
        self.press_primary()?;
        self.browser.waits_for("aside.box")?;
        self.keep("login-email-sent")?;
        let mail = server.wait_for(&email, 0)?;
        self.go(&mail.link(&format!("{}/register/activate/", self.base))?)?;
        self.browser.waits_for("main form p.box")?;
        self.keep("register-activate-through")?;
        self.press_primary()?;
        self.browser.waits_for("div.done")?;
        self.browser.press_selector("a[href^='/login/with/taxisnet']")?;
        self.browser.waits_for("a[href='/account/records']")?;
        self.keep("account-through")
    }

    /// Is certified, has the register asked, and reads what it tells.
    fn looks_at_records(&self, worker: &Client, taxisnet: &TaxisnetLookalike) -> Result<()> {
        self.go("/account/records")?;
        self.browser.waits_for("main .box")?;
        self.keep("account-records-barred")?;
        self.go("/account/details")?;
        for (name, value) in [
            ("phone", "694 000 0000"),
            ("tax-office", self.words().tax_office),
            ("street", "Πλατεία Ελευθερίας 1"),
            ("postcode", "721 00"),
            ("town", "Άγιος Νικόλαος"),
        ] {
            self.browser.fill(name, value)?;
        }
        self.press_primary()?;
        self.browser.waits_for("div.done")?;
        self.go("/account/level")?;
        self.press_primary()?;
        self.browser.waits_for("a[href*='service=certification']")?;
        certifies(worker, &self.address(USER))?;
        self.go("/account/records")?;
        self.browser.waits_for("main form .govgr-btn-primary")?;
        self.keep("account-records")?;
        self.press_primary()?;
        self.browser.waits_for("table.plain")?;
        self.keep("account-records-told")?;
        taxisnet.feels("records-fails")?;
        self.browser.press_selector("main form button[type=submit].govgr-btn-secondary")?;
        self.browser.waits_for("#refusal")?;
        self.keep("account-records-away")?;
        taxisnet.feels("well")
    }

    /// Asks for an attestation, which the registry brings as a file, and downloads it.
    fn downloads(&self, registry: &Self) -> Result<()> {
        self.go("/requests/new/attestations")?;
        self.browser.fill("x-request_what", self.words().attestation)?;
        self.browser.press_selector("input[name=way][value=download]")?;
        self.keep("request-new-download")?;
        self.press_primary()?;
        self.browser.waits_for(".facts .big")?;
        let way = self.opens_request()?;
        registry.sign_in_administrator()?;
        registry.go(&format!("/staff{way}"))?;
        registry.browser.press_selector("form[action$='/take'] button")?;
        registry.browser.waits_for("div.done")?;
        choose(&registry.browser, "attestation.pdf", &pdf())?;
        registry.browser.press_selector("form[action$='/files'] button[type=submit]")?;
        registry.browser.waits_for("div.done")?;
        registry.browser.waits_for("form[action$='/ready'] button")?;
        registry.keep("staff-request-result")?;
        registry.browser.press_selector("form[action$='/ready'] button")?;
        registry.browser.waits_for("div.done")?;
        self.go(&way)?;
        self.browser.waits_for("form[action$='/download'] button")?;
        self.keep("request-results")?;
        let before = self.steps()?;
        self.browser.press_for_file("form[action$='/download'] button")?;
        until("the download stands among the steps", || self.steps().ok().filter(|steps| *steps > before))?;
        self.go(&way)?;
        self.browser.waits_for(".request-steps")?;
        self.keep("request-downloaded")
    }

    fn steps(&self) -> Result<u64> {
        self.browser.script(STEPS)?.as_u64().context("a number of steps")
    }
}
