//! Other houses are asked for the body, played by the look-alike in every mood: the protocol system for official numbers, the
//! register of records for what somebody owes.
//!
//! Shows PET-02, PLA-06, FLD-22 and PROM-09.

use std::net::SocketAddr;

use lookalike::{Lookalike, Mood, PROTOCOL_TOKEN, RECORDS_TOKEN};
use serde_json::{Value, json};

use crate::{
    away::PlainBrowser,
    gates::GateScene,
    gone::wait,
    house::{PASSWORD, ProgramHouse},
    http::HttpAnswer,
    letters::letter_to,
    pages::FormBrowser,
    registers::link_of,
    through::{comes_back, led, taxisnet},
};

/// What a clerk finds where everything is there.
const EVERYTHING: [(&str, &str); 6] = [
    ("paper", "identity-card"),
    ("last-three", "456"),
    ("proof-tax-number", "yes"),
    ("proof-tax-office", "yes"),
    ("proof-address", "yes"),
    ("finding", "certify"),
];
const CLERK_PASSWORD: &str = "αρκετά μακρύ";

/// What stands in `body.toml` for the look-alike's protocol system.
pub fn protocol(at: SocketAddr) -> String {
    format!(
        "[protocol]\nurl = \"http://{at}/protocol\"\nsecret_file = \"protocol-token\"\nunit = \"Πρωτόκολλο\"\nreason = \"Ν. \
         2690/1999\"\ntimeout_seconds = 1\n"
    )
}

/// What stands there for its register of records.
pub fn records(at: SocketAddr) -> String {
    format!(
        "\n[records]\nurl = \"http://{at}/records\"\nsecret_file = \"records-token\"\nunit = \"Δήμος\"\nreason = \"Απόφαση \
         12/2026\"\ntimeout_seconds = 1\n"
    )
}

/// A house that does not run yet, with these sections in its body's file in the place of the sample's.
pub fn files(keys: &str, body: &str) -> ProgramHouse {
    let house = ProgramHouse::files_with_config(&format!("body = \"body.toml\"\n{keys}"), "");
    let at = |name: &str| house.folder.path().join(name);
    let sample = std::fs::read_to_string(at("body.toml")).unwrap();
    let sample = if body.contains("[protocol]") { sample.replacen("[protocol]\n", "", 1) } else { sample };
    std::fs::write(at("body.toml"), format!("{sample}\n{body}")).unwrap();
    for (name, secret) in [
        ("protocol-token", PROTOCOL_TOKEN),
        ("records-token", RECORDS_TOKEN),
        ("taxisnet-secret", lookalike::SECRET),
        ("register-token", lookalike::REGISTER_TOKEN),
    ] {
        std::fs::write(at(name), secret).unwrap();
    }
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    house
}

fn count(house: &ProgramHouse, select: &str) -> i64 {
    rusqlite::Connection::open(house.database()).unwrap().query_row(select, [], |row| row.get(0)).unwrap()
}

/// What the look-alike was asked at a place, as JSON.
fn asked(lookalike: &Lookalike, path: &str) -> Vec<Value> {
    let asked = lookalike.asked().into_iter().filter(|question| question.path == path);
    asked.map(|question| serde_json::from_str(&question.body).unwrap()).collect()
}

/// A citizen submits a request for cleaning; its page.
fn submits(browser: &mut FormBrowser<'_>) -> String {
    let page = "/requests/new/cleaning";
    let bin = [("x-kind", "0"), ("x-request_place", "Κουντούρου 12"), ("x-request_what", "Ξεχειλίζει")];
    let receipt = led(&browser.post(page, page, &bin));
    receipt.trim_end_matches("/receipt").to_owned()
}

