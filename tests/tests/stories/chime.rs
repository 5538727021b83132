//! A call is heard: the display's chime, and its words after it, as they come out of the sound card.

use std::{fs, path::Path};

use anyhow::{Result, ensure};
use tests::{
    device::{DeviceProcess, DeviceSetting},
    house::House,
    hub::Setting,
    sound::{self, RATE},
    wait,
};
use wire::FloorView;

use crate::cast::DISPLAY_SIZE;

/// The two tones, in hertz: a falling third from e\u{2033} to c\u{2033}.
const TONES: [f32; 2] = [659.26, 523.25];
/// From the start of the first to the start of the second, in samples.
const STEP: usize = RATE * 45 / 100;

/// What a program that speaks writes in a story: for each language a tone of its own, one second long, in hertz.
const VOICES: [(&str, f32); 2] = [("el", 800.0), ("en", 2000.0)];
/// From this strength on a tone counts as heard.
const STRONG: f32 = 0.02;

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

#[test]
fn card_04_after_the_chime_a_call_is_spoken_in_greek_and_then_in_english() -> Result<()> {
    let house = House::open(Setting::tuesday("10:00")?)?;
    let (folder, speaker) = (house.folder("display"), house.folder("heard.raw"));
    let setting = DeviceSetting::display(&folder, &house.hub.base(), DISPLAY_SIZE)
        .in_both_languages()
        .heard_in(&speaker)?
        .with("\n[voice]\nprogram = [\"sh\", \"-c\", \"cat >> heard.txt; cat {language}.wav\"]\n");
    for (language, hertz) in VOICES {
        write_tone(&folder.join(format!("{language}.wav")), hertz)?;
    }
    let display = DeviceProcess::start(setting)?;
    display.pair(&house.hub)?;
    let staff = house.staff_at(&[1])?;
    display.screen()?.find("Παρακαλούμε περιμένετε")?;
    house.plain_kiosk()?.take_ticket("signature")?;
    staff.call_next(1)?;
    let part = RATE / 10;
    // The tenths of a second in which a tone is heard.
    let tenths = |samples: &[f32], hertz: f32| -> Vec<usize> {
        let parts = samples.chunks_exact(part).enumerate();
        parts.filter(|(_, part)| sound::strength(part, hertz) > STRONG).map(|(nth, _)| nth).collect()
    };
    let [chime, greek, english] = wait::until("the call is heard to its end", || {
        let samples = sound::heard(&speaker).ok()?;
        let heard = [TONES[0], VOICES[0].1, VOICES[1].1].map(|hertz| tenths(&samples, hertz));
        let end = heard[2].last().copied()?;
        // Silence after the last word: nothing more is said.
        (samples.len() / part > end + 2).then_some(heard)
    })?;
    ensure!(!chime.is_empty(), "no chime");
    for (language, tenths) in [("el", &greek), ("en", &english)] {
        ensure!((9..=12).contains(&tenths.len()), "{language} is not said once and whole: {tenths:?}");
    }
    let order = [chime.last(), greek.first(), greek.last(), english.first()];
    ensure!(order.is_sorted(), "not one after the other: {chime:?} {greek:?} {english:?}");
    ensure!(english[0] - greek[greek.len() - 1] >= 3, "no pause between two languages: {greek:?} {english:?}");
    let said = display.heard();
    ensure!(said.len() == 2, "{said:?}");
    ensure!(said[0].starts_with("Αριθμός ") && said[0].ends_with("Θυρίδα ένα."), "{said:?}");
    ensure!(said[1].starts_with("Number ") && said[1].ends_with("Desk one."), "{said:?}");
    Ok(())
}

