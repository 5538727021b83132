//! Marks that nobody sees are refused in every string that the API takes, as the document that describes it says which.
//!
//! Shows NEW-11.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::house::ProgramHouse;

/// What turns writing round, what has no width, what ends a text for others.
const HIDDEN: [&str; 7] = ["\u{202e}", "\u{2066}", "\u{200f}", "\u{200b}", "\u{feff}", "\u{e0041}", "\0"];

/// What a schema says, behind its name.
fn resolved<'a>(api: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str().and_then(|name| name.strip_prefix('#')) {
        Some(pointer) => resolved(api, api.pointer(pointer).unwrap()),
        None => schema,
    }
}

fn is_string(schema: &Value) -> bool {
    schema["type"] == "string" || schema["type"].as_array().is_some_and(|all| all.contains(&json!("string")))
}

/// The places of all strings of a schema.
fn strings(api: &Value, schema: &Value, place: &[String], found: &mut BTreeSet<Vec<String>>) {
    let schema = resolved(api, schema);
    if is_string(schema) || schema.get("enum").is_some() {
        found.insert(place.to_vec());
    }
    for (name, of) in schema["properties"].as_object().into_iter().flatten() {
        strings(api, of, &[place, std::slice::from_ref(name)].concat(), found);
    }
    if schema.get("items").is_some() {
        strings(api, &schema["items"], &[place, &["0".to_owned()]].concat(), found);
    }
    for kind in ["oneOf", "anyOf", "allOf"] {
        for one in schema[kind].as_array().into_iter().flatten() {
            strings(api, one, place, found);
        }
    }
}

/// A body with one text in one place.
fn body(place: &[String], text: &str) -> Value {
    match place.split_first() {
        None => json!(text),
        Some((first, rest)) if first == "0" => json!([body(rest, text)]),
        Some((first, rest)) => Value::Object(Map::from_iter([(first.clone(), body(rest, text))])),
    }
}

#[test]
fn new_11_no_string_of_the_api_takes_what_nobody_sees() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let api = house.get("", "/api/openapi.json").ok();
    let mut requests = BTreeSet::new();
    for (path, of) in api["paths"].as_object().unwrap() {
        for (method, operation) in of.as_object().unwrap() {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            if schema.is_null() {
                continue;
            }
            let mut found = BTreeSet::new();
            strings(&api, schema, &[], &mut found);
            // What an action takes besides is described by name.
            if path.contains("{action}") {
                for schema in api["components"]["schemas"].as_object().unwrap().values() {
                    strings(&api, schema, &[], &mut found);
                }
            }
            requests.extend(found.into_iter().map(|place| (method.to_uppercase(), path.clone(), place)));
        }
    }
    assert!(requests.len() > 40, "{requests:?}");
    let bearer = format!("Bearer {admin}");
    for (method, path, place) in requests {
        let path = path.replace("{office}", "kep").replace("{desk}", "1").replace("{action}", "note");
        let path =
            path.split('/').map(|part| if part.contains('{') { "1" } else { part }).collect::<Vec<_>>().join("/");
        // A password is compared, and a number is bytes in letters: no other letter is taken.
        let is_password = place.last().is_some_and(|name| name.ends_with("password") || name == "number");
        for hidden in HIDDEN {
            for text in [format!("Μαρία{hidden}"), format!("{hidden}a"), format!("a{hidden}b")] {
                let body = body(&place, &text).to_string();
                let headers = [("authorization", bearer.as_str()), ("accept-language", "en")];
                let answer = house.ask(&method, &path, &headers, &body);
                assert!(answer.status < 500, "{method} {path} {body}: {answer:?}");
                if is_password {
                    continue;
                }
                assert_eq!((answer.status, answer.code().as_str()), (400, "malformed"), "{method} {path} {body:?}");
                let (title, detail) = (answer.json()["title"].clone(), answer.json()["detail"].clone());
                let wanted = format!("{}: characters that nobody sees", place.join("."));
                assert!(title.as_str().unwrap().ends_with(&wanted), "{method} {path}: {title}");
                assert!(detail.as_str().unwrap().contains("cannot be seen"), "{detail}");
            }
        }
    }
}

#[test]
fn new_11_names_that_staff_and_devices_give_have_nothing_hidden_in_them() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    for hidden in HIDDEN {
        for name in [format!("eleni{hidden}"), format!("{hidden}eleni")] {
            let account = json!({ "name": name, "password": "a-long-password-77", "role": "clerk", "office": "kep" });
            assert_eq!(house.post(&admin, "/api/v1/accounts", &account).code(), "malformed", "{name:?}");
            let device = json!({ "kind": "kiosk", "name": name }).to_string();
            assert_eq!(house.ask("POST", "/api/v1/pairings", &[], &device).code(), "malformed", "{name:?}");
        }
    }
}
