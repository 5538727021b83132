//! A picture of every screen, page, mail and ticket, in both languages, off the real programs at work. The hub's clock all
//! but stands still, so that the same pictures come out again. `cargo xtask screens` takes them over into `docs/screens/`.

mod album;
mod attempts;
mod day;
mod displays;
mod faces;
mod kiosks;
mod labels;
mod pages;
mod taken_walks;
mod walks;

use std::{path::PathBuf, process::ExitCode, thread};

use anyhow::{Context as _, Result};
use clap::{Parser, ValueEnum};
use tests::{
    house::House,
    hub::{Mails, Setting},
    mail::MailServer,
    staff::Staff,
};

use crate::{
    album::PictureFolder,
    attempts::all,
    day::Codes,
    displays::Boards,
    kiosks::{Stand, WAYS_TO_HANG},
    labels::LANGUAGES,
};

/// Takes the pictures.
#[derive(Parser)]
struct ScreensArguments {
    /// Where they go, as they were taken.
    #[arg(long)]
    into: PathBuf,
    /// Only these; all of them, unless said.
    #[arg(long, value_enum)]
    only: Vec<PicturePart>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PicturePart {
    /// The walks through a kiosk, and their tickets.
    Kiosks,
    /// What a kiosk shows by itself.
    States,
    /// Screens of a kiosk to which no walk leads.
    Faces,
    Boards,
    Pages,
}

fn main() -> ExitCode {
    match take(&ScreensArguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Takes the pictures of one part.
type Take = fn(&PictureFolder) -> Result<()>;

/// Takes each part, and fails in the end if one of them failed.
fn take(arguments: &ScreensArguments) -> Result<()> {
    let album = PictureFolder::new(&arguments.into)?;
    let parts: [(PicturePart, Take, &str); 5] = [
        (PicturePart::Kiosks, take_kiosks, "kiosks"),
        (PicturePart::States, take_states, "kiosks by themselves"),
        (PicturePart::Faces, faces::take, "kiosks without a walk"),
        (PicturePart::Boards, take_boards, "boards"),
        (PicturePart::Pages, take_pages, "pages"),
    ];
    let wanted = parts.iter().filter(|(part, ..)| arguments.only.is_empty() || arguments.only.contains(part));
    all(wanted.map(|(_, take, name)| take(&album).context(*name)))
}

fn take_kiosks(album: &PictureFolder) -> Result<()> {
    let mut house = day::open(Mails::Folder)?;
    let staff = Staff::admin(&house.hub)?;
    let refused = day::book_refused(&staff)?;
    let walks = WAYS_TO_HANG.len() * LANGUAGES.len();
    let mut codes = (0..walks).map(|nth| day::book(&staff, nth)).collect::<Result<Vec<_>>>()?.into_iter();
    day::turn_to(&mut house, "08:00")?;
    day::open_desks(&house)?;
    day::pass_to(&mut house, "10:00")?;
    day::begin(&house)?;
    let services = house.plain_kiosk()?.view()?.services;
    let mut stands = start_stands(&house, album)?;
    let (refused, services) = (&refused, &services);
    thread::scope(|scope| {
        let walk = move |stand: &mut Stand, codes: Vec<Codes>| {
            let walks = LANGUAGES.iter().zip(&codes);
            all(walks.map(|(labels, codes)| stand.walk(labels, codes, refused, services)))
        };
        let walks: Vec<_> = stands
            .iter_mut()
            .map(|stand| {
                let codes = codes.by_ref().take(LANGUAGES.len()).collect();
                scope.spawn(move || walk(stand, codes))
            })
            .collect();
        all(walks.into_iter().map(|walk| walk.join().unwrap_or_else(|_| anyhow::bail!("a walk broke off"))))
    })
}

fn start_stands(house: &House, album: &PictureFolder) -> Result<Vec<Stand>> {
    WAYS_TO_HANG.into_iter().map(|(hangs, size)| Stand::start(house, hangs, size, album)).collect()
}

fn take_states(album: &PictureFolder) -> Result<()> {
    let mut house = day::open(Mails::Folder)?;
    day::turn_to(&mut house, "10:00")?;
    let mut stands = start_stands(&house, album)?;
    let stuck = all(LANGUAGES.iter().flat_map(|labels| {
        let stuck = stands.iter_mut().map(|stand| stand.hub_is_stuck(&mut house, labels));
        stuck.collect::<Vec<_>>()
    }));
    house.hub.stop()?;
    let local = in_both(&mut stands, "kiosk-local", "local");
    house.hub.run()?;
    house.hub.answers()?;
    displays::suspend(&house, Setting::tuesday("11:00")?.at)?;
    let suspended = in_both(&mut stands, "kiosk-suspended-below", "suspended");
    day::turn_to(&mut house, "20:00")?;
    let closed = in_both(&mut stands, "kiosk-closed-below", "closed");
    all([stuck, local, suspended, closed])
}

fn in_both(stands: &mut [Stand], id: &str, name: &str) -> Result<()> {
    all(stands.iter_mut().map(|stand| stand.keep_in_both(id, name)))
}

fn take_boards(album: &PictureFolder) -> Result<()> {
    let mut house = day::open(Mails::Folder)?;
    let staff = Staff::admin(&house.hub)?;
    let codes = (0..2).map(|nth| day::book(&staff, nth)).collect::<Result<Vec<_>>>()?;
    let boards = Boards::start(&house, album)?;
    boards.closed()?;
    day::turn_to(&mut house, "10:00")?;
    boards.quiet()?;
    let kiosk = house.plain_kiosk()?;
    for codes in &codes {
        kiosk.check_in(&codes.in_time.code)?;
        kiosk.check_in(&codes.early.code)?;
    }
    boards.morning(&mut house)?;
    displays::suspend(&house, Setting::tuesday("11:00")?.at)?;
    boards.suspended()
}

fn take_pages(album: &PictureFolder) -> Result<()> {
    all([
        take_office(album).context("an office"),
        pages::take_members(album).context("accounts and requests"),
        pages::take_taxisnet(album).context("TAXISnet"),
        pages::take_mobiles(album).context("mobiles"),
        pages::take_conferences(album).context("conferences"),
    ])
}

fn take_office(album: &PictureFolder) -> Result<()> {
    let post = tempfile::TempDir::with_prefix("seira-post-")?;
    let mut server = MailServer::start(post.path())?;
    let mut house = day::open(Mails::Smtp(server.port()))?;
    tests::returned::set_up(&house.hub)?;
    day::turn_to(&mut house, "10:00")?;
    all([pages::take(&house, &server, album), pages::take_post(&mut house, &mut server, album)])
}
