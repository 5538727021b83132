//! A kiosk that goes on without its hub, with a real disk and a hub that is played by hand: nothing is told to anybody before it
//! is kept, everything is handed in once and in order, and nothing is given that cannot be kept (PROM-07).

#![expect(clippy::unwrap_used, reason = "a test")]

use std::{fs, path::Path, time::Duration};

use attendant::{Attendant, Deputy, HubContact, Kiosk, MachineSetting, Peripherals, Touches};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use link::{CommandReply, DeviceCommand, FarEnd, HubLink, News, NoAnswer};
use tempfile::TempDir;
use walk::{KioskScreen, KioskWalk, PlaceInLine, Press, Question, Station, WalkRules};
use wire::{
    Afterwards, Availability, BookingCode, CivilDate, FaultReport, FeedClock, HandIn, HandInAnswer, HandInKind,
    KioskService, KioskView, KioskWord, Language, LastTicket, LeaseAnswer, LeaseRequest, NumberRange, Octets,
    OfficeState, Problem, ProblemCode, ProvidedBooking, ProvidedDay, ProvidedState, Provisions, TicketAnswer,
    TicketHours, Words,
};

const DAY_KEY: [u8; 32] = [3; 32];

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A Tuesday, ten in the morning in Athens.
fn ten() -> DateTime<Utc> {
    at("2026-11-24T08:00:00Z")
}

fn date_of(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&chrono_tz::Europe::Athens).date_naive()
}

fn view() -> KioskView {
    KioskView {
        office: Words::new("ΚΕΠ", "CSC"),
        zone: "Europe/Athens".to_owned(),
        state: OfficeState::Open { tickets_until: ten(), serves_until: ten() },
        services: vec![KioskService {
            key: "signature".to_owned(),
            letter: 'B',
            group: Words::new("Υπογραφές", "Signatures"),
            name: Words::new("Βεβαίωση γνησίου υπογραφής", "Certification of signature"),
            planned_minutes: 5,
            documents: Vec::new(),
            expected_wait: Some(wire::MinuteRange { from: 5, to: 10 }),
            availability: Availability::Now { first_gap_at: Some(ten()) },
            pictogram: wire::Pictogram::default(),
            information: false,
        }],
        booked_delay_max_minutes: 5,
        late_in_gaps: false,
        notices: Vec::new(),
        booking_page: "https://kep.example/book".to_owned(),
        promise: Words::default(),
        priority_grounds: Words::default(),
        hours: Vec::new(),
        help_where: Words::default(),
        help: Vec::new(),
        ticket_notes: Vec::new(),
    }
}

/// Open from seven to two, in Athens, on this day and the seven after it; each day has a key.
fn provisions(day: NaiveDate) -> Provisions {
    let hour = |date: NaiveDate, hour: u32| {
        let local = date.and_hms_opt(hour, 0, 0).unwrap().and_local_timezone(chrono_tz::Europe::Athens);
        local.earliest().unwrap().to_utc()
    };
    let days = day.iter_days().take(8).map(|date| ProvidedDay {
        date: CivilDate::new(date).unwrap(),
        tickets: vec![TicketHours { from: hour(date, 0), to: hour(date, 23) }],
        serves_until: Some(hour(date, 23)),
        last_tickets: vec![LastTicket { service: "signature".to_owned(), at: hour(date, 23) }],
        keys: vec![Octets(DAY_KEY)],
    });
    let expected = |until: DateTime<Utc>, afterwards| ProvidedState::Expected {
        opens_at: None,
        early_until: until - TimeDelta::minutes(30),
        in_time_until: Some(until),
        afterwards,
    };
    let booking = |reference: &str, state| ProvidedBooking {
        reference: reference.to_owned(),
        service: "signature".to_owned(),
        start: ten(),
        state,
    };
    Provisions {
        office: 1,
        day: CivilDate::new(day).unwrap(),
        bookings: vec![
            booking("22222222", expected(ten() + TimeDelta::minutes(10), Afterwards::IsAsked)),
            booking("33333333", expected(ten() - TimeDelta::minutes(10), Afterwards::IsAsked)),
            booking("44444444", ProvidedState::Over { because: ProblemCode::BookingCancelled }),
            booking("55555555", ProvidedState::Here { visit: uuid::Uuid::from_u128(5), number: "P005".to_owned() }),
        ],
        days: days.collect(),
        visit_page: "https://kep.example/v/".to_owned(),
        wait_where: Words::default(),
        rehearsal: false,
    }
}

