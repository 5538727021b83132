//! What comes in another order than it was sent in, or after something else was changed: an older code, and a sign-in whose
//! account is another meanwhile. Each is said.

use acts::StepEnd;
use serde_json::json;

use crate::{
    accounts::{AT, DEMANDING, location, real, set_up, sign_in},
    gone::wait,
    house::PASSWORD,
    letters::{letter_to, link},
    pages::FormBrowser,
};

const EMAIL: &str = "maria@example.gr";

/// The code in a mail: eight digits in two halves.
fn code_in(letter: &str) -> String {
    let is_code = |line: &&str| {
        let digit = |(at, letter): (usize, char)| if at == 4 { letter == ' ' } else { letter.is_ascii_digit() };
        line.len() == 9 && line.chars().enumerate().all(digit)
    };
    letter.lines().map(str::trim).find(is_code).unwrap_or_else(|| panic!("no code in {letter}")).to_owned()
}

#[test]
fn fld_23_of_codes_that_arrive_in_another_order_the_one_sent_last_is_right() {
    let (house, machine) = real("");
    let admin = house.admin();
    let slots = house.get("", "/api/v1/offices/kep/slots?service=driving-licence&days=5").ok();
    let wish = json!({ "service": "driving-licence", "start": slots["slots"][0]["start"], "name": "Μαρία",
        "phone": "6940000000", "email": EMAIL });
    house.post(&admin, "/api/v1/offices/kep/bookings", &wish).ok();
    let booking = link(&letter_to(&house, "confirmation", EMAIL), "/booking/");
    let mut browser = FormBrowser::new(&house);
    let send = |browser: &mut FormBrowser<'_>, earlier: &str| {
        let sent =
            browser.post(&format!("{booking}/code?to=erase"), &format!("{booking}/code/send"), &[("to", "erase")]);
        assert_eq!(sent.status, 303, "{sent:?}");
        wait(|| code_in(&letter_to(&house, "code", EMAIL)) != earlier, "another code is on its way");
        code_in(&letter_to(&house, "code", EMAIL))
    };
    let first = send(&mut browser, "");
    machine.set("2026-11-24T09:01:10+02:00");
    let second = send(&mut browser, &first);
    // The second mail is here, and the first comes behind it.
    let page = format!("{booking}/code?to=erase");
    let older = browser.post(&page, &page, &[("to", "erase"), ("code", &first)]);
    assert!(older.status == 422 && older.text.contains("Δείτε το τελευταίο μήνυμα"), "{older:?}");
    let field = older.text.split("<input").find(|input| input.contains(" id=\"code\"")).unwrap();
    assert!(
        field.contains("aria-invalid=\"true\"") && field.contains("refusal"),
        "the sentence is tied to the field: {field}"
    );
    let newer = browser.post(&page, &page, &[("to", "erase"), ("code", &second)]);
    assert_eq!(newer.status, 303, "{newer:?}");
}

#[test]
fn new_08_a_sign_in_that_is_over_says_which_of_all_reasons_it_is() {
    for end in StepEnd::ALL {
        let (house, machine) = real(DEMANDING);
        let mut head = FormBrowser::new(&house);
        set_up(&mut head, "admin", AT);
        let fields = [("name", "eleni"), ("admin", "yes"), ("own", PASSWORD)];
        let made = head.post("/admin/clerks", "/admin/clerks", &fields);
        let invitation = link(&made.text.replace('<', " "), "/login/password/");
        house.set_password(&invitation, PASSWORD);
        // The password was right, and the second step is asked for.
        let mut browser = FormBrowser::new(&house);
        assert_eq!(location(&sign_in(&mut browser, "eleni", PASSWORD)), "/login/set-up?next=/staff");
        assert_eq!(browser.get("/login/set-up?next=/staff").status, 200);
        let (sentence, english) = match end {
            StepEnd::Late => {
                machine.set("2026-11-24T09:15:30+02:00");
                ("μέσα σε 15 λεπτά", "within 15 minutes")
            }
            StepEnd::Shut => {
                let shut = head.post("/admin/clerks/2", "/admin/clerks/2/disable", &[("own", PASSWORD)]);
                assert_eq!(shut.status, 303, "{shut:?}");
                ("ο λογαριασμός έκλεισε στο μεταξύ", "the account was shut meanwhile")
            }
            StepEnd::Changed => {
                set_up(&mut FormBrowser::new(&house), "eleni", AT);
                ("άλλαξε το συνθηματικό ή το δεύτερο βήμα", "was changed meanwhile")
            }
        };
        let over = browser.get("/login/set-up?next=/staff");
        assert_eq!(location(&over), format!("/login?next=/staff&why={}", end.name()), "{end:?}");
        let said = browser.get(location(&over));
        assert!(said.status == 200 && said.text.contains(sentence), "{end:?}: {said:?}");
        assert!(said.text.contains("role=\"alert\"") && said.text.contains("name=\"password\""), "{end:?}: {said:?}");
        let english_page = browser.get(&format!("{}&lang=en", location(&over)));
        assert!(english_page.text.contains(english), "{end:?}: {english_page:?}");
    }
    let (house, _machine) = real("");
    assert!(!FormBrowser::new(&house).get("/login?why=nothing").text.contains("role=\"alert\""), "no reason of ours");
}
