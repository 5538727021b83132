//! The ends of citizens' accounts at the real hub: a registration that nobody confirms, and an account that is given up while a
//! request is open.
//!
//! Shows PET-03, PLA-02, PET-02, FLD-23 and FLD-39.

use crate::{
    accounts::{location, sign_in},
    gone::wait,
    house::{PASSWORD, ProgramHouse},
    letters::{letter_saying, letters_to},
    pages::{FormBrowser, solve},
    registers,
};

const CLERK_PASSWORD: &str = "αρκετά μακρύ";

/// The files of a house of a body.
fn files(keys: &str) -> ProgramHouse {
    ProgramHouse::files_with_config(&format!("{keys}body = \"body.toml\"\n"), "")
}

/// The same with an administrator.
fn house(keys: &str) -> ProgramHouse {
    let house = files(keys);
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    house
}

fn registers(house: &ProgramHouse, name: &str, email: &str) {
    let mut browser = FormBrowser::new(house);
    let typed = registers::typed(&mut browser, name, email);
    let typed: Vec<_> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(location(&browser.post("/register", "/register", &typed)), "/register/sent");
}

fn rows(house: &ProgramHouse, query: &str) -> Vec<String> {
    let file = rusqlite::Connection::open(house.database()).unwrap();
    let mut statement = file.prepare(query).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// In which files of the database and the log one of these words stands, be it on a page of the file that nothing points at.
fn traces(house: &ProgramHouse, words: &[&str]) -> Vec<String> {
    let beside = |end: &str| house.database().with_file_name(format!("seira.db{end}"));
    let files = ["", "-wal", "-shm"].map(beside);
    let bytes = files.iter().filter_map(|file| std::fs::read(file).ok()).chain([house.log().into_bytes()]);
    let all: Vec<u8> = bytes.flatten().collect();
    let is_there = |word: &&&str| all.windows(word.len()).any(|part| part == word.as_bytes());
    words.iter().filter(is_there).map(|word| (*word).to_owned()).collect()
}

#[test]
fn pet_03_a_link_is_good_for_48_hours_is_sent_again_and_after_30_days_nothing_is_left() {
    let mut house = house("");
    let at = |house: &mut ProgramHouse, when: &str| {
        house.stop();
        house.start_at(when, "1");
    };
    house.start();
    registers(&house, "maria", "maria@example.gr");
    registers(&house, "nikos.sotiriou", "n.sotiriou@example.gr");
    let link = registers::link_of(&house, "maria@example.gr");
    registers::link_of(&house, "n.sotiriou@example.gr");
    at(&mut house, "2026-11-26T08:50:00+02:00");
    assert_eq!(FormBrowser::new(&house).get(&link).status, 200, "47 hours and 50 minutes later");
    at(&mut house, "2026-11-26T09:10:00+02:00");
    let mut browser = FormBrowser::new(&house);
    let over = browser.get(&link);
    assert_eq!(over.status, 410);
    // The page says what to do, and how the next link is had; so does that of a link that was cut off.
    for page in [over, browser.get("/register/activate/x"), browser.get("/register/activate/r0")] {
        let said = "<h1>Ο σύνδεσμος δεν ισχύει πια</h1>";
        assert!(page.text.contains(said) && page.text.contains("<title>Ο σύνδεσμος δεν ισχύει πια"), "{page:?}");
        assert!(page.text.contains("href=\"/register/again\"") && page.text.contains("href=\"/register\""), "{page:?}");
    }
    let work = solve(&browser.get("/register/again").text);
    let fields = [("email", "maria@example.gr"), ("altcha", work.as_str())];
    assert_eq!(location(&browser.post("/register/again", "/register/again", &fields)), "/register/sent");
    letters_to(&house, "account", "maria@example.gr", 2);
    let newer = registers::link_of(&house, "maria@example.gr");
    assert_ne!(newer, link);
    registers::opens_and_signs_in(&mut browser, &newer, "maria");
    assert_eq!(browser.get(&newer).status, 410, "once");
    let steps = rows(&house, "SELECT body FROM body_journal WHERE about = 'account'");
    assert!(steps.len() == 1 && steps[0].contains("\"link\""), "the account's first event: {steps:?}");
    // Whoever never pressed theirs is kept for thirty days, and then in no byte.
    at(&mut house, "2026-12-23T09:00:00+02:00");
    assert_eq!(rows(&house, "SELECT name FROM registration"), ["nikos.sotiriou"]);
    at(&mut house, "2026-12-25T09:00:00+02:00");
    let words = ["sotiriou"];
    wait(|| rows(&house, "SELECT name FROM registration").is_empty() && traces(&house, &words).is_empty(), "no trace");
    house.stop();
    assert_eq!(traces(&house, &words), Vec::<String>::new());
    house.verify().unwrap();
}

/// A citizen with an account and a request: their browser, and the page of the request.
fn applicant<'a>(house: &'a ProgramHouse, name: &str) -> (FormBrowser<'a>, String) {
    let (email, mut browser) = (format!("{name}@example.gr"), FormBrowser::new(house));
    registers(house, name, &email);
    registers::opens_and_signs_in(&mut browser, &registers::link_of(house, &email), name);
    let details = [("full-name", "Ξανθίππη Μοναδική"), ("phone", "694 000 0000")];
    assert_eq!(location(&browser.post("/account/details", "/account/details", &details)), "/account?done=details");
    let bin = [("x-kind", "0"), ("x-request_place", "Κουντούρου 12"), ("x-request_what", "Ξεχειλίζει ο κάδος")];
    let sent = browser.post("/requests/new/cleaning", "/requests/new/cleaning", &bin);
    let page = location(&sent).trim_end_matches("/receipt").to_owned();
    (browser, page)
}