/// What a QR code says.
fn code(reference: &str, date: NaiveDate) -> String {
    let mac = handshake::code_mark(&DAY_KEY, reference);
    BookingCode::Scanned { office: 1, date, reference: reference.to_owned(), mac }.to_string()
}

/// A kiosk without printer and scanner, its disk, and the hub's end of its link.
struct DeskKiosk {
    attendant: Attendant,
    now: Duration,
    hub: FarEnd<KioskView>,
    folder: TempDir,
}

impl DeskKiosk {
    fn open() -> Self {
        Self::start(tempfile::tempdir().unwrap(), ten())
    }

    fn start(folder: TempDir, machine: DateTime<Utc>) -> Self {
        let (link, hub) = HubLink::loose();
        let (walk, machine_setting) = (KioskWalk::new(WalkRules::new(Language::El, 6)), MachineSetting::default());
        let kiosk = Kiosk::new(walk, "http://10.0.0.2:8080", "Είσοδος", machine_setting);
        let deputy = Deputy::take_up(folder.path(), machine).unwrap();
        let attendant = Attendant::new(kiosk, HubContact::new(link), Peripherals::default()).with_deputy(deputy);
        Self { attendant, now: Duration::ZERO, hub, folder }
    }

    /// Falls over and starts again; the machine's clock shows this.
    fn restart(self, machine: DateTime<Utc>) -> Self {
        let Self { attendant, folder, .. } = self;
        drop(attendant);
        Self::start(folder, machine)
    }

    fn round(&mut self, presses: Vec<Press>) {
        self.now += Duration::from_secs(1);
        self.attendant.attend(Touches { presses, ..Touches::default() }, self.now);
    }

    fn tells(&mut self, news: News<KioskView>) {
        self.hub.news.send(news).unwrap();
        self.round(Vec::new());
    }

    fn clock(&mut self, now: DateTime<Utc>) {
        self.tells(News::Clock(FeedClock { now, speed: 1.0 }));
    }

    /// The hub is there, at this time of its own.
    fn hub_comes(&mut self, now: DateTime<Utc>) {
        self.clock(now);
        self.tells(News::View { epoch: 1, view: Box::new(view()) });
        self.tells(News::Provisions(Box::new(provisions(date_of(now)))));
    }

    fn hub_goes(&mut self) {
        let since = self.attendant.kiosk.hub_now();
        self.tells(News::Lost { since });
    }

    /// The command that the hub got, if any, with its end of path.
    fn command(&self) -> Option<(String, DeviceCommand)> {
        let command = self.hub.commands.try_recv().ok()?;
        Some((command.path.rsplit('/').next().unwrap().to_owned(), command))
    }

    fn answers(&mut self, command: &DeviceCommand, answer: impl serde::Serialize) {
        let answer = Ok(serde_json::to_value(answer).unwrap());
        self.hub.replies.send(CommandReply { key: command.key, answer }).unwrap();
        self.round(Vec::new());
    }

    /// The hub is asked for numbers, and gives these.
    #[track_caller]
    fn leases(&mut self, granted: &[NumberRange]) -> LeaseRequest {
        let (path, command) = self.command().expect("the hub is asked for numbers");
        assert_eq!(path, "leases");
        let request = serde_json::from_value(command.body.clone()).unwrap();
        self.answers(&command, LeaseAnswer { granted: granted.to_vec() });
        request
    }

    /// Somebody is handed in, and the hub takes it.
    #[track_caller]
    fn takes_hand_in(&mut self) -> HandIn {
        let (path, command) = self.command().expect("something is handed in");
        assert_eq!(path, "hand-ins");
        let arrival: HandIn = serde_json::from_value(command.body.clone()).unwrap();
        assert_eq!(command.key, arrival.visit, "the same command in every try");
        self.answers(&command, HandInAnswer { number: Some(arrival.number.clone()), noted: false });
        arrival
    }

    fn presses_for_a_number(&mut self) {
        self.round(vec![Press::Home]);
        for press in [Press::NoBooking, Press::Service("signature".to_owned()), Press::TakeNumber] {
            self.round(vec![press]);
        }
        for question in Question::ALL {
            self.round(vec![Press::Answer(*question, false)]);
        }
    }

    /// Takes a number by itself.
    #[track_caller]
    fn takes_a_number(&mut self) -> TicketAnswer {
        self.presses_for_a_number();
        self.given()
    }

