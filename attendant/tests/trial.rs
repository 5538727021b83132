//! What a technician tries by hand: a ticket on a played printer, its state, its picture, and what a scanner reads.
//!
//! Shows FLD-37.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::{
    fs,
    io::{self, Write},
    path::Path,
    sync::mpsc::{Sender, channel},
    thread::JoinHandle,
};

use attendant::trial;
use paper::{Control, Handling, Model, Play, PlaySettings};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

const MODEL: &str = "epson-tm-t20iii";

fn plug(folder: &Path) -> (Control, JoinHandle<()>) {
    let play = Play::new(PlaySettings {
        model: Model::named(MODEL).unwrap(),
        into: folder.join("tickets"),
        link: Some(folder.join("printer")),
        baud: None,
        speed: None,
        talks: false,
    })
    .unwrap();
    let control = play.control();
    (control, std::thread::spawn(move || play.run().unwrap()))
}

#[test]
fn fld_37_a_trial_is_printed_and_told_as_the_printer_says_it() {
    let folder = tempfile::tempdir().unwrap();
    let (control, thread) = plug(folder.path());
    let port = folder.path().join("printer");
    let profile = firmware_config::printer(MODEL).unwrap();
    let bytes = ticket::encode(&trial::sample(), &profile);
    let mut said = Vec::new();
    assert!(trial::print(port.to_str().unwrap(), &profile, bytes.clone(), &mut said).unwrap());
    let said = String::from_utf8(said).unwrap();
    assert_eq!(said, "printer: ready\nticket: printed: the printer said so of this ticket\n");
    control.suffer(Handling::PaperOut);
    let mut said = Vec::new();
    let ledger = folder.path().join("printed.jsonl");
    assert!(!trial::status(port.to_str().unwrap(), &profile, &ledger, &mut said).unwrap());
    let said = String::from_utf8(said).unwrap();
    assert!(said.contains("Epson TM-T20III") && said.contains("printer: the roll is at its end"), "{said}");
    let mut said = Vec::new();
    assert!(!trial::print(port.to_str().unwrap(), &profile, bytes, &mut said).unwrap());
    assert!(String::from_utf8(said).unwrap().ends_with("ticket: not printed: the roll is at its end\n"));
    control.unplug();
    thread.join().unwrap();
}

#[test]
fn fld_37_a_ticket_is_seen_as_a_picture_before_a_printer_is_there() {
    let folder = tempfile::tempdir().unwrap();
    for id in [MODEL, "generic-58mm", "citizen-ct-s651"] {
        let profile = firmware_config::printer(id).unwrap();
        for profile in [profile.clone(), profile.on_fast_line()] {
            let to = folder.path().join(format!("{id}.png"));
            trial::render(&profile, &ticket::encode(&trial::sample(), &profile), &to).unwrap();
            let picture = image::open(&to).unwrap();
            assert!(picture.width() >= u32::from(profile.width_dots) && picture.height() > 400, "{id}");
        }
    }
}

/// Hands on what is told, line by line.
struct TellTale(Sender<String>);

impl Write for TellTale {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send(String::from_utf8_lossy(bytes).into_owned()).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn fld_37_what_a_scanner_reads_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scanner");
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    std::os::unix::fs::symlink(ptsname(&master, Vec::new()).unwrap().to_str().unwrap(), &path).unwrap();
    let mut line = fs::File::from(master);
    let (tell, told) = channel();
    let watched = path.to_str().unwrap().to_owned();
    let watching = std::thread::spawn(move || {
        trial::watch(&watched, peripherals::ScannerKind::Serial, Some(1), &mut TellTale(tell)).unwrap();
    });
    let mut whole = String::new();
    while !whole.contains("show it a code\n") {
        whole += &told.recv().unwrap();
    }
    line.write_all(b"]Q17G2K4M9P\r").unwrap();
    watching.join().unwrap();
    whole.extend(told.try_iter());
    assert_eq!(whole, "the scanner is there: show it a code\n7G2K4M9P\n");
}
