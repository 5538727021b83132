//! "Welcome. Do you have an appointment?": two great buttons.

use bevy::prelude::*;
use panel::{
    kit::Weight,
    theme::Token,
    widgets::{self, ButtonLook},
};
use walk::{KioskScreen, Press};

use crate::ui::{
    frame::{self, ScreenFrame},
    meaning::Meaning,
    pen::Pen,
    screen_state::ScreenState,
};

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(ScreenState(KioskScreen::Welcome)), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let hint = pen.say(if pen.kiosk.has_scanner { "kiosk-scan-anytime" } else { "kiosk-scan-plain" });
    let heading = pen.say("kiosk-welcome");
    let frame = ScreenFrame::new(KioskScreen::Welcome, heading);
    let (yes, yes_below) = (pen.say("kiosk-have-booking"), pen.say("kiosk-have-booking-below"));
    let (no, no_below) = (pen.say("kiosk-no-booking"), pen.say("kiosk-no-booking-below"));
    let language = kit.language;
    let notices: Vec<String> = pen.kiosk.walk.view().map_or_else(Vec::new, |view| {
        view.notices.iter().map(|notice| notice.in_language(language).to_owned()).collect()
    });
    frame::draw(&mut pen.commands, &kit, &top, &frame, |content| {
        for notice in &notices {
            content.spawn(widgets::alarm(&kit, notice));
        }
        let booked = widgets::great_button(&kit, ButtonLook::Primary, "have-booking", &yes, &yes_below);
        content.spawn((booked, Meaning(Press::HaveBooking)));
        let walk_in = widgets::great_button(&kit, ButtonLook::Secondary, "no-booking", &no, &no_below);
        content.spawn((walk_in, Meaning(Press::NoBooking)));
        content.spawn(kit.words(kit.body(), Weight::Regular, Token::Slate, &hint));
    });
}
