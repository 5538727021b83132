//! A series of conferences, and the first of it in a room of the house, in two real browsers with cameras: those who are invited say
//! whether they come and try their camera, the coordinator comes first, the guest's page opens by itself, they see each other and
//! talk; who is removed does not come back, and what was held is counted (PRE-06, PRE-08, PRE-09). How all that is protected is said
//! on a page of its own.

use anyhow::{Context, Result, bail, ensure};
use chrono::NaiveDate;
use tests::{
    browser::Browser,
    call::{is_in, says, sees},
};

use crate::{
    colleagues::{PASSWORD, SIGNED_IN, hired_coordinator, signs_in},
    conferences::{fill_in, plan},
    pages::{look_at, look_in_both},
    walk::{WalkPlace, place_of_body},
};

const COORDINATOR: (&str, &str) = ("giorgos", PASSWORD);
const GUEST: &str = "maria@example.gr";
const LATE: &str = "nikos@example.gr";
/// So many are planned, a week apart.
const TIMES: usize = 4;

/// Judges and hears a room in both languages, each time once it is as it stays; it is left in Greek.
fn look_inside(who: &str, browser: &Browser, others: usize, name: &str) -> Result<()> {
    let address = browser.address()?;
    for language in ["en", "el"] {
        browser.go(&format!("{address}?lang={language}"))?;
        is_in(who, browser, others)?;
        look_at(browser, &format!("{name} {language}"))?;
    }
    Ok(())
}

/// The personal link to the conference of the day, in one of the mails of the series.
fn link_of_today(place: &WalkPlace, email: &str) -> Result<String> {
    for nth in 0..TIMES {
        let mail = place.post.wait_for(email, nth)?;
        if mail.text("text/plain")?.contains("24 Νοεμβρίου") {
            return mail.link(&format!("{}/conference/", place.hub.base()));
        }
    }
    bail!("no invitation for today")
}

