//! Kiosks that go on while the hub is away: their numbers, and what they hand in (PROM-07).

use crate::script::check;

#[test]
fn prom_07_numbers_are_leased_a_week_ahead_and_two_kiosks_never_hold_the_same() {
    let story = check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 kiosk 1 leases numbers
        08:00 kiosk 2 leases numbers
        08:01 kiosk 1 leases numbers -> nothing
        08:02 kiosk 2 gives back 500 -> refused: not leased
        08:03 kiosk 1 gives back 500 -> kiosk 1 returned 500-749
        08:04 kiosk 3 leases numbers
        ",
    );
    let mut today: Vec<_> = story.office.leases.iter().filter(|lease| lease.block.date == story.date).collect();
    today.sort_by_key(|lease| lease.block.first);
    let held: Vec<_> = today.iter().map(|lease| (lease.kiosk.0.as_u128(), lease.block.first)).collect();
    assert_eq!(held, [(3, 500), (2, 750)]);
    let days: std::collections::BTreeSet<_> = story.office.leases.iter().map(|lease| lease.block.date).collect();
    assert_eq!(days.len(), 8, "today and a week");
}

#[test]
fn prom_07_what_a_kiosk_has_lost_is_burnt_for_the_day_and_free_the_next() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 kiosk 1 leases numbers
        08:05 kiosk 1 leases numbers anew -> kiosk 1 has 750-999 of 2026-11-24; kiosk 1 has 750-999 of 2026-11-25; kiosk 1 has 750-999 of 2026-11-26; kiosk 1 has 750-999 of 2026-11-27; kiosk 1 has 750-999 of 2026-11-28; kiosk 1 has 750-999 of 2026-11-29; kiosk 1 has 750-999 of 2026-11-30; kiosk 1 has 750-999 of 2026-12-01
        on 2026-12-01
        08:00 kiosk 2 leases numbers -> kiosk 2 has 1000-1249 of 2026-12-01; kiosk 2 has 500-749 of 2026-12-02; kiosk 2 has 500-749 of 2026-12-03; kiosk 2 has 500-749 of 2026-12-04; kiosk 2 has 500-749 of 2026-12-05; kiosk 2 has 500-749 of 2026-12-06; kiosk 2 has 500-749 of 2026-12-07; kiosk 2 has 500-749 of 2026-12-08
        ",
    );
}

#[test]
fn prom_07_fld_40_who_came_meanwhile_waits_since_then_and_called_numbers_rise() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        08:00 kiosk 1 leases numbers
        08:01 W1 walks in for certificates -> W1 is A001
        08:40 W2 came to kiosk 1 at 08:05 for certificates as A500 -> W2 is A500
        08:40 W3 came to kiosk 1 at 08:07 for certificates as A501 2 persons -> W3 is A501
        08:40 state W2 -> waits since 08:05, walk-in
        08:41 W4 walks in for certificates -> W4 is A750
        08:41 kiosk 1 gives back 500
        08:42 W5 walks in for certificates -> W5 is A751
        08:43 next at 1 -> W1 to 1: walk-in, in turn
        08:44 W1 appears
        08:45 next at 1 finish -> W1 done; W2 to 1: walk-in, in turn
        08:46 W2 appears
        08:47 next at 1 finish -> W2 done; W3 to 1: walk-in, in turn
        08:48 W3 appears
        08:49 next at 1 finish -> W3 done; W4 to 1: walk-in, in turn
        ",
    );
}

#[test]
fn prom_07_own_numbers_go_round_what_kiosks_hold_and_a_kiosk_that_was_passed_gets_higher_ones() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        08:00 kiosk 1 leases numbers
        08:00 kiosk 2 leases numbers
        08:30 W1 came to kiosk 2 at 08:05 for certificates as A750 -> W1 is A750
        08:31 W2 walks in for certificates -> W2 is A1000
        08:32 kiosk 1 leases numbers -> kiosk 1 has 1250-1499 of 2026-11-24
        ",
    );
}

