//! What a loudspeaker would be heard to play: ALSA's own file device, and an ear for tones.

use std::path::Path;

use anyhow::Result;

/// Samples a second of what lands in the file.
pub const RATE: usize = 44_100;
/// Left and right.
const CHANNELS: usize = 2;
/// From this loudness on, of 1, something is heard.
const AUDIBLE: f32 = 0.01;

/// A configuration of ALSA whose only card is a file: 16 bits, two channels, [`RATE`] samples a second.
#[must_use]
pub fn configuration(file: &Path) -> String {
    format!(
        "pcm.nowhere {{ type null }}\n\
         pcm.paper {{ type file slave.pcm nowhere file \"{}\" format raw }}\n\
         pcm.!default {{ type plug slave {{ pcm paper format S16_LE rate {RATE} channels {CHANNELS} }} }}\n\
         pcm.default {{ type plug slave {{ pcm paper format S16_LE rate {RATE} channels {CHANNELS} }} }}\n",
        file.display()
    )
}

/// What was heard so far on the left, from -1 to 1, from the first sound on; empty before anything was heard.
///
/// # Errors
/// When the file is there and cannot be read.
pub fn heard(file: &Path) -> Result<Vec<f32>> {
    let bytes = if file.exists() { std::fs::read(file)? } else { Vec::new() };
    let left = bytes.chunks_exact(2 * CHANNELS).map(|frame| i16::from_le_bytes([frame[0], frame[1]]));
    let samples = left.map(|sample| f32::from(sample) / f32::from(i16::MAX));
    Ok(samples.skip_while(|sample| sample.abs() < AUDIBLE).collect())
}

/// How strongly a frequency sounds in a stretch of samples (Goertzel), per sample.
#[must_use]
pub fn strength(samples: &[f32], hertz: f32) -> f32 {
    let turn = std::f32::consts::TAU * hertz / RATE as f32;
    let (re, im) = samples.iter().enumerate().fold((0.0, 0.0), |(re, im), (nth, sample)| {
        (re + sample * (turn * nth as f32).cos(), im + sample * (turn * nth as f32).sin())
    });
    f32::hypot(re, im) / samples.len().max(1) as f32
}
