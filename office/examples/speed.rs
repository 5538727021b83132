//! How long one decision takes, with its events applied: an office with 20,000 bookings, 500 people waiting, 8 desks
//! with different skills. Prints the median and the 99th percentile of each command, in microseconds.

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use office::{
    Assurance, Audience, BookingId, BookingNeed, CancelledBy, Channel, ClerkId, Command, Desk, DeskId, Event,
    EventKind, Group, Hours, LETTERS, Language, Level, Needs, Office, OfficeConfig, Outcome, Party, PersonId, PublicId,
    Reference, Rules, Service, ServiceId, Shift, TimeWish, VisitEvent, VisitId, WeeklySpan, Words, apply, decide,
    next_due,
};
use uuid::Uuid;

const SERVICES: u16 = 6;
const DESKS: u16 = 8;
const BOOKINGS: u64 = 20_000;
const WAITING: u128 = 500;
const ROUNDS: usize = 2_000;

fn main() {
    let mut bench = SpeedRun { office: Office::default(), drawn: 0, times: BTreeMap::new() };
    let morning = at("2026-11-24T07:00:00+02:00");
    bench.ask("configure", &Command::Configure(Box::new(config())), morning);
    bench.fill(morning);
    bench.times.clear();
    bench.day(at("2026-11-24T10:00:00+02:00"));
    for (name, times) in &mut bench.times {
        times.sort_unstable();
        let (median, most) = (times[times.len() / 2], times[times.len() * 99 / 100]);
        println!("{name:12} n={:5}  p50 {:7.1} µs  p99 {:7.1} µs", times.len(), micros(median), micros(most));
    }
}

struct SpeedRun {
    office: Office,
    drawn: u128,
    times: BTreeMap<&'static str, Vec<Duration>>,
}

impl SpeedRun {
    /// Asks, and does what was decided. Deciding changes nothing, so it is timed three times and the least counts: what
    /// other programs do on the machine is not ours. Applying is added to it.
    fn ask(&mut self, name: &'static str, command: &Command, now: DateTime<Utc>) -> Vec<Event> {
        let mut least = Duration::MAX;
        for _ in 0..3 {
            let began = Instant::now();
            let _ = std::hint::black_box(decide(&self.office, command, now));
            least = least.min(began.elapsed());
        }
        let events = decide(&self.office, command, now).unwrap_or_default();
        let began = Instant::now();
        for event in &events {
            apply(&mut self.office, event);
        }
        self.times.entry(name).or_default().push(least + began.elapsed());
        events
    }

    fn draw(&mut self) -> Uuid {
        self.drawn += 1;
        Uuid::from_u128(self.drawn)
    }

    /// Bookings of many days, desks open, and people waiting.
    fn fill(&mut self, morning: DateTime<Utc>) {
        let mut start = at("2026-11-24T08:00:00+02:00");
        while self.office.next_booking < BOOKINGS {
            for service in 1..=SERVICES {
                for _ in 0..2 {
                    self.book(ServiceId(service), start, morning);
                }
            }
            start += TimeDelta::minutes(20);
        }
        for desk in 1..=DESKS {
            let open = Command::OpenDesk { desk: DeskId(desk), clerk: ClerkId(desk.into()), until: None };
            self.ask("open", &open, at("2026-11-24T08:00:00+02:00"));
        }
        for number in 0..WAITING {
            let came = at("2026-11-24T08:00:00+02:00") + TimeDelta::seconds(i64::try_from(number).unwrap_or(0) * 14);
            let service = ServiceId(u16::try_from(number % u128::from(SERVICES)).unwrap_or(0) + 1);
            self.ticket(service, came);
        }
    }

    fn book(&mut self, service: ServiceId, start: DateTime<Utc>, now: DateTime<Utc>) {
        let id = self.draw();
        let party = Party {
            person: PersonId(id),
            address: None,
            language: Language::El,
            needs: Needs::default(),
            if_late: None,
        };
        let audience = Audience::Public;
        let wanted = TimeWish { service, channel: Channel::InPerson, start, persons: 1, cases: 1, audience };
        self.ask("book", &Command::Book { reference: Reference(id.to_string()), wanted, party }, now);
    }

    fn ticket(&mut self, service: ServiceId, now: DateTime<Utc>) {
        let public = PublicId(self.draw());
        let (needs, language) = (Needs::default(), Language::El);
        let ticket = Command::TakeTicket {
            service,
            public,
            persons: 1,
            cases: 1,
            priority: false,
            needs,
            language,
            could_not_book: false,
            told: None,
        };
        self.ask("ticket", &ticket, now);
    }

