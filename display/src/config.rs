//! `display.toml`: where the hub is, on which panel the board hangs, and how loud it may be.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use board::{BoardHours, BoardLanguages, QuietHours};
use panel::config::ScreenConfig;
use serde::Deserialize;
use wire::Language;

/// The whole file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoardConfig {
    /// The hub's address, e.g. `http://10.0.0.2:8080`.
    pub hub: String,
    /// What administrators call this board.
    pub name: String,
    /// The folder for the token and the calls that were announced; from the file's own folder.
    pub state: PathBuf,
    /// The panel.
    pub screen: ScreenConfig,
    /// The chime.
    #[serde(default)]
    pub sound: SoundConfig,
    /// Who says the calls.
    #[serde(default)]
    pub voice: HallVoiceConfig,
    /// The desks whose calls it shows, as a screen over a desk does; all, unless it is said.
    #[serde(default)]
    pub desks: Vec<u16>,
    /// When it is dark around the board.
    pub night: Option<NightConfig>,
    /// One language, or two that take turns; both of the house, `screen.language` first, unless it stands there.
    pub languages: Option<Vec<Language>>,
}

/// `[sound]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SoundConfig {
    /// Whether a call chimes.
    pub chime: bool,
    /// How loud, from 0 to 1.
    pub volume: f32,
    /// Hours in which chime and voice are quieter, or silent.
    pub quiet: Vec<QuietConfig>,
}

impl Default for SoundConfig {
    fn default() -> Self {
        Self { chime: true, volume: 0.7, quiet: Vec::new() }
    }
}

/// `[[sound.quiet]]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuietConfig {
    /// From this time of day, e.g. `14:30`.
    pub from: String,
    /// Until this one, perhaps of the next day.
    pub until: String,
    /// How much is left of the usual loudness; nothing unless it is said.
    #[serde(default)]
    pub share: f32,
}

/// `[night]`: the board is dark within these hours.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NightConfig {
    /// From this time of day, e.g. `20:00`.
    pub from: String,
    /// Until this one, perhaps of the next day.
    pub until: String,
}

/// `[voice]`: a call is spoken after its chime, in each of the board's languages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HallVoiceConfig {
    /// Whether calls are spoken.
    pub speaks: bool,
    /// How loud, from 0 to 1.
    pub volume: f32,
    /// The program that speaks: its name and arguments, in which `{language}`, `{rate}` (words a minute) and `{amplitude}` (of
    /// 200) are filled in. It reads what it says from its standard input, and writes a WAV file to its standard output.
    pub program: Vec<String>,
}

impl Default for HallVoiceConfig {
    fn default() -> Self {
        let words = ["espeak-ng", "-v", "{language}", "-s", "{rate}", "-a", "{amplitude}", "--stdin", "--stdout"];
        Self { speaks: true, volume: 0.8, program: words.map(str::to_owned).to_vec() }
    }
}

impl BoardConfig {
    /// Reads and checks the file.
    ///
    /// # Errors
    /// What is wrong with it, by key.
    pub fn read(path: &Path) -> Result<Self> {
        let mut config: Self = panel::config::read(path)?;
        config.screen.check().with_context(|| format!("in {}", path.display()))?;
        config.check_sound().with_context(|| format!("in {}", path.display()))?;
        config.night().with_context(|| format!("in {}", path.display()))?;
        config.check_languages().with_context(|| format!("in {}", path.display()))?;
        config.state = panel::config::beside(path, &config.state);
        while config.hub.ends_with('/') {
            config.hub.pop();
        }
        Ok(config)
    }

    fn check_sound(&self) -> Result<()> {
        for (key, volume) in [("sound.volume", self.sound.volume), ("voice.volume", self.voice.volume)] {
            if !(0.0..=1.0).contains(&volume) {
                bail!("{key} is {volume}: write a number from 0 to 1");
            }
        }
        self.quiet()?;
        if self.voice.speaks && self.voice.program.is_empty() {
            bail!("voice.program is empty: write the name of a program that speaks, or voice.speaks = false");
        }
        Ok(())
    }

