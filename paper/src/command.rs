//! Takes ESC/POS commands off the front of what a printer has received.

/// A command, or a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrinterCommand {
    Letter(u8),
    LineFeed,
    Initialise,
    Kanji(bool),
    CodePage(u8),
    Size(u8),
    Bold(bool),
    Underline(u8),
    Reverse(bool),
    Align(u8),
    /// Dots from line to line; none: the default.
    LineSpacing(Option<u8>),
    FeedLines(u8),
    FeedDots(u8),
    QrModule(u8),
    QrLevel(u8),
    QrStore(Vec<u8>),
    QrPrint,
    QrAskSize,
    /// Dots twice as wide, twice as high; bytes in a row; data.
    Picture {
        wide: bool,
        high: bool,
        across: usize,
        data: Vec<u8>,
    },
    PictureStore {
        wide: bool,
        high: bool,
        across: usize,
        data: Vec<u8>,
    },
    PicturePrint,
    Cut {
        feed: bool,
    },
    Reports(u8),
    AskInOrder(u8),
    ProcessId([u8; 4]),
    /// Understood, and without effect on this paper.
    Nothing,
    /// Not understood: the bytes that were passed over.
    Unknown(Vec<u8>),
}

/// What stands at the front.
pub enum CommandFront {
    /// A command and its length in bytes.
    Whole(PrinterCommand, usize),
    /// The beginning of one.
    Incomplete,
}

/// Reads the command at the front.
pub fn read(bytes: &[u8]) -> CommandFront {
    let parsed = match bytes {
        [] => None,
        [0x1B, rest @ ..] => escape(rest).map(|(command, length)| (command, length + 1)),
        [0x1C, rest @ ..] => file_separator(rest).map(|(command, length)| (command, length + 1)),
        [0x1D, rest @ ..] => group_separator(rest).map(|(command, length)| (command, length + 1)),
        [0x10, rest @ ..] => real_time(rest).map(|(command, length)| (command, length + 1)),
        [0x0A, ..] => Some((PrinterCommand::LineFeed, 1)),
        [0x0D, ..] => Some((PrinterCommand::Nothing, 1)),
        [letter @ 0x20..=0xFF, ..] => Some((PrinterCommand::Letter(*letter), 1)),
        [other, ..] => Some((PrinterCommand::Unknown(vec![*other]), 1)),
    };
    parsed.map_or(CommandFront::Incomplete, |(command, length)| CommandFront::Whole(command, length))
}

type CommandAndLength = Option<(PrinterCommand, usize)>;

fn escape(rest: &[u8]) -> CommandAndLength {
    let command = match *rest {
        [b'@', ..] => return Some((PrinterCommand::Initialise, 1)),
        [b'2', ..] => return Some((PrinterCommand::LineSpacing(None), 1)),
        [b'p', ..] => return (rest.len() >= 4).then_some((PrinterCommand::Nothing, 4)),
        [b't' | b'E' | b'-' | b'a' | b'3' | b'd' | b'J' | b'R' | b'M' | b'!'] | [] => return None,
        [b't', n, ..] => PrinterCommand::CodePage(n),
        [b'E', n, ..] => PrinterCommand::Bold(n & 1 == 1),
        [b'-', n, ..] => PrinterCommand::Underline(n),
        [b'a', n, ..] => PrinterCommand::Align(n),
        [b'3', n, ..] => PrinterCommand::LineSpacing(Some(n)),
        [b'd', n, ..] => PrinterCommand::FeedLines(n),
        [b'J', n, ..] => PrinterCommand::FeedDots(n),
        [b'R' | b'M', _, ..] => PrinterCommand::Nothing,
        [other, ..] => return Some((PrinterCommand::Unknown(vec![0x1B, other]), 1)),
    };
    Some((command, 2))
}

fn file_separator(rest: &[u8]) -> CommandAndLength {
    match *rest {
        [] => None,
        [b'.', ..] => Some((PrinterCommand::Kanji(false), 1)),
        [b'&', ..] => Some((PrinterCommand::Kanji(true), 1)),
        [other, ..] => Some((PrinterCommand::Unknown(vec![0x1C, other]), 1)),
    }
}

fn group_separator(rest: &[u8]) -> CommandAndLength {
    match *rest {
        [] => None,
        [b'(', ..] => function(rest),
        [b'v', ..] => old_picture(rest),
        [b'V', ..] => match *rest {
            [_, 65 | 66, _, ..] => Some((PrinterCommand::Cut { feed: true }, 3)),
            [_, 65 | 66] | [_] => None,
            [_, _, ..] => Some((PrinterCommand::Cut { feed: false }, 2)),
            [] => None,
        },
        [b'!' | b'B' | b'a' | b'r' | b'b' | b'I'] => None,
        [b'!', n, ..] => Some((PrinterCommand::Size(n), 2)),
        [b'B', n, ..] => Some((PrinterCommand::Reverse(n & 1 == 1), 2)),
        [b'a', n, ..] => Some((PrinterCommand::Reports(n), 2)),
        [b'r', n, ..] => Some((PrinterCommand::AskInOrder(n), 2)),
        [b'b' | b'I', _, ..] => Some((PrinterCommand::Nothing, 2)),
        [other, ..] => Some((PrinterCommand::Unknown(vec![0x1D, other]), 1)),
    }
}

