//! An appointment by telephone, in the browser: nobody comes, and everything says when and where the call is (OMB-07).

use anyhow::{Result, ensure};
use tests::{booking::details_of, calendar};

use crate::{
    pages::look,
    walk::{NAME, Walk, place},
};

const EMAIL: &str = "called@example.gr";

#[test]
fn omb_07_omb_20_by_telephone_in_the_browser() -> Result<()> {
    let place = place(std::convert::identity)?;
    let browser = &place.browser;
    let nothing = |_: &str| Ok(());
    Walk { place: &place, language: "el", email: EMAIL, at: &nothing }.prove()?;
    browser.go(&format!("{}/book/kep/disability-card", place.hub.base()))?;
    browser.waits_for("input[name=channel][value=telephone]")?;
    look(&place, "telephone-how el")?;
    browser.press_selector("input[name=channel][value=telephone] + label")?;
    browser.press_selector("main button[type=submit]")?;
    browser.waits_for("button.time")?;
    browser.press_selector("button.time")?;
    browser.waits_for("#behalf-other")?;
    // Who is called needs a number.
    for (name, value) in details_of(NAME).into_iter().filter(|(name, _)| !["behalf", "phone"].contains(name)) {
        browser.fill(name, value)?;
    }
    browser.press_selector("form#held-form > button[type=submit]")?;
    browser.waits_for("#phone-wrong")?;
    look(&place, "telephone-details el")?;
    browser.fill("phone", "694 123 4567")?;
    browser.press_selector("form#held-form > button[type=submit]")?;
    browser.waits_for("#notice")?;
    look(&place, "telephone-review el")?;
    browser.press_selector("button[name=consent][value=yes]")?;
    browser.waits_for(".done")?;
    browser.reads("Θα σας καλέσουμε στο +30 694 123 4567")?;
    browser.reads("(ώρα Ελλάδας)")?;
    ensure!(browser.script("return document.querySelector('.qr') === null")? == true, "nobody shows a code");
    look(&place, "telephone-booked el")?;
    let mail = place.post.wait_for(EMAIL, 1)?;
    let text = mail.text("text/plain")?;
    for word in ["ώρα Ελλάδας", "Θα σας καλέσουμε στο +30 694 123 4567", NAME] {
        ensure!(text.contains(word), "{word}: {text}");
    }
    ensure!(mail.inline_picture().is_err(), "no code in the mail");
    let event = calendar::of_mail(&mail)?;
    ensure!(event.place.as_deref().is_some_and(|place| place.contains("Θα σας καλέσουμε")), "{event:?}");
    ensure!(event.point.is_none(), "nobody looks for the office: {event:?}");
    Ok(())
}
