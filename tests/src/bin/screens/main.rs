//! A picture of every screen and page, in both languages, into `docs/screens/`, off the real programs at work.

mod devices;
mod pages;

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::Result;
use clap::Parser;
use tests::{
    house::House,
    hub::{Mails, Setting},
    mail::MailServer,
};

/// Takes the pictures.
#[derive(Parser)]
struct Arguments {
    /// Where they go.
    #[arg(long, default_value = "docs/screens")]
    into: PathBuf,
}

fn main() -> ExitCode {
    match take(&Arguments::parse().into) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn take(into: &PathBuf) -> Result<()> {
    fs::create_dir_all(into)?;
    let post = tempfile::TempDir::with_prefix("seira-post-")?;
    let server = MailServer::start(post.path())?;
    let house = House::open(Setting { mails: Mails::Smtp(server.port()), ..Setting::tuesday("10:00")? })?;
    let floor = devices::Floor::open(&house)?;
    let pages = pages::take(&house, &server, into);
    let devices = floor.take(&house, into);
    pages.and(devices)
}
