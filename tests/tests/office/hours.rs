//! Other hours on one day, from a day on, and of a desk: whom they touch is seen first, and each is moved or cancelled with a
//! mail; who changed what and when is kept; a restart with the office's own file takes nothing back.

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, NaiveDate, Timelike, Utc};
use chrono_tz::Europe::Athens;
use tests::{
    hub::ADMIN,
    staff::{OFFICE, Staff},
};

use crate::place::Place;

/// Opens the form for a time and a desk, with the days that lie in it.
fn form(place: &Place, first: &str, last: &str, desk: &str) -> Result<()> {
    place.staff("bookings/hours")?;
    place.date("first", first)?;
    place.date("last", last)?;
    place.browser.script(&format!("document.getElementById('desk').value = '{desk}'"))?;
    place.browser.press("Συνέχεια")?;
    place.browser.reads("Ώρες κάθε ημέρας")
}

/// The free times of a day that start in these hours of the clock.
fn free(staff: &Staff, day: (i32, u32, u32), hours: std::ops::Range<u32>) -> Result<Vec<DateTime<Utc>>> {
    let day = NaiveDate::from_ymd_opt(day.0, day.1, day.2).context("a day")?;
    let slots = staff.slots("driving-licence", day, 1)?;
    let starts = slots.into_iter().map(|slot| slot.start);
    Ok(starts.filter(|start| hours.contains(&start.with_timezone(&Athens).hour())).collect())
}

#[test]
fn fld_15_opening_later_on_one_day_touches_only_whom_it_shuts_out() -> Result<()> {
    let mut place = Place::open("08:00", std::convert::identity)?;
    let early = place.book("e@example.gr", "Ελπίδα Πρωινή", 0)?;
    let later = place.book("l@example.gr", "Λουκάς Ύστερος", 7)?;
    place.sign_in()?;
    form(&place, "2026-11-24", "2026-11-24", "")?;
    let hours = place.browser.script("return document.getElementById('day-2').value")?;
    ensure!(hours == "08:00–15:00", "what holds by now is there: {hours}");
    place.judge("hours")?;
    place.browser.fill("day-2", "δέκα το πρωί")?;
    place.browser.press("Δείτε ποια ραντεβού επηρεάζονται")?;
    place.browser.reads("Τρίτη: οι ώρες δεν διαβάζονται.")?;
    // On no start of the new grid, the later one can still be served.
    place.browser.fill("day-2", "10:05–15:00")?;
    place.browser.fill("el", "Συνέλευση προσωπικού")?;
    place.browser.press("Δείτε ποια ραντεβού επηρεάζονται")?;
    place.browser.reads("Επηρεάζεται 1 ραντεβού.")?;
    let text = place.browser.text()?;
    ensure!(text.contains(&early.shown()) && !text.contains(&later.shown()), "{text}");
    place.judge("hours-preview")?;
    place.browser.press("Αλλαγή και ενημέρωση")?;
    place.browser.reads("Το νέο ωράριο ισχύει και οι πολίτες ενημερώνονται.")?;
    place.browser.reads(&format!("{ADMIN}: ωράριο Τρίτη 24 Νοεμβρίου · Όλη η υπηρεσία · Τρί 10:05–15:00"))?;
    place.judge("hours-standing")?;
    let text = place.post.wait_for("e@example.gr", 2)?.text("text/plain")?;
    ensure!(text.contains("Τρίτη 24 Νοεμβρίου, 10:05"), "moved to the first time of the new hours: {text}");
    ensure!(place.post.count("l@example.gr")? == 2, "who stays is told nothing");

    // Closing a desk's morning touches nobody whom another desk can take, on the grid or off it.
    place.staff("bookings/closures?day=2026-11-24&from=10:00&to=12:00&desk=4&el=x")?;
    place.browser.reads("Θυρίδα 4")?;
    let text = place.browser.text()?;
    ensure!(!text.contains(&later.shown()), "desk 3 takes them: {text}");

    // The office's own file is read again, and takes nothing back.
    place.hub.stop()?;
    place.hub.run()?;
    let staff = Staff::admin(&place.hub)?;
    ensure!(free(&staff, (2026, 11, 24), 8..10)?.is_empty(), "before the new hours nothing is offered");
    ensure!(!free(&staff, (2026, 11, 24), 10..15)?.is_empty() && !free(&staff, (2026, 11, 25), 8..10)?.is_empty());
    place.staff("bookings/hours")?;
    place.browser.press("Ανάκληση αλλαγής")?;
    place.browser.reads("Δεν επηρεάζεται κανένα ραντεβού.")?;
    place.browser.press_selector("form[action$='/hours'] button.govgr-btn-warning")?;
    place.browser.reads("Η αλλαγή ανακλήθηκε.")?;
    place.browser.reads(&format!("{ADMIN}: ανακάλεσε το ωράριο Τρίτη 24 Νοεμβρίου"))?;
    ensure!(!free(&staff, (2026, 11, 24), 8..10)?.is_empty(), "the hours from before hold");
    let exported = place.hub.command("export")?.output()?;
    let journal = String::from_utf8_lossy(&exported.stdout).into_owned();
    ensure!(journal.contains("hours_changes"), "the journal has it too, with its actor");
    place.close()
}

