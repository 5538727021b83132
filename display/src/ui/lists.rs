//! The two lists below: recent calls, and who is next.

use bevy::prelude::*;
use board::{CallRow, NextRow};
use panel::{kit::Weight, theme::Token, widgets};

use crate::ui::{
    brush::Brush,
    layout::{CALLS_SHARE, NEXT_SHARE},
};

pub fn draw(brush: &Brush, root: &mut ChildSpawnerCommands) {
    let Brush { kit, picture, .. } = brush;
    if !brush.has_lists() {
        return;
    }
    let direction = if kit.measure.is_portrait() { FlexDirection::Column } else { FlexDirection::Row };
    let lower = Node { flex_grow: 1.0, flex_basis: px(0), min_height: px(0), flex_direction: direction, ..default() };
    root.spawn(lower).with_children(|lower| {
        let title = if picture.stale { "display-known-calls" } else { "display-last-calls" };
        lower.spawn((Name::new("last-calls"), list(brush, CALLS_SHARE))).with_children(|list| {
            draw_title(brush, list, title, None);
            for call in &picture.calls {
                draw_call_row(brush, list, call);
            }
        });
        // Who would have been next is no longer known when the hub is lost.
        if picture.stale {
            return;
        }
        let line = Node {
            width: px(if kit.measure.is_portrait() { kit.measure.width } else { kit.measure.unit(3.0) }),
            height: if kit.measure.is_portrait() { px(kit.measure.unit(3.0)) } else { auto() },
            ..default()
        };
        lower.spawn((line, BackgroundColor(Token::Line.colour())));
        lower.spawn((Name::new("next"), list(brush, NEXT_SHARE))).with_children(|list| {
            draw_title(brush, list, "display-next", Some(picture.waiting));
            // Read like a text, row by row: whoever is sooner stands before.
            let columns = Node { flex_wrap: FlexWrap::Wrap, align_content: AlignContent::Start, ..default() };
            list.spawn(columns).with_children(|columns| {
                for next in &picture.upcoming {
                    draw_next(brush, columns, next);
                }
            });
        });
    });
}

fn list(brush: &Brush, grow: f32) -> Node {
    Node {
        flex_grow: grow,
        flex_basis: px(0),
        min_width: px(0),
        min_height: px(0),
        flex_direction: FlexDirection::Column,
        padding: UiRect::axes(px(brush.layout.margin), px(brush.layout.margin * 0.6)),
        overflow: Overflow::clip(),
        ..default()
    }
}

fn draw_title(brush: &Brush, list: &mut ChildSpawnerCommands, id: &str, waiting: Option<u32>) {
    let Brush { kit, layout, .. } = brush;
    let row = Node {
        column_gap: px(layout.margin * 0.5),
        align_items: AlignItems::Center,
        margin: UiRect::bottom(px(layout.margin * 0.3)),
        flex_shrink: 0.0,
        ..default()
    };
    list.spawn(row).with_children(|row| {
        row.spawn(kit.line(layout.title, Weight::Bold, Token::Slate, &phrases::say(brush.language(), id)));
        if let Some(count) = waiting {
            let waiting = phrases::say_with(brush.language(), "display-waiting", &[("count", count.into())]);
            row.spawn(widgets::spring());
            row.spawn(kit.line(layout.title * 0.8, Weight::Regular, Token::Slate, &waiting));
        }
    });
}

fn row(brush: &Brush) -> Node {
    Node { align_items: AlignItems::Center, column_gap: px(brush.layout.margin * 0.6), flex_shrink: 0.0, ..default() }
}

fn draw_call_row(brush: &Brush, list: &mut ChildSpawnerCommands, call: &CallRow) {
    let Brush { kit, layout, picture, .. } = brush;
    let (number, weight) = match (picture.stale, call.standing) {
        (false, true) => (Token::Blue, Weight::Bold),
        (false, false) => (Token::Slate, Weight::Bold),
        (true, _) => (Token::Slate, Weight::Regular),
    };
    let letters = if picture.stale { Token::Slate } else { Token::Ink };
    list.spawn((Name::new("call-row"), row(brush))).with_children(|row| {
        let place = Node { width: px(layout.column), flex_shrink: 0.0, ..default() };
        row.spawn((place, children![kit.line(layout.row, weight, number, &call.number)]));
        match call.desk.arrow {
            Some(arrow) => row.spawn(widgets::picture(brush.arrows.small(arrow, picture.stale), layout.row * 0.62)),
            None => row.spawn(Node { width: px(layout.row * 0.62), ..default() }),
        };
        let desk = format!("{} {}", call.desk.word.in_language(brush.language()), call.desk.number);
        row.spawn(kit.line(layout.row, Weight::Regular, letters, &desk));
    });
}

fn draw_next(brush: &Brush, columns: &mut ChildSpawnerCommands, next: &NextRow) {
    let Brush { kit, layout, .. } = brush;
    let place = Node { width: px(layout.column * next.columns as f32), ..row(brush) };
    columns.spawn((Name::new("next"), place)).with_children(|place| {
        let number = Node { width: px(layout.column - layout.margin * 0.6), flex_shrink: 0.0, ..default() };
        place.spawn((number, children![kit.line(layout.row, Weight::Bold, Token::Ink, &next.number)]));
        if let Some(time) = &next.booked {
            place.spawn(kit.line(layout.row * 0.9, Weight::Regular, Token::Slate, time.in_language(brush.language())));
        }
    });
}
