//! Citizens sign in through TAXISnet: its look-alike stands beside the hub, and the browser goes there and back.

use anyhow::{Result, ensure};
use tests::{
    booking::details_of,
    browser::Browser,
    hub::{Hub, Mails, Setting},
    lookalike::{PASSWORD, TaxisnetLookalike},
    mail::MailServer,
    papers::{choose, pdf},
    wait::until,
};

use crate::{
    colleagues::{self, STAFF, hired, signs_in},
    levels::{EVERYTHING, certifier, certify, found},
    pages::{look_at, look_in_both},
    raced::of_staff,
    walk::WalkPlace,
};

/// A place with the look-alike beside its hub.
struct ThroughPlace {
    place: WalkPlace,
    taxisnet: TaxisnetLookalike,
}

fn place() -> Result<ThroughPlace> {
    place_with(false, std::convert::identity)
}

/// A certificate is for who comes through TAXISnet (OMB-19).
fn certificate_asks_for_taxisnet(office: String) -> String {
    office.replace("key = \"family-status\"", "key = \"family-status\"\nassurance = \"taxisnet\"")
}

/// The same, where the office belongs to a body or does not, and differs from the sample.
fn place_with(body: bool, office: fn(String) -> String) -> Result<ThroughPlace> {
    let folder = tempfile::TempDir::with_prefix("seira-through-")?;
    std::fs::create_dir(folder.path().join("post"))?;
    let post = MailServer::start(&folder.path().join("post"))?;
    let setting = Setting { mails: Mails::Smtp(post.port()), body, office, ..Setting::tuesday("09:00")? };
    let mut hub = Hub::prepare(&folder.path().join("hub"), setting)?;
    let taxisnet = TaxisnetLookalike::beside(&hub)?;
    hub.run()?;
    let browser = Browser::open(&folder.path().join("browser"))?;
    Ok(ThroughPlace { place: WalkPlace::of(hub, post, browser, folder), taxisnet })
}

impl ThroughPlace {
    fn go(&self, path: &str) -> Result<()> {
        self.place.browser.go(&format!("{}{path}", self.place.hub.base()))
    }

    /// Presses the button, and signs in on the provider's own pages.
    fn signs_in(&self, user: &str) -> Result<()> {
        let browser = &self.place.browser;
        self.go("/login")?;
        browser.press_selector("a[href^='/login/with/taxisnet']")?;
        browser.reads("Ομοίωμα για δοκιμές")?;
        browser.fill("username", user)?;
        browser.fill("password", PASSWORD)?;
        browser.press_selector("main button")?;
        browser.reads("Η εφαρμογή ζητά")?;
        browser.press("Έγκριση")
    }

    /// Somebody has an account by way of the provider, and is signed in through it.
    fn joins(&self, user: &str, email: &str) -> Result<()> {
        let (browser, base) = (&self.place.browser, self.place.hub.base());
        self.signs_in(user)?;
        browser.waits_for("#email")?;
        browser.fill("email", email)?;
        browser.press_selector("main form button.govgr-btn-primary")?;
        browser.waits_for("aside.box")?;
        let mail = self.place.post.wait_for(email, 0)?;
        browser.go(&mail.link(&format!("{base}/register/activate/"))?)?;
        browser.press_selector("main button[type=submit]")?;
        browser.reads("Η διεύθυνσή σας επιβεβαιώθηκε")?;
        browser.press_selector("a[href^='/login/with/taxisnet']")?;
        browser.waits_for("a[href='/account/records']")
    }

    /// Whoever is signed in fills everything in, wishes for level B, and is certified by a clerk.
    fn is_certified(&self, email: &str) -> Result<()> {
        let browser = &self.place.browser;
        self.go("/account/details")?;
        for (name, value) in [
            ("phone", "694 000 0000"),
            ("tax-office", "Αγίου Νικολάου"),
            ("street", "Κούνδουρου 12"),
            ("postcode", "721 00"),
            ("town", "Άγιος Νικόλαος"),
        ] {
            browser.fill(name, value)?;
        }
        browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
        browser.waits_for("div.done")?;
        self.go("/account/level")?;
        browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
        browser.waits_for("a[href*='service=certification']")?;
        let clerk = certifier(&self.place.hub)?;
        let page = found(&clerk, email)?;
        let done = certify(&clerk, &page, &EVERYTHING)?;
        ensure!(done.location.as_deref() == Some(format!("{page}?done=certified").as_str()), "{}", done.body);
        Ok(())
    }

    fn look(&self, name: &str) -> Result<()> {
        look_at(&self.place.browser, name)
    }
}

