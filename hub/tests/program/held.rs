//! What held when the hub was attacked, and must go on holding: hosts that a stranger names, bodies without an end, JSON of a
//! hundred thousand brackets, a thousand readers that do not read. Twelve ways to write an address are in `attacks.rs`, files
//! of 20 MB in `memory.rs`.
//!
//! Shows NEW-08, NEW-14 and PROM-13.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    os::fd::OwnedFd,
    time::{Duration, Instant},
};

use rustix::{
    net::{AddressFamily, SocketType, connect, socket, sockopt::set_socket_recv_buffer_size},
    process::{Resource, Rlimit, getrlimit, setrlimit},
};
use serde_json::json;

use crate::{
    feeds::ReadFeed,
    guessing::peak_kib,
    house::{PASSWORD, ProgramHouse},
    http,
    letters::{letter_to, link},
    pages::{FormBrowser, solve},
    registers,
};

/// Nothing is waited for longer than this.
const DEADLINE: Duration = Duration::from_secs(30);
/// The host that strangers name; nothing is there.
const EVIL: &str = "evil.example";
const FORM: &str = "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n";

/// Sends a request as it is written, and gives everything that came back.
fn said(house: &ProgramHouse, request: &str) -> String {
    let mut reader = http::open(&house.address, request, b"");
    let mut answer = Vec::new();
    let _ = reader.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

/// The headers in which somebody names a host: of the request itself, and those that proxies write.
fn hosts(house: &ProgramHouse) -> [String; 5] {
    let own = format!("Host: {}\r\n", house.address);
    [
        format!("Host: {EVIL}\r\n"),
        format!("{own}X-Forwarded-Host: {EVIL}\r\nX-Forwarded-Proto: https\r\n"),
        format!("{own}Forwarded: for=192.0.2.1;host={EVIL};proto=https\r\n"),
        format!("{own}X-Original-Host: {EVIL}\r\nX-Host: {EVIL}\r\n"),
        format!("Host: {EVIL}:80@{}\r\n", house.address),
    ]
}

#[test]
fn new_08_the_host_that_a_stranger_names_stands_in_no_answer_and_in_no_mail() {
    // Also where a proxy is believed: it says who asks, and not what the hub is called.
    for proxy in ["", "[proxy]\ntrusted = [\"127.0.0.0/8\"]\n"] {
        let limits = "links_per_network_burst = 1000\nlinks_per_address_burst = 1000\nwork_prefix = 1\n";
        let house = ProgramHouse::with_config(proxy, limits);
        let admin = house.admin();
        let pages = [
            "/",
            "/login",
            "/book",
            "/register",
            "/requests",
            "/account",
            "/admin",
            "/staff",
            "/office/kep",
            "/nowhere",
        ];
        let api = ["/api/openapi.json", "/api/v1/challenges", "/api/v1/offices/kep/slots?service=signature"];
        for (nth, host) in hosts(&house).iter().enumerate() {
            for path in pages.into_iter().chain(api) {
                for who in ["", "Cookie: seira-session=none\r\n", &format!("Cookie: seira-session={admin}\r\n")] {
                    let answer = said(&house, &format!("GET {path} HTTP/1.1\r\n{host}Connection: close\r\n{who}\r\n"));
                    assert!(answer.starts_with("HTTP/1.1 "), "{path}, {host}: {answer:?}");
                    assert!(!answer.starts_with("HTTP/1.1 5"), "{path}, {host}: {answer}");
                    assert!(!answer.contains(EVIL), "{path}, {host}: {answer}");
                }
            }
            // What sends a mail with a link in it.
            let mut browser = FormBrowser::new(&house);
            let email = format!("maria{nth}@example.gr");
            let work = solve(&browser.get("/book?office=kep&service=family-status").text);
            let csrf = browser.csrf("/book?office=kep&service=family-status");
            let fields = format!(
                "csrf={csrf}&email={}&office=kep&service=family-status&altcha={}",
                email.replace('@', "%40"),
                percent(&work)
            );
            let request = format!(
                "POST /book HTTP/1.1\r\n{host}Connection: close\r\nCookie: {}\r\n{FORM}Content-Length: {}\r\n\r\n{fields}",
                browser.cookies(),
                fields.len()
            );
            let answer = said(&house, &request);
            assert!(!answer.contains(EVIL), "{host}: {answer}");
            // A host that is none is refused, and then there is no mail.
            if answer.starts_with("HTTP/1.1 303") {
                let mail = letter_to(&house, "start", &email);
                assert!(!mail.contains(EVIL) && mail.contains("/book/start/"), "{host}: {mail}");
            } else {
                assert!(answer.starts_with("HTTP/1.1 4"), "{host}: {answer}");
            }
        }
        // The hub did send some.
        let kinds = std::fs::read_dir(house.folder.path().join("mail")).unwrap().count();
        assert!(kinds >= 3, "{kinds} mails");
    }
}

/// Text as a form carries it.
fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Sends pieces of a body that never ends, until the hub takes no more: how much it took, and what it said.
fn endless(house: &ProgramHouse, head: &str, first: &str) -> (usize, String) {
    const MOST: usize = 256 * 1024 * 1024;
    let mut stream = TcpStream::connect(&house.address).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    stream.set_write_timeout(Some(DEADLINE)).unwrap();
    let chunk = |bytes: &[u8]| [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat();
    let head = format!("{head}Transfer-Encoding: chunked\r\n\r\n");
    stream.write_all(&[head.as_bytes(), &chunk(first.as_bytes())].concat()).unwrap();
    let piece = chunk(&vec![b'a'; 64 * 1024]);
    let mut sent = 0;
    while sent < MOST && stream.write_all(&piece).is_ok() {
        sent += piece.len();
    }
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    (sent, String::from_utf8_lossy(&answer).into_owned())
}

#[test]
fn prom_13_a_body_of_pieces_without_an_end_is_cut_off() {
    const TAKEN_MAX: usize = 64 * 1024 * 1024;
    let house = ProgramHouse::new();
    let admin = house.admin();
    let wish = json!({ "service": "driving-licence", "start": "2026-12-01T08:00:00Z", "name": "Μαρία",
        "email": "maria@example.gr" });
    house.post(&admin, "/api/v1/offices/kep/bookings", &wish).ok();
    let documents = format!("{}/documents", link(&letter_to(&house, "confirmation", ""), "/booking/"));
    let mut browser = FormBrowser::new(&house);
    let csrf = browser.csrf(&documents);
    let own = format!("Host: {}\r\nConnection: close\r\n", house.address);
    let cookie = format!("Cookie: {}\r\n", browser.cookies());
    let bearer = format!("Authorization: Bearer {admin}\r\nIdempotency-Key: 00000000-0000-4000-8000-000000000001\r\n");
    let file = format!(
        "--edge\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--edge\r\n\
         content-disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7\n"
    );
    let parts = format!("--edge\r\ncontent-disposition: form-data; name=\"{}", "n".repeat(100));
    let multipart = "Sec-Fetch-Site: same-origin\r\nContent-Type: multipart/form-data; boundary=edge\r\n";
    let json = "Content-Type: application/json\r\n";
    let bodies = [
        (format!("POST /api/v1/sessions HTTP/1.1\r\n{own}{json}"), "{\"name\":\"".to_owned()),
        (format!("POST /api/v1/offices/kep/tickets HTTP/1.1\r\n{own}{bearer}{json}"), "[".to_owned()),
        (format!("POST /login HTTP/1.1\r\n{own}{cookie}{FORM}"), format!("csrf={csrf}&name=")),
        (format!("POST /book HTTP/1.1\r\n{own}{FORM}"), "a=".to_owned()),
        (format!("POST {documents} HTTP/1.1\r\n{own}{cookie}{multipart}"), file),
        // The name of a part that has no end, and a file for which there is no page.
        (format!("POST {documents} HTTP/1.1\r\n{own}{cookie}{multipart}"), parts),
        (format!("POST /nowhere HTTP/1.1\r\n{own}"), "x".to_owned()),
        (format!("GET / HTTP/1.1\r\n{own}"), "x".to_owned()),
    ];
    let before = peak_kib(&house);
    for (head, first) in &bodies {
        let (sent, answer) = endless(&house, head, first);
        assert!(sent < TAKEN_MAX, "{sent} bytes were taken of {head}");
        // Who is cut off while still sending may not hear why.
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 ") && !answer.starts_with("HTTP/1.1 500"),
            "{answer}"
        );
        assert_eq!(house.get("", "/").status, 200, "after {head}");
    }
    // Pieces that are none.
    for piece in ["zz\r\nab\r\n", "-1\r\n", "ffffffffffffffffff\r\na", "1;x=y\r\na\r\n0\r\n", "\r\n\r\n"] {
        let head = format!("POST /api/v1/sessions HTTP/1.1\r\n{own}{json}Transfer-Encoding: chunked\r\n\r\n");
        let mut stream = TcpStream::connect(&house.address).unwrap();
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        stream.write_all(format!("{head}{piece}").as_bytes()).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        assert!(!answer.starts_with("HTTP/1.1 2") && !answer.starts_with("HTTP/1.1 500"), "{piece:?}: {answer}");
    }
    // Two lengths at once are how one request is hidden in another.
    let smuggled = "POST /api/v1/sessions HTTP/1.1\r\nHost: hub\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n\
                    0\r\n\r\nGET /nowhere HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n";
    let answer = said(&house, &smuggled.replace("Host: hub\r\nContent", "Host: hub\r\nConnection: close\r\nContent"));
    assert!(answer.matches("HTTP/1.1 ").count() <= 1, "{answer}");
    let grown = peak_kib(&house).saturating_sub(before);
    assert!(grown < 128 * 1024, "{grown} KiB more");
}

#[test]
fn new_14_json_of_a_hundred_thousand_brackets_is_told_to_be_none() {
    let house = ProgramHouse::with_config("", "body_bytes_max = 2000000\nfailed_logins_per_minute = 100000\n");
    let admin = house.admin();
    let (kiosk, _) = house.pair(&admin, "kiosk");
    let deep = |open: &str, close: &str, times: usize| format!("{}1{}", open.repeat(times), close.repeat(times));
    let kinds = [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":[", "]}]")];
    let paths = [
        ("", "/api/v1/sessions"),
        ("", "/api/v1/pairings"),
        ("", "/api/v1/start-links"),
        (kiosk.as_str(), "/api/v1/offices/kep/tickets"),
        (kiosk.as_str(), "/api/v1/devices/self/faults"),
        (admin.as_str(), "/api/v1/offices/kep/bookings"),
        (admin.as_str(), "/api/v1/offices/kep/suspensions"),
        (admin.as_str(), "/api/v1/offices/kep/desks/1/open"),
        (admin.as_str(), "/api/v1/accounts"),
    ];
    for (token, path) in paths {
        for (open, close) in kinds {
            for times in [127, 128, 129, 1_000, 100_000] {
                let body = deep(open, close, times);
                // As a value of a field that is known, too, and without its end.
                for body in [body.clone(), format!("{{\"service\":{body}}}"), open.repeat(times)] {
                    let bearer = format!("Bearer {token}");
                    let key = crate::house::fresh_id();
                    let mut headers = vec![("content-type", "application/json"), ("idempotency-key", key.as_str())];
                    headers.extend((!token.is_empty()).then_some(("authorization", bearer.as_str())));
                    let answer = house.ask("POST", path, &headers, &body);
                    assert!((400..500).contains(&answer.status), "{path}, {times} of {open}: {answer:?}");
                    // The API says what it is in a code and a sentence.
                    assert!(!answer.code().is_empty());
                }
            }
        }
    }
    // Forms hold text, and a challenge is JSON within one.
    let mut browser = FormBrowser::new(&house);
    let email = [("email", "maria@example.gr"), ("office", "kep"), ("service", "family-status")];
    let altcha = deep("{\"challenge\":", "}", 20_000);
    let fields = [email.as_slice(), &[("altcha", altcha.as_str())]].concat();
    let answer = browser.post("/book?office=kep&service=family-status", "/book", &fields);
    assert!((400..500).contains(&answer.status), "{answer:?}");
    assert_eq!(house.get("", "/").status, 200);
}

