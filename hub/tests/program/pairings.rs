//! Devices that wait to be let in: no stranger keeps an installer from it, and no crowd of citizens (PROM-13).

use std::sync::mpsc;

use serde_json::{Value, json};

use crate::{feeds::ReadFeed, house::ProgramHouse, http::HttpAnswer};

const PROXY: &str = "[proxy]\ntrusted = [\"127.0.0.1\"]\nword = \"x-forwarded-for\"\n";

fn begin(house: &ProgramHouse, from: &str) -> HttpAnswer {
    let body = json!({"kind": "kiosk", "name": "Είσοδος"}).to_string();
    house.ask("POST", "/api/v1/pairings", &[("x-forwarded-for", from)], &body)
}

fn let_in(house: &ProgramHouse, admin: &str, begun: &Value) -> u16 {
    house.post(admin, "/api/v1/offices/kep/devices", &json!({"code": begun["code"]})).status
}

#[test]
fn prom_13_a_stranger_who_begins_pairings_for_ever_keeps_no_installer_out() {
    let house = ProgramHouse::with_config(PROXY, "pairings_per_minute = 1000000.0\n");
    let admin = house.admin();
    let installer = begin(&house, "198.51.100.7").ok();
    let within = begin(&house, "192.168.1.20").ok();
    for _ in 0..600 {
        begin(&house, "203.0.113.66").ok();
    }
    assert_eq!(let_in(&house, &admin, &installer), 200, "who came before");
    assert_eq!(let_in(&house, &admin, &within), 200);
    let late = begin(&house, "198.51.100.8").ok();
    assert_eq!(let_in(&house, &admin, &late), 200, "who comes after");
}

#[test]
fn prom_13_a_stranger_with_a_thousand_networks_leaves_the_house_its_share() {
    let house = ProgramHouse::with_config(PROXY, "pairings_per_minute = 1000000.0\n");
    let admin = house.admin();
    // Staff are signed in from here: an office without a network of its own is known by that.
    let bears = format!("Bearer {admin}");
    house.ask("GET", "/api/v1/accounts", &[("authorization", &bears), ("x-forwarded-for", "198.51.100.7")], "").ok();
    let waits = begin(&house, "192.168.1.20").ok();
    let statuses: Vec<u16> = (0..1_000).map(|nth| begin(&house, &format!("2001:db8:0:{nth:x}::1")).status).collect();
    assert!(statuses.contains(&429), "so many wait at most");
    assert_eq!(let_in(&house, &admin, &waits), 200);
    for from in ["198.51.100.7", "192.168.1.21", "10.0.0.9", "fd12::5"] {
        let begun = begin(&house, from).ok();
        assert_eq!(let_in(&house, &admin, &begun), 200, "{from}");
    }
}

#[test]
fn prom_13_a_device_asks_and_waits_to_be_let_in_while_citizens_have_every_place() {
    let house = ProgramHouse::with_config(
        "",
        "connections_max = 24\nconnections_reserved = 8\nconnections_per_network_max = 24\n\
         connections_per_network_reserved = 8\n",
    );
    let admin = house.admin();
    let (kiosk, _) = house.pair(&admin, "kiosk");
    let visit = house.ticket(&kiosk).ok()["visit"].as_str().unwrap().to_owned();
    let mut feeds: Vec<ReadFeed> = (0..16).map(|_| ReadFeed::open(&house, "", &format!("/v/{visit}/feed"))).collect();
    feeds.iter_mut().for_each(|feed| drop(feed.message().unwrap()));
    assert_eq!(house.get("", "/").status, 503, "citizens have every place of theirs");
    let begun = begin(&house, "").ok();
    let path = format!("/api/v1/pairings/{}", begun["pairing"].as_str().unwrap());
    let secret = begun["secret"].as_str().unwrap().to_owned();
    let outcome = std::thread::scope(|scope| {
        let waits = scope.spawn(|| house.get(&secret, &path).ok());
        assert_eq!(let_in(&house, &admin, &begun), 200);
        waits.join().unwrap()
    });
    assert_eq!(outcome["is"], "paired");
}

#[test]
fn prom_13_a_pairing_holds_one_line_and_no_more() {
    let house = ProgramHouse::new();
    let begun = begin(&house, "").ok();
    let path = format!("/api/v1/pairings/{}", begun["pairing"].as_str().unwrap());
    let secret = begun["secret"].as_str().unwrap();
    let (ended, ends) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..5 {
            let (ended, house, path) = (ended.clone(), &house, &path);
            scope.spawn(move || ended.send(house.get(secret, path).ok()).unwrap());
        }
        // All but the last end at once, long before the hub would answer by itself.
        for _ in 0..4 {
            assert_eq!(ends.recv().unwrap()["is"], "waiting");
        }
        let admin = house.admin();
        assert_eq!(let_in(&house, &admin, &begun), 200);
        assert_eq!(ends.recv().unwrap()["is"], "paired");
    });
}
