//! Guesses at passwords: no more are judged than may be, however they come, and nobody is shut out by those of others.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use serde_json::json;

use crate::{
    house::{PASSWORD, ProgramHouse},
    http::HttpAnswer,
    pages::FormBrowser,
    registers,
};

/// Posts that come at once.
const BURST: usize = 300;
/// What they may take beside what the hub has anyway: each hash takes 19 MiB while it lasts, and two last at once. The C
/// library keeps some of the blocks that were given back (from 60 to 220 MiB were seen), which three hundred at once must not
/// take: those would be 5,700.
const MEMORY_KIB_MAX: u64 = 300 * 1024;

/// So much memory the hub has had at most.
pub fn peak_kib(house: &ProgramHouse) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", house.process())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// A post whose last byte is held back.
fn held_back(house: &ProgramHouse, path: &str, headers: &str, body: &str) -> (TcpStream, u8) {
    let (head, last) = body.as_bytes().split_at(body.len() - 1);
    let mut stream = TcpStream::connect(&house.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(&[request.as_bytes(), head].concat()).unwrap();
    (stream, last[0])
}

fn status(stream: TcpStream) -> u16 {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let mut rest = Vec::new();
    let _ = reader.read_to_end(&mut rest);
    line.split(' ').nth(1).unwrap_or_else(|| panic!("no status: {line:?}")).parse().unwrap()
}

fn burst(house: &ProgramHouse, path: &str, headers: &str, body: impl Fn(usize) -> String) -> Vec<u16> {
    let held: Vec<_> = (0..BURST).map(|nth| held_back(house, path, headers, &body(nth))).collect();
    let mut streams = Vec::new();
    for (mut stream, last) in held {
        stream.write_all(&[last]).unwrap();
        streams.push(stream);
    }
    streams.into_iter().map(status).collect()
}

#[test]
fn new_08_of_three_hundred_posts_held_back_no_more_are_judged_than_may_be() {
    let house = ProgramHouse::new();
    let before = peak_kib(&house);
    // At names of all kinds, so that it is the network's limit that holds; the right password comes last.
    let body = |nth: usize| match nth {
        299 => json!({"name": "admin", "password": PASSWORD}).to_string(),
        nth => json!({"name": format!("{}{nth}", if nth % 2 == 0 { "admin" } else { "x" }), "password": "μαντεψιά"})
            .to_string(),
    };
    let begun = Instant::now();
    let statuses = burst(&house, "/api/v1/sessions", "", body);
    // Ten, and what comes back while the machine is at it: ten a minute.
    let most = 10 + usize::try_from(begun.elapsed().as_secs() * 10 / 60).unwrap();
    let judged = statuses.iter().filter(|status| matches!(status, 200 | 401)).count();
    assert!((1..=most).contains(&judged), "{judged} were judged: {statuses:?}");
    assert!(statuses.iter().all(|status| matches!(status, 200 | 401 | 429 | 503)), "{statuses:?}");
    let grown = peak_kib(&house) - before;
    assert!(grown < MEMORY_KIB_MAX, "{grown} KiB more");
    // The hub serves on.
    assert_eq!(house.get("", "/").status, 200);
}

#[test]
fn new_08_the_page_where_everybody_signs_in_judges_no_more_either() {
    let (path, name) = ("/login", "name");
    let house = ProgramHouse::new();
    let mut browser = FormBrowser::new(&house);
    let csrf = browser.csrf(path);
    let form = "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded";
    let cookie = format!("Cookie: {}\r\n{form}\r\n", browser.cookies());
    let begun = Instant::now();
    let body = |nth: usize| format!("csrf={csrf}&{name}=maria{}%40example.gr&password=wrong-one", nth % 7);
    let statuses = burst(&house, path, &cookie, body);
    let most = 10 + usize::try_from(begun.elapsed().as_secs() * 10 / 60).unwrap();
    let judged = statuses.iter().filter(|status| **status == 401).count();
    assert!((1..=most).contains(&judged), "{path}: {judged} were judged: {statuses:?}");
    assert!(statuses.iter().all(|status| matches!(status, 401 | 429 | 503)), "{path}: {statuses:?}");
}

#[test]
fn new_08_the_page_that_opens_an_account_judges_no_more_either() {
    let house = ProgramHouse::new();
    let mut browser = FormBrowser::new(&house);
    let typed = registers::typed(&mut browser, "maria", "maria@example.gr");
    let typed: Vec<_> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(browser.post("/register", "/register", &typed).status, 303);
    let link = registers::link_of(&house, "maria@example.gr");
    let before = peak_kib(&house);
    let csrf = browser.csrf(&link);
    let form = "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded";
    let cookie = format!("Cookie: {}\r\n{form}\r\n", browser.cookies());
    let begun = Instant::now();
    // Whoever has the mail has the link, and guesses at the password that was chosen.
    let statuses = burst(&house, &link, &cookie, |nth| format!("csrf={csrf}&password=wrong-{nth}"));
    let most = 10 + usize::try_from(begun.elapsed().as_secs() * 10 / 60).unwrap();
    let judged = statuses.iter().filter(|status| matches!(status, 401 | 422)).count();
    assert!((1..=most).contains(&judged), "{judged} were judged: {statuses:?}");
    assert!(statuses.iter().all(|status| matches!(status, 401 | 422 | 429 | 503)), "{statuses:?}");
    let grown = peak_kib(&house) - before;
    assert!(grown < MEMORY_KIB_MAX, "{grown} KiB more");
}

#[test]
fn new_08_where_many_may_guess_the_queue_of_hashes_ends_and_says_so() {
    let house = ProgramHouse::with_config("", "failed_logins_per_minute = 100000\n");
    let before = peak_kib(&house);
    let mut browser = FormBrowser::new(&house);
    let csrf = browser.csrf("/login");
    let form = "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded";
    let cookie = format!("Cookie: {}\r\n{form}\r\n", browser.cookies());
    let body = |nth: usize| format!("csrf={csrf}&name=admin&password=wrong-{nth}");
    let statuses = burst(&house, "/login", &cookie, body);
    let of = |wanted: u16| statuses.iter().filter(|status| **status == wanted).count();
    assert_eq!(of(401) + of(503), BURST, "{statuses:?}");
    assert!(of(401) > 0 && of(503) > 0, "{statuses:?}");
    let grown = peak_kib(&house) - before;
    assert!(grown < MEMORY_KIB_MAX, "{grown} KiB more");
    // What was not judged did not count, and the right one gets in.
    house.sign_in("admin", PASSWORD);
}

/// Signs in by the page.
fn sign_in(browser: &mut FormBrowser<'_>, name: &str, password: &str, more: &[(&str, &str)]) -> HttpAnswer {
    let fields = [&[("name", name), ("password", password)], more].concat();
    browser.post("/login", "/login", &fields)
}

#[test]
fn new_08_guesses_at_a_name_shut_nobody_out_of_it() {
    let house = ProgramHouse::with_config(
        "[proxy]\ntrusted = [\"127.0.0.1\"]\n",
        "failed_logins_per_minute = 2\nwork_prefix = 1\n",
    );
    // Somebody of staff has signed in from the office, long ago.
    let mut known = FormBrowser::from(&house, "192.0.2.1");
    assert_eq!(sign_in(&mut known, "admin", PASSWORD, &[]).status, 303);
    // Somebody else uses the name up, from many networks.
    for last in 1..=10 {
        let mut stranger = FormBrowser::from(&house, &format!("198.51.100.{last}"));
        sign_in(&mut stranger, "admin", "wrong-one", &[]);
    }
    // A browser that nobody knows is asked for a challenge, though it has the right password ...
    let mut new = FormBrowser::from(&house, "203.0.113.7");
    let asked = sign_in(&mut new, "admin", PASSWORD, &[]);
    assert_eq!(asked.status, 429, "{asked:?}");
    assert!(asked.text.contains("data-work="), "{asked:?}");
    assert!(asked.text.contains("letters"), "also without script: {asked:?}");
    // ... and gets in with it, once; the same answer serves nobody else.
    let work = crate::pages::solve(&asked.text);
    let mut other = FormBrowser::from(&house, "203.0.113.8");
    assert_eq!(sign_in(&mut new, "admin", PASSWORD, &[("altcha", &work)]).status, 303);
    assert_eq!(sign_in(&mut other, "admin", PASSWORD, &[("altcha", &work)]).status, 429);
    // A browser that is known is asked for nothing.
    known.forget_session();
    assert_eq!(sign_in(&mut known, "admin", PASSWORD, &[]).status, 303);
    // And what it keeps is good for its own name alone.
    let mut thief = FormBrowser::from(&house, "203.0.113.9");
    thief.take_known_of(&known);
    assert_ne!(sign_in(&mut thief, "someone", "wrong-one", &[]).status, 303);
}

#[test]
fn new_08_a_known_browser_has_no_more_guesses_than_others() {
    let house = ProgramHouse::with_config("", "failed_logins_per_minute = 2\n");
    let mut browser = FormBrowser::new(&house);
    assert_eq!(sign_in(&mut browser, "admin", PASSWORD, &[]).status, 303);
    browser.forget_session();
    let statuses: Vec<u16> = (0..15).map(|_| sign_in(&mut browser, "admin", "wrong-one", &[]).status).collect();
    // One more has come back after half a minute.
    let judged = statuses.iter().filter(|status| **status == 401).count();
    assert!((4..=5).contains(&judged), "its own two, and its network's: {statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 15 - judged);
}

#[test]
fn prom_13_behind_a_proxy_each_network_has_its_own_limits_and_strangers_name_nobody() {
    let wrong = json!({"name": "nobody", "password": "μαντεψιά"}).to_string();
    let guess =
        |house: &ProgramHouse, headers: &[(&str, &str)]| house.ask("POST", "/api/v1/sessions", headers, &wrong).status;
    let house = ProgramHouse::with_config("[proxy]\ntrusted = [\"127.0.0.0/8\"]\n", "failed_logins_per_minute = 3\n");
    let wrong_name = |nth: usize| json!({"name": format!("n{nth}"), "password": "μαντεψιά"}).to_string();
    let from = |list: &str, nth: usize| {
        house.ask("POST", "/api/v1/sessions", &[("x-forwarded-for", list)], &wrong_name(nth)).status
    };
    let first: Vec<u16> = (0..4).map(|nth| from("198.51.100.1", nth)).collect();
    assert_eq!(first, [401, 401, 401, 429]);
    // What the other end wrote itself changes nothing, and another network is another.
    assert_eq!(from("203.0.113.1, 198.51.100.1", 4), 429);
    assert_eq!(from("203.0.113.1", 5), 401);
    let six: Vec<u16> = (0..4).map(|nth| from(&format!("2001:db8::{nth:x}"), 10 + nth)).collect();
    assert_eq!(six, [401, 401, 401, 429], "a /64 is one");
    assert_eq!(from("2001:db8:0:1::1", 20), 401);
    // Without a word about proxies nobody is believed.
    let house = ProgramHouse::with_config("", "failed_logins_per_minute = 3\n");
    let same: Vec<u16> = (0..4)
        .map(|nth| {
            let address = format!("198.51.100.{nth}");
            guess(&house, &[("x-forwarded-for", &address), ("forwarded", &format!("for={address}"))])
        })
        .collect();
    assert_eq!(same, [401, 401, 401, 429]);
}

#[test]
fn prom_13_the_proxy_protocol_names_the_other_end_and_nobody_comes_in_without() {
    let house = ProgramHouse::with_config(
        "[proxy]\ntrusted = [\"127.0.0.1\"]\nword = \"proxy-protocol\"\n",
        "failed_logins_per_minute = 3\n",
    );
    let ask = |announcement: &[u8], nth: usize| {
        let body = json!({"name": format!("n{nth}"), "password": "μαντεψιά"}).to_string();
        let request = format!(
            "POST /api/v1/sessions HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(&house.address).unwrap();
        stream.write_all(&[announcement, request.as_bytes()].concat()).unwrap();
        status(stream)
    };
    let one = b"PROXY TCP4 198.51.100.1 127.0.0.1 4711 80\r\n";
    let two =
        [b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c".as_slice(), &[198, 51, 100, 1, 127, 0, 0, 1, 1, 1, 0, 80]].concat();
    assert_eq!([ask(one, 0), ask(&two, 1), ask(one, 2), ask(&two, 3)], [401, 401, 401, 429]);
    assert_eq!(ask(b"PROXY TCP4 203.0.113.1 127.0.0.1 4711 80\r\n", 4), 401);
    let mut bare = TcpStream::connect(&house.address).unwrap();
    bare.write_all(b"GET / HTTP/1.1\r\nHost: hub\r\n\r\n").unwrap();
    let mut said = String::new();
    let _ = bare.read_to_string(&mut said);
    assert_eq!(said, "");
}
