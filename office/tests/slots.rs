//! Free times: who can be put to which desk, and every rule that takes a time away.

#![expect(clippy::unwrap_used, reason = "a test may end with a panic; that is how it fails")]

mod place;

use chrono::{Duration, NaiveDate};
use office::slots::{self, Query};
use office::{
    Audience, BookingNeed, CancelledBy, Channel, Clerk, ClerkId, Closure, Command, DeskId, EarlyClose, HoursChange,
    MovedBy, Refusal, Release, SuspensionScope, TimeWish, Words,
};
use place::{OfficePlace, WEEK, X, Y, at, config, date, local, shift, time, tuesday, weekly};
use proptest::prelude::*;

const PUBLIC: Audience = Audience::Public;
const STAFF: Audience = Audience::Internal;

fn internal(wanted: TimeWish) -> TimeWish {
    TimeWish { audience: STAFF, ..wanted }
}

#[test]
fn omb_08_an_empty_day_offers_every_start_of_the_grid_that_ends_by_closing() {
    let place = OfficePlace::new(config());
    let times = place.times(Y, PUBLIC);
    assert_eq!((times.len(), times[0].as_str(), times[34].as_str()), (35, "08:00", "13:40"));
}

#[test]
fn omb_08_two_bookings_for_x_use_up_the_only_desk_for_y() {
    let mut place = OfficePlace::new(config());
    place.book(at(X, 10, 0)).unwrap();
    place.check(at(Y, 10, 0)).unwrap();
    place.book(at(X, 10, 0)).unwrap();
    assert_eq!(place.check(at(Y, 10, 0)), Err(Refusal::Taken));
    let times = place.times(Y, PUBLIC);
    assert!(!times.contains(&"09:50".into()) && !times.contains(&"10:10".into()));
    assert!(times.contains(&"09:40".into()) && times.contains(&"10:20".into()));
    assert_eq!(place.times(X, PUBLIC), times, "nor is there a third desk for X");
}

#[test]
fn omb_08_a_booking_for_x_leaves_the_desk_for_y_alone() {
    let mut place = OfficePlace::new(config());
    place.book(at(Y, 10, 0)).unwrap();
    place.book(at(X, 10, 0)).unwrap();
    assert_eq!(place.check(at(X, 10, 0)), Err(Refusal::Taken));
}

/// One instant after another there is a desk for everybody, but no desk has 20 minutes in one piece, however the others
/// are put: D serves Y alone from 10:10, E serves X and Y until 10:10.
#[test]
fn omb_08_nobody_changes_desks_half_way() {
    let mut config = config();
    config.desks.get_mut(&DeskId(1)).unwrap().services = vec![Y];
    config.desks.get_mut(&DeskId(1)).unwrap().shifts = vec![shift((10, 10), (14, 0))];
    config.desks.get_mut(&DeskId(2)).unwrap().shifts = vec![shift((8, 0), (10, 10))];
    let place = OfficePlace::new(config);
    assert_eq!(place.check(at(Y, 10, 0)), Err(Refusal::Taken));
    place.check(at(Y, 9, 50)).unwrap();
    place.check(at(Y, 10, 10)).unwrap();
}

#[test]
fn omb_08_bookings_tied_by_a_chain_of_overlaps_make_room_for_one_another() {
    let mut place = OfficePlace::new(config());
    for minute in [0, 10, 20, 30, 40] {
        place.book(at(X, 10, minute)).unwrap();
    }
    // Two desks, a booking every ten minutes: both are busy from 10:10 on, and at 10:00 one is free for ten minutes.
    assert_eq!(place.check(at(X, 10, 0)), Err(Refusal::Taken));
    place.book(at(X, 9, 50)).unwrap();
    assert_eq!(place.check(at(Y, 9, 50)), Err(Refusal::Taken), "the desk of Y is in the chain");
}

