//! Nobody knows this kiosk yet: the code for the administrator.

use bevy::prelude::*;
use panel::{kit::Weight, link::Standing, theme::Token};

use super::{
    Pen,
    frame::{self, Frame},
};
use crate::walk::Screen;

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Pairing), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let Standing::Pairing { code } = pen.kiosk.walk.link().clone() else { return };
    let (heading, below) = (pen.say("panel-pairing-title"), pen.say("panel-pairing-sentence"));
    let frame = Frame { below, ..Frame::new(Screen::Pairing, heading) };
    frame::draw(&mut pen.commands, &kit, &top, &frame, |content| {
        let place = Node {
            flex_grow: 1.0,
            justify_content: JustifyContent::Center,
            align_items: AlignItems::Center,
            ..default()
        };
        content.spawn((place, children![kit.line(kit.measure.unit(150.0), Weight::Bold, Token::Blue, &code)]));
    });
}
