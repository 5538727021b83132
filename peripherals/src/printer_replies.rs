//! Tells apart what a printer sends: answers, messages of its own accord, and flow control, on one line without frames.

/// A message of a printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrinterReply {
    /// The answer to `DLE EOT n`.
    RealTime(u8),
    /// Its state, sent of its own accord (`GS a`).
    Unasked([u8; 4]),
    /// "What came before this is on paper" (`GS ( H` function 48), with the four letters that were sent along.
    Printed([u8; 4]),
    /// An answer in its order (`GS r`).
    InOrder(u8),
}

/// Longest block that is waited for; what is longer is noise.
const BLOCK_BYTES_MAX: usize = 128;

/// Collects bytes into messages. The first byte tells the kind (Epson, "Identification of the status").
#[derive(Debug, Default)]
pub struct PrinterReplies {
    partial: Vec<u8>,
}

impl PrinterReplies {
    /// Takes bytes, returns the messages that they complete.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<PrinterReply> {
        bytes.iter().filter_map(|byte| self.take_one(*byte)).collect()
    }

    /// Forgets half a message, after the line was opened anew.
    pub fn forget(&mut self) {
        self.partial.clear();
    }

    fn take_one(&mut self, byte: u8) -> Option<PrinterReply> {
        const XON: u8 = 0x11;
        const XOFF: u8 = 0x13;
        let Some(first) = self.partial.first().copied() else {
            return match byte {
                XON | XOFF => None,
                0x37 | 0x3D | 0x5F => {
                    self.partial.push(byte);
                    None
                }
                _ if byte & 0x93 == 0x12 => Some(PrinterReply::RealTime(byte)),
                _ if byte & 0x93 == 0x10 => {
                    self.partial.push(byte);
                    None
                }
                _ if byte & 0x90 == 0x00 => Some(PrinterReply::InOrder(byte)),
                _ => None,
            };
        };
        let in_block = matches!(first, 0x37 | 0x3D | 0x5F);
        // XOFF may stand between the four bytes of a state, and means nothing there.
        if !in_block && (byte == XON || byte == XOFF) {
            return None;
        }
        self.partial.push(byte);
        if in_block { self.end_of_block(byte) } else { self.end_of_state() }
    }

    fn end_of_block(&mut self, byte: u8) -> Option<PrinterReply> {
        if byte != 0 {
            if self.partial.len() > BLOCK_BYTES_MAX {
                self.partial.clear();
            }
            return None;
        }
        let block = std::mem::take(&mut self.partial);
        match block[..] {
            [0x37, 0x22, a, b, c, d, 0x00] => Some(PrinterReply::Printed([a, b, c, d])),
            _ => None,
        }
    }

    fn end_of_state(&mut self) -> Option<PrinterReply> {
        let state = self.partial[..].try_into().ok()?;
        self.partial.clear();
        Some(PrinterReply::Unasked(state))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expect: &[PrinterReply]) {
        assert_eq!(PrinterReplies::default().take(bytes), expect);
        let mut one_by_one = PrinterReplies::default();
        let said: Vec<PrinterReply> = bytes.iter().flat_map(|byte| one_by_one.take(&[*byte])).collect();
        assert_eq!(said, expect, "byte by byte");
    }

    #[test]
    fn messages_are_told_apart() {
        check(&[0x12], &[PrinterReply::RealTime(0x12)]);
        check(&[0x16, 0x7E], &[PrinterReply::RealTime(0x16), PrinterReply::RealTime(0x7E)]);
        check(&[0x10, 0, 0, 0], &[PrinterReply::Unasked([0x10, 0, 0, 0])]);
        check(&[0x18, 0, 0x0C, 0], &[PrinterReply::Unasked([0x18, 0, 0x0C, 0])]);
        check(&[0x37, 0x22, b'0', b'0', b'0', b'7', 0], &[PrinterReply::Printed(*b"0007")]);
        check(&[0x00], &[PrinterReply::InOrder(0)]);
        check(&[0x0C], &[PrinterReply::InOrder(0x0C)]);
    }

    #[test]
    fn flow_control_is_not_an_answer() {
        check(&[0x13, 0x11, 0x12], &[PrinterReply::RealTime(0x12)]);
        check(&[0x10, 0x13, 0, 0, 0], &[PrinterReply::Unasked([0x10, 0, 0, 0])]);
    }

    #[test]
    fn a_state_between_answers_is_kept_whole() {
        check(
            &[0x12, 0x38, 0, 0, 0, 0x12],
            &[PrinterReply::RealTime(0x12), PrinterReply::Unasked([0x38, 0, 0, 0]), PrinterReply::RealTime(0x12)],
        );
    }

    #[test]
    fn unknown_blocks_are_passed_over_and_endless_ones_dropped() {
        check(&[0x37, 0x25, 0x00, 0x12], &[PrinterReply::RealTime(0x12)]);
        check(b"\x5fEPSON\x00\x12", &[PrinterReply::RealTime(0x12)]);
        let mut replies = PrinterReplies::default();
        for _ in 0..1_000_000 / 8 {
            replies.take(&[0x37; 8]);
        }
        assert!(replies.partial.capacity() <= 2 * BLOCK_BYTES_MAX + 2);
    }
}