#[test]
fn fld_16_public_bookings_use_public_shifts_and_internal_ones_any() {
    let mut config = config();
    config.desks.get_mut(&DeskId(2)).unwrap().shifts =
        vec![shift((8, 0), (10, 0)), office::Shift { public: false, ..shift((10, 0), (14, 0)) }];
    let mut place = OfficePlace::new(config);
    assert_eq!(place.times(Y, PUBLIC).last().unwrap(), "09:40");
    assert_eq!(place.times(Y, STAFF).last().unwrap(), "13:40");
    place.check(internal(at(Y, 9, 50))).expect("the clerk stays: a public and an internal shift in one piece");
    place.book(internal(at(X, 9, 0))).unwrap();
    place.book(internal(at(X, 9, 0))).unwrap();
    assert_eq!(place.check(at(X, 9, 0)), Err(Refusal::Taken), "internal bookings take public capacity too");
}

#[test]
fn fld_16_staged_releases_open_each_share_of_the_day_at_its_time() {
    let mut config = config();
    let service = config.services.get_mut(&X).unwrap();
    service.horizon_days = 120;
    service.releases =
        [(90, 20), (7, 50), (0, 30)].into_iter().map(|(days_ahead, percent)| Release { days_ahead, percent }).collect();
    let mut place = OfficePlace::new(config);
    let day = date(2026, 11, 24);
    let offered = |place: &mut OfficePlace, days_before: i64| {
        let on = day - Duration::days(days_before);
        place.now = on.and_time(time(5, 0)).and_utc();
        place.times(X, PUBLIC)
    };
    assert_eq!(offered(&mut place, 91).len(), 0);
    let first = offered(&mut place, 90);
    let second = offered(&mut place, 7);
    let third = offered(&mut place, 0);
    assert_eq!((first.len(), second.len(), third.len()), (7, 25, 35), "20 %, 50 % more, and all of 35 starts");
    assert!(first.iter().all(|time| second.contains(time)) && second.iter().all(|time| third.contains(time)));
    assert!(first.first().unwrap() < &"09:00".to_owned() && first.last().unwrap() > &"13:00".to_owned(), "{first:?}");
    place.now = local(2026, 11, 20, 9, 0);
    assert_eq!(place.times(X, STAFF).len(), 35, "staff wait for no release");
    let kept = third.iter().find(|time| !second.contains(time)).unwrap();
    let (hour, minute) = kept.split_once(':').unwrap();
    assert_eq!(place.check(at(X, hour.parse().unwrap(), minute.parse().unwrap())), Err(Refusal::NotOffered));
}

#[test]
fn fld_32_persons_and_cases_make_the_time_longer() {
    let mut place = OfficePlace::new(config());
    let family = TimeWish { persons: 3, cases: 2, ..at(Y, 9, 0) };
    assert_eq!(place.check(family).unwrap().minutes, 20 + 2 * 5 + 10);
    place.book(family).unwrap();
    assert_eq!(place.check(at(Y, 9, 30)), Err(Refusal::Taken));
    place.check(at(Y, 9, 40)).unwrap();
    for (persons, cases) in [(0, 1), (1, 0), (1, 255)] {
        assert_eq!(place.check(TimeWish { persons, cases, ..at(X, 9, 0) }), Err(Refusal::BadCount));
    }
}

#[test]
fn trn_11_lead_time_and_horizon_bind_the_public_and_not_staff() {
    let mut config = config();
    config.services.get_mut(&X).unwrap().lead_minutes = 24 * 60;
    config.services.get_mut(&X).unwrap().horizon_days = 7;
    let mut place = OfficePlace::new(config);
    place.now = local(2026, 11, 23, 9, 0);
    assert_eq!(place.check(at(X, 8, 50)), Err(Refusal::TooSoon));
    place.check(at(X, 9, 0)).unwrap();
    place.check(internal(at(X, 8, 50))).unwrap();
    place.now = local(2026, 11, 16, 9, 0);
    assert_eq!(place.check(at(X, 9, 0)), Err(Refusal::BeyondHorizon));
    place.check(internal(at(X, 9, 0))).unwrap();
    place.now = local(2026, 11, 24, 9, 1);
    assert_eq!(place.check(internal(at(X, 9, 0))), Err(Refusal::TooSoon), "the past is nobody's");
    place.check(internal(at(X, 9, 10))).unwrap();
}

