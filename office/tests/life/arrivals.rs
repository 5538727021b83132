//! Coming in: early, in time, late, on the wrong day, twice; without a booking, straight to a desk, on paper.

use crate::script::check;

#[test]
fn check_in_early_is_taken_and_waits_for_its_time() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 10:00
        08:30 A checks in -> A is P001, booked for 10:00
        08:31 A checks in -> refused: already here as A
        ",
    );
}

#[test]
fn check_in_opens_so_long_before_where_the_office_says_so() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        rule check_in_early_minutes 30
        08:00 A books certificates at 10:00
        09:29 A checks in -> refused: check-in opens at 09:30
        09:30 A checks in -> A is P001, booked for 10:00
        ",
    );
}

#[test]
fn check_in_on_another_day_says_which() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 10:00 on 2026-11-25
        09:55 A checks in -> refused: booked for 2026-11-25
        on 2026-11-25
        09:55 A checks in -> A is P001, booked for 10:00
        ",
    );
}

#[test]
fn check_in_of_what_is_no_booking_any_more() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        strict void late
        08:00 open 1
        08:00 A books certificates at 09:00
        08:00 B books certificates at 10:00
        08:00 C holds certificates at 11:00
        08:00 D books certificates at 08:20
        08:01 A cancels
        08:01 void B
        08:02 C checks in -> refused: expired
        09:00 A checks in -> refused: cancelled
        09:00 B checks in -> refused: void
        09:00 C checks in -> refused: expired
        14:05 D checks in -> refused: missed
        ",
    );
}

#[test]
fn trn_03_within_the_grace_the_place_is_kept() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        strict late
        rule grace_minutes 10
        08:00 A books certificates at 10:00
        08:00 B books certificates at 10:20
        08:00 open 1
        10:10 A checks in -> A is P001, booked for 10:00
        10:30:01 B checks in -> B is P002, booked for 10:20  # A still waits: the office has not come so far
        ",
    );
}

#[test]
fn trn_03_beyond_the_grace_the_place_is_lost() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        strict late
        08:00 A books certificates at 10:00
        08:00 open 1
        10:10:01 A checks in -> refused: late for 10:00, choose
        ",
    );
}

#[test]
fn trn_03_the_rest_of_the_booked_time_still_holds_the_service() {
    check(
        "
        service certificates 30m
        desk 1 serves certificates
        strict late
        08:00 A books certificates at 10:00
        08:00 open 1
        09:00 service certificates 10m
        10:20 A checks in -> A is P001, booked for 10:00
        ",
    );
    check(
        "
        service certificates 30m
        desk 1 serves certificates
        strict late
        08:00 A books certificates at 10:00
        08:00 open 1
        09:00 service certificates 10m
        10:20:01 A checks in -> refused: late for 10:00, choose
        ",
    );
}

#[test]
fn trn_03_the_office_itself_has_not_reached_that_time() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        strict late
        08:00 A books certificates at 09:40
        08:00 B books certificates at 10:00
        08:00 open 1
        09:40 A checks in
        09:40 next at 1
        09:41 A appears
        10:30 B checks in -> B is P002, booked for 10:00   # the desk still has A in hand, from before 10:00
        ",
    );
}

#[test]
fn trn_03_another_desk_has_reached_that_time() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        desk 2 serves certificates
        strict late
        08:00 A books certificates at 09:40
        08:00 B books certificates at 10:00
        08:00 open 1
        08:00 open 2
        09:40 A checks in
        09:40 next at 1
        09:41 A appears
        10:30 B checks in -> refused: late for 10:00, choose
        ",
    );
}

#[test]
fn trn_05_late_and_the_citizen_chooses_the_end_of_the_day() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        strict late
        08:00 A books certificates at 10:00
        08:00 B books certificates at 11:00
        08:00 open 1
        10:30 A checks in late end-of-day -> A is P001, end of day
        10:59 B checks in
        11:00 next at 1 -> B to 1: booked for 11:00, here since 10:59
        11:01 B appears
        11:15 finish B
        11:15 next at 1 -> A to 1: after the last booking
        ",
    );
}

#[test]
fn trn_05_late_arrivals_take_part_in_the_gaps_where_the_office_says_so() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        strict late
        rule late_in_gaps true
        08:00 A books certificates at 10:00
        08:00 B books certificates at 11:00
        08:00 open 1
        10:30 A checks in late end-of-day -> A is P001, late
        10:31 next at 1 -> A to 1: late, in turn
        ",
    );
}

