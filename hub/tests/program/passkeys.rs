//! Passkeys as second steps: added, shown, replayed, forged, taken away (NEW-08).

use serde_json::{Value, json};

use crate::{
    accounts::{AT, DEMANDING, after, code, location, real, sign_in},
    audit::wait,
    house::{PASSWORD, ProgramHouse},
    http::HttpAnswer,
    machine::ClockedMachine,
    pages::FormBrowser,
    soft_key::SoftKey,
};

const NAMED: &str = "public_url = \"http://localhost:8080\"\n";
const ORIGIN: &str = "http://localhost:8080";
const CLERKS_PASSWORD: &str = "τρία ήσυχα τρένα";

/// What a page asks a browser for, and what its form carries.
fn asked(page: &HttpAnswer) -> (Value, String) {
    let options = after(page, "data-options=\"", '"').replace("&#34;", "\"").replace("&quot;", "\"");
    (serde_json::from_str(&options).unwrap(), after(page, "name=\"note\" value=\"", '"'))
}

fn codes(page: &HttpAnswer) -> Vec<String> {
    page.text.split("<li><code>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
}

fn real_and_named() -> (ProgramHouse, ClockedMachine) {
    real(&format!("{NAMED}{DEMANDING}"))
}

/// Sets a passkey up at sign-in; gives the recovery codes.
fn set_up(browser: &mut FormBrowser<'_>, name: &str, password: &str, key: &mut SoftKey) -> Vec<String> {
    assert_eq!(location(&sign_in(browser, name, password)), "/login/set-up?next=/staff");
    let page = browser.get("/login/set-up?next=/staff");
    let (options, note) = asked(&page);
    let csrf = after(&page, "name=\"csrf\" value=\"", '"');
    let answer = key.make(&options);
    let fields = [("name", "Κινητό"), ("note", &note), ("answer", &answer), ("next", "/staff")];
    let done = browser.post_with(&csrf, "/login/set-up/passkey", &fields);
    assert!(done.status == 200 && done.text.contains("Το passkey προστέθηκε"), "{done:?}");
    codes(&done)
}

/// Adds a passkey by who is signed in.
fn add(browser: &mut FormBrowser<'_>, password: &str, name: &str, key: &mut SoftKey) -> HttpAnswer {
    let page = browser.post("/staff/account/passkeys", "/staff/account/passkeys", &[("name", name), ("own", password)]);
    if page.status != 200 {
        return page;
    }
    let (options, note) = asked(&page);
    let answer = key.make(&options);
    let csrf = after(&page, "name=\"csrf\" value=\"", '"');
    browser.post_with(&csrf, "/staff/account/passkeys/add", &[("name", name), ("note", &note), ("answer", &answer)])
}

/// The page of the second step, after the right password.
fn step(browser: &mut FormBrowser<'_>, name: &str, password: &str) -> HttpAnswer {
    assert_eq!(location(&sign_in(browser, name, password)), "/login/code?next=/staff");
    browser.get("/login/code?next=/staff")
}

fn show(browser: &mut FormBrowser<'_>, page: &HttpAnswer, note: &str, answer: &str) -> HttpAnswer {
    let csrf = after(page, "name=\"csrf\" value=\"", '"');
    browser.post_with(&csrf, "/login/passkey", &[("note", note), ("answer", answer), ("next", "/staff")])
}

/// Waits until the page of the audit says so.
fn audited(browser: &mut FormBrowser<'_>, said: &str) {
    wait(|| browser.get("/admin/audit").text.contains(said).then_some(()), said);
}

#[test]
fn new_08_an_administrator_sets_a_passkey_up_at_sign_in_and_its_answer_is_good_once() {
    let (mut house, machine) = real_and_named();
    let (mut browser, mut key) = (FormBrowser::new(&house), SoftKey::new(ORIGIN));
    let recovery = set_up(&mut browser, "admin", PASSWORD, &mut key);
    assert_eq!(recovery.len(), 10);
    let account = browser.get("/staff/account");
    assert!(account.text.contains("Κινητό") && account.text.contains("Δεν έχει χρησιμοποιηθεί ακόμη"), "{account:?}");
    let mut other = FormBrowser::new(&house);
    let page = step(&mut other, "admin", PASSWORD);
    let (options, note) = asked(&page);
    let answer = key.show(&options);
    assert_eq!(location(&show(&mut other, &page, &note, &answer)), "/staff");
    assert_eq!(other.get("/staff").status, 200);
    assert!(other.get("/staff/account").text.contains("Τελευταία σύνδεση"));
    audited(&mut other, "Με συνθηματικό και passkey");
    // Whoever has the password and saw the answer has nothing.
    let mut thief = FormBrowser::new(&house);
    let page = step(&mut thief, "admin", PASSWORD);
    let again = show(&mut thief, &page, &note, &answer);
    assert!(again.status == 401 && again.text.contains("Το passkey δεν έγινε δεκτό"), "{again:?}");
    assert_eq!(thief.get("/staff").status, 303);
    audited(&mut other, "Απάντηση passkey που είχε ήδη χρησιμοποιηθεί");
    // The last factor stays, and a recovery code is good beside a passkey.
    let number = after(&other.get("/staff/account"), "name=\"number\" value=\"", '"');
    let refused =
        other.post("/staff/account", "/staff/account/passkeys/remove", &[("number", &number), ("own", PASSWORD)]);
    assert!(refused.status == 422 && refused.text.contains("αυτό είναι το τελευταίο"), "{refused:?}");
    let csrf = after(&again, "name=\"csrf\" value=\"", '"');
    let by_code = thief.post_with(&csrf, "/login/code", &[("code", &recovery[0]), ("next", "/staff")]);
    assert_eq!(location(&by_code), "/staff");
    // A program has no passkey.
    let session = json!({"name": "admin", "password": PASSWORD});
    let needed = house.post("", "/api/v1/sessions", &session);
    assert!(needed.text.contains("second-factor-needed") && needed.text.contains("κωδικό ανάκτησης"), "{needed:?}");
    let with = json!({"name": "admin", "password": PASSWORD, "code": recovery[1]});
    assert_eq!(house.post("", "/api/v1/sessions", &with).status, 200);
    // Nothing of it is sealed: nothing is lost with the key, nor where a backup is restored.
    drop((browser, other, thief));
    let backup = house.folder.path().join("monday.db");
    let backup = backup.to_str().unwrap();
    assert!(house.run(&["backup", "--to", backup]).status.success());
    house.stop();
    assert!(house.run(&["restore", "--from", backup]).status.success());
    assert!(house.run(&["rotate-key", "--end-links"]).status.success());
    house.serve_on(&machine);
    let mut later = FormBrowser::new(&house);
    let page = step(&mut later, "admin", PASSWORD);
    let (options, note) = asked(&page);
    let answer = key.show(&options);
    assert_eq!(location(&show(&mut later, &page, &note, &answer)), "/staff");
    // An app beside it: both are good, and the passkey may go then.
    let page = later.get("/staff/account/second-step");
    let (secret, draft) =
        (after(&page, "<code class=\"secret\" translate=\"no\">", '<'), after(&page, "name=\"draft\" value=\"", '"'));
    let first = code(&secret, AT, 0);
    let fields = [("draft", draft.as_str()), ("code", first.as_str()), ("own", PASSWORD)];
    assert_eq!(later.post("/staff/account", "/staff/account/second-step", &fields).status, 200);
    let mut both = FormBrowser::new(&house);
    let page = step(&mut both, "admin", PASSWORD);
    assert!(page.text.contains("6 ψηφία από την εφαρμογή"), "{page:?}");
    let (options, note) = asked(&page);
    let answer = key.show(&options);
    assert_eq!(location(&show(&mut both, &page, &note, &answer)), "/staff");
    let dropped =
        later.post("/staff/account", "/staff/account/passkeys/remove", &[("number", &number), ("own", PASSWORD)]);
    assert_eq!(location(&dropped), "/staff/account?done=passkey-dropped");
    let page = step(&mut both, "admin", PASSWORD);
    assert!(!page.text.contains("data-passkey") && page.text.contains("6 ψηφία από την εφαρμογή"), "{page:?}");
    let csrf = after(&page, "name=\"csrf\" value=\"", '"');
    let by_app = both.post_with(&csrf, "/login/code", &[("code", &code(&secret, AT, 1)), ("next", "/staff")]);
    assert_eq!(location(&by_app), "/staff");
}

#[test]
fn new_08_prom_09_a_passkey_pressed_again_after_a_kill_is_signed_in_or_told_to_press_again() {
    let (mut house, machine) = real_and_named();
    let mut key = SoftKey::new(ORIGIN);
    set_up(&mut FormBrowser::new(&house), "admin", PASSWORD, &mut key);
    let mut browser = FormBrowser::new(&house);
    let page = step(&mut browser, "admin", PASSWORD);
    let (options, note) = asked(&page);
    let answer = key.show(&options);
    // The answer to this press is lost on its way: the browser keeps nothing of it.
    let before = browser.cookies();
    assert_eq!(location(&show(&mut browser, &page, &note, &answer)), "/staff");
    let signed_in = browser.cookies();
    house.kill();
    house.serve_on(&machine);
    let mut lost = FormBrowser::with_cookies(&house, &before);
    let again = show(&mut lost, &page, &note, &answer);
    assert!(again.status == 401 && again.text.contains("είχε ήδη χρησιμοποιηθεί"), "{again:?}");
    assert!(again.text.contains("Πατήστε ξανά το κουμπί"), "{again:?}");
    // The page asks anew, and the next press signs in.
    let (options, note) = asked(&again);
    assert_eq!(location(&show(&mut lost, &again, &note, &key.show(&options))), "/staff");
    // Whoever has the session already is told so, and goes on.
    let mut kept = FormBrowser::with_cookies(&house, &signed_in);
    let told = show(&mut kept, &page, &note, &answer);
    assert!(told.text.contains("Έχετε συνδεθεί, αλλά η σελίδα αυτή άνοιξε πριν"), "{told:?}");
    assert_eq!(location(&kept.get("/login/code?next=/staff")), "/login?next=/staff&why=late");
    assert_eq!(location(&kept.get("/login?next=/staff&why=late")), "/staff");
}

#[test]
fn new_08_two_passkeys_have_two_names_however_they_are_written() {
    let (house, machine) = real_and_named();
    let (mut first, mut second) = (SoftKey::new(ORIGIN), SoftKey::new(ORIGIN));
    let mut browser = FormBrowser::new(&house);
    set_up(&mut browser, "admin", PASSWORD, &mut first);
    for same in ["Κινητό", " κινητο ", "ΚΙΝΗΤΌ", "κινητό\u{200b}"] {
        let refused = add(&mut browser, PASSWORD, same, &mut second);
        assert!(
            refused.status == 422 && refused.text.contains("Έχετε ήδη ένα passkey με αυτό το όνομα"),
            "{refused:?}"
        );
        let field = refused.text.split("<input").find(|input| input.contains(" id=\"passkey-name\"")).unwrap();
        assert!(
            field.contains("aria-invalid=\"true\"") && field.contains("value=\"") && !field.contains("value=\"\""),
            "{field}"
        );
    }
    // Asked for in two tabs under one name: the first to come has it, and the other is told.
    let page = "/staff/account/passkeys";
    let tabs = [(), ()].map(|()| browser.post(page, page, &[("name", "Κλειδί"), ("own", PASSWORD)]));
    let mut send = |page: &HttpAnswer, key: &mut SoftKey| {
        let (options, note) = asked(page);
        let csrf = after(page, "name=\"csrf\" value=\"", '"');
        let fields = [("name", "Κλειδί"), ("note", note.as_str()), ("answer", &key.make(&options))];
        browser.post_with(&csrf, "/staff/account/passkeys/add", &fields)
    };
    assert_eq!(location(&send(&tabs[0], &mut second)), "/staff/account?done=passkey");
    let refused = send(&tabs[1], &mut SoftKey::new(ORIGIN));
    assert!(refused.status == 422 && refused.text.contains("Έχετε ήδη ένα passkey με αυτό το όνομα"), "{refused:?}");
    // Each is taken away by itself.
    let page = browser.get("/staff/account");
    let after_second = page.text.split_once("<strong>Κλειδί</strong>").unwrap().1;
    let number = after_second.split_once("name=\"number\" value=\"").unwrap().1.split('"').next().unwrap();
    let wish = [("number", number), ("own", PASSWORD)];
    let dropped = browser.post("/staff/account", "/staff/account/passkeys/remove", &wish);
    assert_eq!(location(&dropped), "/staff/account?done=passkey-dropped");
    let mut other = FormBrowser::new(&house);
    let page = step(&mut other, "admin", PASSWORD);
    let (options, note) = asked(&page);
    assert_eq!(show(&mut other, &page, &note, &second.show(&options)).status, 401);
    assert_eq!(location(&show(&mut other, &page, &note, &first.show(&options))), "/staff");
    drop(machine);
}

#[test]
fn new_08_no_answer_of_another_page_key_counter_or_question_signs_anybody_in() {
    let (house, machine) = real_and_named();
    let mut key = SoftKey::new(ORIGIN);
    set_up(&mut FormBrowser::new(&house), "admin", PASSWORD, &mut key);
    let mut browser = FormBrowser::new(&house);
    let page = step(&mut browser, "admin", PASSWORD);
    let (options, note) = asked(&page);
    let right = key.show(&options);
    key.origin = "https://localhost.example.org".to_owned();
    let foreign = key.show(&options);
    key.origin = "http://localhost:8081".to_owned();
    let port = key.show(&options);
    key.origin = ORIGIN.to_owned();
    let elsewhere = key.show(&json!({"challenge": options["challenge"], "rpId": "example.org"}));
    let another = key.show(&json!({"challenge": "AAAAAAAAAAAAAAAAAAAAAA", "rpId": "localhost"}));
    let mut stranger = SoftKey::new(ORIGIN);
    let strange = stranger.show(&options);
    let forged = right.replacen("\"signature\":\"M", "\"signature\":\"N", 1);
    let own = note.clone();
    let tampered = note.replacen("1.", "2.", 1);
    let wrong = [
        (&own, &foreign),
        (&own, &port),
        (&own, &elsewhere),
        (&own, &another),
        (&own, &strange),
        (&own, &forged),
        (&tampered, &right),
    ];
    for (nth, (note, answer)) in wrong.into_iter().enumerate() {
        let refused = show(&mut browser, &page, note, answer);
        assert_eq!(refused.status, 401, "{nth}: {refused:?}");
    }
    for answer in ["", "{}", "[]", &"[".repeat(100_000)] {
        assert!([401, 413].contains(&show(&mut browser, &page, &own, answer).status), "{answer:.20}");
    }
    // After ten that were wrong nobody guesses on, though the right one is at hand.
    let throttled = show(&mut browser, &page, &own, &right);
    assert_eq!(throttled.status, 429, "{throttled:?}");
    drop(machine);
}

#[test]
fn new_08_a_question_is_good_for_a_while_and_a_copy_falls_behind_its_counter() {
    let (house, machine) = real_and_named();
    let mut key = SoftKey::new(ORIGIN);
    set_up(&mut FormBrowser::new(&house), "admin", PASSWORD, &mut key);
    let mut browser = FormBrowser::new(&house);
    let page = step(&mut browser, "admin", PASSWORD);
    let (options, own) = asked(&page);
    let right = key.show(&options);
    // Sixteen minutes later the first step is over as well; after another one the answer is too old all the same.
    machine.set("2026-11-24T09:16:10+02:00");
    let over = show(&mut browser, &page, &own, &right);
    assert_eq!((over.status, location(&over)), (303, "/login?next=/staff&why=late"));
    let page = step(&mut browser, "admin", PASSWORD);
    assert_eq!(show(&mut browser, &page, &own, &right).status, 401, "its question is too old");
    let (options, note) = asked(&page);
    let counter = key.counter;
    let first = key.show(&options);
    assert_eq!(location(&show(&mut browser, &page, &note, &first)), "/staff");
    key.counter = counter;
    let mut copy = FormBrowser::new(&house);
    let page = step(&mut copy, "admin", PASSWORD);
    let (options, note) = asked(&page);
    let behind = key.show(&options);
    assert_eq!(show(&mut copy, &page, &note, &behind).status, 401, "a copy");
}

#[test]
fn new_08_passkeys_are_added_with_the_own_password_and_an_administrator_takes_them_away() {
    let (house, machine) = real_and_named();
    let (mut head, mut heads) = (FormBrowser::new(&house), SoftKey::new(ORIGIN));
    set_up(&mut head, "admin", PASSWORD, &mut heads);
    let made = head.post("/admin/clerks", "/admin/clerks", &[("name", "eleni"), ("role", "clerk"), ("own", PASSWORD)]);
    let link = after(&made, "http://localhost:8080/login/password/", '<');
    house.set_password(&format!("/login/password/{link}"), CLERKS_PASSWORD);
    let mut clerk = FormBrowser::new(&house);
    assert_eq!(location(&sign_in(&mut clerk, "eleni", CLERKS_PASSWORD)), "/staff", "none is demanded of clerks");
    let mut key = SoftKey::new(ORIGIN);
    let unsure = add(&mut clerk, "κάτι άλλο εδώ", "Κλειδί", &mut key);
    assert!(unsure.status == 422 && unsure.text.contains("συνθηματικό δεν είναι σωστό"), "{unsure:?}");
    assert_eq!(add(&mut clerk, CLERKS_PASSWORD, " ", &mut key).status, 422);
    // Somebody else's answer, and an answer to the administrator's question.
    let page =
        clerk.post("/staff/account/passkeys", "/staff/account/passkeys", &[("name", "a"), ("own", CLERKS_PASSWORD)]);
    let (options, note) = asked(&page);
    let csrf = after(&page, "name=\"csrf\" value=\"", '"');
    key.origin = "https://example.org".to_owned();
    let foreign = key.make(&options);
    key.origin = ORIGIN.to_owned();
    let right = key.make(&options);
    let mut send = |note: &str, answer: &str| {
        clerk.post_with(&csrf, "/staff/account/passkeys/add", &[("name", "Κλειδί"), ("note", note), ("answer", answer)])
    };
    assert_eq!(send(&note, &foreign).status, 422);
    assert_eq!(send(&note.replacen("2.", "1.", 1), &right).status, 422);
    let done = send(&note, &right);
    assert!(done.status == 200 && codes(&done).len() == 10, "{done:?}");
    assert_eq!(send(&note, &right).status, 422, "a question is answered once");
    // Up to ten, with codes for the first alone.
    let mut keys: Vec<SoftKey> = (0..9).map(|_| SoftKey::new(ORIGIN)).collect();
    for (nth, key) in keys.iter_mut().enumerate() {
        let added = add(&mut clerk, CLERKS_PASSWORD, &format!("Κλειδί {nth}"), key);
        assert_eq!(location(&added), "/staff/account?done=passkey", "{nth}");
    }
    let page = clerk.get("/staff/account");
    assert!(
        page.text.contains("Έχετε 10 passkeys") && !page.text.contains("href=\"/staff/account/passkeys\""),
        "{page:?}"
    );
    let full = add(&mut clerk, CLERKS_PASSWORD, "ακόμη ένα", &mut SoftKey::new(ORIGIN));
    assert!(full.status == 422 && full.text.contains("όσα μπορεί να έχει"), "{full:?}");
    // Each signs in; one that was removed does not, and its going ends the sessions elsewhere.
    let mut there = FormBrowser::new(&house);
    let page = step(&mut there, "eleni", CLERKS_PASSWORD);
    let (options, note) = asked(&page);
    assert_eq!(options["allowCredentials"].as_array().unwrap().len(), 10);
    let answer = keys[8].show(&options);
    assert_eq!(location(&show(&mut there, &page, &note, &answer)), "/staff");
    let number = after(&clerk.get("/staff/account"), "name=\"number\" value=\"", '"');
    let wish = [("number", number.as_str()), ("own", "κάτι άλλο εδώ")];
    assert_eq!(clerk.post("/staff/account", "/staff/account/passkeys/remove", &wish).status, 422);
    let wish = [("number", number.as_str()), ("own", CLERKS_PASSWORD)];
    let dropped = clerk.post("/staff/account", "/staff/account/passkeys/remove", &wish);
    assert_eq!(location(&dropped), "/staff/account?done=passkey-dropped");
    assert_eq!((clerk.get("/staff").status, there.get("/staff").status), (200, 303));
    let page = step(&mut there, "eleni", CLERKS_PASSWORD);
    let (options, note) = asked(&page);
    let gone = key.show(&options);
    assert_eq!(show(&mut there, &page, &note, &gone).status, 401);
    // An administrator's hand takes all of them, and the session with them.
    let removed = head.post("/admin/clerks/2", "/admin/clerks/2/second-step/remove", &[("own", PASSWORD)]);
    assert_eq!(removed.status, 303, "{removed:?}");
    assert_eq!(clerk.get("/staff").status, 303);
    assert_eq!(location(&sign_in(&mut clerk, "eleni", CLERKS_PASSWORD)), "/staff", "one step again");
    assert!(!clerk.get("/staff/account").text.contains("name=\"number\""));
    drop(machine);
}

#[test]
fn new_08_a_hub_without_a_name_offers_no_passkeys_and_says_why() {
    for (url, why) in [
        ("http://127.0.0.1:8080", "αριθμητική διεύθυνση"),
        ("https://192.0.2.7", "αριθμητική διεύθυνση"),
        ("http://seira.example.gr", "χωρίς https"),
    ] {
        let house = ProgramHouse::with_config(&format!("public_url = \"{url}\"\n"), "");
        let mut browser = FormBrowser::new(&house);
        assert_eq!(sign_in(&mut browser, "admin", PASSWORD).status, 303);
        let page = browser.get("/staff/account");
        assert!(page.text.contains(why) && !page.text.contains("href=\"/staff/account/passkeys\""), "{url}: {page:?}");
        assert_eq!(location(&browser.get("/staff/account/passkeys")), "/staff/account");
        let asked = browser.post("/staff/account", "/staff/account/passkeys", &[("name", "a"), ("own", PASSWORD)]);
        assert!(asked.status == 422 && asked.text.contains(why), "{url}: {asked:?}");
    }
}
