//! How a screen stands together: the office above, what is read, what can be chosen, the ways out, and the bar in reach.

use bevy::prelude::*;
use panel::{
    kit::Weight,
    theme::Token,
    widgets::{self, ButtonLook},
};
use walk::face::{Choice, ChoiceLayout, KioskFace, StillThere};

use crate::ui::{brush::FaceBrush, choices, reading};

/// Which part of the height holds everything that is pressed, where it stands low.
const LOW_PERCENT: f32 = 44.0;

/// Draws a face.
pub fn draw(brush: &mut FaceBrush<'_>, face: &KioskFace, page: &mut ChildSpawnerCommands) {
    top(brush, face, page);
    if brush.low {
        low_body(brush, face, page);
    } else if brush.upright() {
        upright_body(brush, face, page);
    } else {
        lying_body(brush, face, page);
    }
    if !brush.low {
        ways(brush, face, page);
        bar(brush, face, page);
    }
    if let Some(asks) = &face.asks {
        question(brush, asks, page);
    }
}

fn top(brush: &mut FaceBrush<'_>, face: &KioskFace, page: &mut ChildSpawnerCommands) {
    let kit = brush.kit.clone();
    // As high as two lines of the name, which stands beside it.
    let emblem = brush.emblem((kit.body() * 2.2).round(), Token::OnBlue);
    let bar = Node {
        flex_shrink: 0.0,
        padding: UiRect::axes(px(kit.margin()), px(kit.gap() * 0.7)),
        column_gap: px(kit.gap() * 1.5),
        align_items: AlignItems::Center,
        ..default()
    };
    let office = Node { flex_grow: 1.0, flex_basis: px(0), ..default() };
    let name = kit.words(kit.body(), Weight::Bold, Token::OnBlue, &face.office);
    let clock = kit.line(kit.strong(), Weight::Bold, Token::OnBlue, &face.time);
    page.spawn((bar, BackgroundColor(kit.colour(Token::Blue)))).with_children(|bar| {
        if let Some(emblem) = emblem {
            bar.spawn(emblem);
        }
        bar.spawn((office, children![name]));
        if let Some(local) = &face.local {
            bar.spawn((Name::new("local"), kit.line(kit.small(), Weight::Bold, Token::OnBlue, &local.shown)));
        }
        bar.spawn((Name::new("clock"), clock));
    });
}

fn column(brush: &FaceBrush<'_>, grow: f32) -> Node {
    let kit = &brush.kit;
    Node {
        flex_grow: grow,
        flex_basis: px(0),
        min_height: px(0),
        min_width: px(0),
        flex_direction: FlexDirection::Column,
        row_gap: px(kit.gap() * 0.9),
        padding: UiRect::axes(px(kit.margin() * 0.85), px(kit.gap())),
        overflow: Overflow::clip(),
        ..default()
    }
}

/// Whether the choices fill the room that is left.
const fn fills(face: &KioskFace) -> bool {
    match face.layout {
        ChoiceLayout::Doors => !face.choices.is_empty(),
        ChoiceLayout::Rows | ChoiceLayout::Keys => true,
        ChoiceLayout::Foot => false,
    }
}

/// What is read besides the heading.
fn rest(brush: &mut FaceBrush<'_>, face: &KioskFace, side: f32, place: &mut ChildSpawnerCommands) {
    let kit = brush.kit.clone();
    reading::number(brush, face, place);
    reading::listed(&kit, face, place);
    reading::typed(&kit, face, place);
    if let Some(code) = &face.code {
        reading::code(brush, code, side, place);
    }
}

