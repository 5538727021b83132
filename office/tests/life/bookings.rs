//! The life of a booking: kept, promised, moved, given up, void.

use crate::script::check;

#[test]
fn prom_02_a_time_is_sold_once() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 10:00 -> A booked at 10:00
        08:01 B books certificates at 10:00 -> refused: taken
        08:01 B books certificates at 10:15 -> refused: taken
        08:01 B books certificates at 10:20 -> B booked at 10:20
        ",
    );
}

#[test]
fn prom_02_a_held_time_is_nobody_elses_until_it_lapses() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        rule hold_minutes 5
        08:00 A holds certificates at 10:00 public -> A held at 10:00 until 08:05
        08:04 B holds certificates at 10:00 public -> refused: taken
        08:04 A extends -> A held until 08:09
        08:08:59 B holds certificates at 10:00 public -> refused: taken
        08:09 B holds certificates at 10:00 public -> B held at 10:00 until 08:14
        08:09 A confirms -> refused: the hold has lapsed
        08:10 B confirms -> B confirmed
        08:20 booking B -> confirmed at 10:00
        ",
    );
}

#[test]
fn a_hold_lapses_by_itself() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A holds certificates at 10:00
        08:30 time passes -> hold of A ended
        08:30 booking A -> expired at 10:00
        08:30 A extends -> refused: the hold has lapsed
        08:30 A releases -> refused: the hold has lapsed
        ",
    );
}

#[test]
fn a_hold_is_extended_only_so_often_and_can_be_given_back() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        rule hold_extensions_max 1
        08:00 A holds certificates at 10:00
        08:01 A extends -> A held until 08:06
        08:02 A extends -> refused: no more extensions
        08:03 A releases -> hold of A ended
        08:03 B books certificates at 10:00 -> B booked at 10:00
        08:04 B extends -> refused: not a hold
        ",
    );
}

#[test]
fn prom_02_omb_16_a_move_is_one_decision() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 10:00
        08:00 B books certificates at 11:00
        08:01 A moves to 11:00 -> refused: taken
        08:01 booking A -> confirmed at 10:00
        08:02 A moves to 10:10 -> A moved from 10:00 to 10:10
        08:02 A moves to 10:10 -> nothing
        08:03 C books certificates at 09:50 -> C booked at 09:50
        08:03 D books certificates at 10:00 -> refused: taken
        ",
    );
}

#[test]
fn omb_15_a_cancelled_time_is_free_for_staff_at_once_and_for_the_public_after_the_cool_down() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        rule cool_down_minutes 15
        08:00 A books certificates at 10:00 on 2026-11-25 public
        08:10 A cancels -> A cancelled by citizen, cools until 08:25
        08:11 B books certificates at 10:00 on 2026-11-25 public -> refused: taken
        08:12 B books certificates at 10:00 on 2026-11-25 -> B booked at 10:00
        08:13 staff cancels B -> B cancelled by staff, cools until 08:28
        08:28 C books certificates at 10:00 on 2026-11-25 public -> C booked at 10:00
        ",
    );
}

#[test]
fn omb_15_todays_times_have_no_cool_down() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 10:00 public
        08:10 A cancels -> A cancelled by citizen
        08:10 B books certificates at 10:00 public -> B booked at 10:00
        08:11 A cancels -> refused: not an open booking
        ",
    );
}

#[test]
fn a_citizen_changes_a_booking_only_until_so_long_before() {
    check(
        "
        service certificates 20m change 60
        desk 1 serves certificates
        08:00 A books certificates at 10:00 public
        08:59 A moves to 10:30 public -> A moved from 10:00 to 10:30
        09:30 A cancels -> refused: too late to change
        09:30 A moves to 12:00 public -> refused: too late to change
        09:30 A moves to 12:00 -> A moved from 10:30 to 12:00
        11:30 staff cancels A -> A cancelled by staff
        ",
    );
}

#[test]
fn fld_17_limits_per_address_let_a_parent_book_for_a_family() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        rule holds_per_address_max 2
        rule bookings_per_address_max 3
        08:00 A holds certificates at 10:00 address 1
        08:00 B holds certificates at 10:20 address 1
        08:00 C holds certificates at 10:40 address 1 -> refused: too many holds
        08:00 D holds certificates at 10:40 address 2
        08:01 A confirms address 1
        08:01 B confirms address 1
        08:01 C books certificates at 11:00 address 1 -> C booked at 11:00
        08:01 E books certificates at 11:20 address 1 -> refused: too many bookings
        08:01 E holds certificates at 11:20 address 1 -> refused: too many bookings
        08:02 C cancels
        08:02 E books certificates at 11:20 address 1 -> E booked at 11:20
        ",
    );
}