#[test]
fn trn_11_what_the_office_does_not_offer_is_refused() {
    let mut config = config();
    config.services.get_mut(&Y).unwrap().booking = BookingNeed::NotOffered;
    let place = OfficePlace::new(config);
    assert_eq!(place.check(at(Y, 9, 0)), Err(Refusal::NotOffered), "only without a booking");
    assert_eq!(place.check(at(office::ServiceId(9), 9, 0)), Err(Refusal::UnknownService));
    assert_eq!(place.check(at(X, 9, 5)), Err(Refusal::NotOffered), "off the grid");
    assert_eq!(place.check(at(X, 13, 50)), Err(Refusal::NotOffered), "it would end after closing");
    assert_eq!(place.check(at(X, 7, 50)), Err(Refusal::NotOffered));
    let video = TimeWish { channel: Channel::Teleconference, ..at(X, 9, 0) };
    assert_eq!(place.check(video), Err(Refusal::NotOffered));
    let sunday = TimeWish { start: local(2026, 11, 29, 9, 0), ..at(X, 9, 0) };
    assert_eq!(place.check(sunday), Err(Refusal::NotOffered));
}

#[test]
fn trn_14_a_time_ends_within_the_hours_of_one_clerk() {
    let mut config = config();
    let clerk = |from, to| Clerk { hours: vec![weekly(from, to)], label: Words::default() };
    config.clerks = [(ClerkId(1), clerk((8, 0), (10, 30))), (ClerkId(2), clerk((10, 0), (14, 0)))].into();
    config.desks.get_mut(&DeskId(2)).unwrap().shifts = vec![
        office::Shift { clerk: Some(ClerkId(1)), ..shift((8, 0), (11, 0)) },
        office::Shift { clerk: Some(ClerkId(2)), ..shift((11, 0), (14, 0)) },
    ];
    let place = OfficePlace::new(config);
    let times = place.times(Y, PUBLIC);
    assert!(times.contains(&"10:10".into()) && !times.contains(&"10:20".into()), "the first clerk goes at 10:30");
    assert!(!times.contains(&"10:50".into()) && times.contains(&"11:00".into()), "the second is there from 11:00");
}

#[test]
fn trn_11_closures_holidays_half_days_and_early_ends_take_their_times() {
    let mut config = config();
    config.calendar.closures = vec![Closure {
        from: date(2026, 11, 24).and_time(time(9, 0)),
        to: date(2026, 11, 24).and_time(time(12, 0)),
        desk: Some(DeskId(2)),
        because: Words::default(),
        by_staff: false,
    }];
    config.calendar.early_closes =
        vec![EarlyClose { date: date(2026, 11, 24), at: time(13, 0), because: Words::default() }];
    config.services.get_mut(&Y).unwrap().horizon_days = 60;
    let place = OfficePlace::new(config);
    let times = place.times(Y, PUBLIC);
    assert_eq!(times[4..6], ["08:40", "12:00"], "the desk of Y is closed from nine to twelve");
    assert_eq!(times.last().unwrap(), "12:40");
    let count = |on: NaiveDate| place.free(&Query { from: on, ..tuesday(Y, PUBLIC) }).len();
    assert_eq!(count(date(2026, 12, 23)), 35);
    assert_eq!(count(date(2026, 12, 24)), 29);
    assert_eq!(count(date(2026, 12, 25)), 0);
}

#[test]
fn omb_20_telephone_has_its_hours_and_the_same_desks() {
    let mut config = config();
    config.hours.telephone = vec![weekly((9, 0), (10, 0))];
    let mut place = OfficePlace::new(config);
    let query = Query { channel: Channel::Telephone, ..tuesday(Y, PUBLIC) };
    assert_eq!(place.free(&query).len(), 5);
    place.book(at(Y, 9, 20)).unwrap();
    let left: Vec<_> = place.free(&query).iter().map(|slot| slot.start).collect();
    assert_eq!(left, [local(2026, 11, 24, 9, 0), local(2026, 11, 24, 9, 40)]);
}

