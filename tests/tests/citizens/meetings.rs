//! A collective body meets in a real browser: set up and called by the coordinator, with a quorum that a substitute makes up, votes
//! that the coordinator and the secretary enter, and minutes that chair and secretary sign by their own links (PRE-10).

use anyhow::{Context, Result, ensure};
use chrono::NaiveDate;
use tests::{browser::Browser, printed::PrintedPage, wait};

use crate::{
    colleagues::{PASSWORD, SIGNED_IN, hired_coordinator, signs_in},
    conferences::{ROOM, fill_in, plan},
    pages::{look, look_in_both},
    walk::{WalkPlace, place_of_body},
};

const COORDINATOR: (&str, &str) = ("giorgos", PASSWORD);
/// Chair, two members, the substitute of the second of them, and the secretary; by the numbers that they have in the conference.
const MEMBERS: [(&str, &str, &str); 5] = [
    ("1", "m1@example.gr", "Άννα Αναγνώστου"),
    ("2", "m2@example.gr", "Βασίλης Βλάχος"),
    ("3", "m3@example.gr", "Γιώργος Γεωργίου"),
    ("4", "m4@example.gr", "Δήμητρα Δήμου"),
    ("5", "m5@example.gr", "Ελένη Ευαγγέλου"),
];
const AGENDA: [&str; 2] = ["Έγκριση προηγούμενων πρακτικών", "Προϋπολογισμός 2027"];

/// Writes who belongs to the body, what it is called, and what it meets about.
fn set_up(browser: &Browser) -> Result<()> {
    browser.fill("body-el", "Δημοτική Επιτροπή")?;
    browser.fill("agenda", &AGENDA.join("\n"))?;
    for (number, _, name) in MEMBERS {
        browser.fill(&format!("name-{number}"), name)?;
    }
    for chosen in ["#post-1 option[value=chair]", "#post-5 option[value=secretary]", "#stands-in-4 option[value='3']"] {
        browser.press_selector(chosen)?;
    }
    // The secretary keeps the minutes, and has no vote.
    browser.press_selector("label[for=votes-5]")
}

/// The link to the minutes in the mail that asks for a signature.
fn minutes_link(place: &WalkPlace, email: &str) -> Result<String> {
    let start = format!("{}/conference/", place.hub.base());
    wait::until(&format!("{email} is asked to sign"), || {
        let mails = place.post.all().ok()?.into_iter().filter(|mail| mail.to.contains(email));
        mails.filter_map(|mail| mail.link(&start).ok()).find(|link| link.ends_with("/minutes"))
    })
}

/// The minutes on paper, as a link of the page leads to them.
fn paper(browser: &Browser, name: &str) -> Result<String> {
    let printed = PrintedPage::of(&browser.file_of("main a[href$='/minutes.pdf']")?)?;
    if let Ok(folder) = std::env::var("SEIRA_PICTURES") {
        printed.picture()?.save(&std::path::Path::new(&folder).join(format!("{name}.png")))?;
    }
    printed.text()
}

