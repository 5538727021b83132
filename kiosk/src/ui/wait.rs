//! The hub is being asked, and takes longer than people like to wait without a word.

use bevy::prelude::*;
use walk::KioskScreen;

use crate::ui::{
    frame::{self, ScreenFrame},
    pen::Pen,
    screen_state::ScreenState,
};

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(ScreenState(KioskScreen::Wait)), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let (heading, below) = (pen.say("kiosk-wait"), pen.say("kiosk-wait-below"));
    let frame = ScreenFrame { below, alone: true, ..ScreenFrame::new(KioskScreen::Wait, heading) };
    frame::draw(&mut pen.commands, &kit, &top, &frame, |_| {});
}
