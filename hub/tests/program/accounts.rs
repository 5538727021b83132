//! Accounts of staff and agents: one policy for passwords, set by their owners alone; links that are good once; a second
//! factor, and what never goes round it (NEW-08).

use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::DateTime;
use serde_json::json;

use crate::{
    house::{PASSWORD, ProgramHouse},
    http::HttpAnswer,
    machine::ClockedMachine,
    pages::FormBrowser,
};

/// The house's own settings: of administrators, a second factor is demanded.
pub const DEMANDING: &str = "[sign_in]\nsecond_factor = \"administrators\"\n";
const CLERKS_PASSWORD: &str = "τρία ήσυχα τρένα";
const ANOTHER: &str = "δύο γρήγορα καράβια";
const MAIL: &str = "eleni@example.gr";

/// What follows a mark in a page, up to an end.
pub fn after(page: &HttpAnswer, mark: &str, end: char) -> String {
    let (_, rest) = page.text.split_once(mark).unwrap_or_else(|| panic!("no {mark}: {page:?}"));
    rest.split(end).next().unwrap().to_owned()
}

pub fn location(answer: &HttpAnswer) -> &str {
    answer.headers.lines().find_map(|line| line.strip_prefix("location: ")).unwrap_or_else(|| panic!("{answer:?}"))
}

pub fn sign_in(browser: &mut FormBrowser<'_>, name: &str, password: &str) -> HttpAnswer {
    browser.post("/login", "/login", &[("name", name), ("password", password)])
}

fn signs_in(house: &ProgramHouse, name: &str, password: &str) -> bool {
    let answer = house.post("", "/api/v1/sessions", &json!({"name": name, "password": password}));
    assert!([200, 401].contains(&answer.status), "{answer:?}");
    answer.status == 200
}

/// The letters about accounts, the newest last.
fn letters(house: &ProgramHouse) -> Vec<PathBuf> {
    let files = fs::read_dir(house.folder.path().join("mail")).into_iter().flatten();
    let mut found: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    found.retain(|path| path.to_string_lossy().ends_with("-account.eml"));
    found.sort();
    found
}

/// The path of the link in the nth letter about an account, once it is there.
fn link(house: &ProgramHouse, nth: usize) -> String {
    let deadline = Instant::now() + Duration::from_secs(20);
    while letters(house).len() <= nth {
        assert!(Instant::now() < deadline, "letter {nth} of {}", letters(house).len());
        std::thread::sleep(Duration::from_millis(20));
    }
    let letter = fs::read_to_string(&letters(house)[nth]).unwrap();
    let at = letter.find("text/plain").unwrap();
    let (head, rest) = letter[letter[..at].rfind("\r\n--").unwrap()..].split_once("\r\n\r\n").unwrap();
    let body = rest.split("\r\n--").next().unwrap();
    let text = if head.contains("base64") {
        String::from_utf8(STANDARD.decode(body.split_whitespace().collect::<String>()).unwrap()).unwrap()
    } else {
        body.replace("=\r\n", "").replace("=3D", "=")
    };
    let words = text.split_whitespace().find(|word| word.starts_with("http") && word.contains("/login/"));
    let link = words.unwrap_or_else(|| panic!("no link: {text}"));
    link[link.find("/login/").unwrap()..].to_owned()
}

