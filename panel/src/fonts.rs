//! The letters: Noto Sans, inside the program, there before the first frame.
//!
//! The engine's own font holds ASCII alone, has no fallback, and draws no text whose font has not loaded.

use bevy::prelude::*;

/// The two cuts.
#[derive(Resource, Debug, Clone)]
pub struct Fonts {
    /// For what is read.
    pub regular: Handle<Font>,
    /// For what is read first.
    pub bold: Handle<Font>,
}

impl FromWorld for Fonts {
    fn from_world(world: &mut World) -> Self {
        let mut fonts = world.resource_mut::<Assets<Font>>();
        Self {
            regular: fonts.add(Font::from_bytes(include_bytes!("../fonts/NotoSans-Regular.ttf").to_vec())),
            bold: fonts.add(Font::from_bytes(include_bytes!("../fonts/NotoSans-Bold.ttf").to_vec())),
        }
    }
}
