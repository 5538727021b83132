//! Devices know their hub: three words, a pinned key and CA, and only a signed word that unpairs them. The device's side is
//! the one that kiosks and boards have.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::Duration,
};

use handshake::device_mark;
use link::{Credentials, DeviceCommand, Estrangement, HubLink, LinkConfig, News, Urgency, Wake};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use ureq::{
    Agent,
    tls::{Certificate, RootCerts, TlsConfig},
};
use wire::{DeviceKind, Language};

use crate::{
    feeds::ReadFeed,
    heads::wait,
    house::{PASSWORD, ProgramHouse},
    pages::FormBrowser,
};

/// Nothing is waited for longer than this.
const DEADLINE: Duration = Duration::from_secs(60);
const TLS: &str = "[tls]\ncertificate = \"tls/certificate.pem\"\nkey = \"tls/key.pem\"\n";

/// A kiosk's link, in a folder of its own.
struct LinkedKiosk {
    link: HubLink<Value>,
    state: PathBuf,
    _folder: TempDir,
}

impl LinkedKiosk {
    fn start(hub: &str) -> Self {
        Self::start_with(hub, None)
    }

    /// One that keeps this from before.
    fn start_with(hub: &str, kept: Option<&str>) -> Self {
        let folder = TempDir::new().unwrap();
        let state = folder.path().join("state");
        if let Some(kept) = kept {
            fs::create_dir(&state).unwrap();
            fs::write(state.join("token.json"), kept).unwrap();
        }
        let config = LinkConfig {
            hub: hub.to_owned(),
            kind: DeviceKind::Kiosk,
            name: "Είσοδος".to_owned(),
            state: state.clone(),
            feed: "kiosk",
        };
        let link = HubLink::start(config, &Wake::new(|| ())).unwrap();
        Self { link, state, _folder: folder }
    }

    /// Waits for news of this kind; on the way there may be none that `never`.
    fn until<T>(&self, what: &str, never: fn(&News<Value>) -> bool, find: impl Fn(&News<Value>) -> Option<T>) -> T {
        loop {
            let news = self.link.news.recv_timeout(DEADLINE).unwrap_or_else(|_| panic!("no news: {what}"));
            assert!(!never(&news), "{what}: {news:?}");
            if let Some(found) = find(&news) {
                return found;
            }
        }
    }

    fn until_pairing(&self) -> (String, link::ThreeWords) {
        self.until(
            "a code",
            |_| false,
            |news| match news {
                News::Pairing { code, words } => Some((code.clone(), *words)),
                _ => None,
            },
        )
    }

    /// Follows its hub, without having asked to be let in again.
    fn until_view(&self) {
        self.until("a view", is_pairing, |news| matches!(news, News::View { .. }).then_some(()));
    }

    fn until_estranged(&self, why: Estrangement) {
        self.until("estranged", is_pairing, |news| matches!(news, News::Estranged(said) if *said == why).then_some(()));
    }

    fn until_lost(&self) {
        self.until("lost", is_pairing, |news| matches!(news, News::Lost { .. }).then_some(()));
    }

    fn token_file(&self) -> PathBuf {
        self.state.join("token.json")
    }

    fn kept(&self) -> String {
        fs::read_to_string(self.token_file()).unwrap()
    }

    fn credentials(&self) -> Credentials {
        serde_json::from_str(&self.kept()).unwrap()
    }
}

