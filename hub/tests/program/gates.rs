//! Every route of the hub, made from the router, asked by everybody there is: who gets in stands in a table, and a route
//! without a row fails.
//!
//! Shows NEW-08, NEW-14, CARD-01 and FLD-22.

use std::collections::{BTreeMap, BTreeSet};

use ::paths::{ASSET, EMBLEM, Route};
use serde_json::{Value, json};

use crate::{
    gate_conference::PlannedConference,
    house::{PASSWORD, ProgramHouse, fresh_id},
    http,
    letters::{letter, letter_to, link},
    pages::{FormBrowser, solve},
    registers,
    sweep::{
        body_scene::{EVERYTHING, PROFILE},
        press::Press,
    },
    two_offices::two_offices_files_with,
};

/// A line each: method, path as the router matches it, and a letter for each caller.
const TABLE: &str = include_str!("gates.txt");
/// The sources in which routes are put together that are no pages.
pub const API: &str = include_str!("../../api/src/lib.rs");
const OWN: &str = concat!(include_str!("../../src/router.rs"), include_str!("../../src/watch.rs"));
const PAGES: &str = include_str!("../../pages/src/routes.rs");
/// What `gates.txt` calls them, from those who may least to those who may most.
pub const CALLERS: [&str; 20] = [
    "nobody",
    "citizen",
    "member",
    "other-member",
    "certified",
    "agent",
    "kiosk",
    "display",
    "reporter",
    "clerk",
    "certifier",
    "worker",
    "other-worker",
    "supervisor",
    "coordinator",
    "unit-coordinator",
    "other-clerk",
    "other-head",
    "head",
    "admin",
];

/// What stands in the configuration besides: a body, an address for mails that come back, and no limit that the test itself
/// reaches.
const KEYS: &str =
    "body = \"body.toml\"\n[mail]\nfrom = \"KEP <kep@example.gr>\"\nbounces = \"bounces@kep.example.gr\"\n";
const LIMITS: &str = "failed_logins_per_minute = 100000\npairings_per_minute = 100000\nlinks_per_address_burst = 1000\n\
                      links_per_network_burst = 1000\nholds_per_address_burst = 1000\n";
const REPORTER: &str = "0123456789abcdef0123456789abcdef0123456789abcdef";

const FORM: &str = "application/x-www-form-urlencoded";

/// Rows after which a link is good no more, an account shut, or a caller not signed in; they are asked last.
const ENDING: [&str; 11] = [
    "/api/v1/offices/{office}/help/{ring}/end",
    "/booking/{link}/renew",
    "/booking/{link}/erase",
    "/booking/{link}/cancel",
    "/account/erase",
    "/api/v1/accounts/{account}",
    "/admin/clerks/{account}/disable",
    "/staff/account/password",
    "/lock/now",
    "/logout",
    "/api/v1/sessions/self",
];

