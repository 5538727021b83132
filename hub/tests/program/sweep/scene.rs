//! The house of the sweep: an office at work, and whatever a row needs of it.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use chrono::DateTime;
use serde_json::{Value, json};

use super::body_scene::BodyPeople;
use crate::{
    accounts::{AT, DEMANDING, after, code, location, real, sign_in},
    feeds::first_view,
    heads::wait,
    house::{PASSWORD, ProgramHouse, fresh_id},
    http::HttpAnswer,
    letters::{letter_to, link},
    machine::ClockedMachine,
    pages::{FormBrowser, solve},
    sms,
};

/// No limit that the sweep itself reaches, an address for mails that come back, and passkeys.
const KEYS: &str = "public_url = \"http://localhost:8080\"\n";
const MAIL: &str = "[mail]\nfrom = \"KEP <kep@example.gr>\"\nbounces = \"bounces@kep.example.gr\"\n";
const LIMITS: &str = "failed_logins_per_minute = 100000\npairings_per_minute = 100000\nlinks_per_address_burst = 1000\n\
                      links_per_network_burst = 1000\nholds_per_address_burst = 1000\nlinks_per_domain_burst = 100000\n";
pub const REPORTER: &str = "0123456789abcdef0123456789abcdef0123456789abcdef";
pub const NEW_PASSWORD: &str = "τρία ήσυχα τρένα";
pub const DESK: &str = "/staff/kep/desks/1";

/// A booking, as whoever has it knows it.
pub struct OwnBooking {
    pub link: String,
    pub reference: String,
    pub email: String,
}

/// The house of the sweep.
pub struct SweepScene {
    house: ProgramHouse,
    machine: Option<ClockedMachine>,
    pub admin: String,
    pub clerk: String,
    pub kiosk: String,
    /// Tells names and addresses apart.
    nth: Cell<u32>,
    /// The desk that was opened last beside the first.
    desk: Cell<u16>,
    /// Free times that are left.
    times: RefCell<Vec<String>>,
    /// Of who has an app: its secret, when it was set up, and the step of the code that was typed last, from then.
    secrets: RefCell<BTreeMap<String, (String, String, i64)>>,
    /// Visits of people who came late, and wait for the end of the day.
    pub late: RefCell<Vec<String>>,
    /// Codes of people who are late, and are not there yet.
    pub absent: RefCell<Vec<String>>,
    /// Visits that are telephoned, whose time has come.
    pub remote: RefCell<Vec<String>>,
    /// Bookings by teleconference whose rooms are open for clerks: one is ended, and the other is not.
    call: RefCell<Vec<String>>,
    /// What went to mobiles.
    pub messages: Arc<Mutex<Vec<String>>>,
    /// Who has to do with the body, where the office is of one.
    pub body: BodyPeople,
}

/// So many are late in the later morning: three for each row, and one who is admitted.
const LATE_COUNT: usize = 13;
/// So many are late and not there yet: three who take another time, and one who only asks for them.
const ABSENT_COUNT: usize = 4;
/// So many are telephoned.
const REMOTE_COUNT: usize = 6;
/// Desks beside those of the sample at which all of them could be served at once.
const FURTHER_DESKS: u16 = 24;
/// The one of them at which nobody is telephoned, so that the office is in time there, and others can be late.
const PUNCTUAL_DESK: u16 = 24;

