//! Blocks as ESC/POS commands (bytes after Epson's ESC/POS reference), for one model of printer.

use firmware_config::{CodePage, Cut, PrinterProfile};
use qrcode::{Color, EcLevel, QrCode};

use crate::content::TicketFact;
use crate::layout::{Align, Block, Size, Style};
use crate::lettering;
use crate::pages;
use crate::picture::{DotPicture, Scale};

/// Rows of the thin line.
const RULE_ROWS: usize = 2;
/// White above and below it.
const RULE_MARGIN_DOTS: u8 = 12;
/// Height of the number's capitals in dots: 18 mm at 203 dots an inch, to be read from the hand without glasses.
const NUMBER_DOTS: u16 = 144;
/// White above it, and half of what is below it.
const NUMBER_MARGIN_DOTS: u8 = 16;
/// White between the emblem and the office's name.
const EMBLEM_MARGIN_DOTS: u8 = 10;
/// An emblem may keep a citizen waiting for so long. On a slower line its dots are twice as large: a quarter of the bytes.
const EMBLEM_LINE_MS_MAX: u64 = 900;
/// Dots of a QR module, 0.75 mm: DENSO asks for 4 at least.
const QR_MODULE_DOTS: u8 = 6;

/// Collects the bytes for a printer.
pub struct CommandWriter<'a> {
    printer: &'a PrinterProfile,
    out: Vec<u8>,
    page: Option<CodePage>,
}

/// A line after wrapping.
enum TicketLine {
    /// In a code page of the printer; none is asked for where the line is plain ASCII.
    Bytes(Vec<u8>, Option<CodePage>),
    /// No code page holds it.
    Drawn,
}

impl<'a> CommandWriter<'a> {
    /// Starts from the printer's basic state, in a mode in which bytes are letters and not halves of Chinese ones.
    pub fn new(printer: &'a PrinterProfile) -> Self {
        let mut out = vec![0x1B, 0x40];
        if printer.kanji_cancel {
            out.extend([0x1C, 0x2E]);
        }
        if printer.status.asb {
            // Initialising has ended the printer's reports of its own state.
            out.extend([0x1D, 0x61, 0x0E]);
        }
        // Another country's set would change # $ @ [ \ ] ^ { | } ~.
        out.extend([0x1B, 0x52, 0x00, 0x1B, 0x4D, 0x00]);
        Self { printer, out, page: None }
    }

    /// Cuts, and gives the bytes.
    pub fn end(mut self) -> Vec<u8> {
        match self.printer.cut {
            Cut::PartialFeed => self.out.extend([0x1D, 0x56, 0x42, 0x00]),
            Cut::FullFeed => self.out.extend([0x1D, 0x56, 0x41, 0x00]),
            Cut::None => self.out.extend([0x1B, 0x64, 5]),
        }
        self.out
    }

    /// Adds a block.
    pub fn block(&mut self, block: &Block) {
        match block {
            Block::Text { text, style, align } => self.text(text, *style, *align),
            Block::Rows(facts) => self.rows(facts),
            Block::Number(number) => self.number(number),
            Block::Bar(text) => self.bar(text),
            Block::Rule => self.rule(),
            Block::Gap(lines) => self.out.extend([0x1B, 0x64, *lines]),
            Block::Emblem(picture) => self.emblem(picture),
            Block::Qr(text) => self.qr(text),
        }
    }

    /// A line of a code page with a label, for the test page.
    pub fn raw_line(&mut self, label: &str, n: u8, bytes: &[u8]) {
        self.out.extend([0x1B, 0x61, 0x00, 0x1B, 0x74, n]);
        self.out.extend(label.bytes());
        self.out.extend(bytes);
        self.out.push(0x0A);
        self.page = None;
    }

    fn text(&mut self, text: &str, style: Style, align: Align) {
        let text = pages::printable(text);
        let lines = match align {
            Align::Left => wrap(&text, |line| self.fits(line, style)),
            Align::Centre => wrap_evenly(&text, |line| self.fits(line, style)),
        };
        for line in lines {
            self.line(&line, style, align);
        }
    }

    fn line(&mut self, text: &str, style: Style, align: Align) {
        self.align(align);
        match self.as_line(text) {
            TicketLine::Bytes(bytes, page) => {
                self.select(page);
                self.style(style);
                self.out.extend(bytes);
                self.out.push(0x0A);
                self.style(Style { size: Size::Normal, bold: false });
            }
            TicketLine::Drawn => {
                let picture = lettering::draw(text, style.bold, style.size.drawn_rows());
                self.picture(&picture.cropped_right(), Scale::Once);
            }
        }
    }

