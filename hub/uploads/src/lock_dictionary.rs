//! A dictionary of a PDF as far as one says how the file is locked: flat values, and dictionaries within it.

use crate::name::{Name, is_blank};

/// A dictionary that says how a file is locked is shorter than this: its longest texts have 127 bytes.
const DICTIONARY_BYTES_MAX: usize = 8 * 1024;
/// Dictionaries lie in each other so deep at most.
const DEPTH_MAX: usize = 8;

/// A dictionary, from its `<<` on.
#[derive(Debug, Clone, Copy)]
pub struct LockDictionary<'a>(pub &'a [u8]);

/// What stands under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LockValue<'a> {
    /// A whole number.
    Number(i64),
    /// A text, as its bytes.
    Text(Vec<u8>),
    /// A name such as `/CFM`, without its slash.
    Name(Vec<u8>),
    /// A dictionary, from its `<<` on.
    Dictionary(&'a [u8]),
    /// Anything else: `true`, `null`, a list.
    Word(Vec<u8>),
}

impl<'a> LockDictionary<'a> {
    /// The value of a name at the top of the dictionary.
    pub fn value(self, wanted: &[u8]) -> Option<LockValue<'a>> {
        let bytes = &self.0[..self.0.len().min(DICTIONARY_BYTES_MAX)];
        let mut at = bytes.strip_prefix(b"<<").map(|_| 2)?;
        loop {
            at += blanks(&bytes[at..]);
            // Names and values take turns until the dictionary ends.
            if bytes.get(at) != Some(&b'/') {
                return None;
            }
            let name = Name::at(&bytes[at + 1..]);
            at += 1 + name.written;
            at += blanks(&bytes[at..]);
            let (value, length) = value_at(&bytes[at..])?;
            if name.letters() == wanted {
                return Some(value);
            }
            at += length;
        }
    }
}

impl LockValue<'_> {
    /// The text with which the bytes begin.
    pub fn text_at(bytes: &[u8]) -> Option<Vec<u8>> {
        let bytes = &bytes[..bytes.len().min(DICTIONARY_BYTES_MAX)];
        match bytes {
            [b'(', ..] => literal(bytes).map(|(text, _)| text),
            [b'<', ..] => hexadecimal(bytes).map(|(text, _)| text),
            _ => None,
        }
    }
}

fn blanks(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| is_blank(**byte)).count()
}

/// The value with which the bytes begin, and how long it is written.
fn value_at(bytes: &[u8]) -> Option<(LockValue<'_>, usize)> {
    match bytes {
        [b'<', b'<', ..] => Some((LockValue::Dictionary(bytes), nested(bytes)?)),
        [b'<', ..] => hexadecimal(bytes).map(|(text, length)| (LockValue::Text(text), length)),
        [b'(', ..] => literal(bytes).map(|(text, length)| (LockValue::Text(text), length)),
        [b'/', rest @ ..] => {
            let name = Name::at(rest);
            Some((LockValue::Name(name.letters().to_vec()), 1 + name.written))
        }
        [b'[', ..] => {
            let length = bytes.iter().position(|byte| *byte == b']')? + 1;
            Some((LockValue::Word(bytes[..length].to_vec()), length))
        }
        _ => {
            let length = bytes.iter().take_while(|byte| !is_blank(**byte) && !b"/<>[]()".contains(byte)).count();
            let word = bytes.get(..length).filter(|word| !word.is_empty())?;
            // `12 0 R` is a reference, of which nothing is looked up.
            let number = std::str::from_utf8(word).ok().and_then(|word| word.parse().ok());
            Some((number.map_or_else(|| LockValue::Word(word.to_vec()), LockValue::Number), length))
        }
    }
}

