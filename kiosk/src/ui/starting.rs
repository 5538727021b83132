//! The kiosk has started and has not heard of its hub yet.

use bevy::prelude::*;

use super::{
    Pen,
    frame::{self, Frame},
};
use crate::walk::Screen;

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Starting), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let (heading, below) = (pen.say("kiosk-starting"), pen.say("kiosk-wait-below"));
    let frame = Frame { below, alone: true, ..Frame::new(Screen::Starting, heading) };
    frame::draw(&mut pen.commands, &kit, &top, &frame, |_| {});
}
