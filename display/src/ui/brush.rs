//! What drawing needs, in one hand.

use bevy::prelude::*;
use board::{BoardLanguages, BoardPicture, LargeArea};
use panel::{
    kit::Kit,
    picture,
    theme::{ScreenPalette, Token},
};
use wire::{Arrow, EmblemDots, Language, Words};

use crate::ui::{flat::Grounds, layout::Layout};

/// Arrows to desks, drawn once for a layout.
#[derive(Resource)]
pub struct Arrows {
    large: ArrowSet,
    small: ArrowSet,
}

/// The four directions of one size, at rest, on a reversed ground, and of what is old.
struct ArrowSet {
    rest: [Handle<Image>; 4],
    reversed: [Handle<Image>; 4],
    old: [Handle<Image>; 4],
}

/// How an arrow is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArrowInk {
    /// On the ground of the page.
    Rest,
    /// On the reversed ground of a new call.
    Reversed,
    /// Of a call that was known last.
    Old,
}

impl Arrows {
    /// Draws them for the sizes of a layout, in these colours.
    pub fn drawn(layout: &Layout, palette: ScreenPalette, images: &mut Assets<Image>) -> Self {
        let mut set = |side: f32| {
            let mut all = |token: Token| {
                let colour = token.bytes_in(palette);
                [Arrow::Left, Arrow::Right, Arrow::Ahead, Arrow::Back]
                    .map(|arrow| images.add(picture::arrow(arrow, side.max(1.0) as u32, colour)))
            };
            ArrowSet { rest: all(Token::Blue), reversed: all(Token::OnBlue), old: all(Token::Slate) }
        };
        Self { large: set(layout.axes.arrow_side), small: set(layout.row_axes(0).arrow_side) }
    }

    /// One of them.
    pub fn of(&self, arrow: Arrow, is_large: bool, ink: ArrowInk) -> Handle<Image> {
        let set = if is_large { &self.large } else { &self.small };
        let all = match ink {
            ArrowInk::Rest => &set.rest,
            ArrowInk::Reversed => &set.reversed,
            ArrowInk::Old => &set.old,
        };
        let place = match arrow {
            Arrow::Left => 0,
            Arrow::Right => 1,
            Arrow::Ahead => 2,
            Arrow::Back => 3,
        };
        all[place].clone()
    }
}

/// The office's emblem, drawn once for as long as it stays the same.
#[derive(Resource, Default)]
pub struct BarEmblem {
    dots: Option<EmblemDots>,
    palette: ScreenPalette,
    image: Option<Handle<Image>>,
}

impl BarEmblem {
    /// How wide it is, in its heights.
    pub fn shape(&self) -> Option<f32> {
        self.dots.as_ref().map(|dots| f32::from(dots.width()) / f32::from(dots.rows()))
    }

    /// Draws it anew, if it is another one or in other colours.
    pub fn follow(&mut self, dots: Option<&EmblemDots>, palette: ScreenPalette, images: &mut Assets<Image>) {
        if self.dots.as_ref() != dots || self.palette != palette {
            let colour = Token::OnBlue.bytes_in(palette);
            self.image = dots.map(|dots| images.add(picture::emblem(dots, colour)));
            (self.dots, self.palette) = (dots.cloned(), palette);
        }
    }

    /// Its picture, on the blue of the bar.
    pub const fn image(&self) -> Option<&Handle<Image>> {
        self.image.as_ref()
    }
}

/// What drawing needs.
pub struct Brush<'a> {
    /// Sizes and letters.
    pub kit: &'a Kit,
    /// The grid.
    pub layout: &'a Layout,
    /// Arrows to desks.
    pub arrows: &'a Arrows,
    /// The office's emblem, if it has one.
    pub emblem: Option<&'a Handle<Image>>,
    /// Colours of large grounds.
    pub grounds: &'a Grounds,
    /// In which languages the board speaks.
    pub languages: BoardLanguages,
    /// What is to be seen.
    pub picture: &'a BoardPicture,
}

impl Brush<'_> {
    /// The language in which sentences stand just now.
    pub const fn language(&self) -> Language {
        self.picture.language
    }

    /// A sentence of the house.
    pub fn say(&self, id: &str) -> String {
        phrases::say(self.language(), id)
    }

    /// A sentence of the house with a time in it.
    pub fn say_time(&self, id: &str, time: &Words) -> String {
        let time = time.in_language(self.language()).to_owned();
        phrases::say_with(self.language(), id, &[("time", time.into())])
    }

    /// A short word of the house, in every language of the board.
    pub fn title(&self, id: &str) -> String {
        self.languages.side_by_side(|language| phrases::say(language, id))
    }

    /// A short word of the office, in every language of the board.
    pub fn word(&self, words: &Words) -> String {
        self.languages.side_by_side(|language| words.in_language(language).to_owned())
    }

    /// What the office says, in the language of just now.
    pub fn own<'w>(&self, words: &'w Words) -> &'w str {
        words.in_language(self.language())
    }

    /// Whether there is anything to be listed: not before the hub is known, and not where nobody waits and is called.
    pub const fn has_lists(&self) -> bool {
        has_lists(self.picture)
    }
}

/// Whether a picture has lists.
pub const fn has_lists(picture: &BoardPicture) -> bool {
    !matches!(
        picture.large,
        LargeArea::Starting | LargeArea::Pairing { .. } | LargeArea::Estranged(_) | LargeArea::Closed { .. }
    )
}

/// A node that lies where a rectangle of the grid is.
pub fn placed(place: Rect) -> Node {
    Node {
        position_type: PositionType::Absolute,
        left: px(place.min.x),
        top: px(place.min.y),
        width: px(place.width()),
        height: px(place.height()),
        ..default()
    }
}