#[test]
fn prom_07_a_booked_citizen_who_checked_in_meanwhile_keeps_the_place() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        strict late
        rule grace_minutes 10
        08:00 open 1
        08:00 kiosk 1 leases numbers
        08:00 A books certificates at 10:00
        08:00 B books certificates at 10:20
        08:00 C books certificates at 10:40
        11:00 A came to kiosk 1 at 09:55 as P500 -> A is P500, booked for 10:00
        11:00 B came to kiosk 1 at 10:50 as P501 told late -> B is P501, end of day
        11:00 C came to kiosk 1 at 10:45 as P502 told nothing -> C is P502, booked for 10:40
        11:01 state A -> waits since 09:55, booked for 10:00
        ",
    );
}

#[test]
fn prom_07_given_up_by_a_person_meanwhile_ranks_as_a_walk_in_and_by_the_house_as_promised() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        strict void late
        rule grace_minutes 10
        08:00 open 1
        08:00 kiosk 1 leases numbers
        08:00 A books certificates at 10:00
        08:00 B books certificates at 10:20 late book-anew
        08:00 C books certificates at 09:00
        08:00 D books certificates at 11:40
        08:30 void C
        09:50 A cancels
        10:45 time passes -> B cancelled by lateness
        11:00 A came to kiosk 1 at 09:55 as P500 -> A is P500; P500 noted: cancelled by citizen
        11:00 B came to kiosk 1 at 10:15 as P501 -> B is P501; P501 noted: cancelled by lateness
        11:00 C came to kiosk 1 at 08:55 as P502 -> C is P502; P502 noted: void
        11:01 staff cancels D
        11:02 settle P500 -> settled
        11:03 settle P500 -> refused: no such visit
        ",
    );
}

#[test]
fn prom_07_the_same_booking_at_two_kiosks_is_one_visit() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 kiosk 1 leases numbers
        08:00 kiosk 2 leases numbers
        08:00 A books certificates at 10:00
        10:30 A came to kiosk 1 at 09:50 as P500 -> A is P500, booked for 10:00
        10:30 A came to kiosk 2 at 09:55 as P750 -> P750 noted: here already as A
        ",
    );
}

#[test]
fn prom_01_a_number_that_only_a_note_knows_is_on_paper_and_is_given_to_nobody_else() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 kiosk 1 leases numbers
        08:00 kiosk 2 leases numbers
        08:00 A books certificates at 10:00
        08:00 B books certificates at 10:20
        08:00 C books certificates at 10:40
        10:30 A came to kiosk 1 at 09:50 as P500 -> A is P500, booked for 10:00
        10:30 B came to kiosk 2 at 09:54 as P750 -> B is P750, booked for 10:20
        10:30 A came to kiosk 2 at 09:55 as P751 -> P751 noted: here already as A
        10:31 kiosk 1 gives back 500
        10:31 kiosk 2 gives back 750
        10:33 C checks in -> C is P752, booked for 10:40
        ",
    );
}

#[test]
fn prom_07_a_code_that_only_its_mark_vouches_for_is_a_walk_in_until_a_clerk_finds_it() {
    check(
        "
        service certificates 20m
        service building 60m
        desk 1 serves certificates building
        desk 2 serves certificates
        08:00 kiosk 1 leases numbers
        10:30 N came to kiosk 1 at 09:50 as P500 told nothing -> N is P500; P500 noted: not known
        10:31 state N -> waits since 09:50, walk-in
        10:32 A books building at 12:00
        10:33 find booking A for N -> N is A, booked for 12:00; settled
        10:34 booking A -> arrived at 12:00
        10:35 find booking A for N -> refused: not callable
        ",
    );
}

