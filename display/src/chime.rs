//! The chime: two falling tones, made here.

/// Samples a second.
pub(crate) const RATE: u32 = 44_100;

/// The two tones, in hertz: a falling third.
const TONES: [f32; 2] = [659.26, 523.25];

/// From the start of the first tone to the start of the second, in seconds.
const STEP_SECONDS: f32 = 0.45;

/// The whole chime; it must stay below two seconds.
const WHOLE_SECONDS: f32 = 1.6;

/// How quickly a tone dies away, per second.
const DECAY: f32 = 3.2;

/// The chime's samples, mono, from -1 to 1.
pub(crate) fn samples(volume: f32) -> Vec<f32> {
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