fn is_pairing(news: &News<Value>) -> bool {
    matches!(news, News::Pairing { .. })
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A hub that stays at its address, and does not run yet.
fn house_at(port: u16, keys: &str) -> ProgramHouse {
    let house = ProgramHouse::files_with_config(&format!("listen = \"127.0.0.1:{port}\"\n{keys}"), "");
    let made = house.run(&["create-admin", "--name", "admin", "--password-file", "password"]);
    assert!(made.status.success(), "{made:?}");
    house
}

fn make_ca(house: &ProgramHouse, folder: &str) {
    let made = house.run_plain(&["make-ca", "--folder", folder, "--name", "127.0.0.1"]);
    assert!(made.status.success(), "{made:?}");
}

/// Lets the kiosk in over plain HTTP.
fn let_in(house: &ProgramHouse, kiosk: &LinkedKiosk) {
    let (code, words) = kiosk.until_pairing();
    let approval = json!({"code": code, "words": words.to_string()});
    house.post(&house.admin(), "/api/v1/offices/kep/devices", &approval).ok();
    kiosk.until_view();
}

#[test]
fn new_14_the_link_of_a_kiosk_hears_the_offices_emblem_before_it_shows_anything() {
    let house = ProgramHouse::new();
    let kiosk = LinkedKiosk::start(&format!("http://{}", house.address));
    let (code, words) = kiosk.until_pairing();
    house.post(&house.admin(), "/api/v1/offices/kep/devices", &json!({"code": code, "words": words.to_string()})).ok();
    let is_shown = |news: &News<Value>| matches!(news, News::View { .. });
    let emblem = kiosk.until("the emblem", is_shown, |news| match news {
        News::Emblem(emblem) => Some(emblem.clone()),
        _ => None,
    });
    assert!(emblem.is_some_and(|emblem| emblem.dots.black() > 1_000));
    kiosk.until_view();
}

/// Staff's program over TLS, which trusts one CA.
struct SecureStaff {
    agent: Agent,
    base: String,
    token: String,
}

impl SecureStaff {
    fn sign_in(base: &str, ca: &Path) -> Self {
        let ca = Certificate::from_pem(&fs::read(ca).unwrap()).unwrap();
        let tls = TlsConfig::builder().root_certs(RootCerts::Specific(Arc::new(vec![ca]))).build();
        let agent: Agent = Agent::config_builder().tls_config(tls).http_status_as_error(false).build().into();
        let mut this = Self { agent, base: base.to_owned(), token: String::new() };
        let (status, answer) = this.post("/api/v1/sessions", &json!({"name": "admin", "password": PASSWORD}));
        assert_eq!(status, 200, "{answer}");
        this.token = answer["token"].as_str().unwrap().to_owned();
        this
    }

    fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let mut request = self.agent.post(format!("{}{path}", self.base));
        if !self.token.is_empty() {
            request = request.header("authorization", format!("Bearer {}", self.token));
        }
        let mut answer = request.send_json(body).unwrap();
        (answer.status().as_u16(), answer.body_mut().read_json().unwrap())
    }
}

/// Something else at the hub's address: it answers every request alike, and remembers what it was told.
struct FalseHub {
    address: String,
    heads: Arc<(Mutex<Vec<String>>, Condvar)>,
    stopping: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl FalseHub {
    fn start(address: &str, answer: &str) -> Self {
        // Where many tests run, another's connection may have the port for a moment.
        let listener = wait(|| TcpListener::bind(address).ok(), "the hub's port is free");
        let (heads, stopping) = (Arc::<(Mutex<Vec<String>>, Condvar)>::default(), Arc::new(AtomicBool::new(false)));
        let (told, stops, answer) = (Arc::clone(&heads), Arc::clone(&stopping), answer.to_owned());
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stops.load(Ordering::SeqCst) {
                    return;
                }
                let mut reader = BufReader::new(stream.unwrap());
                let mut head = String::new();
                while reader.read_line(&mut head).is_ok_and(|read| read > 2) {}
                told.0.lock().unwrap().push(head);
                told.1.notify_all();
                let _ = reader.get_mut().write_all(answer.as_bytes());
            }
        });
        Self { address: address.to_owned(), heads, stopping, thread: Some(thread) }
    }

    /// What it was told, once that is so much.
    fn told(&self, least: usize) -> Vec<String> {
        let (heads, told) = &*self.heads;
        let waited = told.wait_timeout_while(heads.lock().unwrap(), DEADLINE, |heads| heads.len() < least).unwrap();
        assert!(!waited.1.timed_out(), "the device does not ask again");
        waited.0.clone()
    }
}

impl Drop for FalseHub {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        drop(TcpStream::connect(&self.address));
        self.thread.take().unwrap().join().unwrap();
    }
}

fn answer(status: &str, kind: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
}

