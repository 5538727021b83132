//! The server's keys are drawn anew, and what was made with those before stays good until it ends.
//!
//! Shows NEW-08.

use serde_json::{Value, json};

use crate::{
    house::{PASSWORD, ProgramHouse, fresh_id},
    mails::{clear, link, mail},
    pages::FormBrowser,
};

/// Books for somebody, who is sent a link; gives the link and what stands in the QR code.
fn booked(house: &ProgramHouse, admin: &str, start: &str) -> (String, String) {
    clear(house);
    let wish = json!({ "service": "driving-licence", "start": start, "name": "Μαρία", "email": "m@example.gr" });
    let booked: Value = house.post(admin, "/api/v1/offices/kep/bookings", &wish).ok();
    (link(&mail(house, "confirmation"), "/booking/"), booked["code"].as_str().unwrap().to_owned())
}

fn rotate(house: &mut ProgramHouse, more: &[&str], at: &str) -> String {
    let running = house.run(&["rotate-key"]);
    assert!(!running.status.success(), "not while the hub runs");
    house.stop();
    let done = house.run(&[&["rotate-key"], more].concat());
    assert!(done.status.success(), "{done:?}");
    house.start_at(at, "1");
    String::from_utf8(done.stdout).unwrap()
}

#[test]
fn new_08_a_new_key_ends_no_link_and_no_code_that_was_made_before() {
    let mut house = ProgramHouse::new();
    let admin = house.admin();
    let (page, code) = booked(&house, &admin, "2026-11-25T08:00:00Z");
    let mut browser = FormBrowser::new(&house);
    let fields = [("name", "admin"), ("password", PASSWORD)];
    assert_eq!(browser.post("/login", "/login", &fields).status, 303);
    let opens = |house: &ProgramHouse, page: &str| house.get("", page).status;
    // A code of tomorrow is known, and a forged one is not.
    let shown = |house: &ProgramHouse, code: &str| {
        let admin = house.admin();
        house.post_as(&admin, &fresh_id(), "/api/v1/offices/kep/check-ins", &json!({ "code": code })).code()
    };
    assert_eq!((opens(&house, &page), shown(&house, &code).as_str()), (200, "other-day"));
    let said = rotate(&mut house, &[], "2026-11-24T10:00:00+02:00");
    assert!(said.contains("key 2 is in use") && said.contains("the 1 before it"), "{said}");
    assert_eq!((opens(&house, &page), shown(&house, &code).as_str()), (200, "other-day"));
    let said = rotate(&mut house, &[], "2026-11-24T11:00:00+02:00");
    assert!(said.contains("key 3 is in use") && said.contains("the 2 before it"), "{said}");
    assert_eq!((opens(&house, &page), shown(&house, &code).as_str()), (200, "other-day"), "made two keys ago");
    // What is made now is made with the newest.
    let (newer, newer_code) = booked(&house, &house.admin(), "2026-11-25T09:00:00Z");
    assert_eq!((opens(&house, &newer), shown(&house, &newer_code).as_str()), (200, "other-day"));
    // A key has got out: everything that was made with any of them ends, and what is made then is good.
    let said = rotate(&mut house, &["--end-links"], "2026-11-24T12:00:00+02:00");
    assert!(said.contains("key 4 is in use") && said.contains("good no longer"), "{said}");
    for (page, code) in [(&page, &code), (&newer, &newer_code)] {
        assert_ne!(opens(&house, page), 200);
        assert_eq!(shown(&house, code), "unknown-code");
    }
    let (last, last_code) = booked(&house, &house.admin(), "2026-11-25T10:00:00Z");
    assert_eq!((opens(&house, &last), shown(&house, &last_code).as_str()), (200, "other-day"));
    // Accounts and devices have nothing to do with it.
    house.admin();
}
