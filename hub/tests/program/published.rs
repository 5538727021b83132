//! What an office publishes: addresses that never change, of itself, its services and its ways of serving (issue 12); from when on
//! which rule holds (TRN-12); which holiday moves; what will be asked at the desk (PLA-01).

use crate::{
    house::ProgramHouse,
    letters::{letter_to, link},
    lock::sign_in,
    pages::{FormBrowser, solve},
};

/// A house whose office's file is changed before the hub runs.
fn house(change: &[(&str, &str)], at: &str) -> ProgramHouse {
    let mut house = ProgramHouse::files();
    change_office(&house, change);
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    house.start_at(at, "1");
    house
}

fn change_office(house: &ProgramHouse, change: &[(&str, &str)]) {
    let file = house.folder.path().join("kep.toml");
    let mut text = std::fs::read_to_string(&file).unwrap();
    for (from, to) in change {
        assert!(text.contains(from), "no {from}");
        text = text.replacen(from, to, 1);
    }
    std::fs::write(file, text).unwrap();
}

const MORNING: &str = "2026-11-24T09:00:00+02:00";

fn read(house: &ProgramHouse, path: &str) -> String {
    let page = FormBrowser::new(house).get(path);
    assert_eq!(page.status, 200, "{path}: {page:?}");
    page.text
}

fn all_in(page: &str, words: &[&str]) {
    for word in words {
        assert!(page.contains(word), "no «{word}» in {page}");
    }
}

#[test]
fn prom_17_an_address_of_a_service_holds_whatever_the_service_is_called() {
    let mut house = house(&[], MORNING);
    all_in(&read(&house, "/office/kep?lang=el"), &["/office/kep/1", "Πιστοποιητικό οικογενειακής κατάστασης"]);
    let address = "/office/kep/1";
    all_in(
        &read(&house, &format!("{address}?lang=en")),
        &["Certificate of family status", "office=kep&#38;service=family-status"],
    );
    // By the key of today, too.
    all_in(&read(&house, "/office/kep/family-status?lang=en"), &["Certificate of family status"]);
    // Administrators copy it from their page, as others see it.
    let admin = sign_in(&house, "admin").get("/admin/office").text;
    all_in(&admin, &[&format!("http://{}{address}", house.address), &format!("http://{}/office/kep\"", house.address)]);
    // Renamed in the office's file, it is found at the same address; the office's own words for it lead on.
    house.stop();
    change_office(&house, &[("key = \"family-status\"", "key = \"status-of-family\"")]);
    let desks = std::fs::read_to_string(house.folder.path().join("kep.toml")).unwrap();
    std::fs::write(house.folder.path().join("kep.toml"), desks.replace("\"family-status\"", "\"status-of-family\""))
        .unwrap();
    house.start_at(MORNING, "1");
    all_in(&read(&house, &format!("{address}?lang=en")), &["Certificate of family status", "service=status-of-family"]);
    // What is given no more says so, and where the others are.
    let gone = FormBrowser::new(&house).get("/office/kep/4711?lang=en");
    assert_eq!(gone.status, 404);
    all_in(&gone.text, &["This service is not given here any more", "href=\"/office/kep\""]);
    assert_eq!(FormBrowser::new(&house).get("/office/nowhere").status, 404);
}

#[test]
fn prom_17_an_address_of_a_channel_leads_to_the_times_of_that_channel() {
    let text = include_str!("../../samples/kep.toml");
    let service = text.split("[[services]]").find(|service| service.contains("\"telephone\"")).unwrap();
    let after = |name: &str| {
        service.split_once(&format!("\n{name} = ")).unwrap().1.lines().next().unwrap().trim_matches('"').to_owned()
    };
    let (id, key) = (after("id"), after("key"));
    let house = house(&[], MORNING);
    let address = format!("/office/kep/{id}/telephone");
    let page = read(&house, &format!("{address}?lang=en"));
    let begin = format!("/book?office=kep&#38;service={key}&#38;channel=telephone");
    all_in(&page, &["by telephone", &begin]);
    // A way in which it is not given leads to the service.
    let other = FormBrowser::new(&house).get(&format!("/office/kep/{id}/by-pigeon"));
    assert!(other.status == 303 && other.headers.contains(&format!("location: /office/kep/{id}\r\n")), "{other:?}");
    // All the way to the times.
    let mut browser = FormBrowser::new(&house);
    let ask = begin.replace("&#38;", "&");
    let form = browser.get(&ask).text;
    all_in(&form, &["name=\"channel\" value=\"telephone\""]);
    let work = solve(&form);
    let fields =
        [("email", "a@example.gr"), ("office", "kep"), ("service", &key), ("channel", "telephone"), ("altcha", &work)];
    assert_eq!(browser.post(&ask, "/book", &fields).status, 303);
    let start = link(&letter_to(&house, "start", "a@example.gr"), "/book/start/");
    let went = browser.post(&start, &start, &[]);
    let times = went.headers.lines().find_map(|line| line.strip_prefix("location: ")).unwrap().to_owned();
    assert_eq!(times, format!("/book/kep/{key}?channel=telephone"));
    let page = browser.get(&format!("{times}&lang=en")).text;
    let is_chosen = page.contains("value=\"telephone\" checked") || page.contains("channel=telephone");
    assert!(is_chosen, "{page}");
    // The link of before leads on, for a service alone and for none.
    for old in ["/book?office=kep&service=driving-licence", "/book?office=kep", "/book"] {
        assert_eq!(FormBrowser::new(&house).get(old).status, 200, "{old}");
    }
}