#[test]
fn prom_11_both_sides_show_three_words_and_the_device_trusts_that_ca_alone_from_then_on() {
    let port = free_port();
    let base = format!("https://127.0.0.1:{port}");
    let mut house = house_at(port, TLS);
    make_ca(&house, "tls");
    house.start();
    let ca = house.folder.path().join("tls/ca.pem");
    let kiosk = LinkedKiosk::start(&base);
    let (code, words) = kiosk.until_pairing();
    let staff = SecureStaff::sign_in(&base, &ca);
    let approve = |approval: Value| staff.post("/api/v1/offices/kep/devices", &approval);
    assert_eq!(approve(json!({"code": code})).0, 400, "nobody has compared");
    assert_eq!(approve(json!({"code": code, "words": "KAMEKI KAMEKI KAMEKI"})).0, 404, "the words differ");
    assert_eq!(approve(json!({"code": code, "words": "no words"})).0, 400);
    let [one, two, three] = words.in_language(Language::El);
    let (status, device) = approve(json!({"code": code, "words": format!("{one} · {two} · {three}").to_lowercase()}));
    assert_eq!(status, 200, "{device}");
    kiosk.until_view();
    let kept = kiosk.credentials();
    assert_eq!(kept.device.unwrap().to_string(), device["id"]);
    assert_eq!(kept.hub.unwrap().authorities.len(), 1, "the house's own CA");
    assert_eq!(fs::metadata(kiosk.token_file()).unwrap().permissions().mode() & 0o777, 0o600);
    // The next certificate under the same CA needs nothing.
    house.stop();
    // Where nothing was lost, the same view would be no news.
    kiosk.until_lost();
    make_ca(&house, "tls");
    house.start();
    kiosk.until_view();
    // Another hub at the address, with a certificate of its own: nothing is said to it.
    house.stop();
    let mut other = house_at(port, TLS);
    make_ca(&other, "tls");
    other.start();
    kiosk.until_estranged(Estrangement::AnotherHub);
    other.stop();
    kiosk.until_lost();
    // Neither is it to the hub itself under another CA: whoever has its certificate signed elsewhere could be anybody.
    let certificate = fs::read(house.folder.path().join("tls/certificate.pem")).unwrap();
    let key = fs::read(house.folder.path().join("tls/key.pem")).unwrap();
    make_ca(&house, "new");
    for file in ["certificate.pem", "key.pem"] {
        fs::copy(house.folder.path().join("new").join(file), house.folder.path().join("tls").join(file)).unwrap();
    }
    house.start();
    kiosk.until_estranged(Estrangement::AnotherHub);
    house.stop();
    fs::write(house.folder.path().join("tls/certificate.pem"), certificate).unwrap();
    fs::write(house.folder.path().join("tls/key.pem"), key).unwrap();
    house.start();
    kiosk.until_view();
    assert_eq!(kiosk.credentials().token, kept.token);
}

#[test]
fn prom_11_whoever_stands_between_at_pairing_is_seen_by_other_words() {
    // A second hub plays the first one: what the device shows is not what the page of the first shows.
    let (house, between) = (ProgramHouse::new(), ProgramHouse::new());
    let kiosk = LinkedKiosk::start(&format!("http://{}", between.address));
    let (_, on_screen) = kiosk.until_pairing();
    let honest = LinkedKiosk::start(&format!("http://{}", house.address));
    let (code, on_page) = honest.until_pairing();
    assert_ne!(on_screen, on_page);
    let approval = json!({"code": code, "words": on_screen.to_string()});
    let refused = house.post(&house.admin(), "/api/v1/offices/kep/devices", &approval);
    assert_eq!(refused.code(), "unknown-code");
}

