//! Accounts on the pages, as their owners and an administrator use them: a password, an address, a second step; each page judged.

use anyhow::{Context, Result, ensure};
use tests::{
    authenticator::code,
    hub::{ADMIN, ADMIN_PASSWORD},
};

use crate::place::Place;

const CLERKS_PASSWORD: &str = "τρία ήσυχα τρένα";
const ANOTHER: &str = "δύο γρήγορα καράβια";
const MAIL: &str = "eleni@example.gr";

/// Types into a field of the form that is sent to a path that ends so.
fn fill_in(place: &Place, form: &str, field: &str, text: &str) -> Result<()> {
    place.browser.press_selector(&format!("form[action$='{form}'] input[name={field}]"))?;
    place.browser.strike(text)
}

fn send(place: &Place, form: &str) -> Result<()> {
    place.browser.press_selector(&format!("form[action$='{form}'] button"))
}

/// Presses a button once more while the first press is on its way; the second sends nothing.
fn press_twice(place: &Place) -> Result<()> {
    let script = "const form = document.querySelector('main form'); form.requestSubmit(); \
                  return form.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }))";
    ensure!(place.browser.script(script)? == false, "the second press was sent");
    Ok(())
}

fn sign_in(place: &Place, name: &str, password: &str) -> Result<()> {
    place.go("/login?lang=el")?;
    place.browser.fill("name", name)?;
    place.browser.fill("password", password)?;
    place.browser.press_selector("main form button")
}

/// What stands in an element.
fn shown(place: &Place, selector: &str) -> Result<String> {
    let text = place.browser.script(&format!("return document.querySelector('{selector}')?.textContent"))?;
    Ok(text.as_str().context(selector.to_owned())?.to_owned())
}

#[test]
fn new_08_a_clerk_is_invited_looks_after_the_account_and_forgets_the_password() -> Result<()> {
    let place = Place::open("09:00", std::convert::identity)?;
    place.sign_in()?;
    place.go("/admin/clerks")?;
    place.judge("admin-clerks")?;
    place.browser.fill("name", "eleni")?;
    place.browser.fill("own", ADMIN_PASSWORD)?;
    press_twice(&place)?;
    place.browser.reads("Σύνδεσμος πρόσκλησης")?;
    place.judge_here("admin-clerks-link-el")?;
    let link = shown(&place, "code.link")?;
    place.go("/admin/clerks/2")?;
    place.judge("admin-clerk")?;
    place.browser.forget()?;

    // Whoever was given the link sets the password.
    place.go(&link)?;
    place.judge("login-password")?;
    place.browser.fill("password", "έντεκα εδώ!")?;
    place.browser.fill("again", "έντεκα εδώ!")?;
    place.browser.press("Αποθήκευση")?;
    place.browser.reads("τουλάχιστον 12 χαρακτήρες")?;
    place.judge_here("login-password-refused-el")?;
    place.browser.fill("password", CLERKS_PASSWORD)?;
    place.browser.fill("again", CLERKS_PASSWORD)?;
    // Pressed twice: the second does not say that the link is used up.
    press_twice(&place)?;
    place.browser.reads("Συνδεθείτε με αυτό")?;
    place.judge("login-after-password")?;
    sign_in(&place, "eleni", CLERKS_PASSWORD)?;
    place.browser.reads("Επιλέξτε θυρίδα")?;

    // An address, proven by a mail.
    place.browser.press("Ο λογαριασμός μου")?;
    place.browser.reads("Διεύθυνση e-mail")?;
    place.judge("account")?;
    fill_in(&place, "/account/address", "email", MAIL)?;
    fill_in(&place, "/account/address", "own", CLERKS_PASSWORD)?;
    send(&place, "/account/address")?;
    place.browser.reads("Στείλαμε σύνδεσμο στη διεύθυνση")?;
    let mail = place.post.wait_for(MAIL, 0)?;
    place.go(&mail.link(&format!("{}/login/address/", place.hub.base()))?)?;
    place.judge("login-address")?;
    place.browser.press("Ναι, επιβεβαίωση")?;
    place.browser.reads("Η διεύθυνση επιβεβαιώθηκε")?;

    // A second step, of one's own will.
    place.go("/staff/account")?;
    place.browser.press("Ορισμός δεύτερου βήματος")?;
    place.browser.reads("Ή πληκτρολογήστε")?;
    place.judge("account-second-step")?;
    fill_in(&place, "/second-step", "code", "000000")?;
    fill_in(&place, "/second-step", "own", CLERKS_PASSWORD)?;
    send(&place, "/second-step")?;
    place.browser.reads("Ο κωδικός δεν ταιριάζει")?;
    place.judge_here("account-second-step-wrong-el")?;

    // Forgotten.
    place.browser.forget()?;
    place.go("/login")?;
    place.browser.press("Ξεχάσατε το συνθηματικό;")?;
    place.browser.reads("Όνομα χρήστη ή διεύθυνση e-mail")?;
    place.judge("login-forgotten")?;
    place.browser.fill("who", "eleni")?;
    place.browser.press("Αποστολή συνδέσμου")?;
    place.browser.reads("στείλαμε σύνδεσμο")?;
    place.judge("login-forgotten-sent")?;
    let mail = place.post.wait_for(MAIL, 1)?;
    ensure!(mail.subject == "Νέο συνθηματικό", "{}", mail.subject);
    let link = mail.link(&format!("{}/login/password/", place.hub.base()))?;
    place.go(&link)?;
    place.browser.fill("password", ANOTHER)?;
    place.browser.fill("again", ANOTHER)?;
    place.browser.press("Αποθήκευση")?;
    place.browser.reads("Συνδεθείτε με αυτό")?;
    sign_in(&place, "eleni", ANOTHER)?;
    place.browser.reads("Επιλέξτε θυρίδα")?;
    place.browser.forget()?;
    place.go(&link)?;
    place.browser.reads("έχει ήδη χρησιμοποιηθεί")?;
    place.judge("login-link-over")?;

    // The agents' door leads to the same.
    place.go("/agent/login")?;
    place.browser.reads("Οι διεκπεραιωτές συνδέονται")?;
    place.browser.press("Ξεχάσατε το συνθηματικό;")?;
    place.browser.reads("Όνομα χρήστη ή διεύθυνση e-mail")?;
    place.close()
}