    #[track_caller]
    fn given(&mut self) -> TicketAnswer {
        let Station::Given { ticket, .. } = self.attendant.kiosk.walk.station().clone() else {
            panic!("{:?}", self.attendant.kiosk.walk.station())
        };
        self.round(vec![Press::Noted]);
        *ticket
    }

    fn types(&mut self, reference: &str) {
        self.round(vec![Press::Home]);
        self.round(vec![Press::HaveBooking]);
        for key in reference.chars() {
            self.round(vec![Press::Key(key)]);
        }
        self.round(vec![Press::EnterCode]);
    }

    fn refusal(&self) -> Option<ProblemCode> {
        match self.attendant.kiosk.walk.station() {
            Station::Refused { code, .. } => Some(*code),
            _ => None,
        }
    }

    fn screen(&self) -> KioskScreen {
        self.attendant.kiosk.walk.screen()
    }

    /// With numbers from 500 on for a day, and the hub gone.
    fn alone_at(now: DateTime<Utc>) -> Self {
        let mut kiosk = Self::open();
        kiosk.hub_comes(now);
        let ranges: Vec<NumberRange> = date_of(now).iter_days().take(8).map(range).collect();
        kiosk.leases(&ranges);
        kiosk.hub_goes();
        kiosk
    }

    fn daybook(&self) -> String {
        fs::read_to_string(self.folder.path().join("daybook.txt")).unwrap_or_default()
    }
}

fn range(date: NaiveDate) -> NumberRange {
    NumberRange { date: CivilDate::new(date).unwrap(), first: 500, last: 749 }
}

#[test]
fn prom_07_card_03_with_the_hub_away_somebody_gets_a_number_and_is_handed_in_when_it_is_back() {
    let mut kiosk = DeskKiosk::alone_at(ten());
    assert!(kiosk.screen() == KioskScreen::Welcome && kiosk.attendant.kiosk.walk.is_local());
    let menu = kiosk.attendant.kiosk.walk.view().unwrap();
    assert_eq!(menu.services[0].expected_wait, None, "no wait is told that nobody can know");
    let ticket = kiosk.takes_a_number();
    assert_eq!((ticket.number.as_str(), ticket.local), ("B500", true));
    assert_eq!(ticket.page, format!("https://kep.example/v/{}", ticket.visit));
    assert_eq!(PlaceInLine::of(&ticket, None), PlaceInLine::Unknown);
    assert!(kiosk.daybook().contains(&ticket.visit.to_string()), "it is on the disk");
    assert!(kiosk.command().is_none(), "nobody is asked");

    kiosk.hub_comes(ten() + TimeDelta::hours(1));
    assert!(kiosk.attendant.kiosk.walk.is_local(), "as long as something is owed");
    let handed = kiosk.takes_hand_in();
    assert_eq!((handed.visit, handed.number.as_str()), (ticket.visit, "B500"));
    assert_eq!(handed.arrived_at, ticket.at, "when they came, and not when it was handed in");
    kiosk.round(Vec::new());
    assert!(!kiosk.attendant.kiosk.walk.is_local());
    // Other numbers come before the old ones go back.
    let higher = NumberRange { first: 750, last: 999, ..range(date_of(ten())) };
    let first = kiosk.leases(&[higher]);
    assert!(first.gives_back.is_empty() && first.holds.contains(&range(date_of(ten()))));
    let second = kiosk.leases(&[]);
    assert_eq!(second.gives_back, [range(date_of(ten()))]);
    kiosk.hub_goes();
    assert_eq!(kiosk.takes_a_number().number, "B750");
}

#[test]
fn prom_07_a_kiosk_that_falls_over_goes_on_where_it_was_without_the_hub() {
    let mut kiosk = DeskKiosk::alone_at(ten());
    let before = [kiosk.takes_a_number(), kiosk.takes_a_number()];
    // The machine's clock is an hour off the hub's, and goes on by ten minutes.
    let machine = link::machine_now() + TimeDelta::minutes(10);
    let mut kiosk = kiosk.restart(machine);
    kiosk.hub_goes();
    assert_eq!(kiosk.screen(), KioskScreen::Welcome);
    let ticket = kiosk.takes_a_number();
    assert_eq!(ticket.number, "B502", "no number twice: {before:?}");
    let passed = ticket.at - before[1].at;
    assert!((9..=11).contains(&passed.num_minutes()), "the hub's clock was carried on: {passed}");
    kiosk.hub_comes(ten() + TimeDelta::hours(2));
    let handed: Vec<String> = (0..3).map(|_| kiosk.takes_hand_in().number).collect();
    assert_eq!(handed, ["B500", "B501", "B502"], "in true order");
}

