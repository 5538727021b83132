//! Clocks that jump, and the two nights of daylight saving (PROM-10).

use crate::script::check;

#[test]
fn prom_10_a_clock_that_runs_backwards_reorders_nothing() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        09:00 W1 walks in for certificates -> W1 is A001
        08:30 W2 walks in for certificates -> W2 is A002
        08:30 state W2 -> waits since 09:00, walk-in
        08:31 next at 1 -> W1 to 1: walk-in, in turn
        08:32 recall W1 -> refused: recall from 09:00:20
        09:01 W1 appears
        08:00 next at 1 finish -> W1 done; W2 to 1: walk-in, in turn
        ",
    );
}

#[test]
fn prom_10_a_clock_that_jumps_ahead_by_hours_loses_nothing() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 13:00
        08:00 open 1
        08:01 W1 walks in for certificates
        12:50 next at 1 -> W1 to 1: has waited past 90m
        ",
    );
}

#[test]
fn prom_10_the_night_in_which_an_hour_comes_twice() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates from 00:00 to 06:00
        hours 00:00 06:00
        tickets 00:00 06:00
        on 2026-10-25
        00:10 A books certificates at 03:30
        00:10 B books certificates at 04:30
        03:20 open 1
        03:25 A checks in -> A is P001, booked for 03:30
        03:40 W1 walks in for certificates
        03:40b W2 walks in for certificates
        03:41b next at 1 -> A to 1: booked for 03:30, here since 03:25
        03:42b A appears
        03:50b next at 1 finish -> A done; W1 to 1: walk-in, in turn
        03:50b periods W1 -> wait 03:40-03:50
        04:00 W1 appears
        04:01 next at 1 finish -> W1 done; W2 to 1: walk-in, in turn
        ",
    );
}

#[test]
fn prom_10_the_night_in_which_an_hour_is_missing() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates from 00:00 to 06:00
        hours 00:00 06:00
        tickets 00:00 06:00
        on 2026-03-29
        00:10 A books certificates at 04:00
        02:50 open 1
        02:59 A checks in
        02:59 A says early no
        02:59:59 next at 1 -> nobody: A is not called before 04:00
        04:00 next at 1 -> A to 1: booked for 04:00, here since 02:59
        ",
    );
}

#[test]
fn prom_10_a_number_is_not_given_again_when_the_clock_falls_back_over_midnight() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates from 00:00 to 23:59
        hours 00:00 23:59
        tickets 00:00 23:59
        rule overtime_minutes 60
        23:50 W1 walks in for certificates -> W1 is A001
        on 2026-11-25
        00:01 time passes -> W1 told that today will not reach them; W1 not served; 2026-11-24 closed
        00:01 W2 walks in for certificates -> W2 is A001
        on 2026-11-24
        23:55 W3 walks in for certificates -> W3 is A002
        ",
    );
}
