//! What lies ahead: places in line, waits, first gaps, and whom today does not reach (FLD-11, FLD-35, TRN-06).

mod script;

use office::{DeskId, ServiceId, order, outlook};
use script::check;

const CERTIFICATES: ServiceId = ServiceId(1);
const STAMPS: ServiceId = ServiceId(2);

#[test]
fn trn_06_who_finds_a_free_desk_is_told_so_at_the_ticket() {
    let story = check(
        "
        service certificates 20m
        service stamps 10m
        desk 1 serves certificates stamps
        08:00 A books certificates at 10:30
        10:00 open 1
        10:15 W walks in for stamps
        10:16 next at 1 -> W to 1: walk-in, in turn
        10:16 W appears
        10:17 finish W
        ",
    );
    let now = story.at("10:17");
    // Nobody keeps the desk free for A, who is not here.
    assert_eq!(outlook::first_gap(&story.office, STAMPS, now), Some(now));
    assert_eq!(outlook::first_gap(&story.office, CERTIFICATES, now), Some(now));
    assert!(outlook::fits_today(&story.office, CERTIFICATES, now));
    assert_eq!(outlook::expected_wait(&story.office, CERTIFICATES, now), Some((0, 0)));
}

#[test]
fn fld_11_waits_and_places_follow_the_rule() {
    let story = check(
        "
        service certificates 20m
        service stamps 10m
        desk 1 serves certificates stamps
        08:00 A books certificates at 09:30
        08:00 open 1
        09:00 W1 walks in for certificates
        09:00 next at 1
        09:00 W1 appears
        09:01 W2 walks in for certificates
        09:02 W3 walks in for stamps
        09:03 W4 walks in for stamps priority
        09:10 A checks in
        ",
    );
    let now = story.at("09:10");
    let visit = |name: &str| story.visits[name];
    let ahead = |name: &str| outlook::people_ahead(&story.office, visit(name), now);
    assert_eq!(ahead("W4"), Some(0));
    assert_eq!(ahead("W2"), Some(1));
    assert_eq!(ahead("W3"), Some(2));
    assert_eq!(ahead("A"), Some(0), "the time is A's own");
    assert_eq!(ahead("W1"), None, "is being served");
    // W1 is done after 09:20, and A, who is here, is due within eight minutes; then the priority class, then by arrival.
    let order = ["A", "W4", "W2", "W3"].map(visit);
    assert_eq!(outlook::expected_order(&story.office, now, 10), order);
    assert_eq!(outlook::expected_order(&story.office, now, 2), order[..2]);
    assert_eq!(outlook::expected_order(&story.office, now, 0), []);
    assert_eq!(outlook::wait_of(&story.office, visit("W1"), now), None);
    let forecast = outlook::forecast(&story.office, now);
    assert_eq!(forecast.order, order);
    let expected = |name: &str| forecast.waiting[&visit(name)];
    for (place, name) in ["A", "W4", "W2", "W3"].into_iter().enumerate() {
        assert_eq!(expected(name).people_ahead as usize, place, "{name}");
        let (from, to) = expected(name).wait.expect("today reaches them");
        let middle = (expected(name).starts_at.expect("today reaches them") - now).num_minutes();
        assert!(i64::from(from) <= middle && middle <= i64::from(to), "{name}: {middle} within {from} to {to}");
    }
    for service in [CERTIFICATES, STAMPS] {
        let newcomer = forecast.services[&service];
        assert_eq!(newcomer.people_ahead, 4);
        assert_eq!(newcomer.starts_at, outlook::first_gap(&story.office, service, now));
        assert_eq!(newcomer.wait, outlook::expected_wait(&story.office, service, now));
    }
    let later = story.at("09:31");
    assert_eq!(outlook::people_ahead(&story.office, visit("W2"), later), Some(2), "A is due now");
}

#[test]
fn trn_05_an_end_of_day_place_is_told_as_the_long_wait_that_it_is() {
    let day = |rule: &str| {
        check(&format!(
            "
            service certificates 20m
            desk 1 serves certificates
            strict late
            rule {rule}
            08:00 A books certificates at 10:00
            08:00 B books certificates at 13:00
            08:00 open 1
            10:30 A checks in late end-of-day -> A is P001, end of day
            "
        ))
    };
    let told = |rule: &str| {
        let story = day(rule);
        let expected = outlook::forecast(&story.office, story.at("10:31")).waiting[&story.visits["A"]];
        (expected.people_ahead, expected.wait, expected.starts_at.map(|at| at == story.at("13:20")))
    };
    // B, who has not come yet, is served from 13:00 on, for 16 minutes at a brisk pace and 25 at a slow one.
    assert_eq!(told("wait_max_minutes 240"), (0, Some((165, 175)), Some(true)));
    // Nobody waits longer than the office's longest wait (PROM-06): then from 12:00 on.
    assert_eq!(told("wait_max_minutes 90"), (0, Some((85, 90)), Some(false)));
}

