//! An office in the middle of its day, how everybody looks at it, and how time passes.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use office::{
    Audience, BookingId, Channel, ClerkId, Closure, Command, DeskId, Event, HoursChange, Language, LateChoice, Needs,
    Office, OfficeConfig, Outcome, Party, PersonId, PublicId, Reference, Rule, RulesPhase, ServiceId, TimeWish,
    VisitId, WeeklySpan, Words, apply, calendar, decide, next_due, outlook,
    slots::{self, NoMemory},
};
use uuid::Uuid;
use views::Outlook;

/// A Tuesday, at nine by the office's clock.
pub fn now() -> DateTime<Utc> {
    "2026-11-24T07:00:00Z".parse().unwrap()
}

/// The sample, also by telephone, with every rule enforced.
pub fn config() -> OfficeConfig {
    let file = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../samples/kep.toml"));
    let mut config = office_file::read_all(&[file]).unwrap().remove(0).config;
    for service in config.services.values_mut() {
        service.channels.insert(Channel::Telephone);
    }
    for rule in [Rule::Late, Rule::NoShow, Rule::Void, Rule::Documents, Rule::WalkIn] {
        let strict_from = NaiveDate::MIN;
        config.rules.phases.retain(|phase| phase.rule != rule);
        config.rules.phases.push(RulesPhase { rule, strict_from });
    }
    config
}

/// The same with every number as large as it may be.
pub fn wild(mut config: OfficeConfig) -> OfficeConfig {
    let rules = &mut config.rules;
    (rules.grace_minutes, rules.wait_max_minutes, rules.hold_minutes) = (1_440, 1_440, 1_440);
    (rules.check_in_early_minutes, rules.early_call_minutes) = (u16::MAX, u16::MAX);
    (rules.booked_delay_max_minutes, rules.priority_head_start_minutes) = (u16::MAX, u16::MAX);
    (rules.preference_window_minutes, rules.overtime_minutes) = (u16::MAX, u16::MAX);
    (rules.recall_interval_seconds, rules.no_show_return_minutes) = (u16::MAX, u16::MAX);
    (rules.leave_undo_minutes, rules.interrupt_least_left_minutes) = (u16::MAX, u16::MAX);
    (rules.unreachable_notice_minutes, rules.cool_down_minutes) = (u16::MAX, u32::MAX);
    (rules.priority_in_a_row_max, rules.overtaken_max, rules.recalls_before_no_show) = (u8::MAX, u8::MAX, u8::MAX);
    (rules.remote_attempts_max, rules.hold_extensions_max) = (u8::MAX, u8::MAX);
    (rules.holds_per_address_max, rules.bookings_per_address_max, rules.waiting_max) = (u8::MAX, u8::MAX, u16::MAX);
    rules.online.reminder_days_before = vec![0, 1, u8::MAX];
    rules.online.personal_data_days = 3_650;
    (rules.online.correction_days, rules.online.first_choice_hours) = (365, 720);
    for service in config.services.values_mut() {
        (service.lead_minutes, service.change_until_minutes) = (u32::MAX, u32::MAX);
        (service.minutes_per_further_person, service.minutes_per_further_case) = (480, 480);
        service.horizon_days = 400;
    }
    config
}

/// The same, closed from tomorrow until then by what staff decided, with other hours for as long.
pub fn closed_until(mut config: OfficeConfig, until: DateTime<Utc>) -> OfficeConfig {
    let from = now().naive_utc() + TimeDelta::days(1);
    let to = until.naive_utc().max(NaiveDateTime::MIN);
    config.calendar.closures.push(Closure { from, to, desk: None, because: Words::default(), by_staff: true });
    config.calendar.closures.push(Closure {
        from,
        to,
        desk: Some(DeskId(1)),
        because: Words::default(),
        by_staff: true,
    });
    let spans = vec![WeeklySpan { days: config.hours.serving[0].days.clone(), from: NaiveTime::MIN, to: last_time() }];
    let (first, last) = (from.date(), Some(to.date().max(from.date())));
    config.calendar.hours_changes.push(HoursChange { first, last, desk: None, spans, because: Words::default() });
    config
}

fn last_time() -> NaiveTime {
    NaiveTime::from_hms_opt(23, 59, 59).unwrap()
}

/// Somebody to whom a time is promised.
pub fn party(number: u128) -> Party {
    let person = PersonId(Uuid::from_u128(number));
    let (language, needs, if_late) = (Language::El, Needs::default(), Some(LateChoice::BookAnew));
    Party { person, address: None, language, needs, if_late }
}

/// These events happen.
pub fn apply_all(office: &mut Office, events: &[Event]) {
    events.iter().for_each(|event| apply(office, event));
}

