//! The kiosk without seeing it, with a finger; what was spoken is read back.
//!
//! Shows NEW-05 (K2, K4, K12, K17, K19).

use anyhow::{Result, ensure};
use tests::{device::DeviceProcess, hub::Setting, picture::PixelPlace, wait};

use crate::cast::Cast;

/// Somebody who hears, and has a finger.
struct Ear<'a>(&'a DeviceProcess);

impl Ear<'_> {
    /// What was said last.
    fn last(&self) -> String {
        self.0.heard().pop().unwrap_or_default()
    }

    /// Waits until something is said that has these words.
    fn hears(&self, words: &str) -> Result<String> {
        wait::until(&format!("«{words}» is said"), || {
            self.0.heard().into_iter().rev().find(|said| said.contains(words))
        })
    }
}

#[test]
fn new_05_a_finger_finds_help_without_sight() -> Result<()> {
    let cast = Cast::gather(Setting::tuesday("10:00")?)?;
    let (ear, screen) = (Ear(&cast.kiosk), cast.kiosk.screen()?);
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
