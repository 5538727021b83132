//! Tokens for Jitsi before a judge that is not ours: PyJWT takes what is right, and refuses what is expired, early, another
//! room's, unsigned or changed (PRE-08).

#![expect(clippy::unwrap_used, reason = "a test")]

use std::{
    io::Write,
    process::{Command, Stdio},
    time::{SystemTime, UNIX_EPOCH},
};

use chrono::{DateTime, TimeDelta, Utc};
use rooms::{JitsiEntry, JitsiFlaw, JitsiKey, JitsiServer, RoomAddress, RoomId, RoomRole};
use uuid::Uuid;

const SECRET: &[u8] = b"a secret of at least 32 characters for tests";

/// Says of each line (algorithm, room, token) what a server would say that knows `key` for it.
const JUDGE: &str = "
import base64, json, sys, jwt
asked = json.load(sys.stdin)
key = asked['key']
for want in asked['tokens']:
    try:
        said = jwt.decode(want['token'], key, algorithms=[asked['alg']], audience='jitsi', issuer='seira',
            options={'require': ['exp', 'nbf', 'iss', 'aud', 'sub']})
        if said['sub'] != 'meet.example.gr': print('tenant')
        elif said['room'] != want['room']: print('room')
        else: print('moderator' if said['context']['user']['moderator'] else 'taken', said['context']['user']['affiliation'],
            said['context']['user']['lobby_bypass'], jwt.get_unverified_header(want['token']).get('kid'))
    except jwt.PyJWTError as error:
        print(type(error).__name__)
";

fn room(number: u128) -> RoomId {
    RoomId(Uuid::from_u128(number))
}

fn server(key: JitsiKey) -> JitsiServer {
    JitsiServer::new(RoomAddress::read("https://meet.example.gr").unwrap(), "seira".into(), key).unwrap()
}

fn entry(role: RoomRole, from: i64, until: i64) -> JitsiEntry {
    // The judge looks at the machine's own clock.
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let now = DateTime::from_timestamp(i64::try_from(seconds).unwrap(), 0).unwrap();
    JitsiEntry { room: room(7), role, opens: now + TimeDelta::minutes(from), closes: now + TimeDelta::minutes(until) }
}

fn token(led: &str) -> String {
    led.split_once("?jwt=").unwrap().1.split('#').next().unwrap().to_owned()
}

