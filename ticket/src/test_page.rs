//! A page with the Greek alphabet in every place where a printer may keep it, for the installer to pick by eye.

use firmware_config::{CodePage, PrinterProfile};

use crate::commands::CommandWriter;
use crate::layout::{Align, Block, Size, Style};
use crate::pages;

/// Numbers under which makers keep Greek pages (escpos-printer-db and the makers' manuals).
const PLACES: &[(CodePage, &str, &[u8])] = &[
    (CodePage::Wpc1253, "WPC1253", &[47, 7, 17, 24, 16, 90]),
    (CodePage::Iso8859_7, "8859-7", &[15, 38, 41]),
    (CodePage::Cp869, "PC869", &[38, 27, 43, 44, 66, 17]),
    (CodePage::Cp737, "PC737", &[14, 10, 15, 24, 29, 42, 64]),
];

const ALPHABET: &str = "ΑΓΔΘΩ αγδςω άέήίόύώΆ Ϊϋ ΒΕΖΗΚΛΞΠ";
/// Columns of a line before the alphabet: its number and its name.
const LABEL_COLUMNS: usize = 12;

/// The bytes of the page for a printer: where a line reads like the drawn one at the head, its `n` is right.
#[must_use]
pub fn greek_test_page(printer: &PrinterProfile) -> Vec<u8> {
    // Without code pages every line is drawn, so the sample at the head is right on any printer.
    let drawn = PrinterProfile { code_pages: Vec::new(), ..printer.clone() };
    let mut out = CommandWriter::new(&drawn);
    let style = Style { size: Size::Normal, bold: true };
    let room = usize::from(printer.columns).saturating_sub(LABEL_COLUMNS);
    let alphabet: String = ALPHABET.chars().take(room).collect();
    for text in [printer.model.as_str(), &alphabet] {
        out.block(&Block::Text { text: text.to_owned(), style, align: Align::Left });
    }
    out.block(&Block::Rule);
    for (page, name, numbers) in PLACES {
        for n in *numbers {
            if let Some(bytes) = pages::encode(&alphabet, *page) {
                out.raw_line(&format!("{n:3} {name:8}"), *n, &bytes);
            }
        }
    }
    out.end()
}
