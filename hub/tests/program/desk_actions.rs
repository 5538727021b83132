//! Everything that staff do at a desk and about a visit, through the API: what it does, who may, and what a refusal says.

use serde_json::{Value, json};

use crate::{
    feeds::{ReadFeed, first_view},
    house::{PASSWORD, ProgramHouse, fresh_id},
    http::HttpAnswer,
};

/// A clerk of the office, signed in, and an administrator.
struct Crew {
    house: ProgramHouse,
    admin: String,
    clerk: String,
}

impl Crew {
    fn new() -> Self {
        let house = ProgramHouse::new();
        let admin = house.admin();
        let clerk = hire(&house, &admin, "eleni");
        Self { house, admin, clerk }
    }

    fn desk(&self, desk: u16, action: &str, body: Value) -> HttpAnswer {
        self.house.desk(&self.clerk, desk, action, &body)
    }

    fn visit(&self, visit: &str, action: &str, body: Value) -> HttpAnswer {
        let path = format!("/api/v1/offices/kep/visits/{visit}/{action}");
        self.house.post_as(&self.clerk, &fresh_id(), &path, &body)
    }

    fn office(&self, action: &str, body: Value) -> HttpAnswer {
        self.house.post_as(&self.clerk, &fresh_id(), &format!("/api/v1/offices/kep/{action}"), &body)
    }

    /// A ticket; gives the visit's id and its number.
    fn ticket(&self, service: &str) -> (String, String) {
        let ticket = self.office("tickets", json!({ "service": service })).ok();
        (text(&ticket["visit"]), text(&ticket["number"]))
    }

    /// Desk 1 calls and serves somebody.
    fn serving(&self, service: &str) -> String {
        let (visit, _) = self.ticket(service);
        self.desk(1, "calls", json!({})).ok();
        self.desk(1, "appeared", json!({ "visit": visit })).ok();
        visit
    }

