//! What is pressed when it is later: somebody is late, somebody is telephoned, somebody booked waits while another is served
//! at length.

use serde_json::{Value, json};

use super::{
    SweepRow,
    press::Press,
    row,
    scene::{DESK, SweepScene, text},
};
use crate::{
    feeds::{ReadFeed, first_view},
    house::fresh_id,
};

/// A press on the desk's page about a visit.
fn desk(scene: &SweepScene, action: &str, visit: &str, fields: &[(&str, &str)]) -> Press {
    let fields: Vec<(&str, &str)> = [("visit", visit)].into_iter().chain(fields.iter().copied()).collect();
    Press::command(&mut scene.clerks_browser(), DESK, &format!("{DESK}/{action}"), &fields)
}

/// A program's request.
fn asks(scene: &SweepScene, action: &str, body: &Value) -> Press {
    let path = format!("/api/v1/offices/kep/{action}");
    Press::program(&scene.clerk, &path, "application/json", body.to_string())
}

/// Somebody who is late, and whom the office has told so.
fn late(scene: &SweepScene) -> String {
    scene.late.borrow_mut().pop().expect("enough people are late")
}

/// Desk 1 telephones somebody whose time has come.
fn telephoned(scene: &SweepScene) -> String {
    scene.idle_desk();
    let visit = scene.remote.borrow_mut().pop().expect("enough people are telephoned");
    scene.at_desk("chosen-calls", &json!({ "visit": visit, "because": "urgent" })).ok();
    visit
}

/// Desk 1 serves somebody at length, while somebody booked waits whose time has come.
fn served_at_length(scene: &SweepScene) -> String {
    scene.idle_desk();
    scene.at_desk("direct-visits", &json!({ "service": "disability-card" })).ok();
    text(&first_view(scene.house(), &scene.admin, "floor")["desks"][0]["holds"])
}

/// Somebody who waits without a booking, and the last free time of today.
fn gap(scene: &SweepScene) -> (String, String) {
    let visit = text(&scene.office("tickets", &json!({ "service": "family-status" }))["visit"]);
    let path = "/api/v1/offices/kep/slots?service=family-status&internal=true&from=2026-11-24&days=1";
    let slots = scene.house().get(&scene.admin, path).ok();
    (visit, text(&slots["slots"].as_array().unwrap().last().unwrap()["start"]))
}

/// A press on the page of a room that is open for clerks.
fn room(scene: &SweepScene, action: &str) -> Press {
    room_with(scene, action, &[])
}

/// The same, with what is typed there.
fn room_with(scene: &SweepScene, action: &str, fields: &[(&str, &str)]) -> Press {
    let page = format!("/staff/kep/bookings/{}/call", scene.call().0);
    Press::command(&mut scene.clerks_browser(), &page, &format!("{page}/{action}"), fields)
}

/// A clerk sits in a room, and writes into it; the line stays open as long as the test.
fn written(scene: &SweepScene) -> Press {
    let page = scene.clerks_browser().get(&format!("/staff/kep/bookings/{}/call", scene.call().1)).text;
    let path = page.split("data-line=\"").nth(1).unwrap().split("/line\"").next().unwrap().to_owned();
    let line = fresh_id();
    let mut feed = ReadFeed::open(scene.house(), &scene.clerk, &format!("{path}/line?line={line}"));
    while feed.message().expect("the line is open").0 != "seats" {}
    std::mem::forget(feed);
    let body = json!({ "line": line, "kind": "chat", "text": "Καλημέρα" });
    Press::program(&scene.clerk, &format!("{path}/signals"), "application/json", body.to_string())
}

