//! The office is closed: when it opens, and what somebody with an appointment does.

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
    app.add_systems(OnEnter(Screen::Closed), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let Some(OfficeState::Closed { opens_at, because }) = pen.kiosk.walk.view().map(|view| view.state.clone()) else {
        return;
    };
    let title = because.map_or_else(|| pen.say("kiosk-closed"), |words| words.in_language(kit.language).to_owned());
    let opens = opens_at.map(|at| pen.say_with("kiosk-closed-opens", "time", pen.moment(at)));
    let heading = [Some(title), opens].into_iter().flatten().collect::<Vec<_>>().join("\n");
    let frame = Frame {
        screen: Screen::Closed,
        heading,
        below: pen.say("kiosk-closed-below"),
        ways: Ways::None,
        pages: None,
        alone: false,
    };
    let booking = pen.say("kiosk-have-booking");
    frame::draw(&mut pen.commands, &kit, &top, &frame, |content| {
        content.spawn(widgets::spring());
        content.spawn((widgets::button(&kit, Look::Secondary, "have-booking", &booking), Does(Press::HaveBooking)));
    });
}