#[test]
fn prom_01_who_comes_with_a_booking_is_told_their_own_place_and_not_a_newcomers() {
    let story = check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 09:40
        08:00 B books certificates at 10:00
        08:00 open 1
        09:10 W1 walks in for certificates
        09:11 W2 walks in for certificates
        09:20 next at 1
        09:20 W1 appears
        ",
    );
    let arrival = |name: &str| office::Command::CheckIn {
        booking: story.bookings[name],
        public: office::PublicId(uuid::Uuid::from_u128(7)),
        language: None,
        late: None,
        priority: false,
    };
    let told = |name: &str, now: &str| {
        let now = story.at(now);
        let events = office::decide(&story.office, &arrival(name), now).unwrap();
        let office::EventKind::Visit(office::VisitEvent::CheckedIn(visit)) = &events[0].kind else {
            panic!("{events:?}")
        };
        let foreseen = outlook::of_arrival(&story.office, visit, now).unwrap();
        let mut after = story.office.clone();
        events.iter().for_each(|event| office::apply(&mut after, event));
        let stands = outlook::forecast(&after, now).waiting[&visit.id];
        assert_eq!(foreseen, stands, "before the arrival and after it");
        (foreseen.people_ahead, foreseen.wait, foreseen.starts_at.unwrap())
    };
    // W2 is ahead of a newcomer, and not of A, whose time comes when W1 is done by plan.
    assert_eq!(told("A", "09:35"), (0, Some((5, 5)), story.at("09:40")));
    assert_eq!(told("B", "09:35"), (0, Some((20, 30)), story.at("10:00")));
    assert_eq!(outlook::forecast(&story.office, story.at("09:35")).services[&CERTIFICATES].people_ahead, 1);
    // Who comes long before their time is told that time, and who stands before them already.
    let early = |name: &str, now: &str| {
        let now = story.at(now);
        let events = office::decide(&story.office, &arrival(name), now).unwrap();
        let office::EventKind::Visit(office::VisitEvent::CheckedIn(visit)) = &events[0].kind else {
            panic!("{events:?}")
        };
        outlook::of_early_arrival(&story.office, visit, now)
    };
    let promised = |wait, at| Some(outlook::Expectation { people_ahead: 0, wait: Some(wait), starts_at: Some(at) });
    assert_eq!(early("B", "09:22"), promised((35, 40), story.at("10:00")));
    assert_eq!(early("B", "09:45"), None, "they may be called any moment now");
}

#[test]
fn fld_30_who_waits_through_a_suspension_is_told_what_comes_after_it() {
    let day = |suspended: &str| {
        check(&format!(
            "
            service certificates 20m
            desk 1 serves certificates
            08:00 A books certificates at 09:40
            08:00 open 1
            08:50 W1 walks in for certificates
            08:51 W2 walks in for certificates
            08:52 {suspended}
            "
        ))
    };
    for scope in ["service certificates", "desk 1"] {
        let story = day(&format!("suspend {scope} until 10:00"));
        let now = story.at("09:00");
        let forecast = outlook::forecast(&story.office, now);
        let told = |name: &str| forecast.waiting[&story.visits[name]].starts_at;
        // A comes at 09:40, waits with them, and is due when it goes on.
        assert_eq!(told("W1"), Some(story.at("10:20")), "{scope}");
        assert_eq!(told("W2"), Some(story.at("10:40")), "{scope}");
        assert_eq!(forecast.services[&CERTIFICATES].starts_at, Some(story.at("11:00")), "{scope}");
        assert_eq!(outlook::unreachable(&story.office, now), [], "{scope}");
        assert_eq!(order::propose(&story.office, DeskId(1), now), Err(office::Nobody::NoneForThisDesk), "{scope}");
        let over = story.at("10:00");
        let called = order::propose(&story.office, DeskId(1), over).map(|proposed| proposed.visit);
        assert_eq!(called, Ok(story.visits["W1"]), "{scope}: A has not come");
    }
    // Until further notice nobody can say.
    let story = day("suspend service certificates");
    let forecast = outlook::forecast(&story.office, story.at("09:00"));
    assert_eq!(forecast.waiting[&story.visits["W1"]].starts_at, None);
}

#[test]
fn fld_11_only_those_who_are_here_are_listed() {
    let story = check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 09:20
        08:00 open 1
        09:00 W0 walks in for certificates
        09:00 next at 1
        09:00 W0 appears
        09:01 W1 walks in for certificates
        09:02 W2 walks in for certificates
        ",
    );
    let now = story.at("09:05");
    assert_eq!(
        outlook::expected_order(&story.office, now, 1),
        [story.visits["W1"]],
        "A, who comes before, is not here"
    );
    assert_eq!(outlook::expected_order(&story.office, now, 9), ["W1", "W2"].map(|name| story.visits[name]));
    let (from, to) = outlook::expected_wait(&story.office, CERTIFICATES, now).expect("today reaches them");
    // What is left of W0, A, W1 and W2: 75 minutes, more or less.
    assert!(from < 75 && 75 < to && to - from <= 50, "{from} to {to}");
}

