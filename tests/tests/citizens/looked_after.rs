//! Accounts as staff look after them and their owners do: one is blocked and let in again, an address that is changed is taken
//! back by whoever had the mails before, two accounts of one person are joined.

use anyhow::{Context, Result, ensure};
use tests::{
    browser::Browser,
    hub::{ADMIN, ADMIN_PASSWORD},
};

use crate::{
    accounts::{PASSWORD, USER, register_in_browser},
    colleagues::{self, STAFF, hired, signs_in},
    pages::{look, look_in_both},
    raced::{asks_for_cleaning, of_staff},
    walk::{WalkPlace, place_of_body},
};

const EMAIL: &str = "maria@example.gr";

/// Fills a field of the form whose action ends so; pages of accounts have several with fields of the same name.
fn fill_in(browser: &Browser, action: &str, name: &str, value: &str) -> Result<()> {
    let form = format!("form[action$=\"{action}\"] [name=\"{name}\"]");
    let filled = browser.script(&format!(
        "const field = document.querySelector({}); if (!field) return false; field.value = {}; return true;",
        serde_json::Value::from(form),
        serde_json::Value::from(value)
    ))?;
    ensure!(filled == true, "no {name} in {action}");
    Ok(())
}

fn sign_in(place: &WalkPlace, name: &str, password: &str) -> Result<()> {
    let browser = &place.browser;
    browser.go(&format!("{}/login", place.hub.base()))?;
    browser.waits_for("main #name")?;
    browser.fill("name", name)?;
    browser.fill("password", password)?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")
}

fn sign_out(browser: &Browser) -> Result<()> {
    browser.press_selector("form[action='/logout'] button")?;
    browser.waits_for("#password")
}

#[test]
fn pla_02_staff_block_an_account_whose_owner_reads_what_to_do_and_let_her_in_again() -> Result<()> {
    let place = place_of_body()?;
    let (browser, base) = (&place.browser, place.hub.base());
    register_in_browser(&place, USER, EMAIL)?;
    sign_out(browser)?;
    sign_in(&place, ADMIN, ADMIN_PASSWORD)?;
    browser.waits_for("ul.desks")?;
    browser.go(&format!("{base}/staff/kep/citizens"))?;
    look_in_both(browser, "citizens")?;
    browser.fill("q", EMAIL)?;
    browser.press_selector("main form button[type=submit]")?;
    browser.press_selector("a.choice")?;
    browser.waits_for("details.act")?;
    look_in_both(browser, "citizen")?;
    browser.press_selector("details.act summary")?;
    browser.press_selector("form[action$='/block'] button")?;
    browser.waits_for("#refusal")?;
    look(&place, "citizen-reason-missing")?;
    fill_in(browser, "/block", "reason", "Το ζήτησε η ίδια στη θυρίδα.")?;
    browser.press_selector("form[action$='/block'] button")?;
    browser.waits_for("div.done")?;
    browser.reads("Το ζήτησε η ίδια στη θυρίδα.")?;
    look(&place, "citizen-blocked")?;
    let page = browser.address()?;
    sign_out(browser)?;
    sign_in(&place, USER, PASSWORD)?;
    browser.waits_for("#refusal")?;
    browser.reads("έχει αποκλειστεί από την υπηρεσία")?;
    look(&place, "login-blocked")?;
    // The link of the account, and that it is blocked.
    let told = place.post.wait_for(EMAIL, 1)?;
    ensure!(told.text("text/plain")?.contains("αποκλείστηκε"), "{}", told.subject);
    ensure!(!told.subject.contains("αποκλε"), "the subject says nothing of it: {}", told.subject);
    sign_in(&place, ADMIN, ADMIN_PASSWORD)?;
    browser.waits_for("ul.desks")?;
    browser.go(page.split('?').next().unwrap_or_default())?;
    browser.press_selector("form[action$='/unblock'] button")?;
    browser.waits_for("div.done")?;
    sign_out(browser)?;
    sign_in(&place, USER, PASSWORD)?;
    browser.waits_for("a[href='/account/details']")
}