#[test]
fn pet_02_a_receipt_is_provisional_while_the_protocol_is_away_and_the_official_number_follows_over_a_restart() {
    let (lookalike, at) = lookalike::start().unwrap();
    lookalike.feels(Mood::ProtocolFails);
    let mut house = files("", &protocol(at));
    house.start_sending_at("2026-11-24T09:00:00+02:00", "1");
    let (session, _, request) = GateScene::member(&house);
    let page = format!("/requests/{request}");
    let seen = |house: &ProgramHouse, path: &str| house.page(&session, path).text;
    let receipt = seen(&house, &format!("{page}/receipt"));
    assert!(receipt.contains("Προσωρινός αριθμός") && receipt.contains("P-1/2026"), "{receipt}");
    assert!(receipt.contains("Ο επίσημος αριθμός δεν έχει δοθεί ακόμη"), "{receipt}");
    assert!(letter_to(&house, "request", "melina@example.gr").contains("P-1/2026"));
    wait(|| !asked(&lookalike, "protocol").is_empty(), "it is asked once the request is submitted");
    // Nobody who asks is told of the other house, and nothing that was written goes there.
    let questions = asked(&lookalike, "protocol");
    let wanted = json!({
        "audit": { "transaction": request, "reason": "Ν. 2690/1999", "unit": "Πρωτόκολλο", "end_user": "account 2" },
        "request": request, "provisional": "P-1/2026", "category": "cleaning", "subject": "Καθαριότητα",
        "unit": "cleaning", "submitted_at": questions[0]["submitted_at"],
    });
    assert_eq!(questions[0], wanted);
    assert!(questions[0]["submitted_at"].as_str().unwrap().starts_with("2026-11-24T07:0"), "{}", questions[0]);
    // The hub dies while the number is awaited, and the protocol comes back.
    house.kill();
    lookalike.feels(Mood::Well);
    house.start_sending_at("2026-11-24T09:30:00+02:00", "1");
    wait(|| seen(&house, &page).contains("ΑΠ 1001/2026"), "the official number follows");
    let numbered = seen(&house, &page);
    assert!(
        numbered.contains("Πήρε τον επίσημο αριθμό") && !numbered.contains("Το πρωτόκολλο δεν απάντησε"),
        "{numbered}"
    );
    assert!(seen(&house, "/requests").contains("ΑΠ 1001/2026"));
    wait(|| letter_to(&house, "request", "melina@example.gr").contains("ΑΠ 1001/2026"), "and by mail");
    // The same request is asked about under the same id, and every question is one about it.
    let ids: Vec<Value> =
        asked(&lookalike, "protocol").into_iter().map(|question| question["request"].clone()).collect();
    assert!(ids.len() >= 2 && ids.iter().all(|id| *id == request.as_str()), "{ids:?}");
    // The next has its number at once.
    let mut browser = FormBrowser::new(&house);
    browser.keep("seira-session", &session);
    let next = submits(&mut browser);
    wait(|| seen(&house, &next).contains("ΑΠ 1002/2026"), "the next");
    assert_eq!(count(&house, "SELECT count(*) FROM request WHERE series = 'provisional' AND outside IS NULL"), 0);
    house.stop();
    house.verify().unwrap();
}

#[test]
fn pet_02_what_is_no_number_of_this_request_is_refused_and_asked_for_again() {
    let (lookalike, at) = lookalike::start().unwrap();
    let mut house = files("", &protocol(at));
    // Half a minute's pause is half a second.
    house.start_sending_at("2026-11-24T09:00:00+02:00", "60");
    lookalike.feels(Mood::ProtocolFails);
    let (session, _, _) = GateScene::member(&house);
    let mut browser = FormBrowser::new(&house);
    browser.keep("seira-session", &session);
    for mood in [
        Mood::ProtocolWrong,
        Mood::ProtocolMixed,
        Mood::ProtocolHuge,
        Mood::ProtocolPage,
        Mood::ProtocolElsewhere,
        Mood::ProtocolSilent,
    ] {
        lookalike.feels(mood);
        let page = submits(&mut browser);
        let request = page.trim_start_matches("/requests/").to_owned();
        let times = || asked(&lookalike, "protocol").iter().filter(|one| one["request"] == request.as_str()).count();
        wait(|| times() >= 2, "it is asked again");
        let shown = house.page(&session, &page).text;
        assert!(shown.contains("Προσωρινός αριθμός"), "{mood:?}: {shown}");
    }
    assert_eq!(count(&house, "SELECT count(*) FROM request WHERE outside IS NOT NULL"), 0);
    // One number for everybody is the first one's alone.
    lookalike.feels(Mood::ProtocolTwice);
    wait(|| house.log().contains("another request has this number"), "the second is refused");
    assert_eq!(count(&house, "SELECT count(*) FROM request WHERE outside IS NOT NULL"), 1);
    lookalike.feels(Mood::Well);
    wait(|| count(&house, "SELECT count(*) FROM request WHERE outside IS NULL") == 0, "each has its own in the end");
    assert_eq!(count(&house, "SELECT count(DISTINCT outside) FROM request"), 7);
    house.stop();
    house.verify().unwrap();
}

