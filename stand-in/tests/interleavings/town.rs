//! The office, its two kiosks, their disks, and all that was ever printed.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::AddAssign,
};

use chrono::{DateTime, Days, Duration, NaiveDate, TimeZone as _, Utc};
use office::{
    Audience, AwayArrival, AwayCame, AwayTold, BookingId, BookingLife, CancelledBy, Channel, ClerkId, Command, Desk,
    DeskId, EventKind, Group, HandInConflict, HouseEvent, KioskId, Language, Needs, NumberBlock, Office, Outcome,
    Party, PersonId, PublicId, Reference, Refusal, ServiceId, Shift, TicketNumber, TimeWish, VisitEvent, VisitState,
    Words, apply,
    calendar::local_date,
    decide, next_due,
    provision::{LatenessRule, expectation, last_ticket},
};
use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use stand_in::{Larder, StandIn, StandInRecord};
use uuid::Uuid;
use wire::{
    Afterwards, Availability, BookingCode, CheckInRequest, CivilDate, HandIn, HandInKind, KioskService, KioskView,
    KioskWord, LastTicket, NumberRange, Octets, OfficeState, ProblemCode, ProvidedBooking, ProvidedDay, ProvidedState,
    Provisions, TicketHours, TicketRequest,
};

use crate::setup;

const SERVICE: ServiceId = ServiceId(1);
const DAY_KEY: [u8; 32] = [9; 32];

/// How often something occurred.
#[derive(Debug, Default, Clone, Copy)]
pub struct Seen {
    pub handed_in: u64,
    pub conflicts: u64,
    pub unheard: u64,
    pub falls: u64,
    pub nights: u64,
}

impl AddAssign for Seen {
    fn add_assign(&mut self, other: Self) {
        self.handed_in += other.handed_in;
        self.conflicts += other.conflicts;
        self.unheard += other.unheard;
        self.falls += other.falls;
        self.nights += other.nights;
    }
}

/// A kiosk: what it has in mind, and what is on its disk.
struct TownKiosk {
    id: KioskId,
    stand_in: StandIn,
    disk: Vec<StandInRecord>,
    larder_on_disk: Option<Larder>,
    line: bool,
}

/// Somebody with paper in hand, whom a kiosk let in by itself.
struct LocalPaper {
    arrival: HandIn,
    date: NaiveDate,
}

/// Everything.
pub struct Town {
    office: Office,
    now: DateTime<Utc>,
    kiosks: [TownKiosk; 2],
    drawn: u128,
    /// Every number on paper, by day, and whose it is.
    printed: BTreeMap<(NaiveDate, String), Uuid>,
    local: Vec<LocalPaper>,
    /// Tickets that an event of the journal speaks of: how often a visit began, and how often one was noted without.
    begun: BTreeMap<Uuid, u32>,
    noted: BTreeMap<Uuid, HandInConflict>,
    /// Visits that staff entered under the number that is in somebody's hand already.
    entered: BTreeSet<Uuid>,
    /// What the hub answered, by the command's key; the same again gets the same.
    answers: BTreeMap<Uuid, Option<Uuid>>,
    claimed: BTreeSet<Uuid>,
    handed: BTreeSet<Uuid>,
    pub seen: Seen,
}

impl Town {
    /// Half past seven in the morning; now and then on the day before the clocks change.
    pub fn open(seed: u64) -> Self {
        let day = if seed.is_multiple_of(5) { (10, 24) } else { (11, 24) };
        let local = chrono_tz::Europe::Athens.with_ymd_and_hms(2026, day.0, day.1, 8, 30, 0);
        let kiosk = |id| TownKiosk {
            id: KioskId(Uuid::from_u128(id)),
            stand_in: StandIn::default(),
            disk: Vec::new(),
            larder_on_disk: None,
            line: true,
        };
        let mut town = Self {
            office: Office::default(),
            now: local.single().unwrap().to_utc(),
            kiosks: [kiosk(1), kiosk(2)],
            drawn: 1_000,
            printed: BTreeMap::new(),
            local: Vec::new(),
            begun: BTreeMap::new(),
            noted: BTreeMap::new(),
            entered: BTreeSet::new(),
            answers: BTreeMap::new(),
            claimed: BTreeSet::new(),
            handed: BTreeSet::new(),
            seen: Seen::default(),
        };
        town.ask(&Command::Configure(Box::new(config()))).unwrap();
        town.ask(&Command::OpenDesk { desk: DeskId(1), clerk: ClerkId(1), until: None }).unwrap();
        for minutes in [30, 60, 90, 120] {
            town.book(minutes);
        }
        for kiosk in 0..2 {
            town.provide(kiosk);
            town.lease(kiosk, true);
        }
        town
    }

