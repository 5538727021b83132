//! A kiosk and a display, each a real program with its window on a screen of its own.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use wire::{DeviceKind, PairingAnswer, PairingOutcome, PairingRequest};

use crate::{
    http::Client,
    hub::Hub,
    process::{Process, program},
    screen::Screen,
    staff::Staff,
    wait::{until, until_ok},
};

/// How the kiosk hears of a code.
pub enum ScannerPort<'a> {
    /// A serial line.
    Serial(&'a Path),
    /// It types.
    Keyboard,
}

/// What a kiosk said, a line each, in its folder.
const HEARD: &str = "heard.txt";

/// A display that nobody hears: the machines of stories have no sound card, which it would report.
const SILENT: &str = "\n[sound]\nchime = false\n\n[voice]\nspeaks = false\n";

/// What a device is to be: its program, its folder, its configuration.
pub struct DeviceSetting {
    name: &'static str,
    folder: PathBuf,
    size: (u32, u32),
    configuration: String,
    environment: Vec<(&'static str, PathBuf)>,
}

impl DeviceSetting {
    /// A kiosk of this size in pixels.
    #[must_use]
    pub fn kiosk(folder: &Path, hub: &str, size: (u32, u32), printer: &str, scanner: &ScannerPort<'_>) -> Self {
        let scanner = match scanner {
            ScannerPort::Serial(port) => format!("port = \"{}\"", port.display()),
            ScannerPort::Keyboard => "keyboard = true".to_owned(),
        };
        let (width, height) = size;
        // Who speaks writes it down: what was said is read back.
        let program = format!("[\"sh\", \"-c\", \"cat >> {HEARD}\"]");
        let configuration = format!(
            "hub = \"{hub}\"\nname = \"Είσοδος\"\nstate = \"state\"\n\n\
             [screen]\nwidth = {width}\nheight = {height}\npanel_inches = 21.5\nlanguage = \"el\"\n\n\
             [printer]\nport = \"{printer}\"\nprofile = \"epson-tm-t20iii\"\n\n[scanner]\n{scanner}\n\n\
             [sound]\nvolume = 0.0\n\n[keypad]\nheadset_in = \"F9\"\nheadset_out = \"F10\"\n\n\
             [voice]\nloudspeaker = {program}\nheadset = {program}\n"
        );
        Self { name: "kiosk", folder: folder.to_owned(), size, configuration, environment: Vec::new() }
    }

    /// A display of this size in pixels, which nobody hears.
    #[must_use]
    pub fn display(folder: &Path, hub: &str, size: (u32, u32)) -> Self {
        let (width, height) = size;
        let configuration = format!(
            "hub = \"{hub}\"\nname = \"Αίθουσα αναμονής\"\nstate = \"state\"\nlanguages = [\"el\"]\n\n\
             [screen]\nwidth = {width}\nheight = {height}\npanel_inches = 42.0\nfarthest_seat_m = 6.0\nlanguage = \"el\"\n{SILENT}"
        );
        Self { name: "display", folder: folder.to_owned(), size, configuration, environment: Vec::new() }
    }

    /// Lets it speak another language than Greek first.
    #[must_use]
    pub fn in_language(mut self, tag: &str) -> Self {
        self.configuration = self
            .configuration
            .replace("language = \"el\"", &format!("language = \"{tag}\""))
            .replace("languages = [\"el\"]", &format!("languages = [\"{tag}\"]"));
        self
    }

    /// Lets a display speak both languages of the house in turn, as one does that nobody set up otherwise.
    #[must_use]
    pub fn in_both_languages(mut self) -> Self {
        self.configuration = self.configuration.replace("languages = [\"el\"]\n", "");
        self
    }

    /// Hangs a display where the farthest seat is so far away, in metres.
    #[must_use]
    pub fn seen_from(mut self, metres: f32) -> Self {
        self.configuration =
            self.configuration.replace("farthest_seat_m = 6.0", &format!("farthest_seat_m = {metres:.1}"));
        self
    }

    /// Adds a section to its configuration.
    #[must_use]
    pub fn with(mut self, section: &str) -> Self {
        self.configuration.push_str(section);
        self
    }

    /// Lets a display chime and speak, as one does that nobody set up otherwise.
    #[must_use]
    pub fn aloud(mut self) -> Self {
        self.configuration = self.configuration.replace(SILENT, "");
        self
    }

    /// Lets a display be heard, and plugs its loudspeaker into a file: what is heard lands there as [`crate::sound`] reads it.
    ///
    /// # Errors
    /// When the sound system's configuration cannot be written.
    pub fn heard_in(mut self, file: &Path) -> Result<Self> {
        fs::create_dir_all(&self.folder)?;
        let configuration = self.folder.join("asound.conf");
        fs::write(&configuration, crate::sound::configuration(file))?;
        self.environment.push(("ALSA_CONFIG_PATH", configuration));
        Ok(self.aloud())
    }

    /// Has it watched over as systemd does within a session: at this socket, dead after so many microseconds of silence, and
    /// with the number of another process.
    #[must_use]
    pub fn watched_at(mut self, socket: &Path, usec: u32) -> Self {
        self.environment.extend([
            ("NOTIFY_SOCKET", socket.to_owned()),
            ("WATCHDOG_USEC", PathBuf::from(usec.to_string())),
            ("WATCHDOG_PID", PathBuf::from("1")),
        ]);
        self
    }

    /// Keeps its state on a disk that loses in a power cut whatever was not synced; `layer` is the library that plays it.
    #[must_use]
    pub fn on_forgetful_disk(mut self, layer: &Path) -> Self {
        self.environment.push(("LD_PRELOAD", layer.to_owned()));
        self.environment.push(("LOST_WRITES_FOLDER", self.folder.join("state")));
        self
    }

