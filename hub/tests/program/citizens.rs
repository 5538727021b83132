//! Citizens' accounts, as staff look after them and as their owners do: blocked and let in again, an address that is changed and
//! taken back, nobody who signs in for long, a lost second factor, two accounts of one person.
//!
//! Shows PLA-02, PLA-04, PLA-07, FLD-22, FLD-23 and NEW-08.

use std::time::{Duration, Instant};

use crate::{
    accounts::{after, code, location, sign_in},
    house::{PASSWORD, ProgramHouse},
    http::HttpAnswer,
    letters::{letter_saying, letter_to, link},
    pages::FormBrowser,
    registers,
    sweep::press::Press,
};

const FIND: &str = "/staff/kep/citizens";
const OWN: &str = "/staff/account";
const PAPER: [(&str, &str); 2] = [("paper", "identity-card"), ("last-three", "456")];

fn house() -> ProgramHouse {
    ProgramHouse::with_config("body = \"body.toml\"\n", "failed_logins_per_minute = 100000\n")
}

/// A citizen with an account, signed in.
fn citizen<'a>(house: &'a ProgramHouse, name: &str) -> FormBrowser<'a> {
    let (mut browser, email) = (FormBrowser::new(house), format!("{name}@example.gr"));
    let typed = registers::typed(&mut browser, name, &email);
    let typed: Vec<_> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(location(&browser.post("/register", "/register", &typed)), "/register/sent");
    registers::opens_and_signs_in(&mut browser, &registers::link_of(house, &email), name);
    browser
}

/// A browser of staff who has this session.
fn staff<'a>(house: &'a ProgramHouse, session: &str) -> FormBrowser<'a> {
    let mut browser = FormBrowser::new(house);
    browser.keep("seira-session", session);
    browser
}

/// Somebody who certifies at the first office.
fn certifier<'a>(house: &'a ProgramHouse, admin: &str) -> FormBrowser<'a> {
    let id = house.employ(admin, "certifier", "clerk", Some("kep"), PASSWORD);
    let page = format!("/admin/clerks/{id}");
    let given = staff(house, admin).post(&page, &format!("{page}/grants"), &[("grant@certifier@office:1", "yes")]);
    assert_eq!(given.status, 303);
    staff(house, &house.sign_in("certifier", PASSWORD))
}

/// The page of an account, found by its user name.
fn found(browser: &mut FormBrowser<'_>, name: &str) -> String {
    let list = browser.post(FIND, FIND, &[("q", name)]);
    format!("{FIND}/{}", after(&list, "href=\"/staff/kep/citizens/", '"'))
}