    fn draw(&mut self) -> Uuid {
        self.drawn += 1;
        Uuid::from_u128(self.drawn)
    }

    fn ask(&mut self, command: &Command) -> Result<(), Refusal> {
        let events = decide(&self.office, command, self.now)?;
        for event in &events {
            apply(&mut self.office, event);
            if let EventKind::Visit(VisitEvent::CheckedIn(visit) | VisitEvent::TicketTaken(visit)) = &event.kind {
                *self.begun.entry(visit.public.0).or_default() += 1;
            }
            if let EventKind::House(HouseEvent::ConflictNoted(note)) = &event.kind {
                self.seen.conflicts += 1;
                let before = self.noted.insert(note.public.0, note.conflict);
                assert_eq!(before, None, "noted twice: {note:?}");
            }
            self.seen.nights += u64::from(matches!(event.kind, EventKind::House(HouseEvent::DayClosed { .. })));
        }
        Ok(())
    }

    fn pass(&mut self, seconds: i64) {
        let until = self.now + Duration::seconds(seconds);
        for _ in 0..200 {
            let Some(due) = next_due(&self.office, self.now).filter(|due| *due <= until) else { break };
            self.now = self.now.max(due);
            self.ask(&Command::Tick).unwrap();
        }
        self.now = until;
    }

    fn book(&mut self, minutes: i64) {
        let id = self.draw();
        let grid = 300;
        let start = (self.now.timestamp() / grid + 1) * grid + minutes * 60;
        let wanted = TimeWish {
            service: SERVICE,
            channel: Channel::InPerson,
            start: Utc.timestamp_opt(start, 0).unwrap(),
            persons: 1,
            cases: 1,
            audience: Audience::Internal,
        };
        let reference = Reference(word(self.drawn));
        let party = Party {
            person: PersonId(id),
            address: None,
            language: Language::El,
            needs: Needs::default(),
            if_late: None,
        };
        // A time may be taken, or the day over.
        let _ = self.ask(&Command::Book { reference, wanted, party });
    }

    /// Something happens.
    pub fn step(&mut self, dice: &mut ChaCha8Rng) {
        let kiosk = dice.random_range(0..2);
        match dice.random_range(0..100) {
            0..=14 => self.pass(dice.random_range(5..400)),
            15..=15 => self.pass(dice.random_range(3_600..60_000)),
            16..=27 => self.kiosks[kiosk].line ^= true,
            28..=47 => self.somebody_with_a_code(kiosk, dice),
            48..=62 => self.somebody_without(kiosk, dice),
            63..=68 => self.fall(kiosk),
            69..=80 => self.hand_in(kiosk, dice.random_bool(0.75)),
            81..=84 => self.lease(kiosk, dice.random_bool(0.75)),
            85..=88 => self.provide(kiosk),
            _ => self.staff(dice),
        }
    }

    /// A kiosk falls over and starts again: what is on its disk is all that it has.
    fn fall(&mut self, kiosk: usize) {
        self.seen.falls += 1;
        let kiosk = &mut self.kiosks[kiosk];
        kiosk.stand_in = StandIn::from_records(kiosk.disk.iter().cloned());
        kiosk.disk = kiosk.stand_in.records(DateTime::UNIX_EPOCH);
        kiosk.stand_in.fill(kiosk.larder_on_disk.clone());
    }

    fn record(&mut self, kiosk: usize, record: StandInRecord) {
        self.kiosks[kiosk].disk.push(record.clone());
        self.kiosks[kiosk].stand_in.apply(record);
    }

    fn is_hub_asked(&self, kiosk: usize) -> bool {
        self.kiosks[kiosk].line && self.kiosks[kiosk].stand_in.next_hand_in().is_none()
    }

