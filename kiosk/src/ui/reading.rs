//! What is read: the sentence, the number, what belongs to it, lists, codes.

use bevy::prelude::*;
use panel::{
    kit::{Kit, Weight},
    theme::Token,
};
use walk::face::{CodePicture, KioskFace, Sign, Tone};
use wire::Language;

use crate::ui::{brush::FaceBrush, guide};

/// A longer sentence is set smaller, so that it stays together with what follows.
const LONG: usize = 60;

/// The colours of a tone: its words, and what stands behind them.
pub const fn tone_tokens(tone: Tone) -> (Token, Token) {
    match tone {
        Tone::Plain => (Token::Blue, Token::Page),
        Tone::Well => (Token::Well, Token::Page),
        Tone::Amber => (Token::Amber, Token::AmberPage),
        Tone::Alarm => (Token::Alarm, Token::AlarmPage),
    }
}

/// The sign that says the same as the colour.
const fn tone_sign(tone: Tone) -> Option<Sign> {
    match tone {
        Tone::Plain => None,
        Tone::Well => Some(Sign::Tick),
        Tone::Amber => Some(Sign::NoPaper),
        Tone::Alarm => Some(Sign::Warning),
    }
}

/// The sentence at the head, and what is said under it.
pub fn heading(brush: &mut FaceBrush<'_>, face: &KioskFace, place: &mut ChildSpawnerCommands) {
    if face.heading.shown.is_empty() {
        return;
    }
    let (kit, (ink, ground)) = (brush.kit.clone(), tone_tokens(face.tone));
    let boxed = matches!(face.tone, Tone::Amber | Tone::Alarm);
    let pad = if boxed { kit.gap() } else { 0.0 };
    let row = Node {
        column_gap: px(kit.gap()),
        align_items: AlignItems::Center,
        padding: UiRect::all(px(pad)),
        border: UiRect::left(px(if boxed { kit.measure.unit(12.0) } else { 0.0 })),
        flex_shrink: 0.0,
        ..default()
    };
    let back = if boxed { kit.colour(ground) } else { Color::NONE };
    let long = face.heading.shown.chars().count() > LONG;
    let size = if face.alone { kit.title() * 1.1 } else { kit.title() * if long { 0.84 } else { 1.0 } };
    place.spawn((row, BackgroundColor(back), BorderColor::all(kit.colour(ink)))).with_children(|row| {
        // On the amber screen the sign is the one of its own picture; a help that waits is no missing paper.
        let sign = tone_sign(face.tone).filter(|sign| *sign != Sign::NoPaper || face.scene.is_some());
        if let Some(sign) = sign.filter(|_| boxed || face.alone) {
            row.spawn(brush.sign(sign, size * 1.3, ink));
        }
        let text = Node { flex_grow: 1.0, flex_basis: px(0), ..default() };
        let words = sentence_a_line(&face.heading.shown, face.language);
        row.spawn(text).with_child(kit.words(size, Weight::Bold, ink, &words));
    });
    for below in &face.below {
        place.spawn(kit.words(kit.body(), Weight::Regular, Token::Ink, &below.shown));
    }
    for notice in &face.notices {
        place.spawn(panel::widgets::alarm(&kit, &notice.shown));
    }
}

/// Each sentence and each question begins a line of its own: so it is read with one look, and no line ends in "The".
fn sentence_a_line(text: &str, language: Language) -> String {
    // The sign that asks in Greek only joins in English.
    let ends = match language {
        Language::El => [". ", "; "],
        _ => [". ", "? "],
    };
    ends.iter().fold(text.to_owned(), |text, end| text.replace(end, &format!("{}\n", end.trim_end())))
}

/// The number, what to do next, and what belongs to it.
pub fn number(brush: &mut FaceBrush<'_>, face: &KioskFace, place: &mut ChildSpawnerCommands) {
    let kit = brush.kit.clone();
    if let Some(card) = &face.number {
        let short = card.number.shown.chars().count() <= 5;
        let size = if short { kit.number() } else { kit.measure.unit(104.0) };
        let flat = brush.low || !brush.upright();
        let node = Node {
            flex_direction: if flat { FlexDirection::Row } else { FlexDirection::Column },
            justify_content: if flat { JustifyContent::SpaceBetween } else { JustifyContent::Center },
            align_items: AlignItems::Center,
            column_gap: px(kit.gap()),
            padding: UiRect::axes(px(kit.gap()), px(kit.gap() * 0.8)),
            row_gap: px(kit.gap() * 0.3),
            border_radius: kit.corner(),
            flex_shrink: 0.0,
            ..default()
        };
        let size = if flat { size * 0.72 } else { size };
        let label = kit.line(kit.strong(), Weight::Regular, Token::OnBlueSecond, &card.label.shown);
        let digits = kit.digits(size, Token::OnBlue, &card.number.shown);
        place.spawn((Name::new("number"), node, BackgroundColor(kit.colour(Token::Blue)), children![label, digits]));
    }
    if face.next.is_some() || face.scene.is_some() {
        next(brush, face, place);
    }
    facts(&kit, face, place);
}