fn upright_body(brush: &mut FaceBrush<'_>, face: &KioskFace, page: &mut ChildSpawnerCommands) {
    let mut body = column(brush, 1.0);
    if face.alone {
        body.justify_content = JustifyContent::Center;
    }
    page.spawn(body).with_children(|body| {
        reading::heading(brush, face, body);
        // A number that has no paper needs its room.
        let side = brush.kit.measure.unit(if fills(face) || face.number.is_some() { 210.0 } else { 330.0 });
        if fills(face) && face.layout == ChoiceLayout::Doors {
            choices::draw(brush, face, body);
            rest(brush, face, side, body);
            return;
        }
        rest(brush, face, side, body);
        if !fills(face) {
            body.spawn(widgets::spring());
        }
        choices::draw(brush, face, body);
    });
}

/// Lying, what is read stands left and what is chosen right; where little is chosen, what is read has both halves.
fn lying_body(brush: &mut FaceBrush<'_>, face: &KioskFace, page: &mut ChildSpawnerCommands) {
    let body = Node { flex_grow: 1.0, flex_basis: px(0), min_height: px(0), ..default() };
    page.spawn(body).with_children(|body| {
        if face.alone {
            let node = Node { justify_content: JustifyContent::Center, ..column(brush, 1.0) };
            body.spawn(node).with_children(|place| reading::heading(brush, face, place));
            return;
        }
        let side = brush.kit.measure.unit(if fills(face) { 190.0 } else { 270.0 });
        let ground = BackgroundColor(brush.kit.colour(Token::Mist));
        body.spawn((column(brush, 1.0), ground)).with_children(|left| {
            reading::heading(brush, face, left);
            if fills(face) {
                rest(brush, face, side, left);
            } else if face.number.is_none() {
                facts_alone(brush, face, left);
            }
        });
        body.spawn(column(brush, 1.25)).with_children(|right| {
            if !fills(face) {
                right_rest(brush, face, side, right);
                right.spawn(widgets::spring());
            }
            choices::draw(brush, face, right);
        });
    });
}

/// What belongs to a service stands under its name.
fn facts_alone(brush: &mut FaceBrush<'_>, face: &KioskFace, place: &mut ChildSpawnerCommands) {
    let shown = KioskFace { number: None, listed: None, typed: None, code: None, ..face.clone() };
    reading::number(brush, &shown, place);
}

/// What stands right where little is chosen.
fn right_rest(brush: &mut FaceBrush<'_>, face: &KioskFace, side: f32, place: &mut ChildSpawnerCommands) {
    if face.number.is_some() {
        rest(brush, face, side, place);
        return;
    }
    let shown = KioskFace { facts: Vec::new(), next: None, scene: None, ..face.clone() };
    rest(brush, &shown, side, place);
}

/// Everything that is pressed stands in the lower part, and what is read above it.
fn low_body(brush: &mut FaceBrush<'_>, face: &KioskFace, page: &mut ChildSpawnerCommands) {
    let lying = !brush.upright();
    let upper =
        Node { flex_direction: if lying { FlexDirection::Row } else { FlexDirection::Column }, ..column(brush, 1.0) };
    page.spawn(upper).with_children(|upper| {
        let side = brush.kit.measure.unit(230.0);
        if !lying {
            reading::heading(brush, face, upper);
            rest(brush, face, side, upper);
            return;
        }
        let half = || Node {
            flex_grow: 1.0,
            flex_basis: px(0),
            flex_direction: FlexDirection::Column,
            row_gap: px(12),
            ..default()
        };
        upper.spawn(half()).with_children(|left| reading::heading(brush, face, left));
        upper.spawn(half()).with_children(|right| rest(brush, face, side, right));
    });
    let lower =
        Node { height: percent(LOW_PERCENT), flex_shrink: 0.0, flex_direction: FlexDirection::Column, ..default() };
    page.spawn((Name::new("lower"), lower)).with_children(|lower| {
        let place = column(brush, 1.0);
        lower.spawn(place).with_children(|place| {
            if !fills(face) {
                place.spawn(widgets::spring());
            }
            choices::draw(brush, face, place);
        });
        if lying {
            // There is no height for two rows: ways and bar stand in one.
            let both: Vec<Choice> = face.ways.iter().chain(&face.bar).cloned().collect();
            strip(brush, &both, lower);
        } else {
            ways(brush, face, lower);
            bar(brush, face, lower);
        }
    });
}

