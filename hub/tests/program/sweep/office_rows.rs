//! What staff press about bookings, hours and closures.

use serde_json::json;

use super::{
    SweepRow,
    press::{Press, encoded, hidden},
    row,
    scene::{OwnBooking, SweepScene},
};
use crate::pages::FormBrowser;

const DAY: &str = "/staff/kep/bookings";

/// A press on a booking's page.
fn about(scene: &SweepScene, own: &OwnBooking, action: &str, fields: &[(&str, &str)]) -> Press {
    let page = format!("{DAY}/{}", own.reference);
    Press::command(&mut scene.clerks_browser(), &page, &format!("{page}/{action}"), fields)
}

/// A closure of a day that nobody has closed yet.
fn closure(scene: &SweepScene) -> String {
    let day = 1 + scene.number() % 28;
    let month = 1 + scene.number() % 12;
    format!("2027-{month:02}-{day:02}")
}

fn query(day: &str) -> String {
    format!("{DAY}/closures?day={day}&from=&to=&desk=&el=%CE%91%CF%80%CE%B5%CF%81%CE%B3%CE%AF%CE%B1&en=")
}

pub fn rows() -> Vec<SweepRow> {
    vec![
        row("/staff/{office}/figures/feedback", "done=erased", |scene| {
            // What a visitor wrote, in a day's figures.
            let (visit, page) = (scene.served(), "/staff/kep/figures");
            let (own, words) = (format!("/v/{visit}"), format!("Ευγενικοί {}", scene.number()));
            let fields = [("face", "good"), ("text", words.as_str())];
            let mut visitor = FormBrowser::new(scene.house());
            assert_eq!(visitor.post(&own, &format!("{own}/feedback"), &fields).status, 303);
            Press::form(&mut scene.admins_browser(), page, &format!("{page}/feedback"), &[])
        }),
        row("/staff/{office}/bookings", "Μαρία", |scene| {
            scene.booking();
            Press::form(&mut scene.clerks_browser(), DAY, DAY, &[("wanted", "Μαρία")])
        }),
        row("/staff/{office}/bookings/new/details", "Στοιχεία", |scene| {
            let start = scene.time();
            let fields = [("service", "driving-licence"), ("start", start.as_str()), ("channel", "in-person")];
            Press::command(&mut scene.clerks_browser(), DAY, "/staff/kep/bookings/new/details", &fields)
        }),
        row("/staff/{office}/bookings/new/book", "/staff/kep/bookings/", |scene| {
            let (start, email) = (scene.time(), scene.email());
            let fields = [
                ("service", "driving-licence"),
                ("start", start.as_str()),
                ("channel", "in-person"),
                ("name", "Ελένη"),
                ("phone", "6940000001"),
                ("email", email.as_str()),
                ("language", "el"),
                ("street", "Πλατεία 1"),
                ("postcode", "72100"),
                ("town", "Άγιος Νικόλαος"),
            ];
            Press::command(&mut scene.clerks_browser(), DAY, "/staff/kep/bookings/new/book", &fields)
        }),
        row("/staff/{office}/bookings/calls", "done=told", |scene| {
            let calls = "/staff/kep/bookings/calls";
            Press::command(&mut scene.clerks_browser(), DAY, calls, &[("letters", "1 2")])
        }),
        row("/staff/{office}/bookings/closures", "done=closed", |scene| {
            let (mut browser, page) = (scene.admins_browser(), query(&closure(scene)));
            Press::form(&mut browser, &page, &format!("{DAY}/closures"), &[])
        }),
        row("/staff/{office}/bookings/closures/open", "done=opened", |scene| {
            let (mut browser, page) = (scene.admins_browser(), query(&closure(scene)));
            let done = Press::form(&mut browser, &page, &format!("{DAY}/closures"), &[]).send(scene.house());
            assert_eq!(done.status, 303, "{done:?}");
            let page = browser.get(&format!("{DAY}/closures")).text;
            let action = format!("{DAY}/closures/open");
            assert!(!hidden(&page, &action).is_empty());
            Press::form_of(&browser, &page, &action, &[])
        }),
        row("/staff/{office}/bookings/hours", "done=", |scene| {
            let day = closure(scene);
            let fields =
                [("first", day.as_str()), ("last", day.as_str()), ("desk", ""), ("el", "Απογραφή"), ("look", "yes")];
            let hours = [1, 2, 3, 4, 5, 6, 7].map(|day| (format!("day-{day}"), "08:00-13:00"));
            let all = fields.into_iter().chain(hours.iter().map(|(name, hours)| (name.as_str(), *hours)));
            let query: Vec<String> = all.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
            let action = format!("{DAY}/hours");
            Press::form(&mut scene.admins_browser(), &format!("{action}?{}", query.join("&")), &action, &[])
        }),
        row("/staff/{office}/bookings/{reference}/move", "done=", |scene| {
            let (own, start) = (scene.booking(), scene.time());
            about(scene, &own, "move", &[("start", &start)])
        }),
        row("/staff/{office}/bookings/{reference}/details", "done=", |scene| {
            let own = scene.booking();
            let page = format!("{DAY}/{}/details", own.reference);
            let fields = [
                ("name", "Μαρία Δημητρίου"),
                ("phone", "6940000002"),
                ("email", own.email.as_str()),
                ("behalf", "oneself"),
                ("street", "Πλατεία 1"),
                ("postcode", "72100"),
                ("town", "Άγιος Νικόλαος"),
            ];
            Press::form(&mut scene.clerks_browser(), &page, &page, &fields)
        }),
        row("/staff/{office}/bookings/{reference}/mail-again", "done=", |scene| {
            about(scene, &scene.booking(), "mail-again", &[])
        }),
        row("/staff/{office}/bookings/{reference}/new-link", "done=", |scene| {
            about(scene, &scene.booking(), "new-link", &[])
        }),
        row("/staff/{office}/bookings/{reference}/papers", "done=", |scene| {
            about(scene, &scene.booking(), "papers", &[("needed:0", "complete"), ("needed:1", "missing")])
        }),
        row("/staff/{office}/bookings/{reference}/correction", "done=", |scene| {
            let until = [("until-date-d", "1"), ("until-date-m", "12"), ("until-date-y", "2026")];
            let fields: Vec<(&str, &str)> =
                [("because", "documents-missing"), ("until-time", "12:00"), ("note", "η δεύτερη σελίδα")]
                    .into_iter()
                    .chain(until)
                    .collect();
            about(scene, &scene.booking(), "correction", &fields)
        }),
        row("/staff/{office}/bookings/{reference}/corrected", "done=", |scene| {
            let own = scene.booking();
            ask_correction(scene, &own);
            about(scene, &own, "corrected", &[])
        }),
        row("/staff/{office}/bookings/{reference}/void", "done=", |scene| {
            about(scene, &scene.booking(), "void", &[("because", "details-missing")])
        }),
        row("/staff/{office}/bookings/{reference}/cancel", "done=", |scene| {
            about(scene, &scene.booking(), "cancel", &[])
        }),
    ]
}

/// The citizen is asked to put something right.
pub fn ask_correction(scene: &SweepScene, own: &OwnBooking) {
    let asked = json!({ "because": "details-wrong", "until": "2026-12-01T10:00:00Z" });
    scene.office(&format!("bookings/{}/corrections", own.reference), &asked);
}
