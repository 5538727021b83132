//! What a button means: by the letters of a keypad on a serial line, or by the keys of one that types.

use peripherals::{KeypadEvent, ScanEvent};
use wire::DeskButton;

/// What somebody did at the buttons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ButtonNews {
    /// A button was pressed.
    Pressed(DeskButton),
    /// The buttons are there.
    Plugged,
    /// They are not.
    Unplugged,
    /// Nothing that means anything at a desk.
    Nothing,
}

impl From<KeypadEvent> for ButtonNews {
    /// The keypad of a kiosk: its middle key calls the next one.
    fn from(event: KeypadEvent) -> Self {
        match event {
            KeypadEvent::Choose => Self::Pressed(DeskButton::Next),
            KeypadEvent::Repeat => Self::Pressed(DeskButton::Recall),
            KeypadEvent::Up => Self::Pressed(DeskButton::Appeared),
            KeypadEvent::Back => Self::Pressed(DeskButton::NoShow),
            KeypadEvent::Plugged => Self::Plugged,
            KeypadEvent::Unplugged => Self::Unplugged,
            KeypadEvent::Down | KeypadEvent::Volume | KeypadEvent::HeadsetIn | KeypadEvent::HeadsetOut => Self::Nothing,
        }
    }
}

impl From<&ScanEvent> for ButtonNews {
    fn from(event: &ScanEvent) -> Self {
        match event {
            ScanEvent::Code(code) => match code.as_str() {
                "1" => Self::Pressed(DeskButton::Next),
                "2" => Self::Pressed(DeskButton::Recall),
                "3" => Self::Pressed(DeskButton::Appeared),
                "4" => Self::Pressed(DeskButton::NoShow),
                _ => Self::Nothing,
            },
            ScanEvent::Plugged => Self::Plugged,
            ScanEvent::Unplugged => Self::Unplugged,
            ScanEvent::Unreadable => Self::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_09_each_button_has_a_letter_and_a_key_and_nothing_else_presses() {
        let all = [DeskButton::Next, DeskButton::Recall, DeskButton::Appeared, DeskButton::NoShow];
        let letters = b"CRUB".map(|letter| ButtonNews::from(KeypadEvent::of(letter).unwrap()));
        assert_eq!(letters, all.map(ButtonNews::Pressed));
        let typed = |code: &str| ButtonNews::from(&ScanEvent::Code(code.to_owned()));
        assert_eq!(["1", "2", "3", "4"].map(typed), all.map(ButtonNews::Pressed));
        for other in ["0", "5", "11", "", "rm -rf"] {
            assert_eq!(typed(other), ButtonNews::Nothing, "{other}");
        }
        let others = b"DVHh".map(|letter| ButtonNews::from(KeypadEvent::of(letter).unwrap()));
        assert_eq!(others, [ButtonNews::Nothing; 4]);
    }
}