fn ways(brush: &mut FaceBrush<'_>, face: &KioskFace, page: &mut ChildSpawnerCommands) {
    if face.ways.is_empty() {
        return;
    }
    let kit = brush.kit.clone();
    // Upright, the ways of a list of several pages need two rows, and what page it is stands above them.
    let above = brush.upright();
    let in_a_row = if above && face.pages.is_some() { 2 } else { face.ways.len() };
    let place = Node {
        flex_shrink: 0.0,
        flex_direction: FlexDirection::Column,
        padding: UiRect::axes(px(kit.margin() * 0.6), px(kit.gap() * 0.45)),
        row_gap: px(kit.gap() * 0.5),
        border: UiRect::top(px(kit.measure.unit(2.0))),
        ..default()
    };
    let row = || Node { column_gap: px(kit.gap() * 0.7), align_items: AlignItems::Stretch, ..default() };
    page.spawn((place, BorderColor::all(kit.colour(Token::Line)))).with_children(|place| {
        if above {
            which_page(brush, face, place);
        }
        for ways in face.ways.chunks(in_a_row) {
            place.spawn(row()).with_children(|row| {
                for choice in ways {
                    way(brush, choice, row);
                }
                if !above {
                    which_page(brush, face, row);
                }
            });
        }
    });
}

/// Which of its pages a list stands at.
fn which_page(brush: &FaceBrush<'_>, face: &KioskFace, place: &mut ChildSpawnerCommands) {
    let Some((shown, pages)) = face.pages else { return };
    let kit = &brush.kit;
    let places = [("page", (shown + 1).into()), ("pages", pages.into())];
    let which = phrases::say_with(face.language, "kiosk-page", &places);
    let node =
        Node { flex_grow: 0.6, justify_content: JustifyContent::End, align_items: AlignItems::Center, ..default() };
    place.spawn(node).with_child(kit.line(kit.small(), Weight::Regular, Token::Slate, &which));
}

/// A way out: its sign and its word.
fn way(brush: &mut FaceBrush<'_>, choice: &Choice, row: &mut ChildSpawnerCommands) {
    let kit = brush.kit.clone();
    let node = Node {
        min_height: px(kit.target() * 0.86),
        flex_grow: 1.0,
        flex_basis: px(0),
        padding: UiRect::axes(px(kit.gap() * 0.5), px(kit.gap() * 0.2)),
        column_gap: px(kit.gap() * 0.4),
        justify_content: JustifyContent::Center,
        align_items: AlignItems::Center,
        ..default()
    };
    let token = choices::ink(choice, ButtonLook::Secondary);
    choices::spawn(brush, choice, ButtonLook::Secondary, node, row).with_children(|button| {
        if let Some(sign) = choice.sign {
            button.spawn(brush.sign(sign, kit.small() * 1.2, token));
        }
        let text = Node { flex_shrink: 1.0, ..default() };
        button.spawn(text).with_child(kit.centred(kit.small(), Weight::Bold, token, &choice.label.shown));
    });
}

fn bar(brush: &mut FaceBrush<'_>, face: &KioskFace, page: &mut ChildSpawnerCommands) {
    // Large letters have no room for all of them in one row upright.
    let rows = if brush.upright() && brush.kit.dress.large { 2 } else { 1 };
    for some in face.bar.chunks(face.bar.len().div_ceil(rows).max(1)) {
        strip(brush, some, page);
    }
}

