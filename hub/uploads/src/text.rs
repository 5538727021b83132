//! Bytes that are written as text (ISO 32000-1, 7.4.2 and 7.4.3), read a piece at a time.

use crate::name::is_blank;

/// Whether something goes on after these bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// It goes on.
    More,
    /// It ended, or broke.
    Over,
}

/// A way to read text back.
pub trait Decoder {
    /// Reads some of it: how many letters, and whether it goes on behind them.
    fn take(&mut self, letters: &[u8], bytes: &mut Vec<u8>) -> (usize, Rest);

    /// What the last letters stand for.
    fn end(&mut self, bytes: &mut Vec<u8>);
}

/// ASCII85 up to its `~`: five letters for four bytes.
#[derive(Default)]
pub struct Base85 {
    digits: [u8; 5],
    has: usize,
    has_begun: bool,
}

impl Base85 {
    fn four(&self) -> [u8; 4] {
        let add = |number: u32, digit: &u8| number.wrapping_mul(85).wrapping_add(u32::from(*digit));
        self.digits.iter().fold(0, add).to_be_bytes()
    }
}

impl Decoder for Base85 {
    fn take(&mut self, letters: &[u8], bytes: &mut Vec<u8>) -> (usize, Rest) {
        for (at, &letter) in letters.iter().enumerate() {
            match letter {
                _ if is_blank(letter) => {}
                b'z' if self.has == 0 => {
                    bytes.extend([0; 4]);
                    self.has_begun = true;
                }
                b'!'..=b'u' => {
                    self.digits[self.has] = letter - b'!';
                    self.has += 1;
                }
                // Some programs write `<~` before it.
                b'~' if !self.has_begun && self.digits[..self.has] == [b'<' - b'!'] => {
                    self.has = 0;
                    self.has_begun = true;
                }
                _ => return (at + 1, Rest::Over),
            }
            if self.has == 5 {
                bytes.extend(self.four());
                self.has = 0;
                self.has_begun = true;
            }
        }
        (letters.len(), Rest::More)
    }

    fn end(&mut self, bytes: &mut Vec<u8>) {
        if self.has > 1 {
            self.digits[self.has..].fill(84);
            bytes.extend(&self.four()[..self.has - 1]);
        }
        self.has = 0;
    }
}

/// ASCII-Hex up to its `>`: two letters for a byte.
#[derive(Default)]
pub struct Base16 {
    half: Option<u8>,
}

impl Decoder for Base16 {
    fn take(&mut self, letters: &[u8], bytes: &mut Vec<u8>) -> (usize, Rest) {
        for (at, &letter) in letters.iter().enumerate() {
            let digit = match letter {
                b'0'..=b'9' => letter - b'0',
                b'a'..=b'f' => letter - b'a' + 10,
                b'A'..=b'F' => letter - b'A' + 10,
                b'>' => return (at + 1, Rest::Over),
                _ => continue,
            };
            match self.half.take() {
                Some(half) => bytes.push(half << 4 | digit),
                None => self.half = Some(digit),
            }
        }
        (letters.len(), Rest::More)
    }

    fn end(&mut self, bytes: &mut Vec<u8>) {
        bytes.extend(self.half.take().map(|half| half << 4));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(mut decoder: impl Decoder, letters: &[u8], at_once: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        for some in letters.chunks(at_once) {
            if decoder.take(some, &mut bytes).1 == Rest::Over {
                break;
            }
        }
        decoder.end(&mut bytes);
        bytes
    }

    #[test]
    fn text_is_read_back_in_pieces_of_any_length() {
        for at_once in 1..20 {
            let base_85 = |letters: &[u8]| read(Base85::default(), letters, at_once);
            assert_eq!(base_85(b"87cURD]i,\"Ebo80~>"), b"Hello World!");
            assert_eq!(base_85(b"z87cUR DZ~>"), b"\0\0\0\0Hello");
            assert_eq!(base_85(b" <~87cURDZ~>"), b"Hello");
            assert_eq!(read(Base16::default(), b"48 65 6C6c 6F7>", at_once), b"Hellop");
        }
    }
}
