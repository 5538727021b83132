//! A disk that takes nothing, or takes its time, as staff meet it.

use serde_json::json;

use crate::{
    clock,
    house::{ProgramHouse, fresh_id},
    machine::ClockedMachine,
};

const TOLD: &str = "τίποτα νέο δεν καταχωρίζεται";
/// What staff are told of a slow one.
pub const TOLD_SLOW: &str = "Ο δίσκος του συστήματος καθυστερεί";
/// Tickets after which a disk's trouble is known, or known to be over, with room to spare.
const TICKETS_MAX: usize = 60;

#[test]
fn new_08_what_needs_no_disk_does_not_hide_that_it_takes_nothing() {
    let mut house = ProgramHouse::files();
    let machine = ClockedMachine::with_disk_of(&house);
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    machine.set("2026-11-24T09:00:00+02:00");
    house.serve_on(&machine);
    let admin = house.admin();
    let (tickets, ticket) = ("/api/v1/offices/kep/tickets", json!({ "service": "signature" }));
    let before = fresh_id();
    let given = house.post_as(&admin, &before, tickets, &ticket).ok();
    for fault in ["full", "read-only", "eio"] {
        machine.disk(fault);
        assert!(matches!(house.ticket(&admin).status, 503 | 507), "{fault}");
        // What was answered before is answered again, and nothing goes to the disk for it.
        assert_eq!(house.post_as(&admin, &before, tickets, &ticket).ok()["number"], given["number"], "{fault}");
        assert!(clock::page(&house, &admin, "/admin").contains(TOLD), "{fault}: staff are told all the same");
        machine.disk("well");
        assert_eq!(house.ticket(&admin).status, 200, "{fault}");
        assert!(!clock::page(&house, &admin, "/admin").contains(TOLD), "{fault}: and no longer than it lasts");
    }
}

#[test]
fn new_08_a_slow_disk_is_told_to_staff_until_it_is_quick_again() {
    let mut house = ProgramHouse::files();
    let machine = ClockedMachine::with_disk_of(&house);
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    machine.set("2026-11-24T09:00:00+02:00");
    house.serve_on(&machine);
    let admin = house.admin();
    let tells = |path: &str| clock::page(&house, &admin, path).contains(TOLD_SLOW);
    assert!(!tells("/admin"));
    for (word, is_told) in [("slow", true), ("well", false)] {
        machine.disk(word);
        let told = (0..TICKETS_MAX).any(|_| {
            house.ticket(&admin).ok();
            tells("/admin") == is_told
        });
        assert!(told, "everything is given, and staff are told: {word}");
        assert_eq!(tells("/staff"), is_told, "{word}");
    }
    assert!(!house.ask("GET", "/", &[], "").text.contains(TOLD_SLOW), "citizens are not told");
    let log = house.log();
    assert!(log.contains("the disk is slow") && log.contains("the disk is well again"), "{log}");
}