    /// Where a visit stands, as staff see it.
    fn state(&self, visit: &str) -> Value {
        let floor = first_view(&self.house, &self.admin, "floor");
        let visits = floor["visits"].as_array().unwrap().clone();
        visits.into_iter().find(|known| known["visit"] == visit).map_or(Value::Null, |visit| visit["state"].clone())
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

fn hire(house: &ProgramHouse, admin: &str, name: &str) -> String {
    house.employ(admin, name, "clerk", Some("kep"), "αρκετά μακρύ");
    house.sign_in(name, "αρκετά μακρύ")
}

/// Every action of a desk, with a body that it takes.
fn desk_actions(visit: &str) -> Vec<(&'static str, Value)> {
    let of = || json!({ "visit": visit });
    vec![
        ("calls", json!({})),
        ("calls-after-note", json!({ "note_read": visit })),
        ("chosen-calls", json!({ "visit": visit, "because": "urgent" })),
        ("open", json!({})),
        ("close", json!({})),
        ("break", json!({})),
        ("resume", json!({})),
        ("ready", json!({ "ready": true })),
        ("recalls", of()),
        ("put-backs", of()),
        ("undo", json!({ "step": "call", "visit": visit })),
        ("appeared", of()),
        ("no-shows", of()),
        ("failed-attempts", of()),
        ("interruptions", of()),
        ("parkings", of()),
        ("transfers", json!({ "visit": visit, "desk": 2 })),
        ("finishes", of()),
        ("direct-visits", json!({ "service": "signature" })),
        (
            "paper-visits",
            json!({ "service": "signature", "arrived_at": "2026-11-24T06:30:00Z",
                "served_from": "2026-11-24T06:40:00Z", "served_to": "2026-11-24T06:45:00Z", "outcome": "done" }),
        ),
    ]
}

/// Every action about a visit, with a body that it takes.
fn visit_actions() -> Vec<(&'static str, Value)> {
    vec![
        ("leave", json!({})),
        ("undo-leave", json!({})),
        ("come-back", json!({})),
        ("admit", json!({})),
        ("choose-late", json!({ "choice": "end-of-day" })),
        ("fix-time", json!({ "start": "2026-11-24T09:00:00Z" })),
        ("amend", json!({ "persons": 2, "cases": 1 })),
        ("note", json!({ "text": "σημείωση" })),
    ]
}

#[test]
fn fld_22_nobody_but_staff_of_the_office_touches_desks_and_visits() {
    let crew = Crew::new();
    let (kiosk, _) = crew.house.pair(&crew.admin, "kiosk");
    let (display, _) = crew.house.pair(&crew.admin, "display");
    crew.desk(1, "open", json!({})).ok();
    let (visit, _) = crew.ticket("signature");
    let mut paths: Vec<(String, Value)> = desk_actions(&visit)
        .into_iter()
        .map(|(action, body)| (format!("/api/v1/offices/kep/desks/1/{action}"), body))
        .collect();
    paths.extend(
        visit_actions()
            .into_iter()
            .map(|(action, body)| (format!("/api/v1/offices/kep/visits/{visit}/{action}"), body)),
    );
    paths.push(("/api/v1/offices/kep/suspensions".into(), json!({ "because": { "el": "α", "en": "a" } })));
    paths.push(("/api/v1/offices/kep/resumptions".into(), json!({})));
    paths.push(("/api/v1/offices/kep/roll-calls".into(), json!({ "gone": [] })));
    let booking = json!({ "service": "driving-licence", "start": "2026-11-25T08:00:00Z", "name": "Μαρία" });
    paths.push(("/api/v1/offices/kep/bookings".into(), booking));
    for (path, body) in &paths {
        assert_eq!(crew.house.post("", path, body).code(), "not-signed-in", "{path}");
        for device in [&kiosk, &display] {
            assert_eq!(crew.house.post(device, path, body).code(), "not-allowed", "{path}");
        }
    }
    let card = format!("/api/v1/offices/kep/visits/{visit}/card");
    assert_eq!(crew.house.get("", &card).code(), "not-signed-in");
    assert_eq!(crew.house.get(&kiosk, &card).code(), "not-allowed");
    // Nothing of all that was done.
    assert_eq!(crew.state(&visit)["is"], "waiting");
    // What is the administrator's alone is no clerk's.
    let accounts = [
        ("POST", "/api/v1/accounts", r#"{"name":"x","role":"admin"}"#),
        ("GET", "/api/v1/accounts", ""),
        ("DELETE", "/api/v1/accounts/1", ""),
        ("POST", "/api/v1/accounts/1/invitations", "{}"),
        ("GET", "/api/v1/offices/kep/devices", ""),
        ("POST", "/api/v1/offices/kep/devices", r#"{"code":"222222"}"#),
        ("DELETE", "/api/v1/devices/00000000-0000-4000-8000-000000000000", ""),
    ];
    for (method, path, body) in accounts {
        for token in [&crew.clerk, &kiosk] {
            let bearer = format!("Bearer {token}");
            let answer = crew.house.ask(method, path, &[("authorization", &bearer)], body);
            assert_eq!(answer.code(), "not-allowed", "{method} {path}");
        }
        assert_eq!(crew.house.ask(method, path, &[], body).code(), "not-signed-in", "{method} {path}");
    }
}

#[test]
fn every_refusal_at_a_desk_is_a_sentence_in_the_readers_language() {
    let crew = Crew::new();
    crew.desk(1, "open", json!({})).ok();
    let visit = crew.serving("signature");
    let nobody = "00000000-0000-4000-8000-000000000000";
    let of = |visit: &str| json!({ "visit": visit });
    let cases: Vec<(u16, &str, Value, &str, &str)> = vec![
        (2, "calls", json!({}), "desk-closed", "Η θυρίδα είναι κλειστή"),
        (9, "calls", json!({}), "unknown-desk", "Δεν υπάρχει τέτοια θυρίδα"),
        (1, "open", json!({}), "desk-taken", "ήδη ανοιχτή"),
        (2, "open", json!({}), "desk-taken", "έχετε ανοιχτή άλλη θυρίδα"),
        (1, "calls", json!({}), "desk-holds-another", "Η οθόνη δεν ήταν ενημερωμένη"),
        (1, "calls", json!({ "holds": visit }), "desk-busy", "Ολοκληρώστε πρώτα"),
        (1, "break", json!({}), "desk-busy", "Ολοκληρώστε πρώτα"),
        (1, "close", json!({}), "desk-busy", "Ολοκληρώστε πρώτα"),
        (1, "resume", json!({}), "desk-closed", "δεν είναι σε διάλειμμα"),
        (1, "recalls", of(&visit), "not-called-here", "δεν έχει κληθεί σε αυτή τη θυρίδα"),
        (1, "put-backs", of(&visit), "not-called-here", "δεν έχει κληθεί"),
        (1, "no-shows", of(&visit), "not-called-here", "δεν έχει κληθεί"),
        (1, "undo", json!({ "step": "break" }), "too-late-to-undo", "μέσα σε 10 δευτερόλεπτα"),
        (1, "undo", json!({ "step": "dance" }), "malformed", "Τα στοιχεία δεν έχουν"),
        (1, "failed-attempts", of(&visit), "not-called-here", "δεν έχει κληθεί"),
        (1, "appeared", of(nobody), "unknown-visit", "δεν ισχύει πια"),
        (1, "interruptions", of(&visit), "reason-needed", "Κανένα ραντεβού δεν περιμένει"),
        (1, "transfers", json!({ "visit": visit, "desk": 1 }), "not-served-here", "Παραπέμψτε σε άλλη"),
        (1, "transfers", json!({ "visit": visit, "desk": 3 }), "desk-closed", "Η θυρίδα είναι κλειστή"),
        (1, "transfers", json!({ "visit": visit, "service": "dance" }), "unknown-service", "δεν παρέχεται εδώ"),
        (1, "transfers", json!({ "visit": visit }), "unknown-desk", "Δεν υπάρχει τέτοια θυρίδα"),
        (
            1,
            "finishes",
            json!({ "visit": visit, "delivered": [{ "service": "signature", "count": 0 }] }),
            "malformed",
            "αριθμός προσώπων ή υποθέσεων",
        ),
        (1, "finishes", json!({ "visit": visit, "outcome": "eaten" }), "malformed", "Τα στοιχεία δεν έχουν"),
        (1, "chosen-calls", json!({ "visit": visit, "holds": visit }), "desk-busy", "Ολοκληρώστε πρώτα"),
        (1, "direct-visits", json!({ "service": "signature", "holds": visit }), "desk-busy", "Ολοκληρώστε πρώτα"),
        (
            1,
            "paper-visits",
            json!({ "service": "signature", "arrived_at": "2026-11-24T06:50:00Z",
            "served_from": "2026-11-24T06:40:00Z", "served_to": "2026-11-24T06:45:00Z", "outcome": "done" }),
            "malformed",
            "Οι ώρες",
        ),
        (1, "dance", json!({}), "not-found", "δεν βρέθηκε"),
    ];
    for (desk, action, body, code, words) in cases {
        let path = format!("/api/v1/offices/kep/desks/{desk}/{action}");
        let bearer = format!("Bearer {}", crew.clerk);
        let ask = |language: &str| {
            let headers = [("authorization", bearer.as_str()), ("accept-language", language)];
            crew.house.ask("POST", &path, &headers, &body.to_string())
        };
        let greek = ask("el");
        assert_eq!(greek.code(), code, "{path} {body}");
        let detail = text(&greek.json()["detail"]);
        assert!(detail.contains(words), "{path} {body}: {detail}");
        let english = ask("en");
        assert_eq!(english.code(), code);
        assert!(text(&english.json()["detail"]).is_ascii(), "{path}: {}", english.text);
    }
    assert_eq!(crew.state(&visit)["is"], "serving", "nothing of all that was done");
}

#[test]
fn fld_01_what_was_done_last_is_undone_and_no_report_of_it_is_left() {
    let crew = Crew::new();
    crew.desk(1, "open", json!({})).ok();
    let visit = crew.serving("signature");
    let (next, _) = crew.ticket("signature");
    let undo = |step: &str, visit: &str| crew.desk(1, "undo", json!({ "step": step, "visit": visit }));
    let call = crew.desk(1, "calls", json!({ "holds": visit, "finish": true })).ok();
    assert_eq!((&call["visit"], crew.state(&visit)), (&json!(next), Value::Null), "finished, and the next is called");
    undo("finish", &visit).ok();
    assert_eq!(
        (crew.state(&visit)["is"].clone(), crew.state(&next)["is"].clone()),
        (json!("serving"), json!("waiting"))
    );
    assert_eq!(undo("finish", &visit).code(), "too-late-to-undo", "pressed twice it is undone once");
    crew.desk(1, "parkings", json!({ "visit": visit })).ok();
    undo("park", &visit).ok();
    crew.desk(1, "transfers", json!({ "visit": visit, "service": "certified-copy" })).ok();
    undo("transfer", &visit).ok();
    assert_eq!(crew.state(&visit)["is"], "serving");
    crew.desk(1, "finishes", json!({ "visit": visit })).ok();
    crew.desk(1, "break", json!({})).ok();
    crew.desk(1, "undo", json!({ "step": "break" })).ok();
    crew.desk(1, "calls", json!({})).ok();
    crew.desk(1, "no-shows", json!({ "visit": next })).ok();
    undo("no-show", &next).ok();
    assert_eq!(crew.state(&next)["is"], "called");
    assert_eq!(undo("call", &next).code(), "too-late-to-undo", "the call is older than what was done last");
    crew.desk(1, "put-backs", json!({ "visit": next })).ok();
    assert_eq!(crew.state(&next)["is"], "waiting");
}

#[test]
fn trn_13_fld_02_fld_03_fld_04_what_is_pressed_at_a_desk_is_done() {
    let crew = Crew::new();
    crew.desk(1, "open", json!({ "until": "2026-11-24T12:00:00Z" })).ok();
    let (visit, number) = crew.ticket("signature");
    let call = crew.desk(1, "calls", json!({})).ok();
    assert_eq!((&call["number"], &call["visit"]), (&json!(number), &json!(visit)));
    assert!(text(&call["reason"]["words"]["el"]).contains("χωρίς ραντεβού"), "NEW-01: {call}");
    assert_eq!(crew.desk(1, "recalls", json!({ "visit": visit })).code(), "recall-too-soon");
    crew.desk(1, "put-backs", json!({ "visit": visit })).ok();
    assert_eq!(crew.state(&visit)["is"], "waiting");
    crew.desk(1, "calls", json!({})).ok();
    crew.desk(1, "no-shows", json!({ "visit": visit })).ok();
    assert_eq!(crew.state(&visit)["is"], "no-show");
    crew.visit(&visit, "come-back", json!({})).ok();
    assert_eq!(crew.state(&visit)["is"], "waiting");
    let again = crew.desk(1, "calls", json!({})).ok();
    assert_eq!(again["reason"]["code"], "first-in-line", "{again}");
    crew.desk(1, "appeared", json!({ "visit": visit })).ok();
    crew.desk(1, "parkings", json!({ "visit": visit })).ok();
    assert_eq!(crew.state(&visit), json!({ "is": "parked", "desk": 1, "since": crew.state(&visit)["since"] }));
    let parked = crew.desk(1, "chosen-calls", json!({ "visit": visit })).ok();
    assert_eq!(parked["reason"]["code"], "parked-here");
    crew.desk(1, "appeared", json!({ "visit": visit })).ok();
    let other = hire(&crew.house, &crew.admin, "nikos");
    crew.house.desk(&other, 2, "open", &json!({})).ok();
    let to = json!({ "visit": visit, "desk": 2, "first_in_line": "urgent" });
    crew.desk(1, "transfers", to).ok();
    let there = crew.house.desk(&other, 2, "calls", &json!({})).ok();
    assert_eq!((&there["number"], &there["reason"]["code"]), (&json!(number), &json!("first-in-line")));
    crew.house.desk(&other, 2, "appeared", &json!({ "visit": visit })).ok();
    let delivered = json!({ "visit": visit, "delivered": [{ "service": "signature", "count": 2 }] });
    crew.house.desk(&other, 2, "finishes", &delivered).ok();
    assert_eq!(crew.state(&visit), Value::Null, "over");
    // FLD-07: served directly; then the desk calls by itself when somebody comes.
    crew.house.desk(&other, 2, "direct-visits", &json!({ "service": "certified-copy" })).ok();
    let floor = first_view(&crew.house, &crew.admin, "floor");
    let held = text(&floor["desks"][1]["holds"]);
    crew.house.desk(&other, 2, "finishes", &json!({ "visit": held, "outcome": "not-possible" })).ok();
    crew.house.desk(&other, 2, "ready", &json!({ "ready": true })).ok();
    let (called, _) = crew.ticket("certified-copy");
    let mut floor = ReadFeed::open(&crew.house, &crew.admin, "/api/v1/offices/kep/feeds/floor");
    floor.view(|view| view["desks"][1]["holds"] == called.as_str());
    // PROM-12: served on paper meanwhile, entered with true times.
    let paper = json!({ "service": "signature", "arrived_at": "2026-11-24T06:30:00Z",
        "served_from": "2026-11-24T06:40:00Z", "served_to": "2026-11-24T06:45:00Z", "outcome": "done" });
    crew.desk(1, "paper-visits", paper).ok();
    crew.desk(1, "break", json!({ "because": "technical", "until": "2026-11-24T07:30:00Z" })).ok();
    assert_eq!(crew.desk(1, "calls", json!({})).code(), "desk-on-break");
    crew.desk(1, "resume", json!({})).ok();
    crew.desk(1, "close", json!({})).ok();
    assert!(crew.house.verify().unwrap().starts_with("content"));
}

#[test]
fn what_staff_do_about_a_visit_is_done_or_refused_in_words() {
    let crew = Crew::new();
    crew.desk(1, "open", json!({})).ok();
    let (visit, number) = crew.ticket("signature");
    assert_eq!(crew.visit(&visit, "undo-leave", json!({})).code(), "too-late-to-undo");
    let no_show = crew.visit(&visit, "come-back", json!({}));
    assert_eq!(no_show.code(), "not-callable");
    assert!(text(&no_show.json()["detail"]).contains("δεν είναι σημειωμένος"), "{}", no_show.text);
    let late = crew.visit(&visit, "admit", json!({}));
    assert!(text(&late.json()["detail"]).contains("δεν έχει καθυστέρηση"), "{}", late.text);
    let choice = crew.visit(&visit, "choose-late", json!({ "choice": "end-of-day" }));
    assert!(text(&choice.json()["detail"]).contains("δεν έχει καθυστέρηση"), "{}", choice.text);
    assert_eq!(crew.visit(&visit, "amend", json!({ "persons": 0, "cases": 1 })).code(), "malformed");
    crew.visit(&visit, "amend", json!({ "persons": 3, "cases": 1 })).ok();
    let floor = first_view(&crew.house, &crew.admin, "floor");
    assert_eq!(floor["visits"][0]["planned_minutes"], 11, "5 and 3 for each further person (FLD-32)");
    // FLD-05: a note is read before the call.
    crew.visit(&visit, "note", json!({ "text": "Θέλει διερμηνέα" })).ok();
    assert_eq!(crew.desk(1, "calls", json!({})).code(), "note-first");
    let card = crew.house.get(&crew.clerk, &format!("/api/v1/offices/kep/visits/{visit}/card")).ok();
    assert_eq!((&card["note"], &card["name"]), (&json!("Θέλει διερμηνέα"), &Value::Null));
    let call = crew.desk(1, "calls-after-note", json!({ "note_read": visit })).ok();
    assert_eq!(call["number"], json!(number));
    crew.desk(1, "appeared", json!({ "visit": visit })).ok();
    crew.visit(&visit, "note", json!({ "text": null })).ok();
    let (leaves, _) = crew.ticket("signature");
    crew.visit(&leaves, "leave", json!({})).ok();
    assert_eq!(crew.state(&leaves), Value::Null);
    crew.visit(&leaves, "undo-leave", json!({})).ok();
    assert_eq!(crew.state(&leaves)["is"], "waiting");
    // TRN-06: a gap of today as a fixed time.
    let (fixed, _) = crew.ticket("family-status");
    let slots = crew.house.get("", "/api/v1/offices/kep/slots?service=family-status&from=2026-11-24&days=1").ok();
    let start = text(&slots["slots"][3]["start"]);
    crew.visit(&fixed, "fix-time", json!({ "start": start })).ok();
    let floor = first_view(&crew.house, &crew.admin, "floor");
    let row = floor["visits"].as_array().unwrap().iter().find(|row| row["visit"] == fixed.as_str()).unwrap().clone();
    assert_eq!(row["booked_for"], json!(start));
    assert_eq!(crew.visit("nobody", "leave", json!({})).code(), "unknown-visit");
    assert_eq!(crew.visit(&fixed, "dance", json!({})).code(), "not-found");
    assert!(crew.house.verify().unwrap().starts_with("content"));
}

#[test]
fn fld_30_suspended_and_resumed_in_one_press() {
    let crew = Crew::new();
    let (kiosk, _) = crew.house.pair(&crew.admin, "kiosk");
    let because = json!({ "el": "Βλάβη στο μητρώο", "en": "The registry is down" });
    let service = json!({ "service": "signature" });
    let suspend = |scope: &Value, until: Value| {
        crew.office("suspensions", json!({ "scope": scope, "until": until, "because": because }))
    };
    suspend(&service, json!("2026-11-24T08:00:00Z")).ok();
    let refused = crew.house.ticket(&kiosk);
    assert_eq!(refused.code(), "suspended");
    assert!(text(&refused.json()["detail"]).contains("10:00"), "until when, in the office's zone: {}", refused.text);
    let view = first_view(&crew.house, &kiosk, "kiosk");
    let notice = text(&view["notices"][0]["el"]);
    assert!(notice.starts_with("Βεβαίωση γνησίου"), "what is suspended: {notice}");
    assert!(notice.ends_with(": προσωρινή διακοπή έως τις 10:00. Βλάβη στο μητρώο"), "until when and why: {notice}");
    crew.office("resumptions", json!({ "scope": service })).ok();
    crew.house.ticket(&kiosk).ok();
    let not = crew.office("resumptions", json!({ "scope": service }));
    assert_eq!(not.code(), "not-found");
    assert!(text(&not.json()["detail"]).contains("Δεν υπάρχει τέτοια αναστολή"), "{}", not.text);
    suspend(&json!({}), Value::Null).ok();
    assert_eq!(crew.house.ticket(&kiosk).code(), "suspended");
    crew.office("resumptions", json!({})).ok();
    suspend(&json!({ "desk": 2 }), Value::Null).ok();
    assert_eq!(crew.desk(2, "open", json!({})).code(), "suspended");
    crew.office("resumptions", json!({ "scope": { "desk": 2 } })).ok();
    crew.desk(2, "open", json!({})).ok();
    assert_eq!(suspend(&json!({ "service": "dance" }), Value::Null).code(), "unknown-service");
    assert_eq!(suspend(&json!({ "desk": 77 }), Value::Null).code(), "unknown-desk");
    assert_eq!(suspend(&json!({ "service": "signature", "desk": 1 }), Value::Null).code(), "unknown-desk");
    assert_eq!(suspend(&json!({}), json!("2026-11-24T01:00:00Z")).code(), "malformed", "it has passed");
}

#[test]
fn fld_14_staff_book_move_and_cancel_for_a_caller() {
    let crew = Crew::new();
    let slots = crew.house.get("", "/api/v1/offices/kep/slots?service=driving-licence&from=2026-11-25&days=2").ok();
    let start = |nth: usize| text(&slots["slots"][nth]["start"]);
    let wish = json!({ "service": "driving-licence", "start": start(0), "name": "Μαρία", "phone": "6940000000" });
    let booked = crew.office("bookings", wish).ok();
    let reference = text(&booked["reference"]);
    let moved = crew.office(&format!("bookings/{reference}/moves"), json!({ "start": start(3) })).ok();
    assert_eq!((&moved["start"], &moved["reference"]), (&json!(start(3)), &json!(reference)));
    let wrong = crew.office(&format!("bookings/{reference}/moves"), json!({ "start": "2026-11-28T08:00:00Z" }));
    assert_eq!(wrong.code(), "slot-not-offered", "a Saturday");
    // Both desks that serve it are taken at the new time: the first time is free again, the new one is not.
    let again = |start: String| {
        let body = json!({ "service": "driving-licence", "start": start, "name": "Νίκος" });
        crew.office("bookings", body)
    };
    again(start(3)).ok();
    assert_eq!(again(start(3)).code(), "slot-taken", "PROM-02");
    again(start(0)).ok();
    again(start(0)).ok();
    assert_eq!(again(start(0)).code(), "slot-taken");
    let nowhere = crew.office("bookings/QQQQQQQQ/moves", json!({ "start": start(5) }));
    assert_eq!(nowhere.code(), "unknown-code");
    crew.office(&format!("bookings/{}/cancellations", reference.to_lowercase()), json!({})).ok();
    let twice = crew.office(&format!("bookings/{reference}/cancellations"), json!({}));
    assert_eq!(twice.ok()["reference"], booked["reference"], "given up it is, and stays so");
    let moved = crew.office(&format!("bookings/{reference}/moves"), json!({ "start": start(6) }));
    assert_eq!(moved.status, 409, "{}", moved.text);
    assert!(crew.house.verify().unwrap().starts_with("content"));
}

#[test]
fn prom_12_a_roll_call_after_an_outage() {
    let crew = Crew::new();
    let (here, _) = crew.ticket("signature");
    let (gone, _) = crew.ticket("signature");
    assert_eq!(
        crew.office("roll-calls", json!({ "gone": ["00000000-0000-4000-8000-000000000000"] })).code(),
        "unknown-visit"
    );
    crew.office("roll-calls", json!({ "gone": [gone] })).ok();
    assert_eq!(crew.state(&gone), Value::Null);
    assert_eq!(crew.state(&here)["is"], "waiting");
}

#[test]
fn fld_22_an_account_is_made_changed_and_shut() {
    let crew = Crew::new();
    let admin = &crew.admin;
    let list = crew.house.get(admin, "/api/v1/accounts").ok();
    assert!(!list.to_string().contains("argon2"), "no hash leaves the house: {list}");
    let id = list.as_array().unwrap().iter().find(|account| account["name"] == "eleni").unwrap()["id"].clone();
    for (name, email) in [("", ""), (" a", ""), ("eleni", ""), ("nikos", "nowhere")] {
        let account = json!({ "name": name, "email": email, "role": "clerk", "own_password": PASSWORD });
        assert_eq!(crew.house.post(admin, "/api/v1/accounts", &account).code(), "malformed", "{name:?}");
    }
    let nowhere = json!({ "name": "x", "role": "clerk", "office": "nowhere" });
    assert_eq!(crew.house.post(admin, "/api/v1/accounts", &nowhere).code(), "not-found");
    let path = format!("/api/v1/accounts/{id}/invitations");
    // Who is not believed to be who they are changes nothing, with a token or without.
    assert_eq!(crew.house.post(admin, &path, &json!({ "own_password": "μαντεψιά" })).code(), "not-allowed");
    crew.desk(1, "open", json!({})).ok();
    let invited = crew.house.post(admin, &path, &json!({ "own_password": PASSWORD })).ok();
    // Whoever was signed in with the old one is not any more, and nobody signs in with it.
    assert_eq!(crew.desk(1, "close", json!({})).code(), "not-signed-in");
    let link = invited["invitation"].as_str().unwrap().split_once("/login/").unwrap().1;
    crew.house.set_password(&format!("/login/{link}"), "ένα νέο σύνθημα");
    let old = json!({ "name": "eleni", "password": "αρκετά μακρύ" });
    assert_eq!(crew.house.post("", "/api/v1/sessions", &old).code(), "not-signed-in");
    let new = crew.house.sign_in("eleni", "ένα νέο σύνθημα");
    crew.house.desk(&new, 1, "close", &json!({})).ok();
    crew.house.desk(&new, 1, "open", &json!({})).ok();
    let bearer = format!("Bearer {admin}");
    let shut =
        |id: &str| crew.house.ask("DELETE", &format!("/api/v1/accounts/{id}"), &[("authorization", &bearer)], "");
    assert_eq!(shut(&id.to_string()).status, 204);
    assert_eq!(crew.house.desk(&new, 1, "close", &json!({})).code(), "not-signed-in");
    assert_eq!(shut("999").code(), "not-found");
    assert_eq!(shut("x").code(), "not-found");
}