fn rows(house: &ProgramHouse, query: &str) -> Vec<String> {
    let file = rusqlite::Connection::open(house.database()).unwrap();
    let mut statement = file.prepare(query).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn wait(is_so: impl Fn() -> bool, what: &str) {
    let until = Instant::now() + Duration::from_secs(30);
    while !is_so() {
        assert!(Instant::now() < until, "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Whether an answer leads to the page where one signs in.
fn must_sign_in(answer: &HttpAnswer) -> bool {
    answer.status == 303 && location(answer).starts_with("/login")
}

#[test]
fn pla_02_fld_22_a_blocked_account_is_out_at_once_and_hears_what_to_do_with_the_right_password_alone() {
    let house = house();
    let (admin, mut maria) = (house.admin(), citizen(&house, "maria"));
    let (mut office, mut desk) = (staff(&house, &admin), certifier(&house, &admin));
    assert!(office.get("/staff/kep/house").text.contains("href=\"/staff/kep/citizens\""), "the way there");
    let page = found(&mut office, "maria@example.gr");
    assert_eq!(found(&mut office, "maria"), page);
    let block = format!("{page}/block");
    let unsaid = office.post(&page, &block, &[("reason", "  ")]);
    assert!(unsaid.status == 422 && unsaid.text.contains("Γράψτε τον λόγο"), "{unsaid:?}");
    assert_eq!(maria.get("/account").status, 200);
    // Who certifies sees the account, and blocks nobody.
    assert!(!desk.get(&page).text.contains(&block));
    assert_eq!(desk.post(FIND, &block, &[("reason", "Έτσι")]).status, 403);
    let reason = [("reason", "Ζητήθηκε από την κάτοχο.")];
    assert_eq!(location(&office.post(&page, &block, &reason)), format!("{page}?done=block"));
    assert!(must_sign_in(&maria.get("/account")), "her sessions ended at once");
    let told = letter_to(&house, "member", "maria@example.gr");
    assert!(told.contains("αποκλείστηκε") && !told.contains("Ζητήθηκε"), "{told}");
    let refused = sign_in(&mut maria, "maria", PASSWORD);
    assert!(refused.status == 401 && refused.text.contains("έχει αποκλειστεί από την υπηρεσία"), "{refused:?}");
    let guessed = sign_in(&mut maria, "maria", "some other password");
    assert!(guessed.status == 401 && !guessed.text.contains("αποκλειστεί"), "nobody else hears it: {guessed:?}");
    let account: u32 = page.rsplit('/').next().unwrap().parse().unwrap();
    let audit = office.get("/admin/audit").text;
    assert!(audit.contains("Αποκλεισμός λογαριασμού πολίτη") && audit.contains("Αποκλεισμένος λογαριασμός"), "{audit}");
    let shown = office.get(&page).text;
    assert!(shown.contains("Αποκλείστηκε (Ζητήθηκε από την κάτοχο.)") && !shown.contains(&block), "{shown}");
    assert_eq!(location(&office.post(&page, &format!("{page}/unblock"), &[])), format!("{page}?done=unblock"));
    assert_eq!(location(&sign_in(&mut maria, "maria", PASSWORD)), "/account");
    assert!(office.get(&page).text.contains("Ο αποκλεισμός άρθηκε"));
    // Who takes their data along has what was decided, why, and who looked when.
    let export: serde_json::Value = serde_json::from_str(&maria.get("/account/data.json").text).unwrap();
    let steps: Vec<String> = export["history"].as_array().unwrap().iter().map(|one| one["step"].to_string()).collect();
    let kinds = ["account-opened", "account-blocked", "account-unblocked"];
    assert!(steps.len() == 3 && kinds.iter().zip(&steps).all(|(kind, step)| step.contains(kind)), "{steps:?}");
    assert_eq!(export["history"][1]["words"], "Ζητήθηκε από την κάτοχο.");
    assert!(!export["account_looks"].as_array().unwrap().is_empty());
    let own = maria.get("/account/data").text;
    assert!(own.contains("Ιστορικό του λογαριασμού") && own.contains("Η υπηρεσία είδε τον λογαριασμό"), "{own}");
    // Each look says whose account it was, and who goes through the numbers is seen.
    for number in 90..93 {
        assert_eq!(desk.get(&format!("{FIND}/{number}")).status, 404);
    }
    let walked =
        rows(&house, "SELECT CAST(about AS TEXT) FROM look WHERE what = 'account' AND about >= 90 ORDER BY id");
    assert_eq!(walked, ["90", "91", "92"]);
    let looks = office.get("/admin/looks?office=kep").text;
    assert!(looks.contains(&format!("#{account}")) && looks.contains("#91"), "{looks}");
    let clerk = house.employ(&admin, "clerk", "clerk", Some("kep"), PASSWORD);
    assert!(clerk > 0 && staff(&house, &house.sign_in("clerk", PASSWORD)).get(&page).status == 403);
    for personal in ["maria@example.gr", "Παπαδάκη", "Ζητήθηκε"] {
        assert!(!house.log().contains(personal), "{personal} stands in the log");
    }
}

/// Asks for another address of one's own; the link that proves it.
fn asks_for(house: &ProgramHouse, browser: &mut FormBrowser<'_>, email: &str) -> String {
    let sent = browser.post(OWN, "/staff/account/address", &[("email", email), ("own", PASSWORD)]);
    assert_eq!(location(&sent), "/staff/account?done=sent");
    link(&letter_to(house, "account", email), "/login/address/")
}

fn email_of(house: &ProgramHouse, name: &str) -> String {
    rows(house, &format!("SELECT email FROM account WHERE name = '{name}'")).remove(0)
}

#[test]
fn pla_02_whoever_had_the_mails_before_takes_a_change_back_and_every_later_one() {
    let house = house();
    let mut maria = citizen(&house, "maria");
    let proof = asks_for(&house, &mut maria, "second@example.gr");
    assert_eq!(email_of(&house, "maria"), "maria@example.gr", "until the new one agrees");
    assert!(must_sign_in(&FormBrowser::new(&house).get(&proof)));
    assert_eq!(maria.post(&proof, &proof, &[]).status, 200);
    assert_eq!(email_of(&house, "maria"), "second@example.gr");
    let first = link(&letter_saying(&house, ("account", "maria@example.gr"), "/login/undo/"), "/login/undo/");
    let proof = asks_for(&house, &mut maria, "third@example.gr");
    assert_eq!(maria.post(&proof, &proof, &[]).status, 200);
    let second = link(&letter_saying(&house, ("account", "second@example.gr"), "/login/undo/"), "/login/undo/");
    // Opening changes nothing, and whoever presses need not be signed in.
    let mut elsewhere = FormBrowser::new(&house);
    let asked = elsewhere.get(&first);
    assert!(asked.status == 200 && asked.text.contains("maria@example.gr"), "{asked:?}");
    assert_eq!(maria.get("/account").status, 200);
    let undone = elsewhere.post(&first, &first, &[]);
    assert!(undone.status == 200 && undone.text.contains("href=\"/login/forgotten\""), "{undone:?}");
    assert_eq!(email_of(&house, "maria"), "maria@example.gr");
    assert!(must_sign_in(&maria.get("/account")), "the sessions are taken back too");
    assert_eq!(elsewhere.get(&first).status, 410, "once");
    assert_eq!(elsewhere.get(&second).status, 410, "what came after is over");
    assert_eq!(location(&sign_in(&mut maria, "maria", PASSWORD)), "/account");
    // No address at all is a change too.
    let gone = maria.post(OWN, "/staff/account/address", &[("email", ""), ("own", PASSWORD)]);
    assert_eq!(location(&gone), "/staff/account?done=no-address");
    let left = rows(&house, "SELECT email FROM account_link WHERE errand = 'address-undo'");
    assert_eq!(left, ["maria@example.gr"], "whoever had the mails takes that back too");
}

/// Fills everything in, wishes for level B, and is certified by a clerk.
fn certified(desk: &mut FormBrowser<'_>, member: &mut FormBrowser<'_>, page: &str) {
    let details = [
        ("full-name", "Μαρία Παπαδάκη"),
        ("phone", "694 000 0000"),
        ("tax-number", "090000045"),
        ("tax-office", "Αγίου Νικολάου"),
        ("street", "Κούνδουρου 12"),
        ("postcode", "721 00"),
        ("town", "Άγιος Νικόλαος"),
    ];
    assert_eq!(member.post("/account/details", "/account/details", &details).status, 303);
    assert_eq!(member.post("/account/level", "/account/level", &[("wish", "yes")]).status, 303);
    let certify = page.replace("/citizens/", "/certify/");
    let shown = desk.get(&certify);
    let field = |name: &str| after(&shown, &format!("name=\"{name}\" value=\""), '"');
    let (moment, seen) = (field("moment"), field("seen"));
    let fields = [
        PAPER[0],
        PAPER[1],
        ("proof-tax-number", "yes"),
        ("proof-tax-office", "yes"),
        ("proof-address", "yes"),
        ("finding", "certify"),
        ("moment", &moment),
        ("seen", &seen),
    ];
    assert_eq!(location(&desk.post(&certify, &certify, &fields)), format!("{certify}?done=certified"));
}

#[test]
fn pla_04_at_a_desk_who_has_level_b_has_the_address_changed_against_a_paper() {
    let house = house();
    let (admin, mut maria) = (house.admin(), citizen(&house, "maria"));
    let mut desk = certifier(&house, &admin);
    let page = found(&mut desk, "maria");
    let change = format!("{page}/address");
    let fields = |email| [PAPER[0], PAPER[1], ("email", email)];
    assert!(!desk.get(&page).text.contains(&change), "nobody knows yet who she is");
    assert_eq!(desk.post(FIND, &change, &fields("new@example.gr")).status, 422);
    certified(&mut desk, &mut maria, &page);
    let wrong = desk.post(&page, &change, &fields("new@"));
    assert!(wrong.status == 422 && wrong.text.contains("value=\"new@\"") && wrong.text.contains("456"), "{wrong:?}");
    let unseen = desk.post(&page, &change, &[("email", "new@example.gr")]);
    assert!(unseen.status == 422 && unseen.text.contains("Επιλέξτε ποιο έγγραφο"), "{unseen:?}");
    assert_eq!(location(&desk.post(&page, &change, &fields("new@example.gr"))), format!("{page}?done=address"));
    assert_eq!(email_of(&house, "maria"), "maria@example.gr", "until the new one agrees");
    let proof = link(&letter_to(&house, "account", "new@example.gr"), "/login/address/");
    // Who has lost their mails has often lost their password.
    let mut elsewhere = FormBrowser::new(&house);
    assert_eq!(elsewhere.post(&proof, &proof, &[]).status, 200);
    assert_eq!(email_of(&house, "maria"), "new@example.gr");
    let told = letter_saying(&house, ("account", "maria@example.gr"), "στη θυρίδα");
    assert!(!told.contains("/login/undo/"), "a mailbox that may be another's takes nothing back: {told}");
    assert!(desk.get(&page).text.contains("Ζητήθηκε αλλαγή e-mail στη θυρίδα (456)"));
    assert_eq!(maria.get("/account").status, 200);
}

#[test]
fn new_08_at_a_desk_a_lost_second_factor_is_taken_away_against_a_paper() {
    let house = house();
    let (admin, mut maria) = (house.admin(), citizen(&house, "maria"));
    let mut desk = certifier(&house, &admin);
    let page = found(&mut desk, "maria");
    let help = format!("{page}/second-step");
    assert!(!desk.get(&page).text.contains(&help), "there is none");
    let set = "/staff/account/second-step";
    let html = maria.get(set);
    let (secret, draft) =
        (after(&html, "<code class=\"secret\" translate=\"no\">", '<'), after(&html, "name=\"draft\" value=\"", '"'));
    let first = code(&secret, &house.clock(&admin).to_rfc3339(), 0);
    let done = maria.post(set, set, &[("draft", &draft), ("code", &first), ("own", PASSWORD)]);
    assert_eq!(done.status, 200, "{done:?}");
    let mut lost = FormBrowser::new(&house);
    // A rehearsal asks for no code: what is left of the factor says that it was there.
    assert_eq!(rows(&house, "SELECT name FROM account WHERE factor IS NOT NULL"), ["maria"]);
    let wrong = desk.post(&page, &help, &[("paper", "passport"), ("last-three", "4")]);
    assert!(wrong.status == 422 && wrong.text.contains("value=\"4\""), "{wrong:?}");
    assert_eq!(location(&desk.post(&page, &help, &PAPER)), format!("{page}?done=second-step"));
    assert_eq!(rows(&house, "SELECT name FROM account WHERE factor IS NOT NULL"), Vec::<String>::new());
    assert!(must_sign_in(&maria.get("/account")));
    assert_eq!(location(&sign_in(&mut lost, "maria", PASSWORD)), "/account");
    assert!(letter_to(&house, "member", "maria@example.gr").contains("δεύτερο βήμα σύνδεσης καταργήθηκε"));
    assert!(desk.get(&page).text.contains("Καταργήθηκε στη θυρίδα το δεύτερο βήμα σύνδεσης (456)"));
}

#[test]
fn fld_23_an_account_that_nobody_uses_for_fourteen_months_is_warned_of_and_goes() {
    let mut house = house();
    for name in ["maria", "nikos"] {
        citizen(&house, name);
    }
    let warned =
        |house: &ProgramHouse| rows(house, "SELECT name FROM account WHERE warned_at IS NOT NULL ORDER BY name");
    let at = |house: &mut ProgramHouse, day: &str| {
        house.stop();
        house.start_at(&format!("{day}T09:00:00+02:00"), "1");
    };
    at(&mut house, "2027-12-20");
    let _ = house.admin();
    at(&mut house, "2027-12-26");
    wait(|| warned(&house) == ["maria", "nikos"], "thirty days before");
    let told = letter_to(&house, "member", "nikos@example.gr");
    assert!(told.contains("25 Ιανουαρίου 2028") && told.contains("διαγράφονται"), "{told}");
    assert_eq!(location(&sign_in(&mut FormBrowser::new(&house), "maria", PASSWORD)), "/account");
    assert_eq!(warned(&house), ["nikos"], "who signs in keeps it");
    at(&mut house, "2028-01-24");
    let _ = house.admin();
    assert_eq!(
        rows(&house, "SELECT name FROM account ORDER BY id"),
        ["admin", "maria", "nikos"],
        "not a day too early"
    );
    at(&mut house, "2028-01-26");
    wait(|| rows(&house, "SELECT name FROM account ORDER BY id")[2].starts_with('#'), "then it goes");
    assert_eq!(rows(&house, "SELECT email FROM account WHERE email IS NOT NULL"), ["maria@example.gr"]);
    let steps = rows(&house, "SELECT body FROM body_journal WHERE about = 'account' ORDER BY id");
    assert!(steps.last().unwrap().contains("unused"), "{steps:?}");
    assert_eq!(sign_in(&mut FormBrowser::new(&house), "nikos", PASSWORD).status, 401);
}

/// Books a time, signed in.
fn books(browser: &mut FormBrowser<'_>) {
    let (service, times) = ("/book/kep/family-status", "/book/kep/family-status?cases=1");
    let time = after(&browser.get(times), "name=\"start\" value=\"", '"');
    let held = browser.post(times, service, &[("start", &time), ("cases", "1")]);
    let hold = location(&held).split('?').next().unwrap().to_owned();
    let details = [
        ("behalf", "oneself"),
        ("name", "Μαρία Παπαδάκη"),
        ("phone", "6940000000"),
        ("street", "Πλατεία 1"),
        ("postcode", "72100"),
        ("town", "Άγιος Νικόλαος"),
    ];
    let review = location(&browser.post(&hold, &hold, &details)).to_owned();
    let version = after(&browser.get(&review), "name=\"version\" value=\"", '"');
    let booked = browser.post(&review, &format!("{hold}/confirm"), &[("consent", "yes"), ("version", &version)]);
    assert!(location(&booked).starts_with("/booking/"), "{booked:?}");
}

#[test]
fn pla_02_two_accounts_of_one_person_are_joined_by_who_signs_in_to_both() {
    let house = house();
    let admin = house.admin();
    let (mut maria, mut second, mut desk) =
        (citizen(&house, "maria"), citizen(&house, "second"), certifier(&house, &admin));
    books(&mut second);
    let bin = [("x-kind", "0"), ("x-request_place", "Κουντούρου 12"), ("x-request_what", "Ξεχειλίζει")];
    let page = "/requests/new/cleaning";
    let sent = second.post(page, page, &bin);
    let request = location(&sent).trim_end_matches("/receipt").to_owned();
    let account = found(&mut desk, "second");
    certified(&mut desk, &mut second, &account);
    let join = "/account/join";
    assert!(maria.get("/account").text.contains("href=\"/account/join\""));
    for (name, password, said) in [
        ("second", "some other password", "δεν είναι σωστά"),
        ("nobody", PASSWORD, "δεν είναι σωστά"),
        ("certifier", PASSWORD, "δεν είναι σωστά"),
        ("maria", PASSWORD, "Έχετε ήδη συνδεθεί"),
    ] {
        let refused = maria.post(join, join, &[("name", name), ("password", password)]);
        assert!(refused.status == 422 && refused.text.contains(said), "{name}: {refused:?}");
        assert!(refused.text.contains(&format!("value=\"{name}\"")), "nothing typed is lost");
    }
    assert_eq!(maria.get(&request).status, 404, "it is not hers yet");
    assert!(!maria.get("/account").text.contains("href=\"/booking/"));
    let other = [("name", "second"), ("password", PASSWORD)];
    let preview = maria.post(join, join, &other);
    assert_eq!(preview.status, 200, "{preview:?}");
    for line in ["1 ραντεβού", "1 αίτημα", "επίπεδο Β", "second"] {
        assert!(preview.text.contains(line), "{line}: {}", preview.text);
    }
    assert_eq!(rows(&house, "SELECT name FROM account WHERE name = 'second'"), ["second"], "nothing has moved yet");
    let pass = after(&preview, "name=\"pass\" value=\"", '"');
    // What was signed in to by one is not joined by another.
    let mut stranger = citizen(&house, "stranger");
    let taken = stranger.post(join, "/account/join/confirm", &[("pass", &pass)]);
    assert!(taken.status == 422 && taken.text.contains("αρχίστε ξανά"), "{taken:?}");
    let joined = maria.post(join, "/account/join/confirm", &[("pass", &pass)]);
    assert_eq!(location(&joined), "/account?done=joined");
    assert_eq!(maria.get(&request).status, 200, "her request came along");
    assert!(maria.get("/account").text.contains("href=\"/booking/"), "and her booking");
    let level = maria.get("/account/level").text;
    assert!(level.contains("Πιστοποιηθήκατε"), "{level}");
    assert!(maria.get("/account/details").text.contains("090000045"), "with what was certified");
    assert!(must_sign_in(&second.get("/account")), "the other is gone");
    assert_eq!(sign_in(&mut second, "second", PASSWORD).status, 401);
    assert_eq!(rows(&house, "SELECT email FROM account WHERE email = 'second@example.gr'"), Vec::<String>::new());
    assert!(letter_to(&house, "member", "maria@example.gr").contains("ενώθηκε"));
    // Whoever had the other account hears of it where they were written to: it may not have been them.
    letter_saying(&house, ("member", "second@example.gr"), "Αν δεν το κάνατε εσείς");
    let about = rows(&house, "SELECT about FROM outbox WHERE kind = 'member' AND about LIKE '%joined%'");
    assert!(about.len() == 2 && !about.concat().contains('@'), "by numbers: {about:?}");
    let mine = found(&mut desk, "maria");
    assert!(desk.get(&mine).text.contains("Ενώθηκε με άλλον λογαριασμό"));
    assert_eq!(maria.get("/account/data").status, 200);
    // Two people are never one.
    let details = [("full-name", "Άλλος"), ("tax-number", "123456783")];
    assert_eq!(stranger.post("/account/details", "/account/details", &details).status, 303);
    let refused = maria.post(join, join, &[("name", "stranger"), ("password", PASSWORD)]);
    assert!(refused.status == 422 && refused.text.contains("δεν είναι του ίδιου προσώπου"), "{refused:?}");
}

#[test]
fn pla_07_users_of_level_b_are_told_once_when_it_is_closed_and_opened() {
    let house = house();
    let (admin, mut maria) = (house.admin(), citizen(&house, "maria"));
    citizen(&house, "nikos");
    let mut desk = certifier(&house, &admin);
    let page = found(&mut desk, "maria");
    certified(&mut desk, &mut maria, &page);
    let mut office = staff(&house, &admin);
    let levels = "/admin/levels";
    let fields =
        |open| [("subject", "category:5"), ("open", open), ("el", "Ξανά από Δευτέρα."), ("en", "Again on Monday.")];
    for _ in 0..2 {
        assert_eq!(location(&office.post(levels, levels, &fields("no"))), levels);
    }
    letter_saying(&house, ("member", "maria@example.gr"), "Ξανά από Δευτέρα.");
    let told = || rows(&house, "SELECT about FROM outbox WHERE kind = 'member' AND about LIKE '%level-%' ORDER BY id");
    assert_eq!(told().len(), 1, "once, and nobody of level A: {:?}", told());
    assert!(!told()[0].contains("maria"), "by her number: {:?}", told());
    assert_eq!(location(&office.post(levels, levels, &fields("yes"))), levels);
    letter_saying(&house, ("member", "maria@example.gr"), "παρέχεται ξανά");
    assert_eq!(told().len(), 2);
}

#[test]
fn pla_07_who_supervises_a_category_closes_and_opens_it_and_nothing_else() {
    let house = house();
    let (admin, mut maria) = (house.admin(), citizen(&house, "maria"));
    let mut office = staff(&house, &admin);
    let id = house.employ(&admin, "supervisor", "clerk", Some("kep"), PASSWORD);
    let mut supervisor = staff(&house, &house.sign_in("supervisor", PASSWORD));
    let (levels, list) = ("/staff/requests/levels", "/staff/requests");
    let way = format!("href=\"{levels}\"");
    assert!(!supervisor.get(list).text.contains(&way), "nothing is theirs yet");
    assert_eq!(supervisor.get(levels).status, 403);
    let page = format!("/admin/clerks/{id}");
    let grant = [("grant@request-supervisor@category:5", "yes")];
    assert_eq!(office.post(&page, &format!("{page}/grants"), &grant).status, 303);
    assert!(supervisor.get(list).text.contains(&way), "the way there");
    let shown = supervisor.get(levels).text;
    assert!(shown.contains("value=\"category:5\"") && !shown.contains("category:7"), "{shown}");
    assert!(!shown.contains("value=\"service:"), "{shown}");
    let (el, en) = ("Ξανά από Δευτέρα.", "Again on Monday.");
    let fields = |subject, open| [("subject", subject), ("open", open), ("el", el), ("en", en)];
    let certificates = "/requests/new/certificates";
    // Half a notice loses nothing, and what is neither yes nor no closes nothing.
    let half = supervisor.post(levels, levels, &[("subject", "category:5"), ("open", "no"), ("el", el), ("en", "  ")]);
    assert!(half.status == 422 && half.text.contains("Γράψτε την ανακοίνωση") && half.text.contains(el), "{half:?}");
    for nonsense in ["maybe", "", "Yes"] {
        assert_eq!(supervisor.post(levels, levels, &fields("category:5", nonsense)).status, 400, "{nonsense}");
    }
    assert!(!maria.get(certificates).text.contains(el));
    assert_eq!(location(&supervisor.post(levels, levels, &fields("category:5", "no"))), levels);
    assert!(maria.get(certificates).text.contains(el));
    let closed = supervisor.get(levels).text;
    assert!(closed.contains("επίπεδο Β΄ κλειστό") && closed.contains(en), "{closed}");
    // Neither another category nor a service is theirs, by whichever page.
    for other in ["category:7", "service:1:1", "category:99"] {
        let refused = supervisor.post(levels, levels, &fields(other, "no"));
        let said = refused.text.contains("δεν το ανοίγετε και δεν το κλείνετε εσείς");
        assert!(refused.status == 403 && said, "{other}: {refused:?}");
    }
    assert_eq!(supervisor.get("/admin/levels").status, 403);
    let whole = office.get("/admin/levels").text;
    assert!(whole.contains("value=\"category:7\"") && whole.contains("value=\"category:5\""), "{whole}");
    assert_eq!(location(&supervisor.post(levels, levels, &fields("category:5", "yes"))), levels);
    assert!(!maria.get(certificates).text.contains(el));
    // Who is no supervisor any more decides nothing, though the page is still before them.
    let press = Press::form(&mut supervisor, levels, levels, &fields("category:5", "no"));
    assert_eq!(office.post(&page, &format!("{page}/grants"), &[]).status, 303);
    assert_eq!(press.send(&house).status, 403);
    assert!(!maria.get(certificates).text.contains(el));
}

#[test]
fn pla_02_mails_about_an_account_are_in_the_language_that_its_owner_chose_whoever_asks_for_them() {
    let house = house();
    let admin = house.admin();
    let (mut ann, email) = (FormBrowser::new(&house), "ann@example.gr");
    assert_eq!(ann.get("/register?lang=en").status, 200);
    let typed = registers::typed(&mut ann, "ann", email);
    let typed: Vec<_> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(location(&ann.post("/register", "/register", &typed)), "/register/sent");
    letter_saying(&house, ("account", email), "To activate your account");
    registers::opens_and_signs_in(&mut ann, &registers::link_of(&house, email), "ann");
    // Somebody else asks, in Greek.
    let mut other = FormBrowser::new(&house);
    assert_eq!(other.post("/login/forgotten", "/login/forgotten", &[("who", email)]).status, 303);
    letter_saying(&house, ("account", email), "A new password was asked");
    let again = registers::typed(&mut other, "another", email);
    let again: Vec<_> = again.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(location(&other.post("/register", "/register", &again)), "/register/sent");
    letter_saying(&house, ("account", email), "have an account already");
    let mut office = staff(&house, &admin);
    let page = found(&mut office, "ann");
    assert_eq!(office.post(&page, &format!("{page}/block"), &[("reason", "Ζητήθηκε")]).status, 303);
    letter_saying(&house, ("member", email), "has blocked your account");
    assert_eq!(office.post(&page, &format!("{page}/unblock"), &[]).status, 303);
    letter_saying(&house, ("member", email), "to your account again");
    // They choose Greek, and are written to in Greek from then on; an address of others changes nothing of that.
    assert_eq!(location(&sign_in(&mut ann, "ann", PASSWORD)), "/account");
    assert_eq!(ann.get("/account?lang=el").status, 200);
    assert_eq!(rows(&house, "SELECT language FROM account WHERE name = 'ann'"), ["el"]);
    assert_eq!(other.get("/login/forgotten?lang=en").status, 200);
    assert_eq!(other.post("/login/forgotten", "/login/forgotten", &[("who", "ann")]).status, 303);
    letter_saying(&house, ("account", email), "νέο συνθηματικό");
}
