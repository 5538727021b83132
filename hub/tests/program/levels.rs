//! The rules of levels as a table: each level, and each thing that a session can stand on, at each page of citizens, at each
//! service and category, and at each route of the API. The routes come from the router; one without a row fails.
//!
//! Shows PLA-01, PLA-06, PLA-07 and OMB-19.

use std::time::Instant;

use ::paths::CitizenRoute;
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::{
    accounts::{AT, after, code, location, sign_in},
    gates::{API, request, routes_in},
    house::{PASSWORD, ProgramHouse, fresh_id},
    http,
    machine::ClockedMachine,
    outside::{clerk_who_certifies, comes_through, files, is_certified, looks, records},
    pages::FormBrowser,
    registers,
    through::taxisnet,
};

/// A line each: method, path, and a letter for each caller.
const TABLE: &str = include_str!("levels.txt");
/// Who asks, by level and by what the session stands on: a password alone, a second factor, TAXISnet.
const CALLERS: [&str; 7] = ["nobody", "a", "a-second", "a-taxisnet", "b", "b-second", "b-taxisnet"];
/// What services and categories ask for in this house, beside what the sample's ask for.
const SERVICES: [(&str, &str); 3] = [
    ("family-status", "level = \"b\"\n"),
    ("criminal-record", "assurance = \"taxisnet\"\n"),
    ("disability-card", "level = \"b\"\nassurance = \"taxisnet\"\n"),
];
const CATEGORIES: [(&str, &str); 2] =
    [("parks", "assurance = \"taxisnet\"\n"), ("lighting", "level = \"b\"\nassurance = \"taxisnet\"\n")];
/// What each of those names is asked at.
const OF_SERVICES: [&str; 5] = ["signature", "certification", "family-status", "criminal-record", "disability-card"];
const OF_CATEGORIES: [&str; 4] = ["cleaning", "parks", "certificates", "lighting"];

/// No limit that the test itself reaches.
const LIMITS: &str = "failed_logins_per_minute = 100000\npairings_per_minute = 100000\nlinks_per_address_burst = 1000\n\
                      links_per_network_burst = 1000\nholds_per_address_burst = 1000\n";
/// After it an account may be gone: it is asked last.
const ENDING: &str = "/account/erase";

/// The house at work, and the cookies and form token of each caller.
struct LeveledHouse {
    house: ProgramHouse,
    callers: Vec<LeveledCaller>,
}

struct LeveledCaller {
    cookies: String,
    csrf: String,
}

/// Puts something behind the key of a table of a configuration.
fn say_behind(house: &ProgramHouse, file: &str, said: &[(&str, &str)]) {
    let path = house.folder.path().join(file);
    let mut text = std::fs::read_to_string(&path).unwrap();
    for (key, more) in said {
        // The table of this key, and no other that has one of this name.
        let mark = format!("key = \"{key}\"\n{}", if file == "kep.toml" { "pictogram = " } else { "name = " });
        let begins = text.find("[[categories]]").or_else(|| text.find("[[services]]")).unwrap();
        let at = text[begins..].find(&mark).unwrap_or_else(|| panic!("{file} has no {key}"));
        let at = begins + at + mark.find('\n').unwrap() + 1;
        text.insert_str(at, more);
    }
    std::fs::write(path, text).unwrap();
}

impl LeveledHouse {
    fn new() -> Self {
        let (_, at) = lookalike::start().unwrap();
        let mut house = files(&taxisnet(at), &records(at));
        let config = house.folder.path().join("hub.toml");
        // It ends with the limits.
        std::fs::write(&config, format!("{}{LIMITS}", std::fs::read_to_string(&config).unwrap())).unwrap();
        say_behind(&house, "kep.toml", &SERVICES);
        say_behind(&house, "body.toml", &CATEGORIES);
        let machine = ClockedMachine::of(&house);
        machine.set(AT);
        let began = Instant::now();
        // A real hub: a rehearsal asks nobody for a second factor.
        house.serve_on(&machine);
        let callers = Self::callers(&house, began);
        Self { house, callers }
    }