#[test]
fn prom_11_whatever_another_answers_takes_no_token_and_staff_hear_of_it_when_the_hub_is_back() {
    let port = free_port();
    let mut house = house_at(port, "");
    house.start();
    let address = format!("127.0.0.1:{port}");
    let kiosk = LinkedKiosk::start(&format!("http://{address}"));
    let_in(&house, &kiosk);
    let credentials = kiosk.credentials();
    house.stop();
    let problem = |status: u16, code: &str| json!({"type": format!("urn:seira:problem:{code}"), "title": code, "status": status, "detail": "…", "code": code});
    let answers = [
        answer("401 Unauthorized", "application/problem+json", &problem(401, "not-signed-in").to_string()),
        answer("403 Forbidden", "application/problem+json", &problem(403, "not-allowed").to_string()),
        answer("404 Not Found", "text/html", "<h1>nginx</h1>"),
        answer("200 OK", "text/html", "<h1>Welcome to our network</h1>"),
        answer("302 Found\r\nLocation: /portal", "text/html", ""),
        answer("200 OK", "application/json", "{\"standing\":\"revoked\"}"),
    ];
    for said in answers {
        let portal = FalseHub::start(&address, &said);
        // Also what somebody presses meanwhile, and what lasts until the hub takes it.
        let (key, path) = (DeviceCommand::new_key(), "devices/self/faults".to_owned());
        kiosk.link.send(DeviceCommand { key, path, body: json!({"faults": []}), urgency: Urgency::Lasting });
        let heads = portal.told(3);
        assert!(heads.iter().all(|head| !head.contains(&credentials.token) && !head.contains("Bearer")), "{heads:?}");
        assert_eq!(kiosk.credentials().token, credentials.token, "{said}");
    }
    kiosk.until_estranged(Estrangement::AnotherHub);
    assert!(kiosk.credentials().met.is_some(), "also after a power cut");
    house.start();
    kiosk.until_view();
    let admin = house.admin();
    let alarms = || {
        let mut floor = ReadFeed::open(&house, &admin, "/api/v1/offices/kep/feeds/floor");
        loop {
            let (event, data) = floor.message().unwrap();
            if event == "view" {
                return data["alarms"].to_string();
            }
        }
    };
    assert!(alarms().contains("άλλος υπολογιστής"), "{}", alarms());
    assert_eq!(kiosk.credentials().met, None, "it was told");
    let mut browser = FormBrowser::new(&house);
    let fields = [("name", "admin"), ("password", PASSWORD)];
    assert_eq!(browser.post("/login", "/login", &fields).status, 303);
    let page = browser.get("/admin/devices");
    assert!(page.text.contains("απάντησε άλλος υπολογιστής, από"), "{page:?}");
    let (_, rest) = page.text.split_once("/noted").unwrap();
    assert!(!rest.is_empty());
    let noted = format!("/admin/devices/{}/noted", credentials.device.unwrap());
    assert_eq!(browser.post("/admin/devices", &noted, &[]).status, 303);
    assert_eq!(alarms(), "[]");
}

#[test]
fn prom_11_only_a_signed_word_for_this_device_and_this_moment_unpairs_it() {
    let port = free_port();
    let mut house = house_at(port, "");
    house.start();
    let address = format!("127.0.0.1:{port}");
    let base = format!("http://{address}");
    let (kiosk, other) = (LinkedKiosk::start(&base), LinkedKiosk::start(&base));
    let_in(&house, &kiosk);
    let_in(&house, &other);
    let admin = house.admin();
    let mark = |kiosk: &LinkedKiosk| device_mark(&Sha256::digest(kiosk.credentials().token).into()).to_string();
    let (own_mark, other_mark) = (mark(&kiosk), mark(&other));
    let greet = |mark: &str| {
        let bears = format!("Mark {mark}");
        house.ask("GET", &format!("/api/v1/greetings/{}", "5a".repeat(32)), &[("authorization", &bears)], "").ok()
    };
    assert_eq!(greet(&own_mark)["standing"], "known");
    // The other is shut out, and forgets: the hub has signed it.
    let path = format!("/api/v1/devices/{}", other.credentials().device.unwrap());
    let bears = format!("Bearer {admin}");
    assert_eq!(house.ask("DELETE", &path, &[("authorization", &bears)], "").status, 204);
    other.until_pairing();
    assert!(!other.token_file().exists());
    // What was signed for the other, or for another moment, is handed on to this one in vain.
    let revoked = greet(&other_mark);
    assert_eq!(revoked["standing"], "revoked");
    house.stop();
    {
        let replays = FalseHub::start(&address, &answer("200 OK", "application/json", &revoked.to_string()));
        kiosk.until_estranged(Estrangement::AnotherHub);
        replays.told(3);
        assert!(kiosk.token_file().exists());
    }
    house.start();
    kiosk.until_view();
    // A hub that does not know a token, because it was put back, says so, and that unpairs nobody.
    let unknown = kiosk.kept().replace(&kiosk.credentials().token, "a-token-that-this-hub-never-gave");
    let stray = LinkedKiosk::start_with(&base, Some(&unknown));
    stray.until_estranged(Estrangement::UnknownHere);
    assert!(stray.token_file().exists());
}

