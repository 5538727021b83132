//! Random commands in a random order: nothing panics, everything stays in order, and the journal tells it all.

use chrono::{DateTime, Duration, TimeZone, Utc};
use office::{
    AddressId, Audience, AwayArrival, AwayCame, AwayTold, BookingId, BookingLife, BreakReason, CancelledBy, Channel,
    ClerkId, Command, CorrectedBy, Desk, DeskId, DeskProof, DocumentState, Group, Hours, KioskId, Language, LateChoice,
    MovedBy, Needs, NoteId, NumberBlock, Office, OfficeConfig, Outcome, OverrideReason, Party, PersonId, Promise,
    PublicId, ReasonId, Reference, ResumeWhen, Rule, RulesPhase, ServiceId, Shift, SuspensionScope, TicketNumber,
    TimeWish, TransferTarget, VisitId, VoidReason, Words, apply, decide, next_due,
    slots::{Findings, NoMemory},
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::script::{plain_service, small_office};

/// What somebody does, as dice: which command, three choices, and how many seconds later.
type Throw = (u8, u8, u8, u8, u16);

fn throws() -> impl Strategy<Value = Vec<Throw>> {
    // Mostly seconds and minutes, now and then hours: a day has to end too.
    let pause = prop_oneof![8 => 0u16..300, 2 => 300u16..3_600, 1 => 3_600u16..50_000];
    prop::collection::vec((0u8..54, any::<u8>(), any::<u8>(), any::<u8>(), pause), 1..120)
}

/// Two services, three desks; one desk serves both.
fn config(strict: bool) -> OfficeConfig {
    let mut config = small_office();
    for (id, (key, letter)) in [("certificates", 'A'), ("passports", 'B')].into_iter().enumerate() {
        config.groups.push(Group { key: key.into(), letter, name: Words::default() });
        let mut service = plain_service(key, key, 10 + 20 * u16::try_from(id).unwrap());
        service.channels.insert(Channel::Telephone);
        service.minutes_per_further_person = 5;
        config.services.insert(ServiceId(u16::try_from(id).unwrap() + 1), service);
    }
    let span = config.hours.serving[0].clone();
    config.hours = Hours { serving: vec![span.clone()], ..Hours::default() };
    for (desk, services) in [(1, vec![1]), (2, vec![1, 2]), (3, vec![2])] {
        let shift = Shift {
            days: span.days.clone(),
            from: span.from,
            to: span.to,
            first: None,
            last: None,
            public: true,
            clerk: None,
        };
        let services = services.into_iter().map(ServiceId).collect();
        config.desks.insert(DeskId(desk), Desk { services, direction: None, shifts: vec![shift] });
    }
    if strict {
        for rule in [Rule::Late, Rule::NoShow, Rule::Void, Rule::Documents, Rule::WalkIn] {
            config.rules.phases.push(RulesPhase { rule, strict_from: chrono::NaiveDate::MIN });
        }
    }
    config.rules.recalls_before_no_show = 1;
    config
}

/// A command from dice. Most name something that is there; some name nothing.
fn command(office: &Office, config: &OfficeConfig, now: DateTime<Utc>, step: usize, throw: Throw) -> Command {
    let (which, a, b, c, _) = throw;
    let visit = VisitId(pick(office.visits.keys().map(|id| id.0), a));
    let booking = BookingId(pick(office.bookings.keys().map(|id| id.0), a));
    let desk = DeskId(u16::from(b % 4));
    let held = office.desks.get(&desk).and_then(|open| open.holds);
    let holds = if c % 8 == 0 { Some(visit) } else { held };
    let in_hand = held.filter(|_| c % 8 > 0).unwrap_or(visit);
    let service = ServiceId(u16::from(b % 3));
    let id = Uuid::from_u128(step as u128 + 1);
    let (public, reference) = (PublicId(id), Reference(format!("R{step}")));
    let start = round(now) + Duration::minutes(5 * i64::from(a)) + Duration::days(i64::from(c % 3 == 0));
    let audience = if c % 2 == 0 { Audience::Public } else { Audience::Internal };
    let channel = if c % 5 == 0 { Channel::Telephone } else { Channel::InPerson };
    let wanted = TimeWish { service, channel, start, persons: b % 3, cases: 1, audience };
    let late = [None, Some(LateChoice::EndOfDay), Some(LateChoice::BookAnew)][usize::from(c % 3)];
    let address = Some(AddressId(Uuid::from_u128(u128::from(a % 3))));
    let party = Party { person: PersonId(id), address, language: Language::El, needs: Needs::default(), if_late: late };
    let scope =
        [SuspensionScope::Tickets, SuspensionScope::Service(service), SuspensionScope::Desk(desk)][usize::from(a % 3)];
    let soon = now + Duration::minutes(i64::from(a) - 10);
    let because = (c % 3 > 0).then_some(OverrideReason::Urgent);
    let kiosk = KioskId(Uuid::from_u128(u128::from(a % 2)));
    match which {
        0 => Command::Suspend { scope, until: (c % 2 == 0).then_some(soon), because: Words::default() },
        1 => Command::Resume { scope },
        2 => Command::NoteOutage { from: now - Duration::minutes(i64::from(a)) },
        3 => Command::Hold { reference, wanted, owner: address },
        4 if b % 3 == 0 => Command::Entrust { booking, to: AddressId(Uuid::from_u128(5)) },
        4 => Command::ExtendHold { booking },
        5 => Command::ReleaseHold { booking },
        6 => Command::Confirm { booking, party },
        7 | 8 => Command::Book { reference, wanted, party },
        9 => Command::Move { booking, start, audience, by: MovedBy::Office },
        10 if b % 3 == 0 => Command::ChooseAnew { booking, start },
        10 if b % 3 == 1 => Command::Cancel { booking, by: CancelledBy::Office },
        10 => Command::Cancel { booking, by: CancelledBy::Citizen },
        11 => Command::Void { booking, because: VoidReason::DetailsMissing },
        46 => {
            let until = now + Duration::minutes(i64::from(c));
            Command::AskCorrection { booking, because: VoidReason::Listed(ReasonId(1)), note: None, until }
        }
        47 if b % 3 == 0 => Command::ChangeDetails { booking },
        47 => Command::Correct { booking, by: CorrectedBy::Citizen },
        48 => {
            let papers = [DocumentState::Complete, DocumentState::Missing, DocumentState::Waived][usize::from(c % 3)];
            let shown = DeskProof { identity: a % 2 == 0, representation: false, papers };
            Command::RecordShown { desk, visit: in_hand, shown, note: (a % 2 == 0).then_some(NoteId(id)) }
        }
        49 => {
            let own = office.leases.iter().filter(|lease| lease.kiosk == kiosk && c % 4 > 0);
            Command::LeaseNumbers { kiosk, holds: own.map(|lease| lease.block).collect() }
        }
        50 => {
            let held = office.leases.iter().find(|lease| lease.kiosk == kiosk).map(|lease| lease.block);
            let block = held.unwrap_or(NumberBlock { date: now.date_naive(), first: 500, last: 749 });
            Command::ReturnNumbers { kiosk, block }
        }
        51 | 52 => {
            let number = TicketNumber { letter: ['A', 'B', 'P'][usize::from(b % 3)], count: 500 + u16::from(b) * 2 };
            let told = [AwayTold::InTime, AwayTold::Late, AwayTold::Nothing][usize::from(c % 3)];
            let came = if b % 3 == 2 {
                AwayCame::Booked { booking: (c % 5 > 0).then_some(booking), told }
            } else {
                let needs = office::Needs::default();
                AwayCame::WalkIn { service: Some(service), persons: a % 3, cases: 1, priority: a % 4 == 0, needs }
            };
            let (arrived_at, language) = (now - Duration::minutes(i64::from(a)), Language::El);
            let unheard = (c % 7 == 0).then_some(visit);
            let arrival = AwayArrival { public, number, arrived_at, language, unheard, came };
            Command::HandIn { kiosk, arrival }
        }
        53 if c % 2 == 0 => Command::FindBooking { visit, booking },
        53 => Command::SettleConflict {
            public: office.hand_in_notes.first().map_or(PublicId(Uuid::nil()), |note| note.public),
        },
        12..=14 => Command::CheckIn { booking, public, language: None, late, priority: b % 4 == 0 },
        15..=18 => Command::TakeTicket {
            service,
            public,
            persons: 1 + b % 3,
            cases: 1,
            priority: a % 4 == 0,
            needs: Needs::default(),
            language: Language::En,
            could_not_book: a % 2 == 0,
            told: None,
        },
        19 => Command::ServeDirect { desk, holds, service, public },
        20 => Command::EnterOutageVisit {
            desk,
            service,
            number: None,
            public,
            arrived_at: now - Duration::minutes(i64::from(a)),
            served_from: now - Duration::minutes(i64::from(b)),
            served_to: now - Duration::minutes(i64::from(c) - 2),
            outcome: Outcome::NotPossible,
        },
        21 => Command::RollCall { gone: vec![visit] },
        22 => Command::Admit { visit },
        23 => Command::ChooseLate { visit, choice: late.unwrap_or(LateChoice::EndOfDay) },
        24 => Command::FixTime { visit, reference, start: round(now) + Duration::minutes(i64::from(b)) },
        25 if c % 3 == 0 => Command::Wish {
            visit,
            early: (a % 2 == 0).then_some(b % 2 == 0),
            priority: (b % 3 == 0).then_some(a % 2 == 0),
            needs: None,
        },
        27 if c % 5 == 0 => match a % 3 {
            0 => Command::RingForHelp { ring: public, place: "door".to_owned() },
            1 => Command::AcceptHelp { ring: public, clerk: ClerkId(u32::from(c % 4)) },
            _ => Command::EndHelp { ring: public },
        },
        25 => Command::Amend { visit, persons: b % 4, cases: 1, planned_minutes: (c % 2 == 0).then_some(a.into()) },
        26 => Command::SetNote { visit, note: (c % 2 == 0).then_some(NoteId(id)) },
        27 => Command::Leave { visit },
        28 => Command::UndoLeave { visit },
        29 => Command::ComeBack { visit },
        30 | 31 => Command::OpenDesk { desk, clerk: ClerkId(u32::from(c % 4)), until: (a % 4 == 0).then_some(soon) },
        32 => Command::StartBreak { desk, because: BreakReason::Rest, until: (c % 2 == 0).then_some(soon) },
        33 => Command::EndBreak { desk },
        34 if c % 2 == 0 => {
            Command::HandOverDesk { desk, from: ClerkId(u32::from(c % 4)), to: ClerkId(u32::from(b % 4)) }
        }
        34 => Command::CloseDesk { desk },
        35 => Command::SetReady { desk, ready: c % 3 > 0 },
        36..=38 => {
            Command::CallNext { desk, holds, finish: (c % 2 == 0).then_some(Outcome::Done), note_read: Some(visit) }
        }
        39 => Command::CallVisit { desk, holds, visit, because, note: None },
        40 => Command::Recall { desk, visit: in_hand },
        41 => match c % 3 {
            0 => Command::PutBack { desk, visit: in_hand },
            1 => Command::NoShow { desk, visit: in_hand },
            _ => Command::AttemptFailed { desk, visit: in_hand },
        },
        42 => Command::Appeared { desk, visit: in_hand },
        43 => match c % 3 {
            0 => Command::Interrupt { desk, visit: in_hand, resume: ResumeWhen::NextGap, same_desk: a % 2 == 0 },
            1 => Command::Park { desk, visit: in_hand },
            _ => Command::LackDocuments { desk, visit: in_hand },
        },
        44 => {
            let to = if a % 2 == 0 { TransferTarget::Service(service) } else { TransferTarget::Desk(DeskId(2)) };
            Command::Transfer { desk, visit: in_hand, to, first_in_line: because }
        }
        _ => match c % 6 {
            0 => {
                let mut changed = config.clone();
                changed.rules.grace_minutes = u16::from(a);
                changed.services.get_mut(&ServiceId(1)).unwrap().planned_minutes = 5 + u16::from(b % 30);
                Command::Configure(Box::new(changed))
            }
            _ => Command::Finish { desk, visit: in_hand, outcome: Outcome::Done, delivered: Vec::new() },
        },
    }
}

/// Commands of which a second press must do nothing, whatever the hub knows of the first (PROM-09).
fn pressed_twice_is_refused(command: &Command) -> bool {
    match command {
        Command::Configure(_)
        | Command::Resume { .. }
        | Command::Hold { .. }
        | Command::ReleaseHold { .. }
        | Command::Confirm { .. }
        | Command::Book { .. }
        | Command::Move { .. }
        | Command::ChooseAnew { .. }
        | Command::Cancel { .. }
        | Command::Correct { .. }
        | Command::CheckIn { .. }
        | Command::TakeTicket { .. }
        | Command::ServeDirect { .. }
        | Command::EnterOutageVisit { .. }
        | Command::ReturnNumbers { .. }
        | Command::HandIn { .. }
        | Command::FindBooking { .. }
        | Command::SettleConflict { .. }
        | Command::RollCall { .. }
        | Command::Admit { .. }
        | Command::FixTime { .. }
        | Command::Leave { .. }
        | Command::UndoLeave { .. }
        | Command::ComeBack { .. }
        | Command::OpenDesk { .. }
        | Command::StartBreak { .. }
        | Command::EndBreak { .. }
        | Command::HandOverDesk { .. }
        | Command::CloseDesk { .. }
        | Command::SetReady { .. }
        | Command::CallNext { .. }
        | Command::CallVisit { .. }
        | Command::Recall { .. }
        | Command::PutBack { .. }
        | Command::Appeared { .. }
        | Command::NoShow { .. }
        | Command::AttemptFailed { .. }
        | Command::Interrupt { .. }
        | Command::Park { .. }
        | Command::Transfer { .. }
        | Command::Finish { .. } => true,
        // Said again, these say the same again, or a tolerated warning once more.
        Command::Tick
        // Who says again that nothing is left of what was leased is given more.
        | Command::LeaseNumbers { .. }
        | Command::Suspend { .. }
        | Command::NoteOutage { .. }
        | Command::ExtendHold { .. }
        | Command::Entrust { .. }
        | Command::Void { .. }
        | Command::ChooseLate { .. }
        | Command::RingForHelp { .. }
        | Command::AcceptHelp { .. }
        | Command::EndHelp { .. }
        | Command::Wish { .. }
        | Command::Amend { .. }
        | Command::SetNote { .. }
        | Command::AskCorrection { .. }
        | Command::ChangeDetails { .. }
        | Command::RecordShown { .. }
        | Command::LackDocuments { .. } => false,
    }
}

fn pick(ids: impl Iterator<Item = u64>, throw: u8) -> u64 {
    let ids: Vec<u64> = ids.collect();
    ids.get(usize::from(throw) % (ids.len() + 1)).copied().unwrap_or(999)
}

/// The last full five minutes.
fn round(at: DateTime<Utc>) -> DateTime<Utc> {
    Utc.timestamp_opt(at.timestamp() / 300 * 300, 0).single().unwrap()
}

/// The office as it goes, and all that is checked at every step.
struct Run {
    office: Office,
    findings: Findings,
    journal: Vec<office::Event>,
}

impl Run {
    fn ask(&mut self, command: &Command, now: DateTime<Utc>) {
        let before = self.office.clone();
        let Ok(events) = decide(&self.office, command, now) else { return };
        assert_eq!(before, self.office, "deciding changes nothing");
        assert_eq!(decide(&self.office, command, now).as_ref(), Ok(&events), "the same again gives the same");
        for event in events {
            assert!(self.office.last_at.is_none_or(|last| last <= event.at), "PROM-10: {event:?}");
            self.findings.apply(&mut self.office, &event);
            self.journal.push(event);
        }
        if pressed_twice_is_refused(command) {
            let again = decide(&self.office, command, now);
            assert!(again.as_ref().map_or(true, Vec::is_empty), "PROM-09: {command:?} gives {again:?}");
        }
        self.office.check_invariants().unwrap_or_else(|fault| panic!("after {command:?}: {fault}"));
        what_was_found_still_holds(&self.office, &mut self.findings, now);
    }

    /// Time passes: what falls due is done, in a bounded number of steps, and then nothing is due any more.
    fn pass(&mut self, from: DateTime<Utc>, until: DateTime<Utc>) {
        let mut cursor = from;
        for _ in 0..5_000 {
            match next_due(&self.office, cursor).filter(|due| *due <= until) {
                Some(due) => {
                    cursor = cursor.max(due);
                    self.ask(&Command::Tick, cursor);
                }
                None => {
                    let now = self.office.last_at.map_or(cursor, |last| last.max(cursor));
                    let due = next_due(&self.office, now);
                    if due.is_none_or(|due| due > now) {
                        assert_eq!(decide(&self.office, &Command::Tick, now), Ok(Vec::new()), "not due, and yet done");
                    }
                    return;
                }
            }
        }
        panic!("time does not get past {cursor}");
    }
}

fn run(strict: bool, throws: &[Throw]) {
    let mut now = chrono_tz::Europe::Athens.with_ymd_and_hms(2026, 10, 24, 7, 30, 0).single().unwrap().to_utc();
    let config = config(strict);
    let mut run = Run { office: Office::default(), findings: Findings::default(), journal: Vec::new() };
    run.ask(&Command::Configure(Box::new(config.clone())), now);
    for (desk, clerk) in [(1, 1), (2, 2), (3, 3)] {
        run.ask(&Command::OpenDesk { desk: DeskId(desk), clerk: ClerkId(clerk), until: None }, now);
    }
    for (step, throw) in throws.iter().enumerate() {
        let later = now + Duration::seconds(i64::from(throw.4));
        run.pass(now, later);
        now = later;
        let command = command(&run.office, &config, now, step, *throw);
        run.ask(&command, now);
        if throw.3 == 255 {
            // A clock that is set back by a quarter of an hour.
            now -= Duration::minutes(15);
        }
    }
    every_promise_can_be_kept(&run.office, now);
    // PROM-05: the journal tells all of it.
    let mut again = Office::default();
    for event in &run.journal {
        let written = serde_json::to_string(event).unwrap();
        apply(&mut again, &serde_json::from_str(&written).unwrap());
    }
    assert_eq!(again, run.office);
    let written = serde_json::to_string(&run.office).unwrap();
    assert_eq!(serde_json::from_str::<Office>(&written).unwrap(), run.office);
}

/// The free times of today and the days after, asked after every step, are those that are found without a memory.
fn what_was_found_still_holds(office: &Office, findings: &mut Findings, now: DateTime<Utc>) {
    let now = office.last_at.map_or(now, |last| last.max(now));
    for (service, audience) in [(1, Audience::Public), (2, Audience::Public), (2, Audience::Internal)] {
        let query = office::slots::Query {
            service: ServiceId(service),
            channel: Channel::InPerson,
            persons: 1,
            cases: 1,
            audience,
            from: now.with_timezone(&chrono_tz::Europe::Athens).date_naive(),
            days: 4,
        };
        let free = office::slots::free(office, &query, now, findings);
        assert_eq!(
            free,
            office::slots::free(office, &query, now, &mut NoMemory),
            "what was found of {query:?} is wrong"
        );
    }
}

/// PROM-02: with all others as they are, each promised time could be promised again. A suspension or a change of the
/// configuration may make a promise hard to keep, and is told so; days with those are left out.
fn every_promise_can_be_kept(office: &Office, now: DateTime<Utc>) {
    let now = office.last_at.map_or(now, |last| last.max(now));
    let unchanged = office.config.as_ref().is_some_and(|config| config.rules.grace_minutes == 10);
    if !unchanged || !office.suspensions.is_empty() {
        return;
    }
    for booking in office.bookings.values() {
        let held = matches!(booking.life, BookingLife::Confirmed { .. } | BookingLife::Held { .. });
        let lapsed = matches!(booking.life, BookingLife::Held { expires_at, .. } if expires_at <= now);
        if held && !lapsed && booking.promise.start > now {
            let Promise { service, channel, start, persons, cases, .. } = booking.promise;
            let wanted = TimeWish { service, channel, start, persons, cases, audience: Audience::Internal };
            let again = office::slots::check(office, &wanted, Some(booking.id), now);
            assert!(again.is_ok(), "PROM-02: {booking:?}: {again:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn prom_01_prom_04_prom_05_prom_10_random_days_stay_in_order(strict in any::<bool>(), throws in throws()) {
        run(strict, &throws);
    }
}