#[test]
fn prom_07_killed_in_the_middle_of_handing_in_each_is_handed_in_under_the_same_key() {
    let mut kiosk = DeskKiosk::alone_at(ten());
    let tickets = [kiosk.takes_a_number(), kiosk.takes_a_number(), kiosk.takes_a_number()];
    kiosk.hub_comes(ten() + TimeDelta::hours(1));
    assert_eq!(kiosk.takes_hand_in().visit, tickets[0].visit);
    let (_, second) = kiosk.command().unwrap();
    // The hub acts on it, and the kiosk falls over before it hears.
    let mut kiosk = kiosk.restart(link::machine_now());
    kiosk.hub_comes(ten() + TimeDelta::hours(1));
    let again = kiosk.takes_hand_in();
    assert_eq!((again.visit, again.visit), (tickets[1].visit, second.key));
    assert_eq!(kiosk.takes_hand_in().visit, tickets[2].visit);
    assert!(!matches!(kiosk.command(), Some((path, _)) if path == "hand-ins"), "each once");
}

#[test]
fn prom_07_prom_09_an_answer_that_is_lost_is_named_when_it_is_handed_in() {
    let mut kiosk = DeskKiosk::open();
    kiosk.hub_comes(ten());
    kiosk.leases(&[range(date_of(ten()))]);
    kiosk.presses_for_a_number();
    let (path, asked) = kiosk.command().unwrap();
    assert_eq!(path, "tickets");
    kiosk.hub.replies.send(CommandReply { key: asked.key, answer: Err(NoAnswer::Away) }).unwrap();
    kiosk.round(Vec::new());
    let ticket = kiosk.given();
    assert!(ticket.local);
    let handed = kiosk.takes_hand_in();
    assert_eq!((handed.visit, handed.asked_before), (ticket.visit, Some(asked.key)));
}

#[test]
fn prom_07_who_waits_for_an_answer_when_the_line_breaks_is_served_at_once() {
    let mut kiosk = DeskKiosk::open();
    kiosk.hub_comes(ten());
    kiosk.leases(&[range(date_of(ten()))]);
    kiosk.presses_for_a_number();
    let (_, asked) = kiosk.command().unwrap();
    kiosk.hub_goes();
    let ticket = kiosk.given();
    // The answer comes after all, and is for nobody.
    let late = Ok(serde_json::to_value(TicketAnswer { number: "B007".to_owned(), ..ticket.clone() }).unwrap());
    kiosk.hub.replies.send(CommandReply { key: asked.key, answer: late }).unwrap();
    kiosk.round(Vec::new());
    assert_eq!(kiosk.screen(), KioskScreen::Welcome);
    kiosk.hub_comes(ten() + TimeDelta::minutes(1));
    assert_eq!(kiosk.takes_hand_in().asked_before, Some(asked.key));
}

#[test]
fn prom_07_a_line_that_flaps_every_second_loses_nobody_and_gives_nothing_twice() {
    let mut kiosk = DeskKiosk::alone_at(ten());
    let mut given = Vec::new();
    let mut handed = Vec::new();
    for second in 0..60 {
        given.push(kiosk.takes_a_number().number);
        kiosk.hub_comes(ten() + TimeDelta::minutes(second));
        // Now and then the hub answers before the line breaks again.
        while second % 3 == 0
            && let Some((path, command)) = kiosk.command()
        {
            if path == "hand-ins" {
                handed.push(serde_json::from_value::<HandIn>(command.body.clone()).unwrap().number);
                kiosk.answers(&command, HandInAnswer { number: None, noted: false });
            } else {
                kiosk.hub.replies.send(CommandReply { key: command.key, answer: Err(NoAnswer::Away) }).unwrap();
                kiosk.round(Vec::new());
                break;
            }
        }
        while let Some((_, command)) = kiosk.command() {
            kiosk.hub.replies.send(CommandReply { key: command.key, answer: Err(NoAnswer::Away) }).unwrap();
        }
        kiosk.hub_goes();
    }
    let distinct: std::collections::BTreeSet<&String> = given.iter().collect();
    assert_eq!(distinct.len(), given.len(), "{given:?}");
    kiosk.hub_comes(ten() + TimeDelta::hours(2));
    while let Some((path, command)) = kiosk.command().filter(|(path, _)| path == "hand-ins") {
        assert_eq!(path, "hand-ins");
        handed.push(serde_json::from_value::<HandIn>(command.body.clone()).unwrap().number);
        kiosk.answers(&command, HandInAnswer { number: None, noted: false });
    }
    assert_eq!(handed, given, "each once, in true order");
}

