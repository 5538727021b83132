//! The reception: somebody is found, checked in, or given a number, and goes with a ticket on paper, while no kiosk lives.

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use tests::{
    staff::{OFFICE, Staff},
    wait,
};

use crate::place::Place;

/// Athens is so many hours ahead in November.
const AHEAD_HOURS: i64 = 2;

#[test]
fn fld_29_who_is_booked_is_found_in_every_way_checked_in_and_given_paper() -> Result<()> {
    let place = Place::open("10:00", std::convert::identity)?;
    let staff = Staff::admin(&place.hub)?;
    staff.open_desk(1)?;
    let now = place.hub.now()?;
    let slots = staff.slots("family-status", now.date_naive(), 1)?;
    let soon = slots.iter().map(|slot| slot.start).find(|start| *start > now).context("a time today")?;
    let booked = staff.book("family-status", soon, "Μαρία Νικολάου")?;
    place.sign_in()?;
    place.browser.press("Υποδοχή")?;
    place.browser.reads("Νέος αριθμός, χωρίς ραντεβού")?;
    place.judge("reception")?;
    let time = (soon + TimeDelta::hours(AHEAD_HOURS)).format("%H:%M").to_string();
    for wanted in ["νικολαου", time.as_str(), booked.code.as_str()] {
        place.staff("reception")?;
        place.browser.fill("wanted", wanted)?;
        place.browser.press_selector("form[role=search] button")?;
        place.browser.reads("Μαρία Νικολάου")?;
    }
    place.judge_here("reception-found")?;
    place.browser.press_selector("td form[action$='/check-in'] button")?;
    place.browser.reads("Εκτύπωση εισιτηρίου")?;
    place.browser.reads("P001")?;
    ensure!(!place.browser.text()?.contains("ΑΝΤΙΓΡΑΦΟ"), "the first one is none");
    let drawn = place.browser.script("return document.querySelector('.qr img').naturalWidth > 0")?;
    ensure!(drawn == true, "the QR code is drawn");
    // Printed again it says so.
    place.staff("reception")?;
    place.browser.fill("wanted", "P001")?;
    place.browser.press_selector("form[role=search] button")?;
    place.browser.press_selector("a[href*='/tickets/']")?;
    place.browser.reads("ΑΝΤΙΓΡΑΦΟ")?;
    place.judge("reception-ticket")?;
    place.close()
}

#[test]
fn fld_29_fld_32_fld_34_a_number_is_given_and_what_was_said_is_put_right() -> Result<()> {
    let place = Place::open("10:00", std::convert::identity)?;
    let staff = Staff::admin(&place.hub)?;
    staff.open_desk(1)?;
    place.sign_in()?;
    place.staff("reception")?;
    place.browser.press_selector("#service option[value=signature]")?;
    place.browser.fill("persons", "many")?;
    place.browser.press_selector("input[name=need-escort]")?;
    place.browser.press("Έκδοση αριθμού")?;
    // What is wrong is said, and nothing of the rest is lost.
    place.browser.reads("Γράψτε έναν αριθμό από 1 και πάνω")?;
    let kept = "return document.getElementById('service').value + document.querySelector('[name=need-escort]').checked";
    ensure!(place.browser.script(kept)? == "signaturetrue", "{}", place.browser.script(kept)?);
    place.browser.fill("persons", "1")?;
    place.browser.press("Έκδοση αριθμού")?;
    place.browser.reads("Εκτύπωση εισιτηρίου")?;
    let waits = || staff.floor().ok()?.visits.into_iter().next();
    let given = wait::until("somebody waits", waits)?;
    ensure!(given.service == "signature" && given.needs.escort, "{given:?}");
    place.browser.press_selector("input[name=need-sign-language]")?;
    place.browser.press("Αποθήκευση αναγκών")?;
    wait::until("the need is kept", || waits().filter(|visit| visit.needs.sign_language && visit.needs.escort))?;
    // A code of nothing.
    place.staff("reception")?;
    place.browser.fill("code", "ZZZZZZZZ")?;
    place.browser.press_selector(".box form[action$='/check-in'] button")?;
    let refused = "return document.querySelector('.refusal') !== null";
    wait::until("it is refused", || place.browser.script(refused).ok()?.as_bool()?.then_some(()))?;
    ensure!(place.browser.address()?.contains(OFFICE), "{}", place.browser.address()?);
    place.close()
}
