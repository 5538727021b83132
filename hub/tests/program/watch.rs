//! Who is told how the hub is: whoever watches over it, at a listener of their own or by a token, and nobody else.
//!
//! Shows NEW-08 and NEW-09.

use crate::{
    house::{ProgramHouse, WATCH},
    http,
};

const PATHS: [&str; 2] = ["/healthz", "/metrics"];

#[test]
fn new_08_without_a_token_there_is_no_such_page() {
    let house = ProgramHouse::new();
    let missing = house.get("", "/no-such-page");
    assert_eq!(missing.status, 404);
    for path in PATHS {
        for token in ["", "wrong", &house.admin()] {
            let answer = house.get(token, path);
            assert_eq!(answer.status, 404, "{path}");
            let plain = |text: &str| text.replace(path, "PATH").replace("/no-such-page", "PATH");
            assert_eq!(plain(&answer.text).len(), plain(&missing.text).len(), "like any other that is not there");
        }
    }
    assert_eq!(house.get(WATCH, "/healthz").text, "ok\n");
    let figures = house.get(WATCH, "/metrics");
    assert!(figures.headers.contains("charset=utf-8") && figures.text.contains("seira_events_total"), "{figures:?}");
    // Where nothing is set up, nobody is told anything.
    let mut house = ProgramHouse::files_with_config("[watch]\n", "");
    house.start();
    for path in PATHS {
        assert_eq!(house.get(WATCH, path).status, 404, "{path}");
    }
}

#[test]
fn new_08_a_listener_of_its_own_tells_of_the_hub_and_shows_no_page() {
    let mut house = ProgramHouse::files_with_config("[watch]\nlisten = \"127.0.0.1:0\"\n", "");
    house.start();
    let watched = house.watched.clone().unwrap();
    let ask = |path: &str| http::ask(&watched, "GET", path, &[], b"");
    assert_eq!(ask("/healthz").text, "ok\n");
    assert!(ask("/metrics").text.contains("seira_events_total"));
    for path in ["/", "/login", "/api/openapi.json"] {
        assert_eq!(ask(path).status, 404, "{path}");
    }
    for path in PATHS {
        assert_eq!(house.get("", path).status, 404, "{path}, at the pages' listener");
    }
    house.stop();
}

#[test]
fn new_08_a_listener_that_others_reach_wants_a_token() {
    for (keys, said) in [
        ("[watch]\nlisten = \"0.0.0.0:9464\"\n", "token_file"),
        ("[watch]\nlisten = \"0.0.0.0:9464\"\ntoken_file = \"watch\"\n", "[tls]"),
        ("[watch]\ntoken_file = \"nowhere\"\n", "watch.token_file"),
        ("[watch]\ntoken_file = \"password\"\n", "letters and digits"),
    ] {
        let checked = ProgramHouse::files_with_config(keys, "").run(&["check-config"]);
        let told = String::from_utf8_lossy(&checked.stderr).into_owned();
        assert!(!checked.status.success() && told.contains(said), "{keys}: {told}");
    }
}

#[test]
fn new_09_health_takes_no_turn_of_the_writer_and_sees_that_it_fails() {
    let mut house = ProgramHouse::files();
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    house.start_with_file_limit(1_024);
    let admin = house.admin();
    let turns = || {
        let figures = house.get(WATCH, "/metrics").text;
        let line = figures.lines().find(|line| line.starts_with("seira_batch_commands_count")).unwrap();
        line.rsplit(' ').next().unwrap().parse::<f64>().unwrap()
    };
    let before = turns();
    for _ in 0..50 {
        assert_eq!(house.get(WATCH, "/healthz").status, 200);
    }
    // The writer's own sign of life may be among them.
    assert!(turns() - before < 5.0, "nobody waited in the writer's line");
    // The file may not grow for ever: at some ticket the disk is full, and whoever watches is told.
    let refused = (0..5_000).map(|_| house.ticket(&admin)).find(|answer| answer.status != 200).unwrap();
    assert_eq!(refused.code(), "storage-full");
    let told = house.get(WATCH, "/healthz");
    assert_eq!((told.status, told.text.as_str()), (503, "the disk is full\n"));
}

/// What a text asks of the figures, by their names.
fn figures_named(text: &str) -> std::collections::BTreeSet<String> {
    let is_of_name = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    let named = text.match_indices("seira_").map(|(at, _)| text[at..].chars().take_while(|l| is_of_name(*l)).collect());
    named.collect()
}

#[test]
fn new_08_the_alerts_and_the_dashboard_that_come_along_ask_for_figures_that_there_are() {
    let house = ProgramHouse::new();
    let told = figures_named(&house.get(WATCH, "/metrics").text);
    let alerts = include_str!("../../../docs/operations/alerts.yml");
    let dashboard = include_str!("../../../docs/operations/grafana.json");
    assert!(serde_json::from_str::<serde_json::Value>(dashboard).is_ok());
    for text in [alerts, dashboard] {
        let asked = figures_named(text);
        assert!(asked.len() >= 7, "{asked:?}");
        assert_eq!(asked.difference(&told).collect::<Vec<_>>(), Vec::<&String>::new());
    }
    // Whoever is woken by one is told what to do.
    assert_eq!(alerts.matches("- alert: ").count(), alerts.matches("description: ").count());
}
