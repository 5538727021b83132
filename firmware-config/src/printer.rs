//! What has to be known about a ticket printer before a byte is sent to it.

use serde::{Deserialize, Serialize};

/// A model of printer, as its maker's manual and our own trials describe it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub struct PrinterProfile {
    /// The name by which a kiosk's configuration asks for it.
    pub id: String,
    /// Who makes it.
    pub vendor: String,
    /// The maker's name of the model.
    pub model: String,
    /// Width of the paper roll in millimetres.
    pub paper_mm: u16,
    /// Dots per inch, the same in both directions.
    pub dpi: u16,
    /// Printable dots in a line; a multiple of 8.
    pub width_dots: u16,
    /// Characters of font A (12 x 24 dots) in a line.
    pub columns: u16,
    /// Code pages with Greek letters and the number by which `ESC t` selects each, the preferred first. None: every
    /// line is drawn.
    #[serde(default)]
    pub code_pages: Vec<CodePageSlot>,
    /// Whether the printer starts in a Chinese mode that has to be left with `FS .` before Greek comes out.
    pub kanji_cancel: bool,
    /// Whether it draws QR codes itself (`GS ( k`).
    pub native_qr: bool,
    /// The largest dot size of a QR module that `GS ( k` takes.
    #[serde(default = "qr_module_dots_max")]
    pub qr_module_dots_max: u8,
    /// How it takes pictures.
    pub raster: Raster,
    /// Rows in one band of a picture.
    pub max_band_rows: u16,
    /// How it cuts.
    pub cut: Cut,
    /// What it says about itself.
    pub status: PrinterStatus,
    /// How it says that a ticket was printed.
    pub confirm: Confirm,
    /// How what it has not printed yet can be taken back.
    pub clear: Clear,
    /// Whether the sensor that sees the end of the roll coming is built in.
    pub near_end_sensor: bool,
    /// Millimetres of paper in a second.
    pub print_speed_mm_s: u16,
    /// The serial line.
    pub serial: Serial,
    /// What lines lead to it.
    pub transports: Vec<PrinterTransport>,
    /// By which command it beeps.
    pub buzzer: Buzzer,
    /// Whether it prints a second colour.
    pub second_colour: bool,
    /// Where these facts come from.
    pub source: String,
    /// Whether somebody of the house has seen them hold on the real machine.
    pub verified: bool,
}

/// A kind of line to a printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrinterTransport {
    /// A serial line, or an adapter to one.
    Serial,
    /// USB's printer class, `/dev/usb/lp*`.
    Usb,
    /// TCP, port 9100.
    Network,
}

/// By which command a printer beeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Buzzer {
    /// `ESC ( A`.
    Epson,
    /// `ESC B`.
    EscB,
    /// It has none, or none that is known.
    None,
}

fn qr_module_dots_max() -> u8 {
    8
}

/// A code page and its number on one model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodePageSlot {
    /// Which letters.
    pub name: CodePage,
    /// The number for `ESC t`.
    pub n: u8,
}

/// The code pages that hold Greek and that printers have. CP851 is left out: makers disagree about what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CodePage {
    /// Windows-1253: all of everyday Greek, with the euro.
    Wpc1253,
    /// ISO 8859-7 of 2003.
    #[serde(rename = "iso8859-7")]
    Iso8859_7,
    /// DOS 869: no euro, no dashes.
    Cp869,
    /// DOS 737: no euro, and no letter with both accent and dialytika, so no "Μαΐου".
    Cp737,
}

/// How a printer takes pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Raster {
    /// `GS v 0`: old, and known by every model.
    #[serde(rename = "gs_v_0")]
    GsV0,
    /// `GS ( L` functions 112 and 50.
    GsParenL,
}

/// How a printer cuts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cut {
    /// Feeds, and leaves one point uncut, so that the ticket does not fall.
    PartialFeed,
    /// Feeds and cuts through.
    FullFeed,
    /// Has no cutter: feeds past the tear bar.
    None,
}

/// What a printer says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrinterStatus {
    /// Answers `DLE EOT n` at once.
    pub dle_eot: bool,
    /// Speaks unasked when its state changes, once `GS a` has been sent.
    pub asb: bool,
}

