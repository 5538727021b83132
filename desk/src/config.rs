//! `desk.toml`: where the hub is, at which desk the buttons stand, and where they hang.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// The whole file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskConfig {
    /// The hub's address, e.g. `https://seira.lan`.
    pub hub: String,
    /// What administrators call these buttons, e.g. `Θυρίδα 3`.
    pub name: String,
    /// The number of the desk.
    pub desk: u16,
    /// The folder for the token; from the file's own folder.
    pub state: PathBuf,
    /// The buttons themselves.
    pub buttons: ButtonLine,
}

/// `[buttons]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ButtonLine {
    /// A serial line, e.g. `/dev/seira/keypad`, or an input device of its own, e.g. `/dev/input/by-id/…-event-kbd`.
    pub port: String,
    /// Whether it types: the keys 1 to 4, each with Enter behind it. Nobody else hears them then.
    #[serde(default)]
    pub keyboard: bool,
}

impl DeskConfig {
    /// Reads and checks the file.
    ///
    /// # Errors
    /// What is wrong with it, by key.
    pub fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut config: Self = toml::from_str(&text).with_context(|| format!("in {}", path.display()))?;
        ensure!(config.desk > 0, "in {}: desk: write the number of the desk, such as 3", path.display());
        ensure!(!config.buttons.port.is_empty(), "in {}: buttons.port: name the line", path.display());
        config.state = path.parent().unwrap_or(Path::new(".")).join(&config.state);
        while config.hub.ends_with('/') {
            config.hub.pop();
        }
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<DeskConfig> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.toml");
        fs::write(&path, text).unwrap();
        DeskConfig::read(&path)
    }

    const WHOLE: &str = "hub = \"https://seira.lan/\"\nname = \"Θυρίδα 3\"\ndesk = 3\nstate = \"state\"\n\
        [buttons]\nport = \"/dev/seira/keypad\"\n";

    #[test]
    fn card_08_the_file_that_a_site_gives_its_desk_is_taken() {
        let sample = include_str!("../../firmware-config/samples/site.toml");
        for keyboard in [false, true] {
            let buttons = format!("\n[desk.buttons]\ndesk = 3\nusb_socket = \"1.5\"\nkeyboard = {keyboard}\n");
            let site = firmware_config::site::Site::read(&format!("{sample}{buttons}")).unwrap();
            let machines = firmware_config::render::render(&site);
            let mut files = machines.iter().flat_map(|machine| &machine.files);
            let config = read(&files.find(|file| file.path == "/etc/seira/desk.toml").unwrap().text).unwrap();
            assert_eq!((config.hub.as_str(), config.name.as_str()), ("https://seira.lan", "Θυρίδα 3"));
            assert_eq!((config.desk, config.buttons.keyboard), (3, keyboard));
            assert_eq!(config.buttons.port, "/dev/seira/buttons");
        }
    }

    #[test]
    fn new_09_the_file_of_the_buttons_is_read_and_what_is_wrong_is_named() {
        let config = read(WHOLE).unwrap();
        assert_eq!((config.hub.as_str(), config.desk, config.buttons.keyboard), ("https://seira.lan", 3, false));
        assert!(config.state.ends_with("state") && config.state.is_absolute());
        for (from, to, said) in
            [("desk = 3", "desk = 0", "desk: write the number"), ("port", "prot", "prot"), ("name", "nam", "nam")]
        {
            let wrong = format!("{:#}", read(&WHOLE.replacen(from, to, 1)).unwrap_err());
            assert!(wrong.contains(said), "{wrong}");
        }
    }
}
