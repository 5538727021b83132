//! `kiosk.toml`: where the hub is, on which panel the kiosk shows itself, and what hangs on it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use panel::config::ScreenConfig;
use serde::Deserialize;
use walk::DevicePlace;

use crate::keypad::{KeypadConfig, KeypadKeys};

/// The whole file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KioskConfig {
    /// The hub's address, e.g. `http://10.0.0.2:8080`.
    pub hub: String,
    /// What administrators call this kiosk, e.g. `Είσοδος`.
    pub name: String,
    /// The folder for the token; from the file's own folder.
    pub state: PathBuf,
    /// The panel.
    pub screen: ScreenConfig,
    /// The ticket printer; without one, numbers stay on the screen.
    pub printer: Option<PrinterConfig>,
    /// The scanner; without one, codes are typed.
    pub scanner: Option<ScannerConfig>,
    /// The keypad of six keys and its jack.
    #[serde(default)]
    pub keypad: KeypadConfig,
    /// Who reads the screen aloud.
    #[serde(default)]
    pub voice: VoiceConfig,
    /// The click and the two notes.
    #[serde(default)]
    pub sound: NoteConfig,
}

/// `[voice]`: the programs that speak. Each is a list of its name and arguments, in which `{language}`, `{rate}` (words a minute)
/// and `{amplitude}` (of 200) are filled in; it reads what it says from its standard input. An empty list is silence.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct VoiceConfig {
    /// For everybody around.
    pub loudspeaker: Vec<String>,
    /// For one person alone.
    pub headset: Vec<String>,
}

impl Default for VoiceConfig {
    fn default() -> Self {
        let words = ["espeak-ng", "-v", "{language}", "-s", "{rate}", "-a", "{amplitude}", "--stdin"];
        let program: Vec<String> = words.map(str::to_owned).to_vec();
        Self { loudspeaker: program.clone(), headset: program }
    }
}

/// `[sound]`: how loud a press clicks and success sounds, from 0 (silent) to 1.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NoteConfig {
    /// The volume.
    pub volume: f32,
}

impl Default for NoteConfig {
    fn default() -> Self {
        Self { volume: 0.5 }
    }
}

/// `[printer]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrinterConfig {
    /// The serial line, e.g. `/dev/kiosk/printer`.
    pub port: String,
    /// The model's profile, e.g. `epson-tm-t20iii`.
    pub profile: String,
    /// Where tickets come out, as seen by whoever stands before the screen.
    #[serde(default)]
    pub slot: DevicePlace,
}

/// `[scanner]`: a serial line, or a scanner that types.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScannerConfig {
    /// The serial line, e.g. `/dev/kiosk/scanner`.
    pub port: Option<String>,
    /// Whether the scanner types like a keyboard.
    #[serde(default)]
    pub keyboard: bool,
    /// Where it is, as seen by whoever stands before the screen.
    #[serde(default)]
    pub at: DevicePlace,
}

impl KioskConfig {
    /// Reads and checks the file.
    ///
    /// # Errors
    /// What is wrong with it, by key.
    pub fn read(path: &Path) -> Result<Self> {
        let mut config: Self = panel::config::read(path)?;
        config.check().with_context(|| format!("in {}", path.display()))?;
        config.state = panel::config::beside(path, &config.state);
        while config.hub.ends_with('/') {
            config.hub.pop();
        }
        Ok(config)
    }

    fn check(&self) -> Result<()> {
        self.screen.check()?;
        if let Some(printer) = &self.printer {
            firmware_config::printer(&printer.profile).context("printer.profile")?;
        }
        if let Some(scanner) = &self.scanner
            && scanner.port.is_some() == scanner.keyboard
        {
            bail!("scanner: write either port = \"/dev/…\" or keyboard = true");
        }
        KeypadKeys::of(&self.keypad)?;
        if !(0.0..=1.0).contains(&self.sound.volume) {
            bail!("sound.volume is {}: write a volume from 0 to 1", self.sound.volume);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Result<(), &str>) {
        let whole = format!(
            "hub = \"http://h\"\nname = \"n\"\nstate = \"s\"\n{text}\n[screen]\nwidth = 1080\nheight = 1920\npanel_inches = 21.5"
        );
        let said = toml::from_str::<KioskConfig>(&whole).map_err(anyhow::Error::from).and_then(|config| config.check());
        match (said, expect) {
            (Ok(()), Ok(())) => {}
            (Err(error), Err(words)) => assert!(format!("{error:#}").contains(words), "{error:#}"),
            (said, expect) => panic!("{text}: {said:?}, expected {expect:?}"),
        }
    }

    #[test]
    fn what_is_wrong_is_named_by_its_key() {
        check("", Ok(()));
        check("[scanner]\nkeyboard = true", Ok(()));
        check("[scanner]\nport = \"/dev/pts/4\"", Ok(()));
        check("[scanner]", Err("either port"));
        check("[scanner]\nport = \"/dev/pts/4\"\nkeyboard = true", Err("either port"));
        check("[printer]\nport = \"/dev/pts/3\"\nprofile = \"epson-tm-t20iii\"", Ok(()));
        check("[printer]\nport = \"/dev/pts/3\"\nprofile = \"epson\"", Err("printer.profile"));
        check("[printer]\nport = \"/dev/pts/3\"", Err("profile"));
        check("[scanner]\nkeyboard = true\nat = \"left\"", Ok(()));
        check("[scanner]\nkeyboard = true\nat = \"behind\"", Err("behind"));
        check("[sound]\nvolume = 2.0", Err("sound.volume"));
        check("[keypad]\nup = \"F5\"", Err("keypad.repeat"));
        check("[voice]\nheadset = []", Ok(()));
    }
}
