//! The played printer itself: takes bytes, answers, prints, and can be interfered with.

use std::collections::VecDeque;

use qrcode::{Color, EcLevel, QrCode};

use crate::command::{CommandFront, PrinterCommand, read};
use crate::letters::{self, LetterMemory};
use crate::model::{LetterPage, Model};
use crate::sheet::Sheet;
use crate::status::{Handling, PrinterCondition};

/// A ticket that the cutter has let go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutTicket {
    /// Its dots.
    pub sheet: Sheet,
    /// What stands on it in the printer's own letters, line by line; `[picture]` and `[qr TEXT]` for the rest.
    pub text: String,
}

/// A printer that reads bytes and keeps what comes out on paper.
#[derive(Debug)]
pub struct PlayedPrinter {
    model: Model,
    status: PrinterCondition,
    stalled: bool,
    /// Rows until the roll ends.
    rows_left: Option<usize>,
    received: Vec<u8>,
    recent: VecDeque<u8>,
    answers: Vec<u8>,
    mode: LetterMode,
    reports: u8,
    line: Vec<ModedLetter>,
    letters: LetterMemory,
    qr: QrMemory,
    stored: Vec<Vec<bool>>,
    sheet: Sheet,
    text: String,
    tickets: Vec<CutTicket>,
    complaints: Vec<String>,
}

/// What `ESC @` sets back.
#[derive(Debug, Clone, Copy)]
struct LetterMode {
    page: LetterPage,
    kanji: bool,
    kanji_first: Option<u8>,
    size: u8,
    bold: bool,
    underline: u8,
    reverse: bool,
    align: u8,
    spacing: usize,
}

#[derive(Debug, Clone, Copy)]
struct ModedLetter {
    letter: char,
    mode: LetterMode,
}

#[derive(Debug, Default)]
struct QrMemory {
    module: usize,
    level: u8,
    text: Vec<u8>,
}

/// Dots from line to line after `ESC 2`: 3.75 mm at 203 dots an inch.
const SPACING: usize = 30;
/// A millimetre at 203 dots an inch.
const ROWS_PER_MM: usize = 8;

impl PlayedPrinter {
    /// A printer that was just switched on, with a full roll.
    #[must_use]
    pub fn new(model: Model) -> Self {
        Self {
            model,
            status: PrinterCondition::default(),
            stalled: false,
            rows_left: None,
            received: Vec::new(),
            recent: VecDeque::new(),
            answers: Vec::new(),
            mode: LetterMode::new(&model),
            reports: 0,
            line: Vec::new(),
            letters: LetterMemory::default(),
            qr: QrMemory { module: 3, level: 0x30, text: Vec::new() },
            stored: Vec::new(),
            sheet: Sheet::default(),
            text: String::new(),
            tickets: Vec::new(),
            complaints: Vec::new(),
        }
    }

    /// How many bytes it would take now; what does not fit has to wait on the line.
    #[must_use]
    pub fn room(&self) -> usize {
        if self.stalled { 0 } else { self.model.buffer_bytes.saturating_sub(self.received.len()) }
    }

