//! Connections that never finish, never read or never end: whoever else comes is let in (PROM-13).

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    sync::mpsc::{self, RecvTimeoutError},
    time::{Duration, Instant},
};

use serde_json::json;

use crate::{
    feeds::ReadFeed,
    house::{PASSWORD, ProgramHouse},
    http,
    pages::FormBrowser,
};

/// Nothing is waited for longer than this.
const DEADLINE: Duration = Duration::from_secs(30);
/// The interval between two bytes of a slow sender.
const DRIP: Duration = Duration::from_millis(20);
const HALF_A_HEAD: &str = "POST /api/v1/sessions HTTP/1.1\r\nHost: hub\r\nX-Slow: ";

/// A house whose limits are such as these.
fn house(limits: &str) -> ProgramHouse {
    ProgramHouse::with_config("", limits)
}

fn connect(house: &ProgramHouse) -> TcpStream {
    let stream = TcpStream::connect(&house.address).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    stream.set_write_timeout(Some(DEADLINE)).unwrap();
    stream
}

fn half_sent(house: &ProgramHouse) -> TcpStream {
    let mut stream = connect(house);
    stream.write_all(HALF_A_HEAD.as_bytes()).unwrap();
    stream
}

/// Waits until the hub hangs up; gives what it said before.
fn until_closed(mut stream: impl Read) -> String {
    let mut said = Vec::new();
    // A line that is reset is closed too.
    if let Err(error) = stream.read_to_end(&mut said) {
        assert!(error.kind() == std::io::ErrorKind::ConnectionReset, "the hub did not hang up: {error}");
    }
    String::from_utf8_lossy(&said).into_owned()
}

/// Sends one byte per interval until the hub has hung up, which the other end of the same line tells; gives what it said.
fn dripping(mut line: TcpStream, reader: impl Read + Send + 'static) -> String {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || tell.send(until_closed(reader)));
    loop {
        match told.recv_timeout(DRIP) {
            Ok(said) => return said,
            // A line that takes no more is told of at its other end.
            Err(RecvTimeoutError::Timeout) => drop(line.write_all(b"x")),
            Err(RecvTimeoutError::Disconnected) => panic!("nobody saw the hub hang up"),
        }
    }
}

/// Asks on a connection that stays open.
fn ask(reader: &mut BufReader<TcpStream>, path: &str, bearer: &str) -> u16 {
    let request = format!("GET {path} HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer {bearer}\r\n\r\n");
    let request = if bearer.is_empty() { request.replace("Authorization: Bearer \r\n", "") } else { request };
    reader.get_mut().write_all(request.as_bytes()).unwrap();
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let status = line.split(' ').nth(1).unwrap_or_else(|| panic!("no status: {line:?}")).parse().unwrap();
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(&mut line).unwrap();
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    status
}

#[test]
fn prom_13_more_half_sent_heads_than_places_and_everybody_else_gets_in() {
    // Nobody is timed out meanwhile: it is the places that hold.
    let house = house(
        "connections_max = 40\nconnections_reserved = 8\nconnections_per_network_max = 40\n\
         connections_per_network_reserved = 8\nhead_seconds_max = 3600\n",
    );
    let admin = house.admin();
    let (kiosk, _) = house.pair(&admin, "kiosk");
    let mut feed = ReadFeed::open(&house, &kiosk, "/api/v1/offices/kep/feeds/kiosk");
    feed.message().unwrap();
    let slow: Vec<TcpStream> = (0..120).map(|_| half_sent(&house)).collect();
    assert_eq!(house.get("", "/").status, 200, "a citizen");
    assert_eq!(house.get(&admin, "/api/v1/accounts").status, 200, "staff");
    house.ticket(&kiosk).ok();
    house.sign_in("admin", PASSWORD);
    // The device's feed was open all the time, and still tells of the ticket.
    feed.message().unwrap();
    // Whoever was about its head the longest is gone.
    for stream in slow.into_iter().take(60) {
        assert_eq!(until_closed(stream), "");
    }
}