    /// A morning in which each call is followed by a new ticket, so that as many wait at the end as at the beginning.
    fn day(&mut self, ten: DateTime<Utc>) {
        let mut now = ten;
        for round in 0..ROUNDS {
            now += TimeDelta::milliseconds(700);
            let desk = DeskId(u16::try_from(round % usize::from(DESKS)).unwrap_or(0) + 1);
            let holds = self.office.desks.get(&desk).and_then(|open| open.holds);
            let finish = holds.map(|_| Outcome::Done);
            let events = self.ask("next", &Command::CallNext { desk, holds, finish, note_read: None }, now);
            let called = events.iter().find_map(|event| match event.kind {
                EventKind::Visit(VisitEvent::Called { visit, .. }) => Some(visit),
                _ => None,
            });
            if let Some(visit) = called {
                self.ask("appeared", &Command::Appeared { desk, visit }, now);
                let service = ServiceId(u16::try_from(round % usize::from(SERVICES)).unwrap_or(0) + 1);
                self.ticket(service, now);
            }
            if let Some(booking) = self.office.expected.iter().nth(round % 7).map(|(_, id)| *id) {
                let public = PublicId(self.draw());
                let check_in = Command::CheckIn { booking, public, language: None, late: None, priority: false };
                self.ask("check-in", &check_in, now);
            }
            let far = BookingId(BOOKINGS - u64::try_from(round).unwrap_or(0));
            self.ask("cancel", &Command::Cancel { booking: far, by: CancelledBy::Staff }, now);
            if let Some(start) = self.office.bookings.get(&far).map(|booking| booking.promise.start) {
                self.book(ServiceId(1), start, now);
            }
            let gone = VisitId(u64::try_from(round).unwrap_or(0) + 30);
            self.ask("leave", &Command::Leave { visit: gone }, now);
            self.ask("undo-leave", &Command::UndoLeave { visit: gone }, now);
            let began = Instant::now();
            let _ = next_due(&self.office, now);
            self.times.entry("next_due").or_default().push(began.elapsed());
        }
        println!("waiting at the end: {}, bookings: {}", self.office.open_visits.len(), self.office.bookings.len());
    }
}

/// Six services; each desk serves three of them.
fn config() -> OfficeConfig {
    let days = vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
    let (from, to) = (time(8), time(20));
    let groups = (1..=SERVICES).map(|id| Group {
        key: format!("g{id}"),
        letter: LETTERS[usize::from(id)],
        name: Words::new("ο", "g"),
    });
    let services = (1..=SERVICES).map(|id| (ServiceId(id), service(id)));
    let desks = (1..=DESKS).map(|id| {
        let shift = Shift { days: days.clone(), from, to, first: None, last: None, public: true, clerk: None };
        let services = (0..3).map(|skill| ServiceId((id + skill * 2) % SERVICES + 1)).collect();
        (DeskId(id), Desk { services, direction: None, shifts: vec![shift] })
    });
    OfficeConfig {
        key: "kep".into(),
        number: 1,
        name: Words::new("ΚΕΠ", "KEP"),
        address: Words::default(),
        contact_email: String::new(),
        contact_phone: String::new(),
        help_where: office::Words::default(),
        priority_grounds: office::Words::default(),
        wait_where: Words::default(),
        desk_word: Words::default(),
        zone: chrono_tz::Europe::Athens,
        groups: groups.collect(),
        services: services.collect(),
        desks: desks.collect(),
        clerks: BTreeMap::new(),
        hours: Hours { serving: vec![WeeklySpan { days: days.clone(), from, to }], ..Hours::default() },
        calendar: office::Calendar { greek_public_sector: true, ..Default::default() },
        rules: Rules { wait_max_minutes: 240, cool_down_minutes: 0, ..Rules::default() },
    }
}

fn service(id: u16) -> Service {
    Service {
        key: format!("s{id}"),
        group: format!("g{id}"),
        catalogue: None,
        name: Words::new("υ", "s"),
        about: Words::default(),
        planned_minutes: 10 + id,
        minutes_per_further_person: 0,
        minutes_per_further_case: 0,
        channels: std::collections::BTreeSet::from([Channel::InPerson]),
        booking: BookingNeed::Preferred,
        documents: Vec::new(),
        level: Level::None,
        assurance: Assurance::None,
        grid_minutes: 5,
        telephone_informs: false,
        pictogram: office::Pictogram::default(),
        information: false,
        lead_minutes: 0,
        horizon_days: 400,
        releases: Vec::new(),
        change_until_minutes: 0,
        fields: Vec::new(),
        forms: Vec::new(),
    }
}

fn time(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN)
}

fn at(text: &str) -> DateTime<Utc> {
    let nothing = NaiveDate::MIN.and_time(NaiveTime::MIN).and_utc();
    DateTime::parse_from_rfc3339(text).map_or(nothing, |at| at.to_utc())
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
