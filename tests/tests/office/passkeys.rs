//! Passkeys in a real browser, with an authenticator of its own: set up, shown at sign-in, added and removed; each page judged.

use anyhow::{Result, ensure};
use tests::hub::{ADMIN, ADMIN_PASSWORD};

use crate::place::Place;

fn sign_in(place: &Place) -> Result<()> {
    place.go_by_name("/login?lang=el")?;
    place.browser.fill("name", ADMIN)?;
    place.browser.fill("password", ADMIN_PASSWORD)?;
    place.browser.press_selector("main form button")
}

/// Types the own password into the first form that is sent to a path, and sends it.
fn confirm(place: &Place, form: &str) -> Result<()> {
    place.browser.script("for (const more of document.querySelectorAll('details.act')) more.open = true")?;
    place.browser.press_selector(&format!("form[action$='{form}'] input[name=own]"))?;
    place.browser.strike(ADMIN_PASSWORD)?;
    place.browser.press_selector(&format!("form[action$='{form}'] button"))
}

#[test]
fn new_08_an_administrator_signs_in_with_a_passkey_of_the_browser_adds_another_way_and_removes_it() -> Result<()> {
    let place = Place::open_for_real_by_name(std::convert::identity)?;
    place.browser.plug_in_authenticator()?;
    sign_in(&place)?;
    place.browser.reads("Ή με passkey")?;
    place.judge("login-set-up-passkey")?;
    // Without a name nothing is made.
    place.browser.press("Δημιουργία passkey")?;
    ensure!(place.browser.address()?.contains("/login/set-up"), "it was sent without a name");
    place.browser.fill("name", "Υπολογιστής")?;
    place.browser.press("Δημιουργία passkey")?;
    place.browser.reads("Δεν θα φανούν ξανά")?;
    place.judge_here("login-codes-passkey-el")?;
    place.browser.press("Τους φύλαξα, συνέχεια")?;
    place.browser.reads("Επιλέξτε θυρίδα")?;

    // The second step.
    place.browser.press("Αποσύνδεση")?;
    sign_in(&place)?;
    place.browser.reads("Σύνδεση με passkey / κλειδί ασφαλείας")?;
    place.judge("login-code-passkey")?;
    place.browser.press("Σύνδεση με passkey")?;
    place.browser.reads("Επιλέξτε θυρίδα")?;

    // The account: the last one stays.
    place.go_by_name("/staff/account")?;
    place.browser.reads("Τελευταία σύνδεση")?;
    place.judge("account-passkeys")?;
    place.browser.reads("Αφαίρεση: Υπολογιστής")?;
    confirm(&place, "/passkeys/remove")?;
    place.browser.reads("αυτό είναι το τελευταίο")?;

    // Another: this device has one, so that the browser makes none; another device does.
    place.browser.press("Προσθήκη passkey")?;
    place.browser.reads("Για να το ξεχωρίζετε")?;
    place.judge("account-passkey-new")?;
    place.browser.fill("name", "Κλειδί USB")?;
    confirm(&place, "/account/passkeys")?;
    place.browser.reads("για το «Κλειδί USB»")?;
    place.judge_here("account-passkey-make-el")?;
    place.browser.press("Δημιουργία passkey")?;
    place.browser.reads("Αυτή η συσκευή έχει ήδη passkey")?;
    place.judge_here("account-passkey-known-el")?;
    place.browser.unplug_authenticators()?;
    place.browser.plug_in_authenticator()?;
    place.browser.press("Δημιουργία passkey")?;
    place.browser.reads("Το passkey προστέθηκε")?;
    place.browser.reads("Κλειδί USB")?;
    place.judge_here("account-passkeys-two-el")?;

    // The first goes, and the second is good alone.
    place.browser.reads("Αφαίρεση: Υπολογιστής")?;
    confirm(&place, "/passkeys/remove")?;
    place.browser.reads("Το passkey αφαιρέθηκε")?;
    place.browser.no_longer_reads("Υπολογιστής")?;
    place.browser.press("Αποσύνδεση")?;
    sign_in(&place)?;
    place.browser.press("Σύνδεση με passkey")?;
    place.browser.reads("Επιλέξτε θυρίδα")?;
    place.close()
}
