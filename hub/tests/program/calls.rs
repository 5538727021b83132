//! The room of a booking by teleconference, by HTTP as its pages use it (OMB-07, OMB-20, PRE-08): it opens at its time and not
//! before, what is sent reaches the others of the room alone, a fourth waits, and who was shown out stays out.

use std::{
    io::{BufRead, BufReader},
    net::TcpStream,
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::{
    feeds::view_of,
    house::{PASSWORD, ProgramHouse, fresh_id},
    http::{HttpAnswer, open},
    letters::{letter_to, link},
    pages::FormBrowser,
};

/// Nothing on a line is waited for longer than this.
const DEADLINE: Duration = Duration::from_secs(60);

/// A page before a room.
pub struct Page {
    feed: BufReader<TcpStream>,
    pass: String,
    line: String,
    token: String,
}

impl Page {
    /// Opens the line of a page; the status if there is none.
    pub fn try_open(house: &ProgramHouse, token: &str, pass: &str, line: &str) -> Result<Self, u16> {
        let bearer = if token.is_empty() { String::new() } else { format!("Authorization: Bearer {token}\r\n") };
        let address = &house.address;
        let head = format!("GET /api/v1/calls/{pass}/line?line={line} HTTP/1.1\r\nHost: {address}\r\n{bearer}\r\n");
        let mut feed = open(address, &head, b"");
        let mut status = String::new();
        feed.read_line(&mut status).unwrap();
        let status: u16 = status.split(' ').nth(1).unwrap().parse().unwrap();
        if status != 200 {
            return Err(status);
        }
        Ok(Self { feed, pass: pass.to_owned(), line: line.to_owned(), token: token.to_owned() })
    }

    pub fn open(house: &ProgramHouse, token: &str, pass: &str) -> Self {
        Self::try_open(house, token, pass, &fresh_id()).unwrap()
    }

    /// The next event; none once the line is over.
    fn next(&mut self) -> Option<(String, Value)> {
        let mut event = String::new();
        loop {
            let mut line = String::new();
            if self.feed.read_line(&mut line).unwrap() == 0 || line.trim_end() == "0" {
                return None;
            }
            if let Some(name) = line.strip_prefix("event: ") {
                event = name.trim().to_owned();
            }
            if let Some(data) = line.strip_prefix("data: ") {
                return Some((event, serde_json::from_str(data).unwrap()));
            }
        }
    }

    /// The next event of a name that is so.
    pub fn hears(&mut self, name: &str, is: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + DEADLINE;
        loop {
            // A line tells the time again and again.
            assert!(Instant::now() < deadline, "the line says no {name}");
            let (event, told) = self.next().unwrap_or_else(|| panic!("the line ended before {name}"));
            if event == name && is(&told) {
                return told;
            }
        }
    }

    /// How the door is said to stand next.
    pub fn door(&mut self) -> Value {
        self.hears("door", |_| true)
    }

    /// Reads to the end of the line, which waits for nobody.
    fn is_over(&mut self) -> bool {
        while self.next().is_some() {}
        true
    }

    fn says(&self, house: &ProgramHouse, body: &Value) -> HttpAnswer {
        self.says_by(house, &self.pass, body)
    }

    fn says_by(&self, house: &ProgramHouse, pass: &str, body: &Value) -> HttpAnswer {
        let mut body = body.clone();
        body["line"] = json!(self.line);
        let bearer = format!("Bearer {}", self.token);
        let mut headers = vec![("content-type", "application/json")];
        if !self.token.is_empty() {
            headers.push(("authorization", &bearer));
        }
        house.ask("POST", &format!("/api/v1/calls/{pass}/signals"), &headers, &body.to_string())
    }
}

/// A house with bookings by teleconference, and a clerk.
struct Scene {
    house: ProgramHouse,
    admin: String,
    clerk: String,
    start: DateTime<Utc>,
    /// The passes of the citizens, and the references.
    booked: Vec<(String, String)>,
}

impl Scene {
    fn set() -> Self {
        Self::set_with("")
    }

    /// The same, with keys of its own.
    fn set_with(keys: &str) -> Self {
        Self::set_in(ProgramHouse::files_with_config(keys, ""))
    }

    /// In a house whose files stand.
    fn set_in(mut house: ProgramHouse) -> Self {
        std::fs::write(house.folder.path().join("turn-secret"), "0123456789abcdef0123456789abcdef\n").unwrap();
        assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
        house.start_at("2026-11-24T08:05:00+02:00", "1");
        let admin = house.admin();
        house.employ(&admin, "eleni", "clerk", Some("kep"), PASSWORD);
        let clerk = house.sign_in("eleni", PASSWORD);
        let slots = "/api/v1/offices/kep/slots?service=disability-card&channel=teleconference&internal=true&from=2026-11-24&days=1";
        let slots = house.get(&admin, slots).ok();
        let slots: Vec<String> =
            slots["slots"].as_array().unwrap().iter().map(|slot| slot["start"].as_str().unwrap().to_owned()).collect();
        // The first is not open for clerks yet; the second is at another time, when the first is over.
        let times = [slots[slots.len() / 2].clone(), slots[slots.len() - 1].clone()];
        let booked = times.iter().enumerate().map(|(nth, start)| {
            let email = format!("video{nth}@example.gr");
            let wish = json!({ "service": "disability-card", "channel": "teleconference", "start": start,
                "name": "Μαρία", "email": email, "phone": "6940000000" });
            let booked = house.post(&admin, "/api/v1/offices/kep/bookings", &wish).ok();
            let letter = letter_to(&house, "confirmation", &email);
            let room = link(&letter, "/booking/");
            assert!(room.ends_with("/call"), "the mail leads to the room: {letter}");
            let pass = room.trim_start_matches("/booking/").trim_end_matches("/call").to_owned();
            (pass, booked["reference"].as_str().unwrap().to_owned())
        });
        let booked = booked.collect();
        let start = times[0].parse().unwrap();
        Self { booked, house, admin, clerk, start }
    }

    /// The clock is so many seconds from the start of the first booking.
    fn at(&mut self, seconds: i64) {
        self.house.stop();
        self.house.start_at(&(self.start + TimeDelta::seconds(seconds)).to_rfc3339(), "1");
    }

    fn guest(&self) -> &str {
        &self.booked[0].0
    }

    fn room(&self) -> String {
        format!("/staff/kep/bookings/{}/call", self.booked[0].1)
    }

    fn staff(&self, token: &str) -> FormBrowser<'_> {
        let mut browser = FormBrowser::new(&self.house);
        browser.get("/login");
        browser.keep("seira-session", token);
        browser
    }

    /// The pass that the page of a clerk holds.
    fn host_pass(&self, token: &str) -> String {
        let page = self.staff(token).get(&self.room()).text;
        let path = page.split("data-line=\"/api/v1/calls/").nth(1).unwrap_or_else(|| panic!("{page}"));
        path.split("/line\"").next().unwrap().to_owned()
    }

    fn does(&self, action: &str) -> HttpAnswer {
        self.staff(&self.clerk).post(&self.room(), &format!("{}/{action}", self.room()), &[("command", &fresh_id())])
    }

    /// The pass of a helper, as the clerk's page shows it.
    fn helper_pass(&self) -> String {
        let page = self.staff(&self.clerk).get(&self.room()).text;
        let link = page.split("href=\"").find(|rest| rest.contains("/call/kep.")).unwrap_or_else(|| panic!("{page}"));
        link.split("/call/").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }
}

