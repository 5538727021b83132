//! Who may do what, and how devices and staff become known.

use serde_json::json;

use crate::house::{PASSWORD, ProgramHouse};

#[test]
fn a_pairing_gives_its_token_once_and_to_who_knows_the_secret() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let begun = house.ask("POST", "/api/v1/pairings", &[], r#"{"kind":"kiosk","name":"Είσοδος"}"#).ok();
    let path = format!("/api/v1/pairings/{}", begun["pairing"].as_str().unwrap());
    assert_eq!(house.get("wrong", &path).ok()["is"], "expired", "the code alone is no secret");
    assert_eq!(house.ask("GET", &path, &[], "").code(), "not-signed-in");
    let wrong = house.post(&admin, "/api/v1/offices/kep/devices", &json!({"code": "222222"}));
    assert_eq!(wrong.code(), "unknown-code");
    // The device waits while the administrator types, and is answered at once.
    let secret = begun["secret"].as_str().unwrap();
    let outcome = std::thread::scope(|scope| {
        let waits = scope.spawn(|| house.get(secret, &path).ok());
        house.post(&admin, "/api/v1/offices/kep/devices", &json!({"code": begun["code"]})).ok();
        waits.join().unwrap()
    });
    assert_eq!(outcome["is"], "paired");
    let token = outcome["token"].as_str().unwrap();
    assert_ne!(token, secret);
    assert_eq!(house.get(secret, &path).ok()["is"], "expired", "the token is handed out once");
    assert_eq!(house.ticket(token).ok()["number"], "B001");
    let database = std::fs::read(house.database()).unwrap();
    let log = std::fs::read(house.folder.path().join("seira.db-wal")).unwrap_or_default();
    for place in [database, log] {
        assert!(!place.windows(token.len()).any(|window| window == token.as_bytes()), "the token stands in the file");
        assert!(!place.windows(PASSWORD.len()).any(|window| window == PASSWORD.as_bytes()), "the password too");
    }
}

#[test]
fn two_devices_that_call_themselves_alike_are_told_apart() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let (_, first) = house.pair(&admin, "kiosk");
    house.pair(&admin, "kiosk");
    let names = || {
        let devices = house.get(&admin, "/api/v1/offices/kep/devices").ok();
        let names = devices.as_array().unwrap().iter().map(|device| device["name"].as_str().unwrap().to_owned());
        names.collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(names(), ["Είσοδος".to_owned(), "Είσοδος 2".to_owned()].into());
    // Whoever takes the place of one that was shut out takes its name.
    let bearer = format!("Bearer {admin}");
    let gone = house.ask("DELETE", &format!("/api/v1/devices/{first}"), &[("authorization", &bearer)], "");
    assert_eq!(gone.status, 204);
    house.pair(&admin, "kiosk");
    assert_eq!(names(), ["Είσοδος".to_owned(), "Είσοδος 2".to_owned()].into());
}

#[test]
fn a_device_may_do_its_own_and_nothing_else() {
    let mut house = ProgramHouse::new();
    let admin = house.admin();
    let (kiosk, _) = house.pair(&admin, "kiosk");
    let (display, _) = house.pair(&admin, "display");
    assert_eq!(house.ticket("").code(), "not-signed-in");
    assert_eq!(house.ticket("no such token").code(), "not-signed-in");
    assert_eq!(house.ticket(&display).code(), "not-allowed");
    assert_eq!(house.desk(&kiosk, 1, "open", &json!({})).code(), "not-allowed");
    assert_eq!(house.get(&kiosk, "/api/v1/offices/kep/feeds/floor").code(), "not-allowed");
    assert_eq!(house.get(&kiosk, "/api/v1/accounts").code(), "not-allowed");
    // Pairings and sessions outlast the hub.
    house.kill();
    house.start();
    house.ticket(&kiosk).ok();
    house.get(&admin, "/api/v1/accounts").ok();
}

#[test]
fn fld_22_clerks_serve_and_administrators_let_in() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let account = json!({"name": "κλερκ", "role": "clerk", "office": "kep", "own_password": PASSWORD});
    house.employ(&admin, "κλερκ", "clerk", Some("kep"), "αρκετά μακρύ");
    assert_eq!(house.post(&admin, "/api/v1/accounts", &account).code(), "malformed", "the name is taken");
    let clerk = house.sign_in("κλερκ", "αρκετά μακρύ");
    house.desk(&clerk, 1, "open", &json!({})).ok();
    assert_eq!(house.post(&clerk, "/api/v1/accounts", &account).code(), "not-allowed");
    assert_eq!(house.post(&clerk, "/api/v1/offices/kep/devices", &json!({"code": "222222"})).code(), "not-allowed");
    let bearer = format!("Bearer {clerk}");
    let out = house.ask("DELETE", "/api/v1/sessions/self", &[("authorization", &bearer)], "");
    assert_eq!(out.status, 204);
    assert_eq!(house.desk(&clerk, 1, "close", &json!({})).code(), "not-signed-in");
}

#[test]
fn guessing_passwords_is_slowed_down() {
    let house = ProgramHouse::new();
    let wrong = json!({"name": "admin", "password": "μαντεψιά"});
    let mut codes: Vec<String> = (0..12).map(|_| house.post("", "/api/v1/sessions", &wrong).code()).collect();
    codes.dedup();
    assert_eq!(codes, ["not-signed-in", "too-many-requests"]);
    let right = json!({"name": "admin", "password": PASSWORD});
    assert_eq!(house.post("", "/api/v1/sessions", &right).code(), "too-many-requests");
}

#[test]
fn answers_carry_the_headers_that_keep_browsers_safe() {
    let house = ProgramHouse::new();
    let headers = house.get("", "/api/openapi.json").headers.to_lowercase();
    for header in
        ["x-content-type-options: nosniff", "x-frame-options: deny", "content-security-policy:", "referrer-policy:"]
    {
        assert!(headers.contains(header), "no {header} in {headers}");
    }
    let api = house.get("", "/api/openapi.json").ok();
    for path in ["/api/v1/offices/{office}/tickets", "/api/v1/offices/{office}/check-ins", "/api/v1/pairings"] {
        assert!(api["paths"][path]["post"].is_object(), "{path} is not described");
    }
    assert!(api["components"]["schemas"]["BoardView"].is_object());
}
