//! Serving, and what ends or pauses it: finish, park, transfer, interruption, missing documents.

use crate::script::check;

#[test]
fn fld_08_what_was_delivered_and_how_it_ended() {
    let story = check(
        "
        service certificates 20m
        service stamps 5m
        desk 1 serves certificates stamps
        08:00 open 1
        08:00 W1 walks in for certificates
        08:00 W2 walks in for certificates
        08:01 next at 1
        08:01 W1 appears
        08:10 finish W1 delivered certificates,stamps -> W1 done
        08:10 next at 1
        08:10 W2 appears
        08:12 finish W2 not-possible -> W2 not possible
        ",
    );
    let delivered = |name: &str| match &story.office.visits[&story.visits[name]].state {
        office::VisitState::Finished { delivered, .. } => delivered.len(),
        other => panic!("{other:?}"),
    };
    assert_eq!((delivered("W1"), delivered("W2")), (2, 0));
}

#[test]
fn fld_03_park_and_call_again() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        desk 2 serves certificates
        08:00 open 1
        08:00 open 2
        08:00 W1 walks in for certificates
        08:01 next at 1
        08:02 W1 appears
        08:05 park W1 -> W1 parked by 1
        08:05 state W1 -> parked by 1
        08:06 next at 1 -> nobody: nobody waits
        08:07 call W1 to 2 -> refused: a reason is needed
        08:08 call W1 to 1 -> W1 to 1: parked here
        08:09 W1 appears
        08:12 finish W1
        08:12 periods W1 -> wait 08:00-08:01, way 08:01-08:02 at 1, service 08:02-08:05 at 1, parked 08:05-08:08 at 1, way 08:08-08:09 at 1, service 08:09-08:12 at 1
        ",
    );
}

#[test]
fn fld_02_a_transfer_keeps_number_and_arrival_and_may_be_first_in_line_with_a_reason() {
    let story = check(
        "
        service certificates 20m
        service passports 10m
        desk 1 serves certificates
        desk 2 serves passports
        desk 3 serves certificates
        08:00 open 1
        08:00 open 2
        08:00 W1 walks in for certificates -> W1 is A001
        08:01 W2 walks in for passports
        08:02 next at 1
        08:02 W1 appears
        08:05 transfer W1 to desk 3 -> refused: desk closed
        08:05 transfer W1 to desk 2 -> refused: not served at this desk
        08:05 transfer W1 to desk 1 -> refused: not served at this desk
        08:05 transfer W1 to passports -> W1 sent to passports, transferred
        08:06 next at 2 -> W1 to 2: transferred, in turn
        08:06 transfer W1 to passports because mistake -> W1 sent to passports, first in line
        08:07 next at 2 -> W1 to 2: first in line
        ",
    );
    let visit = &story.office.visits[&story.visits["W1"]];
    assert_eq!((visit.number.to_string().as_str(), visit.planned_minutes), ("A001", 10));
    assert_eq!(visit.arrived_at, story.at("08:00"));
}

#[test]
fn fld_02_a_booked_citizen_who_is_transferred_is_a_filler_there() {
    check(
        "
        service certificates 20m
        service passports 10m
        desk 1 serves certificates
        desk 2 serves passports
        08:00 A books certificates at 10:00
        08:00 open 1
        08:00 open 2
        09:59 A checks in
        10:00 next at 1
        10:01 A appears
        10:05 transfer A to passports -> A sent to passports, transferred
        ",
    );
}

#[test]
fn trn_13_interrupting_is_proposed_not_forced() {
    check(
        "
        service certificates 20m
        service building 60m
        desk 1 serves certificates building
        08:00 A books certificates at 10:00
        08:00 open 1
        09:30 W1 walks in for building
        09:30 call W1 to 1 because urgent
        09:31 W1 appears
        09:50 interrupt W1 -> refused: no reason to interrupt
        09:58 A checks in
        09:59 interrupt W1 -> refused: no reason to interrupt
        10:01 interrupt W1 -> W1 interrupted with 30m left, interrupted
        10:01 state W1 -> interrupted at 1, interrupted
        10:01 next at 1 -> A to 1: booked for 10:00, here since 09:58
        10:02 A appears
        10:20 finish A
        10:20 next at 1 -> W1 to 1: interrupted, in turn
        10:21 W1 appears
        10:50 finish W1
        10:50 periods W1 -> wait 09:30-09:30, way 09:30-09:31 at 1, service 09:31-10:01 at 1, interrupted 10:01-10:20 at 1, way 10:20-10:21 at 1, service 10:21-10:50 at 1
        ",
    );
}

#[test]
fn trn_13_the_interrupted_citizen_may_choose_the_end_of_the_day_or_the_same_desk() {
    check(
        "
        service certificates 20m
        service building 60m
        desk 1 serves certificates building
        08:00 A books certificates at 10:00
        08:00 B books certificates at 11:00
        08:00 open 1
        09:30 W1 walks in for building
        09:30 call W1 to 1 because urgent
        09:31 W1 appears
        09:58 A checks in
        10:01 interrupt W1 end-of-day -> W1 interrupted with 30m left, end of day
        10:02 next at 1
        10:03 A appears
        10:10 finish A
        10:12 next at 1 -> nobody: W1 waits for the last booking, 11:00
        10:55 B checks in
        11:00 next at 1
        11:01 B appears
        11:15 finish B
        11:15 next at 1 -> W1 to 1: after the last booking
        ",
    );
    check(
        "
        service certificates 20m
        service building 60m
        desk 1 serves certificates building
        desk 2 serves building
        08:00 A books certificates at 10:00
        08:00 open 1
        09:30 W1 walks in for building
        09:30 call W1 to 1 because urgent
        09:31 W1 appears
        09:58 A checks in
        10:01 interrupt W1 same
        10:02 next at 1
        10:03 A appears
        10:04 finish A
        10:05 close 1 -> desk 1 closed; W1 interrupted: its desk closed
        10:06 open 2
        10:06 next at 2 -> W1 to 2: interrupted, in turn
        ",
    );
}

#[test]
fn trn_09_missing_documents_end_the_visit_where_that_is_enforced_and_it_may_come_back_the_same_day() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        strict documents
        08:00 open 1
        08:00 W1 walks in for certificates -> W1 is A001
        08:01 next at 1
        08:02 W1 appears
        08:03 W1 lacks documents -> W1 documents missing
        11:00 W1 comes back -> W1 back, returned
        11:01 W2 walks in for certificates
        11:02 call W2 to 1 because short-matter
        11:03 put back W2
        11:03 next at 1 -> W1 to 1: returned, in turn
        ",
    );
}

#[test]
fn trn_12_missing_documents_are_tolerated_at_first() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        08:00 W1 walks in for certificates
        08:01 next at 1
        08:02 W1 appears
        08:03 W1 lacks documents -> tolerated: documents
        08:04 finish W1 -> W1 done
        08:05 W1 comes back -> refused: not a no-show
        ",
    );
}

#[test]
fn omb_17_what_was_shown_is_recorded_at_the_desk_that_holds_the_visit() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        desk 2 serves certificates
        08:00 open 1
        08:00 open 2
        08:01 W1 walks in for certificates
        08:01 W1 shows identity at 1 -> refused: not served here now
        08:02 next at 1
        08:02 W1 appears
        08:03 W1 shows identity at 2 -> refused: not served here now
        08:03 W1 shows identity representation papers missing -> W1 showed identity and representation, papers missing
        08:04 W1 shows identity papers waived -> refused: a reason is needed
        08:04 W1 shows identity papers waived because -> W1 showed identity, papers waived
        ",
    );
}
