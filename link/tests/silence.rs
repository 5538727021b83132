//! The link on a real connection: a hub that falls silent without a word is told within five seconds, and its return.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    time::{Duration, Instant},
};

use handshake::{HubIdentity, Salutation};
use link::{Credentials, HubLink, HubPin, LinkConfig, News, TokenFile, Wake};
use serde_json::Value;
use wire::{DeviceKind, DeviceStanding};

/// How long anything may take on a busy machine.
const LONG: Duration = Duration::from_secs(30);

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
const CLOCK: &str = "event: clock\ndata: {\"now\":\"2026-11-24T10:00:00Z\",\"speed\":1.0}\n\n";

/// A hub on a connection.
struct PlayedHub {
    listener: TcpListener,
    identity: HubIdentity,
}

impl PlayedHub {
    /// Takes the next connection; its first head.
    fn accept(&self) -> (TcpStream, String) {
        let stream = self.listener.accept().unwrap().0;
        let lines = BufReader::new(stream.try_clone().unwrap()).lines().map(Result::unwrap);
        let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
        (stream, head.join("\n"))
    }

    /// Shows who it is, and says on the feed what a hub says first.
    fn greet(&self, revision: u64) -> TcpStream {
        let (mut stream, head) = self.accept();
        let after =
            |before: &str| head.split_once(before).unwrap().1.split_whitespace().next().unwrap().parse().unwrap();
        let asked = Salutation { mark: after("Mark "), number: after("/greetings/") };
        let answer = asked.answer(&self.identity, DeviceStanding::Known, None);
        let body = serde_json::to_string(&answer).unwrap();
        let length = body.len();
        write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}").unwrap();
        drop(stream);
        let (mut stream, _) = self.accept();
        write!(stream, "{HEAD}{CLOCK}event: view\nid: 1:1:{revision}\ndata: {{}}\n\n").unwrap();
        stream
    }
}

fn next(link: &HubLink<Value>) -> News<Value> {
    link.news.recv_timeout(LONG).unwrap()
}

#[test]
fn a_silent_hub_is_lost_within_five_seconds_and_back_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let identity = HubIdentity::new(&[7; 32], Vec::new());
    let credentials = Credentials {
        token: "t".to_owned(),
        office: "kep".to_owned(),
        device: None,
        hub: Some(HubPin { key: identity.key(), authorities: Vec::new() }),
        met: None,
    };
    TokenFile::in_folder(folder.path()).unwrap().keep(&credentials).unwrap();
    let hub = PlayedHub { listener: TcpListener::bind("127.0.0.1:0").unwrap(), identity };
    let config = LinkConfig {
        hub: format!("http://{}", hub.listener.local_addr().unwrap()),
        kind: DeviceKind::Display,
        name: "Αίθουσα".to_owned(),
        state: folder.path().to_owned(),
        feed: "board",
    };
    let link = HubLink::<Value>::start(config, &Wake::new(|| ())).unwrap();

    let silent = hub.greet(1);
    assert!(matches!(next(&link), News::Clock(_)));
    assert!(matches!(next(&link), News::View { epoch: 1, .. }));
    let heard = Instant::now();
    let News::Lost { since } = next(&link) else { panic!("the hub is silent, and nobody says so") };
    assert!(heard.elapsed() < Duration::from_secs(5), "told after {:?}", heard.elapsed());
    let since = since - "2026-11-24T10:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    assert!(since.num_seconds() < 2, "lost since the last word, not since it was noticed: {since}");
    drop(silent);

    // The same view again is news now: it says that what is shown is current.
    let back = hub.greet(1);
    let greeted = Instant::now();
    assert!(matches!(next(&link), News::Clock(_)));
    assert!(matches!(next(&link), News::View { epoch: 1, .. }));
    assert!(greeted.elapsed() < Duration::from_secs(2), "back after {:?}", greeted.elapsed());
    drop(back);
}