/// How long a dictionary within is.
fn nested(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (0, 0_usize);
    while at < bytes.len() {
        match &bytes[at..] {
            [b'<', b'<', ..] => (at, depth) = (at + 2, depth + 1),
            [b'>', b'>', ..] => {
                (at, depth) = (at + 2, depth.checked_sub(1)?);
                if depth == 0 {
                    return Some(at);
                }
            }
            [b'(', ..] => at += literal(&bytes[at..])?.1,
            _ => at += 1,
        }
        if depth > DEPTH_MAX {
            return None;
        }
    }
    None
}

/// `<0a1b>`
fn hexadecimal(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    let end = bytes.iter().position(|byte| *byte == b'>')?;
    let digits = bytes[1..end].iter().filter(|byte| !is_blank(**byte));
    let digits: Vec<u8> = digits.map(|byte| char::from(*byte).to_digit(16)?.try_into().ok()).collect::<Option<_>>()?;
    // Where the last one is missing it is a 0.
    let text = digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or_default());
    Some((text.collect(), end + 1))
}

/// `(text)`, with what is escaped in it (ISO 32000-1, 7.3.4.2).
fn literal(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    let (mut text, mut at, mut depth) = (Vec::new(), 1, 1_usize);
    loop {
        let byte = *bytes.get(at)?;
        at += 1;
        match byte {
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return Some((text, at));
                }
            }
            b'\\' => {
                let (escaped, length) = escaped(bytes.get(at..)?)?;
                text.extend(escaped);
                at += length;
                continue;
            }
            // Any end of a line is one.
            b'\r' => {
                at += usize::from(bytes.get(at) == Some(&b'\n'));
                text.push(b'\n');
                continue;
            }
            _ => {}
        }
        text.push(byte);
    }
}

/// What stands behind a backslash, and how long it is written.
fn escaped(bytes: &[u8]) -> Option<(Option<u8>, usize)> {
    Some(match *bytes.first()? {
        b'n' => (Some(b'\n'), 1),
        b'r' => (Some(b'\r'), 1),
        b't' => (Some(b'\t'), 1),
        b'b' => (Some(8), 1),
        b'f' => (Some(12), 1),
        b'\r' => (None, 1 + usize::from(bytes.get(1) == Some(&b'\n'))),
        b'\n' => (None, 1),
        b'0'..=b'7' => {
            let digits = bytes.iter().take(3).take_while(|byte| (b'0'..=b'7').contains(*byte));
            let (number, count) =
                digits.fold((0_u32, 0), |(number, count), byte| (number * 8 + u32::from(byte - b'0'), count + 1));
            (Some(u8::try_from(number & 0xff).ok()?), count)
        }
        other => (Some(other), 1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trn_10_a_dictionary_is_read_as_far_as_it_says_how_a_file_is_locked() {
        let said = LockDictionary(b"<< /V 4/R 4 /P -44 /O (a\\)\\101\\\n\\n(b)) /U<0a 1B2> /CF << /A << /CFM /AESV2 >> /T (>>) >> /L [1 2] /M true >> /Z 1");
        assert_eq!(said.value(b"P"), Some(LockValue::Number(-44)));
        assert_eq!(said.value(b"O"), Some(LockValue::Text(b"a)A\n(b)".to_vec())));
        assert_eq!(said.value(b"U"), Some(LockValue::Text(vec![0x0a, 0x1b, 0x20])));
        assert_eq!(said.value(b"M"), Some(LockValue::Word(b"true".to_vec())));
        let Some(LockValue::Dictionary(all)) = said.value(b"CF") else { panic!() };
        let Some(LockValue::Dictionary(own)) = LockDictionary(all).value(b"A") else { panic!() };
        assert_eq!(LockDictionary(own).value(b"CFM"), Some(LockValue::Name(b"AESV2".to_vec())));
        assert_eq!(said.value(b"Z"), None, "it has ended");
        for broken in [&b"<<"[..], b"<< /A", b"<< /A (", b"<< /A <12", b"<< /A << /B 1", b"", b"<< 1 /A 2 >>"] {
            assert_eq!(
                LockDictionary(broken).value(b"A").filter(|value| !matches!(value, LockValue::Dictionary(_))),
                None
            );
        }
    }
}
