//! The house as a whole: suspended in a moment and resumed in one press; a roll call after an outage, and paper visits.

use anyhow::{Result, ensure};
use serde_json::json;
use tests::{
    staff::{OFFICE, Staff},
    wait,
};
use wire::DeviceKind;

use crate::place::Place;

#[test]
fn fld_30_a_service_is_suspended_with_its_reason_and_resumed_in_one_press() -> Result<()> {
    let place = Place::open("10:00", std::convert::identity)?;
    let kiosk = tests::device::pair_without_screen(&place.hub, DeviceKind::Kiosk, "Είσοδος")?;
    let kiosk = tests::house::PlainKiosk::new(kiosk);
    let waiting = kiosk.take_ticket("signature")?;
    place.sign_in()?;
    place.browser.press("Λειτουργία")?;
    place.browser.reads("Τίποτα δεν έχει ανασταλεί.")?;
    place.browser.press_selector("#scope option[value='service:signature']")?;
    place.browser.press_selector("#because option[value=registry]")?;
    place.browser.press_selector("form[action$='/suspend'] button")?;
    place.browser.reads("Το μητρώο δεν λειτουργεί προσωρινά.")?;
    place.browser.reads("μέχρι νεότερη ανακοίνωση")?;
    place.judge("house")?;
    let refused = kiosk.ask_ticket("signature")?;
    ensure!(refused.problem()?.code == wire::ProblemCode::Suspended, "{}", refused.body);
    ensure!(kiosk.ask_ticket("certified-copy")?.status == 200, "others are served");
    let visit = Staff::admin(&place.hub)?.floor()?.visits.into_iter().find(|visit| visit.number == waiting.number);
    ensure!(visit.is_some(), "those who wait keep their places");
    place.browser.press("Επαναλειτουργία")?;
    place.browser.reads("Τίποτα δεν έχει ανασταλεί.")?;
    ensure!(kiosk.ask_ticket("signature")?.status == 200, "resumed");

    // The giving of tickets, until a time of today, in one's own words.
    place.browser.press("Με δικά σας λόγια")?;
    place.browser.fill("el", "Άσκηση εκκένωσης")?;
    place.browser.script("document.getElementById('until').value = '10:45'")?;
    place.browser.press_selector("form[action$='/suspend'] button")?;
    place.browser.reads("Άσκηση εκκένωσης")?;
    place.browser.reads("έως τις 10:45")?;
    ensure!(kiosk.ask_ticket("certified-copy")?.problem()?.code == wire::ProblemCode::Suspended);
    place.close()
}

#[test]
fn fld_30_who_waits_through_a_suspension_is_told_how_long() -> Result<()> {
    let place = Place::open("10:00", std::convert::identity)?;
    let kiosk = tests::device::pair_without_screen(&place.hub, DeviceKind::Kiosk, "Είσοδος")?;
    let kiosk = tests::house::PlainKiosk::new(kiosk);
    Staff::admin(&place.hub)?.open_desk(1)?;
    let waiting = kiosk.take_ticket("signature")?;
    place.sign_in()?;
    place.browser.press("Λειτουργία")?;
    place.browser.press_selector("#scope option[value='service:signature']")?;
    place.browser.press_selector("#because option[value=registry]")?;
    place.browser.script("document.getElementById('until').value = '10:45'")?;
    place.browser.press_selector("form[action$='/suspend'] button")?;
    place.browser.reads("έως τις 10:45")?;
    place.go(&waiting.page)?;
    place.browser.reads("Εκτιμώμενος χρόνος αναμονής: 40 έως 45 λεπτά")?;
    place.close()
}

#[test]
fn prom_12_after_an_outage_a_roll_call_and_paper_visits_with_their_true_times() -> Result<()> {
    let mut place = Place::open("10:00", std::convert::identity)?;
    let kiosk = tests::device::pair_without_screen(&place.hub, DeviceKind::Kiosk, "Είσοδος")?;
    let kiosk = tests::house::PlainKiosk::new(kiosk);
    let (gone, stays) = (kiosk.take_ticket("signature")?, kiosk.take_ticket("signature")?);
    place.sign_in()?;
    place.hub.stop()?;
    let later = place.hub.now()? + chrono::TimeDelta::minutes(20);
    place.hub.set_clock(later);
    place.hub.run()?;
    place.browser.press("Λειτουργία")?;
    place.browser.reads("Διακοπές σήμερα:")?;
    place.judge("roll-call")?;
    place.browser.press_selector(&format!("label[for='gone-{}']", gone.visit))?;
    place.browser.press("Καταχώριση όσων αποχώρησαν")?;
    place.browser.reads("Καταχωρίστηκαν όσοι αποχώρησαν.")?;
    let staff = Staff::admin(&place.hub)?;
    wait::until_ok("the floor shows who is left", || {
        let numbers: Vec<String> = staff.floor()?.visits.into_iter().map(|visit| visit.number).collect();
        ensure!(numbers == [stays.number.clone()], "{numbers:?} are left, {} has gone", gone.number);
        Ok(())
    })?;

    place.browser.press("Καταχώριση με τις πραγματικές ώρες")?;
    place.browser.script(
        "for (const [id, value] of [['arrived', '10:02'], ['paper-from', '10:05'], ['paper-to', '10:12']]) \
             document.getElementById(id).value = value",
    )?;
    place.browser.press_selector("#outcome option[value=done]")?;
    place.browser.press_selector("form[action$='/paper'] button")?;
    place.browser.reads("Η εξυπηρέτηση καταχωρίστηκε με τις πραγματικές ώρες.")?;
    // What cannot have been is refused in a sentence.
    place.browser.press("Καταχώριση με τις πραγματικές ώρες")?;
    place.browser.script(
        "for (const [id, value] of [['arrived', '10:12'], ['paper-from', '10:05'], ['paper-to', '10:02']]) \
             document.getElementById(id).value = value",
    )?;
    place.browser.press_selector("#outcome option[value=done]")?;
    place.browser.press_selector("form[action$='/paper'] button")?;
    place.browser.reads("Οι ώρες δεν μπορεί να είναι σωστές")?;
    let body = json!({ "gone": [stays.visit] });
    let said = staff.client().post(&format!("/api/v1/offices/{OFFICE}/roll-calls"), &body)?;
    ensure!(said.status == 200, "the API takes a roll call too: {}", said.body);
    wait::until("the floor is empty", || staff.floor().ok().filter(|floor| floor.visits.is_empty()))?;
    place.close()
}

#[test]
fn fld_05_a_note_is_written_on_the_card_and_read_before_the_call() -> Result<()> {
    let place = Place::open("10:00", std::convert::identity)?;
    let kiosk = tests::device::pair_without_screen(&place.hub, DeviceKind::Kiosk, "Είσοδος")?;
    let ticket = tests::house::PlainKiosk::new(kiosk).take_ticket("signature")?;
    place.sign_in()?;
    place.browser.press_selector("form[action$='/desks/1/open'] button")?;
    place.browser.press(&ticket.number)?;
    place.browser.press("Προσθήκη σημείωσης")?;
    place.browser.fill("text", "Μιλά μόνο <b>γαλλικά</b>")?;
    place.browser.press("Αποθήκευση σημείωσης")?;
    place.browser.reads("Αλλαγή σημείωσης")?;
    place.judge("card")?;
    place.staff("desks/1")?;
    place.browser.reads("έχει σημείωση")?;
    place.browser.press("Κλήση επόμενου")?;
    place.browser.reads("Μιλά μόνο <b>γαλλικά</b>")?;
    place.close()
}
