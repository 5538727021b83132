//! Makes codes out of what a scanner sends: where one ends, what is noise, what was read twice.

use std::time::Duration;

/// The longest code that is taken.
pub const CODE_BYTES_MAX: usize = 512;
/// Silence that ends a code of a scanner that sends no end sign.
pub const SILENCE: Duration = Duration::from_millis(80);
/// A presentation scanner reads a code again and again while it is held there.
pub const SAME_SCAN: Duration = Duration::from_secs(3);

/// What a scanner read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scan {
    /// The letters of a code, without what ends it.
    Code(String),
    /// Something that is no code: too long, or no letters. Said once for a burst.
    Unreadable,
}

/// Collects a scanner's bytes. Time is what the caller says it is, counted from anywhere.
#[derive(Debug, Default)]
pub struct Framer {
    held: Vec<u8>,
    /// The burst is too long or not text: nothing of it counts until it ends.
    noise: bool,
    told_noise: bool,
    heard_at: Option<Duration>,
    last: Option<(String, Duration)>,
}

impl Framer {
    /// Takes bytes that came at `now`.
    pub fn take(&mut self, bytes: &[u8], now: Duration) -> Vec<Scan> {
        let mut scans = Vec::new();
        scans.extend(self.silence(now));
        for byte in bytes {
            match byte {
                b'\r' | b'\n' | b'\t' => scans.extend(self.end(now)),
                _ if self.noise => {}
                _ if byte.is_ascii_control() => {}
                _ if self.held.len() == CODE_BYTES_MAX => {
                    self.held.clear();
                    self.noise = true;
                }
                _ => self.held.push(*byte),
            }
        }
        self.heard_at = Some(now);
        scans
    }

    /// When silence will end what is held; none: nothing is held.
    #[must_use]
    pub fn due(&self) -> Option<Duration> {
        let waits = self.noise || self.told_noise || !self.held.is_empty();
        self.heard_at.filter(|_| waits).map(|heard_at| heard_at + SILENCE)
    }

    /// Ends what is held, if it has been silent for long enough at `now`.
    pub fn silence(&mut self, now: Duration) -> Option<Scan> {
        if self.due().is_none_or(|due| now < due) {
            return None;
        }
        let scan = self.end(now);
        self.told_noise = false;
        scan
    }

    fn end(&mut self, now: Duration) -> Option<Scan> {
        let held = std::mem::take(&mut self.held);
        let noise = std::mem::take(&mut self.noise);
        if held.is_empty() && !noise {
            return None;
        }
        let text = String::from_utf8(held).ok().filter(|_| !noise);
        let code = text.as_deref().map(without_aim_id).map(str::trim).filter(|code| !code.is_empty());
        let Some(code) = code else {
            return (!std::mem::replace(&mut self.told_noise, true)).then_some(Scan::Unreadable);
        };
        let again = self.last.as_ref().is_some_and(|(last, at)| last == code && now < *at + SAME_SCAN);
        self.last = Some((code.to_owned(), now));
        (!again).then(|| Scan::Code(code.to_owned()))
    }
}

/// Drops the id of the kind of code that scanners may put in front: `]`, a letter and a digit (`]Q1` is a QR code).
fn without_aim_id(text: &str) -> &str {
    match text.as_bytes() {
        [b']', kind, modifier, ..] if kind.is_ascii_alphabetic() && modifier.is_ascii_digit() => &text[3..],
        _ => text,
    }
}

/// Collects the characters of a scanner that types. A person's typing is slower than any scanner's, and ends nothing here.
#[derive(Debug, Default)]
pub struct KeyboardFramer {
    framer: Framer,
}

/// Fewest characters that silence alone makes a code of, so that a key pressed by hand is none.
const TYPED_CODE_MIN: usize = 4;

impl KeyboardFramer {
    /// Takes a typed character (Enter as `'\r'` or `'\n'`) at `now`.
    pub fn key(&mut self, key: char, now: Duration) -> Option<Scan> {
        let before = self.silence(now);
        let mut utf8 = [0; 4];
        let after = self.framer.take(key.encode_utf8(&mut utf8).as_bytes(), now).into_iter().next();
        before.or(after)
    }

    /// When silence will end what is held.
    #[must_use]
    pub fn due(&self) -> Option<Duration> {
        self.framer.due()
    }