/// The code of an app that holds this secret, so many steps from a time: by another hand than the hub's (RFC 6238).
pub fn code(secret: &str, at: &str, steps: i64) -> String {
    use ring::hmac;
    let secret = data_encoding::BASE32_NOPAD.decode(secret.replace(' ', "").as_bytes()).unwrap();
    let at: DateTime<chrono::FixedOffset> = at.parse().unwrap();
    let tag = hmac::sign(
        &hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &secret),
        &(at.timestamp() / 30 + steps).to_be_bytes(),
    );
    let hash = tag.as_ref();
    let from = usize::from(hash[19] & 15);
    let number = u32::from_be_bytes(hash[from..from + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

/// A real hub, with its administrator, at nine on a Tuesday.
pub fn real(keys: &str) -> (ProgramHouse, ClockedMachine) {
    let mut house = ProgramHouse::files_with_config(keys, "failed_logins_per_minute = 1000\n");
    let machine = ClockedMachine::of(&house);
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    machine.set(AT);
    house.serve_on(&machine);
    (house, machine)
}

pub const AT: &str = "2026-11-24T09:00:10+02:00";

/// Sets an app up at sign-in; gives its secret, and the recovery codes. The session is begun.
pub fn set_up(browser: &mut FormBrowser<'_>, name: &str, at: &str) -> (String, Vec<String>) {
    let led = sign_in(browser, name, PASSWORD);
    assert_eq!((led.status, location(&led)), (303, "/login/set-up?next=/staff"), "{led:?}");
    let page = browser.get("/login/set-up?next=/staff");
    let (secret, draft) =
        (after(&page, "<code class=\"secret\" translate=\"no\">", '<'), after(&page, "name=\"draft\" value=\"", '"'));
    let csrf = after(&page, "name=\"csrf\" value=\"", '"');
    let done = browser.post_with(
        &csrf,
        "/login/set-up",
        &[("draft", &draft), ("code", &code(&secret, at, 0)), ("next", "/staff")],
    );
    assert_eq!(done.status, 200, "{done:?}");
    let codes: Vec<String> =
        done.text.split("<li><code>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()).collect();
    assert_eq!(codes.len(), 10, "{done:?}");
    (secret, codes)
}

#[test]
fn new_08_one_policy_holds_for_every_password_from_the_first_administrators_on() {
    let house = ProgramHouse::files();
    let wrong = [
        ("έντεκα εδώ!", "at least 12", "τουλάχιστον 12 χαρακτήρες"),
        ("administrator2026", "many people", "το έχουν πολλοί"),
        ("αβγδεζ123456", "repeats itself", "επαναλαμβάνεται"),
        ("head likes trains", "name", "δεν πρέπει να περιέχει το όνομά σας"),
        ("η σειρά των ημερών", "name", "δεν πρέπει να περιέχει το όνομά σας"),
    ];
    for (password, said, _) in wrong {
        fs::write(house.folder.path().join("password"), password).unwrap();
        let made = house.run(&["create-admin", "--name", "head", "--password-file", "password"]);
        let why = String::from_utf8(made.stderr).unwrap();
        assert!(!made.status.success() && why.contains(said) && !why.contains(password), "{password}: {why}");
    }
    // Without a password a link is printed, and its owner sets one.
    let made = house.run(&["create-admin", "--name", "head"]);
    let said = String::from_utf8(made.stdout).unwrap();
    let path = &said[said.find("/login/password/").unwrap()..].split(',').next().unwrap();
    let mut house = house;
    // Printed by the machine's clock, used by the rehearsal's: on the same day.
    house.start_at(&chrono::Utc::now().to_rfc3339(), "1");
    let mut browser = FormBrowser::new(&house);
    for (password, _, sentence) in wrong {
        let refused = browser.post(path, path, &[("password", password), ("again", password)]);
        assert!(refused.status == 422 && refused.text.contains(sentence), "{password}: {refused:?}");
        assert!(!refused.text.contains(password), "it is not sent back");
    }
    let differs = browser.post(path, path, &[("password", CLERKS_PASSWORD), ("again", ANOTHER)]);
    assert!(differs.status == 422 && differs.text.contains("δεν είναι ίδια"), "{differs:?}");
    house.set_password(path, CLERKS_PASSWORD);
    assert!(signs_in(&house, "head", CLERKS_PASSWORD));
    assert_eq!(browser.get(path).status, 410, "good once");
}

#[test]
fn new_08_a_link_of_an_invitation_is_good_once_for_a_while_and_the_newest_alone() {
    let mut house = ProgramHouse::new();
    let admin = house.admin();
    let (id, first) = house.invite(&admin, "eleni", "clerk", Some("kep"));
    assert!(!signs_in(&house, "eleni", ""), "nobody signs in without a password");
    let again =
        house.post(&admin, &format!("/api/v1/accounts/{id}/invitations"), &json!({"own_password": PASSWORD})).ok();
    let second = again["invitation"].as_str().unwrap();
    let second = second[second.find("/login/").unwrap()..].to_owned();
    let mut browser = FormBrowser::new(&house);
    for over in
        [first.clone(), second.replace("invited", "forgotten"), format!("{second}x"), "/login/password/x".into()]
    {
        assert_eq!(browser.get(&over).status, 410, "{over}");
    }
    // A mail scanner that opens the link uses nothing up.
    assert_eq!(browser.get(&second).status, 200);
    house.set_password(&second, CLERKS_PASSWORD);
    assert_eq!(browser.get(&second).status, 410);
    assert!(signs_in(&house, "eleni", CLERKS_PASSWORD));
    // Seven days, and not an eighth.
    let (_, third) = house.invite(&admin, "nikos", "clerk", Some("kep"));
    house.stop();
    house.start_at("2026-12-02T09:00:00+02:00", "1");
    assert_eq!(FormBrowser::new(&house).get(&third).status, 410);
}

#[test]
fn new_08_somebody_changes_their_own_password_with_the_old_one_and_their_other_sessions_end() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    house.employ(&admin, "eleni", "clerk", Some("kep"), CLERKS_PASSWORD);
    let (mut here, mut there) = (FormBrowser::new(&house), FormBrowser::new(&house));
    for browser in [&mut here, &mut there] {
        assert_eq!(sign_in(browser, "eleni", CLERKS_PASSWORD).status, 303);
    }
    let mut change = |own: &str, password: &str| {
        let fields = [("own", own), ("password", password), ("again", password)];
        here.post("/staff/account", "/staff/account/password", &fields)
    };
    let strange = change("κάτι άλλο εδώ", ANOTHER);
    assert!(strange.status == 422 && strange.text.contains("Το τωρινό σας συνθηματικό δεν είναι σωστό"), "{strange:?}");
    let weak = change(CLERKS_PASSWORD, "qwertyuiop12");
    assert!(weak.status == 422 && weak.text.contains("Διαλέξτε άλλο"), "{weak:?}");
    assert_eq!(location(&change(CLERKS_PASSWORD, ANOTHER)), "/staff/account?done=password");
    assert_eq!((here.get("/staff/account").status, there.get("/staff/account").status), (200, 303));
    assert!(signs_in(&house, "eleni", ANOTHER) && !signs_in(&house, "eleni", CLERKS_PASSWORD));
}

#[test]
fn new_08_a_forgotten_password_is_replaced_by_mail_once_and_nobody_learns_who_has_an_account() {
    let mut house = ProgramHouse::with_config("", "failed_logins_per_minute = 1000\n");
    let admin = house.admin();
    let wish = json!({"name": "eleni", "role": "clerk", "email": MAIL, "own_password": PASSWORD});
    let made = house.post(&admin, "/api/v1/accounts", &wish).ok();
    assert!(made["invitation"].is_null(), "it goes by mail: {made}");
    let mut browser = FormBrowser::new(&house);
    let mut ask = |who: &str| browser.post("/login/forgotten", "/login/forgotten", &[("who", who)]);
    // Not before the address is known to be theirs: whoever mistyped it sends a stranger nothing.
    assert_eq!(location(&ask(MAIL)), "/login/forgotten?sent=1");
    let invitation = link(&house, 0);
    house.set_password(&invitation, CLERKS_PASSWORD);
    // By name and by address; for who has no account the answer is the same.
    let mut asked = |who: &str| {
        let answer = ask(who);
        (answer.status, location(&answer).to_owned())
    };
    let by_name = asked("eleni");
    let first = link(&house, 1);
    let by_address = asked(" ELENI@example.gr ");
    let second = link(&house, 2);
    let answers = [by_name, by_address, asked("nobody"), asked("admin"), asked("nobody@example.gr"), asked("")];
    assert!(answers.iter().all(|answer| *answer == (303, "/login/forgotten?sent=1".to_owned())), "{answers:?}");
    assert_eq!(letters(&house).len(), 3, "nobody else has one");
    assert!(first.starts_with("/login/password/") && first != second);
    let mut signed = FormBrowser::new(&house);
    assert_eq!(sign_in(&mut signed, "eleni", CLERKS_PASSWORD).status, 303);
    let mut stranger = FormBrowser::new(&house);
    assert_eq!(stranger.get(&first).status, 410, "another took its place");
    assert!(signs_in(&house, "eleni", CLERKS_PASSWORD), "asking alone changes nothing");
    let set = stranger.post(&second, &second, &[("password", ANOTHER), ("again", ANOTHER)]);
    assert_eq!(location(&set), "/login?done=password", "nobody is signed in by a mail");
    assert_eq!(stranger.get("/staff").status, 303);
    assert_eq!(signed.get("/staff").status, 303, "every session ends");
    assert_eq!(stranger.get(&second).status, 410);
    assert!(signs_in(&house, "eleni", ANOTHER) && !signs_in(&house, "eleni", CLERKS_PASSWORD));
    // No flood of mails, and the same word for whoever is not there.
    for who in ["eleni", "nowhere"] {
        let mut other = FormBrowser::new(&house);
        let statuses: Vec<u16> =
            (0..7).map(|_| other.post("/login/forgotten", "/login/forgotten", &[("who", who)]).status).collect();
        assert!(statuses.contains(&429), "{who}: {statuses:?}");
    }
    let third = link(&house, letters(&house).len() - 1);
    house.stop();
    house.start_at("2026-11-24T10:30:00+02:00", "1");
    assert_eq!(FormBrowser::new(&house).get(&third).status, 410, "an hour, and no longer");
    let database = fs::read(house.database()).unwrap();
    let ids: Vec<&str> = third.split('.').collect();
    assert!(!database.windows(20).any(|window| window == &ids[ids.len() - 1].as_bytes()[..20]), "no link is kept");
}

#[test]
fn new_08_an_address_is_an_accounts_once_its_link_was_pressed() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let id = house.employ(&admin, "eleni", "clerk", Some("kep"), CLERKS_PASSWORD);
    let mut browser = FormBrowser::new(&house);
    assert_eq!(sign_in(&mut browser, "eleni", CLERKS_PASSWORD).status, 303);
    let account = |browser: &mut FormBrowser<'_>, email: &str, own: &str| {
        browser.post("/staff/account", "/staff/account/address", &[("email", email), ("own", own)])
    };
    assert_eq!(account(&mut browser, MAIL, "μαντεψιά λάθος").status, 422);
    assert_eq!(account(&mut browser, "nowhere", CLERKS_PASSWORD).status, 422);
    assert_eq!(location(&account(&mut browser, MAIL, CLERKS_PASSWORD)), "/staff/account?done=sent");
    let proof = link(&house, 0);
    assert!(proof.starts_with("/login/address/"), "{proof}");
    assert!(browser.get("/staff/account").text.contains("Δεν έχει δηλωθεί διεύθυνση"));
    let mut elsewhere = FormBrowser::new(&house);
    assert!(elsewhere.get(&proof).text.contains(MAIL), "opening it changes nothing");
    assert!(browser.get("/staff/account").text.contains("Δεν έχει δηλωθεί διεύθυνση"));
    assert_eq!(elsewhere.post(&proof, &proof, &[]).status, 200);
    assert!(browser.get("/staff/account").text.contains("επιβεβαιωμένη"));
    assert_eq!(elsewhere.get(&proof).status, 410);
    assert_eq!(elsewhere.get(&proof.replace("address", "password")).status, 410, "it sets no password");
    // An administrator sets another; the one before is good until that one is proven.
    let mut head = FormBrowser::new(&house);
    assert_eq!(sign_in(&mut head, "admin", PASSWORD).status, 303);
    let page = format!("/admin/clerks/{id}");
    let set = head.post(&page, &format!("{page}/address"), &[("email", "e@example.gr"), ("own", PASSWORD)]);
    assert_eq!(location(&set), "/admin/clerks?done=address");
    assert!(browser.get("/staff/account").text.contains(MAIL));
    let proof = link(&house, 1);
    assert_eq!(elsewhere.post(&proof, &proof, &[]).status, 200);
    assert!(browser.get("/staff/account").text.contains("e@example.gr, επιβεβαιωμένη"));
}