fn offer(to: u8) -> Value {
    json!({ "to": to, "kind": "offer", "text": "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n" })
}

fn chat(text: &str) -> Value {
    json!({ "kind": "chat", "text": text })
}

#[test]
fn pre_08_omb_20_a_room_opens_by_itself_and_what_is_sent_stays_in_it() {
    let mut scene = Scene::set();
    // Long before: everybody is told when, nothing can be done about it, and a helper may be asked in.
    let page = FormBrowser::new(&scene.house).get(&format!("/booking/{}/call", scene.guest()));
    assert!(page.headers.contains("camera=(self), microphone=(self)"), "{}", page.headers);
    for said in ["(ώρα Ελλάδας)", "Ταυτότητα ή διαβατήριο", "tel:", "<noscript>", "απευθείας από συσκευή σε συσκευή"]
    {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    let early = scene.does("end");
    assert!(early.text.contains("δεν έχει ανοίξει ακόμη"), "{}", early.text);
    assert_eq!(scene.does("invite").status, 303);
    let helper = scene.helper_pass();
    let page = FormBrowser::new(&scene.house).get(&format!("/call/{helper}"));
    assert!(page.text.contains("Σας κάλεσε η υπηρεσία") && !page.text.contains("Μαρία"), "{}", page.text);

    scene.at(-4);
    let host = scene.host_pass(&scene.clerk);
    let mut guest = Page::open(&scene.house, "", scene.guest());
    let told = guest.door();
    assert_eq!(told["is"], "waiting");
    assert_eq!(told["opens"].as_str().unwrap().parse::<DateTime<Utc>>().unwrap(), scene.start);
    assert_eq!(guest.says(&scene.house, &chat("Νωρίς")).status, 409, "nobody speaks before");
    let mut clerk = Page::open(&scene.house, &scene.clerk, &host);
    assert_eq!(clerk.door()["is"], "open", "clerks come in ten minutes before");
    assert_eq!(clerk.hears("seats", |_| true)["own"], 0);
    // It opens by itself: nothing is asked in between.
    let open = guest.door();
    assert_eq!((&open["is"], &open["relay"]), (&json!("open"), &json!(false)));
    let seats = guest.hears("seats", |seats| seats["seats"].as_array().unwrap().len() == 2);
    assert_eq!(
        (&seats["own"], &seats["seats"][0]["role"], &seats["seats"][1]["role"]),
        (&json!(1), &json!("host"), &json!("guest"))
    );

    // Signals go to whom they are for.
    assert_eq!(guest.says(&scene.house, &offer(0)).status, 204);
    let heard = clerk.hears("signal", |_| true);
    assert_eq!((&heard["from"], &heard["kind"]), (&json!(1), &json!("offer")));
    assert_eq!(heard["line"], json!(guest.line));
    assert_eq!(guest.says(&scene.house, &offer(2)).status, 409, "nobody sits there");
    assert_eq!(guest.says(&scene.house, &offer(1)).status, 409, "not to oneself");
    let mut help = Page::open(&scene.house, "", &helper);
    assert_eq!(help.door()["is"], "open");
    help.hears("seats", |seats| seats["seats"].as_array().unwrap().len() == 3);
    assert_eq!(clerk.says(&scene.house, &chat("Καλημέρα σας")).status, 204);
    for page in [&mut guest, &mut help] {
        assert_eq!(page.hears("signal", |told| told["kind"] == "chat")["text"], "Καλημέρα σας");
    }

    // Another booking's pass is nothing here, and neither is a page that is not its own.
    let other = &scene.booked[1].0;
    assert_eq!(guest.says_by(&scene.house, other, &chat("Εγώ")).status, 409);
    assert_eq!(guest.says_by(&scene.house, &helper, &chat("Εγώ")).status, 409);
    let mut elsewhere = Page::open(&scene.house, "", other);
    assert_eq!(elsewhere.door()["is"], "waiting", "another booking has another room");
    // A clerk's pass is one with their session alone.
    assert_eq!(Page::try_open(&scene.house, "", &host, &fresh_id()).err(), Some(401));
    assert_eq!(Page::try_open(&scene.house, &scene.admin, &host, &fresh_id()).err(), Some(403));
    for wrong in ["kep.1.AAAAAAAAAAAAAAAAAAAAAA", "x", &helper.replace("kep.", "kop.")] {
        assert_eq!(Page::try_open(&scene.house, "", wrong, &fresh_id()).err(), Some(404), "{wrong}");
    }
    assert_eq!(Page::try_open(&scene.house, "", &helper, "no-uuid").err(), Some(400));

    // A fourth waits, and comes in when somebody goes.
    let second = scene.host_pass(&scene.admin);
    let mut fourth = Page::open(&scene.house, &scene.admin, &second);
    assert_eq!(fourth.door()["is"], "full");
    assert_eq!(fourth.says(&scene.house, &chat("Με ακούτε;")).status, 409);
    assert_eq!(help.says(&scene.house, &json!({ "kind": "bye" })).status, 204);
    assert_eq!(fourth.door()["is"], "open");
    assert_eq!(fourth.hears("seats", |_| true)["own"], 2);
    assert_eq!(fourth.says(&scene.house, &json!({ "kind": "bye" })).status, 204);

    // A reload takes the same seat, and the page before is told so.
    let mut again = Page::open(&scene.house, "", scene.guest());
    assert_eq!(again.door()["is"], "open");
    assert_eq!(again.hears("seats", |_| true)["own"], 1);
    assert_eq!(guest.door()["is"], "elsewhere");
    assert!(guest.is_over());
    assert_eq!(guest.says(&scene.house, &chat("Ακόμη εδώ")).status, 409);
    // A line that drops keeps the seat, and comes back as the same.
    let line = again.line.clone();
    drop(again);
    clerk.hears("seats", |told| told["seats"].as_array().unwrap().iter().any(|seat| seat["here"] == false));
    let mut back = Page::try_open(&scene.house, "", scene.guest(), &line).unwrap();
    assert_eq!(back.hears("seats", |_| true)["own"], 1);
    let told = clerk.hears("seats", |told| told["seats"].as_array().unwrap().iter().all(|seat| seat["here"] == true));
    assert_eq!(told["seats"][1]["line"], json!(line), "nobody has to connect anew");
    drop((elsewhere, fourth));
    // Nothing of what was said is anywhere.
    let log = scene.house.log();
    for said in ["Καλημέρα σας", "127.0.0.1\\r", "v=0"] {
        assert!(!log.contains(said), "{said}");
    }
    let file = std::fs::read(scene.house.database()).unwrap();
    assert!(!String::from_utf8_lossy(&file).contains("Καλημέρα σας"));
}

#[test]
fn omb_20_who_was_shown_out_stays_out_and_what_was_ended_is_over() {
    let mut scene = Scene::set();
    scene.at(5);
    assert_eq!(scene.does("invite").status, 303);
    let first = scene.helper_pass();
    let mut help = Page::open(&scene.house, "", &first);
    assert_eq!(help.door()["is"], "open");
    // Another link ends the one before.
    assert_eq!(scene.does("invite").status, 303);
    assert_eq!(help.door(), json!({ "is": "over", "why": "removed" }));
    let second = scene.helper_pass();
    assert_ne!(first, second);
    let mut help = Page::open(&scene.house, "", &second);
    assert_eq!(help.door()["is"], "open");
    assert_eq!(scene.does("remove-helper").status, 303);
    assert_eq!(help.door(), json!({ "is": "over", "why": "removed" }));
    assert!(help.is_over());
    for link in [&first, &second] {
        assert_eq!(Page::open(&scene.house, "", link).door(), json!({ "is": "over", "why": "removed" }));
        let page = FormBrowser::new(&scene.house).get(&format!("/call/{link}"));
        assert!(page.text.contains("δεν ανοίγει πια την αίθουσα"), "{}", page.text);
    }
    // A restart opens nothing again.
    scene.at(20);
    assert_eq!(Page::open(&scene.house, "", &second).door()["why"], "removed");

    // By telephone, at a press, and back.
    let mut guest = Page::open(&scene.house, "", scene.guest());
    assert_eq!(guest.door()["is"], "open");
    assert_eq!(scene.does("telephone").status, 303);
    assert_eq!(guest.door(), json!({ "is": "over", "why": "by-telephone" }));
    let page = FormBrowser::new(&scene.house).get(&format!("/booking/{}/call", scene.guest()));
    assert!(page.text.contains("συνεχίζει τηλεφωνικά"), "{}", page.text);
    let page = scene.staff(&scene.clerk).get(&scene.room()).text;
    assert!(page.contains("694 000 0000"), "the clerk sees whom to call: {page}");
    assert_eq!(scene.does("reopen").status, 303);
    let mut guest = Page::open(&scene.house, "", scene.guest());
    assert_eq!(guest.door()["is"], "open");
    assert_eq!(scene.does("end").status, 303);
    assert_eq!(guest.door(), json!({ "is": "over", "why": "for-all" }));
    assert_eq!(scene.does("reopen").status, 303);

    // Somebody is shown out; the other pages are not.
    let mut guest = Page::open(&scene.house, "", scene.guest());
    assert_eq!(guest.door()["is"], "open");
    let host = scene.host_pass(&scene.clerk);
    let mut clerk = Page::open(&scene.house, &scene.clerk, &host);
    assert_eq!(clerk.door()["is"], "open");
    assert_eq!(scene.does("remove-applicant").status, 303);
    assert_eq!(guest.door(), json!({ "is": "over", "why": "removed" }));
    assert_eq!(Page::open(&scene.house, "", scene.guest()).door()["why"], "removed");
    assert_eq!(clerk.says(&scene.house, &chat("Είναι κανείς;")).status, 204, "who stays goes on");

    // A link that was renewed is a pass no more, also for a page that is open.
    let other = scene.booked[1].0.clone();
    let mut waiting = Page::open(&scene.house, "", &other);
    assert_eq!(waiting.door()["is"], "waiting");
    let renew = format!("/booking/{other}/renew");
    let renewed = FormBrowser::new(&scene.house).post(&renew, &renew, &[]);
    assert_eq!(renewed.status, 200, "{}", renewed.text);
    assert_eq!(waiting.door(), json!({ "is": "over", "why": "removed" }));
    assert_eq!(Page::try_open(&scene.house, "", &other, &fresh_id()).err(), Some(404));
    let newest = link(&letter_to(&scene.house, "new-link", "video1@example.gr"), "/booking/");
    let newest = newest.trim_start_matches("/booking/").to_owned();
    assert_eq!(Page::open(&scene.house, "", &newest).door()["is"], "waiting");
}

#[test]
fn omb_20_finishing_the_visit_ends_the_room_and_the_desk_says_what_kind_of_call_it_is() {
    let mut scene = Scene::set();
    scene.at(20);
    let desk = "/staff/kep/desks/3";
    let open = || scene.house.desk(&scene.clerk, 3, "open", &json!({})).status;
    assert_eq!(open(), 200);
    let due = || {
        let floor = view_of(&scene.house, &scene.admin, "floor");
        let visits = floor["visits"].as_array().unwrap();
        visits.iter().find(|visit| visit["remote"]["by_video"] == true).map(|visit| visit["visit"].clone())
    };
    let visit = crate::audit::wait(due, "its time has come");
    let page = scene.staff(&scene.clerk).get(desk).text;
    for said in ["Ραντεβού με τηλεδιάσκεψη", "Κλήση στην αίθουσα"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    scene.house.desk(&scene.clerk, 3, "chosen-calls", &json!({ "visit": visit, "because": "urgent" })).ok();
    let page = scene.staff(&scene.clerk).get(desk).text;
    for said in [&scene.room(), "Συνδέθηκε", "Δεν συνδέθηκε", "στην κάμερα"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let mut guest = Page::open(&scene.house, "", scene.guest());
    assert_eq!(guest.door()["is"], "open");
    assert_eq!(scene.does("telephone").status, 303);
    let page = scene.staff(&scene.clerk).get(desk).text;
    assert!(page.contains("Τηλεφωνικό ραντεβού") && !page.contains(&scene.room()), "{page}");
    assert_eq!(guest.door()["why"], "by-telephone");
    assert_eq!(scene.does("reopen").status, 303);
    let mut guest = Page::open(&scene.house, "", scene.guest());
    assert_eq!(guest.door()["is"], "open");
    let of = |more: Value| {
        let mut body = json!({ "visit": visit });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    scene.house.desk(&scene.clerk, 3, "appeared", &of(json!({}))).ok();
    scene.house.desk(&scene.clerk, 3, "finishes", &of(json!({ "outcome": "done" }))).ok();
    assert_eq!(guest.door(), json!({ "is": "over", "why": "done" }));
    assert!(guest.is_over());
    let late = scene.does("invite");
    assert!(late.text.contains("Η αίθουσα έχει κλείσει"), "{}", late.text);
}

#[test]
fn omb_20_what_is_sent_is_bounded_in_kind_size_and_rate() {
    let mut scene = Scene::set();
    scene.at(5);
    let mut guest = Page::open(&scene.house, "", scene.guest());
    guest.hears("seats", |_| true);
    let long = |bytes: usize| "α".repeat(bytes / 2);
    assert_eq!(guest.says(&scene.house, &chat(&long(2_000))).status, 204);
    assert_eq!(guest.says(&scene.house, &chat(&long(2_002))).status, 413);
    assert_eq!(guest.says(&scene.house, &chat(&long(40_000))).status, 413);
    assert_eq!(guest.says(&scene.house, &json!({ "kind": "record", "text": "" })).status, 400);
    assert_eq!(guest.says(&scene.house, &json!({ "kind": "chat", "more": 1 })).status, 400);
    assert_eq!(guest.says(&scene.house, &chat("\u{202e}")).status, 400, "nothing that nobody sees");
    let foreign = scene.house.ask(
        "POST",
        &format!("/api/v1/calls/{}/signals", scene.guest()),
        &[("content-type", "application/json"), ("sec-fetch-site", "cross-site")],
        &json!({ "line": guest.line, "kind": "chat", "text": "α" }).to_string(),
    );
    assert_eq!(foreign.status, 403, "from another's page");
    let sent: Vec<u16> = (0..400).map(|_| guest.says(&scene.house, &chat("α")).status).collect();
    assert!(sent.iter().all(|status| [204, 429].contains(status)), "{sent:?}");
    assert!(sent[..100].iter().all(|status| *status == 204) && sent.contains(&429), "{sent:?}");
    // So many pages are open before one room, and no more.
    let pages: Vec<Page> =
        (0..20).filter_map(|_| Page::try_open(&scene.house, "", &scene.booked[1].0, &fresh_id()).ok()).collect();
    assert_eq!(pages.len(), 12);
}

#[test]
fn omb_20_browsers_are_told_of_the_houses_servers_and_the_page_says_what_that_means() {
    let turn = "turn = [\"turn:turn.example.gr:3478?transport=udp\"]\nturn_secret_file = \"turn-secret\"\n";
    let keys = format!("[rooms]\nstun = [\"stun:turn.example.gr:3478\"]\n{turn}relay_only = true\n");
    let mut scene = Scene::set_with(&keys);
    scene.at(5);
    let mut guest = Page::open(&scene.house, "", scene.guest());
    let open = guest.door();
    assert_eq!((&open["is"], &open["relay"]), (&json!("open"), &json!(true)));
    assert_eq!(open["ice"][0], json!({ "urls": ["stun:turn.example.gr:3478"] }));
    let until = (scene.start + TimeDelta::minutes(60)).timestamp();
    assert_eq!(open["ice"][1]["username"], json!(format!("{until}:seira")), "good as long as the room: {open}");
    assert_eq!(open["ice"][1]["credential"].as_str().unwrap().len(), 28);
    assert!(!open.to_string().contains("0123456789abcdef"), "the secret stays in the house");
    let page = FormBrowser::new(&scene.house).get(&format!("/booking/{}/call", scene.guest())).text;
    assert!(page.contains("διακομιστή της υπηρεσίας") && !page.contains("απευθείας από συσκευή"), "{page}");
    // What cannot be is said by key, and nothing starts.
    for (wrong, said) in [
        ("[rooms]\nrelay_only = true\n", "rooms.relay_only"),
        ("[rooms]\nturn = [\"https://turn.example.gr\"]\n", "rooms.turn"),
        ("[rooms]\nprovider = \"jitsi\"\n", "provider"),
        (&format!("[rooms]\n{}", turn.replace("turn-secret", "no-such-file")), "rooms.turn_secret_file"),
    ] {
        let house = ProgramHouse::files_with_config(wrong, "");
        let judged = house.run(&["check-config"]);
        let told = String::from_utf8_lossy(&judged.stderr).into_owned();
        assert!(!judged.status.success() && told.contains(said), "{said}: {told}");
    }
}

/// A house whose body's file ends with these lines.
fn body_with(rooms: &str) -> ProgramHouse {
    let house = ProgramHouse::files_with_config("body = \"body.toml\"\n", "");
    let file = house.folder.path().join("body.toml");
    let sample = std::fs::read_to_string(&file).unwrap();
    std::fs::write(file, format!("{sample}\n[rooms]\n{rooms}\n")).unwrap();
    house
}

#[test]
fn omb_20_where_somebody_else_holds_the_room_the_way_there_is_told_while_it_is_open() {
    const ADDRESS: &str = "https://meet.example.gr/room-of-the-office";
    let mut scene = Scene::set_in(body_with(&format!("provider = \"link\"\nurl = \"{ADDRESS}\"")));
    // Before its time neither page nor line knows the way, and staff come in ten minutes earlier.
    scene.at(-300);
    let citizens = format!("/booking/{}/call", scene.guest());
    let page = FormBrowser::new(&scene.house).get(&citizens).text;
    assert!(page.contains("meet.example.gr") && !page.contains("room-of-the-office"), "{page}");
    assert!(page.contains("διαθέτει άλλη υπηρεσία") && !page.contains("ποιος συνδέθηκε εκεί"), "{page}");
    assert_eq!(Page::open(&scene.house, "", scene.guest()).door()["is"], json!("waiting"));
    let staff = scene.staff(&scene.clerk).get(&scene.room()).text;
    assert!(staff.contains("ποιος συνδέθηκε εκεί") && !staff.contains("room-of-the-office"), "{staff}");
    let host = scene.host_pass(&scene.clerk);
    let led = |door: &Value| assert_eq!((&door["is"], &door["to"]), (&json!("led"), &json!(ADDRESS)), "{door}");
    led(&Page::open(&scene.house, &scene.clerk, &host).door());
    // While it is open they are led there, and nobody sits in a room of ours.
    scene.at(5);
    let mut guest = Page::open(&scene.house, "", scene.guest());
    led(&guest.door());
    assert_eq!(guest.says(&scene.house, &chat("καλημέρα")).status, 409);
    // One press, and it goes on by telephone: the way there leads nowhere, and comes back with the room.
    assert_eq!(scene.does("telephone").status, 303);
    assert_eq!(guest.door(), json!({ "is": "over", "why": "by-telephone" }));
    assert!(guest.is_over());
    assert_eq!(scene.does("reopen").status, 303);
    assert_eq!(Page::open(&scene.house, "", scene.guest()).door()["is"], json!("led"));
    // Half an hour after its end it leads nowhere.
    scene.at(2 * 3600);
    let over = Page::open(&scene.house, "", scene.guest()).door();
    assert_eq!((&over["is"], &over["why"]), (&json!("over"), &json!("time")));
    // What cannot be is said by key, and nothing starts.
    for (wrong, said) in [
        ("provider = \"link\"", "rooms.url"),
        ("provider = \"link\"\nurl = \"http://meet.example.gr/\"", "must begin with https://"),
        ("url = \"https://meet.example.gr/\"", "rooms.url"),
    ] {
        let judged = body_with(wrong).run(&["check-config"]);
        let told = String::from_utf8_lossy(&judged.stderr).into_owned();
        assert!(!judged.status.success() && told.contains(said), "{said}: {told}");
    }
}

/// The address of a room within our page, and what its token says of who comes with it: the room, whether they moderate and go
/// past the lobby.
fn within(door: &Value) -> (String, Value) {
    assert_eq!(door["is"], "within", "{door}");
    let to = door["to"].as_str().unwrap();
    let (room, token) = to.split_once("?jwt=").unwrap();
    let claims = token.split('.').nth(1).unwrap();
    let said: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    assert!(room.ends_with(said["room"].as_str().unwrap()), "{room} {said}");
    (room.to_owned(), said)
}

#[test]
fn pre_08_omb_20_a_server_of_jitsi_lets_in_whom_the_hub_sends_and_nobody_who_was_shown_out() {
    let house = body_with(
        "provider = \"jitsi\"\nurl = \"https://meet.example.gr\"\napp = \"seira\"\nsecret_file = \"jitsi-secret\"",
    );
    std::fs::write(house.folder.path().join("jitsi-secret"), "0123456789abcdef0123456789abcdef\n").unwrap();
    let mut scene = Scene::set_in(house);
    // Before its time nobody has a token, and the page may show that server alone.
    let citizens = format!("/booking/{}/call", scene.guest());
    let before = FormBrowser::new(&scene.house).get(&citizens);
    assert!(!before.text.contains("jwt="), "{}", before.text);
    let headers = before.headers.to_lowercase();
    assert!(headers.contains("frame-src https://meet.example.gr"), "{headers}");
    assert!(headers.contains("camera=(self \"https://meet.example.gr\")"), "{headers}");
    let elsewhere = FormBrowser::new(&scene.house).get("/").headers.to_lowercase();
    assert!(!elsewhere.contains("meet.example.gr"), "{elsewhere}");
    assert_eq!(Page::open(&scene.house, "", scene.guest()).door()["is"], json!("waiting"));
    scene.at(5);
    let mut guest = Page::open(&scene.house, "", scene.guest());
    let (room, said) = within(&guest.door());
    assert_eq!(
        (&said["iss"], &said["aud"], &said["sub"]),
        (&json!("seira"), &json!("jitsi"), &json!("meet.example.gr"))
    );
    assert_eq!(room.rsplit('/').next().unwrap().len(), 32, "128 bits");
    let of = |said: &Value, what: &str| said["context"]["user"][what].clone();
    assert_eq!(
        (of(&said, "moderator"), of(&said, "lobby"), of(&said, "lobby_bypass")),
        (false.into(), true.into(), false.into())
    );
    assert_eq!(said["nbf"], json!(scene.start.timestamp()));
    assert!(!said.to_string().contains("Μαρία"), "{said}");
    // Staff moderate, and go past the lobby, also when they come back after their line dropped.
    let host = scene.host_pass(&scene.clerk);
    for _ in 0..2 {
        let (same, said) = within(&Page::open(&scene.house, &scene.clerk, &host).door());
        assert_eq!((same, of(&said, "moderator"), of(&said, "lobby_bypass")), (room.clone(), true.into(), true.into()));
    }
    // Who is shown out has a token for a room in which nobody is any more.
    assert_eq!(scene.does("remove-applicant").status, 303);
    assert_eq!(guest.door(), json!({ "is": "over", "why": "removed" }));
    let (other, _) = within(&Page::open(&scene.house, &scene.clerk, &host).door());
    assert_ne!(other, room);
}

#[test]
fn omb_20_a_clerk_names_a_room_elsewhere_for_one_booking_and_the_page_says_what_is_then_unknown() {
    const ADDRESS: &str = "https://epresence.example.gr/r/17";
    let mut scene = Scene::set();
    let room = scene.room();
    let names = |scene: &Scene, address: &str| {
        let fields = [("command", fresh_id()), ("address", address.to_owned())];
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        scene.staff(&scene.clerk).post(&room, &format!("{room}/elsewhere"), &fields)
    };
    let wrong = names(&scene, "http://epresence.example.gr/r/17");
    assert!(wrong.status >= 400 && wrong.text.contains("πρέπει να αρχίζει με https://"), "{wrong:?}");
    assert!(wrong.text.contains("value=\"http://epresence.example.gr/r/17\""), "nothing typed is lost: {}", wrong.text);
    assert_eq!(names(&scene, ADDRESS).status, 303);
    let staff = scene.staff(&scene.clerk).get(&room).text;
    assert!(staff.contains("ποιος συνδέθηκε εκεί") && staff.contains("έχει οριστεί αίθουσα"), "{staff}");
    let citizens = format!("/booking/{}/call", scene.guest());
    let page = FormBrowser::new(&scene.house).get(&citizens).text;
    assert!(page.contains("epresence.example.gr") && !page.contains("/r/17"), "the way is told at its time: {page}");
    scene.at(5);
    let door = Page::open(&scene.house, "", scene.guest()).door();
    assert_eq!((&door["is"], &door["to"]), (&json!("led"), &json!(ADDRESS)));
    assert!(door["ends"].is_string(), "the page says when the end is near");
    // Taken back, it is the room of the house again.
    assert_eq!(scene.does("here").status, 303);
    assert_eq!(Page::open(&scene.house, "", scene.guest()).door()["is"], json!("open"));
}

#[test]
fn omb_07_by_telephone_some_services_only_inform_and_everything_says_so() {
    let mut house = ProgramHouse::files();
    let file = house.folder.path().join("kep.toml");
    let office = std::fs::read_to_string(&file).unwrap();
    let informing = office.replace("\"teleconference\"]\n", "\"teleconference\"]\ntelephone_informs = true\n");
    assert_ne!(office, informing);
    std::fs::write(&file, informing).unwrap();
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    house.start();
    let admin = house.admin();
    for (channel, informs) in [("telephone", true), ("teleconference", false)] {
        let slots = format!(
            "/api/v1/offices/kep/slots?service=disability-card&channel={channel}&internal=true&from=2026-11-26&days=9"
        );
        let start = house.get(&admin, &slots).ok()["slots"][0]["start"].clone();
        let email = format!("{channel}@example.gr");
        let wish = json!({ "service": "disability-card", "channel": channel, "start": start, "name": "Μαρία",
            "email": email, "phone": "6940000000" });
        house.post(&admin, "/api/v1/offices/kep/bookings", &wish).ok();
        let letter = letter_to(&house, "confirmation", &email);
        let page = link(&letter, "/booking/").trim_end_matches("/call").to_owned();
        let page = FormBrowser::new(&house).get(&page).text;
        for said in [&letter, &page] {
            assert_eq!(said.contains("μόνο ενημέρωση"), informs, "{channel}: {said}");
        }
    }
}
