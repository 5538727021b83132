//! The rules of a room, by example and by chance (PRE-08, OMB-20).

#![expect(clippy::unwrap_used, reason = "tests: an absence is a failure")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use rooms::{
    LineId, RoomDoor, RoomEnd, RoomHours, RoomPass, RoomRole, RoomState, SEATS_MAX, SeatAllowance, SeatCommand,
    SeatNumber, SeatRefusal, Seats, Signal, SignalKind, SignalRefusal, receivers,
};
use uuid::Uuid;

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000 + minute * 60, 0).unwrap()
}

const GUEST: RoomPass = RoomPass { role: RoomRole::Guest, number: 0 };
const HOST: RoomPass = RoomPass { role: RoomRole::Host, number: 7 };
const HELPER: RoomPass = RoomPass { role: RoomRole::Helper, number: 1 };

const fn line(number: u128) -> LineId {
    LineId(Uuid::from_u128(number))
}

/// A room from minute 0 to minute 20.
fn room() -> RoomState {
    RoomState { hours: RoomHours { opens: at(0), ends: at(20) }, removed: BTreeSet::new(), admitted: None, ended: None }
}

#[test]
fn pre_08_a_room_opens_at_its_time_and_not_before() {
    let room = room();
    let second = TimeDelta::seconds(1);
    assert_eq!(room.door(GUEST, at(0) - second), RoomDoor::Waiting { opens: at(0) });
    assert_eq!(room.door(GUEST, at(0)), RoomDoor::Open { until: at(50) });
    assert_eq!(room.door(HELPER, at(-1)), RoomDoor::Waiting { opens: at(0) });
    assert_eq!(room.door(HOST, at(-10) - second), RoomDoor::Waiting { opens: at(-10) });
    assert_eq!(room.door(HOST, at(-10)), RoomDoor::Open { until: at(50) });
    for pass in [GUEST, HOST, HELPER] {
        assert_eq!(room.door(pass, at(50) - second), RoomDoor::Open { until: at(50) });
        assert_eq!(room.door(pass, at(50)), RoomDoor::Over(RoomEnd::Time));
        assert_eq!(room.next_change(pass, at(50)), None);
    }
    assert_eq!(room.next_change(GUEST, at(-60)), Some(at(0)));
}

#[test]
fn pre_08_who_was_shown_out_and_what_was_ended_stays_so() {
    let removed = RoomState { removed: [GUEST].into(), ..room() };
    assert_eq!(removed.door(GUEST, at(5)), RoomDoor::Over(RoomEnd::Removed));
    assert_eq!(removed.door(HELPER, at(5)), RoomDoor::Open { until: at(50) });
    for end in [RoomEnd::ForAll, RoomEnd::ByTelephone, RoomEnd::Done] {
        let ended = RoomState { ended: Some(end), ..room() };
        assert_eq!(ended.door(HOST, at(-60)), RoomDoor::Over(end), "also before its time");
        assert_eq!(ended.door(GUEST, at(5)), RoomDoor::Over(end));
    }
}

/// Sits down, or not.
fn sit(seats: &mut Seats, pass: RoomPass, page: LineId, now: DateTime<Utc>) -> Result<SeatNumber, SeatRefusal> {
    for event in seats.decide(SeatCommand::Sit(pass, page), now)? {
        seats.apply(event);
    }
    Ok(seats.of(pass).unwrap().0)
}

fn does(seats: &mut Seats, command: SeatCommand, now: DateTime<Utc>) {
    for event in seats.decide(command, now).unwrap() {
        seats.apply(event);
    }
}

