//! A clerk in an emergency rings, and a colleague goes.

use crate::script::check;

#[test]
fn fld_18_an_emergency_at_a_desk_is_one_however_often_it_is_pressed() {
    let story = check(
        "
        service certificates 20m
        desk 1 serves certificates
        desk 2 serves certificates
        08:00 open 1
        08:00 open 2
        08:01 emergency at 9 -> refused: no such desk
        08:01 emergency at 1 -> emergency at 1
        08:01 emergency at 1 -> nothing
        08:02 emergency at 2 -> emergency at 2
        08:30 emergency at 1 -> emergency at 1
        ",
    );
    assert_eq!(story.office.help.values().filter(|call| call.desk.is_some()).count(), 1, "those of before are over");
}

#[test]
fn fld_18_a_colleague_goes_and_not_who_rang() {
    let mut story = check(
        "
        service certificates 20m
        desk 1 serves certificates
        desk 2 serves certificates
        08:00 open 1
        08:00 open 2
        08:01 emergency at 1
        ",
    );
    let ring = *story.office.help.keys().next().unwrap();
    let now = story.at("08:02");
    let mut goes = |clerk: u32| {
        story.ask(&office::Command::AcceptHelp { ring, clerk: office::ClerkId(clerk) }, now).unwrap().len()
    };
    assert_eq!((goes(1), goes(2), goes(3)), (0, 1, 0), "who rang is there already, and of two the first goes");
}
