//! People sign in through others at the real hub: TAXISnet's look-alike, a true provider of OpenID Connect, a true directory.
//!
//! Shows PRE-02, PRE-03, PRE-04, OMB-19 and NEW-08.

use std::{
    net::SocketAddr,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use lookalike::{Lookalike, Mood, REGISTER_TOKEN};
use serde_json::Value;

use crate::{
    away::{PlainBrowser, Shown},
    house::{PASSWORD, ProgramHouse},
    http::HttpAnswer,
    lock::DESK,
    pages::FormBrowser,
    registers::{self, link_of},
    slapd::{Slapd, free_port},
    started::Started,
};

pub const WITH: &str = "/login/with/taxisnet?next=/account";

/// What stands in `hub.toml` for the look-alike.
pub fn taxisnet(at: SocketAddr) -> String {
    format!(
        "[taxisnet]\nauthorize_url = \"http://{at}/oauth2server/oauth/authorize\"\ntoken_url = \
         \"http://{at}/oauth2server/oauth/token\"\nuserinfo_url = \
         \"http://{at}/oauth2server/userinfo?format=xml\"\nlogout_url = \
         \"http://{at}/oauth2server/logout/{{client}}/?url={{back}}\"\nclient_id = \"{}\"\nsecret_file = \
         \"taxisnet-secret\"\ntimeout_seconds = 2\n\n[staff_register]\nurl = \"http://{at}/register\"\nsecret_file = \
         \"register-token\"\nunit = \"ΚΕΠ\"\nreason = \"ΥΑ 1/2026\"\ntimeout_seconds = 2\n\n",
        lookalike::CLIENT
    )
}

/// A hub with an administrator who has a password of its own, and these sections.
fn house(keys: &str, secrets: &[(&str, &str)]) -> ProgramHouse {
    let mut house = ProgramHouse::files_with_config(keys, "");
    let secrets = [("taxisnet-secret", lookalike::SECRET), ("register-token", REGISTER_TOKEN)]
        .into_iter()
        .chain(secrets.iter().copied());
    for (name, secret) in secrets {
        std::fs::write(house.folder.path().join(name), secret).unwrap();
    }
    let made = house.run(&["create-admin", "--name", "admin", "--password-file", "password"]);
    assert!(made.status.success(), "{made:?}");
    house.start();
    house
}

pub fn scene() -> (Lookalike, SocketAddr, ProgramHouse) {
    let (lookalike, at) = lookalike::start().unwrap();
    (lookalike, at, house(&taxisnet(at), &[]))
}

pub fn led(answer: &HttpAnswer) -> String {
    let line = answer.headers.lines().find_map(|line| {
        line.split_once(": ").filter(|(name, _)| name.eq_ignore_ascii_case("location")).map(|(_, to)| to.to_owned())
    });
    line.unwrap_or_else(|| panic!("it leads on: {answer:?}")).trim().to_owned()
}

/// The path of an address of this hub.
pub fn path_of(house: &ProgramHouse, url: &str) -> String {
    let base = format!("http://{}", house.address);
    url.strip_prefix(&base).unwrap_or_else(|| panic!("{url} is of {base}")).to_owned()
}

/// Goes to the look-alike and through its pages; gives the way back.
fn away(away: &mut PlainBrowser, to: &str, user: &str) -> String {
    let at = |path: &str| {
        let origin: String = to.split('/').take(3).collect::<Vec<_>>().join("/");
        format!("{origin}{path}")
    };
    let back = |shown: Shown| {
        let said = shown.said("code").or_else(|| shown.said("error"));
        assert!(said.is_some(), "{}: {}", shown.status, shown.text);
        shown.location.unwrap_or_default()
    };
    let shown = away.get(to);
    if shown.location.is_some() {
        return back(shown);
    }
    let asked = shown.field("asked");
    let form = [("asked", asked.as_str()), ("username", user), ("password", lookalike::PASSWORD)];
    let shown = away.post(&at("/oauth2server/login"), &form);
    assert!(shown.text.contains("Έγκριση"), "{}", shown.text);
    back(away.post(&at("/oauth2server/oauth/authorize"), &[("asked", asked.as_str()), ("user_oauth_approval", "true")]))
}

/// Signs somebody in there and comes back.
pub fn comes_back(
    browser: &mut FormBrowser<'_>,
    there: &mut PlainBrowser,
    house: &ProgramHouse,
    user: &str,
) -> HttpAnswer {
    let to = led(&browser.get(WITH));
    let back = path_of(house, &away(there, &to, user));
    browser.get(&back)
}

/// The same, of somebody who has an account then.
fn has_account(house: &ProgramHouse, user: &str, email: &str) -> i64 {
    let (mut browser, mut there) = (FormBrowser::new(house), PlainBrowser::new());
    assert_eq!(led(&comes_back(&mut browser, &mut there, house, user)), "/login/email");
    assert_eq!(led(&browser.post("/login/email", "/login/email", &[("email", email)])), "/login/email/sent");
    let activate = link_of(house, email);
    assert_eq!(led(&browser.post(&activate, &activate, &[])), "/login?done=through&next=/account");
    assert_eq!(led(&comes_back(&mut browser, &mut there, house, user)), "/account");
    account_at(house, email)
}

fn account_at(house: &ProgramHouse, email: &str) -> i64 {
    let file = rusqlite::Connection::open(house.database()).unwrap();
    file.query_row("SELECT id FROM account WHERE email = ?", [email], |row| row.get(0)).unwrap()
}

fn rows(house: &ProgramHouse, query: &str) -> Vec<String> {
    let file = rusqlite::Connection::open(house.database()).unwrap();
    let mut statement = file.prepare(query).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[test]
fn pre_02_pre_04_who_comes_through_taxisnet_confirms_an_address_before_anything_else() {
    let (_lookalike, _, house) = scene();
    let (mut browser, mut there) = (FormBrowser::new(&house), PlainBrowser::new());
    let login = browser.get("/login");
    assert!(login.text.contains("href=\"/login/with/taxisnet?next="), "{}", login.text);
    assert_eq!(led(&comes_back(&mut browser, &mut there, &house, "maria")), "/login/email");
    let page = browser.get("/login/email");
    assert!(page.text.contains("ΜΑΡΙΑ ΠΑΠΑΔΟΠΟΥΛΟΥ"), "{}", page.text);
    // Nothing is hers yet.
    assert_eq!(led(&browser.get("/account")), "/login?next=/account");
    assert_eq!(rows(&house, "SELECT name FROM account"), ["admin"]);
    let wrong = browser.post("/login/email", "/login/email", &[("email", "maria@")]);
    assert_eq!(wrong.status, 400, "{}", wrong.text);
    assert!(wrong.text.contains("value=\"maria@\"") && wrong.text.contains("role=\"alert\""), "{}", wrong.text);
    let sent = browser.post("/login/email", "/login/email", &[("email", "maria@example.gr")]);
    assert_eq!(led(&sent), "/login/email/sent");
    assert!(browser.get("/login/email/sent").text.contains("48"));
    assert_eq!(rows(&house, "SELECT name FROM account"), ["admin"], "there is no account before she confirms");
    let activate = link_of(&house, "maria@example.gr");
    // Who was sent the link by somebody else makes no account of theirs by it.
    let mut other = FormBrowser::new(&house);
    let elsewhere = other.get(&activate);
    assert!(elsewhere.text.contains("άρχισε σε άλλον περιηγητή"), "{}", elsewhere.text);
    assert!(!elsewhere.text.contains("ΠΑΠΑΔΟΠΟΥΛΟΥ") && !elsewhere.text.contains("method=\"post\" class=\"form\""));
    let csrf = other.csrf("/login");
    assert_eq!(other.post_with(&csrf, &activate, &[]).status, 422);
    let mut stranger = PlainBrowser::new();
    let to = led(&other.get(&format!("/login/with/taxisnet?next={activate}")));
    let back = path_of(&house, &away(&mut stranger, &to, "nikos"));
    assert_eq!(led(&other.get(&back)), activate);
    assert!(other.get(&activate).text.contains("άρχισε σε άλλον περιηγητή"), "he is somebody else");
    assert_eq!(rows(&house, "SELECT name FROM account"), ["admin"]);
    // In the browser where she reads her mail she comes once more.
    let mut reading = FormBrowser::new(&house);
    let to = led(&reading.get(&format!("/login/with/taxisnet?next={activate}")));
    let back = path_of(&house, &away(&mut PlainBrowser::new(), &to, "maria"));
    assert_eq!(led(&reading.get(&back)), activate);
    assert_eq!(led(&reading.post(&activate, &activate, &[])), "/login?done=through&next=/account");
    assert_eq!(led(&comes_back(&mut browser, &mut there, &house, "maria")), "/account");
    assert!(browser.get("/account").text.contains("ΜΑΡΙΑ ΠΑΠΑΔΟΠΟΥΛΟΥ"));
    assert!(browser.get("/account/details").text.contains("068933130"), "as TAXISnet says it");
    // The same person, elsewhere.
    let (mut again, mut there) = (FormBrowser::new(&house), PlainBrowser::new());
    assert_eq!(led(&comes_back(&mut again, &mut there, &house, "maria")), "/account");
    assert_eq!(rows(&house, "SELECT provider || ' ' || subject FROM outer_identity"), ["taxisnet 068933130"]);
    for personal in ["068933130", "ΠΑΠΑΔΟΠΟΥΛΟΥ", "ΜΑΡΙΑ", "maria@example.gr"] {
        assert!(!house.log().contains(personal), "{personal} stands in the log");
    }
}

#[test]
fn pre_02_the_same_tax_number_is_the_same_account_and_an_address_alone_is_none() {
    let (_lookalike, _, house) = scene();
    has_account(&house, "maria", "maria@example.gr");
    // Somebody else with her address: she is told, and nothing is made.
    let (mut browser, mut there) = (FormBrowser::new(&house), PlainBrowser::new());
    assert_eq!(led(&comes_back(&mut browser, &mut there, &house, "nikos")), "/login/email");
    let sent = browser.post("/login/email", "/login/email", &[("email", "Maria@example.gr")]);
    assert_eq!(led(&sent), "/login/email/sent", "the answer says nothing of whose it is");
    assert_eq!(rows(&house, "SELECT name FROM registration"), Vec::<String>::new());
    assert_eq!(led(&comes_back(&mut browser, &mut there, &house, "nikos")), "/login/email");
    assert_eq!(led(&browser.get("/account")), "/login?next=/account");
    // Two registrations of one person: the one that is confirmed first is the account.
    for email in ["nikos@example.gr", "n.ioannou@example.gr"] {
        assert_eq!(led(&browser.post("/login/email", "/login/email", &[("email", email)])), "/login/email/sent");
    }
    let links = ["nikos@example.gr", "n.ioannou@example.gr"].map(|email| link_of(&house, email));
    assert_eq!(browser.post(&links[0], &links[0], &[]).status, 303);
    assert_eq!(browser.post(&links[1], &links[1], &[]).status, 410, "he has one by now");
    assert_eq!(rows(&house, "SELECT subject FROM outer_identity ORDER BY subject"), ["068933130", "660074100"]);
}

#[test]
fn pre_02_who_has_no_password_here_sets_one_and_erases_the_account_by_a_fresh_sign_in() {
    let (_lookalike, _, house) = scene();
    has_account(&house, "maria", "maria@example.gr");
    let (mut browser, mut there) = (FormBrowser::new(&house), PlainBrowser::new());
    assert_eq!(led(&comes_back(&mut browser, &mut there, &house, "maria")), "/account");
    let page = browser.get("/account/erase");
    assert!(page.text.contains("δεν έχει συνθηματικό εδώ") && !page.text.contains("name=\"own\""), "{}", page.text);
    let typed = [("password", "Τέσσερα ξύλινα παράθυρα"), ("again", "Τέσσερα ξύλινα παράθυρα")];
    let set = browser.post("/staff/account", "/staff/account/password", &typed);
    assert_eq!(set.status, 303, "{}", set.text);
    // The house goes on for her too while TAXISnet is away.
    let mut alone = FormBrowser::new(&house);
    let name = rows(&house, "SELECT name FROM account WHERE email = 'maria@example.gr'").remove(0);
    let typed = [("name", name.as_str()), ("password", "Τέσσερα ξύλινα παράθυρα")];
    assert_eq!(led(&alone.post("/login", "/login", &typed)), "/account");
    // Now there is one, and it is asked for.
    assert!(browser.get("/account/erase").text.contains("name=\"own\""));
    let erased = browser.post("/account/erase", "/account/erase", &[("own", "Τέσσερα ξύλινα παράθυρα")]);
    assert!(erased.status < 400, "{}", erased.text);
    assert_eq!(rows(&house, "SELECT subject FROM outer_identity"), Vec::<String>::new());
    let (mut again, mut there) = (FormBrowser::new(&house), PlainBrowser::new());
    assert_eq!(led(&comes_back(&mut again, &mut there, &house, "maria")), "/login/email", "she is somebody new");
}

#[test]
fn pre_02_who_signs_out_goes_through_the_provider_in_the_browser() {
    let (_lookalike, at, house) = scene();
    has_account(&house, "maria", "maria@example.gr");
    let (mut browser, mut there) = (FormBrowser::new(&house), PlainBrowser::new());
    assert_eq!(led(&comes_back(&mut browser, &mut there, &house, "maria")), "/account");
    let out = browser.post("/account", "/logout", &[]);
    assert_eq!(out.status, 200);
    assert!(out.text.contains("content=\"0;url=/login/out/taxisnet\""), "{}", out.text);
    assert!(!out.text.contains("ΠΑΠΑΔΟΠΟΥΛΟΥ") && !out.text.contains("/logout"), "she is nobody here: {}", out.text);
    assert_eq!(led(&browser.get("/account")), "/login?next=/account", "signed out here at once");
    let to = led(&browser.get("/login/out/taxisnet"));
    assert!(to.starts_with(&format!("http://{at}/oauth2server/logout/{}/?url=", lookalike::CLIENT)), "{to}");
    let back = there.get(&to).location.unwrap();
    assert_eq!(path_of(&house, &back), "/login");
    // The next at the same machine.
    assert_eq!(led(&comes_back(&mut browser, &mut there, &house, "nikos")), "/login/email");
    // Whoever signed in here alone signs out here alone.
    let mut admin = FormBrowser::new(&house);
    assert_eq!(admin.post("/login", "/login", &[("name", "admin"), ("password", PASSWORD)]).status, 303);
    assert_eq!(led(&admin.post("/staff", "/logout", &[])), "/login");
}

#[test]
fn new_08_an_answer_belongs_to_the_browser_that_asked_and_is_taken_once() {
    let (lookalike, _, house) = scene();
    has_account(&house, "maria", "maria@example.gr");
    let refuses = |answer: &HttpAnswer| {
        assert_eq!(answer.status, 401, "{answer:?}");
        assert!(answer.text.contains("Η σύνδεση δεν άρχισε από αυτή τη σελίδα"), "{}", answer.text);
        assert!(!answer.headers.contains("seira-session="), "{}", answer.headers);
    };
    let (mut browser, mut there) = (FormBrowser::new(&house), PlainBrowser::new());
    let to = led(&browser.get(WITH));
    let back = path_of(&house, &away(&mut there, &to, "maria"));
    // A link that somebody else was sent signs them in as nobody.
    refuses(&FormBrowser::new(&house).get(&back));
    let mut began = FormBrowser::new(&house);
    began.get(WITH);
    refuses(&began.get(&back));
    let way = browser.cookie("seira-way");
    assert_eq!(led(&browser.get(&back)), "/account");
    browser.keep("seira-way", &way);
    refuses(&browser.get(&back));
    for mood in [Mood::WrongState, Mood::NoState] {
        lookalike.feels(mood);
        let (mut browser, mut there) = (FormBrowser::new(&house), PlainBrowser::new());
        refuses(&comes_back(&mut browser, &mut there, &house, "maria"));
    }
    for path in
        ["/login/from/taxisnet", "/login/from/taxisnet?code=a&state=b", "/login/from/taxisnet?error=access_denied"]
    {
        refuses(&FormBrowser::new(&house).get(path));
    }
    assert_eq!(FormBrowser::new(&house).get("/login/with/nobody").status, 404);
    assert_eq!(FormBrowser::new(&house).get("/login/from/nobody?code=a&state=b").status, 404);
    // Where one goes afterwards is a page of this house.
    let mut browser = FormBrowser::new(&house);
    browser.get("/login/with/taxisnet?next=https://example.org/");
    lookalike.feels(Mood::Well);
    let to = led(&browser.get("/login/with/taxisnet?next=//example.org/"));
    let back = path_of(&house, &away(&mut PlainBrowser::new(), &to, "maria"));
    assert_eq!(led(&browser.get(&back)), "/account");
}

#[test]
fn pre_02_each_trouble_has_its_sentence_and_the_house_goes_on() {
    let (lookalike, _, house) = scene();
    for (mood, status, said) in [
        (Mood::Nulls, 401, "δεν ανήκει σε φυσικό πρόσωπο"),
        (Mood::Empty, 401, "δεν ανήκει σε φυσικό πρόσωπο"),
        (Mood::Missing, 401, "δεν ανήκει σε φυσικό πρόσωπο"),
        (Mood::Doctype, 401, "δεν επιβεβαίωσε την ταυτότητά σας"),
        (Mood::Huge, 401, "δεν επιβεβαίωσε την ταυτότητά σας"),
        (Mood::TokenPage, 401, "δεν επιβεβαίωσε την ταυτότητά σας"),
        (Mood::WrongTaxNumber, 401, "δεν επιβεβαίωσε την ταυτότητά σας"),
        (Mood::TokenElsewhere, 401, "δεν επιβεβαίωσε την ταυτότητά σας"),
        (Mood::TokenFails, 503, "δεν απαντά αυτή τη στιγμή"),
        (Mood::PersonSilent, 503, "δεν απαντά αυτή τη στιγμή"),
        (Mood::Declined, 401, "Δεν επιτρέψατε"),
    ] {
        lookalike.feels(mood);
        let (mut browser, mut there) = (FormBrowser::new(&house), PlainBrowser::new());
        let answer = comes_back(&mut browser, &mut there, &house, "maria");
        assert_eq!(answer.status, status, "{mood:?}: {}", answer.text);
        assert!(answer.text.contains(said), "{mood:?}: {}", answer.text);
        // Whoever has been there can sign out there, so that somebody else can come.
        let offers_out = answer.text.contains("/login/out/taxisnet");
        assert_eq!(offers_out, mood != Mood::Declined, "{mood:?}: {}", answer.text);
    }
    assert!(house.sign_in("admin", PASSWORD).len() > 20, "local accounts go on");
    let english = FormBrowser::new(&house).get("/login/from/taxisnet?lang=en");
    assert!(english.text.contains("This sign-in did not begin on this page"), "{}", english.text);
    let audit = house.page(&house.admin(), "/admin/audit").text;
    assert!(audit.contains("Δεν είναι λογαριασμός φυσικού προσώπου"), "{audit}");
}

#[test]
fn pre_02_an_account_with_a_password_is_connected_by_who_signs_in_to_both() {
    let (_lookalike, _, house) = scene();
    let admin = house.admin();
    house.employ(&admin, "eleni", "clerk", Some("kep"), "σύνθημα και κλειδιά πολλά");
    let (mut browser, mut there) = (FormBrowser::new(&house), PlainBrowser::new());
    let signed = browser.post("/login", "/login", &[("name", "eleni"), ("password", "σύνθημα και κλειδιά πολλά")]);
    assert_eq!(signed.status, 303);
    assert_eq!(led(&comes_back(&mut browser, &mut there, &house, "eleni")), "/login/connect");
    let asks = browser.get("/login/connect");
    assert!(asks.text.contains("ΕΛΕΝΗ ΑΝΝΑ ΓΕΩΡΓΙΟΥ-ΝΙΚΟΛΑΪΔΗ") && asks.text.contains("eleni"), "{}", asks.text);
    // Nobody who is not signed in connects anything.
    let mut stranger = FormBrowser::new(&house);
    stranger.keep("seira-arrival", &browser.cookie("seira-arrival"));
    assert!(led(&stranger.get("/login/connect")).starts_with("/login?next="));
    assert_eq!(led(&browser.post("/login/connect", "/login/connect", &[])), "/staff/account");
    let (mut again, mut there) = (FormBrowser::new(&house), PlainBrowser::new());
    let back = comes_back(&mut again, &mut there, &house, "eleni");
    assert_eq!(back.status, 303, "{}", back.text);
    assert_eq!(again.get("/staff").status, 200, "she is the clerk whom the house knows");
    // Her identity is hers.
    let (mut other, mut there) = (FormBrowser::new(&house), PlainBrowser::new());
    assert_eq!(other.post("/login", "/login", &[("name", "admin"), ("password", PASSWORD)]).status, 303);
    let back = comes_back(&mut other, &mut there, &house, "eleni");
    assert_eq!(back.status, 303, "whoever comes as her is her, and nothing is connected");
    assert_eq!(rows(&house, "SELECT subject FROM outer_identity"), ["123456783"]);
}

#[test]
fn pre_03_the_register_is_asked_after_signing_in_and_its_answer_is_kept_with_its_dates() {
    let (lookalike, _, house) = scene();
    let account = has_account(&house, "maria", "maria@example.gr");
    let said = || rows(&house, "SELECT verdict || ' ' || ((ask_again_at - at) / 3600000) FROM staff_standing");
    let until = Instant::now() + Duration::from_secs(30);
    while said().is_empty() {
        assert!(Instant::now() < until, "the register is asked");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(said(), ["yes 720"]);
    let asked = || lookalike.asked().into_iter().filter(|one| one.path == "register").collect::<Vec<_>>();
    let question: Value = serde_json::from_str(&asked()[0].body).unwrap();
    assert_eq!(question["audit"]["end_user"], format!("account {account}"));
    assert_eq!(question["audit"]["unit"], "ΚΕΠ");
    assert_eq!(question["audit"]["transaction"].as_str().unwrap().len(), 36);
    let (mut browser, mut there) = (FormBrowser::new(&house), PlainBrowser::new());
    assert_eq!(led(&comes_back(&mut browser, &mut there, &house, "maria")), "/account");
    assert_eq!(asked().len(), 1, "it is not time yet");
}

/// A provider of OpenID Connect that leads back to a hub at this port.
pub fn provider(port: u16) -> (Started, String) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/node/provider.mjs");
    assert!(script.with_file_name("node_modules").is_dir(), "run `cargo xtask setup`");
    let mut command = Command::new("node");
    command.arg(script).arg(format!("http://127.0.0.1:{port}/login/from/staff")).stderr(Stdio::null());
    let (provider, said) = Started::ready(command);
    (provider, said.strip_prefix("listening on ").unwrap().to_owned())
}

/// Goes through the provider's pages; gives the way back.
pub fn through_provider(there: &mut PlainBrowser, to: &str, user: &str, home: &str) -> String {
    let origin: String = to.split('/').take(3).collect::<Vec<_>>().join("/");
    let whole = |path: &str| if path.starts_with("http") { path.to_owned() } else { format!("{origin}{path}") };
    let mut shown = there.get(to);
    for _ in 0..12 {
        match &shown.location {
            Some(to) if to.starts_with(home) => return to.clone(),
            Some(to) => shown = there.get(&whole(to)),
            None => {
                let (_, action) = shown.text.split_once("action=\"").unwrap_or_else(|| panic!("{}", shown.text));
                let form = whole(action.split_once('"').unwrap().0);
                let prompt = shown.field("prompt");
                let fields = [("prompt", prompt.as_str()), ("login", user), ("password", "any")];
                shown = there.post(&form, &fields);
            }
        }
    }
    panic!("it leads back at last");
}

#[test]
fn pre_02_staff_of_a_provider_have_the_place_that_its_claims_give_them_and_lose_it_with_them() {
    let port = free_port();
    let (_provider, issuer) = provider(port);
    let keys = |rules: &str| {
        format!(
            "listen = \"127.0.0.1:{port}\"\n[[openid]]\nname = \"staff\"\nlabel = {{ el = \"Είσοδος προσωπικού\", en = \
             \"Staff\" }}\nissuer = \"{issuer}\"\nclient_id = \"seira\"\nsecret_file = \"openid-secret\"\nscopes = \
             [\"profile\", \"email\", \"groups\"]\n{rules}\n"
        )
    };
    let rule = |says: &str, role: &str, scope: &str| {
        format!("[[openid.grants]]\nclaim = \"groups\"\nsays = \"{says}\"\nrole = \"{role}\"\nscope = \"{scope}\"\n")
    };
    let clerk = keys(&rule("kep-clerks", "clerk", "office:kep"));
    let mut house = house(&clerk, &[("openid-secret", "secret-of-the-provider")]);
    let comes = |house: &ProgramHouse, user: &str| {
        let mut browser = FormBrowser::new(house);
        let to = led(&browser.get("/login/with/staff"));
        let back = through_provider(&mut PlainBrowser::new(), &to, user, &format!("http://{}", house.address));
        let answer = browser.get(&path_of(house, &back));
        (answer, browser.cookies())
    };
    assert!(FormBrowser::new(&house).get("/login").text.contains("Είσοδος προσωπικού"));
    let (answer, cookies) = comes(&house, "maria");
    assert_eq!(led(&answer), "/staff");
    assert_eq!(FormBrowser::with_cookies(&house, &cookies).get("/staff").status, 200);
    assert_eq!(FormBrowser::with_cookies(&house, &cookies).get("/admin").status, 403);
    let (answer, _) = comes(&house, "nikos");
    assert_eq!(answer.status, 401);
    assert!(answer.text.contains("εδώ δεν έχετε λογαριασμό"), "{}", answer.text);
    assert_eq!(rows(&house, "SELECT name FROM account ORDER BY name"), ["admin", "m.papadopoulou"]);
    // The rules give her more, and then nothing.
    house.stop();
    let config = house.folder.path().join("hub.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    std::fs::write(
        &config,
        text.replace("role = \"clerk\"\nscope = \"office:kep\"", "role = \"admin\"\nscope = \"whole\""),
    )
    .unwrap();
    house.start();
    let (_, cookies) = comes(&house, "maria");
    assert_eq!(FormBrowser::with_cookies(&house, &cookies).get("/admin").status, 200);
    let before = cookies;
    house.stop();
    std::fs::write(&config, text.replace("kep-clerks", "somebody-else")).unwrap();
    house.start();
    assert_eq!(FormBrowser::with_cookies(&house, &before).get("/admin").status, 200, "until she comes again");
    comes(&house, "maria");
    assert_ne!(FormBrowser::with_cookies(&house, &before).get("/admin").status, 200, "her sessions are over");
    assert_eq!(rows(&house, "SELECT role FROM account_grant"), ["admin"], "the house's own administrator's");
    house.stop();
    // What makes no sense is said at once.
    std::fs::write(&config, text.replace("office:kep", "office:nowhere")).unwrap();
    let refused = house.run(&["rehearse", "--at", "2026-11-24T09:00:00+02:00"]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(!refused.status.success() && said.contains("office:nowhere"), "{said}");
}

#[test]
fn pre_02_the_last_administrator_stays_one_whatever_a_provider_says() {
    let port = free_port();
    let (_provider, issuer) = provider(port);
    let keys = format!(
        "listen = \"127.0.0.1:{port}\"\n[[openid]]\nname = \"staff\"\nlabel = {{ el = \"Προσωπικό\", en = \"Staff\" \
         }}\nissuer = \"{issuer}\"\nclient_id = \"seira\"\nsecret_file = \"openid-secret\"\nscopes = [\"profile\", \
         \"groups\"]\n[[openid.grants]]\nclaim = \"groups\"\nsays = \"kep-clerks\"\nrole = \"admin\"\nscope = \"whole\"\n\n"
    );
    let mut house = house(&keys, &[("openid-secret", "secret-of-the-provider")]);
    let comes = |house: &ProgramHouse| {
        let mut browser = FormBrowser::new(house);
        let to = led(&browser.get("/login/with/staff"));
        let back = through_provider(&mut PlainBrowser::new(), &to, "maria", &format!("http://{}", house.address));
        browser.get(&path_of(house, &back));
        browser.cookies()
    };
    let cookies = comes(&house);
    let mut browser = FormBrowser::with_cookies(&house, &cookies);
    assert_eq!(browser.get("/admin").status, 200);
    house.stop();
    {
        // The house's own administrator has left.
        let file = rusqlite::Connection::open(house.database()).unwrap();
        file.execute("UPDATE account SET disabled_at = 1 WHERE name = 'admin'", []).unwrap();
    }
    let config = house.folder.path().join("hub.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    std::fs::write(&config, text.replace("kep-clerks", "somebody-else")).unwrap();
    house.start();
    let cookies = comes(&house);
    assert_eq!(FormBrowser::with_cookies(&house, &cookies).get("/admin").status, 200);
}

/// What stands in `hub.toml` for a directory.
fn ldap(url: &str, more: &str) -> String {
    format!(
        "[ldap]\nurl = \"{url}\"\nbase = \"ou=people,dc=kep,dc=gr\"\nsearch_as = \"cn=seeker,dc=kep,dc=gr\"\nsecret_file = \
         \"ldap-secret\"\ntimeout_seconds = 3\n{more}\n[[ldap.grants]]\nclaim = \"departmentNumber\"\nsays = \
         \"clerks\"\nrole = \"clerk\"\nscope = \"office:kep\"\n\n"
    )
}

fn types(house: &ProgramHouse, name: &str, password: &str) -> HttpAnswer {
    FormBrowser::new(house).post("/login", "/login", &[("name", name), ("password", password)])
}

#[test]
fn pre_02_staff_type_the_password_of_the_directory_and_the_house_goes_on_without_it() {
    let slapd = Slapd::start();
    let authority = slapd.folder.path().join("ca.pem");
    let more = format!("authority_file = {authority:?}");
    let keys = ldap(&format!("ldaps://localhost:{}", slapd.secure), &more);
    let mut house = house(&keys, &[("ldap-secret", "seeks")]);
    assert_eq!(led(&types(&house, "maria", "right-1")), "/staff");
    assert_eq!(led(&types(&house, "Maria", "right-1")), "/staff", "a directory knows no capitals");
    assert_eq!(rows(&house, "SELECT name FROM account ORDER BY name"), ["admin", "maria"]);
    for (name, password) in [("maria", "wrong"), ("maria", ""), ("nobody", "right-1"), ("*", "right-1")] {
        let refused = types(&house, name, password);
        assert!(refused.status >= 400 && !refused.headers.contains("seira-session="), "{name}: {refused:?}");
    }
    let nobody = types(&house, "nikos*", "right-2");
    assert_eq!(nobody.status, 401, "whom no rule gives anything");
    assert_eq!(house.sign_in("admin", PASSWORD).len(), 43);
    let sessions = |name: &str, password: &str| {
        let body = serde_json::json!({ "name": name, "password": password });
        house.post("", "/api/v1/sessions", &body).status
    };
    assert_eq!(sessions("admin", "right-1"), 401, "who has a password here has that one");
    // A password that somebody chose here once opens nothing to whom the directory rules, and is gone with their next sign-in.
    house.stop();
    {
        let file = rusqlite::Connection::open(house.database()).unwrap();
        let old =
            "UPDATE account SET password = (SELECT password FROM account WHERE name = 'admin') WHERE name = 'maria'";
        assert_eq!(file.execute(old, []).unwrap(), 1);
    }
    house.start();
    assert_eq!(types(&house, "maria", PASSWORD).status, 401, "the directory says who she is");
    assert_eq!(led(&types(&house, "maria", "right-1")), "/staff");
    assert_eq!(rows(&house, "SELECT name FROM account WHERE password != ''"), ["admin"]);
    let admin = house.admin();
    let maria = account_named(&house, "maria");
    let body = serde_json::json!({ "own_password": PASSWORD });
    assert_eq!(house.post(&admin, &format!("/api/v1/accounts/{maria}/invitations"), &body).status, 403);
    // The last who can sign in here and run the house keeps what they have.
    house.stop();
    {
        let file = rusqlite::Connection::open(house.database()).unwrap();
        file.execute("UPDATE account_grant SET provider = 'directory' WHERE role = 'admin'", []).unwrap();
    }
    house.start();
    assert_eq!(house.sign_in("admin", PASSWORD).len(), 43);
}

fn account_named(house: &ProgramHouse, name: &str) -> i64 {
    let file = rusqlite::Connection::open(house.database()).unwrap();
    file.query_row("SELECT id FROM account WHERE name = ?", [name], |row| row.get(0)).unwrap()
}

#[test]
fn pre_02_a_directory_that_is_away_keeps_nobody_out_who_has_a_password_here() {
    let (folder, port) = {
        let slapd = Slapd::start();
        (std::fs::read_to_string(slapd.folder.path().join("seeks")).unwrap(), slapd.plain)
    };
    let house = house(&ldap(&format!("ldap://127.0.0.1:{port}"), ""), &[("ldap-secret", &folder)]);
    assert_eq!(led(&types(&house, "admin", PASSWORD)), "/staff");
    let away = types(&house, "maria", "right-1");
    assert_eq!(away.status, 503, "{}", away.text);
    assert_eq!(types(&house, "admin", "wrong").status, 401);
}

#[test]
fn new_08_a_directory_that_is_away_gives_no_guesses_away_at_passwords_that_are_kept_here() {
    let (folder, port) = {
        let slapd = Slapd::start();
        (std::fs::read_to_string(slapd.folder.path().join("seeks")).unwrap(), slapd.plain)
    };
    let house = house(&ldap(&format!("ldap://127.0.0.1:{port}"), ""), &[("ldap-secret", &folder)]);
    let mut browser = FormBrowser::new(&house);
    let typed = registers::typed(&mut browser, "melina", "melina@example.gr");
    let typed: Vec<_> = typed.iter().map(|(name, text)| (*name, text.as_str())).collect();
    assert_eq!(browser.post("/register", "/register", &typed).status, 303);
    registers::opens_and_signs_in(&mut browser, &link_of(&house, "melina@example.gr"), "melina");
    let judged = (0..40).filter(|nth| types(&house, "melina", &format!("guess-{nth}")).status != 429).count();
    assert!(judged <= 10, "{judged} guesses were judged");
    assert!(judged > 0, "and somebody who mistypes once is heard");
}

#[test]
fn new_08_who_has_a_password_in_the_directory_alone_locks_opens_and_takes_a_desk_over() {
    let slapd = Slapd::start();
    let keys = ldap(&format!("ldap://127.0.0.1:{}", slapd.plain), "");
    let house = house(&keys, &[("ldap-secret", &std::fs::read_to_string(slapd.folder.path().join("seeks")).unwrap())]);
    let mut maria = FormBrowser::new(&house);
    assert_eq!(led(&maria.post("/login", "/login", &[("name", "maria"), ("password", "right-1")])), "/staff");
    assert_eq!(led(&maria.post("/staff", "/lock/now", &[("back", "/staff/kep")])), "/lock");
    let locked = maria.get("/lock").text;
    assert!(locked.contains("name=\"directory_name\" value=\"maria\""), "{locked}");
    let open = |browser: &mut FormBrowser<'_>, name: &str, password: &str| {
        browser.post("/lock", "/lock", &[("directory_name", name), ("password", password)])
    };
    assert_eq!(open(&mut maria, "maria", "wrong").status, 401);
    assert_eq!(open(&mut maria, "maria", "").status, 401, "an empty password is none, whatever a directory says of it");
    assert_eq!(open(&mut maria, "nikos*", "right-2").status, 401, "somebody else of the directory opens nothing");
    assert_eq!(led(&maria.get("/staff")), "/lock");
    assert_eq!(led(&open(&mut maria, "Maria", "right-1")), "/staff");
    assert_eq!(maria.get("/staff").status, 200);
    // The administrator has a desk open, and she takes it over with the directory's password.
    let mut admin = FormBrowser::new(&house);
    assert_eq!(led(&admin.post("/login", "/login", &[("name", "admin"), ("password", PASSWORD)])), "/staff");
    assert_eq!(admin.post(DESK, &format!("{DESK}/open"), &[]).status, 303);
    let over = format!("{DESK}/handover");
    let wrong = admin.post(&over, &over, &[("name", "maria"), ("password", "wrong")]);
    assert_eq!(wrong.status, 401, "{}", wrong.text);
    assert_eq!(led(&admin.post(&over, &over, &[("name", "maria"), ("password", "right-1")])), DESK);
    assert!(admin.get(DESK).text.contains("maria"));
}

#[test]
fn pre_02_the_sample_is_understood_and_what_is_wrong_in_it_is_said_with_its_key() {
    let sample = include_str!("../../samples/sign-in.toml");
    let slapd = Slapd::start();
    let authority = std::fs::read_to_string(slapd.folder.path().join("ca.pem")).unwrap();
    let files = [
        ("taxisnet-secret", "a"),
        ("openid-secret", "b"),
        ("bridge-secret", "c"),
        ("ldap-secret", "d"),
        ("register-token", "e"),
        ("house-ca.pem", authority.as_str()),
    ];
    let check = |sample: &str, without: &str| {
        let house = ProgramHouse::files_with_config(sample, "");
        for (name, text) in files.iter().filter(|(name, _)| *name != without) {
            std::fs::write(house.folder.path().join(name), text).unwrap();
        }
        let output = house.run(&["check-config"]);
        (output.status.success(), String::from_utf8(output.stderr).unwrap())
    };
    let (is_right, said) = check(sample, "");
    assert!(is_right, "{said}");
    for (file, key) in [
        ("taxisnet-secret", "taxisnet.secret_file"),
        ("ldap-secret", "ldap.secret_file"),
        ("house-ca.pem", "ldap.authority_file"),
    ] {
        let (is_right, said) = check(sample, file);
        assert!(!is_right && said.contains(key), "{file}: {said}");
    }
    for (right, wrong, key) in [
        ("https://test.gsis.gr/oauth2server/oauth/token", "http://test.gsis.gr/oauth2server/oauth/token", "token_url"),
        ("?url={back}", "", "logout_url"),
        ("name = \"gov\"", "name = \"staff\"", "openid.name"),
        ("name = \"gov\"", "name = \"taxisnet\"", "taxisnet"),
        ("ldaps://ldap.example.gr", "https://ldap.example.gr", "ldaps://ldap.example.gr"),
        ("(uid={user})", "(uid=*)", "{user}"),
        ("timeout_seconds = 10", "timeout_seconds = 1000", "timeout_seconds"),
        ("secret_file = \"taxisnet-secret\"", "secret = \"a\"", "secret"),
    ] {
        let (is_right, said) = check(&sample.replacen(right, wrong, 1), "");
        assert!(!is_right && said.contains(key), "{wrong}: {said}");
    }
}