#[test]
fn prom_07_served_on_paper_meanwhile_nobody_waits_twice() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 kiosk 1 leases numbers
        08:00 A books certificates at 10:00
        10:30 W1 on paper at 1 for certificates came 09:50 served 10:00 10:10 as A500 -> W1 is A500, served on paper
        10:30 P1 on paper at 1 for certificates came 09:55 served 10:10 10:20 as P500 -> P1 is P500, served on paper
        10:31 W1 came to kiosk 1 at 09:50 for certificates as A500 -> A500 noted: served on paper
        10:31 A came to kiosk 1 at 09:55 as P500 -> P1 is A, booked for 10:00; P500 noted: served on paper
        10:32 W2 came to kiosk 1 at 09:57 for certificates as A501 -> W2 is A501
        10:33 W2 on paper at 1 for certificates came 09:57 served 10:20 10:25 as A501 -> W2 served on paper at 1 10:20-10:25
        10:34 periods W2 -> wait 09:57-10:20, service 10:20-10:25 at 1
        10:35 W2 on paper at 1 for certificates came 09:57 served 10:20 10:25 as A501 -> refused: not callable
        10:36 W3 on paper at 1 for certificates came 09:57 served 10:20 10:25 as A40 -> refused: no such visit
        ",
    );
}

#[test]
fn prom_07_an_answer_that_was_lost_leaves_nobody_waiting_under_a_number_that_no_one_has() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 kiosk 1 leases numbers
        08:00 A books certificates at 10:00
        09:50 A checks in -> A is P001, booked for 10:00
        09:52 A came to kiosk 1 at 09:50 as P500 unheard A -> P001 left; A is P500, booked for 10:00
        ",
    );
}

#[test]
fn prom_07_who_is_served_under_the_number_of_a_lost_answer_does_not_wait_a_second_time() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        08:00 kiosk 1 leases numbers
        08:00 A books certificates at 10:00
        08:00 B books certificates at 10:20
        09:50 A checks in -> A is P001, booked for 10:00
        10:00 next at 1
        10:01 A appears
        10:02 A came to kiosk 1 at 09:50 as P500 unheard A -> P500 noted: here already as A
        10:10 B checks in -> B is P750, booked for 10:20
    ",
    );
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 kiosk 1 leases numbers
        08:00 A books certificates at 10:00
        09:50 A checks in -> A is P001, booked for 10:00
        09:55 P1 on paper at 1 for certificates came 09:50 served 09:51 09:54 as P500 -> P1 is P500, served on paper
        09:56 A came to kiosk 1 at 09:50 as P500 unheard A -> A left; P1 is A, booked for 10:00; P500 noted: served on paper
        ",
    );
}

#[test]
fn prom_07_prom_01_a_number_that_was_not_the_kiosks_to_give_is_replaced_and_staff_are_told() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 kiosk 1 leases numbers
        08:00 kiosk 2 leases numbers
        08:10 W1 came to kiosk 1 at 08:05 for certificates as A500 -> W1 is A500
        08:10 W2 came to kiosk 1 at 08:06 for certificates as A500 -> W2 is A1000; A500 noted: renumbered
        08:10 W3 came to kiosk 1 at 08:07 for certificates as A750 -> W3 is A1001; A750 noted: renumbered
        08:10 W4 came to kiosk 1 at 08:08 for nothing as A501 -> W4 is A501; A501 noted: service gone
        ",
    );
}

#[test]
fn prom_07_prom_10_who_came_on_a_day_that_is_over_is_noted_and_does_not_wait_today() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 kiosk 1 leases numbers
        13:50 W1 came to kiosk 1 at 13:45 for certificates as A500 -> W1 is A500
        on 2026-11-25
        08:00 kiosk 1 leases numbers -> kiosk 1 has 500-749 of 2026-12-02
        08:00 open 1
        08:01 W2 walks in for certificates -> W2 is A001
        08:02 W3 came to kiosk 1 at 08:01 for certificates as A500 -> W3 is A500
        ",
    );
    let story = check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 kiosk 1 leases numbers
        on 2026-11-25
        08:00 kiosk 1 leases numbers
        ",
    );
    assert!(story.office.leases.iter().all(|lease| lease.block.date >= story.date), "burnt with its day");
}