    /// Ends what is held, if it has been silent for long enough at `now`.
    pub fn silence(&mut self, now: Duration) -> Option<Scan> {
        if self.framer.due().is_some_and(|due| now >= due)
            && self.framer.held.len() < TYPED_CODE_MIN
            && !self.framer.noise
        {
            self.framer.held.clear();
            self.framer.told_noise = false;
            return None;
        }
        self.framer.silence(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    /// Each step: at which millisecond, which bytes; then what must have come out of all of them.
    #[track_caller]
    fn check(steps: &[(u64, &str)], expect: &[&str]) {
        let mut framer = Framer::default();
        let mut scans = Vec::new();
        for (at, bytes) in steps {
            scans.extend(framer.take(bytes.as_bytes(), ms(*at)));
        }
        if let Some(due) = framer.due() {
            scans.extend(framer.silence(due));
        }
        let said: Vec<&str> = scans
            .iter()
            .map(|scan| match scan {
                Scan::Code(code) => code.as_str(),
                Scan::Unreadable => "UNREADABLE",
            })
            .collect();
        assert_eq!(said, expect);
    }

    #[test]
    fn any_of_four_signs_or_silence_ends_a_code() {
        check(&[(0, "P1ABC\r")], &["P1ABC"]);
        check(&[(0, "P1ABC\n")], &["P1ABC"]);
        check(&[(0, "P1ABC\r\n")], &["P1ABC"]);
        check(&[(0, "P1ABC\t")], &["P1ABC"]);
        check(&[(0, "P1ABC")], &["P1ABC"]);
        check(&[(0, "P1ABC"), (200, "P1DEF")], &["P1ABC", "P1DEF"]);
    }

    #[test]
    fn a_code_in_pieces_is_one() {
        check(&[(0, "P1"), (40, "AB"), (110, "C\r"), (115, "\n")], &["P1ABC"]);
    }

    #[test]
    fn the_id_of_the_kind_of_code_is_dropped() {
        check(&[(0, "]Q1P1ABC\r")], &["P1ABC"]);
        check(&[(0, "]Q3P1ABC\r")], &["P1ABC"]);
        check(&[(0, "]Q\r")], &["]Q"]);
        check(&[(0, "]Q1\r")], &["UNREADABLE"]);
    }

    #[test]
    fn the_same_code_within_three_seconds_is_one_scan() {
        check(&[(0, "A1\r"), (1000, "A1\r"), (2900, "A1\r")], &["A1"]);
        check(&[(0, "A1\r"), (3100, "A1\r")], &["A1", "A1"]);
        check(&[(0, "A1\r"), (500, "B2\r"), (900, "A1\r")], &["A1", "B2", "A1"]);
        // Held there for long, it stays one scan until it has been away for three seconds.
        check(&[(0, "A1\r"), (2000, "A1\r"), (4000, "A1\r"), (6000, "A1\r")], &["A1"]);
    }

    #[test]
    fn control_characters_are_dropped() {
        check(&[(0, "\u{2}P1\u{0}AB\u{1b}C\u{3}\r")], &["P1ABC"]);
    }

    #[test]
    fn what_is_too_long_or_no_text_is_unreadable_once() {
        let longest = "A".repeat(CODE_BYTES_MAX);
        check(&[(0, &(longest.clone() + "\r"))], &[&longest]);
        check(&[(0, &(longest + "A\r"))], &["UNREADABLE"]);
        let mut framer = Framer::default();
        assert_eq!(framer.take(b"\xff\xfe\xfd\r\x80\x81\r\x99\r", ms(0)), [Scan::Unreadable]);
    }

    #[test]
    fn a_megabyte_of_noise_is_one_event_and_no_memory_and_the_next_code_is_read() {
        let mut framer = Framer::default();
        let mut scans = Vec::new();
        let mut dice = 1u32;
        for at in 0..4096 {
            let noise: Vec<u8> = (0..256)
                .map(|_| {
                    dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (dice >> 24) as u8 | 0x80
                })
                .collect();
            scans.extend(framer.take(&noise, ms(at)));
        }
        scans.extend(framer.silence(ms(5000)));
        assert_eq!(scans, [Scan::Unreadable]);
        assert!(framer.held.capacity() <= CODE_BYTES_MAX);
        assert_eq!(framer.take(b"P1ABC\r", ms(6000)), [Scan::Code("P1ABC".to_owned())]);
    }

    #[test]
    fn a_scanner_that_types_is_told_from_fingers() {
        let mut framer = KeyboardFramer::default();
        let typed: Vec<Scan> =
            "P1ABC\r".chars().enumerate().filter_map(|(i, c)| framer.key(c, ms(i as u64 * 5))).collect();
        assert_eq!(typed, [Scan::Code("P1ABC".to_owned())]);
        let mut slow = KeyboardFramer::default();
        let typed: Vec<Scan> =
            "HELLO".chars().enumerate().filter_map(|(i, c)| slow.key(c, ms(i as u64 * 200))).collect();
        assert_eq!(typed, []);
        assert_eq!(slow.silence(ms(5000)), None);
        let mut without_end = KeyboardFramer::default();
        for (i, c) in "P1ABC".chars().enumerate() {
            assert_eq!(without_end.key(c, ms(i as u64 * 5)), None);
        }
        assert_eq!(without_end.due(), Some(ms(100)));
        assert_eq!(without_end.silence(ms(100)), Some(Scan::Code("P1ABC".to_owned())));
    }
}
