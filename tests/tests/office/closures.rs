//! Closing a day or a desk's morning: whom it touches is seen first, and each is moved or cancelled with a mail.

use anyhow::{Context, Result, ensure};

use crate::place::Place;

/// Fills the closure in, and asks whom it touches.
fn preview(place: &Place, day: &str, hours: Option<(&str, &str)>, desk: &str) -> Result<()> {
    place.staff("bookings/closures")?;
    let (from, to) = hours.unwrap_or_default();
    place.date("day", day)?;
    place.browser.script(&format!(
        "for (const [id, value] of [['from', '{from}'], ['to', '{to}'], ['desk', '{desk}']]) \
             document.getElementById(id).value = value"
    ))?;
    place.browser.fill("el", "Απεντόμωση του κτιρίου")?;
    place.browser.fill("en", "Pest control in the building")?;
    place.browser.press("Δείτε ποια ραντεβού επηρεάζονται")
}

#[test]
fn fld_15_a_day_is_closed_one_is_moved_another_cancelled_with_new_times() -> Result<()> {
    let mut place = Place::open("08:00", std::convert::identity)?;
    let moved = place.book("m@example.gr", "Μαρία Μετακινούμενη", 5)?;
    let cancelled = place.book("c@example.gr", "Κώστας Ακυρωμένος", 6)?;
    place.sign_in()?;
    preview(&place, "2026-11-24", None, "")?;
    place.browser.reads("Επηρεάζονται 2 ραντεβού.")?;
    place.browser.reads(&cancelled.shown())?;
    place.judge("closures")?;
    let untouched = place.hub.client().get(&moved.link)?;
    ensure!(untouched.body.contains("Το ραντεβού σας ισχύει."), "a preview changes nothing");

    let second = "tbody tr:nth-child(3) select option[value=cancel]";
    place.browser.press_selector(second)?;
    place.browser.press("Κλείσιμο και ενημέρωση")?;
    place.browser.reads("Το κλείσιμο ισχύει")?;
    place.browser.reads("Τρίτη 24 Νοεμβρίου, όλη την ημέρα · Όλη η υπηρεσία")?;
    place.judge("closures-standing")?;
    let text = place.post.wait_for("m@example.gr", 2)?.text("text/plain")?;
    ensure!(text.contains("Το ραντεβού σας έχει νέα ημέρα ή ώρα.") || text.contains("Τετάρτη 25 Νοεμβρίου"), "{text}");
    let text = place.post.wait_for("c@example.gr", 2)?.text("text/plain")?;
    let offer = text.lines().find(|line| line.starts_with("Επόμενες διαθέσιμες ώρες: ")).context("no offer")?;
    ensure!(offer.contains("Τετάρτη 25 Νοεμβρίου"), "{offer}");
    ensure!(text.contains("/booking/kep."), "behind the link they choose first (FLD-33): {text}");
    let log = std::fs::read_to_string(place.hub.log())?;
    ensure!(!log.contains("Μετακινούμενη") && !log.contains("Ακυρωμένος"), "names stand in the log");

    // Nobody can book the day; the closure outlives a restart, although the office's file does not know it.
    place.hub.stop()?;
    place.hub.run()?;
    let slots = tests::staff::Staff::admin(&place.hub)?;
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 24).context("a day")?;
    ensure!(slots.slots("driving-licence", day, 1)?.is_empty(), "the day is closed");
    place.staff("bookings/closures")?;
    place.browser.press("Άνοιγμα ξανά")?;
    place.browser.reads("Το κλείσιμο ανακλήθηκε.")?;
    ensure!(!slots.slots("driving-licence", day, 1)?.is_empty(), "the day is open again");
    place.close()
}

#[test]
fn fld_15_closing_a_desk_touches_only_whom_no_other_desk_can_take() -> Result<()> {
    let place = Place::open("08:00", std::convert::identity)?;
    // Desks 3 and 4 serve this; two at one time need both.
    let first = place.book("a@example.gr", "Άννα Πρώτη", 5)?;
    let second = place.book("b@example.gr", "Βάσω Δεύτερη", 5)?;
    let alone = place.book("g@example.gr", "Γιάννης Μόνος", 9)?;
    place.sign_in()?;
    preview(&place, "2026-11-24", Some(("08:00", "15:00")), "4")?;
    place.browser.reads("Επηρεάζεται 1 ραντεβού.")?;
    let text = place.browser.text()?;
    ensure!(text.contains(&second.shown()), "who booked last gives way: {text}");
    ensure!(!text.contains(&first.shown()) && !text.contains(&alone.shown()), "{text}");
    place.browser.press("Κλείσιμο και ενημέρωση")?;
    place.browser.reads("08:00–15:00 · Θυρίδα 4")?;
    let text = place.post.wait_for("b@example.gr", 2)?.text("text/plain")?;
    ensure!(text.contains("Τρίτη 24 Νοεμβρίου"), "the next time that the other desk has: {text}");
    place.close()
}

/// Desk 3 alone renews driving licences: what is kept there for one, no other desk gives to another.
fn one_desk(office: String) -> String {
    office.replace("[\"disability-card\", \"driving-licence\", \"signature\"]", "[\"disability-card\", \"signature\"]")
}

