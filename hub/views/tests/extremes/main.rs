//! Every command of the rules with times, lengths and counts at the edges of what their types hold: nothing panics, and after
//! whatever is accepted the day goes on and can be looked at. The same for journals in which such things stand already.

#![expect(clippy::unwrap_used, reason = "tests: an absence is a failure")]

mod commands;
mod house;

use chrono::{DateTime, TimeDelta, Utc};
use commands::{EdgePick, after};
use house::{apply_all, busy, config, look, now, pass, wild};
use office::{
    Audience, Booking, BookingEvent, BookingId, BookingLife, CancelledBy, Channel, Command, DeskEvent, DeskId, Event,
    EventKind, FirstChoice, HouseEvent, Office, Promise, Reference, Refusal, ServiceId, Suspension, SuspensionScope,
    VisitState, VoidReason, Words, civil, decide, slots::FreeTime,
};
use proptest::prelude::*;
use uuid::Uuid;

/// The edges of what can be held, of what can be said, of what can be meant, and what lies beside them.
fn instants() -> Vec<DateTime<Utc>> {
    let text = [
        "0000-01-01T00:00:00Z",
        "1899-12-31T23:59:59Z",
        "1900-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "2026-10-25T00:30:00Z",
        "2026-10-25T01:30:00Z",
        "2027-03-28T01:30:00Z",
        "2200-12-31T23:59:59.999Z",
        "9999-12-31T23:59:59Z",
        "+10000-01-01T00:00:00Z",
        "+200000-06-15T08:00:00Z",
        "+262142-12-31T23:59:59Z",
        "-262143-01-01T00:00:00Z",
    ];
    let written = text.into_iter().map(|text| text.parse().unwrap());
    let near = [-40, -31, -30, -1, 0, 1, 2, 14, 400, 731, 732, 3_653, 3_654].map(|days| now() + TimeDelta::days(days));
    let minutes = [-90, -1, 1, 10, 45, 1_439, 1_440, 1_441].map(|minutes| now() + TimeDelta::minutes(minutes));
    let edges = [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC];
    written.chain(near).chain(minutes).chain(edges).collect()
}

/// Decides every command there is on an office; what is accepted happens, time passes, and everybody looks.
fn decide_all(office: &Office, pick: &EdgePick, at: DateTime<Utc>) {
    let mut before = None;
    let mut count = 0;
    while let Some(command) = after(before.as_ref(), office, pick) {
        let decided = decide(office, &command, at);
        if let Ok(events) = &decided {
            let mut changed = office.clone();
            apply_all(&mut changed, events);
            look(&changed, at);
            pass(&mut changed, at);
        }
        count += 1;
        before = Some(command);
    }
    // As many as there are: the walk from one to the next reaches them all.
    assert_eq!(count, names_of_commands().len());
}

/// The names of all commands, from the source itself.
fn names_of_commands() -> Vec<String> {
    let source = include_str!("../../../../office/src/command.rs");
    let body = source.split_once("pub enum Command {").unwrap().1.split_once("\n}").unwrap().0;
    let names = body.lines().filter(|line| line.starts_with("    ") && line.as_bytes()[4].is_ascii_uppercase());
    names.map(|line| line.trim().split(['(', ' ', ',']).next().unwrap().to_owned()).collect()
}

#[test]
fn the_office_that_is_asked_has_something_of_everything() {
    let office = busy(config());
    let has = |is: fn(&VisitState) -> bool| assert!(office.visits.values().any(|visit| is(&visit.state)));
    has(|state| matches!(state, VisitState::Waiting { .. }));
    has(|state| matches!(state, VisitState::Called { .. }));
    has(|state| matches!(state, VisitState::Serving { .. }));
    has(|state| matches!(state, VisitState::Left { .. }));
    has(|state| matches!(state, VisitState::Finished { .. }));
    let booked = |is: fn(&BookingLife) -> bool| assert!(office.bookings.values().any(|booking| is(&booking.life)));
    booked(|life| matches!(life, BookingLife::Held { .. }));
    booked(|life| matches!(life, BookingLife::Confirmed { .. }));
    booked(|life| matches!(life, BookingLife::Arrived { .. }));
    booked(|life| matches!(life, BookingLife::Cancelled { first_choice: Some(_), .. }));
    assert!(!office.expected_remote.is_empty() && office.desks.len() == 2);
}

