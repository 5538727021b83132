//! Kiosks that went on while the hub was away, at the real hub: what they are given before, what they hand in after, and what
//! staff see of it (PROM-07). The kiosks are the real ones, without their windows.

use std::{
    thread,
    time::{Duration, Instant},
};

use attendant::{Attendant, Deputy, HubContact, Kiosk, MachineSetting, Peripherals, Touches};
use link::{HubLink, LinkConfig, LinkState, Wake};
use serde_json::{Value, json};
use tempfile::TempDir;
use walk::{KioskScreen, KioskWalk, Press, Question, Station, WalkRules};
use wire::{BookingCode, DeviceKind, Language, Octets, ProvidedState, Provisions, TicketAnswer};

use crate::{
    feeds::{ReadFeed, first_view},
    house::{ProgramHouse, fresh_id},
    pages::FormBrowser,
};

const KIOSK_FEED: &str = "/api/v1/offices/kep/feeds/kiosk";
const LONG: Duration = Duration::from_secs(60);

fn book(house: &ProgramHouse, admin: &str, start: &str) -> (String, String) {
    let wish = json!({"service": "driving-licence", "start": start, "name": "Μαρία Παπαδάκη"});
    let booked = house.post_as(admin, &fresh_id(), "/api/v1/offices/kep/bookings", &wish).ok();
    (booked["reference"].as_str().unwrap().to_owned(), booked["code"].as_str().unwrap().to_owned())
}

/// The first message of a kiosk's feed that is about this.
fn told(house: &ProgramHouse, token: &str, about: &str) -> Value {
    let mut feed = ReadFeed::open(house, token, KIOSK_FEED);
    let deadline = Instant::now() + LONG;
    loop {
        let (event, data) = feed.message().unwrap();
        if event == about {
            return data;
        }
        assert!(Instant::now() < deadline, "never told of {about}");
    }
}

/// A ticket as a kiosk hands it in.
fn handed(visit: u128, number: &str, arrived_at: &str, came: &Value) -> Value {
    let visit = uuid::Uuid::from_u128(visit).to_string();
    json!({"visit": visit, "number": number, "arrived_at": arrived_at, "language": "el", "came": came})
}

fn walk_in() -> Value {
    json!({"is": "walk-in", "service": "signature", "persons": 1, "cases": 1, "priority": false})
}

fn booked(reference: &str) -> Value {
    json!({"is": "booked", "reference": reference, "told": "in-time"})
}

fn hand_in(house: &ProgramHouse, kiosk: &str, arrival: &Value) -> Value {
    let id = arrival["visit"].as_str().unwrap();
    house.post_as(kiosk, id, "/api/v1/offices/kep/hand-ins", arrival).ok()
}

fn lease(house: &ProgramHouse, kiosk: &str) -> Value {
    let body = json!({"holds": [], "gives_back": []});
    house.post_as(kiosk, &fresh_id(), "/api/v1/offices/kep/leases", &body).ok()
}