/// What to do next: the largest thing after the number, beside the picture of it.
fn next(brush: &mut FaceBrush<'_>, face: &KioskFace, place: &mut ChildSpawnerCommands) {
    let kit = brush.kit.clone();
    let row = Node { align_items: AlignItems::Center, column_gap: px(kit.gap()), flex_shrink: 0.0, ..default() };
    let (ink, _) = tone_tokens(face.tone);
    place.spawn(row).with_children(|row| {
        if let Some(scene) = face.scene {
            guide::draw(brush, scene, ink, row);
        }
        if let Some(next) = &face.next {
            let text = Node { flex_grow: 1.0, flex_basis: px(0), ..default() };
            row.spawn(text).with_child(kit.words(kit.title() * 0.9, Weight::Bold, ink, &next.shown));
        }
    });
}

fn facts(kit: &Kit, face: &KioskFace, place: &mut ChildSpawnerCommands) {
    if face.facts.is_empty() {
        return;
    }
    let list =
        Node { flex_direction: FlexDirection::Column, row_gap: px(kit.gap() * 0.35), flex_shrink: 0.0, ..default() };
    place.spawn((Name::new("facts"), list)).with_children(|list| {
        for (at, fact) in face.facts.iter().enumerate() {
            let weight = if at == 0 { Weight::Bold } else { Weight::Regular };
            list.spawn(kit.words(kit.body(), weight, Token::Ink, &fact.shown));
        }
    });
}

/// A list under a heading, as of documents.
pub fn listed(kit: &Kit, face: &KioskFace, place: &mut ChildSpawnerCommands) {
    let Some(listed) = &face.listed else { return };
    place.spawn((Name::new("documents"), panel::widgets::card(kit, Token::Mist))).with_children(|card| {
        if let Some(title) = &listed.title {
            card.spawn(kit.words(kit.strong() * 0.92, Weight::Bold, Token::Blue, &title.shown));
        }
        for line in &listed.lines {
            let row = Node { column_gap: px(kit.gap() * 0.7), ..default() };
            card.spawn(row).with_children(|row| {
                if listed.title.is_some() {
                    row.spawn(kit.line(kit.body(), Weight::Bold, Token::Blue, "•"));
                }
                let place = Node { flex_grow: 1.0, flex_basis: px(0), ..default() };
                row.spawn(place).with_child(kit.words(kit.body(), Weight::Regular, Token::Ink, &line.shown));
            });
        }
    });
}

/// The code as far as it was typed, in two groups of four, with a line for each letter that is still to come.
pub fn typed(kit: &Kit, face: &KioskFace, place: &mut ChildSpawnerCommands) {
    let Some(typed) = &face.typed else { return };
    let row = Node {
        justify_content: JustifyContent::Center,
        column_gap: px(kit.gap() * 0.5),
        flex_shrink: 0.0,
        ..default()
    };
    let letters: Vec<char> = typed.letters.shown.chars().collect();
    place.spawn((Name::new("typed"), row)).with_children(|row| {
        for place in 0..typed.places {
            let (letter, line) = match letters.get(place) {
                Some(letter) => (letter.to_string(), Token::Blue),
                None => (String::from(" "), Token::Slate),
            };
            let left = if place == typed.places / 2 { kit.gap() } else { 0.0 };
            let cell = Node {
                width: px(kit.measure.unit(84.0)),
                height: px(kit.title() * 1.3),
                margin: UiRect::left(px(left)),
                justify_content: JustifyContent::Center,
                align_items: AlignItems::Center,
                border: UiRect::bottom(px(kit.measure.unit(6.0))),
                ..default()
            };
            let words = kit.line(kit.title() * 0.9, Weight::Bold, Token::Ink, &letter);
            let (ground, line) = (BackgroundColor(kit.colour(Token::Mist)), BorderColor::all(kit.colour(line)));
            row.spawn((cell, ground, line, children![words]));
        }
    });
}

/// A QR code beside what it is for, always dark on white.
pub fn code(brush: &mut FaceBrush<'_>, code: &CodePicture, side: f32, place: &mut ChildSpawnerCommands) {
    let kit = brush.kit.clone();
    let row = Node { align_items: AlignItems::Center, column_gap: px(kit.gap()), flex_shrink: 0.0, ..default() };
    let Some(picture) = brush.qr(&code.text, side) else { return };
    place.spawn((Name::new("code"), row)).with_children(|row| {
        row.spawn(picture);
        let text = Node { flex_grow: 1.0, flex_basis: px(0), ..default() };
        row.spawn(text).with_child(kit.words(kit.body(), Weight::Regular, Token::Ink, &code.caption.shown));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_begins_a_line_in_its_own_language() {
        assert_eq!(sentence_a_line("Θέλετε αριθμό; Ναι. Όχι", Language::El), "Θέλετε αριθμό;\nΝαι.\nΌχι");
        let english = "Your number is A042. Please wait; we will call you.";
        assert_eq!(sentence_a_line(english, Language::En), "Your number is A042.\nPlease wait; we will call you.");
    }
}
