//! Pictograms: signs that are found without reading, of one open set (Tabler Icons, MIT; the licence lies beside them), drawn in
//! the size that a place wants. They are the house's own files, so that nothing of them is judged before it is drawn.

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree},
};

/// The drawing of that name; nothing where there is none.
fn drawing(name: &str) -> Option<&'static str> {
    Some(match name {
        "alert-triangle" => include_str!("../drawings/alert-triangle.svg"),
        "armchair" => include_str!("../drawings/armchair.svg"),
        "arrow-bar-to-down" => include_str!("../drawings/arrow-bar-to-down.svg"),
        "arrow-down" => include_str!("../drawings/arrow-down.svg"),
        "arrow-left" => include_str!("../drawings/arrow-left.svg"),
        "baby-carriage" => include_str!("../drawings/baby-carriage.svg"),
        "bell-ringing" => include_str!("../drawings/bell-ringing.svg"),
        "briefcase" => include_str!("../drawings/briefcase.svg"),
        "building" => include_str!("../drawings/building.svg"),
        "building-store" => include_str!("../drawings/building-store.svg"),
        "bulb" => include_str!("../drawings/bulb.svg"),
        "calendar-event" => include_str!("../drawings/calendar-event.svg"),
        "car" => include_str!("../drawings/car.svg"),
        "certificate" => include_str!("../drawings/certificate.svg"),
        "check" => include_str!("../drawings/check.svg"),
        "circle-check" => include_str!("../drawings/circle-check.svg"),
        "clock" => include_str!("../drawings/clock.svg"),
        "coin-euro" => include_str!("../drawings/coin-euro.svg"),
        "contrast" => include_str!("../drawings/contrast.svg"),
        "copy" => include_str!("../drawings/copy.svg"),
        "device-mobile" => include_str!("../drawings/device-mobile.svg"),
        "disabled" => include_str!("../drawings/disabled.svg"),
        "droplet" => include_str!("../drawings/droplet.svg"),
        "ear" => include_str!("../drawings/ear.svg"),
        "file-text" => include_str!("../drawings/file-text.svg"),
        "hand-love-you" => include_str!("../drawings/hand-love-you.svg"),
        "help-circle" => include_str!("../drawings/help-circle.svg"),
        "home" => include_str!("../drawings/home.svg"),
        "home-2" => include_str!("../drawings/home-2.svg"),
        "id" => include_str!("../drawings/id.svg"),
        "info-circle" => include_str!("../drawings/info-circle.svg"),
        "language" => include_str!("../drawings/language.svg"),
        "minus" => include_str!("../drawings/minus.svg"),
        "plus" => include_str!("../drawings/plus.svg"),
        "printer-off" => include_str!("../drawings/printer-off.svg"),
        "qrcode" => include_str!("../drawings/qrcode.svg"),
        "receipt" => include_str!("../drawings/receipt.svg"),
        "receipt-tax" => include_str!("../drawings/receipt-tax.svg"),
        "refresh" => include_str!("../drawings/refresh.svg"),
        "rewind-backward-5" => include_str!("../drawings/rewind-backward-5.svg"),
        "rewind-forward-5" => include_str!("../drawings/rewind-forward-5.svg"),
        "scale" => include_str!("../drawings/scale.svg"),
        "school" => include_str!("../drawings/school.svg"),
        "shield-check" => include_str!("../drawings/shield-check.svg"),
        "stethoscope" => include_str!("../drawings/stethoscope.svg"),
        "text-size" => include_str!("../drawings/text-size.svg"),
        "ticket" => include_str!("../drawings/ticket.svg"),
        "tree" => include_str!("../drawings/tree.svg"),
        "users" => include_str!("../drawings/users.svg"),
        "users-group" => include_str!("../drawings/users-group.svg"),
        "world" => include_str!("../drawings/world.svg"),
        "writing-sign" => include_str!("../drawings/writing-sign.svg"),
        "x" => include_str!("../drawings/x.svg"),
        _ => return None,
    })
}

/// How much ink lies on each point of a square that is `side` points wide, row by row, from 0 to 255. Where there is no drawing
/// of that name, none does.
#[must_use]
pub fn ink(name: &str, side: u32) -> Vec<u8> {
    let tree =
        drawing(name).and_then(|svg| Tree::from_str(&svg.replace("currentColor", "#000"), &Options::default()).ok());
    let (Some(tree), Some(mut map)) = (tree, Pixmap::new(side, side)) else {
        return vec![0; side as usize * side as usize];
    };
    let scale = side as f32 / tree.size().width().max(1.0);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut map.as_mut());
    map.pixels().iter().map(|pixel| pixel.alpha()).collect()
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
            let points = ink(name, 48);
            let dark = points.iter().filter(|point| **point > 127).count();
            assert!((40..1_600).contains(&dark), "{name}: {dark} pixels");
            assert!(drawn.insert(points), "{name} looks like another");
        }
        assert_eq!(ink("no-such", 48), [0; 48 * 48]);
    }
}
