//! A clerk's own figures of the day.

use office::{DeskId, Stint};

use crate::script::check;

#[test]
fn fld_10_a_clerk_sees_the_own_stint_and_nothing_of_who_sat_there_before() {
    let story = check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        08:00 W1 walks in for certificates
        08:00 W2 walks in for certificates
        08:00 W3 walks in for certificates
        08:01 next at 1
        08:02 W1 appears
        08:12 finish W1
        08:20 hand over 1 from 1 to 9
        08:21 next at 1
        08:22 W2 appears
        08:27 park W2
        08:28 call W2 to 1
        08:29 W2 appears
        08:30 finish W2
        08:31 next at 1
        08:32 W3 appears
        08:44 finish W3
        ",
    );
    let own = Stint { since: story.at("08:20"), served: 2, median_seconds: Some(6 * 60) };
    assert_eq!(Stint::of(&story.office, DeskId(1)), Some(own), "who was put aside in between is counted once");
    assert_eq!(Stint::of(&story.office, DeskId(2)), None, "nobody serves there");
}
