//! The chime: two falling tones, made here, played through the sound card that is opened only while it sounds.
//!
//! A machine without a sound card stays silent and says so in its log; the board goes on.

use std::{num::NonZero, thread};

use crossbeam_channel::{Sender, bounded};
use rodio::{DeviceSinkBuilder, Player, buffer::SamplesBuffer};

use crate::config::SoundConfig;

/// Samples a second.
const RATE: u32 = 44_100;

/// The two tones, in hertz: a falling third.
const TONES: [f32; 2] = [659.26, 523.25];

/// From the start of the first tone to the start of the second, in seconds.
const STEP_SECONDS: f32 = 0.45;

/// The whole chime; it must stay below two seconds.
const WHOLE_SECONDS: f32 = 1.6;

/// Silence after it, longer than what a card buffers.
const SILENCE_SECONDS: f32 = 0.3;

/// How quickly a tone dies away, per second.
const DECAY: f32 = 3.2;

/// Rings the chime on a thread of its own.
#[derive(Debug, Clone)]
pub struct Chime(Option<Sender<()>>);

impl Chime {
    /// Starts the thread, unless the chime is switched off.
    pub fn start(config: SoundConfig) -> Self {
        if !config.chime {
            return Self(None);
        }
        // A second ring may wait; more of them would sound long after what they announce.
        let (ring, rings) = bounded::<()>(1);
        thread::spawn(move || {
            while rings.recv().is_ok() {
                if let Err(error) = play(config.volume) {
                    bevy::log::warn!("the chime cannot be heard: {error}");
                }
            }
        });
        Self(Some(ring))
    }

    /// Rings at whoever listens there instead of a sound card.
    #[must_use]
    pub const fn through(ring: Sender<()>) -> Self {
        Self(Some(ring))
    }

    /// Has the sound played once more, unless one is waiting already.
    pub fn ring(&self) {
        if let Some(ring) = &self.0 {
            // Full: one is waiting already.
            ring.try_send(()).ok();
        }
    }
}

fn play(volume: f32) -> Result<(), rodio::DeviceSinkError> {
    let mut sink = DeviceSinkBuilder::open_default_sink()?;
    sink.log_on_drop(false);
    let player = Player::connect_new(sink.mixer());
    let (mono, rate) = (NonZero::<u16>::MIN, NonZero::new(RATE).unwrap_or(NonZero::<u32>::MIN));
    let mut samples = samples(volume);
    // What the card still holds when the last sample was handed over would be cut off.
    samples.extend(std::iter::repeat_n(0.0, (SILENCE_SECONDS * RATE as f32) as usize));
    player.append(SamplesBuffer::new(mono, rate, samples));
    player.sleep_until_end();
    Ok(())
}

/// The chime's samples, mono, from -1 to 1.
fn samples(volume: f32) -> Vec<f32> {
    let length = (WHOLE_SECONDS * RATE as f32) as usize;
    let tone = |hertz: f32, seconds: f32| {
        if seconds < 0.0 {
            return 0.0;
        }
        // A short rise, so that it does not click; a little of the octave makes it a bell.
        let rise = (seconds / 0.008).min(1.0);
        let turn = std::f32::consts::TAU * hertz * seconds;
        rise * (-DECAY * seconds).exp() * (turn.sin() + 0.25 * (2.0 * turn).sin())
    };
    let end = |seconds: f32| ((WHOLE_SECONDS - seconds) / 0.2).min(1.0);
    (0..length)
        .map(|n| {
            let seconds = n as f32 / RATE as f32;
            let both = tone(TONES[0], seconds) + tone(TONES[1], seconds - STEP_SECONDS);
            volume * 0.55 * both * end(seconds)
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
    fn two_tones_within_two_seconds_and_never_clipped() {
        let samples = samples(1.0);
        assert!(samples.len() < 2 * RATE as usize);
        assert!(samples.iter().all(|sample| sample.abs() <= 1.0));
        let step = (STEP_SECONDS * RATE as f32) as usize;
        let (first, second) = (&samples[..step], &samples[step..2 * step]);
        assert!(strength(first, TONES[0]) > 5.0 * strength(first, TONES[1]));
        assert!(strength(second, TONES[1]) > 2.0 * strength(second, TONES[0]));
        assert!(samples.last().unwrap().abs() < 0.001);
    }
}
