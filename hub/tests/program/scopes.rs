//! Ids of another office's things are ids of nothing: made from every route that has an id in its path or its query.
//!
//! Shows NEW-08.

use std::{collections::BTreeSet, fs};

use ::pages::page_actions;
use ::paths::Route;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use store::{OfficeScope, Store, Upload};
use uuid::Uuid;

use crate::{
    gates::GateScene,
    gone::wait,
    house::{ProgramHouse, fresh_id},
    http::HttpAnswer,
    two_offices::{PASSWORD, two_offices_files_with},
};

/// What the ids of a path are called; every other part in braces is a name of this hub's own, or a signed link.
const IDS: [&str; 8] =
    ["{account}", "{agent}", "{device}", "{booking}", "{reference}", "{visit}", "{request}", "{ring}"];
/// The same for `{document}`, whose file stands on the disk too.
const DOCUMENT: &str = "{document}";
/// Parts that name nothing of one office's: what is signed by the hub, the names of its own forms and feeds, and what everybody
/// is offered: categories of requests, and whom one signs in through. A conference is its coordinator's, in no office.
const NO_IDS: [&str; 16] = [
    "{pass}",
    "{link}",
    "{number}",
    "{file}",
    "{pairing}",
    "{desk}",
    "{language}",
    "{sentence}",
    "{audience}",
    "{office}",
    "{service}",
    "{channel}",
    "{action}",
    "{category}",
    "{provider}",
    "{conference}",
];
/// Ids that come in a query.
const QUERIES: [(&str, &str); 4] = [
    ("/admin/clerks?made=", "{account}"),
    ("/admin/devices?paired=", "{device}"),
    ("/admin/looks?account=", "{account}"),
    ("/staff/kep/desks/1?warned=", "{visit}"),
];
/// What stands in the other office, and must stand in no answer.
const NAMES: [&str; 6] = ["nikos", "Σχολή Νησιών", "Έξοδος", "Ευτέρπη", "ταυτότητα.pdf", "Κουντούρου"];

