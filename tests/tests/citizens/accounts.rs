//! Citizens with an account: they register by themselves (PLA-02), activate it (PET-03), and find what is theirs.

use anyhow::{Context, Result, ensure};
use tests::{
    booking::{Citizen, work},
    http::{Answer, Client},
    hub::Hub,
    mail::ReceivedMail,
};

use crate::{
    kept::{CitizenScene, scene},
    pages::{look, look_in_both},
    walk::{NAME, WalkPlace, place},
};

/// A citizen's password.
pub const PASSWORD: &str = "Τέσσερα ξύλινα παράθυρα";
/// A citizen's user name.
pub const USER: &str = "eleni.p";

/// The fields of who registers.
pub fn registration<'a>(user: &'a str, email: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("full-name", NAME), ("email", email), ("name", user), ("password", PASSWORD), ("again", PASSWORD)]
}

fn link_in(hub: &Hub, mail: &ReceivedMail) -> Result<String> {
    let link = mail.link(&format!("{}/register/activate/", hub.base()))?;
    Ok(link.strip_prefix(&hub.base()).context("a link to the hub")?.to_owned())
}

/// Sends a form with the challenge of its page solved.
fn send(client: &Client, page: &str, fields: &[(&str, &str)]) -> Result<Answer> {
    let shown = client.get(page)?.body;
    let work = work(&shown)?;
    client.post_form_of(&shown, page, &[fields, &[("altcha", work.as_str())]].concat())
}

/// Registers, activates and signs in.
pub fn citizen(scene: &CitizenScene, user: &str, email: &str) -> Result<Client> {
    let client = scene.hub.client();
    let sent = send(&client, "/register", &registration(user, email))?;
    ensure!(sent.location.as_deref() == Some("/register/sent"), "{}: {}", sent.status, sent.body);
    let link = link_in(&scene.hub, &scene.post.wait_for(email, 0)?)?;
    let wrong = client.post_form(&link, &link, &[("password", "Τέσσερα πήλινα παράθυρα")])?;
    ensure!(wrong.status == 422, "whoever reads the mail alone: {}", wrong.status);
    let done = client.post_form(&link, &link, &[("password", PASSWORD)])?;
    ensure!(done.location.as_deref() == Some("/login?done=activated&next=/account"), "{}: {}", done.status, done.body);
    let signed = client.post_form("/login", "/login", &[("name", user), ("password", PASSWORD)])?;
    ensure!(signed.location.as_deref() == Some("/account"), "{}: {}", signed.status, signed.body);
    Ok(client)
}

/// Fills the form in, in the browser, and activates the account.
pub fn register_in_browser(place: &WalkPlace, user: &str, email: &str) -> Result<()> {
    let browser = &place.browser;
    browser.go(&format!("{}/register", place.hub.base()))?;
    for (name, value) in registration(user, email) {
        browser.fill(name, value)?;
    }
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("aside.box")?;
    let mail = place.post.wait_for(email, 0)?;
    browser.go(&mail.link(&format!("{}/register/activate/", place.hub.base()))?)?;
    browser.fill("password", PASSWORD)?;
    browser.press_selector("main button[type=submit]")?;
    browser.waits_for("main #name")?;
    browser.fill("name", user)?;
    browser.fill("password", PASSWORD)?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("a[href='/account/details']")
}

