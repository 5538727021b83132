//! A keypad that types: which of its keys mean what. A serial one is read by `peripherals`.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use bevy::{input::keyboard::KeyCode, prelude::Resource};
use serde::Deserialize;
use walk::KeypadKey;

/// `[keypad]`: a keypad of six keys, and the jack beside it. Keys are named as USB names them: `ArrowUp`, `Enter`, `F13`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct KeypadConfig {
    /// The serial line of a keypad that does not type; each key is one letter: `U`, `D`, `C`, `B`, `R`, `V`, and `H` and `h` for a
    /// headset that is plugged in and out.
    pub port: Option<String>,
    /// The choice before.
    pub up: String,
    /// The choice after.
    pub down: String,
    /// Takes the choice on which somebody stands.
    pub choose: String,
    /// One step back.
    pub back: String,
    /// Say it again, and begin to read.
    pub repeat: String,
    /// One step louder; after the loudest, the softest.
    pub volume: String,
    /// What the jack types when a headset is plugged in.
    pub headset_in: String,
    /// And when it is pulled out.
    pub headset_out: String,
}

impl Default for KeypadConfig {
    fn default() -> Self {
        let key = str::to_owned;
        Self {
            port: None,
            up: key("ArrowUp"),
            down: key("ArrowDown"),
            choose: key("NumpadEnter"),
            back: key("Escape"),
            repeat: key("F5"),
            volume: key("F6"),
            headset_in: key("F15"),
            headset_out: key("F16"),
        }
    }
}

/// The keys of a keypad, by what they mean.
#[derive(Resource, Debug, Clone, Default)]
pub struct KeypadKeys {
    keys: HashMap<KeyCode, KeypadKey>,
    headset: HashMap<KeyCode, bool>,
}

impl KeypadKeys {
    /// The keys that a configuration names.
    ///
    /// # Errors
    /// A name that no key has, or one that is named twice; by its key in the file.
    pub fn of(config: &KeypadConfig) -> Result<Self> {
        let mut keys = Self::default();
        let meanings = [
            ("keypad.up", &config.up, KeypadKey::Up),
            ("keypad.down", &config.down, KeypadKey::Down),
            ("keypad.choose", &config.choose, KeypadKey::Choose),
            ("keypad.back", &config.back, KeypadKey::Back),
            ("keypad.repeat", &config.repeat, KeypadKey::Repeat),
            ("keypad.volume", &config.volume, KeypadKey::Volume),
        ];
        for (name, typed, meaning) in meanings {
            if keys.keys.insert(code(typed).with_context(|| name.to_owned())?, meaning).is_some() {
                bail!("{name}: `{typed}` is named twice");
            }
        }
        for (name, typed, plugged) in
            [("keypad.headset_in", &config.headset_in, true), ("keypad.headset_out", &config.headset_out, false)]
        {
            let key = code(typed).with_context(|| name.to_owned())?;
            if keys.keys.contains_key(&key) || keys.headset.insert(key, plugged).is_some() {
                bail!("{name}: `{typed}` is named twice");
            }
        }
        Ok(keys)
    }

    /// What a key means, if it is one of the keypad's.
    #[must_use]
    pub fn key(&self, key: KeyCode) -> Option<KeypadKey> {
        self.keys.get(&key).copied()
    }

    /// Whether it says that a headset was plugged in or out.
    #[must_use]
    pub fn headset(&self, key: KeyCode) -> Option<bool> {
        self.headset.get(&key).copied()
    }
}

/// Every key that a keypad may type. Letters and digits are left to scanners that type.
fn code(name: &str) -> Result<KeyCode> {
    let known = [
        ("ArrowUp", KeyCode::ArrowUp),
        ("ArrowDown", KeyCode::ArrowDown),
        ("ArrowLeft", KeyCode::ArrowLeft),
        ("ArrowRight", KeyCode::ArrowRight),
        ("NumpadEnter", KeyCode::NumpadEnter),
        ("Escape", KeyCode::Escape),
        ("Backspace", KeyCode::Backspace),
        ("Home", KeyCode::Home),
        ("End", KeyCode::End),
        ("PageUp", KeyCode::PageUp),
        ("PageDown", KeyCode::PageDown),
        ("Insert", KeyCode::Insert),
        ("Delete", KeyCode::Delete),
        ("F1", KeyCode::F1),
        ("F2", KeyCode::F2),
        ("F3", KeyCode::F3),
        ("F4", KeyCode::F4),
        ("F5", KeyCode::F5),
        ("F6", KeyCode::F6),
        ("F7", KeyCode::F7),
        ("F8", KeyCode::F8),
        ("F9", KeyCode::F9),
        ("F10", KeyCode::F10),
        ("F11", KeyCode::F11),
        ("F12", KeyCode::F12),
        ("F13", KeyCode::F13),
        ("F14", KeyCode::F14),
        ("F15", KeyCode::F15),
        ("F16", KeyCode::F16),
        ("F17", KeyCode::F17),
        ("F18", KeyCode::F18),
        ("F19", KeyCode::F19),
        ("F20", KeyCode::F20),
        ("F21", KeyCode::F21),
        ("F22", KeyCode::F22),
        ("F23", KeyCode::F23),
        ("F24", KeyCode::F24),
        ("AudioVolumeUp", KeyCode::AudioVolumeUp),
        ("AudioVolumeDown", KeyCode::AudioVolumeDown),
    ];
    let found = known.iter().find(|(known, _)| *known == name).map(|(_, code)| *code);
    found.with_context(|| format!("`{name}` is no key of a keypad: write one like ArrowUp, NumpadEnter, Escape or F13"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Result<(), &str>) {
        let said = toml::from_str::<KeypadConfig>(text).map_err(anyhow::Error::from);
        match (said.and_then(|config| KeypadKeys::of(&config)), expect) {
            (Ok(_), Ok(())) => {}
            (Err(error), Err(words)) => assert!(format!("{error:#}").contains(words), "{error:#}"),
            (said, expect) => panic!("{text}: {said:?}, expected {expect:?}"),
        }
    }

    #[test]
    fn a_key_has_one_meaning_and_a_name_that_exists() {
        check("", Ok(()));
        check("up = \"F17\"\ndown = \"F18\"", Ok(()));
        check("up = \"Hop\"", Err("keypad.up"));
        check("up = \"F5\"", Err("named twice"));
        check("headset_in = \"F6\"", Err("keypad.headset_in"));
        check("left = \"F6\"", Err("left"));
    }

    #[test]
    fn keys_of_scanners_that_type_are_none_of_a_keypads() {
        let keys = KeypadKeys::of(&KeypadConfig::default()).unwrap();
        assert_eq!(keys.key(KeyCode::ArrowDown), Some(KeypadKey::Down));
        assert_eq!(keys.key(KeyCode::Enter), None);
        assert_eq!(keys.headset(KeyCode::F15), Some(true));
    }
}
