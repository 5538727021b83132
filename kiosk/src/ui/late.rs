//! The booked time has passed (TRN-05): today after the appointments, or a new one?

use bevy::prelude::*;
use panel::widgets::{self, ButtonLook};
use walk::{KioskScreen, Press, Station};
use wire::LateChoice;

use crate::ui::{
    frame::{self, ScreenFrame, WaysOut},
    meaning::Meaning,
    pen::Pen,
    screen_state::ScreenState,
};

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(ScreenState(KioskScreen::Late)), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let Station::Late { booked_for, .. } = pen.kiosk.walk.station().clone() else { return };
    let was = booked_for.map(|at| phrases::clock_time(at, pen.kiosk.zone(), pen.kiosk.walk.language()));
    let below = was.map_or_else(String::new, |time| pen.say_with("kiosk-late-time", "time", time));
    let frame =
        ScreenFrame { below, ways: WaysOut::Home, ..ScreenFrame::new(KioskScreen::Late, pen.say("kiosk-late")) };
    let (today, today_below) = (pen.say("kiosk-late-today"), pen.say("kiosk-late-today-below"));
    let (anew, anew_below) = (pen.say("kiosk-late-anew"), pen.say("kiosk-late-anew-below"));
    frame::draw(&mut pen.commands, &kit, &top, &frame, |content| {
        let button = widgets::great_button(&kit, ButtonLook::Primary, "late-today", &today, &today_below);
        content.spawn((button, Meaning(Press::Late(LateChoice::EndOfDay))));
        let button = widgets::great_button(&kit, ButtonLook::Secondary, "late-anew", &anew, &anew_below);
        content.spawn((button, Meaning(Press::Late(LateChoice::BookAnew))));
    });
}
