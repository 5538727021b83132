//! What is the matter with the played printer, and how it says so.

use std::str::FromStr;

/// What somebody does to the printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handling {
    /// The roll is at its end.
    PaperOut,
    /// A new roll.
    PaperIn,
    /// The roll is near its end.
    PaperLow,
    /// So many millimetres of paper are left.
    PaperLeft(u32),
    /// The cover is opened.
    CoverOpen,
    /// Somebody shuts the cover again.
    CoverClosed,
    /// It says that it is offline, and not why.
    Offline,
    /// It is online again.
    Online,
    /// The cutter jams.
    Jam,
    /// Somebody takes the paper out of the cutter.
    JamCleared,
    /// It stops taking and saying anything.
    Stall,
    /// It goes on.
    GoOn,
    /// What is printed is torn off.
    Tear,
}

impl FromStr for Handling {
    type Err = String;

    fn from_str(words: &str) -> Result<Self, String> {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(match words.as_str() {
            "paper out" => Self::PaperOut,
            "paper in" => Self::PaperIn,
            "paper low" => Self::PaperLow,
            "cover open" => Self::CoverOpen,
            "cover closed" => Self::CoverClosed,
            "offline" => Self::Offline,
            "online" => Self::Online,
            "jam" => Self::Jam,
            "jam cleared" => Self::JamCleared,
            "stall" => Self::Stall,
            "go on" => Self::GoOn,
            "tear" => Self::Tear,
            _ => {
                let left = words.strip_prefix("paper left ").and_then(|millimetres| millimetres.parse().ok());
                return left.map(Self::PaperLeft).ok_or_else(|| {
                    format!(
                        "\"{words}\": expected paper out, paper in, paper low, paper left MILLIMETRES, cover open, cover \
                         closed, offline, online, jam, jam cleared, stall, go on or tear"
                    )
                });
            }
        })
    }
}

/// What is the matter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PrinterCondition {
    pub paper_out: bool,
    pub paper_low: bool,
    pub cover_open: bool,
    pub offline: bool,
    pub jam: bool,
}

impl PrinterCondition {
    /// Whether nothing can be printed.
    pub fn stops(self) -> bool {
        self.paper_out || self.cover_open || self.offline || self.jam
    }

    /// The answer to `DLE EOT n`.
    pub fn real_time(self, n: u8) -> Option<u8> {
        let bit = |set: bool, bit: u8| if set { bit } else { 0 };
        let bits = match n {
            1 => bit(self.stops(), 0x08),
            2 => bit(self.cover_open, 0x04) | bit(self.paper_out, 0x20) | bit(self.jam, 0x40),
            3 => bit(self.jam, 0x08),
            4 => bit(self.paper_low || self.paper_out, 0x0C) | bit(self.paper_out, 0x60),
            _ => return None,
        };
        Some(0x12 | bits)
    }

    /// The four bytes after `GS a`.
    pub fn report(self) -> [u8; 4] {
        let bit = |set: bool, bit: u8| if set { bit } else { 0 };
        [
            0x10 | bit(self.stops(), 0x08) | bit(self.cover_open, 0x20),
            bit(self.jam, 0x08),
            bit(self.paper_low || self.paper_out, 0x03) | bit(self.paper_out, 0x0C),
            0,
        ]
    }

    /// The answer to `GS r 1`.
    pub fn in_order(self) -> u8 {
        if self.paper_low || self.paper_out { 0x03 } else { 0x00 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(status: PrinterCondition, real_time: [u8; 4], report: [u8; 4]) {
        assert_eq!([1, 2, 3, 4].map(|n| status.real_time(n).unwrap()), real_time);
        assert_eq!(status.report(), report);
    }

    #[test]
    fn bytes_after_the_makers_tables() {
        check(PrinterCondition::default(), [0x12; 4], [0x10, 0, 0, 0]);
        check(
            PrinterCondition { paper_out: true, ..PrinterCondition::default() },
            [0x1A, 0x32, 0x12, 0x7E],
            [0x18, 0, 0x0F, 0],
        );
        check(
            PrinterCondition { cover_open: true, ..PrinterCondition::default() },
            [0x1A, 0x16, 0x12, 0x12],
            [0x38, 0, 0, 0],
        );
        check(
            PrinterCondition { paper_low: true, ..PrinterCondition::default() },
            [0x12, 0x12, 0x12, 0x1E],
            [0x10, 0, 0x03, 0],
        );
        check(
            PrinterCondition { offline: true, ..PrinterCondition::default() },
            [0x1A, 0x12, 0x12, 0x12],
            [0x18, 0, 0, 0],
        );
        check(
            PrinterCondition { jam: true, ..PrinterCondition::default() },
            [0x1A, 0x52, 0x1A, 0x12],
            [0x18, 0x08, 0, 0],
        );
    }
}