#[test]
fn fld_33_after_a_closure_those_displaced_choose_before_the_public() -> Result<()> {
    let place = Place::open("08:00", one_desk)?;
    let displaced = place.book("d@example.gr", "Δήμητρα Εκτοπισμένη", 5)?;
    place.sign_in()?;
    preview(&place, "2026-11-24", None, "")?;
    place.browser.press_selector("tbody .day-head + tr select option[value=cancel]")?;
    place.browser.press("Κλείσιμο και ενημέρωση")?;
    place.browser.reads("Το κλείσιμο ισχύει")?;
    let mail = place.post.wait_for("d@example.gr", 2)?;
    let text = mail.text("text/plain")?;
    ensure!(text.contains("Σας κρατάμε: Τετάρτη 25 Νοεμβρίου, 08:00"), "{text}");
    ensure!(text.contains("Διαλέγετε πριν από τους άλλους έως: Παρασκευή 27 Νοεμβρίου, 08:"), "{text}");

    // Nobody else has the time: not the public, not staff for a caller.
    let staff = tests::staff::Staff::admin(&place.hub)?;
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 25).context("a day")?;
    let kept: chrono::DateTime<chrono::Utc> = "2026-11-25T08:00:00+02:00".parse()?;
    let public = staff.slots("driving-licence", day, 1)?;
    ensure!(!public.is_empty() && public.iter().all(|slot| slot.start != kept), "the public has it: {public:?}");
    ensure!(staff.book("driving-licence", kept, "Κάποιος Άλλος").is_err(), "staff have it");

    place.staff(&format!("bookings/{}", displaced.reference))?;
    place.browser.reads("Κρατείται για τον πολίτη: Τετάρτη 25 Νοεμβρίου, 08:00")?;
    place.judge("booking-displaced")?;
    let link = mail.link(&format!("{}/booking/", place.hub.base()))?;
    place.go(&link)?;
    place.browser.reads("Διαλέξτε νέα ώρα πριν από τους άλλους")?;
    place.judge("displaced")?;
    place.browser.press("Δείτε όλες τις ώρες")?;
    place.browser.reads("Η ώρα που ακυρώθηκε: Τρίτη 24 Νοεμβρίου")?;
    place.judge("displaced-times")?;
    // Beyond what the public sees yet.
    let horizon = 62;
    let last = day + chrono::Days::new(horizon);
    ensure!(staff.slots("driving-licence", last, 7)?.is_empty(), "the public sees so far");
    place.go(&format!("{link}/change?day={last}"))?;
    place.browser.waits_for("button.time")?;
    place.go(&link)?;
    place.browser.press("Θέλω αυτή την ώρα")?;
    place.browser.reads("Το ραντεβού σας άλλαξε")?;
    place.browser.reads("Τετάρτη 25 Νοεμβρίου, 08:00")?;
    let mail = place.post.wait_for("d@example.gr", 3)?;
    let text = mail.text("text/plain")?;
    ensure!(text.replace(' ', "").contains(&displaced.reference), "with the same code: {text}");
    ensure!(text.contains("Τετάρτη 25 Νοεμβρίου, 08:00"), "{text}");
    place.staff(&format!("bookings/{}", displaced.reference))?;
    place.browser.reads("αναμένεται")?;
    place.close()
}

#[test]
fn fld_33_the_calendar_of_who_was_displaced_opens_on_the_day_of_the_kept_time() -> Result<()> {
    let place = Place::open("08:00", one_desk)?;
    let staff = tests::staff::Staff::admin(&place.hub)?;
    let start = "2026-11-30T12:00:00+02:00".parse()?;
    let booked = staff.book_by_mail("driving-licence", start, "Δήμητρα Εκτοπισμένη", "d@example.gr", "el")?;
    place.post.wait_for("d@example.gr", 0)?;
    place.sign_in()?;
    preview(&place, "2026-11-30", None, "")?;
    place.browser.press_selector("tbody .day-head + tr select option[value=cancel]")?;
    place.browser.press("Κλείσιμο και ενημέρωση")?;
    place.browser.reads("Το κλείσιμο ισχύει")?;
    let mail = place.post.wait_for("d@example.gr", 1)?;
    let text = mail.text("text/plain")?;
    ensure!(text.contains("Σας κρατάμε: Τρίτη 1 Δεκεμβρίου, 08:00"), "{text}");
    let link = mail.link(&format!("{}/booking/", place.hub.base()))?;
    let opens = || {
        place.browser.waits_for("#month-name")?;
        let script = "return [document.getElementById('month-name').textContent, document.getElementById('chosen-day')\
                      .textContent, document.querySelector('button.time').textContent]";
        let opened = place.browser.script(script)?;
        ensure!(opened == serde_json::json!(["Δεκέμβριος 2026", "Τρίτη 1 Δεκεμβρίου", "08:00"]), "{opened}");
        anyhow::Ok(())
    };
    place.go(&format!("{link}/change"))?;
    opens()?;
    place.judge("displaced-other-month")?;
    place.staff(&format!("bookings/{}/move", booked.reference))?;
    opens()?;
    // Whoever turns the page is shown what they asked for.
    place.go(&format!("{link}/change?month=2026-11"))?;
    place.browser.waits_for("#month-name")?;
    let month = place.browser.script("return document.getElementById('month-name').textContent")?;
    ensure!(month == "Νοέμβριος 2026", "{month}");
    place.close()
}
