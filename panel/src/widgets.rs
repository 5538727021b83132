//! Buttons, cards, bars: functions that return bundles, coloured by token, each with a name by which tests press it.
//!
//! They act on release inside (WCAG 2.5.2), through `bevy_ui_widgets`, which keeps fingers apart; the engine's older
//! `Interaction` mixes them up.

use bevy::{prelude::*, ui::Pressed, ui_widgets::Button};

use crate::{
    kit::{Kit, Weight},
    theme::Token,
};

/// How a button looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ButtonLook {
    /// The one that most people want.
    Primary,
    /// Another way.
    Secondary,
    /// On a blue bar.
    OnBlue,
}

impl ButtonLook {
    /// Fonts, ground, ground while pressed, and border.
    #[must_use]
    pub const fn tokens(self) -> (Token, Token, Token, Token) {
        match self {
            Self::Primary => (Token::OnBlue, Token::Blue, Token::BluePressed, Token::Blue),
            Self::Secondary => (Token::Blue, Token::Page, Token::Mist, Token::Blue),
            Self::OnBlue => (Token::OnBlue, Token::Blue, Token::BluePressed, Token::OnBlue),
        }
    }
}

/// The two grounds of something that can be pressed.
#[derive(Component, Debug, Clone, Copy)]
pub struct Ground {
    /// At rest.
    pub rest: Color,
    /// With a finger on it.
    pub pressed: Color,
}

/// Shows that a finger is on a button, and that it has left.
pub struct WidgetsPlugin;

impl Plugin for WidgetsPlugin {
    fn build(&self, app: &mut App) {
        app.add_observer(show_press).add_observer(show_release);
    }
}

fn show_press(press: On<Add, Pressed>, mut grounds: Query<(&Ground, &mut BackgroundColor)>) {
    if let Ok((ground, mut colour)) = grounds.get_mut(press.entity) {
        colour.0 = ground.pressed;
    }
}

fn show_release(release: On<Remove, Pressed>, mut grounds: Query<(&Ground, &mut BackgroundColor)>) {
    if let Ok((ground, mut colour)) = grounds.get_mut(release.entity) {
        colour.0 = ground.rest;
    }
}

/// What every button has, whatever is on it. `node` gives its size; names stand in tests.
pub fn pressable(kit: &Kit, look: ButtonLook, name: &str, label: &str, node: Node) -> impl Bundle + use<> {
    let (_, ground, pressed, border) = look.tokens();
    // Between a border and a ground of the same colour the engine leaves a hairline in the round corners.
    let border_width = if border == ground { 0.0 } else { kit.measure.unit(3.0) };
    (
        Name::new(name.to_owned()),
        Button,
        AccessibleLabel(label.to_owned()),
        Node { border: UiRect::all(px(border_width)), border_radius: kit.corner(), ..node },
        BackgroundColor(kit.colour(ground)),
        BorderColor::all(kit.colour(border)),
        Ground { rest: kit.colour(ground), pressed: kit.colour(pressed) },
    )
}

/// A button with one line of words, as high as a target and as wide as its place.
pub fn button(kit: &Kit, look: ButtonLook, name: &str, words: &str) -> impl Bundle + use<> {
    let node = Node {
        min_height: px(kit.target()),
        padding: UiRect::axes(px(kit.gap() * 1.2), px(kit.gap() * 0.4)),
        justify_content: JustifyContent::Center,
        align_items: AlignItems::Center,
        ..default()
    };
    let letters = kit.centred(kit.strong(), Weight::Bold, look.tokens().0, words);
    (pressable(kit, look, name, words, node), children![letters])
}

/// A button that fills a great part of the screen, with a second line that explains it.
pub fn great_button(kit: &Kit, look: ButtonLook, name: &str, words: &str, below: &str) -> impl Bundle + use<> {
    let node = Node {
        flex_grow: 1.0,
        flex_basis: px(0),
        min_height: px(kit.target() * 2.0),
        padding: UiRect::all(px(kit.gap() * 1.5)),
        flex_direction: FlexDirection::Column,
        justify_content: JustifyContent::Center,
        align_items: AlignItems::Center,
        row_gap: px(kit.gap() * 0.6),
        ..default()
    };
    let second = if look == ButtonLook::Primary { Token::OnBlueSecond } else { Token::Slate };
    (
        pressable(kit, look, name, words, node),
        children![
            kit.centred(kit.title(), Weight::Bold, look.tokens().0, words),
            kit.centred(kit.body(), Weight::Regular, second, below),
        ],
    )
}

/// A button for what a screen is there for: higher than the others, where the panel has the room.
pub fn wide_button(kit: &Kit, look: ButtonLook, name: &str, words: &str) -> impl Bundle + use<> {
    let node = Node {
        min_height: px(kit.target() * if kit.measure.is_portrait() { 1.5 } else { 1.1 }),
        padding: UiRect::axes(px(kit.gap() * 1.2), px(kit.gap() * 0.4)),
        justify_content: JustifyContent::Center,
        align_items: AlignItems::Center,
        flex_shrink: 0.0,
        ..default()
    };
    let letters = kit.centred(kit.strong() * 1.15, Weight::Bold, look.tokens().0, words);
    (pressable(kit, look, name, words, node), children![letters])
}

/// A card that groups what belongs together.
pub fn card(kit: &Kit, ground: Token) -> impl Bundle + use<> {
    (
        Node {
            flex_direction: FlexDirection::Column,
            padding: UiRect::all(px(kit.gap() * 1.4)),
            row_gap: px(kit.gap() * 0.5),
            border_radius: kit.corner(),
            ..default()
        },
        BackgroundColor(kit.colour(ground)),
    )
}

/// A sentence that says what went wrong and what to do, on a ground of its own and with a bar beside it.
pub fn alarm(kit: &Kit, words: &str) -> impl Bundle + use<> {
    (
        Node {
            padding: UiRect::axes(px(kit.gap() * 1.2), px(kit.gap() * 0.9)),
            border: UiRect::left(px(kit.measure.unit(10.0))),
            ..default()
        },
        BackgroundColor(kit.colour(Token::AlarmPage)),
        BorderColor::all(kit.colour(Token::Alarm)),
        children![kit.words(kit.body(), Weight::Bold, Token::Alarm, words)],
    )
}

/// A picture of `side` pixels.
pub fn picture(image: Handle<Image>, side: f32) -> impl Bundle {
    (ImageNode::new(image), Node { width: px(side), height: px(side), flex_shrink: 0.0, ..default() })
}

/// Room that pushes what follows to the other end.
pub fn spring() -> impl Bundle {
    Node { flex_grow: 1.0, ..default() }
}