#[test]
fn omb_15_a_hold_takes_its_time_until_the_instant_at_which_it_lapses() {
    let mut place = OfficePlace::new(config());
    place.hold(at(Y, 10, 0)).unwrap();
    assert_eq!(place.check(at(Y, 10, 0)), Err(Refusal::Taken));
    // No tick comes: the computation itself looks at `expires_at`.
    place.now += Duration::minutes(5) - Duration::seconds(1);
    assert_eq!(place.check(at(Y, 10, 0)), Err(Refusal::Taken));
    place.now += Duration::seconds(1);
    place.check(at(Y, 10, 0)).unwrap();
}

#[test]
fn omb_15_a_time_given_up_cools_for_the_public_but_not_for_staff_nor_today() {
    let mut place = OfficePlace::new(config());
    let booking = place.book(at(Y, 10, 0)).unwrap();
    place.ask(&Command::Cancel { booking, by: CancelledBy::Citizen }).unwrap();
    assert_eq!(place.check(at(Y, 10, 0)), Err(Refusal::Taken));
    assert!(!place.times(Y, PUBLIC).contains(&"10:10".into()));
    place.check(internal(at(Y, 10, 0))).unwrap();
    place.now += Duration::minutes(15);
    place.check(at(Y, 10, 0)).unwrap();

    let booking = place.book(at(Y, 11, 0)).unwrap();
    place.now = local(2026, 11, 24, 8, 0);
    place.ask(&Command::Cancel { booking, by: CancelledBy::Citizen }).unwrap();
    place.check(at(Y, 11, 0)).expect("today's times do not cool");
}

#[test]
fn fld_15_other_hours_take_tickets_and_desks_along() {
    let mut config = config();
    config.hours.tickets = vec![weekly((8, 0), (13, 30))];
    // Desk 2 goes home before closing, and does so on a longer day too.
    config.desks.get_mut(&DeskId(2)).unwrap().shifts = vec![shift((8, 0), (13, 0))];
    let tuesday = date(2026, 11, 24);
    let change = |first, last, desk, spans| HoursChange { first, last, desk, spans, because: Words::default() };
    let later = change(tuesday, Some(tuesday), None, vec![weekly((10, 0), (18, 0))]);
    config.calendar.hours_changes = vec![later];
    let place = OfficePlace::new(config.clone());
    let times = place.times(X, PUBLIC);
    assert_eq!((times[0].as_str(), times[times.len() - 1].as_str()), ("10:00", "17:40"));
    let times = place.times(Y, PUBLIC);
    assert_eq!((times[0].as_str(), times[times.len() - 1].as_str()), ("10:00", "12:40"), "desk 2 alone serves it");
    let hours = office::calendar::day(&config, tuesday);
    assert_eq!(
        hours.tickets,
        [(local(2026, 11, 24, 10, 0), local(2026, 11, 24, 17, 30))],
        "half an hour before closing"
    );
    let before = office::calendar::day(&config, date(2026, 11, 23));
    assert_eq!(before.serving, [(local(2026, 11, 23, 8, 0), local(2026, 11, 23, 14, 0))], "another day is as it was");

    // Decided later, it counts: closed from then on; and a desk has hours of its own.
    config.calendar.hours_changes.push(change(tuesday, None, None, Vec::new()));
    assert!(office::calendar::day(&config, tuesday).serving.is_empty());
    config.calendar.hours_changes.pop();
    config.calendar.hours_changes.push(change(tuesday, None, Some(DeskId(2)), vec![weekly((16, 0), (18, 0))]));
    let place = OfficePlace::new(config.clone());
    assert_eq!(place.times(Y, PUBLIC)[0], "16:00");

    // On a Saturday the office is closed as a rule: every desk is there for an extra opening.
    let saturday = date(2026, 11, 28);
    let mut spans = vec![weekly((9, 0), (12, 0))];
    spans[0].days = vec![chrono::Weekday::Sat];
    config.calendar.hours_changes = vec![change(saturday, Some(saturday), None, spans)];
    let place = OfficePlace::new(config);
    let free = place.free(&Query { from: saturday, ..place::tuesday(Y, PUBLIC) });
    assert_eq!(free.first().map(|slot| slot.start), Some(local(2026, 11, 28, 9, 0)));
}

