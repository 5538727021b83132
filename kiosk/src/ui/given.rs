//! The number: large, with what happens next, and what became of its paper (PROM-11).

use bevy::prelude::*;
use panel::{
    kit::{Kit, Weight},
    picture,
    theme::Token,
    widgets::{self, ButtonLook},
};
use walk::{KioskScreen, PlaceInLine, Press, PrintState, Station, place};
use wire::{Standing, TicketAnswer};

use crate::ui::{
    frame::{self, ScreenFrame},
    meaning::Meaning,
    pen::{Pen, QrPicture},
    screen_state::ScreenState,
};

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(ScreenState(KioskScreen::Given)), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let Station::Given { ticket, standing, again, print, .. } = pen.kiosk.walk.station().clone() else { return };
    let heading = match print {
        PrintState::NotPrinted => pen.say_with("kiosk-not-printed", "number", ticket.number.clone()),
        PrintState::Printing | PrintState::Printed => greeting(&pen, &ticket, standing, again),
    };
    let frame = ScreenFrame::new(KioskScreen::Given, heading);
    let side = kit.measure.unit(if kit.measure.is_portrait() { 300.0 } else { 270.0 });
    let qr = if print == PrintState::NotPrinted { pen.qr(&ticket.page, side) } else { None };
    let tick = pen.images.add(picture::tick(kit.title() as u32, Token::Well));
    let facts = facts(&pen, &ticket, standing);
    let (label, printing, printed) = (pen.say("kiosk-number"), pen.say("kiosk-printing"), pen.say("kiosk-printed"));
    let (scan, noted, done) = (pen.say("kiosk-scan-page"), pen.say("kiosk-noted"), pen.say("kiosk-done"));
    frame::draw(&mut pen.commands, &kit, &top, &frame, |content| {
        draw_number(&kit, &label, &ticket.number, content);
        match print {
            PrintState::Printing | PrintState::Printed => {
                let size = if kit.measure.is_portrait() { kit.strong() } else { kit.body() };
                draw_facts(&kit, size, &facts, content);
            }
            PrintState::NotPrinted => draw_as_on_paper(&kit, &facts, qr, &scan, content),
        }
        content.spawn(widgets::spring());
        match print {
            PrintState::Printing => {
                content.spawn(kit.words(kit.strong(), Weight::Bold, Token::Blue, &printing));
            }
            PrintState::Printed => {
                let portrait = kit.measure.is_portrait();
                let end = Node {
                    flex_direction: if portrait { FlexDirection::Column } else { FlexDirection::Row },
                    justify_content: JustifyContent::SpaceBetween,
                    align_items: if portrait { AlignItems::Stretch } else { AlignItems::Center },
                    column_gap: px(kit.gap()),
                    row_gap: px(kit.gap()),
                    flex_shrink: 0.0,
                    ..default()
                };
                content.spawn(end).with_children(|end| {
                    let row = Node { align_items: AlignItems::Center, column_gap: px(kit.gap()), ..default() };
                    end.spawn(row).with_children(|row| {
                        row.spawn(widgets::picture(tick, kit.title()));
                        row.spawn(kit.words(kit.strong(), Weight::Bold, Token::Well, &printed));
                    });
                    end.spawn((widgets::wide_button(&kit, ButtonLook::Primary, "done", &done), Meaning(Press::Noted)));
                });
            }
            PrintState::NotPrinted => {
                content
                    .spawn((widgets::wide_button(&kit, ButtonLook::Primary, "noted", &noted), Meaning(Press::Noted)));
            }
        }
    });
}

fn greeting(pen: &Pen, ticket: &TicketAnswer, standing: Option<Standing>, again: bool) -> String {
    let number = || ticket.number.clone();
    let booked = ticket.booked_for.map(|at| phrases::clock_time(at, pen.kiosk.zone(), pen.kiosk.walk.language()));
    match (standing, booked) {
        (None, _) => pen.say_with("kiosk-walk-in", "number", number()),
        (Some(Standing::Early), Some(time)) => pen.say_with("kiosk-early", "time", time),
        (Some(Standing::LateInGaps), _) => pen.say("kiosk-late-in-gaps"),
        (Some(Standing::LateEndOfDay), _) => pen.say("kiosk-late-end-of-day"),
        (Some(Standing::Early | Standing::InTime), _) if again => pen.say_with("kiosk-again", "number", number()),
        (Some(Standing::Early | Standing::InTime), _) => pen.say_with("kiosk-checked-in", "number", number()),
    }
}

