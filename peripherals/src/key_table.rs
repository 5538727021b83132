//! The keys of a scanner that types, by their places: the table of a United States keyboard, whatever the system believes.
//!
//! A scanner that was set to that table presses the key on which a letter stands there. What the system would make of the key
//! plays no part, so that a Greek layout changes nothing.

use evdev::KeyCode;

/// Keys without shift and with it, by the number that the kernel gives each.
const KEYS: &[(KeyCode, char, char)] = &[
    (KeyCode::KEY_1, '1', '!'),
    (KeyCode::KEY_2, '2', '@'),
    (KeyCode::KEY_3, '3', '#'),
    (KeyCode::KEY_4, '4', '$'),
    (KeyCode::KEY_5, '5', '%'),
    (KeyCode::KEY_6, '6', '^'),
    (KeyCode::KEY_7, '7', '&'),
    (KeyCode::KEY_8, '8', '*'),
    (KeyCode::KEY_9, '9', '('),
    (KeyCode::KEY_0, '0', ')'),
    (KeyCode::KEY_MINUS, '-', '_'),
    (KeyCode::KEY_EQUAL, '=', '+'),
    (KeyCode::KEY_Q, 'q', 'Q'),
    (KeyCode::KEY_W, 'w', 'W'),
    (KeyCode::KEY_E, 'e', 'E'),
    (KeyCode::KEY_R, 'r', 'R'),
    (KeyCode::KEY_T, 't', 'T'),
    (KeyCode::KEY_Y, 'y', 'Y'),
    (KeyCode::KEY_U, 'u', 'U'),
    (KeyCode::KEY_I, 'i', 'I'),
    (KeyCode::KEY_O, 'o', 'O'),
    (KeyCode::KEY_P, 'p', 'P'),
    (KeyCode::KEY_LEFTBRACE, '[', '{'),
    (KeyCode::KEY_RIGHTBRACE, ']', '}'),
    (KeyCode::KEY_A, 'a', 'A'),
    (KeyCode::KEY_S, 's', 'S'),
    (KeyCode::KEY_D, 'd', 'D'),
    (KeyCode::KEY_F, 'f', 'F'),
    (KeyCode::KEY_G, 'g', 'G'),
    (KeyCode::KEY_H, 'h', 'H'),
    (KeyCode::KEY_J, 'j', 'J'),
    (KeyCode::KEY_K, 'k', 'K'),
    (KeyCode::KEY_L, 'l', 'L'),
    (KeyCode::KEY_SEMICOLON, ';', ':'),
    (KeyCode::KEY_APOSTROPHE, '\'', '"'),
    (KeyCode::KEY_GRAVE, '`', '~'),
    (KeyCode::KEY_BACKSLASH, '\\', '|'),
    (KeyCode::KEY_Z, 'z', 'Z'),
    (KeyCode::KEY_X, 'x', 'X'),
    (KeyCode::KEY_C, 'c', 'C'),
    (KeyCode::KEY_V, 'v', 'V'),
    (KeyCode::KEY_B, 'b', 'B'),
    (KeyCode::KEY_N, 'n', 'N'),
    (KeyCode::KEY_M, 'm', 'M'),
    (KeyCode::KEY_COMMA, ',', '<'),
    (KeyCode::KEY_DOT, '.', '>'),
    (KeyCode::KEY_SLASH, '/', '?'),
    (KeyCode::KEY_SPACE, ' ', ' '),
    (KeyCode::KEY_ENTER, '\r', '\r'),
    (KeyCode::KEY_KPENTER, '\r', '\r'),
    (KeyCode::KEY_TAB, '\t', '\t'),
    (KeyCode::KEY_KP0, '0', '0'),
    (KeyCode::KEY_KP1, '1', '1'),
    (KeyCode::KEY_KP2, '2', '2'),
    (KeyCode::KEY_KP3, '3', '3'),
    (KeyCode::KEY_KP4, '4', '4'),
    (KeyCode::KEY_KP5, '5', '5'),
    (KeyCode::KEY_KP6, '6', '6'),
    (KeyCode::KEY_KP7, '7', '7'),
    (KeyCode::KEY_KP8, '8', '8'),
    (KeyCode::KEY_KP9, '9', '9'),
    (KeyCode::KEY_KPMINUS, '-', '-'),
    (KeyCode::KEY_KPDOT, '.', '.'),
    (KeyCode::KEY_KPSLASH, '/', '/'),
];

