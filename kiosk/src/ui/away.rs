//! The hub is away: since when, and where to go meanwhile.

use bevy::prelude::*;
use link::LinkState;
use panel::theme::Token;
use walk::KioskScreen;

use crate::ui::{
    frame::{self, ScreenFrame},
    pen::Pen,
    screen_state::ScreenState,
};

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(ScreenState(KioskScreen::Away)), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let LinkState::Lost { since } = *pen.kiosk.walk.link() else { return };
    let time = phrases::clock_time(since, pen.kiosk.zone(), pen.kiosk.walk.language());
    let (heading, below) = (pen.say_with("kiosk-away", "time", time), pen.say("kiosk-away-below"));
    let frame =
        ScreenFrame { below, alone: true, colour: Token::Alarm, ..ScreenFrame::new(KioskScreen::Away, heading) };
    frame::draw(&mut pen.commands, &kit, &top, &frame, |_| {});
}