#[test]
fn prom_10_every_command_with_every_edge_of_time_is_decided() {
    let office = busy(config());
    for at in instants() {
        for count in [0, 1, u8::MAX] {
            let minutes = [None, Some(0), Some(1), Some(u16::MAX)][usize::from(count) % 4];
            decide_all(&office, &EdgePick { at, count, minutes, length: 3, turn: usize::from(count) }, now());
        }
    }
}

#[test]
fn prom_10_every_command_is_decided_at_every_edge_of_the_hubs_own_time() {
    for at in [civil::within(DateTime::<Utc>::MIN_UTC), now(), civil::within(DateTime::<Utc>::MAX_UTC)] {
        let mut office = Office::default();
        let configured = decide(&office, &Command::Configure(Box::new(config())), at).unwrap();
        apply_all(&mut office, &configured);
        for pick in instants() {
            decide_all(&office, &EdgePick { at: pick, count: 1, minutes: None, length: 1, turn: 0 }, at);
        }
    }
}

#[test]
fn prom_10_every_command_is_decided_under_the_widest_settings() {
    wild(config()).check().unwrap();
    let office = busy(wild(config()));
    for at in instants() {
        decide_all(&office, &EdgePick { at, count: 2, minutes: Some(480), length: 70_000, turn: 1 }, now());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn prom_10_every_command_with_any_time_length_and_count_is_decided(
        seconds in prop_oneof![any::<i64>(), -9_000_000_000_000_i64..9_000_000_000_000, 1_790_000_000_i64..1_800_000_000],
        count in any::<u8>(),
        minutes in proptest::option::of(any::<u16>()),
        length in prop_oneof![0_usize..4, Just(200), Just(70_000)],
        turn in 0_usize..8,
    ) {
        let at = DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::<Utc>::MAX_UTC);
        decide_all(&busy(config()), &EdgePick { at, count, minutes, length, turn }, now());
    }
}

#[test]
fn prom_10_each_meaning_has_a_bound_of_its_own() {
    let office = busy(config());
    let asked = |command: &Command| decide(&office, command, now()).map(drop);
    let far = |latest: TimeDelta| Err(Refusal::TooFarAhead { latest: now() + latest });
    let (day, ten_years) = (TimeDelta::days(1), TimeDelta::days(3_653));
    let end = civil::within(DateTime::<Utc>::MAX_UTC);
    for beyond in [now() + ten_years + TimeDelta::seconds(1), end, DateTime::<Utc>::MAX_UTC] {
        let pick = EdgePick { at: beyond, count: 1, minutes: None, length: 1, turn: 0 };
        let mut before = None;
        while let Some(command) = after(before.as_ref(), &office, &pick) {
            let expected = match command {
                Command::Hold { .. }
                | Command::Book { .. }
                | Command::Move { .. }
                | Command::ChooseAnew { .. }
                | Command::FixTime { .. }
                | Command::AskCorrection { .. } => Some(far(ten_years)),
                Command::Suspend { .. } => Some(far(TimeDelta::days(731))),
                Command::OpenDesk { .. } | Command::StartBreak { .. } => Some(far(day)),
                _ => None,
            };
            if let Some(expected) = expected {
                assert_eq!(asked(&command), expected, "{command:?}");
            }
            before = Some(command);
        }
    }
    let paper = |at: DateTime<Utc>| Command::EnterOutageVisit {
        number: None,
        desk: DeskId(1),
        service: ServiceId(1),
        public: office::PublicId(Uuid::from_u128(99)),
        arrived_at: at,
        served_from: at,
        served_to: at,
        outcome: office::Outcome::Done,
    };
    let earliest = now() - TimeDelta::days(30);
    for old in [earliest - TimeDelta::seconds(1), civil::within(DateTime::<Utc>::MIN_UTC), DateTime::<Utc>::MIN_UTC] {
        assert_eq!(asked(&paper(old)), Err(Refusal::TooLongAgo { earliest }));
    }
    assert_eq!(asked(&paper(now() - day)), Err(Refusal::BadTimes), "numbers are those of the day");
    assert_eq!(asked(&paper(now() - TimeDelta::minutes(5))), Ok(()));
    let outage = Command::NoteOutage { from: DateTime::<Utc>::MIN_UTC };
    assert_eq!(asked(&outage), Err(Refusal::TooLongAgo { earliest: now() - ten_years }));
}

