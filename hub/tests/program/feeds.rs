//! The feeds: the clock first, the whole view at each change, a heartbeat in between.

use std::{
    io::{BufRead, BufReader},
    net::TcpStream,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    house::{ProgramHouse, fresh_id},
    http::{self, open},
};

/// Reads a feed line by line.
pub struct ReadFeed(BufReader<TcpStream>);

impl ReadFeed {
    pub fn open(house: &ProgramHouse, token: &str, path: &str) -> Self {
        let address = &house.address;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\r\n");
        let mut feed = Self(open(address, &request, b""));
        let status = feed.line().unwrap();
        assert!(status.contains("200"), "{status}");
        assert_eq!(feed.next("content-type: ").unwrap(), "text/event-stream; charset=utf-8");
        feed
    }

    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = self.0.read_line(&mut line).unwrap();
        // A chunk without anything in it is the end of the feed; the connection itself may stay for another request.
        (read > 0 && line.trim_end() != "0").then(|| line.trim_end().to_owned())
    }

    /// The next line that begins so; nothing, if the feed ends before.
    fn next(&mut self, start: &str) -> Option<String> {
        loop {
            let line = self.line()?;
            if let Some(rest) = line.strip_prefix(start) {
                return Some(rest.to_owned());
            }
        }
    }

    /// The id of the next view.
    pub fn next_id(&mut self) -> String {
        self.next("id: ").expect("the feed ended")
    }

    /// The next message.
    pub fn message(&mut self) -> Option<(String, Value)> {
        let event = self.next("event: ")?;
        let data = self.next("data: ")?;
        Some((event, serde_json::from_str(&data).unwrap()))
    }

    /// The first view of which this is true.
    pub fn view(&mut self, is: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            let (event, view) = self.message().expect("the feed ended");
            if event == "view" && is(&view) {
                return view;
            }
            assert!(Instant::now() < deadline, "the view never came; last: {view}");
        }
    }
}

/// The view that a new reader is sent, whatever the hour.
pub fn view_of(house: &ProgramHouse, token: &str, audience: &str) -> Value {
    ReadFeed::open(house, token, &format!("/api/v1/offices/kep/feeds/{audience}")).view(|_| true)
}

/// The view that a new reader is sent.
pub fn first_view(house: &ProgramHouse, token: &str, audience: &str) -> Value {
    let mut feed = ReadFeed::open(house, token, &format!("/api/v1/offices/kep/feeds/{audience}"));
    let (event, clock) = feed.message().unwrap();
    assert_eq!(event, "clock");
    assert_eq!(clock["speed"], 1.0);
    assert!(clock["now"].as_str().unwrap().starts_with("2026-11-24T07:"), "{clock}");
    feed.view(|_| true)
}

#[test]
fn prom_08_a_call_is_on_every_board_at_once_and_heartbeats_follow() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let (display, _) = house.pair(&admin, "display");
    let path = "/api/v1/offices/kep/feeds/board";
    let mut boards: Vec<ReadFeed> = (0..5).map(|_| ReadFeed::open(&house, &display, path)).collect();
    for board in &mut boards {
        assert_eq!(board.message().unwrap().0, "clock");
        board.view(|view| view["calls"].as_array().unwrap().is_empty());
    }
    let ticket = house.ticket(&admin).ok();
    house.desk(&admin, 1, "open", &json!({})).ok();
    let call = house.desk(&admin, 1, "calls", &json!({})).ok();
    assert_eq!(call["visit"], ticket["visit"]);
    for board in &mut boards {
        let view = board.view(|view| !view["calls"].as_array().unwrap().is_empty());
        assert_eq!(view["calls"][0]["number"], ticket["number"]);
        assert_eq!(view["calls"][0]["id"], call["call"]);
        assert_eq!(view["calls"][0]["standing"], true);
    }
    boards[0].next(":").expect("a heartbeat");
}

#[test]
fn a_citizen_follows_their_own_visit() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let first = house.ticket(&admin).ok();
    let second = house.ticket(&admin).ok();
    let mut feed = ReadFeed::open(&house, "", &format!("/v/{}/feed", second["visit"].as_str().unwrap()));
    let waiting = feed.view(|_| true);
    assert_eq!(waiting["number"], second["number"]);
    assert_eq!(waiting["stage"]["people_ahead"], 1);
    house.desk(&admin, 1, "open", &json!({})).ok();
    let call = house.desk(&admin, 1, "calls", &json!({})).ok();
    assert_eq!(call["visit"], first["visit"]);
    feed.view(|view| view["stage"]["people_ahead"] == 0);
    let holds = json!({"holds": first["visit"], "finish": true});
    house.desk(&admin, 1, "appeared", &json!({"visit": first["visit"]})).ok();
    house.desk(&admin, 1, "calls", &holds).ok();
    let called = feed.view(|view| view["stage"]["is"] == "called");
    assert_eq!(called["stage"]["desk"]["number"], 1);
}