#[test]
fn fld_15_other_weekly_hours_from_a_day_on_and_a_desks_own() -> Result<()> {
    let place = Place::open("08:00", std::convert::identity)?;
    place.sign_in()?;
    form(&place, "2026-11-30", "", "")?;
    place.browser.fill("day-3", "08:00–13:00, 14:00–18:00")?;
    place.browser.fill("day-5", "")?;
    place.browser.press("Δείτε ποια ραντεβού επηρεάζονται")?;
    place.browser.reads("Δεν επηρεάζεται κανένα ραντεβού.")?;
    place.browser.press("Αλλαγή και ενημέρωση")?;
    place.browser.reads("από τη Δευτέρα 30 Νοεμβρίου · Όλη η υπηρεσία · Δευ, Τρί, Πέμ 08:00–15:00")?;
    let staff = Staff::admin(&place.hub)?;
    ensure!(free(&staff, (2026, 11, 25), 15..18)?.is_empty(), "this week is as it was");
    ensure!(!free(&staff, (2026, 12, 2), 15..18)?.is_empty(), "the desks that are there until closing stay longer");
    ensure!(free(&staff, (2026, 12, 2), 13..14)?.is_empty(), "the pause");
    ensure!(!free(&staff, (2026, 11, 27), 8..15)?.is_empty() && free(&staff, (2026, 12, 4), 0..24)?.is_empty());

    // A Saturday on which the office is usually closed: every desk is there.
    form(&place, "2026-12-12", "2026-12-12", "")?;
    place.browser.fill("day-6", "09:00–12:00")?;
    place.browser.press("Δείτε ποια ραντεβού επηρεάζονται")?;
    place.browser.press("Αλλαγή και ενημέρωση")?;
    place.browser.reads("Το νέο ωράριο ισχύει")?;
    ensure!(!free(&staff, (2026, 12, 12), 9..12)?.is_empty(), "an extra opening");

    // Desk 4 alone, that day: the other one goes on.
    form(&place, "2026-12-12", "2026-12-12", "4")?;
    place.browser.fill("day-6", "")?;
    place.browser.press("Δείτε ποια ραντεβού επηρεάζονται")?;
    place.browser.press("Αλλαγή και ενημέρωση")?;
    place.browser.reads("Σάββατο 12 Δεκεμβρίου · Θυρίδα 4 · κλειστά")?;
    ensure!(!free(&staff, (2026, 12, 12), 9..12)?.is_empty(), "desk 3 goes on");
    // Citizens read the hours as they will hold.
    let front = place.hub.client().get(&format!("/?office={OFFICE}"))?;
    ensure!(front.body.contains("Δευ–Παρ 08:00–15:00"), "this week's hours: {}", front.body);
    place.close()
}
