//! Is today's booking to be cancelled? It cannot be had back, so one press that slipped does not do it (TRN-05).

use bevy::prelude::*;
use panel::widgets::{self, Look};

use super::{
    Does, Pen,
    frame::{self, Frame, Ways},
};
use crate::walk::{Press, Screen};

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::GiveUp), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let (heading, below) = (pen.say("kiosk-give-up"), pen.say("kiosk-give-up-below"));
    let frame = Frame { below, ways: Ways::Home, ..Frame::new(Screen::GiveUp, heading) };
    let (yes, no) = (pen.say("kiosk-give-up-yes"), pen.say("kiosk-give-up-no"));
    frame::draw(&mut pen.commands, &kit, &top, &frame, |content| {
        let button = widgets::great_button(&kit, Look::Secondary, "give-up-yes", &yes, "");
        content.spawn((button, Does(Press::GiveUp)));
        // Where the button that led here was: a second touch of a trembling hand gives nothing up.
        let button = widgets::great_button(&kit, Look::Primary, "give-up-no", &no, "");
        content.spawn((button, Does(Press::Back)));
    });
}
