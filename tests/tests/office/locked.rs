//! Pages of staff that lock, by a press, in another tab or because nobody is there; and a desk that the next clerk takes
//! over (NEW-08).

use anyhow::{Result, ensure};
use tests::staff::{Staff, clerk_of};
use wire::DeviceKind;

use crate::place::Place;

/// What stands in the page, seen or not.
fn source(place: &Place) -> Result<String> {
    Ok(place.browser.script("return document.documentElement.outerHTML")?.as_str().unwrap_or_default().to_owned())
}

/// The page is locked, and nothing of who was served is in it.
fn locked(place: &Place, number: &str) -> Result<()> {
    place.browser.reads("Κλειδωμένο")?;
    let source = source(place)?;
    ensure!(!source.contains(number), "{source}");
    Ok(())
}

#[test]
fn new_08_a_desk_locks_goes_on_where_it_was_and_is_handed_over_with_who_is_served() -> Result<()> {
    let mut place = Place::open("10:00", std::convert::identity)?;
    let kiosk = tests::device::pair_without_screen(&place.hub, DeviceKind::Kiosk, "Είσοδος")?;
    let number = tests::house::PlainKiosk::new(kiosk).take_ticket("signature")?.number;
    let admin = Staff::admin(&place.hub)?;
    admin.employ(1)?;
    place.sign_in()?;
    place.staff("desks/1")?;
    place.browser.press("Άνοιγμα")?;
    place.browser.press("Κλήση επόμενου")?;
    place.browser.press("Προσήλθε")?;
    place.browser.reads(&number)?;
    place.browser.press("Κλείδωμα")?;
    locked(&place, &number)?;
    // Neither behind the button that leads back, nor by typing the address.
    place.browser.script("history.back()")?;
    locked(&place, &number)?;
    place.staff("desks/1")?;
    locked(&place, &number)?;
    place.judge("lock")?;
    place.browser.fill("password", tests::hub::ADMIN_PASSWORD)?;
    place.browser.press("Ξεκλείδωμα")?;
    place.browser.reads(&number)?;
    place.browser.reads("Ολοκλήρωση")?;
    // In another tab: this one goes dark by itself, by its feed.
    place.browser.script(
        "const body = new URLSearchParams({ csrf: document.querySelector('[name=csrf]').value, back: location.pathname }); \
         fetch('/lock/now', { method: 'POST', body, redirect: 'manual' })",
    )?;
    locked(&place, &number)?;
    // The next clerk takes the desk over, in one press.
    let (name, password) = clerk_of(1);
    place.browser.script("document.getElementById('next-name').scrollIntoView()")?;
    place.browser.fill("name", &name)?;
    place.browser.script(&format!("document.getElementById('next-password').value = '{password}'"))?;
    place.browser.press("Παραλαβή θυρίδας")?;
    place.browser.reads(&number)?;
    place.browser.reads(&format!("Αποσύνδεση ({name})"))?;
    place.judge("desk-taken-over")?;
    place.browser.press("Παράδοση θυρίδας")?;
    place.browser.reads("Όνομα χρήστη του επόμενου υπαλλήλου")?;
    place.judge_here("desk-handover-el")?;
    place.staff("desks/1/handover")?;
    place.judge("handover")?;
    // What the administrator sees of it.
    place.browser.press("Αποσύνδεση")?;
    place.sign_in()?;
    place.go("/admin/audit")?;
    place.browser.reads("Παραλαβή θυρίδας")?;
    place.judge_by_machine("audit")?;
    // A stop signs how far the journal has come.
    place.hub.stop()?;
    place.hub.run()?;
    place.go("/admin/journal")?;
    place.browser.reads("seira-head 1 office=")?;
    place.judge("journal")?;
    place.close()
}

#[test]
fn new_08_a_page_that_nobody_touches_goes_dark_by_itself() -> Result<()> {
    let configure = |hub: &tests::hub::Hub| hub.configure(|text| format!("{text}\n[sessions]\nidle_minutes = 1\n"));
    let mut place = Place::open_with("10:00", std::convert::identity, configure)?;
    place.hub.stop()?;
    // A minute is three seconds.
    place.hub.set_speed(20.0);
    place.hub.run()?;
    place.sign_in()?;
    place.browser.reads("Κλειδωμένο")?;
    place.close()
}