#[test]
fn card_04_the_voice_that_comes_with_the_board_says_a_call() -> Result<()> {
    let house = House::open(Setting::tuesday("10:00")?)?;
    let speaker = house.folder("heard.raw");
    let setting =
        DeviceSetting::display(&house.folder("display"), &house.hub.base(), DISPLAY_SIZE).heard_in(&speaker)?;
    let display = DeviceProcess::start(setting)?;
    display.pair(&house.hub)?;
    let staff = house.staff_at(&[1])?;
    display.screen()?.find("Παρακαλούμε περιμένετε")?;
    house.plain_kiosk()?.take_ticket("signature")?;
    staff.call_next(1)?;
    // The chime has died away after 1.7 seconds; the words of a call take two more at the least.
    let (from, to) = (RATE * 19 / 10, RATE * 36 / 10);
    let heard = wait::until("the words are heard", || {
        sound::heard(&speaker).ok().filter(|samples| samples.len() > to).map(|samples| samples[from..to].to_vec())
    })?;
    let power = heard.iter().map(|sample| sample * sample).sum::<f32>() / heard.len() as f32;
    ensure!(power.sqrt() > 0.03, "nobody would hear the words: {}", power.sqrt());
    ensure!(heard.iter().all(|sample| sample.abs() < 1.0), "clipped");
    Ok(())
}

#[test]
fn prom_11_a_voice_that_fails_leaves_the_chime_and_staff_are_told() -> Result<()> {
    let house = House::open(Setting::tuesday("10:00")?)?;
    let speaker = house.folder("heard.raw");
    let setting = DeviceSetting::display(&house.folder("display"), &house.hub.base(), DISPLAY_SIZE)
        .heard_in(&speaker)?
        .with("\n[voice]\nprogram = [\"false\"]\n");
    let display = DeviceProcess::start(setting)?;
    display.pair(&house.hub)?;
    let staff = house.staff_at(&[1])?;
    display.screen()?.find("Παρακαλούμε περιμένετε")?;
    house.plain_kiosk()?.take_ticket("signature")?;
    staff.call_next(1)?;
    let chime = wait::until("the chime is heard to its end", || {
        sound::heard(&speaker).ok().filter(|samples| samples.len() > 3 * STEP)
    })?;
    ensure!(sound::strength(&chime[..STEP], TONES[0]) > STRONG, "no chime");
    staff.floor_feed()?.until("staff are told of the voice", wait::PATIENCE, |view: &FloorView| {
        view.alarms.iter().any(|alarm| alarm.el.contains("δεν εκφωνεί")).then_some(())
    })?;
    Ok(())
}

/// A tone as a program that speaks writes it: it cannot know yet how long the file will be.
fn write_tone(file: &Path, hertz: f32) -> Result<()> {
    const SAMPLES_A_SECOND: u32 = 22_050;
    const UNKNOWN: u32 = 0x7FFF_F000;
    let mut bytes = Vec::new();
    bytes.extend_from_slice(b"RIFF");
    bytes.extend_from_slice(&(UNKNOWN + 36).to_le_bytes());
    bytes.extend_from_slice(b"WAVEfmt ");
    bytes.extend_from_slice(&16_u32.to_le_bytes());
    // Samples as they are, of one channel.
    bytes.extend_from_slice(&1_u16.to_le_bytes());
    bytes.extend_from_slice(&1_u16.to_le_bytes());
    bytes.extend_from_slice(&SAMPLES_A_SECOND.to_le_bytes());
    bytes.extend_from_slice(&(2 * SAMPLES_A_SECOND).to_le_bytes());
    bytes.extend_from_slice(&2_u16.to_le_bytes());
    bytes.extend_from_slice(&16_u16.to_le_bytes());
    bytes.extend_from_slice(b"data");
    bytes.extend_from_slice(&UNKNOWN.to_le_bytes());
    for nth in 0..SAMPLES_A_SECOND {
        let turn = std::f32::consts::TAU * hertz * nth as f32 / SAMPLES_A_SECOND as f32;
        bytes.extend_from_slice(&((turn.sin() * 10_000.0) as i16).to_le_bytes());
    }
    Ok(fs::write(file, bytes)?)
}
