//! `kiosk.toml`: where the hub is, on which panel the kiosk shows itself, and what hangs on it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use firmware_config::PrinterProfile;
use panel::config::ScreenConfig;
use serde::Deserialize;
use walk::DevicePlace;

use crate::keypad::{KeypadConfig, KeypadKeys};

/// The ledger of the printer's jobs, in the state folder.
pub const JOBS: &str = "printed.jsonl";
/// What is left of the printer's roll, beside it.
pub const PAPER: &str = "paper.json";
/// Metres of a usual roll of 80 mm, and of a narrower one.
const ROLL_METRES: u16 = 80;
const NARROW_ROLL_METRES: u16 = 30;

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
    /// The amplitude, as a share of the loudest that the sound card plays.
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
    /// A serial line, e.g. `/dev/seira/printer`, a device of USB's printer class, e.g. `/dev/usb/lp0`, or an address in the
    /// network, e.g. `tcp:10.0.0.40:9100`.
    pub port: String,
    /// The model's profile, e.g. `epson-tm-t20iii`.
    pub profile: String,
    /// Whether the whole ticket is drawn, in the house's own letters; else as the line is fast enough: in the network it is.
    pub drawn: Option<bool>,
    /// Where tickets come out, as seen by whoever stands before the screen.
    #[serde(default)]
    pub slot: DevicePlace,
    /// How many metres a new roll has; as usual, unless set.
    pub roll_metres: Option<u16>,
}

impl PrinterConfig {
    /// How many metres a new roll has.
    #[must_use]
    pub fn roll_metres(&self, profile: &PrinterProfile) -> u16 {
        let usual = if profile.paper_mm >= 80 { ROLL_METRES } else { NARROW_ROLL_METRES };
        self.roll_metres.unwrap_or(usual)
    }

    /// The model, as it is used on this line.
    ///
    /// # Errors
    /// There is no such profile.
    pub fn profile(&self) -> Result<PrinterProfile> {
        let profile = firmware_config::printer(&self.profile).context("printer.profile")?;
        let is_drawn = self.drawn.unwrap_or_else(|| self.port.starts_with("tcp:"));
        Ok(if is_drawn { profile.on_fast_line() } else { profile })
    }
}

/// `[scanner]`: a serial line, or a scanner that types, at its own device or into the window.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScannerConfig {
    /// The serial line or, of a scanner that types, its input device, e.g. `/dev/seira/scanner`.
    pub port: Option<String>,
    /// Whether the scanner types like a keyboard. Without a port its keys come through the window, as the system's keyboard
    /// layout has them.
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
            && scanner.port.is_none()
            && !scanner.keyboard
        {
            bail!("scanner: write port = \"/dev/…\", or keyboard = true for one that types, or both");
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
        check("[scanner]", Err("write port"));
        check("[scanner]\nport = \"/dev/seira/scanner\"\nkeyboard = true", Ok(()));
        check("[printer]\nport = \"/dev/pts/3\"\nprofile = \"epson-tm-t20iii\"", Ok(()));
        check("[printer]\nport = \"/dev/pts/3\"\nprofile = \"epson\"", Err("printer.profile"));
        check("[printer]\nport = \"/dev/pts/3\"", Err("profile"));
        check("[scanner]\nkeyboard = true\nat = \"left\"", Ok(()));
        check("[scanner]\nkeyboard = true\nat = \"behind\"", Err("behind"));
        check("[sound]\nvolume = 2.0", Err("sound.volume"));
        check("[keypad]\nup = \"F5\"", Err("keypad.repeat"));
        check("[voice]\nheadset = []", Ok(()));
    }

    #[test]
    fn card_08_the_files_that_a_site_gives_its_kiosks_are_taken() {
        let site = firmware_config::site::Site::read(include_str!("../../firmware-config/samples/site.toml")).unwrap();
        let mut ports = Vec::new();
        for machine in firmware_config::render::render(&site) {
            let Some(file) = machine.files.iter().find(|file| file.path == "/etc/seira/kiosk.toml") else { continue };
            let config: KioskConfig = toml::from_str(&file.text).unwrap();
            config.check().unwrap();
            let (printer, scanner) = (config.printer.unwrap(), config.scanner.unwrap());
            let is_drawn = printer.profile().unwrap().code_pages.is_empty();
            ports.push((printer.port, is_drawn, scanner.port.unwrap(), scanner.keyboard));
        }
        let port = |port: &str, is_drawn, types| (port.to_owned(), is_drawn, "/dev/seira/scanner".to_owned(), types);
        assert_eq!(ports, [port("/dev/seira/printer", false, false), port("tcp:10.0.0.40:9100", true, true)]);
    }
}