#[test]
fn fld_15_a_promise_is_judged_as_it_was_given() {
    let mut place = OfficePlace::new(config());
    let booking = place.book(at(Y, 10, 10)).unwrap();
    let promise = place.office.bookings[&booking].promise.clone();
    place.ask(&Command::Cancel { booking, by: CancelledBy::Citizen }).unwrap();
    let mut other = config();
    let service = other.services.get_mut(&Y).unwrap();
    (service.grid_minutes, service.planned_minutes, service.lead_minutes) = (45, 40, 60 * 24 * 20);
    place.ask(&Command::Configure(Box::new(other.clone()))).unwrap();
    assert!(place.check(internal(at(Y, 10, 10))).is_err(), "nobody books it so any more");
    assert!(slots::can_be_kept(&place.office, &promise, place.now), "off the grid, and as long as it was promised");
    assert!(slots::is_alike(&config(), &other, date(2026, 11, 24)), "hours and desks are the same");
    other.desks.get_mut(&DeskId(2)).unwrap().shifts = vec![shift((8, 0), (10, 20))];
    assert!(!slots::is_alike(&config(), &other, date(2026, 11, 24)));
    place.ask(&Command::Configure(Box::new(other))).unwrap();
    assert!(!slots::can_be_kept(&place.office, &promise, place.now), "its desk goes home in between");
}

#[test]
fn fld_33_those_displaced_choose_among_what_the_public_cannot_have_yet() {
    let mut config = config();
    let service = config.services.get_mut(&Y).unwrap();
    (service.lead_minutes, service.horizon_days) = (24 * 60, 7);
    let mut place = OfficePlace::new(config.clone());
    let displaced = place.book(at(Y, 10, 0)).unwrap();
    let stays = place.book(at(Y, 12, 0)).unwrap();
    place.now = local(2026, 11, 23, 20, 0);
    let (from, to) = (date(2026, 11, 24).and_time(time(9, 0)), date(2026, 11, 24).and_time(time(11, 0)));
    let because = Words::default();
    config.calendar.closures = vec![Closure { from, to, desk: None, because, by_staff: true }];
    place.ask(&Command::Configure(Box::new(config))).unwrap();
    place.ask(&Command::Cancel { booking: displaced, by: CancelledBy::Office }).unwrap();
    assert_eq!(place.check(internal(at(Y, 8, 0))), Err(Refusal::Taken), "the first free time of the day is kept");
    place.check(internal(at(Y, 8, 20))).unwrap();
    assert_eq!(place.check(at(Y, 11, 0)), Err(Refusal::TooSoon), "the public needs a day");
    let anew = |booking, start| Command::ChooseAnew { booking, start };
    let beyond = local(2027, 1, 4, 8, 0);
    assert_eq!(place.ask(&anew(displaced, beyond)), Err(Refusal::BeyondHorizon), "a month more, and no further");
    assert_eq!(place.ask(&anew(displaced, local(2026, 11, 24, 9, 0))), Err(Refusal::NotOffered), "it is closed");
    assert_eq!(place.ask(&anew(stays, local(2026, 11, 24, 8, 20))), Err(Refusal::NotOpen));
    place.ask(&anew(displaced, local(2026, 12, 28, 8, 0))).expect("beyond the public's horizon");
    place.check(internal(at(Y, 8, 0))).expect("what was kept is free again");
}

