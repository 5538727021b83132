//! What the hall hears of a call: the chime, then its words in each of the board's languages, one after the other and never two
//! at once. The sound card is opened only while something sounds.
//!
//! A voice that fails leaves the chime as it is, and a machine without a sound card goes on showing calls; both are told.

use std::{num::NonZero, thread};

use board::BoardLanguages;
use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use link::Wake;
use rodio::{DeviceSinkBuilder, Player, buffer::SamplesBuffer};
use voice::{CallWords, Loudness, Mouth, Tempo, Utterance};
use wire::{BoardCall, Language};

use crate::{
    chime,
    config::{HallVoiceConfig, SoundConfig},
};

/// Silence between the chime, and between two languages, in seconds.
const PAUSE_SECONDS: f32 = 0.35;

/// Silence after everything, longer than what a card buffers.
const SILENCE_SECONDS: f32 = 0.3;

/// A call that the hall is to hear.
#[derive(Debug, Clone, PartialEq)]
pub struct HallCall {
    /// What is called, and where to.
    pub call: BoardCall,
    /// How much of the usual loudness it has, from 0 to 1.
    pub loudness: f32,
    /// Whether one language has to be enough.
    pub is_crowded: bool,
}

/// How it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HallReport {
    /// The call's number among calls.
    pub call: u64,
    /// Nothing could be heard.
    pub is_silent: bool,
    /// Its words could not be heard.
    pub is_speechless: bool,
    /// Its words were heard to their end.
    pub is_spoken: bool,
}

/// Sounds calls on a thread of its own, and tells when each has been heard to its end.
#[derive(Debug, Clone)]
pub struct HallSound {
    calls: Option<Sender<HallCall>>,
    /// How each went.
    pub reports: Receiver<HallReport>,
}

impl HallSound {
    /// Starts the thread, unless everything is switched off.
    pub fn start(sound: SoundConfig, voice: HallVoiceConfig, languages: BoardLanguages, wake: Wake) -> Self {
        let (tell, reports) = unbounded();
        if !sound.chime && !voice.speaks {
            return Self { calls: None, reports };
        }
        // The board waits for the end of each; whatever comes too early all the same would sound long after its picture.
        let (calls, to_sound) = bounded::<HallCall>(1);
        thread::spawn(move || {
            let hall = HallPlayer { sound, voice, languages };
            while let Ok(heard) = to_sound.recv() {
                let report = hall.sound(&heard);
                // The board lives as long as this thread.
                tell.send(report).ok();
                wake.now();
            }
        });
        Self { calls: Some(calls), reports }
    }

    /// Sounds at whoever listens there instead of a sound card, and tells what is said there.
    #[must_use]
    pub const fn through(calls: Sender<HallCall>, reports: Receiver<HallReport>) -> Self {
        Self { calls: Some(calls), reports }
    }

    /// Whether calls are heard here.
    #[must_use]
    pub const fn is_heard(&self) -> bool {
        self.calls.is_some()
    }

    /// Has a call sound. Says whether it will: not in hours of silence, nor where another one waits already.
    pub fn sound(&self, call: HallCall) -> bool {
        call.loudness > 0.0 && self.calls.as_ref().is_some_and(|calls| calls.try_send(call).is_ok())
    }
}

/// What sounding needs.
struct HallPlayer {
    sound: SoundConfig,
    voice: HallVoiceConfig,
    languages: BoardLanguages,
}

impl HallPlayer {
    /// Sounds a call to its end.
    fn sound(&self, heard: &HallCall) -> HallReport {
        let report = HallReport { call: heard.call.id, is_silent: false, is_speechless: false, is_spoken: false };
        let mut sink = match DeviceSinkBuilder::open_default_sink() {
            Ok(sink) => sink,
            Err(error) => {
                bevy::log::warn!("no call can be heard: {error}");
                return HallReport { is_silent: true, ..report };
            }
        };
        sink.log_on_drop(false);
        let player = Player::connect_new(sink.mixer());
        if self.sound.chime {
            player.append(buffer(chime::samples(self.sound.volume * heard.loudness)));
        }
        let (mut is_speechless, mut is_spoken) = (false, false);
        for utterance in self.utterances(heard) {
            // The chime sounds meanwhile, which takes longer.
            match voice::spoken(&self.voice.program, &utterance) {
                Ok(clip) => {
                    let volume = self.voice.volume * heard.loudness;
                    let words = clip.at_rate(chime::RATE).into_iter().map(|sample| sample * volume);
                    player.append(buffer(silence(PAUSE_SECONDS).chain(words).collect()));
                    is_spoken = true;
                }
                Err(error) => {
                    bevy::log::warn!("a call is not spoken: {error}");
                    is_speechless = true;
                    break;
                }
            }
        }
        // What the card still holds when the last sample was handed over would be cut off.
        player.append(buffer(silence(SILENCE_SECONDS).collect()));
        player.sleep_until_end();
        HallReport { is_speechless, is_spoken, ..report }
    }