    fn somebody_with_a_code(&mut self, kiosk: usize, dice: &mut ChaCha8Rng) {
        let bookings: Vec<(BookingId, String)> =
            self.office.bookings.values().map(|one| (one.id, one.reference.0.clone())).collect();
        let unknown = dice.random_range(0..8) == 0 || bookings.is_empty();
        let (booking, reference) = if unknown {
            (None, word(dice.random_range(1..40)))
        } else {
            let (id, reference) = bookings[dice.random_range(0..bookings.len())].clone();
            (Some(id), reference)
        };
        let mut asked_before = None;
        if self.is_hub_asked(kiosk) {
            let key = self.draw();
            let heard = dice.random_bool(0.7);
            let acted = heard || dice.random_bool(0.6);
            let visit = if acted { self.hub_checks_in(key, booking) } else { None };
            if heard {
                return self.heard(visit);
            }
            asked_before = Some(key);
        }
        let visit = self.draw();
        let date = local_date(chrono_tz::Europe::Athens, self.now);
        let mac = handshake::code_mark(&DAY_KEY, &reference);
        let code = BookingCode::Scanned { office: 1, date, reference, mac }.to_string();
        let late = dice.random_bool(0.5).then_some(wire::LateChoice::EndOfDay);
        let request = CheckInRequest { code, language: None, late };
        let decided = self.kiosks[kiosk].stand_in.check_in(&request, (visit, asked_before), Language::El, self.now);
        if let Ok(decided) = decided {
            self.printed_locally(kiosk, decided.record);
        }
    }

    fn somebody_without(&mut self, kiosk: usize, dice: &mut ChaCha8Rng) {
        let mut asked_before = None;
        if self.is_hub_asked(kiosk) {
            let key = self.draw();
            let heard = dice.random_bool(0.7);
            let acted = heard || dice.random_bool(0.6);
            let visit = if acted { self.hub_gives(key) } else { None };
            if heard {
                return self.heard(visit);
            }
            asked_before = Some(key);
        }
        let visit = self.draw();
        let request = TicketRequest::new("certificates");
        if let Ok(decided) = self.kiosks[kiosk].stand_in.take_ticket(&request, (visit, asked_before), self.now) {
            self.printed_locally(kiosk, decided.record);
        }
    }

    /// The record is on the disk before anything is printed.
    fn printed_locally(&mut self, kiosk: usize, record: Option<StandInRecord>) {
        let Some(record) = record else { return };
        let StandInRecord::Came { range, arrival } = record.clone() else { panic!("{record:?}") };
        self.record(kiosk, record);
        self.print(range.date.date(), &arrival.number, arrival.visit);
        self.local.push(LocalPaper { arrival, date: range.date.date() });
    }

    fn print(&mut self, date: NaiveDate, number: &str, visit: Uuid) {
        let before = self.printed.insert((date, number.to_owned()), visit);
        assert!(before.is_none_or(|before| before == visit), "PROM-01: {number} of {date} is on two papers");
    }

    fn heard(&mut self, visit: Option<Uuid>) {
        // Who was served on paper has the paper with that number, and is told the same number again.
        let Some(public) = visit.filter(|public| !self.entered.contains(public)) else { return };
        let id = self.office.visits_by_public[&PublicId(public)];
        let (number, date) = (self.office.visits[&id].number.to_string(), self.office.day.as_ref().unwrap().date);
        self.print(date, &number, public);
    }

    fn hub_checks_in(&mut self, key: Uuid, booking: Option<BookingId>) -> Option<Uuid> {
        assert!(!self.claimed.contains(&key));
        let public = self.draw();
        let command = Command::CheckIn {
            booking: booking?,
            public: PublicId(public),
            language: None,
            late: Some(office::LateChoice::EndOfDay),
            priority: false,
        };
        let visit = match self.ask(&command) {
            Ok(()) => self.office.visits_by_public.contains_key(&PublicId(public)).then_some((public, false)),
            Err(Refusal::AlreadyHere { visit }) => self.office.visits.get(&visit).map(|visit| (visit.public.0, true)),
            Err(_) => None,
        };
        // A number that they had before is theirs, and is not taken back.
        self.answers.insert(key, visit.filter(|(_, again)| !again).map(|(visit, _)| visit));
        visit.map(|(visit, _)| visit)
    }

