//! The load of the chaos: takers of tickets, applicants with their requests, one of them who wishes for level B and then does
//! not; and what of all that was acknowledged is there afterwards.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use serde_json::{Value, json};

use crate::{
    house::{ProgramHouse, fresh_id},
    http::{self, HttpAnswer},
    pages::FormBrowser,
    registers,
    sweep::{BIN, body_scene::PROFILE, press::encoded},
};

/// Between two tickets of one taker: a busy kiosk, ten times over, and within half an hour not all 65,535 numbers of a letter.
const PAUSE: Duration = Duration::from_millis(150);
/// Between two wishes.
const BETWEEN_WISHES: Duration = Duration::from_millis(600);
/// An account submits no more within a day.
pub const REQUESTS_EACH: usize = 20;
/// Of what was acknowledged so much is asked for once more at the end; all of it is looked for in the journal.
const ASKED_AGAIN_MAX: usize = 2_000;
const TICKETS: &str = "/api/v1/offices/kep/tickets";
const CATEGORY: &str = "/requests/new/cleaning";
const LEVEL: &str = "/account/level";
/// The year of the story, as numbers of the protocol say it.
const YEAR: i64 = 2026;

/// What the load knows of what it was told.
#[derive(Default)]
pub struct SoakLedger {
    /// Each ticket that was acknowledged, by the id of its command.
    pub given: BTreeMap<String, Value>,
    /// Each request that was acknowledged, by its id, with the number that its receipt showed.
    pub submitted: BTreeMap<String, Option<String>>,
    /// Wishes for level B that were acknowledged, stated or dropped by turns.
    pub wishes: u64,
    /// What was said otherwise.
    pub otherwise: BTreeMap<String, u64>,
}

impl SoakLedger {
    fn told_otherwise(&mut self, what: &str, answer: &io::Result<HttpAnswer>) {
        let said = match answer {
            Ok(answer) => answer.status.to_string(),
            Err(_) => "no answer".to_owned(),
        };
        *self.otherwise.entry(format!("{what}: {said}")).or_default() += 1;
    }
}

/// What takers ask for. Its letter is not the one of the desk's own tickets, which a disk that fills up takes by the thousand.
fn wish() -> Value {
    json!({ "service": "family-status" })
}

/// Takes tickets by the kiosk's token, one after the other, each asked for until there is an answer.
pub fn take_tickets(way: &str, token: &str, over: &AtomicBool, ledger: &Mutex<SoakLedger>) {
    let bearer = format!("Bearer {token}");
    while !over.load(Ordering::Relaxed) {
        let id = fresh_id();
        let body = wish().to_string();
        let headers = [("authorization", bearer.as_str()), ("idempotency-key", id.as_str())];
        while !over.load(Ordering::Relaxed) {
            let answer = http::try_ask(way, "POST", TICKETS, &headers, body.as_bytes());
            let mut ledger = ledger.lock().unwrap();
            let said = answer.as_ref().ok().map(|answer| (answer.status, serde_json::from_str::<Value>(&answer.text)));
            if let Some((200, Ok(ticket))) = said {
                ledger.given.insert(id.clone(), ticket);
                break;
            }
            ledger.told_otherwise("a ticket", &answer);
            drop(ledger);
            std::thread::sleep(PAUSE);
            // A no of the office is kept as the command's answer: whoever asks once more does so anew.
            if matches!(said, Some((409, _))) {
                break;
            }
        }
        std::thread::sleep(PAUSE);
    }
}

/// A citizen with an account who is signed in.
pub struct SoakApplicant {
    cookies: String,
    csrf: String,
}

impl SoakApplicant {
    /// Registers, while letters lie in the house's folder, and fills in what is certified.
    pub fn registered(house: &ProgramHouse, nth: usize) -> Self {
        let (name, mut browser) = (format!("applicant{nth}"), FormBrowser::new(house));
        let email = format!("{name}@example.gr");
        let typed = registers::typed(&mut browser, &name, &email);
        let typed: Vec<_> = typed.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let sent = browser.post("/register", "/register", &typed);
        assert_eq!(sent.status, 303, "{sent:?}");
        registers::opens_and_signs_in(&mut browser, &registers::link_of(house, &email), &name);
        let filled = browser.post("/account/details", "/account/details", &PROFILE);
        assert_eq!(filled.status, 303, "{filled:?}");
        let csrf = browser.csrf(CATEGORY);
        Self { cookies: browser.cookies(), csrf }
    }

    /// Sends a form of theirs.
    fn posts(&self, way: &str, path: &str, fields: &[(&str, &str)]) -> io::Result<HttpAnswer> {
        let mut body = format!("csrf={}", encoded(&self.csrf));
        for (name, value) in fields {
            body.push_str(&format!("&{name}={}", encoded(value)));
        }
        let headers = [
            ("cookie", self.cookies.as_str()),
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
        ];
        http::try_ask(way, "POST", path, &headers, body.as_bytes())
    }

    /// The number on the receipt of a request, if it can be had now.
    fn number(&self, way: &str, request: &str) -> Option<String> {
        let headers = [("cookie", self.cookies.as_str())];
        let shown = http::try_ask(way, "GET", &format!("/requests/{request}/receipt"), &headers, b"").ok()?;
        let (_, rest) = shown.text.split_once("<dd class=\"big\">")?;
        Some(rest.split('<').next()?.to_owned())
    }
}

/// Whether an answer leads there.
fn leads_to(answer: &io::Result<HttpAnswer>, path: &str) -> bool {
    let leads = |answer: &HttpAnswer| {
        answer.headers.lines().any(|line| line.to_lowercase().strip_prefix("location: ") == Some(path))
    };
    answer.as_ref().is_ok_and(|answer| answer.status == 303 && leads(answer))
}