    /// When calls are quieter.
    ///
    /// # Errors
    /// Hours that are none, by key.
    pub fn quiet(&self) -> Result<Vec<QuietHours>> {
        let quiet = |one: &QuietConfig| {
            if !(0.0..=1.0).contains(&one.share) {
                bail!("sound.quiet: share is {}: write a number from 0 to 1", one.share);
            }
            Ok(QuietHours { hours: hours("sound.quiet", &one.from, &one.until)?, share: one.share })
        };
        self.sound.quiet.iter().map(quiet).collect()
    }

    /// When the board is dark, if ever.
    ///
    /// # Errors
    /// Hours that are none, by key.
    pub fn night(&self) -> Result<Option<BoardHours>> {
        self.night.as_ref().map(|night| hours("night", &night.from, &night.until)).transpose()
    }

    fn check_languages(&self) -> Result<()> {
        match self.languages.as_deref() {
            None | Some([_]) => Ok(()),
            Some([first, second]) if first != second => Ok(()),
            Some(_) => bail!("languages: write one, [\"el\"], or two that differ, [\"el\", \"en\"]"),
        }
    }

    /// In which languages the board speaks.
    #[must_use]
    pub fn languages(&self) -> BoardLanguages {
        match self.languages.as_deref() {
            Some([only]) => BoardLanguages::only(*only),
            Some([first, ..]) => BoardLanguages::both(*first),
            Some([]) | None => BoardLanguages::both(self.screen.language),
        }
    }
}

fn hours(key: &str, from: &str, until: &str) -> Result<BoardHours> {
    let words = "write two times of day that differ, from = \"14:30\" and until = \"17:00\"";
    BoardHours::new(from, until).with_context(|| format!("{key}: {from} to {until} are no hours: {words}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn card_08_the_file_that_a_site_gives_its_board_is_taken() {
        let site = firmware_config::site::Site::read(include_str!("../../firmware-config/samples/site.toml")).unwrap();
        let machines = firmware_config::render::render(&site);
        let files = machines.iter().flat_map(|machine| &machine.files);
        let file = files.into_iter().find(|file| file.path == "/etc/seira/display.toml").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("display.toml");
        std::fs::write(&path, &file.text).unwrap();
        let config = BoardConfig::read(&path).unwrap();
        assert_eq!((config.hub.as_str(), config.name.as_str()), ("https://seira.lan", "Αίθουσα αναμονής"));
        assert!(config.sound.chime && config.voice.speaks && config.screen.fill);
    }

    fn check(section: &str, expect: Result<(), &str>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("display.toml");
        let screen = "[screen]\nwidth = 1920\nheight = 1080\npanel_inches = 43.0\nfarthest_seat_m = 5.0\n";
        let text = format!("hub = \"http://h\"\nname = \"n\"\nstate = \"s\"\n{screen}{section}\n");
        std::fs::write(&path, text).unwrap();
        match (BoardConfig::read(&path), expect) {
            (Ok(_), Ok(())) => {}
            (Err(error), Err(words)) => assert!(format!("{error:#}").contains(words), "{error:#}"),
            (said, expect) => panic!("{section}: {said:?}, expected {expect:?}"),
        }
    }

    #[test]
    fn what_is_wrong_with_chime_or_voice_is_named_by_its_key() {
        check("", Ok(()));
        check("[voice]\nspeaks = false\nprogram = []", Ok(()));
        check("[voice]\nvolume = 0.2\nprogram = [\"say\", \"{language}\"]", Ok(()));
        check("[voice]\nvolume = 1.1", Err("voice.volume"));
        check("[sound]\nvolume = -0.1", Err("sound.volume"));
        check("[voice]\nprogram = []", Err("voice.program"));
        check("[voice]\nloud = true", Err("loud"));
        check("[[sound.quiet]]\nfrom = \"14:30\"\nuntil = \"17:00\"\nshare = 0.3", Ok(()));
        check("[[sound.quiet]]\nfrom = \"14.30\"\nuntil = \"17:00\"", Err("sound.quiet"));
        check("[[sound.quiet]]\nfrom = \"14:30\"\nuntil = \"17:00\"\nshare = 3", Err("share"));
        check("[night]\nfrom = \"20:00\"\nuntil = \"07:00\"", Ok(()));
        check("[night]\nfrom = \"20:00\"\nuntil = \"20:00\"", Err("night"));
    }
}
