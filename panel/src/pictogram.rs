//! Pictograms: signs that are found without reading, of one open set (Tabler Icons, MIT; the licence lies beside them), drawn
//! in the colour and size that a place wants.

use std::collections::HashMap;

use bevy::{
    asset::RenderAssetUsages,
    prelude::*,
    render::render_resource::{Extent3d, TextureDimension, TextureFormat},
};
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree},
};

/// The drawing of that name; nothing where there is none.
fn drawing(name: &str) -> Option<&'static str> {
    Some(match name {
        "alert-triangle" => include_str!("../pictograms/alert-triangle.svg"),
        "armchair" => include_str!("../pictograms/armchair.svg"),
        "arrow-bar-to-down" => include_str!("../pictograms/arrow-bar-to-down.svg"),
        "arrow-down" => include_str!("../pictograms/arrow-down.svg"),
        "arrow-left" => include_str!("../pictograms/arrow-left.svg"),
        "baby-carriage" => include_str!("../pictograms/baby-carriage.svg"),
        "bell-ringing" => include_str!("../pictograms/bell-ringing.svg"),
        "briefcase" => include_str!("../pictograms/briefcase.svg"),
        "building" => include_str!("../pictograms/building.svg"),
        "building-store" => include_str!("../pictograms/building-store.svg"),
        "bulb" => include_str!("../pictograms/bulb.svg"),
        "calendar-event" => include_str!("../pictograms/calendar-event.svg"),
        "car" => include_str!("../pictograms/car.svg"),
        "certificate" => include_str!("../pictograms/certificate.svg"),
        "check" => include_str!("../pictograms/check.svg"),
        "circle-check" => include_str!("../pictograms/circle-check.svg"),
        "clock" => include_str!("../pictograms/clock.svg"),
        "coin-euro" => include_str!("../pictograms/coin-euro.svg"),
        "contrast" => include_str!("../pictograms/contrast.svg"),
        "copy" => include_str!("../pictograms/copy.svg"),
        "device-mobile" => include_str!("../pictograms/device-mobile.svg"),
        "disabled" => include_str!("../pictograms/disabled.svg"),
        "droplet" => include_str!("../pictograms/droplet.svg"),
        "ear" => include_str!("../pictograms/ear.svg"),
        "file-text" => include_str!("../pictograms/file-text.svg"),
        "hand-love-you" => include_str!("../pictograms/hand-love-you.svg"),
        "help-circle" => include_str!("../pictograms/help-circle.svg"),
        "home" => include_str!("../pictograms/home.svg"),
        "home-2" => include_str!("../pictograms/home-2.svg"),
        "id" => include_str!("../pictograms/id.svg"),
        "info-circle" => include_str!("../pictograms/info-circle.svg"),
        "language" => include_str!("../pictograms/language.svg"),
        "minus" => include_str!("../pictograms/minus.svg"),
        "plus" => include_str!("../pictograms/plus.svg"),
        "printer-off" => include_str!("../pictograms/printer-off.svg"),
        "qrcode" => include_str!("../pictograms/qrcode.svg"),
        "receipt" => include_str!("../pictograms/receipt.svg"),
        "receipt-tax" => include_str!("../pictograms/receipt-tax.svg"),
        "refresh" => include_str!("../pictograms/refresh.svg"),
        "rewind-backward-5" => include_str!("../pictograms/rewind-backward-5.svg"),
        "rewind-forward-5" => include_str!("../pictograms/rewind-forward-5.svg"),
        "scale" => include_str!("../pictograms/scale.svg"),
        "school" => include_str!("../pictograms/school.svg"),
        "shield-check" => include_str!("../pictograms/shield-check.svg"),
        "stethoscope" => include_str!("../pictograms/stethoscope.svg"),
        "text-size" => include_str!("../pictograms/text-size.svg"),
        "ticket" => include_str!("../pictograms/ticket.svg"),
        "tree" => include_str!("../pictograms/tree.svg"),
        "users" => include_str!("../pictograms/users.svg"),
        "users-group" => include_str!("../pictograms/users-group.svg"),
        "world" => include_str!("../pictograms/world.svg"),
        "writing-sign" => include_str!("../pictograms/writing-sign.svg"),
        "x" => include_str!("../pictograms/x.svg"),
        _ => return None,
    })
}

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
    let mut pixels = vec![0; (side * side * 4) as usize];
    let tree = drawing(name).and_then(|svg| {
        let text = svg.replace("currentColor", &format!("#{r:02x}{g:02x}{b:02x}"));
        Tree::from_str(&text, &Options::default()).ok()
    });
    if let (Some(tree), Some(mut map)) = (tree, Pixmap::new(side, side)) {
        let scale = side as f32 / tree.size().width().max(1.0);
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut map.as_mut());
        for (pixel, drawn) in pixels.chunks_exact_mut(4).zip(map.pixels()) {
            // The colour is the same everywhere; only how much of it there is differs.
            pixel.copy_from_slice(&[r, g, b, drawn.alpha()]);
        }
    }
    let size = Extent3d { width: side, height: side, depth_or_array_layers: 1 };
    Image::new(size, TextureDimension::D2, pixels, TextureFormat::Rgba8UnormSrgb, RenderAssetUsages::RENDER_WORLD)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every name that the windows use.
    const NAMES: &[&str] = &[
        "alert-triangle",
        "armchair",
        "arrow-bar-to-down",
        "arrow-down",
        "arrow-left",
        "baby-carriage",
        "bell-ringing",
        "briefcase",
        "building",
        "building-store",
        "bulb",
        "calendar-event",
        "car",
        "certificate",
        "check",
        "circle-check",
        "clock",
        "coin-euro",
        "contrast",
        "copy",
        "device-mobile",
        "disabled",
        "droplet",
        "ear",
        "file-text",
        "hand-love-you",
        "help-circle",
        "home",
        "home-2",
        "id",
        "info-circle",
        "language",
        "minus",
        "plus",
        "printer-off",
        "qrcode",
        "receipt",
        "receipt-tax",
        "refresh",
        "rewind-backward-5",
        "rewind-forward-5",
        "scale",
        "school",
        "shield-check",
        "stethoscope",
        "text-size",
        "ticket",
        "tree",
        "users",
        "users-group",
        "world",
        "writing-sign",
        "x",
    ];

    #[test]
    fn every_pictogram_is_drawn_and_no_two_are_alike() {
        let mut drawn = std::collections::HashSet::new();
        for name in NAMES {
            let image = rasterised(name, 48, [0, 0x33, 0x75]);
            let data = image.data.unwrap();
            let dark = data.chunks_exact(4).filter(|pixel| pixel[3] > 127).count();
            assert!((40..1_600).contains(&dark), "{name}: {dark} pixels");
            assert!(drawn.insert(data), "{name} looks like another");
        }
        assert!(rasterised("no-such", 48, [0; 3]).data.unwrap().iter().all(|byte| *byte == 0));
    }
}