#[test]
fn prom_07_a_paired_kiosk_alone_is_given_bookings_and_keys_of_a_week_and_nothing_personal() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let (reference, code) = book(&house, &admin, "2026-11-24T08:00:00Z");
    let (kiosk, id) = house.pair(&admin, "kiosk");
    let data = told(&house, &kiosk, "provisions");
    assert!(!data.to_string().contains("Μαρία") && !data.to_string().contains("Παπαδάκη"), "{data}");
    let provisions: Provisions = serde_json::from_value(data).unwrap();
    let booking = provisions.bookings.iter().find(|booking| booking.reference == reference).unwrap();
    assert_eq!(booking.service, "driving-licence");
    assert!(matches!(booking.state, ProvidedState::Expected { .. }), "{booking:?}");
    assert_eq!(provisions.days.len(), 8, "today and a week");
    let BookingCode::Scanned { date, reference, mac, office } = code.parse().unwrap() else { panic!("{code}") };
    assert_eq!(office, provisions.office);
    let today = provisions.days.iter().find(|day| day.date.date() == date).unwrap();
    let Octets(key) = today.keys[0];
    assert!(handshake::is_code_mark(&key, &reference, &mac), "the key of the day opens the code of the mail");

    // Staff who read the same feed are told no key.
    let mut feed = ReadFeed::open(&house, &admin, KIOSK_FEED);
    let mut is_suspended = false;
    loop {
        let (event, view) = feed.message().unwrap();
        assert_ne!(event, "provisions");
        if event == "view" && view["state"]["is"] == "suspended" {
            break;
        }
        if event == "view" && !is_suspended {
            is_suspended = true;
            let because = json!({"because": {"el": "Βλάβη", "en": "Fault"}});
            house.post(&admin, "/api/v1/offices/kep/suspensions", &because).ok();
        }
    }
    // Nor has anybody but a kiosk numbers to hold; and who is shut out is told nothing more.
    let body = json!({"holds": [], "gives_back": []});
    let lease = |token: &str| house.post_as(token, &fresh_id(), "/api/v1/offices/kep/leases", &body);
    assert_eq!(lease(&admin).code(), "not-allowed");
    let (display, _) = house.pair(&admin, "display");
    assert_eq!(lease(&display).code(), "not-allowed");
    house.ask("DELETE", &format!("/api/v1/devices/{id}"), &[("authorization", &format!("Bearer {admin}"))], "");
    assert_eq!(lease(&kiosk).code(), "not-signed-in");
}

#[test]
fn prom_07_what_is_handed_in_waits_once_since_it_came_also_after_a_power_cut() {
    let mut house = ProgramHouse::new();
    let admin = house.admin();
    let (kiosk, _) = house.pair(&admin, "kiosk");
    let (other, _) = house.pair(&admin, "kiosk");
    let first = |granted: &Value| granted["granted"][0]["first"].as_u64().unwrap();
    let blocks = [first(&lease(&house, &kiosk)), first(&lease(&house, &other))];
    assert_eq!(blocks, [500, 750], "two kiosks never hold the same");
    let arrival = handed(1, "B500", "2026-11-24T06:58:00Z", &walk_in());
    let answer = hand_in(&house, &kiosk, &arrival);
    assert_eq!(answer, json!({"number": "B500", "noted": false}));
    assert_eq!(hand_in(&house, &kiosk, &arrival), answer, "the same again");
    house.kill();
    house.start_at("2026-11-24T09:10:00+02:00", "1");
    assert_eq!(hand_in(&house, &kiosk, &arrival), answer, "and after a power cut");
    let admin = house.admin();
    let floor = first_view(&house, &admin, "floor");
    let visits = floor["visits"].as_array().unwrap();
    assert_eq!(visits.len(), 1, "{floor}");
    assert!(visits[0]["arrived_at"].as_str().unwrap().starts_with("2026-11-24T06:58:00"), "{floor}");
    let next = house.ticket(&admin).ok();
    assert_eq!(next["number"], "B1000", "own numbers go on rising, round what the kiosks hold");
    house.stop();
    house.verify().unwrap();
}

#[test]
fn prom_07_prom_09_the_key_of_a_question_without_an_answer_is_claimed() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let (kiosk, _) = house.pair(&admin, "kiosk");
    lease(&house, &kiosk);
    // The hub had acted, and its answer was lost: nobody waits under a number that nobody has.
    let acted = fresh_id();
    let tickets = "/api/v1/offices/kep/tickets";
    let unheard = house.post_as(&kiosk, &acted, tickets, &json!({"service": "signature"})).ok();
    let mut arrival = handed(1, "B500", "2026-11-24T06:58:00Z", &walk_in());
    arrival["asked_before"] = json!(acted);
    hand_in(&house, &kiosk, &arrival);
    // It had not acted, and the question comes after all: it is refused.
    let late = fresh_id();
    let mut arrival = handed(2, "B501", "2026-11-24T06:59:00Z", &walk_in());
    arrival["asked_before"] = json!(late);
    hand_in(&house, &kiosk, &arrival);
    let refused = house.post_as(&kiosk, &late, tickets, &json!({"service": "signature"}));
    assert_eq!(refused.code(), "command-reused");
    let floor = first_view(&house, &admin, "floor");
    let numbers: Vec<&str> =
        floor["visits"].as_array().unwrap().iter().map(|visit| visit["number"].as_str().unwrap()).collect();
    assert_eq!(numbers, ["B500", "B501"], "and not {}", unheard["number"]);
}