pub fn rows() -> Vec<SweepRow> {
    vec![
        row("/staff/{office}/bookings/{reference}/call/invite", "/call", |scene| room(scene, "invite")),
        row("/staff/{office}/bookings/{reference}/call/take-back", "/call", |scene| room(scene, "take-back")),
        row("/staff/{office}/bookings/{reference}/call/remove-applicant", "/call", |scene| {
            room(scene, "remove-applicant")
        }),
        row("/staff/{office}/bookings/{reference}/call/remove-served", "/call", |scene| room(scene, "remove-served")),
        row("/staff/{office}/bookings/{reference}/call/remove-helper", "/call", |scene| room(scene, "remove-helper")),
        row("/staff/{office}/bookings/{reference}/call/end", "/call", |scene| room(scene, "end")),
        row("/staff/{office}/bookings/{reference}/call/telephone", "/call", |scene| room(scene, "telephone")),
        row("/staff/{office}/bookings/{reference}/call/reopen", "/call", |scene| room(scene, "reopen")),
        row("/staff/{office}/bookings/{reference}/call/elsewhere", "/call", |scene| {
            room_with(scene, "elsewhere", &[("address", "https://meet.example.gr/1")])
        }),
        row("/staff/{office}/bookings/{reference}/call/here", "/call", |scene| room(scene, "here")),
        row("/api/v1/calls/{pass}/signals", "", written),
        row("/staff/{office}/desks/{desk}/recalls", DESK, |scene| desk(scene, "recalls", &scene.called(), &[])),
        row("/api/v1/offices/{office}/desks/{desk}/recalls", "event", |scene| {
            asks(scene, "desks/1/recalls", &json!({ "visit": scene.called() }))
        }),
        row("/staff/{office}/desks/{desk}/failed-attempts", DESK, |scene| {
            desk(scene, "failed-attempts", &telephoned(scene), &[])
        }),
        row("/api/v1/offices/{office}/desks/{desk}/failed-attempts", "event", |scene| {
            asks(scene, "desks/1/failed-attempts", &json!({ "visit": telephoned(scene) }))
        }),
        row("/staff/{office}/desks/{desk}/interruptions", DESK, |scene| {
            desk(scene, "interruptions", &served_at_length(scene), &[("resume", "end-of-day")])
        }),
        row("/api/v1/offices/{office}/desks/{desk}/interruptions", "event", |scene| {
            let visit = served_at_length(scene);
            asks(scene, "desks/1/interruptions", &json!({ "visit": visit, "resume": "end-of-day" }))
        }),
        row("/staff/{office}/visits/{visit}/admit", "/visits/", |scene| {
            let page = format!("/staff/kep/visits/{}", late(scene));
            Press::command(&mut scene.clerks_browser(), &page, &format!("{page}/admit"), &[])
        }),
        row("/api/v1/offices/{office}/visits/{visit}/admit", "event", |scene| {
            asks(scene, &format!("visits/{}/admit", late(scene)), &json!({}))
        }),
        row("/api/v1/offices/{office}/visits/{visit}/choose-late", "event", |scene| {
            asks(scene, &format!("visits/{}/choose-late", late(scene)), &json!({ "choice": "end-of-day" }))
        }),
        row("/api/v1/offices/{office}/visits/{visit}/choose-late", "event", |scene| {
            asks(scene, &format!("visits/{}/choose-late", late(scene)), &json!({ "choice": "book-anew" }))
        }),
        row("/api/v1/offices/{office}/rebookings/times", "slots", |scene| {
            let code = scene.absent.borrow().first().expect("somebody is late").clone();
            asks(scene, "rebookings/times", &json!({ "code": code }))
        }),
        row("/api/v1/offices/{office}/rebookings", "reference", |scene| {
            let code = scene.absent.borrow_mut().pop().expect("enough people are late");
            asks(scene, "rebookings", &json!({ "code": code, "start": scene.time() }))
        }),
        row("/api/v1/offices/{office}/visits/{visit}/time", "number", |scene| {
            let (visit, start) = gap(scene);
            asks(scene, &format!("visits/{visit}/time"), &json!({ "start": start }))
        }),
        row("/api/v1/offices/{office}/visits/{visit}/fix-time", "event", |scene| {
            let (visit, start) = gap(scene);
            asks(scene, &format!("visits/{visit}/fix-time"), &json!({ "start": start }))
        }),
    ]
}
