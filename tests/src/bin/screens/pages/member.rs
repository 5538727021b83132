//! What citizens with an account see, what they ask of their municipality, and what staff and administrators see of both.

use anyhow::{Context, Result};
use tests::{http::Client, hub::Mails, mail::MailServer, members::PASSWORD, staff::OFFICE};

use super::{
    Camera, TAGS,
    worker::{worker, works},
};
use crate::{album::PictureFolder, day, taken_walks::TakenWalks};

/// Takes the pages of accounts and requests in both languages, in an office that belongs to a body.
pub fn take(album: &PictureFolder) -> Result<()> {
    let post = tempfile::TempDir::with_prefix("seira-post-")?;
    let server = MailServer::start(post.path())?;
    let mut house = day::open_of_body(Mails::Smtp(server.port()))?;
    day::turn_to(&mut house, "10:00")?;
    let worker = worker(&house)?;
    let mut walks = TakenWalks::default();
    for language in TAGS {
        let camera = Camera::open(&house, album, language, "member")?;
        camera.walk(&mut walks, "a citizen registers", || camera.registers(&server));
        camera.walk(&mut walks, "a citizen asks the municipality", || camera.asks_the_municipality(&worker));
        camera.walk(&mut walks, "a citizen wishes for level B", || camera.own_pages());
        camera.walk(&mut walks, "a citizen is certified", || camera.certifies());
        camera.walk(&mut walks, "a certificate goes by post", || camera.posts(&worker));
        camera.walk(&mut walks, "level B is closed and opened", || camera.levels());
        camera.walk(&mut walks, "an account is found and blocked", || camera.is_blocked(&server));
        camera.walk(&mut walks, "two accounts are joined", || camera.joins(&server));
        camera.walk(&mut walks, "a password is forgotten", || camera.forgets(&server));
        camera.walk(&mut walks, "a change of address is undone", || camera.moves(&server));
        camera.walk(&mut walks, "an account agrees to be an agent", || camera.agrees(&server));
        camera.walk(&mut walks, "an account is closed", || camera.leaves(&server));
    }
    walks.end()
}

