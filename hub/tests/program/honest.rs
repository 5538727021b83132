//! People who come as usual, so many a second, each from an address of their own on a line that is kept; and those who mean
//! harm beside them. Every honest request is served.
//!
//! Shows PROM-13 and NEW-14.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    os::fd::OwnedFd,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::{Duration, Instant},
};

use rustix::net::{AddressFamily, SocketType, bind, connect, socket};
use serde_json::json;

use crate::house::{PASSWORD, ProgramHouse, fresh_id};

/// So many a second are wished for; as many come as the machine gives.
const WISHED: u32 = 1_000;
/// Lines of honest people, on so many threads.
const LINES: u8 = 64;
const THREADS: u8 = 8;
/// How long they come alone, and beside the others.
const ALONE: Duration = Duration::from_secs(3);
const BESIDE: Duration = Duration::from_secs(8);
/// No answer is waited for longer.
const DEADLINE: Duration = Duration::from_secs(30);

/// A line from an address of this machine's own network.
pub fn line_from(own: Ipv4Addr, to: &str) -> std::io::Result<TcpStream> {
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

/// Asks on a line that is kept, and reads the answer to its end.
fn ask_on(line: &mut BufReader<TcpStream>, request: &[u8]) -> std::io::Result<u16> {
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
pub struct CrowdFigures {
    pub took: Vec<Duration>,
    pub failed: Vec<String>,
    lasted: Duration,
}

impl CrowdFigures {
    /// The time below which this share of the answers came.
    fn within(&mut self, share: f64) -> Duration {
        self.took.sort_unstable();
        let at = ((self.took.len().saturating_sub(1)) as f64 * share).round() as usize;
        self.took.get(at).copied().unwrap_or_default()
    }

    pub fn said(&mut self) -> String {
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

/// Honest people for so long: some take tickets, most look.
pub fn crowd(house: &ProgramHouse, tokens: &[String], wished: u32, time: Duration) -> CrowdFigures {
    let began = Instant::now();
    let mut all = std::thread::scope(|scope| {
        let one = |thread: u8| {
            let mut lines: Vec<_> = (0..LINES / THREADS)
                .map(|line| Ipv4Addr::new(127, 0, 2, 1 + thread * (LINES / THREADS) + line))
                .map(|own| BufReader::new(line_from(own, &house.address).unwrap()))
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
                let request = request(nth, &tokens[usize::from(thread) % tokens.len()]);
                let sent = Instant::now();
                match ask_on(&mut lines[nth as usize % count], &request) {
                    Ok(200) => figures.took.push(sent.elapsed()),
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

fn request(nth: u32, token: &str) -> Vec<u8> {
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: hub\r\n\r\n").into_bytes();
    match nth % 20 {
        0 => {
            let body = json!({ "service": "signature" }).to_string();
            format!(
                "POST /api/v1/offices/kep/tickets HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer {token}\r\n\
                 Idempotency-Key: {}\r\nContent-Length: {}\r\n\r\n{body}",
                fresh_id(),
                body.len()
            )
            .into_bytes()
        }
        1..=9 => get("/api/v1/offices/kep/slots?service=driving-licence"),
        10..=14 => get("/book"),
        15..=17 => get("/"),
        _ => get("/api/openapi.json"),
    }
}

/// Those who mean harm, each in a way of their own, until it is over. What they are told does not matter, as long as it is no
/// fault of the hub's own; being told to come later is one of the answers.
fn hostile(way: u8, house: &ProgramHouse, over: &AtomicBool, counted: &AtomicU64) {
    let own = Ipv4Addr::new(127, 0, 9, 1 + way);
    let shout = |bytes: &[u8]| -> Option<u16> {
        counted.fetch_add(1, Ordering::Relaxed);
        let mut line = line_from(own, &house.address).ok()?;
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
                    && let Ok(mut line) = line_from(own, &house.address)
                {
                    let _ = line.write_all(b"GET / HTTP/1.1\r\nHost: hub\r\nX-Slow: ");
                    held.push(line);
                }
                std::thread::sleep(Duration::from_millis(5));
                None
            }
            4 => shout(&nth.to_le_bytes().repeat(500)),
            5 => shout(format!("GET /staff/kep/bookings/%0a/void?day=%2B262142-12-31&{} HTTP/1.1\r\nHost: evil\r\n\r\n", "a=b&".repeat(2_000)).as_bytes()),
            6 => shout(&post("/api/v1/pairings", &json!({ "kind": "kiosk", "name": "\u{202e}".repeat(50) }).to_string())),
            _ => shout(format!("GET /api/v1/offices/kep/slots?service=driving-licence&from=2026-11-25&days=90&n={nth} HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n").as_bytes()),
        };
        assert!(status.is_none_or(|status| status < 500 || status == 503), "way {way}: {status:?}");
    }
}

#[test]
fn new_14_every_honest_request_is_served_whatever_others_do() {
    let mut house = ProgramHouse::files();
    // With the limits that a house has which sets none.
    let file = house.folder.path().join("hub.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.split("[limits]").next().unwrap()).unwrap();
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    house.start();
    // Nobody gives fifty numbers a second: a thread of people has a desk of its own.
    let tokens: Vec<String> = (0..THREADS).map(|_| house.admin()).collect();
    let mut before = crowd(&house, &tokens, WISHED, ALONE);
    let (over, counted) = (AtomicBool::new(false), AtomicU64::new(0));
    let mut beside = std::thread::scope(|scope| {
        for way in 0..8 {
            let (house, over, counted) = (&house, &over, &counted);
            scope.spawn(move || hostile(way, house, over, counted));
        }
        let beside = crowd(&house, &tokens, WISHED, BESIDE);
        over.store(true, Ordering::Relaxed);
        beside
    });
    eprintln!("honest alone:  {}", before.said());
    eprintln!("honest beside: {}; {} hostile requests meanwhile", beside.said(), counted.load(Ordering::Relaxed));
    for figures in [&before, &beside] {
        assert!(figures.failed.is_empty(), "{:?}", &figures.failed[..figures.failed.len().min(10)]);
        assert!(!figures.took.is_empty());
    }
    assert_eq!(house.get("", "/").status, 200);
}
