//! What programs and devices ask of the API, each under an idempotency-key, as the description says.

use handshake::commitment;
use serde_json::{Value, json};
use wire::Octets;

use super::{
    SweepRow,
    press::Press,
    row,
    scene::{REPORTER, SweepScene, text},
};
use crate::{
    house::{PASSWORD, fresh_id},
    pages::{FormBrowser, solve},
};

const JSON: &str = "application/json";

fn asks(token: &str, path: &str, body: &Value) -> Press {
    Press::program(token, path, JSON, body.to_string())
}

fn office(scene: &SweepScene, action: &str, body: &Value) -> Press {
    asks(&scene.clerk, &format!("/api/v1/offices/kep/{action}"), body)
}

fn desk(scene: &SweepScene, action: &str, body: &Value) -> Press {
    office(scene, &format!("desks/1/{action}"), body)
}

/// About who was called to the desk.
fn called(scene: &SweepScene, action: &str) -> Press {
    let visit = scene.called();
    desk(scene, action, &json!({ "visit": visit }))
}

/// About who is served at the desk.
fn served(scene: &SweepScene, action: &str, more: Value) -> Press {
    let mut body = json!({ "visit": scene.serving() });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    desk(scene, action, &body)
}

/// About somebody who waits.
fn visit(scene: &SweepScene, action: &str, body: &Value) -> Press {
    let visit = scene.ticket();
    office(scene, &format!("visits/{visit}/{action}"), body)
}

fn booking(scene: &SweepScene, action: &str, body: &Value) -> Press {
    let own = scene.booking();
    office(scene, &format!("bookings/{}/{action}", own.reference), body)
}