/// A reader with hardly any room for what it does not read.
fn small_reader(house: &ProgramHouse, request: &str) -> TcpStream {
    let line: OwnedFd = socket(AddressFamily::INET, SocketType::STREAM, None).unwrap();
    set_socket_recv_buffer_size(&line, 4_096).unwrap();
    let to: SocketAddr = house.address.parse().unwrap();
    connect(&line, &to).unwrap();
    let mut stream = TcpStream::from(line);
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    stream
}

#[test]
fn prom_13_a_thousand_readers_that_do_not_read_keep_nobody_waiting() {
    const READERS: usize = 1_000;
    const MEMORY_KIB_MAX: u64 = 256 * 1024;
    // This program needs the files itself.
    let files = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: files.maximum, ..files }).unwrap();
    let house = ProgramHouse::with_config("", "feeds_per_address_max = 2000\nwrite_idle_seconds_max = 1\n");
    let admin = house.admin();
    let (kiosk, _) = house.pair(&admin, "kiosk");
    let visit = house.ticket(&kiosk).ok()["visit"].as_str().unwrap().to_owned();
    // Some wait, so that what staff see is long.
    for _ in 0..60 {
        house.ticket(&kiosk);
    }
    let before = peak_kib(&house);
    let get = |path: &str, more: &str| format!("GET {path} HTTP/1.1\r\nHost: hub\r\n{more}\r\n");
    let feed = get(&format!("/v/{visit}/feed"), "");
    let citizens: Vec<TcpStream> = (0..READERS).map(|_| small_reader(&house, &feed)).collect();
    // Some of staff, whose views are long: what they do not read fills whatever lies between.
    let bearer = format!("Authorization: Bearer {admin}\r\n");
    let floor = get("/api/v1/offices/kep/feeds/floor", &bearer);
    let staff: Vec<TcpStream> = (0..10).map(|_| small_reader(&house, &floor)).collect();
    let mut reads = ReadFeed::open(&house, &kiosk, "/api/v1/offices/kep/feeds/kiosk");
    reads.message().unwrap();
    let words = "Διακοπή ρεύματος σε όλο το κτίριο. ".repeat(5);
    let mut longest = Duration::ZERO;
    let begun = Instant::now();
    let mut turns = 0_u32;
    // Long enough for whoever takes nothing to be hung up on.
    while begun.elapsed() < Duration::from_secs(6) || turns < 400 {
        let asked = Instant::now();
        let because = json!({ "el": format!("{words}{turns}"), "en": format!("{words}{turns}") });
        house.post(&admin, "/api/v1/offices/kep/suspensions", &json!({ "because": because })).ok();
        assert_eq!(house.get("", "/").status, 200);
        // Who reads is told of each.
        let newest = format!("{words}{turns}");
        reads.view(|view| view.to_string().contains(&newest));
        longest = longest.max(asked.elapsed());
        turns += 1;
    }
    assert!(longest < Duration::from_secs(5), "somebody waited {longest:?}");
    let grown = peak_kib(&house).saturating_sub(before);
    assert!(grown < MEMORY_KIB_MAX, "{grown} KiB more for {READERS} readers");
    // The hub has hung up on those who took nothing, and has their places again.
    for mut stream in staff {
        let mut rest = Vec::new();
        let ended = stream.read_to_end(&mut rest);
        // A line that is reset is closed too.
        let is_reset = |error: &std::io::Error| error.kind() == std::io::ErrorKind::ConnectionReset;
        assert!(ended.as_ref().map_or_else(is_reset, |_| true), "after {} bytes: {ended:?}", rest.len());
    }
    drop(citizens);
    house.post(&admin, "/api/v1/offices/kep/resumptions", &json!({})).ok();
    house.ticket(&kiosk).ok();
    house.sign_in("admin", PASSWORD);
}