#[test]
fn omb_20_a_fourth_waits_until_a_seat_is_free() {
    let mut seats = Seats::default();
    for (nth, pass) in [GUEST, HOST, HELPER].into_iter().enumerate() {
        assert_eq!(sit(&mut seats, pass, line(nth as u128), at(0)), Ok(SeatNumber(u8::try_from(nth).unwrap())));
    }
    let fourth = RoomPass { role: RoomRole::Host, number: 8 };
    assert_eq!(sit(&mut seats, fourth, line(9), at(0)), Err(SeatRefusal::Full));
    does(&mut seats, SeatCommand::Drop(line(2)), at(1));
    assert_eq!(sit(&mut seats, fourth, line(9), at(1)), Err(SeatRefusal::Full), "it is kept a while");
    assert_eq!(sit(&mut seats, HELPER, line(12), at(1)), Ok(SeatNumber(2)), "a reload takes the same seat");
    does(&mut seats, SeatCommand::Drop(line(2)), at(1));
    assert!(seats.present(SeatNumber(2)).is_some(), "the line of the page before is gone late, and takes nothing away");
    does(&mut seats, SeatCommand::Drop(line(12)), at(1));
    assert_eq!(sit(&mut seats, fourth, line(9), at(2)), Ok(SeatNumber(2)), "nobody came back for it");
    assert_eq!(sit(&mut seats, HELPER, line(13), at(2)), Err(SeatRefusal::Full));
    does(&mut seats, SeatCommand::Leave(GUEST), at(2));
    assert_eq!(sit(&mut seats, HELPER, line(13), at(2)), Ok(SeatNumber(0)));
}

fn signal(page: LineId, to: Option<u8>, kind: SignalKind, text: &str) -> Signal {
    Signal { line: page, to: to.map(SeatNumber), kind, text: text.to_owned() }
}

#[test]
fn omb_20_what_is_sent_reaches_the_others_of_the_room_and_nobody_else() {
    let mut seats = Seats::default();
    for (nth, pass) in [GUEST, HOST].into_iter().enumerate() {
        sit(&mut seats, pass, line(nth as u128), at(0)).unwrap();
    }
    let offer = |page, to| receivers(&seats, GUEST, &signal(page, to, SignalKind::Offer, "v=0"));
    assert_eq!(offer(line(0), Some(1)), Ok((SeatNumber(0), vec![SeatNumber(1)])));
    assert_eq!(offer(line(0), Some(0)), Err(SignalRefusal::NobodyThere), "not to oneself");
    assert_eq!(offer(line(0), Some(2)), Err(SignalRefusal::NobodyThere));
    assert_eq!(offer(line(0), None), Err(SignalRefusal::NobodyThere), "an offer is for one");
    assert_eq!(offer(line(5), Some(1)), Err(SignalRefusal::NoSeat), "another page has the seat");
    let of_helper = receivers(&seats, HELPER, &signal(line(0), Some(1), SignalKind::Offer, ""));
    assert_eq!(of_helper, Err(SignalRefusal::NoSeat), "another's pass with a page of this one");
    let long = signal(line(0), None, SignalKind::Chat, &"α".repeat(1_001));
    assert_eq!(receivers(&seats, GUEST, &long), Err(SignalRefusal::TooLong));
    let chat = signal(line(0), None, SignalKind::Chat, "Καλημέρα");
    assert_eq!(receivers(&seats, GUEST, &chat), Ok((SeatNumber(0), vec![SeatNumber(1)])));
    does(&mut seats, SeatCommand::Drop(line(1)), at(0));
    assert_eq!(receivers(&seats, GUEST, &chat), Ok((SeatNumber(0), vec![])), "nobody is there to read it");
}

#[test]
fn omb_20_a_seat_sends_a_handful_at_once_and_a_few_a_second() {
    let mut allowance = SeatAllowance::new(at(0));
    let sent = (0..1_000).filter(|_| allowance.take(at(0))).count();
    assert_eq!(sent, 200);
    let sent = (0..1_000).filter(|_| allowance.take(at(0) + TimeDelta::seconds(2))).count();
    assert_eq!(sent, 20);
    assert!(!allowance.take(at(-5)), "a clock that is put back gives nothing");
}

/// What somebody does, of six who have a pass.
#[derive(Debug, Clone, Copy)]
enum Step {
    Sit(u32, u128),
    Drop(u128),
    Leave(u32),
    Wait(i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (0..6_u32, 0..12_u128).prop_map(|(pass, page)| Step::Sit(pass, page)),
        2 => (0..12_u128).prop_map(Step::Drop),
        1 => (0..6_u32).prop_map(Step::Leave),
        1 => (1..200_i64).prop_map(Step::Wait),
    ];
    proptest::collection::vec(step, 0..80)
}