#[test]
fn new_08_an_administrator_signs_in_in_two_steps_and_can_do_nothing_before() {
    let (mut house, machine) = real(DEMANDING);
    let mut browser = FormBrowser::new(&house);
    // The password alone opens nothing.
    let api = house.post("", "/api/v1/sessions", &json!({"name": "admin", "password": PASSWORD}));
    assert_eq!((api.status, api.code().as_str()), (401, "second-factor-needed"), "{api:?}");
    assert_eq!(location(&sign_in(&mut browser, "admin", PASSWORD)), "/login/set-up?next=/staff");
    for page in ["/staff", "/admin", "/staff/account", "/admin/clerks", "/login/code"] {
        assert_eq!(browser.get(page).status, 303, "{page}");
    }
    let page = browser.get("/login/set-up");
    let draft = after(&page, "name=\"draft\" value=\"", '"');
    let csrf = after(&page, "name=\"csrf\" value=\"", '"');
    let wrong = browser.post_with(&csrf, "/login/set-up", &[("draft", &draft), ("code", "000000")]);
    assert!(wrong.status == 422 && wrong.text.contains("Ο κωδικός δεν ταιριάζει"), "{wrong:?}");
    assert_eq!(
        after(&wrong, "translate=\"no\">", '<'),
        after(&page, "translate=\"no\">", '<'),
        "the app keeps its key"
    );
    let (secret, codes) = set_up(&mut browser, "admin", AT);
    assert_eq!(browser.get("/admin").status, 200);
    // Nothing of it stands in the file as it is.
    let raw = data_encoding::BASE32_NOPAD.decode(secret.replace(' ', "").as_bytes()).unwrap();
    let plain = codes[0].replace(' ', "");
    for file in ["seira.db", "seira.db-wal"] {
        let bytes = fs::read(house.folder.path().join(file)).unwrap_or_default();
        for hidden in [raw.as_slice(), plain.as_bytes(), secret.replace(' ', "").as_bytes()] {
            assert!(!bytes.windows(hidden.len()).any(|window| window == hidden), "{file}");
        }
    }
    // Signing in again: a code is good once, in its time.
    let step = |house: &ProgramHouse, code: &str| {
        let mut browser = FormBrowser::new(house);
        let led = sign_in(&mut browser, "admin", PASSWORD);
        assert_eq!(location(&led), "/login/code?next=/staff");
        assert_eq!(browser.get("/admin").status, 303, "the first step is not enough");
        let answer = browser.post("/login/code", "/login/code", &[("code", code), ("next", "/staff")]);
        let is_in = browser.get("/admin").status == 200;
        assert_eq!(answer.status == 303, is_in, "{answer:?}");
        is_in
    };
    assert!(!step(&house, &code(&secret, AT, 0)), "used when it was set up");
    assert!(!step(&house, "123456") && !step(&house, "") && !step(&house, &code(&secret, AT, 5)));
    assert!(step(&house, &code(&secret, AT, 1)) && !step(&house, &code(&secret, AT, 1)));
    let later = "2026-11-24T09:10:10+02:00";
    machine.set(later);
    assert!(!step(&house, &code(&secret, AT, 2)), "too old");
    let next = code(&secret, later, 0);
    let api = json!({"name": "admin", "password": PASSWORD, "code": next});
    let token = house.post("", "/api/v1/sessions", &api).ok()["token"].as_str().unwrap().to_owned();
    assert_eq!(house.get(&token, "/api/v1/accounts").status, 200);
    assert_eq!(house.post("", "/api/v1/sessions", &api).status, 401, "a program's code too is good once");
    // Without the phone: each recovery code once, as it was written down.
    assert!(
        step(&house, &codes[3].to_lowercase()) && !step(&house, &codes[3]) && step(&house, &codes[4].replace(' ', "-"))
    );
    // A pass of the first step is of its password and factor alone, and runs out.
    let mut late = FormBrowser::new(&house);
    sign_in(&mut late, "admin", PASSWORD);
    machine.set("2026-11-24T09:30:10+02:00");
    assert_eq!(late.get("/login/code").status, 303);
    // After a restart too, and a session by password alone of before is over where it is not enough.
    house.stop();
    house.serve_on(&machine);
    assert!(step(&house, &code(&secret, "2026-11-24T09:30:10+02:00", 0)));
}