/// How a caller is known: what comes along with each request.
struct GateCaller {
    headers: Vec<(&'static str, String)>,
    /// The token of the pages' forms.
    csrf: String,
}

/// What a caller alone asks about.
struct OwnThings {
    /// The link in a booking's mail.
    link: String,
    /// The reference of another booking.
    reference: String,
    /// An account of the first office.
    account: String,
}

/// Clerks of the first office who do something for the body beside their desk, each one thing alone, and by which grant.
const OF_BODY: [(&str, &str); 4] = [
    ("certifier", "grant@certifier@office:1"),
    ("worker", "grant@case-worker@unit:1"),
    ("other-worker", "grant@case-worker@unit:2"),
    ("supervisor", "grant@request-supervisor@unit:1"),
];

/// The house, its callers, and the things of the first office that paths name.
pub struct GateScene {
    pub house: ProgramHouse,
    /// The token of the hub's administrator, and of a kiosk.
    pub admin: String,
    pub kiosk: String,
    callers: Vec<GateCaller>,
    things: BTreeMap<&'static str, String>,
    /// Of each caller what is theirs alone, since some of what is asked ends it.
    own: Vec<OwnThings>,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// The id of the row that a page's form names: `…/{id}/{action}`.
fn id_in(page: &str, before: &str, after: &str) -> String {
    let ids = page.match_indices(before).filter_map(|(at, _)| page[at + before.len()..].split_once(after));
    let mut ids = ids.map(|(id, _)| id).filter(|id| !id.contains('"'));
    ids.next().unwrap_or_else(|| panic!("no {before}…{after} in {page}")).to_owned()
}

impl GateScene {
    pub fn set() -> Self {
        let tokens = tempfile::tempdir().unwrap();
        let token = tokens.path().join("bounces-token");
        std::fs::write(&token, format!("{REPORTER}\n")).unwrap();
        let keys = format!("{KEYS}bounces_token_file = \"{}\"\n", token.display());
        let mut house = two_offices_files_with(&keys, LIMITS);
        house.start();
        let admin = house.admin();
        let account =
            |name: &str, role: &str, office: &str| house.employ(&admin, name, role, Some(office), PASSWORD).to_string();
        account("eleni", "clerk", "kep");
        let of_body = OF_BODY.map(|(name, grant)| {
            let id = account(name, "clerk", "kep");
            Self::grant(&house, &admin, &id, grant);
            id
        });
        account("nikos", "clerk", "other");
        account("kostas", "admin", "other");
        account("head", "admin", "kep");
        let (kiosk, _) = house.pair(&admin, "kiosk");
        let (display, _) = house.pair(&admin, "display");
        let (_, device) = house.pair(&admin, "display");

        let bookings = Self::bookings(&house, &admin);
        let own = bookings.into_iter().enumerate().map(|(nth, (link, reference))| {
            let account = account(&format!("victim{nth}"), "clerk", "kep");
            OwnThings { link, reference, account }
        });
        let own = own.collect();
        house.desk(&admin, 1, "open", &json!({})).ok();
        let visit = text(&house.ticket(&admin).ok()["visit"]);
        let ring = fresh_id();
        let rung = house.post_as(&kiosk, &fresh_id(), "/api/v1/offices/kep/help", &json!({ "ring": ring }));
        assert_eq!(rung.status, 204, "{rung:?}");
        let (agent_cookie, agent) = Self::agent(&house, &admin);
        let (proof, hold) = Self::citizen(&house);
        let (member, melina, request) = Self::member(&house);
        let (other_member, _) = Self::registered(&house, "zoe");
        let certified = Self::certified(&house);
        let conference = PlannedConference::plan(&house, &admin);
        let call = Self::call(&house, &admin);
        let things = [
            ("call-link", call[0].clone()),
            ("call-reference", call[1].clone()),
            ("pass", call[2].clone()),
            ("office", "kep".to_owned()),
            ("service", "family-status".to_owned()),
            ("channel", "in-person".to_owned()),
            ("booking", hold),
            ("visit", visit),
            ("ring", ring),
            ("desk", "1".to_owned()),
            ("agent", agent),
            ("member", melina),
            ("colleague", of_body[1].clone()),
            ("request", request),
            ("category", "cleaning".to_owned()),
            ("conference", conference.id),
            ("conference-link", conference.link),
            ("device", device),
            ("document", "00000000-0000-4000-8000-00000000dddd".to_owned()),
            ("pairing", "00000000-0000-4000-8000-00000000aaaa".to_owned()),
            ("file", "abc.png".to_owned()),
            ("number", "A".repeat(43)),
            ("language", "el".to_owned()),
            ("sentence", "mail-hello".to_owned()),
            ("path", "no-such-file".to_owned()),
        ];
        let staff = |name: &str| {
            let token = if name == "admin" { admin.clone() } else { house.sign_in(name, PASSWORD) };
            Self::caller(&house, &[("seira-session", &token)], "/staff?all=1", Some(&token))
        };
        let callers = vec![
            Self::caller(&house, &[], "/login", None),
            Self::caller(&house, &[("seira-booking", &proof)], "/login", None),
            Self::caller(&house, &[("seira-session", &member)], "/account", None),
            Self::caller(&house, &[("seira-session", &other_member)], "/account", None),
            Self::caller(&house, &[("seira-session", &certified)], "/account", None),
            Self::caller(&house, &[("seira-session", &agent_cookie)], "/account", None),
            Self::caller(&house, &[], "/login", Some(&kiosk)),
            Self::caller(&house, &[], "/login", Some(&display)),
            Self::caller(&house, &[], "/login", Some(REPORTER)),
            staff("eleni"),
            staff("certifier"),
            staff("worker"),
            staff("other-worker"),
            staff("supervisor"),
            staff("coordinator"),
            Self::caller(&house, &[("seira-session", &conference.unit_coordinator)], "/account", None),
            staff("nikos"),
            staff("kostas"),
            staff("head"),
            staff("admin"),
        ];
        Self { callers, things: things.into(), own, admin, kiosk, house }
    }

