//! A small office on weekdays from 08:00 to 14:00, for the tests of calendar and slots.
#![allow(dead_code, clippy::allow_attributes, reason = "each test program uses its own part")]

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};
use chrono_tz::Europe::Athens;
use office::slots::{self, Findings, FreeTime, NoMemory, Query};
use office::{
    Assurance, Audience, BookingId, BookingNeed, Calendar, Channel, Command, Desk, DeskId, Event, Group, Hours,
    Language, Level, Needs, Office, OfficeConfig, Party, PersonId, Promise, Reference, Refusal, Rules, Service,
    ServiceId, Shift, TimeWish, WeeklySpan, Words,
};
use uuid::Uuid;

pub const WEEK: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
pub const X: ServiceId = ServiceId(1);
pub const Y: ServiceId = ServiceId(2);

pub fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

pub fn local(year: i32, month: u32, day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    Athens.with_ymd_and_hms(year, month, day, hour, minute, 0).unwrap().to_utc()
}

/// Some days, from and to, as hour and minute.
pub type Span = (Vec<Weekday>, (u32, u32), (u32, u32));

pub fn hours(serving: Vec<Span>) -> Hours {
    let span = |(days, from, to): Span| WeeklySpan { days, from: time(from.0, from.1), to: time(to.0, to.1) };
    Hours { serving: serving.into_iter().map(span).collect(), ..Hours::default() }
}

pub fn weekly(from: (u32, u32), to: (u32, u32)) -> WeeklySpan {
    WeeklySpan { days: WEEK.to_vec(), from: time(from.0, from.1), to: time(to.0, to.1) }
}

pub fn shift(from: (u32, u32), to: (u32, u32)) -> Shift {
    Shift {
        days: WEEK.to_vec(),
        from: time(from.0, from.1),
        to: time(to.0, to.1),
        first: None,
        last: None,
        public: true,
        clerk: None,
    }
}

pub fn service(minutes: u16) -> Service {
    Service {
        key: format!("s{minutes}"),
        group: "g".into(),
        catalogue: None,
        name: Words::new("Υπηρεσία", "Service"),
        about: Words::default(),
        planned_minutes: minutes,
        minutes_per_further_person: 5,
        minutes_per_further_case: 10,
        channels: BTreeSet::from([Channel::InPerson, Channel::Telephone]),
        booking: BookingNeed::Preferred,
        documents: Vec::new(),
        level: Level::None,
        assurance: Assurance::None,
        grid_minutes: 10,
        telephone_informs: false,
        pictogram: office::Pictogram::default(),
        information: false,
        lead_minutes: 0,
        horizon_days: 30,
        releases: Vec::new(),
        change_until_minutes: 0,
        fields: Vec::new(),
        forms: Vec::new(),
    }
}

/// Services X and Y of 20 minutes; desk 1 serves X, desk 2 serves both.
pub fn config() -> OfficeConfig {
    let desk = |services: &[ServiceId]| Desk {
        services: services.to_vec(),
        direction: None,
        shifts: vec![shift((8, 0), (14, 0))],
    };
    OfficeConfig {
        key: "place".into(),
        number: 1,
        name: Words::new("Γραφείο", "Office"),
        address: Words::default(),
        contact_email: "help@example.org".into(),
        contact_phone: "2100000000".into(),
        help_where: office::Words::default(),
        priority_grounds: office::Words::default(),
        wait_where: Words::default(),
        notices: Vec::new(),
        desk_word: Words::new("Θυρίδα", "Desk"),
        zone: Athens,
        groups: vec![Group { key: "g".into(), letter: 'A', name: Words::default() }],
        services: [(X, service(20)), (Y, Service { key: "y".into(), ..service(20) })].into(),
        desks: [(DeskId(1), desk(&[X])), (DeskId(2), desk(&[X, Y]))].into(),
        clerks: BTreeMap::new(),
        hours: hours(vec![(WEEK.to_vec(), (8, 0), (14, 0))]),
        calendar: Calendar { greek_public_sector: true, ..Calendar::default() },
        rules: Rules { holds_per_address_max: 200, bookings_per_address_max: 200, ..Rules::default() },
    }
}

/// An office that is asked through `decide` and changed through `apply`, and by nothing else.
pub struct OfficePlace {
    pub office: Office,
    pub now: DateTime<Utc>,
    findings: RefCell<Findings>,
    drawn: u64,
}

impl OfficePlace {
    /// Set up a week before the Tuesday that the tests are about.
    pub fn new(config: OfficeConfig) -> Self {
        let now = local(2026, 11, 17, 8, 0);
        let mut place = Self { office: Office::default(), now, findings: RefCell::default(), drawn: 0 };
        place.ask(&Command::Configure(Box::new(config))).unwrap();
        place
    }

    pub fn ask(&mut self, command: &Command) -> Result<Vec<Event>, Refusal> {
        let events = office::decide(&self.office, command, self.now)?;
        for event in &events {
            self.findings.get_mut().apply(&mut self.office, event);
        }
        self.office.check_invariants().unwrap();
        Ok(events)
    }

    pub fn reference(&mut self) -> Reference {
        self.drawn += 1;
        Reference(format!("R{:07}", self.drawn))
    }

    pub fn party(&self) -> Party {
        Party {
            person: PersonId(Uuid::from_u128(u128::from(self.drawn) + 1)),
            address: None,
            language: Language::El,
            needs: Needs::default(),
            if_late: None,
        }
    }

    pub fn book(&mut self, wanted: TimeWish) -> Result<BookingId, Refusal> {
        let (reference, party) = (self.reference(), self.party());
        self.ask(&Command::Book { reference, wanted, party })?;
        Ok(BookingId(self.office.next_booking))
    }

    pub fn hold(&mut self, wanted: TimeWish) -> Result<BookingId, Refusal> {
        let reference = self.reference();
        self.ask(&Command::Hold { reference, wanted, owner: None })?;
        Ok(BookingId(self.office.next_booking))
    }

    pub fn check(&self, wanted: TimeWish) -> Result<Promise, Refusal> {
        slots::check(&self.office, &wanted, None, self.now)
    }

    pub fn free(&self, query: &Query) -> Vec<FreeTime> {
        let free = slots::free(&self.office, query, self.now, &mut *self.findings.borrow_mut());
        assert_eq!(free, slots::free(&self.office, query, self.now, &mut NoMemory), "what was found before is wrong");
        free
    }

    /// The free local times of Tuesday 24 November, e.g. `08:00 08:10`.
    pub fn times(&self, service: ServiceId, audience: Audience) -> Vec<String> {
        let query = tuesday(service, audience);
        self.free(&query).iter().map(|slot| slot.start.with_timezone(&Athens).format("%H:%M").to_string()).collect()
    }
}

pub fn tuesday(service: ServiceId, audience: Audience) -> Query {
    Query { service, channel: Channel::InPerson, persons: 1, cases: 1, audience, from: date(2026, 11, 24), days: 1 }
}

/// Wanted by the public on Tuesday 24 November.
pub fn at(service: ServiceId, hour: u32, minute: u32) -> TimeWish {
    TimeWish {
        service,
        channel: Channel::InPerson,
        start: local(2026, 11, 24, hour, minute),
        persons: 1,
        cases: 1,
        audience: Audience::Public,
    }
}
