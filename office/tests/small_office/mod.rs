//! Small offices made by hand, for the tests of who is next: desks, people here, people expected, at a minute of a day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, Utc};
use office::{
    Assurance, Audience, Booking, BookingId, BookingLife, BookingNeed, BreakReason, Calendar, CallId, Channel, ClerkId,
    Desk, DeskId, DeskState, FillerKind, Group, Hours, Language, Level, Needs, Office, OfficeConfig, OpenDesk, Origin,
    Party, PersonId, Promise, PublicId, Rank, Reason, Reference, Rules, Service, ServiceId, Suspension,
    SuspensionScope, TicketNumber, Visit, VisitId, VisitState, Words,
};
use uuid::Uuid;

/// Minutes after eight o'clock in Athens on a Tuesday.
pub fn at(minutes: i64) -> DateTime<Utc> {
    let eight: DateTime<Utc> = "2026-11-24T06:00:00Z".parse().unwrap();
    eight + Duration::minutes(minutes)
}

/// The three ways in which somebody came to a desk at this minute, as far as a plan is concerned: booked and due, one of
/// the others, and one who had waited past the limit.
pub fn ways_to_a_desk(from: i64) -> [(Rank, Reason); 3] {
    let filler = Rank::Filler { kind: FillerKind::WalkIn };
    [
        (Rank::Booked { start: at(from) }, Reason::BookedAndDue { booked_for: at(from), arrived_at: at(from) }),
        (filler, Reason::FirstInLine),
        (filler, Reason::WaitedPastLimit { arrived_at: at(from - 90), limit_minutes: 90 }),
    ]
}

/// An office under construction; all times in minutes after eight.
pub struct SmallOffice {
    pub office: Office,
    pub now: i64,
}

impl SmallOffice {
    /// Services 1, 2, 3…, no desk, nobody.
    pub fn new(now: i64, services: u16) -> Self {
        let office = Office { config: Some(config(services)), ..Office::default() };
        Self { office, now }
    }

    pub fn rules(&mut self) -> &mut Rules {
        &mut self.office.config.as_mut().unwrap().rules
    }

    pub fn now(&self) -> DateTime<Utc> {
        at(self.now)
    }

    /// An open desk that has just acted and holds nobody.
    pub fn desk(&mut self, number: u16, services: &[u16]) -> &mut OpenDesk {
        let services = services.iter().copied().map(ServiceId).collect();
        let desk = Desk { services, direction: None, shifts: Vec::new() };
        self.office.config.as_mut().unwrap().desks.insert(DeskId(number), desk);
        let now = self.now();
        let open = OpenDesk {
            clerk: ClerkId(u32::from(number)),
            opened_at: at(-60),
            until: None,
            state: DeskState::Open,
            holds: None,
            acted_at: now,
            ready: false,
            priority_in_a_row: 0,
        };
        self.office.desks.insert(DeskId(number), open);
        self.office.desks.get_mut(&DeskId(number)).unwrap()
    }

    /// Nobody of a service is called, or nobody at a desk.
    pub fn suspend(&mut self, scope: SuspensionScope, until: Option<i64>) {
        let suspension = Suspension { scope, since: at(0), until: until.map(at), because: Words::default() };
        self.office.suspensions.push(suspension);
    }

    /// A desk that serves somebody of this rank since `from`.
    pub fn serving(&mut self, desk: u16, service: u16, minutes: u16, rank: Rank, from: i64, reason: Reason) -> VisitId {
        let visit = self.visit(service, minutes, from - 5, rank);
        let here = self.office.visits.get_mut(&visit).unwrap();
        here.state = VisitState::Serving { desk: DeskId(desk), since: at(from), reason };
        self.office.desks.get_mut(&DeskId(desk)).unwrap().holds = Some(visit);
        visit
    }

    /// Somebody who waits.
    pub fn visit(&mut self, service: u16, minutes: u16, arrived: i64, rank: Rank) -> VisitId {
        self.office.next_visit += 1;
        let id = VisitId(self.office.next_visit);
        let origin = match rank {
            Rank::Booked { start } => Origin::Booked { booking: BookingId(id.0), start, channel: Channel::InPerson },
            Rank::EndOfDay | Rank::Filler { kind: FillerKind::Late | FillerKind::Returned } => {
                Origin::Booked { booking: BookingId(id.0), start: at(arrived - 20), channel: Channel::InPerson }
            }
            Rank::Filler { .. } | Rank::FirstInLine => Origin::WalkIn,
        };
        let visit = Visit {
            id,
            public: PublicId(Uuid::from_u128(u128::from(id.0))),
            number: TicketNumber { letter: 'A', count: u16::try_from(id.0).unwrap() },
            service: ServiceId(service),
            origin,
            arrived_at: at(arrived),
            planned_minutes: minutes,
            persons: 1,
            cases: 1,
            priority: false,
            needs: Needs::default(),
            language: Language::El,
            note: None,
            rank,
            overtaken: 0,
            may_come_early: None,
            told_wait: None,
            told_unreachable: false,
            attempts: 0,
            shown: None,
            state: VisitState::Waiting { since: at(arrived), desk: None },
            periods: Vec::new(),
        };
        self.office.visits.insert(id, visit);
        self.office.open_visits.insert(id);
        id
    }

