//! From level A to a certificate in the letter box, as a citizen and an office do it (PLA-04, PLA-06, PET-05, PET-06): the wish,
//! the visit, the kiosk, the desk, the certification, the request that level B opens by itself, and the list of what is posted.

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use tests::{
    booking::details_of,
    device::pair_without_screen,
    house::PlainKiosk,
    hub::{ADMIN, ADMIN_PASSWORD},
};
use wire::DeviceKind;

use crate::{
    accounts::{PASSWORD, USER, register_in_browser},
    agents::administrator,
    colleagues::{CITIZEN, STAFF, signs_in},
    levels::details,
    pages::look_in_both,
    walk::{NAME, WalkPlace, place_of_body},
};

const EMAIL: &str = "maria@example.gr";
const REQUEST: &str = "/requests/new/certificates";
const TRACKING: &str = "RE123456789GR";
/// What the administrator may do besides: certify at the counter, and work on the registry's requests.
const GRANTS: [&str; 2] = ["grant@certifier@office:1", "grant@case-worker@unit:4"];

/// Books the visit for the certification: its code, and its time.
pub fn books_the_visit(place: &WalkPlace) -> Result<(String, DateTime<Utc>)> {
    let browser = &place.browser;
    browser.press_selector("a[href*='service=certification']")?;
    browser.waits_for("button.time")?;
    let start = browser.script("return document.querySelector('button.time').value")?;
    let start = DateTime::parse_from_rfc3339(start.as_str().context("a time")?)?.to_utc();
    browser.press_selector("button.time")?;
    browser.waits_for("#behalf-other")?;
    for (field, text) in details_of(NAME).into_iter().filter(|(field, _)| *field != "behalf") {
        browser.fill(field, text)?;
    }
    browser.press_selector("form#held-form > button[type=submit]")?;
    browser.waits_for("#notice")?;
    browser.press_selector("button[name=consent][value=yes]")?;
    browser.waits_for(".code")?;
    let code = browser.script("return document.querySelector('.code').textContent")?;
    Ok((code.as_str().context("a code")?.replace(' ', "").trim().to_owned(), start))
}

#[test]
fn pla_04_pla_06_pet_05_pet_06_certified_at_the_desk_and_the_certificate_comes_by_post() -> Result<()> {
    let mut place = place_of_body()?;
    let base = place.hub.base();
    let staff = administrator(&place.hub)?;
    // The form holds all of them.
    let grants = GRANTS.map(|grant| (grant, "yes"));
    let given = staff.post_form("/admin/clerks/1", "/admin/clerks/1/grants", &grants)?;
    ensure!(given.location.as_deref() == Some("/admin/clerks/1"), "{}: {}", given.status, given.body);
    register_in_browser(&place, USER, EMAIL)?;

    // Level A: the request says what is missing, and leads there step by step.
    place.browser.go(&format!("{base}{REQUEST}"))?;
    place.browser.reads("επιπέδου Β")?;
    place.browser.press_selector(".decide a")?;
    place.browser.waits_for("ol.steps")?;
    place.browser.press_selector("ol.steps a[href='/account/details']")?;
    place.browser.waits_for("#tax-number")?;
    for (field, text) in details() {
        place.browser.fill(field, text)?;
    }
    place.browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    place.browser.waits_for("div.done")?;
    place.browser.go(&format!("{base}/account/level"))?;
    place.browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    let (code, start) = books_the_visit(&place)?;

    // The day of the visit: the kiosk takes the code, and the desk calls.
    place.hub.stop()?;
    place.hub.set_clock(start - TimeDelta::minutes(5));
    place.hub.run()?;
    let kiosk = PlainKiosk::new(pair_without_screen(&place.hub, DeviceKind::Kiosk, "Είσοδος")?);
    let came = kiosk.check_in(&code)?;
    ensure!(came.status == 200, "{}: {}", came.status, came.body);
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
    place.browser.press_selector("main form button[value=certify]")?;
    place.browser.waits_for("div.done")?;
    place.browser.go(&format!("{base}/staff/kep/desks/1"))?;
    place.browser.press_selector("button[data-key=F9]")?;
    place.browser.no_longer_reads("Εξυπηρετείται από")?;

    // Level B: the same page has its form now.
    signs_in(&place.browser, &place.hub, (USER, PASSWORD), CITIZEN)?;
    place.browser.go(&format!("{base}{REQUEST}"))?;
    place.browser.press_selector("#x-certificate-0 + label")?;
    place.browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    place.browser.waits_for(".facts .big")?;
    place.browser.press_selector("main .decide a")?;
    place.browser.waits_for(".request-steps")?;
    let one = place.browser.address()?;

    // The registry makes it ready, and puts it into the post.
    let request = one.rsplit('/').next().context("a request")?.to_owned();
    signs_in(&place.browser, &place.hub, (ADMIN, ADMIN_PASSWORD), STAFF)?;
    place.browser.go(&format!("{base}/staff/requests/{request}"))?;
    place.browser.press_selector("form[action$='/take'] button")?;
    place.browser.waits_for("div.done")?;
    place.browser.press_selector("form[action$='/ready'] button")?;
    place.browser.waits_for("div.done")?;
    place.browser.go(&format!("{base}/staff/requests/posting"))?;
    for said in ["Μαρία Παπαδάκη", "Κούνδουρου 12", "721 00 Άγιος Νικόλαος"] {
        place.browser.reads(said)?;
    }
    look_in_both(&place.browser, "staff-posting-labels")?;
    place.browser.fill("text", TRACKING)?;
    place.browser.press_selector("ul.posting button[type=submit]")?;
    place.browser.waits_for("div.done")?;
    place.browser.reads("Κανένα έγγραφο δεν περιμένει ταχυδρόμηση.")?;

    // And its owner reads when and under which number.
    signs_in(&place.browser, &place.hub, (USER, PASSWORD), CITIZEN)?;
    place.browser.go(&one)?;
    place.browser.reads(TRACKING)?;
    let exported = place.hub.command("export")?.output()?;
    let journal = String::from_utf8_lossy(&exported.stdout).into_owned();
    ensure!(!journal.contains("Παπαδάκη") && !journal.contains("090000045"), "nobody's name is in a journal");
    Ok(())
}
