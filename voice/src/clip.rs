//! Words as samples, from a program that writes them as a WAV file to its standard output: for who plays them itself, behind
//! other sounds and through the same sound card.

use std::{
    io::{Cursor, Read},
    process::{ChildStdout, Stdio},
    thread,
    time::Duration,
};

use crossbeam_channel::bounded;
use hound::WavReader;

use crate::program::{Utterance, silence, started};

/// A program that has said nothing for so long has failed.
const PATIENCE: Duration = Duration::from_secs(6);

/// No call is longer: a minute of the best that programs write. What comes beyond is left out.
const BYTES_MAX: u64 = 60 * 48_000 * 2;

/// Samples as quiet as this, at either end, are silence.
const SILENT: f32 = 0.004;

/// Samples above this share of the loudest count when a clip's loudness is judged; pauses between words do not.
const SPOKEN: f32 = 0.05;

/// How loud a clip is made: the root of its mean square, of 1; and the most that any sample of it may have.
const LEVEL: f32 = 0.14;
const PEAK: f32 = 0.95;

/// What was said, as samples from -1 to 1 of one channel.
#[derive(Debug, Clone, PartialEq)]
pub struct SpokenClip {
    /// Samples a second.
    pub rate: u32,
    /// The samples.
    pub samples: Vec<f32>,
}

/// Why nothing was said.
#[derive(Debug)]
pub enum NoClip {
    /// The program cannot be started.
    Program(std::io::Error),
    /// It said nothing in time.
    TooLate,
    /// It wrote no WAV file of 16 bits with anything to be heard in it.
    NoSound,
}

impl std::fmt::Display for NoClip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Program(error) => write!(f, "the program that speaks cannot be started: {error}"),
            Self::TooLate => write!(f, "the program that speaks said nothing for {} seconds", PATIENCE.as_secs()),
            Self::NoSound => f.write_str("the program that speaks wrote no WAV file with 16 bits a sample"),
        }
    }
}

impl std::error::Error for NoClip {}

/// Has a program say something, waits until it has, and gives it without the silence around it, as loud as all others.
///
/// # Errors
/// The program says nothing that can be heard, or not in time.
pub fn spoken(program: &[String], utterance: &Utterance) -> Result<SpokenClip, NoClip> {
    let mut speaking = started(program, utterance, Stdio::piped()).map_err(NoClip::Program)?;
    let written = speaking.as_mut().and_then(|child| child.stdout.take()).map(read_in_time);
    // One that is still there has said all that is wanted, or will never.
    silence(&mut speaking);
    let clip = read_wav(&written.ok_or(NoClip::NoSound)?.ok_or(NoClip::TooLate)?).ok_or(NoClip::NoSound)?;
    Ok(clip.trimmed().levelled())
}

/// All that a program writes, unless that takes too long. The thread ends with the program.
fn read_in_time(output: ChildStdout) -> Option<Vec<u8>> {
    let (done, read) = bounded(1);
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let whole = output.take(BYTES_MAX).read_to_end(&mut bytes).is_ok();
        // Nobody may wait for it any more.
        done.send(whole.then_some(bytes)).ok();
    });
    read.recv_timeout(PATIENCE).ok().flatten()
}

/// The left channel of a WAV file of 16 bits. A program that writes while it speaks cannot say in the head how long the file
/// is: it is as long as there are samples.
fn read_wav(bytes: &[u8]) -> Option<SpokenClip> {
    let reader = WavReader::new(Cursor::new(bytes)).ok()?;
    let (rate, channels) = (reader.spec().sample_rate, usize::from(reader.spec().channels.max(1)));
    let samples = reader.into_samples::<i16>().map_while(Result::ok).step_by(channels);
    let samples: Vec<f32> = samples.map(|sample| f32::from(sample) / f32::from(i16::MAX)).collect();
    (rate > 0 && samples.iter().any(|sample| sample.abs() > SILENT)).then_some(SpokenClip { rate, samples })
}

