//! A kiosk and a display, each a real program with its window on a screen of its own.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, ensure};
use wire::{DeviceKind, PairingAnswer, PairingOutcome, PairingRequest};

use crate::{
    http::Client,
    hub::Hub,
    process::{Process, program},
    screen::Screen,
    staff::AdminPages,
};

/// How the kiosk hears of a code.
pub enum ScannerPort<'a> {
    /// A serial line.
    Serial(&'a Path),
    /// It types.
    Keyboard,
}

/// A device that runs.
pub struct Device {
    process: Process,
    screen: Screen,
    folder: PathBuf,
    name: &'static str,
}

impl Device {
    /// Starts a kiosk of this size on a screen of its own.
    ///
    /// # Errors
    /// When the screen or the kiosk does not start.
    pub fn kiosk(folder: &Path, hub: &str, size: (u32, u32), printer: &str, scanner: &ScannerPort<'_>) -> Result<Self> {
        let scanner = match scanner {
            ScannerPort::Serial(port) => format!("port = \"{}\"", port.display()),
            ScannerPort::Keyboard => "keyboard = true".to_owned(),
        };
        let (width, height) = size;
        let configuration = format!(
            "hub = \"{hub}\"\nname = \"Είσοδος\"\nstate = \"state\"\n\n\
             [screen]\nwidth = {width}\nheight = {height}\npanel_inches = 21.5\nlanguage = \"el\"\n\n\
             [printer]\nport = \"{printer}\"\nprofile = \"epson-tm-t20iii\"\n\n[scanner]\n{scanner}\n"
        );
        Self::start("kiosk", folder, size, &configuration)
    }

    /// Starts a display of this size on a screen of its own.
    ///
    /// # Errors
    /// When the screen or the display does not start.
    pub fn display(folder: &Path, hub: &str, size: (u32, u32)) -> Result<Self> {
        let (width, height) = size;
        let configuration = format!(
            "hub = \"{hub}\"\nname = \"Αίθουσα αναμονής\"\nstate = \"state\"\n\n\
             [screen]\nwidth = {width}\nheight = {height}\npanel_inches = 42.0\nfarthest_seat_m = 6.0\nlanguage = \"el\"\n"
        );
        Self::start("display", folder, size, &configuration)
    }

    fn start(name: &'static str, folder: &Path, size: (u32, u32), configuration: &str) -> Result<Self> {
        let screen = Screen::start(size.0, size.1, folder)?;
        fs::write(folder.join(format!("{name}.toml")), configuration)?;
        let process = Self::program(name, folder, &screen)?;
        Ok(Self { process, screen, folder: folder.to_owned(), name })
    }

    fn program(name: &str, folder: &Path, screen: &Screen) -> Result<Process> {
        let mut command = program(name)?;
        command.arg("--config").arg(folder.join(format!("{name}.toml"))).current_dir(folder);
        screen.dress(&mut command);
        let (process, ready) = Process::start(name, &mut command, &folder.join(format!("{name}.log")))?;
        ensure!(ready.trim() == "ready", "{name} says: {ready}");
        Ok(process)
    }

    /// Starts it again, as after a power cut.
    ///
    /// # Errors
    /// When it does not start.
    pub fn restart(&mut self) -> Result<()> {
        self.process.kill()?;
        self.process = Self::program(self.name, &self.folder, &self.screen)?;
        Ok(())
    }

    /// Its screen.
    #[must_use]
    pub fn screen(&self) -> &Screen {
        &self.screen
    }

    /// Its program.
    pub fn process(&mut self) -> &mut Process {
        &mut self.process
    }

    /// Reads the code off its screen and types it as an administrator does; a misread code is read again.
    ///
    /// # Errors
    /// When no code of the screen is accepted in time.
    pub fn pair(&self, hub: &Hub) -> Result<()> {
        let admin = AdminPages::sign_in(hub)?;
        crate::wait::until_ok("the administrator pairs the device", || {
            let code = pairing_code(&self.screen.picture()?.text()?)?;
            admin.pair(&code)
        })
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
    let request = PairingRequest { kind, name: name.to_owned() };
    let pairing: PairingAnswer = client.post("/api/v1/pairings", &request)?.json()?;
    AdminPages::sign_in(hub)?.pair(&pairing.code)?;
    let device = hub.client().with_token(&pairing.secret);
    let outcome: PairingOutcome = device.get(&format!("/api/v1/pairings/{}", pairing.pairing))?.json()?;
    match outcome {
        PairingOutcome::Paired { token, .. } => Ok(hub.client().with_token(&token)),
        other => anyhow::bail!("the device is not let in: {other:?}"),
    }
}
