//! Who is next, told as days: each step of the rule, each sentence of the plan (TRN-03 to TRN-06, TRN-13, TRN-14).

mod script;

use office::{Reason, VisitState, order};
use script::check;

#[test]
fn trn_03_lateness_earns_nothing_the_later_of_booked_time_and_arrival_ranks() {
    check(
        "
        service stamps 5m
        desk 1 serves stamps
        08:00 A books stamps at 10:00
        08:00 B books stamps at 10:05
        08:00 open 1
        09:50 B checks in
        10:08 A checks in -> A is P002, booked for 10:00
        10:09 next at 1 -> B to 1: booked for 10:05, here since 09:50
        10:10 B appears
        10:12 next at 1 finish -> B done; A to 1: booked for 10:00, here since 10:08
        ",
    );
}

#[test]
fn new_11_who_waits_too_long_already_is_passed_by_who_was_here_in_time_and_by_nobody_who_came_late() {
    let day = |comes: &str, then: &str| {
        check(&format!(
            "
            service certificates 20m
            service stamps 5m
            desk 1 serves certificates stamps
            desk 2 serves certificates stamps
            08:00 A books certificates at 10:00
            08:00 B books stamps at 10:05
            09:55 A checks in
            {comes} B checks in
            10:07 open 1
            10:07 next at 1 -> {then}
            "
        ));
    };
    day("09:56", "B to 1: booked for 10:05, and not A, over A");
    day("10:06", "A to 1: booked for 10:00, here since 09:55");
}

#[test]
fn prom_06_who_has_waited_past_the_limit_is_in_question_with_the_due_and_is_not_passed_over_for_ever() {
    check(
        "
        service certificates 20m
        service passports 40m
        desk 1 serves certificates passports
        rule wait_max_minutes 30
        rule overtaken_max 1
        08:00 A books certificates at 10:20
        08:00 B books certificates at 10:40
        08:00 C books certificates at 11:00
        10:00 W walks in for passports
        10:15 A checks in
        10:20 open 1
        10:20 next at 1 -> A to 1: booked for 10:20, here since 10:15
        10:21 A appears
        10:35 B checks in
        10:41 next at 1 finish -> A done; B to 1: booked for 10:40, and not W, over W
        10:42 B appears
        10:55 C checks in
        11:01 next at 1 finish -> B done; W to 1: has waited past 30m
        ",
    );
}

#[test]
fn trn_06_a_free_desk_calls_the_first_of_the_others_though_an_appointment_is_near() {
    check(
        "
        service certificates 20m
        service stamps 10m
        desk 1 serves certificates stamps
        08:00 A books certificates at 10:30
        10:00 open 1
        10:10 W walks in for certificates
        10:11 X walks in for stamps
        10:16 next at 1 -> W to 1: walk-in, in turn
        ",
    );
}

#[test]
fn trn_06_no_desk_keeps_itself_free_for_somebody_who_is_not_here() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        desk 2 serves certificates
        08:00 A books certificates at 10:00
        09:48 open 1
        09:49 open 2
        09:50 W1 walks in for certificates
        09:50 W2 walks in for certificates
        09:51 next at 1 -> W1 to 1: walk-in, in turn
        09:51 next at 2 -> W2 to 2: walk-in, in turn
        ",
    );
}

#[test]
fn trn_03_who_has_checked_in_may_be_called_from_then_on() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 11:15
        08:00 open 1
        09:50 A checks in
        09:58 next at 1 -> A to 1: early for 11:15
        ",
    );
}

#[test]
fn new_11_between_an_early_booking_and_the_first_of_the_others_it_is_weighed() {
    let day = |booked: &str, then: &str| {
        check(&format!(
            "
            service certificates 20m
            desk 1 serves certificates
            08:00 A books certificates at {booked}
            08:00 open 1
            10:00 A checks in
            10:00 W walks in for certificates
            10:09 next at 1 -> {then}
            "
        ))
    };
    let story = day("10:15", "A to 1: early for 10:15, and not W");
    let VisitState::Called { reason: Reason::Weighed { weighing, .. }, .. } =
        &story.office.visits[&story.visits["A"]].state
    else {
        panic!("it was weighed")
    };
    let stake = weighing.at_stake.expect("the appointment is at stake");
    assert_eq!(stake.booked_for, story.at("10:15"));
    assert!(stake.late_percent == 0 && stake.otherwise_percent > 80, "{stake:?}");
    assert_eq!((weighing.needs_minutes, weighing.other_needs_minutes), (20, 20));
    day("11:30", "W to 1: walk-in, in turn, and not A");
}