#[test]
fn prom_07_staff_see_what_does_not_fit_and_what_to_do_and_settle_it() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let (kiosk, _) = house.pair(&admin, "kiosk");
    lease(&house, &kiosk);
    let (cancelled, _) = book(&house, &admin, "2026-11-24T08:00:00Z");
    let path = format!("/api/v1/offices/kep/bookings/{cancelled}/cancellations");
    house.post_as(&admin, &fresh_id(), &path, &json!({})).ok();
    let answer = hand_in(&house, &kiosk, &handed(1, "P500", "2026-11-24T06:55:00Z", &booked(&cancelled)));
    assert_eq!(answer, json!({"number": "P500", "noted": true}));
    hand_in(&house, &kiosk, &handed(2, "P501", "2026-11-24T06:56:00Z", &booked("22222222")));
    let alarms = |house: &ProgramHouse| {
        let floor = first_view(house, &admin, "floor");
        let alarms = floor["alarms"].as_array().unwrap().clone();
        alarms.into_iter().map(|words| words["el"].as_str().unwrap().to_owned()).collect::<Vec<String>>()
    };
    let told = alarms(&house);
    assert!(told.iter().any(|told| told.starts_with("P500: το ραντεβού είχε ακυρωθεί")), "{told:?}");
    assert!(told.iter().any(|told| told.starts_with("P501: δεν βρέθηκε το ραντεβού")), "{told:?}");

    let mut browser = FormBrowser::with_cookies(&house, &format!("seira-session={admin}"));
    let page = "/staff/kep/house";
    let shown = browser.get(page);
    assert!(shown.text.contains("P500: το ραντεβού είχε ακυρωθεί"), "{}", shown.text);
    let ticket = |visit: u128| uuid::Uuid::from_u128(visit).to_string();
    let mut settle = |fields: &[(&str, &str)]| browser.post(page, "/staff/kep/house/handed-in", fields).status;
    assert_eq!(settle(&[("ticket", &ticket(1)), ("command", &fresh_id())]), 303);
    // A clerk finds the booking whose code the hub had not known.
    let (found, _) = book(&house, &admin, "2026-11-24T08:30:00Z");
    let fields = [("ticket", ticket(2)), ("reference", found.to_lowercase()), ("command", fresh_id())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(settle(&fields), 303);
    assert_eq!(alarms(&house), [""; 0]);
    let floor = first_view(&house, &admin, "floor");
    let visit = floor["visits"].as_array().unwrap().iter().find(|visit| visit["number"] == "P501").unwrap().clone();
    assert!(visit["booked_for"].as_str().unwrap().starts_with("2026-11-24T08:30:00"), "{visit}");
    // Served on paper under the number in hand: nobody waits twice.
    let paper = json!({"service": "driving-licence", "number": "ρ500", "arrived_at": "2026-11-24T06:55:00Z",
        "served_from": "2026-11-24T06:56:00Z", "served_to": "2026-11-24T06:58:00Z", "outcome": "done"});
    house.desk(&admin, 1, "paper-visits", &paper).ok();
    let floor = first_view(&house, &admin, "floor");
    assert!(floor["visits"].as_array().unwrap().iter().all(|visit| visit["number"] != "P500"), "{floor}");
}

/// A real kiosk without its window, at a real hub.
struct WindowlessKiosk {
    attendant: Attendant,
    started: Instant,
    folder: TempDir,
    hub: String,
}