    /// Two bookings for each caller: the link of one, and the reference of the other.
    fn bookings(house: &ProgramHouse, admin: &str) -> Vec<(String, String)> {
        let slots = "/api/v1/offices/kep/slots?service=driving-licence&internal=true&from=2026-11-26&days=20";
        let slots = house.get(admin, slots).ok();
        let book = |nth: usize| {
            let email = format!("caller{nth:02}@example.gr");
            let mut wish = json!({ "service": "driving-licence", "start": slots["slots"][nth * 7]["start"], "name": "Μαρία",
                "email": email, "phone": "6940000000" });
            house.post(admin, "/api/v1/offices/kep/bookings", &wish).ok();
            let manage = link(&letter_to(house, "confirmation", &email), "/booking/");
            wish["email"] = json!(format!("second{nth:02}@example.gr"));
            wish["start"] = slots["slots"][nth * 7 + 3]["start"].clone();
            let booked = house.post(admin, "/api/v1/offices/kep/bookings", &wish).ok();
            (manage.trim_start_matches("/booking/").to_owned(), text(&booked["reference"]))
        };
        (0..CALLERS.len()).map(book).collect()
    }

    /// A booking by teleconference to which a helper is invited: its link, its reference, and the helper's pass.
    fn call(house: &ProgramHouse, admin: &str) -> [String; 3] {
        let slots = "/api/v1/offices/kep/slots?service=disability-card&channel=teleconference&internal=true&from=2026-11-26&days=20";
        let start = house.get(admin, slots).ok()["slots"][0]["start"].clone();
        let email = "call@example.gr";
        let wish = json!({ "service": "disability-card", "channel": "teleconference", "start": start, "name": "Μαρία",
            "email": email, "phone": "6940000000" });
        let booked = house.post(admin, "/api/v1/offices/kep/bookings", &wish).ok();
        let manage = link(&letter_to(house, "confirmation", email), "/booking/");
        let manage = manage.trim_start_matches("/booking/").trim_end_matches("/call").to_owned();
        let reference = text(&booked["reference"]);
        let mut browser = FormBrowser::new(house);
        browser.keep("seira-session", admin);
        let page = format!("/staff/kep/bookings/{reference}/call");
        let invited = Press::form(&mut browser, &page, &format!("{page}/invite"), &[]).send(house);
        assert_eq!(invited.status, 303, "{invited:?}");
        let shown = browser.get(&page).text;
        let pass =
            shown.split("/call/").find_map(|rest| rest.split('"').next().filter(|pass| pass.starts_with("kep.")));
        [manage, reference, pass.unwrap().to_owned()]
    }

    fn caller(house: &ProgramHouse, cookies: &[(&str, &str)], page: &str, token: Option<&str>) -> GateCaller {
        let mut browser = FormBrowser::new(house);
        for (name, value) in cookies {
            browser.keep(name, value);
        }
        let csrf = browser.csrf(page);
        // As browsers say it.
        let mut headers = vec![("cookie", browser.cookies()), ("sec-fetch-site", "same-origin".to_owned())];
        headers.extend(token.map(|token| ("authorization", format!("Bearer {token}"))));
        GateCaller { headers, csrf }
    }