#[test]
fn new_08_what_a_house_demands_holds_for_sessions_of_before() {
    let (mut house, machine) = real("[sign_in]\nsecond_factor = \"optional\"\n");
    let admin = house.admin();
    house.employ(&admin, "eleni", "clerk", Some("kep"), CLERKS_PASSWORD);
    let clerk = house.sign_in("eleni", CLERKS_PASSWORD);
    house.stop();
    let demand = |house: &ProgramHouse, word: &str| {
        let file = house.folder.path().join("hub.toml");
        let text = fs::read_to_string(&file).unwrap();
        let before = text.lines().find(|line| line.starts_with("second_factor")).unwrap().to_owned();
        fs::write(&file, text.replace(&before, &format!("second_factor = \"{word}\""))).unwrap();
    };
    demand(&house, "administrators");
    house.serve_on(&machine);
    let accounts = |token: &str| house.get(token, "/api/v1/offices/kep/feeds/nothing").status;
    assert_eq!((accounts(&admin), accounts(&clerk)), (401, 404));
    house.stop();
    demand(&house, "everybody");
    house.serve_on(&machine);
    assert_eq!(house.get(&clerk, "/api/v1/offices/kep/feeds/nothing").status, 401);
    assert_eq!(
        location(&sign_in(&mut FormBrowser::new(&house), "eleni", CLERKS_PASSWORD)),
        "/login/set-up?next=/staff"
    );
    demand(&house, "sometimes");
    let wrong = String::from_utf8(house.run(&["check-config"]).stderr).unwrap();
    assert!(wrong.contains("second_factor") && wrong.contains("everybody"), "{wrong}");
}