    /// The call in words, a language after the other.
    fn utterances(&self, heard: &HallCall) -> Vec<Utterance> {
        if !self.voice.speaks {
            return Vec::new();
        }
        let most = if heard.is_crowded { 1 } else { usize::MAX };
        self.languages.spoken().take(most).map(|language| utterance(&heard.call, language)).collect()
    }
}

/// A call as it is said in one language.
fn utterance(call: &BoardCall, language: Language) -> Utterance {
    let desk_word = call.desk.word.in_language(language);
    let words = CallWords { number: &call.number, desk_word, desk: call.desk.number, again: call.recall };
    Utterance {
        words: voice::call(language, &words),
        language,
        mouth: Mouth::Loudspeaker,
        loudness: Loudness::Usual,
        tempo: Tempo::Usual,
    }
}

fn silence(seconds: f32) -> impl Iterator<Item = f32> {
    std::iter::repeat_n(0.0, (seconds * chime::RATE as f32) as usize)
}

fn buffer(samples: Vec<f32>) -> SamplesBuffer {
    let (mono, rate) = (NonZero::<u16>::MIN, NonZero::new(chime::RATE).unwrap_or(NonZero::<u32>::MIN));
    SamplesBuffer::new(mono, rate, samples)
}

#[cfg(test)]
mod tests {
    use wire::{DeskLabel, Words};

    use super::*;

    fn hall(speaks: bool) -> HallPlayer {
        let voice = HallVoiceConfig { speaks, ..HallVoiceConfig::default() };
        HallPlayer { sound: SoundConfig::default(), voice, languages: BoardLanguages::both(Language::El) }
    }

    fn heard(recall: bool, is_crowded: bool) -> HallCall {
        let call = BoardCall {
            id: 1,
            number: "A042".to_owned(),
            desk: DeskLabel { number: 3, word: Words::new("Θυρίδα", "Desk"), arrow: None },
            at: "2026-11-24T10:00:00Z".parse().unwrap(),
            recall,
            booked_for: None,
            standing: true,
        };
        HallCall { call, loudness: 1.0, is_crowded }
    }

    fn said(hall: &HallPlayer, heard: &HallCall) -> Vec<String> {
        hall.utterances(heard).into_iter().map(|utterance| utterance.words).collect()
    }

    #[test]
    fn card_04_a_call_is_said_in_greek_and_then_in_english() {
        let greek = "Αριθμός άλφα, σαράντα δύο. Θυρίδα τρία.";
        assert_eq!(said(&hall(true), &heard(false, false)), [greek, "Number A, forty-two. Desk three."]);
        let again = said(&hall(true), &heard(true, false));
        assert!(again[0].starts_with("Επανάληψη") && again[1].starts_with("Repeat"), "{again:?}");
    }

    #[test]
    fn while_many_wait_a_call_is_said_in_the_first_language_alone() {
        assert_eq!(said(&hall(true), &heard(false, true)).len(), 1);
    }

    #[test]
    fn in_hours_of_silence_nothing_sounds() {
        let (calls, to_sound) = unbounded();
        let sound = HallSound::through(calls, unbounded().1);
        let silent = HallCall { loudness: 0.0, ..heard(false, false) };
        assert!(!sound.sound(silent) && sound.sound(heard(false, false)));
        assert_eq!(to_sound.try_iter().count(), 1);
    }

    #[test]
    fn a_voice_that_is_switched_off_says_nothing() {
        assert_eq!(said(&hall(false), &heard(false, false)), Vec::<String>::new());
        let off = SoundConfig { chime: false, ..SoundConfig::default() };
        let mute = HallVoiceConfig { speaks: false, ..HallVoiceConfig::default() };
        let sound = HallSound::start(off, mute, BoardLanguages::both(Language::El), Wake::new(|| ()));
        assert!(!sound.is_heard() && !sound.sound(heard(false, false)));
    }
}