/// A clerk who certifies.
pub fn clerk_who_certifies(house: &ProgramHouse) -> String {
    let admin = house.admin();
    let number = house.employ(&admin, "eleni", "clerk", Some("kep"), CLERK_PASSWORD);
    let mut office = FormBrowser::new(house);
    office.keep("seira-session", &admin);
    let page = format!("/admin/clerks/{number}");
    let given = office.post(&page, &format!("{page}/grants"), &[("grant@certifier@office:1", "yes")]);
    assert_eq!(given.status, 303, "{given:?}");
    house.sign_in("eleni", CLERK_PASSWORD)
}

/// Fills everything in, wishes for level B, and is certified by a clerk.
pub fn is_certified(browser: &mut FormBrowser<'_>, house: &ProgramHouse, clerk: &str, email: &str, tax_number: &str) {
    let profile = [
        ("full-name", "Νικόλαος Ιωάννου"),
        ("phone", "694 000 0000"),
        ("tax-number", tax_number),
        ("tax-office", "Αγίου Νικολάου"),
        ("street", "Κούνδουρου 12"),
        ("postcode", "721 00"),
        ("town", "Άγιος Νικόλαος"),
    ];
    assert_eq!(led(&browser.post("/account/details", "/account/details", &profile)), "/account?done=details");
    assert_eq!(led(&browser.post("/account/level", "/account/level", &[("wish", "yes")])), "/account/level");
    let (page, mut desk) = ("/staff/kep/certify", FormBrowser::new(house));
    desk.keep("seira-session", clerk);
    let found = desk.post(page, page, &[("q", email)]);
    let (_, rest) = found.text.split_once("href=\"/staff/kep/certify/").unwrap_or_else(|| panic!("{found:?}"));
    let one = format!("{page}/{}", rest.split('"').next().unwrap());
    let shown = desk.get(&one).text;
    let done = desk.post(&one, &one, &found_everything(&shown));
    assert_eq!(led(&done), format!("{one}?done=certified"));
}

/// What a clerk sends who found everything, with what the page that they read has in it.
pub fn found_everything(page: &str) -> Vec<(&'static str, &str)> {
    let hidden = |name: &'static str| {
        let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{page}"));
        (name, rest.split('"').next().unwrap())
    };
    EVERYTHING.into_iter().chain([hidden("moment"), hidden("seen")]).collect()
}

/// Somebody who has an account by way of TAXISnet, and is signed in through it.
pub fn comes_through<'a>(house: &'a ProgramHouse, user: &str, email: &str) -> FormBrowser<'a> {
    let (mut browser, mut there) = (FormBrowser::new(house), PlainBrowser::new());
    assert_eq!(led(&comes_back(&mut browser, &mut there, house, user)), "/login/email");
    assert_eq!(led(&browser.post("/login/email", "/login/email", &[("email", email)])), "/login/email/sent");
    let activate = link_of(house, email);
    assert_eq!(led(&browser.post(&activate, &activate, &[])), "/login?done=through&next=/account");
    assert_eq!(led(&comes_back(&mut browser, &mut there, house, user)), "/account");
    browser
}

#[test]
fn new_08_no_proxy_that_the_machine_names_hears_what_others_are_asked() {
    let (_, at) = lookalike::start().unwrap();
    let mut house = files(&taxisnet(at), &records(at));
    let ear = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let proxy = format!("http://{}", ear.local_addr().unwrap());
    let names = format!("http_proxy={proxy} https_proxy={proxy} all_proxy={proxy} no_proxy=");
    house.start_limited(&format!("-n 4096; export {names}"));
    // Whoever is asked with the hub's secret is asked there, and nowhere else.
    comes_through(&house, "nikos", "nikos@example.gr");
    ear.set_nonblocking(true).unwrap();
    assert!(ear.accept().is_err(), "a proxy heard of it");
}

const RECORDS: &str = "/account/records";

/// Presses the button of the page of records; without one, sends what it would send.
pub fn looks(browser: &mut FormBrowser<'_>) -> HttpAnswer {
    let page = browser.get(RECORDS).text;
    let look = page.split_once("name=\"look\" value=\"").map(|(_, rest)| rest.split('"').next().unwrap().to_owned());
    let csrf = browser.csrf(RECORDS);
    browser.post_with(&csrf, RECORDS, &[("look", &look.unwrap_or_default())])
}

