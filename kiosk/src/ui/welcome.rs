//! "Welcome. Do you have an appointment?": two great buttons.

use bevy::prelude::*;
use panel::{
    kit::Weight,
    theme::Token,
    widgets::{self, Look},
};

use super::{
    Does, Pen,
    frame::{self, Frame},
};
use crate::walk::{Press, Screen};

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Welcome), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let hint = pen.say(if pen.kiosk.has_scanner { "kiosk-scan-anytime" } else { "kiosk-scan-plain" });
    let heading = pen.say("kiosk-welcome");
    let frame = Frame::new(Screen::Welcome, heading);
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
        let booked = widgets::great_button(&kit, Look::Primary, "have-booking", &yes, &yes_below);
        content.spawn((booked, Does(Press::HaveBooking)));
        let walk_in = widgets::great_button(&kit, Look::Secondary, "no-booking", &no, &no_below);
        content.spawn((walk_in, Does(Press::NoBooking)));
        content.spawn(kit.words(kit.body(), Weight::Regular, Token::Slate, &hint));
    });
}
