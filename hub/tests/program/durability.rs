//! What was acknowledged is there, once, whatever happened in between.
//!
//! Shows PROM-03 and NEW-08.

use std::collections::BTreeSet;

use serde_json::json;

use crate::house::{ProgramHouse, WATCH, fresh_id};

#[test]
fn prom_03_what_was_acknowledged_survives_a_kill() {
    let mut house = ProgramHouse::new();
    let admin = house.admin();
    let given: Vec<String> = (0..20).map(|_| house.ticket(&admin).ok()["number"].as_str().unwrap().into()).collect();
    house.kill();
    house.start();
    assert_eq!(given.iter().collect::<BTreeSet<_>>().len(), 20, "a number was given twice: {given:?}");
    let next = house.ticket(&admin).ok();
    assert_eq!(next["number"], "B021");
    house.stop();
    assert!(house.verify().unwrap().starts_with("content: 1 office"));
}

#[test]
fn prom_09_the_same_command_again_gets_the_same_answer() {
    let mut house = ProgramHouse::new();
    let admin = house.admin();
    let path = "/api/v1/offices/kep/tickets";
    let (id, body) = (fresh_id(), json!({"service": "signature"}));
    let first = house.post_as(&admin, &id, path, &body).ok();
    assert_eq!(house.post_as(&admin, &id, path, &body).ok(), first);
    // A refusal is an answer too, and stays one although the desk is open by then.
    let (nobody, call) = (fresh_id(), "/api/v1/offices/kep/desks/3/calls");
    assert_eq!(house.post_as(&admin, &nobody, call, &json!({})).code(), "desk-closed");
    house.desk(&admin, 3, "open", &json!({})).ok();
    assert_eq!(house.post_as(&admin, &nobody, call, &json!({})).code(), "desk-closed");
    // And "nobody" is one.
    let none = fresh_id();
    let said = house.post_as(&admin, &none, call, &json!({}));
    assert_eq!(said.code(), "nobody-next");
    house.kill();
    house.start();
    assert_eq!(house.post_as(&admin, &id, path, &body).ok(), first);
    assert_eq!(house.post_as(&admin, &none, call, &json!({})).text, said.text);
    assert_eq!(house.post_as(&admin, &nobody, call, &json!({})).code(), "desk-closed");
    let other = house.post_as(&admin, &id, path, &json!({"service": "certified-copy"}));
    assert_eq!((other.status, other.code().as_str()), (409, "command-reused"));
}

#[test]
fn many_commands_share_a_commit() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let numbers: Vec<String> = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..32)
            .map(|_| {
                let (house, admin) = (&house, &admin);
                scope.spawn(move || {
                    let give = |_| house.ticket(admin).ok()["number"].as_str().unwrap().to_owned();
                    (0..10).map(give).collect::<Vec<_>>()
                })
            })
            .collect();
        clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
    });
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), 320);
    let metrics = house.get(WATCH, "/metrics").text;
    let value = |name: &str| -> f64 {
        let line = metrics.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("no {name}"));
        line.rsplit(' ').next().unwrap().parse().unwrap()
    };
    let (commits, commands) = (value("seira_batch_commands_count"), value("seira_batch_commands_sum"));
    assert!(commands >= 320.0 && commits < commands, "{commits} commits for {commands} commands");
}

#[test]
fn new_08_a_changed_event_is_found() {
    let mut house = ProgramHouse::new();
    let admin = house.admin();
    house.ticket(&admin).ok();
    house.ticket(&admin).ok();
    house.stop();
    house.verify().unwrap();
    let database = rusqlite::Connection::open(house.database()).unwrap();
    let changed = database
        .execute("UPDATE journal SET body = replace(body, '\"count\":1', '\"count\":7') WHERE kind = 'ticket-taken' AND seq = 3", [])
        .unwrap();
    assert_eq!(changed, 1);
    let said = house.verify().unwrap_err();
    assert!(said.contains("event 3") && said.contains("changed"), "{said}");
    database.execute("DELETE FROM journal WHERE seq = 3", []).unwrap();
    let said = house.verify().unwrap_err();
    assert!(said.contains("event 3") && said.contains("missing"), "{said}");
}

#[test]
fn a_full_disk_refuses_and_loses_nothing() {
    let mut house = ProgramHouse::new();
    let admin = house.admin();
    house.stop();
    // Half a megabyte: the log of the database reaches it after some tickets.
    house.start_with_file_limit(1024);
    let mut given = 0;
    let refused = loop {
        let answer = house.ticket(&admin);
        if answer.status != 200 {
            break answer;
        }
        given += 1;
        assert!(given < 5_000, "the limit was never reached");
    };
    assert_eq!((refused.status, refused.code().as_str()), (507, "storage-full"));
    assert_eq!(house.get(&admin, "/api/v1/offices/kep/slots?service=driving-licence").status, 200, "reading goes on");
    house.kill();
    house.start();
    let next = house.ticket(&admin).ok();
    assert_eq!(next["number"], format!("B{:03}", given + 1));
    house.stop();
    house.verify().unwrap();
}

#[test]
fn new_09_one_program_and_one_file_run_an_office() {
    let mut house = ProgramHouse::new();
    assert!(house.ticket(&house.admin()).ok()["number"].is_string());
    house.stop();
    let mut kept: Vec<_> = std::fs::read_dir(house.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !["hub.toml", "kep.toml", "emblem.svg", "password", "watch"].contains(&name.as_str()))
        .collect();
    kept.sort();
    // The lock holds nothing; mails lie in a folder as long as no server is configured for them.
    assert_eq!(
        kept,
        ["journal-key.pem", "mail", "seira.db", "seira.db.lock"],
        "beside what was put there to begin with"
    );
}

#[test]
fn a_second_hub_on_the_same_file_is_refused() {
    let house = ProgramHouse::new();
    let output = house.run(&["serve"]);
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("another hub runs on") && said.contains("seira.db"), "{said}");
    assert_eq!(house.get("", "/").status, 200);
}

#[test]
fn a_backup_of_a_running_hub_starts_with_a_history_of_its_own() {
    let mut house = ProgramHouse::new();
    let admin = house.admin();
    house.ticket(&admin).ok();
    let output = house.run(&["backup", "--to", "copy.db"]);
    assert!(output.status.success(), "{output:?}");
    house.ticket(&admin).ok();
    let lines = house.run(&["export"]).stdout;
    let lines = String::from_utf8(lines).unwrap();
    assert_eq!(lines.matches("ticket-taken").count(), 2, "{lines}");
    house.stop();
    std::fs::rename(house.folder.path().join("copy.db"), house.database()).unwrap();
    for beside in ["seira.db-wal", "seira.db-shm"] {
        let _ = std::fs::remove_file(house.folder.path().join(beside));
    }
    house.start();
    assert_eq!(house.ticket(&house.admin()).ok()["number"], "B002");
    house.verify().unwrap();
}

#[test]
fn trn_11_a_changed_office_file_is_taken_over_at_the_start() {
    let mut house = ProgramHouse::new();
    house.stop();
    let file = house.folder.path().join("kep.toml");
    let text = std::fs::read_to_string(&file).unwrap().replace("planned_minutes = 5", "planned_minutes = 7");
    std::fs::write(&file, text).unwrap();
    house.start();
    let (kiosk, _) = house.pair(&house.admin(), "kiosk");
    let view = crate::feeds::first_view(&house, &kiosk, "kiosk");
    let service = view["services"].as_array().unwrap().iter().find(|service| service["key"] == "signature").unwrap();
    assert_eq!(service["planned_minutes"], 7);
}