#[test]
fn pla_06_debts_and_pending_matters_are_shown_to_who_is_certified_and_came_through_taxisnet() {
    let (lookalike, at) = lookalike::start().unwrap();
    let mut house = files(&taxisnet(at), &records(at));
    house.start_sending_at("2026-11-24T09:00:00+02:00", "1");
    let clerk = clerk_who_certifies(&house);
    let mut nikos = comes_through(&house, "nikos", "nikos@example.gr");
    assert!(nikos.get("/account").text.contains("Τα στοιχεία μου στον φορέα"));
    // With level A there is one next step, and nobody is asked.
    let page = nikos.get(RECORDS).text;
    assert!(page.contains("Χρειάζεται λογαριασμός επιπέδου Β") && !page.contains("name=\"look\""), "{page}");
    assert_eq!(looks(&mut nikos).status, 403);
    assert_eq!(asked(&lookalike, "records"), Vec::<Value>::new());
    assert_eq!(count(&house, "SELECT count(*) FROM look WHERE what = 'records'"), 0);
    is_certified(&mut nikos, &house, &clerk, "nikos@example.gr", "660074100");
    let told = looks(&mut nikos);
    assert_eq!(told.status, 200, "{told:?}");
    for said in [
        "Τέλη καθαριότητας 2026",
        "120,50 €",
        "Β-77/2026",
        "40,00 €",
        "Σύνολο: 160,50 €",
        "Άδεια κοπής δέντρου",
        "Αναμένεται αυτοψία",
    ] {
        assert!(told.text.contains(said), "no «{said}» in {}", told.text);
    }
    let question = asked(&lookalike, "records").pop().unwrap();
    let transaction = question["audit"]["transaction"].clone();
    let audit = json!({
        "transaction": transaction, "reason": "Απόφαση 12/2026", "unit": "Δήμος", "end_user": "account 3",
    });
    assert_eq!(question, json!({ "audit": audit, "tax_number": "660074100" }));
    // The look is kept under the number that the other house has in its books, and the citizen sees it.
    let kept = format!(
        "SELECT count(*) FROM look WHERE what = 'records' AND account = 3 AND lower(hex(visit)) = '{}'",
        transaction.as_str().unwrap().replace('-', "")
    );
    assert_eq!(count(&house, &kept), 1);
    let before = nikos.get(RECORDS).text;
    assert!(before.contains("Πότε τα είδατε") && !before.contains("Δεν τα έχετε δει ακόμη"), "{before}");
    assert!(!before.contains("Τέλη"), "what was told is shown once: {before}");
    let english = nikos.get("/account/records?lang=en").text;
    assert!(english.contains("My records with the body"), "{english}");
    nikos.get("/account/records?lang=el");
    // Slow, absent and wrong answers are said so, and nothing of them is shown.
    for (mood, status, said) in [
        (Mood::RecordsSilent, 503, "δεν απαντά αυτή τη στιγμή"),
        (Mood::RecordsFails, 503, "δεν απαντά αυτή τη στιγμή"),
        (Mood::RecordsPage, 502, "δεν έδωσε απάντηση"),
        (Mood::RecordsWrong, 502, "δεν έδωσε απάντηση"),
        (Mood::RecordsMixed, 502, "δεν έδωσε απάντηση"),
        (Mood::RecordsHuge, 502, "δεν έδωσε απάντηση"),
        (Mood::RecordsElsewhere, 502, "δεν έδωσε απάντηση"),
    ] {
        lookalike.feels(mood);
        let answer = looks(&mut nikos);
        assert_eq!(answer.status, status, "{mood:?}: {}", answer.text);
        assert!(answer.text.contains(said) && !answer.text.contains("Τέλη"), "{mood:?}: {}", answer.text);
    }
    lookalike.feels(Mood::Well);
    // Looks have an end: ten a day.
    assert_eq!([looks(&mut nikos).status, looks(&mut nikos).status, looks(&mut nikos).status], [200, 200, 403]);
    assert!(nikos.get(RECORDS).text.contains("όσες φορές επιτρέπεται μέσα σε μία ημέρα"));
    assert_eq!(count(&house, "SELECT count(*) FROM look WHERE what = 'records'"), 10);
    assert_eq!(asked(&lookalike, "records").len(), 10);
    let export: Value = serde_json::from_str(&nikos.get("/account/data.json").text).unwrap();
    assert_eq!(export["records_looks"].as_array().map(Vec::len), Some(10), "{export}");
    // Nothing of what was told is kept, nor stands in the log.
    house.stop();
    let file = std::fs::read(house.database()).unwrap();
    for told in ["Τέλη καθαριότητας", "Αναμένεται αυτοψία"] {
        assert!(!file.windows(told.len()).any(|bytes| bytes == told.as_bytes()), "{told} is kept");
        assert!(!house.log().contains(told), "{told} stands in the log");
    }
    assert!(!house.log().contains("660074100"), "the tax number stands in the log");
}