    /// Somebody's browser, once their address is proven and they hold a time: the proof, and the hold.
    fn citizen(house: &ProgramHouse) -> (String, String) {
        let mut browser = FormBrowser::new(house);
        let ask = "/book?office=kep&service=family-status";
        let work = solve(&browser.get(ask).text);
        let fields = [("email", "anna@example.gr"), ("office", "kep"), ("service", "family-status"), ("altcha", &work)];
        assert_eq!(browser.post(ask, "/book", &fields).status, 303);
        let start = link(&letter(house, "start"), "/book/start/");
        assert_eq!(browser.post(&start, &start, &[]).status, 303);
        let times = "/book/kep/family-status?cases=1";
        let page = browser.get(times).text;
        let time = page.split_once("name=\"start\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
        let held = browser.post(times, "/book/kep/family-status", &[("start", &time), ("cases", "1")]);
        let hold = held.headers.lines().find_map(|line| line.strip_prefix("location: ")).unwrap();
        let hold = hold.split("/hold/").nth(1).unwrap().split(['/', '?']).next().unwrap().to_owned();
        (browser.cookie("seira-booking"), hold)
    }

    /// A citizen with an account: the session, the account's number, and the name of a request of theirs.
    pub fn member(house: &ProgramHouse) -> (String, String, String) {
        let (session, account) = Self::registered(house, "melina");
        let mut browser = FormBrowser::new(house);
        browser.keep("seira-session", &session);
        let page = "/requests/new/cleaning";
        let bin = [("x-kind", "0"), ("x-request_place", "Κουντούρου 12"), ("x-request_what", "Ξεχειλίζει")];
        let asked = browser.post(page, page, &bin);
        let receipt = asked.headers.lines().find_map(|line| line.strip_prefix("location: /requests/")).unwrap();
        let request = receipt.split('/').next().unwrap().to_owned();
        (session, account, request)
    }

    /// Somebody who has registered and is signed in: the session, and the account's number.
    pub fn registered(house: &ProgramHouse, name: &str) -> (String, String) {
        let mut browser = FormBrowser::new(house);
        let email = format!("{name}@example.gr");
        let typed = registers::typed(&mut browser, name, &email);
        let typed: Vec<_> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let sent = browser.post("/register", "/register", &typed);
        assert_eq!(sent.status, 303, "{sent:?}");
        registers::opens_and_signs_in(&mut browser, &registers::link_of(house, &email), name);
        let database = rusqlite::Connection::open(house.database()).unwrap();
        let account: u32 =
            database.query_row("SELECT id FROM account WHERE name = ?", [name], |row| row.get(0)).unwrap();
        (browser.cookie("seira-session"), account.to_string())
    }

    /// Another, whom a clerk has certified (PLA-04): the session.
    fn certified(house: &ProgramHouse) -> String {
        let (session, account) = Self::registered(house, "petros");
        let mut citizen = FormBrowser::new(house);
        citizen.keep("seira-session", &session);
        assert_eq!(citizen.post("/account/details", "/account/details", &PROFILE).status, 303);
        assert_eq!(citizen.post("/account/level", "/account/level", &[("wish", "yes")]).status, 303);
        let mut desk = FormBrowser::new(house);
        desk.keep("seira-session", &house.sign_in("certifier", PASSWORD));
        let page = format!("/staff/kep/certify/{account}");
        let done = Press::form(&mut desk, &page, &page, &EVERYTHING).send(house);
        assert_eq!(done.status, 303, "{done:?}");
        session
    }

    /// Somebody of staff does this one thing for the body.
    fn grant(house: &ProgramHouse, admin: &str, clerk: &str, grant: &str) {
        let mut office = FormBrowser::new(house);
        office.keep("seira-session", admin);
        let page = format!("/admin/clerks/{clerk}");
        assert_eq!(office.post(&page, &format!("{page}/grants"), &[(grant, "yes")]).status, 303);
    }

    /// An agent of the first office, signed in: the session, and the agent's number.
    fn agent(house: &ProgramHouse, admin: &str) -> (String, String) {
        let mut office = FormBrowser::new(house);
        office.keep("seira-session", admin);
        let fields = [("office", "kep"), ("name", "Νίκη"), ("email", "niki@example.gr"), ("phone", ""), ("tax", "")];
        assert_eq!(office.post("/admin/agents", "/admin/agents", &fields).status, 303);
        let id = id_in(&office.get("/admin/agents").text, "/admin/agents/", "/invite");
        let invitation = link(&letter(house, "invited"), "/agent/password/");
        let mut browser = FormBrowser::new(house);
        let password = "ένας μακρύς κωδικός";
        let set = browser.post(&invitation, &invitation, &[("password", password), ("again", password)]);
        assert_eq!(set.status, 303, "{set:?}");
        (browser.cookie("seira-session"), id)
    }

    /// One of the things.
    pub fn thing(&self, name: &str) -> &str {
        match name {
            "reference" => &self.own[0].reference,
            "account" => &self.own[0].account,
            _ => &self.things[name],
        }
    }

    /// The token of a caller's forms.
    pub fn csrf(&self, caller: usize) -> &str {
        &self.callers[caller].csrf
    }

    /// A page as a caller sees it.
    pub fn page(&self, caller: usize, pattern: &str) -> String {
        let path = self.path(pattern, caller);
        let headers: Vec<(&str, &str)> =
            self.callers[caller].headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        // Some of them are no text, e.g. pictures.
        http::ask_bytes(&self.house.address, "GET", &path, &headers, b"").text
    }

    /// Opens an address as a caller.
    pub fn get(&self, caller: usize, path: &str) -> http::HttpAnswer {
        let headers: Vec<(&str, &str)> =
            self.callers[caller].headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        http::ask_bytes(&self.house.address, "GET", path, &headers, b"")
    }

    /// Posts a form as a caller.
    pub fn post(&self, caller: usize, path: &str, body: &str) -> http::HttpAnswer {
        self.post_of(caller, path, FORM, body.as_bytes())
    }

    /// Posts a form of this kind as a caller.
    pub fn post_of(&self, caller: usize, path: &str, kind: &str, body: &[u8]) -> http::HttpAnswer {
        let mut headers: Vec<(&str, &str)> =
            self.callers[caller].headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        headers.push(("content-type", kind));
        http::ask(&self.house.address, "POST", path, &headers, body)
    }

    /// A row's path with the things that it names.
    pub fn path(&self, pattern: &str, caller: usize) -> String {
        let OwnThings { link, reference, account } = &self.own[caller];
        // The citizens' pages name a hold by its id, the API a booking by its reference.
        let is_api = pattern.starts_with("/api/");
        let part = |part: &str| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some("link") if pattern == "/booking/{link}/call" => self.things["call-link"].clone(),
            Some("reference") if pattern.contains("/{reference}/call") => self.things["call-reference"].clone(),
            Some("link") if pattern.starts_with("/booking/") => link.clone(),
            Some("link") if pattern.starts_with("/conference/") => self.things["conference-link"].clone(),
            Some("link") => "kep.1.AAAAAAAAAAAAAAAAAAAAAA".to_owned(),
            Some("reference") => reference.clone(),
            // There is none in this house.
            Some("provider") => "taxisnet".to_owned(),
            Some("account") if pattern.contains("/certify/") || pattern.contains("/citizens/") => {
                self.things["member"].clone()
            }
            Some("account") => account.clone(),
            Some("booking") if is_api => reference.clone(),
            Some(name) => self.things.get(name.trim_start_matches('*')).unwrap_or_else(|| panic!("{name}?")).clone(),
            None => part.to_owned(),
        };
        pattern.split('/').map(part).collect::<Vec<_>>().join("/")
    }

