//! Nobody knows this kiosk yet: the code that the administrator types, and the words that both compare.

use bevy::prelude::*;
use link::LinkState;
use panel::{kit::Weight, theme::Token};
use walk::KioskScreen;

use crate::ui::{
    frame::{self, ScreenFrame},
    pen::Pen,
    screen_state::ScreenState,
};

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(ScreenState(KioskScreen::Pairing)), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let LinkState::Pairing { code, words } = pen.kiosk.walk.link().clone() else { return };
    let (heading, below) = (pen.say("panel-pairing-title"), pen.say("panel-pairing-sentence"));
    let (words, compare) = (words.in_language(kit.language), pen.say("panel-pairing-words"));
    let frame = ScreenFrame { below, ..ScreenFrame::new(KioskScreen::Pairing, heading) };
    frame::draw(&mut pen.commands, &kit, &top, &frame, |content| {
        let place = Node {
            flex_grow: 1.0,
            flex_direction: FlexDirection::Column,
            justify_content: JustifyContent::SpaceEvenly,
            align_items: AlignItems::Center,
            ..default()
        };
        content.spawn(place).with_children(|place| {
            place.spawn(kit.line(kit.measure.unit(150.0), Weight::Bold, Token::Blue, &code));
            let column = Node { flex_direction: FlexDirection::Column, align_items: AlignItems::Center, ..default() };
            place.spawn(column).with_children(|column| {
                for word in &words {
                    column.spawn(kit.line(kit.measure.unit(84.0), Weight::Bold, Token::Ink, word));
                }
            });
            place.spawn(kit.centred(kit.body(), Weight::Regular, Token::Ink, &compare));
        });
    });
}
