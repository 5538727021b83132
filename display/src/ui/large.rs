//! The large area: the newest call, or the one sentence that the room needs instead.

use bevy::prelude::*;
use board::{CallRow, LargeArea};
use link::{Estrangement, ThreeWords};
use panel::{kit::Weight, theme::Token, widgets};

use crate::ui::brush::Brush;

/// The ground that a new call lights.
#[derive(Component)]
pub struct LargeGround;

/// A number longer than this is written smaller.
const USUAL_CHARACTERS: f32 = 4.0;

pub fn draw(brush: &Brush, root: &mut ChildSpawnerCommands) {
    let say = |id: &str| phrases::say(brush.language(), id);
    let say_time = |id: &str, time: &str| phrases::say_with(brush.language(), id, &[("time", time.to_owned().into())]);
    let own = |words: &wire::Words| words.in_language(brush.language()).to_owned();
    match &brush.picture.large {
        LargeArea::Call(call) => draw_call(brush, call, root),
        LargeArea::Starting => draw_sentence(brush, root, Token::Page, Token::Blue, "", &say("panel-pairing-wait")),
        LargeArea::Quiet => {
            let (title, below) = (say("display-please-wait"), say("display-please-wait-below"));
            draw_sentence(brush, root, Token::Page, Token::Blue, &title, &below);
        }
        LargeArea::Lost(since) => {
            let (title, below) = (say_time("panel-stale", &own(since)), say("display-stale-below"));
            draw_sentence(brush, root, Token::Alarm, Token::OnBlue, &title, &below);
        }
        LargeArea::Estranged(why) => {
            let id = match why {
                Estrangement::AnotherHub => "panel-another-hub",
                Estrangement::UnknownHere => "panel-unknown-here",
            };
            let (title, below) = (say(id), say(&format!("{id}-below")));
            draw_sentence(brush, root, Token::Alarm, Token::OnBlue, &title, &below);
        }
        LargeArea::Pairing { code, words } => draw_pairing(brush, code, *words, root),
        LargeArea::Closed { opens, because } => {
            let opens = opens.as_ref().map(|at| say_time("display-closed-below", &own(at)));
            let below = lines([because.as_ref().map(own), opens, None]);
            draw_sentence(brush, root, Token::Page, Token::Blue, &say("display-closed"), &below);
        }
        LargeArea::Suspended { until, because } => {
            let until = until.as_ref().map(|at| say_time("display-suspended-below", &own(at)));
            // Only new numbers stop; whoever sits here with one must not go home.
            let below = lines([because.as_ref().map(own), until, Some(say("display-suspended-wait"))]);
            draw_sentence(brush, root, Token::AlarmPage, Token::Alarm, &say("display-suspended"), &below);
        }
    }
}

/// Those that say something, a line each.
fn lines(lines: [Option<String>; 3]) -> String {
    lines.into_iter().flatten().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn area(brush: &Brush) -> Node {
    Node {
        height: px(brush.layout.large),
        // Where no lists are drawn below, it is all there is.
        flex_grow: if brush.has_lists() { 0.0 } else { 1.0 },
        flex_shrink: 0.0,
        padding: UiRect::horizontal(px(brush.layout.margin)),
        justify_content: JustifyContent::Center,
        align_items: AlignItems::Center,
        ..default()
    }
}

fn draw_call(brush: &Brush, call: &CallRow, root: &mut ChildSpawnerCommands) {
    let Brush { kit, layout, .. } = brush;
    let portrait = kit.measure.is_portrait();
    let (direction, place) = if portrait {
        (FlexDirection::Column, JustifyContent::Center)
    } else {
        (FlexDirection::Row, JustifyContent::SpaceEvenly)
    };
    let area =
        Node { flex_direction: direction, justify_content: place, row_gap: px(layout.margin * 0.2), ..area(brush) };
    root.spawn((Name::new("call"), LargeGround, area, brush.grounds.of(Token::Page))).with_children(|area| {
        area.spawn(column()).with_children(|column| {
            let shrink = (USUAL_CHARACTERS / call.number.chars().count().max(1) as f32).min(1.0);
            column.spawn(kit.digits(layout.number * shrink, Token::Blue, &call.number));
            if let Some(below) = below_number(brush, call) {
                column.spawn(kit.line(layout.second, Weight::Regular, Token::Ink, &below));
            }
        });
        let arrow = call.desk.arrow;
        let desk = |area: &mut ChildSpawnerCommands| {
            area.spawn(column()).with_children(|column| {
                let word = call.desk.word.in_language(brush.language());
                column.spawn(kit.line(layout.desk_word, Weight::Bold, Token::Ink, word));
                let number = call.desk.number.to_string();
                column.spawn(kit.digits(layout.desk, Token::Ink, &number));
            });
        };
        let row = Node { align_items: AlignItems::Center, column_gap: px(layout.margin * 1.6), ..default() };
        area.spawn(row).with_children(|row| {
            if let Some(arrow) = arrow {
                row.spawn(widgets::picture(brush.arrows.large(arrow), layout.arrow));
            }
            desk(row);
        });
    });
}

fn below_number(brush: &Brush, call: &CallRow) -> Option<String> {
    if call.recall {
        return Some(phrases::say(brush.language(), "display-recall"));
    }
    let time = call.booked.as_ref()?.in_language(brush.language()).to_owned();
    Some(phrases::say_with(brush.language(), "display-booked", &[("time", time.into())]))
}

fn column() -> Node {
    Node { flex_direction: FlexDirection::Column, align_items: AlignItems::Center, ..default() }
}

fn draw_sentence(
    brush: &Brush,
    root: &mut ChildSpawnerCommands,
    ground: Token,
    letters: Token,
    title: &str,
    below: &str,
) {
    let Brush { kit, layout, .. } = brush;
    let area = Node { flex_direction: FlexDirection::Column, row_gap: px(layout.margin * 0.4), ..area(brush) };
    root.spawn((Name::new("sentence"), area, brush.grounds.of(ground))).with_children(|area| {
        if !title.is_empty() {
            area.spawn(kit.centred(kit.measure.unit(104.0), Weight::Bold, letters, title));
        }
        let second = if letters == Token::OnBlue { Token::OnBlue } else { Token::Ink };
        if !below.is_empty() {
            area.spawn(kit.centred(kit.measure.unit(58.0), Weight::Regular, second, below));
        }
    });
}

fn draw_pairing(brush: &Brush, code: &str, words: ThreeWords, root: &mut ChildSpawnerCommands) {
    let Brush { kit, layout, .. } = brush;
    let area = Node { flex_direction: FlexDirection::Column, row_gap: px(layout.margin * 0.3), ..area(brush) };
    let say = |id| phrases::say(brush.language(), id);
    root.spawn((Name::new("pairing"), area, brush.grounds.of(Token::Page))).with_children(|area| {
        area.spawn(kit.centred(kit.measure.unit(58.0), Weight::Bold, Token::Ink, &say("panel-pairing-title")));
        area.spawn(kit.line(kit.measure.unit(160.0), Weight::Bold, Token::Blue, code));
        area.spawn(kit.centred(kit.measure.unit(46.0), Weight::Regular, Token::Slate, &say("panel-pairing-sentence")));
        let words = words.in_language(brush.language()).join(" · ");
        area.spawn(kit.centred(kit.measure.unit(72.0), Weight::Bold, Token::Ink, &words));
        area.spawn(kit.centred(kit.measure.unit(46.0), Weight::Regular, Token::Slate, &say("panel-pairing-words")));
    });
}
