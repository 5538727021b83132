//! The hub is away: since when, and where to go meanwhile.

use bevy::prelude::*;
use panel::{link::Standing, theme::Token, words};

use super::{
    Pen,
    frame::{self, Frame},
};
use crate::walk::Screen;

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Away), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let Standing::Lost { since } = *pen.kiosk.walk.link() else { return };
    let time = words::clock_time(since, pen.kiosk.zone());
    let (heading, below) = (pen.say_with("kiosk-away", "time", time), pen.say("kiosk-away-below"));
    let frame = Frame { below, alone: true, colour: Token::Alarm, ..Frame::new(Screen::Away, heading) };
    frame::draw(&mut pen.commands, &kit, &top, &frame, |_| {});
}
