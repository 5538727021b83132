//! What drawing needs, in one hand.

use bevy::prelude::*;
use board::{BoardPicture, LargeArea};
use panel::{kit::Kit, picture, theme::Token};
use wire::{Arrow, Language};

use crate::ui::{flat::Grounds, layout::Layout};

/// Arrows to desks, drawn once.
#[derive(Resource)]
pub struct Arrows {
    large: [Handle<Image>; 4],
    small: [Handle<Image>; 4],
    /// Small, for calls that were known last.
    old: [Handle<Image>; 4],
}

impl Arrows {
    const fn place(arrow: Arrow) -> usize {
        match arrow {
            Arrow::Left => 0,
            Arrow::Right => 1,
            Arrow::Ahead => 2,
            Arrow::Back => 3,
        }
    }

    /// The arrow as it stands on the large area.
    pub fn large(&self, arrow: Arrow) -> Handle<Image> {
        self.large[Self::place(arrow)].clone()
    }

    /// A small one; in another colour where the call is one of those that were known last.
    pub fn small(&self, arrow: Arrow, is_old: bool) -> Handle<Image> {
        let all = if is_old { &self.old } else { &self.small };
        all[Self::place(arrow)].clone()
    }
}

impl FromWorld for Arrows {
    fn from_world(world: &mut World) -> Self {
        let layout = world.resource::<Layout>();
        let (large, small) = (layout.arrow as u32, layout.row as u32);
        let mut images = world.resource_mut::<Assets<Image>>();
        let mut drawn = |side, token| {
            [Arrow::Left, Arrow::Right, Arrow::Ahead, Arrow::Back]
                .map(|arrow| images.add(picture::arrow(arrow, side, token)))
        };
        Self { large: drawn(large, Token::Blue), small: drawn(small, Token::Blue), old: drawn(small, Token::Slate) }
    }
}

/// What drawing needs.
pub struct Brush<'a> {
    /// Sizes, letters and language.
    pub kit: &'a Kit,
    /// Sizes of the board's parts.
    pub layout: &'a Layout,
    /// Arrows to desks.
    pub arrows: &'a Arrows,
    /// Colours of large grounds.
    pub grounds: &'a Grounds,
    /// What is to be seen.
    pub picture: &'a BoardPicture,
}

impl Brush<'_> {
    /// The language shown.
    pub const fn language(&self) -> Language {
        self.kit.language
    }

    /// Whether there is anything to be listed: not before the hub is known, and not where nobody waits and is called.
    pub const fn has_lists(&self) -> bool {
        !matches!(
            self.picture.large,
            LargeArea::Starting | LargeArea::Pairing { .. } | LargeArea::Estranged(_) | LargeArea::Closed { .. }
        )
    }
}
