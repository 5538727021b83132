//! Whoever answers at the hub's address is not the kiosk's hub, or does not know the kiosk: what it is, and whom to tell.

use bevy::prelude::*;
use link::{Estrangement, LinkState};
use panel::theme::Token;
use walk::KioskScreen;

use crate::ui::{
    frame::{self, ScreenFrame},
    pen::Pen,
    screen_state::ScreenState,
};

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(ScreenState(KioskScreen::Estranged)), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let LinkState::Estranged(why) = *pen.kiosk.walk.link() else { return };
    let id = match why {
        Estrangement::AnotherHub => "panel-another-hub",
        Estrangement::UnknownHere => "panel-unknown-here",
    };
    let (heading, below) = (pen.say(id), pen.say(&format!("{id}-below")));
    let frame =
        ScreenFrame { below, alone: true, colour: Token::Alarm, ..ScreenFrame::new(KioskScreen::Estranged, heading) };
    frame::draw(&mut pen.commands, &kit, &top, &frame, |_| {});
}