#[test]
fn pla_02_pet_03_a_citizen_registers_activates_signs_in_and_books_without_a_link() -> Result<()> {
    let place = place(std::convert::identity)?;
    let (browser, base, email) = (&place.browser, place.hub.base(), "eleni@example.gr");
    // What she booked before she had an account is hers when she has one.
    let before = Citizen::new(place.hub.client(), email);
    before.ask_for_link()?;
    let start = place.post.wait_for(email, 0)?.link(&format!("{base}/book/start/"))?;
    before.open_link(start.strip_prefix(&base).context("a link to the hub")?)?;
    let times = before.times("kep", "driving-licence")?;
    let held = before.held(&before.press_time("kep", "driving-licence", times.first().context("a time")?)?)?;
    before.confirm(&held, NAME)?;
    browser.go(&format!("{base}/login"))?;
    look_in_both(browser, "login")?;
    browser.go(&format!("{base}/register"))?;
    look_in_both(browser, "register")?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("#refusal")?;
    look(&place, "register-wrong")?;
    for (name, value) in registration(USER, email) {
        browser.fill(name, value)?;
    }
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("aside.box")?;
    look_in_both(browser, "register-sent")?;
    browser.press("Έχετε ήδη εγγραφεί")?;
    browser.waits_for("#email")?;
    look_in_both(browser, "register-again")?;
    // A link that was cut off says what to do.
    browser.go(&format!("{base}/register/activate/x"))?;
    browser.reads("Ο σύνδεσμος δεν ισχύει πια")?;
    look_in_both(browser, "activate-over")?;
    // The link of the booking, its confirmation, and the link of the account.
    let mail = place.post.wait_for(email, 2)?;
    ensure!(!mail.subject.contains(USER) && !mail.subject.contains("Ελένη"), "{}", mail.subject);
    browser.go(&mail.link(&format!("{base}/register/activate/"))?)?;
    look_in_both(browser, "activate")?;
    browser.fill("password", PASSWORD)?;
    browser.press_selector("main button[type=submit]")?;
    browser.waits_for("main #name")?;
    browser.reads("Ο λογαριασμός ενεργοποιήθηκε")?;
    browser.fill("name", USER)?;
    browser.fill("password", PASSWORD)?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("a[href='/account/details']")?;
    browser.reads("Ανανέωση άδειας οδήγησης")?;
    look_in_both(browser, "member-home")?;
    browser.press("Αλλαγή στοιχείων")?;
    browser.waits_for("#tax-number")?;
    browser.fill("tax-number", "123456789")?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("#refusal")?;
    look(&place, "member-details-wrong")?;
    browser.fill("tax-number", "090000045")?;
    browser.fill("phone", "694 000 0000")?;
    for (name, value) in [("street", "Κούνδουρου 12"), ("postcode", "721 00"), ("town", "Άγιος Νικόλαος")]
    {
        browser.fill(name, value)?;
    }
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("div.done")?;
    for (page, name) in
        [("/account/details", "member-details"), ("/account/data", "member-data"), ("/account/erase", "member-erase")]
    {
        browser.go(&format!("{base}{page}"))?;
        look_in_both(browser, name)?;
    }
    browser.go(&format!("{base}/account"))?;
    // A booking needs no link, and is filled in.
    browser.press("Νέο ραντεβού")?;
    browser.go(&format!("{base}/book?office=kep&service=family-status"))?;
    browser.waits_for("#cases")?;
    browser.press_selector("main button[type=submit]")?;
    browser.waits_for("table.days")?;
    browser.press_selector(".views li:last-child a")?;
    browser.waits_for(".soon")?;
    browser.press_selector(".soon button.time")?;
    browser.waits_for("#behalf-other")?;
    let filled =
        browser.script("return [document.querySelector('#name').value, document.querySelector('#phone').value]")?;
    ensure!(filled[0] == NAME && filled[1] == "+30 694 000 0000", "{filled}");
    browser.press_selector("form#held-form > button[type=submit]")?;
    browser.waits_for("#notice")?;
    // The browser forgets her when she signs out: her page is nobody's.
    browser.press("Αποσύνδεση")?;
    browser.waits_for("#password")?;
    browser.go(&format!("{base}/account"))?;
    browser.waits_for("#password")
}

#[test]
fn pet_03_a_link_is_good_once_and_nobody_learns_who_has_an_account() -> Result<()> {
    let scene = scene()?;
    let email = "maria@example.gr";
    let client = citizen(&scene, "maria", email)?;
    let link = link_in(&scene.hub, &scene.post.wait_for(email, 0)?)?;
    ensure!(client.get(&link)?.status == 410, "good once");
    // Who registers again with her address reads what everybody reads; she is told.
    let other = scene.hub.client();
    let answer = send(&other, "/register", &registration("somebody", email))?;
    ensure!(answer.location.as_deref() == Some("/register/sent"), "{}: {}", answer.status, answer.body);
    let told = scene.post.wait_for(email, 1)?.text("text/plain")?;
    ensure!(told.contains("maria") && !told.contains("/register/activate/"), "{told}");
    // The name is hers, whatever its letters look like.
    for name in ["maria", "MARIA"] {
        let taken = send(&other, "/register", &registration(name, "third@example.gr"))?;
        ensure!(taken.status == 422 && taken.body.contains("το έχει άλλος"), "{}: {}", taken.status, taken.body);
    }
    // What asks for the link again says the same of everybody.
    for asked in ["nobody@example.gr", email] {
        let again = send(&other, "/register/again", &[("email", asked)])?;
        ensure!(again.location.as_deref() == Some("/register/sent"), "{}: {}", again.status, again.body);
    }
    ensure!(scene.post.count("nobody@example.gr")? == 0, "nobody has a mail");
    Ok(())
}

#[test]
fn pla_05_new_08_a_citizen_who_is_signed_in_is_nobody_to_staffs_pages_and_to_the_api() -> Result<()> {
    let scene = scene()?;
    let client = citizen(&scene, "maria", "maria@example.gr")?;
    for page in ["/staff", "/staff/kep/bookings", "/staff/kep/desks/1", "/admin", "/admin/people", "/staff/house"] {
        let answer = client.get(page)?;
        ensure!(answer.status == 403, "{page}: {}", answer.status);
    }
    for path in ["/api/v1/accounts", "/api/v1/offices/kep/devices"] {
        let answer = client.get(path)?;
        ensure!(answer.status == 401 || answer.status == 403, "{path}: {}", answer.status);
    }
    // A program signs in for staff alone.
    let body = serde_json::json!({ "name": "maria", "password": PASSWORD });
    let answer = scene.hub.client().post("/api/v1/sessions", &body)?;
    ensure!(answer.status == 401, "{}: {}", answer.status, answer.body);
    // What is her own is hers: password and second step.
    ensure!(client.get("/staff/account")?.status == 200);
    let listed = crate::agents::administrator(&scene.hub)?.get("/admin/clerks")?;
    ensure!(!listed.body.contains("maria"), "no citizen stands among staff");
    Ok(())
}
