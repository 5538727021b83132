//! The booked time has passed (TRN-05): today after the appointments, or a new one?

use bevy::prelude::*;
use panel::{
    widgets::{self, Look},
    words,
};
use wire::LateChoice;

use super::{
    Does, Pen,
    frame::{self, Frame, Ways},
};
use crate::walk::{At, Press, Screen};

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Late), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let At::Late { booked_for, .. } = pen.kiosk.walk.at().clone() else { return };
    let was = booked_for.map(|at| words::clock_time(at, pen.kiosk.zone()));
    let below = was.map_or_else(String::new, |time| pen.say_with("kiosk-late-time", "time", time));
    let frame = Frame { below, ways: Ways::Home, ..Frame::new(Screen::Late, pen.say("kiosk-late")) };
    let (today, today_below) = (pen.say("kiosk-late-today"), pen.say("kiosk-late-today-below"));
    let (anew, anew_below) = (pen.say("kiosk-late-anew"), pen.say("kiosk-late-anew-below"));
    frame::draw(&mut pen.commands, &kit, &top, &frame, |content| {
        let button = widgets::great_button(&kit, Look::Primary, "late-today", &today, &today_below);
        content.spawn((button, Does(Press::Late(LateChoice::EndOfDay))));
        let button = widgets::great_button(&kit, Look::Secondary, "late-anew", &anew, &anew_below);
        content.spawn((button, Does(Press::Late(LateChoice::BookAnew))));
    });
}
