//! Calling: the press of "next", notes, recalls, no-shows, the telephone.

use crate::script::check;

#[test]
fn prom_04_next_pressed_twice_calls_once() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        08:00 W1 walks in for certificates
        08:00 W2 walks in for certificates
        08:01 next at 1 holding nobody -> W1 to 1: walk-in, in turn
        08:01 next at 1 holding nobody -> refused: desk holds W1
        08:01 next at 1 holding W1 -> refused: desk has W1
        08:01 next at 1 holding W1 finish -> refused: not served here now
        08:02 W1 appears
        08:10 next at 1 holding W2 finish -> refused: desk holds W1
        08:10 next at 1 holding W1 finish -> W1 done; W2 to 1: walk-in, in turn
        ",
    );
}

#[test]
fn a_finish_with_nobody_next_is_a_finish() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        08:00 next at 1 -> nobody: nobody waits
        08:00 next at 1 finish -> nobody: nobody waits
        08:00 W1 walks in for certificates
        08:01 next at 1
        08:02 W1 appears
        08:10 next at 1 finish -> W1 done
        ",
    );
}

#[test]
fn a_desk_that_cannot_call() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 W1 walks in for certificates
        08:00 next at 1 -> refused: desk closed
        08:00 next at 7 -> refused: no such desk
        08:00 open 1
        08:01 break 1
        08:02 next at 1 -> refused: desk on a break
        08:03 resume 1
        08:03 suspend desk 1 until 09:00
        08:04 next at 1 -> refused: suspended until 09:00
        09:00 next at 1 -> W1 to 1: walk-in, in turn
        ",
    );
}

#[test]
fn fld_05_a_note_is_read_before_the_call() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        08:00 W1 walks in for certificates
        08:00 W2 walks in for certificates
        08:01 note W1 -> W1 has a note
        08:02 next at 1 -> refused: read the note of W1 first
        08:02 call W2 to 1 because note-of-proposal -> W2 to 1: out of order, note-of-proposal, over W1
        08:03 put back W2
        08:04 next at 1 read W1 -> W1 to 1: walk-in, in turn
        08:05 put back W1 -> W1 put back
        08:05 no note W1 -> W1 has no note
        08:06 next at 1 -> W1 to 1: walk-in, in turn
        ",
    );
}

#[test]
fn trn_04_fld_06_out_of_order_needs_a_reason() {
    check(
        "
        service certificates 20m
        service passports 20m
        desk 1 serves certificates
        desk 2 serves passports
        08:00 open 1
        08:00 W1 walks in for certificates
        08:01 W2 walks in for certificates
        08:02 W3 walks in for passports
        08:03 call W2 to 1 -> refused: a reason is needed
        08:03 call W3 to 1 because urgent -> refused: not served at this desk
        08:03 call W2 to 1 because urgent -> W2 to 1: out of order, urgent, over W1
        08:04 call W1 to 1 because urgent -> refused: desk has W2
        08:04 W2 appears
        08:05 finish W2
        08:05 call W2 to 1 because mistake -> refused: not callable
        08:06 call W1 to 1 -> W1 to 1: walk-in, in turn
        ",
    );
}

#[test]
fn trn_06_who_is_passed_over_is_counted_and_a_call_taken_back_counts_not() {
    let story = check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        08:00 W1 walks in for certificates
        08:01 W2 walks in for certificates
        08:02 call W2 to 1 because urgent
        08:03 put back W2
        08:03 state W2 -> waits since 08:01, walk-in
        08:04 call W2 to 1 because urgent
        ",
    );
    assert_eq!(story.office.visits[&story.visits["W1"]].overtaken, 1);
}

#[test]
fn fld_04_recalls_have_a_least_interval_and_no_show_needs_enough_of_them() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        strict no-show
        rule recalls_before_no_show 2
        rule recall_interval_seconds 20
        08:00 open 1
        08:00 W1 walks in for certificates
        08:01 next at 1
        08:01:19 recall W1 -> refused: recall from 08:01:20
        08:01:30 W1 does not appear -> refused: recall 2 times first
        08:01:30 recall W1 -> W1 recalled to 1
        08:01:50 recall W1 -> W1 recalled to 1
        08:02 W1 does not appear -> refused: recall from 08:02:10
        08:02:10 W1 does not appear -> W1 did not appear
        08:02:10 W1 does not appear at 1 -> refused: not called here
        08:02:10 periods W1 -> wait 08:00-08:01, way 08:01-08:02:10 at 1
        ",
    );
}

#[test]
fn trn_12_a_no_show_without_recalls_is_tolerated_at_first() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        08:00 W1 walks in for certificates
        08:01 next at 1
        08:02 W1 does not appear -> tolerated: no-show; W1 did not appear
        ",
    );
}

