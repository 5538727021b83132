//! A virtual screen with one window on it, seen by its picture and pressed by a real pointer.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result, ensure};

use crate::{
    picture::{Picture, PixelPlace},
    process::Process,
    wait::{PATIENCE, until_within},
};

/// An X server of its own.
pub struct Screen {
    server: Process,
    display: String,
    folder: PathBuf,
}

impl Screen {
    /// Starts a screen of this size in pixels; pictures and the log go to `folder`.
    ///
    /// # Errors
    /// When Xvfb does not start.
    pub fn start(width: u32, height: u32, folder: &Path) -> Result<Self> {
        let mut command = Command::new("Xvfb");
        let size = format!("{width}x{height}x24");
        command.args(["-displayfd", "1", "-screen", "0", &size, "-nolisten", "tcp", "-noreset", "-ac"]);
        std::fs::create_dir_all(folder)?;
        command.arg("-fbdir").arg(folder);
        let (server, number) = Process::start("Xvfb", &mut command, &folder.join("xvfb.log"))?;
        Ok(Self { server, display: format!(":{}", number.trim()), folder: folder.to_owned() })
    }

    /// The value of `DISPLAY` for programs on this screen.
    #[must_use]
    pub fn display(&self) -> &str {
        &self.display
    }

    /// Number of the server's process.
    #[must_use]
    pub fn server_id(&self) -> u32 {
        self.server.id()
    }

    /// Sets a program up to open its window here, and nowhere else.
    pub fn dress(&self, command: &mut Command) {
        command
            .env("DISPLAY", &self.display)
            .env("XDG_RUNTIME_DIR", &self.folder)
            .env("WINIT_UNIX_BACKEND", "x11")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET");
    }

    /// A file that holds what is on the screen at each moment, four bytes a point after a head: for whoever looks more
    /// often than pictures can be taken.
    #[must_use]
    pub fn framebuffer(&self) -> PathBuf {
        self.folder.join("Xvfb_screen0")
    }

    /// What is on the screen now.
    ///
    /// # Errors
    /// When the picture cannot be taken.
    pub fn picture(&self) -> Result<Picture> {
        picture_of(&self.display)
    }

    /// Presses at a place, as a finger would: goes there, stays for a frame, presses, lets go.
    ///
    /// # Errors
    /// When xdotool fails.
    pub fn press_at(&self, place: PixelPlace) -> Result<()> {
        let (x, y) = (place.x.to_string(), place.y.to_string());
        self.xdotool(&["mousemove", &x, &y, "sleep", "0.2", "mousedown", "1", "sleep", "0.12", "mouseup", "1"])
    }

    /// Holds a finger at a place for so long, and lets go.
    ///
    /// # Errors
    /// When xdotool fails.
    pub fn hold_at(&self, place: PixelPlace, seconds: f32) -> Result<()> {
        let (x, y, long) = (place.x.to_string(), place.y.to_string(), seconds.to_string());
        self.xdotool(&["mousemove", &x, &y, "sleep", "0.2", "mousedown", "1", "sleep", &long, "mouseup", "1"])
    }

    /// Slides a finger from one place to another without hurry, and lets go there.
    ///
    /// # Errors
    /// When xdotool fails.
    pub fn slide(&self, from: PixelPlace, to: PixelPlace) -> Result<()> {
        let [x, y, to_x, to_y] = [from.x, from.y, to.x, to.y].map(|at| at.to_string());
        self.xdotool(&[
            "mousemove",
            &x,
            &y,
            "sleep",
            "0.2",
            "mousedown",
            "1",
            "sleep",
            "0.5",
            "mousemove",
            &to_x,
            &to_y,
            "sleep",
            "0.5",
            "mousemove",
            "--",
            &to_x,
            &to_y,
            "sleep",
            "0.2",
            "mouseup",
            "1",
        ])
    }

    /// Taps twice, quickly, at a place.
    ///
    /// # Errors
    /// When xdotool fails.
    pub fn tap_twice(&self, place: PixelPlace) -> Result<()> {
        let (x, y) = (place.x.to_string(), place.y.to_string());
        self.xdotool(&[
            "mousemove",
            &x,
            &y,
            "sleep",
            "0.2",
            "mousedown",
            "1",
            "sleep",
            "0.06",
            "mouseup",
            "1",
            "sleep",
            "0.12",
            "mousedown",
            "1",
            "sleep",
            "0.06",
            "mouseup",
            "1",
        ])
    }

