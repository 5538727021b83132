//! The hub is being asked, and takes longer than people like to wait without a word.

use bevy::prelude::*;

use super::{
    Pen,
    frame::{self, Frame},
};
use crate::walk::Screen;

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Wait), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let (heading, below) = (pen.say("kiosk-wait"), pen.say("kiosk-wait-below"));
    let frame = Frame { below, alone: true, ..Frame::new(Screen::Wait, heading) };
    frame::draw(&mut pen.commands, &kit, &top, &frame, |_| {});
}
