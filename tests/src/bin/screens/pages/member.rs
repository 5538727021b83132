//! What citizens with an account see, what they ask of their municipality, and what staff and administrators see of both.

use anyhow::{Context, Result, ensure};
use tests::{
    house::House,
    http::{Answer, Client},
    hub::{ADMIN, ADMIN_PASSWORD, Mails},
    mail::MailServer,
    staff::OFFICE,
};

use super::{Camera, PHONE};
use crate::{album::PictureFolder, day};

/// Good for one morning.
const PASSWORD: &str = "Τέσσερα ξύλινα παράθυρα";
/// What the administrator does for the body besides: certifying, and working on what is asked of one unit.
const GRANTS: [(&str, &str); 2] = [("grant@certifier@office:1", "yes"), ("grant@case-worker@unit:1", "yes")];

/// Takes the pages of accounts and requests in both languages, in an office that belongs to a body.
pub fn take(album: &PictureFolder) -> Result<()> {
    let post = tempfile::TempDir::with_prefix("seira-post-")?;
    let server = MailServer::start(post.path())?;
    let mut house = day::open_of_body(Mails::Smtp(server.port()))?;
    day::turn_to(&mut house, "10:00")?;
    let worker = worker(&house)?;
    for language in ["el", "en"] {
        let camera = Camera::open(&house, album, language, "member")?;
        camera.registers(&server)?;
        let request = camera.asks_the_municipality(&worker)?;
        camera.own_pages(&request)?;
        camera.certifies()?;
    }
    Ok(())
}

/// The administrator, who certifies and works on requests too.
fn worker(house: &House) -> Result<Client> {
    let client = house.hub.client();
    led(&client.post_form("/login", "/login", &[("name", ADMIN), ("password", ADMIN_PASSWORD)])?)?;
    led(&client.post_form("/admin/clerks/1", "/admin/clerks/1/grants", &GRANTS)?)?;
    Ok(client)
}

fn led(answer: &Answer) -> Result<()> {
    ensure!(answer.status == 303, "{}: {}", answer.status, answer.body);
    Ok(())
}

impl Camera<'_> {
    /// A user name of this language's citizen.
    fn user(&self) -> String {
        format!("eleni.{}", self.language)
    }

    /// Registers, and opens the account behind the link.
    fn registers(&self, server: &MailServer) -> Result<()> {
        let (email, user) = (self.address("member"), self.user());
        self.as_nobody()?;
        self.go("/register")?;
        self.browser.waits_for("#full-name")?;
        self.keep("register")?;
        let typed = [("full-name", self.words().name), ("email", &*email), ("name", &*user)];
        let secret = [("password", PASSWORD), ("again", PASSWORD)];
        typed.into_iter().chain(secret).try_for_each(|(name, text)| self.browser.fill(name, text))?;
        self.press_primary()?;
        self.browser.waits_for("aside.box")?;
        self.keep("register-sent")?;
        let mail = server.wait_for(&email, 0)?;
        self.mail(&mail, "activation")?;
        self.go(&mail.link(&format!("{}/register/activate/", self.base))?)?;
        self.browser.waits_for("#password")?;
        self.keep("register-activate")?;
        self.browser.fill("password", PASSWORD)?;
        self.browser.press_selector("main button[type=submit]")?;
        self.browser.waits_for("main #name")?;
        self.browser.fill("name", &user)?;
        self.browser.fill("password", PASSWORD)?;
        self.press_primary()?;
        self.browser.waits_for("a[href='/account/details']")?;
        self.keep("account")
    }

    /// Asks for something, and is asked back; gives the way to the request's page.
    fn asks_the_municipality(&self, worker: &Client) -> Result<String> {
        let words = self.words();
        self.go("/requests")?;
        self.browser.waits_for("h1")?;
        self.keep("requests")?;
        self.go("/requests/new/certificates")?;
        self.browser.waits_for("main .box")?;
        self.keep("request-wants-b")?;
        self.go("/requests/new/cleaning")?;
        self.browser.press_selector("#x-kind-0")?;
        self.browser.fill("x-request_place", words.place)?;
        self.browser.fill("x-request_what", words.matter)?;
        self.keep("request-new")?;
        self.press_primary()?;
        self.browser.waits_for(".facts .big")?;
        self.keep("request-receipt")?;
        self.browser.press_selector("main .decide a")?;
        self.browser.waits_for(".request-steps")?;
        self.keep("request")?;
        let address = self.browser.address()?;
        let way = address.strip_prefix(&self.base).context("a page of the hub")?;
        let way = way.split('?').next().unwrap_or(way).to_owned();
        let one = format!("/staff{way}");
        led(&worker.post_form(&one, &format!("{one}/take"), &[])?)?;
        led(&worker.post_form(&one, &format!("{one}/ask"), &[("text", words.question)])?)?;
        self.sign_in_administrator()?;
        self.go("/staff/requests")?;
        self.browser.waits_for("main table")?;
        self.keep("staff-requests")?;
        self.go(&one)?;
        self.browser.waits_for(".request-steps")?;
        self.keep("staff-request")?;
        Ok(way)
    }

    /// Looks at what is theirs, and wishes to be certified.
    fn own_pages(&self, request: &str) -> Result<()> {
        let words = self.words();
        self.width.set(PHONE);
        self.sign_in(&self.user(), PASSWORD)?;
        self.browser.waits_for("a[href='/account/details']")?;
        self.go(request)?;
        self.browser.waits_for(".request-steps")?;
        self.keep("request-asked")?;
        self.go("/account/level")?;
        self.browser.waits_for("ol.steps")?;
        self.keep("account-level")?;
        self.go("/account/details")?;
        let greek = [
            ("phone", "694 000 0000"),
            ("tax-number", "090000045"),
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

    /// At the desk they are certified; an administrator closes and opens level B.
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
        self.go("/admin/levels")?;
        self.browser.press_selector("main details summary")?;
        self.keep("admin-levels")?;
        self.go("/admin/clerks/1")?;
        self.browser.waits_for("form[action$='/grants']")?;
        self.keep("admin-grants")?;
        self.width.set(PHONE);
        self.sign_in(&self.user(), PASSWORD)?;
        self.browser.waits_for("a[href='/account/details']")?;
        self.go("/account/level")?;
        self.browser.waits_for("h1")?;
        self.keep("account-level-certified")
    }
}