impl SpokenClip {
    /// Without the silence before and after it.
    #[must_use]
    pub fn trimmed(mut self) -> Self {
        let heard = |sample: &f32| sample.abs() > SILENT;
        let end = self.samples.iter().rposition(heard).map_or(0, |last| last + 1);
        self.samples.truncate(end);
        let begin = self.samples.iter().position(heard).unwrap_or(0);
        self.samples.drain(..begin);
        self
    }

    /// As loud as every other clip that has been levelled, and nowhere clipped.
    #[must_use]
    pub fn levelled(mut self) -> Self {
        let peak = self.samples.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
        let spoken = self.samples.iter().filter(|sample| sample.abs() > peak * SPOKEN);
        let (count, power) =
            spoken.fold((0.0_f32, 0.0_f32), |(count, power), sample| (count + 1.0, power + sample * sample));
        if count > 0.0 && peak > 0.0 {
            let factor = (LEVEL / (power / count).sqrt()).min(PEAK / peak);
            self.samples.iter_mut().for_each(|sample| *sample *= factor);
        }
        self
    }

    /// The samples at another rate, each between its two neighbours in time.
    #[must_use]
    pub fn at_rate(self, rate: u32) -> Vec<f32> {
        if rate == self.rate || self.samples.is_empty() {
            return self.samples;
        }
        let step = f64::from(self.rate) / f64::from(rate.max(1));
        let last = self.samples.len() - 1;
        let count = ((last as f64) / step) as usize + 1;
        let sample = |nth: usize| {
            let place = nth as f64 * step;
            let (before, share) = (place as usize, place.fract() as f32);
            let (one, other) = (self.samples[before.min(last)], self.samples[(before + 1).min(last)]);
            one + (other - one) * share
        };
        (0..count).map(sample).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clip_begins_and_ends_with_its_words_and_is_as_loud_as_others() {
        let words = |loud: f32| (0..2_000).map(move |n: u16| loud * (f32::from(n) * 0.3).sin());
        let clip = |loud: f32| {
            let quiet = || std::iter::repeat_n(0.0_f32, 500);
            SpokenClip { rate: 22_050, samples: quiet().chain(words(loud)).chain(quiet()).collect() }
        };
        let [soft, loud] = [0.1, 0.9].map(|loud| clip(loud).trimmed().levelled());
        assert!((1_990..=2_000).contains(&soft.samples.len()) && soft.samples[0] != 0.0, "{}", soft.samples.len());
        let power = |clip: &SpokenClip| clip.samples.iter().map(|sample| sample * sample).sum::<f32>();
        assert!((power(&soft) / power(&loud) - 1.0).abs() < 0.1, "{} {}", power(&soft), power(&loud));
        // A click among quiet words is not made louder than a sound card can play.
        let mut click = clip(0.05);
        click.samples[700] = 0.9;
        assert!(click.levelled().samples.iter().all(|sample| sample.abs() <= PEAK + 0.001));
        let nothing = SpokenClip { rate: 8_000, samples: vec![0.0; 9] };
        assert!(nothing.trimmed().levelled().at_rate(44_100).is_empty());
    }

    #[test]
    fn another_rate_lasts_as_long_and_sounds_the_same() {
        let wave = |rate: u32| -> Vec<f32> {
            (0..rate).map(|n| (std::f32::consts::TAU * 440.0 * n as f32 / rate as f32).sin()).collect()
        };
        let twice = SpokenClip { rate: 22_050, samples: wave(22_050) }.at_rate(44_100);
        assert!(twice.len().abs_diff(44_100) <= 2, "{}", twice.len());
        let off = twice.iter().zip(wave(44_100)).fold(0.0_f32, |most, (one, other)| most.max((one - other).abs()));
        assert!(off < 0.02, "{off}");
        let same = SpokenClip { rate: 44_100, samples: wave(441) };
        assert_eq!(same.clone().at_rate(44_100), same.samples);
    }

    #[test]
    fn what_is_no_sound_is_no_clip() {
        assert_eq!(read_wav(b""), None);
        assert_eq!(read_wav(b"RIFF\xff\xff\xff\xffWAVEdata"), None);
        assert_eq!(read_wav(&[0xFF; 400]), None);
    }
}
