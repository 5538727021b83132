//! An appointment by teleconference, in both languages: nobody comes, and every time is the time in Greece (OMB-07, OMB-20).

use anyhow::{Result, ensure};
use tests::{booking::details_of, calendar};

use crate::{
    pages::look,
    walk::{NAME, Walk, place},
};

/// What is said in a language: the mark of the time, the times' page, how it goes on, its heading, and how mails say it.
const SAID: [(&str, [&str; 5]); 2] = [
    (
        "el",
        [
            "(ώρα Ελλάδας)",
            "Όλες οι ώρες είναι ώρα Ελλάδας.",
            "Η αίθουσα της τηλεδιάσκεψης ανοίγει μόνη της",
            "με τηλεδιάσκεψη",
            "Με τηλεδιάσκεψη, στην αίθουσα του ραντεβού",
        ],
    ),
    (
        "en",
        [
            "(time in Greece)",
            "All times are the time in Greece.",
            "The room of the teleconference opens by itself",
            "by teleconference",
            "By teleconference, in the room of the appointment",
        ],
    ),
];

#[test]
fn omb_07_omb_20_by_teleconference_in_both_languages() -> Result<()> {
    let place = place(std::convert::identity)?;
    let browser = &place.browser;
    let nothing = |_: &str| Ok(());
    for (language, [mark, all, how, channel, by_mail]) in SAID {
        let email = format!("remote-{language}@example.gr");
        let walk = Walk { place: &place, language, email: &email, at: &nothing };
        walk.prove()?;
        browser.go(&format!("{}/book/kep/disability-card", place.hub.base()))?;
        browser.press_selector("input[name=channel][value=teleconference] + label")?;
        look(&place, &format!("remote-how {language}"))?;
        browser.press_selector("main button[type=submit]")?;
        browser.waits_for("button.time")?;
        browser.reads(all)?;
        look(&place, &format!("remote-times {language}"))?;
        browser.press_selector("button.time")?;
        browser.waits_for("#behalf-other")?;
        browser.reads(mark)?;
        for (field, text) in details_of(NAME).into_iter().filter(|(field, _)| *field != "behalf") {
            browser.fill(field, text)?;
        }
        browser.press_selector("form#held-form > button[type=submit]")?;
        browser.waits_for("#notice")?;
        browser.reads(how)?;
        // The person's own address is on the page too: what counts is where they are told to be.
        let place_of = browser.script("return document.querySelector('dl.facts dd').innerText")?;
        let place_of = place_of.as_str().unwrap_or_default();
        ensure!(place_of.contains(how), "{place_of}");
        for address in ["Ελευθερίας 1, 721 00", "Eleftherias Square"] {
            ensure!(!place_of.contains(address), "nobody is sent to the office: {place_of}");
        }
        look(&place, &format!("remote-review {language}"))?;
        browser.press_selector("button[name=consent][value=yes]")?;
        browser.waits_for(".done")?;
        for said in [mark, how, channel] {
            browser.reads(said)?;
        }
        ensure!(browser.script("return document.querySelector('.qr') === null")? == true, "nobody shows a code");
        look(&place, &format!("remote-booked {language}"))?;
        let mail = place.post.wait_for(&email, 1)?;
        let text = mail.text("text/plain")?;
        for said in [mark, how, by_mail, NAME] {
            ensure!(text.contains(said), "{said}: {text}");
        }
        let room = mail.link(&format!("{}/booking/", place.hub.base()))?;
        ensure!(room.ends_with("/call"), "the mail leads to the room: {text}");
        ensure!(mail.inline_picture().is_err(), "no code in the mail");
        let event = calendar::of_mail(&mail)?;
        ensure!(event.place.as_deref().is_some_and(|place| place.contains(by_mail)), "{event:?}");
        ensure!(event.point.is_none(), "nobody looks for the office: {event:?}");
        // Long before its time the room's page says when it opens, and has the camera checked.
        let link = browser.address()?;
        browser.press_selector("a[href$='/call']")?;
        browser.waits_for("[data-when=waiting]:not([hidden])")?;
        browser.reads(mark)?;
        look(&place, &format!("remote-room {language}"))?;
        // Moved, it is told in the same way.
        let link = link.split('?').next().unwrap_or(&link);
        browser.go(&format!("{link}/change"))?;
        browser.reads(mark)?;
        browser.press_selector("button.time")?;
        browser.waits_for(".done")?;
        let text = place.post.wait_for(&email, 2)?.text("text/plain")?;
        ensure!(text.contains(mark) && text.contains(by_mail), "{text}");
    }
    Ok(())
}