#[test]
fn pla_06_a_password_alone_opens_no_records_and_a_press_twice_is_one_look() {
    let (lookalike, at) = lookalike::start().unwrap();
    let mut house = files(&taxisnet(at), &records(at));
    house.start_sending_at("2026-11-24T09:00:00+02:00", "1");
    let clerk = clerk_who_certifies(&house);
    let mut nikos = comes_through(&house, "nikos", "nikos@example.gr");
    is_certified(&mut nikos, &house, &clerk, "nikos@example.gr", "660074100");
    let page = nikos.get(RECORDS).text;
    let look = page.split_once("name=\"look\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let twice = nikos.post_twice(RECORDS, RECORDS, &[("look", &look)]);
    assert!(twice.iter().all(|answer| answer.text.contains("Τέλη καθαριότητας 2026")), "{twice:?}");
    assert_eq!(count(&house, "SELECT count(*) FROM look WHERE what = 'records'"), 1);
    // With a password of his own he is the same person, but in another kind of session.
    let typed = [("password", "Τέσσερα ξύλινα παράθυρα"), ("again", "Τέσσερα ξύλινα παράθυρα")];
    assert_eq!(nikos.post("/staff/account", "/staff/account/password", &typed).status, 303);
    let name: String = rusqlite::Connection::open(house.database())
        .unwrap()
        .query_row("SELECT name FROM account WHERE email = 'nikos@example.gr'", [], |row| row.get(0))
        .unwrap();
    let mut alone = FormBrowser::new(&house);
    let typed = [("name", name.as_str()), ("password", "Τέσσερα ξύλινα παράθυρα")];
    assert_eq!(led(&alone.post("/login", "/login", &typed)), "/account");
    let page = alone.get(RECORDS).text;
    assert!(page.contains("Το συνθηματικό μόνο του δεν αρκεί"), "{page}");
    assert!(page.contains("href=\"/login/with/taxisnet?next=/account/records\""), "{page}");
    assert_eq!(looks(&mut alone).status, 403);
    assert_eq!(asked(&lookalike, "records").len(), 2, "the two presses alone");
    // Strangers sign in, and staff have no records here.
    assert_eq!(led(&FormBrowser::new(&house).get(RECORDS)), "/login?next=/account/records");
    assert_eq!(house.page(&clerk, RECORDS).status, 403);
    assert_eq!(house.page(&house.sign_in("admin", PASSWORD), RECORDS).status, 403);
}

#[test]
fn pet_02_what_is_asked_of_other_houses_is_described_and_nobody_is_asked_in_a_rehearsal() {
    let (lookalike, at) = lookalike::start().unwrap();
    let mut house = files("", &format!("{}{}", protocol(at), records(at)));
    house.start();
    let (session, _, request) = GateScene::member(&house);
    assert!(house.page(&session, &format!("/requests/{request}")).text.contains("P-1/2026"));
    assert_eq!(house.page(&session, RECORDS).status, 404);
    for (path, operation) in [("protocol", "giveNumber"), ("records", "tellRecords")] {
        let described = house.get("", &format!("/api/outside/{path}.json")).ok();
        let name = described["paths"].as_object().unwrap().values().next().unwrap()["post"]["operationId"].clone();
        assert_eq!(name, operation);
    }
    house.stop();
    assert!(lookalike.asked().is_empty(), "{:?}", lookalike.asked());
    // What is wrong in the file is told before anything runs.
    std::fs::remove_file(house.folder.path().join("protocol-token")).unwrap();
    let checked = house.run(&["check-config"]);
    let said = String::from_utf8(checked.stderr).unwrap();
    assert!(!checked.status.success() && said.contains("protocol.secret_file"), "{said}");
}
