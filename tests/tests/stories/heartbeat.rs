//! Whoever watches over a window hears that it is ready, and that its frames go round; one that stands still falls silent.
//!
//! Shows NEW-09.

use std::{os::unix::net::UnixDatagram, time::Duration};

use anyhow::{Result, ensure};
use rustix::process::Signal;
use tests::{
    device::{DeviceProcess, DeviceSetting},
    house::House,
    hub::Setting,
};

use crate::cast::DISPLAY_SIZE;

/// Dead after so long a silence; a beat comes three times as often.
const DEAD_AFTER: Duration = Duration::from_millis(1_500);
/// A busy machine may be slow to start a window.
const PATIENCE: Duration = Duration::from_secs(60);

fn word(ear: &UnixDatagram) -> Result<String> {
    let mut bytes = [0; 256];
    let count = ear.recv(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes[..count]).trim().to_owned())
}

#[test]
fn new_09_a_board_beats_from_its_frames_and_is_silent_when_they_stand_still() -> Result<()> {
    let house = House::open(Setting::tuesday("10:00")?)?;
    let socket = house.folder("notify");
    let ear = UnixDatagram::bind(&socket)?;
    ear.set_read_timeout(Some(PATIENCE))?;
    let usec = u32::try_from(DEAD_AFTER.as_micros())?;
    let setting = DeviceSetting::display(&house.folder("display"), &house.hub.base(), DISPLAY_SIZE);
    let mut display = DeviceProcess::start(setting.watched_at(&socket, usec))?;
    let mut heard = Vec::new();
    while heard.iter().filter(|word| *word == "WATCHDOG=1").count() < 3 || !heard.contains(&"READY=1".to_owned()) {
        heard.push(word(&ear)?);
    }
    display.process().signal(Signal::STOP)?;
    ear.set_read_timeout(Some(DEAD_AFTER))?;
    // What was said before may still lie there; then nothing comes.
    let mut left = 0;
    while word(&ear).is_ok() {
        left += 1;
        ensure!(left < 10, "it beats although it stands still");
    }
    display.process().signal(Signal::CONT)?;
    ear.set_read_timeout(Some(PATIENCE))?;
    ensure!(word(&ear)? == "WATCHDOG=1", "it beats again");
    Ok(())
}
