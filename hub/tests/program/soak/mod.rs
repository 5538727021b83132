//! Chaos: power cuts, disks that are full, read-only, broken or slow, a clock that jumps, mail that is away, a board and a kiosk
//! whose cables are pulled and plugged in again and again, one after the other and all at once, under load. What was acknowledged
//! is there, once; each fault is shown to staff, and gone afterwards.
//!
//! `cargo xtask soak --minutes N` lets it go on for so long, and writes its report. Shows NEW-08, PROM-03, PROM-10, PROM-11.

mod fault;
mod load;
mod report;

use std::{
    collections::BTreeSet,
    env, fs,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use link::{DeviceCommand, HubLink, LinkConfig, LinkState, News, NoAnswer, Urgency, Wake};
use serde_json::{Value, json};
use uuid::Uuid;
use wire::{BoardView, DeviceKind, KioskView, SeenCalls};

use self::{
    fault::{SoakDisk, SoakFault},
    load::{REQUESTS_EACH, SoakApplicant, SoakLedger},
    report::{SoakRound, SoakSums, memory, report},
};
use crate::{
    clock,
    disk_trouble::TOLD_SLOW,
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
/// So many people with accounts submit requests, and one more for so many minutes.
const APPLICANTS: usize = 3;
const MINUTES_AN_APPLICANT: u64 = 2;
/// Between two requests, at least.
const BETWEEN_REQUESTS: Duration = Duration::from_millis(500);
/// A line that flaps is pulled and plugged in so often a round, for a little longer each time, and a little less in between.
const FLAPS: u32 = 12;
const FLAP: Duration = Duration::from_millis(40);
/// Nothing is waited for longer; a fault is mended sooner.
const DEADLINE: Duration = Duration::from_secs(60);
/// A hub with one office takes no more, whatever it has gone through.
const RESIDENT_KIB_MAX: u64 = 400 * 1024;
/// And in the end no more than this beside what it took at the beginning, of which 25 MiB are taken in the first two minutes,
const GROWTH_KIB_MAX: u64 = 48 * 1024;
/// and what the visits of the day take, which are held until night: 3 KiB each were seen, of the two thirds that come between
/// the beginning and the end as they are measured here. An office has some hundreds.
const KIB_A_VISIT: u64 = 2;
/// So many ids are half of what a body may hold.
const NAMED_AT_ONCE: usize = 800;
const ALL_SENT: &str = "Όλα τα μηνύματα έχουν σταλεί";
const DISK_TOLD: &str = "τίποτα νέο δεν καταχωρίζεται";
const CLOCK_DOUBTED: &str = "δεν επιβεβαιώνεται";
const NONE_CONNECTED: &str = "συνδεδεμένες 0";

/// When a fault came and went, and when staff could read so.
#[derive(Clone, Copy)]
struct FaultTimes {
    /// Since when it lasts, or is over.
    since: Instant,
    told: Duration,
    gone: Duration,
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
    /// Tickets that were acknowledged to the kiosk.
    at_kiosk: Vec<Value>,
    times: FaultTimes,
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
    /// The house at work, for so many minutes; the token of the takers' kiosk, and who has an account.
    fn begin(minutes: u64) -> (Self, String, Vec<SoakApplicant>) {
        let mail = MailSink::start();
        let cables = ["127.0.0.1:1", &mail.address, "127.0.0.1:1", "127.0.0.1:1"].map(Cable::to);
        let (host, port) = cables[POST].address.split_once(':').unwrap();
        let keys = "database = \"disk/seira.db\"\nbody = \"body.toml\"\n";
        let mut house = ProgramHouse::files_with_config(keys, "pairings_per_minute = 10000\n");
        let disk = SoakDisk::under(&house, minutes);
        let machine = ClockedMachine::with_disk_of(&house);
        assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
        machine.set("2026-11-24T09:00:00+02:00");
        house.serve_on(&machine);
        let count = APPLICANTS + usize::try_from(minutes / MINUTES_AN_APPLICANT).unwrap();
        let applicants = (0..count).map(|nth| SoakApplicant::registered(&house, nth)).collect();
        house.stop();
        // Their letters lay in a folder; from now on they leave through a server.
        let file = house.folder.path().join("hub.toml");
        let post = format!(
            "[mail]\ntransport = \"smtp\"\nhost = \"{host}\"\nport = {port}\nfrom = \"KEP <kep@example.gr>\"\n\
             timeout_seconds = 5\n"
        );
        fs::write(&file, format!("{}{post}", fs::read_to_string(&file).unwrap())).unwrap();
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
            at_kiosk: Vec::new(),
            times: FaultTimes { since: Instant::now(), told: Duration::ZERO, gone: Duration::ZERO },
            lasts: if minutes > 0 { LASTS } else { Duration::ZERO },
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
        (soak, token, applicants)
    }

    /// A fault comes.
    fn breaks(&mut self) {
        self.times = FaultTimes { since: Instant::now(), told: Duration::ZERO, gone: Duration::ZERO };
    }

    /// Staff can read of it.
    fn is_told(&mut self) {
        self.times.told = self.times.since.elapsed();
    }

    /// It is over.
    fn mends(&mut self) {
        self.times.since = Instant::now();
    }

    /// And they can read of it no longer.
    fn is_gone(&mut self) {
        self.times.gone = self.times.since.elapsed();
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
        let mut walked_up = Vec::new();
        self.breaks();
        match fault {
            SoakFault::PowerCut => {
                self.house.kill();
                let asked = http::try_ask(&self.house.address, "GET", "/admin", &[], b"");
                assert!(asked.is_err(), "a machine without power answers: {asked:?}");
                self.is_told();
                self.last();
                self.mends();
                self.begin_anew();
                self.house.admin();
            }
            SoakFault::DiskFull => {
                if self.disk.is_mounted {
                    self.disk.fill()
                } else {
                    self.machine.disk("full")
                }
                self.disk_is_shown(&admin);
                self.is_told();
                self.last();
                self.mends();
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
                self.is_told();
                self.last();
                self.mends();
                self.machine.disk("well");
                self.disk_is_well(&admin);
            }
            SoakFault::DiskSlow => {
                self.machine.disk("slow");
                self.disk_is_slow(&admin, true);
                self.is_told();
                self.last();
                self.mends();
                self.machine.disk("well");
                self.disk_is_slow(&admin, false);
            }
            SoakFault::ClockAhead | SoakFault::ClockBehind => {
                self.machine.shift(if fault == SoakFault::ClockAhead { 20 * 60 } else { -20 * 60 });
                wait(|| self.reads(&admin, "/admin", CLOCK_DOUBTED), "the clock is doubted before staff");
                self.is_told();
                assert_eq!(self.press(&admin).status, 200, "and the day goes on");
                self.last();
                self.mends();
                self.machine.shift(if fault == SoakFault::ClockAhead { -20 * 60 } else { 20 * 60 });
                self.clock_is_well(&admin);
            }
            SoakFault::MailAway => {
                self.cables[POST].pull();
                self.book(&admin, nth);
                wait(|| !self.reads(&admin, "/admin/outbox", ALL_SENT), "a mail waits before staff");
                self.is_told();
                self.last();
                self.mends();
                self.cables[POST].plug_in();
                self.mail_is_well(&admin);
            }
            SoakFault::DevicesAway => {
                walked_up = self.flap();
                self.breaks();
                self.cables[BOARD].pull();
                self.cables[KIOSK].pull();
                self.devices_are_away(&admin);
                self.is_told();
                self.last();
                self.mends();
                self.cables[BOARD].plug_in();
                self.cables[KIOSK].plug_in();
                self.devices_are_well(&admin);
            }
            SoakFault::AllAtOnce => {
                self.machine.disk("slow");
                self.cables[POST].pull();
                self.book(&admin, nth);
                walked_up = self.flap();
                self.cables[BOARD].pull();
                self.cables[KIOSK].pull();
                self.machine.shift(20 * 60);
                wait(|| self.reads(&admin, "/admin", CLOCK_DOUBTED), "the clock is doubted before staff");
                self.disk_is_slow(&admin, true);
                wait(|| !self.reads(&admin, "/admin/outbox", ALL_SENT), "a mail waits before staff");
                self.devices_are_away(&admin);
                self.is_told();
                self.last();
                self.machine.disk("eio");
                self.disk_is_shown(&admin);
                self.last();
                self.house.kill();
                self.mends();
                self.machine.disk("well");
                self.machine.shift(-20 * 60);
                self.begin_anew();
                for cable in [POST, BOARD, KIOSK] {
                    self.cables[cable].plug_in();
                }
                let admin = self.house.admin();
                self.clock_is_well(&admin);
                self.disk_is_well(&admin);
                self.disk_is_slow(&admin, false);
                self.mail_is_well(&admin);
                self.devices_are_well(&admin);
            }
        }
        self.is_gone();
        self.everything_works(nth, walked_up);
    }

    /// The lines of board and kiosk flap: pulled and plugged in again before, while and after their links come back. Somebody
    /// walks up to the kiosk each time; the keys of what they press.
    fn flap(&self) -> Vec<Uuid> {
        let flap = |nth: u32| {
            self.cables[BOARD].pull();
            self.cables[KIOSK].pull();
            let key = DeviceCommand::new_key();
            self.kiosk.send(ticket_at_kiosk(key));
            std::thread::sleep(FLAP * nth);
            self.cables[BOARD].plug_in();
            self.cables[KIOSK].plug_in();
            std::thread::sleep(FLAP * (FLAPS - nth));
            key
        };
        (1..=FLAPS).map(flap).collect()
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

    /// Everything is given while the disk is slow, and after it was; and staff are told, or are not any more.
    fn disk_is_slow(&self, admin: &str, is_slow: bool) {
        wait(
            || {
                let said = self.press(admin);
                assert_eq!(said.status, 200, "slow is not broken: {said:?}");
                self.reads(admin, "/admin", TOLD_SLOW) == is_slow
            },
            "staff read of a slow disk while it is slow",
        );
    }

    fn devices_are_away(&mut self, admin: &str) {
        // The takers' kiosk follows no feed, so that it counts as away all the time.
        wait(|| self.reads(admin, "/admin", NONE_CONNECTED), "staff see that the devices are away");
        wait(
            || {
                self.hear();
                let is_lost = |state: &LinkState| matches!(state, LinkState::Lost { .. });
                is_lost(&self.board_state) && is_lost(&self.kiosk_state)
            },
            "board and kiosk know that they are alone",
        );
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

    /// Somebody presses at the kiosk until there is a ticket. Where as many wait as can be served today, that is the press's
    /// answer for good: they are let go, and it is pressed anew.
    fn walk_up(&mut self, admin: &str, pressed: Uuid) {
        let mut key = pressed;
        let mut ticket = None;
        wait(
            || {
                self.kiosk.send(ticket_at_kiosk(key));
                // Behind those that nobody has waited for.
                let mut replies = std::iter::from_fn(|| self.kiosk.replies.recv_timeout(Duration::from_secs(20)).ok());
                match replies.find(|reply| reply.key == key).map(|reply| reply.answer) {
                    Some(Ok(answer)) => ticket = Some(answer),
                    Some(Err(NoAnswer::Refused(_))) => {
                        self.let_go(admin);
                        key = DeviceCommand::new_key();
                    }
                    Some(Err(NoAnswer::Away)) | None => {}
                }
                ticket.is_some()
            },
            "the kiosk gives a ticket",
        );
        self.at_kiosk.extend(ticket);
    }

    /// A ticket at the kiosk for everybody who pressed there, a call at a desk, the call on the board; and everybody who waits
    /// is let go.
    fn everything_works(&mut self, nth: usize, walked_up: Vec<Uuid>) {
        let admin = self.house.admin();
        self.devices_are_well(&admin);
        for key in walked_up.into_iter().chain([DeviceCommand::new_key()]) {
            self.walk_up(&admin, key);
        }
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

/// What somebody presses at the kiosk.
fn ticket_at_kiosk(key: Uuid) -> DeviceCommand {
    let (path, body) = ("offices/{office}/tickets".to_owned(), json!({ "service": "signature" }));
    DeviceCommand { key, path, body, urgency: Urgency::Waited }
}

#[test]
fn new_08_whatever_breaks_nothing_acknowledged_is_lost_and_staff_are_told() {
    let asked = env::var(MINUTES).ok().map(|minutes| minutes.parse::<u64>().unwrap());
    let minutes = asked.or_else(|| env::var_os("CI").map(|_| MINUTES_IN_CI)).unwrap_or_default();
    let time = Duration::from_secs(minutes * 60);
    let (mut soak, token, applicants) = Soak::begin(minutes);
    // What their accounts may submit in a day lasts for the whole story.
    let requests = u32::try_from(applicants.len() * REQUESTS_EACH).unwrap();
    let between_requests = BETWEEN_REQUESTS.max(time / requests);
    let (over, ledger) = (AtomicBool::new(false), Mutex::new(SoakLedger::default()));
    let way = soak.cables[WAY].address.clone();
    let began = Instant::now();
    let rounds = std::thread::scope(|scope| {
        for _ in 0..TAKERS {
            scope.spawn(|| load::take_tickets(&way, &token, &over, &ledger));
        }
        scope.spawn(|| load::submit_requests(&way, &applicants, between_requests, &over, &ledger));
        scope.spawn(|| load::wish_by_turns(&way, &applicants[0], &over, &ledger));
        // A round that fails ends the others too.
        let ending = EndOnDrop(&over);
        let counts = || {
            let ledger = ledger.lock().unwrap();
            (ledger.given.len(), ledger.submitted.len())
        };
        let mut rounds: Vec<SoakRound> = Vec::new();
        while began.elapsed() < time || rounds.len() < SoakFault::ALL.len() {
            let nth = rounds.len();
            let fault = SoakFault::ALL[nth % SoakFault::ALL.len()];
            let (before, round) = (counts(), Instant::now());
            soak.suffer(fault, nth);
            let (given, submitted) = counts();
            let (given, submitted) = (given - before.0, submitted - before.1);
            let (lasted, resident_kib, FaultTimes { told, gone, .. }) =
                (round.elapsed(), soak.resident_kib(), soak.times);
            rounds.push(SoakRound { fault, lasted, told, gone, given, submitted, resident_kib });
            eprintln!(
                "{:>4} s: {fault}, {given} tickets and {submitted} requests meanwhile",
                began.elapsed().as_secs()
            );
        }
        drop(ending);
        rounds
    });
    let ledger = ledger.into_inner().unwrap();
    let lasted = began.elapsed();
    assert!(ledger.given.len() > rounds.len() && ledger.wishes > 1, "hardly any load");
    assert!(ledger.submitted.len() >= rounds.len().min(applicants.len() * REQUESTS_EACH / 2), "hardly any requests");
    for round in &rounds {
        assert!(round.resident_kib < RESIDENT_KIB_MAX, "{} KiB after {}", round.resident_kib, round.fault);
        let has_load = round.given >= TAKERS || !round.fault.leaves_load() || soak.lasts.is_zero();
        assert!(has_load, "{} tickets while there was {}", round.given, round.fault);
    }
    let (first, last) = memory(&rounds);
    let visits = load::tickets_taken(&soak.house);
    let most = first + GROWTH_KIB_MAX + KIB_A_VISIT * visits;
    assert!(last < most, "{first} KiB at the beginning, {last} KiB in the end, with {visits} visits");
    soak.house.stop();
    soak.house.verify().unwrap();
    soak.house.serve_on(&soak.machine);
    load::tickets_are_there(&soak.house, &token, (&ledger, &soak.at_kiosk));
    load::body_is_there(&rusqlite::Connection::open(soak.disk.folder.join("seira.db")).unwrap(), &ledger);
    let sums = SoakSums {
        lasted,
        visits,
        mails: soak.mail.taken().len(),
        calls: soak.called.len(),
        at_kiosk: soak.at_kiosk.len(),
        disk_is_mounted: soak.disk.is_mounted,
    };
    assert!(sums.mails > 0, "mails left meanwhile");
    let report = report(&sums, &rounds, &ledger);
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