    fn hub_gives(&mut self, key: Uuid) -> Option<Uuid> {
        let public = self.draw();
        let command = Command::TakeTicket {
            service: SERVICE,
            public: PublicId(public),
            persons: 1,
            cases: 1,
            priority: false,
            needs: Needs::default(),
            language: Language::El,
            could_not_book: false,
        };
        let visit = self.ask(&command).ok().map(|()| public);
        self.answers.insert(key, visit);
        visit
    }

    /// The earliest that is owed goes to the hub, as the hub's own act takes it; its answer may be lost.
    fn hand_in(&mut self, kiosk: usize, heard: bool) {
        let Some(arrival) = self.kiosks[kiosk].stand_in.next_hand_in().cloned() else { return };
        if !self.kiosks[kiosk].line {
            return;
        }
        let unheard = arrival.asked_before.and_then(|key| {
            self.claimed.insert(key);
            self.answers.get(&key).copied().flatten()
        });
        let unheard = unheard.and_then(|visit| self.office.visits_by_public.get(&PublicId(visit)).copied());
        self.seen.unheard += u64::from(unheard.is_some());
        let came = match &arrival.came {
            HandInKind::Booked { reference, told } => {
                let booking = self.office.bookings_by_reference.get(&Reference(reference.clone())).copied();
                let told = match told {
                    KioskWord::InTime => AwayTold::InTime,
                    KioskWord::Late => AwayTold::Late,
                    KioskWord::Nothing => AwayTold::Nothing,
                };
                AwayCame::Booked { booking, told }
            }
            HandInKind::WalkIn { persons, cases, priority, needs, .. } => {
                let (persons, cases, priority, needs) = (*persons, *cases, *priority, *needs);
                AwayCame::WalkIn { service: Some(SERVICE), persons, cases, priority, needs }
            }
        };
        let number: TicketNumber = arrival.number.parse().unwrap();
        let handed = AwayArrival {
            public: PublicId(arrival.visit),
            number,
            arrived_at: arrival.arrived_at,
            language: Language::El,
            unheard,
            came,
        };
        // The hub keeps its answer under the ticket's id, and gives it again.
        if !self.handed.contains(&arrival.visit) {
            let command = Command::HandIn { kiosk: self.kiosks[kiosk].id, arrival: handed };
            self.ask(&command).unwrap_or_else(|refusal| panic!("{arrival:?}: {refusal}"));
            let again = decide(&self.office, &command, self.now);
            assert_eq!(again, Err(Refusal::IdTaken), "taken twice: {arrival:?}");
            self.handed.insert(arrival.visit);
            self.seen.handed_in += 1;
        }
        if heard {
            self.record(kiosk, StandInRecord::HandedIn(arrival.visit));
        }
    }

    fn lease(&mut self, kiosk: usize, heard: bool) {
        if !self.is_hub_asked(kiosk) {
            return;
        }
        let request = self.kiosks[kiosk].stand_in.lease_request();
        let id = self.kiosks[kiosk].id;
        for range in &request.gives_back {
            match self.ask(&Command::ReturnNumbers { kiosk: id, block: block(*range) }) {
                Ok(()) | Err(Refusal::NotLeased) => {}
                Err(refusal) => panic!("{refusal}"),
            }
        }
        let before = self.office.leases.len();
        let holds = request.holds.iter().copied().map(block).collect();
        self.ask(&Command::LeaseNumbers { kiosk: id, holds }).unwrap();
        let granted: Vec<NumberBlock> = self.office.leases.iter().skip(before).map(|lease| lease.block).collect();
        if !heard {
            return;
        }
        for range in request.gives_back {
            self.record(kiosk, StandInRecord::Returned(range));
        }
        for block in granted {
            let range = NumberRange { date: civil(block.date), first: block.first, last: block.last };
            self.record(kiosk, StandInRecord::Leased(range));
        }
        for range in self.kiosks[kiosk].stand_in.outdated() {
            self.record(kiosk, StandInRecord::Dropped(range));
        }
    }

    fn provide(&mut self, kiosk: usize) {
        if !self.kiosks[kiosk].line {
            return;
        }
        let larder = Larder { provisions: self.provisions(), menu: menu(), heard_at: self.now };
        self.kiosks[kiosk].larder_on_disk = Some(larder.clone());
        self.kiosks[kiosk].stand_in.fill(Some(larder));
    }