#[test]
fn fld_35_who_will_not_be_reached_is_known_before() {
    let story = check(
        "
        service certificates 20m
        desk 1 serves certificates
        rule overtime_minutes 0
        08:00 open 1 until 10:00
        09:10 W1 walks in for certificates
        09:11 W2 walks in for certificates
        09:12 W3 walks in for certificates
        ",
    );
    let now = story.at("09:15");
    assert_eq!(outlook::unreachable(&story.office, now), vec![story.visits["W3"]]);
    assert!(!outlook::fits_today(&story.office, CERTIFICATES, now));
    assert_eq!(outlook::expected_wait(&story.office, CERTIFICATES, now), None);
    assert_eq!(outlook::wait_of(&story.office, story.visits["W3"], now), None);
    assert_eq!(outlook::expected_order(&story.office, now, 10).len(), 2);
    let forecast = outlook::forecast(&story.office, now);
    assert_eq!(forecast.order, ["W1", "W2", "W3"].map(|name| story.visits[name]));
    let unreached = outlook::Expectation { people_ahead: 2, wait: None, starts_at: None };
    assert_eq!(forecast.waiting[&story.visits["W3"]], unreached);
    assert_eq!(forecast.services[&CERTIFICATES], outlook::Expectation { people_ahead: 3, ..unreached });
}

#[test]
fn prom_06_the_day_played_forward_agrees_with_the_day_played() {
    let story = check(
        "
        service certificates 20m
        service stamps 10m
        desk 1 serves certificates stamps
        desk 2 serves stamps
        08:00 A books certificates at 09:45
        08:00 open 1
        08:00 open 2
        09:00 W1 walks in for certificates
        09:01 W2 walks in for stamps
        09:02 W3 walks in for stamps
        09:03 W4 walks in for certificates
        09:04 W5 walks in for stamps
        09:05 A checks in
        ",
    );
    let mut now = story.at("09:06");
    let foreseen = outlook::expected_order(&story.office, now, 20);
    assert_eq!(foreseen.len(), 6);
    let mut office = story.office.clone();
    let mut called = Vec::new();
    let mut ends = std::collections::BTreeMap::new();
    while called.len() < foreseen.len() {
        for desk in [DeskId(1), DeskId(2)] {
            let busy = ends.get(&desk).is_some_and(|end| *end > now);
            if busy {
                continue;
            }
            let holds = office.desks[&desk].holds;
            let finish = holds.map(|_| office::Outcome::Done);
            let command = office::Command::CallNext { desk, holds, finish, note_read: None };
            let Ok(events) = office::decide(&office, &command, now) else { continue };
            for event in &events {
                office::apply(&mut office, event);
            }
            let Some(visit) = office.desks[&desk].holds else { continue };
            for event in
                office::decide(&office, &office::Command::Appeared { desk, visit }, now).expect("is on the way")
            {
                office::apply(&mut office, &event);
            }
            called.push(visit);
            let length = chrono::Duration::minutes(i64::from(office.visits[&visit].planned_minutes));
            ends.insert(desk, now + length);
        }
        now += chrono::Duration::minutes(1);
        assert!(now < story.at("13:00"), "called {called:?} of {foreseen:?}");
    }
    assert_eq!(called, foreseen);
    assert!(order::unserved_due(&office, now).is_empty());
}

#[test]
fn fld_11_one_forecast_answers_as_each_question_by_itself() {
    let story = check(
        "
        service certificates 20m
        service stamps 10m
        service passports 30m
        desk 1 serves certificates stamps
        desk 2 serves stamps passports
        08:00 A books certificates at 09:45
        08:00 B books passports at 10:10
        08:00 C books certificates at 11:00
        08:00 open 1
        08:00 open 2
        09:00 W1 walks in for certificates
        09:01 W2 walks in for stamps
        09:02 W3 walks in for passports
        09:03 W4 walks in for certificates priority
        09:04 W5 walks in for stamps
        09:05 A checks in
        ",
    );
    for minute in ["09:06", "09:20", "09:50", "10:40"] {
        let now = story.at(minute);
        let forecast = outlook::forecast(&story.office, now);
        assert_eq!(forecast.order, outlook::expected_order(&story.office, now, 20), "{minute}");
        for (visit, expected) in &forecast.waiting {
            assert_eq!(expected.wait, outlook::wait_of(&story.office, *visit, now), "{minute}");
        }
        for (service, expected) in &forecast.services {
            assert_eq!(expected.starts_at, outlook::first_gap(&story.office, *service, now), "{minute}");
            assert_eq!(expected.wait, outlook::expected_wait(&story.office, *service, now), "{minute}");
        }
    }
}