    fn callers(house: &ProgramHouse, began: Instant) -> Vec<LeveledCaller> {
        let clerk = clerk_who_certifies(house);
        let registered = |name: &str| {
            let mut browser = FormBrowser::new(house);
            let email = format!("{name}@example.gr");
            let typed = registers::typed(&mut browser, name, &email);
            let typed: Vec<_> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
            assert_eq!(browser.post("/register", "/register", &typed).status, 303);
            registers::opens_and_signs_in(&mut browser, &registers::link_of(house, &email), name);
            browser
        };
        let certified = |mut browser: FormBrowser<'_>, name: &str, tax_number: &str| {
            is_certified(&mut browser, house, &clerk, &format!("{name}@example.gr"), tax_number);
            browser.cookies()
        };
        let vera = registered("vera");
        let of_vera = certified(vera, "vera", "123456783");
        let sessions = [
            registered("anna").cookies(),
            with_second_factor(FormBrowser::with_cookies(house, &registered("artemis").cookies()), "artemis", began),
            comes_through(house, "nikos", "nikos@example.gr").cookies(),
            certified(registered("vasilis"), "vasilis", "090000045"),
            with_second_factor(FormBrowser::with_cookies(house, &of_vera), "vera", began),
            certified(comes_through(house, "maria", "maria@example.gr"), "maria", "068933130"),
        ];
        let signed = |cookies: String| {
            let mut browser = FormBrowser::with_cookies(house, &cookies);
            let csrf = browser.csrf("/account");
            LeveledCaller { csrf, cookies: browser.cookies() }
        };
        let mut stranger = FormBrowser::new(house);
        let csrf = stranger.csrf("/login");
        let nobody = LeveledCaller { csrf, cookies: stranger.cookies() };
        [nobody].into_iter().chain(sessions.map(signed)).collect()
    }

    /// Asks for a row as a caller; gives how far they got.
    fn ask(&self, row: &LevelRow, caller: usize) -> char {
        let LeveledCaller { cookies, csrf } = &self.callers[caller];
        let path = filled_in(&row.path);
        let is_page = !path.starts_with("/api/");
        // To the API comes what a browser would send: a citizen has no session of a program.
        let kind = if is_page { "application/x-www-form-urlencoded" } else { "application/json" };
        let headers = [("sec-fetch-site", "same-origin"), ("cookie", cookies.as_str()), ("content-type", kind)];
        let body = match is_page {
            true => format!("csrf={csrf}&look={}&{}", fresh_id(), form_of(&path)),
            false => request(&row.path).to_string(),
        };
        let body = if row.method == "GET" { "" } else { &body };
        // A feed is held open, that of a page too.
        let is_read = is_page && !path.ends_with("/feed");
        let ask = if is_read { http::ask_bytes } else { http::ask_head };
        let answer = ask(&self.house.address, &row.method, &path, &headers, body.as_bytes());
        let leads = answer.headers.lines().find_map(|line| line.strip_prefix("location: ")).unwrap_or_default();
        match answer.status {
            401 | 423 => 's',
            303 if ["/login", "/agent/login", "/book?over"].iter().any(|page| leads.starts_with(page)) => 's',
            // The page of the service says it.
            303 if leads.starts_with("/office/") => 'b',
            200 if is_page && is_barred(&row.path, &answer.text) => 'b',
            200 | 204 | 303 | 400 | 409 | 422 => 'o',
            403 => 'r',
            404 | 405 | 410 => 'n',
            // No row says so, and the table is printed with it.
            _ => '?',
        }
    }
}

/// Sets a second factor, and signs in with it.
fn with_second_factor(mut browser: FormBrowser<'_>, name: &str, began: Instant) -> String {
    let now = || {
        let at: DateTime<Utc> = AT.parse::<DateTime<chrono::FixedOffset>>().unwrap().to_utc();
        (at + TimeDelta::from_std(began.elapsed()).unwrap()).to_rfc3339()
    };
    let page = browser.get("/staff/account/second-step");
    let (secret, draft) =
        (after(&page, "<code class=\"secret\" translate=\"no\">", '<'), after(&page, "name=\"draft\" value=\"", '"'));
    let csrf = after(&page, "name=\"csrf\" value=\"", '"');
    let fields = [("draft", draft.as_str()), ("code", &code(&secret, &now(), 0)), ("own", PASSWORD)];
    let set = browser.post_with(&csrf, "/staff/account/second-step", &fields);
    assert_eq!(set.status, 200, "{set:?}");
    browser.forget_session();
    let led = location(&sign_in(&mut browser, name, PASSWORD)).to_owned();
    assert!(led.starts_with("/login/code"), "{led}");
    let next = led.split_once("next=").map_or("", |(_, next)| next).to_owned();
    let signed = browser.post(&led, "/login/code", &[("code", &code(&secret, &now(), 1)), ("next", &next)]);
    assert_eq!(location(&signed), "/account", "{signed:?}");
    browser.cookies()
}

/// A row's path with something wherever it names something that is not written out.
fn filled_in(pattern: &str) -> String {
    let nothing = Uuid::from_u128(0xdddd).to_string();
    let part = |part: &str| match part {
        "{office}" => "kep".to_owned(),
        "{desk}" => "1".to_owned(),
        "{service}" => "1".to_owned(),
        "{channel}" => "in-person".to_owned(),
        "{account}" | "{agent}" => "1".to_owned(),
        "{number}" => "A".repeat(43),
        part if part.starts_with('{') => nothing.clone(),
        part => part.to_owned(),
    };
    let (path, query) = pattern.split_once('?').map_or((pattern, None), |(path, query)| (path, Some(query)));
    let path = path.split('/').map(part).collect::<Vec<_>>().join("/");
    query.map_or(path.clone(), |query| format!("{path}?{query}"))
}