#[test]
fn new_08_a_lost_second_factor_is_taken_away_by_another_administrator_and_by_no_mail() {
    let (house, machine) = real(DEMANDING);
    let mut head = FormBrowser::new(&house);
    let (secret, _) = set_up(&mut head, "admin", AT);
    // Another administrator, with an address.
    let made = head.post(
        "/admin/clerks",
        "/admin/clerks",
        &[("name", "maria"), ("email", "maria@example.gr"), ("admin", "yes"), ("own", PASSWORD)],
    );
    assert!(location(&made).starts_with("/admin/clerks?made="), "{made:?}");
    let id = location(&made).split('=').nth(1).unwrap().to_owned();
    let invitation = link(&house, 0);
    house.set_password(&invitation, PASSWORD);
    let mut maria = FormBrowser::new(&house);
    set_up(&mut maria, "maria", AT);
    // Her password by mail: the second step stays.
    let mut thief = FormBrowser::new(&house);
    thief.post("/login/forgotten", "/login/forgotten", &[("who", "maria@example.gr")]);
    let mail = link(&house, 1);
    assert_eq!(thief.post(&mail, &mail, &[("password", ANOTHER), ("again", ANOTHER)]).status, 303);
    assert_eq!(location(&sign_in(&mut thief, "maria", ANOTHER)), "/login/code?next=/staff");
    assert_eq!(thief.get("/admin").status, 303);
    assert_eq!(thief.get("/login/set-up").status, 303, "nor is another set up in its place");
    assert_eq!(maria.get("/admin").status, 303, "her sessions ended");
    // Taken away with the password of who does it, and not one's own.
    let page = format!("/admin/clerks/{id}");
    let wrong = head.post(&page, &format!("{page}/second-step/remove"), &[("own", ANOTHER)]);
    assert_eq!(wrong.status, 422, "{wrong:?}");
    let own = head.post(&page, "/admin/clerks/1/second-step/remove", &[("own", PASSWORD)]);
    assert_eq!(own.status, 403, "{own:?}");
    let own = head.post("/staff/account", "/staff/account/second-step/remove", &[("own", PASSWORD)]);
    assert_eq!(own.status, 403, "it is demanded: {own:?}");
    let done = head.post(&page, &format!("{page}/second-step/remove"), &[("own", PASSWORD)]);
    assert_eq!(location(&done), "/admin/clerks?done=factor");
    assert_eq!(location(&sign_in(&mut FormBrowser::new(&house), "maria", ANOTHER)), "/login/set-up?next=/staff");
    // New recovery codes, for who has the old password and the session; those before are over.
    let renewed = head.post("/staff/account", "/staff/account/codes", &[("own", PASSWORD)]);
    assert!(renewed.status == 200 && renewed.text.matches("<li><code>").count() == 10, "{renewed:?}");
    machine.set("2026-11-24T09:20:10+02:00");
    let mut again = FormBrowser::new(&house);
    sign_in(&mut again, "admin", PASSWORD);
    let now = code(&secret, "2026-11-24T09:20:10+02:00", 0);
    assert_eq!(again.post("/login/code", "/login/code", &[("code", &now)]).status, 303);
}