    fn start(&self, screen: Option<&Screen>) -> Result<Process> {
        let file = self.folder.join(format!("{}.toml", self.name));
        fs::create_dir_all(&self.folder)?;
        fs::write(&file, &self.configuration)?;
        let mut command = program(self.name)?;
        command.arg("--config").arg(file).current_dir(&self.folder);
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        if let Some(screen) = screen {
            screen.dress(&mut command);
        }
        let (process, ready) =
            Process::start(self.name, &mut command, &self.folder.join(format!("{}.log", self.name)))?;
        ensure!(ready.trim() == "ready", "{} says: {ready}", self.name);
        Ok(process)
    }
}

/// A device that runs.
pub struct DeviceProcess {
    process: Process,
    screen: Option<Screen>,
    setting: DeviceSetting,
}

impl DeviceProcess {
    /// Starts a device on a virtual screen of its own.
    ///
    /// # Errors
    /// When the screen or the device does not start.
    pub fn start(setting: DeviceSetting) -> Result<Self> {
        let screen = Screen::start(setting.size.0, setting.size.1, &setting.folder)?;
        let process = setting.start(Some(&screen))?;
        Ok(Self { process, screen: Some(screen), setting })
    }

    /// Starts a device on the screen of the person who sits here.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start_here(setting: DeviceSetting) -> Result<Self> {
        let process = setting.start(None)?;
        Ok(Self { process, screen: None, setting })
    }

    /// Starts it again, as after a power cut.
    ///
    /// # Errors
    /// When it does not start.
    pub fn restart(&mut self) -> Result<()> {
        self.process.kill()?;
        self.process = self.setting.start(self.screen.as_ref())?;
        Ok(())
    }

    /// Its screen.
    ///
    /// # Errors
    /// When it runs on the screen of the person who sits here.
    pub fn screen(&self) -> Result<&Screen> {
        self.screen.as_ref().context("it has no screen of its own")
    }

    /// What it said so far, a line each.
    #[must_use]
    pub fn heard(&self) -> Vec<String> {
        let text = fs::read_to_string(self.setting.folder.join(HEARD)).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// Its program.
    pub fn process(&mut self) -> &mut Process {
        &mut self.process
    }

    /// Reads the code off its screen and types it as an administrator does; a misread code is read again.
    ///
    /// # Errors
    /// When no code of the screen is accepted in time.
    pub fn pair_by_screen(&self, hub: &Hub) -> Result<()> {
        let admin = Staff::admin(hub)?;
        until_ok("the administrator pairs the device", || {
            let code = pairing_code(&self.screen()?.picture()?.text()?)?;
            let (_, words) = self.logged_pairing().context("the log names no words")?;
            admin.let_in(&code, Some(&words))
        })
    }

    /// Takes the code from its log, where it stands for whoever sets a device up from afar, and types it.
    ///
    /// # Errors
    /// When the log has no code in time, or the administrator's page refuses it.
    pub fn pair(&self, hub: &Hub) -> Result<()> {
        let admin = Staff::admin(hub)?;
        let (code, words) = until(&format!("{} logs its code", self.setting.name), || self.logged_pairing())?;
        admin.let_in(&code, Some(&words))?;
        until(&format!("{} keeps its token", self.setting.name), || {
            self.setting.folder.join("state/token.json").exists().then_some(())
        })
    }
}

impl DeviceProcess {
    /// The newest code of its log, and the three words.
    fn logged_pairing(&self) -> Option<(String, String)> {
        let log = self.process.log_text();
        let (_, after) = log.rsplit_once("pairing code ")?;
        // The line is there to its end.
        let (line, _) = after.split_once('\n')?;
        let (code, words) = line.split_once(" words ")?;
        Some((code.trim().to_owned(), words.trim().to_owned()))
    }
}

/// A code as devices show it: eight characters of the code alphabet, perhaps in two groups.
fn pairing_code(text: &str) -> Result<String> {
    let alphabet = wire::CODE_ALPHABET;
    let fits = |word: &str| !word.is_empty() && word.bytes().all(|byte| alphabet.contains(&byte));
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c == '-').filter(|word| fits(word)).collect();
    let whole = words.iter().find(|word| (6..=8).contains(&word.len())).map(|word| (*word).to_owned());
    let halves =
        || words.windows(2).find(|pair| pair[0].len() == pair[1].len() && pair[0].len() >= 3).map(|pair| pair.concat());
    whole.or_else(halves).ok_or_else(|| anyhow::anyhow!("no pairing code in: {text}"))
}

/// Pairs a device that has no screen: a program that speaks the API, e.g. a story's own kiosk.
///
/// # Errors
/// When the hub refuses.
pub fn pair_without_screen(hub: &Hub, kind: DeviceKind, name: &str) -> Result<Client> {
    let client = hub.client();
    let request = PairingRequest { kind, name: name.to_owned(), commitment: None };
    let pairing: PairingAnswer = client.post("/api/v1/pairings", &request)?.json()?;
    Staff::admin(hub)?.let_in(&pairing.code, None)?;
    let device = hub.client().with_token(&pairing.secret);
    let outcome: PairingOutcome = device.get(&format!("/api/v1/pairings/{}", pairing.pairing))?.json()?;
    match outcome {
        PairingOutcome::Paired { token, .. } => Ok(hub.client().with_token(&token)),
        other => anyhow::bail!("the device is not let in: {other:?}"),
    }
}
