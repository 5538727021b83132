//! The whole kiosk without seeing it: with six keys, and with a finger; what was spoken is read back.
//!
//! Shows NEW-05 (K2, K4, K12, K17, K19).

use anyhow::{Result, ensure};
use tests::{ear::Ear, hub::Setting, picture::PixelPlace};

use crate::cast::{Cast, shows_number};

#[test]
fn new_05_a_number_is_taken_with_six_keys_by_what_is_heard_alone() -> Result<()> {
    let cast = Cast::gather(Setting::tuesday("10:00")?)?;
    let service = cast.house.plain_kiosk()?.open_service()?;
    let ear = Ear::at(&cast.kiosk);
    cast.kiosk.screen()?.find("Θέλω αριθμό")?;
    let begun = ear.plugs_in(|said| said.starts_with("Φωνητική ανάγνωση"))?;
    ensure!(begun.contains("Καλώς ήρθατε"), "the screen is not read: {begun}");
    ear.chooses("Θέλω αριθμό", "Για ποια υπηρεσία ήρθατε")?;
    ear.chooses(&service.name.el, "Τι θα χρειαστείτε")?;
    ear.chooses("Ναι, θέλω αριθμό", "κατά προτεραιότητα")?;
    let said = ear.chooses("Όχι, ευχαριστώ", "Πάρτε το εισιτήριό σας")?;
    let visit = cast.only_visit()?;
    let digits: String = visit.number.chars().filter(char::is_ascii_digit).collect();
    ensure!(!said.contains(&digits), "the number is spelled, not said: {said}");
    let name = said.split("Ο αριθμός σας").nth(1).unwrap_or_default();
    ensure!(name.contains("άλφα") || name.contains("βήτα") || name.contains("έψιλον"), "no letter is said: {said}");
    ensure!(said.contains("Περιμένετε στην αίθουσα του ισογείου"), "it does not say where to wait: {said}");
    ear.key("F5", |again| again == said)?;
    ear.key("F6", |louder| louder.starts_with("Ένταση"))?;
    // Whoever pulls the headset out ends it.
    ear.pulls_out()?;
    ear.hears("Τέλος φωνητικής ανάγνωσης")?;
    ensure!(shows_number(&cast.printer.ticket(0)?.text()?, &visit.number), "another ticket was printed");
    Ok(())
}

#[test]
fn new_05_a_finger_finds_help_without_sight() -> Result<()> {
    let cast = Cast::gather(Setting::tuesday("10:00")?)?;
    let (ear, screen) = (Ear::at(&cast.kiosk), cast.kiosk.screen()?);
    screen.find("Θέλω αριθμό")?;
    // Three seconds anywhere, also on a door: it begins to read, and its release opens nothing.
    screen.hold_at(PixelPlace { x: 540, y: 700 }, 3.6)?;
    ear.hears("Φωνητική ανάγνωση")?;
    screen.find("Καλώς ήρθατε")?;
    // Down the middle of the screen, until the third door is under the finger.
    let mut found = false;
    for y in (400..1_700).step_by(60) {
        screen.slide(PixelPlace { x: 540, y: y - 30 }, PixelPlace { x: 540, y })?;
        if ear.last().contains("χρειάζομαι βοήθεια") {
            found = true;
            break;
        }
    }
    ensure!(found, "the door for help is never under the finger: {:#?}", cast.kiosk.heard());
    // Nothing was chosen by that; two taps somewhere else choose what was heard last.
    screen.tap_twice(PixelPlace { x: 200, y: 300 })?;
    ear.hears("Πώς να σας βοηθήσουμε")?;
    Ok(())
}
