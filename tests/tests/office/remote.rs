//! A telephone appointment at its time on the clerk's page; and what is shown at the desk.

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use tests::{
    staff::{OFFICE, Staff},
    wait,
};

use crate::place::Place;

/// Books by telephone for a caller, at the first time after nine; the booking's time.
pub fn by_telephone(place: &Place, staff: &Staff, email: &str) -> Result<DateTime<Utc>> {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 24).context("a day")?;
    let path = format!("/api/v1/offices/{OFFICE}/slots?service=disability-card&channel=telephone&from={day}&days=1");
    let slots: wire::SlotsAnswer = staff.client().get(&path)?.json()?;
    let start = slots.slots.first().context("no time by telephone")?.start;
    let body = json!({ "service": "disability-card", "channel": "telephone", "start": start, "name": "Τηλέμαχος Τ",
        "phone": "+306940000000", "email": email });
    let booked = staff.client().post(&format!("/api/v1/offices/{OFFICE}/bookings"), &body)?;
    ensure!(booked.status == 200, "{}", booked.body);
    ensure!(place.hub.now()? < start, "ahead");
    Ok(start)
}

/// Sets the clock to just after a time, and opens a desk on the page.
pub fn at_the_desk(place: &mut Place, start: DateTime<Utc>) -> Result<()> {
    place.hub.stop()?;
    place.hub.set_clock(start + TimeDelta::seconds(20));
    place.hub.run()?;
    place.sign_in()?;
    place.browser.press_selector("form[action$='/desks/3/open'] button")?;
    place.browser.reads("Ραντεβού εξ αποστάσεως")
}

#[test]
fn omb_20_due_at_its_time_called_by_telephone_and_after_the_set_tries_a_no_show() -> Result<()> {
    let mut place = Place::open("08:00", |office| office.replace("[rules]\n", "[rules]\nremote_attempts_max = 2\n"))?;
    let staff = Staff::admin(&place.hub)?;
    let start = by_telephone(&place, &staff, "t@example.gr")?;
    // It leaves before the time: afterwards nobody would be told any more that the booking stands.
    place.post.wait_for("t@example.gr", 0)?;
    at_the_desk(&mut place, start)?;
    place.browser.reads("(ώρα Ελλάδας)")?;
    place.browser.reads("0 από 2 προσπάθειες")?;
    place.judge_here("desk-remote-due")?;
    place.browser.press("Κλήση στο τηλέφωνο")?;
    place.browser.reads("+30 694 000 0000")?;
    place.judge_here("desk-remote-called")?;
    place.browser.press("Δεν απάντησε")?;
    place.browser.reads("1 από 2 προσπάθειες")?;
    place.browser.reads("Η θυρίδα είναι ελεύθερη.")?;
    place.browser.press("Νέα προσπάθεια")?;
    place.browser.reads("+30 694 000 0000")?;
    place.browser.press("Δεν απάντησε")?;
    place.browser.reads("Δεν προσήλθε στις")?;
    let text = place.post.wait_for("t@example.gr", 1)?.text("text/plain")?;
    ensure!(text.contains("Σας περιμέναμε"), "a missed booking has its mail: {text}");
    let log = std::fs::read_to_string(place.hub.log())?;
    ensure!(log.contains("personal data was read"), "every look at a number is logged");
    ensure!(!log.contains("6940000000") && !log.contains("Τηλέμαχος"), "and the number is not");
    place.close()
}

#[test]
fn omb_17_what_was_shown_at_the_desk_is_recorded() -> Result<()> {
    let mut place = Place::open("08:00", std::convert::identity)?;
    let staff = Staff::admin(&place.hub)?;
    let start = by_telephone(&place, &staff, "t@example.gr")?;
    at_the_desk(&mut place, start)?;
    place.browser.press("Κλήση στο τηλέφωνο")?;
    place.browser.press("Απάντησε")?;
    place.browser.reads("Εξυπηρετείται από")?;
    place.browser.press("Έλεγχος εγγράφων")?;
    place.judge_here("desk-shown")?;
    place.browser.press_selector(".menu[open] input[name=identity]")?;
    place.browser.press_selector("#shown-papers option[value=waived]")?;
    place.browser.press("Καταχώριση ελέγχου")?;
    place.browser.reads("Γράψτε τον λόγο για τον οποίο δεν απαιτούνται")?;
    // What was typed stands there still.
    open_menu(&place)?;
    place.browser.fill("note", "Τα έστειλε με fax")?;
    place.browser.press("Καταχώριση ελέγχου")?;
    place.browser.reads("ταυτοποιήθηκε")?;
    open_menu(&place)?;
    let kept = place.browser.script(
        "const menu = document.querySelector('details.shown'); \
         return [menu.querySelector('[name=identity]').checked, menu.querySelector('select').value]",
    )?;
    ensure!(kept == json!([true, "waived"]), "kept: {kept}");
    let exported = place.hub.command("export")?.output()?;
    let journal = String::from_utf8_lossy(&exported.stdout).into_owned();
    ensure!(journal.contains("shown-recorded"), "an event of its own");
    ensure!(!journal.contains("fax"), "the reason is a note, and no part of the event");
    place.close()
}

fn open_menu(place: &Place) -> Result<()> {
    wait::until("the menu is open", || {
        let script = "const menu = document.querySelector('details.shown'); if (menu) menu.open = true; return !!menu";
        place.browser.script(script).ok()?.as_bool()?.then_some(())
    })
}