#[test]
fn pre_10_a_body_meets_from_the_invitation_to_minutes_that_are_signed() -> Result<()> {
    let mut place = place_of_body()?;
    let base = place.hub.base();
    hired_coordinator(&place.hub, COORDINATOR.0)?;
    let browser = &place.browser;
    signs_in(browser, &place.hub, COORDINATOR, SIGNED_IN)?;
    let day = NaiveDate::from_ymd_opt(2026, 11, 27).context("a day")?;
    let begins = day.and_hms_opt(10, 0, 0).context("an hour")?;
    let invited = MEMBERS.map(|(_, email, _)| email).join("\n");
    let fields = [("title-el", "11η συνεδρίαση"), ("address", ROOM), ("places", "9"), ("invited", &*invited)];
    fill_in(browser, &base, begins, &fields)?;
    let one = plan(browser)?;
    browser.press_selector("a[href$='/meeting']")?;
    browser.waits_for("[name=agenda]")?;
    look_in_both(browser, "meeting-new")?;
    browser.press("Αποθήκευση")?;
    browser.reads("Γράψτε ποιο συλλογικό όργανο συνεδριάζει")?;
    look(&place, "meeting-wrong")?;
    set_up(browser)?;
    browser.press("Αποθήκευση")?;
    browser.waits_for("form[action$='/meeting/call']")?;
    look(&place, "meeting-planned")?;
    browser.press_selector("form[action$='/meeting/call'] button")?;
    browser.reads("Τα μέλη προσκλήθηκαν")?;
    let called = place.post.wait_for(MEMBERS[3].1, 1)?.text("text/plain")?;
    for said in ["Δημοτική Επιτροπή", "1. Έγκριση προηγούμενων πρακτικών", "2. Προϋπολογισμός 2027"]
    {
        ensure!(called.contains(said), "{said}: {called}");
    }
    let links: Vec<String> = MEMBERS
        .iter()
        .map(|(_, email, _)| place.post.wait_for(email, 0)?.link(&format!("{base}/conference/")))
        .collect::<Result<_>>()?;

    // On its day the chair and one member come through the waiting page: two of the three who can decide.
    place.hub.stop()?;
    place.hub.set_clock("2026-11-27T10:00:05+02:00".parse()?);
    place.hub.run()?;
    browser.forget()?;
    for link in &links[..2] {
        browser.go(link)?;
        browser.press_selector("form[action$='/enter'] button")?;
        browser.waits_for(&format!("a[href='{ROOM}']"))?;
    }
    let meeting = format!("{one}/meeting");
    signs_in(browser, &place.hub, COORDINATOR, SIGNED_IN)?;
    browser.go(&meeting)?;
    browser.reads("Παρόντα 2 από 3 μέλη με δικαίωμα ψήφου")?;
    let (first, second) = ("main ol > li:nth-child(1)", "main ol > li:nth-child(2)");
    browser.press_selector(&format!("{first} summary"))?;
    browser.press_selector("#agree-1")?;
    browser.strike("2")?;
    browser.press_selector(&format!("{first} form button"))?;
    browser.reads("Δεν υπάρχει απαρτία: χρειάζονται 3")?;
    // The roll finds the secretary there, and the substitute of who is absent.
    for number in ["5", "4"] {
        browser.press_selector(&format!("[action$='/present'] [value='{number}'] + button"))?;
        browser.waits_for(&format!("[action$='/absent'] [value='{number}'] + button"))?;
    }
    browser.reads("Υπάρχει απαρτία")?;
    // One vote by name, and one of which the result alone is entered.
    browser.press_selector(&format!("{first} summary"))?;
    for ballot in ["#vote-1-1 [value=for]", "#vote-1-2 [value=for]", "#vote-1-4 [value=against]"] {
        browser.press_selector(ballot)?;
    }
    browser.press_selector(&format!("{first} form button"))?;
    browser.reads("Υπέρ 2, κατά 1, λευκά 0")?;
    // The other one is entered by the secretary behind their own link, without an account.
    browser.forget()?;
    browser.go(&links[4])?;
    browser.press("Παρουσίες, ψηφοφορίες και πρακτικό")?;
    browser.reads("Υπάρχει απαρτία")?;
    look_in_both(browser, "meeting-secretary")?;
    browser.press_selector(&format!("{second} summary"))?;
    browser.press_selector("#agree-2")?;
    browser.strike("3")?;
    browser.press_selector(&format!("{second} form button"))?;
    browser.reads("Υπέρ 3, κατά 0, λευκά 0")?;
    signs_in(browser, &place.hub, COORDINATOR, SIGNED_IN)?;
    browser.go(&meeting)?;
    look_in_both(browser, "meeting")?;
    browser.fill("discussion", "Ο αντιδήμαρχος εισηγήθηκε τον προϋπολογισμό.")?;
    browser.press("Σύνταξη πρακτικού")?;
    let made = paper(browser, "minutes-made")?;
    let said = [
        "Δημοτική Επιτροπή",
        "11η συνεδρίαση",
        "27 Νοεμβρίου 2026, 10:00",
        "διαπιστώθηκε απαρτία",
        "αναπληρώνει: Γιώργος",
        "Προϋπολογισμός 2027",
        "αντιδήμαρχος",
        "εκκρεμεί",
    ];
    for said in said.into_iter().chain(MEMBERS.map(|(_, _, name)| name)) {
        ensure!(made.contains(said), "{said}: {made}");
    }

    // Chair and secretary sign by their own links what they have read; a member reads them, and signs nothing.
    let sign = "Υπογράφω το πρακτικό";
    browser.forget()?;
    browser.go(&minutes_link(&place, MEMBERS[0].1)?)?;
    look_in_both(browser, "minutes")?;
    for (_, email, _) in [MEMBERS[0], MEMBERS[4]] {
        browser.go(&minutes_link(&place, email)?)?;
        browser.press(sign)?;
        browser.no_longer_reads(sign)?;
    }
    browser.go(&links[1])?;
    browser.press_selector("a[href$='/minutes']")?;
    browser.reads("αντιδήμαρχος")?;
    ensure!(!browser.text()?.contains(sign), "a member signs nothing");
    let signed = paper(browser, "minutes-signed")?;
    ensure!(signed.contains("αντιδήμαρχος") && !signed.contains("εκκρεμεί"), "{signed}");
    signs_in(browser, &place.hub, COORDINATOR, SIGNED_IN)?;
    browser.go(&meeting)?;
    browser.reads("Το πρακτικό έχει υπογραφεί και δεν αλλάζει πια")?;
    look(&place, "meeting-signed")?;
    ensure!(paper(browser, "minutes-kept")? == signed, "what the coordinator keeps is what was signed");
    place.hub.stop()?;
    place.hub.verify().map(drop)
}
