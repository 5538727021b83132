//! Plays a serial ticket printer on a pseudo-terminal: prints the line's name, and each ticket as a picture into a folder.

use std::fs::{self, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::os::unix::fs::FileTypeExt as _;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context as _, bail};
use clap::Parser;
use paper::{Control, Model, Play, PlaySettings, log};
use rustix::fs::Mode;

/// Plays a serial ticket printer.
#[derive(Parser)]
#[command(
    version,
    about,
    after_help = "Lines on standard input and in the control pipe say what is done to the printer: \
    paper out, paper in, paper low, paper left MILLIMETRES, cover open, cover closed, offline, online, jam, jam cleared, \
    stall, go on, tear."
)]
struct PaperArguments {
    /// The model to play.
    #[arg(long, default_value = "epson-tm-t20iii")]
    model: String,
    /// The folder for the tickets, ticket-0001.png and ticket-0001.txt on.
    #[arg(long)]
    into: PathBuf,
    /// A name for the line that stays the same when the program is started again.
    #[arg(long)]
    link: Option<PathBuf>,
    /// A named pipe to be made, into which lines can be written.
    #[arg(long)]
    control: Option<PathBuf>,
    /// Bits in a second on the line; without it the line takes no time.
    #[arg(long)]
    baud: Option<u32>,
    /// Millimetres of paper in a second; without it printing takes no time.
    #[arg(long)]
    speed: Option<u32>,
}

fn main() -> anyhow::Result<()> {
    let arguments = PaperArguments::parse();
    let Some(model) = Model::named(&arguments.model) else {
        bail!("there is no model \"{}\"; known are {}", arguments.model, Model::names().join(", "));
    };
    let PaperArguments { into, link, control, baud, speed, .. } = arguments;
    let play = Play::new(PlaySettings { model, into, link, baud, speed, talks: true })
        .context("the printer cannot be plugged in")?;
    listen(play.control(), || Box::new(BufReader::new(io::stdin())))?;
    if let Some(path) = control {
        make_pipe(&path)?;
        // Open for writing too, so that it does not end with its first writer.
        let pipe = OpenOptions::new().read(true).write(true).open(&path)?;
        listen(play.control(), move || Box::new(BufReader::new(pipe)))?;
    }
    let mut out = io::stdout();
    writeln!(out, "printer on {}", play.name().display())?;
    out.flush()?;
    Ok(play.run()?)
}

fn make_pipe(path: &Path) -> anyhow::Result<()> {
    if let Ok(there) = fs::metadata(path) {
        if !there.file_type().is_fifo() {
            bail!("{} is there already, and is no named pipe", path.display());
        }
        fs::remove_file(path)?;
    }
    rustix::fs::mknodat(rustix::fs::CWD, path, rustix::fs::FileType::Fifo, Mode::RUSR | Mode::WUSR, 0)
        .with_context(|| path.display().to_string())
}

/// Reads lines on a thread of their own.
fn listen(control: Control, open: impl FnOnce() -> Box<dyn io::BufRead> + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name("control".to_owned()).spawn(move || {
        for line in open().lines().map_while(Result::ok).filter(|line| !line.trim().is_empty()) {
            match line.parse() {
                Ok(handling) => control.suffer(handling),
                Err(error) => log(&error),
            }
        }
    })?;
    Ok(())
}
