//! A citizen books a teleconference and gets the link; is identified on camera by the clerk; an interpreter joins; served, through
//! a reload and a dropped line. Three browsers see and hear each other: what counts is the frames that each has drawn of the
//! others (OMB-07, OMB-17, OMB-20, PRE-08).

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use tests::{
    booking::details_of,
    browser::{Browser, keys},
    call::{is_in, says, sees},
    hub::{ADMIN, ADMIN_PASSWORD},
    line::Cable,
    staff::OFFICE,
    wait,
};

use crate::place::Place;

const EMAIL: &str = "video@example.gr";
const NAME: &str = "Ελένη Παπαδοπούλου";

/// A booking by teleconference, as the mail tells of it.
struct CallBooking {
    /// To the room.
    link: String,
    start: DateTime<Utc>,
    reference: String,
}

/// Books by the pages, as a citizen does: the mail's link to the room, and the time.
fn books(place: &Place, citizen: &Browser) -> Result<CallBooking> {
    citizen.go(&format!("{}/book?lang=el", place.hub.base()))?;
    citizen.fill("email", EMAIL)?;
    citizen.press_selector("#address-form button.govgr-btn")?;
    citizen.waits_for(".box h2")?;
    let mail = place.post.wait_for(EMAIL, 0)?;
    citizen.go(&mail.link(&format!("{}/book/start/", place.hub.base()))?)?;
    citizen.press_selector("main button[type=submit]")?;
    citizen.reads("Κάρτα αναπηρίας")?;
    citizen.go(&format!("{}/book/{OFFICE}/disability-card", place.hub.base()))?;
    citizen.press_selector("input[name=channel][value=teleconference] + label")?;
    citizen.press_selector("main button[type=submit]")?;
    citizen.waits_for("button.time")?;
    let start = citizen.script("return document.querySelector('button.time').value")?;
    let start: DateTime<Utc> = start.as_str().context("a time")?.parse()?;
    citizen.press_selector("button.time")?;
    citizen.waits_for("#behalf-other")?;
    for (field, text) in details_of(NAME).into_iter().filter(|(field, _)| *field != "behalf") {
        citizen.fill(field, text)?;
    }
    citizen.press_selector("form#held-form > button[type=submit]")?;
    citizen.waits_for("#notice")?;
    let before = place.post.count(EMAIL)?;
    citizen.press_selector("button[name=consent][value=yes]")?;
    citizen.waits_for(".done")?;
    citizen.reads("Αίθουσα τηλεδιάσκεψης")?;
    let mail = place.post.wait_for(EMAIL, before)?;
    let text = mail.text("text/plain")?;
    ensure!(text.contains("ταυτότητα ή διαβατήριο") && text.contains("ώρα Ελλάδας"), "{text}");
    let link = mail.link(&format!("{}/booking/", place.hub.base()))?;
    ensure!(link.ends_with("/call"), "the mail leads to the room: {link}");
    let reference = text.lines().find_map(|line| line.strip_prefix("Κωδικός ραντεβού: ")).context("a code")?;
    Ok(CallBooking { link, start, reference: reference.replace(' ', "").trim().to_owned() })
}

/// The link that the clerk's page shows for a helper.
fn helper_link(browser: &Browser) -> Result<String> {
    browser.waits_for("[data-helper-link]")?;
    let href = browser.script("return document.querySelector('[data-helper-link]').href")?;
    Ok(href.as_str().context("a link")?.to_owned())
}

