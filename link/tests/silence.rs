//! The link on a real connection: a hub that falls silent without a word is told within five seconds, and its return.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    time::{Duration, Instant},
};

use link::{Credentials, HubLink, LinkConfig, News, TokenFile, Wake};
use serde_json::Value;
use wire::DeviceKind;

/// How long anything may take on a busy machine.
const LONG: Duration = Duration::from_secs(30);

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
const CLOCK: &str = "event: clock\ndata: {\"now\":\"2026-11-24T10:00:00Z\",\"speed\":1.0}\n\n";

/// Takes the next connection and says what a hub says first.
fn greet(hub: &TcpListener, revision: u64) -> TcpStream {
    let mut stream = hub.accept().unwrap().0;
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    while lines.next().unwrap().unwrap() != "" {}
    write!(stream, "{HEAD}{CLOCK}event: view\nid: 1:1:{revision}\ndata: {{}}\n\n").unwrap();
    stream
}

fn next(link: &HubLink<Value>) -> News<Value> {
    link.news.recv_timeout(LONG).unwrap()
}

#[test]
fn a_silent_hub_is_lost_within_five_seconds_and_back_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let credentials = Credentials { token: "t".to_owned(), office: "kep".to_owned() };
    TokenFile::in_folder(folder.path()).unwrap().keep(&credentials).unwrap();
    let hub = TcpListener::bind("127.0.0.1:0").unwrap();
    let config = LinkConfig {
        hub: format!("http://{}", hub.local_addr().unwrap()),
        kind: DeviceKind::Display,
        name: "Αίθουσα".to_owned(),
        state: folder.path().to_owned(),
        feed: "board",
    };
    let link = HubLink::<Value>::start(config, &Wake::new(|| ())).unwrap();

    let silent = greet(&hub, 1);
    assert!(matches!(next(&link), News::Clock(_)));
    assert!(matches!(next(&link), News::View { epoch: 1, .. }));
    let heard = Instant::now();
    let News::Lost { since } = next(&link) else { panic!("the hub is silent, and nobody says so") };
    assert!(heard.elapsed() < Duration::from_secs(5), "told after {:?}", heard.elapsed());
    let since = since - "2026-11-24T10:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    assert!(since.num_seconds() < 2, "lost since the last word, not since it was noticed: {since}");
    drop(silent);

    // The same view again is news now: it says that what is shown is current.
    let back = greet(&hub, 1);
    let greeted = Instant::now();
    assert!(matches!(next(&link), News::Clock(_)));
    assert!(matches!(next(&link), News::View { epoch: 1, .. }));
    assert!(greeted.elapsed() < Duration::from_secs(2), "back after {:?}", greeted.elapsed());
    drop(back);
}
