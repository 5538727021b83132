//! Whoever presses twice is told the same twice, and has what they pressed for once (PROM-09): the link, the proof of the
//! address, the time, the consent.

use crate::{
    house::ProgramHouse,
    http::HttpAnswer,
    letters::{letter, link},
    pages::{FormBrowser, solve},
};

const SERVICE: &str = "/book/kep/family-status";
const TIMES: &str = "/book/kep/family-status?cases=1";

/// Where an answer leads.
pub fn leads(answer: &HttpAnswer) -> String {
    assert_eq!(answer.status, 303, "{answer:?}");
    answer.headers.lines().find_map(|line| line.strip_prefix("location: ")).unwrap().to_owned()
}

/// Both lead to the same page.
fn same([one, other]: &[HttpAnswer; 2]) -> String {
    assert_eq!(leads(one), leads(other));
    leads(one)
}

pub fn mails(house: &ProgramHouse, kind: &str) -> usize {
    let files = std::fs::read_dir(house.folder.path().join("mail")).unwrap();
    files.filter(|file| file.as_ref().unwrap().path().to_string_lossy().ends_with(&format!("-{kind}.eml"))).count()
}

fn first_time(page: &str) -> String {
    page.split_once("name=\"start\" value=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

/// A browser in which an address is proven.
pub fn proven<'a>(house: &'a ProgramHouse, email: &str) -> FormBrowser<'a> {
    let mut browser = FormBrowser::new(house);
    let work = solve(&browser.get("/book").text);
    assert_eq!(browser.post("/book", "/book", &[("email", email), ("altcha", &work)]).status, 303);
    let start = link(&crate::letters::letter_to(house, "start", email), "/book/start/");
    leads(&browser.post(&start, &start, &[]));
    browser
}

#[test]
fn omb_04_omb_08_omb_13_a_booking_made_with_every_button_pressed_twice_is_one_booking() {
    let house = ProgramHouse::new();
    let mut browser = FormBrowser::new(&house);
    let ask = "/book?office=kep&service=family-status";
    let work = solve(&browser.get(ask).text);
    let fields = [("email", "anna@example.gr"), ("office", "kep"), ("service", "family-status"), ("altcha", &work)];
    let sent = same(&browser.post_twice(ask, "/book", &fields));
    assert!(browser.get(&sent).text.contains("anna@example.gr"));
    // The same work for another wish is another matter.
    let other = [("email", "olga@example.gr"), ("office", "kep"), ("service", "family-status"), ("altcha", &work)];
    let used = browser.post(ask, "/book", &other);
    assert!(used.text.contains("έχει ήδη χρησιμοποιηθεί"), "{used:?}");

    let start = link(&letter(&house, "start"), "/book/start/");
    assert_eq!(mails(&house, "start"), 1);
    assert!(same(&browser.post_twice(&start, &start, &[])).starts_with(SERVICE));
    // In the browser in which the address is proven the link goes on, and in another it is used.
    assert!(leads(&browser.post(&start, &start, &[])).starts_with(SERVICE));

    let time = first_time(&browser.get(TIMES).text);
    let hold = same(&browser.post_twice(TIMES, SERVICE, &[("start", &time), ("cases", "1")]));
    assert_eq!(leads(&browser.post(TIMES, SERVICE, &[("start", &time), ("cases", "1")])), hold, "and once more");
    // On the way back it stands among the times as one's own, and leads to where one was.
    let page = browser.get(TIMES).text;
    assert!(page.contains("κρατείται για εσάς έως τις") && page.matches(&hold).count() >= 2, "{page}");
    // A second and a third time: the limit says where the others are.
    let second = first_time(&page);
    assert_ne!(second, time);
    assert_ne!(leads(&browser.post(TIMES, SERVICE, &[("start", &second), ("cases", "1")])), hold);
    let third = first_time(&browser.get(TIMES).text);
    let refused = browser.post(TIMES, SERVICE, &[("start", &third), ("cases", "1")]);
    assert!(refused.status >= 400 && refused.text.contains("Έχετε ήδη διαλέξει"), "{refused:?}");
    assert!(refused.text.contains(&hold));

    let details = browser.get(&hold).text;
    assert!(details.contains("name=\"name\""), "{details}");
    let fields = [
        ("behalf", "oneself"),
        ("name", "Άννα Δημητρίου"),
        ("phone", "6940000000"),
        ("street", "Πλατεία 1"),
        ("postcode", "72100"),
        ("town", "Άγιος Νικόλαος"),
    ];
    let review = same(&browser.post_twice(&hold, &hold, &fields));
    let page = browser.get(&review).text;
    let version = page.split_once("name=\"version\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let booked = browser.post_twice(&review, &format!("{hold}/confirm"), &[("consent", "yes"), ("version", &version)]);
    let booking = same(&booked);
    assert!(browser.get(&booking).text.contains("Άννα Δημητρίου"));
    letter(&house, "confirmation");
    assert_eq!(mails(&house, "confirmation"), 1);
}

#[test]
fn omb_04_a_link_that_was_used_is_used_in_another_browser_a_minute_later() {
    let mut house = ProgramHouse::files();
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    // A minute is a second.
    house.start_at("2026-11-24T09:00:00+02:00", "60");
    let mut browser = FormBrowser::new(&house);
    let ask = "/book";
    let work = solve(&browser.get(ask).text);
    assert_eq!(browser.post(ask, "/book", &[("email", "anna@example.gr"), ("altcha", &work)]).status, 303);
    let start = link(&letter(&house, "start"), "/book/start/");
    leads(&browser.post(&start, &start, &[]));
    let stranger = || FormBrowser::new(&house).post(&start, &start, &[]).status;
    crate::heads::wait(|| (stranger() == 410).then_some(()), "a minute later nobody else comes in by it");
    leads(&browser.post(&start, &start, &[]));
}
