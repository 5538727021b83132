//! What can be chosen: great doors, lists, keys of a code, and buttons at the foot.

use bevy::prelude::*;
use panel::{
    kit::Weight,
    theme::Token,
    widgets::{self, ButtonLook},
};
use walk::face::{Choice, ChoiceLayout, Emphasis, KioskFace, Sign};

use crate::ui::{
    brush::FaceBrush,
    meaning::{ChoiceName, Meaning},
};

/// How many digits a code can have; they stand left of the letters, four times two.
const DIGITS: usize = 8;

/// Draws the choices of a face, without ways and bar.
pub fn draw(brush: &mut FaceBrush<'_>, face: &KioskFace, place: &mut ChildSpawnerCommands) {
    match face.layout {
        ChoiceLayout::Doors => doors(brush, &face.choices, place),
        ChoiceLayout::Rows => rows(brush, &face.choices, place),
        ChoiceLayout::Keys => keys(brush, &face.choices, place),
        ChoiceLayout::Foot => foot(brush, &face.choices, place),
    }
}

/// What every choice has, whatever is on it: a button where it can be pressed, a dim place where it cannot yet.
pub fn spawn<'a>(
    brush: &FaceBrush<'_>,
    choice: &Choice,
    look: ButtonLook,
    node: Node,
    place: &'a mut ChildSpawnerCommands<'_>,
) -> EntityCommands<'a> {
    let kit = &brush.kit;
    let name = ChoiceName(choice.name.clone());
    let mut entity = if choice.enabled {
        let button = widgets::pressable(kit, look, &choice.name, &choice.label.spoken, node);
        place.spawn((button, name, Meaning(choice.press.clone())))
    } else {
        let border = UiRect::all(px(kit.measure.unit(3.0)));
        let dead = Node { border, border_radius: kit.corner(), ..node };
        let line = BorderColor::all(kit.colour(Token::Line));
        place.spawn((Name::new(choice.name.clone()), name, dead, BackgroundColor(kit.colour(Token::Mist)), line))
    };
    if brush.focus.as_deref() == Some(choice.name.as_str()) {
        let (width, offset) = (px(kit.measure.unit(9.0)), px(kit.measure.unit(4.0)));
        entity.insert(Outline { width, offset, color: kit.colour(Token::Focus) });
    }
    entity
}

/// How a choice looks, by how much it stands out and whether it is on.
pub const fn look(choice: &Choice) -> ButtonLook {
    match (choice.on, choice.rank) {
        (Some(true), _) => ButtonLook::Primary,
        (Some(false), _) => ButtonLook::Secondary,
        (None, Emphasis::First) => ButtonLook::Primary,
        (None, Emphasis::Other | Emphasis::Quiet) => ButtonLook::Secondary,
    }
}

/// The colour of its words.
pub const fn ink(choice: &Choice, look: ButtonLook) -> Token {
    if choice.enabled { look.tokens().0 } else { Token::Dim }
}

fn doors(brush: &mut FaceBrush<'_>, choices: &[Choice], place: &mut ChildSpawnerCommands) {
    let beside = brush.low;
    let direction = if beside { FlexDirection::Row } else { FlexDirection::Column };
    let gap = px(brush.kit.gap());
    let all = Node { flex_grow: 1.0, flex_direction: direction, row_gap: gap, column_gap: gap, ..default() };
    place.spawn(all).with_children(|all| {
        for choice in choices {
            door(brush, choice, beside, all);
        }
    });
}

fn door(brush: &mut FaceBrush<'_>, choice: &Choice, beside: bool, place: &mut ChildSpawnerCommands) {
    let (kit, look) = (brush.kit.clone(), look(choice));
    let gap = kit.gap();
    let node = Node {
        flex_grow: 1.0,
        flex_basis: px(0),
        min_height: px(kit.target() * 1.6),
        padding: UiRect::axes(px(gap * if beside { 0.6 } else { 1.4 }), px(gap * 0.6)),
        flex_direction: if beside { FlexDirection::Column } else { FlexDirection::Row },
        justify_content: if beside { JustifyContent::Center } else { JustifyContent::Start },
        align_items: AlignItems::Center,
        column_gap: px(gap * 1.4),
        row_gap: px(gap * 0.4),
        ..default()
    };
    let side = if beside { kit.title() * 1.5 } else { kit.title() * 2.0 };
    let large = kit.dress.large;
    spawn(brush, choice, look, node, place).with_children(|door| {
        if let Some(sign) = choice.sign {
            door.spawn(brush.sign(sign, side, ink(choice, look)));
        }
        let text = Node {
            flex_direction: FlexDirection::Column,
            flex_grow: if beside { 0.0 } else { 1.0 },
            flex_basis: if beside { auto() } else { px(0) },
            max_width: percent(100),
            row_gap: px(gap * 0.25),
            ..default()
        };
        door.spawn(text).with_children(|text| {
            let size = if beside { kit.strong() } else { kit.title() * 0.9 };
            let words = |size, weight, token, words: &str| {
                if beside {
                    EitherWords::Centred(kit.centred(size, weight, token, words))
                } else {
                    EitherWords::Left(kit.words(size, weight, token, words))
                }
            };
            spawn_words(text, words(size, Weight::Bold, ink(choice, look), &choice.label.shown));
            let second = if look == ButtonLook::Primary { Token::OnBlueSecond } else { Token::Slate };
            if let Some(below) = choice.below.as_ref().filter(|_| !(beside && large)) {
                spawn_words(text, words(kit.small(), Weight::Regular, second, &below.shown));
            }
        });
    });
}