fn role(number: u32) -> RoomPass {
    let role = [RoomRole::Guest, RoomRole::Host, RoomRole::Helper][number as usize % 3];
    RoomPass { role, number }
}

proptest! {
    #[test]
    fn omb_20_never_more_than_three_never_two_seats_for_one(steps in steps()) {
        let (mut seats, mut now) = (Seats::default(), at(0));
        for step in steps {
            let before = seats.clone();
            match step {
                Step::Sit(pass, page) => match sit(&mut seats, role(pass), line(page), now) {
                    Ok(seat) => {
                        let had = before.of(role(pass)).map(|(number, _)| number);
                        prop_assert!(had.is_none_or(|had| had == seat), "the same seat again");
                    }
                    Err(SeatRefusal::Full) => {
                        prop_assert_eq!(&seats, &before);
                        prop_assert_eq!(before.taken().count(), usize::from(SEATS_MAX));
                    }
                },
                Step::Drop(page) => does(&mut seats, SeatCommand::Drop(line(page)), now),
                Step::Leave(pass) => {
                    does(&mut seats, SeatCommand::Leave(role(pass)), now);
                    prop_assert!(seats.of(role(pass)).is_none());
                }
                Step::Wait(seconds) => now += TimeDelta::seconds(seconds),
            }
            let mut of_pass = BTreeMap::new();
            for (number, seat) in seats.taken() {
                prop_assert!(number.0 < SEATS_MAX);
                prop_assert!(of_pass.insert(seat.pass, number).is_none(), "one seat a pass");
            }
            for (number, seat) in seats.taken() {
                for kind in [SignalKind::Offer, SignalKind::Chat, SignalKind::Bye] {
                    for to in [None, Some(0), Some(1), Some(2), Some(3)] {
                        if let Ok((from, to)) = receivers(&seats, seat.pass, &signal(seat.line, to, kind, "")) {
                            prop_assert_eq!(from, number);
                            prop_assert!(to.iter().all(|to| *to != from && seats.present(*to).is_some()));
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn pre_08_a_door_never_opens_early_nor_again(
        opens in -100..100_i64, length in 0..300_i64, removed: bool, minutes in proptest::collection::vec(-300..700_i64, 1..40),
    ) {
        let hours = RoomHours { opens: at(opens), ends: at(opens + length) };
        let state = RoomState { hours, removed: if removed { [GUEST].into() } else { BTreeSet::new() }, admitted: None, ended: None };
        let mut minutes = minutes;
        minutes.sort_unstable();
        let mut was_over = false;
        for minute in minutes {
            let door = state.door(GUEST, at(minute));
            let is_over = matches!(door, RoomDoor::Over(_));
            prop_assert!(!was_over || is_over, "what is over stays over");
            was_over = is_over;
            match door {
                RoomDoor::Open { .. } => prop_assert!(minute >= opens && minute < opens + length + 30 && !removed),
                RoomDoor::Waiting { .. } => prop_assert!(minute < opens),
                RoomDoor::Over(_) => prop_assert!(removed || minute >= opens + length + 30),
                RoomDoor::Outside { .. } => prop_assert!(false, "nobody is kept outside of a room without a waiting page"),
            }
            if let Some(next) = state.next_change(GUEST, at(minute)) {
                prop_assert!(next > at(minute));
                prop_assert_ne!(state.door(GUEST, next), door);
            }
        }
    }
}

#[test]
fn pre_08_a_room_behind_a_waiting_page_admits_who_came_through_it() {
    let guarded = RoomState { admitted: Some([GUEST].into()), ..room() };
    let other = RoomPass { role: RoomRole::Guest, number: GUEST.number + 1 };
    assert!(matches!(guarded.door(GUEST, at(1)), RoomDoor::Open { .. }));
    assert_eq!(guarded.door(other, at(1)), RoomDoor::Outside { until: guarded.hours.shuts() });
    assert!(matches!(guarded.door(other, at(-1)), RoomDoor::Waiting { .. }), "before its time all wait alike");
    let host = RoomPass { role: RoomRole::Host, number: 1 };
    assert!(matches!(guarded.door(host, at(1)), RoomDoor::Open { .. }), "who receives the others passes no such page");
    assert_eq!(guarded.next_change(other, at(1)), Some(guarded.hours.shuts()));
}
