//! From a scan to the ticket on real lines: no window, and nobody who asks for a round but the thread that listens.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use attendant::{Attendant, HubContact, Kiosk, MachineSetting, Peripherals, SharedAttendant};
use link::{CommandReply, HubLink, Wake};
use paper::{Model, Play, PlaySettings};
use peripherals::{printer, scanner};
use walk::{KioskWalk, PrintState, Station, WalkRules};
use wire::{CheckInAnswer, KioskView, Language, Standing, TicketAnswer, Words};

/// How long anything may take on a busy machine.
const LONG: Duration = Duration::from_secs(30);

const MODEL: &str = "epson-tm-t20iii";

#[track_caller]
fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + LONG;
    while !holds() {
        assert!(Instant::now() < deadline, "not in time: {what}");
        std::thread::yield_now();
    }
}

/// The scanner's end of a line that has this name.
fn scanner_line(name: &Path) -> File {
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&ours).unwrap();
    unlockpt(&ours).unwrap();
    std::os::unix::fs::symlink(ptsname(&ours, Vec::new()).unwrap().to_str().unwrap(), name).unwrap();
    File::from(ours)
}

/// Whether a ticket with these words has come out of the printer.
fn is_printed(tickets: &Path, words: &str) -> bool {
    let files = std::fs::read_dir(tickets).into_iter().flatten().flatten().map(|entry| entry.path());
    let texts = files.filter(|path| path.extension().is_some_and(|extension| extension == "txt"));
    texts.filter_map(|path| std::fs::read_to_string(path).ok()).any(|text| text.contains(words))
}

#[test]
fn from_scan_to_ticket_no_frame_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let play = Play::new(PlaySettings {
        model: Model::named(MODEL).unwrap(),
        into: at("tickets"),
        link: Some(at("printer")),
        baud: None,
        speed: None,
        talks: false,
    })
    .unwrap();
    std::thread::spawn(move || play.run().unwrap());
    let mut line = scanner_line(&at("scanner"));
    let profile = firmware_config::printer(MODEL).unwrap();
    let printer = printer::start(at("printer").to_str().unwrap(), profile.clone(), || {}).unwrap();
    let scans = scanner::start(at("scanner").to_str().unwrap(), peripherals::ScannerKind::Serial, || {}).unwrap();
    let (link, hub) = HubLink::<KioskView>::loose();
    let machine = MachineSetting { scanner: Some(walk::DevicePlace::Below), ..MachineSetting::default() };
    let kiosk = Kiosk::new(KioskWalk::new(WalkRules::new(Language::El, 6)), "http://hub", "Είσοδος", machine);
    let peripherals = Peripherals::on_lines((printer, profile), scans);
    let shared = SharedAttendant::new(Attendant::new(kiosk, HubContact::new(link), peripherals));
    shared.listen(Wake::new(|| {})).unwrap();
    line.write_all(b"7G2K4M9P\r").unwrap();
    let command = hub.commands.recv_timeout(LONG).unwrap();
    assert_eq!((command.path.as_str(), &command.body["code"]), ("offices/{office}/check-ins", &"7G2K4M9P".into()));
    let answer = CheckInAnswer { standing: Standing::InTime, ticket: ticket(), again: false };
    let answer = Ok(serde_json::to_value(answer).unwrap());
    hub.replies.send(CommandReply { key: command.key, answer }).unwrap();
    eventually("the ticket is printed", || is_printed(&at("tickets"), "ΚΕΠ"));
    eventually("the walk knows that it is", || {
        matches!(shared.lock().kiosk.walk.station(), Station::Given { print: PrintState::Printed, .. })
    });
}

fn ticket() -> TicketAnswer {
    TicketAnswer {
        visit: uuid::Uuid::nil(),
        number: "P001".to_owned(),
        service: Words::new("ΚΕΠ", "CSC"),
        at: "2026-11-24T08:00:00Z".parse().unwrap(),
        booked_for: None,
        people_ahead: 0,
        expected_wait: None,
        first_gap_at: None,
        wait_where: Words::default(),
        page: "https://kep.example/v/1".to_owned(),
        language: Language::El,
        rehearsal: false,
        local: false,
    }
}
