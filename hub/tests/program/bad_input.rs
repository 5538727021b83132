//! What is wrong gets a clear answer, in the reader's language.

use serde_json::{Value, json};

use crate::house::ProgramHouse;

const TICKETS: &str = "/api/v1/offices/kep/tickets";
const CHECK_INS: &str = "/api/v1/offices/kep/check-ins";
const BOOKINGS: &str = "/api/v1/offices/kep/bookings";

/// Books for a caller; gives reference and code.
fn book(house: &ProgramHouse, admin: &str, start: &str) -> (String, String) {
    let body = json!({"service": "driving-licence", "start": start, "name": "Μαρία Παπαδοπούλου"});
    let booked = house.post(admin, BOOKINGS, &body).ok();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&booked["reference"]), text(&booked["code"]))
}

#[test]
fn what_is_no_request_is_malformed() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let bearer = format!("Bearer {admin}");
    let ask = |path: &str, body: &str| house.ask("POST", path, &[("authorization", &bearer)], body).code();
    assert_eq!(ask(TICKETS, "{"), "malformed");
    assert_eq!(ask(TICKETS, "[1,2"), "malformed");
    assert_eq!(ask(TICKETS, "\u{0}\u{1}"), "malformed");
    assert_eq!(ask(TICKETS, r#"{"service":"signature","colour":"red"}"#), "malformed");
    assert_eq!(ask(TICKETS, r#"{"service":7}"#), "malformed");
    assert_eq!(ask(TICKETS, r#"{"service":"<script>alert(1)</script>"}"#), "unknown-service");
    assert_eq!(ask(TICKETS, r#"{"service":"signature","persons":0}"#), "malformed");
    assert_eq!(ask(TICKETS, &format!(r#"{{"service":"{}"}}"#, "x".repeat(8_000_000))), "too-large");
    assert_eq!(ask("/api/v1/offices/nowhere/tickets", "{}"), "malformed");
    assert_eq!(ask("/api/v1/offices/nowhere/tickets", r#"{"service":"signature"}"#), "not-found");
    assert_eq!(ask("/api/v1/offices/kep/desks/99/open", "{}"), "unknown-desk");
    assert_eq!(ask("/api/v1/offices/kep/desks/one/open", "{}"), "unknown-desk");
    assert_eq!(ask("/api/v1/offices/kep/desks/1/dance", "{}"), "not-found");
    assert_eq!(ask("/api/v1/nothing", "{}"), "not-found");
    assert_eq!(house.get(&admin, TICKETS).code(), "method-not-allowed");
    let id = house.post_as(&admin, "no uuid", TICKETS, &json!({"service": "signature"}));
    assert_eq!(id.code(), "malformed");
    for query in
        ["", "?service=signature&days=0", "?service=driving-licence&days=9999", "?service=driving-licence&from=never"]
    {
        assert_eq!(house.get("", &format!("/api/v1/offices/kep/slots{query}")).code(), "malformed", "{query}");
    }
}

#[test]
fn a_code_of_a_day_that_is_over_is_not_told_that_it_is_expected() {
    let mut house = ProgramHouse::new();
    let (_, code) = book(&house, &house.admin(), "2026-11-24T08:00:00Z");
    // Who did not come is cancelled by rule; later the office keeps no more of it.
    for (day, said) in
        [("2026-11-25T09:00:00+02:00", "booking-cancelled"), ("2027-03-01T09:00:00+02:00", "booking-missed")]
    {
        house.stop();
        house.start_at(day, "1");
        let admin = house.admin();
        assert_eq!(house.post(&admin, CHECK_INS, &json!({"code": code})).code(), said, "on {day}");
    }
}

#[test]
fn each_wrong_code_has_its_own_answer() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let check_in = |code: &str| house.post(&admin, CHECK_INS, &json!({"code": code}));
    let (reference, code) = book(&house, &admin, "2026-11-24T08:00:00Z");
    for unknown in ["CDFGJLQR", "", "Q1", "https://example.gr", "💥", "Q1:1:261124:CDFGJLQR:CDFGJLQR"] {
        assert_eq!(check_in(unknown).code(), "unknown-code", "{unknown}");
    }
    let forged = format!("{}{}", &code[..code.len() - 1], if code.ends_with('2') { '3' } else { '2' });
    assert_eq!(check_in(&forged).code(), "unknown-code");
    assert_eq!(check_in(&code.replace("Q1:1:", "Q1:2:")).code(), "unknown-code", "made by nobody");
    let (_, tomorrow) = book(&house, &admin, "2026-11-25T08:00:00Z");
    assert_eq!(check_in(&tomorrow).code(), "other-day");
    let (cancelled, its_code) = book(&house, &admin, "2026-11-24T09:00:00Z");
    house.post(&admin, &format!("{BOOKINGS}/{cancelled}/cancellations"), &json!({})).ok();
    assert_eq!(check_in(&its_code).code(), "booking-cancelled");
    // And the right one, as a person types it, gives one ticket however often.
    let typed = format!(" {}-{} ", reference[..4].to_lowercase(), &reference[4..]);
    let first = check_in(&typed).ok();
    assert_eq!(first["ticket"]["number"], "P001");
    assert_eq!(first["again"], false);
    let again = check_in(&code).ok();
    assert_eq!(again["ticket"]["number"], "P001");
    assert_eq!(again["again"], true);
}

#[test]
fn a_time_that_cannot_be_had_is_refused() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let book = |start: &str| {
        let body = json!({"service": "driving-licence", "start": start, "name": "Μαρία"});
        house.post(&admin, BOOKINGS, &body)
    };
    assert_eq!(book("2026-11-23T08:00:00Z").code(), "slot-in-past");
    assert_eq!(book("2026-11-24T08:07:00Z").code(), "slot-not-offered");
    assert_eq!(book("2026-11-28T08:00:00Z").code(), "slot-not-offered", "a Saturday");
    // Two desks serve it: the third asks in vain.
    book("2026-11-24T08:00:00Z").ok();
    book("2026-11-24T08:00:00Z").ok();
    assert_eq!(book("2026-11-24T08:00:00Z").code(), "slot-taken");
}

#[test]
fn names_are_bounded() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let book = |name: &str, email: &str| {
        let start = "2026-11-24T08:00:00Z";
        house.post(
            &admin,
            BOOKINGS,
            &json!({"service": "driving-licence", "start": start, "name": name, "email": email}),
        )
    };
    assert_eq!(book(&"α".repeat(10_000), "").code(), "too-large");
    assert_eq!(book("", "").code(), "malformed");
    assert_eq!(book("Μαρία", "no address").code(), "malformed");
    assert_eq!(book("Μαρία", &format!("{}@example.gr", "a".repeat(300))).code(), "too-large");
}

#[test]
fn the_reader_is_told_in_their_language() {
    let house = ProgramHouse::new();
    let detail = |language: &str| {
        let answer = house.ask("POST", TICKETS, &[("accept-language", language)], r#"{"service":"signature"}"#);
        assert_eq!(answer.code(), "not-signed-in");
        answer.json()["detail"].as_str().unwrap().to_owned()
    };
    let greek = detail("");
    assert!(greek.contains('ά') || greek.contains('ή'), "{greek}");
    assert_eq!(detail("el-GR,en;q=0.5"), greek);
    assert_eq!(detail("en-GB,en;q=0.9,el;q=0.5"), greek, "by the rule of pages: who reads Greek at all reads Greek");
    let english = detail("en-GB,en;q=0.9");
    assert!(english.is_ascii() && english != greek, "{english}");
    assert_eq!(detail("de,fr;q=0.9"), english);
    assert_eq!(detail("en,el;q=0"), english, "what is not wanted is not spoken");
}

#[test]
fn an_unknown_key_in_the_configuration_is_named_with_its_line() {
    let house = ProgramHouse::files();
    let config = house.folder.path().join("hub.toml");
    std::fs::write(&config, "listen = \"127.0.0.1:0\"\noffices = [\"kep.toml\"]\nlisten_too = 1\n").unwrap();
    let output = house.run(&["check-config"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert!(said.contains("listen_too") && said.contains("line 3") && said.contains("expected one of"), "{said}");
}