/// `GS ( x pL pH ...`: the length stands in the command, so that what is unknown can be passed over whole.
fn function(rest: &[u8]) -> CommandAndLength {
    let [_, kind, low, high, data @ ..] = rest else { return None };
    let length = usize::from(u16::from_le_bytes([*low, *high]));
    let data = data.get(..length)?;
    let command = match (kind, data) {
        (b'k', [0x31, 0x41, ..]) => PrinterCommand::Nothing,
        (b'k', [0x31, 0x43, n, ..]) => PrinterCommand::QrModule(*n),
        (b'k', [0x31, 0x45, n, ..]) => PrinterCommand::QrLevel(*n),
        (b'k', [0x31, 0x50, 0x30, text @ ..]) => PrinterCommand::QrStore(text.to_vec()),
        (b'k', [0x31, 0x51, ..]) => PrinterCommand::QrPrint,
        (b'k', [0x31, 0x52, ..]) => PrinterCommand::QrAskSize,
        (b'H', [0x30, 0x30, a, b, c, d]) => PrinterCommand::ProcessId([*a, *b, *c, *d]),
        (b'L', [0x30, 0x32 | 0x02]) => PrinterCommand::PicturePrint,
        (b'L', [0x30, 0x70, _, bx, by, _, xl, xh, _, _, dots @ ..]) => PrinterCommand::PictureStore {
            wide: *bx == 2,
            high: *by == 2,
            across: usize::from(u16::from_le_bytes([*xl, *xh])).div_ceil(8),
            data: dots.to_vec(),
        },
        _ => PrinterCommand::Unknown([&[0x1D][..], &rest[..4 + length]].concat()),
    };
    Some((command, 4 + length))
}

/// `GS v 0 m xL xH yL yH d...`
fn old_picture(rest: &[u8]) -> CommandAndLength {
    let [_, _, m, xl, xh, yl, yh, data @ ..] = rest else { return None };
    let across = usize::from(u16::from_le_bytes([*xl, *xh]));
    let length = across * usize::from(u16::from_le_bytes([*yl, *yh]));
    let data = data.get(..length)?.to_vec();
    Some((PrinterCommand::Picture { wide: m & 1 != 0, high: m & 2 != 0, across, data }, 7 + length))
}

/// Acted on when they came in; here only their length counts.
fn real_time(rest: &[u8]) -> CommandAndLength {
    let length = match *rest {
        [] => return None,
        [0x04 | 0x05, ..] => 2,
        [0x14, 0x08, ..] => 9,
        [0x14, ..] => 4,
        [_, ..] => return Some((PrinterCommand::Unknown(vec![0x10]), 0)),
    };
    (rest.len() >= length).then_some((PrinterCommand::Nothing, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(mut bytes: &[u8], expect: &[PrinterCommand]) {
        let mut commands = Vec::new();
        while let CommandFront::Whole(command, length) = read(bytes) {
            commands.push(command);
            bytes = &bytes[length..];
        }
        assert_eq!(commands, expect);
        assert!(bytes.is_empty(), "left over: {bytes:02x?}");
    }

    #[test]
    fn commands_after_the_makers_tables() {
        check(
            b"\x1b@\x1c.\x1bt\x0eA\x0a",
            &[
                PrinterCommand::Initialise,
                PrinterCommand::Kanji(false),
                PrinterCommand::CodePage(14),
                PrinterCommand::Letter(b'A'),
                PrinterCommand::LineFeed,
            ],
        );
        check(
            b"\x1dv0\x03\x01\x00\x02\x00\xaa\x55",
            &[PrinterCommand::Picture { wide: true, high: true, across: 1, data: vec![0xAA, 0x55] }],
        );
        check(
            b"\x1d(k\x05\x00\x31\x50\x30hi\x1d(k\x03\x00\x31\x51\x30",
            &[PrinterCommand::QrStore(b"hi".to_vec()), PrinterCommand::QrPrint],
        );
        check(b"\x1d(H\x06\x00\x30\x300007", &[PrinterCommand::ProcessId(*b"0007")]);
        check(b"\x1dVB\x00\x1dV\x01", &[PrinterCommand::Cut { feed: true }, PrinterCommand::Cut { feed: false }]);
        check(b"\x10\x04\x01B", &[PrinterCommand::Nothing, PrinterCommand::Letter(b'B')]);
        check(b"\x1d(z\x02\x00ab", &[PrinterCommand::Unknown(b"\x1d(z\x02\x00ab".to_vec())]);
    }

    #[test]
    fn half_a_command_waits_for_its_other_half() {
        for bytes in
            [&b"\x1b"[..], b"\x1bt", b"\x1d(k\x05\x00\x31", b"\x1dv0\x00\x02\x00\x01\x00\xff", b"\x1dVB", b"\x10"]
        {
            assert!(matches!(read(bytes), CommandFront::Incomplete), "{bytes:02x?}");
        }
    }
}