#[test]
fn trn_05_late_and_the_citizen_books_anew() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        strict late
        08:00 A books certificates at 10:00
        08:00 B books certificates at 11:00
        08:00 open 1
        10:30 A checks in late book-anew -> A cancelled by lateness
        10:30 A checks in -> refused: cancelled
        11:30 B checks in late end-of-day -> B is P001, end of day
        11:31 B chooses end-of-day -> B end of day: chose
        11:32 B chooses book-anew -> B left; B cancelled by lateness
        11:33 B stays -> refused: too late to undo
        11:33 B chooses end-of-day -> refused: nothing to choose
        ",
    );
}

#[test]
fn trn_05_the_choice_made_at_booking_holds() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        strict late
        08:00 A books certificates at 10:00 late end-of-day
        08:00 B books certificates at 10:20 late book-anew
        08:00 open 1
        10:31 time passes -> B cancelled by lateness
        10:40 A checks in -> A is P001, end of day
        ",
    );
}

#[test]
fn trn_05_no_time_is_left_before_closing() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        strict late
        rule overtime_minutes 0
        08:00 A books certificates at 10:00
        08:00 open 1
        13:41 A checks in late end-of-day -> refused: no time left today
        ",
    );
}

#[test]
fn trn_12_lateness_is_tolerated_at_first() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 10:00
        08:00 open 1
        10:30 A checks in -> tolerated: late; A is P001, booked for 10:00
        ",
    );
}

#[test]
fn trn_03_trn_04_the_clerk_admits_somebody_late() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        strict late
        08:00 A books certificates at 10:00
        08:00 B books certificates at 10:40
        08:00 open 1
        10:30 A checks in late end-of-day
        10:31 admit A -> A booked for 10:00: admitted
        10:31 admit A -> refused: not late
        10:32 next at 1 -> A to 1: booked for 10:00, here since 10:30
        ",
    );
}

#[test]
fn prom_12_an_outage_makes_nobody_late() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        strict late
        08:00 A books certificates at 10:00
        08:00 B books certificates at 10:20
        08:00 open 1
        10:40 outage since 09:55 -> outage since 09:55
        10:50 A checks in -> A is P001, booked for 10:00
        10:50:01 B checks in -> B is P002, booked for 10:20  # A waits: not reached
        10:51 next at 1 -> A to 1: booked for 10:00, here since 10:50
        ",
    );
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        strict late
        08:00 A books certificates at 10:00
        08:00 open 1
        10:40 outage since 10:05
        10:50:01 A checks in -> refused: late for 10:00, choose
        ",
    );
}

#[test]
fn prom_12_a_closed_desk_makes_nobody_late() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        strict late
        08:00 A books certificates at 10:00
        08:00 B books certificates at 11:00
        10:35 open 1
        10:45 A checks in -> A is P001, booked for 10:00
        10:46 next at 1
        10:46 A appears
        10:50 finish A
        11:10:01 B checks in -> refused: late for 11:00, choose
        ",
    );
}

#[test]
fn trn_15_a_service_that_requires_a_booking() {
    check(
        "
        service passports 20m required
        desk 1 serves passports
        strict walk-in
        08:00 open 1
        09:00 W1 walks in for passports -> refused: a booking is required
        09:01 W1 walks in for passports could not book -> W1 is A001
        ",
    );
    check(
        "
        service passports 20m required
        desk 1 serves passports
        08:00 open 1
        09:00 W1 walks in for passports -> W1 is A001; tolerated: walk-in
        ",
    );
}

#[test]
fn fld_35_tickets_have_hours_of_their_own() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        tickets 07:45 13:00
        07:44 W1 walks in for certificates -> refused: closed until 07:45
        07:45 W1 walks in for certificates -> W1 is A001
        13:00 W2 walks in for certificates -> refused: no tickets before 07:45
        14:00 W2 walks in for certificates -> refused: closed until 07:45
        ",
    );
}

#[test]
fn trn_06_trn_14_no_ticket_for_what_cannot_end_by_closing() {
    check(
        "
        service certificates 20m
        service passports 60m
        desk 1 serves certificates passports
        rule overtime_minutes 10
        08:00 open 1
        13:10 W1 walks in for passports -> W1 is B001
        13:11 W2 walks in for passports -> refused: no time left today
        13:11 W2 walks in for certificates -> W2 is A001
        ",
    );
}

#[test]
fn fld_35_near_the_end_the_plan_of_all_who_wait_decides() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        rule overtime_minutes 0
        rule unreachable_notice_minutes 45
        08:00 open 1
        13:16 W1 walks in for certificates -> W1 is A001
        13:17 W2 walks in for certificates -> W2 is A002
        13:18 W3 walks in for certificates -> refused: no time left today
        ",
    );
}

#[test]
fn the_house_is_full() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        rule waiting_max 1
        08:00 W1 walks in for certificates -> W1 is A001
        08:01 W2 walks in for certificates -> refused: too many are waiting
        08:02 W1 leaves
        08:03 W2 walks in for certificates -> W2 is A002
        ",
    );
}

