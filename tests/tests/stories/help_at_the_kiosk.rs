//! Somebody at the kiosk rings for help: staff hear it, one goes, and the kiosk says so.
//!
//! Shows NEW-05 (help) and FLD-38.

use anyhow::{Result, ensure};
use tests::{hub::Setting, wait};
use wire::FloorView;

use crate::cast::Cast;

#[test]
fn new_05_help_rings_with_staff_within_two_seconds_and_the_kiosk_says_that_somebody_comes() -> Result<()> {
    let cast = Cast::gather(Setting::tuesday("10:00")?)?;
    let screen = cast.kiosk.screen()?;
    screen.press("χρειάζομαι βοήθεια")?;
    screen.press("Να έρθει κάποιος εδώ")?;
    let rings = |floor: &FloorView| floor.help.first().cloned();
    let (help, _) = cast.staff.floor_feed()?.until("staff hear the ring", wait::PATIENCE, rings)?;
    ensure!(help.place == "Είσοδος" && help.account.is_none(), "{help:?}");
    screen.find("Ειδοποιήσαμε το προσωπικό")?;
    cast.staff.accept_help(help.ring)?;
    screen.find("Έρχεται κάποιος να σας βοηθήσει")?;
    let comes = |floor: &FloorView| floor.help.first().filter(|help| help.account.is_some()).cloned();
    cast.staff.floor_feed()?.until("staff see who goes", wait::PATIENCE, comes)?;
    screen.press("Δεν χρειάζομαι πια βοήθεια")?;
    let over = |floor: &FloorView| floor.help.is_empty().then_some(());
    cast.staff.floor_feed()?.until("the ring is over", wait::PATIENCE, over)?;
    cast.house.hub.verify()?;
    Ok(())
}