/// Submits requests, of one applicant after the other, each sent until it is acknowledged: as many as their accounts may in a day.
pub fn submit_requests(
    way: &str,
    applicants: &[SoakApplicant],
    pause: Duration,
    over: &AtomicBool,
    ledger: &Mutex<SoakLedger>,
) {
    for applicant in applicants.iter().cycle().take(applicants.len() * REQUESTS_EACH) {
        let id = fresh_id();
        let fields: Vec<(&str, &str)> = BIN.into_iter().chain([("request", id.as_str())]).collect();
        let receipt = format!("/requests/{id}/receipt");
        while !over.load(Ordering::Relaxed) {
            let answer = applicant.posts(way, CATEGORY, &fields);
            if leads_to(&answer, &receipt) {
                let number = applicant.number(way, &id);
                ledger.lock().unwrap().submitted.insert(id, number);
                break;
            }
            ledger.lock().unwrap().told_otherwise("a request", &answer);
            std::thread::sleep(PAUSE);
        }
        if over.load(Ordering::Relaxed) {
            return;
        }
        std::thread::sleep(pause);
    }
}

/// Wishes for level B, and then does not, by turns; each is sent until it is acknowledged.
pub fn wish_by_turns(way: &str, applicant: &SoakApplicant, over: &AtomicBool, ledger: &Mutex<SoakLedger>) {
    while !over.load(Ordering::Relaxed) {
        let nth = ledger.lock().unwrap().wishes;
        let answer = applicant.posts(way, LEVEL, &[("wish", if nth.is_multiple_of(2) { "yes" } else { "no" })]);
        let mut ledger = ledger.lock().unwrap();
        if leads_to(&answer, LEVEL) {
            ledger.wishes += 1;
        } else {
            ledger.told_otherwise("a wish", &answer);
        }
        drop(ledger);
        std::thread::sleep(BETWEEN_WISHES);
    }
}

/// How many tickets the journal has of the day, those of the desk included.
pub fn tickets_taken(house: &ProgramHouse) -> u64 {
    let journal = String::from_utf8(house.run(&["export"]).stdout).unwrap();
    journal.lines().filter(|line| line.contains("ticket-taken")).map(|_| 1).sum()
}

/// Every ticket that was acknowledged, to the takers or at the board's kiosk, is in the journal, once, and is answered as before.
pub fn tickets_are_there(house: &ProgramHouse, token: &str, (ledger, at_kiosk): (&SoakLedger, &[Value])) {
    let mut numbers = BTreeMap::new();
    for ticket in ledger.given.values().chain(at_kiosk) {
        let (number, visit) = (ticket["number"].as_str().unwrap(), ticket["visit"].as_str().unwrap());
        let other = numbers.insert(number, visit);
        assert!(other.is_none(), "{number} was given to {other:?} and to {visit}");
    }
    let journal = String::from_utf8(house.run(&["export"]).stdout).unwrap();
    let taken: String = journal.lines().filter(|line| line.contains("ticket-taken")).collect();
    let kept: BTreeSet<&str> = taken.split('"').collect();
    for (number, visit) in &numbers {
        assert!(kept.contains(visit), "{number} was acknowledged and is not in the journal");
    }
    let step = ledger.given.len() / ASKED_AGAIN_MAX + 1;
    for (id, ticket) in ledger.given.iter().step_by(step) {
        let again = house.post_as(token, id, TICKETS, &wish()).ok();
        let of = |ticket: &Value| (ticket["number"].clone(), ticket["visit"].clone());
        assert_eq!(of(&again), of(ticket), "the same command has another answer now");
    }
}

/// Every request that was acknowledged is there with the number that was shown; numbers are the body's own, each once, and none
/// is left out. The wish that was acknowledged last stands, and each is one step.
pub fn body_is_there(database: &rusqlite::Connection, ledger: &SoakLedger) {
    let select = "SELECT public, year, number FROM request WHERE series = 'official' ORDER BY number";
    let mut select = database.prepare(select).unwrap();
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    let rows: Vec<(Vec<u8>, i64, i64)> = rows.map(Result::unwrap).collect();
    let numbers: Vec<(i64, i64)> = rows.iter().map(|(_, year, number)| (*year, *number)).collect();
    let without_gaps: Vec<(i64, i64)> = (1..).map(|number| (YEAR, number)).take(rows.len()).collect();
    assert_eq!(numbers, without_gaps, "the body's numbers");
    let kept: BTreeMap<String, String> = rows
        .iter()
        .map(|(id, year, number)| (uuid::Uuid::from_slice(id).unwrap().to_string(), format!("{number}/{year}")))
        .collect();
    for (id, shown) in &ledger.submitted {
        let number = kept.get(id).unwrap_or_else(|| panic!("{id} was acknowledged and is not there"));
        assert!(shown.as_ref().is_none_or(|shown| shown == number), "{shown:?} was shown, and {number} is kept");
    }
    let last: i64 = of(database, "SELECT last FROM protocol_series WHERE kind = 'official'");
    assert_eq!(usize::try_from(last).unwrap(), rows.len(), "the series ends with the last request");
    let steps: i64 = of(database, "SELECT count(*) FROM body_journal WHERE kind IN ('level-wished', 'wish-dropped')");
    // The last may have been done without an answer.
    let steps = u64::try_from(steps).unwrap();
    assert!([ledger.wishes, ledger.wishes + 1].contains(&steps), "{steps} steps for {} wishes", ledger.wishes);
}

fn of(database: &rusqlite::Connection, select: &str) -> i64 {
    database.query_row(select, [], |row| row.get(0)).unwrap()
}
