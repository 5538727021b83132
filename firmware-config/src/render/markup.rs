//! Texts within the markup of the sheet, HTML and SVG alike.

/// A text, so that no sign of it is read as markup.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
