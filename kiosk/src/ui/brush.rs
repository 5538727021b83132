//! What drawing needs, in one hand: the kit, and pictures that the engine keeps.

use bevy::prelude::*;
use panel::{kit::Kit, pictogram::PictogramAlbum, picture, theme::Token, widgets};
use walk::face::Sign;
use wire::EmblemDots;

use crate::ui::signs;

/// What drawing needs.
pub struct FaceBrush<'a> {
    /// Sizes, letters, colours.
    pub kit: Kit,
    /// Whether everything that is pressed stands low.
    pub low: bool,
    /// The office's emblem, if it has one.
    pub emblem: Option<&'a EmblemDots>,
    /// The choice on which somebody stands who moves by keys.
    pub focus: Option<String>,
    /// Pictograms that were drawn before.
    pub album: &'a mut PictogramAlbum,
    /// Pictures, which the engine keeps.
    pub images: &'a mut Assets<Image>,
}

impl FaceBrush<'_> {
    /// Whether the panel stands upright.
    pub fn upright(&self) -> bool {
        self.kit.measure.is_portrait()
    }

    /// A sign of `side` pixels.
    pub fn sign(&mut self, sign: Sign, side: f32, token: Token) -> impl Bundle + use<> {
        self.pictogram(signs::icon(sign), side, token)
    }

    /// The office's emblem, so high, where it has one.
    pub fn emblem(&mut self, height: f32, token: Token) -> Option<impl Bundle + use<>> {
        let dots = self.emblem?;
        let width = height * f32::from(dots.width()) / f32::from(dots.rows());
        let image = self.images.add(picture::emblem(dots, token.bytes_in(self.kit.dress.palette)));
        let node = Node { width: px(width.round()), height: px(height.round()), flex_shrink: 0.0, ..default() };
        Some((Name::new("emblem"), ImageNode::new(image), node))
    }

    /// A pictogram by its name in the set.
    pub fn pictogram(&mut self, name: &'static str, side: f32, token: Token) -> impl Bundle + use<> {
        let colour = token.bytes_in(self.kit.dress.palette);
        let image = self.album.draw(name, side, colour, self.images);
        widgets::picture(image, side.round())
    }

    /// A QR code of about `side` pixels, or nothing where the text fits into none.
    pub fn qr(&mut self, text: &str, side: f32) -> Option<impl Bundle + use<>> {
        let image = picture::qr(text).ok()?;
        let side = picture::sharp_side(&image, side);
        Some(widgets::picture(self.images.add(image), side))
    }
}
