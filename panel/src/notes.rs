//! Short sounds of a touchscreen: a click for a press, two rising notes for what went well. Made here, and played through the
//! sound card that is opened only while they sound. A machine without a card stays silent.

use std::{num::NonZero, thread};

use crossbeam_channel::{Sender, bounded};
use rodio::{DeviceSinkBuilder, Player, buffer::SamplesBuffer};

/// Samples a second.
const RATE: u32 = 44_100;

/// The two notes, in hertz: a rising fourth.
const NOTES: [f32; 2] = [659.26, 880.0];

/// From the start of the first note to the start of the second, in seconds.
const STEP_SECONDS: f32 = 0.14;

/// The pitch of the click, in hertz.
const CLICK_HERTZ: f32 = 1_200.0;

/// A short sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TouchNote {
    /// Something was pressed.
    Click,
    /// It went well.
    Success,
}

/// Sounds notes on a thread of its own.
#[derive(Debug, Clone)]
pub struct NotePlayer(Option<Sender<TouchNote>>);

impl NotePlayer {
    /// Starts the thread; at no volume, everything is silent. `failed` hears whether the sound card could not be opened.
    pub fn start(volume: f32, failed: impl Fn(bool) + Send + 'static) -> Self {
        if volume <= 0.0 {
            return Self(None);
        }
        let (notes, wanted) = bounded::<TouchNote>(2);
        thread::spawn(move || {
            while let Ok(note) = wanted.recv() {
                failed(play(note, volume).is_err());
            }
        });
        Self(Some(notes))
    }

    /// Sounds at whoever listens there instead of a sound card.
    #[must_use]
    pub const fn through(notes: Sender<TouchNote>) -> Self {
        Self(Some(notes))
    }

    /// Sounds a note, unless others wait already.
    pub fn sound(&self, note: TouchNote) {
        if let Some(notes) = &self.0 {
            // Full: what would sound late is left out.
            notes.try_send(note).ok();
        }
    }
}

fn play(note: TouchNote, volume: f32) -> Result<(), rodio::DeviceSinkError> {
    let mut sink = DeviceSinkBuilder::open_default_sink()?;
    sink.log_on_drop(false);
    let player = Player::connect_new(sink.mixer());
    let (mono, rate) = (NonZero::<u16>::MIN, NonZero::new(RATE).unwrap_or(NonZero::<u32>::MIN));
    let mut samples = samples(note, volume);
    // What the card still holds when the last sample was handed over would be cut off.
    samples.extend(std::iter::repeat_n(0.0, (RATE / 5) as usize));
    player.append(SamplesBuffer::new(mono, rate, samples));
    player.sleep_until_end();
    Ok(())
}

/// A note's samples, mono, from -1 to 1.
fn samples(note: TouchNote, volume: f32) -> Vec<f32> {
    let (whole, decay) = match note {
        TouchNote::Click => (0.03, 160.0),
        TouchNote::Success => (0.55, 7.0),
    };
    let tone = |hertz: f32, seconds: f32| {
        if seconds < 0.0 {
            return 0.0;
        }
        let rise = (seconds / 0.003).min(1.0);
        rise * (-decay * seconds).exp() * (std::f32::consts::TAU * hertz * seconds).sin()
    };
    let at = |seconds: f32| match note {
        TouchNote::Click => tone(CLICK_HERTZ, seconds),
        TouchNote::Success => 0.6 * (tone(NOTES[0], seconds) + tone(NOTES[1], seconds - STEP_SECONDS)),
    };
    let end = |seconds: f32| ((whole - seconds) / 0.01).clamp(0.0, 1.0);
    (0..(whole * RATE as f32) as usize)
        .map(|n| {
            let seconds = n as f32 / RATE as f32;
            volume * at(seconds) * end(seconds)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How much of a frequency is in a stretch of samples (Goertzel), per sample.
    fn strength(samples: &[f32], hertz: f32) -> f32 {
        let turn = std::f32::consts::TAU * hertz / RATE as f32;
        let (re, im) = samples.iter().enumerate().fold((0.0, 0.0), |(re, im), (n, sample)| {
            (re + sample * (turn * n as f32).cos(), im + sample * (turn * n as f32).sin())
        });
        (re * re + im * im).sqrt() / samples.len() as f32
    }

    #[test]
    fn a_press_clicks_and_success_has_two_rising_notes() {
        let click = samples(TouchNote::Click, 1.0);
        assert!(click.len() < RATE as usize / 20 && click.iter().any(|sample| sample.abs() > 0.3));
        let success = samples(TouchNote::Success, 1.0);
        // Far below the three seconds that nothing may sound by itself while somebody listens (K7).
        assert!(success.len() < RATE as usize);
        let step = (STEP_SECONDS * RATE as f32) as usize;
        let (first, second) = (&success[..step], &success[step..2 * step]);
        assert!(strength(first, NOTES[0]) > 5.0 * strength(first, NOTES[1]));
        assert!(strength(second, NOTES[1]) > 1.5 * strength(second, NOTES[0]));
        for sounds in [&click, &success] {
            assert!(sounds.iter().all(|sample| sample.abs() <= 1.0) && sounds.last().unwrap().abs() < 0.01);
        }
    }

    #[test]
    fn half_the_volume_is_half_as_loud_and_none_is_silent() {
        let peak =
            |volume| samples(TouchNote::Success, volume).iter().fold(0.0_f32, |most, sample| most.max(sample.abs()));
        assert!((peak(0.5) * 2.0 - peak(1.0)).abs() < 0.001);
        assert!(NotePlayer::start(0.0, |_| ()).0.is_none());
    }
}
