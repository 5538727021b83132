//! The figures of an office through the program: counted from its journal as Python counts them, kept with it, made anew, open to
//! everybody without small groups; and what visitors thought, which leads to nobody.
//!
//! Shows FLD-10, FLD-25 and NEW-13.

use std::{
    collections::BTreeMap,
    io::Write,
    process::{Command, Stdio},
};

use base64::Engine;
use serde_json::{Value, json};

use crate::{
    house::{PASSWORD, ProgramHouse, fresh_id},
    http::{self, HttpAnswer},
    letters::letter,
    pages::FormBrowser,
};

const PAGE: &str = "/staff/kep/figures";
/// The day that is played, a later hour of it, and the next morning.
const MORNING: &str = "2026-11-24T09:00:00+02:00";
const LATER: &str = "2026-11-24T11:30:00+02:00";
const NEXT_MORNING: &str = "2026-11-25T09:00:00+02:00";
const NEXT_MONTH: &str = "2026-12-01T09:00:00+02:00";
/// Both of them.
const DAYS: &str = "from=2026-11-24&to=2026-11-25";

/// A house in which a minute passes in a second.
fn house() -> ProgramHouse {
    let mut house = ProgramHouse::files();
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    house.start_at(MORNING, "60");
    house
}

/// Somebody comes, is called and served at desk 1; gives the visit.
fn served(house: &ProgramHouse, admin: &str, outcome: &str) -> String {
    let visit = house.ticket(admin).ok()["visit"].as_str().unwrap().to_owned();
    house.desk(admin, 1, "calls", &json!({})).ok();
    house.desk(admin, 1, "appeared", &json!({ "visit": visit })).ok();
    house.desk(admin, 1, "finishes", &json!({ "visit": visit, "outcome": outcome })).ok();
    visit
}

/// A morning: seven are served, one of them in vain, and one more waits.
fn morning(house: &ProgramHouse, admin: &str) -> Vec<String> {
    house.desk(admin, 1, "open", &json!({})).ok();
    let visits = (0..7).map(|nth| served(house, admin, if nth == 3 { "not-possible" } else { "done" })).collect();
    house.ticket(admin).ok();
    visits
}

/// Three more come, for one thing or another; the three who have waited longest are served.
fn noon(house: &ProgramHouse, admin: &str) {
    for service in ["certified-copy", "signature", "certified-copy"] {
        let wish = json!({ "service": service });
        house.post_as(admin, &fresh_id(), "/api/v1/offices/kep/tickets", &wish).ok();
    }
    for _ in 0..3 {
        let visit = house.desk(admin, 1, "calls", &json!({})).ok()["visit"].clone();
        house.desk(admin, 1, "appeared", &json!({ "visit": visit })).ok();
        house.desk(admin, 1, "finishes", &json!({ "visit": visit, "outcome": "done" })).ok();
    }
}

