//! People who come as usual, so many a second, each from an address of their own on a line that is kept, in the clear and
//! encrypted; and those who mean harm beside them. Every honest request is served: of those who look, of those who take a ticket,
//! and of those who are signed in and submit a request with a photograph.
//!
//! Shows PROM-13 and NEW-14.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    os::fd::OwnedFd,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use rustix::net::{AddressFamily, SocketType, bind, connect, socket};
use serde_json::json;
use tokio_rustls::rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};

use crate::{
    house::{PASSWORD, ProgramHouse, fresh_id},
    pages::FormBrowser,
    registers,
    sweep::{BIN, pdf},
};

/// So many a second are wished for; as many come as the machine gives.
const WISHED: u32 = 1_000;
/// Lines of honest people, on so many threads.
const LINES: u8 = 64;
const THREADS: u8 = 8;
/// How long they come alone, and beside the others.
const ALONE: Duration = Duration::from_secs(3);
const BESIDE: Duration = Duration::from_secs(8);
/// Of so many requests of a thread of people one is submitted to the body, as seldom as an account may.
const A_SUBMISSION_EACH: u32 = 100;
/// Ways of harm.
const WAYS: u8 = 11;
/// No answer is waited for longer.
const DEADLINE: Duration = Duration::from_secs(30);

/// A line, in the clear or encrypted.
trait HonestLine: Read + Write + Send {}

impl<T: Read + Write + Send> HonestLine for T {}

/// A line from an address of this machine's own network.
fn tcp_from(own: Ipv4Addr, to: &str) -> std::io::Result<TcpStream> {
    let line: OwnedFd = socket(AddressFamily::INET, SocketType::STREAM, None)?;
    bind(&line, &SocketAddr::from((own, 0)))?;
    let to: SocketAddr = to.parse().map_err(std::io::Error::other)?;
    connect(&line, &to)?;
    let stream = TcpStream::from(line);
    stream.set_read_timeout(Some(DEADLINE))?;
    stream.set_write_timeout(Some(DEADLINE))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// The hub, and how one speaks to it.
struct HonestDoor {
    house: ProgramHouse,
    /// Whom one believes, where it speaks TLS.
    trust: Option<Arc<ClientConfig>>,
}

impl HonestDoor {
    fn line_from(&self, own: Ipv4Addr) -> std::io::Result<Box<dyn HonestLine>> {
        let line = tcp_from(own, &self.house.address)?;
        let Some(trust) = &self.trust else { return Ok(Box::new(line)) };
        let name = ServerName::from(std::net::IpAddr::from(Ipv4Addr::LOCALHOST));
        let spoken = ClientConnection::new(Arc::clone(trust), name).map_err(std::io::Error::other)?;
        Ok(Box::new(StreamOwned::new(spoken, line)))
    }

    /// How browsers name a cookie there.
    fn cookie(&self, session: &str) -> String {
        let before = if self.trust.is_some() { "__Host-" } else { "" };
        format!("{before}seira-session={session}")
    }
}

/// Asks on a line that is kept, and reads the answer to its end.
fn ask_on(line: &mut BufReader<Box<dyn HonestLine>>, request: &[u8]) -> std::io::Result<u16> {
    line.get_mut().write_all(request)?;
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if line.read_line(&mut head)? == 0 {
            return Err(std::io::Error::other("the hub hung up"));
        }
    }
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    let length =
        head.to_lowercase().split("content-length: ").nth(1).and_then(|rest| rest.lines().next()?.parse().ok());
    let mut body = vec![0; length.ok_or_else(|| std::io::Error::other(format!("no length: {head}")))?];
    line.read_exact(&mut body)?;
    Ok(status)
}

/// What was asked, and how it went.
#[derive(Default)]
struct CrowdFigures {
    took: Vec<Duration>,
    failed: Vec<String>,
    lasted: Duration,
}

impl CrowdFigures {
    /// The time below which this share of the answers came.
    fn within(&mut self, share: f64) -> Duration {
        self.took.sort_unstable();
        let at = ((self.took.len().saturating_sub(1)) as f64 * share).round() as usize;
        self.took.get(at).copied().unwrap_or_default()
    }

    fn said(&mut self) -> String {
        let rate = self.took.len() as f64 / self.lasted.as_secs_f64();
        let (middle, most) = (self.within(0.5), self.within(0.99));
        let ms = |time: Duration| time.as_secs_f64() * 1_000.0;
        format!(
            "{} asked, {rate:.0}/s, p50 {:.1} ms, p99 {:.1} ms, {} failed",
            self.took.len(),
            ms(middle),
            ms(most),
            self.failed.len()
        )
    }
}

/// Whom a thread of people is known by: at a desk, and as a citizen with an account.
struct HonestPerson {
    token: String,
    cookie: String,
    csrf: String,
}