#[test]
fn fld_11_kiosk_ticket_and_the_citizens_page_say_the_same() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let (kiosk, _) = house.pair(&admin, "kiosk");
    let told = |visit: &Value| {
        let mut feed = ReadFeed::open(&house, "", &format!("/v/{}/feed", visit["visit"].as_str().unwrap()));
        let stage = feed.view(|_| true)["stage"].clone();
        (stage["people_ahead"].clone(), stage["expected_wait"].clone())
    };
    let offered = || {
        let view = first_view(&house, &kiosk, "kiosk");
        view["services"].as_array().unwrap().iter().find(|service| service["key"] == "signature").unwrap().clone()
    };
    // Before a desk opens nobody knows when, but how many come before is known.
    let first = house.ticket(&kiosk).ok();
    assert_eq!((&first["people_ahead"], &first["expected_wait"]), (&json!(0), &Value::Null));
    let second = house.ticket(&kiosk).ok();
    assert_eq!((&second["people_ahead"], &second["expected_wait"]), (&json!(1), &Value::Null));
    assert_eq!(told(&second), (json!(1), Value::Null));
    house.desk(&admin, 1, "open", &json!({})).ok();
    let expected = offered()["expected_wait"].clone();
    let third = house.ticket(&kiosk).ok();
    assert_eq!(third["people_ahead"], 2);
    assert_eq!(third["expected_wait"], expected, "as the kiosk had said");
    assert_eq!(expected, json!({ "from": 5, "to": 15 }), "two of five minutes each, rounded outwards");
    assert_eq!(told(&third), (json!(2), expected));
    let call = house.desk(&admin, 1, "calls", &json!({})).ok();
    assert_eq!(call["visit"], first["visit"]);
    assert_eq!(told(&third).0, 1, "at the call, not half a minute later");
    let fourth = house.ticket(&kiosk).ok();
    assert_eq!(fourth["people_ahead"], 2);
    assert_eq!(told(&fourth), (json!(2), fourth["expected_wait"].clone()));
}

#[test]
fn prom_01_the_kiosk_tells_booked_citizens_their_own_place() {
    let mut house = ProgramHouse::new();
    let booking = json!({"service": "driving-licence", "start": "2026-11-24T10:00:00+02:00", "name": "Μαρία"});
    let booked = house.post(&house.admin(), "/api/v1/offices/kep/bookings", &booking).ok();
    house.stop();
    house.start_at("2026-11-24T10:00:00+02:00", "1");
    let admin = house.admin();
    let (kiosk, _) = house.pair(&admin, "kiosk");
    house.desk(&admin, 3, "open", &json!({})).ok();
    for _ in 0..3 {
        house.post_as(&kiosk, &fresh_id(), "/api/v1/offices/kep/tickets", &json!({"service": "driving-licence"})).ok();
    }
    let check_in = || house.post(&kiosk, "/api/v1/offices/kep/check-ins", &json!({"code": booked["code"]})).ok();
    let first = check_in();
    assert_eq!(first["ticket"]["people_ahead"], 0, "three came before, without a booking: {first}");
    assert_eq!(first["ticket"]["expected_wait"], json!({"from": 0, "to": 0}), "it is their time: {first}");
    let again = check_in();
    assert_eq!(again["again"], true);
    assert_eq!(again["ticket"]["people_ahead"], 0, "nobody is ahead of themselves: {again}");
    assert_eq!(again["ticket"]["expected_wait"], first["ticket"]["expected_wait"]);
}

#[test]
fn prom_11_what_a_device_reports_is_shown_to_staff() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let (kiosk, _) = house.pair(&admin, "kiosk");
    let mut floor = ReadFeed::open(&house, &admin, "/api/v1/offices/kep/feeds/floor");
    floor.view(|view| view["alarms"].as_array().unwrap().is_empty());
    let report = |faults: Value| house.post(&kiosk, "/api/v1/devices/self/faults", &json!({"faults": faults}));
    assert_eq!(report(json!(["printer-paper-out"])).status, 204);
    let view = floor.view(|view| !view["alarms"].as_array().unwrap().is_empty());
    let told = view["alarms"][0]["el"].as_str().unwrap();
    assert!(told.contains("Είσοδος") && told.contains("χαρτί"), "{told}");
    assert_eq!(report(json!([])).status, 204);
    floor.view(|view| view["alarms"].as_array().unwrap().is_empty());
}

#[test]
fn a_device_that_is_shut_out_hears_no_more() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let (display, id) = house.pair(&admin, "display");
    let path = "/api/v1/offices/kep/feeds/board";
    let mut feed = ReadFeed::open(&house, &display, path);
    feed.view(|_| true);
    let bearer = format!("Bearer {admin}");
    let gone = house.ask("DELETE", &format!("/api/v1/devices/{id}"), &[("authorization", &bearer)], "");
    assert_eq!(gone.status, 204);
    assert!(feed.message().is_none(), "the feed goes on");
    assert_eq!(
        http::ask(&house.address, "GET", path, &[("authorization", &bearer.replace(&admin, &display))], b"").code(),
        "not-signed-in"
    );
}