impl Camera<'_> {
    /// A user name of this language's citizen.
    pub(super) fn user(&self) -> String {
        format!("eleni.{}", self.language)
    }

    /// Registers, and opens the account behind the link.
    fn registers(&self, server: &MailServer) -> Result<()> {
        let (email, user) = (self.address("member"), self.user());
        self.as_nobody()?;
        self.go("/register/activate/x")?;
        self.browser.waits_for("h1")?;
        self.keep("register-over")?;
        self.go("/register/again")?;
        self.browser.waits_for("#email")?;
        self.keep("register-again")?;
        self.go("/register")?;
        self.browser.waits_for("#full-name")?;
        self.keep("register")?;
        self.fill_registration(&user, &email)?;
        self.press_primary()?;
        self.browser.waits_for("aside.box")?;
        self.keep("register-sent")?;
        let mail = server.wait_for(&email, 0)?;
        self.mail(&mail, "activation")?;
        self.go(&mail.link(&format!("{}/register/activate/", self.base))?)?;
        self.browser.waits_for("#password")?;
        self.keep("register-activate")?;
        self.browser.fill("password", PASSWORD)?;
        self.press_primary()?;
        self.browser.waits_for("main #name")?;
        self.keep("login-activated")?;
        self.sign_in_citizen(&user)?;
        self.keep("account")
    }

    /// Submits a request for cleaning, as whoever is signed in; gives the way to its page.
    pub(super) fn asks_for_cleaning(&self) -> Result<String> {
        let words = self.words();
        self.go("/requests/new/cleaning")?;
        self.browser.press_selector("#x-kind-0")?;
        self.browser.fill("x-request_place", words.place)?;
        self.browser.fill("x-request_what", words.matter)?;
        self.keep("request-new")?;
        self.press_primary()?;
        self.browser.waits_for(".facts .big")?;
        self.keep("request-receipt")?;
        self.opens_request()
    }

    /// From its receipt to the page of a request, whose way it gives.
    pub(super) fn opens_request(&self) -> Result<String> {
        self.browser.press_selector("main .decide a")?;
        self.browser.waits_for(".request-steps")?;
        let address = self.browser.address()?;
        let way = address.strip_prefix(&self.base).context("a page of the hub")?;
        Ok(way.split('?').next().unwrap_or(way).to_owned())
    }

    /// Asks for something, is asked back, answers, and is told in the end.
    fn asks_the_municipality(&self, worker: &Client) -> Result<()> {
        let words = self.words();
        self.sign_in_citizen(&self.user())?;
        self.go("/requests")?;
        self.browser.waits_for("h1")?;
        self.keep("requests")?;
        self.go("/requests/new/certificates")?;
        self.browser.waits_for("main .box")?;
        self.keep("request-wants-b")?;
        let way = self.asks_for_cleaning()?;
        self.keep("request")?;
        works(worker, &way, "take", &[])?;
        works(worker, &way, "ask", &[("text", words.question)])?;
        self.sign_in_administrator()?;
        self.go("/staff/requests?view=mine")?;
        self.browser.waits_for("main table")?;
        self.keep("staff-requests")?;
        self.go(&format!("/staff{way}"))?;
        self.browser.waits_for(".request-steps")?;
        self.keep("staff-request")?;
        self.sign_in_citizen(&self.user())?;
        self.go(&way)?;
        self.browser.waits_for("#answer")?;
        self.keep("request-asked")?;
        self.browser.fill("text", words.answer)?;
        self.browser.press_selector("section.box button[type=submit]")?;
        self.browser.waits_for("div.done")?;
        works(worker, &way, "finish", &[("text", words.told)])?;
        self.go(&way)?;
        self.browser.waits_for("#reopen")?;
        self.keep("request-done")?;
        self.go("/requests")?;
        self.browser.waits_for("main table")?;
        self.keep("requests-own")
    }

    /// Looks at what is theirs, and wishes to be certified.
    fn own_pages(&self) -> Result<()> {
        let words = self.words();
        self.sign_in_citizen(&self.user())?;
        self.go("/account/level")?;
        self.browser.waits_for("ol.steps")?;
        self.keep("account-level")?;
        self.go("/account/details")?;
        let greek = [
            ("phone", "694 000 0000"),
            ("tax-number", words.tax_number),
            ("tax-office", words.tax_office),
            ("street", "Πλατεία Ελευθερίας 1"),
            ("postcode", "721 00"),
            ("town", "Άγιος Νικόλαος"),
        ];
        for (name, text) in greek {
            let own = words.address.iter().find(|(field, _)| *field == name).map_or(text, |(_, own)| *own);
            self.browser.fill(name, own)?;
        }
        self.keep("account-details")?;
        self.press_primary()?;
        self.browser.waits_for("div.done")?;
        self.go("/account/level")?;
        self.press_primary()?;
        self.browser.waits_for("a[href*='service=certification']")?;
        self.keep("account-level-wished")?;
        for (path, name) in [
            ("/account/data", "account-data"),
            ("/account/erase", "account-erase"),
            ("/staff/account", "account-security"),
        ] {
            self.go(path)?;
            self.browser.waits_for("h1")?;
            self.keep(name)?;
        }
        Ok(())
    }

    /// At the desk they are certified.
    fn certifies(&self) -> Result<()> {
        self.sign_in_administrator()?;
        self.go(&format!("/staff/{OFFICE}/certify"))?;
        self.browser.waits_for("main form")?;
        self.keep("staff-certify")?;
        self.browser.fill("q", &self.user())?;
        self.submit()?;
        self.browser.press_selector("a.choice")?;
        self.browser.waits_for("#last-three")?;
        self.browser.press_selector("#paper-identity-card")?;
        self.browser.fill("last-three", "456")?;
        for proof in ["#proof-tax-number", "#proof-tax-office", "#proof-address"] {
            self.browser.press_selector(proof)?;
        }
        self.keep("staff-certify-one")?;
        self.browser.press_selector("main form button[value=certify]")?;
        self.browser.waits_for("div.done")?;
        self.keep("staff-certify-done")?;
        self.sign_in_citizen(&self.user())?;
        self.go("/account/level")?;
        self.browser.waits_for("h1")?;
        self.keep("account-level-certified")
    }

    /// An administrator closes and opens level B, as the supervisor of a unit does, and says who may do what.
    fn levels(&self) -> Result<()> {
        self.sign_in_administrator()?;
        for (path, name) in [("/admin/levels", "admin-levels"), ("/staff/requests/levels", "staff-levels")] {
            self.go(path)?;
            self.browser.press_selector("main details summary")?;
            self.keep(name)?;
        }
        self.go("/admin/clerks/1")?;
        self.browser.waits_for("form[action$='/grants']")?;
        self.keep("admin-grants")
    }
}
