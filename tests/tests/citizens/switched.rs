//! Level B is closed and opened again, each with its notice on the page and by mail (PLA-07), as whoever supervises a category and
//! whoever has level B see it.

use anyhow::{Result, ensure};

use crate::{
    accounts::{PASSWORD as OWN, USER, register_in_browser},
    colleagues::{CITIZEN, PASSWORD, STAFF, hired, signs_in},
    levels::{EVERYTHING, certifier, certify, details, found},
    pages::{look, look_in_both},
    walk::place_of_body,
};

const EMAIL: &str = "eleni@example.gr";
const REQUEST: &str = "/requests/new/certificates";
const NOTICE: [&str; 2] =
    ["Τα πιστοποιητικά δίνονται ξανά από τη Δευτέρα.", "Certificates are given again from Monday on."];

#[test]
fn pla_07_level_b_is_closed_with_a_notice_on_the_page_and_by_mail_and_opened_with_another() -> Result<()> {
    let place = place_of_body()?;
    let (browser, base) = (&place.browser, place.hub.base());
    register_in_browser(&place, USER, EMAIL)?;
    browser.go(&format!("{base}/account/details"))?;
    for (field, text) in details() {
        browser.fill(field, text)?;
    }
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("div.done")?;
    browser.go(&format!("{base}/account/level"))?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("a[href*='service=certification']")?;
    let clerk = certifier(&place.hub)?;
    let page = found(&clerk, USER)?;
    ensure!(certify(&clerk, &page, &EVERYTHING)?.status == 303);
    browser.go(&format!("{base}{REQUEST}"))?;
    browser.waits_for("#x-certificate-0")?;
    // The supervisor of certificates closes them, and no other category is there to be closed.
    hired(&place.hub, "katerina", &["grant@request-supervisor@category:5"])?;
    signs_in(browser, &place.hub, ("katerina", PASSWORD), STAFF)?;
    browser.go(&format!("{base}/staff/requests"))?;
    browser.press("Άνοιγμα και κλείσιμο του επιπέδου Β")?;
    browser.waits_for("form[action='/staff/requests/levels']")?;
    ensure!(!browser.text()?.contains("Βεβαιώσεις"), "another's category");
    browser.press_selector("details.act summary")?;
    for (name, notice) in ["el", "en"].iter().zip(NOTICE) {
        browser.fill(name, notice)?;
    }
    browser.press_selector("details.act button[type=submit]")?;
    browser.reads("επίπεδο Β΄ κλειστό")?;
    look(&place, "staff-levels-closed")?;
    // Its holder reads the notice in the place of the form, and in the mail.
    signs_in(browser, &place.hub, (USER, OWN), CITIZEN)?;
    browser.go(&format!("{base}{REQUEST}"))?;
    browser.reads(NOTICE[0])?;
    ensure!(browser.script("return document.querySelector('main form button[type=submit]') === null")? == true);
    look_in_both(browser, "request-closed")?;
    // The link, that she is certified, and the notice.
    let closed = place.post.wait_for(EMAIL, 2)?;
    ensure!(closed.text("text/plain")?.contains(NOTICE[0]) && !closed.subject.contains("Β"), "{}", closed.subject);
    signs_in(browser, &place.hub, ("katerina", PASSWORD), STAFF)?;
    browser.go(&format!("{base}/staff/requests/levels"))?;
    browser.press_selector("main form[action='/staff/requests/levels'] button")?;
    browser.reads("επίπεδο Β΄ ανοιχτό")?;
    let opened = place.post.wait_for(EMAIL, 3)?;
    ensure!(opened.text("text/plain")?.contains("παρέχεται ξανά"), "{}", opened.text("text/plain")?);
    signs_in(browser, &place.hub, (USER, OWN), CITIZEN)?;
    browser.go(&format!("{base}{REQUEST}"))?;
    browser.waits_for("#x-certificate-0")
}
