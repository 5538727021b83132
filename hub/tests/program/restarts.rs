//! What a stop, a power cut and a restored backup leave behind.

use std::{
    os::unix::fs::PermissionsExt,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::{feeds::ReadFeed, house::ProgramHouse};

/// The outages in the journal: from when until when.
fn outages(house: &ProgramHouse) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let lines = String::from_utf8(house.run(&["export"]).stdout).unwrap();
    let events = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let noted = events.filter(|line| line["event"]["outage-noted"].is_object());
    let times = noted.map(|line| {
        let from = line["event"]["outage-noted"]["from"].as_str().unwrap().parse().unwrap();
        (from, DateTime::from_timestamp_millis(line["at"].as_i64().unwrap()).unwrap())
    });
    times.collect()
}

/// Waits until the hub's clock has passed a time.
fn wait_for(house: &ProgramHouse, token: &str, until: DateTime<Utc>) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while house.clock(token) < until {
        assert!(Instant::now() < deadline, "the hub's clock does not reach {until}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn prom_12_an_outage_is_noted_since_the_hub_was_last_alive_and_no_earlier() {
    let mut house = ProgramHouse::new();
    let admin = house.admin();
    house.ticket(&admin).ok();
    house.stop();
    // Two minutes of the office in a second. Nobody comes for half an hour.
    house.start_at("2026-11-24T09:00:30+02:00", "120");
    let nine = house.clock(&admin);
    wait_for(&house, &admin, nine + TimeDelta::minutes(15));
    let alive = house.clock(&admin);
    house.kill();
    // Back after a moment: that was no outage, though nothing was written for a quarter of an hour.
    let back = alive + TimeDelta::seconds(20);
    house.start_at(&back.to_rfc3339(), "120");
    assert_eq!(outages(&house).len(), 0, "{:?}", outages(&house));
    wait_for(&house, &admin, back + TimeDelta::minutes(15));
    let alive = house.clock(&admin);
    house.kill();
    // Away for an hour, after a quarter of an hour without a word.
    let back = alive + TimeDelta::hours(1);
    house.start_at(&back.to_rfc3339(), "1");
    let noted = outages(&house);
    let [(from, to)] = noted[..] else { panic!("{noted:?}") };
    assert!(from <= alive + TimeDelta::minutes(1) && from > alive - TimeDelta::minutes(6), "{from}, alive at {alive}");
    assert!(to >= back && to < back + TimeDelta::minutes(1), "{to}, back at {back}");
    // Stopped in good order, it knows the moment.
    let stopped = house.clock(&admin);
    house.stop();
    let back = stopped + TimeDelta::minutes(10);
    house.start_at(&back.to_rfc3339(), "1");
    let noted = outages(&house);
    let [_, (from, _)] = noted[..] else { panic!("{noted:?}") };
    assert!(from >= stopped && from < stopped + TimeDelta::seconds(30), "{from}, stopped at {stopped}");
    house.stop();
    house.verify().unwrap();
}

#[test]
fn fld_39_a_backup_is_restored_and_what_was_there_is_kept() {
    let mut house = ProgramHouse::new();
    let admin = house.admin();
    let (display, _) = house.pair(&admin, "display");
    house.ticket(&admin).ok();
    let epoch = |house: &ProgramHouse| {
        let mut feed = ReadFeed::open(house, &display, "/api/v1/offices/kep/feeds/board");
        feed.next_id().split(':').next().unwrap().to_owned()
    };
    let first = epoch(&house);
    assert!(house.run(&["backup", "--to", "copy.db"]).status.success());
    let mode = std::fs::metadata(house.folder.path().join("copy.db")).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0, "others may read the backup: {mode:o}");
    house.ticket(&admin).ok();
    let running = house.run(&["restore", "--from", "copy.db"]);
    let said = String::from_utf8(running.stderr).unwrap();
    assert!(!running.status.success() && said.contains("another hub runs on"), "{said}");
    house.stop();
    // What is no backup, or is not sound any more, changes nothing.
    let said = |from: &str| {
        let output = house.run(&["restore", "--from", from]);
        assert!(!output.status.success(), "{from}");
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(said("nowhere.db").contains("there is no backup at nowhere.db"));
    assert!(!said("kep.toml").is_empty());
    std::fs::copy(house.folder.path().join("copy.db"), house.folder.path().join("bent.db")).unwrap();
    let bent = rusqlite::Connection::open(house.folder.path().join("bent.db")).unwrap();
    bent.execute("UPDATE journal SET body = replace(body, 'B', 'E') WHERE kind = 'ticket-taken'", []).unwrap();
    drop(bent);
    assert!(said("bent.db").contains("the backup is not sound; nothing was changed"));
    house.start();
    assert_eq!(house.ticket(&admin).ok()["number"], "B003");
    house.stop();

    let done = house.run(&["restore", "--from", "copy.db"]);
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success() && said.starts_with("restored: 1 office(s)"), "{said}");
    let before = said.trim().rsplit(' ').next().unwrap();
    assert!(std::path::Path::new(before).is_file() || house.folder.path().join(before).is_file(), "{said}");
    house.start();
    assert_eq!(house.ticket(&admin).ok()["number"], "B002", "as it was at the backup");
    let second = epoch(&house);
    assert_ne!(second, first, "readers must not compare numbers across a restore");
    house.stop();
    house.verify().unwrap();
    // Restored once more it is a third history.
    assert!(house.run(&["restore", "--from", "copy.db"]).status.success());
    house.start();
    assert!(![first, second].contains(&epoch(&house)));
    // Staff and devices are known as they were.
    house.desk(&admin, 1, "open", &json!({})).ok();
}
