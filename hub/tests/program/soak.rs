//! Chaos: power cuts, disks that are full, read-only, broken or slow, a clock that jumps, mail that is away, a board and a kiosk
//! whose cables are pulled, one after the other and all at once, under load. What was acknowledged is there, once; each fault is
//! shown to staff, and gone afterwards.
//!
//! `cargo xtask soak --minutes N` lets it go on for so long, and writes its report. Shows NEW-08, PROM-03, PROM-10, PROM-11.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fmt, fs,
    path::PathBuf,
    process::Command,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use link::{DeviceCommand, HubLink, LinkConfig, LinkState, News, Urgency, Wake};
use serde_json::{Value, json};
use wire::{BoardView, DeviceKind, KioskView, SeenCalls};

use crate::{
    clock,
    house::{ProgramHouse, fresh_id},
    http,
    machine::ClockedMachine,
    mail_sink::MailSink,
    relay::Cable,
};

/// How many minutes it is to last, and where its report goes.
const MINUTES: &str = "SEIRA_SOAK_MINUTES";
const REPORT: &str = "SEIRA_SOAK_REPORT";
/// Where nobody asks for more, each fault comes once; where the whole house is judged, as often as fits into two minutes.
const MINUTES_IN_CI: u64 = 2;
/// In a long story a fault lasts so long after it was shown, under load.
const LASTS: Duration = Duration::from_secs(3);
const TAKERS: usize = 4;
/// Between two tickets of one taker: a busy kiosk, ten times over.
const PAUSE: Duration = Duration::from_millis(60);
/// Nothing is waited for longer; a fault is mended sooner.
const DEADLINE: Duration = Duration::from_secs(60);
/// A hub with one office takes no more, whatever it has gone through.
const RESIDENT_KIB_MAX: u64 = 400 * 1024;
/// And in the end no more than this beside what it took at the beginning.
const GROWTH_KIB_MAX: u64 = 64 * 1024;
/// The disk of the database, where a test may make one; and more of it for each minute, since what is acknowledged is kept.
const DISK_MIB: [u64; 2] = [192, 48];
/// Of what was acknowledged so much is asked for once more at the end; all of it is looked for in the journal.
const ASKED_AGAIN_MAX: usize = 2_000;
/// So many ids are half of what a body may hold.
const NAMED_AT_ONCE: usize = 800;
const TICKETS: &str = "/api/v1/offices/kep/tickets";
const ALL_SENT: &str = "Όλα τα μηνύματα έχουν σταλεί";
const DISK_TOLD: &str = "τίποτα νέο δεν καταχωρίζεται";
const CLOCK_DOUBTED: &str = "δεν επιβεβαιώνεται";

/// What breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum SoakFault {
    PowerCut,
    DiskFull,
    DiskReadOnly,
    DiskBroken,
    DiskSlow,
    ClockAhead,
    ClockBehind,
    MailAway,
    DevicesAway,
    AllAtOnce,
}

impl SoakFault {
    const ALL: [Self; 10] = [
        Self::DiskFull,
        Self::MailAway,
        Self::PowerCut,
        Self::DiskBroken,
        Self::ClockAhead,
        Self::DevicesAway,
        Self::DiskReadOnly,
        Self::DiskSlow,
        Self::ClockBehind,
        Self::AllAtOnce,
    ];
}

impl fmt::Display for SoakFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PowerCut => "kill -9",
            Self::DiskFull => "full disk",
            Self::DiskReadOnly => "read-only disk",
            Self::DiskBroken => "EIO at each write and sync",
            Self::DiskSlow => "a sync takes half a second",
            Self::ClockAhead => "clock 20 minutes ahead",
            Self::ClockBehind => "clock 20 minutes behind",
            Self::MailAway => "mail server away",
            Self::DevicesAway => "board and kiosk unplugged",
            Self::AllAtOnce => "all at once, and a kill -9 in the middle",
        })
    }
}

