//! Nobody knows this kiosk yet: the code for the administrator.

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
    let LinkState::Pairing { code } = pen.kiosk.walk.link().clone() else { return };
    let (heading, below) = (pen.say("panel-pairing-title"), pen.say("panel-pairing-sentence"));
    let frame = ScreenFrame { below, ..ScreenFrame::new(KioskScreen::Pairing, heading) };
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