    /// As the hub's own view has it.
    fn provisions(&self) -> Provisions {
        let config = self.office.config.as_ref().unwrap();
        let today = local_date(config.zone, self.now);
        let todays = self.office.bookings.values().filter(|one| local_date(config.zone, one.promise.start) == today);
        let bookings = todays.filter_map(|one| {
            let state = match &one.life {
                BookingLife::Confirmed { .. } => {
                    let expected = expectation(&self.office, one, self.now)?;
                    ProvidedState::Expected {
                        opens_at: expected.opens_at,
                        early_until: expected.early_until,
                        in_time_until: expected.in_time_until,
                        afterwards: match expected.lateness {
                            LatenessRule::Tolerated => Afterwards::KeepsPlace,
                            LatenessRule::Asked => Afterwards::IsAsked,
                            LatenessRule::ServedLate => Afterwards::IsServedLate,
                        },
                    }
                }
                BookingLife::Arrived { visit, .. } => {
                    let visit = self.office.visits.get(visit)?;
                    ProvidedState::Here { visit: visit.public.0, number: visit.number.to_string() }
                }
                BookingLife::Cancelled { .. } | BookingLife::Void { .. } | BookingLife::Missed { .. } => {
                    ProvidedState::Over { because: ProblemCode::BookingCancelled }
                }
                BookingLife::Held { .. } | BookingLife::Fixed { .. } | BookingLife::Expired { .. } => return None,
            };
            let (reference, service) = (one.reference.0.clone(), "certificates".to_owned());
            Some(ProvidedBooking { reference, service, start: one.promise.start, state })
        });
        let days = (0..8).filter_map(|ahead| today.checked_add_days(Days::new(ahead))).map(|date| {
            let hours = office::calendar::day(config, date);
            let at = last_ticket(config, &config.services[&SERVICE], date).unwrap_or(self.now);
            ProvidedDay {
                date: civil(date),
                tickets: hours.tickets.iter().map(|(from, to)| TicketHours { from: *from, to: *to }).collect(),
                serves_until: hours.serving.last().map(|(_, end)| *end),
                last_tickets: vec![LastTicket { service: "certificates".to_owned(), at }],
                keys: vec![Octets(DAY_KEY)],
            }
        });
        Provisions {
            office: 1,
            day: civil(today),
            bookings: bookings.collect(),
            days: days.collect(),
            visit_page: "https://kep.example/v/".to_owned(),
            wait_where: Words::default(),
            rehearsal: false,
        }
    }

    /// Staff call, serve, cancel, enter paper, find bookings and look at notes.
    fn staff(&mut self, dice: &mut ChaCha8Rng) {
        let desk = DeskId(1);
        let held = self.office.desks.get(&desk).and_then(|open| open.holds);
        let waiting = self.office.open_visits.iter().next_back().copied();
        let booking = BookingId(dice.random_range(1..=self.office.next_booking.max(1)));
        let public = PublicId(self.draw());
        let command = match dice.random_range(0..9) {
            0 | 1 => Command::CallNext { desk, holds: held, finish: None, note_read: None },
            2 => match held {
                Some(visit) => Command::Appeared { desk, visit },
                None => Command::OpenDesk { desk, clerk: ClerkId(1), until: None },
            },
            3 => match held {
                Some(visit) => Command::Finish { desk, visit, outcome: Outcome::Done, delivered: Vec::new() },
                None => Command::Tick,
            },
            4 => Command::Cancel { booking, by: CancelledBy::Citizen },
            5 | 6 => {
                let paper = (!self.local.is_empty()).then(|| &self.local[dice.random_range(0..self.local.len())]);
                let Some(paper) = paper else { return };
                let number = paper.arrival.number.parse().ok();
                self.entered.insert(public.0);
                let (arrived_at, served_to) = (paper.arrival.arrived_at, self.now);
                let (served_from, service, outcome) = (arrived_at, SERVICE, Outcome::Done);
                Command::EnterOutageVisit { desk, service, number, public, arrived_at, served_from, served_to, outcome }
            }
            7 => match waiting {
                Some(visit) => Command::FindBooking { visit, booking },
                None => Command::RollCall { gone: Vec::new() },
            },
            _ => match self.office.hand_in_notes.first() {
                Some(note) => Command::SettleConflict { public: note.public },
                None => return self.book(dice.random_range(5..60)),
            },
        };
        // The rules may say no.
        let _ = self.ask(&command);
    }

