//! Requests and certifications at the real hub, where two want the same at once, and where the hub dies between two steps.
//!
//! Shows PET-02, PLA-04, PROM-04 and PROM-09.

use crate::{
    gates::GateScene,
    house::ProgramHouse,
    outside::{clerk_who_certifies, found_everything},
    pages::FormBrowser,
    registers,
    through::led,
};

const CLERK_PASSWORD: &str = "αρκετά μακρύ";

/// A house of a body, at work.
fn house() -> ProgramHouse {
    let mut house = ProgramHouse::files_with_config("body = \"body.toml\"\n", "");
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    house.start();
    house
}

fn count(house: &ProgramHouse, select: &str) -> i64 {
    rusqlite::Connection::open(house.database()).unwrap().query_row(select, [], |row| row.get(0)).unwrap()
}

/// Somebody who works on requests for cleaning; their session.
fn worker(house: &ProgramHouse, name: &str) -> String {
    let admin = house.admin();
    let number = house.employ(&admin, name, "clerk", Some("kep"), CLERK_PASSWORD);
    let mut office = FormBrowser::new(house);
    office.keep("seira-session", &admin);
    let page = format!("/admin/clerks/{number}");
    let given = office.post(&page, &format!("{page}/grants"), &[("grant@case-worker@unit:1", "yes")]);
    assert_eq!(given.status, 303, "{given:?}");
    house.sign_in(name, CLERK_PASSWORD)
}

fn browser_of<'a>(house: &'a ProgramHouse, session: &str) -> FormBrowser<'a> {
    let mut browser = FormBrowser::new(house);
    browser.keep("seira-session", session);
    browser
}

#[test]
fn prom_04_two_case_workers_take_the_same_request_at_once_and_one_has_it() {
    let mut house = house();
    let (session, _, request) = GateScene::member(&house);
    let page = format!("/staff/requests/{request}");
    let sessions = [worker(&house, "eleni"), worker(&house, "nikos")];
    let mut browsers = sessions.each_ref().map(|session| browser_of(&house, session));
    let tokens = browsers.each_mut().map(|browser| browser.csrf(&page));
    // Both have the page open on which nobody has it.
    let answers = std::thread::scope(|scope| {
        let presses = browsers.iter_mut().zip(&tokens).map(|(browser, token)| {
            let take = format!("{page}/take");
            scope.spawn(move || browser.post_with(token, &take, &[]))
        });
        let presses: Vec<_> = presses.collect();
        presses.into_iter().map(|press| press.join().unwrap()).collect::<Vec<_>>()
    });
    let won = answers.iter().filter(|answer| answer.status == 303).count();
    assert_eq!(won, 1, "{answers:?}");
    let lost = answers.iter().find(|answer| answer.status != 303).unwrap();
    assert!(lost.status == 422 && lost.text.contains("role=\"alert\""), "{lost:?}");
    let winner = if answers[0].status == 303 { "eleni" } else { "nikos" };
    assert!(lost.text.contains(winner), "they are told who has it: {}", lost.text);
    let taken = "SELECT count(*) FROM body_journal WHERE kind IN ('case-assigned', 'case-taken-over')";
    assert_eq!(count(&house, taken), 1);
    assert!(
        house.page(&session, &format!("/requests/{request}")).text.contains("Ανατέθηκε"),
        "and the citizen that it is"
    );
    house.stop();
    house.verify().unwrap();
}