fn judged(key: &str, alg: &str, tokens: &[(RoomId, String)]) -> Vec<String> {
    let tokens: Vec<_> = tokens
        .iter()
        .map(|(room, token)| serde_json::json!({ "room": room.0.simple().to_string(), "token": token }))
        .collect();
    let asked = serde_json::json!({ "key": key, "alg": alg, "tokens": tokens }).to_string();
    let mut judge = Command::new("/usr/bin/python3")
        .args(["-c", JUDGE])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3-jwt of Debian: cargo xtask setup");
    judge.stdin.take().unwrap().write_all(asked.as_bytes()).unwrap();
    let said = judge.wait_with_output().unwrap();
    assert!(said.status.success());
    String::from_utf8(said.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// The same claims under a header that names no algorithm, and with nobody's signature.
fn unsigned(token: &str) -> String {
    let claims = token.split('.').nth(1).unwrap();
    // {"alg":"none","typ":"JWT"}
    format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{claims}.")
}

/// One letter of the claims, or of the signature, is another.
fn changed(token: &str, part: usize) -> String {
    let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
    let at = parts[part].len() / 2;
    let other = if parts[part].as_bytes()[at] == b'A' { "B" } else { "A" };
    parts[part].replace_range(at..=at, other);
    parts.join(".")
}

fn judge_all(server: &JitsiServer, key: &str, alg: &str, name: &str) {
    let right = |role| token(&server.led(&entry(role, -5, 30)).unwrap());
    let (guest, host) = (right(RoomRole::Guest), right(RoomRole::Host));
    let expired = token(&server.led(&entry(RoomRole::Guest, -60, -1)).unwrap());
    let early = token(&server.led(&entry(RoomRole::Guest, 10, 60)).unwrap());
    let all = [
        (room(7), guest.clone()),
        (room(7), host.clone()),
        (room(8), guest.clone()),
        (room(7), expired),
        (room(7), early),
        (room(7), unsigned(&host)),
        (room(7), changed(&guest, 1)),
        (room(7), changed(&guest, 2)),
    ];
    let said = judged(key, alg, &all);
    assert_eq!(said[0], format!("taken member False {name}"));
    assert_eq!(said[1], format!("moderator owner True {name}"));
    assert_eq!(said[2..5], ["room", "ExpiredSignatureError", "ImmatureSignatureError"]);
    assert_eq!(said[5], "InvalidAlgorithmError", "what nobody signed");
    assert!(matches!(said[6].as_str(), "InvalidSignatureError" | "DecodeError"), "{said:?}");
    assert!(matches!(said[7].as_str(), "InvalidSignatureError" | "DecodeError"), "{said:?}");
}

#[test]
fn pre_08_a_shared_secret_signs_what_pyjwt_takes_and_nothing_else() {
    let server = server(JitsiKey::Shared(SECRET.to_vec()));
    judge_all(&server, std::str::from_utf8(SECRET).unwrap(), "HS256", "None");
    let led = server.led(&entry(RoomRole::Guest, -5, 30)).unwrap();
    assert!(led.starts_with(&format!("https://meet.example.gr/{}?jwt=", room(7).0.simple())), "{led}");
    assert!(!format!("{server:?}").contains("secret of"), "what is printed for finding faults opens nothing");
}

#[test]
fn pre_08_a_key_of_its_own_signs_what_pyjwt_takes_by_the_public_half() {
    let folder = tempfile::tempdir().unwrap();
    let pem = folder.path().join("key.pem");
    let openssl = |args: &[&str]| Command::new("openssl").args(args).stderr(Stdio::null()).output().unwrap();
    assert!(openssl(&["genrsa", "-out", pem.to_str().unwrap(), "2048"]).status.success());
    let public = openssl(&["rsa", "-in", pem.to_str().unwrap(), "-pubout"]).stdout;
    let key = JitsiKey::Own { pem: std::fs::read(&pem).unwrap(), name: "seira-1".into() };
    judge_all(&server(key), std::str::from_utf8(&public).unwrap(), "RS256", "seira-1");
    // One that nobody trusts any more, and what is no key at all.
    let weak = openssl(&["genrsa", "1024"]).stdout;
    for pem in [weak, b"no key".to_vec()] {
        let address = RoomAddress::read("https://meet.example.gr").unwrap();
        let flaw = JitsiServer::new(address, "seira".into(), JitsiKey::Own { pem, name: "a".into() });
        assert_eq!(flaw, Err(JitsiFlaw::Key));
    }
}

#[test]
fn pre_08_a_server_is_named_without_a_room_and_its_secret_is_long() {
    let new = |address: &str, secret: &[u8]| {
        JitsiServer::new(RoomAddress::read(address).unwrap(), "seira".into(), JitsiKey::Shared(secret.to_vec()))
    };
    assert_eq!(new("https://meet.example.gr/room", SECRET), Err(JitsiFlaw::Room));
    assert_eq!(new("https://meet.example.gr", b"short"), Err(JitsiFlaw::ShortSecret));
    let fixed: DateTime<Utc> = "2026-11-30T08:00:00Z".parse().unwrap();
    let entry = JitsiEntry { room: room(9), role: RoomRole::Host, opens: fixed, closes: fixed + TimeDelta::hours(1) };
    let server = new("https://meet.example.gr:8443", SECRET).unwrap();
    assert_eq!(server.led(&entry), server.led(&entry), "a page that looks again is led to the same");
}
