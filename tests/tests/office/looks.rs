//! Every look at a citizen's data is kept, and shown to the administrator: who, when, at which booking; nothing of what was
//! seen. What is kept is erased by the rule of the data itself.

use anyhow::{Result, ensure};
use chrono::TimeDelta;
use tests::staff::Staff;

use crate::{
    place::Place,
    remote::{at_the_desk, by_telephone},
};

/// How often the administrator's page says so.
fn count(place: &Place, what: &str) -> Result<usize> {
    place.go("/admin/looks")?;
    place.browser.reads("Ποιος υπάλληλος είδε στοιχεία πολιτών")?;
    Ok(place.browser.text()?.matches(what).count())
}

#[test]
fn fld_22_looks_are_kept_shown_and_erased_and_a_page_that_renews_itself_is_one() -> Result<()> {
    let mut place = Place::open("08:00", std::convert::identity)?;
    let staff = Staff::admin(&place.hub)?;
    let start = by_telephone(&place, &staff, "t@example.gr")?;
    let booked = place.book("m@example.gr", "Μαρία Κρυφή", 5)?;
    at_the_desk(&mut place, start)?;
    place.browser.press("Κλήση στο τηλέφωνο")?;
    place.browser.reads("+30 694 000 0000")?;
    // The page renews itself while the number stands there, and is loaded anew.
    let staff = Staff::admin(&place.hub)?;
    staff.open_desk(1)?;
    staff.open_desk(2)?;
    place.browser.reads("Θυρίδα 2 ανοιχτή")?;
    let here = place.browser.address()?;
    place.go(&here)?;
    place.browser.reads("+30 694 000 0000")?;
    let number = "Αριθμός τηλεφώνου για κλήση";
    ensure!(count(&place, number)? == 1, "one look: {}", place.browser.text()?);
    place.go(&here)?;
    place.browser.press("Δεν απάντησε")?;
    place.browser.press("Νέα προσπάθεια")?;
    place.browser.reads("+30 694 000 0000")?;
    ensure!(count(&place, number)? == 2, "a new call is a new look: {}", place.browser.text()?);

    place.staff(&format!("bookings/{}", booked.reference))?;
    place.browser.reads("Μαρία Κρυφή")?;
    place.staff("bookings")?;
    place.browser.reads("Μαρία Κρυφή")?;
    ensure!(count(&place, "Στοιχεία ραντεβού")? == 1, "{}", place.browser.text()?);
    let text = place.browser.text()?;
    ensure!(text.contains("Κατάλογος με ονόματα (2 ονόματα)"), "{text}");
    ensure!(text.contains(&booked.reference), "which booking: {text}");
    ensure!(!text.contains("Κρυφή") && !text.contains("694 000"), "nothing of what was seen: {text}");
    place.judge("looks")?;

    // A month later nobody's look is kept any more.
    place.hub.stop()?;
    let after = place.hub.now()? + TimeDelta::days(40);
    place.hub.set_clock(after);
    place.hub.run()?;
    place.sign_in()?;
    tests::wait::until("the looks are erased", || (count(&place, number).ok()? == 0).then_some(()))?;
    place.close()
}
