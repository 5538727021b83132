//! Giving numbers is suspended (FLD-30): until when, and what somebody with an appointment does.

use bevy::prelude::*;
use panel::widgets::{self, Look};
use wire::OfficeState;

use super::{
    Does, Pen,
    frame::{self, Frame, Ways},
};
use crate::walk::{Press, Screen};

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Suspended), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let Some(OfficeState::Suspended { until, because }) = pen.kiosk.walk.view().map(|view| view.state.clone()) else {
        return;
    };
    let title = because.map_or_else(|| pen.say("kiosk-suspended"), |words| words.in_language(kit.language).to_owned());
    let until = until.map(|at| pen.say_with("kiosk-suspended-until", "time", pen.moment(at)));
    let heading = [Some(title), until].into_iter().flatten().collect::<Vec<_>>().join("\n");
    let frame = Frame {
        screen: Screen::Suspended,
        heading,
        below: pen.say("kiosk-suspended-below"),
        ways: Ways::None,
        pages: None,
        alone: false,
    };
    let booking = pen.say("kiosk-have-booking");
    frame::draw(&mut pen.commands, &kit, &top, &frame, |content| {
        content.spawn(widgets::spring());
        content.spawn((widgets::button(&kit, Look::Primary, "have-booking", &booking), Does(Press::HaveBooking)));
    });
}