#[test]
fn prom_13_feeds_of_citizens_fill_their_places_and_not_those_of_staff_and_devices() {
    let house = house(
        "connections_max = 24\nconnections_reserved = 8\nconnections_per_network_max = 24\n\
         connections_per_network_reserved = 8\n",
    );
    let admin = house.admin();
    let (kiosk, _) = house.pair(&admin, "kiosk");
    let ticket = house.ticket(&kiosk).ok();
    let visit = ticket["visit"].as_str().unwrap_or_else(|| panic!("{ticket}")).to_owned();
    let path = format!("/v/{visit}/feed");
    let mut feeds: Vec<ReadFeed> = (0..16).map(|_| ReadFeed::open(&house, "", &path)).collect();
    feeds.iter_mut().for_each(|feed| drop(feed.message().unwrap()));
    let page = house.get("", "/");
    assert_eq!(page.status, 503, "{page:?}");
    assert!(page.headers.to_lowercase().contains("retry-after:"), "{page:?}");
    assert!(page.text.contains("προσωρινά"), "a page with a sentence: {page:?}");
    assert_eq!(house.get("", "/api/v1/offices/kep/slots?service=signature").code(), "unavailable");
    // A device, and staff, hold open what they need.
    let mut board = ReadFeed::open(&house, &kiosk, "/api/v1/offices/kep/feeds/kiosk");
    board.message().unwrap();
    let mut floor = ReadFeed::open(&house, &admin, "/api/v1/offices/kep/feeds/floor");
    floor.message().unwrap();
    house.ticket(&kiosk).ok();
    floor.message().unwrap();
    // Nobody's feed was closed for it; and where one ends, a citizen has its place.
    drop(feeds.pop());
    let deadline = Instant::now() + DEADLINE;
    while house.get("", "/").status != 200 {
        assert!(Instant::now() < deadline, "no citizen has the place");
    }
    feeds.iter_mut().for_each(|feed| drop(feed.message().unwrap()));
}

#[test]
fn prom_13_more_half_sent_bodies_than_places_and_everybody_else_gets_in() {
    let house = house(
        "connections_max = 40\nconnections_reserved = 8\nconnections_per_network_max = 40\n\
         connections_per_network_reserved = 8\nbody_idle_seconds_max = 3600\nrequest_seconds_max = 3600\n",
    );
    let admin = house.admin();
    let head = "POST /api/v1/sessions HTTP/1.1\r\nHost: hub\r\nContent-Length: 100\r\n\r\n{";
    let slow: Vec<_> = (0..120).map(|_| http::open(&house.address, head, b"")).collect();
    assert_eq!(house.get("", "/").status, 200, "a citizen");
    house.sign_in("admin", PASSWORD);
    house.get(&admin, "/api/v1/accounts").ok();
    for stream in slow.into_iter().take(60) {
        until_closed(stream);
    }
}

#[test]
fn prom_13_who_signed_in_before_finds_a_place_to_sign_in_again() {
    let house = house(
        "connections_max = 24\nconnections_reserved = 8\nconnections_per_network_max = 24\n\
         connections_per_network_reserved = 8\n",
    );
    let mut clerk = FormBrowser::new(&house);
    let fields = [("name", "admin"), ("password", PASSWORD)];
    assert_eq!(clerk.post("/login", "/login", &fields).status, 303);
    clerk.forget_session();
    let admin = house.admin();
    let (kiosk, _) = house.pair(&admin, "kiosk");
    let ticket = house.ticket(&kiosk).ok();
    let path = format!("/v/{}/feed", ticket["visit"].as_str().unwrap());
    let mut feeds: Vec<ReadFeed> = (0..16).map(|_| ReadFeed::open(&house, "", &path)).collect();
    feeds.iter_mut().for_each(|feed| drop(feed.message().unwrap()));
    assert_eq!(house.get("", "/login").status, 503, "for anybody else");
    assert_eq!(clerk.post("/login", "/login", &fields).status, 303);
}

#[test]
fn prom_13_the_limit_of_files_is_raised_and_where_it_cannot_be_there_are_fewer_places() {
    let limits = |house: &ProgramHouse| {
        let limits = std::fs::read_to_string(format!("/proc/{}/limits", house.process())).unwrap();
        let files = limits.lines().find_map(|line| line.strip_prefix("Max open files")).unwrap();
        let numbers: Vec<u64> = files.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        (numbers[0], numbers[1])
    };
    let mut house = house("head_seconds_max = 3600\n");
    house.stop();
    house.start_limited("-Sn 128");
    let (soft, hard) = limits(&house);
    assert!(soft > 128 && (soft == hard || soft == 1 << 20), "{soft} of {hard}");
    house.stop();
    // 44 places are left of these.
    house.start_limited("-n 300");
    let slow: Vec<TcpStream> = (0..200).map(|_| half_sent(&house)).collect();
    assert_eq!(house.get("", "/").status, 200);
    house.sign_in("admin", PASSWORD);
    for stream in slow.into_iter().take(150) {
        until_closed(stream);
    }
}