    pub fn walk_in(&mut self, service: u16, minutes: u16, arrived: i64) -> VisitId {
        self.visit(service, minutes, arrived, Rank::Filler { kind: FillerKind::WalkIn })
    }

    pub fn booked(&mut self, service: u16, minutes: u16, start: i64, arrived: i64) -> VisitId {
        self.visit(service, minutes, arrived, Rank::Booked { start: at(start) })
    }

    pub fn of(&mut self, visit: VisitId) -> &mut Visit {
        self.office.visits.get_mut(&visit).unwrap()
    }

    /// Interrupted at a desk.
    pub fn interrupted(&mut self, service: u16, left: u16, arrived: i64, desk: u16, since: i64, same: bool) -> VisitId {
        let visit = self.visit(service, left, arrived, Rank::Filler { kind: FillerKind::Interrupted });
        self.of(visit).state = VisitState::Interrupted { desk: DeskId(desk), since: at(since), same_desk: same };
        visit
    }

    /// Somebody with a confirmed booking who is not here yet.
    pub fn expected(&mut self, service: u16, minutes: u16, start: i64) -> BookingId {
        self.office.next_booking += 1;
        let id = BookingId(1_000 + self.office.next_booking);
        let party = Party {
            person: PersonId(Uuid::from_u128(u128::from(id.0))),
            address: None,
            language: Language::El,
            needs: Needs::default(),
            if_late: None,
        };
        let promise = Promise {
            service: ServiceId(service),
            channel: Channel::InPerson,
            start: at(start),
            minutes,
            persons: 1,
            cases: 1,
            audience: Audience::Public,
        };
        let reference = Reference(format!("R{}", id.0));
        let booking =
            Booking { id, reference, promise, sequence: 0, correction: None, life: BookingLife::Confirmed { party } };
        self.office.bookings.insert(id, booking);
        self.office.expected.insert((at(start), id));
        id
    }

    /// Puts a desk on a break.
    pub fn break_at(&mut self, desk: u16, until: Option<i64>) {
        let since = self.now();
        let open = self.office.desks.get_mut(&DeskId(desk)).unwrap();
        open.state = DeskState::Break { because: BreakReason::Rest, since, until: until.map(at) };
    }

    /// A called visit, on its way.
    pub fn called(&mut self, desk: u16, service: u16, minutes: u16, rank: Rank, since: i64, reason: Reason) -> VisitId {
        let visit = self.visit(service, minutes, since - 5, rank);
        let here = self.of(visit);
        let before = Box::new(here.state.clone());
        here.state = VisitState::Called {
            desk: DeskId(desk),
            call: CallId(1),
            since: at(since),
            last: at(since),
            recalls: 0,
            reason,
            overtook: Vec::new(),
            before,
        };
        self.office.desks.get_mut(&DeskId(desk)).unwrap().holds = Some(visit);
        visit
    }
}

fn config(services: u16) -> OfficeConfig {
    let text = || Words::new("", "");
    let service = |number: u16| Service {
        key: format!("s{number}"),
        group: "a".to_owned(),
        catalogue: None,
        name: text(),
        about: text(),
        planned_minutes: 10,
        minutes_per_further_person: 0,
        minutes_per_further_case: 0,
        channels: BTreeSet::from([Channel::InPerson]),
        booking: BookingNeed::Preferred,
        documents: Vec::new(),
        level: Level::None,
        assurance: Assurance::None,
        grid_minutes: 10,
        telephone_informs: false,
        pictogram: office::Pictogram::default(),
        information: false,
        lead_minutes: 0,
        horizon_days: 90,
        releases: Vec::new(),
        change_until_minutes: 0,
        fields: Vec::new(),
        forms: Vec::new(),
    };
    OfficeConfig {
        key: "kep".to_owned(),
        number: 1,
        name: text(),
        address: text(),
        contact_email: String::new(),
        contact_phone: String::new(),
        help_where: office::Words::default(),
        priority_grounds: office::Words::default(),
        wait_where: text(),
        desk_word: text(),
        zone: chrono_tz::Europe::Athens,
        groups: vec![Group { key: "a".to_owned(), letter: 'A', name: text() }],
        services: (1..=services).map(|number| (ServiceId(number), service(number))).collect(),
        desks: BTreeMap::new(),
        clerks: BTreeMap::new(),
        hours: Hours::default(),
        calendar: Calendar::default(),
        rules: Rules::default(),
    }
}