/// What takers know: each ticket that was acknowledged, by the id of its command; and what was said otherwise.
#[derive(Default)]
struct SoakLedger {
    given: BTreeMap<String, Value>,
    otherwise: BTreeMap<String, u64>,
}

/// What happened in one round.
struct SoakRound {
    fault: SoakFault,
    lasted: Duration,
    given: usize,
    resident_kib: u64,
}

/// A disk of its own for the database, made full with a file; without the right to mount one, full by word.
struct SoakDisk {
    folder: PathBuf,
    is_mounted: bool,
}

impl SoakDisk {
    fn under(house: &ProgramHouse) -> Self {
        let folder = house.folder.path().join("disk");
        fs::create_dir(&folder).unwrap();
        let minutes: u64 = env::var(MINUTES).ok().map_or(MINUTES_IN_CI, |minutes| minutes.parse().unwrap());
        let size = format!("size={}m", DISK_MIB[0] + DISK_MIB[1] * minutes);
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(&folder).output();
        Self { folder, is_mounted: mounted.is_ok_and(|output| output.status.success()) }
    }

    fn fill(&self) {
        use std::io::Write;
        let mut filler = fs::File::create(self.folder.join("filler")).unwrap();
        for block in [1 << 20, 4096, 512] {
            while filler.write_all(&vec![0; block]).is_ok() {}
        }
    }

    fn empty(&self) {
        fs::remove_file(self.folder.join("filler")).unwrap();
    }
}

impl Drop for SoakDisk {
    fn drop(&mut self) {
        if self.is_mounted {
            let _ = Command::new("umount").arg("--lazy").arg(&self.folder).status();
        }
    }
}

struct Soak {
    house: ProgramHouse,
    machine: ClockedMachine,
    disk: SoakDisk,
    mail: MailSink,
    /// The way of the takers, of the mail, of board and kiosk.
    cables: [Cable; 4],
    board: HubLink<BoardView>,
    kiosk: HubLink<KioskView>,
    board_state: LinkState,
    kiosk_state: LinkState,
    /// Calls that the board took as new, by their ids.
    called: BTreeSet<u64>,
    seen: SeenCalls,
    /// How long a fault lasts after it was shown.
    lasts: Duration,
}

const WAY: usize = 0;
const POST: usize = 1;
const BOARD: usize = 2;
const KIOSK: usize = 3;

