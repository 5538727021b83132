//! Help or priority service? One yes or no; the reason is never asked (FLD-27).

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
    app.add_systems(OnEnter(ScreenState(KioskScreen::Priority)), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let frame = ScreenFrame {
        ways: WaysOut::BackAndHome,
        ..ScreenFrame::new(KioskScreen::Priority, pen.say("kiosk-priority"))
    };
    let (no, yes) = (pen.say("kiosk-priority-no"), pen.say("kiosk-priority-yes"));
    frame::draw(&mut pen.commands, &kit, &top, &frame, |content| {
        let button = widgets::great_button(&kit, ButtonLook::Secondary, "priority-no", &no, "");
        content.spawn((button, Meaning(Press::Priority(false))));
        let button = widgets::great_button(&kit, ButtonLook::Secondary, "priority-yes", &yes, "");
        content.spawn((button, Meaning(Press::Priority(true))));
    });
}