#[test]
fn prom_11_a_device_of_before_there_were_words_learns_its_hub_once() {
    let port = free_port();
    let mut house = house_at(port, "");
    house.start();
    let (token, device) = house.pair(&house.admin(), "kiosk");
    let old = json!({"token": token, "office": "kep"}).to_string();
    let kiosk = LinkedKiosk::start_with(&format!("http://127.0.0.1:{port}"), Some(&old));
    kiosk.until_view();
    let credentials = kiosk.credentials();
    assert_eq!(credentials.device.unwrap().to_string(), device);
    assert!(credentials.hub.is_some());
    house.stop();
    // Another hub does not know its token, and so it is not the one that it learns.
    let mut other = house_at(port, "");
    other.start();
    kiosk.until_estranged(Estrangement::AnotherHub);
    let late = LinkedKiosk::start_with(&format!("http://127.0.0.1:{port}"), Some(&old));
    late.until_estranged(Estrangement::AnotherHub);
    assert_eq!(late.credentials().hub, None);
    // The hub's key is in its database: on another machine, from a backup, it is the same.
    other.stop();
    let mut moved = house_at(port, "");
    fs::copy(house.database(), moved.database()).unwrap();
    moved.start();
    kiosk.until_view();
    late.until_view();
}

#[test]
fn prom_11_the_administrators_page_asks_for_the_words_before_it_lets_a_device_in() {
    let house = ProgramHouse::new();
    let kiosk = LinkedKiosk::start(&format!("http://{}", house.address));
    let (code, words) = kiosk.until_pairing();
    let mut browser = FormBrowser::new(&house);
    let fields = [("name", "admin"), ("password", PASSWORD)];
    assert_eq!(browser.post("/login", "/login", &fields).status, 303);
    let pair = "/admin/devices/pair";
    let asked = browser.post("/admin/devices", pair, &[("code", &code.to_lowercase()), ("office", "kep")]);
    assert_eq!(asked.status, 200, "{asked:?}");
    for word in words.in_language(Language::El) {
        assert!(asked.text.contains(&word), "{word}: {asked:?}");
    }
    assert!(asked.text.contains("Είσοδος") && asked.text.contains("μην τη συνδέσετε"));
    assert!(!kiosk.token_file().exists(), "nobody has said yet that they are the same");
    let say = |browser: &mut FormBrowser<'_>, words: &str| {
        browser.post("/admin/devices", pair, &[("code", &code), ("office", "kep"), ("words", words)])
    };
    assert_eq!(say(&mut browser, "none").status, 400, "a device that shows words is not let in without");
    assert_eq!(say(&mut browser, "KAMEKI KAMEKI KAMEKI").status, 422);
    assert_eq!(say(&mut browser, "rubbish").status, 400);
    assert_eq!(say(&mut browser, &words.to_string()).status, 303);
    kiosk.until_view();
    // A device with an older program shows none, and the page says what that means.
    let old = house.ask("POST", "/api/v1/pairings", &[], r#"{"kind":"display","name":"Αίθουσα"}"#).ok();
    let old_code = old["code"].as_str().unwrap();
    let asked = browser.post("/admin/devices", pair, &[("code", old_code), ("office", "kep")]);
    assert!(asked.text.contains("παλαιότερο πρόγραμμα"), "{asked:?}");
}