/// Words that stand left or in the middle.
enum EitherWords<L, C> {
    Left(L),
    Centred(C),
}

fn spawn_words<L: Bundle, C: Bundle>(place: &mut ChildSpawnerCommands, words: EitherWords<L, C>) {
    match words {
        EitherWords::Left(words) => place.spawn(words),
        EitherWords::Centred(words) => place.spawn(words),
    };
}

/// Rows, under the headings of their groups; where everything stands low, two beside one another.
fn rows(brush: &mut FaceBrush<'_>, choices: &[Choice], place: &mut ChildSpawnerCommands) {
    let gap = brush.kit.gap() * 0.7;
    let two = brush.low;
    let list = Node {
        flex_grow: 1.0,
        min_height: px(0),
        flex_direction: if two { FlexDirection::Row } else { FlexDirection::Column },
        flex_wrap: if two { FlexWrap::Wrap } else { FlexWrap::NoWrap },
        align_content: AlignContent::Stretch,
        row_gap: px(gap),
        column_gap: px(gap),
        ..default()
    };
    place.spawn(list).with_children(|list| {
        let mut group: Option<&String> = None;
        for choice in choices {
            if choice.group.is_some() && group != choice.group.as_ref() && !two {
                group = choice.group.as_ref();
                let (kit, words) = (&brush.kit, group.map(String::as_str).unwrap_or_default());
                let heading = kit.words(kit.small(), Weight::Bold, Token::Slate, words);
                list.spawn((Node { flex_shrink: 0.0, ..default() }, children![heading]));
            }
            row(brush, choice, two, list);
        }
    });
}

fn row(brush: &mut FaceBrush<'_>, choice: &Choice, two: bool, place: &mut ChildSpawnerCommands) {
    let (kit, look) = (brush.kit.clone(), look(choice));
    let node = Node {
        min_height: px(kit.target() * 0.82),
        max_height: px(kit.target() * 2.2),
        width: if two { percent(48) } else { auto() },
        flex_grow: 1.0,
        flex_shrink: 0.0,
        padding: UiRect::axes(px(kit.gap()), px(kit.gap() * 0.3)),
        column_gap: px(kit.gap()),
        align_items: AlignItems::Center,
        ..default()
    };
    let (side, large) = (kit.strong() * 1.5, kit.dress.large);
    spawn(brush, choice, look, node, place).with_children(|row| {
        if let Some(sign) = choice.sign {
            row.spawn(brush.sign(sign, side, ink(choice, look)));
        }
        let text = Node { flex_grow: 1.0, flex_basis: px(0), flex_direction: FlexDirection::Column, ..default() };
        row.spawn(text).with_children(|text| {
            let words = if look == ButtonLook::Primary { ink(choice, look) } else { Token::Ink };
            let words = if choice.enabled { words } else { Token::Dim };
            text.spawn(kit.words(kit.body(), Weight::Bold, words, &choice.label.shown));
            let second = if look == ButtonLook::Primary { Token::OnBlueSecond } else { Token::Slate };
            if let Some(below) = choice.below.as_ref().filter(|_| !(two && large)) {
                text.spawn(kit.words(kit.small(), Weight::Regular, second, &below.shown));
            }
        });
        if choice.on == Some(true) {
            // On is shown by a tick too, and not by the colour alone (K31).
            row.spawn(brush.sign(Sign::Tick, side, ink(choice, look)));
        }
    });
}

