//! A disk that takes nothing, as staff meet it.

use serde_json::json;

use crate::{
    clock,
    house::{ProgramHouse, fresh_id},
    machine::ClockedMachine,
};

const TOLD: &str = "τίποτα νέο δεν καταχωρίζεται";

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
