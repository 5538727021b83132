//! Days of an office, told as stories: how visits come, are called, and end.

use crate::script::check;

#[test]
fn a_booked_citizen_from_the_door_to_the_end() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 10:15 -> A booked at 10:15
        08:00 open 1 -> desk 1 opened until 14:00
        10:08 A checks in -> A is P001, booked for 10:15
        10:15 next at 1 -> A to 1: booked for 10:15, here since 10:08
        10:16 A appears -> A served at 1
        10:33 finish A -> A done
        10:33 periods A -> wait 10:08-10:15, way 10:15-10:16 at 1, service 10:16-10:33 at 1
        10:34 booking A -> arrived at 10:15
        ",
    );
}

#[test]
fn a_walk_in_who_does_not_appear() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        09:00 W1 walks in for certificates -> W1 is A001
        09:01 next at 1 -> W1 to 1: walk-in, in turn
        09:01:10 recall W1 -> refused: recall from 09:01:20
        09:01:20 recall W1 -> W1 recalled to 1
        09:02 recall W1 -> W1 recalled to 1
        09:03 W1 does not appear -> W1 did not appear
        09:04 next at 1 -> nobody: nobody waits
        ",
    );
}

#[test]
fn trn_06_no_desk_is_kept_free_for_somebody_who_is_not_here() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 10:00
        09:00 open 1
        09:50 W1 walks in for certificates -> W1 is A001
        09:51 next at 1 -> W1 to 1: walk-in, in turn
        ",
    );
}
