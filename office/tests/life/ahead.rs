//! What a clerk sees coming: the next booked time of a desk, and which waits are long.

use office::{
    DeskId,
    order::{WaitLimits, next_promise, wait_limits},
};

use crate::script::check;

#[test]
fn trn_04_the_next_booked_time_of_a_desk_is_of_whom_it_serves_and_of_today() {
    let story = check(
        "
        service certificates 20m
        service passports 20m
        desk 1 serves certificates
        desk 2 serves passports
        08:00 A books certificates at 10:00
        08:00 B books certificates at 10:20
        08:00 C books passports at 11:00
        08:00 open 1
        09:55 A checks in
        ",
    );
    let next = |desk: u16, at: &str| next_promise(&story.office, DeskId(desk), story.at(at));
    assert_eq!(next(1, "08:30"), Some(story.at("10:00")), "who is here counts like who is expected");
    assert_eq!(next(1, "10:05"), Some(story.at("10:00")), "whose time has passed waits");
    assert_eq!(next(2, "08:30"), Some(story.at("11:00")));
    assert_eq!(next(2, "11:30"), None, "who is expected no more is not waited for");
    assert_eq!(next(9, "08:30"), None, "there is no such desk");
}

#[test]
fn trn_04_a_wait_is_long_at_the_target_and_too_long_at_the_limit() {
    let story = check(
        "
        service certificates 20m
        desk 1 serves certificates
        rule wait_max_minutes 90
        rule booked_delay_max_minutes 5
        08:00 A books certificates at 10:00
        08:00 open 1
        08:10 W1 walks in for certificates
        09:55 A checks in
        ",
    );
    let limits = |name: &str, walk_in: Option<u16>, booked: Option<u16>| {
        let mut rules = story.office.config.as_ref().unwrap().rules.clone();
        (rules.targets.walk_in_minutes, rules.targets.booked_minutes) = (walk_in, booked);
        wait_limits(&rules, &story.office.visits[&story.visits[name]])
    };
    let of = |long: &str, too_long: &str| WaitLimits { long: story.at(long), too_long: story.at(too_long) };
    assert_eq!(limits("W1", None, None), of("09:10", "09:40"), "two thirds of the limit, and the limit");
    assert_eq!(limits("W1", Some(30), None), of("08:40", "09:40"));
    assert_eq!(limits("W1", Some(120), None), of("10:10", "10:10"), "never too long before it is long");
    assert_eq!(limits("A", None, None), of("10:00", "10:05"), "not before the booked time");
    assert_eq!(limits("A", None, Some(10)), of("10:10", "10:10"));
}
