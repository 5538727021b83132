//! The end of the day and the turn of the night.

use crate::script::check;

#[test]
fn fld_35_at_night_open_desks_and_visits_end_as_not_served() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        12:00 W1 walks in for certificates
        12:00 W2 walks in for certificates
        12:01 next at 1
        12:02 W1 appears
        on 2026-11-25
        00:00 time passes -> W2 told that today will not reach them; W1 not served; W2 not served; desk 1 closed; 2026-11-24 closed
        08:00 open 1
        08:00 next at 1 -> nobody: nobody waits
        ",
    );
}

#[test]
fn a_day_that_nobody_closed_is_closed_by_the_first_command_of_the_next() {
    let story = check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 10:00
        08:00 B books certificates at 10:00 on 2026-11-25
        08:00 open 1
        12:00 W1 walks in for certificates -> W1 is A001
        ",
    );
    // The hub was down over the night: no Tick came.
    let command = office::Command::TakeTicket {
        service: office::ServiceId(1),
        public: office::PublicId(uuid::Uuid::from_u128(99)),
        persons: 1,
        cases: 1,
        priority: false,
        needs: office::Needs::default(),
        language: office::Language::El,
        could_not_book: false,
        told: None,
    };
    let morning = story.on(story.date.succ_opt().unwrap(), "09:00");
    let events = office::decide(&story.office, &command, morning).unwrap();
    let mut office = story.office.clone();
    for event in &events {
        office::apply(&mut office, event);
        office.check_invariants().unwrap();
    }
    assert_eq!(
        story.tell(&events),
        "W1 not served; desk 1 closed; A missed; 2026-11-24 closed; visit 2 is A001",
        "the old day ends in the decision that begins the new one"
    );
    assert!(office.bookings.contains_key(&story.bookings["B"]) && !office.bookings.contains_key(&story.bookings["A"]));
}

#[test]
fn nobody_came_is_said_when_serving_ends() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        08:00 A books certificates at 10:00
        08:00 B books certificates at 11:00
        10:55 B checks in
        14:00 time passes -> B told that today will not reach them; A missed
        14:00 booking B -> arrived at 11:00
        ",
    );
}

#[test]
fn prom_12_where_no_desk_was_open_nobody_is_missed() {
    check(
        "
        service certificates 20m
        service passports 20m
        desk 1 serves certificates
        desk 2 serves passports
        08:00 open 2
        08:00 A books certificates at 10:00
        08:00 B books passports at 10:00
        on 2026-11-25
        00:00 time passes -> B missed; desk 2 closed; A cancelled by office, 08:00 kept until 00:00; 2026-11-24 closed
        ",
    );
}

#[test]
fn prom_12_an_outage_over_the_booked_time_makes_nobody_missed() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        08:00 A books certificates at 13:40
        14:20 outage since 13:30
        14:30 time passes -> nothing
        14:30:01 time passes -> A missed
        ",
    );
}

#[test]
fn fld_35_those_who_will_not_be_reached_are_told_before_the_end() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        rule overtime_minutes 0
        rule unreachable_notice_minutes 45
        08:00 open 1
        12:30 W1 walks in for certificates
        12:31 W2 walks in for certificates
        12:32 W3 walks in for certificates
        12:33 W4 walks in for certificates
        12:34 W5 walks in for certificates
        13:10 next at 1
        13:11 W1 appears
        13:15 time passes -> W3 told that today will not reach them; W4 told that today will not reach them; W5 told that today will not reach them
        13:20 time passes -> nothing
        ",
    );
}

#[test]
fn omb_20_a_telephone_booking_that_was_never_called_is_the_offices_fault() {
    check(
        "
        service certificates 20m telephone
        desk 1 serves certificates
        08:00 A books certificates at 10:00 by telephone
        08:00 open 1
        12:00 time passes -> A is P001, booked for 10:00
        12:00 state A -> waits since 10:00, booked for 10:00
        on 2026-11-25
        00:00 time passes -> A told that today will not reach them; A not served; desk 1 closed; 2026-11-24 closed
        ",
    );
}
