//! The drawing of what is plugged in where, as SVG for the sheet.

use std::fmt::Write as _;

use crate::render::markup::escaped;

/// One cable: what is at its end, and in which socket it is.
pub struct SheetCable {
    /// What is at its end.
    pub what: String,
    /// The socket, as it is labelled.
    pub socket: String,
    /// Whether the socket has to be labelled, since nothing else tells it from others.
    pub is_labelled: bool,
}

const ROW: usize = 64;
const WIDTH: usize = 720;

/// The computer on the left with a socket for each cable, and what hangs on it on the right.
pub fn drawing(computer: &str, cables: &[SheetCable]) -> String {
    let height = cables.len() * ROW + 32;
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{}\" xmlns=\"http://www.w3.org/2000/svg\">\n\
         <rect x=\"8\" y=\"16\" width=\"200\" height=\"{}\" rx=\"8\" class=\"box\"/>\n\
         <text x=\"108\" y=\"{}\" text-anchor=\"middle\" class=\"name\">{}</text>\n",
        escaped(computer),
        height - 32,
        height / 2 + 6,
        escaped(computer),
    );
    for (n, cable) in cables.iter().enumerate() {
        let y = 16 + n * ROW + ROW / 2;
        let label = if cable.is_labelled { " label" } else { "" };
        let _ = writeln!(
            svg,
            "<rect x=\"196\" y=\"{}\" width=\"24\" height=\"20\" class=\"socket\"/>\n\
             <rect x=\"228\" y=\"{}\" width=\"176\" height=\"28\" rx=\"4\" class=\"tag{label}\"/>\n\
             <text x=\"316\" y=\"{}\" text-anchor=\"middle\">{}</text>\n\
             <path d=\"M404 {y} H500\" class=\"cable\"/>\n\
             <rect x=\"500\" y=\"{}\" width=\"212\" height=\"48\" rx=\"8\" class=\"box\"/>\n\
             <text x=\"606\" y=\"{}\" text-anchor=\"middle\" class=\"name\">{}</text>",
            y - 10,
            y - 14,
            y + 5,
            escaped(&cable.socket),
            y - 24,
            y + 6,
            escaped(&cable.what),
        );
    }
    svg + "</svg>\n"
}