#[test]
fn trn_12_the_pages_say_from_when_on_which_rule_holds() {
    let phases = "[rules]\nphases = [{ rule = \"void\", strict_from = \"2026-01-01\" }, \
                  { rule = \"documents\", strict_from = \"2027-01-01\" }]\n";
    let house = house(&[("[rules]\n", phases)], MORNING);
    let page = read(&house, "/office/kep?lang=en");
    all_in(
        &page,
        &[
            "In force since Thursday 1 January 2026.",
            "In force from Friday 1 January 2027. Until then there is only a warning.",
            "On trial: there is only a warning.",
        ],
    );
    all_in(&read(&house, "/office/kep?lang=el"), &["Ισχύει από την Πέμπτη 1 Ιανουαρίου 2026."]);
    all_in(&read(&house, "/?lang=en"), &["href=\"/office/kep#rules\""]);
}

#[test]
fn fld_35_a_first_of_may_in_holy_week_is_told_to_administrators_with_both_days() {
    let house = house(&[], "2027-01-20T09:00:00+02:00");
    let mut browser = sign_in(&house, "admin");
    let told = |browser: &mut FormBrowser<'_>, language: &str| browser.get(&format!("/admin?lang={language}")).text;
    all_in(&told(&mut browser, "el"), &["Σάββατο 1 Μαΐου 2027", "Τρίτη 4 Μαΐου 2027", "Πρωτομαγιά"]);
    all_in(&told(&mut browser, "en"), &["Saturday 1 May 2027", "Tuesday 4 May 2027", "Labour Day"]);
    // Once the day is closed, nobody is reminded any more; and it says why.
    let closures = "/staff/kep/bookings/closures";
    let command = crate::house::fresh_id();
    let fields = [("command", command.as_str()), ("day", "2027-05-04"), ("el", "Πρωτομαγιά"), ("en", "Labour Day")];
    assert_eq!(browser.post(closures, closures, &fields).status, 303);
    assert!(!told(&mut browser, "en").contains("Labour Day ("));
    // It can be worked on the day itself.
    let may = |house: &ProgramHouse| {
        let path = "/api/v1/offices/kep/slots?service=driving-licence&internal=true&from=2027-05-01&days=1";
        house.get(&house.admin(), path).ok()["slots"].as_array().unwrap().len()
    };
    assert_eq!(may(&house), 0);
    let hours = "/staff/kep/bookings/hours";
    let command = crate::house::fresh_id();
    let fields = [
        ("command", command.as_str()),
        ("first", "2027-05-01"),
        ("last", "2027-05-01"),
        ("look", "1"),
        ("day-6", "09:00–12:00"),
        ("el", "Εργάσιμη"),
    ];
    assert_eq!(browser.post(hours, hours, &fields).status, 303);
    assert!(may(&house) > 0, "the original day is open");
}

#[test]
fn pla_01_what_a_level_means_is_what_is_asked_at_the_desk() {
    let house = house(&[("planned_minutes = 10\n", "planned_minutes = 10\nlevel = \"b\"\n")], MORNING);
    let page = read(&house, "/?lang=en");
    all_in(&page, &["at the desk you will be asked for your identity card or passport to be identified"]);
    let without_its_service = page.replace("Level B certification", "");
    assert!(!without_its_service.contains("Level B"), "a level is named by what is asked at the desk");
}

#[test]
fn fld_33_an_address_that_cannot_be_sent_to_is_refused_at_once_wherever_one_is_taken() {
    let house = house(&[], MORNING);
    let admin = house.admin();
    let mut browser = FormBrowser::new(&house);
    let mut asked = |email: &str| {
        let work = solve(&browser.get("/book").text);
        browser.post("/book", "/book", &[("email", email), ("altcha", &work)])
    };
    let refused = asked("μαρία@example.gr");
    assert_eq!(refused.status, 422);
    all_in(&refused.text, &["γράμματα που δεν είναι λατινικά", "value=\"μαρία@example.gr\""]);
    // An international domain goes out as every mail server takes it, and is shown as it is written.
    let sent = asked("maria@παράδειγμα.gr");
    assert_eq!(sent.status, 303, "{sent:?}");
    all_in(&browser.get("/book/sent").text, &["maria@παράδειγμα.gr"]);
    letter_to(&house, "start", "maria@xn--hxajbheg2az3al.gr");

    let book = |email: &str| {
        let wish = serde_json::json!({"service": "driving-licence", "start": "2026-11-25T08:00:00Z", "name": "Μαρία",
            "email": email, "phone": "6940000000"});
        house.ask(
            "POST",
            "/api/v1/offices/kep/bookings",
            &[("authorization", &format!("Bearer {admin}")), ("accept-language", "en")],
            &wish.to_string(),
        )
    };
    all_in(&book("μαρία@example.gr").text, &["not Latin"]);
    let start =
        house.ask("POST", "/api/v1/start-links", &[("accept-language", "en")], "{\"email\":\"μαρία@example.gr\"}");
    all_in(&start.text, &["not Latin"]);
    let account = serde_json::json!({"name": "nikos", "role": "clerk", "office": "kep", "own_password": crate::house::PASSWORD,
        "email": "νίκος@example.gr"});
    all_in(&house.post(&admin, "/api/v1/accounts", &account).text, &["λατινικά"]);
    let mut staff = sign_in(&house, "admin");
    let invited = staff.post(
        "/admin/agents",
        "/admin/agents",
        &[("office", "kep"), ("name", "Σχολή"), ("email", "σχολή@example.gr")],
    );
    all_in(&invited.text, &["λατινικά"]);
}
