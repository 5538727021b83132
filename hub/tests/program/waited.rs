//! A form that waited for hours before it was sent: it asks for no letters, names its own button, and has kept what was typed.
//!
//! Shows OMB-03 and NEW-14.

use crate::{
    house::{PASSWORD, ProgramHouse},
    letters::letter_to,
    pages::{FormBrowser, solve},
    registers,
};

const LATE: &str = "Η σελίδα έμεινε ανοιχτή πολλή ώρα. Πατήστε ξανά το κουμπί της φόρμας";

/// The page says that it waited too long, keeps each of these, and marks no letters as wrong.
fn kept(page: &str, values: &[&str]) {
    assert!(page.contains(LATE), "{page}");
    for value in values {
        assert!(page.contains(&format!("value=\"{value}\"")), "no {value} in {page}");
    }
    assert!(!page.contains("letters field field-wrong") && page.contains("<noscript><fieldset"), "{page}");
}

#[test]
fn omb_03_new_14_a_page_that_waited_too_long_says_so_and_keeps_what_was_typed() {
    let mut house = ProgramHouse::with_config("body = \"body.toml\"\n", "");
    let works = ["/book", "/register"].map(|page| solve(&FormBrowser::new(&house).get(page).text));
    house.stop();
    house.start_at("2026-11-24T10:01:00+02:00", "1");
    let [book, register] = works;

    let mut browser = FormBrowser::new(&house);
    let typed =
        [("email", "maria@example.gr"), ("office", "kep"), ("service", "driving-licence"), ("channel", "in-person")];
    let late = browser.post("/book", "/book", &[&typed[..], &[("altcha", book.as_str())]].concat());
    assert_eq!(late.status, 422, "{late:?}");
    kept(&late.text, &["maria@example.gr", "kep", "driving-licence", "in-person"]);
    let again = solve(&late.text);
    let sent = browser.post("/book", "/book", &[&typed[..], &[("altcha", again.as_str())]].concat());
    assert_eq!(sent.status, 303, "{sent:?}");
    letter_to(&house, "start", "maria@example.gr");

    let typed = [("full-name", "Μαρία Παπαδάκη"), ("email", "maria@example.gr"), ("name", "maria.p")];
    let secret = [("password", PASSWORD), ("again", PASSWORD)];
    let late =
        browser.post("/register", "/register", &[&typed[..], &secret, &[("altcha", register.as_str())]].concat());
    assert_eq!(late.status, 422, "{late:?}");
    kept(&late.text, &["Μαρία Παπαδάκη", "maria@example.gr", "maria.p"]);
    assert!(!late.text.contains("aria-invalid"), "no field is wrong: {}", late.text);
    assert!(late.text.contains("href=\"#press\"") && late.text.contains("id=\"press\""), "{}", late.text);
    let again = solve(&late.text);
    let sent = browser.post("/register", "/register", &[&typed[..], &secret, &[("altcha", again.as_str())]].concat());
    assert_eq!(sent.status, 303, "{sent:?}");
    registers::link_of(&house, "maria@example.gr");
}

#[test]
fn pet_03_each_field_of_the_registration_is_described_by_its_own_fault_alone() {
    let house = ProgramHouse::with_config("body = \"body.toml\"\n", "");
    let mut browser = FormBrowser::new(&house);
    let wrong = browser.post("/register", "/register", &[("email", "maria"), ("name", "maria.p")]);
    assert_eq!(wrong.status, 422, "{wrong:?}");
    for (field, described) in [("full-name", "full-name-wrong"), ("email", "email-wrong email-hint")] {
        let tag = wrong.text.split('<').find(|tag| tag.contains(&format!(" id=\"{field}\""))).unwrap();
        assert!(tag.contains(&format!("aria-invalid=\"true\" aria-describedby=\"{described}\"")), "{tag}");
        assert!(wrong.text.contains(&format!("<p class=\"wrong\" id=\"{field}-wrong\">")), "{}", wrong.text);
    }
    assert_eq!(wrong.text.matches("aria-invalid").count(), 2, "{}", wrong.text);
}
