//! No, and what to do next: a sentence, and the button or the code that belongs to it.

use super::{ChoiceLayout, CodePicture, Emphasis, KioskFace, NumberCard, Sign, SpokenText, Tone, writer::FaceWriter};
use crate::{
    press::Press,
    refusal::{self, Remedy},
    station::{KioskScreen, Station},
};

pub(super) fn refused(writer: &FaceWriter<'_>) -> KioskFace {
    let Station::Refused { code, about, retry, typed } = writer.walk.station() else {
        return writer.face(KioskScreen::Refused, writer.say("kiosk-wait"));
    };
    let language = writer.language();
    let sentence = refusal::sentence(*code, *about, writer.around.now, writer.around.zone, language);
    // What happened is the heading; what to do next stands under it.
    let (heading, next) = parts(&sentence, language);
    let mut face = writer.face(KioskScreen::Refused, writer.said(heading));
    face.below.extend((!next.is_empty()).then(|| writer.said(next)));
    face.tone = if refusal::is_only_elsewhere(*code) { Tone::Plain } else { Tone::Alarm };
    let remedy = if retry.is_some() { Remedy::TryAgain } else { refusal::remedy(*code) };
    if let Some(typed) = typed.as_ref().filter(|_| remedy == Remedy::CodeAgain) {
        let spoken = voice::in_letters(language, typed);
        let number = SpokenText { shown: in_two(typed), spoken, personal: true };
        face.number = Some(NumberCard { label: writer.say("kiosk-code-typed"), number });
        face.facts.push(writer.say("kiosk-code-where"));
    }
    face.layout = ChoiceLayout::Foot;
    let instead = writer.choice("no-booking", Press::NoBooking, "kiosk-number-instead", Emphasis::Other, Sign::Ticket);
    let again = |press| writer.choice("try-again", press, "kiosk-try-again", Emphasis::First, Sign::Again);
    let done = writer.choice("done", Press::Noted, "kiosk-done", Emphasis::First, Sign::Tick);
    let mut ends = false;
    match remedy {
        Remedy::CodeAgain => face.choices.extend([again(Press::HaveBooking), instead]),
        Remedy::TryAgain if retry.is_some() => face.choices.push(again(Press::TryAgain)),
        Remedy::NumberInstead => face.choices.push(super::Choice { rank: Emphasis::First, ..instead }),
        Remedy::BookByPhone => {
            let caption = writer.say("kiosk-book-here");
            face.code = Some(CodePicture { text: writer.around.booking_page.clone(), caption });
        }
        // Where there is nothing to be done here, one large button ends it.
        Remedy::TryAgain | Remedy::Reception => {
            ends = true;
            face.choices.push(done);
        }
    }
    if !ends {
        face.ways.push(writer.home());
    }
    face
}

/// The first sentence, and what follows.
fn parts(sentence: &str, language: wire::Language) -> (String, String) {
    let ends: &[&str] = if language == wire::Language::El { &[". ", "; "] } else { &[". ", "? "] };
    let at = ends.iter().filter_map(|end| sentence.find(end).map(|at| at + end.len() - 1)).min();
    match at {
        Some(at) => (sentence[..at].trim().to_owned(), sentence[at..].trim().to_owned()),
        None => (sentence.to_owned(), String::new()),
    }
}

/// A code in two groups, as mails write it.
fn in_two(code: &str) -> String {
    let half = code.len() / 2;
    code.chars().enumerate().flat_map(|(at, sign)| (at == half).then_some(' ').into_iter().chain([sign])).collect()
}