/// What somebody who is not signed in reads of the service: the one next step, and no button; the page's address.
fn elsewhere_reads(browser: &Browser, base: &str) -> Result<String> {
    browser.go(&format!("{base}/office/kep/1?lang=el"))?;
    browser.waits_for(".next-step")?;
    browser.reads("Χρειάζεται σύνδεση μέσω TAXISnet.")?;
    browser.waits_for(".next-step a[href^='/login/with/taxisnet']")?;
    look_in_both(browser, "service-wants-taxisnet")?;
    browser.address()
}

#[test]
fn pre_02_pre_04_omb_19_a_citizen_comes_through_taxisnet_confirms_an_address_books_and_goes_out_through_it()
-> Result<()> {
    let through = place_with(false, certificate_asks_for_taxisnet)?;
    let (browser, base, email) = (&through.place.browser, through.place.hub.base(), "maria@example.gr");
    through.go("/login")?;
    through.look("login-through")?;
    through.signs_in("maria")?;
    browser.waits_for("#email")?;
    browser.reads("ΜΑΡΙΑ ΠΑΠΑΔΟΠΟΥΛΟΥ")?;
    look_in_both(browser, "through-email")?;
    browser.fill("email", "maria@")?;
    browser.press_selector("main form button.govgr-btn-primary")?;
    browser.waits_for("#refusal")?;
    through.look("through-email-wrong")?;
    browser.fill("email", email)?;
    browser.press_selector("main form button.govgr-btn-primary")?;
    browser.waits_for("aside.box")?;
    look_in_both(browser, "through-sent")?;
    // Before she confirms she is nobody here.
    through.go("/account")?;
    browser.waits_for("#password")?;
    let mail = through.place.post.wait_for(email, 0)?;
    ensure!(!mail.subject.contains("ΜΑΡΙΑ"), "{}", mail.subject);
    // In another browser the link makes nobody an account, and says how it goes on there.
    let folder = tempfile::TempDir::with_prefix("seira-elsewhere-")?;
    let elsewhere = Browser::open(folder.path())?;
    elsewhere.go(&mail.link(&format!("{base}/register/activate/"))?)?;
    elsewhere.reads("άρχισε σε άλλον περιηγητή")?;
    look_in_both(&elsewhere, "activate-elsewhere")?;
    browser.go(&mail.link(&format!("{base}/register/activate/"))?)?;
    browser.press_selector("main button[type=submit]")?;
    browser.reads("Η διεύθυνσή σας επιβεβαιώθηκε")?;
    // The provider knows her still: one press is enough.
    browser.press_selector("a[href^='/login/with/taxisnet']")?;
    browser.waits_for("a[href='/account/details']")?;
    browser.reads("ΜΑΡΙΑ ΠΑΠΑΔΟΠΟΥΛΟΥ")?;
    through.look("member-through")?;
    // She books without a link what asks for TAXISnet, which stands on the page of the service in the place of its button for
    // whoever did not come so.
    let service = elsewhere_reads(&elsewhere, &base)?;
    browser.go(&service)?;
    browser.press_selector("main a.govgr-btn-primary[href*='service=family-status']")?;
    browser.waits_for("#cases")?;
    browser.press_selector("main button[type=submit]")?;
    browser.waits_for("table.days")?;
    browser.press_selector(".views li:last-child a")?;
    browser.waits_for(".soon")?;
    browser.press_selector(".soon button.time")?;
    browser.waits_for("#behalf-other")?;
    let filled = browser.script("return document.querySelector('#name').value")?;
    ensure!(filled == "ΜΑΡΙΑ ΠΑΠΑΔΟΠΟΥΛΟΥ", "{filled}");
    for (field, text) in details_of("ΜΑΡΙΑ ΠΑΠΑΔΟΠΟΥΛΟΥ").into_iter().filter(|(field, _)| *field != "behalf")
    {
        browser.fill(field, text)?;
    }
    browser.press_selector("form#held-form > button[type=submit]")?;
    browser.waits_for("#notice")?;
    browser.press_selector("button[name=consent][value=yes]")?;
    browser.waits_for(".code")?;
    // It stands in her list, with the ways to move it and to give it up.
    through.go("/account")?;
    browser.press_selector("main a[href*='/booking/']")?;
    browser.waits_for("a[href$='/change']")?;
    browser.waits_for("a[href$='/cancel']")?;
    // She goes out through the provider, by a page of this house that leads on by itself.
    through.go("/account")?;
    browser.press("Αποσύνδεση")?;
    browser.waits_for("#password")?;
    ensure!(browser.address()?.starts_with(&format!("{base}/login")), "{}", browser.address()?);
    // The next at the same machine is asked who they are, and is not her.
    through.signs_in("nikos")?;
    browser.waits_for("#email")?;
    browser.reads("ΝΙΚΟΛΑΟΣ ΙΩΑΝΝΟΥ")
}

