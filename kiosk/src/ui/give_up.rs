//! Is today's booking to be cancelled? It cannot be had back, so one press that slipped does not do it (TRN-05).

use bevy::prelude::*;
use panel::widgets::{self, ButtonLook};
use walk::{KioskScreen, Press};

use crate::ui::{
    frame::{self, ScreenFrame, WaysOut},
    meaning::Meaning,
    pen::Pen,
    screen_state::ScreenState,
};

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(ScreenState(KioskScreen::GiveUp)), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let (heading, below) = (pen.say("kiosk-give-up"), pen.say("kiosk-give-up-below"));
    let frame = ScreenFrame { below, ways: WaysOut::Home, ..ScreenFrame::new(KioskScreen::GiveUp, heading) };
    let (yes, no) = (pen.say("kiosk-give-up-yes"), pen.say("kiosk-give-up-no"));
    frame::draw(&mut pen.commands, &kit, &top, &frame, |content| {
        let button = widgets::great_button(&kit, ButtonLook::Secondary, "give-up-yes", &yes, "");
        content.spawn((button, Meaning(Press::GiveUp)));
        // Where the button that led here was: a second touch of a trembling hand gives nothing up.
        let button = widgets::great_button(&kit, ButtonLook::Primary, "give-up-no", &no, "");
        content.spawn((button, Meaning(Press::Back)));
    });
}