/// What is filled in for a category.
fn form_of(path: &str) -> &'static str {
    match path.rsplit('/').next().unwrap() {
        _ if path.starts_with("/book/kep/") => "start=2026-11-26T08%3A00%3A00Z&cases=1",
        "cleaning" | "parks" | "lighting" => "x-kind=0&x-request_place=a&x-request_what=a",
        "certificates" => "x-certificate=0",
        "level" => "wish=no",
        _ => "",
    }
}

/// Whether a page says what is missing in the place of its button.
fn is_barred(path: &str, page: &str) -> bool {
    match path {
        "/account/records" => !page.contains("name=\"look\""),
        path if path.starts_with("/requests/new/") => page.contains("<fieldset class=\"form\" disabled>"),
        // A list of services says it of each that is barred; who may have all of them is told nothing.
        _ => page.contains("next-step"),
    }
}

/// A row of the table.
struct LevelRow {
    method: String,
    path: String,
    verdicts: Vec<char>,
}

fn rows() -> Vec<LevelRow> {
    let lines = TABLE.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let row = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [method, path, verdicts] = words[..] else { panic!("no row: {line}") };
        let verdicts: Vec<char> = verdicts.chars().collect();
        assert_eq!(verdicts.len(), CALLERS.len(), "{line}");
        LevelRow { method: method.to_owned(), path: path.to_owned(), verdicts }
    };
    lines.map(row).collect()
}

/// Every row that there has to be: of each page what is shown and what is pressed, of those that name a service or a category
/// one for each, of the API each route.
fn wanted() -> Vec<(String, String)> {
    let mut wanted = Vec::new();
    for route in CitizenRoute::ALL {
        let pattern = route.pattern();
        let paths: Vec<String> = match route {
            CitizenRoute::Times => OF_SERVICES.map(|name| format!("/book/kep/{name}")).to_vec(),
            CitizenRoute::RequestNew => OF_CATEGORIES.map(|name| format!("/requests/new/{name}")).to_vec(),
            _ => vec![pattern.to_owned()],
        };
        for path in paths {
            wanted.extend(["GET", "POST"].map(|method| (method.to_owned(), path.clone())));
        }
    }
    for (method, path) in routes_in(API) {
        match path.as_str() {
            "/api/v1/offices/{office}/slots" => {
                wanted.extend(OF_SERVICES.map(|name| (method.clone(), format!("{path}?service={name}"))));
            }
            _ => wanted.push((method, path)),
        }
    }
    wanted
}

#[test]
fn pla_06_every_page_and_route_has_a_row_in_the_table_of_levels() {
    let (rows, wanted) = (rows(), wanted());
    let has = |(method, path): &(String, String)| rows.iter().any(|row| row.method == *method && row.path == *path);
    let missing: Vec<String> =
        wanted.iter().filter(|one| !has(one)).map(|(method, path)| format!("{method} {path}")).collect();
    assert!(missing.is_empty(), "levels.txt does not say what a level opens at:\n{}", missing.join("\n"));
    let is_wanted = |row: &&LevelRow| wanted.iter().any(|(method, path)| row.method == *method && row.path == *path);
    let strays: Vec<String> =
        rows.iter().filter(|row| !is_wanted(row)).map(|row| format!("{} {}", row.method, row.path)).collect();
    assert!(strays.is_empty(), "no route any more:\n{}", strays.join("\n"));
}

#[test]
fn pla_06_every_level_and_every_session_opens_what_the_table_says_and_nothing_else() {
    let scene = LeveledHouse::new();
    let found = |row: &LevelRow| (0..CALLERS.len()).map(|caller| scene.ask(row, caller)).collect::<Vec<char>>();
    // The letters of the records' page are what the page says: who may look is told, whoever else is not.
    let told = |caller: usize| {
        let mut browser = FormBrowser::with_cookies(&scene.house, &scene.callers[caller].cookies);
        looks(&mut browser).status
    };
    assert_eq!([1, 2, 3, 4, 5, 6].map(told), [403, 403, 403, 403, 200, 200]);
    let rows = rows();
    let (last, first): (Vec<&LevelRow>, Vec<&LevelRow>) = rows.iter().partition(|row| row.path == ENDING);
    let differs: Vec<String> = first
        .into_iter()
        .chain(last)
        .map(|row| (row, found(row)))
        .filter(|(row, found)| row.verdicts != *found)
        .map(|(row, found)| format!("{} {} {}", row.method, row.path, found.iter().collect::<String>()))
        .collect();
    assert!(differs.is_empty(), "found, and not as the table says ({}):\n{}", CALLERS.join(" "), differs.join("\n"));
}
