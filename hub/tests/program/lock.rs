//! Pages of staff lock: by a press, or when nobody is there; nothing of anybody is shown or done meanwhile, and nothing is
//! lost (NEW-08).

use std::{
    io::Read,
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use serde_json::json;

use crate::{
    house::{PASSWORD, ProgramHouse},
    http::{self, HttpAnswer},
    pages::FormBrowser,
};

pub const DESK: &str = "/staff/kep/desks/1";

pub fn wait(mut until: impl FnMut() -> bool, what: &str) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !until() {
        assert!(Instant::now() < deadline, "{what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

pub fn sign_in<'a>(house: &'a ProgramHouse, name: &str) -> FormBrowser<'a> {
    let mut browser = FormBrowser::new(house);
    let answer = browser.post("/login", "/login", &[("name", name), ("password", PASSWORD)]);
    assert_eq!(answer.status, 303, "{answer:?}");
    browser
}

/// A clerk at desk 1 with somebody in hand, whose number this is.
pub fn serving(house: &ProgramHouse, browser: &mut FormBrowser<'_>, admin: &str) -> String {
    assert_eq!(browser.post(DESK, &format!("{DESK}/open"), &[]).status, 303);
    let (kiosk, _) = house.pair(admin, "kiosk");
    let number = house.ticket(&kiosk).ok()["number"].as_str().unwrap().to_owned();
    assert_eq!(browser.post(DESK, &format!("{DESK}/calls"), &[]).status, 303);
    let visit = visit(&browser.get(DESK));
    assert_eq!(browser.post(DESK, &format!("{DESK}/appeared"), &[("visit", &visit)]).status, 303);
    number
}

/// The visit that a desk's page has in hand.
pub fn visit(page: &HttpAnswer) -> String {
    let rest = page.text.split("name=\"visit\" value=\"").nth(1).unwrap_or_else(|| panic!("nobody: {page:?}"));
    rest.split('"').next().unwrap().to_owned()
}

pub fn leads_to(answer: &HttpAnswer, path: &str) -> bool {
    answer.status == 303 && answer.headers.to_lowercase().contains(&format!("location: {path}\r\n"))
}

#[test]
fn new_08_a_locked_page_shows_nobody_does_nothing_and_loses_nothing() {
    let mut house = ProgramHouse::new();
    let admin = house.admin();
    let mut browser = sign_in(&house, "admin");
    let number = serving(&house, &mut browser, &admin);
    let open = browser.get(DESK);
    assert!(open.text.contains(&number) && open.text.contains("Κλείδωμα"), "{}", open.text);
    let (csrf, visit) = (browser.csrf(DESK), visit(&open));
    let feed = "/api/v1/offices/kep/feeds/floor";
    let cookies = browser.cookies();
    let mut line = http::open(
        &house.address,
        &format!("GET {feed} HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nCookie: {cookies}\r\n\r\n"),
        b"",
    );
    let locked = browser.post_with(&csrf, "/lock/now", &[("back", DESK)]);
    assert!(leads_to(&locked, "/lock"), "{locked:?}");
    // What the page followed ends at once.
    let mut rest = Vec::new();
    line.read_to_end(&mut rest).unwrap();
    // Whatever is asked for, by a page or by its script.
    for page in [DESK, "/staff", "/admin", "/admin/audit", "/staff/kep/bookings"] {
        let answer = browser.redraw(page);
        assert!(leads_to(&answer, "/lock") && !answer.text.contains(&number), "{page}: {answer:?}");
    }
    let page = browser.get("/lock");
    assert!(page.text.contains("Κλειδωμένο") && page.text.contains("admin"), "{}", page.text);
    for hidden in [number.as_str(), visit.as_str(), "/bookings", "class=\"tabs\""] {
        assert!(!page.text.contains(hidden), "{hidden}: {}", page.text);
    }
    let headers = page.headers.to_lowercase();
    assert!(headers.contains("cache-control: no-store") && headers.contains("clear-site-data: \"cache\""), "{headers}");
    let end = [("visit", visit.as_str()), ("outcome", "done")];
    let refused = browser.post_with(&csrf, &format!("{DESK}/finishes"), &end);
    assert_eq!(refused.status, 423, "{refused:?}");
    let from_script = [("cookie", cookies.as_str()), ("x-csrf-token", csrf.as_str())];
    let by_api = house.ask("POST", "/api/v1/offices/kep/desks/1/close", &from_script, "{}");
    assert_eq!(by_api.code(), "session-locked");
    assert_eq!(house.ask("GET", feed, &[("cookie", &cookies)], "").code(), "session-locked");
    assert_eq!(browser.redraw("/lock/when").status, 423);
    // A restart opens nothing.
    let address = house.address.clone();
    house.kill();
    house.start();
    assert_ne!(house.address, address);
    let mut browser = FormBrowser::with_cookies(&house, &cookies);
    assert!(leads_to(&browser.get(DESK), "/lock"));
    let wrong = browser.post("/lock", "/lock", &[("password", "μαντεψιά")]);
    assert_eq!(wrong.status, 401);
    assert!(wrong.text.contains("Το συνθηματικό δεν είναι σωστό"), "{}", wrong.text);
    let opened = browser.post("/lock", "/lock", &[("password", PASSWORD)]);
    assert!(leads_to(&opened, DESK), "back to where it was: {opened:?}");
    assert!(browser.get(DESK).text.contains(&number), "the visit is in hand as before");
    assert_eq!(browser.post(DESK, &format!("{DESK}/finishes"), &end).status, 303);
    wait(
        || {
            let page = house.page(&admin, "/admin/audit").text;
            ["Κλείδωμα", "Με κουμπί", "Αποτυχία ξεκλειδώματος", "Ξεκλείδωμα"].iter().all(|word| page.contains(word))
        },
        "the audit knows of all of it",
    );
}

#[test]
fn new_08_unlocking_is_throttled_like_signing_in() {
    let house = ProgramHouse::with_config("", "failed_logins_per_minute = 3\n");
    let mut browser = sign_in(&house, "admin");
    let csrf = browser.csrf("/staff");
    browser.post_with(&csrf, "/lock/now", &[]);
    let tries: Vec<u16> =
        (0..12).map(|_| browser.post_with(&csrf, "/lock", &[("password", "μαντεψιά")]).status).collect();
    assert!(tries.starts_with(&[401, 401, 401]) && tries.ends_with(&[429]), "{tries:?}");
    assert_eq!(browser.post_with(&csrf, "/lock", &[("password", PASSWORD)]).status, 429);
}

#[test]
fn new_08_a_page_locks_when_nobody_is_there_and_not_while_somebody_is_served_before_it() {
    let keys = "[sessions]\nidle_minutes = 2\nadmin_idle_minutes = 1\n";
    let mut house = ProgramHouse::files_with_config(keys, "");
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    // A minute is half a second.
    house.start_at("2026-11-24T09:00:00+02:00", "120");
    let admin = house.admin();
    let mut idle = sign_in(&house, "admin");
    idle.get("/admin");
    wait(|| idle.redraw("/lock/when").status == 423, "administration locks by itself");
    assert!(leads_to(&idle.redraw("/admin"), "/lock"));
    let mut browser = sign_in(&house, "admin");
    serving(&house, &mut browser, &admin);
    let visit = visit(&browser.get(DESK));
    let (cookies, began) = (browser.cookies(), house.clock(&admin));
    let line = http::open(
        &house.address,
        &format!("GET /api/v1/offices/kep/feeds/floor HTTP/1.1\r\nHost: hub\r\nCookie: {cookies}\r\n\r\n"),
        b"",
    );
    wait(|| house.clock(&admin) > began + TimeDelta::minutes(6), "three times as long as anybody may be idle");
    assert_eq!(browser.redraw("/lock/when").status, 200, "somebody is being served");
    assert_eq!(browser.redraw(DESK).status, 200);
    // The visit ends, by another way than this page: from then on the time counts.
    house.desk(&admin, 1, "finishes", &json!({"visit": visit, "outcome": "done"})).ok();
    assert_eq!(browser.redraw("/lock/when").status, 200, "and not from the last press");
    wait(|| browser.redraw("/lock/when").status == 423, "then it locks");
    drop(line);
    // A program is nobody who goes for coffee.
    house.get(&admin, "/api/v1/accounts").ok();
    wait(|| house.page(&admin, "/admin/audit").text.contains("Κανείς δεν ήταν εκεί"), "the audit says why");
}