#[test]
fn new_11_the_sentence_is_the_other_way_an_office_may_choose() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        rule order sentence
        08:00 A books certificates at 10:15
        08:00 B books certificates at 10:40
        08:00 open 1
        10:00 A checks in
        10:00 B checks in
        10:00 W walks in for certificates
        10:09 next at 1 -> W to 1: walk-in, in turn
        10:09 put back W
        10:10 next at 1 -> A to 1: early for 10:15
        10:11 A appears
        10:20 next at 1 finish -> A done; W to 1: walk-in, in turn
        10:20 W appears
        10:25 next at 1 finish -> W done; B to 1: early for 10:40
        ",
    );
}

#[test]
fn fld_01_preference_acts_only_among_arrivals_that_lie_close_together() {
    let day = |window: u8, second: &str, then: &str| {
        check(&format!(
            "
            service certificates 10m
            service stamps 10m
            desk 1 serves stamps certificates
            rule preference_window_minutes {window}
            08:00 open 1
            09:00 W1 walks in for certificates
            {second} W2 walks in for stamps
            09:20 next at 1 -> {then}
            "
        ));
    };
    day(0, "09:05", "W1 to 1: walk-in, in turn");
    day(10, "09:10", "W2 to 1: walk-in, in turn, over W1");
    day(10, "09:11", "W1 to 1: walk-in, in turn");
}

#[test]
fn fld_27_a_priority_class_has_a_head_start_and_at_most_two_turns_in_a_row() {
    check(
        "
        service certificates 10m
        desk 1 serves certificates
        08:00 open 1
        09:00 W walks in for certificates
        09:10 P1 walks in for certificates priority
        09:11 P2 walks in for certificates priority
        09:12 P3 walks in for certificates priority
        09:13 next at 1 -> P1 to 1: walk-in by priority, in turn
        09:13 P1 appears
        09:20 next at 1 finish -> P1 done; P2 to 1: walk-in by priority, in turn
        09:20 P2 appears
        09:30 next at 1 finish -> P2 done; W to 1: walk-in, in turn
        09:30 W appears
        09:40 next at 1 finish -> W done; P3 to 1: walk-in, in turn
        ",
    );
}

#[test]
fn fld_27_the_head_start_is_no_more_than_it_says() {
    check(
        "
        service certificates 10m
        desk 1 serves certificates
        08:00 open 1
        09:00 W walks in for certificates
        09:31 P walks in for certificates priority
        09:32 next at 1 -> W to 1: walk-in, in turn
        ",
    );
}

#[test]
fn trn_06_a_shorter_matter_may_pass_so_often_and_then_the_next_turn_is_kept() {
    let day = |rule: &str, calls: &str| {
        check(&format!(
            "
            service stamps 5m
            service passports 30m
            desk 1 serves stamps passports
            rule overtaken_max 2
            rule shorter_may_pass {rule}
            08:00 open 1
            09:45 L walks in for passports
            09:46 S1 walks in for stamps
            09:46 S2 walks in for stamps
            09:46 S3 walks in for stamps
            09:46 S4 walks in for stamps
            {calls}
            "
        ))
    };
    day(
        "true",
        "
        09:50 next at 1 -> S1 to 1: walk-in, in turn, and not L, over L
        09:50 S1 appears
        09:55 next at 1 finish -> S1 done; S2 to 1: walk-in, in turn, and not L, over L
        09:55 S2 appears
        10:05 next at 1 finish -> S2 done; L to 1: overtaken 2 times, the turn was kept
        ",
    );
    day("false", "09:50 next at 1 -> L to 1: walk-in, in turn");
}

#[test]
fn trn_05_late_and_by_choice_served_after_the_last_booking() {
    check(
        "
        service certificates 10m
        desk 1 serves certificates
        strict late
        08:00 A books certificates at 09:00
        08:00 B books certificates at 10:00
        08:00 open 1
        09:30 A checks in end-of-day -> A is P001, end of day
        09:31 next at 1 -> nobody: A waits for the last booking, 10:00
        10:00 B checks in
        10:01 next at 1 -> B to 1: booked for 10:00, here since 10:00
        10:02 B appears
        10:10 next at 1 finish -> B done; A to 1: after the last booking
        ",
    );
}

