//! The API as its description says it, asked by a program of others (schemathesis) for everything that it allows and for what
//! it does not, with the keys of those who may: nothing that is sent is a fault of the hub's own.
//!
//! Shows NEW-14.

use std::{path::PathBuf, process::Command};

use serde_json::{Value, json};

use crate::{
    gates::GateScene,
    house::{PASSWORD, WATCH, fresh_id},
};

/// Each operation is asked so often in each way.
const EXAMPLES: &str = "10";
/// What is done at a desk, to a visit: one operation in the description, and many here.
///
/// Read from the sources, so that a new one is among them.
fn actions(source: &str) -> Vec<Value> {
    let lines = source.lines().filter_map(|line| line.trim_start().strip_prefix('"')?.split_once("\" ("));
    lines.map(|(action, _)| json!(action)).chain([json!("dance")]).collect()
}

const DESKS: &str = include_str!("../../api/src/desks.rs");
const VISITS: &str = include_str!("../../api/src/visits.rs");
/// Feeds and pairings are held open; who ends the session that asks has nothing to ask any more; and reports of mails are no
/// JSON: fuzzing tries those.
const LEFT_OUT: [&str; 6] = [
    "/api/v1/calls/{pass}/line",
    "/api/v1/offices/{office}/feeds/{audience}",
    "/v/{visit}/feed",
    "/api/v1/pairings/{pairing}",
    "/api/v1/sessions/self",
    "/api/v1/bounces",
];

/// The program, where `cargo xtask setup` and `cargo xtask test` lay it: beside what cargo builds.
fn program() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let target = own.ancestors().find(|folder| folder.join("tools").is_dir());
    let program = target.map(|target| target.join("tools/schemathesis/bin/schemathesis"));
    program.filter(|program| program.is_file()).expect("schemathesis is not there: `cargo xtask test` lays it there")
}

/// The description, in which paths name what there is: else nearly everything would be about offices that nobody knows.
fn description(scene: &GateScene) -> Value {
    assert!(actions(DESKS).len() > 20 && actions(VISITS).len() > 8);
    let mut document = scene.house.get("", "/api/openapi.json").ok();
    // What is sent, not what is answered.
    let is_sent = |name: &&String| !["View", "Answer", "Problem"].iter().any(|end| name.ends_with(end));
    let schemas = document["components"]["schemas"].as_object().unwrap().keys().filter(is_sent);
    let bodies: Vec<Value> = schemas.map(|name| json!({ "$ref": format!("#/components/schemas/{name}") })).collect();
    let any = json!({ "anyOf": bodies });
    let paths = document["paths"].as_object_mut().unwrap();
    paths.retain(|path, _| !LEFT_OUT.contains(&path.as_str()));
    for (path, operations) in paths.iter_mut() {
        for operation in operations.as_object_mut().unwrap().values_mut() {
            let Some(parameters) = operation.get_mut("parameters").and_then(Value::as_array_mut) else { continue };
            for parameter in parameters.iter_mut().filter(|parameter| parameter["in"] == "path") {
                let known: Vec<Value> = match parameter["name"].as_str().unwrap() {
                    "office" => vec![json!("kep"), json!("other"), json!("nowhere")],
                    "desk" => vec![json!(1), json!(2), json!(99)],
                    "visit" => vec![json!(scene.thing("visit")), json!("no-uuid")],
                    "booking" => vec![json!(scene.thing("reference")), json!("CDFGJLQR")],
                    "account" => vec![json!(scene.thing("account")), json!("4294967296")],
                    "pass" => vec![json!(scene.thing("pass")), json!("kep.1.AAAAAAAAAAAAAAAAAAAAAA")],
                    "device" => vec![json!(scene.thing("device")), json!("no-uuid")],
                    "action" if path.contains("/desks/") => actions(DESKS),
                    "action" => actions(VISITS),
                    _ => continue,
                };
                parameter["schema"] = json!({ "enum": known });
            }
            // The description shows one body of many; here it may be any.
            if path.ends_with("/{action}") {
                operation["requestBody"]["content"]["application/json"]["schema"] = any.clone();
            }
        }
    }
    document
}

#[test]
fn new_14_nothing_that_the_description_allows_or_forbids_is_a_fault_of_the_hub() {
    let program = program();
    let scene = GateScene::set();
    let folder = scene.house.folder.path();
    let schema = folder.join("described.json");
    std::fs::write(&schema, description(&scene).to_string()).unwrap();
    for (name, key) in keys(&scene) {
        let mut command = Command::new(&program);
        command.arg("run").arg(&schema).args(["--url", &format!("http://{}", scene.house.address)]).current_dir(folder);
        command.args(["--checks", "not_a_server_error", "--phases", "examples,coverage,fuzzing"]);
        command.args(["--max-examples", EXAMPLES, "--continue-on-failure", "--no-color", "--warnings", "off"]);
        command.args(["--suppress-health-check", "all", "--request-timeout", "30", "--workers", "1"]);
        if let Some(key) = &key {
            command.args(["--header", &format!("Authorization: Bearer {key}")]);
        }
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let end: Vec<&str> = said.lines().rev().take(60).collect();
        let end = end.into_iter().rev().collect::<Vec<_>>().join("\n");
        assert!(output.status.success(), "{name}: {end}\n{}", String::from_utf8_lossy(&output.stderr));
        eprintln!("{name}: {}", said.lines().rfind(|line| line.contains("generated")).unwrap_or_default());
    }
    // Whoever was suspended is resumed, and the day goes on.
    let admin = scene.house.sign_in("admin", PASSWORD);
    let _ = scene.house.post(&admin, "/api/v1/offices/other/resumptions", &json!({}));
    let path = "/api/v1/offices/other/tickets";
    let ticket = scene.house.post_as(&admin, &fresh_id(), path, &json!({ "service": "certified-copy" }));
    assert!(ticket.status == 200 || ticket.status == 409, "{ticket:?}");
    let metrics = scene.house.get(WATCH, "/metrics").text;
    assert!(metrics.contains("seira_commands_broken_total 0"), "{metrics}");
}

/// Who asks, each with a key that nobody else's run has ended.
fn keys(scene: &GateScene) -> Vec<(&'static str, Option<String>)> {
    let sign_in = |name: &str| Some(scene.house.sign_in(name, PASSWORD));
    vec![
        ("nobody", None),
        ("kiosk", Some(scene.kiosk.clone())),
        ("clerk", sign_in("eleni")),
        ("head of another office", sign_in("kostas")),
        ("admin", sign_in("admin")),
    ]
}