/// What Python counts in the journal as the hub exports it.
fn judged(house: &ProgramHouse) -> Value {
    let judge = concat!(env!("CARGO_MANIFEST_DIR"), "/../figures/tests/judge.py");
    let journal = house.run(&["export"]).stdout;
    let mut python = Command::new("python3")
        .args([judge, "kep", "2026-11-24", "2026-11-25"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    python.stdin.take().unwrap().write_all(&journal).unwrap();
    let answer = python.wait_with_output().unwrap();
    assert!(answer.status.success());
    serde_json::from_slice(&answer.stdout).unwrap()
}

/// The median and the ninetieth wait of each group that Python found, in the order of their numbers.
fn waits(groups: &Value) -> Vec<(u64, u64)> {
    let number = |number: &Value| number.as_u64().unwrap();
    let groups = groups.as_object().unwrap().iter().filter(|(_, group)| group[8].is_array());
    let waits: BTreeMap<u64, (u64, u64)> =
        groups.map(|(key, group)| (key.parse().unwrap(), (number(&group[8][1]), number(&group[8][2])))).collect();
    waits.into_values().collect()
}

/// The median and the ninetieth of each bar in a plot, in its order.
fn bars(html: &str, plot: &str) -> Vec<(u64, u64)> {
    let drawn =
        html.split(&format!("aria-labelledby=\"plot-{plot}-name")).nth(1).unwrap_or_else(|| panic!("no {plot}"));
    let drawn = drawn.split("</svg>").next().unwrap();
    let number = |rest: &str| rest.split('"').next().unwrap().parse().unwrap();
    let bars = drawn.split("data-value=\"").skip(1);
    bars.map(|bar| (number(bar), number(bar.split("data-reach=\"").nth(1).unwrap()))).collect()
}

fn file(house: &ProgramHouse, admin: &str, path: &str) -> HttpAnswer {
    http::ask_bytes(&house.address, "GET", path, &[("cookie", &format!("seira-session={admin}"))], b"")
}

#[test]
fn fld_10_the_page_shows_what_python_counts_in_the_journal_and_the_tables_follow_it() {
    let mut house = house();
    let admin = house.admin();
    morning(&house, &admin);
    // The day that runs is seen as far as it has come.
    let running = house.page(&admin, PAGE).text;
    assert!(running.contains("Στοιχεία λειτουργίας") && running.contains("<td>7</td>"), "{running}");
    house.stop();
    house.start_at(LATER, "60");
    noon(&house, &house.admin());
    house.stop();
    // The night closes the day.
    house.start_at(NEXT_MORNING, "1");
    let admin = house.admin();
    house.ticket(&admin).ok();
    let judged = judged(&house);
    let page = house.page(&admin, &format!("{PAGE}?{DAYS}")).text;
    for (plot, groups) in [("hour", &judged["by_hour"]), ("service", &judged["by_service"])] {
        let waits = waits(groups);
        assert_eq!(waits.len(), 2, "{groups}");
        assert_eq!(bars(&page, plot), waits, "{plot}: {page}");
    }
    assert_eq!((judged["all"][0].as_u64(), judged["all"][1].as_u64()), (Some(11), Some(9)), "{judged}");
    assert_eq!((judged["all"][2].as_u64(), judged["all"][6].as_u64()), (Some(1), Some(1)), "{judged}");
    // The same in the file, in both languages; numbers in minutes with one place.
    let minutes = |seconds: &Value| {
        let tenths = (seconds.as_u64().unwrap() * 10 + 30) / 60;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    let csv = file(&house, &admin, &format!("{PAGE}.csv?{DAYS}&lang=en"));
    assert!(csv.headers.contains("text/csv") && csv.headers.contains("figures-kep-2026-11-24-2026-11-25.csv"));
    for (figure, value) in [
        ("Visits", "11".to_owned()),
        ("Served", "10".to_owned()),
        ("Not reached", "1".to_owned()),
        ("Wait, median (minutes)", minutes(&judged["all"][8][1])),
        ("Way, 90% (minutes)", minutes(&judged["all"][9][2])),
        ("Being served, median (minutes)", minutes(&judged["all"][10][1])),
    ] {
        let line = format!("\"Visits in all\",\"In all\",\"{figure}\",\"{value}\"");
        assert!(csv.text.contains(&line), "no {line} in {}", csv.text);
    }
    let book = file(&house, &admin, &format!("{PAGE}.xlsx?{DAYS}"));
    assert!(book.status == 200 && book.text.starts_with("PK"), "{}", book.status);
    // A service and a way of coming alone; what cannot be asked for is said, and leaves something to see.
    let alone = house.page(&admin, &format!("{PAGE}?{DAYS}&service=signature&way=walk-in")).text;
    assert!(alone.contains("value=\"signature\" selected") && alone.contains("value=\"walk-in\" selected"), "{alone}");
    let wrong = house.page(&admin, &format!("{PAGE}?from=2026-11-25&to=2026-11-24"));
    assert!(wrong.status == 400 && wrong.text.contains("role=\"alert\""), "{wrong:?}");
    let long = house.page(&admin, &format!("{PAGE}?from=2020-01-01&to=2026-11-24"));
    assert!(long.status == 400 && long.text.contains("397"), "{long:?}");
    let english = house.page(&admin, &format!("{PAGE}?{DAYS}&lang=en")).text;
    assert!(english.contains("Operating figures") && english.contains("<desc "), "{english}");

    // A clerk sees nobody's figures, nor where they are.
    house.employ(&admin, "eleni", "clerk", Some("kep"), PASSWORD);
    let clerk = house.sign_in("eleni", PASSWORD);
    for path in [PAGE.to_owned(), format!("{PAGE}.csv"), format!("{PAGE}.xlsx")] {
        assert_eq!(house.page(&clerk, &path).status, 403, "{path}");
    }
    assert!(!house.page(&clerk, "/staff/kep/house").text.contains(PAGE));
    assert!(house.page(&admin, "/staff/kep/house").text.contains(PAGE));

    // What is kept is what follows from the journal; what was changed is found, and made anew.
    let found = house.verify().unwrap();
    assert!(found.contains(" 1 days of figures"), "{found}");
    house.stop();
    let database = rusqlite::Connection::open(house.database()).unwrap();
    assert_eq!(database.execute("UPDATE figure_day SET body = replace(body, '[', ' [')", []).unwrap(), 1);
    drop(database);
    let wrong = house.verify().unwrap_err();
    assert!(wrong.contains("the days of figures are not those of the journal"), "{wrong}");
    let renewed = house.run(&["renew-figures"]);
    assert!(String::from_utf8_lossy(&renewed.stdout).contains("1 day"), "{renewed:?}");
    house.verify().unwrap();
}

#[test]
fn fld_25_three_faces_and_a_sentence_are_said_once_and_lead_to_nobody() {
    let house = house();
    let admin = house.admin();
    let visits = morning(&house, &admin);
    let own = format!("/v/{}", visits[0]);
    let mut phone = FormBrowser::new(&house);
    let asked = phone.get(&own).text;
    assert!(asked.contains("Πώς ήταν η εξυπηρέτησή σας;") && asked.contains("name=\"face\""), "{asked}");
    // Without a face nothing is kept, and nothing of what was typed is lost.
    let action = format!("{own}/feedback");
    let refused = phone.post(&own, &action, &[("face", ""), ("text", "Μόνο λόγια")]);
    assert!(refused.status == 400 && refused.text.contains("Μόνο λόγια"), "{refused:?}");
    assert!(refused.text.contains("Διαλέξτε πρώτα"), "{}", refused.text);
    let words = "Ευγενικοί και γρήγοροι <b>";
    assert_eq!(phone.post(&own, &action, &[("face", "good"), ("text", words)]).status, 303);
    let thanked = phone.get(&own).text;
    assert!(thanked.contains("Ευχαριστούμε για τη γνώμη σας.") && !thanked.contains("name=\"face\""), "{thanked}");
    // From another browser, and by hand: it was said.
    let mut other = FormBrowser::new(&house);
    assert_eq!(other.post("/login", &action, &[("face", "bad"), ("text", "Άλλος")]).status, 303);

    // So few have said something that somebody could be known among them: their sentence is read, and no count is shown.
    let seen = house.page(&admin, PAGE).text;
    assert!(seen.contains("Ευγενικοί και γρήγοροι &#60;b&#62;") && !seen.contains("Άλλος"), "{seen}");
    assert!(!seen.contains("Γνώμη μετά την επίσκεψη"), "{seen}");
    for visit in &visits[1..5] {
        let own = format!("/v/{visit}");
        let said =
            FormBrowser::new(&house).post(&own, &format!("{own}/feedback"), &[("face", "middling"), ("text", "")]);
        assert_eq!(said.status, 303);
    }
    let seen = house.page(&admin, PAGE).text;
    assert!(seen.contains("Γνώμη μετά την επίσκεψη") && seen.contains("80 %"), "{seen}");

    // Nothing that is kept of it names a visit, a time or a service.
    let database = rusqlite::Connection::open(house.database()).unwrap();
    let count = |question: &str| database.query_row(question, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT sum(count) FROM feedback"), 5);
    assert_eq!(count("SELECT count(*) FROM feedback_words WHERE text IS NOT NULL"), 1);
    assert_eq!(count("SELECT count(*) FROM feedback_mark"), 5);
    let public = uuid::Uuid::parse_str(&visits[0]).unwrap();
    let marks = "SELECT count(*) FROM feedback_mark WHERE instr(mark, ?1) > 0";
    let named = |bytes: &[u8]| database.query_row(marks, [bytes], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(named(public.as_bytes()), 0);

    // Who sees the figures erases the sentence, for good; a clerk does neither.
    let id: Vec<u8> = database.query_row("SELECT id FROM feedback_words", [], |row| row.get(0)).unwrap();
    let id = uuid::Uuid::from_slice(&id).unwrap().to_string();
    house.employ(&admin, "eleni", "clerk", Some("kep"), PASSWORD);
    let erase = format!("{PAGE}/feedback");
    let press = |token: &str, page: &str| {
        let mut browser = FormBrowser::new(&house);
        browser.get("/login");
        browser.keep("seira-session", token);
        browser.post(page, &erase, &[("words", &id)]).status
    };
    assert_eq!(press(&house.sign_in("eleni", PASSWORD), "/staff/kep/house"), 403);
    assert_eq!(press(&admin, PAGE), 303);
    assert_eq!(count("SELECT count(*) FROM feedback_words WHERE text IS NOT NULL"), 0);
    assert!(!house.page(&admin, PAGE).text.contains("Ευγενικοί"));
    house.verify().unwrap();
}

#[test]
fn new_13_targets_and_how_they_were_kept_are_open_without_small_groups() {
    let mut house = house();
    let admin = house.admin();
    morning(&house, &admin);
    // A service that two have come for is a small group.
    for _ in 0..2 {
        let wish = json!({ "service": "certified-copy" });
        house.post_as(&admin, &fresh_id(), "/api/v1/offices/kep/tickets", &wish).ok();
    }
    let before = house.ask("GET", "/office/kep/figures", &[], "").text;
    assert!(before.contains("Δεν υπάρχουν ακόμη στοιχεία"), "the month runs: {before}");
    house.stop();
    house.start_at(NEXT_MONTH, "1");
    house.ticket(&house.admin()).ok();
    let judged = judged(&house);

    let page = house.ask("GET", "/office/kep/figures", &[], "");
    assert_eq!(page.status, 200);
    for said in [
        "Κλήση έως 10 λεπτά από την ώρα του ραντεβού: σε 90 στις 100 επισκέψεις.",
        "Χωρίς ραντεβού, κλήση έως 30 λεπτά από την άφιξη: σε 90 στις 100 επισκέψεις.",
        "Νοέμβριος 2026",
        "<desc ",
        "Κάποιες υπηρεσίες δεν εμφανίζονται",
    ] {
        assert!(page.text.contains(said), "no «{said}» in {}", page.text);
    }
    assert!(!page.text.contains("Επικυρωμένο"), "two visits are too few: {}", page.text);
    let english = house.ask("GET", "/office/kep/figures?lang=en", &[], "").text;
    assert!(english.contains("Targets and operating figures") && english.contains("November 2026"), "{english}");
    assert!(house.ask("GET", "/office/kep", &[], "").text.contains("/office/kep/figures"));

    // As data: the same, for programs and for the pages of others.
    let data = house.ask("GET", "/office/kep/figures.json", &[], "");
    assert!(data.headers.to_lowercase().contains("access-control-allow-origin: *"), "{}", data.headers);
    let data = data.json();
    let month = &data["months"][0];
    assert_eq!((month["month"].as_str(), data["least_visits"].as_u64()), (Some("2026-11"), Some(5)), "{data}");
    assert_eq!(month["whole"]["visits"], judged["all"][0], "{data}");
    assert_eq!(month["whole"]["wait_median_seconds"], judged["all"][8][1], "{data}");
    assert_eq!(month["whole"]["walk_in_within_minutes"], 30, "{data}");
    assert_eq!(month["whole"]["booked_kept_percent"], Value::Null, "nobody had an appointment");
    assert_eq!(month["some_left_out"], true, "{data}");
    // Two are left out; so the one that is larger goes with them, or two were the difference.
    assert_eq!(month["services"], json!([]), "{data}");
    let table = house.ask("GET", "/office/kep/figures.csv", &[], "").text;
    assert!(table.starts_with("\u{feff}\"month\",\"service\""), "{table}");
    let line = format!("\"2026-11\",\"\",\"\",\"{}\",\"{}\"", judged["all"][0], judged["all"][8][1]);
    assert!(table.contains(&line), "no {line} in {table}");
    assert_eq!(house.ask("GET", "/office/nowhere/figures", &[], "").status, 404);
    assert_eq!(house.ask("GET", "/office/KEP/figures", &[], "").status, 308);
}

#[test]
fn fld_10_a_months_figures_come_by_mail_on_the_first_working_day_of_the_next_as_tagged_pdf() {
    let mut house = house();
    let admin = house.admin();
    house.employ(&admin, "head", "admin", Some("kep"), PASSWORD);
    house.employ(&admin, "eleni", "clerk", Some("kep"), PASSWORD);
    morning(&house, &admin);
    house.stop();
    let database = rusqlite::Connection::open(house.database()).unwrap();
    for name in ["head", "eleni"] {
        let proven = "UPDATE account SET email = ?1 || '@example.gr', email_proven_at = 1 WHERE name = ?1";
        assert_eq!(database.execute(proven, [name]).unwrap(), 1);
    }
    drop(database);
    house.start_at(NEXT_MONTH, "1");
    let mail = letter(&house, "figures");
    assert!(mail.contains("Μήνας: Νοέμβριος 2026"), "{mail}");
    assert!(mail.contains("/staff/kep/figures?from=2026-11-01&to=2026-11-30"), "{mail}");

    // Who sees them has it, once, and a clerk has not.
    let database = rusqlite::Connection::open(house.database()).unwrap();
    let owed = "SELECT count(*) FROM outbox WHERE kind = 'figures'";
    assert_eq!(database.query_row(owed, [], |row| row.get::<_, i64>(0)).unwrap(), 1);
    let folder = std::fs::read_dir(house.folder.path().join("mail")).unwrap();
    let mut files = folder.map(|file| file.unwrap().path());
    let file = files.find(|file| file.to_string_lossy().ends_with("-figures.eml")).unwrap();
    let raw = std::fs::read_to_string(file).unwrap();
    assert!(raw.contains("head@example.gr") && raw.contains("figures-2026-11.pdf"), "{raw}");

    // The document says what each of its parts is, and in which language.
    let (_, part) = raw.split_once("application/pdf").unwrap();
    let (_, packed) = part.split_once("\r\n\r\n").unwrap();
    let packed: String = packed.split("\r\n--").next().unwrap().split_whitespace().collect();
    let document = base64::engine::general_purpose::STANDARD.decode(packed).unwrap();
    let has = |mark: &str| document.windows(mark.len()).any(|bytes| bytes == mark.as_bytes());
    assert!(document.starts_with(b"%PDF"));
    for mark in ["/StructTreeRoot", "/MarkInfo", "/Lang", "/H1", "/TH", "/TD"] {
        assert!(has(mark), "no {mark} in the document");
    }
}
