//! Desks: open, on a break, closed, ready; and what becomes of those who were meant for one alone.

use crate::script::check;

#[test]
fn fld_09_a_desk_opens_pauses_and_closes() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        desk 2 serves certificates
        08:00 open 1 by 7 -> desk 1 opened until 14:00
        08:00 open 1 by 8 -> refused: desk already open
        08:00 open 2 by 7 -> refused: clerk at another desk
        08:01 break 1 until 08:00 -> refused: impossible times
        08:01 break 1 until 08:30 -> desk 1 on a break
        08:02 break 1 -> refused: desk on a break
        08:10 resume 1 -> desk 1 back
        08:10 resume 1 -> refused: desk not on a break
        08:11 W1 walks in for certificates
        08:11 next at 1
        08:12 break 1 -> refused: desk has W1
        08:12 close 1 -> refused: desk has W1
        08:13 W1 appears
        08:14 finish W1
        08:15 close 1 -> desk 1 closed
        08:15 close 1 -> refused: desk closed
        ",
    );
}

#[test]
fn new_08_a_desk_is_handed_over_with_whoever_is_in_hand_and_never_closes_in_between() {
    check(
        "
        service certificates 20m
        clerk 8 08:00 13:00
        desk 1 serves certificates
        desk 2 serves certificates
        08:00 open 1 by 7 -> desk 1 opened until 14:00
        08:00 open 2 by 9 -> desk 2 opened until 14:00
        08:01 W1 walks in for certificates
        08:02 next at 1
        08:03 W1 appears
        08:04 hand over 1 from 9 to 8 -> refused: desk already open
        08:04 hand over 1 from 7 to 7 -> refused: clerk at another desk
        08:04 hand over 1 from 7 to 9 -> refused: clerk at another desk
        08:05 hand over 1 from 7 to 8 -> desk 1 handed to 8
        08:05 hand over 1 from 7 to 8 -> refused: desk already open
        08:06 open 2 by 7 -> refused: desk already open
        08:10 finish W1 -> W1 done
        08:11 break 1 until 08:30
        08:12 hand over 1 from 8 to 7 -> desk 1 handed to 7
        08:13 resume 1 -> desk 1 back
        08:14 close 1 -> desk 1 closed
        08:15 hand over 1 from 7 to 8 -> refused: desk closed
        ",
    );
}

#[test]
fn trn_14_a_desk_is_open_until_the_end_of_its_clerks_hours() {
    check(
        "
        service certificates 20m
        clerk 7 08:00 13:00
        desk 1 serves certificates clerk 7
        08:00 open 1 by 7 -> desk 1 opened until 13:00
        08:01 close 1
        08:02 open 1 by 7 until 12:00 -> desk 1 opened until 12:00
        08:03 close 1
        08:03 open 1 by 7 until 08:00 -> refused: impossible times
        ",
    );
}

#[test]
fn fld_07_a_ready_desk_calls_by_itself_when_somebody_comes_and_once() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        08:01 ready 1 -> desk 1 ready
        08:01 ready 1 -> nothing
        08:05 W1 walks in for certificates
        08:06 time passes -> W1 to 1: walk-in, in turn
        08:06 W1 appears
        08:07 W2 walks in for certificates
        08:10 finish W1
        08:15 time passes -> nothing
        08:15 ready 1
        08:16 time passes -> W2 to 1: walk-in, in turn
        ",
    );
}

#[test]
fn fld_07_a_desk_made_ready_while_it_serves_calls_when_it_is_free() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        08:00 W1 walks in for certificates
        08:00 W2 walks in for certificates
        08:01 next at 1
        08:01 W1 appears
        08:02 ready 1
        08:10 finish W1
        08:11 time passes -> W2 to 1: walk-in, in turn
        ",
    );
}

#[test]
fn fld_07_a_ready_desk_calls_a_booked_citizen_when_the_time_comes_and_no_note_unread() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 10:00
        08:00 open 1
        09:00 A checks in
        09:00 ready 1
        09:45 time passes -> A to 1: early for 10:00
        09:46 put back A
        09:46 note A
        09:46 ready 1
        10:05 time passes -> nothing
        10:06 next at 1 read A -> A to 1: booked for 10:00, here since 09:00
        ",
    );
}

#[test]
fn fld_02_a_visit_sent_to_a_desk_is_freed_when_that_desk_closes() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        desk 2 serves certificates
        08:00 open 1
        08:00 open 2
        08:00 W1 walks in for certificates
        08:00 W2 walks in for certificates
        08:01 next at 1
        08:02 W1 appears
        08:03 transfer W1 to desk 2 -> W1 sent to desk 2, transferred
        08:03 state W1 -> waits for desk 2 since 08:03, transferred
        08:04 next at 2
        08:04 W1 appears
        08:05 transfer W1 to desk 1
        08:06 next at 1
        08:06 park W1 -> W1 parked by 1
        08:07 close 1 -> desk 1 closed; W1 transferred: its desk closed
        08:07 state W1 -> waits since 08:07, transferred
        08:08 next at 2 -> W1 to 2: transferred, in turn
        ",
    );
}

#[test]
fn prom_06_nobody_stays_parked_at_a_closed_desk() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        desk 2 serves certificates
        08:00 open 1
        08:00 open 2
        08:00 W1 walks in for certificates
        08:01 next at 1
        08:02 park W1
        08:03 W1 leaves
        08:04 close 1
        08:05 W1 stays -> W1 stays; W1 walk-in: its desk closed
        08:05 next at 2 -> W1 to 2: walk-in, in turn
        ",
    );
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        desk 2 serves certificates
        08:00 open 1
        08:00 open 2
        08:00 W1 walks in for certificates
        08:01 next at 1
        08:02 park W1
        08:03 call W1 to 2 because urgent
        08:04 close 1
        08:05 put back W1 -> W1 put back; W1 walk-in: its desk closed
        ",
    );
}
