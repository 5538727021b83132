//! What is pressed at a desk and about visits.

use serde_json::json;

use super::{
    SweepRow,
    press::Press,
    row,
    scene::{DESK, SweepScene},
};

/// A press on the desk's page.
fn desk(scene: &SweepScene, action: &str, fields: &[(&str, &str)]) -> Press {
    Press::command(&mut scene.clerks_browser(), DESK, &format!("{DESK}/{action}"), fields)
}

/// A press about who was called.
fn about_called(scene: &SweepScene, action: &str) -> Press {
    let visit = scene.called();
    desk(scene, action, &[("visit", &visit)])
}

/// A press about who is served.
fn about_served(scene: &SweepScene, action: &str, fields: &[(&str, &str)]) -> Press {
    let visit = scene.serving();
    let fields: Vec<(&str, &str)> = [("visit", visit.as_str())].into_iter().chain(fields.iter().copied()).collect();
    desk(scene, action, &fields)
}

/// The next is called, whoever that is.
fn next(scene: &SweepScene) {
    scene.idle_desk();
    scene.ticket();
}

pub fn rows() -> Vec<SweepRow> {
    vec![
        row("/staff/{office}/desks/{desk}/help-go", DESK, |scene| desk(scene, "help-go", &[("ring", &scene.rung())])),
        row("/staff/{office}/desks/{desk}/help-done", DESK, |scene| {
            let ring = scene.rung();
            scene.office(&format!("help/{ring}/accept"), &json!({}));
            desk(scene, "help-done", &[("ring", &ring)])
        }),
        row("/staff/{office}/desks/{desk}/emergency", DESK, |scene| {
            // One that rings already would be the same one.
            let floor = crate::feeds::first_view(scene.house(), &scene.clerk, "floor");
            for help in floor["help"].as_array().into_iter().flatten() {
                let end = format!("/api/v1/offices/kep/help/{}/end", super::scene::text(&help["ring"]));
                assert_eq!(scene.house().post(&scene.clerk, &end, &json!({})).status, 204);
            }
            desk(scene, "emergency", &[("ring", &crate::house::fresh_id())])
        }),
        row("/staff/{office}/desks/{desk}/calls", DESK, |scene| {
            next(scene);
            desk(scene, "calls", &[])
        }),
        row("/staff/{office}/desks/{desk}/calls-after-note", DESK, |scene| {
            scene.idle_desk();
            let visit = first_waiting(scene);
            let path = format!("/api/v1/offices/kep/visits/{visit}/note");
            scene.house().post(&scene.clerk, &path, &json!({ "text": "φέρνει παιδί" })).ok();
            desk(scene, "calls-after-note", &[("note_read", &visit)])
        }),
        row("/staff/{office}/desks/{desk}/chosen-calls", DESK, |scene| {
            scene.idle_desk();
            let visit = scene.ticket();
            desk(scene, "chosen-calls", &[("visit", &visit), ("because", "urgent")])
        }),
        row("/staff/{office}/desks/{desk}/open", DESK, |scene| {
            scene.idle_desk();
            scene.at_desk("close", &json!({})).ok();
            desk(scene, "open", &[])
        }),
        row("/staff/{office}/desks/{desk}/close", "/staff?all=1", |scene| {
            scene.idle_desk();
            desk(scene, "close", &[])
        }),
        row("/staff/{office}/desks/{desk}/break", DESK, |scene| {
            scene.idle_desk();
            desk(scene, "break", &[("because", "rest"), ("minutes", "15")])
        }),
        row("/staff/{office}/desks/{desk}/resume", DESK, |scene| {
            scene.idle_desk();
            scene.at_desk("break", &json!({ "because": "rest" })).ok();
            desk(scene, "resume", &[])
        }),
        row("/staff/{office}/desks/{desk}/put-backs", DESK, |scene| about_called(scene, "put-backs")),
        row("/staff/{office}/desks/{desk}/undo", DESK, |scene| {
            let visit = scene.called();
            desk(scene, "undo", &[("step", "call"), ("visit", &visit)])
        }),
        row("/staff/{office}/desks/{desk}/appeared", DESK, |scene| about_called(scene, "appeared")),
        row("/staff/{office}/desks/{desk}/no-shows", DESK, |scene| about_called(scene, "no-shows")),
        row("/staff/{office}/desks/{desk}/come-back", DESK, |scene| {
            let visit = scene.called();
            scene.at_desk("no-shows", &json!({ "visit": visit })).ok();
            desk(scene, "come-back", &[("visit", &visit)])
        }),
        row("/staff/{office}/desks/{desk}/leave", DESK, |scene| {
            scene.idle_desk();
            let visit = scene.ticket();
            desk(scene, "leave", &[("visit", &visit)])
        }),
        row("/staff/{office}/desks/{desk}/parkings", DESK, |scene| about_served(scene, "parkings", &[])),
        row("/staff/{office}/desks/{desk}/missing-documents", "warned=", |scene| {
            about_served(scene, "missing-documents", &[])
        }),
        row("/staff/{office}/desks/{desk}/shown", DESK, |scene| {
            about_served(scene, "shown", &[("identity", "yes"), ("papers", "complete"), ("note", "όλα εδώ")])
        }),
        row("/staff/{office}/desks/{desk}/finishes", DESK, |scene| {
            about_served(scene, "finishes", &[("outcome", "not-possible")])
        }),
        row("/staff/{office}/desks/{desk}/amend", DESK, |scene| {
            about_served(scene, "amend", &[("persons", "2"), ("cases", "1")])
        }),
        row("/staff/{office}/desks/{desk}/ready", DESK, |scene| {
            scene.idle_desk();
            scene.at_desk("ready", &json!({ "ready": false }));
            desk(scene, "ready", &[("ready", "no")])
        }),
        row("/staff/{office}/desks/{desk}/direct-visits", DESK, |scene| {
            scene.idle_desk();
            desk(scene, "direct-visits", &[("service", "signature")])
        }),
        row("/staff/{office}/desks/{desk}/transfers", DESK, |scene| {
            about_served(scene, "transfers", &[("to", "service:certified-copy"), ("first", "")])
        }),
        row("/staff/{office}/desks/{desk}/handover", "/staff/kep/desks/", |scene| {
            let number = scene.another_desk();
            let ((_, _, first), (second, _, _)) = (scene.employee("clerk"), scene.employee("clerk"));
            scene.house().desk(&first, number, "open", &json!({})).ok();
            let desk = format!("/staff/kep/desks/{number}");
            let fields = [("name", second.as_str()), ("password", crate::house::PASSWORD)];
            Press::form(&mut scene.staff(&first), &desk, &format!("{desk}/handover"), &fields)
        }),
        row("/staff/{office}/visits/{visit}/note", "/visits/", |scene| {
            let visit = scene.ticket();
            let page = format!("/staff/kep/visits/{visit}");
            Press::command(&mut scene.clerks_browser(), &page, &format!("{page}/note"), &[("text", "ήσυχα")])
        }),
        row("/staff/{office}/reception", "Υποδοχή", |scene| {
            let page = "/staff/kep/reception";
            Press::form(&mut scene.clerks_browser(), page, page, &[("wanted", "10:30")])
        }),
        row("/staff/{office}/reception/give", "/staff/kep/tickets/", |scene| {
            let page = "/staff/kep/reception";
            let fields = [("service", "signature"), ("persons", "2"), ("need-escort", "yes")];
            Press::command(&mut scene.clerks_browser(), page, &format!("{page}/give"), &fields)
        }),
        row("/staff/{office}/reception/check-in", "/staff/kep/tickets/", |scene| {
            let wish = json!({ "service": "driving-licence", "start": scene.time_of_today(), "name": "Μαρία" });
            let code = super::scene::text(&scene.office("bookings", &wish)["reference"]);
            let page = "/staff/kep/reception";
            Press::command(&mut scene.clerks_browser(), page, &format!("{page}/check-in"), &[("code", &code)])
        }),
        row("/staff/{office}/reception/needs", "/staff/kep/tickets/", |scene| {
            let (page, visit) = ("/staff/kep/reception", scene.ticket());
            let fields = [("visit", visit.as_str()), ("need-sign-language", "yes")];
            Press::command(&mut scene.clerks_browser(), page, &format!("{page}/needs"), &fields)
        }),
        row("/staff/{office}/reception/persons", "/staff/kep/tickets/", |scene| {
            let (page, visit) = ("/staff/kep/reception", scene.ticket());
            let fields = [("visit", visit.as_str()), ("persons", "3"), ("cases", "1")];
            Press::command(&mut scene.clerks_browser(), page, &format!("{page}/persons"), &fields)
        }),
        row("/staff/{office}/reception/help-go", "/staff/kep/reception", |scene| {
            let (page, ring) = ("/staff/kep/reception", scene.rung());
            Press::command(&mut scene.clerks_browser(), page, &format!("{page}/help-go"), &[("ring", &ring)])
        }),
        row("/staff/{office}/reception/help-done", "/staff/kep/reception", |scene| {
            let (page, ring) = ("/staff/kep/reception", scene.rung());
            Press::command(&mut scene.clerks_browser(), page, &format!("{page}/help-done"), &[("ring", &ring)])
        }),
        row("/staff/{office}/house/suspend", "done=suspend", |scene| {
            let house = "/staff/kep/house";
            let fields = [("scope", "service:family-status"), ("because", "strike")];
            Press::command(&mut scene.clerks_browser(), house, "/staff/kep/house/suspend", &fields)
        }),
        row("/staff/{office}/house/resume", "done=resume", |scene| {
            let because = json!({ "el": "Βλάβη", "en": "Fault" });
            scene.office("suspensions", &json!({ "scope": { "service": "family-status" }, "because": because }));
            let house = "/staff/kep/house";
            let fields = [("scope", "service:family-status")];
            Press::command(&mut scene.clerks_browser(), house, "/staff/kep/house/resume", &fields)
        }),
        row("/staff/{office}/house/roll-call", "done=roll-call", |scene| {
            let gone = format!("gone-{}", scene.ticket());
            Press::command(
                &mut scene.clerks_browser(),
                "/staff/kep/house",
                "/staff/kep/house/roll-call",
                &[(&gone, "yes")],
            )
        }),
        row("/staff/{office}/house/paper", "done=paper", |scene| {
            let fields = [
                ("service", "signature"),
                ("desk", "1"),
                ("arrived", "08:30"),
                ("from", "08:40"),
                ("to", "08:45"),
                ("outcome", "done"),
            ];
            Press::command(&mut scene.clerks_browser(), "/staff/kep/house", "/staff/kep/house/paper", &fields)
        }),
        row("/staff/{office}/house/handed-in", "done=handed-in", |scene| {
            let (house, ticket) = ("/staff/kep/house", scene.handed_in());
            let fields = [("ticket", ticket.as_str())];
            Press::command(&mut scene.clerks_browser(), house, "/staff/kep/house/handed-in", &fields)
        }),
    ]
}

/// Who is called next.
fn first_waiting(scene: &SweepScene) -> String {
    scene.ticket();
    let called = scene.at_desk("calls", &json!({})).ok();
    let visit = super::scene::text(&called["visit"]);
    scene.at_desk("put-backs", &json!({ "visit": visit })).ok();
    visit
}
