//! Screens of the kiosk to which no walk leads on a day like that of the pictures, as where no other time can be had, staff
//! are busy, or a result is collected: the kiosk's own window draws them from the list by which its looks are judged.

use std::{path::Path, time::Duration};

use anyhow::{Context, Result, ensure};
use tests::{
    picture::Picture,
    process::{Process, program},
    screen::Screen,
    wait,
};

use crate::{
    album::PictureFolder,
    attempts::all,
    kiosks::WAYS_TO_HANG,
    labels::{LANGUAGES, Labels},
};

/// The name of each in that list, and that of its picture.
const FACES: [(&str, &str); 8] = [
    ("give-up", "give-up"),
    ("book-anew", "late-anew"),
    ("help-coming", "help-coming"),
    ("help-waited", "help-waited"),
    ("number-unconfirmed", "number-unconfirmed"),
    ("collects", "collects"),
    ("result-not-ready", "refused-result-not-ready"),
    ("no-time-left", "refused-no-time-left"),
];

/// So long the list may take on a slow machine.
const PATIENCE: Duration = Duration::from_secs(300);

/// Takes all of them, as each kiosk hangs, in both languages.
pub fn take(album: &PictureFolder) -> Result<()> {
    let ways = WAYS_TO_HANG.into_iter().flat_map(|way| LANGUAGES.iter().map(move |labels| (way, labels)));
    all(ways.map(|((hangs, size), labels)| draw(album, hangs, size, labels)))
}

fn draw(album: &PictureFolder, hangs: &str, size: (u32, u32), labels: &Labels) -> Result<()> {
    let folder = tempfile::TempDir::with_prefix("seira-faces-")?;
    let drawn = draw_into(folder.path(), size, labels);
    let kept = FACES.iter().map(|(face, name)| {
        let file = folder.path().join(format!("{face}.png"));
        let png = std::fs::read(&file).with_context(|| format!("{face} in {} was not drawn", labels.tag))?;
        album.keep(&format!("kiosk-{hangs}-{name}.{}", labels.tag), &Picture::from_png(png)?)
    });
    all([all(kept), drawn])
}

/// What stands outside the panel or is too small fails, after everything was drawn.
fn draw_into(folder: &Path, (width, height): (u32, u32), labels: &Labels) -> Result<()> {
    let screen = Screen::start(width, height, &folder.join("screen"))?;
    let mut command = program("examples/album")?;
    command.arg(folder).arg(format!("{width}x{height}")).arg(labels.tag);
    command.args(FACES.iter().map(|(face, _)| face));
    screen.dress(&mut command);
    let mut process = Process::start_unready("album", &mut command, &folder.join("album.log"))?;
    wait::until_within(PATIENCE, "the list of screens is drawn", || (!process.runs()).then_some(()))?;
    let status = process.ended()?;
    ensure!(status.success(), "the list of screens: {status}\n{}", process.log_text());
    Ok(())
}