#[test]
fn omb_20_a_citizen_a_clerk_and_an_interpreter_meet_in_a_room() -> Result<()> {
    let mut place = Place::open("08:00", std::convert::identity)?;
    let folder = tempfile::TempDir::with_prefix("seira-call-")?;
    let open = |who: &str| Browser::open_with_camera(&folder.path().join(who));
    let (citizen, clerk, interpreter) = (open("citizen")?, open("clerk")?, open("interpreter")?);
    let CallBooking { link, start, reference } = books(&place, &citizen)?;

    // Long before: what the clerk's page and that of a helper say, in both languages; the link is taken back.
    place.sign_in()?;
    let room = format!("/staff/{OFFICE}/bookings/{reference}/call");
    place.go(&room)?;
    place.browser.waits_for("[data-when=waiting]:not([hidden])")?;
    place.browser.press("Δημιουργία συνδέσμου")?;
    let helper = helper_link(&place.browser)?;
    place.judge("call-staff")?;
    place.go(&helper)?;
    place.browser.reads("Σας κάλεσε η υπηρεσία")?;
    place.judge("call-helper")?;
    place.go(&room)?;
    place.browser.press("Ακύρωση του συνδέσμου")?;
    place.browser.reads("Δημιουργία συνδέσμου")?;
    place.go(&helper)?;
    place.browser.reads("δεν ανοίγει πια την αίθουσα")?;

    // Some seconds before: the citizen waits, and has the camera checked; the clerk may come in.
    place.hub.stop()?;
    place.hub.set_clock(start - TimeDelta::seconds(30));
    place.hub.run()?;
    let port: u16 = place.hub.base().rsplit(':').next().context("a port")?.parse()?;
    let cable = Cable::to(port)?;
    let link = link.replace(&format!(":{port}/"), &format!(":{}/", cable.port()));
    citizen.go(&link)?;
    citizen.waits_for("[data-when=waiting]:not([hidden])")?;
    citizen.reads("00:00:")?;
    citizen.press("Έλεγχος τώρα")?;
    citizen.waits_for("[data-checked]:not([hidden])")?;
    wait::until("the citizen sees themselves", || {
        let drawn = "return document.querySelector('[data-preview]').getVideoPlaybackQuality().totalVideoFrames > 3";
        (citizen.script(drawn).ok()? == true).then_some(())
    })?;
    // Hours have passed, and the page of before is locked.
    place.browser.forget()?;
    place.sign_in()?;
    clerk.go(&format!("{}/login?lang=el", place.hub.base()))?;
    clerk.fill("name", ADMIN)?;
    clerk.fill("password", ADMIN_PASSWORD)?;
    clerk.press_selector("main form button")?;
    clerk.reads("Επιλέξτε θυρίδα")?;
    clerk.go(&format!("{}{room}", place.hub.base()))?;
    clerk.waits_for("[data-when=open]:not([hidden])")?;
    clerk.reads("Περιμένουμε να συνδεθούν και οι άλλοι")?;

    citizen.script("window.isUntouched = true")?;
    // It opens by itself: nobody has touched the citizen's page.
    is_in("the citizen", &citizen, 1)?;
    is_in("the clerk", &clerk, 1)?;
    ensure!(citizen.script("return window.isUntouched === true")? == true, "and it was not loaded again");
    let faults = citizen.accessibility_faults()?;
    ensure!(faults.is_empty(), "{faults:?}");

    // The desk's page shows what kind of call it is; the clerk calls, and identifies the citizen by the paper on the picture.
    place.browser.press_selector("form[action$='/desks/3/open'] button")?;
    place.browser.reads("Ραντεβού με τηλεδιάσκεψη")?;
    place.judge_here("desk-call-due")?;
    place.browser.press("Κλήση στην αίθουσα")?;
    place.browser.waits_for(&format!("a[href='{room}']"))?;
    place.browser.reads("στην κάμερα")?;
    place.judge_here("desk-call-called")?;
    place.browser.press("Συνδέθηκε")?;
    place.browser.reads("Εξυπηρετείται από")?;
    place.browser.press("Έλεγχος εγγράφων")?;
    place.browser.press_selector(".menu[open] input[name=identity]")?;
    place.browser.press("Καταχώριση ελέγχου")?;
    place.browser.reads("ταυτοποιήθηκε")?;

    // An interpreter is asked in by a link; the clerk's call goes on meanwhile.
    clerk.press("Δημιουργία συνδέσμου")?;
    let helper = helper_link(&clerk)?;
    interpreter.go(&helper)?;
    interpreter.no_longer_reads(NAME)?;
    for (who, browser) in [("the citizen", &citizen), ("the clerk", &clerk), ("the interpreter", &interpreter)] {
        is_in(who, browser, 2)?;
    }
    says(&citizen, "Με βλέπετε;")?;
    for browser in [&clerk, &interpreter] {
        browser.reads("Πολίτης: Με βλέπετε;")?;
    }
    for browser in [&citizen, &clerk, &interpreter] {
        let faults = browser.accessibility_faults()?;
        ensure!(faults.is_empty(), "{faults:?}");
    }

    // The microphone is closed by a press and opened by the keyboard, and says so.
    citizen.press("Κλείσιμο μικροφώνου")?;
    citizen.reads("Άνοιγμα μικροφώνου")?;
    let is_quiet =
        "return document.querySelector('[data-self]').srcObject.getAudioTracks().every(track => !track.enabled)";
    ensure!(citizen.script(is_quiet)? == true, "nothing is heard of them");
    citizen.script("document.querySelector('[data-do=mic]').focus()")?;
    citizen.strike(keys::ENTER)?;
    citizen.reads("Κλείσιμο μικροφώνου")?;

    // A reload takes the same seat, and all see each other again.
    citizen.go(&link)?;
    for (who, browser) in [("the citizen", &citizen), ("the clerk", &clerk), ("the interpreter", &interpreter)] {
        is_in(who, browser, 2)?;
    }
    // The line to the hub drops: who is connected goes on seeing each other, and what is typed arrives once it is back.
    cable.pull_out();
    citizen.reads("Η σύνδεσή σας με την υπηρεσία διακόπηκε")?;
    sees("the clerk, while the line is away,", &clerk, 2)?;
    cable.put_in();
    citizen.no_longer_reads("Η σύνδεσή σας με την υπηρεσία διακόπηκε")?;
    says(&citizen, "Είμαι πάλι εδώ")?;
    clerk.reads("Πολίτης: Είμαι πάλι εδώ")?;
    is_in("the citizen", &citizen, 2)?;

    // The interpreter is shown out, and cannot come back.
    clerk.press("Απομάκρυνση ή κλείσιμο")?;
    clerk.press("Απομάκρυνση του βοηθού")?;
    interpreter.reads("δεν ανοίγει πια την αίθουσα")?;
    interpreter.go(&helper)?;
    interpreter.reads("δεν ανοίγει πια την αίθουσα")?;
    is_in("the clerk", &clerk, 1)?;

    // The visit is finished at the desk, and with it the room.
    place.browser.press_selector("button[data-key=F9]")?;
    for browser in [&citizen, &clerk] {
        browser.reads("Η τηλεδιάσκεψη ολοκληρώθηκε")?;
    }
    let drawn = "return document.querySelectorAll('[data-number] video').length";
    ensure!(citizen.script(drawn)? == 0, "nobody is seen any more");
    let exported = place.hub.command("export")?.output()?;
    let journal = String::from_utf8_lossy(&exported.stdout).into_owned();
    ensure!(journal.contains("shown-recorded") && !journal.contains("Με βλέπετε"), "what was typed is kept nowhere");
    let log = std::fs::read_to_string(place.hub.log())?;
    ensure!(!log.contains("Με βλέπετε") && !log.contains("candidate"), "nor logged");
    place.close()
}