#[test]
fn omb_16_a_booking_may_move_onto_a_part_of_its_own_time() {
    let mut place = OfficePlace::new(config());
    let booking = place.book(at(Y, 10, 0)).unwrap();
    assert_eq!(place.check(at(Y, 10, 10)), Err(Refusal::Taken));
    slots::check(&place.office, &at(Y, 10, 10), Some(booking), place.now).unwrap();
    place
        .ask(&Command::Move { booking, start: local(2026, 11, 24, 10, 10), audience: PUBLIC, by: MovedBy::Citizen })
        .unwrap();
    assert_eq!(place.check(internal(at(Y, 10, 20))), Err(Refusal::Taken));
    place.check(internal(at(Y, 9, 50))).expect("the old time is free for staff");
    let other = place.book(at(Y, 12, 0)).unwrap();
    let onto =
        Command::Move { booking: other, start: local(2026, 11, 24, 10, 20), audience: PUBLIC, by: MovedBy::Citizen };
    assert_eq!(place.ask(&onto), Err(Refusal::Taken));
    assert_eq!(place.office.bookings[&other].promise.start, local(2026, 11, 24, 12, 0), "never neither (PROM-02)");
}

#[test]
fn fld_30_suspended_services_and_desks_offer_nothing_until_resumed() {
    let mut place = OfficePlace::new(config());
    let suspend = |scope, until| Command::Suspend { scope, until, because: Words::default() };
    let until = local(2026, 11, 24, 10, 0);
    place.ask(&suspend(SuspensionScope::Service(Y), Some(until))).unwrap();
    assert_eq!(place.times(Y, PUBLIC)[0], "10:00");
    assert_eq!(place.check(at(Y, 9, 50)), Err(Refusal::Suspended { until: Some(until) }));
    place.ask(&Command::Resume { scope: SuspensionScope::Service(Y) }).unwrap();
    place.ask(&suspend(SuspensionScope::Desk(DeskId(2)), None)).unwrap();
    assert_eq!(place.times(Y, PUBLIC), Vec::<String>::new());
    assert_eq!(place.times(X, PUBLIC).len(), 35);
    place.book(at(X, 10, 0)).unwrap();
    assert_eq!(place.check(at(X, 10, 0)), Err(Refusal::Taken), "one desk is left for X");
    place.ask(&Command::Resume { scope: SuspensionScope::Desk(DeskId(2)) }).unwrap();
    place.check(at(Y, 10, 0)).unwrap();
}

#[test]
fn trn_11_bookings_that_lost_their_desk_take_nothing_from_the_rest_of_the_day() {
    let mut place = OfficePlace::new(config());
    for hour in [9, 11] {
        place.book(at(X, hour, 0)).unwrap();
        place.book(at(Y, hour, 0)).unwrap();
    }
    let mut closed = config();
    closed.calendar.closures = vec![Closure {
        from: date(2026, 11, 24).and_time(time(8, 0)),
        to: date(2026, 11, 24).and_time(time(10, 0)),
        desk: Some(DeskId(1)),
        because: Words::default(),
        by_staff: false,
    }];
    place.ask(&Command::Configure(Box::new(closed))).unwrap();
    let times = place.times(X, PUBLIC);
    assert!(!times.contains(&"09:00".into()), "two bookings for one desk: nothing more");
    assert!(times.contains(&"08:40".into()) && times.contains(&"10:00".into()) && times.contains(&"11:20".into()));
}

#[test]
fn prom_02_fifty_who_want_the_last_time_at_one_instant_get_it_once() {
    let mut place = OfficePlace::new(config());
    let got = (0..50).filter(|_| place.hold(at(Y, 10, 0)).is_ok()).count();
    assert_eq!(got, 1);
}