    /// What holds at every moment.
    pub fn check(&self) {
        self.office.check_invariants().unwrap_or_else(|fault| panic!("{fault}"));
        let mut held: BTreeSet<(NaiveDate, u16)> = BTreeSet::new();
        for lease in &self.office.leases {
            assert!(held.insert((lease.block.date, lease.block.first)), "two kiosks hold {:?}", lease.block);
        }
        let mut booked: BTreeSet<BookingId> = BTreeSet::new();
        for visit in self.office.visits.values() {
            let is_gone = matches!(visit.state, VisitState::Left { .. } | VisitState::NoShow { .. });
            if let Some(booking) = visit.origin.booking().filter(|_| !is_gone) {
                assert!(booked.insert(booking), "booking {booking} is checked in twice");
            }
        }
    }

    /// The lines are mended, and every kiosk hands in what it owes.
    pub fn hand_everything_in(&mut self) {
        for kiosk in 0..2 {
            self.kiosks[kiosk].line = true;
            while self.kiosks[kiosk].stand_in.next_hand_in().is_some() {
                self.hand_in(kiosk, true);
                self.check();
            }
        }
    }

    /// Everybody who was let in is there once, under the number on the paper, since they came.
    pub fn check_at_the_end(&self) {
        for LocalPaper { arrival, date } in &self.local {
            let begun = self.begun.get(&arrival.visit).copied().unwrap_or_default();
            let noted = self.noted.get(&arrival.visit);
            let without = matches!(
                noted,
                Some(HandInConflict::HereAlready { .. } | HandInConflict::ServedOnPaper | HandInConflict::DayOver)
            );
            assert_eq!(begun + u32::from(without), 1, "{arrival:?}: begun {begun}, noted {noted:?}");
            let visit = self.office.visits_by_public.get(&PublicId(arrival.visit));
            if let Some(visit) = visit.and_then(|id| self.office.visits.get(id)) {
                assert_eq!(visit.arrived_at, arrival.arrived_at, "{arrival:?}");
                let is_renumbered = noted == Some(&HandInConflict::Renumbered);
                assert!(visit.number.to_string() == arrival.number || is_renumbered, "{arrival:?} of {date}");
                assert!(!is_renumbered, "no kiosk gives what is not its own: {arrival:?}");
            }
        }
    }
}

fn config() -> office::OfficeConfig {
    let mut config = setup::small_office();
    config.groups.push(Group { key: "certificates".into(), letter: 'A', name: Words::default() });
    config.services.insert(SERVICE, setup::plain_service("certificates", "certificates", 10));
    let span = config.hours.serving[0].clone();
    let shift =
        Shift { days: span.days, from: span.from, to: span.to, first: None, last: None, public: true, clerk: None };
    config.desks.insert(
        DeskId(1),
        Desk { services: vec![SERVICE].into_iter().collect(), direction: None, shifts: vec![shift] },
    );
    config
}

fn menu() -> KioskView {
    let at = DateTime::UNIX_EPOCH;
    KioskView {
        office: Words::default(),
        zone: "Europe/Athens".to_owned(),
        state: OfficeState::Open { tickets_until: at, serves_until: at },
        services: vec![KioskService {
            key: "certificates".to_owned(),
            letter: 'A',
            group: Words::default(),
            name: Words::default(),
            planned_minutes: 10,
            documents: Vec::new(),
            expected_wait: None,
            availability: Availability::Now { first_gap_at: None },
            pictogram: wire::Pictogram::default(),
            information: false,
        }],
        booked_delay_max_minutes: 5,
        late_in_gaps: false,
        notices: Vec::new(),
        booking_page: String::new(),
        promise: Words::default(),
        priority_grounds: Words::default(),
        hours: Vec::new(),
        help_where: Words::default(),
        help: Vec::new(),
    }
}

fn civil(date: NaiveDate) -> CivilDate {
    CivilDate::new(date).unwrap()
}

fn block(range: NumberRange) -> NumberBlock {
    NumberBlock { date: range.date.date(), first: range.first, last: range.last }
}

/// Eight letters of the code's alphabet for a number.
fn word(mut number: u128) -> String {
    let letters = wire::CODE_ALPHABET;
    (0..8)
        .map(|_| {
            let letter = letters[(number % letters.len() as u128) as usize];
            number /= letters.len() as u128;
            char::from(letter)
        })
        .collect()
}