/// Two offices, with one of everything in the second.
struct ScopedHouse {
    house: ProgramHouse,
    /// The administrator of the whole hub.
    admin: String,
    /// The first office's administrator and clerk.
    ours: [String; 2],
    /// By the name of its part: an id of the other office's thing, and one of nothing.
    ids: Vec<(&'static str, String, String)>,
}

impl ScopedHouse {
    fn new() -> Self {
        let mut house = two_offices_files_with("body = \"body.toml\"\n", "");
        // What somebody asks the body is for those to read who work on it. Their mails go out, and so tell nobody of any office.
        house.start_at("2026-11-24T08:30:00+02:00", "1");
        let (_, _, request) = GateScene::member(&house);
        let unsent = || {
            let store = Store::open_to_read(&house.database()).unwrap();
            store.mails_unsent(OfficeScope::granted(None), 100).unwrap().len()
        };
        wait(|| unsent() == 0, "the mails of the request are sent");
        house.stop();
        // Nobody listens there: every mail waits.
        let config = house.folder.path().join("hub.toml");
        let mail = "[mail]\ntransport = \"smtp\"\nhost = \"127.0.0.1\"\nport = 9\n";
        fs::write(&config, format!("{}{mail}", fs::read_to_string(&config).unwrap())).unwrap();
        house.start_sending_at("2026-11-24T09:00:00+02:00", "1");
        let admin = house.admin();
        let account =
            |name: &str, role: &str, office: &str| house.employ(&admin, name, role, Some(office), PASSWORD).to_string();
        account("head", "admin", "kep");
        account("eleni", "clerk", "kep");
        let stranger = account("nikos", "clerk", "other");
        let ours = ["head", "eleni"].map(|name| house.sign_in(name, PASSWORD));
        let wish = json!({
            "service": "driving-licence", "start": "2026-11-25T08:00:00Z", "name": "Ευτέρπη", "email": "e@example.gr"
        });
        let booked = house.post(&admin, "/api/v1/offices/other/bookings", &wish).ok();
        let ticket = house.post(&admin, "/api/v1/offices/other/tickets", &json!({ "service": "signature" })).ok();
        let begun = house.ask("POST", "/api/v1/pairings", &[], r#"{"kind":"display","name":"Έξοδος"}"#).ok();
        let device = house.post(&admin, "/api/v1/offices/other/devices", &json!({ "code": begun["code"] })).ok();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let ring = Self::ring(&house, &admin);
        let (reference, visit, device) = (text(&booked["reference"]), text(&ticket["visit"]), text(&device["id"]));
        let mut this = Self { house, admin, ours, ids: Vec::new() };
        let fields =
            "office=other&name=%CE%A3%CF%87%CE%BF%CE%BB%CE%AE+%CE%9D%CE%B7%CF%83%CE%B9%CF%8E%CE%BD&email=s@example.gr";
        assert_eq!(this.form(&this.admin, "/admin/agents", fields).status, 303);
        let agents = this.page(&this.admin, "/admin/agents").text;
        let agent = agents.split_once("/admin/agents/").unwrap().1.split('/').next().unwrap().to_owned();
        let document = this.send_document();
        let nothing = Uuid::from_u128(77).to_string();
        let ids = vec![
            ("{account}", stranger, "9999".to_owned()),
            ("{agent}", agent, "9999".to_owned()),
            ("{device}", device, nothing.clone()),
            ("{booking}", reference.clone(), "22222222".to_owned()),
            ("{reference}", reference, "22222222".to_owned()),
            ("{visit}", visit, nothing.clone()),
            ("{request}", request, nothing.clone()),
            ("{ring}", ring, nothing.clone()),
            (DOCUMENT, document, nothing),
        ];
        Self { ids, ..this }
    }

    /// Somebody at a kiosk of the other office rings for help.
    fn ring(house: &ProgramHouse, admin: &str) -> String {
        let begun = house.ask("POST", "/api/v1/pairings", &[], r#"{"kind":"kiosk","name":"Έξοδος"}"#).ok();
        house.post(admin, "/api/v1/offices/other/devices", &json!({ "code": begun["code"] })).ok();
        let path = format!("/api/v1/pairings/{}", begun["pairing"].as_str().unwrap());
        let paired = house.get(begun["secret"].as_str().unwrap(), &path).ok();
        let ring = fresh_id();
        let asked = json!({ "ring": ring });
        let path = "/api/v1/offices/other/help";
        let rung = house.post_as(paired["token"].as_str().unwrap(), &fresh_id(), path, &asked);
        assert_eq!(rung.status, 204, "{rung:?}");
        ring
    }

    /// A document that the person of the other office's booking has sent.
    fn send_document(&mut self) -> String {
        let id = Uuid::from_u128(0xd0c);
        self.house.stop();
        let store = Store::open(&self.house.database()).unwrap();
        let person = store.records_of("e@example.gr").unwrap()[0].id;
        let at: DateTime<Utc> = "2026-11-24T07:30:00Z".parse().unwrap();
        let (name, kind) = ("ταυτότητα.pdf".to_owned(), "application/pdf".to_owned());
        store.put_upload(&Upload { id, person, name, kind, bytes: 4, at }).unwrap();
        drop(store);
        let folder = self.house.folder.path().join("uploads");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(id.simple().to_string()), "%PDF").unwrap();
        self.house.start_sending_at("2026-11-24T10:00:00+02:00", "0.01");
        id.to_string()
    }

    fn page(&self, token: &str, path: &str) -> HttpAnswer {
        self.house.ask("GET", path, &[("cookie", &format!("seira-session={token}"))], "")
    }

    fn form(&self, token: &str, path: &str, fields: &str) -> HttpAnswer {
        let page = self.page(token, "/staff?all=1").text;
        let csrf = page.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap();
        let (cookie, kind) = (format!("seira-session={token}"), "application/x-www-form-urlencoded");
        let headers = [("cookie", cookie.as_str()), ("content-type", kind)];
        self.house.ask("POST", path, &headers, &format!("csrf={csrf}&{fields}"))
    }

    fn api(&self, token: &str, method: &str, path: &str, body: &str) -> HttpAnswer {
        self.house.ask(method, path, &[("authorization", &format!("Bearer {token}"))], body)
    }

    /// An answer without the id that was asked for and what is drawn anew with each page.
    fn plain(answer: &HttpAnswer, id: &str) -> (u16, String, String) {
        let location = answer.headers.lines().find(|line| line.to_lowercase().starts_with("location:"));
        let said = |text: &str| {
            // A number stands in many places that have nothing to do with it: only as a part of an address it is meant.
            let ends = ["/", "\"", "?", "&", "\n"].map(|end| (format!("/{id}{end}"), format!("/ID{end}")));
            let named = ["made", "account"].map(|name| (format!("{name}={id}"), format!("{name}=ID")));
            let whole = [id.to_owned(), id.to_lowercase()].map(|id| (id, "ID".to_owned()));
            let whole = whole.into_iter().filter(|(id, _)| id.len() >= 8);
            let all = ends.into_iter().chain(named).chain(whole);
            let text = all.fold(format!("{text}\n"), |text, (id, plain)| text.replace(&id, &plain));
            // Forms draw the name of their command, and their own, anew with each page; and the lock's script is told how much
            // time is left.
            const DRAWN: [&str; 3] = ["name=\"command\"", "name=\"press\"", "data-seconds=\""];
            let is_drawn = |line: &&str| DRAWN.iter().all(|drawn| !line.contains(drawn));
            text.lines().filter(is_drawn).collect::<Vec<_>>().join("\n")
        };
        (answer.status, said(location.unwrap_or_default()), said(&answer.text))
    }
}

/// Bodies with which each action that takes an id gets as far as looking it up.
fn api_requests(path: &str) -> Vec<(String, &'static str)> {
    let visit_actions = [
        ("leave", "{}"),
        ("undo-leave", "{}"),
        ("come-back", "{}"),
        ("admit", "{}"),
        ("choose-late", r#"{"choice":"end-of-day"}"#),
        ("fix-time", r#"{"start":"2026-11-24T09:00:00Z"}"#),
        ("amend", r#"{"persons":1,"cases":1}"#),
        ("note", r#"{"text":"a"}"#),
    ];
    let of = |actions: &[(&str, &'static str)]| -> Vec<(String, &'static str)> {
        actions.iter().map(|(action, body)| (path.replace("{action}", action), *body)).collect()
    };
    match path {
        _ if path.contains("/visits/{visit}/{action}") => of(&visit_actions),
        _ if path.ends_with("/moves") => of(&[("", r#"{"start":"2026-11-26T08:00:00Z"}"#)]),
        _ if path.ends_with("/corrections") => {
            of(&[("", r#"{"because":"details-missing","until":"2026-11-24T20:00:00Z"}"#)])
        }
        _ if path.ends_with("/time") => of(&[("", r#"{"start":"2026-11-24T09:00:00Z"}"#)]),
        _ if path.ends_with("/voids") => of(&[("", r#"{"because":"details-missing"}"#)]),
        _ if path.ends_with("/invitations") => of(&[("", r#"{"own_password":"αρκετά μακρύ"}"#)]),
        _ => of(&[("", "{}")]),
    }
}

/// The paths of a page whose address ends in what is done, each with the fields that it needs.
fn page_requests(pattern: &str) -> Vec<(String, &'static str)> {
    let named = page_actions().into_iter().find(|(route, _)| *route == pattern);
    let actions: &[&str] = match pattern {
        _ if pattern.ends_with("/visits/{visit}/{action}") => &["admit", "note"],
        _ if pattern.ends_with("/bookings/{reference}/{action}") => {
            &["mail-again", "new-link", "papers", "correction", "corrected", "void", "cancel"]
        }
        _ if pattern.ends_with("/bookings/{reference}/call/{action}") => &["invite", "telephone"],
        _ if pattern.ends_with("/citizens/{account}/{action}") => &["block", "unblock", "second-step", "address"],
        _ if pattern.ends_with("/requests/{request}/{action}") => named.map_or(&[], |(_, actions)| actions),
        _ => &[""],
    };
    let of_requests = "text=a&to=1&unit=2&paper=passport&last=456&because=duplicate&sure=yes&way=collection\
                       &visit=kep/family-status/in-person&document=00000000-0000-4000-8000-00000000dddd";
    let fields = "start=2026-11-26T08:00:00Z&own=%CE%B1%CF%81%CE%BA%CE%B5%CF%84%CE%AC+%CE%BC%CE%B1%CE%BA%CF%81%CF%8D&email=a@example.gr&text=a&because=details-missing&finding=certify";
    let fields = if pattern.contains("{request}") { of_requests } else { fields };
    actions.iter().map(|action| (pattern.replace("{action}", action), fields)).collect()
}

#[test]
fn new_08_an_id_of_another_office_is_an_id_of_nothing_on_every_route() {
    let scene = ScopedHouse::new();
    let api = scene.house.get("", "/api/openapi.json").ok();
    let described = api["paths"].as_object().unwrap().iter().flat_map(|(path, of)| {
        of.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone())).collect::<Vec<_>>()
    });
    let mut requests: Vec<(String, String, &str)> = Vec::new();
    for (method, path) in described {
        requests.extend(api_requests(&path).into_iter().map(|(path, body)| (method.clone(), path, body)));
    }
    for route in Route::ALL {
        let pages = page_requests(route.pattern());
        requests.extend(pages.iter().map(|(path, _)| ("GET".to_owned(), path.clone(), "")));
        requests.extend(pages.into_iter().map(|(path, fields)| ("POST".to_owned(), path, fields)));
    }
    let parts: BTreeSet<&str> =
        requests.iter().flat_map(|(_, path, _)| path.split('/')).filter(|part| part.starts_with('{')).collect();
    for part in &parts {
        assert!(IDS.contains(part) || *part == DOCUMENT || NO_IDS.contains(part), "what is {part}? say so above");
    }
    let (mut asked, mut wrong) = ((0, 0), Vec::new());
    for (method, path, body) in &requests {
        let is_api = path.starts_with("/api/");
        // A citizen's time is kept for an address that is proven; staff's pages have none. What is public has no office.
        if path.starts_with("/book") || path.starts_with("/v/") {
            continue;
        }
        let named = |part: &&(&str, String, String)| path.contains(part.0);
        let Some((part, theirs, nothing)) = scene.ids.iter().find(named) else { continue };
        for (who, token) in ["admin", "clerk"].iter().zip(&scene.ours) {
            for office in ["kep", "other"] {
                if office == "other" && !path.contains("{office}") {
                    continue;
                }
                let answer = |id: &str| {
                    let path = path.replace("{office}", office).replace(part, id);
                    let answer = match (is_api, method.as_str()) {
                        (true, method) => scene.api(token, method, &path, body),
                        (false, "GET") => scene.page(token, &path),
                        (false, _) => scene.form(token, &path, body),
                    };
                    for name in NAMES {
                        assert!(!answer.text.contains(name), "{who} {method} {path} tells of {name}: {answer:?}");
                    }
                    ScopedHouse::plain(&answer, id)
                };
                let (of_theirs, of_nothing) = (answer(theirs), answer(nothing));
                assert_eq!(of_theirs, of_nothing, "{who} {method} {path} in {office} tells one from the other");
                let status = of_theirs.0;
                let may_lead_back = !is_api && method == "GET" && status == 303;
                // Office keys are known to everybody; a clerk runs nothing; a certification is taken back and an account blocked,
                // whoever's it is, by who runs the whole house alone, and an address is changed by who certifies.
                let is_of_house = path.ends_with("/revoke") && path.contains("/certify/")
                    || path.contains("/citizens/") && !path.ends_with("/second-step");
                let is_refused = status == 403 && (office == "other" || *who == "clerk" || is_of_house);
                let has_no_such_form = !is_api && matches!(status, 404 | 405);
                // Whoever says that nobody rings any more is right about what does not ring here.
                let is_over = path.ends_with("/help/{ring}/end") && status == 204;
                if !(status == 404 || may_lead_back || is_refused || has_no_such_form || is_over) {
                    wrong.push(format!("{who} {method} {path} in {office}: {of_theirs:?}"));
                }
                asked.0 += 1;
                asked.1 += usize::from(status == 404);
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(asked.0 > 120 && asked.1 > 60, "{asked:?}");
    for (path, part) in QUERIES {
        let (_, theirs, nothing) = scene.ids.iter().find(|(name, ..)| *name == part).unwrap();
        for token in &scene.ours {
            let answer = |id: &str| {
                let answer = scene.page(token, &format!("{path}{id}"));
                for name in NAMES {
                    assert!(!answer.text.contains(name), "{path}{id} tells of {name}");
                }
                ScopedHouse::plain(&answer, id)
            };
            assert_eq!(answer(theirs), answer(nothing), "{path}");
        }
    }
    // Nothing of the other office's was touched; and whoever runs the hub finds it all.
    let ticket = scene.house.sign_in("nikos", PASSWORD);
    assert!(!ticket.is_empty());
    let found = |part: &str| scene.ids.iter().find(|(name, ..)| *name == part).unwrap().1.clone();
    for path in [
        format!("/admin/clerks/{}", found("{account}")),
        format!("/staff/other/bookings/{}", found("{reference}")),
        format!("/staff/other/visits/{}", found("{visit}")),
        format!("/staff/other/documents/{}", found(DOCUMENT)),
    ] {
        assert_eq!(scene.page(&scene.admin, &path).status, 200, "{path}");
    }
    let made = scene.page(&scene.admin, &format!("/admin/clerks?made={}", found("{account}")));
    assert!(made.text.contains("nikos"));
}

#[test]
fn new_08_an_offices_administrator_sees_and_retries_the_mails_of_that_office_alone() {
    let scene = ScopedHouse::new();
    let [head, _] = &scene.ours;
    let rows = |token: &str| scene.page(token, "/admin/outbox").text.matches("<tr>").count();
    let none = rows(head);
    assert!(rows(&scene.admin) > none + 1, "an invitation and a confirmation wait in the other office");
    // How many wait is the own office's too.
    let facts = scene.page(head, "/admin").text;
    assert!(facts.contains("<dd>0</dd>"), "{facts}");
    let tries = || {
        let store = Store::open_to_read(&scene.house.database()).unwrap();
        let unsent = store.mails_unsent(OfficeScope::granted(None), 100).unwrap();
        unsent.iter().map(|mail| mail.tries).sum::<u32>()
    };
    let settled = || {
        let store = Store::open_to_read(&scene.house.database()).unwrap();
        let unsent = store.mails_unsent(OfficeScope::granted(None), 100).unwrap();
        let later: DateTime<Utc> = "2026-11-24T08:00:30Z".parse().unwrap();
        unsent.iter().all(|mail| mail.due_at.is_some_and(|due| due > later))
    };
    // The clock hardly moves: nothing is tried again by itself.
    wait(settled, "each was tried");
    let before = tries();
    let next = |store: &Store| {
        let unsent = store.mails_unsent(OfficeScope::granted(None), 100).unwrap();
        unsent.into_iter().map(|mail| mail.due_at).collect::<Vec<_>>()
    };
    let store = Store::open_to_read(&scene.house.database()).unwrap();
    let due = next(&store);
    assert_eq!(scene.form(head, "/admin/outbox/try", "").status, 303);
    assert_eq!((tries(), next(&store)), (before, due), "those of another office wait as they did");
    assert_eq!(scene.form(&scene.admin, "/admin/outbox/try", "").status, 303);
    wait(|| tries() > before, "each was tried once more");
}