#[test]
fn pre_02_a_company_and_a_provider_that_is_away_are_told_in_words_and_the_house_goes_on() -> Result<()> {
    let through = place()?;
    let browser = &through.place.browser;
    through.signs_in("etaireia")?;
    browser.reads("δεν ανήκει σε φυσικό πρόσωπο")?;
    through.look("through-no-person")?;
    // Somebody else signs in after signing out there.
    browser.press("Σύνδεση ως άλλο πρόσωπο")?;
    browser.waits_for("#password")?;
    through.taxisnet.feels("token-fails")?;
    through.signs_in("maria")?;
    browser.reads("δεν απαντά αυτή τη στιγμή")?;
    through.look("through-away")?;
    browser.press("Σύνδεση με όνομα χρήστη και συνθηματικό")?;
    browser.waits_for("#password")?;
    browser.fill("name", tests::hub::ADMIN)?;
    browser.fill("password", tests::hub::ADMIN_PASSWORD)?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("a[href='/staff/account']")?;
    // Whoever is signed in here and comes from there too is asked whether both are one. The provider knows her still.
    through.taxisnet.feels("well")?;
    through.go("/login/with/taxisnet?next=/account")?;
    browser.waits_for("form[action='/login/connect']")?;
    look_in_both(browser, "login-connect")
}

#[test]
fn pla_06_a_citizen_who_is_certified_and_came_through_taxisnet_sees_debts_and_pending_matters() -> Result<()> {
    let through = place_with(true, std::convert::identity)?;
    let (browser, email) = (&through.place.browser, "nikos@example.gr");
    through.joins("nikos", email)?;
    through.go("/account/records")?;
    browser.reads("επιπέδου Β")?;
    look_in_both(browser, "records-barred")?;
    through.is_certified(email)?;
    through.go("/account/records")?;
    look_in_both(browser, "records-before")?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("table.plain")?;
    browser.reads("Τέλη καθαριότητας 2026")?;
    browser.reads("120,50 €")?;
    browser.reads("Άδεια κοπής δέντρου")?;
    through.look("records-told")?;
    // The register is away: it is said, and the look stands below all the same.
    through.taxisnet.feels("records-fails")?;
    browser.press_selector("main form button[type=submit].govgr-btn-secondary")?;
    browser.waits_for("#refusal")?;
    browser.reads("δεν απαντά αυτή τη στιγμή")?;
    through.look("records-away")
}

#[test]
fn pla_03_a_result_is_downloaded_by_who_came_through_taxisnet_and_each_time_stands_among_the_steps() -> Result<()> {
    let through = place_with(true, std::convert::identity)?;
    let (place, email) = (&through.place, "nikos@example.gr");
    let (browser, base) = (&place.browser, place.hub.base());
    through.joins("nikos", email)?;
    through.is_certified(email)?;
    through.go("/requests/new/attestations")?;
    browser.fill("x-request_what", "Βεβαίωση μόνιμης κατοικίας")?;
    browser.press_selector("input[name=way][value=download]")?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for(".facts .big")?;
    browser.press_selector("main .decide a")?;
    browser.waits_for(".request-steps")?;
    let page = browser.address()?;
    // The registry brings the file, and says that it is ready.
    hired(&place.hub, "katerina", &["grant@case-worker@unit:4"])?;
    let folder = tempfile::TempDir::with_prefix("seira-registry-")?;
    let registry = Browser::open(folder.path())?;
    signs_in(&registry, &place.hub, ("katerina", colleagues::PASSWORD), STAFF)?;
    registry.go(&format!("{base}{}", of_staff(&page)?))?;
    registry.press_selector("form[action$='/take'] button")?;
    registry.waits_for("div.done")?;
    choose(&registry, "attestation.pdf", &pdf())?;
    registry.press_selector("form[action$='/files'] button[type=submit]")?;
    registry.waits_for("div.done")?;
    registry.reads("attestation.pdf")?;
    look_in_both(&registry, "staff-request-result")?;
    registry.press_selector("form[action$='/ready'] button")?;
    registry.waits_for("div.done")?;
    browser.go(&page)?;
    browser.reads("attestation.pdf")?;
    look_in_both(browser, "request-results")?;
    browser.press_for_file("form[action$='/download'] button")?;
    // Asked beside the page, on which the file is still on its way.
    let steps = "return fetch(location.href).then(answer => answer.text())";
    until("the download stands among the steps", || {
        let page = browser.script(steps).ok()?;
        page.as_str().filter(|text| text.contains("Παραλήφθηκε ηλεκτρονικά")).map(drop)
    })?;
    browser.go(&page)?;
    browser.reads("Παραλήφθηκε ηλεκτρονικά")
}
