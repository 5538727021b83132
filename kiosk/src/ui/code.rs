//! Scan the QR code, or type the booking's code on great keys.

use bevy::prelude::*;
use panel::{
    kit::{Kit, Weight},
    measure::TARGET_MM,
    theme::Token,
    widgets::{self, ButtonLook},
};
use walk::{KioskScreen, Press, Station};
use wire::{CODE_ALPHABET, REFERENCE_CHARACTERS};

use crate::ui::{
    frame::{self, ScreenFrame, WaysOut},
    meaning::Meaning,
    pen::Pen,
    screen_state::ScreenState,
};

/// Keys in a row.
const COLUMNS: usize = 5;

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(ScreenState(KioskScreen::Code)), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let Station::Code { typed } = pen.kiosk.walk.station().clone() else { return };
    let frame = ScreenFrame { ways: WaysOut::Home, ..ScreenFrame::new(KioskScreen::Code, pen.say("kiosk-code")) };
    let (label, erase, enter) = (pen.say("kiosk-code-typed"), pen.say("kiosk-erase"), pen.say("kiosk-enter"));
    let height = if kit.measure.is_portrait() { kit.target() * 1.5 } else { kit.measure.px(TARGET_MM * 1.02) };
    frame::draw(&mut pen.commands, &kit, &top, &frame, |content| {
        if kit.measure.is_portrait() {
            content.spawn(widgets::spring());
        }
        if kit.measure.is_portrait() {
            content.spawn(kit.centred(kit.strong(), Weight::Regular, Token::Slate, &label));
        }
        draw_typed(&kit, &typed, content);
        for row in CODE_ALPHABET.chunks(COLUMNS) {
            content.spawn(row_of_keys(&kit)).with_children(|keys| {
                for &key in row {
                    let letter = char::from(key);
                    let node = Node { height: px(height), ..key_node() };
                    let name = format!("key-{letter}");
                    keys.spawn((
                        widgets::pressable(&kit, ButtonLook::Secondary, &name, &letter.to_string(), node),
                        Meaning(Press::Key(letter)),
                        children![kit.line(kit.strong() * 1.2, Weight::Bold, Token::Blue, &letter.to_string())],
                    ));
                }
            });
        }
        content.spawn(row_of_keys(&kit)).with_children(|keys| {
            for (look, name, words, press) in [
                (ButtonLook::Secondary, "erase", &erase, Press::Erase),
                (ButtonLook::Primary, "enter", &enter, Press::EnterCode),
            ] {
                let node = Node { min_height: px(height), ..key_node() };
                keys.spawn((
                    widgets::pressable(&kit, look, name, words, node),
                    Meaning(press),
                    children![kit.line(kit.strong(), Weight::Bold, look.tokens().0, words)],
                ));
            }
        });
    });
}

fn row_of_keys(kit: &Kit) -> Node {
    Node {
        column_gap: px(kit.gap() * 0.7),
        flex_shrink: 0.0,
        margin: UiRect::bottom(px(-kit.gap() * 0.3)),
        ..default()
    }
}

fn key_node() -> Node {
    Node {
        flex_grow: 1.0,
        flex_basis: px(0),
        justify_content: JustifyContent::Center,
        align_items: AlignItems::Center,
        ..default()
    }
}

/// The code as far as it was typed, in two groups of four, with a line for each letter that is still to come.
fn draw_typed(kit: &Kit, typed: &str, content: &mut ChildSpawnerCommands) {
    let row = Node {
        justify_content: JustifyContent::Center,
        column_gap: px(kit.gap() * 0.6),
        flex_shrink: 0.0,
        margin: UiRect::bottom(px(kit.gap() * 0.4)),
        ..default()
    };
    let letters: Vec<char> = typed.chars().collect();
    content.spawn((Name::new("typed"), row)).with_children(|row| {
        for place in 0..REFERENCE_CHARACTERS {
            let (letter, line) = match letters.get(place) {
                Some(letter) => (letter.to_string(), Token::Blue),
                None => (String::from(" "), Token::Slate),
            };
            let left = if place == REFERENCE_CHARACTERS / 2 { kit.gap() * 1.2 } else { 0.0 };
            let cell = Node {
                width: px(kit.measure.unit(84.0)),
                height: px(kit.title() * 1.35),
                margin: UiRect::left(px(left)),
                justify_content: JustifyContent::Center,
                align_items: AlignItems::Center,
                border: UiRect::bottom(px(kit.measure.unit(6.0))),
                ..default()
            };
            let words = kit.line(kit.title(), Weight::Bold, Token::Ink, &letter);
            row.spawn((cell, BackgroundColor(Token::Mist.colour()), BorderColor::all(line.colour()), children![words]));
        }
    });
}