#[test]
fn prom_10_closures_and_hours_are_decided_for_ten_years_ahead_and_stay_as_they_were() {
    let office = busy(config());
    let near = house::closed_until(config(), now() + TimeDelta::days(3_600));
    let events = decide(&office, &Command::Configure(Box::new(near.clone())), now()).unwrap();
    let mut closed = office.clone();
    apply_all(&mut closed, &events);
    for until in [now() + TimeDelta::days(3_660), civil::within(DateTime::<Utc>::MAX_UTC)] {
        let far = house::closed_until(config(), until);
        let refused = decide(&office, &Command::Configure(Box::new(far)), now());
        assert!(matches!(refused, Err(Refusal::TooFarAhead { .. })), "{refused:?}");
    }
    let edge = house::closed_until(config(), DateTime::<Utc>::MAX_UTC);
    assert_eq!(decide(&office, &Command::Configure(Box::new(edge)), now()), Err(Refusal::BadConfiguration));
    // What stands is not judged anew, even by a clock that was set back.
    let mut other = near;
    other.rules.grace_minutes += 1;
    assert!(decide(&closed, &Command::Configure(Box::new(other)), now() - TimeDelta::days(200)).is_ok());
}

/// What an older hub accepted, with an instant in each place that it looked at.
fn old_events(at: DateTime<Utc>, edge: DateTime<Utc>) -> Vec<Event> {
    let promise = Promise {
        service: ServiceId(1),
        channel: Channel::InPerson,
        start: edge,
        minutes: u16::MAX,
        persons: u8::MAX,
        cases: u8::MAX,
        audience: Audience::Internal,
    };
    let booking = |id: u64, life: BookingLife| Booking {
        id: BookingId(id),
        reference: Reference(format!("R{id}")),
        promise: promise.clone(),
        sequence: 0,
        correction: None,
        life,
    };
    let confirmed = || BookingLife::Confirmed { party: house::party(700) };
    let suspended = |scope| {
        HouseEvent::Suspended(Suspension { scope, since: edge.min(at), until: Some(edge), because: Words::default() })
    };
    let first_choice = Some(FirstChoice { until: edge, kept: Some(FreeTime { start: edge, minutes: u16::MAX }) });
    let kinds: Vec<EventKind> = vec![
        HouseEvent::Configured(Box::new(house::closed_until(config(), edge))).into(),
        suspended(SuspensionScope::Tickets).into(),
        suspended(SuspensionScope::Service(ServiceId(5))).into(),
        suspended(SuspensionScope::Desk(DeskId(2))).into(),
        HouseEvent::OutageNoted { from: edge }.into(),
        DeskEvent::DeskOpened { desk: DeskId(4), clerk: office::ClerkId(40), until: Some(edge) }.into(),
        DeskEvent::BreakStarted { desk: DeskId(4), because: office::BreakReason::Rest, until: Some(edge) }.into(),
        DeskEvent::DeskOpened { desk: DeskId(3), clerk: office::ClerkId(30), until: Some(edge) }.into(),
        BookingEvent::Booked(Box::new(booking(800, confirmed()))).into(),
        BookingEvent::CorrectionAsked {
            booking: BookingId(800),
            because: VoidReason::DetailsMissing,
            note: None,
            until: edge,
        }
        .into(),
        BookingEvent::Booked(Box::new(booking(801, confirmed()))).into(),
        BookingEvent::Cancelled { booking: BookingId(801), by: CancelledBy::Office, cools_until: edge, first_choice }
            .into(),
        BookingEvent::Held {
            booking: BookingId(802),
            reference: Reference("R802".into()),
            promise: promise.clone(),
            owner: None,
            expires_at: edge,
        }
        .into(),
    ];
    kinds.into_iter().map(|kind| Event { at, kind }).collect()
}

#[test]
fn prom_10_a_journal_in_which_edges_stand_is_folded_shown_and_goes_on() {
    for edge in instants() {
        let mut office = busy(config());
        for event in old_events(now(), edge) {
            // As it is read: golden events of any age stay readable.
            let text = serde_json::to_string(&event).unwrap();
            let event: Event = serde_json::from_str(&text).unwrap();
            apply_all(&mut office, std::slice::from_ref(&event));
            let _ = office::mails(&office, &event);
            look(&office, now());
        }
        pass(&mut office.clone(), now());
        decide_all(&office, &EdgePick { at: edge, count: 1, minutes: None, length: 1, turn: 2 }, now());
    }
}

#[test]
fn prom_10_a_desk_that_was_opened_until_the_end_of_time_is_closed_by_the_night() {
    let mut office = busy(config());
    for event in old_events(now(), "+262142-12-31T23:59:59Z".parse().unwrap()) {
        apply_all(&mut office, std::slice::from_ref(&event));
    }
    assert!(office.desks.contains_key(&DeskId(3)));
    pass(&mut office, now());
    assert!(office.desks.is_empty(), "{:?}", office.desks);
}