#[test]
fn prom_13_bodies_of_twenty_megabytes_are_refused_everywhere_before_they_are_read() {
    const SENDERS: usize = 8;
    let house = ProgramHouse::new();
    let admin = house.admin();
    let before = peak_kib(&house);
    let body = vec![b'a'; 20 * 1024 * 1024];
    let bearer = format!("Bearer {admin}");
    let paths = [
        ("/login", "application/x-www-form-urlencoded"),
        ("/book", "application/x-www-form-urlencoded"),
        ("/register", "application/x-www-form-urlencoded"),
        ("/requests/new/cleaning", "application/x-www-form-urlencoded"),
        ("/admin/clerks", "application/x-www-form-urlencoded"),
        ("/api/v1/sessions", "application/json"),
        ("/api/v1/offices/kep/bookings", "application/json"),
        ("/api/v1/bounces", "message/rfc822"),
    ];
    for (path, kind) in paths {
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let one = || {
                let headers =
                    [("content-type", kind), ("authorization", bearer.as_str()), ("sec-fetch-site", "same-origin")];
                // Who is cut off while still sending may not hear why.
                http::try_ask(&house.address, "POST", path, &headers, &body).map_or(0, |answer| answer.status)
            };
            let senders: Vec<_> = (0..SENDERS).map(|_| scope.spawn(one)).collect();
            senders.into_iter().map(|sender| sender.join().unwrap()).collect()
        });
        assert!(statuses.iter().all(|status| *status == 0 || (400..500).contains(status)), "{path}: {statuses:?}");
    }
    let grown = peak_kib(&house).saturating_sub(before);
    assert!(grown < 64 * 1024, "{grown} KiB more");
    let mut browser = FormBrowser::new(&house);
    assert!(!registers::typed(&mut browser, "maria", "maria@example.gr").is_empty(), "pages are shown as before");
}