/// Honest people for so long: some take tickets, some submit requests, most look.
fn crowd(door: &HonestDoor, people: &[HonestPerson], wished: u32, time: Duration) -> CrowdFigures {
    let began = Instant::now();
    let mut all = std::thread::scope(|scope| {
        let one = |thread: u8| {
            let mut lines: Vec<_> = (0..LINES / THREADS)
                .map(|line| Ipv4Addr::new(127, 0, 2, 1 + thread * (LINES / THREADS) + line))
                .map(|own| BufReader::new(door.line_from(own).unwrap()))
                .collect();
            let mut figures = CrowdFigures::default();
            let interval = Duration::from_secs(1) * u32::from(THREADS) / wished;
            let count = lines.len();
            for nth in 0_u32.. {
                let due = began + interval * nth;
                if due.duration_since(began) >= time || began.elapsed() >= time {
                    break;
                }
                std::thread::sleep(due.saturating_duration_since(Instant::now()));
                // No two threads ask for the same at once.
                let (request, wanted) =
                    request(nth + 12 * u32::from(thread), &people[usize::from(thread) % people.len()]);
                let sent = Instant::now();
                match ask_on(&mut lines[nth as usize % count], &request) {
                    Ok(status) if status == wanted => figures.took.push(sent.elapsed()),
                    Ok(status) => figures.failed.push(format!("{status}")),
                    Err(error) => figures.failed.push(error.to_string()),
                }
            }
            figures
        };
        let threads: Vec<_> = (0..THREADS).map(|thread| scope.spawn(move || one(thread))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).fold(CrowdFigures::default(), |mut all, one| {
            all.took.extend(one.took);
            all.failed.extend(one.failed);
            all
        })
    });
    all.lasted = began.elapsed();
    all
}

/// What is asked next, and which status it has.
fn request(nth: u32, person: &HonestPerson) -> (Vec<u8>, u16) {
    let HonestPerson { token, cookie, csrf } = person;
    let get = |path: &str| (format!("GET {path} HTTP/1.1\r\nHost: hub\r\n\r\n").into_bytes(), 200);
    let own = |path: &str| (format!("GET {path} HTTP/1.1\r\nHost: hub\r\nCookie: {cookie}\r\n\r\n").into_bytes(), 200);
    if nth % A_SUBMISSION_EACH == A_SUBMISSION_EACH / 2 {
        return (submission(cookie, csrf), 303);
    }
    match nth % 20 {
        0 => {
            let body = json!({ "service": "signature" }).to_string();
            let head = format!(
                "POST /api/v1/offices/kep/tickets HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer {token}\r\n\
                 Idempotency-Key: {}\r\nContent-Length: {}\r\n\r\n{body}",
                fresh_id(),
                body.len()
            );
            (head.into_bytes(), 200)
        }
        1..=8 => get("/api/v1/offices/kep/slots?service=driving-licence"),
        9..=12 => get("/book"),
        13 => own("/account"),
        14 => own("/requests"),
        15..=17 => get("/"),
        18 => get("/register"),
        _ => get("/api/openapi.json"),
    }
}