#[test]
fn trn_09_wrong_details_make_a_booking_void_where_that_is_enforced() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        strict void
        08:00 A books certificates at 10:00
        08:01 void A -> A void
        08:02 A checks in -> refused: void
        08:03 B books certificates at 10:00 -> B booked at 10:00
        ",
    );
}

#[test]
fn trn_12_wrong_details_are_tolerated_at_first() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 10:00
        08:01 void A -> tolerated: void
        10:00 A checks in -> A is P001, booked for 10:00
        ",
    );
}

#[test]
fn trn_09_a_correction_has_a_deadline_after_which_the_booking_is_void() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        strict void
        08:00 A books certificates at 12:00
        08:00 B books certificates at 12:20
        08:01 ask A to correct until 08:00 -> refused: impossible times
        08:01 ask A to correct until 12:01 -> refused: impossible times
        08:01 A corrects -> refused: nothing to correct
        08:01 ask A to correct until 10:00 -> A asked to correct until 10:00
        08:02 ask B to correct until 10:00
        08:03 ask B to correct until 11:00 -> B asked to correct until 11:00  # the newer one holds
        09:59 B corrects -> B corrected
        09:59 B corrects -> refused: nothing to correct
        10:00 time passes -> A void, not corrected
        10:01 A corrects -> refused: not an open booking
        12:20 B checks in -> B is P001, booked for 12:20
        ",
    );
}

#[test]
fn trn_09_a_booking_that_is_moved_nearer_falls_void_at_its_own_time() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        strict void
        08:00 A books certificates at 12:00
        08:01 ask A to correct until 11:00
        08:02 A moves to 10:00
        10:00 time passes -> A void, not corrected
        ",
    );
}

#[test]
fn trn_12_a_deadline_that_passes_is_tolerated_at_first() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 12:00
        08:01 ask A to correct until 10:00
        09:00 void A -> tolerated: void             # a warning of another kind
        10:00 time passes -> tolerated: void
        11:00 time passes -> nothing
        11:00 A corrects -> A corrected
        12:00 A checks in -> A is P001, booked for 12:00
        ",
    );
}

#[test]
fn trn_09_who_is_here_corrects_at_the_desk() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        strict void
        08:00 A books certificates at 09:00
        08:01 ask A to correct until 09:00
        08:55 A checks in
        09:00 booking A -> arrived at 09:00
        ",
    );
}

#[test]
fn prom_09_the_same_reference_makes_nothing_twice() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        desk 2 serves certificates
        08:00 A books certificates at 10:00 as R1
        08:00 B books certificates at 10:00 as R1 -> refused: the drawn id is taken
        08:00 B holds certificates at 10:00 as R1 -> refused: the drawn id is taken
        ",
    );
}

#[test]
fn fld_32_persons_and_cases_make_a_booking_longer() {
    check(
        "
        service certificates 20m person 10 case 5
        desk 1 serves certificates
        08:00 A books certificates at 10:00 3 persons 2 cases
        08:00 B books certificates at 10:40 -> refused: taken
        08:00 B books certificates at 10:45 -> B booked at 10:45
        08:00 C books certificates at 12:00 0 persons -> refused: persons or cases out of range
        09:55 A checks in
        09:55 amend A 2 persons 1 cases -> A has 2 persons, 1 cases, 30m
        09:56 amend A 1 persons 1 cases 12 minutes -> A has 1 persons, 1 cases, 12m
        09:56 amend A 1 persons 1 cases 0 minutes -> refused: persons or cases out of range
        ",
    );
}