#[test]
fn prom_12_an_outage_makes_nobody_a_no_show() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        strict no-show
        rule recalls_before_no_show 1
        08:00 open 1
        08:00 W1 walks in for certificates
        08:01 next at 1
        08:02 recall W1
        08:30 outage since 08:02:10
        08:31 W1 does not appear -> refused: recall 1 times first
        08:31 recall W1
        08:32 W1 does not appear -> W1 did not appear
        ",
    );
}

#[test]
fn fld_04_back_in_time_has_the_next_free_turn_and_later_the_end_of_the_class() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        rule recalls_before_no_show 0
        rule recall_interval_seconds 0
        08:00 open 1
        08:00 W1 walks in for certificates
        08:00 W2 walks in for certificates
        08:00 W3 walks in for certificates
        08:01 next at 1
        08:02 W1 does not appear -> W1 did not appear
        08:03 next at 1 -> W2 to 1: walk-in, in turn
        08:04 W2 does not appear
        08:17 W1 comes back -> W1 back, first in line
        08:19:01 W2 comes back -> W2 back, returned
        08:20 W2 comes back -> refused: not a no-show
        08:20 next at 1 -> W1 to 1: first in line
        08:21 put back W1
        08:21 state W1 -> waits since 08:17, first in line
        08:22 next at 1
        08:22 W1 appears
        08:23 finish W1
        08:23 next at 1 -> W3 to 1: walk-in, in turn
        ",
    );
}

#[test]
fn omb_20_a_telephone_booking_needs_no_check_in_and_is_due_at_its_time() {
    let story = check(
        "
        service certificates 20m telephone
        desk 1 serves certificates
        08:00 A books certificates at 10:00 by telephone
        08:00 open 1
        09:55 A checks in -> refused: no check-in needed
        10:00 time passes -> A is P001, booked for 10:00
        10:00 call A to 1 -> A to 1: by telephone for 10:00
        10:01 A appears -> A served at 1
        10:12 finish A -> A done
        10:12 periods A -> wait 10:00-10:00, way 10:00-10:01 at 1, service 10:01-10:12 at 1
        ",
    );
    assert!(story.office.calls.is_empty(), "a telephone booking is never on the board");
}

#[test]
fn omb_20_attempts_are_recorded_and_unreachable_after_the_set_tries_is_a_no_show() {
    check(
        "
        service certificates 20m telephone
        desk 1 serves certificates
        rule remote_attempts_max 2
        strict no-show
        08:00 A books certificates at 10:00 by telephone
        08:00 open 1
        10:00 call A to 1
        10:00 A does not appear -> refused: recall 2 times first
        10:01 A does not answer -> A did not answer
        10:02 W1 walks in for certificates
        10:02 next at 1 -> W1 to 1: walk-in, in turn
        10:02 W1 appears
        10:04 finish W1
        10:05 call A to 1 -> A to 1: by telephone for 10:00
        10:06 A does not answer -> A did not answer; A did not appear; A missed
        10:06 booking A -> missed at 10:00
        ",
    );
    check(
        "
        service certificates 20m telephone
        desk 1 serves certificates
        08:00 A books certificates at 10:00 on 2026-11-25 by telephone
        on 2026-11-25
        10:01 time passes -> 2026-11-24 closed; A is P001, booked for 10:00
        10:01 open 1
        10:02 next at 1 -> A to 1: by telephone for 10:00
        10:03 A does not answer -> A did not answer
        10:04 close 1 -> desk 1 closed; A booked for 10:00: its desk closed
        10:04 state A -> waits since 10:04, booked for 10:00
        ",
    );
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        08:00 W1 walks in for certificates
        08:01 next at 1
        08:01 W1 does not answer -> refused: not by telephone or teleconference
        ",
    );
}

#[test]
fn prom_04_what_is_not_called_here_is_refused_here() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        desk 2 serves certificates
        08:00 open 1
        08:00 open 2
        08:00 W1 walks in for certificates
        08:01 next at 1
        08:01 W1 appears at 2 -> refused: not called here
        08:01 recall W1 at 2 -> refused: not called here
        08:01 put back W1 at 2 -> refused: not called here
        08:01 call W1 to 2 because urgent -> refused: not callable
        08:02 W1 appears
        08:03 finish W1 at 2 -> refused: not served here now
        08:03 park W1 at 2 -> refused: not served here now
        08:03 W1 appears -> refused: not called here
        08:04 finish W1
        08:04 finish W1 at 1 -> refused: not served here now
        ",
    );
}
