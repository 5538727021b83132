//! Takes ESC/POS commands off the front of what a printer has received.

/// A command, or a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
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
pub enum Front {
    /// A command and its length in bytes.
    Whole(Command, usize),
    /// The beginning of one.
    Incomplete,
}

/// Reads the command at the front.
pub fn read(bytes: &[u8]) -> Front {
    let parsed = match bytes {
        [] => None,
        [0x1B, rest @ ..] => escape(rest).map(|(command, length)| (command, length + 1)),
        [0x1C, rest @ ..] => file_separator(rest).map(|(command, length)| (command, length + 1)),
        [0x1D, rest @ ..] => group_separator(rest).map(|(command, length)| (command, length + 1)),
        [0x10, rest @ ..] => real_time(rest).map(|(command, length)| (command, length + 1)),
        [0x0A, ..] => Some((Command::LineFeed, 1)),
        [0x0D, ..] => Some((Command::Nothing, 1)),
        [letter @ 0x20..=0xFF, ..] => Some((Command::Letter(*letter), 1)),
        [other, ..] => Some((Command::Unknown(vec![*other]), 1)),
    };
    parsed.map_or(Front::Incomplete, |(command, length)| Front::Whole(command, length))
}

type Parsed = Option<(Command, usize)>;

fn escape(rest: &[u8]) -> Parsed {
    let command = match *rest {
        [b'@', ..] => return Some((Command::Initialise, 1)),
        [b'2', ..] => return Some((Command::LineSpacing(None), 1)),
        [b'p', ..] => return (rest.len() >= 4).then_some((Command::Nothing, 4)),
        [b't' | b'E' | b'-' | b'a' | b'3' | b'd' | b'J' | b'R' | b'M' | b'!'] | [] => return None,
        [b't', n, ..] => Command::CodePage(n),
        [b'E', n, ..] => Command::Bold(n & 1 == 1),
        [b'-', n, ..] => Command::Underline(n),
        [b'a', n, ..] => Command::Align(n),
        [b'3', n, ..] => Command::LineSpacing(Some(n)),
        [b'd', n, ..] => Command::FeedLines(n),
        [b'J', n, ..] => Command::FeedDots(n),
        [b'R' | b'M', _, ..] => Command::Nothing,
        [other, ..] => return Some((Command::Unknown(vec![0x1B, other]), 1)),
    };
    Some((command, 2))
}

fn file_separator(rest: &[u8]) -> Parsed {
    match *rest {
        [] => None,
        [b'.', ..] => Some((Command::Kanji(false), 1)),
        [b'&', ..] => Some((Command::Kanji(true), 1)),
        [other, ..] => Some((Command::Unknown(vec![0x1C, other]), 1)),
    }
}

fn group_separator(rest: &[u8]) -> Parsed {
    match *rest {
        [] => None,
        [b'(', ..] => function(rest),
        [b'v', ..] => old_picture(rest),
        [b'V', ..] => match *rest {
            [_, 65 | 66, _, ..] => Some((Command::Cut { feed: true }, 3)),
            [_, 65 | 66] | [_] => None,
            [_, _, ..] => Some((Command::Cut { feed: false }, 2)),
            [] => None,
        },
        [b'!' | b'B' | b'a' | b'r' | b'b' | b'I'] => None,
        [b'!', n, ..] => Some((Command::Size(n), 2)),
        [b'B', n, ..] => Some((Command::Reverse(n & 1 == 1), 2)),
        [b'a', n, ..] => Some((Command::Reports(n), 2)),
        [b'r', n, ..] => Some((Command::AskInOrder(n), 2)),
        [b'b' | b'I', _, ..] => Some((Command::Nothing, 2)),
        [other, ..] => Some((Command::Unknown(vec![0x1D, other]), 1)),
    }
}

