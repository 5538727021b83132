//! Help or priority service? One yes or no; the reason is never asked (FLD-27).

use bevy::prelude::*;
use panel::widgets::{self, Look};

use super::{
    Does, Pen,
    frame::{self, Frame, Ways},
};
use crate::walk::{Press, Screen};

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Priority), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let frame = Frame { ways: Ways::BackAndHome, ..Frame::new(Screen::Priority, pen.say("kiosk-priority")) };
    let (no, yes) = (pen.say("kiosk-priority-no"), pen.say("kiosk-priority-yes"));
    frame::draw(&mut pen.commands, &kit, &top, &frame, |content| {
        let button = widgets::great_button(&kit, Look::Secondary, "priority-no", &no, "");
        content.spawn((button, Does(Press::Priority(false))));
        let button = widgets::great_button(&kit, Look::Secondary, "priority-yes", &yes, "");
        content.spawn((button, Does(Press::Priority(true))));
    });
}