#[test]
fn pet_02_a_request_that_is_closed_takes_no_step_and_is_reopened_once() {
    let mut house = house();
    let (session, _, request) = GateScene::member(&house);
    let (own, page) = (format!("/requests/{request}"), format!("/staff/requests/{request}"));
    let eleni = worker(&house, "eleni");
    let mut staff = browser_of(&house, &eleni);
    let mut citizen = browser_of(&house, &session);
    let mut presses = |action: &str, fields: &[(&str, &str)]| staff.post(&page, &format!("{page}/{action}"), fields);
    assert_eq!(presses("take", &[]).status, 303);
    let closed = presses("close", &[("because", "other"), ("text", "Το ίδιο ζητήθηκε ήδη.")]);
    assert_eq!(closed.status, 303, "{closed:?}");
    assert!(citizen.get(&own).text.contains("Το ίδιο ζητήθηκε ήδη."));
    // Nothing more is done to it by anybody.
    for (action, fields) in [("ask", vec![("text", "Πού;")]), ("finish", vec![("text", "Έγινε.")]), ("take", vec![])]
    {
        let answer = presses(action, &fields);
        assert!(answer.status == 422 || answer.status == 303 && action == "take", "{action}: {answer:?}");
    }
    let added = citizen.post(&own, &format!("{own}/add"), &[("text", "Και άλλο")]);
    assert_eq!(added.status, 422, "{added:?}");
    let steps = "SELECT count(*) FROM body_journal WHERE about = 'request'";
    let before = count(&house, steps);
    let reopened = citizen.post(&own, &format!("{own}/reopen"), &[("text", "Δεν είναι το ίδιο.")]);
    assert_eq!(reopened.status, 303, "{reopened:?}");
    assert_eq!(count(&house, steps), before + 1);
    // Once.
    assert_eq!(presses("close", &[("because", "other"), ("text", "Είναι το ίδιο.")]).status, 303);
    let again = citizen.post(&own, &format!("{own}/reopen"), &[("text", "Όχι.")]);
    assert_eq!(again.status, 422, "{again:?}");
    house.stop();
    house.verify().unwrap();
}

#[test]
fn pla_04_the_hub_dies_between_the_two_commands_of_a_certification_and_the_second_is_sent_again() {
    let mut house = house();
    let clerk = clerk_who_certifies(&house);
    let mut citizen = FormBrowser::new(&house);
    let email = "vasilis@example.gr";
    let typed = registers::typed(&mut citizen, "vasilis", email);
    let typed: Vec<_> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(citizen.post("/register", "/register", &typed).status, 303);
    registers::opens_and_signs_in(&mut citizen, &registers::link_of(&house, email), "vasilis");
    let profile = [
        ("full-name", "Βασίλης Ιωάννου"),
        ("phone", "694 000 0000"),
        ("tax-number", "090000045"),
        ("tax-office", "Αγίου Νικολάου"),
        ("street", "Κούνδουρου 12"),
        ("postcode", "721 00"),
        ("town", "Άγιος Νικόλαος"),
    ];
    assert_eq!(led(&citizen.post("/account/details", "/account/details", &profile)), "/account?done=details");
    assert_eq!(led(&citizen.post("/account/level", "/account/level", &[("wish", "yes")])), "/account/level");
    let cookies = citizen.cookies();
    // The first command is the office's: somebody stands at a desk. The clerk then has the page of the certification open.
    let admin = house.admin();
    house.desk(&admin, 1, "open", &serde_json::json!({})).ok();
    house.ticket(&admin).ok();
    house.desk(&admin, 1, "calls", &serde_json::json!({})).ok();
    let mut desk = browser_of(&house, &clerk);
    let found = desk.post("/staff/kep/certify", "/staff/kep/certify", &[("q", email)]);
    let (_, rest) = found.text.split_once("href=\"/staff/kep/certify/").unwrap_or_else(|| panic!("{found:?}"));
    let page = format!("/staff/kep/certify/{}", rest.split('"').next().unwrap());
    let shown = desk.get(&page).text;
    let fields = found_everything(&shown);
    let token = desk.csrf(&page);
    let desk = desk.cookies();
    // The hub dies before the second, the body's, is there; the page is sent once it is back.
    house.kill();
    house.start_at("2026-11-24T09:10:00+02:00", "1");
    let sent = FormBrowser::with_cookies(&house, &desk).post_with(&token, &page, &fields);
    assert_eq!(led(&sent), format!("{page}?done=certified"));
    // Its answer was lost too, and the page is sent a third time: the moment is known, and nothing follows.
    house.kill();
    house.start_at("2026-11-24T09:20:00+02:00", "1");
    let again = FormBrowser::with_cookies(&house, &desk).post_with(&token, &page, &fields);
    assert_eq!(led(&again), format!("{page}?done=certified"));
    let certified = "SELECT count(*) FROM body_journal WHERE kind = 'account-certified'";
    assert_eq!(count(&house, certified), 1);
    let body: String = rusqlite::Connection::open(house.database())
        .unwrap()
        .query_row("SELECT body FROM body_journal WHERE kind = 'account-certified'", [], |row| row.get(0))
        .unwrap();
    assert!(body.contains("\"cause\":{\"office\":1,"), "it names the office's moment: {body}");
    let level = FormBrowser::with_cookies(&house, &cookies).get("/account/level").text;
    assert!(level.contains("Επίπεδο Β"), "{level}");
    house.stop();
    house.verify().unwrap();
}
