//! What somebody at the kiosk asks besides a number: that a person comes, a fixed time, another time, what they need.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::{
    feeds::first_view,
    house::{ProgramHouse, fresh_id},
    http::HttpAnswer,
};

/// An office with a kiosk and its administrator.
struct Entrance {
    house: ProgramHouse,
    admin: String,
    kiosk: String,
}

impl Entrance {
    fn open() -> Self {
        let house = ProgramHouse::new();
        let admin = house.admin();
        let (kiosk, _) = house.pair(&admin, "kiosk");
        Self { house, admin, kiosk }
    }

    fn at_kiosk(&self, path: &str, body: Value) -> HttpAnswer {
        self.house.post_as(&self.kiosk, &fresh_id(), &format!("/api/v1/offices/kep/{path}"), &body)
    }

    fn by_staff(&self, path: &str, body: Value) -> HttpAnswer {
        self.house.post_as(&self.admin, &fresh_id(), &format!("/api/v1/offices/kep/{path}"), &body)
    }

    fn floor(&self) -> Value {
        first_view(&self.house, &self.admin, "floor")
    }

    fn menu(&self) -> Value {
        first_view(&self.house, &self.kiosk, "kiosk")
    }
}

fn instant(value: &Value) -> DateTime<Utc> {
    value.as_str().unwrap_or_default().parse().unwrap_or_else(|_| panic!("no instant: {value}"))
}

#[test]
fn new_05_a_ring_reaches_staff_is_accepted_by_name_and_the_kiosk_hears_it() {
    let entrance = Entrance::open();
    let ring = fresh_id();
    assert_eq!(entrance.at_kiosk("help", json!({ "ring": ring })).status, 204);
    // The same ring again is one ring.
    assert_eq!(entrance.at_kiosk("help", json!({ "ring": ring })).status, 204);
    let rings = entrance.floor()["help"].clone();
    assert_eq!(rings.as_array().map(Vec::len), Some(1), "{rings}");
    assert_eq!((&rings[0]["ring"], &rings[0]["account"]), (&json!(ring), &Value::Null));
    assert_eq!(entrance.menu()["help"], json!([{ "ring": ring, "coming": false }]));
    // A kiosk accepts nothing, and nobody without a token rings.
    assert_eq!(entrance.at_kiosk(&format!("help/{ring}/accept"), json!({})).status, 403);
    let path = "/api/v1/offices/kep/help";
    assert_eq!(entrance.house.post_as("", &fresh_id(), path, &json!({ "ring": fresh_id() })).status, 401);
    entrance.by_staff(&format!("help/{ring}/accept"), json!({})).ok();
    assert!(entrance.floor()["help"][0]["account"].is_u64());
    assert_eq!(entrance.menu()["help"], json!([{ "ring": ring, "coming": true }]));
    assert_eq!(entrance.at_kiosk(&format!("help/{ring}/end"), json!({})).status, 204);
    assert_eq!((&entrance.floor()["help"], &entrance.menu()["help"]), (&Value::Null, &Value::Null));
    assert_eq!(entrance.by_staff(&format!("help/{ring}/accept"), json!({})).status, 404);
    entrance.house.verify().unwrap();
}

#[test]
fn fld_27_fld_34_what_somebody_with_a_number_says_is_seen_by_staff_alone() {
    let entrance = Entrance::open();
    let ticket = entrance.at_kiosk("tickets", json!({ "service": "signature", "needs": { "more_time": true } })).ok();
    let visit = ticket["visit"].as_str().unwrap().to_owned();
    assert_eq!(entrance.floor()["visits"][0]["needs"]["more_time"], json!(true));
    let wish = json!({ "priority": true, "needs": { "escort": true } });
    entrance.at_kiosk(&format!("visits/{visit}/wishes"), wish.clone()).ok();
    let seen = entrance.floor()["visits"][0].clone();
    assert_eq!((&seen["priority"], &seen["needs"]["escort"]), (&json!(true), &json!(true)), "{seen}");
    // Said again it says nothing new; somebody else's number is nobody's.
    entrance.at_kiosk(&format!("visits/{visit}/wishes"), wish).ok();
    assert_eq!(entrance.at_kiosk(&format!("visits/{}/wishes", fresh_id()), json!({})).status, 404);
    let public = entrance.house.get("", &format!("/v/{visit}")).text;
    assert!(!public.contains("priority") && !public.contains("escort"));
}

#[test]
fn trn_06_the_first_gap_is_taken_as_a_fixed_time_at_the_kiosk() {
    let entrance = Entrance::open();
    let take = |service: &str| entrance.at_kiosk("tickets", json!({ "service": service })).ok();
    entrance.by_staff("desks/1/open", json!({})).ok();
    // Who comes next has no use for a time, and a service without bookings has none to give.
    assert_eq!(take("family-status")["first_gap_at"], Value::Null);
    for _ in 0..4 {
        take("family-status");
    }
    assert_eq!(take("signature")["first_gap_at"], Value::Null);
    let ticket = take("family-status");
    let (visit, number, gap) = (&ticket["visit"], &ticket["number"], &ticket["first_gap_at"]);
    let path = format!("visits/{}/time", visit.as_str().unwrap());
    let fixed = entrance.at_kiosk(&path, json!({ "start": gap })).ok();
    assert_eq!(&fixed["ticket"]["number"], number, "the number stays");
    assert_eq!(instant(&fixed["ticket"]["booked_for"]), instant(gap));
    let waiting = entrance.floor()["visits"].as_array().unwrap().clone();
    let seen = waiting.iter().find(|one| &one["number"] == number).unwrap();
    assert_eq!(instant(&seen["booked_for"]), instant(gap));
}

#[test]
fn trn_05_who_is_late_takes_another_time_by_the_code_and_the_old_one_is_given_up_with_it() {
    let entrance = Entrance::open();
    let clock = entrance.house.clock(&entrance.admin);
    let slots = entrance.house.get("", "/api/v1/offices/kep/slots?service=family-status&days=1").ok();
    let first = instant(&slots["slots"][0]["start"]);
    let booked =
        json!({ "service": "family-status", "start": slots["slots"][0]["start"], "name": "Ελένη Παπαδοπούλου" });
    let booking = entrance.by_staff("bookings", booked).ok();
    let code = booking["code"].as_str().unwrap().to_owned();
    // Who is not late gives nothing up here.
    let early = entrance.at_kiosk("rebookings/times", json!({ "code": code }));
    assert_eq!(early.status, 409, "{first} at {clock}: {}", early.text);
    assert_eq!(entrance.at_kiosk("rebookings/times", json!({ "code": "22222222" })).status, 404);
}