/// A row of the bar: each has its sign above or beside its word, and what is on is filled and ticked.
fn strip(brush: &mut FaceBrush<'_>, choices: &[Choice], page: &mut ChildSpawnerCommands) {
    let kit = brush.kit.clone();
    let strip = Node {
        flex_shrink: 0.0,
        padding: UiRect::axes(px(kit.gap() * 0.6), px(kit.gap() * 0.45)),
        column_gap: px(kit.gap() * 0.5),
        ..default()
    };
    let many = choices.len() > 7;
    page.spawn((Name::new("bar"), strip, BackgroundColor(kit.colour(Token::Blue)))).with_children(|strip| {
        for choice in choices {
            bar_button(brush, choice, many, strip);
        }
    });
}

fn bar_button(brush: &mut FaceBrush<'_>, choice: &Choice, many: bool, strip: &mut ChildSpawnerCommands) {
    let kit = brush.kit.clone();
    let on = choice.on == Some(true);
    let look = if on { ButtonLook::Secondary } else { ButtonLook::OnBlue };
    let beside = !brush.upright() && !many;
    let node = Node {
        min_height: px(kit.target() * if beside { 0.86 } else { 1.05 }),
        flex_grow: 1.0,
        flex_basis: px(0),
        flex_direction: if beside { FlexDirection::Row } else { FlexDirection::Column },
        padding: UiRect::axes(px(2), px(kit.gap() * 0.15)),
        column_gap: px(kit.gap() * 0.4),
        justify_content: JustifyContent::Center,
        align_items: AlignItems::Center,
        ..default()
    };
    let token = look.tokens().0;
    let size = kit.small() * if kit.dress.large && many { 0.8 } else { 0.94 };
    choices::spawn(brush, choice, look, node, strip).with_children(|button| {
        let side = kit.small() * 1.25;
        let row = Node { column_gap: px(6), align_items: AlignItems::Center, ..default() };
        button.spawn(row).with_children(|row| {
            if let Some(sign) = choice.sign {
                row.spawn(brush.sign(sign, side, token));
            }
            if on {
                row.spawn(brush.sign(walk::face::Sign::Tick, side * 0.9, token));
            }
        });
        button.spawn(kit.line(size, Weight::Bold, token, &choice.label.shown));
    });
}

fn question(brush: &mut FaceBrush<'_>, asks: &StillThere, page: &mut ChildSpawnerCommands) {
    let kit = brush.kit.clone();
    let low = brush.low;
    let over = Node {
        position_type: PositionType::Absolute,
        width: percent(100),
        height: percent(100),
        padding: UiRect::all(px(kit.margin())),
        justify_content: JustifyContent::Center,
        align_items: if low { AlignItems::End } else { AlignItems::Center },
        ..default()
    };
    let veil = Color::srgba_u8(0x0B, 0x0C, 0x0C, 184);
    page.spawn((Name::new("still-there"), over, BackgroundColor(veil), GlobalZIndex(1))).with_children(|over| {
        let card = Node {
            // A width of its own: with a greatest width alone, a sentence that wraps is counted as one line.
            width: px(kit.measure.short() - 2.0 * kit.margin()),
            flex_direction: FlexDirection::Column,
            align_items: AlignItems::Stretch,
            padding: UiRect::all(px(kit.margin())),
            row_gap: px(kit.gap() * 1.4),
            border: UiRect::all(px(kit.measure.unit(4.0))),
            border_radius: kit.corner(),
            ..default()
        };
        let (ground, line) = (BackgroundColor(kit.colour(Token::Page)), BorderColor::all(kit.colour(Token::Blue)));
        over.spawn((card, ground, line)).with_children(|card| {
            card.spawn(kit.centred(kit.title(), Weight::Bold, Token::Blue, &asks.heading.shown));
            card.spawn(kit.centred(kit.body(), Weight::Regular, Token::Ink, &asks.below.shown));
            let node = Node {
                min_height: px(kit.target()),
                justify_content: JustifyContent::Center,
                align_items: AlignItems::Center,
                ..default()
            };
            let words = kit.centred(kit.strong(), Weight::Bold, Token::OnBlue, &asks.choice.label.shown);
            choices::spawn(brush, &asks.choice, ButtonLook::Primary, node, card).with_child(words);
        });
    });
}
