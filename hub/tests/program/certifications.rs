//! What a clerk finds at a certification, as its holder is told of it: by mail, once, and on the page of level B with the reason.
//!
//! Shows PLA-04, PET-05 and PROM-09.

use crate::{
    accounts::{after, location},
    house::ProgramHouse,
    letters::{letter_saying, letters_to},
    pages::FormBrowser,
    sweep::{body_scene::EVERYTHING, press::Press, scene::SweepScene},
};

const LEVEL: &str = "/account/level";

/// How many mails about their account somebody was sent.
fn told(house: &ProgramHouse, email: &str) -> usize {
    letters_to(house, "member", email, 0).len()
}

#[test]
fn pla_04_what_a_clerk_finds_is_told_once_by_mail_and_stands_on_the_page_with_what_is_missing_and_why() {
    let scene = SweepScene::of_body();
    let house = scene.house();
    let (mut member, page) = scene.member_who_wishes();
    let (email, mut clerk) = (member.email.clone(), scene.staff(&scene.worker().0));
    // The address was proven by nothing, and no paper was shown.
    let found = [("proof-tax-number", "yes"), ("proof-tax-office", "yes"), ("finding", "missing")];
    let press = Press::form(&mut clerk, &page, &page, &found);
    for answer in press.send_twice(house) {
        assert_eq!(location(&answer), format!("{page}?done=missing"), "{answer:?}");
    }
    letter_saying(house, ("member", &email), "έλειπαν δικαιολογητικά");
    assert_eq!(told(house, &email), 1, "pressed twice, told once");
    let missing = "Στη θυρίδα έλειπαν: Δελτίο ταυτότητας ή διαβατήριο, Έγγραφο που αποδεικνύει τη διεύθυνση";
    let shown = member.browser.get(LEVEL).text;
    assert!(shown.contains("class=\"box\"") && shown.matches(missing).count() == 2, "{shown}");
    assert!(clerk.get(&page).text.contains(missing), "and the next clerk reads it");
    let certified = Press::form(&mut clerk, &page, &page, &EVERYTHING).send(house);
    assert_eq!(location(&certified), format!("{page}?done=certified"));
    letter_saying(house, ("member", &email), "έχει πια επίπεδο Β");
    let shown = member.browser.get(LEVEL).text;
    assert_eq!(shown.matches(missing).count(), 1, "in the history alone: {shown}");
    let mut office = scene.admins_browser();
    let reason = "Το έγγραφο ήταν άλλου.";
    let revoked = office.post(&page, &format!("{page}/revoke"), &[("reason", reason)]);
    assert_eq!(location(&revoked), format!("{page}?done=revoked"));
    let mail = letter_saying(house, ("member", &email), "ανακλήθηκε");
    assert!(!mail.contains(reason), "what is written stands on the page: {mail}");
    let shown = member.browser.get(LEVEL);
    let note = after(&shown, "<p class=\"box\">", '<');
    assert!(note.contains("Η πιστοποίηση ανακλήθηκε") && note.contains(reason), "{note}");
    assert_eq!(told(house, &email), 3);
    let english = member.browser.get(&format!("{LEVEL}?lang=en")).text;
    assert!(english.contains("Missing at the desk: Identity card or passport"), "{english}");
}

#[test]
fn pla_04_where_two_clerks_look_each_look_is_told_and_nobody_comes_twice() {
    let body = include_str!("../../samples/body.toml").replace("two_clerks = false", "two_clerks = true");
    let scene = SweepScene::at_work("body = \"body.toml\"\n", &[("body.toml", &body)]);
    let (mut member, page) = scene.member_who_wishes();
    let email = member.email.clone();
    for (session, said) in [(scene.worker().0, "Ο πρώτος έλεγχος"), (scene.second_certifier(), "έχει πια επίπεδο Β")]
    {
        let mut clerk: FormBrowser<'_> = scene.staff(&session);
        assert_eq!(Press::form(&mut clerk, &page, &page, &EVERYTHING).send(scene.house()).status, 303);
        letter_saying(scene.house(), ("member", &email), said);
    }
    assert!(member.browser.get(LEVEL).text.contains("Πιστοποιηθήκατε"));
}