#[test]
fn prom_13_one_network_has_no_more_than_its_places() {
    let house = house(
        "connections_max = 1000\nconnections_per_network_max = 10\nconnections_per_network_reserved = 2\n\
         connections_reserved = 10\nhead_seconds_max = 3600\n",
    );
    let slow: Vec<TcpStream> = (0..30).map(|_| half_sent(&house)).collect();
    for stream in slow.into_iter().take(20) {
        until_closed(stream);
    }
    assert_eq!(house.get("", "/").status, 200);
}

#[test]
fn prom_13_a_head_of_one_byte_per_interval_is_hung_up_on() {
    let house = house("head_seconds_max = 1\nidle_seconds_max = 3600\n");
    let slow = half_sent(&house);
    assert_eq!(dripping(slow.try_clone().unwrap(), slow), "");
    // Also the second head of a connection.
    let mut reader = BufReader::new(connect(&house));
    assert_eq!(ask(&mut reader, "/", ""), 200);
    reader.get_mut().write_all(HALF_A_HEAD.as_bytes()).unwrap();
    assert_eq!(until_closed(reader), "");
}

#[test]
fn prom_13_a_connection_that_sleeps_is_hung_up_on_and_one_at_work_is_not() {
    let house = house("head_seconds_max = 3600\nidle_seconds_max = 1\n");
    let admin = house.admin();
    let mut feed = ReadFeed::open(&house, &admin, "/api/v1/offices/kep/feeds/floor");
    feed.message().unwrap();
    let begun = house.ask("POST", "/api/v1/pairings", &[], r#"{"kind":"kiosk","name":"Είσοδος"}"#).ok();
    let pairing = format!("/api/v1/pairings/{}", begun["pairing"].as_str().unwrap());
    let secret = begun["secret"].as_str().unwrap().to_owned();
    let outcome = std::thread::scope(|scope| {
        let waits = scope.spawn(|| house.get(&secret, &pairing).ok());
        let mut reader = BufReader::new(connect(&house));
        assert_eq!(ask(&mut reader, "/", ""), 200);
        assert_eq!(ask(&mut reader, "/", ""), 200, "the same connection again");
        assert_eq!(until_closed(reader), "");
        house.post(&admin, "/api/v1/offices/kep/devices", &json!({"code": begun["code"]})).ok();
        waits.join().unwrap()
    });
    assert_eq!(outcome["is"], "paired", "the pairing was held open meanwhile");
    house.ticket(outcome["token"].as_str().unwrap()).ok();
    feed.message().unwrap();
}

#[test]
fn prom_13_a_body_that_stops_coming_is_given_up() {
    let house = house("body_idle_seconds_max = 1\nrequest_seconds_max = 3600\n");
    for path in ["/api/v1/sessions", "/login", "/book"] {
        let head = format!("POST {path} HTTP/1.1\r\nHost: hub\r\nContent-Length: 100\r\n\r\n{{");
        let said = until_closed(http::open(&house.address, &head, b""));
        assert!(said.starts_with("HTTP/1.1 4"), "{path}: {said}");
    }
    // One byte per interval is ended by the time that a request may take.
    let house = self::house("body_idle_seconds_max = 3600\nrequest_seconds_max = 1\n");
    let head = "POST /api/v1/sessions HTTP/1.1\r\nHost: hub\r\nContent-Length: 100000\r\n\r\n";
    let reader = http::open(&house.address, head, b"");
    let writer = reader.get_ref().try_clone().unwrap();
    let said = dripping(writer, reader);
    assert!(said.is_empty() || said.starts_with("HTTP/1.1 503") && said.contains("Δοκιμάστε ξανά σε λίγο"), "{said}");
}

#[test]
fn prom_13_a_head_without_end_takes_no_memory() {
    let house = house("head_seconds_max = 3600\n");
    let mut stream = connect(&house);
    stream.write_all(b"GET / HTTP/1.1\r\nX-Long: ").unwrap();
    let line = [b'x'; 16 * 1024];
    let mut sent = 0;
    while stream.write_all(&line).is_ok() {
        sent += line.len();
        assert!(sent < 64 * 1024 * 1024, "the hub reads on and on");
    }
    assert_eq!(house.get("", "/").status, 200);
}

#[test]
fn limits_that_would_shut_everybody_out_are_said() {
    for (limits, named) in [
        ("connections_max = 10\nconnections_reserved = 10\n", "limits.connections_reserved"),
        ("head_seconds_max = 0\n", "limits.head_seconds_max"),
    ] {
        let house = ProgramHouse::files_with_config("", limits);
        let output = house.run(&["check-config"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains(named), "{said}");
    }
}
