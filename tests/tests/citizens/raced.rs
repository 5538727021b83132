//! Two clerks want the same request at once (PET-02, PROM-04), and the hub dies between the two commands of a certification
//! (PLA-04, PROM-09), each at a browser of their own.

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use tests::{
    browser::Browser,
    device::pair_without_screen,
    house::PlainKiosk,
    hub::{ADMIN, ADMIN_PASSWORD},
};
use wire::DeviceKind;

use crate::{
    accounts::{PASSWORD as OWN, USER, register_in_browser},
    certificate::books_the_visit,
    colleagues::{CITIZEN, PASSWORD, STAFF, hired, signs_in},
    levels::details,
    walk::{WalkPlace, place_of_body},
};

const EMAIL: &str = "eleni@example.gr";

/// Submits a request for cleaning, as whoever is signed in: its page.
pub fn asks_for_cleaning(place: &WalkPlace) -> Result<String> {
    let browser = &place.browser;
    browser.go(&format!("{}/requests/new/cleaning", place.hub.base()))?;
    browser.press_selector("#x-kind-0")?;
    browser.fill("x-request_place", "Κουντούρου 12")?;
    browser.fill("x-request_what", "Ο κάδος ξεχειλίζει από την Τρίτη.")?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for(".facts .big")?;
    browser.press_selector("main .decide a")?;
    browser.waits_for(".request-steps")?;
    browser.address()
}

/// The page of a request for staff.
pub fn of_staff(page: &str) -> Result<String> {
    let request = page.rsplit('/').next().context("a request")?;
    Ok(format!("/staff/requests/{}", request.split('?').next().unwrap_or_default()))
}

/// Somebody who works on requests for cleaning, at a browser with the page of one open.
fn at_the_request(place: &WalkPlace, folder: &std::path::Path, name: &str, page: &str) -> Result<Browser> {
    hired(&place.hub, name, &["grant@case-worker@unit:1"])?;
    let browser = Browser::open(&folder.join(name))?;
    signs_in(&browser, &place.hub, (name, PASSWORD), STAFF)?;
    browser.go(&format!("{}{}", place.hub.base(), of_staff(page)?))?;
    browser.waits_for("form[action$='/take'] button")?;
    Ok(browser)
}

#[test]
fn prom_04_pet_02_two_clerks_press_take_at_once_and_the_second_reads_who_has_it() -> Result<()> {
    let place = place_of_body()?;
    register_in_browser(&place, USER, EMAIL)?;
    let page = asks_for_cleaning(&place)?;
    let folder = tempfile::TempDir::with_prefix("seira-raced-")?;
    let names = ["giorgos", "nikos"];
    let browsers = names.map(|name| at_the_request(&place, folder.path(), name, &page));
    let [first, second] = browsers;
    // Both read that nobody has it, and press.
    let pressed = std::thread::scope(|scope| {
        let presses = [first?, second?].map(|browser| {
            scope.spawn(move || {
                browser.press_selector("form[action$='/take'] button")?;
                browser.waits_for("div.done, #refusal")?;
                let has_it = browser.script("return document.querySelector('div.done') !== null")? == true;
                Ok::<_, anyhow::Error>((browser, has_it))
            })
        });
        presses.into_iter().map(|press| press.join().ok().context("a browser")?).collect::<Result<Vec<_>>>()
    })?;
    let winner = pressed.iter().position(|(_, has_it)| *has_it).context("somebody has it")?;
    let (lost, has_it) = &pressed[1 - winner];
    ensure!(!has_it, "one of them alone");
    lost.reads("Το αίτημα το έχει αναλάβει άλλος υπάλληλος.")?;
    lost.reads(&format!("Ανάληψη (τώρα το έχει: {})", names[winner]))?;
    let faults = lost.accessibility_faults()?;
    ensure!(faults.is_empty(), "{faults:?}");
    let browser = &place.browser;
    browser.go(&page)?;
    browser.reads("Ανατέθηκε σε υπάλληλο")?;
    // Whoever wants it now all the same takes it from them, knowing whose it is; the citizen reads no name.
    lost.press_selector("form[action$='/take'] button")?;
    lost.waits_for("div.done")?;
    lost.reads(&format!("Πέρασε από {} σε {}", names[winner], names[1 - winner]))?;
    browser.go(&page)?;
    browser.reads("Το ανέλαβε άλλος υπάλληλος")?;
    let read = browser.text()?;
    ensure!(!names.iter().any(|name| read.contains(name)), "{read}");
    // Told once that somebody works on it: the receipt, and that.
    place.post.wait_for(EMAIL, 2)?;
    ensure!(place.post.count(EMAIL)? == 3, "the link, the receipt, and one mail more");
    Ok(())
}