    /// Types a text, as a keyboard-type scanner would.
    ///
    /// # Errors
    /// When xdotool fails.
    pub fn type_text(&self, text: &str) -> Result<()> {
        self.xdotool(&["type", "--delay", "8", text])
    }

    /// Presses a key by its X name, e.g. `Return`.
    ///
    /// # Errors
    /// When xdotool fails.
    pub fn key(&self, name: &str) -> Result<()> {
        // No manager of windows is here that would give the keyboard to the only one.
        self.xdotool(&["search", "--onlyvisible", "--name", ".", "windowfocus", "--sync", "key", name])
    }

    fn xdotool(&self, arguments: &[&str]) -> Result<()> {
        let status = Command::new("xdotool").args(arguments).env("DISPLAY", &self.display).status()?;
        ensure!(status.success(), "xdotool {arguments:?}: {status}");
        Ok(())
    }

    /// Waits until a text can be read on the screen, and tells where.
    ///
    /// # Errors
    /// When it cannot in time; the error says what can be read instead, and where the picture lies.
    pub fn find(&self, text: &str) -> Result<PixelPlace> {
        self.find_within(text, PATIENCE)
    }

    /// The same, for so long.
    ///
    /// # Errors
    /// When it cannot be read in time.
    pub fn find_within(&self, text: &str, patience: Duration) -> Result<PixelPlace> {
        let mut last: Option<Picture> = None;
        let found = until_within(patience, &format!("the screen shows «{text}»"), || {
            let picture = self.picture().ok()?;
            // Reading takes seconds; what has not changed reads the same.
            if last.as_ref().is_some_and(|last| last.looks_like(&picture)) {
                return None;
            }
            let place = picture.find(text).ok().flatten();
            last = Some(picture);
            place
        });
        found.map_err(|error| self.with_picture(error, last.as_ref()))
    }

    /// Waits until a text can no longer be read on the screen.
    ///
    /// # Errors
    /// When it still can when the time is over.
    pub fn gone(&self, text: &str) -> Result<()> {
        let mut last: Option<Picture> = None;
        let gone = until_within(PATIENCE, &format!("the screen no longer shows «{text}»"), || {
            let picture = self.picture().ok()?;
            if last.as_ref().is_some_and(|last| last.looks_like(&picture)) {
                return None;
            }
            let shown = picture.find(text).ok()?;
            last = Some(picture);
            shown.is_none().then_some(())
        });
        gone.map_err(|error| self.with_picture(error, last.as_ref()))
    }

    /// Waits for a text and presses on it.
    ///
    /// # Errors
    /// When it cannot be read in time.
    pub fn press(&self, text: &str) -> Result<()> {
        self.press_at(self.find(text)?)
    }

    /// Waits until a QR code can be read off the screen.
    ///
    /// # Errors
    /// When there is none in time.
    pub fn qr(&self) -> Result<String> {
        let mut last = None;
        let read = until_within(PATIENCE, "the screen shows a QR code", || {
            let picture = self.picture().ok()?;
            let text = picture.qr().ok().flatten();
            last = Some(picture);
            text
        });
        read.map_err(|error| self.with_picture(error, last.as_ref()))
    }

    fn with_picture(&self, error: anyhow::Error, picture: Option<&Picture>) -> anyhow::Error {
        let Some(picture) = picture else { return error.context("no picture could be taken") };
        let kept = std::env::temp_dir().join(format!("seira-story-{}.png", std::process::id()));
        let kept = if picture.save(&kept).is_ok() { kept.display().to_string() } else { "nowhere".to_owned() };
        let read = picture.text().unwrap_or_default();
        error.context(format!(
            "picture kept at {kept}; it reads: {}",
            read.split_whitespace().collect::<Vec<_>>().join(" ")
        ))
    }
}

/// What is on an X display now, e.g. `:0`.
///
/// # Errors
/// When the picture cannot be taken.
pub fn picture_of(display: &str) -> Result<Picture> {
    let output = Command::new("import")
        .args(["-silent", "-display", display, "-window", "root", "png:-"])
        .env("DISPLAY", display)
        .output()
        .context("cannot start import")?;
    ensure!(output.status.success(), "import: {}", String::from_utf8_lossy(&output.stderr));
    Picture::from_png(output.stdout)
}
