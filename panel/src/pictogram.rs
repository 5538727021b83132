//! Pictograms as pictures of the engine, in the colour and size that a place wants, each drawn once.

use std::collections::HashMap;

use bevy::{
    asset::RenderAssetUsages,
    prelude::*,
    render::render_resource::{Extent3d, TextureDimension, TextureFormat},
};

/// Pictograms as they were drawn before, so that each is drawn once.
#[derive(Resource, Debug, Default)]
pub struct PictogramAlbum(HashMap<(&'static str, u32, [u8; 3]), Handle<Image>>);

impl PictogramAlbum {
    /// The pictogram of that name, `side` pixels wide and high, in a colour.
    pub fn draw(
        &mut self,
        name: &'static str,
        side: f32,
        colour: [u8; 3],
        images: &mut Assets<Image>,
    ) -> Handle<Image> {
        let side = side.round().clamp(8.0, 1024.0) as u32;
        let drawn = self.0.entry((name, side, colour)).or_insert_with(|| images.add(rasterised(name, side, colour)));
        drawn.clone()
    }
}

/// The picture; one that cannot be drawn is empty.
fn rasterised(name: &str, side: u32, [r, g, b]: [u8; 3]) -> Image {
    // The colour is the same everywhere; only how much of it there is differs.
    let pixels = pictograms::ink(name, side).into_iter().flat_map(|ink| [r, g, b, ink]).collect();
    let size = Extent3d { width: side, height: side, depth_or_array_layers: 1 };
    Image::new(size, TextureDimension::D2, pixels, TextureFormat::Rgba8UnormSrgb, RenderAssetUsages::RENDER_WORLD)
}
