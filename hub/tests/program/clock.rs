//! A machine's clock that nobody agrees with: nothing is done for good because of it (PROM-10).

use std::time::{Duration, Instant};

use serde_json::json;

use crate::{
    house::{PASSWORD, ProgramHouse},
    machine::ClockedMachine,
    mail_sink::MailSink,
    pages::FormBrowser,
    registers,
    sweep::BIN,
    through::led,
};

const LINE: &str = "δεν επιβεβαιώνεται";
const QUESTION: &str = "τίποτε άλλο δεν το επιβεβαιώνει";

/// A real hub on a machine, with its administrator, at nine on a Tuesday.
fn begun() -> (ProgramHouse, ClockedMachine) {
    begun_with("")
}

/// The same with these keys.
fn begun_with(keys: &str) -> (ProgramHouse, ClockedMachine) {
    let mut house = ProgramHouse::files_with_config(keys, "");
    let machine = ClockedMachine::of(&house);
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    machine.set("2026-11-24T09:00:00+02:00");
    house.serve_on(&machine);
    (house, machine)
}

/// Somebody books by telephone for the day after tomorrow, and has the mail that says so.
fn book(house: &ProgramHouse, admin: &str) {
    book_from(house, admin, "2026-11-25&days=2");
}

fn book_from(house: &ProgramHouse, admin: &str, from: &str) {
    let mails_before = mails(house);
    let path = format!("/api/v1/offices/kep/slots?service=driving-licence&internal=true&from={from}");
    let slots = house.get(admin, &path).ok();
    let wish = json!({"service": "driving-licence", "start": slots["slots"][0]["start"], "name": "Μαρία Παπαδάκη",
        "email": "maria@example.gr", "phone": "6940000000"});
    let booked = house.post_as(admin, &crate::house::fresh_id(), "/api/v1/offices/kep/bookings", &wish);
    assert_eq!(booked.status, 200, "{booked:?}");
    wait(|| mails(house) == mails_before + 1, "the confirmation");
}

fn mails(house: &ProgramHouse) -> usize {
    std::fs::read_dir(house.folder.path().join("mail")).map(Iterator::count).unwrap_or_default()
}

/// How many people the hub knows by name.
fn people(house: &ProgramHouse) -> i64 {
    let database = rusqlite::Connection::open(house.database()).unwrap();
    database.query_row("SELECT count(*) FROM people WHERE name IS NOT NULL", [], |row| row.get(0)).unwrap()
}

fn events(house: &ProgramHouse, kind: &str) -> usize {
    String::from_utf8(house.run(&["export"]).stdout).unwrap().matches(&format!("\"{kind}\"")).count()
}