impl WindowlessKiosk {
    fn start(folder: TempDir, hub: &str) -> Self {
        let config = LinkConfig {
            hub: hub.to_owned(),
            kind: DeviceKind::Kiosk,
            name: "Είσοδος".to_owned(),
            state: folder.path().join("state"),
            feed: "kiosk",
        };
        let state = config.state.clone();
        let link = HubLink::start(config, &Wake::new(|| ())).unwrap();
        let walk = KioskWalk::new(WalkRules::new(Language::El, 6));
        let kiosk = Kiosk::new(walk, hub, "Είσοδος", MachineSetting::default());
        let deputy = Deputy::take_up(&state, link::machine_now()).unwrap();
        let attendant = Attendant::new(kiosk, HubContact::new(link), Peripherals::default()).with_deputy(deputy);
        Self { attendant, started: Instant::now(), folder, hub: hub.to_owned() }
    }

    /// One that is let in, and has all that it needs without the hub.
    fn let_in(house: &ProgramHouse, hub: &str) -> Self {
        let mut kiosk = Self::start(TempDir::new().unwrap(), hub);
        let (code, words) = kiosk.until("a code", |kiosk| match kiosk.walk.link() {
            LinkState::Pairing { code, words } => Some((code.clone(), words.to_string())),
            _ => None,
        });
        let approval = json!({"code": code, "words": words});
        house.post(&house.admin(), "/api/v1/offices/kep/devices", &approval).ok();
        kiosk.until_screen(KioskScreen::Welcome);
        kiosk
    }

    /// As after a power cut: what is on its disk is all that it has.
    fn fall(self) -> Self {
        let Self { attendant, folder, hub, .. } = self;
        drop(attendant);
        Self::start(folder, &hub)
    }

    fn round(&mut self, presses: Vec<Press>) {
        // The walk's time runs ahead, so that no press is taken for the one before.
        self.started -= Duration::from_millis(700);
        let now = self.started.elapsed();
        self.attendant.attend(Touches { presses, ..Touches::default() }, now);
    }

    fn until<T>(&mut self, what: &str, find: impl Fn(&Kiosk) -> Option<T>) -> T {
        let deadline = Instant::now() + LONG;
        loop {
            self.attendant.attend(Touches::default(), self.started.elapsed());
            if let Some(found) = find(&self.attendant.kiosk) {
                return found;
            }
            assert!(Instant::now() < deadline, "{what}: {:?}", self.attendant.kiosk.walk.station());
            thread::yield_now();
        }
    }

    fn until_screen(&mut self, screen: KioskScreen) {
        self.until("a screen", |kiosk| (kiosk.walk.screen() == screen).then_some(()));
    }

    fn until_local(&mut self, local: bool) {
        self.until("local", |kiosk| (kiosk.walk.is_local() == local).then_some(()));
    }

    /// Its numbers are on its disk.
    fn until_ready(&mut self) {
        let daybook = self.folder.path().join("state/daybook.txt");
        let has = || std::fs::read_to_string(&daybook).is_ok_and(|text| text.contains("leased"));
        self.until("numbers", |_| has().then_some(()));
    }

    fn given(&mut self) -> TicketAnswer {
        let ticket = self.until("a number", |kiosk| match kiosk.walk.station() {
            Station::Given { ticket, .. } => Some(ticket.as_ref().clone()),
            _ => None,
        });
        self.round(vec![Press::Noted]);
        ticket
    }

    fn takes_a_number(&mut self) -> TicketAnswer {
        self.round(vec![Press::Home]);
        for press in [Press::NoBooking, Press::Service("signature".to_owned()), Press::TakeNumber] {
            self.round(vec![press]);
        }
        for question in Question::ALL {
            self.round(vec![Press::Answer(*question, false)]);
        }
        self.given()
    }

    fn checks_in(&mut self, reference: &str) -> TicketAnswer {
        self.round(vec![Press::Home]);
        self.round(vec![Press::HaveBooking]);
        for key in reference.chars() {
            self.round(vec![Press::Key(key)]);
        }
        self.round(vec![Press::EnterCode]);
        self.given()
    }
}

