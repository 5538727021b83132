//! The number: large, with what happens next, and what became of its paper (PROM-11).

use bevy::prelude::*;
use panel::{
    kit::{Kit, Weight},
    picture,
    theme::Token,
    widgets::{self, Look},
    words,
};
use wire::{Standing, TicketAnswer};

use super::{
    Code, Does, Pen,
    frame::{self, Frame, Ways},
};
use crate::walk::{At, Paper, Press, Screen};

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Given), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let At::Given { ticket, standing, again, paper, .. } = pen.kiosk.walk.at().clone() else { return };
    let heading = match paper {
        Paper::NotPrinted => pen.say_with("kiosk-not-printed", "number", ticket.number.clone()),
        Paper::Printing | Paper::Printed => greeting(&pen, &ticket, standing, again),
    };
    let frame =
        Frame { screen: Screen::Given, heading, below: String::new(), ways: Ways::None, pages: None, alone: false };
    let side = kit.measure.unit(if kit.measure.is_portrait() { 460.0 } else { 270.0 });
    let qr = if paper == Paper::NotPrinted { pen.qr(&ticket.page, side) } else { None };
    let tick = pen.images.add(picture::tick(kit.title() as u32, Token::Well));
    let facts = facts(&pen, &ticket);
    let (label, printing, printed) = (pen.say("kiosk-number"), pen.say("kiosk-printing"), pen.say("kiosk-printed"));
    let (scan, noted, done) = (pen.say("kiosk-scan-page"), pen.say("kiosk-noted"), pen.say("kiosk-done"));
    frame::draw(&mut pen.commands, &kit, &top, &frame, |content| {
        draw_number(&kit, &label, &ticket.number, content);
        match paper {
            Paper::Printing | Paper::Printed => draw_facts(&kit, &facts, content),
            Paper::NotPrinted => draw_page(&kit, qr, &scan, content),
        }
        content.spawn(widgets::spring());
        match paper {
            Paper::Printing => {
                content.spawn(kit.words(kit.strong(), Weight::Bold, Token::Blue, &printing));
            }
            Paper::Printed => {
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
                    end.spawn((widgets::wide_button(&kit, Look::Primary, "done", &done), Does(Press::Noted)));
                });
            }
            Paper::NotPrinted => {
                content.spawn((widgets::wide_button(&kit, Look::Primary, "noted", &noted), Does(Press::Noted)));
            }
        }
    });
}

fn greeting(pen: &Pen, ticket: &TicketAnswer, standing: Option<Standing>, again: bool) -> String {
    let number = || ticket.number.clone();
    let booked = ticket.booked_for.map(|at| words::clock_time(at, pen.kiosk.zone()));
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
fn facts(pen: &Pen, ticket: &TicketAnswer) -> Vec<String> {
    let language = pen.kiosk.walk.language();
    let mut facts = vec![ticket.service.in_language(language).to_owned()];
    if let Some(at) = ticket.booked_for {
        facts.push(pen.say_with("kiosk-booked-for", "time", words::clock_time(at, pen.kiosk.zone())));
    }
    facts.push(words::say_with(language, "kiosk-ahead", &[("count", ticket.people_ahead.into())]));
    if let Some(wait) = ticket.expected_wait {
        facts.push(words::say_wait(language, "kiosk-expected", wait));
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

fn draw_facts(kit: &Kit, facts: &[String], content: &mut ChildSpawnerCommands) {
    let list = Node { flex_direction: FlexDirection::Column, row_gap: px(kit.gap() * 0.5), ..default() };
    content.spawn((Name::new("facts"), list)).with_children(|list| {
        for (n, fact) in facts.iter().enumerate() {
            let weight = if n == 0 { Weight::Bold } else { Weight::Regular };
            let size = if kit.measure.is_portrait() { kit.strong() } else { kit.body() };
            list.spawn(kit.words(size, weight, Token::Ink, fact));
        }
    });
}

fn draw_page(kit: &Kit, qr: Option<Code>, scan: &str, content: &mut ChildSpawnerCommands) {
    let Some(qr) = qr else { return };
    let portrait = kit.measure.is_portrait();
    let row = Node {
        flex_direction: if portrait { FlexDirection::Column } else { FlexDirection::Row },
        align_items: AlignItems::Center,
        column_gap: px(kit.gap()),
        row_gap: px(kit.gap() * 0.5),
        ..default()
    };
    content.spawn(row).with_children(|row| {
        row.spawn((Name::new("page-code"), widgets::picture(qr.image, qr.side)));
        let text = Node { flex_shrink: 1.0, max_width: percent(if portrait { 100 } else { 60 }), ..default() };
        row.spawn((text, children![kit.centred(kit.body(), Weight::Regular, Token::Ink, scan)]));
    });
}
