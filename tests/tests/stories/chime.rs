//! A call is heard: the display's chime, as it comes out of the sound card.

use anyhow::{Result, ensure};
use tests::{
    device::{DeviceProcess, DeviceSetting},
    house::House,
    hub::Setting,
    sound::{self, RATE},
    wait,
};

use crate::cast::DISPLAY_SIZE;

/// The two tones, in hertz: a falling third from e\u{2033} to c\u{2033}.
const TONES: [f32; 2] = [659.26, 523.25];
/// From the start of the first to the start of the second, in samples.
const STEP: usize = RATE * 45 / 100;

#[test]
fn fld_26_a_call_chimes_with_two_falling_tones_through_the_sound_card() -> Result<()> {
    let house = House::open(Setting::tuesday("10:00")?)?;
    let speaker = house.folder("heard.raw");
    let setting =
        DeviceSetting::display(&house.folder("display"), &house.hub.base(), DISPLAY_SIZE).heard_in(&speaker)?;
    let display = DeviceProcess::start(setting)?;
    display.pair(&house.hub)?;
    let staff = house.staff_at(&[1])?;
    display.screen()?.find("Παρακαλούμε περιμένετε")?;
    ensure!(sound::heard(&speaker)?.is_empty(), "it chimes before anybody is called");
    house.plain_kiosk()?.take_ticket("signature")?;
    staff.call_next(1)?;
    let chime = wait::until("the chime is heard to its end", || {
        sound::heard(&speaker).ok().filter(|samples| samples.len() > 3 * STEP)
    })?;
    let (first, second) = (&chime[..STEP], &chime[STEP..2 * STEP]);
    let balance = |part: &[f32]| sound::strength(part, TONES[0]) / sound::strength(part, TONES[1]);
    ensure!(balance(first) > 5.0, "the first tone is not the higher one: {}", balance(first));
    ensure!(balance(second) < 0.5, "the second tone is not the lower one: {}", balance(second));
    let loudest = chime.iter().fold(0.0_f32, |loudest, sample| loudest.max(sample.abs()));
    ensure!((0.2..1.0).contains(&loudest), "too quiet, or clipped: {loudest}");
    Ok(())
}