/// An office in the middle of its day: somebody waits, is called, is served, is put aside, has left; times are kept and
/// promised, by telephone too; one was given up.
pub fn busy(config: OfficeConfig) -> Office {
    let mut office = Office::default();
    let mut ask = |command: Command| {
        if let Ok(events) = decide(&office, &command, now()) {
            apply_all(&mut office, &events);
        }
    };
    ask(Command::Configure(Box::new(config)));
    ask(Command::OpenDesk { desk: DeskId(1), clerk: ClerkId(10), until: None });
    ask(Command::OpenDesk { desk: DeskId(2), clerk: ClerkId(20), until: None });
    let wanted = |minutes: i64, channel| TimeWish {
        service: ServiceId(1),
        channel,
        start: now() + TimeDelta::minutes(minutes),
        persons: 1,
        cases: 1,
        audience: Audience::Internal,
    };
    for (number, minutes, channel) in [
        (1_u64, 60, Channel::InPerson),
        (2, 120, Channel::Telephone),
        (3, 1_440, Channel::InPerson),
        (4, 30, Channel::InPerson),
        (5, 2_880, Channel::InPerson),
    ] {
        let reference = Reference(format!("B{number}"));
        ask(Command::Book { reference, wanted: wanted(minutes, channel), party: party(number.into()) });
    }
    ask(Command::Hold { reference: Reference("H1".into()), wanted: wanted(180, Channel::InPerson), owner: None });
    ask(Command::Cancel { booking: BookingId(5), by: office::CancelledBy::Office });
    let public = |number: u128| PublicId(Uuid::from_u128(1_000 + number));
    for number in 0..8 {
        ask(Command::TakeTicket {
            service: ServiceId(if number % 2 == 0 { 1 } else { 3 }),
            public: public(number),
            persons: 1,
            cases: 1,
            priority: number == 3,
            needs: Needs::default(),
            language: Language::En,
            could_not_book: true,
            told: None,
        });
    }
    let (language, late) = (None, None);
    ask(Command::CheckIn { booking: BookingId(4), public: public(50), language, late, priority: false });
    let next = |desk| Command::CallNext { desk: DeskId(desk), holds: None, finish: None, note_read: None };
    ask(next(1));
    ask(next(2));
    let held = office.desks.get(&DeskId(1)).and_then(|desk| desk.holds);
    let mut ask = |command: Command| {
        if let Ok(events) = decide(&office, &command, now()) {
            apply_all(&mut office, &events);
        }
    };
    if let Some(visit) = held {
        ask(Command::Appeared { desk: DeskId(1), visit });
    }
    ask(Command::Leave { visit: VisitId(7) });
    ask(Command::ServeDirect { desk: DeskId(3), holds: None, service: ServiceId(1), public: public(60) });
    ask(Command::EnterOutageVisit {
        number: None,
        desk: DeskId(3),
        service: ServiceId(1),
        public: public(61),
        arrived_at: now() - TimeDelta::minutes(30),
        served_from: now() - TimeDelta::minutes(20),
        served_to: now() - TimeDelta::minutes(10),
        outcome: Outcome::Done,
    });
    office
}

/// Everybody looks: the room, the kiosk, staff, and each citizen; and what they are sent can be read by a device.
pub fn look(office: &Office, at: DateTime<Utc>) {
    let Some(config) = &office.config else { return };
    let outlook = Outlook::default();
    read_back(&views::board(office, config, at));
    read_back(&views::kiosk(&outlook, office, config, String::new(), at));
    read_back(&views::floor(office, config, &[], at));
    for public in office.visits_by_public.keys().take(4) {
        if let Some(view) = views::visit(&outlook, office, *public, at) {
            read_back(&view);
        }
    }
    for visit in office.visits.values().take(4) {
        let expected = outlook.expected_of(office, visit, at);
        read_back(&views::ticket(String::new(), office, config, visit, expected));
    }
    let _ = (calendar::opens_next(office, at), calendar::tickets_next(office, at), outlook::forecast(office, at));
    let from = calendar::local_date(config.zone, at);
    for audience in [Audience::Public, Audience::Internal] {
        let channel = Channel::InPerson;
        let query = slots::Query { service: ServiceId(1), channel, persons: 1, cases: 1, audience, from, days: 3 };
        let _ = slots::free(office, &query, at, &mut NoMemory);
    }
    for booking in office.bookings.values() {
        let _ = (office::changeable_until(config, booking), slots::can_be_kept(office, &booking.promise, at));
    }
}

fn read_back<T: serde::Serialize + serde::de::DeserializeOwned>(view: &T) {
    let text = serde_json::to_string(view).unwrap();
    if let Err(error) = serde_json::from_str::<T>(&text) {
        panic!("no device can read this: {error}: {text}");
    }
}

/// Three days pass: whatever is due is done, when it is due.
pub fn pass(office: &mut Office, from: DateTime<Utc>) {
    const STEPS_MAX: usize = 400;
    let until = from.checked_add_signed(TimeDelta::days(3)).unwrap_or(from);
    let mut at = from;
    for _ in 0..STEPS_MAX {
        match next_due(office, at) {
            Some(due) if due <= until => at = due.max(at),
            Some(_) | None => break,
        }
        let events = decide(office, &Command::Tick, at).unwrap_or_default();
        apply_all(office, &events);
        // A desk that calls by itself looks every minute; the days are to end.
        if events.is_empty() {
            at += TimeDelta::minutes(30);
        }
    }
    for day in 1..=3 {
        let at = from.checked_add_signed(TimeDelta::days(day)).unwrap_or(from);
        let events = decide(office, &Command::Tick, at).unwrap_or_default();
        apply_all(office, &events);
    }
    look(office, until);
}