fn begun(scene: &SweepScene) -> Value {
    scene.house().ask("POST", "/api/v1/pairings", &[], r#"{"kind":"kiosk","name":"Είσοδος"}"#).ok()
}

/// At the kiosk.
fn kiosk(scene: &SweepScene, action: &str, body: &Value) -> Press {
    asks(&scene.kiosk, &format!("/api/v1/offices/kep/{action}"), body)
}

/// Actions at a desk.
fn at_desks() -> Vec<SweepRow> {
    vec![
        row("/api/v1/offices/{office}/desks/{desk}/calls", "number", |scene| {
            scene.idle_desk();
            scene.ticket();
            desk(scene, "calls", &json!({}))
        }),
        row("/api/v1/offices/{office}/desks/{desk}/calls-after-note", "number", |scene| {
            scene.idle_desk();
            scene.ticket();
            let waits = text(&scene.at_desk("calls", &json!({})).ok()["visit"]);
            scene.at_desk("put-backs", &json!({ "visit": waits })).ok();
            scene.office(&format!("visits/{waits}/note"), &json!({ "text": "φέρνει παιδί" }));
            desk(scene, "calls-after-note", &json!({ "note_read": waits }))
        }),
        row("/api/v1/offices/{office}/desks/{desk}/chosen-calls", "number", |scene| {
            scene.idle_desk();
            let visit = scene.ticket();
            desk(scene, "chosen-calls", &json!({ "visit": visit, "because": "urgent" }))
        }),
        row("/api/v1/offices/{office}/desks/{desk}/open", "event", |scene| {
            scene.idle_desk();
            scene.at_desk("close", &json!({})).ok();
            desk(scene, "open", &json!({}))
        }),
        row("/api/v1/offices/{office}/desks/{desk}/close", "event", |scene| {
            scene.idle_desk();
            desk(scene, "close", &json!({}))
        }),
        row("/api/v1/offices/{office}/desks/{desk}/break", "event", |scene| {
            scene.idle_desk();
            desk(scene, "break", &json!({ "because": "rest" }))
        }),
        row("/api/v1/offices/{office}/desks/{desk}/resume", "event", |scene| {
            scene.idle_desk();
            scene.at_desk("break", &json!({ "because": "rest" })).ok();
            desk(scene, "resume", &json!({}))
        }),
        row("/api/v1/offices/{office}/desks/{desk}/ready", "event", |scene| {
            scene.idle_desk();
            scene.at_desk("ready", &json!({ "ready": false }));
            desk(scene, "ready", &json!({ "ready": false }))
        }),
        row("/api/v1/offices/{office}/desks/{desk}/put-backs", "event", |scene| called(scene, "put-backs")),
        row("/api/v1/offices/{office}/desks/{desk}/undo", "event", |scene| {
            scene.idle_desk();
            scene.at_desk("break", &json!({ "because": "rest" })).ok();
            desk(scene, "undo", &json!({ "step": "break" }))
        }),
        row("/api/v1/offices/{office}/desks/{desk}/appeared", "event", |scene| called(scene, "appeared")),
        row("/api/v1/offices/{office}/desks/{desk}/no-shows", "event", |scene| called(scene, "no-shows")),
        row("/api/v1/offices/{office}/desks/{desk}/parkings", "event", |scene| served(scene, "parkings", json!({}))),
        row("/api/v1/offices/{office}/desks/{desk}/transfers", "event", |scene| {
            served(scene, "transfers", json!({ "service": "certified-copy" }))
        }),
        row("/api/v1/offices/{office}/desks/{desk}/finishes", "event", |scene| {
            served(scene, "finishes", json!({ "outcome": "not-possible" }))
        }),
        row("/api/v1/offices/{office}/desks/{desk}/direct-visits", "event", |scene| {
            scene.idle_desk();
            desk(scene, "direct-visits", &json!({ "service": "signature" }))
        }),
        row("/api/v1/offices/{office}/desks/{desk}/paper-visits", "event", |scene| {
            let paper = json!({ "service": "signature", "arrived_at": "2026-11-24T06:30:00Z",
                "served_from": "2026-11-24T06:40:00Z", "served_to": "2026-11-24T06:45:00Z", "outcome": "done" });
            desk(scene, "paper-visits", &paper)
        }),
        row("/api/v1/offices/{office}/desks/{desk}/shown", "event", |scene| {
            served(scene, "shown", json!({ "identity": true, "papers": "complete" }))
        }),
        row("/api/v1/offices/{office}/desks/{desk}/missing-documents", "event", |scene| {
            served(scene, "missing-documents", json!({}))
        }),
    ]
}

pub fn rows() -> Vec<SweepRow> {
    let mut rows = at_desks();
    rows.extend([
        row("/api/v1/offices/{office}/tickets", "number", |scene| {
            asks(&scene.kiosk, "/api/v1/offices/kep/tickets", &json!({ "service": "signature" }))
        }),
        row("/api/v1/offices/{office}/check-ins", "is", |scene| {
            let wish = json!({ "service": "driving-licence", "start": scene.time_of_today(), "name": "Μαρία" });
            let code = scene.office("bookings", &wish)["reference"].clone();
            asks(&scene.kiosk, "/api/v1/offices/kep/check-ins", &json!({ "code": code }))
        }),
        row("/api/v1/offices/{office}/help", "", |scene| kiosk(scene, "help", &json!({ "ring": fresh_id() }))),
        row("/api/v1/offices/{office}/help/{ring}/accept", "event", |scene| {
            office(scene, &format!("help/{}/accept", scene.rung()), &json!({}))
        }),
        row("/api/v1/offices/{office}/help/{ring}/end", "", |scene| {
            kiosk(scene, &format!("help/{}/end", scene.rung()), &json!({}))
        }),
        row("/api/v1/offices/{office}/visits/{visit}/wishes", "", |scene| {
            kiosk(scene, &format!("visits/{}/wishes", scene.ticket()), &json!({ "priority": true }))
        }),
        row("/api/v1/offices/{office}/leases", "granted", |scene| {
            kiosk(scene, "leases", &json!({ "holds": [], "gives_back": [] }))
        }),
        row("/api/v1/offices/{office}/hand-ins", "noted", |scene| kiosk(scene, "hand-ins", &scene.came_meanwhile())),
        row("/api/v1/offices/{office}/bookings", "reference", |scene| {
            let wish = json!({ "service": "driving-licence", "start": scene.time(), "name": "Μαρία", "email": scene.email(),
                "phone": "6940000000" });
            office(scene, "bookings", &wish)
        }),
        row("/api/v1/offices/{office}/bookings/{booking}/cancellations", "", |scene| {
            booking(scene, "cancellations", &json!({}))
        }),
        row("/api/v1/offices/{office}/bookings/{booking}/moves", "", |scene| {
            let start = scene.time();
            booking(scene, "moves", &json!({ "start": start }))
        }),
        row("/api/v1/offices/{office}/bookings/{booking}/voids", "", |scene| {
            booking(scene, "voids", &json!({ "because": "details-missing" }))
        }),
        row("/api/v1/offices/{office}/bookings/{booking}/corrections", "", |scene| {
            booking(scene, "corrections", &json!({ "because": "details-wrong", "until": "2026-12-01T10:00:00Z" }))
        }),
        row("/api/v1/offices/{office}/visits/{visit}/leave", "event", |scene| visit(scene, "leave", &json!({}))),
        row("/api/v1/offices/{office}/visits/{visit}/undo-leave", "event", |scene| {
            let visit = scene.ticket();
            scene.office(&format!("visits/{visit}/leave"), &json!({}));
            office(scene, &format!("visits/{visit}/undo-leave"), &json!({}))
        }),
        row("/api/v1/offices/{office}/visits/{visit}/come-back", "event", |scene| {
            let visit = scene.called();
            scene.at_desk("no-shows", &json!({ "visit": visit })).ok();
            office(scene, &format!("visits/{visit}/come-back"), &json!({}))
        }),
        row("/api/v1/offices/{office}/visits/{visit}/amend", "event", |scene| {
            visit(scene, "amend", &json!({ "persons": 2, "cases": 1 }))
        }),
        row("/api/v1/offices/{office}/visits/{visit}/note", "event", |scene| {
            visit(scene, "note", &json!({ "text": "σημείωση" }))
        }),
        row("/api/v1/offices/{office}/suspensions", "event", |scene| {
            let because = json!({ "el": "Βλάβη", "en": "Fault" });
            office(scene, "suspensions", &json!({ "scope": { "desk": 4 }, "because": because }))
        }),
        row("/api/v1/offices/{office}/resumptions", "event", |scene| {
            let because = json!({ "el": "Βλάβη", "en": "Fault" });
            scene.office("suspensions", &json!({ "scope": { "desk": 4 }, "because": because }));
            office(scene, "resumptions", &json!({ "scope": { "desk": 4 } }))
        }),
        row("/api/v1/offices/{office}/roll-calls", "event", |scene| {
            let gone = scene.ticket();
            office(scene, "roll-calls", &json!({ "gone": [gone] }))
        }),
        row("/api/v1/offices/{office}/devices", "paired_at", |scene| {
            let code = begun(scene)["code"].clone();
            asks(&scene.admin, "/api/v1/offices/kep/devices", &json!({ "code": code }))
        }),
        row("/api/v1/pairings", "secret", |_| {
            asks("", "/api/v1/pairings", &json!({ "kind": "kiosk", "name": "Είσοδος" }))
        }),
        row("/api/v1/pairings/{pairing}/openings", "secret", |scene| {
            let number = Octets([7; 32]);
            let bound = json!({ "kind": "kiosk", "name": "Είσοδος", "commitment": commitment(&number) });
            let begun = scene.house().ask("POST", "/api/v1/pairings", &[], &bound.to_string()).ok();
            let path = format!("/api/v1/pairings/{}/openings", text(&begun["pairing"]));
            asks(&text(&begun["secret"]), &path, &json!({ "number": number }))
        }),
        row("/api/v1/sessions", "token", |scene| {
            let (name, _, _) = scene.employee("clerk");
            asks("", "/api/v1/sessions", &json!({ "name": name, "password": PASSWORD }))
        }),
        row("/api/v1/accounts", "invitation", |scene| {
            let name = format!("new{}", scene.number());
            let wish = json!({ "name": name, "role": "clerk", "office": "kep", "own_password": PASSWORD });
            asks(&scene.admin, "/api/v1/accounts", &wish)
        }),
        row("/api/v1/accounts/{account}/invitations", "invitation", |scene| {
            let (_, id, _) = scene.employee("clerk");
            let path = format!("/api/v1/accounts/{id}/invitations");
            asks(&scene.admin, &path, &json!({ "own_password": PASSWORD }))
        }),
        row("/api/v1/devices/self/faults", "", |scene| {
            asks(&scene.kiosk, "/api/v1/devices/self/faults", &json!({ "faults": [] }))
        }),
        row("/api/v1/devices/self/encounters", "", |scene| {
            let met = json!({ "since": "2026-11-24T06:00:00Z", "until": "2026-11-24T06:10:00Z" });
            asks(&scene.kiosk, "/api/v1/devices/self/encounters", &met)
        }),
        row("/api/v1/bounces", "taken", |_| {
            Press::program(REPORTER, "/api/v1/bounces", "message/rfc822", "Subject: nothing\r\n\r\n".to_owned())
        }),
        row("/api/v1/start-links", "minutes", |scene| {
            let work = solve(&FormBrowser::new(scene.house()).get("/book?office=kep&service=family-status").text);
            asks("", "/api/v1/start-links", &json!({ "email": scene.email(), "work": work }))
        }),
    ]);
    rows
}