#[test]
fn pre_06_pre_08_pre_09_a_series_whose_first_is_held_in_a_room_of_the_house_and_counted() -> Result<()> {
    let folder = tempfile::TempDir::with_prefix("seira-rooms-")?;
    let mut place = place_of_body()?;
    place.browser = Browser::open_with_camera(&folder.path().join("coordinator"))?;
    let guest = Browser::open_with_camera(&folder.path().join("guest"))?;
    let base = place.hub.base();
    hired_coordinator(&place.hub, COORDINATOR.0)?;
    let coordinator = &place.browser;
    signs_in(coordinator, &place.hub, COORDINATOR, SIGNED_IN)?;
    let day = NaiveDate::from_ymd_opt(2026, 11, 24).context("a day")?;
    let begins = day.and_hms_opt(11, 0, 0).context("an hour")?;
    let (invited, times) = (format!("{GUEST}\n{LATE}"), TIMES.to_string());
    let fields = [
        ("title-el", "Συντονισμός έργων"),
        ("title-en", "Works"),
        ("places", "3"),
        ("times", &*times),
        ("invited", &*invited),
    ];
    fill_in(coordinator, &base, begins, &fields)?;
    coordinator.press_selector("label[for=pace-weekly]")?;
    let one = plan(coordinator)?;
    let others =
        coordinator.script("return document.querySelectorAll('main ul.bullets a[href^=\"/conferences/\"]').length")?;
    ensure!(others == TIMES - 1, "the others of its series: {others}");
    let (link, late) = (link_of_today(&place, GUEST)?, link_of_today(&place, LATE)?);
    guest.go(&late)?;
    guest.press_selector("[data-key=decline]")?;
    guest.reads("Έχετε δηλώσει ότι δεν θα έρθετε")?;
    guest.go(&link)?;
    guest.press_selector("[data-key=confirm]")?;
    guest.reads("Έχετε δηλώσει ότι θα έρθετε")?;

    // Before the day: how it is protected, and whether one's own camera works. The room itself is behind the waiting page.
    guest.go(&base)?;
    guest.press("Προστασία των επικοινωνιών")?;
    guest.reads("429/13.3.2020")?;
    look_in_both(&guest, "protection")?;
    guest.go(&format!("{link}/room"))?;
    ensure!(guest.address()? == link, "it leads back to the waiting page: {}", guest.address()?);
    guest.waits_for("a[href='/test-room']")?;
    guest.go(&format!("{base}/test-room"))?;
    look_in_both(&guest, "test-room")?;
    guest.press_selector("[data-try]")?;
    for said in ["Η κάμερα λειτουργεί.", "Το μικρόφωνο λειτουργεί", "μπορεί να συνδεθεί σε τηλεδιάσκεψη"]
    {
        guest.reads(said)?;
    }
    let sent = "return performance.getEntriesByType('resource') \
        .filter(one => ['fetch', 'xmlhttprequest', 'beacon'].includes(one.initiatorType)).length";
    ensure!(guest.script(sent)? == 0, "nothing is sent");
    let faults = guest.accessibility_faults()?;
    ensure!(faults.is_empty(), "{faults:?}");
    guest.press_selector("[data-stop]")?;
    guest.reads("Η δοκιμή τελείωσε")?;

    // Coordinators come some minutes before.
    place.hub.stop()?;
    place.hub.set_clock("2026-11-24T10:54:00+02:00".parse()?);
    place.hub.run()?;
    guest.go(&link)?;
    guest.waits_for(".ticket.waiting")?;
    signs_in(coordinator, &place.hub, COORDINATOR, SIGNED_IN)?;
    coordinator.go(&format!("{one}/room"))?;
    look_inside("the coordinator", coordinator, 0, "conference-room")?;
    ensure!(guest.text()?.contains("Ανοίγει σε"), "nobody else does: {}", guest.text()?);

    // At its time it opens by itself, over a restart of the hub too: nobody has touched the page.
    guest.script("window.isUntouched = true")?;
    place.hub.stop()?;
    place.hub.set_clock("2026-11-24T10:59:57+02:00".parse()?);
    place.hub.run()?;
    guest.waits_for("form[action$='/enter'] button")?;
    ensure!(guest.script("return window.isUntouched === true")? == true, "and it was not loaded again");
    guest.press_selector("form[action$='/enter'] button")?;
    is_in("the guest", &guest, 1)?;
    look_inside("the guest", &guest, 1, "conference-guest-room")?;
    is_in("the coordinator", coordinator, 1)?;

    says(&guest, "Καλημέρα σας")?;
    coordinator.reads("Συμμετέχων: Καλημέρα σας")?;

    // Locked: who is in stays in, and nobody else comes.
    coordinator.press_selector("form[action$='/lock'] button")?;
    coordinator.waits_for("form[action$='/unlock'] button")?;
    sees("the guest", &guest, 1)?;
    ensure!(place.hub.client().get(&late)?.body.contains("κλειδωμένη"), "who comes late is told so");
    // Removed: out at once, and never in again.
    coordinator.press_selector("[action$='/remove'] [value='1'] + button")?;
    guest.reads("Αν νομίζετε ότι έγινε λάθος")?;
    is_in("the coordinator", coordinator, 0)?;
    guest.go(&format!("{link}/room"))?;
    ensure!(guest.script("return document.querySelector('[data-call]') === null")? == true, "no room any more");
    guest.go(&link)?;
    guest.reads("Η πρόσκλησή σας ανακλήθηκε")?;
    // Ended for all.
    coordinator.press_selector("[data-desk] details summary")?;
    coordinator.press_selector("form[action$='/end'] button")?;
    coordinator.reads("Η τηλεδιάσκεψη έχει λήξει")?;

    // It stands in the figures of its year, as plots, as a table, and as a file.
    coordinator.go(&format!("{base}/conferences"))?;
    coordinator.press_selector("a[href='/conferences/figures']")?;
    coordinator.waits_for("main svg")?;
    look_in_both(coordinator, "conference-figures")?;
    let file = String::from_utf8(coordinator.file_of("main a[href*='/figures.csv']")?)?;
    ensure!(file.contains("\"Σύνολο\";2026-11;1;1;") && file.contains("\"Σύνολο\";2026-12;0;0;0;0"), "{file}");
    place.hub.stop()?;
    place.hub.verify().map(drop)
}
