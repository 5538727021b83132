//! Words as samples: said by espeak-ng, and by programs that say nothing.

use vocabulary::Language;
use voice::{CallWords, Loudness, Mouth, NoClip, Tempo, Utterance, call, spoken};

fn utterance(language: Language) -> Utterance {
    let desk_word = if language == Language::El { "Θυρίδα" } else { "Desk" };
    let words = call(language, &CallWords { number: "A042", desk_word, desk: 3, again: false });
    Utterance { words, language, mouth: Mouth::Loudspeaker, loudness: Loudness::Usual, tempo: Tempo::Usual }
}

fn program(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn card_04_espeak_ng_says_a_call_in_both_languages_equally_loud_and_without_silence_around_it() {
    let espeak =
        program(&["espeak-ng", "-v", "{language}", "-s", "{rate}", "-a", "{amplitude}", "--stdin", "--stdout"]);
    let loudness = [Language::El, Language::En].map(|language| {
        let clip = spoken(&espeak, &utterance(language)).unwrap();
        let seconds = clip.samples.len() as f32 / clip.rate as f32;
        assert!((1.0..8.0).contains(&seconds), "{language:?} takes {seconds} s");
        let peak = clip.samples.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
        assert!((0.2..1.0).contains(&peak), "{language:?}: {peak}");
        let ends = [clip.samples.first(), clip.samples.last()].map(|end| end.is_some_and(|sample| *sample != 0.0));
        assert_eq!(ends, [true, true]);
        let power = clip.samples.iter().map(|sample| sample * sample).sum::<f32>() / clip.samples.len() as f32;
        10.0 * power.log10()
    });
    assert!((loudness[0] - loudness[1]).abs() < 4.0, "in decibels: {loudness:?}");
}

#[test]
fn a_program_that_says_nothing_is_told_apart_from_one_that_is_not_there() {
    let said = |words: &[&str]| spoken(&program(words), &utterance(Language::El));
    assert!(matches!(said(&["/no/such/voice"]), Err(NoClip::Program(_))));
    assert!(matches!(said(&["false"]), Err(NoClip::NoSound)));
    assert!(matches!(said(&["echo", "no sound"]), Err(NoClip::NoSound)));
    assert!(matches!(said(&[]), Err(NoClip::NoSound)));
}