#[test]
fn prom_07_bookings_are_checked_in_by_the_times_that_the_hub_had_sent() {
    let mut kiosk = DeskKiosk::alone_at(ten());
    kiosk.types("22222222");
    let ticket = kiosk.given();
    assert_eq!((ticket.number.as_str(), ticket.booked_for), ("P500", Some(ten())));
    kiosk.types("22222222");
    assert!(kiosk.attendant.kiosk.walk.shows_again(), "the same code again is the same number");
    assert_eq!(kiosk.given().number, "P500");
    kiosk.types("33333333");
    assert_eq!(kiosk.screen(), KioskScreen::Late);
    kiosk.round(vec![Press::Late(wire::LateChoice::EndOfDay)]);
    assert_eq!(kiosk.given().number, "P501");
    kiosk.types("44444444");
    assert_eq!(kiosk.refusal(), Some(ProblemCode::BookingCancelled));
    kiosk.types("55555555");
    assert_eq!(kiosk.given().number, "P005", "who was here before has their number");
    kiosk.types("77777777");
    assert_eq!(kiosk.refusal(), Some(ProblemCode::UnknownCode));
    kiosk.hub_comes(ten() + TimeDelta::hours(1));
    let told = [kiosk.takes_hand_in(), kiosk.takes_hand_in()].map(|handed| handed.came);
    let booked = |reference: &str, told| HandInKind::Booked { reference: reference.to_owned(), told };
    assert_eq!(told, [booked("22222222", KioskWord::InTime), booked("33333333", KioskWord::Late)]);
}

#[test]
fn prom_07_only_a_mark_under_the_days_key_vouches_for_a_code_that_is_not_in_the_list() {
    let kiosk = DeskKiosk::alone_at(ten());
    let today = date_of(ten());
    let mut deputy = Deputy::take_up(kiosk.folder.path(), link::machine_now()).unwrap();
    let mut ask = |code: String| {
        let request = wire::CheckInRequest { code, language: None, late: None };
        deputy.check_in(&request, None, Language::El, ten()).map_err(|problem| problem.code)
    };
    assert_eq!(ask(code("99999999", today)).unwrap().ticket.number, "P500");
    let mark = handshake::code_mark(&DAY_KEY, "99999998");
    let other = handshake::code_mark(&[4; 32], "99999998");
    let forged = code("99999998", today).replace(&mark, &other);
    assert_eq!(ask(forged).unwrap_err(), ProblemCode::UnknownCode);
    assert_eq!(ask(code("99999997", today + TimeDelta::days(3))).unwrap_err(), ProblemCode::OtherDay);
    let elsewhere = code("99999996", today).replace("Q1:1:", "Q1:2:");
    assert_eq!(ask(elsewhere).unwrap_err(), ProblemCode::OtherOffice);
    assert_eq!(ask("not a code".to_owned()).unwrap_err(), ProblemCode::UnknownCode);
}

#[test]
fn prom_07_on_a_disk_that_takes_nothing_no_number_is_given_and_staff_are_told() {
    let mut kiosk = DeskKiosk::alone_at(ten());
    assert_eq!(kiosk.takes_a_number().number, "B500");
    // Nothing can be written there any more: a folder stands in its place.
    let broken = |folder: &Path| {
        let kept = fs::read(folder.join("daybook.txt")).unwrap();
        fs::remove_file(folder.join("daybook.txt")).unwrap();
        fs::create_dir(folder.join("daybook.txt")).unwrap();
        kept
    };
    let kiosk_folder = kiosk.folder.path().to_owned();
    let machine = link::machine_now();
    let mut kiosk = kiosk.restart(machine);
    let kept = broken(&kiosk_folder);
    kiosk.hub_goes();
    kiosk.presses_for_a_number();
    assert_eq!(kiosk.refusal(), Some(ProblemCode::StorageFull), "it says so, and gives no number");
    kiosk.round(Vec::new());
    let reports = std::iter::from_fn(|| kiosk.command()).filter(|(path, _)| path == "faults");
    let faults: Vec<FaultReport> = reports.map(|(_, report)| serde_json::from_value(report.body).unwrap()).collect();
    assert!(faults.iter().any(|report| report.faults.contains(&wire::DeviceFault::JournalFailed)), "{faults:?}");
    fs::remove_dir(kiosk_folder.join("daybook.txt")).unwrap();
    fs::write(kiosk_folder.join("daybook.txt"), kept).unwrap();
    let ticket = kiosk.takes_a_number();
    assert_eq!(ticket.number, "B502", "what could not be kept is not tried again");
}