    /// Asks for a row as a caller, and says how far they get.
    fn ask(&self, row: &GateRow, caller: usize) -> char {
        let path = self.path(&row.path, caller);
        let caller = &self.callers[caller];
        let is_page = !path.starts_with("/api/");
        let (kind, body) = match (row.method.as_str(), is_page) {
            // An account of that name is made on the way, and whoever signs in as somebody else is not who they were.
            ("POST", true) if path == "/login" => (FORM, self.form(&caller.csrf).replace("name=maria", "name=nobody")),
            // A request is given to who may work on it.
            ("POST", true) if path.ends_with("/assign") => {
                (FORM, self.form(&caller.csrf).replace("to=data", &format!("to={}", self.things["colleague"])))
            }
            ("POST", true) => (FORM, self.form(&caller.csrf)),
            ("POST", false) if path == "/api/v1/bounces" => ("message/rfc822", "Subject: nothing\r\n\r\n".to_owned()),
            ("POST", false) => ("application/json", request(&row.path).to_string()),
            _ => ("application/json", String::new()),
        };
        let mut headers: Vec<(&str, &str)> =
            caller.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        if is_page {
            // A page knows nobody by a token; that is tried too.
            headers.push(("accept", "text/html"));
        } else if headers.iter().any(|(name, _)| *name == "authorization") {
            headers.retain(|(name, _)| *name != "cookie");
        }
        headers.push(("content-type", kind));
        let path = if path.ends_with("/slots") { format!("{path}?service=signature") } else { path };
        let answer = http::ask_head(&self.house.address, &row.method, &path, &headers, body.as_bytes());
        let leads = answer.headers.lines().find_map(|line| line.strip_prefix("location: ")).unwrap_or_default();
        let signs_in = ["/login", "/agent/login", "/book?over"].iter().any(|page| leads.starts_with(page));
        match answer.status {
            // Locked is not let in either, until the password is given again.
            401 | 423 => 's',
            // These lead there in the end.
            303 if signs_in && !["logout", "forgotten"].iter().any(|end| path.ends_with(end)) => 's',
            200 | 204 | 303 => 'o',
            403 => 'r',
            404 | 405 | 410 => 'n',
            // Let in, and told in words what is wrong with what was sent.
            400 | 409 | 422 => 'o',
            status => panic!("{status} for {} {path}: {answer:?}", row.method),
        }
    }