/// When a page was shown, by the hub's clock: the sweep takes longer than a code is good.
pub fn shown_at(page: &HttpAnswer) -> String {
    let date = page.headers.lines().find_map(|line| line.strip_prefix("date: ")).unwrap();
    DateTime::parse_from_rfc2822(date).unwrap().to_rfc3339()
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

impl SweepScene {
    /// A morning at work.
    pub fn by_day() -> Self {
        let keys = format!("{KEYS}{MAIL}bounces_token_file = \"bounces-token\"\n");
        Self::at_work(&keys, &[("bounces-token", REPORTER)])
    }

    /// The same with these keys, and the secrets that they name.
    pub fn at_work(keys: &str, secrets: &[(&str, &str)]) -> Self {
        let mut house = Self::prepared(keys, secrets);
        house.start();
        Self::working(house)
    }

    /// Its files, with an administrator.
    pub fn prepared(keys: &str, secrets: &[(&str, &str)]) -> ProgramHouse {
        let house = ProgramHouse::files_with_config(keys, LIMITS);
        for (name, secret) in secrets {
            std::fs::write(house.folder.path().join(name), format!("{secret}\n")).unwrap();
        }
        assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
        house
    }

    /// Its people and devices, once it runs.
    pub fn working(house: ProgramHouse) -> Self {
        let admin = house.admin();
        house.employ(&admin, "eleni", "clerk", Some("kep"), PASSWORD);
        let clerk = house.sign_in("eleni", PASSWORD);
        let (kiosk, _) = house.pair(&admin, "kiosk");
        Self { admin, clerk, kiosk, ..Self::begun(house) }
    }

    /// The minutes after nine, at which some were booked who came a little late, and some are telephoned.
    pub fn after_nine() -> Self {
        let mut house = ProgramHouse::files_with_config(KEYS, LIMITS);
        let office = std::fs::read_to_string(house.folder.path().join("kep.toml")).unwrap();
        let every = "\"signature\", \"certified-copy\", \"certification\", \"family-status\", \"criminal-record\"";
        assert!(office.contains(every), "the first desk serves everything but what its neighbours do");
        let desk = |number: u16| {
            let more = if number == PUNCTUAL_DESK { "" } else { ", \"disability-card\"" };
            format!(
                "\n[[desks]]\nnumber = {number}\nservices = [\"driving-licence\"{more}]\n\
                 direction = \"left\"\nshifts = [{{ days = [\"tue\"], from = \"08:00\", to = \"15:00\" }}]\n"
            )
        };
        let office = office
            .replace(
                "grace_minutes = 10\n",
                "grace_minutes = 0\nrecall_interval_seconds = 0\n\
                 phases = [{ rule = \"late\", strict_from = \"2026-01-01\" }]\n",
            )
            // A room is open for clerks ten minutes before its time.
            .replace("\"teleconference\"]\n", "\"teleconference\"]\ngrid_minutes = 10\n")
            .replacen(every, &format!("{every}, \"driving-licence\", \"disability-card\""), 1);
        let office = (5..5 + FURTHER_DESKS).fold(office, |office, number| office + &desk(number));
        std::fs::write(house.folder.path().join("kep.toml"), office).unwrap();
        let machine = ClockedMachine::of(&house);
        machine.say_synchronised("yes");
        let made = house.run(&["create-admin", "--name", "admin", "--password-file", "password"]);
        assert!(made.status.success(), "{made:?}");
        machine.set("2026-11-24T08:57:00+02:00");
        house.serve_on(&machine);
        let admin = house.admin();
        house.employ(&admin, "eleni", "clerk", Some("kep"), PASSWORD);
        let clerk = house.sign_in("eleni", PASSWORD);
        let scene = Self { admin, clerk, ..Self::begun(house) };
        scene.at_desk("open", &json!({})).ok();
        let (_, _, colleague) = scene.employee("clerk");
        scene.house.desk(&colleague, PUNCTUAL_DESK, "open", &json!({})).ok();
        let book_at = |start: &str, service: &str, channel: &str| {
            let wish = json!({ "service": service, "channel": channel, "start": start, "name": "Μαρία",
                "phone": "6940000000" });
            text(&scene.office("bookings", &wish)["reference"])
        };
        let book = |service: &str, channel: &str| book_at("2026-11-24T07:00:00Z", service, channel);
        for _ in 0..REMOTE_COUNT {
            book("disability-card", "telephone");
        }
        let codes: Vec<String> = (0..LATE_COUNT).map(|_| book("driving-licence", "in-person")).collect();
        let absent = (0..ABSENT_COUNT).map(|_| book("driving-licence", "in-person")).collect();
        scene.absent.replace(absent);
        let calls = (0..2).map(|_| book_at("2026-11-24T07:10:00Z", "disability-card", "teleconference"));
        scene.call.replace(calls.collect());
        // Less of a leap than one by which a clock is doubted.
        machine.set("2026-11-24T09:00:20+02:00");
        for code in codes {
            let come = json!({ "code": code, "late": "end-of-day" });
            let come = scene.office("check-ins", &come);
            scene.late.borrow_mut().push(text(&come["ticket"]["visit"]));
        }
        scene.house.desk(&colleague, PUNCTUAL_DESK, "close", &json!({})).ok();
        let due = scene.late.borrow_mut().pop().unwrap();
        scene.office(&format!("visits/{due}/admit"), &json!({}));
        // They come one after the other, as the hub looks what is due.
        let telephoned = || {
            let floor = first_view(&scene.house, &scene.admin, "floor");
            let visits = floor["visits"].as_array().unwrap();
            let remote = visits.iter().filter(|visit| !visit["remote"].is_null()).map(|visit| text(&visit["visit"]));
            Some(remote.collect::<Vec<_>>()).filter(|remote| remote.len() == REMOTE_COUNT)
        };
        scene.remote.replace(wait(telephoned, "all whose time has come are there"));
        Self { machine: Some(machine), ..scene }
    }

    /// A house in which nobody has signed in, and nothing was pressed.
    fn begun(house: ProgramHouse) -> Self {
        Self {
            house,
            machine: None,
            admin: String::new(),
            clerk: String::new(),
            kiosk: String::new(),
            nth: Cell::new(0),
            desk: Cell::new(1),
            times: RefCell::default(),
            secrets: RefCell::default(),
            late: RefCell::default(),
            absent: RefCell::default(),
            remote: RefCell::default(),
            call: RefCell::default(),
            messages: Arc::default(),
            body: BodyPeople::default(),
        }
    }

    /// A hub that is no rehearsal, of whose administrators a second step is asked.
    pub fn in_two_steps() -> Self {
        let (house, machine) = real(&format!("{KEYS}{DEMANDING}"));
        let scene = Self { machine: Some(machine), ..Self::begun(house) };
        let mut browser = FormBrowser::new(&scene.house);
        scene.set_up(&mut browser, "admin");
        let admin = browser.cookie("seira-session");
        drop(browser);
        Self { admin, ..scene }
    }

    /// A hub that is no rehearsal, and writes to mobiles.
    pub fn with_mobiles() -> Self {
        let (address, messages) = sms::gateway();
        let mut house = ProgramHouse::files_with_config(&format!("{KEYS}{}", sms::section(&address)), LIMITS);
        let machine = ClockedMachine::of(&house);
        assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
        machine.set(AT);
        house.serve_on(&machine);
        let admin = house.admin();
        house.employ(&admin, "eleni", "clerk", Some("kep"), PASSWORD);
        let clerk = house.sign_in("eleni", PASSWORD);
        Self { admin, clerk, messages, machine: Some(machine), ..Self::begun(house) }
    }

    /// The hub is killed, and started again by the same clock.
    pub fn restart(&mut self) {
        self.house.kill();
        match &self.machine {
            Some(machine) => self.house.serve_on(machine),
            None => self.house.start(),
        }
    }

    /// Two bookings whose rooms are open for clerks.
    pub fn call(&self) -> (String, String) {
        let calls = self.call.borrow();
        (calls[0].clone(), calls[1].clone())
    }

    pub const fn house(&self) -> &ProgramHouse {
        &self.house
    }

    pub fn number(&self) -> u32 {
        self.nth.set(self.nth.get() + 1);
        self.nth.get()
    }

    /// A desk at which nobody was.
    pub fn another_desk(&self) -> u16 {
        self.desk.set(self.desk.get() + 1);
        self.desk.get()
    }

    pub fn email(&self) -> String {
        format!("person{}@example.gr", self.number())
    }

    /// A browser in which somebody of staff is signed in.
    pub fn staff(&self, token: &str) -> FormBrowser<'_> {
        let mut browser = FormBrowser::new(&self.house);
        browser.get("/login");
        browser.keep("seira-session", token);
        browser
    }

    pub fn clerks_browser(&self) -> FormBrowser<'_> {
        self.staff(&self.clerk)
    }

    pub fn admins_browser(&self) -> FormBrowser<'_> {
        self.staff(&self.admin)
    }

    /// Somebody new, with a password: the name, the number and a session.
    pub fn employee(&self, role: &str) -> (String, u64, String) {
        let name = format!("staff{}", self.number());
        let id = self.house.employ(&self.admin, &name, role, Some("kep"), PASSWORD);
        let session = self.house.sign_in(&name, PASSWORD);
        (name, id, session)
    }

    pub fn office(&self, action: &str, body: &Value) -> Value {
        self.house.post_as(&self.admin, &fresh_id(), &format!("/api/v1/offices/kep/{action}"), body).ok()
    }

    pub fn at_desk(&self, action: &str, body: &Value) -> HttpAnswer {
        self.house.desk(&self.clerk, 1, action, body)
    }

    /// A free time that nobody else of the sweep takes.
    pub fn time_of_today(&self) -> String {
        let path = "/api/v1/offices/kep/slots?service=driving-licence&internal=true&from=2026-11-24&days=1";
        let slots = self.house.get(&self.admin, path).ok();
        text(&slots["slots"].as_array().unwrap()[0]["start"])
    }

    /// The same, further ahead.
    pub fn time(&self) -> String {
        let mut times = self.times.borrow_mut();
        if times.is_empty() {
            let path = "/api/v1/offices/kep/slots?service=driving-licence&internal=true&from=2026-12-07&days=20";
            let slots = self.house.get(&self.admin, path).ok();
            times.extend(slots["slots"].as_array().unwrap().iter().map(|slot| text(&slot["start"])));
        }
        // Far apart, so that each is free whatever the others take.
        times.remove(0);
        times.remove(0);
        times.remove(0)
    }

    /// A booking that was made for a caller.
    pub fn booking(&self) -> OwnBooking {
        let (email, start) = (self.email(), self.time());
        let wish = json!({ "service": "driving-licence", "start": start, "name": "Μαρία", "email": email,
            "phone": "6940000000" });
        let booked = self.office("bookings", &wish);
        let link = link(&letter_to(&self.house, "confirmation", &email), "/booking/");
        OwnBooking { link, reference: text(&booked["reference"]), email }
    }

    /// A ticket of today; gives the visit.
    pub fn ticket(&self) -> String {
        text(&self.office("tickets", &json!({ "service": "signature" }))["visit"])
    }

    /// Somebody at the kiosk rings for help.
    pub fn rung(&self) -> String {
        let ring = fresh_id();
        let path = "/api/v1/offices/kep/help";
        let rung = self.house.post_as(&self.kiosk, &fresh_id(), path, &json!({ "ring": ring }));
        assert_eq!(rung.status, 204, "{rung:?}");
        ring
    }

    /// Somebody who came to the kiosk while the hub was away, as the kiosk hands them in. Their number was nobody's to give, so
    /// that staff have to look.
    pub fn came_meanwhile(&self) -> Value {
        json!({ "visit": fresh_id(), "number": "B400", "arrived_at": "2026-11-24T07:00:00Z", "language": "el",
            "came": { "is": "walk-in", "service": "signature", "persons": 1, "cases": 1, "priority": false } })
    }

    /// The ticket of somebody whom the kiosk has handed in, and about whom staff have to do something.
    pub fn handed_in(&self) -> String {
        let came = self.came_meanwhile();
        let ticket = text(&came["visit"]);
        self.house.post_as(&self.kiosk, &ticket, "/api/v1/offices/kep/hand-ins", &came).ok();
        ticket
    }

    /// Desk 1 is open and has nobody in hand.
    pub fn idle_desk(&self) {
        let open = || {
            let floor = first_view(&self.house, &self.admin, "floor");
            floor["desks"].as_array().unwrap()[0].clone()
        };
        if self.at_desk("open", &json!({})).status != 200 {
            self.at_desk("resume", &json!({}));
        }
        let holds = open()["holds"].clone();
        if holds.is_string() {
            self.at_desk("appeared", &json!({ "visit": holds }));
            self.at_desk("finishes", &json!({ "visit": holds, "outcome": "not-possible" })).ok();
        }
    }

    /// Desk 1 has called somebody.
    pub fn called(&self) -> String {
        self.idle_desk();
        let visit = self.ticket();
        self.at_desk("chosen-calls", &json!({ "visit": visit, "because": "urgent" })).ok();
        visit
    }

    /// Desk 1 serves somebody.
    pub fn serving(&self) -> String {
        let visit = self.called();
        self.at_desk("appeared", &json!({ "visit": visit })).ok();
        visit
    }

    /// Desk 1 has served somebody.
    pub fn served(&self) -> String {
        let visit = self.serving();
        self.at_desk("finishes", &json!({ "visit": visit, "outcome": "done" })).ok();
        visit
    }

    /// A browser whose address is proven.
    pub fn proven(&self) -> FormBrowser<'_> {
        let (mut browser, email) = (FormBrowser::new(&self.house), self.email());
        let ask = "/book?office=kep&service=family-status";
        let work = solve(&browser.get(ask).text);
        let fields = [("email", email.as_str()), ("office", "kep"), ("service", "family-status"), ("altcha", &work)];
        assert_eq!(browser.post(ask, "/book", &fields).status, 303);
        let start = link(&letter_to(&self.house, "start", &email), "/book/start/");
        assert_eq!(browser.post(&start, &start, &[]).status, 303);
        browser
    }

    /// The same, with a time that is kept: the page of its details.
    pub fn held(&self) -> (FormBrowser<'_>, String) {
        let mut browser = self.proven();
        let page = browser.get(TIMES).text;
        let start = last_time(&page);
        let held = browser.post(TIMES, "/book/kep/family-status", &[("start", &start), ("cases", "1")]);
        let hold = location(&held).to_owned();
        (browser, hold)
    }

    /// The same, with the details typed: the page of the last check.
    pub fn reviewed(&self) -> (FormBrowser<'_>, String) {
        let (mut browser, hold) = self.held();
        let checked = browser.post(&hold, &hold, &DETAILS);
        assert_eq!(checked.status, 303, "{checked:?}");
        (browser, hold)
    }

    /// An agent who has a password: the browser in which they are signed in, and their address.
    pub fn agent(&self) -> (FormBrowser<'_>, String) {
        let (invitation, email) = self.invited_agent();
        let mut browser = FormBrowser::new(&self.house);
        let set = browser.post(&invitation, &invitation, &[("password", PASSWORD), ("again", PASSWORD)]);
        assert_eq!(set.status, 303, "{set:?}");
        (browser, email)
    }

    /// Somebody who was invited as an agent: the link, and their address.
    pub fn invited_agent(&self) -> (String, String) {
        let (mut office, email) = (self.admins_browser(), self.email());
        let fields = [("office", "kep"), ("name", "Νίκη"), ("email", email.as_str()), ("phone", ""), ("tax", "")];
        assert_eq!(office.post("/admin/agents", "/admin/agents", &fields).status, 303);
        (link(&letter_to(&self.house, "invited", &email), "/agent/password/"), email)
    }

    /// Sets an app up at sign-in.
    pub fn set_up(&self, browser: &mut FormBrowser<'_>, name: &str) {
        assert_eq!(location(&sign_in(browser, name, PASSWORD)), "/login/set-up?next=/staff");
        let page = browser.get("/login/set-up?next=/staff");
        let secret = after(&page, "<code class=\"secret\" translate=\"no\">", '<');
        let (draft, csrf) = (after(&page, "name=\"draft\" value=\"", '"'), after(&page, "name=\"csrf\" value=\"", '"'));
        let fields = [("draft", draft.as_str()), ("code", &code(&secret, &shown_at(&page), 0)), ("next", "/staff")];
        let done = browser.post_with(&csrf, "/login/set-up", &fields);
        assert_eq!(done.status, 200, "{done:?}");
        self.secrets.borrow_mut().insert(name.to_owned(), (secret, shown_at(&page), 0));
    }

    /// A code of somebody's app that was not typed before.
    pub fn next_code(&self, name: &str) -> String {
        let mut secrets = self.secrets.borrow_mut();
        let (secret, at, step) = secrets.get_mut(name).unwrap();
        *step += 1;
        code(secret, at, *step)
    }

    /// An administrator with a password who has to set a second step up.
    pub fn administrator(&self) -> String {
        let name = format!("head{}", self.number());
        self.house.employ(&self.admin, &name, "admin", Some("kep"), PASSWORD);
        name
    }
}

pub const TIMES: &str = "/book/kep/family-status?cases=1";
pub const DETAILS: [(&str, &str); 6] = [
    ("behalf", "oneself"),
    ("name", "Άννα Δημητρίου"),
    ("phone", "6940000000"),
    ("street", "Πλατεία 1"),
    ("postcode", "72100"),
    ("town", "Άγιος Νικόλαος"),
];

/// The last time of a page: the first ones go first.
pub fn last_time(page: &str) -> String {
    page.rsplit_once("name=\"start\" value=\"").unwrap().1.split('"').next().unwrap().to_owned()
}
