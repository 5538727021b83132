//! The booking was given up: where a new one is made.

use bevy::prelude::*;
use panel::widgets::{self, ButtonLook};
use walk::{KioskScreen, Press};

use crate::ui::{
    frame::{self, ScreenFrame, WaysOut},
    meaning::Meaning,
    pen::Pen,
    refused,
    screen_state::ScreenState,
};

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(ScreenState(KioskScreen::BookAnew)), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let frame =
        ScreenFrame { ways: WaysOut::Home, ..ScreenFrame::new(KioskScreen::BookAnew, pen.say("kiosk-book-anew")) };
    let (caption, instead) = (pen.say("kiosk-book-here"), pen.say("kiosk-number-instead"));
    let page = pen.kiosk.booking_page();
    let qr = pen.qr(&page, kit.measure.unit(if kit.measure.is_portrait() { 400.0 } else { 300.0 }));
    frame::draw(&mut pen.commands, &kit, &top, &frame, |content| {
        refused::draw_booking_page(&kit, qr, &caption, content);
        content.spawn((
            widgets::wide_button(&kit, ButtonLook::Secondary, "no-booking", &instead),
            Meaning(Press::NoBooking),
        ));
    });
}
