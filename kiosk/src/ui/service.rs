//! A service, before a number is taken: what to bring, how long it takes, and how long the wait is.

use bevy::prelude::*;
use panel::{
    kit::{Kit, Weight},
    theme::Token,
    widgets::{self, ButtonLook},
};
use walk::{KioskScreen, Press, Station};
use wire::{KioskDocument, KioskService};

use crate::ui::{
    frame::{self, ScreenFrame, WaysOut},
    meaning::Meaning,
    pen::Pen,
    screen_state::ScreenState,
};

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(ScreenState(KioskScreen::Service)), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let Station::Service { key } = pen.kiosk.walk.station().clone() else { return };
    let Some(service) = pen.kiosk.walk.service(&key).cloned() else { return };
    let below = match service.expected_wait {
        Some(wait) => phrases::say_wait(kit.language, "kiosk-gaps", wait),
        None => pen.say("kiosk-gaps-unknown"),
    };
    let heading = service.name.in_language(kit.language).to_owned();
    let frame = ScreenFrame { below, ways: WaysOut::BackAndHome, ..ScreenFrame::new(KioskScreen::Service, heading) };
    let take = pen.say("kiosk-take-number");
    frame::draw(&mut pen.commands, &kit, &top, &frame, |content| {
        draw_documents(&kit, &service, Token::Mist, content);
        let time = phrases::duration(kit.language, service.planned_minutes);
        let takes = phrases::say_with(kit.language, "kiosk-takes", &[("time", time.into())]);
        content.spawn(kit.words(kit.body(), Weight::Regular, Token::Ink, &takes));
        content.spawn(widgets::spring());
        content
            .spawn((widgets::wide_button(&kit, ButtonLook::Primary, "take-number", &take), Meaning(Press::TakeNumber)));
    });
}

/// What to bring.
pub fn draw_documents(kit: &Kit, service: &KioskService, ground: Token, content: &mut ChildSpawnerCommands) {
    content.spawn((Name::new("documents"), widgets::card(kit, ground))).with_children(|card| {
        if service.documents.is_empty() {
            let nothing = phrases::say(kit.language, "kiosk-bring-nothing");
            card.spawn(kit.words(kit.body(), Weight::Regular, Token::Ink, &nothing));
            return;
        }
        let title = phrases::say(kit.language, "kiosk-bring");
        card.spawn(kit.words(kit.strong(), Weight::Bold, Token::Blue, &title));
        for document in &service.documents {
            let row = Node { column_gap: px(kit.gap() * 0.7), ..default() };
            card.spawn(row).with_children(|row| {
                row.spawn(kit.line(kit.body(), Weight::Bold, Token::Blue, "•"));
                let place = Node { flex_grow: 1.0, flex_basis: px(0), ..default() };
                row.spawn((
                    place,
                    children![kit.words(kit.body(), Weight::Regular, Token::Ink, &written(kit, document))],
                ));
            });
        }
    });
}

fn written(kit: &Kit, document: &KioskDocument) -> String {
    let mut notes = Vec::new();
    if document.copy {
        notes.push(phrases::say(kit.language, "kiosk-document-copy"));
    }
    if document.count > 1 {
        notes.push(phrases::say_with(kit.language, "kiosk-document-count", &[("count", document.count.into())]));
    }
    let name = document.name.in_language(kit.language);
    if notes.is_empty() { name.to_owned() } else { format!("{name} ({})", notes.join(", ")) }
}
