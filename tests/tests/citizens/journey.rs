//! A booking without scripts; its move and its cancellation, with a mail and a calendar file for each.

use anyhow::{Context, Result, ensure};
use tests::mail::Mail;

use crate::walk::{Walk, place};

/// The value of a line of the calendar file in a mail.
fn line<'a>(calendar: &'a str, name: &str) -> Result<&'a str> {
    let line = calendar.lines().find(|line| line.starts_with(name)).with_context(|| format!("no {name}"))?;
    Ok(line.split_once(':').context("no value")?.1.trim())
}

fn calendar(mail: &Mail) -> Result<String> {
    mail.text("text/calendar")
}

#[test]
fn omb_16_omb_15_moved_and_cancelled_with_a_mail_and_a_calendar_file_each() -> Result<()> {
    let place = place(std::convert::identity)?;
    let nothing = |_: &str| Ok(());
    let walk = Walk { place: &place, language: "el", email: "moves@example.gr", at: &nothing };
    walk.prove()?;
    walk.choose()?;
    walk.tell()?;
    let booked = calendar(&walk.agree()?)?;
    walk.manage()?;
    let moved = calendar(&place.post.wait_for("moves@example.gr", 2)?)?;
    let cancelled = calendar(&place.post.wait_for("moves@example.gr", 3)?)?;
    ensure!(line(&booked, "UID")? == line(&moved, "UID")? && line(&moved, "UID")? == line(&cancelled, "UID")?);
    let sequences = [line(&booked, "SEQUENCE")?, line(&moved, "SEQUENCE")?, line(&cancelled, "SEQUENCE")?];
    ensure!(sequences == ["0", "1", "2"], "{sequences:?}");
    ensure!(line(&booked, "DTSTART")? != line(&moved, "DTSTART")?, "another time");
    let methods = [line(&booked, "METHOD")?, line(&moved, "METHOD")?, line(&cancelled, "METHOD")?];
    ensure!(methods == ["REQUEST", "REQUEST", "CANCEL"], "{methods:?}");
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