    /// Takes bytes from the line. Real-time commands act at once, wherever they stand.
    pub fn receive(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.received.push(*byte);
            self.recent.push_back(*byte);
            if self.recent.len() > 10 {
                self.recent.pop_front();
            }
            self.real_time();
        }
    }

    /// Works on one command; the rows of paper that it took, or none if there is nothing to do now.
    pub fn step(&mut self) -> Option<usize> {
        if self.stalled || self.status.stops() {
            return None;
        }
        let CommandFront::Whole(command, length) = read(&self.received) else { return None };
        self.received.drain(..length);
        let before = self.sheet.rows();
        let cut = self.tickets.len();
        self.execute(command);
        if self.tickets.len() > cut {
            return Some(0);
        }
        let rows = self.sheet.rows() - before;
        self.use_paper(before, rows);
        Some(rows)
    }

    /// Takes bytes and works on all of them.
    pub fn print(&mut self, bytes: &[u8]) {
        self.receive(bytes);
        while self.step().is_some() {}
    }

    /// What it has to say, taken away.
    pub fn take_answers(&mut self) -> Vec<u8> {
        if self.stalled { Vec::new() } else { std::mem::take(&mut self.answers) }
    }

    /// The tickets cut since the last call.
    pub fn take_tickets(&mut self) -> Vec<CutTicket> {
        std::mem::take(&mut self.tickets)
    }

    /// What it did not understand since the last call.
    pub fn take_complaints(&mut self) -> Vec<String> {
        std::mem::take(&mut self.complaints)
    }

    /// The printer that is played.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Somebody does something to it.
    pub fn suffer(&mut self, handling: Handling) {
        let before = self.status;
        match handling {
            Handling::PaperOut => self.status.paper_out = true,
            Handling::PaperIn => {
                self.status.paper_out = false;
                self.status.paper_low = false;
                self.rows_left = None;
            }
            Handling::PaperLow => self.status.paper_low = true,
            Handling::PaperLeft(millimetres) => self.rows_left = Some(millimetres as usize * ROWS_PER_MM),
            Handling::CoverOpen => self.status.cover_open = true,
            Handling::CoverClosed => self.status.cover_open = false,
            Handling::Offline => self.status.offline = true,
            Handling::Online => self.status.offline = false,
            Handling::Jam => self.status.jam = true,
            Handling::JamCleared => self.status.jam = false,
            Handling::Stall => self.stalled = true,
            Handling::GoOn => self.stalled = false,
            Handling::Tear => self.cut(),
        }
        self.report_change(before);
    }

    fn report_change(&mut self, before: PrinterCondition) {
        if self.status != before && self.reports != 0 {
            self.answers.extend(self.status.report());
        }
    }

    fn use_paper(&mut self, before: usize, rows: usize) {
        let Some(left) = &mut self.rows_left else { return };
        if rows < *left {
            *left -= rows;
            return;
        }
        self.sheet.tear_at(before + *left);
        self.rows_left = Some(0);
        let status = self.status;
        self.status.paper_out = true;
        self.report_change(status);
    }

    fn real_time(&mut self) {
        const CLEAR: [u8; 10] = [0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08];
        let recent: &[u8] = self.recent.make_contiguous();
        match recent {
            [.., 0x10, 0x04, n] if self.model.real_time => self.answers.extend(self.status.real_time(*n)),
            [.., 0x10, 0x05, 0x02] if self.model.clears && self.status.jam => self.clear(),
            _ if recent == CLEAR && self.model.clears => {
                self.clear();
                self.answers.extend([0x37, 0x25, 0x00]);
            }
            _ => {}
        }
    }

    fn clear(&mut self) {
        self.received.clear();
        self.line.clear();
    }

    fn execute(&mut self, command: PrinterCommand) {
        match command {
            PrinterCommand::Letter(byte) => self.letter(byte),
            PrinterCommand::LineFeed => self.end_line(),
            PrinterCommand::Initialise => {
                self.line.clear();
                self.mode = LetterMode::new(&self.model);
                self.reports = 0;
            }
            PrinterCommand::Kanji(on) => self.mode.kanji = on,
            PrinterCommand::CodePage(n) => match self.model.pages.iter().find(|(known, _)| *known == n) {
                Some((_, page)) => self.mode.page = *page,
                None => self.complaints.push(format!("there is no code page {n}")),
            },
            PrinterCommand::Size(n) => self.mode.size = n,
            PrinterCommand::Bold(on) => self.mode.bold = on,
            PrinterCommand::Underline(n) => self.mode.underline = n % 48,
            PrinterCommand::Reverse(on) => self.mode.reverse = on,
            PrinterCommand::Align(n) => self.mode.align = n % 48,
            PrinterCommand::LineSpacing(dots) => self.mode.spacing = dots.map_or(SPACING, usize::from),
            PrinterCommand::FeedLines(lines) => {
                self.flush_line();
                self.sheet.feed(usize::from(lines) * self.mode.spacing);
            }
            PrinterCommand::FeedDots(dots) => {
                self.flush_line();
                self.sheet.feed(usize::from(dots));
            }
            PrinterCommand::Picture { wide, high, across, data } => {
                let rows = dots(&data, across, wide, high);
                self.picture(rows, "[picture]");
            }
            PrinterCommand::PictureStore { wide, high, across, data } => self.stored = dots(&data, across, wide, high),
            PrinterCommand::PicturePrint => {
                let rows = std::mem::take(&mut self.stored);
                self.picture(rows, "[picture]");
            }
            PrinterCommand::QrModule(_)
            | PrinterCommand::QrLevel(_)
            | PrinterCommand::QrStore(_)
            | PrinterCommand::QrPrint
            | PrinterCommand::QrAskSize => {
                self.qr(command);
            }
            PrinterCommand::Cut { feed } => {
                self.flush_line();
                if feed {
                    self.sheet.feed(SPACING);
                }
                self.cut();
            }
            PrinterCommand::Reports(n) => {
                self.reports = if self.model.reports { n } else { 0 };
                if self.reports != 0 {
                    self.answers.extend(self.status.report());
                }
            }
            PrinterCommand::AskInOrder(_) if self.model.in_order => self.answers.push(self.status.in_order()),
            PrinterCommand::ProcessId([a, b, c, d]) if self.model.process_id => {
                self.answers.extend([0x37, 0x22, a, b, c, d, 0])
            }
            PrinterCommand::AskInOrder(_) | PrinterCommand::ProcessId(_) | PrinterCommand::Nothing => {}
            PrinterCommand::Unknown(bytes) => self.complaints.push(format!("not understood: {bytes:02x?}")),
        }
    }

    fn letter(&mut self, byte: u8) {
        if self.mode.kanji
            && let Some(_first) = self.mode.kanji_first.take()
        {
            // Whatever it is, it is Chinese.
            return self.put('\u{fffd}');
        }
        if self.mode.kanji && byte >= 0x81 {
            self.mode.kanji_first = Some(byte);
            return;
        }
        self.put(if byte < 0x80 { char::from(byte) } else { self.mode.page.letter(byte) });
    }

    fn put(&mut self, letter: char) {
        let used: usize = self.line.iter().map(|letter| letter.mode.width()).sum();
        if used + self.mode.width() > self.model.width_dots {
            self.end_line();
        }
        self.line.push(ModedLetter { letter, mode: self.mode });
    }

    fn flush_line(&mut self) {
        if !self.line.is_empty() {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.text.extend(line.iter().map(|letter| letter.letter));
        self.text.push('\n');
        let height = line.iter().map(|letter| letter.mode.height()).max().unwrap_or(0);
        let advance = self.mode.spacing.max(height);
        let width = line.iter().map(|letter| letter.mode.width()).sum();
        let mut rows = vec![vec![false; self.model.width_dots]; advance];
        let mut left = self.left_of(width);
        for letter in &line {
            self.ink(letter, left, height, &mut rows);
            left += letter.mode.width();
        }
        self.sheet.print(rows);
    }

    fn ink(&mut self, letter: &ModedLetter, left: usize, height: usize, rows: &mut [Vec<bool>]) {
        let mode = letter.mode;
        let cell = self.letters.cell(letter.letter, mode.bold);
        let (across, down) = mode.times();
        // LetterMemory of different heights in a line stand on its foot.
        let top = height - mode.height();
        for y in 0..mode.height() {
            for x in 0..mode.width() {
                let underlined = mode.underline != 0 && y + usize::from(mode.underline) >= mode.height();
                let black = cell[y / down][x / across] || underlined;
                if let Some(dot) = rows[top + y].get_mut(left + x) {
                    *dot = black != mode.reverse;
                }
            }
        }
    }

    fn picture(&mut self, rows: Vec<Vec<bool>>, called: &str) {
        // A picture needs the beginning of a line; a printer in the middle of one prints that first.
        self.flush_line();
        self.text.push_str(called);
        self.text.push('\n');
        let left = self.left_of(rows.first().map_or(0, Vec::len));
        let shifted = rows.into_iter().map(|row| [vec![false; left], row].concat()).collect();
        self.sheet.print(shifted);
    }

    fn left_of(&self, width: usize) -> usize {
        let free = self.model.width_dots.saturating_sub(width);
        match self.mode.align {
            1 => free / 2,
            2 => free,
            _ => 0,
        }
    }

    fn qr(&mut self, command: PrinterCommand) {
        if !self.model.native_qr {
            return self.complaints.push("this printer draws no QR codes".to_owned());
        }
        match command {
            PrinterCommand::QrModule(dots) => self.qr.module = usize::from(dots),
            PrinterCommand::QrLevel(level) => self.qr.level = level,
            PrinterCommand::QrStore(text) => self.qr.text = text,
            PrinterCommand::QrPrint => {
                let level = match self.qr.level {
                    0x31 => EcLevel::M,
                    0x32 => EcLevel::Q,
                    0x33 => EcLevel::H,
                    _ => EcLevel::L,
                };
                match QrCode::with_error_correction_level(&self.qr.text, level) {
                    Ok(code) => {
                        let called = format!("[qr {}]", String::from_utf8_lossy(&self.qr.text));
                        self.picture(modules(&code, self.qr.module), &called);
                    }
                    Err(error) => self.complaints.push(format!("QR: {error}")),
                }
            }
            _ => {}
        }
    }

    fn cut(&mut self) {
        let sheet = std::mem::take(&mut self.sheet);
        let text = std::mem::take(&mut self.text);
        if sheet.rows() > 0 {
            self.tickets.push(CutTicket { sheet, text });
        }
    }
}