    /// Everything that any form asks for.
    fn form(&self, csrf: &str) -> String {
        let (visit, command) = (&self.things["visit"], fresh_id());
        let fields = [
            ("csrf", csrf),
            ("command", command.as_str()),
            ("office", "kep"),
            ("scope", "tickets"),
            ("service", "signature"),
            ("visit", visit),
            ("holds", visit),
            ("gone", visit),
            ("name", "maria"),
            ("email", "maria%40example.gr"),
            ("phone", "6940000000"),
            ("password", "not%20the%20right%20one"),
            ("again", "not%20the%20right%20one"),
            // Their own, where it is asked for once more: a wrong one would count as a guess.
            ("own", "%CE%B1%CF%81%CE%BA%CE%B5%CF%84%CE%AC%20%CE%BC%CE%B1%CE%BA%CF%81%CF%8D"),
            ("code", "22222222"),
            ("to", "data"),
            ("person", "1"),
            ("text", "a"),
            ("el", "a"),
            ("en", "a"),
            ("day", "2026-12-01"),
            ("first", "2026-12-01"),
            ("last", "2026-12-01"),
            ("start", "2026-11-27T08:00:00Z"),
            ("because", "details-missing"),
            ("shown", "2026-11-24T07:00:00Z"),
            ("subject", "category:5"),
            ("paper", "passport"),
            ("last-three", "456"),
            ("finding", "certify"),
            ("open", "no"),
            ("wish", "yes"),
        ];
        fields.map(|(name, value)| format!("{name}={value}")).join("&")
    }