#[test]
fn prom_07_prom_10_over_midnight_and_the_hour_that_comes_twice_numbers_are_of_their_own_day_and_times_rise() {
    // The night on which the clocks go back: 03:30 comes at 00:30 and at 01:30 UTC.
    let mut kiosk = DeskKiosk::alone_at(at("2026-10-24T20:30:00Z"));
    let mut tickets = Vec::new();
    for now in ["2026-10-24T20:50:00Z", "2026-10-24T21:10:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"] {
        kiosk.clock(at(now));
        kiosk.hub_goes();
        // Hours end and begin; the menu is looked at again.
        for _ in 0..25 {
            kiosk.round(Vec::new());
        }
        kiosk.presses_for_a_number();
        if kiosk.refusal().is_none() {
            tickets.push(kiosk.given());
        }
    }
    let days: Vec<(String, String)> =
        tickets.iter().map(|ticket| (date_of(ticket.at).to_string(), ticket.number.clone())).collect();
    let day = |date: &str, number: &str| (date.to_owned(), number.to_owned());
    let next = "2026-10-25";
    assert_eq!(days, [day(next, "B500"), day(next, "B501"), day(next, "B502")], "tickets end at 23:00");
    assert!(tickets.is_sorted_by(|one, other| one.at < other.at));
    kiosk.hub_comes(at("2026-10-25T06:00:00Z"));
    let handed: Vec<DateTime<Utc>> = (0..3).map(|_| kiosk.takes_hand_in().arrived_at).collect();
    assert!(handed.is_sorted_by(|one, other| one < other));
}

#[test]
fn prom_07_without_numbers_or_a_day_that_it_knows_a_kiosk_says_that_it_is_away() {
    let mut kiosk = DeskKiosk::open();
    kiosk.hub_comes(ten());
    kiosk.hub_goes();
    assert_eq!(kiosk.screen(), KioskScreen::Away, "it never got numbers");
    let mut kiosk = DeskKiosk::alone_at(ten());
    assert_eq!(kiosk.screen(), KioskScreen::Welcome);
    kiosk.clock(ten() + TimeDelta::days(20));
    for _ in 0..25 {
        kiosk.round(Vec::new());
    }
    assert_eq!(kiosk.screen(), KioskScreen::Away, "nothing is known of that day");
}

#[test]
fn prom_07_a_kiosk_that_is_shut_out_forgets_bookings_and_keys() {
    let mut kiosk = DeskKiosk::alone_at(ten());
    let file = kiosk.folder.path().join("provisions.json");
    assert!(fs::read_to_string(&file).unwrap().contains("22222222"));
    let words: link::ThreeWords = handshake_words();
    kiosk.tells(News::Pairing { code: "7F3GCD".to_owned(), words });
    assert!(!file.exists());
    assert_eq!(kiosk.screen(), KioskScreen::Pairing);
}

fn handshake_words() -> link::ThreeWords {
    let (key, number) = (Octets([3; 32]), Octets([1; 32]));
    let transcript = handshake::PairingTranscript {
        key: &key,
        authorities: &[],
        kind: wire::DeviceKind::Kiosk,
        name: "Είσοδος",
        device_number: &number,
        hub_number: &number,
    };
    transcript.words()
}

#[test]
fn prom_07_what_the_hub_never_takes_keeps_nobody_behind_it_waiting() {
    let mut kiosk = DeskKiosk::alone_at(ten());
    let tickets = [kiosk.takes_a_number(), kiosk.takes_a_number()];
    kiosk.hub_comes(ten() + TimeDelta::hours(1));
    let (_, first) = kiosk.command().unwrap();
    let problem = Problem {
        r#type: String::new(),
        title: "malformed".to_owned(),
        status: 400,
        detail: String::new(),
        code: ProblemCode::Malformed,
        at: None,
        language: None,
        wait: None,
    };
    let answer = Err(NoAnswer::Refused(Box::new(problem)));
    kiosk.hub.replies.send(CommandReply { key: first.key, answer }).unwrap();
    kiosk.round(Vec::new());
    assert_eq!(kiosk.takes_hand_in().visit, tickets[1].visit);
    assert!(kiosk.daybook().contains("set-aside"));
}
