//! No, and what to do next: a sentence, and the button or the code that belongs to it.

use bevy::prelude::*;
use panel::{
    kit::{Kit, Weight},
    theme::Token,
    widgets::{self, ButtonLook},
};
use walk::{
    KioskScreen, Press, Station,
    refusal::{self, Remedy},
};

use crate::ui::{
    frame::{self, ScreenFrame, WaysOut},
    meaning::Meaning,
    pen::{Pen, QrPicture},
    screen_state::ScreenState,
};

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(ScreenState(KioskScreen::Refused)), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let Station::Refused { code, about, retry } = pen.kiosk.walk.station().clone() else { return };
    let heading = refusal::sentence(code, about, pen.kiosk.hub_now(), pen.kiosk.zone(), kit.language);
    let remedy = if retry.is_some() { Remedy::TryAgain } else { refusal::remedy(code) };
    let colour = if refusal::is_only_elsewhere(code) { Token::Blue } else { Token::Alarm };
    // Where there is nothing to be done here, one large button ends it.
    let ends = retry.is_none() && matches!(remedy, Remedy::Reception | Remedy::TryAgain);
    let ways = if ends { WaysOut::None } else { WaysOut::Home };
    let frame = ScreenFrame { ways, colour, ..ScreenFrame::new(KioskScreen::Refused, heading) };
    let (again, instead) = (pen.say("kiosk-try-again"), pen.say("kiosk-number-instead"));
    let (caption, done) = (pen.say("kiosk-book-here"), pen.say("kiosk-done"));
    let page = pen.kiosk.booking_page();
    let qr = if remedy == Remedy::BookByPhone { pen.qr(&page, kit.measure.unit(400.0)) } else { None };
    frame::draw(&mut pen.commands, &kit, &top, &frame, |content| {
        content.spawn(widgets::spring());
        match remedy {
            Remedy::CodeAgain => {
                content.spawn((
                    widgets::wide_button(&kit, ButtonLook::Primary, "try-again", &again),
                    Meaning(Press::HaveBooking),
                ));
                content.spawn((
                    widgets::wide_button(&kit, ButtonLook::Secondary, "no-booking", &instead),
                    Meaning(Press::NoBooking),
                ));
            }
            Remedy::TryAgain if retry.is_some() => {
                content.spawn((
                    widgets::wide_button(&kit, ButtonLook::Primary, "try-again", &again),
                    Meaning(Press::TryAgain),
                ));
            }
            Remedy::NumberInstead => {
                content.spawn((
                    widgets::wide_button(&kit, ButtonLook::Primary, "no-booking", &instead),
                    Meaning(Press::NoBooking),
                ));
            }
            Remedy::BookByPhone => draw_booking_page(&kit, qr, &caption, content),
            Remedy::TryAgain | Remedy::Reception => {
                content.spawn((widgets::wide_button(&kit, ButtonLook::Primary, "done", &done), Meaning(Press::Noted)));
            }
        }
    });
}

/// The page on which one books, for a telephone.
pub fn draw_booking_page(kit: &Kit, qr: Option<QrPicture>, caption: &str, content: &mut ChildSpawnerCommands) {
    let Some(qr) = qr else { return };
    let place = Node {
        flex_grow: 1.0,
        flex_direction: FlexDirection::Column,
        justify_content: JustifyContent::Center,
        align_items: AlignItems::Center,
        row_gap: px(kit.gap()),
        ..default()
    };
    content.spawn(place).with_children(|place| {
        place.spawn((Name::new("booking-page"), widgets::picture(qr.image, qr.side)));
        place.spawn(kit.centred(kit.body(), Weight::Regular, Token::Ink, caption));
    });
}