/// What keys are held down that change others.
#[derive(Debug, Default)]
pub struct KeyTable {
    left_shift: bool,
    right_shift: bool,
    caps_lock: bool,
}

impl KeyTable {
    /// A key went down (1), up (0) or repeats itself (2); the letter that this types, if any. Keys of no letter type nothing,
    /// so that a code that holds commands of a terminal is letters like any other.
    pub fn key(&mut self, code: u16, value: i32) -> Option<char> {
        let (key, is_down) = (KeyCode::new(code), value != 0);
        if key == KeyCode::KEY_LEFTSHIFT {
            self.left_shift = is_down;
        } else if key == KeyCode::KEY_RIGHTSHIFT {
            self.right_shift = is_down;
        } else if key == KeyCode::KEY_CAPSLOCK && value == 1 {
            self.caps_lock = !self.caps_lock;
        }
        // A key that is held down is one key: a scanner lets go of each.
        if value != 1 {
            return None;
        }
        let (_, plain, shifted) = KEYS.iter().find(|(of, _, _)| *of == key)?;
        let is_shifted = (self.left_shift || self.right_shift) != (self.caps_lock && plain.is_ascii_alphabetic());
        Some(if is_shifted { *shifted } else { *plain })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The events of a scanner that types a text, as the kernel numbers its keys.
    fn typed(text: &str) -> Vec<(u16, i32)> {
        let mut events = Vec::new();
        for letter in text.chars() {
            let (key, plain, _) =
                KEYS.iter().find(|(_, plain, shifted)| letter == *plain || letter == *shifted).unwrap();
            let is_shifted = *plain != letter;
            let shift = KeyCode::KEY_LEFTSHIFT.code();
            events.extend(is_shifted.then_some((shift, 1)));
            events.extend([(key.code(), 1), (key.code(), 0)]);
            events.extend(is_shifted.then_some((shift, 0)));
        }
        events
    }

    #[track_caller]
    fn check(events: &[(u16, i32)], expect: &str) {
        let mut table = KeyTable::default();
        let read: String = events.iter().filter_map(|(code, value)| table.key(*code, *value)).collect();
        assert_eq!(read, expect);
    }

    #[test]
    fn card_02_every_letter_is_read_by_the_place_of_its_key() {
        let all: String = (b' '..=b'~').map(char::from).collect();
        check(&typed(&all), &all);
        check(&typed("]Q1HTTPS://SEIRA.LAN/V/7XK9Q\r"), "]Q1HTTPS://SEIRA.LAN/V/7XK9Q\r");
    }

    #[test]
    fn the_numbers_of_keys_are_the_kernel_s_own() {
        // input-event-codes.h: KEY_Q 16, KEY_A 30, KEY_1 2, KEY_ENTER 28, KEY_LEFTSHIFT 42.
        check(&[(42, 1), (16, 1), (16, 0), (42, 0), (30, 1), (30, 0), (2, 1), (2, 0), (28, 1)], "Qa1\r");
    }

    #[test]
    fn keys_that_are_held_and_keys_of_no_letter_type_nothing_more() {
        check(&[(30, 1), (30, 2), (30, 2), (30, 0)], "a");
        // Control, Alt, Delete, F1, and a number that no key has.
        check(&[(29, 1), (56, 1), (111, 1), (59, 1), (60_000, 1), (30, 1)], "a");
    }

    #[test]
    fn caps_lock_turns_letters_and_not_figures() {
        check(&[(58, 1), (58, 0), (30, 1), (2, 1), (42, 1), (30, 1)], "A1a");
    }
}
