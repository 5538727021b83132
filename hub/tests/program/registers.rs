//! A citizen registers, opens the account with the link of the mail, and signs in: each step once, for every test that needs
//! somebody with an account.

use crate::{
    house::{PASSWORD, ProgramHouse},
    letters::{letter_to, link},
    pages::{FormBrowser, solve},
};

/// What somebody types who registers, with the challenge of the page solved.
pub fn typed(browser: &mut FormBrowser<'_>, name: &str, email: &str) -> Vec<(&'static str, String)> {
    let work = solve(&browser.get("/register").text);
    vec![
        ("full-name", "Μαρία Παπαδάκη".to_owned()),
        ("email", email.to_owned()),
        ("name", name.to_owned()),
        ("password", PASSWORD.to_owned()),
        ("again", PASSWORD.to_owned()),
        ("altcha", work),
    ]
}

/// The newest link that was sent to an address.
pub fn link_of(house: &ProgramHouse, email: &str) -> String {
    link(&letter_to(house, "account", email), "/register/activate/")
}

/// What the page of that link asks of who chose a password.
pub const OPENS: [(&str, &str); 1] = [("password", PASSWORD)];

/// Opens the account and signs in.
pub fn opens_and_signs_in(browser: &mut FormBrowser<'_>, link: &str, name: &str) {
    let opened = browser.post(link, link, &OPENS);
    assert_eq!(opened.status, 303, "{opened:?}");
    let signed = browser.post("/login", "/login", &[("name", name), ("password", PASSWORD)]);
    assert_eq!(signed.status, 303, "{signed:?}");
    assert!(signed.headers.lines().any(|line| line == "location: /account"), "{signed:?}");
}