#[test]
fn trn_13_the_interrupted_come_first_in_the_next_gap_at_their_desk() {
    check(
        "
        service certificates 30m
        desk 1 serves certificates
        08:00 A books certificates at 10:00
        08:00 open 1
        09:20 W walks in for certificates
        09:21 X walks in for certificates
        09:25 next at 1 -> W to 1: walk-in, in turn
        09:26 W appears
        09:55 A checks in
        09:59 interrupt W -> refused: no reason to interrupt
        10:01 interrupt W -> W interrupted with 5m left, interrupted
        10:01 next at 1 -> A to 1: booked for 10:00, here since 09:55
        10:02 A appears
        10:30 next at 1 finish -> A done; W to 1: interrupted, in turn
        ",
    );
}

#[test]
fn trn_13_the_same_desk_is_preferred_while_it_is_idle() {
    let office = "
        service certificates 30m
        desk 1 serves certificates
        desk 2 serves certificates
        08:00 A books certificates at 10:00
        08:00 open 1
        09:20 W walks in for certificates
        09:25 next at 1
        09:26 W appears
        09:55 A checks in
        10:01 interrupt W
        10:01 next at 1 -> A to 1: booked for 10:00, here since 09:55
        10:02 A appears
        10:03 open 2
        ";
    check(&format!(
        "{office}
        10:15 X walks in for certificates
        10:20 finish A
        10:21 next at 2 -> X to 2: walk-in, in turn
        10:22 next at 1 -> W to 1: interrupted, in turn
        "
    ));
    check(&format!(
        "{office}
        10:05 next at 2 -> W to 2: interrupted, in turn
        "
    ));
}

#[test]
fn fld_02_the_transferred_keep_their_arrival() {
    check(
        "
        service certificates 10m
        service stamps 10m
        desk 1 serves certificates
        desk 2 serves stamps
        08:00 open 1
        08:00 open 2
        09:00 W1 walks in for certificates
        09:01 next at 1
        09:02 W1 appears
        09:05 W2 walks in for stamps
        09:06 transfer W1 to stamps -> W1 sent to stamps, transferred
        09:07 next at 2 -> W1 to 2: transferred, in turn
        ",
    );
}

#[test]
fn prom_05_a_due_visit_is_left_to_an_idle_desk_by_the_only_desk_of_another() {
    check(
        "
        service certificates 10m
        service passports 10m
        desk 1 serves certificates passports
        desk 2 serves certificates
        08:00 A books certificates at 10:00
        08:00 B books passports at 10:05
        09:55 A checks in
        09:55 B checks in
        10:06 open 1
        10:06 open 2
        10:07 next at 1 -> B to 1: booked for 10:05, and not A, over A
        10:07 next at 2 -> A to 2: booked for 10:00, here since 09:55
        ",
    );
}

#[test]
fn trn_14_everything_ends_by_the_clerk_s_end_and_the_overtime() {
    check(
        "
        service certificates 30m
        service stamps 5m
        desk 1 serves certificates stamps
        08:00 A books certificates at 09:40
        09:00 open 1 until 10:00
        09:00 W walks in for certificates
        09:40 A checks in
        09:41 next at 1 -> nobody: W cannot end by 10:10
        09:41 S walks in for stamps
        09:42 next at 1 -> S to 1: walk-in, in turn
        ",
    );
}

#[test]
fn omb_20_a_telephone_booking_arrives_at_its_time() {
    check(
        "
        service certificates 10m telephone
        desk 1 serves certificates
        08:00 A books certificates at 10:00 by telephone
        08:00 open 1
        10:01 next at 1 -> A to 1: by telephone for 10:00
        ",
    );
}

#[test]
fn prom_12_a_due_visit_that_no_open_desk_serves_is_an_alarm_and_keeps_its_place() {
    let story = check(
        "
        service certificates 10m
        service passports 10m
        desk 1 serves certificates
        desk 2 serves passports
        08:00 B books passports at 09:30
        08:00 open 1
        09:00 B checks in
        09:20 W walks in for certificates
        09:40 next at 1 -> W to 1: walk-in, in turn
        09:41 state B -> waits since 09:00, booked for 09:30
        ",
    );
    let b = story.visits["B"];
    assert_eq!(order::unserved_due(&story.office, story.at("09:41")), vec![b]);
    assert_eq!(order::unserved_due(&story.office, story.at("09:29")), vec![], "not due yet");
}