#[test]
fn prom_10_times_are_promised_in_both_nights_of_daylight_saving() {
    let mut config = config();
    config.hours = place::hours(vec![(vec![chrono::Weekday::Sun], (2, 0), (5, 0))]);
    for desk in config.desks.values_mut() {
        desk.shifts[0] = office::Shift { days: vec![chrono::Weekday::Sun], ..shift((2, 0), (5, 0)) };
    }
    let mut place = OfficePlace::new(config);
    for (on, hours) in [(date(2026, 10, 25), 4), (date(2026, 3, 29), 2)] {
        place.now = (on - Duration::days(3)).and_time(time(5, 0)).and_utc();
        let slots = place.free(&Query { from: on, ..tuesday(X, PUBLIC) });
        assert_eq!(slots.len(), hours * 6 - 1, "every ten minutes of real time, on {on}");
        assert!(slots.windows(2).all(|pair| pair[1].start - pair[0].start == Duration::minutes(10)));
        for slot in slots {
            place.check(TimeWish { start: slot.start, ..at(X, 0, 0) }).unwrap();
        }
    }
}

/// Another way to the same answer, from the promise's words alone: tries every desk for every booking.
fn can_all_be_served(desks: &[(Vec<u16>, i64, i64)], bookings: &[(u16, i64, i64)], put: &mut Vec<usize>) -> bool {
    let Some(&(service, from, to)) = bookings.get(put.len()) else { return true };
    for (number, (services, opens, closes)) in desks.iter().enumerate() {
        let fits = services.contains(&service) && *opens <= from && to <= *closes;
        let apart = |(other, desk): (&(u16, i64, i64), &usize)| *desk != number || other.2 <= from || to <= other.1;
        if fits && bookings.iter().zip(put.iter()).all(apart) {
            put.push(number);
            if can_all_be_served(desks, bookings, put) {
                return true;
            }
            put.pop();
        }
    }
    false
}

/// An office of up to four desks for three services of 10, 20 and 30 minutes, in tens of minutes from 08:00.
#[derive(Debug, Clone)]
struct SlotCase {
    desks: Vec<(Vec<u16>, u32, u32)>,
    asked: Vec<(u16, u32, u8)>,
}

fn cases() -> impl Strategy<Value = SlotCase> {
    let desk = (proptest::collection::btree_set(1..=3_u16, 1..=3), 0..4_u32, 6..=12_u32)
        .prop_map(|(services, from, to)| (services.into_iter().collect(), from, to));
    let asked = (1..=3_u16, 0..12_u32, 1..=2_u8);
    (proptest::collection::vec(desk, 1..=4), proptest::collection::vec(asked, 1..=22))
        .prop_map(|(desks, asked)| SlotCase { desks, asked })
}

fn office_of(case: &SlotCase) -> OfficePlace {
    let mut config = config();
    config.services = (1..=3).map(|id| (office::ServiceId(id), place::service(10 * id))).collect();
    let clock = |tens: u32| (8 + tens / 6, tens % 6 * 10);
    let desk = |(services, from, to): &(Vec<u16>, u32, u32)| office::Desk {
        services: services.iter().copied().map(office::ServiceId).collect(),
        direction: None,
        shifts: vec![shift(clock(*from), clock(*to))],
    };
    config.desks = (1..).map(DeskId).zip(case.desks.iter().map(desk)).collect();
    // Two services may have the same key otherwise.
    for (id, service) in &mut config.services {
        service.key = format!("s{id}");
    }
    config.hours = place::hours(vec![(WEEK.to_vec(), (8, 0), (10, 0))]);
    OfficePlace::new(config)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    /// Every answer is that of trying everything; the calendar and the booking agree for every start of the day; and
    /// what was booked, in whatever order, can be served.
    #[test]
    fn prom_02_offered_exactly_if_everybody_can_be_served(case in cases()) {
        let mut place = office_of(&case);
        let desks: Vec<_> = case
            .desks
            .iter()
            .map(|(services, from, to)| (services.clone(), i64::from(*from), i64::from(*to)))
            .collect();
        let mut booked: Vec<(u16, i64, i64)> = Vec::new();
        for (service, tens, cases) in &case.asked {
            let wanted = TimeWish { cases: *cases, ..at(office::ServiceId(*service), 8 + tens / 6, tens % 6 * 10) };
            let length = i64::from(*service) + i64::from(*cases - 1);
            let (from, to) = (i64::from(*tens), i64::from(*tens) + length);
            let mut with_it = booked.clone();
            with_it.push((*service, from, to));
            let expected = to <= 12 && can_all_be_served(&desks, &with_it, &mut Vec::new());
            let query = Query { cases: *cases, ..tuesday(wanted.service, PUBLIC) };
            let free = place.free(&query);
            for start in 0..12 {
                let other = TimeWish { start: wanted.start + Duration::minutes(10 * (start - from)), ..wanted };
                let offered = free.iter().any(|slot| slot.start == other.start);
                prop_assert_eq!(offered, place.check(other).is_ok(), "calendar and booking differ at {}", start);
            }
            prop_assert_eq!(place.book(wanted).is_ok(), expected, "{:?} beside {:?}", wanted, booked);
            if expected {
                booked = with_it;
            }
        }
    }
}