fn wait(mut until: impl FnMut() -> bool, what: &str) {
    let deadline = Instant::now() + DEADLINE;
    while !until() {
        assert!(Instant::now() < deadline, "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

impl Soak {
    fn begin(lasts: Duration) -> (Self, String) {
        let mail = MailSink::start();
        let cables = ["127.0.0.1:1", &mail.address, "127.0.0.1:1", "127.0.0.1:1"].map(Cable::to);
        let (host, port) = cables[POST].address.split_once(':').unwrap();
        let keys = format!(
            "database = \"disk/seira.db\"\n[mail]\ntransport = \"smtp\"\nhost = \"{host}\"\nport = {port}\n\
             from = \"KEP <kep@example.gr>\"\ntimeout_seconds = 5\n"
        );
        let mut house = ProgramHouse::files_with_config(&keys, "pairings_per_minute = 10000\n");
        let disk = SoakDisk::under(&house);
        let machine = ClockedMachine::with_disk_of(&house);
        assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
        machine.set("2026-11-24T09:00:00+02:00");
        house.serve_on(&machine);
        let admin = house.admin();
        // Whoever begins says that the clock is right.
        if clock::page(&house, &admin, "/admin").contains("action=\"/admin/clock\"") {
            clock::say_it_is_right(&house, &admin);
        }
        for cable in [WAY, BOARD, KIOSK] {
            cables[cable].lead_to(&house.address);
        }
        let (token, _) = house.pair(&admin, "kiosk");
        let link = |kind, feed: &'static str, cable: usize| LinkConfig {
            hub: format!("http://{}", cables[cable].address),
            kind,
            name: feed.to_owned(),
            state: house.folder.path().join(feed),
            feed,
        };
        let wake = Wake::new(|| {});
        let board = HubLink::start(link(DeviceKind::Display, "board", BOARD), &wake).unwrap();
        let kiosk = HubLink::start(link(DeviceKind::Kiosk, "kiosk", KIOSK), &wake).unwrap();
        let mut soak = Self {
            machine,
            disk,
            mail,
            cables,
            board,
            kiosk,
            board_state: LinkState::Starting,
            kiosk_state: LinkState::Starting,
            called: BTreeSet::new(),
            seen: SeenCalls::default(),
            lasts,
            house,
        };
        let mut typed = BTreeSet::new();
        wait(
            || {
                soak.hear();
                for state in [&soak.board_state, &soak.kiosk_state] {
                    if let LinkState::Pairing { code, words } = state
                        && typed.insert(code.clone())
                    {
                        soak.house
                            .post(
                                &admin,
                                "/api/v1/offices/kep/devices",
                                &json!({ "code": code, "words": words.to_string() }),
                            )
                            .ok();
                    }
                }
                soak.board_state == LinkState::Live && soak.kiosk_state == LinkState::Live
            },
            "board and kiosk are paired, and live",
        );
        (soak, token)
    }

    /// What board and kiosk have heard.
    fn hear(&mut self) {
        while let Ok(news) = self.kiosk.news.try_recv() {
            self.kiosk_state.take(&news);
        }
        while let Ok(news) = self.board.news.try_recv() {
            self.board_state.take(&news);
            if let News::View { epoch, view } = news {
                let now = view.calls.iter().map(|call| call.at).max().unwrap_or_default();
                for call in self.seen.take(epoch, &view.calls, now) {
                    assert!(self.called.insert(call.id), "the board calls {} twice", call.number);
                }
            }
        }
    }

    fn restart(&mut self) {
        self.house.kill();
        self.begin_anew();
    }

    /// Somebody switches the machine on again.
    fn begin_anew(&mut self) {
        self.house.serve_on(&self.machine);
        for cable in [WAY, BOARD, KIOSK] {
            self.cables[cable].lead_to(&self.house.address);
        }
    }

    fn resident_kib(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.house.process())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// What somebody of staff reads on a page.
    fn reads(&self, admin: &str, page: &str, words: &str) -> bool {
        clock::page(&self.house, admin, page).contains(words)
    }

    /// A ticket as somebody at a desk gives it, and what they are told. Where as many wait as can be served today, whom takers have
    /// left there is let go first.
    fn press(&self, admin: &str) -> http::HttpAnswer {
        let said = self.house.ticket(admin);
        if said.status != 409 {
            return said;
        }
        let gone = self.let_go(admin);
        if gone.status == 200 { self.house.ticket(admin) } else { gone }
    }

    /// Everybody who waits has left; they may be more by now than one body can name.
    fn let_go(&self, admin: &str) -> http::HttpAnswer {
        let floor = crate::feeds::view_of(&self.house, admin, "floor");
        let gone: Vec<&Value> = floor["visits"].as_array().unwrap().iter().map(|visit| &visit["visit"]).collect();
        let leave = |gone: &[&Value]| {
            self.house.post_as(admin, &fresh_id(), "/api/v1/offices/kep/roll-calls", &json!({ "gone": gone }))
        };
        let mut parts = gone.chunks(NAMED_AT_ONCE);
        let first = leave(parts.next().unwrap_or_default());
        parts.fold(first, |said, part| if said.status == 200 { leave(part) } else { said })
    }

    /// Somebody books, so that a mail is to leave; the times of the next weeks are enough for hours of this.
    fn book(&self, admin: &str, nth: usize) {
        let path = "/api/v1/offices/kep/slots?service=driving-licence&internal=true&from=2026-11-25&days=60";
        let slots = self.house.get(admin, path).ok();
        let slots = slots["slots"].as_array().unwrap();
        let booked = slots.iter().skip(nth % 7).step_by(7).any(|slot| {
            let wish = json!({ "service": "driving-licence", "start": slot["start"], "name": "Μαρία",
                "email": format!("maria{nth}@example.gr") });
            self.house.post_as(admin, &fresh_id(), "/api/v1/offices/kep/bookings", &wish).status == 200
        });
        assert!(booked, "none of {} times can be had", slots.len());
    }

    /// Lets a fault come, looks how it is shown, mends it, and looks that it is gone.
    fn suffer(&mut self, fault: SoakFault, nth: usize) {
        let admin = self.house.admin();
        match fault {
            SoakFault::PowerCut => self.restart(),
            SoakFault::DiskFull => {
                if self.disk.is_mounted {
                    self.disk.fill()
                } else {
                    self.machine.disk("full")
                }
                self.disk_is_shown(&admin);
                self.last();
                if self.disk.is_mounted {
                    self.disk.empty()
                } else {
                    self.machine.disk("well")
                }
                self.disk_is_well(&admin);
            }
            SoakFault::DiskReadOnly | SoakFault::DiskBroken => {
                self.machine.disk(if fault == SoakFault::DiskBroken { "eio" } else { "read-only" });
                self.disk_is_shown(&admin);
                self.last();
                self.machine.disk("well");
                self.disk_is_well(&admin);
            }
            SoakFault::DiskSlow => {
                self.machine.disk("slow");
                for _ in 0..3 {
                    assert_eq!(self.press(&admin).status, 200, "slow is not broken");
                }
                self.last();
                self.machine.disk("well");
            }
            SoakFault::ClockAhead | SoakFault::ClockBehind => {
                self.machine.shift(if fault == SoakFault::ClockAhead { 20 * 60 } else { -20 * 60 });
                wait(|| self.reads(&admin, "/admin", CLOCK_DOUBTED), "the clock is doubted before staff");
                assert_eq!(self.press(&admin).status, 200, "and the day goes on");
                self.last();
                self.machine.shift(if fault == SoakFault::ClockAhead { -20 * 60 } else { 20 * 60 });
                self.clock_is_well(&admin);
            }
            SoakFault::MailAway => {
                self.cables[POST].pull();
                self.book(&admin, nth);
                wait(|| !self.reads(&admin, "/admin/outbox", ALL_SENT), "a mail waits before staff");
                self.last();
                self.cables[POST].plug_in();
                self.mail_is_well(&admin);
            }
            SoakFault::DevicesAway => {
                self.cables[BOARD].pull();
                self.cables[KIOSK].pull();
                // The takers' kiosk follows no feed, so that it counts as away all the time.
                wait(|| self.reads(&admin, "/admin", "συνδεδεμένες 0"), "staff see that the devices are away");
                wait(
                    || {
                        self.hear();
                        let is_lost = |state: &LinkState| matches!(state, LinkState::Lost { .. });
                        is_lost(&self.board_state) && is_lost(&self.kiosk_state)
                    },
                    "board and kiosk know that they are alone",
                );
                self.last();
                self.cables[BOARD].plug_in();
                self.cables[KIOSK].plug_in();
                self.devices_are_well(&admin);
            }
            SoakFault::AllAtOnce => {
                self.machine.disk("slow");
                self.cables[POST].pull();
                self.book(&admin, nth);
                self.cables[BOARD].pull();
                self.cables[KIOSK].cut();
                self.machine.shift(20 * 60);
                wait(|| self.reads(&admin, "/admin", CLOCK_DOUBTED), "the clock is doubted before staff");
                self.last();
                self.machine.disk("eio");
                self.disk_is_shown(&admin);
                self.last();
                self.house.kill();
                self.machine.disk("well");
                self.machine.shift(-20 * 60);
                self.begin_anew();
                self.cables[POST].plug_in();
                self.cables[BOARD].plug_in();
                let admin = self.house.admin();
                self.clock_is_well(&admin);
                self.mail_is_well(&admin);
            }
        }
        self.everything_works(nth);
    }

    /// The fault goes on for a while.
    fn last(&self) {
        std::thread::sleep(self.lasts);
    }

    fn disk_is_shown(&self, admin: &str) {
        // A log that was taken over has room for 32 MiB more, so that a full disk is felt late, and may come and go at first.
        let deadline = Instant::now() + 5 * DEADLINE;
        loop {
            let said = self.press(admin);
            let is_told = matches!(said.status, 503 | 507);
            if is_told {
                assert!(said.json()["detail"].as_str().unwrap().chars().count() > 20, "{said:?}");
            }
            if is_told && self.reads(admin, "/admin", DISK_TOLD) {
                break;
            }
            assert!(
                Instant::now() < deadline,
                "the disk's fault is not told to whoever presses, and before staff: {said:?}"
            );
            let pause = if said.status == 200 { 0 } else { 50 };
            std::thread::sleep(Duration::from_millis(pause));
        }
        assert_eq!(
            self.house.get("", "/api/v1/offices/kep/slots?service=driving-licence").status,
            200,
            "reading goes on"
        );
    }

    fn disk_is_well(&self, admin: &str) {
        let deadline = Instant::now() + DEADLINE;
        let mut said = self.press(admin);
        while said.status != 200 {
            assert!(Instant::now() < deadline, "the disk takes what is written again, and this is told: {said:?}");
            std::thread::sleep(Duration::from_millis(50));
            said = self.press(admin);
        }
        wait(|| !self.reads(admin, "/admin", DISK_TOLD), "and nobody is told otherwise");
    }

    fn clock_is_well(&self, admin: &str) {
        if self.reads(admin, "/admin", "action=\"/admin/clock\"") {
            clock::say_it_is_right(&self.house, admin);
        }
        wait(|| !self.reads(admin, "/admin", CLOCK_DOUBTED), "the clock is believed again");
    }

    fn mail_is_well(&self, admin: &str) {
        wait(
            || {
                // What is there is tried at once, as an administrator does who knows that the server is back.
                clock::press(&self.house, admin, "/admin/outbox", "/admin/outbox/try");
                self.reads(admin, "/admin/outbox", ALL_SENT)
            },
            "the mails have left",
        );
    }

    fn devices_are_well(&mut self, admin: &str) {
        wait(
            || {
                self.hear();
                self.board_state == LinkState::Live && self.kiosk_state == LinkState::Live
            },
            "board and kiosk are live again",
        );
        wait(|| self.reads(admin, "/admin", "συνδεδεμένες 2"), "and staff see it");
    }

    /// A ticket at the kiosk, a call at a desk, the call on the board; and everybody who waits is let go.
    fn everything_works(&mut self, nth: usize) {
        let admin = self.house.admin();
        self.devices_are_well(&admin);
        let key = DeviceCommand::new_key();
        let body = json!({ "service": "signature" });
        let path = "offices/{office}/tickets".to_owned();
        let mut answered = None;
        wait(
            || {
                self.kiosk.send(DeviceCommand {
                    key,
                    path: path.clone(),
                    body: body.clone(),
                    urgency: Urgency::Waited,
                });
                let reply = self.kiosk.replies.recv_timeout(Duration::from_secs(20));
                answered = reply.ok().filter(|reply| reply.key == key).and_then(|reply| reply.answer.ok());
                answered.is_some()
            },
            "the kiosk gives a ticket",
        );
        let desk = 1 + u16::try_from(nth % 2).unwrap();
        let _ = self.house.desk(&admin, desk, "open", &json!({}));
        let call = self.house.desk(&admin, desk, "calls", &json!({}));
        if call.status == 200 {
            let (call, visit) = (call.json()["call"].as_u64().unwrap(), call.json()["visit"].clone());
            wait(
                || {
                    self.hear();
                    self.called.contains(&call)
                },
                "the call is on the board",
            );
            let done = json!({ "visit": visit });
            self.house.desk(&admin, desk, "appeared", &done);
            self.house.desk(&admin, desk, "finishes", &done);
        }
        self.let_go(&admin);
    }
}

/// Takes tickets by the kiosk's token, one after the other, each asked for until there is an answer.
fn take_tickets(way: &str, token: &str, over: &AtomicBool, ledger: &Mutex<SoakLedger>) {
    let bearer = format!("Bearer {token}");
    let body = json!({ "service": "signature" }).to_string();
    while !over.load(Ordering::Relaxed) {
        let id = fresh_id();
        let headers = [("authorization", bearer.as_str()), ("idempotency-key", id.as_str())];
        while !over.load(Ordering::Relaxed) {
            let answer = http::try_ask(way, "POST", TICKETS, &headers, body.as_bytes());
            let mut ledger = ledger.lock().unwrap();
            let said = match answer {
                Ok((200, text)) => match serde_json::from_str::<Value>(&text) {
                    Ok(ticket) => {
                        ledger.given.insert(id.clone(), ticket);
                        break;
                    }
                    Err(_) => "half an answer".to_owned(),
                },
                Ok((status, _)) => status.to_string(),
                Err(_) => "no answer".to_owned(),
            };
            *ledger.otherwise.entry(said).or_default() += 1;
            drop(ledger);
            std::thread::sleep(PAUSE);
        }
        std::thread::sleep(PAUSE);
    }
}

/// Everything that was acknowledged is in the journal, once, and is answered as before.
fn all_there(house: &ProgramHouse, token: &str, ledger: &SoakLedger) {
    let mut numbers = BTreeMap::new();
    for ticket in ledger.given.values() {
        let (number, visit) = (ticket["number"].as_str().unwrap(), ticket["visit"].as_str().unwrap());
        let other = numbers.insert(number, visit);
        assert!(other.is_none(), "{number} was given to {other:?} and to {visit}");
    }
    let journal = String::from_utf8(house.run(&["export"]).stdout).unwrap();
    let taken: String = journal.lines().filter(|line| line.contains("ticket-taken")).collect();
    let kept: BTreeSet<&str> = taken.split('"').collect();
    for (number, visit) in &numbers {
        assert!(kept.contains(visit), "{number} was acknowledged and is not in the journal");
    }
    let step = ledger.given.len() / ASKED_AGAIN_MAX + 1;
    for (id, ticket) in ledger.given.iter().step_by(step) {
        let again = house.post_as(token, id, TICKETS, &json!({ "service": "signature" })).ok();
        let of = |ticket: &Value| (ticket["number"].clone(), ticket["visit"].clone());
        assert_eq!(of(&again), of(ticket), "the same command has another answer now");
    }
}

#[test]
fn new_08_whatever_breaks_nothing_acknowledged_is_lost_and_staff_are_told() {
    let asked = env::var(MINUTES).ok().map(|minutes| minutes.parse::<u64>().unwrap());
    let minutes = asked.or_else(|| env::var_os("CI").map(|_| MINUTES_IN_CI)).unwrap_or_default();
    let time = Duration::from_secs(minutes * 60);
    let (mut soak, token) = Soak::begin(if minutes > 0 { LASTS } else { Duration::ZERO });
    let (over, ledger) = (AtomicBool::new(false), Mutex::new(SoakLedger::default()));
    let way = soak.cables[WAY].address.clone();
    let began = Instant::now();
    let rounds = std::thread::scope(|scope| {
        for _ in 0..TAKERS {
            scope.spawn(|| take_tickets(&way, &token, &over, &ledger));
        }
        // A round that fails ends the others too.
        let ending = EndOnDrop(&over);
        let mut rounds: Vec<SoakRound> = Vec::new();
        while began.elapsed() < time || rounds.len() < SoakFault::ALL.len() {
            let nth = rounds.len();
            let fault = SoakFault::ALL[nth % SoakFault::ALL.len()];
            let before = ledger.lock().unwrap().given.len();
            let round = Instant::now();
            soak.suffer(fault, nth);
            let given = ledger.lock().unwrap().given.len() - before;
            rounds.push(SoakRound { fault, lasted: round.elapsed(), given, resident_kib: soak.resident_kib() });
            eprintln!("{:>4} s: {fault}, {given} tickets meanwhile", began.elapsed().as_secs());
        }
        drop(ending);
        rounds
    });
    let ledger = ledger.into_inner().unwrap();
    let lasted = began.elapsed();
    assert!(ledger.given.len() > rounds.len(), "hardly any load");
    for round in &rounds {
        assert!(round.resident_kib < RESIDENT_KIB_MAX, "{} KiB after {}", round.resident_kib, round.fault);
    }
    let (first, last) = memory(&rounds);
    assert!(last < first + GROWTH_KIB_MAX, "{first} KiB at the beginning, {last} KiB in the end");
    soak.house.stop();
    soak.house.verify().unwrap();
    soak.house.serve_on(&soak.machine);
    all_there(&soak.house, &token, &ledger);
    assert!(!soak.mail.taken().is_empty(), "mails left meanwhile");
    let report = report(&soak, &rounds, &ledger, lasted);
    eprintln!("{report}");
    if let Ok(file) = env::var(REPORT) {
        fs::write(file, report).unwrap();
    }
}

struct EndOnDrop<'a>(&'a AtomicBool);

impl Drop for EndOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

fn report(soak: &Soak, rounds: &[SoakRound], ledger: &SoakLedger, lasted: Duration) -> String {
    let mut text = format!(
        "# Chaos under load\n\nWritten by `cargo xtask soak`, whose program is `hub/tests/program/soak.rs`.\n\n\
         It lasted {} minutes and {} rounds. {} tickets were acknowledged; each is in the journal, has a number of its own, and \
         is answered again as it was. `hub verify` is content. {} mails left. The board took {} calls, each once.\n\n",
        lasted.as_secs() / 60,
        rounds.len(),
        ledger.given.len(),
        soak.mail.taken().len(),
        soak.called.len(),
    );
    let disk = if soak.disk.is_mounted {
        "a tmpfs of its own, filled"
    } else {
        "by word of the layer: nothing could be mounted"
    };
    text.push_str(&format!("The full disk was {disk}.\n\n| fault | rounds | tickets meanwhile | longest round | most memory |\n| --- | ---: | ---: | ---: | ---: |\n"));
    for fault in SoakFault::ALL {
        let of: Vec<&SoakRound> = rounds.iter().filter(|round| round.fault == fault).collect();
        let given: usize = of.iter().map(|round| round.given).sum();
        let longest = of.iter().map(|round| round.lasted).max().unwrap_or_default();
        let most = of.iter().map(|round| round.resident_kib).max().unwrap_or_default();
        text.push_str(&format!(
            "| {fault} | {} | {given} | {} s | {} MiB |\n",
            of.len(),
            longest.as_secs(),
            most / 1024
        ));
    }
    text.push_str("\nEach fault was shown to staff while it lasted, and no longer afterwards; only a slow disk is shown to nobody, since everything is answered.\n\nWhat takers were told besides tickets:\n\n");
    for (said, times) in &ledger.otherwise {
        text.push_str(&format!("- {said}: {times} times\n"));
    }
    let (first, last) = memory(rounds);
    text.push_str(&format!(
        "\nMemory: {} MiB on average in the first third of the rounds, {} MiB in the last.\n",
        first / 1024,
        last / 1024
    ));
    text
}

/// On average, in the first third of the rounds and in the last.
fn memory(rounds: &[SoakRound]) -> (u64, u64) {
    let third = (rounds.len() / 3).max(1);
    let mean = |some: &[SoakRound]| some.iter().map(|round| round.resident_kib).sum::<u64>() / some.len().max(1) as u64;
    (mean(&rounds[..third]), mean(&rounds[rounds.len() - third..]))
}
