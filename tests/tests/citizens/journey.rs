//! A booking without scripts; its move and its cancellation, with a mail and a calendar file for each.

use anyhow::{Result, ensure};
use tests::calendar;

use crate::walk::{Walk, place};

#[test]
fn omb_16_omb_15_moved_and_cancelled_with_a_mail_and_a_calendar_file_each() -> Result<()> {
    let place = place(std::convert::identity)?;
    let nothing = |_: &str| Ok(());
    let walk = Walk { place: &place, language: "el", email: "moves@example.gr", at: &nothing };
    walk.prove()?;
    walk.choose()?;
    walk.tell()?;
    let booked = calendar::of_mail(&walk.agree()?)?;
    let link = place.browser.address()?;
    let page = place.hub.client().get(&format!("{}/calendar.ics", link.split('?').next().unwrap_or(&link)))?;
    let own = calendar::read(&page.body)?;
    ensure!((&own.uid, own.sequence, &own.start) == (&booked.uid, 0, &booked.start), "{own:?} {booked:?}");
    walk.manage()?;
    // Whoever took the file from the page has later changes too: they come from the same organizer.
    ensure!(own.method == "PUBLISH" && own.attendee.is_none(), "nobody is invited: {own:?}");
    let moved = calendar::of_mail(&place.post.wait_for("moves@example.gr", 3)?)?;
    let cancelled = calendar::of_mail(&place.post.wait_for("moves@example.gr", 4)?)?;
    ensure!(booked.uid == moved.uid && moved.uid == cancelled.uid, "one appointment: {booked:?} {moved:?}");
    for event in [&booked, &moved, &cancelled] {
        ensure!(event.organizer.is_some() && event.organizer == own.organizer, "{event:?} {own:?}");
    }
    let sequences = [booked.sequence, moved.sequence, cancelled.sequence];
    ensure!(sequences == [0, 1, 2], "{sequences:?}");
    ensure!(booked.start != moved.start && moved.start == cancelled.start, "another time");
    ensure!([&*booked.method, &*moved.method, &*cancelled.method] == ["REQUEST", "REQUEST", "CANCEL"]);
    ensure!(cancelled.status.as_deref() == Some("CANCELLED"), "{cancelled:?}");
    for event in [&booked, &moved, &cancelled] {
        ensure!(event.attendee.as_deref() == Some("mailto:moves@example.gr"), "{event:?}");
        ensure!(event.point.as_deref() == Some("35.1906;25.7164"), "{event:?}");
        ensure!(event.summary.as_deref().is_some_and(|title| !title.contains("οικογενειακής")), "it tells no matter");
    }
    place.hub.verify()?;
    Ok(())
}

#[test]
fn omb_03_the_whole_flow_without_scripts() -> Result<()> {
    let place = place(|office| office)?;
    place.browser.scripts_off()?;
    place.browser.go(&format!("{}/book", place.hub.base()))?;
    place.browser.fill("email", "plain@example.gr")?;
    place.browser.fill("read", "QQQQQ")?;
    place.browser.press_selector("#address-form button.govgr-btn")?;
    place.browser.reads("Οι χαρακτήρες δεν είναι αυτοί")?;
    // The letters cannot be read by a program, which is their sense; so this address is proven with the work done, and
    // the rest of the way is walked without scripts.
    let page = place.browser.script("return document.documentElement.outerHTML")?;
    ensure!(page.as_str().unwrap_or_default().contains(".wav"), "the letters can be heard");
    let citizen = tests::booking::Citizen::new(place.hub.client(), "plain@example.gr");
    citizen.ask_for_link()?;
    let mail = place.post.wait_for("plain@example.gr", 0)?;
    let link = mail.link(&format!("{}/book/start/", place.hub.base()))?;
    place.browser.go(&link)?;
    place.browser.press_selector("main button[type=submit]")?;
    place.browser.waits_for("a.choice")?;
    place.browser.press_selector("a.choice")?;
    let nothing = |_: &str| Ok(());
    let walk = Walk { place: &place, language: "el", email: "plain@example.gr", at: &nothing };
    walk.choose()?;
    // More time, in one press, and nothing typed is lost.
    place.browser.fill("name", "Μισογραμμένο")?;
    place.browser.press_selector(".held-actions button")?;
    place.browser.waits_for("#name")?;
    let typed = place.browser.script("return document.getElementById('name').value")?;
    ensure!(typed == "Μισογραμμένο", "what was typed is {typed}");
    walk.tell()?;
    let mail = walk.agree()?;
    ensure!(mail.text("text/plain")?.contains("2 υποθέσεις"), "FLD-32");
    walk.manage()
}