/// A request with a photograph.
fn submission(cookie: &str, csrf: &str) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in BIN.into_iter().chain([("csrf", csrf), ("request", fresh_id().as_str())]) {
        let part = format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    body.extend(b"--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"bin.pdf\"\r\n\r\n");
    body.extend(pdf());
    body.extend(b"\r\n--b--\r\n");
    let head = format!(
        "POST /requests/new/cleaning HTTP/1.1\r\nHost: hub\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.into_bytes(), body].concat()
}

/// Those who mean harm, each in a way of their own, until it is over. What they are told does not matter, as long as it is no
/// fault of the hub's own; being told to come later is one of the answers.
fn hostile(way: u8, door: &HonestDoor, over: &AtomicBool, counted: &AtomicU64) {
    let own = Ipv4Addr::new(127, 0, 9, 1 + way);
    let shout = |bytes: &[u8]| -> Option<u16> {
        counted.fetch_add(1, Ordering::Relaxed);
        let mut line = door.line_from(own).ok()?;
        line.write_all(bytes).ok()?;
        let mut head = String::new();
        BufReader::new(line).read_line(&mut head).ok()?;
        head.split(' ').nth(1)?.parse().ok()
    };
    let post = |path: &str, body: &str| {
        let head =
            format!("POST {path} HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
        [head.as_bytes(), body.as_bytes()].concat()
    };
    let form = |path: &str, body: &str| {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        head.into_bytes()
    };
    let mut held = Vec::new();
    for nth in 0_u64.. {
        if over.load(Ordering::Relaxed) {
            break;
        }
        let status = match way {
            0 => shout(&post("/api/v1/sessions", &json!({ "name": "admin", "password": format!("{PASSWORD}{nth}") }).to_string())),
            1 => shout(&post("/api/v1/offices/kep/tickets", &"[".repeat(200_000))),
            2 => shout(&post("/book", &"a=%00&".repeat(10_000))),
            3 => {
                // Half a head, and a reader who does not read: a line each, held to the end.
                if held.len() < 300
                    && let Ok(mut line) = tcp_from(own, &door.house.address)
                {
                    // Where TLS is spoken, it is no word of that either.
                    let _ = line.write_all(b"GET / HTTP/1.1\r\nHost: hub\r\nX-Slow: ");
                    held.push(line);
                }
                std::thread::sleep(Duration::from_millis(5));
                None
            }
            4 => shout(&nth.to_le_bytes().repeat(500)),
            5 => shout(format!("GET /staff/kep/bookings/%0a/void?day=%2B262142-12-31&{} HTTP/1.1\r\nHost: evil\r\n\r\n", "a=b&".repeat(2_000)).as_bytes()),
            6 => shout(&post("/api/v1/pairings", &json!({ "kind": "kiosk", "name": "\u{202e}".repeat(50) }).to_string())),
            // Accounts without end, guesses at one that is there, and files from nobody.
            7 => shout(&form("/register", &format!("csrf=x&full-name=A&name=a{nth}&email=a{nth}%40example.gr&password=x&again=y"))),
            8 => shout(&form("/login", &format!("csrf=x&name=person0&password=guess{nth}"))),
            9 => shout(&submission("seira-session=none", "none")),
            _ => shout(format!("GET /api/v1/offices/kep/slots?service=driving-licence&from=2026-11-25&days=90&n={nth} HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n").as_bytes()),
        };
        assert!(status.is_none_or(|status| status < 500 || status == 503), "way {way}: {status:?}");
    }
}

/// A house with the limits that a house has which sets none, at work in a body; and people with accounts.
fn opened(speaks_tls: bool) -> (HonestDoor, Vec<HonestPerson>) {
    let mut house = ProgramHouse::files_with_config("body = \"body.toml\"\n", "");
    let file = house.folder.path().join("hub.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let text = text.split("[limits]").next().unwrap().to_owned();
    std::fs::write(&file, &text).unwrap();
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    house.start();
    // Nobody gives fifty numbers a second: a thread of people has a desk of its own.
    let sessions: Vec<_> = (0..THREADS).map(|nth| (house.admin(), registered(&house, nth))).collect();
    let trust = speaks_tls.then(|| {
        house.stop();
        let tls = "[tls]\ncertificate = \"tls/certificate.pem\"\nkey = \"tls/key.pem\"\n";
        std::fs::write(&file, format!("{text}{tls}")).unwrap();
        assert!(house.run_plain(&["make-ca", "--folder", "tls", "--name", "127.0.0.1"]).status.success());
        house.start();
        let ca = CertificateDer::from_pem_file(house.folder.path().join("tls/ca.pem")).unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(ca).unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let config = config.with_safe_default_protocol_versions().unwrap();
        Arc::new(config.with_root_certificates(roots).with_no_client_auth())
    });
    let door = HonestDoor { house, trust };
    let person = |(token, (session, csrf)): (String, (String, String))| HonestPerson {
        token,
        cookie: door.cookie(&session),
        csrf,
    };
    let people = sessions.into_iter().map(person).collect();
    (door, people)
}

/// Somebody with an account: their session, and the token of its forms.
fn registered(house: &ProgramHouse, nth: u8) -> (String, String) {
    let (name, mut browser) = (format!("person{nth}"), FormBrowser::new(house));
    let email = format!("{name}@example.gr");
    let typed = registers::typed(&mut browser, &name, &email);
    let typed: Vec<_> = typed.iter().map(|(name, text)| (*name, text.as_str())).collect();
    assert_eq!(browser.post("/register", "/register", &typed).status, 303);
    registers::opens_and_signs_in(&mut browser, &registers::link_of(house, &email), &name);
    (browser.cookie("seira-session"), browser.csrf("/requests/new/cleaning"))
}

fn everybody_is_served(speaks_tls: bool) {
    let (door, people) = opened(speaks_tls);
    let mut before = crowd(&door, &people, WISHED, ALONE);
    let (over, counted) = (AtomicBool::new(false), AtomicU64::new(0));
    let mut beside = std::thread::scope(|scope| {
        for way in 0..WAYS {
            let (door, over, counted) = (&door, &over, &counted);
            scope.spawn(move || hostile(way, door, over, counted));
        }
        let beside = crowd(&door, &people, WISHED, BESIDE);
        over.store(true, Ordering::Relaxed);
        beside
    });
    eprintln!("honest alone:  {}", before.said());
    eprintln!("honest beside: {}; {} hostile requests meanwhile", beside.said(), counted.load(Ordering::Relaxed));
    for figures in [&before, &beside] {
        assert!(figures.failed.is_empty(), "{:?}", &figures.failed[..figures.failed.len().min(10)]);
        assert!(!figures.took.is_empty());
    }
    let mut line = BufReader::new(door.line_from(Ipv4Addr::new(127, 0, 3, 1)).unwrap());
    assert_eq!(ask_on(&mut line, b"GET / HTTP/1.1\r\nHost: hub\r\n\r\n").unwrap(), 200);
    let kept: i64 = rusqlite::Connection::open(door.house.database())
        .unwrap()
        .query_row("SELECT count(*) FROM request", [], |row| row.get(0))
        .unwrap();
    assert!(kept > 0, "requests were submitted");
}

#[test]
fn new_14_every_honest_request_is_served_whatever_others_do() {
    everybody_is_served(false);
}

#[test]
fn new_14_every_honest_request_is_served_encrypted_too() {
    everybody_is_served(true);
}