/// What belongs to the number, a line each.
fn facts(pen: &Pen, ticket: &TicketAnswer, standing: Option<Standing>) -> Vec<String> {
    let language = pen.kiosk.walk.language();
    let time = |at| phrases::clock_time(at, pen.kiosk.zone(), language);
    let mut facts = vec![ticket.service.in_language(language).to_owned()];
    match PlaceInLine::of(ticket, standing) {
        // The heading has said when the appointment is.
        PlaceInLine::AtAbout(at) => facts.push(pen.say_with("kiosk-call-about", "time", time(at))),
        PlaceInLine::AfterAll => facts.push(pen.say("kiosk-call-after-all")),
        PlaceInLine::Unknown => {
            facts
                .extend(place::promised(ticket, standing).map(|at| pen.say_with("kiosk-booked-for", "time", time(at))));
            facts.push(pen.say("kiosk-place-unknown"));
        }
        PlaceInLine::InLine { ahead, wait } => {
            facts
                .extend(place::promised(ticket, standing).map(|at| pen.say_with("kiosk-booked-for", "time", time(at))));
            facts.push(phrases::say_with(language, "kiosk-ahead", &[("count", ahead.into())]));
            facts.extend(wait.map(|wait| phrases::say_wait(language, "kiosk-expected", wait)));
        }
    }
    facts.push(ticket.wait_where.in_language(language).to_owned());
    facts.retain(|fact| !fact.is_empty());
    facts
}

fn draw_number(kit: &Kit, label: &str, number: &str, content: &mut ChildSpawnerCommands) {
    let portrait = kit.measure.is_portrait();
    // Lying, height is what is short.
    let card = Node {
        flex_direction: if portrait { FlexDirection::Column } else { FlexDirection::Row },
        justify_content: if portrait { JustifyContent::Center } else { JustifyContent::SpaceBetween },
        align_items: AlignItems::Center,
        column_gap: px(kit.gap()),
        padding: UiRect::axes(px(kit.gap()), px(kit.gap() * 1.2)),
        row_gap: px(kit.gap() * 0.4),
        border_radius: kit.corner(),
        flex_shrink: 0.0,
        ..default()
    };
    content.spawn((
        Name::new("number"),
        card,
        BackgroundColor(Token::Blue.colour()),
        children![
            kit.line(kit.strong(), Weight::Regular, Token::OnBlueSecond, label),
            kit.digits(if portrait { kit.number() } else { kit.number() * 0.82 }, Token::OnBlue, number),
        ],
    ));
}

fn draw_facts(kit: &Kit, size: f32, facts: &[String], content: &mut ChildSpawnerCommands) {
    let list = Node { flex_direction: FlexDirection::Column, row_gap: px(kit.gap() * 0.5), ..default() };
    content.spawn((Name::new("facts"), list)).with_children(|list| draw_lines(kit, size, facts, list));
}

fn draw_lines(kit: &Kit, size: f32, facts: &[String], list: &mut ChildSpawnerCommands) {
    for (n, fact) in facts.iter().enumerate() {
        let weight = if n == 0 { Weight::Bold } else { Weight::Regular };
        list.spawn(kit.words(size, weight, Token::Ink, fact));
    }
}

/// All that the paper would have said, and the code of the citizen's own page, which is as good as a ticket.
fn draw_as_on_paper(
    kit: &Kit,
    facts: &[String],
    qr: Option<QrPicture>,
    scan: &str,
    content: &mut ChildSpawnerCommands,
) {
    let portrait = kit.measure.is_portrait();
    if portrait {
        draw_facts(kit, kit.body(), facts, content);
    }
    let row = Node { align_items: AlignItems::Center, column_gap: px(kit.gap()), flex_shrink: 0.0, ..default() };
    content.spawn(row).with_children(|row| {
        if let Some(qr) = qr {
            row.spawn((Name::new("page-code"), widgets::picture(qr.image, qr.side)));
        }
        let text = Node {
            flex_grow: 1.0,
            flex_basis: px(0),
            flex_direction: FlexDirection::Column,
            row_gap: px(kit.gap() * 0.3),
            ..default()
        };
        row.spawn(text).with_children(|text| {
            // Lying, they stand beside the code: there is no height for them above it.
            if !portrait {
                draw_lines(kit, kit.small(), facts, text);
            }
            let size = if portrait { kit.body() } else { kit.small() };
            text.spawn(kit.words(size, Weight::Regular, Token::Slate, scan));
        });
    });
}
