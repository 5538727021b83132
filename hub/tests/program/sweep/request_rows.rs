//! What applicants press about requests, and who works on them.

use serde_json::json;
use wire::ReceiptCode;

use super::{
    SweepRow,
    body_scene::BIN,
    citizen_rows::pdf,
    press::Press,
    row,
    scene::{DESK, SweepScene},
};
use crate::requests::{attested, attested_for, serve, with_files};

/// A press of an applicant on the page of a request.
fn applicant(scene: &SweepScene, (session, page): &(String, String), action: &str, fields: &[(&str, &str)]) -> Press {
    Press::form(&mut scene.staff(session), page, &format!("{page}/{action}"), fields)
}

/// A press of who works on requests.
fn worker(scene: &SweepScene, (_, page): &(String, String), action: &str, fields: &[(&str, &str)]) -> Press {
    let page = format!("/staff{page}");
    Press::form(&mut scene.staff(&scene.worker().0), &page, &format!("{page}/{action}"), fields)
}

/// The same with one of the buttons of the form that ends it.
fn verdict(scene: &SweepScene, action: &str) -> Press {
    let page = format!("/staff{}", scene.taken().1);
    let mut browser = scene.staff(&scene.worker().0);
    let html = browser.get(&page).text;
    let mut fields = super::press::hidden(&html, &format!("{page}/finish"));
    fields.push(("text".to_owned(), "Το είδαμε.".to_owned()));
    Press::fields(&browser, &format!("{page}/{action}"), &fields)
}

/// A certificate that is ready, and goes this way.
fn ready(scene: &SweepScene, way: &str) -> (String, String) {
    let (session, page) = scene.request_of_certificate();
    let chosen = scene.staff(&session).post(&page, &format!("{page}/way"), &[("way", way)]);
    assert_eq!(chosen.status, 303, "{chosen:?}");
    scene.works(&page, "take", &[]);
    scene.works(&page, "ready", &[]);
    (session, page)
}

/// Something to write.
const TEXT: [(&str, &str); 1] = [("text", "Ο μπλε, έξω από το 12")];

pub fn rows() -> Vec<SweepRow> {
    vec![
        row("/requests/new/{category}", "/receipt", |scene| {
            let page = "/requests/new/cleaning";
            Press::form(&mut scene.staff(&scene.applicant()), page, page, &BIN)
        }),
        row("/requests/{request}/answer", "done=yes", |scene| {
            // What takes files has a form of its own.
            let asked = scene.request_of_certificate();
            scene.works(&asked.1, "take", &[]);
            scene.works(&asked.1, "ask", &TEXT);
            applicant(scene, &asked, "answer", &TEXT)
        }),
        row("/requests/{request}/files", "done=yes", |scene| {
            let (session, page) = scene.request();
            let (mut browser, files) = (scene.staff(&session), format!("{page}/files"));
            let fields = [("step", "add"), ("text", "Και μία φωτογραφία")];
            with_files(&mut browser, (&page, &files), &fields, &[("bin.pdf", &pdf())])
        }),
        row("/requests/{request}/add", "done=yes", |scene| {
            applicant(scene, &scene.request_of_certificate(), "add", &TEXT)
        }),
        row("/requests/{request}/way", "done=yes", |scene| {
            applicant(scene, &scene.request_of_certificate(), "way", &[("way", "collection")])
        }),
        row("/requests/{request}/download", "/results/", |scene| {
            let (session, page) = attested_for(scene, scene.who_may_look());
            scene.works(&page, "ready", &[]);
            Press::form(&mut scene.staff(&session), &page, &format!("{page}/download"), &[])
        }),
        row("/requests/{request}/withdraw", "done=yes", |scene| {
            applicant(scene, &scene.request(), "withdraw", &[("sure", "yes")])
        }),
        row("/requests/{request}/reopen", "done=yes", |scene| {
            let done = scene.taken();
            scene.works(&done.1, "finish", &[]);
            applicant(scene, &done, "reopen", &TEXT)
        }),
        row("/staff/requests/{request}/take", "done=yes", |scene| worker(scene, &scene.request(), "take", &[])),
        row("/staff/requests/{request}/assign", "done=yes", |scene| {
            let colleague = scene.colleague().to_string();
            worker(scene, &scene.taken(), "assign", &[("to", &colleague)])
        }),
        row("/staff/requests/{request}/unit", "/staff/requests", |scene| {
            worker(scene, &scene.taken(), "unit", &[("unit", "2")])
        }),
        row("/staff/requests/{request}/forward", "done=yes", |scene| worker(scene, &scene.taken(), "forward", &TEXT)),
        row("/staff/requests/{request}/ask", "done=yes", |scene| worker(scene, &scene.taken(), "ask", &TEXT)),
        row("/staff/requests/{request}/note", "done=yes", |scene| worker(scene, &scene.taken(), "note", &TEXT)),
        row("/staff/requests/{request}/accept", "done=yes", |scene| verdict(scene, "accept")),
        row("/staff/requests/{request}/refuse", "done=yes", |scene| verdict(scene, "refuse")),
        row("/staff/requests/{request}/finish", "done=yes", |scene| {
            worker(scene, &scene.taken(), "finish", &[("text", "")])
        }),
        row("/staff/requests/{request}/ready", "done=yes", |scene| {
            let asked = scene.request_of_certificate();
            scene.works(&asked.1, "take", &[]);
            worker(scene, &asked, "ready", &[])
        }),
        row("/staff/requests/{request}/hand-out", "done=yes", |scene| {
            worker(scene, &ready(scene, "collection"), "hand-out", &[("paper", "passport"), ("last", "456")])
        }),
        row("/staff/requests/{request}/post", "done=yes", |scene| {
            worker(scene, &ready(scene, "post"), "post", &[("text", "RR123456789GR")])
        }),
        row("/staff/requests/{request}/files", "done=yes", |scene| {
            let (_, page) = attested(scene);
            let (mut browser, page) = (scene.staff(&scene.worker().0), format!("/staff{page}"));
            with_files(&mut browser, (&page, &format!("{page}/files")), &[], &[("more.pdf", &pdf())])
        }),
        row("/staff/requests/{request}/drop-file", "done=yes", |scene| {
            worker(scene, &attested(scene), "drop-file", &[])
        }),
        row("/staff/requests/{request}/propose", "done=yes", |scene| {
            worker(scene, &scene.taken(), "propose", &[("visit", "kep/family-status/in-person")])
        }),
        row("/staff/{office}/desks/{desk}/hand-outs", DESK, |scene| {
            let (_, page) = ready(scene, "collection");
            let code = ReceiptCode(page.trim_start_matches("/requests/").parse().unwrap()).to_string();
            serve(scene, &scene.office("check-ins", &json!({ "code": code }))["ticket"]["visit"]);
            let fields = [("paper", "passport"), ("last", "456")];
            Press::form(&mut scene.clerks_browser(), DESK, &format!("{DESK}/hand-outs"), &fields)
        }),
        row("/staff/requests/{request}/close", "done=yes", |scene| {
            worker(scene, &scene.taken(), "close", &[("because", "duplicate"), ("text", "")])
        }),
    ]
}