#[test]
fn prom_07_two_real_kiosks_go_on_for_an_hour_without_the_hub_fall_over_and_hand_everything_in_once() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut house = ProgramHouse::files_with_config(&format!("listen = \"127.0.0.1:{port}\"\n"), "");
    let made = house.run(&["create-admin", "--name", "admin", "--password-file", "password"]);
    assert!(made.status.success(), "{made:?}");
    house.start();
    let admin = house.admin();
    let (reference, _) = book(&house, &admin, "2026-11-24T07:30:00Z");
    let hub = format!("http://127.0.0.1:{port}");
    let mut kiosks = [WindowlessKiosk::let_in(&house, &hub), WindowlessKiosk::let_in(&house, &hub)];
    for kiosk in &mut kiosks {
        kiosk.until_ready();
    }
    let own = kiosks[0].takes_a_number();
    assert!(!own.local && own.number == "B001", "{own:?}");

    house.kill();
    let mut given = Vec::new();
    for kiosk in &mut kiosks {
        kiosk.until_local(true);
        assert_eq!(kiosk.attendant.kiosk.walk.screen(), KioskScreen::Welcome);
    }
    // A busy hour: somebody comes to each of them every other minute.
    for _ in 0..30 {
        given.extend(kiosks.iter_mut().map(WindowlessKiosk::takes_a_number));
    }
    given.push(kiosks[0].checks_in(&reference));
    assert_eq!(
        given.last().unwrap().booked_for.map(|at| at.to_rfc3339()).as_deref(),
        Some("2026-11-24T07:30:00+00:00")
    );
    // The first falls over while the hub is away.
    let [first, second] = kiosks;
    let mut kiosks = [first.fall(), second];
    kiosks[0].until_local(true);
    given.extend(kiosks.iter_mut().map(WindowlessKiosk::takes_a_number));
    assert!(given.iter().all(|ticket| ticket.local), "{given:?}");

    house.start_at("2026-11-24T09:58:00+02:00", "1");
    // It falls over once more, in the middle of handing in.
    kiosks[0].until("the hub", |kiosk| (*kiosk.walk.link() == LinkState::Live).then_some(()));
    let [first, second] = kiosks;
    let mut kiosks = [first.fall(), second];
    for kiosk in &mut kiosks {
        kiosk.until("everything is handed in", |kiosk| {
            (*kiosk.walk.link() == LinkState::Live && !kiosk.walk.is_local()).then_some(())
        });
    }
    let admin = house.admin();
    let deadline = Instant::now() + LONG;
    let floor = loop {
        let floor = first_view(&house, &admin, "floor");
        for kiosk in &mut kiosks {
            kiosk.attendant.attend(Touches::default(), kiosk.started.elapsed());
        }
        if floor["visits"].as_array().unwrap().len() == given.len() + 1 || Instant::now() > deadline {
            break floor;
        }
    };
    let visits = floor["visits"].as_array().unwrap();
    assert_eq!(visits.len(), given.len() + 1, "{floor}");
    for ticket in &given {
        let there: Vec<&Value> = visits.iter().filter(|visit| visit["number"] == ticket.number.as_str()).collect();
        assert_eq!(there.len(), 1, "{}", ticket.number);
        assert_eq!(there[0]["visit"], ticket.visit.to_string(), "the page of the ticket is theirs");
        let arrived: chrono::DateTime<chrono::Utc> = there[0]["arrived_at"].as_str().unwrap().parse().unwrap();
        assert_eq!(arrived.timestamp_millis(), ticket.at.timestamp_millis(), "{}", ticket.number);
    }
    // The one with a booking waits for a desk that nobody has opened; nothing that was handed in is in question.
    let alarms: Vec<&str> =
        floor["alarms"].as_array().unwrap().iter().map(|words| words["en"].as_str().unwrap()).collect();
    assert_eq!(alarms, ["P500 is waiting, and no open desk offers that service."]);
    house.stop();
    house.verify().unwrap();
}
