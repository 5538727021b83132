//! Documents that are missing at the desk: a warning while the rule is tolerated; enforced, nobody is served without them,
//! unless they are waived with a reason, or brought the same day.

use anyhow::{Result, ensure};
use tests::{device::pair_without_screen, house::PlainKiosk, wait};
use wire::DeviceKind;

use crate::place::Place;

fn strict(office: String) -> String {
    office.replace("[rules]\n", "[rules]\nphases = [{ rule = \"documents\", strict_from = \"2026-01-01\" }]\n")
}

/// Somebody takes a number, and is served at desk 1.
fn served(place: &Place) -> Result<String> {
    let kiosk = PlainKiosk::new(pair_without_screen(&place.hub, DeviceKind::Kiosk, "Είσοδος")?);
    let ticket = kiosk.take_ticket("certified-copy")?;
    place.sign_in()?;
    place.browser.press_selector("form[action$='/desks/1/open'] button")?;
    call(place, &ticket.number)?;
    Ok(ticket.number)
}

/// The next is called and comes.
fn call(place: &Place, number: &str) -> Result<()> {
    place.browser.press("Κλήση επόμενου")?;
    holds(place, number, "Κλήθηκε στις")?;
    place.browser.press_selector("form[action$='/appeared'] button")?;
    holds(place, number, "Εξυπηρετείται από")
}

/// The desk holds this number, in this state.
fn holds(place: &Place, number: &str, state: &str) -> Result<()> {
    wait::until_ok("the desk holds them", || {
        let holding = place.browser.script("return document.querySelector('.holding')?.innerText ?? ''")?;
        let holding = holding.as_str().unwrap_or_default();
        ensure!(holding.contains(number) && holding.contains(state), "{holding}");
        Ok(())
    })
}

/// A menu of the visit at the desk, open; what else is pressed stands in it.
fn open_menu(place: &Place, class: &str) -> Result<()> {
    wait::until("the menu is open", || {
        let script = format!(
            "const menu = document.querySelector('details.{class}'); if (menu) menu.open = true; return !!menu"
        );
        place.browser.script(&script).ok()?.as_bool()?.then_some(())
    })
}

#[test]
fn trn_12_tolerant_missing_documents_are_a_warning_and_serving_goes_on() -> Result<()> {
    let place = Place::open("10:00", std::convert::identity)?;
    let number = served(&place)?;
    open_menu(&place, "lacking")?;
    place.browser.reads("Πιλοτική λειτουργία: καταγράφεται προειδοποίηση")?;
    place.judge_here("documents-tolerant")?;
    place.browser.press("Προειδοποίηση και συνέχεια")?;
    place.browser.reads("Καταγράφηκε προειδοποίηση: λείπουν δικαιολογητικά.")?;
    holds(&place, &number, "Εξυπηρετείται από")?;
    place.judge("documents-warned")?;
    // What was noted as missing does not keep the clerk from going on.
    open_menu(&place, "shown")?;
    place.browser.press_selector("#shown-papers option[value=missing]")?;
    place.browser.press("Καταχώριση ελέγχου")?;
    place.browser.reads("χωρίς ταυτοποίηση")?;
    place.browser.press_selector("button[value=done]")?;
    place.browser.reads("Η θυρίδα είναι ελεύθερη.")?;
    let exported = place.hub.command("export")?.output()?;
    let journal = String::from_utf8_lossy(&exported.stdout).into_owned();
    ensure!(journal.contains("\"tolerated\"") && journal.contains("documents"), "the warning is an event");
    place.close()
}

#[test]
fn trn_09_trn_10_strict_nobody_is_served_without_documents_and_may_come_back_the_same_day() -> Result<()> {
    let place = Place::open("10:00", strict)?;
    let number = served(&place)?;
    open_menu(&place, "shown")?;
    place.browser.press_selector("#shown-papers option[value=missing]")?;
    place.browser.press("Καταχώριση ελέγχου")?;
    place.browser.reads("χωρίς ταυτοποίηση")?;
    place.browser.press_selector("button[value=done]")?;
    place.browser.reads("Σημειώσατε ότι λείπουν δικαιολογητικά.")?;
    place.browser.press("Ολοκλήρωση και κλήση επόμενου")?;
    place.browser.reads("Σημειώσατε ότι λείπουν δικαιολογητικά.")?;
    holds(&place, &number, "Εξυπηρετείται από")?;
    open_menu(&place, "lacking")?;
    place.browser.reads("Χωρίς τα δικαιολογητικά δεν γίνεται εξυπηρέτηση.")?;
    place.judge_here("documents-strict")?;
    open_menu(&place, "lacking")?;
    place.browser.press("Τέλος: θα φέρει όσα λείπουν")?;
    place.browser.reads("Έφυγε για δικαιολογητικά στις")?;
    place.judge("documents-gone")?;

    place.browser.press("Επέστρεψε")?;
    place.browser.no_longer_reads("Έφυγε για δικαιολογητικά στις")?;
    call(&place, &number)?;
    // Waived: never without a reason.
    open_menu(&place, "shown")?;
    place.browser.press_selector("#shown-papers option[value=waived]")?;
    place.browser.fill("note", "Ο γάμος είναι αύριο")?;
    place.browser.press("Καταχώριση ελέγχου")?;
    wait::until("the waiver is kept", || {
        let script = "return document.querySelector('#shown-papers')?.value === 'waived'";
        place.browser.script(script).ok()?.as_bool()?.then_some(())
    })?;
    place.browser.press_selector("button[value=done]")?;
    place.browser.reads("Η θυρίδα είναι ελεύθερη.")?;
    place.close()
}