    /// All rows in the largest size in which each has room for label, two spaces and value.
    fn rows(&mut self, facts: &[TicketFact]) {
        let has_room = |size: &Size| {
            let style = Style { size: *size, bold: true };
            facts.iter().all(|fact| self.fits(&joined(fact), style))
        };
        let size = [Size::Large, Size::Tall].into_iter().find(has_room).unwrap_or(Size::Tall);
        for fact in facts {
            self.row(fact, size);
        }
    }

    /// Label and value in one line if they have room, else the value in lines of its own.
    fn row(&mut self, fact: &TicketFact, size: Size) {
        let (left, right) = (pages::printable(&fact.label), pages::printable(&fact.value));
        let (label, value) = (Style { size, bold: false }, Style { size, bold: true });
        if !self.fits(&joined(fact), value) {
            self.text(&left, label, Align::Left);
            return self.text(&right, value, Align::Left);
        }
        self.align(Align::Left);
        let columns = usize::from(self.printer.columns / size.columns());
        match self.as_line(&joined(fact)) {
            TicketLine::Bytes(bytes, page) => {
                self.select(page);
                self.style(label);
                // Each of these pages has a byte for a letter, so letters count like bytes.
                let (left, right) = (left.chars().count(), right.chars().count());
                self.out.extend(&bytes[..left]);
                self.out.extend(std::iter::repeat_n(b' ', columns.saturating_sub(left + right)));
                self.out.extend([0x1B, 0x45, 0x01]);
                self.out.extend(&bytes[bytes.len() - right..]);
                self.out.push(0x0A);
                self.style(Style { size: Size::Normal, bold: false });
            }
            TicketLine::Drawn => {
                let (width, rows) = (usize::from(self.printer.width_dots), size.drawn_rows());
                let mut picture = DotPicture::new(width, usize::from(rows));
                lettering::draw_into(&mut picture, 0, &left, false, rows);
                let at = width.saturating_sub(lettering::width(&right, true, rows) + 2);
                lettering::draw_into(&mut picture, at, &right, true, rows);
                self.picture(&picture, Scale::Once);
            }
        }
    }

    fn number(&mut self, number: &str) {
        self.align(Align::Centre);
        // Dots twice as large are a quarter of the bytes, and at this height nobody sees them.
        let width = usize::from(self.printer.width_dots) / 2;
        let picture = lettering::draw_large(&pages::printable(number), width, f32::from(NUMBER_DOTS) / 2.0);
        self.out.extend([0x1B, 0x4A, NUMBER_MARGIN_DOTS]);
        self.picture(&picture, Scale::Twice);
        self.out.extend([0x1B, 0x4A, 2 * NUMBER_MARGIN_DOTS]);
    }

    fn bar(&mut self, text: &str) {
        self.align(Align::Left);
        let text = pages::printable(text);
        let width = usize::from(self.printer.width_dots);
        let rows = Size::Large.drawn_rows();
        let mut picture = DotPicture::new(width, usize::from(rows));
        let left = width.saturating_sub(lettering::width(&text, true, rows)) / 2;
        lettering::draw_into(&mut picture, left, &text, true, rows);
        picture.invert();
        self.picture(&picture, Scale::Once);
    }

    fn rule(&mut self) {
        self.align(Align::Left);
        let mut picture = DotPicture::new(usize::from(self.printer.width_dots), RULE_ROWS);
        picture.invert();
        self.out.extend([0x1B, 0x4A, RULE_MARGIN_DOTS]);
        self.picture(&picture, Scale::Once);
        self.out.extend([0x1B, 0x4A, RULE_MARGIN_DOTS]);
    }

    fn emblem(&mut self, picture: &DotPicture) {
        if picture.width() > usize::from(self.printer.width_dots) {
            return;
        }
        self.align(Align::Centre);
        let fine = picture.commands(Scale::Once, self.printer);
        if self.printer.serial.line_ms(fine.len()) <= EMBLEM_LINE_MS_MAX {
            self.out.extend(fine);
        } else {
            self.picture(&picture.halved(), Scale::Twice);
        }
        self.out.extend([0x1B, 0x4A, EMBLEM_MARGIN_DOTS]);
    }

