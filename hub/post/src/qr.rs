//! QR codes as PNG pictures, for mails and the citizen's pages.

use std::io::Cursor;

use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};
use qrcode::{Color, EcLevel, QrCode};

/// Dots of one module: large enough to be scanned from a phone's screen and from paper.
const MODULE_DOTS: usize = 8;
/// The quiet zone around a code, which the standard asks for.
const QUIET_MODULES: usize = 4;

/// The text could not be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text does not fit into a QR code")]
pub struct QrError;

/// The QR code of a text, as a PNG picture in black and white.
///
/// # Errors
/// If the text is too long for a QR code.
pub fn png(text: &str) -> Result<Vec<u8>, QrError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| QrError)?;
    let modules = code.width();
    let colors = code.to_colors();
    let side = (modules + 2 * QUIET_MODULES) * MODULE_DOTS;
    let mut dots = vec![u8::MAX; side * side];
    for (at, _) in colors.iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
        let (x, y) = (at % modules + QUIET_MODULES, at / modules + QUIET_MODULES);
        for row in 0..MODULE_DOTS {
            let start = (y * MODULE_DOTS + row) * side + x * MODULE_DOTS;
            dots[start..start + MODULE_DOTS].fill(0);
        }
    }
    let side = u32::try_from(side).map_err(|_| QrError)?;
    let mut file = Cursor::new(Vec::new());
    PngEncoder::new(&mut file).write_image(&dots, side, side, ExtendedColorType::L8).map_err(|_| QrError)?;
    Ok(file.into_inner())
}

/// The QR code of a text as a picture within a page, for what must stand in no address: black and white, with its quiet zone,
/// and nothing in it that needs escaping. A screen is clean, so that it has as few dots as may be.
///
/// # Errors
/// If the text is too long for a QR code.
pub fn svg(text: &str) -> Result<String, QrError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).map_err(|_| QrError)?;
    let (modules, side) = (code.width(), code.width() + 2 * QUIET_MODULES);
    let dark = code.to_colors();
    let dark = dark.iter().enumerate().filter(|(_, color)| **color == Color::Dark);
    let path: String = dark
        .map(|(at, _)| format!("M{} {}h1v1h-1z", at % modules + QUIET_MODULES, at / modules + QUIET_MODULES))
        .collect();
    let dots = side * MODULE_DOTS;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"{dots}\" height=\"{dots}\" \
         shape-rendering=\"crispEdges\" aria-hidden=\"true\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/>\
         <path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zbar_reads_what_was_drawn() {
        let text = "Q1:7:261124:C2D3F4G5:RSVW2345";
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("qr.png");
        std::fs::write(&path, png(text).unwrap()).unwrap();
        let read = std::process::Command::new("zbarimg").args(["--quiet", "--raw"]).arg(&path).output();
        let read = read.expect("zbarimg, of the package zbar-tools, reads the picture back");
        assert_eq!(String::from_utf8(read.stdout).unwrap().trim(), text);
    }

    #[test]
    fn a_text_that_no_code_holds_is_refused() {
        assert_eq!(png(&"x".repeat(5_000)), Err(QrError));
    }
}
