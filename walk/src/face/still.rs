//! Screens on which nobody can do anything but wait or read.

use link::{Estrangement, LinkState};

use super::{KioskFace, NumberCard, SpokenText, Tone, writer::FaceWriter};
use crate::station::KioskScreen;

/// The kiosk has started and has not heard of its hub yet.
pub(super) fn starting(writer: &FaceWriter<'_>) -> KioskFace {
    let mut face = writer.face(KioskScreen::Starting, writer.say("kiosk-starting"));
    face.alone = true;
    face.below.push(writer.say("kiosk-wait-below"));
    face
}

/// The hub is being asked, and takes longer than people like to wait without a word.
pub(super) fn wait(writer: &FaceWriter<'_>) -> KioskFace {
    let mut face = writer.face(KioskScreen::Wait, writer.say("kiosk-wait"));
    face.alone = true;
    face.below.push(writer.say("kiosk-wait-below"));
    face
}

/// The hub is away: since when, and where to go meanwhile.
pub(super) fn away(writer: &FaceWriter<'_>) -> KioskFace {
    let since = match writer.walk.link() {
        LinkState::Lost { since } => writer.time(*since),
        LinkState::Starting | LinkState::Pairing { .. } | LinkState::Live | LinkState::Estranged(_) => String::new(),
    };
    let mut face = writer.face(KioskScreen::Away, writer.say_with("kiosk-away", "time", since));
    face.alone = true;
    face.tone = Tone::Alarm;
    face.below.push(writer.say("kiosk-away-below"));
    face
}

/// Whoever answers at the hub's address is not the kiosk's hub, or does not know the kiosk.
pub(super) fn estranged(writer: &FaceWriter<'_>) -> KioskFace {
    let id = match writer.walk.link() {
        LinkState::Estranged(Estrangement::AnotherHub) => "panel-another-hub",
        LinkState::Estranged(Estrangement::UnknownHere)
        | LinkState::Starting
        | LinkState::Pairing { .. }
        | LinkState::Live
        | LinkState::Lost { .. } => "panel-unknown-here",
    };
    let mut face = writer.face(KioskScreen::Estranged, writer.say(id));
    face.alone = true;
    face.tone = Tone::Alarm;
    face.below.push(writer.say(&format!("{id}-below")));
    face
}

/// Nobody knows this kiosk yet: the code that the administrator types, and the words that both compare.
pub(super) fn pairing(writer: &FaceWriter<'_>) -> KioskFace {
    let mut face = writer.face(KioskScreen::Pairing, writer.say("panel-pairing-title"));
    face.below.push(writer.say("panel-pairing-sentence"));
    if let LinkState::Pairing { code, words } = writer.walk.link() {
        let language = writer.language();
        let spoken = voice::in_letters(language, code);
        let number = SpokenText { shown: code.clone(), spoken, personal: false };
        face.number = Some(NumberCard { label: SpokenText::default(), number });
        face.facts = words.in_language(language).into_iter().map(|word| writer.said(word)).collect();
        face.next = Some(writer.say("panel-pairing-words"));
    }
    face
}
