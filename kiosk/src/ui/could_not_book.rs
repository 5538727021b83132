//! The service wants a booking; who could not make one is admitted on their word (TRN-15).

use bevy::prelude::*;
use panel::{
    kit::Weight,
    theme::Token,
    widgets::{self, ButtonLook},
};
use walk::{KioskScreen, Press, Station};

use crate::ui::{
    frame::{self, ScreenFrame, WaysOut},
    meaning::Meaning,
    pen::Pen,
    refused,
    screen_state::ScreenState,
    service,
};

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(ScreenState(KioskScreen::CouldNotBook)), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let Station::CouldNotBook { key } = pen.kiosk.walk.station().clone() else { return };
    let Some(chosen) = pen.kiosk.walk.service(&key).cloned() else { return };
    let heading = chosen.name.in_language(kit.language).to_owned();
    let below = pen.say("kiosk-booking-required");
    let frame =
        ScreenFrame { below, ways: WaysOut::BackAndHome, ..ScreenFrame::new(KioskScreen::CouldNotBook, heading) };
    let (caption, could_not, why) =
        (pen.say("kiosk-book-here"), pen.say("kiosk-could-not-book"), pen.say("kiosk-could-not-book-below"));
    let page = pen.kiosk.booking_page();
    let qr = pen.qr(&page, kit.measure.unit(if kit.measure.is_portrait() { 400.0 } else { 300.0 }));
    let documents = |heading: &mut ChildSpawnerCommands| {
        // Lying, there is no height for them: neither under the heading nor beside the code.
        if kit.measure.is_portrait() {
            service::draw_documents(&kit, &chosen, Token::Mist, heading);
        }
    };
    frame::draw_with(&mut pen.commands, &kit, &top, &frame, documents, |content| {
        refused::draw_booking_page(&kit, qr, &caption, content);
        content.spawn((
            widgets::button(&kit, ButtonLook::Secondary, "could-not-book", &could_not),
            Meaning(Press::CouldNotBook),
        ));
        content.spawn(kit.words(kit.small(), Weight::Regular, Token::Slate, &why));
    });
}
