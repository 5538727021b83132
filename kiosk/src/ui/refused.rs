//! No, and what to do next: a sentence, and the button or the code that belongs to it.

use bevy::prelude::*;
use panel::{
    kit::{Kit, Weight},
    theme::Token,
    widgets::{self, Look},
};

use super::{
    Code, Does, Pen,
    frame::{self, Frame, Ways},
};
use crate::{
    sentence::{self, Next},
    walk::{At, Press, Screen},
};

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Refused), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let At::Refused { code, about, retry } = pen.kiosk.walk.at().clone() else { return };
    let heading = sentence::refusal(code, about, pen.kiosk.hub_now(), pen.kiosk.zone(), kit.language);
    let next = if retry.is_some() { Next::TryAgain } else { sentence::next(code) };
    let alone = next == Next::Reception;
    let frame = Frame { screen: Screen::Refused, heading, below: String::new(), ways: Ways::Home, pages: None, alone };
    let (again, instead, caption) =
        (pen.say("kiosk-try-again"), pen.say("kiosk-no-booking"), pen.say("kiosk-book-here"));
    let page = pen.kiosk.booking_page();
    let qr = if next == Next::BookByPhone { pen.qr(&page, kit.measure.unit(400.0)) } else { None };
    frame::draw(&mut pen.commands, &kit, &top, &frame, |content| {
        content.spawn(widgets::spring());
        match next {
            Next::CodeAgain => {
                content
                    .spawn((widgets::wide_button(&kit, Look::Primary, "try-again", &again), Does(Press::HaveBooking)));
                content.spawn((
                    widgets::wide_button(&kit, Look::Secondary, "no-booking", &instead),
                    Does(Press::NoBooking),
                ));
            }
            Next::TryAgain if retry.is_some() => {
                content.spawn((widgets::wide_button(&kit, Look::Primary, "try-again", &again), Does(Press::TryAgain)));
            }
            Next::NumberInstead => {
                content
                    .spawn((widgets::wide_button(&kit, Look::Primary, "no-booking", &instead), Does(Press::NoBooking)));
            }
            Next::BookByPhone => draw_booking_page(&kit, qr, &caption, content),
            Next::TryAgain | Next::Reception => {}
        }
    });
}

/// The page on which one books, for a telephone.
pub fn draw_booking_page(kit: &Kit, qr: Option<Code>, caption: &str, content: &mut ChildSpawnerCommands) {
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
