//! A rehearsal touches no real hub's database, and no real hub serves a rehearsal's (NEW-08).

use serde_json::json;

use crate::{
    house::{ProgramHouse, fresh_id},
    machine::ClockedMachine,
};

const AT: [&str; 3] = ["rehearse", "--at", "2030-01-15T10:00:00+02:00"];

#[test]
fn new_08_prom_14_a_real_database_is_never_rehearsed_on() {
    let mut house = ProgramHouse::files();
    let machine = ClockedMachine::of(&house);
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    machine.set("2026-11-24T09:00:00+02:00");
    house.serve_on(&machine);
    let ticket = house.ticket(&house.admin()).ok();
    assert!(ticket.get("rehearsal").is_none(), "{ticket}");
    assert!(!house.ask("GET", "/", &[], "").text.contains("ΔΟΚΙΜΗ"));
    house.stop();
    let before = house.run(&["export"]).stdout;
    let refused = house.run(&AT);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(!refused.status.success() && said.contains("was not made by a rehearsal"), "{said}");
    assert_eq!(house.run(&["export"]).stdout, before);
    house.serve_on(&machine);
    assert_eq!(house.ticket(&house.admin()).ok()["number"], "B002");
}

#[test]
fn new_08_a_rehearsal_is_marked_says_so_and_is_never_served() {
    let mut house = ProgramHouse::new();
    let admin = house.admin();
    let ticket = house.ticket(&admin).ok();
    assert_eq!(ticket["rehearsal"], true, "{ticket}");
    assert!(house.ask("GET", "/", &[], "").text.contains("ΔΟΚΙΜΗ"));
    house.stop();
    let refused = house.run(&["serve"]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(!refused.status.success() && said.contains("was made by a rehearsal"), "{said}");
    // The person's word is the clock, at a later start too.
    house.start_at("2027-11-23T10:00:00+02:00", "1");
    let now = house.clock(&admin_again(&house));
    assert!(now.to_rfc3339().starts_with("2027-11-23T08:0"), "{now}");
    house.stop();
    // Nor does a real hub take it by way of a copy.
    assert!(house.run(&["backup", "--to", "copy.db"]).status.success());
    let mut other = ProgramHouse::files();
    let machine = ClockedMachine::of(&other);
    machine.set("2026-11-24T09:00:00+02:00");
    other.serve_on(&machine);
    other.stop();
    let copy = house.folder.path().join("copy.db");
    let refused = other.run(&["restore", "--from", copy.to_str().unwrap()]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(!refused.status.success() && said.contains("rehearsal"), "{said}");
}

fn admin_again(house: &ProgramHouse) -> String {
    house.admin()
}

#[test]
fn new_08_a_rehearsals_messages_stay_in_the_house() {
    let mut house = ProgramHouse::files();
    let file = house.folder.path().join("hub.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    // A server that nobody has: what is handed to it is tried again, and lies in no folder.
    std::fs::write(&file, text + "[mail]\ntransport = \"smtp\"\nhost = \"127.0.0.1\"\nport = 9\n").unwrap();
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    for word in ["", "yes", "true", "real people"] {
        let refused = house.run(&[&AT[..], &["--send", word]].concat());
        let said = String::from_utf8(refused.stderr).unwrap();
        assert!(!refused.status.success() && said.contains("real people get these messages"), "{said}");
    }
    house.start();
    let admin = house.admin();
    let slots = house.get("", "/api/v1/offices/kep/slots?service=driving-licence&from=2026-11-25&days=2").ok();
    let wish = json!({"service": "driving-licence", "start": slots["slots"][0]["start"], "name": "Μαρία", "email": "m@example.gr"});
    house.post_as(&admin, &fresh_id(), "/api/v1/offices/kep/bookings", &wish).ok();
    let folder = house.folder.path().join("mail");
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while std::fs::read_dir(&folder).map(Iterator::count).unwrap_or_default() == 0 {
        assert!(std::time::Instant::now() < deadline, "no mail in the folder");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}
