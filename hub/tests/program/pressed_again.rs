//! A press that comes again later, from elsewhere, or after the hub was killed (PROM-09): what is shown once is shown to nobody
//! else and not made a second time, and what was changed since is not changed back.

use serde_json::json;

use crate::{
    accounts::{AT, DEMANDING, after, location, real, set_up, sign_in},
    house::{PASSWORD, ProgramHouse},
    http::HttpAnswer,
    letters::{letter, link},
    pages::FormBrowser,
    twice::{leads, mails},
};

/// The token and the number of the first form of a page.
fn form(page: &HttpAnswer) -> (String, String) {
    (after(page, "name=\"csrf\" value=\"", '"'), after(page, "name=\"press\" value=\"", '"'))
}

fn codes(answer: &HttpAnswer) -> Vec<&str> {
    answer.text.split("<li><code>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect()
}

#[test]
fn prom_09_new_08_recovery_codes_are_shown_to_whoever_asked_and_made_once_also_over_a_kill() {
    let (mut house, machine) = real(DEMANDING);
    let mut admin = FormBrowser::new(&house);
    set_up(&mut admin, "admin", AT);
    let (csrf, press) = form(&admin.get("/staff/account"));
    let fields = [("press", press.as_str()), ("own", PASSWORD)];
    let shown = admin.post_with(&csrf, "/staff/account/codes", &fields);
    assert_eq!((shown.status, codes(&shown).len()), (200, 10), "{shown:?}");
    assert_eq!(
        codes(&admin.post_with(&csrf, "/staff/account/codes", &fields)),
        codes(&shown),
        "the first one's answer"
    );
    // Somebody has the browser's mark and what was sent, and no session.
    let form_cookie = format!("seira-form={}", admin.cookie("seira-form"));
    let stolen = FormBrowser::with_cookies(&house, &form_cookie).post_with(&csrf, "/staff/account/codes", &fields);
    assert!(stolen.status >= 400 && codes(&stolen).is_empty(), "{stolen:?}");
    assert!(!stolen.headers.contains("seira-session"), "{stolen:?}");
    let kept = admin.cookies();
    house.kill();
    house.serve_on(&machine);
    let mut admin = FormBrowser::with_cookies(&house, &kept);
    let again = admin.post_with(&csrf, "/staff/account/codes", &fields);
    assert!(again.status == 200 && again.text.contains("Έχει ήδη γίνει"), "{again:?}");
    assert!(codes(&again).is_empty(), "{again:?}");
    // Those that were written down are the ones that hold.
    let mut other = FormBrowser::new(&house);
    assert_eq!(leads(&sign_in(&mut other, "admin", PASSWORD)), "/login/code?next=/staff");
    let step = other.post("/login/code", "/login/code", &[("code", codes(&shown)[0])]);
    assert_eq!(location(&step), "/staff", "{step:?}");
    // The step once more, by whoever has neither its mark nor a session.
    let (csrf, press) = form(&other.get("/staff/account"));
    let form_cookie = format!("seira-form={}", other.cookie("seira-form"));
    let mut stranger = FormBrowser::with_cookies(&house, &form_cookie);
    let step = stranger.post_with(&csrf, "/login/code", &[("press", &press), ("code", codes(&shown)[0])]);
    assert!(!step.headers.contains("seira-session"), "{step:?}");
}

#[test]
fn prom_09_a_password_that_was_changed_is_said_to_be_changed_also_over_a_kill() {
    let mut house = ProgramHouse::new();
    let mut admin = FormBrowser::new(&house);
    sign_in(&mut admin, "admin", PASSWORD);
    let (csrf, press) = form(&admin.get("/staff/account"));
    let another = "τρία ήσυχα τρένα το πρωί";
    let fields = [("press", press.as_str()), ("own", PASSWORD), ("password", another), ("again", another)];
    let changed = leads(&admin.post_with(&csrf, "/staff/account/password", &fields));
    let kept = admin.cookies();
    house.kill();
    house.start();
    let mut admin = FormBrowser::with_cookies(&house, &kept);
    assert_eq!(leads(&admin.post_with(&csrf, "/staff/account/password", &fields)), changed);
}

#[test]
fn omb_16_prom_09_a_move_that_is_sent_again_does_not_move_the_booking_back() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let slots = house.get("", "/api/v1/offices/kep/slots?service=driving-licence&days=5").ok();
    let wish = json!({ "service": "driving-licence", "start": slots["slots"][0]["start"], "name": "Μαρία Μετακινούμενη",
        "phone": "6940000000", "email": "maria@example.gr" });
    house.post(&admin, "/api/v1/offices/kep/bookings", &wish).ok();
    let change = format!("{}/change", link(&letter(&house, "confirmation"), "/booking/"));
    let mut browser = FormBrowser::new(&house);
    let mut press = |nth: usize| {
        let page = browser.get(&change);
        let (csrf, press) = form(&page);
        let start = page.text.split("name=\"start\" value=\"").nth(nth).unwrap().split('"').next().unwrap().to_owned();
        let fields = [("press", press.as_str()), ("start", start.as_str())];
        let led = leads(&browser.post_with(&csrf, &change, &fields));
        (csrf, press.clone(), start.clone(), led)
    };
    let (csrf, number, start, led) = press(1);
    press(3);
    let page = |browser: &mut FormBrowser<'_>| browser.get(change.trim_end_matches("/change")).text;
    let before = page(&mut browser);
    let again = browser.post_with(&csrf, &change, &[("press", &number), ("start", &start)]);
    assert_eq!(leads(&again), led, "the first one's answer");
    let when = |page: &str| page.split_once("<dl").unwrap().1.split("</dl>").next().unwrap().to_owned();
    assert_eq!(when(&page(&mut browser)), when(&before), "and what came after it stands");
    crate::heads::wait(|| (mails(&house, "moved") == 2).then_some(()), "a mail for each move");
}

#[test]
fn omb_04_a_link_that_was_pressed_goes_on_in_that_browser_alone() {
    let house = ProgramHouse::new();
    let mut browser = FormBrowser::new(&house);
    let work = crate::pages::solve(&browser.get("/book").text);
    assert_eq!(browser.post("/book", "/book", &[("email", "anna@example.gr"), ("altcha", &work)]).status, 303);
    let start = link(&letter(&house, "start"), "/book/start/");
    let led = leads(&browser.post(&start, &start, &[]));
    assert_eq!(FormBrowser::new(&house).post(&start, &start, &[]).status, 410, "at once, from elsewhere");
    assert_eq!(leads(&browser.post(&start, &start, &[])), led);
}
