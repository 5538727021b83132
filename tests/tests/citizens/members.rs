//! A citizen with an account by keyboard alone, and without scripts: from registering to the receipt of a request (PLA-02, PET-02).

use anyhow::Result;
use tests::browser::keys;

use crate::{
    accounts::{PASSWORD, USER, register_in_browser, registration},
    by_keyboard::tab_to,
    pages::look_in_both,
    walk::place_of_body,
};

#[test]
fn pla_02_pet_02_from_registering_to_the_receipt_by_keyboard_alone() -> Result<()> {
    let place = place_of_body()?;
    let (browser, base, email) = (&place.browser, place.hub.base(), "keys@example.gr");
    browser.width(1280)?;
    browser.go(&format!("{base}/register"))?;
    for (name, value) in registration(USER, email) {
        tab_to(browser, &format!("#{name}"))?;
        browser.strike(value)?;
    }
    tab_to(browser, "main form button.govgr-btn-primary")?;
    browser.strike(keys::ENTER)?;
    browser.waits_for("aside.box")?;
    let mail = place.post.wait_for(email, 0)?;
    browser.go(&mail.link(&format!("{base}/register/activate/"))?)?;
    tab_to(browser, "#password")?;
    browser.strike(PASSWORD)?;
    browser.strike(keys::ENTER)?;
    browser.waits_for("main #name")?;
    tab_to(browser, "#name")?;
    browser.strike(USER)?;
    tab_to(browser, "#password")?;
    browser.strike(PASSWORD)?;
    browser.strike(keys::ENTER)?;
    browser.waits_for("a[href='/account/details']")?;
    // The way to level B is one link away.
    tab_to(browser, "main a[href$=level]")?;
    browser.strike(keys::ENTER)?;
    browser.waits_for("ol.steps")?;
    browser.go(&format!("{base}/requests"))?;
    tab_to(browser, "main a.choice")?;
    browser.strike(keys::ENTER)?;
    browser.waits_for("#x-kind-0")?;
    tab_to(browser, "#x-kind-0")?;
    browser.strike(" ")?;
    tab_to(browser, "#x-request_place")?;
    browser.strike("Κουντούρου 12")?;
    tab_to(browser, "#x-request_what")?;
    browser.strike("Ο κάδος ξεχειλίζει.")?;
    tab_to(browser, "main form button.govgr-btn-primary")?;
    browser.strike(keys::ENTER)?;
    browser.waits_for(".facts .big")?;
    browser.reads("1/2026")?;
    tab_to(browser, "main .decide a")?;
    browser.strike(keys::ENTER)?;
    browser.waits_for(".request-steps")
}

#[test]
fn pet_02_a_request_without_scripts_from_the_form_to_its_withdrawal() -> Result<()> {
    let place = place_of_body()?;
    let (browser, base) = (&place.browser, place.hub.base());
    // The challenge of registering is work for a script, or letters that no program reads: the story of bookings has them.
    register_in_browser(&place, USER, "plain@example.gr")?;
    browser.scripts_off()?;
    browser.go(&format!("{base}/account/level"))?;
    browser.reads("Πιστοποίηση επιπέδου Β")?;
    browser.go(&format!("{base}/requests/new/cleaning"))?;
    browser.press_selector("main form button[type=submit]")?;
    browser.waits_for("#refusal")?;
    browser.press_selector("#x-kind-0")?;
    browser.fill("x-request_place", "Κουντούρου 12")?;
    browser.fill("x-request_what", "Ο κάδος ξεχειλίζει.")?;
    browser.press_selector("main form button[type=submit]")?;
    browser.waits_for(".facts .big")?;
    browser.press_selector("main .decide a")?;
    browser.waits_for(".request-steps")?;
    let page = browser.address()?;
    browser.fill("text", "Και ο διπλανός.")?;
    browser.press_selector("form[action$='/files'] button[type=submit]")?;
    browser.waits_for(".done")?;
    browser.reads("Και ο διπλανός.")?;
    browser.go(&page)?;
    browser.press_selector("#sure")?;
    browser.press_selector("form[action$='/withdraw'] button[type=submit]")?;
    browser.waits_for(".done")?;
    browser.go(&format!("{base}/requests?lang=el"))?;
    browser.waits_for("table.plain")
}

#[test]
fn pet_02_the_list_of_one_s_own_requests_is_accessible() -> Result<()> {
    let place = place_of_body()?;
    let (browser, base) = (&place.browser, place.hub.base());
    register_in_browser(&place, USER, "own@example.gr")?;
    browser.go(&format!("{base}/requests/new/cleaning"))?;
    browser.press_selector("#x-kind-0")?;
    browser.fill("x-request_place", "Κουντούρου 12")?;
    browser.fill("x-request_what", "Ο κάδος ξεχειλίζει.")?;
    browser.press_selector("main form button[type=submit]")?;
    browser.waits_for(".facts .big")?;
    browser.go(&format!("{base}/requests?lang=el"))?;
    browser.waits_for("table.plain")?;
    look_in_both(browser, "requests-own")
}
