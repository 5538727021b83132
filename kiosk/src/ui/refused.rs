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
    let colour = if sentence::is_only_elsewhere(code) { Token::Blue } else { Token::Alarm };
    // Where there is nothing to be done here, one large button ends it.
    let ends = retry.is_none() && matches!(next, Next::Reception | Next::TryAgain);
    let ways = if ends { Ways::None } else { Ways::Home };
    let frame = Frame { ways, colour, ..Frame::new(Screen::Refused, heading) };
    let (again, instead) = (pen.say("kiosk-try-again"), pen.say("kiosk-number-instead"));
    let (caption, done) = (pen.say("kiosk-book-here"), pen.say("kiosk-done"));
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
            Next::TryAgain | Next::Reception => {
                content.spawn((widgets::wide_button(&kit, Look::Primary, "done", &done), Does(Press::Noted)));
            }
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
