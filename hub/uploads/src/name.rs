//! Names in a PDF (ISO 32000-1, 7.3.5), as far as one is looked for.

/// A name, with `#4a` read as the letter that it stands for; of a longer one its beginning.
#[derive(Clone, Copy)]
pub struct Name {
    letters: [u8; Self::LONGEST],
    length: usize,
    /// So many bytes it is written in.
    pub written: usize,
}

/// Actions that run programs or scripts (ISO 32000-1, 12.6.4), forms that are scripts themselves, and other files that are
/// carried along (7.11.4), which nobody has looked into.
const ACTIVE: [&[u8]; 7] =
    [b"JavaScript", b"Launch", b"RichMedia", b"XFA", b"EmbeddedFile", b"EmbeddedFiles", b"FileAttachment"];

impl Name {
    const LONGEST: usize = 20;

    /// What begins behind a slash.
    pub fn at(bytes: &[u8]) -> Self {
        let mut name = Self { letters: [0; Self::LONGEST], length: 0, written: 0 };
        let mut rest = bytes;
        while let Some((&byte, after)) = rest.split_first().filter(|_| name.length < Self::LONGEST) {
            let escaped = if byte == b'#' { after.get(..2).and_then(byte_of_hex) } else { None };
            if escaped.is_none() && (is_blank(byte) || b"/()<>[]{}%".contains(&byte)) {
                break;
            }
            name.letters[name.length] = escaped.unwrap_or(byte);
            name.length += 1;
            rest = if escaped.is_some() { &after[2..] } else { after };
        }
        name.written = bytes.len() - rest.len();
        name
    }

    /// The letters that it has, without the room behind them.
    pub fn letters(&self) -> &[u8] {
        &self.letters[..self.length]
    }

    /// Whether something runs by itself that has this name.
    pub fn is_active(&self) -> bool {
        ACTIVE.contains(&self.letters())
    }
}

/// What may stand between two words of a PDF (ISO 32000-1, table 1).
pub const fn is_blank(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0
}

/// Two letters of hexadecimal writing.
fn byte_of_hex(pair: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?)
}