#[test]
fn pla_02_whoever_had_the_mails_before_takes_a_change_of_address_back() -> Result<()> {
    let place = place_of_body()?;
    let (browser, base, other) = (&place.browser, place.hub.base(), "other@example.gr");
    register_in_browser(&place, USER, EMAIL)?;
    browser.go(&format!("{base}/staff/account"))?;
    browser.waits_for("form[action$='/account/address']")?;
    fill_in(browser, "/account/address", "email", other)?;
    fill_in(browser, "/account/address", "own", PASSWORD)?;
    browser.press_selector("form[action$='/account/address'] button")?;
    browser.waits_for("div.done")?;
    browser.go(&place.post.wait_for(other, 0)?.link(&format!("{base}/login/address/"))?)?;
    browser.press("Ναι, επιβεβαίωση")?;
    browser.reads("Η διεύθυνση επιβεβαιώθηκε")?;
    // The link of the account, and that its mails go elsewhere.
    let told = place.post.wait_for(EMAIL, 1)?;
    let undo = told.link(&format!("{base}/login/undo/"))?;
    ensure!(!told.subject.contains(USER) && !told.subject.contains(other), "{}", told.subject);
    browser.forget()?;
    browser.go(&undo)?;
    browser.reads(EMAIL)?;
    look_in_both(browser, "address-undo")?;
    browser.press("Αναίρεση της αλλαγής")?;
    browser.waits_for("div.done")?;
    look(&place, "address-undone")?;
    browser.go(&undo)?;
    browser.reads("έχει ήδη χρησιμοποιηθεί")?;
    sign_in(&place, USER, PASSWORD)?;
    browser.waits_for("a[href='/account/details']")?;
    browser.go(&format!("{base}/staff/account"))?;
    browser.reads(EMAIL)
}

#[test]
fn pla_02_two_accounts_of_one_person_become_one() -> Result<()> {
    let place = place_of_body()?;
    let (browser, base) = (&place.browser, place.hub.base());
    register_in_browser(&place, "second", "second@example.gr")?;
    browser.go(&format!("{base}/account/details"))?;
    browser.fill("phone", "694 000 0000")?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("div.done")?;
    sign_out(browser)?;
    register_in_browser(&place, USER, EMAIL)?;
    browser.press("Ενώστε τους")?;
    browser.waits_for("#code")?;
    look_in_both(browser, "account-join")?;
    browser.fill("name", "second")?;
    browser.fill("password", "μια άλλη φράση")?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("#refusal")?;
    look(&place, "account-join-wrong")?;
    browser.fill("password", PASSWORD)?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("form[action='/account/join/confirm']")?;
    look(&place, "account-join-preview")?;
    browser.press_selector("form[action='/account/join/confirm'] button")?;
    browser.waits_for("div.done")?;
    browser.reads("ενώθηκαν")?;
    browser.go(&format!("{base}/account/details"))?;
    let phone = browser.script("return document.querySelector('[name=phone]').value")?;
    let phone = phone.as_str().context("the field")?;
    ensure!(phone.contains("694 000 0000"), "what stood nowhere here came along: {phone}");
    sign_out(browser)?;
    sign_in(&place, "second", PASSWORD)?;
    browser.waits_for("#refusal")
}

#[test]
fn pla_02_fld_23_who_gives_an_account_up_with_an_open_request_reads_that_it_is_closed_and_hears_the_end() -> Result<()>
{
    let place = place_of_body()?;
    let (browser, base) = (&place.browser, place.hub.base());
    register_in_browser(&place, USER, EMAIL)?;
    let page = asks_for_cleaning(&place)?;
    browser.go(&format!("{base}/account/erase"))?;
    browser.reads("ο λογαριασμός κλείνει τώρα")?;
    browser.reads("dimos@example.gr")?;
    look_in_both(browser, "member-erase-open")?;
    browser.fill("own", PASSWORD)?;
    browser.press_selector("main form button.govgr-btn-warning")?;
    browser.reads("Ο λογαριασμός σας έκλεισε")?;
    look(&place, "member-closed")?;
    sign_in(&place, USER, PASSWORD)?;
    browser.waits_for("#refusal")?;
    hired(&place.hub, "giorgos", &["grant@case-worker@unit:1"])?;
    signs_in(browser, &place.hub, ("giorgos", colleagues::PASSWORD), STAFF)?;
    browser.go(&format!("{base}{}", of_staff(&page)?))?;
    browser.press_selector("form[action$='/take'] button")?;
    browser.waits_for("div.done")?;
    browser.press_selector("form[action$='/finish'] button:not([formaction])")?;
    browser.waits_for("div.done")?;
    // The link, the receipt, that somebody works on it, and the end: each but the link with how to ask without an account.
    let told = place.post.wait_for(EMAIL, 3)?.text("text/plain")?;
    ensure!(told.contains("ολοκληρώθηκε") && told.contains("έχει κλείσει"), "{told}");
    Ok(())
}
