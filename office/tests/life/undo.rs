//! Ten seconds in which a clerk undoes what was done last at a desk.

use crate::script::check;

#[test]
fn fld_01_a_call_is_undone_and_the_wait_goes_on() {
    let story = check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        08:00 W1 walks in for certificates
        08:01 W2 walks in for certificates
        08:02 call W2 to 1 because mistake -> W2 to 1: out of order, mistake, over W1
        08:02:05 undo call at 1 of W1 -> refused: too late to undo
        08:02:05 undo finish at 1 of W2 -> refused: too late to undo
        08:02:05 undo call at 1 of W2 -> W2 put back
        08:02:05 state W2 -> waits since 08:01, walk-in
        08:02:06 undo call at 1 of W2 -> refused: too late to undo
        08:03 next at 1 -> W1 to 1: walk-in, fits
        08:03:10 undo call at 1 of W1 -> refused: too late to undo
        08:03:10 put back W1 -> W1 put back
        ",
    );
    assert_eq!(story.office.visits[&story.visits["W1"]].overtaken, 0);
}

#[test]
fn fld_01_a_finish_is_undone_with_the_call_of_the_same_press() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        08:00 W1 walks in for certificates
        08:01 W2 walks in for certificates
        08:02 next at 1
        08:03 W1 appears
        08:10 next at 1 finish -> W1 done; W2 to 1: walk-in, fits
        08:10:04 undo finish at 1 of W1 -> W2 put back; W1 at 1 again, finish undone
        08:10:04 state W1 -> served at 1 since 08:03
        08:10:04 state W2 -> waits since 08:01, walk-in
        08:10:05 undo finish at 1 of W1 -> refused: too late to undo
        08:12 finish W1 -> W1 done
        08:12 periods W1 -> wait 08:00-08:02, way 08:02-08:03 at 1, service 08:03-08:12 at 1
        ",
    );
}

#[test]
fn fld_01_a_finish_is_undone_after_its_call_was_put_back_and_not_once_somebody_is_here() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        08:00 W1 walks in for certificates
        08:01 W2 walks in for certificates
        08:02 next at 1
        08:03 W1 appears
        08:10 next at 1 finish
        08:10:02 put back W2
        08:10:04 undo finish at 1 of W1 -> W1 at 1 again, finish undone
        08:11 next at 1 finish -> W1 done; W2 to 1: walk-in, fits
        08:11:03 W2 appears
        08:11:04 undo finish at 1 of W1 -> refused: too late to undo
        ",
    );
}

#[test]
fn fld_04_a_no_show_is_undone_and_the_call_stands() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        rule recalls_before_no_show 0
        rule recall_interval_seconds 0
        08:00 open 1
        08:00 W1 walks in for certificates
        08:02 next at 1
        08:03 W1 does not appear
        08:03:05 undo no-show at 1 of W1 -> W1 at 1 again, no-show undone
        08:03:05 state W1 -> called to 1, 0 recalls
        08:04 W1 appears
        08:05 finish W1
        08:05 periods W1 -> wait 08:00-08:02, way 08:02-08:04 at 1, service 08:04-08:05 at 1
        ",
    );
}

#[test]
fn fld_04_a_no_show_is_not_undone_once_they_are_back_nor_by_telephone() {
    check(
        "
        service certificates 20m telephone
        desk 1 serves certificates
        rule recalls_before_no_show 0
        rule recall_interval_seconds 0
        rule remote_attempts_max 1
        08:00 T books certificates at 10:00 by telephone
        08:00 open 1
        08:00 W1 walks in for certificates
        08:02 next at 1
        08:03 W1 does not appear
        08:03:02 W1 comes back
        08:03:03 undo no-show at 1 of W1 -> refused: too late to undo
        10:00 call T to 1
        10:01 T does not answer
        10:01:02 undo no-show at 1 of T -> refused: too late to undo
        ",
    );
}

#[test]
fn fld_03_parking_is_undone() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        08:00 W1 walks in for certificates
        08:02 next at 1
        08:03 W1 appears
        08:04 park W1
        08:04:09 undo park at 1 of W1 -> W1 at 1 again, park undone
        08:04:09 state W1 -> served at 1 since 08:03
        08:05 park W1
        08:05:02 call W1 to 1
        08:05:03 undo park at 1 of W1 -> refused: too late to undo
        ",
    );
}

#[test]
fn fld_02_a_transfer_is_undone_until_another_desk_calls() {
    let story = check(
        "
        service certificates 20m
        service passports 10m
        desk 1 serves certificates
        desk 2 serves passports
        08:00 open 1
        08:00 open 2
        08:00 W1 walks in for certificates
        08:02 next at 1
        08:03 W1 appears
        08:04 transfer W1 to passports -> W1 sent to passports, transferred
        08:04:03 undo transfer at 1 of W1 -> W1 at 1 again, transfer undone
        08:04:03 state W1 -> served at 1 since 08:03
        08:05 transfer W1 to passports
        08:05:02 next at 2 -> W1 to 2: transferred, fits
        08:05:03 undo transfer at 1 of W1 -> refused: too late to undo
        ",
    );
    let visit = &story.office.visits[&story.visits["W1"]];
    assert_eq!((visit.service, visit.planned_minutes), (office::ServiceId(2), 10));
}

#[test]
fn fld_02_whose_transfer_is_undone_is_there_for_what_they_came_for() {
    let story = check(
        "
        service certificates 20m
        service passports 10m
        desk 1 serves certificates
        desk 2 serves passports
        08:00 open 1
        08:00 W1 walks in for certificates
        08:02 next at 1
        08:03 W1 appears
        08:04 transfer W1 to passports
        08:04:03 undo transfer at 1 of W1
        ",
    );
    let visit = &story.office.visits[&story.visits["W1"]];
    assert_eq!((visit.service, visit.planned_minutes), (office::ServiceId(1), 20));
}

#[test]
fn fld_09_a_break_is_undone_as_if_there_had_been_none() {
    let story = check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        09:00 break 1 until 09:30
        09:00:07 undo break at 1 -> desk 1 had no break
        09:00:08 undo break at 1 -> refused: too late to undo
        09:10 break 1
        09:10:02 resume 1
        09:10:03 undo break at 1 -> refused: too late to undo
        ",
    );
    let spans = &story.office.day.as_ref().unwrap().desk_spans;
    assert_eq!(spans.len(), 2, "the break that was undone is none: {spans:?}");
}

#[test]
fn what_is_undone_is_asked_of_the_desk_that_did_it_while_it_is_open() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        desk 2 serves certificates
        08:00 W1 walks in for certificates
        08:00 undo call at 1 of W1 -> refused: desk closed
        08:01 open 1
        08:01 open 2
        08:02 next at 1
        08:02:01 undo call at 2 of W1 -> refused: too late to undo
        08:02:02 W1 leaves
        08:02:03 undo call at 1 of W1 -> refused: too late to undo
        08:03 W2 walks in for certificates
        08:03 next at 1
        08:03:02 hand over 1 from 1 to 9
        08:03:03 undo call at 1 of W2 -> refused: too late to undo
        ",
    );
}