/// `GS ( x pL pH ...`: the length stands in the command, so that what is unknown can be passed over whole.
fn function(rest: &[u8]) -> Parsed {
    let [_, kind, low, high, data @ ..] = rest else { return None };
    let length = usize::from(u16::from_le_bytes([*low, *high]));
    let data = data.get(..length)?;
    let command = match (kind, data) {
        (b'k', [0x31, 0x41, ..]) => Command::Nothing,
        (b'k', [0x31, 0x43, n, ..]) => Command::QrModule(*n),
        (b'k', [0x31, 0x45, n, ..]) => Command::QrLevel(*n),
        (b'k', [0x31, 0x50, 0x30, text @ ..]) => Command::QrStore(text.to_vec()),
        (b'k', [0x31, 0x51, ..]) => Command::QrPrint,
        (b'k', [0x31, 0x52, ..]) => Command::QrAskSize,
        (b'H', [0x30, 0x30, a, b, c, d]) => Command::ProcessId([*a, *b, *c, *d]),
        (b'L', [0x30, 0x32 | 0x02]) => Command::PicturePrint,
        (b'L', [0x30, 0x70, _, bx, by, _, xl, xh, _, _, dots @ ..]) => Command::PictureStore {
            wide: *bx == 2,
            high: *by == 2,
            across: usize::from(u16::from_le_bytes([*xl, *xh])).div_ceil(8),
            data: dots.to_vec(),
        },
        _ => Command::Unknown([&[0x1D][..], &rest[..4 + length]].concat()),
    };
    Some((command, 4 + length))
}

/// `GS v 0 m xL xH yL yH d...`
fn old_picture(rest: &[u8]) -> Parsed {
    let [_, _, m, xl, xh, yl, yh, data @ ..] = rest else { return None };
    let across = usize::from(u16::from_le_bytes([*xl, *xh]));
    let length = across * usize::from(u16::from_le_bytes([*yl, *yh]));
    let data = data.get(..length)?.to_vec();
    Some((Command::Picture { wide: m & 1 != 0, high: m & 2 != 0, across, data }, 7 + length))
}

/// Acted on when they came in; here only their length counts.
fn real_time(rest: &[u8]) -> Parsed {
    let length = match *rest {
        [] => return None,
        [0x04 | 0x05, ..] => 2,
        [0x14, 0x08, ..] => 9,
        [0x14, ..] => 4,
        [_, ..] => return Some((Command::Unknown(vec![0x10]), 0)),
    };
    (rest.len() >= length).then_some((Command::Nothing, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(mut bytes: &[u8], expect: &[Command]) {
        let mut commands = Vec::new();
        while let Front::Whole(command, length) = read(bytes) {
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
                Command::Initialise,
                Command::Kanji(false),
                Command::CodePage(14),
                Command::Letter(b'A'),
                Command::LineFeed,
            ],
        );
        check(
            b"\x1dv0\x03\x01\x00\x02\x00\xaa\x55",
            &[Command::Picture { wide: true, high: true, across: 1, data: vec![0xAA, 0x55] }],
        );
        check(
            b"\x1d(k\x05\x00\x31\x50\x30hi\x1d(k\x03\x00\x31\x51\x30",
            &[Command::QrStore(b"hi".to_vec()), Command::QrPrint],
        );
        check(b"\x1d(H\x06\x00\x30\x300007", &[Command::ProcessId(*b"0007")]);
        check(b"\x1dVB\x00\x1dV\x01", &[Command::Cut { feed: true }, Command::Cut { feed: false }]);
        check(b"\x10\x04\x01B", &[Command::Nothing, Command::Letter(b'B')]);
        check(b"\x1d(z\x02\x00ab", &[Command::Unknown(b"\x1d(z\x02\x00ab".to_vec())]);
    }

    #[test]
    fn half_a_command_waits_for_its_other_half() {
        for bytes in
            [&b"\x1b"[..], b"\x1bt", b"\x1d(k\x05\x00\x31", b"\x1dv0\x00\x02\x00\x01\x00\xff", b"\x1dVB", b"\x10"]
        {
            assert!(matches!(read(bytes), Front::Incomplete), "{bytes:02x?}");
        }
    }
}