/// A whole day of up to six desks for up to four services of 10 to 25 minutes, in fives of minutes from 08:00, and more
/// wishes than it has room for.
#[derive(Debug, Clone)]
struct FullDay {
    desks: Vec<(Vec<u16>, u32, u32)>,
    wishes: Vec<Wish>,
}

/// Service, start, and a number by which wishes are shuffled.
type Wish = (u16, u32, u32);

/// By what wishes are sorted.
type Order = fn(&&Wish) -> (u32, u32);

fn full_days() -> impl Strategy<Value = FullDay> {
    let desk = (proptest::collection::btree_set(1..=4_u16, 1..=4), 0..12_u32, 60..=84_u32)
        .prop_map(|(services, from, to)| (services.into_iter().collect(), from, to));
    let wishes = proptest::collection::vec((1..=4_u16, 0..84_u32, any::<u32>()), 200..320);
    (proptest::collection::vec(desk, 2..=6), wishes).prop_map(|(desks, wishes)| FullDay { desks, wishes })
}

fn office_of_day(day: &FullDay) -> OfficePlace {
    let mut config = config();
    let service = |id: u16| office::Service { grid_minutes: 5, key: format!("s{id}"), ..place::service(5 + 5 * id) };
    config.services = (1..=4).map(|id| (office::ServiceId(id), service(id))).collect();
    let clock = |fives: u32| (8 + fives / 12, fives % 12 * 5);
    let desk = |(services, from, to): &(Vec<u16>, u32, u32)| office::Desk {
        services: services.iter().copied().map(office::ServiceId).collect(),
        direction: None,
        shifts: vec![shift(clock(*from), clock(*to))],
    };
    config.desks = (1..).map(DeskId).zip(day.desks.iter().map(desk)).collect();
    config.hours = place::hours(vec![(WEEK.to_vec(), (8, 0), (15, 0))]);
    OfficePlace::new(config)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Those who had a place in one order have one in every other: whether a time is free depends on who is booked, and
    /// not on when they asked.
    #[test]
    fn prom_02_who_fitted_in_in_one_order_fits_in_in_any(day in full_days()) {
        let book = |place: &mut OfficePlace, (service, fives, _): &Wish| {
            place.book(at(office::ServiceId(*service), 8 + fives / 12, fives % 12 * 5)).is_ok()
        };
        let mut first = office_of_day(&day);
        let mut had: Vec<&Wish> = day.wishes.iter().filter(|wish| book(&mut first, wish)).collect();
        let orders: [Order; 4] = [
            |(service, start, _)| (*start, u32::from(*service)),
            |(service, start, _)| (u32::from(*service), *start),
            |(service, start, _)| (84 - *start, u32::from(*service)),
            |(_, _, shuffled)| (*shuffled, 0),
        ];
        for (number, order) in orders.into_iter().enumerate() {
            had.sort_by_key(order);
            let mut place = office_of_day(&day);
            for (at, wish) in had.iter().enumerate() {
                prop_assert!(book(&mut place, wish), "order {}: {:?}, {} of {}", number, wish, at, had.len());
            }
        }
    }
}