#[test]
fn new_08_an_administrator_sets_the_second_step_up_at_sign_in_and_signs_in_with_it() -> Result<()> {
    let place = Place::open_for_real(std::convert::identity)?;
    sign_in(&place, ADMIN, ADMIN_PASSWORD)?;
    place.browser.reads("Ορίστε το τώρα, μία φορά, για να συνεχίσετε")?;
    place.judge("login-set-up")?;
    let key = shown(&place, "code.secret")?;
    place.browser.fill("code", &code(&key, 0)?)?;
    // Pressed twice, as an impatient hand does: the codes, which are shown once, are not lost.
    press_twice(&place)?;
    place.browser.reads("Δεν θα φανούν ξανά")?;
    place.judge_here("login-codes-el")?;
    let recovery = shown(&place, ".codes code")?;
    place.browser.press("Τους φύλαξα, συνέχεια")?;
    place.browser.reads("Επιλέξτε θυρίδα")?;
    place.go("/staff/account")?;
    place.browser.reads("Έχετε ακόμη 10 κωδικούς ανάκτησης")?;
    place.judge("account-two-steps")?;
    place.browser.press("Αποσύνδεση")?;
    sign_in(&place, ADMIN, ADMIN_PASSWORD)?;
    place.browser.reads("Δεύτερο βήμα")?;
    place.judge("login-code")?;
    place.browser.fill("code", "000000")?;
    place.browser.press_selector("main form button")?;
    place.browser.reads("έχει ήδη χρησιμοποιηθεί")?;
    place.judge_here("login-code-wrong-el")?;
    place.browser.fill("code", &code(&key, 1)?)?;
    place.browser.press_selector("main form button")?;
    place.browser.reads("Επιλέξτε θυρίδα")?;
    place.browser.press("Αποσύνδεση")?;
    sign_in(&place, ADMIN, ADMIN_PASSWORD)?;
    place.browser.fill("code", &recovery)?;
    place.browser.press_selector("main form button")?;
    place.browser.reads("Επιλέξτε θυρίδα")?;
    place.go("/staff/account")?;
    place.browser.reads("Έχετε ακόμη 9 κωδικούς ανάκτησης")?;
    place.close()
}