/// Digits left, letters right; where everything stands low, in three rows.
fn keys(brush: &mut FaceBrush<'_>, choices: &[Choice], place: &mut ChildSpawnerCommands) {
    let (keys, rest) = choices.split_at(choices.len().saturating_sub(2));
    let (digits, letters) = keys.split_at(DIGITS.min(keys.len()));
    let gap = brush.kit.gap() * 0.7;
    let column = Node { flex_grow: 1.0, flex_direction: FlexDirection::Column, row_gap: px(gap), ..default() };
    place.spawn(column).with_children(|column| {
        let line = || Node { flex_grow: 1.0, column_gap: px(gap), ..default() };
        if brush.low {
            let (first, second) = letters.split_at(letters.len() / 2);
            column.spawn(line()).with_children(|line| digits.iter().for_each(|choice| key(brush, choice, 1.0, line)));
            for (letters, last) in [(first, rest.first()), (second, rest.last())] {
                column.spawn(line()).with_children(|line| {
                    letters.iter().for_each(|choice| key(brush, choice, 1.0, line));
                    last.into_iter().for_each(|choice| key(brush, choice, 2.6, line));
                });
            }
            return;
        }
        for (digits, letters) in digits.chunks(2).zip(letters.chunks(3)) {
            column.spawn(line()).with_children(|line| {
                digits.iter().for_each(|choice| key(brush, choice, 1.0, line));
                // What parts digits from letters is more than what parts one key from another.
                line.spawn(Node { width: px(gap * 1.6), flex_shrink: 0.0, ..default() });
                letters.iter().for_each(|choice| key(brush, choice, 1.0, line));
            });
        }
        column.spawn(line()).with_children(|line| {
            for (choice, share) in rest.iter().zip([2.0, 3.0]) {
                key(brush, choice, share, line);
            }
        });
    });
}

fn key(brush: &FaceBrush<'_>, choice: &Choice, share: f32, place: &mut ChildSpawnerCommands) {
    let (kit, look) = (&brush.kit, look(choice));
    let node = Node {
        flex_grow: share,
        flex_basis: px(0),
        min_height: px(kit.measure.px(panel::measure::TARGET_MM)),
        max_height: px(kit.target() * 1.6),
        justify_content: JustifyContent::Center,
        align_items: AlignItems::Center,
        ..default()
    };
    let single = choice.label.shown.chars().count() == 1;
    let size = if single { kit.strong() * 1.2 } else { kit.strong() };
    let words = kit.line(size, Weight::Bold, ink(choice, look), &choice.label.shown);
    spawn(brush, choice, look, node, place).with_child(words);
}

/// Buttons under one another; where everything stands low, beside one another.
fn foot(brush: &mut FaceBrush<'_>, choices: &[Choice], place: &mut ChildSpawnerCommands) {
    if choices.is_empty() {
        return;
    }
    let gap = px(brush.kit.gap());
    let beside = brush.low || !brush.upright();
    let all = Node {
        flex_direction: if beside { FlexDirection::Row } else { FlexDirection::Column },
        flex_shrink: 0.0,
        row_gap: gap,
        column_gap: gap,
        ..default()
    };
    place.spawn(all).with_children(|all| {
        // Beside one another the one that most people want stands right, where the hand is.
        for choice in choices {
            foot_button(brush, choice, beside, all);
        }
    });
}

fn foot_button(brush: &mut FaceBrush<'_>, choice: &Choice, beside: bool, place: &mut ChildSpawnerCommands) {
    let (kit, look) = (brush.kit.clone(), look(choice));
    let first = choice.rank == Emphasis::First;
    let node = Node {
        min_height: px(kit.target() * if brush.upright() && first { 1.35 } else { 1.1 }),
        padding: UiRect::axes(px(kit.gap()), px(kit.gap() * 0.4)),
        justify_content: JustifyContent::Center,
        align_items: AlignItems::Center,
        column_gap: px(kit.gap() * 0.8),
        flex_grow: if beside { 1.0 } else { 0.0 },
        flex_basis: if beside { px(0) } else { auto() },
        flex_shrink: if beside { 1.0 } else { 0.0 },
        ..default()
    };
    let size = if first { kit.strong() * 1.1 } else { kit.strong() * 0.92 };
    spawn(brush, choice, look, node, place).with_children(|button| {
        if let Some(sign) = choice.sign {
            button.spawn(brush.sign(sign, size * 1.3, ink(choice, look)));
        }
        let text = Node { flex_direction: FlexDirection::Column, flex_shrink: 1.0, ..default() };
        button.spawn(text).with_children(|text| {
            text.spawn(kit.centred(size, Weight::Bold, ink(choice, look), &choice.label.shown));
            let second = if look == ButtonLook::Primary { Token::OnBlueSecond } else { Token::Slate };
            if let Some(below) = &choice.below {
                text.spawn(kit.centred(kit.small(), Weight::Regular, second, &below.shown));
            }
        });
    });
}
