//! A desk is handed from one clerk to the next, open or locked, with whoever is being served; the journal says since when
//! who serves (NEW-08).

use serde_json::json;

use crate::{
    house::{PASSWORD, ProgramHouse},
    lock::{DESK, leads_to, serving, sign_in, visit, wait},
    pages::FormBrowser,
};

const HANDOVER: &str = "/staff/kep/desks/1/handover";

fn clerk(house: &ProgramHouse, admin: &str, name: &str) -> u64 {
    house.employ(admin, name, "clerk", Some("kep"), PASSWORD)
}

/// Two clerks, of whom the first serves somebody at desk 1: the browser there, the number and the visit.
fn two_clerks<'a>(house: &'a ProgramHouse, admin: &str) -> (FormBrowser<'a>, String, String, u64) {
    clerk(house, admin, "eleni");
    let nikos = clerk(house, admin, "nikos");
    let mut browser = sign_in(house, "eleni");
    let number = serving(house, &mut browser, admin);
    let visit = visit(&browser.get(DESK));
    (browser, number, visit, nikos)
}

fn handed_over(house: &ProgramHouse) -> Vec<String> {
    let journal = String::from_utf8(house.run(&["export"]).stdout).unwrap();
    journal.lines().filter(|line| line.contains("desk-handed-over")).map(str::to_owned).collect()
}

#[test]
fn new_08_a_desk_is_handed_over_with_the_visit_in_hand_by_one_press_and_the_next_clerks_password() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let (mut browser, number, visit, nikos) = two_clerks(&house, &admin);
    let first = browser.cookies();
    assert!(browser.get(DESK).text.contains("Παράδοση θυρίδας"));
    // Whoever has no right to it, or no password, takes nothing over.
    let wrong = browser.post(DESK, HANDOVER, &[("name", "nikos"), ("password", "μαντεψιά")]);
    assert_eq!(wrong.status, 401);
    assert!(wrong.text.contains("nikos") && !wrong.text.contains(&number), "{}", wrong.text);
    let own = browser.post(DESK, HANDOVER, &[("name", "eleni"), ("password", PASSWORD)]);
    assert_eq!(own.status, 409);
    assert!(own.text.contains("είναι ήδη δική σας"), "{}", own.text);
    assert!(browser.get(DESK).text.contains(&number), "she serves on");
    let done = browser.post(DESK, HANDOVER, &[("name", "nikos"), ("password", PASSWORD)]);
    assert!(leads_to(&done, DESK), "{done:?}");
    // The next clerk has the visit in hand, and the first is signed out there.
    let page = browser.get(DESK);
    assert!(page.text.contains(&number) && page.text.contains("Αποσύνδεση (nikos)"), "{}", page.text);
    assert!(leads_to(&FormBrowser::with_cookies(&house, &first).get(DESK), "/login?next=/staff/kep/desks/1"));
    let end = [("visit", visit.as_str()), ("outcome", "done")];
    assert_eq!(browser.post(DESK, &format!("{DESK}/finishes"), &end).status, 303);
    let events = handed_over(&house);
    assert_eq!(events.len(), 1, "{events:?}");
    assert!(events[0].contains(&format!("\"clerk\":{nikos}")) && events[0].contains(&format!("account:{nikos}")));
    wait(|| house.page(&admin, "/admin/audit").text.contains("Παραλαβή θυρίδας"), "the audit has it");
    house.verify().unwrap();
}

#[test]
fn new_08_a_locked_desk_is_taken_over_by_the_next_clerk_and_nobody_elses() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let (mut browser, number, _, _) = two_clerks(&house, &admin);
    let csrf = browser.csrf(DESK);
    browser.post_with(&csrf, "/lock/now", &[("back", DESK)]);
    let page = browser.get("/lock");
    assert!(page.text.contains(HANDOVER) && page.text.contains("Παραλαβή θυρίδας"), "{}", page.text);
    assert!(!page.text.contains(&number));
    let form = browser.get(HANDOVER);
    assert!(form.status == 200 && !form.text.contains(&number), "{form:?}");
    // Another's desk is not hers to hand over; and a clerk of another desk takes no second one.
    let other = browser.post_with(&csrf, "/staff/kep/desks/2/handover", &[("name", "nikos"), ("password", PASSWORD)]);
    assert_eq!(other.status, 409, "{other:?}");
    let busy = house.sign_in("nikos", PASSWORD);
    house.desk(&busy, 2, "open", &json!({})).ok();
    let elsewhere = browser.post_with(&csrf, HANDOVER, &[("name", "nikos"), ("password", PASSWORD)]);
    assert_eq!(elsewhere.status, 409, "{elsewhere:?}");
    assert!(leads_to(&browser.get(DESK), "/lock"), "and it is as locked as before");
    house.desk(&busy, 2, "close", &json!({})).ok();
    let done = browser.post_with(&csrf, HANDOVER, &[("name", "nikos"), ("password", PASSWORD)]);
    assert!(leads_to(&done, DESK), "{done:?}");
    assert!(browser.get(DESK).text.contains(&number));
    assert_eq!(handed_over(&house).len(), 1);
    // Without a session nobody takes anything over.
    let mut stranger = FormBrowser::new(&house);
    let refused = stranger.post("/login", HANDOVER, &[("name", "eleni"), ("password", PASSWORD)]);
    assert_eq!(refused.status, 401, "{refused:?}");
}