fn wait(mut until: impl FnMut() -> bool, what: &str) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !until() {
        assert!(Instant::now() < deadline, "{what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

pub fn page(house: &ProgramHouse, admin: &str, path: &str) -> String {
    let cookie = format!("seira-session={admin}");
    let answer = house.ask("GET", path, &[("cookie", &cookie)], "");
    // Some pages lead on to the one office's.
    match answer.headers.lines().find_map(|line| line.strip_prefix("location: ")) {
        Some(path) => house.ask("GET", path.trim(), &[("cookie", &cookie)], "").text,
        None => answer.text,
    }
}

/// An administrator presses a button of a page, if it is there.
pub fn press(house: &ProgramHouse, admin: &str, shown: &str, action: &str) {
    let shown = page(house, admin, shown);
    let Some(form) = shown.find(&format!("action=\"{action}\"")) else { return };
    let csrf = shown[form..].split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let cookie = format!("seira-session={admin}");
    let headers = [("cookie", cookie.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    let answer = house.ask("POST", action, &headers, &format!("csrf={csrf}"));
    assert_eq!(answer.status, 303, "{answer:?}");
}

/// An administrator presses the button on the page of the hub's state.
pub fn say_it_is_right(house: &ProgramHouse, admin: &str) {
    let shown = page(house, admin, "/admin");
    let value = |name: &str| {
        let mark = format!("name=\"{name}\" value=\"");
        let form = &shown[shown.find("action=\"/admin/clock\"").unwrap_or_else(|| panic!("no form: {shown}"))..];
        form[form.find(&mark).unwrap() + mark.len()..].split('"').next().unwrap().to_owned()
    };
    let body = format!("csrf={}&shown={}", value("csrf"), value("shown"));
    let cookie = format!("seira-session={admin}");
    let headers = [("cookie", cookie.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    let answer = house.ask("POST", "/admin/clock", &headers, &body);
    assert_eq!(answer.status, 303, "{answer:?}");
}

#[test]
fn prom_14_a_clock_years_ahead_erases_nobody_and_mails_nobody() {
    let (mut house, machine) = begun();
    let admin = house.admin();
    book(&house, &admin);
    // And for the day that runs.
    book_from(&house, &admin, "2026-11-24&days=1");
    house.stop();
    machine.set("2030-01-15T10:00:00+02:00");
    for start in 1..=2 {
        // Also when it is started once more, with events of that day in its journal.
        house.serve_on(&machine);
        let admin = house.admin();
        house.ticket(&admin).ok();
        for path in ["/admin", "/staff/bookings"] {
            assert!(page(&house, &admin, path).contains(LINE), "{path} at start {start}");
        }
        assert!(!house.ask("GET", "/", &[], "").text.contains(LINE), "citizens are not told");
        let found = (people(&house), mails(&house), events(&house, "missed"), events(&house, "void"));
        assert_eq!(found, (2, 2, 0, 0), "at start {start}");
        if start == 1 {
            house.stop();
        }
    }
    // A person's word ends it, and what waited is done.
    let admin = house.admin();
    say_it_is_right(&house, &admin);
    assert!(!page(&house, &admin, "/admin").contains(LINE));
    wait(|| people(&house) == 0, "whose visit was years ago is erased");
    house.stop();
    // What becomes of the bookings follows when the day is over: here the hub was away, and nobody missed anything.
    machine.set("2030-01-16T09:00:00+02:00");
    machine.say_synchronised("yes");
    house.serve_on(&machine);
    let settled = || events(&house, "missed") + events(&house, "cancelled") + events(&house, "booking-cancelled");
    wait(|| settled() >= 2, "something became of both bookings");
    house.stop();
    house.verify().unwrap();
}

#[test]
fn prom_10_what_is_said_by_command_or_by_the_kernel_ends_the_doubt() {
    let (mut house, machine) = begun();
    house.ticket(&house.admin()).ok();
    house.stop();
    machine.set("2029-01-16T10:00:00+02:00");
    house.serve_on(&machine);
    let admin = house.admin();
    assert!(page(&house, &admin, "/admin").contains(LINE));
    let running = house.run_on(&machine, &["believe-clock"]);
    assert!(!running.status.success() && String::from_utf8_lossy(&running.stderr).contains("another hub runs"));
    house.stop();
    let said = house.run_on(&machine, &["believe-clock"]);
    assert!(said.status.success() && String::from_utf8_lossy(&said.stdout).contains("2029-01-16"), "{said:?}");
    house.serve_on(&machine);
    let admin = house.admin();
    assert!(!page(&house, &admin, "/admin").contains(LINE));
    house.stop();
    machine.set("2033-01-18T10:00:00+02:00");
    machine.say_synchronised("yes");
    house.serve_on(&machine);
    let admin = house.admin();
    let shown = page(&house, &admin, "/admin");
    assert!(!shown.contains(LINE) && !shown.contains(QUESTION), "{shown}");
}

#[test]
fn prom_10_a_paired_device_whose_clock_agrees_ends_the_doubt_and_nobody_else_does() {
    let (mut house, machine) = begun_with("[proxy]\ntrusted = [\"127.0.0.1\"]\n");
    let (token, _) = house.pair(&house.admin(), "kiosk");
    house.stop();
    machine.set("2030-01-15T10:00:00+02:00");
    house.serve_on(&machine);
    let admin = house.admin();
    assert!(page(&house, &admin, "/admin").contains(LINE));
    let asks = |token: &str, from: &str, date: &str| {
        let bearer = format!("Bearer {token}");
        let headers = [("authorization", bearer.as_str()), ("x-forwarded-for", from), ("date", date)];
        let ticket = json!({"service": "signature"}).to_string();
        house.ask("POST", "/api/v1/offices/kep/tickets", &headers, &ticket).status
    };
    let (agrees, years_away) = ("Tue, 15 Jan 2030 10:02:00 +0200", "Tue, 24 Nov 2026 09:00:00 +0200");
    // The same machine agrees with itself, a stranger says what they like, and another clock is no witness.
    assert_eq!(asks(&token, "127.0.0.1", agrees), 200);
    assert_eq!(asks("none", "192.0.2.7", agrees), 401);
    assert_eq!(asks(&token, "192.0.2.7", years_away), 200);
    assert_eq!(asks(&token, "192.0.2.7", "yesterday"), 200);
    assert!(page(&house, &admin, "/admin").contains(LINE));
    assert_eq!(asks(&token, "192.0.2.7", agrees), 200);
    assert!(!page(&house, &admin, "/admin").contains(LINE));
    assert!(house.log().contains("a paired device agrees"));
}

#[test]
fn prom_10_a_mail_server_whose_date_agrees_ends_the_doubt() {
    let (mut house, machine) = begun();
    house.stop();
    machine.set("2030-01-15T10:00:00+02:00");
    let file = house.folder.path().join("hub.toml");
    let before = std::fs::read_to_string(&file).unwrap();
    let serve = |house: &mut ProgramHouse, date: &str| {
        let sink = MailSink::greeting(&format!("mx.example.gr ESMTP Exim 4.96 {date}"));
        let (host, port) = sink.address.split_once(':').unwrap();
        let mail = format!(
            "[mail]\ntransport = \"smtp\"\nhost = \"{host}\"\nport = {port}\nfrom = \"KEP <kep@example.gr>\"\n\
             timeout_seconds = 5\n"
        );
        std::fs::write(&file, format!("{before}{mail}")).unwrap();
        house.serve_on(&machine);
    };
    serve(&mut house, "Tue, 24 Nov 2026 09:00:00 +0200");
    let admin = house.admin();
    assert!(page(&house, &admin, "/admin").contains(LINE), "a server that says another day agrees with nothing");
    house.stop();
    serve(&mut house, "Tue, 15 Jan 2030 10:01:00 +0200");
    let admin = house.admin();
    wait(|| !page(&house, &admin, "/admin").contains(LINE), "the mail server's word ends it");
    assert!(house.log().contains("the mail server agrees"));
}

#[test]
fn prom_14_a_weekend_switched_off_and_a_stop_of_90_days_raise_no_alarm() {
    let (mut house, machine) = begun();
    house.stop();
    for (off, on) in [
        ("2026-11-27T14:10:00+02:00", "2026-11-30T08:15:00+02:00"),
        ("2026-12-01T14:10:00+02:00", "2026-12-02T08:15:00+02:00"),
        ("2026-12-02T14:10:00+02:00", "2027-03-02T08:15:00+02:00"),
    ] {
        machine.set(off);
        house.serve_on(&machine);
        // Whoever worked on it until then knows that its clock was right.
        let admin = house.admin();
        if page(&house, &admin, "/admin").contains(QUESTION) {
            say_it_is_right(&house, &admin);
        }
        house.ticket(&admin).ok();
        house.stop();
        machine.set(on);
        house.serve_on(&machine);
        let admin = house.admin();
        house.ticket(&admin).ok();
        assert!(!page(&house, &admin, "/admin").contains(LINE), "off {off}, on {on}");
        assert!(!page(&house, &admin, "/staff").contains(LINE), "off {off}, on {on}");
        house.stop();
    }
}

#[test]
fn prom_14_a_clock_that_is_set_under_a_running_hub_is_noticed_before_anything_is_missed() {
    let (mut house, machine) = begun();
    let admin = house.admin();
    book(&house, &admin);
    assert!(!page(&house, &admin, "/admin").contains(LINE));
    machine.set("2027-06-15T10:00:00+03:00");
    let admin = house.admin();
    house.ticket(&admin).ok();
    assert!(page(&house, &admin, "/admin").contains(LINE));
    assert_eq!((people(&house), mails(&house), events(&house, "missed")), (1, 1, 0));
    house.kill();
    // A start after that does not take the wrong day for the right one.
    house.serve_on(&machine);
    let admin = house.admin();
    assert!(page(&house, &admin, "/admin").contains(LINE));
    assert_eq!((people(&house), mails(&house), events(&house, "missed")), (1, 1, 0));
    say_it_is_right(&house, &admin);
    wait(|| people(&house) == 0, "whose visit was months ago is erased");
}

#[test]
fn prom_10_pet_02_a_clock_years_ahead_gives_no_number_of_that_year() {
    let (mut house, machine) = begun_with("body = \"body.toml\"\n");
    {
        let mut browser = FormBrowser::new(&house);
        let typed = registers::typed(&mut browser, "melina", "melina@example.gr");
        let typed: Vec<_> = typed.iter().map(|(name, text)| (*name, text.as_str())).collect();
        assert_eq!(browser.post("/register", "/register", &typed).status, 303);
        registers::opens_and_signs_in(&mut browser, &registers::link_of(&house, "melina@example.gr"), "melina");
    }
    let submits = |house: &ProgramHouse, number: &str| {
        let (mut browser, page) = (FormBrowser::new(house), "/requests/new/cleaning");
        assert_eq!(led(&browser.post("/login", "/login", &[("name", "melina"), ("password", PASSWORD)])), "/account");
        let receipt = led(&browser.post(page, page, &BIN));
        let shown = browser.get(&receipt).text;
        assert!(shown.contains(number), "{number}: {shown}");
    };
    submits(&house, "1/2026");
    house.stop();
    machine.set("2030-01-15T10:00:00+02:00");
    house.serve_on(&machine);
    submits(&house, "2/2026");
    house.stop();
    machine.set("2026-11-24T15:00:00+02:00");
    machine.say_synchronised("yes");
    house.serve_on(&machine);
    submits(&house, "3/2026");
    // A year that everybody agrees with begins with one.
    house.stop();
    machine.set("2027-01-04T09:00:00+02:00");
    house.serve_on(&machine);
    submits(&house, "1/2027");
}