#[test]
fn pla_04_prom_09_the_hub_dies_between_the_visit_and_the_certification_and_one_press_more_is_enough() -> Result<()> {
    let mut place = place_of_body()?;
    let base = place.hub.base();
    register_in_browser(&place, USER, EMAIL)?;
    place.browser.go(&format!("{base}/account/details"))?;
    for (field, text) in details() {
        place.browser.fill(field, text)?;
    }
    place.browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    place.browser.waits_for("div.done")?;
    place.browser.go(&format!("{base}/account/level"))?;
    place.browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    let (code, start) = books_the_visit(&place)?;
    place.hub.stop()?;
    place.hub.set_clock(start - TimeDelta::minutes(5));
    place.hub.run()?;
    let admin = crate::agents::administrator(&place.hub)?;
    let given = admin.post_form("/admin/clerks/1", "/admin/clerks/1/grants", &[("grant@certifier@office:1", "yes")])?;
    ensure!(given.status == 303, "{}: {}", given.status, given.body);
    let kiosk = PlainKiosk::new(pair_without_screen(&place.hub, DeviceKind::Kiosk, "Είσοδος")?);
    ensure!(kiosk.check_in(&code)?.status == 200);
    // The first command is the office's: she is called, and stands at the desk.
    signs_in(&place.browser, &place.hub, (ADMIN, ADMIN_PASSWORD), STAFF)?;
    place.browser.go(&format!("{base}/staff/kep/desks/1"))?;
    place.browser.press_selector("form[action$='/desks/1/open'] button")?;
    place.browser.press("Κλήση επόμενου")?;
    place.browser.reads("Πιστοποίηση επιπέδου Β")?;
    place.browser.press_selector("form[action$='/appeared'] button")?;
    place.browser.reads("Εξυπηρετείται από")?;
    place.browser.go(&format!("{base}/staff/kep/certify"))?;
    place.browser.fill("q", USER)?;
    place.browser.press_selector("main form button[type=submit]")?;
    place.browser.press_selector("a.choice")?;
    place.browser.press_selector("#paper-identity-card")?;
    place.browser.fill("last-three", "456")?;
    for proof in ["#proof-tax-number", "#proof-tax-office", "#proof-address"] {
        place.browser.press_selector(proof)?;
    }
    // What the browser sends; it is sent once more below, as from a page that was left open.
    let sent = place.browser.script(
        "const form = document.querySelector('main form[action*=\"/certify/\"]'); \
         return [form.action, new URLSearchParams(new FormData(form)) + '&finding=certify']",
    )?;
    // The power goes; the form is still before the clerk, with what was typed, and is sent once the hub is back.
    place.hub.kill()?;
    place.hub.run()?;
    place.browser.press_selector("main form button[value=certify]")?;
    place.browser.waits_for("div.done")?;
    place.browser.reads("Ο πολίτης πιστοποιήθηκε.")?;
    // It goes once more, before anybody knows whether that was kept; a clerk who sends the same page again is told the same.
    place.hub.kill()?;
    place.hub.run()?;
    let again = format!(
        "const [to, body] = {sent}; const headers = {{ 'content-type': 'application/x-www-form-urlencoded' }}; \
         return fetch(to, {{ method: 'POST', headers, body }}).then(answer => answer.url)"
    );
    let led = place.browser.script(&again)?;
    ensure!(led.as_str().is_some_and(|led| led.ends_with("?done=certified")), "{led}");
    place.browser.go(led.as_str().context("a page")?)?;
    let page = place.browser.text()?;
    ensure!(page.matches("Πιστοποιήθηκε (456)").count() == 1, "once in her history: {page}");
    place.browser.go(&format!("{base}/staff/kep/desks/1"))?;
    place.browser.press_selector("button[data-key=F9]")?;
    place.browser.no_longer_reads("Εξυπηρετείται από")?;
    // She is told once, and level B opens what asks for it.
    signs_in(&place.browser, &place.hub, (USER, OWN), CITIZEN)?;
    place.browser.go(&format!("{base}/requests/new/certificates"))?;
    place.browser.waits_for("#x-certificate-0")?;
    let mut told = 0;
    for nth in 0..place.post.count(EMAIL)? {
        told += usize::from(place.post.wait_for(EMAIL, nth)?.text("text/plain")?.contains("έχει πια επίπεδο Β"));
    }
    ensure!(told == 1, "{told}");
    place.hub.stop()?;
    place.hub.verify()?;
    Ok(())
}