#[test]
fn fld_40_prom_01_letters_and_numbers() {
    check(
        "
        service certificates 20m
        service passports 20m letter K
        service stamps 5m letter A
        desk 1 serves certificates passports stamps
        07:00 A books certificates at 10:00
        08:00 W1 walks in for certificates -> W1 is A001
        08:01 W2 walks in for passports -> W2 is K001
        08:02 W3 walks in for stamps -> W3 is A002
        08:03 A checks in -> A is P001, booked for 10:00
        08:04 W1 leaves
        08:05 W4 walks in for certificates -> W4 is A003
        on 2026-11-25
        08:00 W5 walks in for certificates -> W5 is A001
        ",
    );
}

#[test]
fn prom_01_after_999_comes_1000() {
    let mut story = check(
        "
        service certificates 1m
        desk 1 serves certificates
        08:00 open 1
        ",
    );
    let now = story.at("08:00");
    for number in 1..=1_001 {
        let name = format!("W{number}");
        story.play(&format!("08:00 {name} walks in for certificates -> {name} is A{number:03}")).unwrap();
        assert_eq!(story.office.last_at, Some(now));
        if number % 50 > 0 {
            story.play(&format!("08:00 {name} leaves")).unwrap();
        }
    }
}

#[test]
fn fld_07_somebody_is_served_directly() {
    check(
        "
        service certificates 20m
        service passports 20m
        desk 1 serves certificates
        08:00 open 1
        08:10 W1 comes to desk 1 for passports -> refused: not served at this desk
        08:10 W1 comes to desk 1 for certificates -> W1 is A001, served directly
        08:11 W2 comes to desk 1 for certificates -> refused: desk has W1
        08:11 W2 comes to desk 1 for certificates holding nobody -> refused: desk holds W1
        08:20 finish W1 -> W1 done
        08:20 periods W1 -> service 08:10-08:20 at 1
        ",
    );
}

#[test]
fn prom_12_visits_on_paper_are_entered_with_their_true_times() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        10:30 outage since 09:00
        10:35 W1 on paper at 1 for certificates came 09:10 served 09:15 09:30 -> W1 is A001, served on paper
        10:35 periods W1 -> wait 09:10-09:15, service 09:15-09:30 at 1
        10:36 W2 on paper at 1 for certificates came 09:10 served 09:05 09:30 -> refused: impossible times
        10:36 W2 on paper at 1 for certificates came 09:10 served 09:15 11:30 -> refused: impossible times
        ",
    );
}

#[test]
fn prom_12_after_an_outage_the_clerk_takes_a_roll_call() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 W1 walks in for certificates
        08:01 W2 walks in for certificates
        08:02 W3 walks in for certificates
        10:30 outage since 08:30
        10:31 gone W1 W3 W1 -> W1 left; W3 left
        10:31 state W2 -> waits since 08:01, walk-in
        10:33 W1 stays -> W1 stays
        ",
    );
}

#[test]
fn fld_12_leaving_can_be_undone_for_five_minutes() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        08:00 W1 walks in for certificates
        08:10 W1 leaves -> W1 left
        08:15 W1 stays -> W1 stays
        08:15 state W1 -> waits since 08:00, walk-in
        08:16 next at 1
        08:17 W1 leaves -> W1 left
        08:17 next at 1 -> nobody: nobody waits
        08:18 W1 stays -> W1 stays
        08:18 state W1 -> waits since 08:00, walk-in
        08:20 W1 leaves
        08:25:01 W1 stays -> refused: too late to undo
        08:26 W1 leaves -> refused: not an open booking
        ",
    );
}

#[test]
fn trn_06_a_walk_in_takes_the_offered_gap_as_a_fixed_time() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 10:00
        08:00 open 1
        09:50 W1 walks in for certificates
        09:50 W2 walks in for certificates
        09:51 W1 fixes 10:10 -> refused: taken
        09:51 W1 fixes 10:21 -> W1 fixed for 10:21
        09:51 W1 fixes 10:50 -> refused: not an open booking
        09:52 B books certificates at 10:30 -> refused: taken
        10:00 A checks in
        10:00 next at 1
        10:01 A appears
        10:15 finish A
        10:16 next at 1 -> W1 to 1: early for 10:21
        ",
    );
}

#[test]
fn fld_34_fld_27_needs_and_priority_are_kept_on_the_visit() {
    let story = check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 10:00 escort
        08:00 W1 walks in for certificates escort priority
        09:55 A checks in priority
        ",
    );
    for name in ["A", "W1"] {
        let visit = &story.office.visits[&story.visits[name]];
        assert!(visit.needs.escort && visit.priority, "{name}");
    }
}