#[test]
fn trn_07_an_agents_booking_for_a_citizen_is_final_only_when_the_citizen_says_so() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        rule hold_minutes 5
        rule online.agent_confirm_hours 2
        rule online.agents_share_percent 100
        07:00 A holds certificates at 10:00 agent 1 address 1 -> A held at 10:00 until 07:05
        07:03 A is entrusted to 9 -> A entrusted until 09:03
        08:00 B books certificates at 10:00 public -> refused: taken
        08:00 A extends -> A held until 09:03
        08:30 A confirms -> A confirmed
        08:30 C holds certificates at 11:00 agent 1 address 1 -> C held at 11:00 until 08:35
        08:31 C is entrusted to 9 -> C entrusted until 10:31
        10:31 time passes -> hold of C ended
        10:31 C confirms -> refused: the hold has lapsed
        10:32 B books certificates at 11:00 public -> B booked at 11:00
        ",
    );
}

#[test]
fn trn_07_an_entrusted_time_lapses_before_it_begins_and_only_an_agents_can_be_entrusted() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        rule holds_per_address_max 2
        rule online.agents_share_percent 100
        07:00 A holds certificates at 10:00 agent 1
        07:01 A is entrusted to 9 -> A entrusted until 10:00
        07:01 B holds certificates at 11:00 public
        07:01 B is entrusted to 9 -> refused: not a hold
        07:01 C holds certificates at 11:20 agent 1
        07:01 C is entrusted to 9
        07:01 D holds certificates at 11:40 agent 1
        07:01 D is entrusted to 9 -> refused: too many holds
        ",
    );
}

#[test]
fn trn_07_one_agent_has_so_many_bookings_of_a_day_and_agents_together_their_share() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates from 08:00 to 12:00
        rule online.agent_bookings_per_day_max 2
        rule online.agents_share_percent 25
        07:00 A books certificates at 09:00 agent 1 -> A booked at 09:00
        07:00 B books certificates at 09:20 agent 1 -> B booked at 09:20
        07:00 C books certificates at 09:40 agent 1 -> refused: the agent has enough of that day
        07:00 C books certificates at 09:40 agent 1 on 2026-11-25 -> C booked at 09:40
        07:00 D books certificates at 09:40 agent 2 -> D booked at 09:40
        07:00 E books certificates at 10:00 agent 2 -> refused: agents have their share of that day
        07:00 E books certificates at 10:00 public -> E booked at 10:00
        07:01 A moves to 10:20 public -> A moved from 09:00 to 10:20
        07:01 F books certificates at 09:00 agent 2 -> refused: agents have their share of that day
        07:02 C moves to 09:00 public -> refused: the agent has enough of that day
        07:03 B cancels
        07:03 C moves to 09:00 public -> C moved from 09:40 to 09:00
        ",
    );
}

#[test]
fn fld_33_whom_the_office_displaces_has_a_time_kept_that_nobody_else_can_have() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 10:00 public
        08:00 B books certificates at 10:20 public
        08:01 office cancels A -> A cancelled by office, 08:05 kept until 08:01
        08:01 office cancels B -> B cancelled by office, 08:25 kept until 08:01
        08:02 C books certificates at 08:05 public -> refused: taken
        08:02 C books certificates at 08:05 -> refused: taken
        08:03 A takes 08:25 -> refused: taken
        08:03 A takes 11:00 -> A chose 11:00
        08:04 A takes 11:20 -> refused: not an open booking
        08:04 booking A -> confirmed at 11:00
        08:04 C books certificates at 08:05 public -> C booked at 08:05
        08:06 B takes 08:25 -> B chose 08:25
        ",
    );
}

#[test]
fn fld_33_the_first_choice_ends_and_outlives_the_day_until_then() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 10:00 public
        08:00 B books certificates at 10:00 public on 2026-11-25
        08:01 office cancels A
        08:01 office cancels B -> B cancelled by office, cools until 08:16, 08:00 kept until 08:01
        on 2026-11-26
        09:00 A takes 10:00 -> A chose 10:00
        on 2026-11-27
        08:00 C books certificates at 08:20 public -> C booked at 08:20
        08:01 B takes 09:00 -> refused: not an open booking
        ",
    );
}

#[test]
fn fld_33_who_could_not_be_served_for_the_offices_sake_chooses_first_too() {
    check(
        "
        service certificates 20m telephone
        desk 1 serves certificates
        08:00 A books certificates at 10:00
        08:00 B books certificates at 10:20
        on 2026-11-25
        00:00 time passes -> A cancelled by office, 08:00 kept until 00:00; B cancelled by office, 08:20 kept until 00:00; 2026-11-24 closed
        07:00 B takes 08:20 -> B chose 08:20
        ",
    );
}
