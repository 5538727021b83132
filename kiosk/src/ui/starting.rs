//! The kiosk has started and has not heard of its hub yet.

use bevy::prelude::*;
use walk::KioskScreen;

use crate::ui::{
    frame::{self, ScreenFrame},
    pen::Pen,
    screen_state::ScreenState,
};

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(ScreenState(KioskScreen::Starting)), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let (heading, below) = (pen.say("kiosk-starting"), pen.say("kiosk-wait-below"));
    let frame = ScreenFrame { below, alone: true, ..ScreenFrame::new(KioskScreen::Starting, heading) };
    frame::draw(&mut pen.commands, &kit, &top, &frame, |_| {});
}