#[test]
fn prom_12_who_is_served_by_any_open_desk_is_no_alarm() {
    let story = check(
        "
        service certificates 10m
        service passports 10m
        service stamps 10m
        desk 1 serves certificates
        desk 2 serves passports
        desk 3 serves stamps
        08:00 A books certificates at 09:30
        08:00 B books passports at 09:30
        08:00 C books stamps at 09:25
        08:00 D books stamps at 09:35
        08:00 open 1
        08:00 open 2
        09:00 A checks in
        09:01 B checks in
        09:02 D checks in
        09:03 C checks in
        ",
    );
    let unserved = order::unserved_due(&story.office, story.at("09:40"));
    assert_eq!(unserved, [story.visits["C"], story.visits["D"]], "in booked order; the others have a desk");
}

#[test]
fn fld_05_the_next_but_one_when_a_note_says_so() {
    let story = check(
        "
        service certificates 10m
        desk 1 serves certificates
        08:00 open 1
        09:00 W1 walks in for certificates
        09:01 W2 walks in for certificates
        09:02 note W1 -> W1 has a note
        09:03 next at 1 -> refused: read the note of W1 first
        ",
    );
    let (w1, w2) = (story.visits["W1"], story.visits["W2"]);
    let instead = order::propose_without(&story.office, office::DeskId(1), story.at("09:04"), &[w1]);
    assert_eq!(instead.map(|proposal| proposal.visit), Ok(w2));
}

#[test]
fn trn_13_interrupting_is_proposed_only_where_it_helps() {
    let told = |minutes: u16, more: &str, at: &str| {
        let story = check(&format!(
            "
            service certificates {minutes}m
            service stamps 5m
            desk 1 serves certificates stamps
            service passports 5m
            desk 2 serves stamps
            desk 3 serves passports
            08:00 A books stamps at 10:00
            08:00 open 1
            09:30 W walks in for certificates
            09:30 call W to 1 because urgent
            09:30 W appears
            {more}
            "
        ));
        order::interruption_proposed(&story.office, office::DeskId(1), story.at(at)).map(|one| one.left_minutes)
    };
    let here = "09:50 A checks in";
    assert_eq!(told(60, here, "10:01"), Some(29));
    assert_eq!(told(60, here, "09:59"), None, "not due");
    assert_eq!(told(60, "", "10:01"), None, "not here");
    assert_eq!(told(36, here, "10:01"), None, "five minutes left");
    assert_eq!(told(60, "09:50 A checks in\n 10:00 open 2", "10:01"), None, "another desk is free");
    assert_eq!(told(60, "09:50 A checks in\n 10:00 open 3", "10:01"), Some(29), "one that does not serve A");
    assert_eq!(told(240, here, "10:01"), Some(209));
    assert_eq!(told(250, here, "10:01"), Some(219), "ends at 13:46 and five minutes");
    let late = "08:00 rule overtime_minutes 0\n 09:50 A checks in";
    assert_eq!(told(60, late, "10:01"), Some(29));
    assert_eq!(told(265, late, "10:01"), Some(234), "A and what is left end at 14:00, with the clerk's hours");
    assert_eq!(told(266, late, "10:01"), None, "a minute after them");
    let not_for_this = "08:00 B books passports at 10:00\n 09:50 B checks in";
    assert_eq!(told(60, not_for_this, "10:01"), None, "for somebody whom this desk does not serve");
}

#[test]
fn trn_13_interrupting_is_proposed_at_whichever_desk_it_helps() {
    let story = check(
        "
        service passports 60m
        service certificates 60m
        service stamps 5m
        desk 1 serves passports
        desk 2 serves certificates stamps
        08:00 A books stamps at 10:00
        08:00 open 1
        08:00 open 2
        09:30 W1 walks in for passports
        09:30 call W1 to 1 because urgent
        09:30 W1 appears
        09:30 W2 walks in for certificates
        09:30 call W2 to 2 because urgent
        09:30 W2 appears
        09:50 A checks in
        ",
    );
    let told = |desk| order::interruption_proposed(&story.office, office::DeskId(desk), story.at("10:01"));
    assert_eq!(told(1), None);
    assert_eq!(told(2).map(|one| (one.visit, one.for_visit)), Some((story.visits["W2"], story.visits["A"])));
    assert_eq!(told(2).map(|one| (one.booked_for, one.left_minutes)), Some((story.at("10:00"), 29)));
}