/// How a printer says that a ticket was printed, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confirm {
    /// `GS ( H` function 48 is answered when what came before it is on paper.
    GsParenH,
    /// `GS r 1` is answered in its order, so everything before it was processed.
    GsR,
    /// Only its state can be asked: clean before and clean after.
    StatusOnly,
    /// It says nothing.
    None,
}

/// How what a printer has received and not printed is taken back after a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clear {
    /// `DLE DC4` function 8: in every state, and answered.
    DleDc4,
    /// `DLE ENQ 2`: only after a fault that can be recovered from.
    DleEnq2,
    /// Not at all: what was sent comes out when the paper is back.
    None,
}

/// Settings of a serial line; always 8 data bits and one stop bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Serial {
    /// Bits in a second.
    pub baud: u32,
    /// The parity bit.
    pub parity: Parity,
    /// How the receiver says "stop".
    pub flow: Flow,
}

/// The parity bit of a serial line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Parity {
    /// No bit is added.
    None,
    /// A bit makes the number of ones even.
    Even,
    /// A bit makes the number of ones odd.
    Odd,
}

/// Flow control of a serial line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flow {
    /// Nobody holds the other back.
    None,
    /// RTS and CTS; the cable takes a printer's DTR to our CTS, since Linux knows no DTR/DSR flow control.
    Hardware,
    /// XON and XOFF.
    Software,
}

impl Serial {
    /// How many milliseconds so many bytes take on the line (ten bits a byte).
    #[must_use]
    pub fn line_ms(&self, bytes: usize) -> u64 {
        bytes as u64 * 10_000 / u64::from(self.baud.max(1))
    }
}

/// Bits a second that USB and network carry at least, with much to spare.
const FAST_BAUD: u32 = 1_000_000;

impl PrinterProfile {
    /// The same printer on a line that is fast enough for pictures: the whole ticket is drawn, in the house's own letters, and
    /// no code page can be wrong.
    #[must_use]
    pub fn on_fast_line(mut self) -> Self {
        self.code_pages.clear();
        self.native_qr = false;
        self.serial.baud = FAST_BAUD;
        self
    }

    /// What is inconsistent in the profile, in words that name the key and what would be right.
    #[must_use]
    pub fn faults(&self) -> Vec<ProfileFault> {
        let mut faults = Vec::new();
        let mut fault = |key: &'static str, says: String| faults.push(ProfileFault { key, says });
        if self.id.is_empty() || !self.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            fault("id", format!("\"{}\" should be made of a-z, 0-9 and \"-\", such as \"epson-tm-t20iii\"", self.id));
        }
        if self.width_dots == 0 || !self.width_dots.is_multiple_of(8) {
            fault("width_dots", format!("{} should be a multiple of 8, such as 576 or 384", self.width_dots));
        }
        if self.columns == 0 || self.columns * 12 > self.width_dots {
            let most = self.width_dots / 12;
            fault("columns", format!("{} should be 1 to {most}: a letter is 12 dots wide", self.columns));
        }
        if ![180, 203, 300].contains(&self.dpi) {
            fault("dpi", format!("{} should be 180, 203 or 300", self.dpi));
        }
        if !(1..=2303).contains(&self.max_band_rows) {
            fault("max_band_rows", format!("{} should be 1 to 2303, such as 128", self.max_band_rows));
        }
        if !(1..=16).contains(&self.qr_module_dots_max) {
            fault("qr_module_dots_max", format!("{} should be 1 to 16", self.qr_module_dots_max));
        }
        if self.serial.baud < 1200 {
            fault("baud", format!("{} should be at least 1200, such as 38400", self.serial.baud));
        }
        if self.print_speed_mm_s == 0 {
            fault("print_speed_mm_s", "0 should be the maker's figure, such as 150".to_owned());
        }
        if self.transports.is_empty() {
            fault("transports", "should name a line, such as [\"serial\"]".to_owned());
        }
        if self.confirm == Confirm::GsR && self.status.asb {
            let says = "\"gs_r\" needs asb = false: the answers of the two cannot be told apart".to_owned();
            fault("confirm", says);
        }
        if self.confirm == Confirm::StatusOnly && !self.status.dle_eot {
            fault("confirm", "\"status_only\" needs dle_eot = true".to_owned());
        }
        faults
    }
}

/// Something that cannot be so in a file that is well written otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileFault {
    /// The key it is about.
    pub key: &'static str,
    /// What is wrong, and what would be right.
    pub says: String,
}