    fn qr(&mut self, text: &str) {
        self.align(Align::Centre);
        if self.printer.native_qr { self.native_qr(text) } else { self.drawn_qr(text) }
    }

    fn native_qr(&mut self, text: &str) {
        let module = QR_MODULE_DOTS.min(self.printer.qr_module_dots_max);
        self.out.extend([0x1D, 0x28, 0x6B, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00]);
        self.out.extend([0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x43, module]);
        self.out.extend([0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x45, 0x31]);
        let [low, high] = u16::try_from(text.len() + 3).unwrap_or(u16::MAX).to_le_bytes();
        self.out.extend([0x1D, 0x28, 0x6B, low, high, 0x31, 0x50, 0x30]);
        self.out.extend(text.bytes());
        self.out.extend([0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x51, 0x30]);
    }

    fn drawn_qr(&mut self, text: &str) {
        let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return };
        let module = usize::from(QR_MODULE_DOTS / 2);
        let side = code.width();
        let mut picture = DotPicture::new(side * module, side * module);
        for (index, _) in code.to_colors().into_iter().enumerate().filter(|(_, colour)| *colour == Color::Dark) {
            for dot in 0..module * module {
                picture.blacken(index % side * module + dot % module, index / side * module + dot / module);
            }
        }
        self.picture(&picture, Scale::Twice);
    }

    fn picture(&mut self, picture: &DotPicture, scale: Scale) {
        self.out.extend(picture.commands(scale, self.printer));
    }

    /// Whether a line has room: in the printer's columns, or drawn if no code page holds it.
    fn fits(&self, line: &str, style: Style) -> bool {
        match self.as_line(line) {
            TicketLine::Bytes(bytes, _) => {
                bytes.len() * usize::from(style.size.columns()) <= usize::from(self.printer.columns)
            }
            TicketLine::Drawn => {
                lettering::width(line, style.bold, style.size.drawn_rows()) + 2 <= usize::from(self.printer.width_dots)
            }
        }
    }

    fn as_line(&self, text: &str) -> TicketLine {
        if self.printer.code_pages.is_empty() {
            return TicketLine::Drawn;
        }
        if text.is_ascii() {
            return TicketLine::Bytes(text.bytes().collect(), None);
        }
        // The page that is selected already saves three bytes, but the first that fits keeps its better letters.
        let held =
            |slot: &firmware_config::CodePageSlot| pages::encode(text, slot.name).map(|bytes| (bytes, slot.name));
        self.printer
            .code_pages
            .iter()
            .find_map(held)
            .map_or(TicketLine::Drawn, |(bytes, page)| TicketLine::Bytes(bytes, Some(page)))
    }

    fn select(&mut self, page: Option<CodePage>) {
        let Some(page) = page.filter(|page| self.page != Some(*page)) else { return };
        if let Some(slot) = self.printer.code_pages.iter().find(|slot| slot.name == page) {
            self.out.extend([0x1B, 0x74, slot.n]);
            self.page = Some(page);
        }
    }

    fn style(&mut self, style: Style) {
        self.out.extend([0x1D, 0x21, style.size.gs_size(), 0x1B, 0x45, u8::from(style.bold)]);
    }

    fn align(&mut self, align: Align) {
        let n = match align {
            Align::Left => 0,
            Align::Centre => 1,
        };
        self.out.extend([0x1B, 0x61, n]);
    }
}

/// A row as one text, to see whether it has room.
fn joined(fact: &TicketFact) -> String {
    format!("{}  {}", pages::printable(&fact.label), pages::printable(&fact.value))
}

/// Breaks a text into lines that fit, between words, and inside a word only if it does not fit alone.
fn wrap(text: &str, fits: impl Fn(&str) -> bool) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if fits(&longer) {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            line.push(letter);
            if !fits(&line) && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::replace(&mut line, letter.to_string()));
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Breaks a text into as few lines as `wrap`, of as equal length as words allow, so that no word stands alone in the middle.
fn wrap_evenly(text: &str, fits: impl Fn(&str) -> bool) -> Vec<String> {
    let mut lines = wrap(text, &fits);
    let mut longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    while lines.len() > 1 && longest > 1 {
        let narrower = wrap(text, |line| fits(line) && line.chars().count() < longest);
        if narrower.len() > lines.len() {
            break;
        }
        longest = narrower.iter().map(|line| line.chars().count()).max().unwrap_or(0);
        lines = narrower;
    }
    lines
}