    /// What the hub keeps, table by table, of which nothing may change where nobody was let in.
    fn kept(&self) -> BTreeMap<String, (i64, String)> {
        let database = rusqlite::Connection::open(self.house.database()).unwrap();
        let mut tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").unwrap();
        let names: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let mut kept = BTreeMap::new();
        for name in names.into_iter().filter(|name| !CHURN.contains(&name.as_str())) {
            let mut rows = database.prepare(&format!("SELECT * FROM \"{name}\"")).unwrap();
            let columns = rows.column_count();
            let (mut count, mut all) = (0, String::new());
            let mut read = rows.query([]).unwrap();
            while let Some(row) = read.next().unwrap() {
                count += 1;
                for column in 0..columns {
                    all.push_str(&format!("{:?}|", row.get_ref(column).unwrap()));
                }
            }
            kept.insert(name, (count, all));
        }
        kept
    }
}

/// What is asked of the API at a path.
pub fn request(path: &str) -> Value {
    let start = "2026-11-26T08:00:00Z";
    let because = json!({ "el": "Βλάβη", "en": "Fault" });
    match path.rsplit('/').next().unwrap() {
        "tickets" => json!({ "service": "signature" }),
        "check-ins" | "times" => json!({ "code": "CDFGJLQR" }),
        "rebookings" => json!({ "code": "CDFGJLQR", "start": start }),
        "help" => json!({ "ring": fresh_id() }),
        "time" => json!({ "start": start }),
        "leases" => json!({ "holds": [], "gives_back": [] }),
        "hand-ins" => json!({ "visit": "00000000-0000-4000-8000-0000000005e1", "number": "B500", "language": "el",
            "arrived_at": "2026-11-24T07:00:00Z", "came": { "is": "booked", "reference": "CDFGJLQR", "told": "nothing" } }),
        "bookings" => json!({ "service": "driving-licence", "start": start, "name": "Μαρία" }),
        "moves" => json!({ "start": start }),
        "voids" => json!({ "because": "details-missing" }),
        "corrections" => json!({ "because": "details-missing", "until": "2026-11-25T07:00:00Z" }),
        "suspensions" => json!({ "because": because }),
        "roll-calls" => json!({ "gone": [] }),
        "devices" => json!({ "code": "222222" }),
        "pairings" => json!({ "kind": "kiosk", "name": "a" }),
        "sessions" => json!({ "name": "nobody", "password": "not the right one" }),
        "accounts" => json!({ "name": "x", "role": "clerk", "office": "kep", "own_password": PASSWORD }),
        "invitations" => json!({ "own_password": PASSWORD }),
        "faults" => json!({ "faults": [] }),
        "encounters" => json!({ "since": start, "until": start }),
        "echoes" => json!({ "call": 1, "is_spoken": false }),
        "openings" => json!({ "number": "A".repeat(43) }),
        "start-links" => json!({ "email": "maria@example.gr" }),
        _ => json!({}),
    }
}

/// Tables that change where nobody was let in: who was refused is noted, and the answer to a command is kept, also where it says
/// that there is no such thing.
const CHURN: [&str; 2] = ["audit", "command"];

/// A row of the table.
struct GateRow {
    method: String,
    path: String,
    /// Who gets how far.
    verdicts: Vec<char>,
}

fn rows() -> Vec<GateRow> {
    let lines = TABLE.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let row = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [method, path, verdicts] = words[..] else { panic!("no row: {line}") };
        let verdicts: Vec<char> = verdicts.chars().collect();
        assert_eq!(verdicts.len(), CALLERS.len(), "{line}");
        GateRow { method: method.to_owned(), path: path.to_owned(), verdicts }
    };
    lines.map(row).collect()
}

/// The pages that a caller is shown, by the table.
pub fn opened_pages(caller: usize) -> Vec<String> {
    let is_page = |row: &GateRow| row.method == "GET" && !row.path.starts_with("/api/") && !row.path.ends_with("/feed");
    let opened = rows().into_iter().filter(|row| is_page(row) && row.verdicts[caller] == 'o');
    opened.map(|row| row.path).collect()
}

/// The routes that a source puts together: `.route("path", get(…).post(…))`.
pub fn routes_in(source: &str) -> Vec<(String, String)> {
    let mut routes = Vec::new();
    for (at, _) in source.match_indices(".route(\"") {
        let (path, rest) = source[at + 8..].split_once('"').unwrap();
        let handlers = rest.split(".route(").next().unwrap().split(".with_state(").next().unwrap();
        for (word, method) in
            [("get(", "GET"), ("post(", "POST"), ("delete(", "DELETE"), ("put(", "PUT"), ("patch(", "PATCH")]
        {
            if handlers.contains(word) {
                routes.push((method.to_owned(), path.to_owned()));
            }
        }
    }
    routes
}

/// Whether a row is one of a route: part by part the same, or a value where the route has a name.
fn is_of(row: &GateRow, method: &str, pattern: &str) -> bool {
    let (one, other) = (row.path.split('/'), pattern.split('/'));
    row.method == method
        && one.clone().count() == other.clone().count()
        && one.zip(other).all(|(part, route)| part == route || route.starts_with('{') && !part.is_empty())
}

#[test]
fn new_08_every_route_has_a_row_in_the_table_of_who_gets_in() {
    let rows = rows();
    let pages = Route::ALL
        .iter()
        .flat_map(|route| ["GET", "POST"].map(|method| (method.to_owned(), route.pattern().to_owned())));
    let api = routes_in(API);
    assert!(api.len() > 25, "{api:?}");
    assert_eq!(PAGES.matches(".route(").count(), 2, "the door before all pages has two routes of its own");
    let files = [ASSET, EMBLEM].map(|pattern| ("GET".to_owned(), pattern.to_owned()));
    let own = [routes_in(OWN), files.to_vec()].concat();
    assert_eq!(own.len(), 4, "{own:?}");
    let routes: Vec<(String, String)> = pages.chain(api.clone()).chain(own).collect();
    let missing: Vec<String> = routes
        .iter()
        .filter(|(method, pattern)| !rows.iter().any(|row| is_of(row, method, pattern)))
        .map(|(method, pattern)| format!("{method} {pattern}"))
        .collect();
    assert!(missing.is_empty(), "gates.txt does not say who gets in at:\n{}", missing.join("\n"));
    let strays: Vec<String> = rows
        .iter()
        .filter(|row| !routes.iter().any(|(method, pattern)| is_of(row, method, pattern)))
        .map(|row| format!("{} {}", row.method, row.path))
        .collect();
    assert!(strays.is_empty(), "no route any more:\n{}", strays.join("\n"));
    let mut seen = BTreeSet::new();
    assert!(rows.iter().all(|row| seen.insert((row.method.clone(), row.path.clone()))), "a row stands twice");
    // What is described to programs is what there is, feeds and pairings that are held open among it.
    let described: Value = ProgramHouse::new().get("", "/api/openapi.json").ok();
    for (method, path) in api.iter().filter(|(_, path)| path.starts_with("/api/v1/")) {
        assert!(described["paths"][path][method.to_lowercase()].is_object(), "{method} {path} is not described");
    }
}

#[test]
fn new_08_everybody_gets_in_where_the_table_says_so_and_nowhere_else() {
    let scene = GateScene::set();
    let rows = rows();
    let is_ending = |row: &&GateRow| ENDING.contains(&row.path.as_str());
    let is_in = |verdict: char| verdict == 'o';
    let mut found: Vec<Vec<char>> = rows.iter().map(|row| row.verdicts.clone()).collect();
    let mut ask = |wanted: &dyn Fn(&GateRow, char) -> bool| {
        for caller in 0..CALLERS.len() {
            for (row, found) in rows.iter().zip(&mut found).filter(|(row, _)| wanted(row, row.verdicts[caller])) {
                found[caller] = scene.ask(row, caller);
            }
        }
    };
    // First all who are not let in: nothing that is kept changes by it.
    let before = scene.kept();
    ask(&|row, verdict| !is_in(verdict) && !is_ending(&row));
    let after = scene.kept();
    let changed = before.iter().filter(|(table, rows)| after[*table] != **rows);
    let changed: Vec<String> =
        changed.map(|(table, rows)| format!("{table} was {rows:?}, and is {:?}", after[table])).collect();
    ask(&|row, verdict| is_in(verdict) && !is_ending(&row));
    ask(&|row, _| is_ending(&row));
    let differs: Vec<String> = rows
        .iter()
        .zip(&found)
        .filter(|(row, found)| row.verdicts != **found)
        .map(|(row, found)| format!("{} {} {}", row.method, row.path, found.iter().collect::<String>()))
        .collect();
    assert!(differs.is_empty(), "found, and not as the table says ({}):\n{}", CALLERS.join(" "), differs.join("\n"));
    assert!(changed.is_empty(), "these tables have changed, though nobody was let in: {changed:?}");
}