/// Somebody who works on requests for cleaning.
fn worker<'a>(house: &'a ProgramHouse, name: &str) -> FormBrowser<'a> {
    let admin = house.admin();
    let number = house.employ(&admin, name, "clerk", Some("kep"), CLERK_PASSWORD);
    let mut office = FormBrowser::new(house);
    office.keep("seira-session", &admin);
    let page = format!("/admin/clerks/{number}");
    let given = office.post(&page, &format!("{page}/grants"), &[("grant@case-worker@unit:1", "yes")]);
    assert_eq!(given.status, 303, "{given:?}");
    let mut worker = FormBrowser::new(house);
    worker.keep("seira-session", &house.sign_in(name, CLERK_PASSWORD));
    worker
}

#[test]
fn pla_02_fld_23_an_account_with_an_open_request_is_closed_hears_its_end_and_goes_with_it_also_from_a_backup() {
    let (second, backups) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let keys = format!("tombstones = {:?}\n", second.path().join("list").to_str().unwrap());
    let mut house = house(&keys);
    house.start();
    let (mut browser, page) = applicant(&house, "xanthippi");
    let monday = backups.path().join("monday.db");
    assert!(house.run(&["backup", "--to", monday.to_str().unwrap()]).status.success());
    let erase = "/account/erase";
    let asks = browser.get(erase).text;
    for said in ["ο λογαριασμός κλείνει τώρα", "είναι ανοιχτό", "5 έτη", "dimos@example.gr"]
    {
        assert!(asks.contains(said), "no «{said}» in {asks}");
    }
    let closed = browser.post(erase, erase, &[("own", PASSWORD)]);
    let says = closed.text.contains("<h1>Ο λογαριασμός σας έκλεισε</h1>") && closed.text.contains("με e-mail");
    assert!(closed.status == 200 && says, "{closed:?}");
    assert_eq!(sign_in(&mut FormBrowser::new(&house), "xanthippi", PASSWORD).status, 401);
    assert!(location(&browser.get("/account")).starts_with("/login"), "the session is over");
    assert_eq!(rows(&house, "SELECT email FROM account WHERE name = 'xanthippi'"), ["xanthippi@example.gr"]);
    // A night later it is there still, since the request is; who works on it reads whose it is.
    house.stop();
    house.start_at("2026-11-25T09:00:00+02:00", "1");
    let mut staff = worker(&house, "eleni");
    let one = format!("/staff{page}");
    assert_eq!(location(&staff.post(&one, &format!("{one}/take"), &[])), format!("{one}?done=yes"));
    assert!(staff.get(&one).text.contains("Ξανθίππη Μοναδική"));
    assert_eq!(
        location(&staff.post(&one, &format!("{one}/finish"), &[("text", "Άδειασε.")])),
        format!("{one}?done=yes")
    );
    // She is told of the end, and how to ask about it without an account.
    let told = letter_saying(&house, ("request", "xanthippi@example.gr"), "ολοκληρώθηκε");
    assert!(told.contains("έχει κλείσει") && told.contains("αριθμό πρωτοκόλλου"), "{told}");
    house.stop();
    house.start_at("2026-11-26T09:00:00+02:00", "1");
    let words = ["xanthippi", "Ξανθίππη", "Μοναδική", "6940000000"];
    wait(|| traces(&house, &words).is_empty(), "nothing says any more who it was");
    let steps = rows(&house, "SELECT body FROM body_journal WHERE about = 'account' ORDER BY id");
    let kinds = ["account-opened", "account-closed", "account-anonymised"];
    assert!(steps.len() == 3 && kinds.iter().zip(&steps).all(|(kind, step)| step.contains(kind)), "{steps:?}");
    assert!(steps[2].contains("wanted"), "{steps:?}");
    // The request is an administrative document, and stays.
    let kept = rows(&house, "SELECT text FROM request_words WHERE text LIKE '%Ξεχειλίζει%'");
    assert_eq!(kept.len(), 1);
    house.stop();
    assert_eq!(traces(&house, &words), Vec::<String>::new());
    house.verify().unwrap();
    // A backup from before brings nobody back.
    let mut new = files(&keys);
    let done = new.run(&["restore", "--from", monday.to_str().unwrap()]);
    assert!(done.status.success(), "{done:?}");
    new.start_at("2026-11-26T10:00:00+02:00", "1");
    assert_eq!(sign_in(&mut FormBrowser::new(&new), "xanthippi", PASSWORD).status, 401);
    new.stop();
    assert_eq!(traces(&new, &words), Vec::<String>::new());
    new.verify().unwrap();
}
