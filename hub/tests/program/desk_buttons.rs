//! Buttons at a desk: they press for the clerk who has opened it and is signed in, and for nobody else.
//!
//! Shows NEW-09 and FLD-01.

use serde_json::{Value, json};

use crate::{
    house::{ProgramHouse, fresh_id},
    http::HttpAnswer,
};

const PATH: &str = "/api/v1/offices/kep/buttons";

fn press(house: &ProgramHouse, token: &str, button: &str) -> HttpAnswer {
    house.post_as(token, &fresh_id(), PATH, &json!({ "button": button }))
}

#[test]
fn new_09_a_button_presses_for_the_clerk_who_has_opened_the_desk_and_is_signed_in() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    house.employ(&admin, "eleni", "clerk", Some("kep"), "άγνωστο ποτάμι κυλά");
    let clerk = house.sign_in("eleni", "άγνωστο ποτάμι κυλά");
    let (buttons, _) = house.pair_as(&admin, &json!({ "desk": 1 }));
    assert!(house.page(&admin, "/admin/devices").text.contains("πλήκτρα κλήσης της θυρίδας 1"));
    assert_eq!(press(&house, &buttons, "next").code(), "desk-closed");
    house.desk(&clerk, 1, "open", &json!({})).ok();
    let number = |answer: &Value| answer["number"].as_str().unwrap().to_owned();
    let tickets: Vec<String> = (0..3).map(|_| number(&house.ticket(&admin).ok())).collect();
    let id = fresh_id();
    let called = house.post_as(&buttons, &id, PATH, &json!({ "button": "next" }));
    assert_eq!(number(&called.clone().ok()), tickets[0]);
    assert_eq!(called.json()["desk"]["number"], 1);
    let again = house.post_as(&buttons, &id, PATH, &json!({ "button": "next" }));
    assert_eq!(again.json(), called.json(), "the same press, whose answer was lost");
    press(&house, &buttons, "recall").ok();
    press(&house, &buttons, "appeared").ok();
    assert_eq!(number(&press(&house, &buttons, "next").ok()), tickets[1], "whoever was served is done");
    press(&house, &buttons, "no-show").ok();
    assert_eq!(press(&house, &buttons, "recall").code(), "unknown-visit", "nobody is called");
    // Another desk is open too, and none of theirs.
    house.desk(&admin, 2, "open", &json!({})).ok();
    let (second, _) = house.pair_as(&admin, &json!({ "desk": 2 }));
    assert_eq!(press(&house, &second, "next").ok()["desk"]["number"], 2);
    for (token, code) in [(&admin, "not-allowed"), (&clerk, "not-allowed"), (&String::new(), "not-signed-in")] {
        assert_eq!(press(&house, token, "next").code(), code);
    }
    let (kiosk, _) = house.pair(&admin, "kiosk");
    assert_eq!(press(&house, &kiosk, "next").code(), "not-allowed");
    assert_eq!(press(&house, &buttons, "dance").code(), "malformed");
    // The clerk goes home without closing the desk.
    let gone = house.ask("DELETE", "/api/v1/sessions/self", &[("authorization", &format!("Bearer {clerk}"))], "");
    assert!((200..300).contains(&gone.status), "{gone:?}");
    assert_eq!(press(&house, &buttons, "next").code(), "not-signed-in");
}