impl LetterMode {
    fn new(model: &Model) -> Self {
        Self {
            page: crate::model::PC437,
            kanji: model.starts_in_kanji,
            kanji_first: None,
            size: 0,
            bold: false,
            underline: 0,
            reverse: false,
            align: 0,
            spacing: SPACING,
        }
    }

    /// How many times as wide and as high as font A.
    fn times(self) -> (usize, usize) {
        (usize::from(self.size >> 4 & 7) + 1, usize::from(self.size & 7) + 1)
    }

    fn width(self) -> usize {
        letters::WIDTH * self.times().0
    }

    fn height(self) -> usize {
        letters::HEIGHT * self.times().1
    }
}

/// The dots of a picture's bytes, the highest bit of each at the left.
fn dots(data: &[u8], across: usize, wide: bool, high: bool) -> Vec<Vec<bool>> {
    let (wide, high) = (if wide { 2 } else { 1 }, if high { 2 } else { 1 });
    data.chunks(across.max(1))
        .flat_map(|row| {
            let bits = row.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1));
            let row: Vec<bool> = bits.flat_map(|bit| std::iter::repeat_n(bit, wide)).collect();
            std::iter::repeat_n(row, high)
        })
        .collect()
}

fn modules(code: &QrCode, dots: usize) -> Vec<Vec<bool>> {
    let colours = code.to_colors();
    colours
        .chunks(code.width())
        .flat_map(|row| {
            let row: Vec<bool> =
                row.iter().flat_map(|colour| std::iter::repeat_n(*colour == Color::Dark, dots)).collect();
            std::iter::repeat_n(row, dots)
        })
        .collect()
}

#[cfg(test)]
#[path = "printer_tests.rs"]
mod tests;