#[test]
fn new_08_codes_are_guessed_at_as_slowly_as_passwords_and_slower() {
    let (house, _machine) = real(DEMANDING);
    let mut browser = FormBrowser::new(&house);
    let (secret, codes) = set_up(&mut browser, "admin", AT);
    let mut thief = FormBrowser::new(&house);
    sign_in(&mut thief, "admin", PASSWORD);
    let csrf = thief.csrf("/login/code");
    let mut guess = |code: &str| thief.post_with(&csrf, "/login/code", &[("code", code)]).status;
    let statuses: Vec<u16> = (0..14).map(|nth| guess(&format!("{nth:06}"))).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 401).count(), 10, "{statuses:?}");
    assert_eq!(guess(&code(&secret, AT, 1)), 429, "the right one is not judged any more");
    // The browser where its owner has signed in is not shut out by that.
    browser.forget_session();
    sign_in(&mut browser, "admin", PASSWORD);
    assert_eq!(browser.post("/login/code", "/login/code", &[("code", &codes[0])]).status, 303);
}

#[test]
fn new_08_a_clerk_sets_a_second_factor_and_takes_it_away_and_a_rehearsal_asks_for_none() {
    let (mut house, machine) = real(DEMANDING);
    let mut head = FormBrowser::new(&house);
    set_up(&mut head, "admin", AT);
    let made = head.post("/admin/clerks", "/admin/clerks", &[("name", "eleni"), ("own", PASSWORD)]);
    let shown = after(&made, "<code class=\"link\" translate=\"no\">", '<');
    house.set_password(&shown[shown.find("/login/").unwrap()..], CLERKS_PASSWORD);
    let (mut here, mut there) = (FormBrowser::new(&house), FormBrowser::new(&house));
    for browser in [&mut here, &mut there] {
        assert_eq!(location(&sign_in(browser, "eleni", CLERKS_PASSWORD)), "/staff", "none is demanded of clerks");
    }
    let page = here.get("/staff/account/second-step");
    let (secret, draft) =
        (after(&page, "<code class=\"secret\" translate=\"no\">", '<'), after(&page, "name=\"draft\" value=\"", '"'));
    let csrf = after(&page, "name=\"csrf\" value=\"", '"');
    let mut set = |own: &str, code: &str| {
        here.post_with(&csrf, "/staff/account/second-step", &[("draft", &draft), ("code", code), ("own", own)])
    };
    assert_eq!(set("κάτι άλλο εδώ", &code(&secret, AT, 0)).status, 422);
    assert_eq!(set(CLERKS_PASSWORD, "000000").status, 422);
    let done = set(CLERKS_PASSWORD, &code(&secret, AT, 0));
    assert!(done.status == 200 && done.text.contains("Κωδικοί ανάκτησης"), "{done:?}");
    assert_eq!((here.get("/staff").status, there.get("/staff").status), (200, 303));
    assert_eq!(location(&sign_in(&mut there, "eleni", CLERKS_PASSWORD)), "/login/code?next=/staff");
    let dropped = here.post("/staff/account", "/staff/account/second-step/remove", &[("own", CLERKS_PASSWORD)]);
    assert_eq!(location(&dropped), "/staff/account?done=dropped");
    assert_eq!(location(&sign_in(&mut there, "eleni", CLERKS_PASSWORD)), "/staff");
    house.stop();
    // A rehearsal's own accounts may have one too; nobody is asked for it there.
    let mut rehearsal = ProgramHouse::with_config(DEMANDING, "");
    let token = rehearsal.admin();
    assert_eq!(rehearsal.get(&token, "/api/v1/accounts").status, 200);
    rehearsal.stop();
    drop(machine);
}
