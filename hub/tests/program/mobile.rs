//! An agent's booking for a citizen who has a mobile and no e-mail: final by a code in a message, typed with the booking's own
//! code, or told to a clerk.
//!
//! Shows TRN-07.

use std::sync::{Arc, Mutex};

use crate::{
    accounts::{AT, location},
    heads::wait,
    house::{PASSWORD, ProgramHouse},
    http::HttpAnswer,
    letters::{letter_to, link},
    machine::ClockedMachine,
    pages::FormBrowser,
    sms::{gateway, section, written_to},
};

const TIMES: &str = "/book/kep/driving-licence";
const CONFIRM: &str = "/confirm";
const AGAIN: &str = "/confirm/code";
const NAME: &str = "Μαρία Μαθητεύουσα";
const MOBILE: &str = "6940012345";
const KEPT: &str = "+306940012345";
const WRONG: &str = "Οι δύο κωδικοί δεν ταιριάζουν";

/// Both codes of a message, as they stand in it.
#[derive(Debug, Clone)]
pub struct SentCodes {
    pub booking: String,
    pub code: String,
    text: String,
}

impl SentCodes {
    /// Those of the message of this number to a mobile, once it is there.
    pub fn wait(taken: &Mutex<Vec<String>>, mobile: &str, nth: usize) -> Self {
        let is_code = |text: &String| text.contains("Κωδικός SMS") || text.contains("SMS code");
        let text = wait(
            || written_to(taken, mobile).into_iter().filter(is_code).nth(nth),
            &format!("message {nth} with a code to {mobile}"),
        );
        let after = |mark: &str| {
            let (_, rest) = text.split_once(mark).unwrap_or_else(|| panic!("no {mark} in {text}"));
            rest.chars().take(9).collect::<String>()
        };
        let is_greek = text.contains("Κωδικός SMS");
        let (booking, code) = if is_greek {
            ("κωδικός ραντεβού ", "Κωδικός SMS ")
        } else {
            ("booking code ", "SMS code ")
        };
        Self { booking: after(booking), code: after(code), text: text.clone() }
    }

    /// The booking's code in one piece.
    pub fn reference(&self) -> String {
        self.booking.replace(' ', "")
    }

    /// Another code, of the same form.
    fn wrong(&self) -> String {
        self.code
            .chars()
            .map(|digit| {
                if digit == '9' {
                    '0'
                } else if digit == ' ' {
                    ' '
                } else {
                    '9'
                }
            })
            .collect()
    }
}

/// What an agent types who leaves a time to a citizen.
fn for_citizen<'a>(email: &'a str, mobile: &'a str, phone: &'a str) -> [(&'a str, &'a str); 8] {
    [
        ("behalf", "citizen"),
        ("citizen-email", email),
        ("citizen-mobile", mobile),
        ("name", NAME),
        ("phone", phone),
        ("street", "Πλατεία 1"),
        ("postcode", "72100"),
        ("town", "Άγιος Νικόλαος"),
    ]
}

/// A time that an agent holds: the page of its form.
fn hold(agent: &mut FormBrowser<'_>) -> String {
    let page = agent.get(TIMES).text;
    let start = page.rsplit_once("name=\"start\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    location(&agent.post(TIMES, TIMES, &[("start", &start)])).to_owned()
}

/// Leaves a time to a citizen with a mobile.
pub fn leave(agent: &mut FormBrowser<'_>, mobile: &str) {
    let page = hold(agent);
    let left = agent.post(&page, &page, &for_citizen("", mobile, ""));
    assert!(left.status == 303 && location(&left).starts_with("/agent?entrusted="), "{left:?}");
}

/// A hub that writes to mobiles, on a machine whose clock is set.
struct MobileHouse {
    house: ProgramHouse,
    machine: ClockedMachine,
    taken: Arc<Mutex<Vec<String>>>,
}

impl MobileHouse {
    fn open(keys: &str) -> Self {
        let (address, taken) = gateway();
        let sms = section(&address).replace("[sms]\n", &format!("[sms]\n{keys}"));
        let limits = "links_per_network_burst = 1000\nlinks_per_address_burst = 1000\nholds_per_address_burst = 1000\n";
        let mut house = ProgramHouse::files_with_config(&sms, limits);
        let machine = ClockedMachine::of(&house);
        // A day that is leapt over is none by which the clock is doubted.
        machine.say_synchronised("yes");
        assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
        machine.set(AT);
        house.serve_on(&machine);
        Self { house, machine, taken }
    }

    fn clerk(&self) -> FormBrowser<'_> {
        let mut browser = FormBrowser::new(&self.house);
        browser.get("/login");
        browser.keep("seira-session", &self.house.admin());
        browser
    }

    fn agent(&self) -> FormBrowser<'_> {
        let fields = [
            ("office", "kep"),
            ("name", "Η Στροφή"),
            ("email", "school@example.gr"),
            ("phone", "6940099999"),
            ("tax", ""),
        ];
        assert_eq!(self.clerk().post("/admin/agents", "/admin/agents", &fields).status, 303);
        let invitation = link(&letter_to(&self.house, "invited", "school@example.gr"), "/agent/password/");
        let mut agent = FormBrowser::new(&self.house);
        let set = agent.post(&invitation, &invitation, &[("password", PASSWORD), ("again", PASSWORD)]);
        assert_eq!(set.status, 303, "{set:?}");
        agent
    }

    fn codes(&self, nth: usize) -> SentCodes {
        SentCodes::wait(&self.taken, KEPT, nth)
    }

    /// Types both codes on the page.
    fn types(&self, booking: &str, code: &str) -> HttpAnswer {
        FormBrowser::new(&self.house).post(CONFIRM, CONFIRM, &[("booking", booking), ("code", code)])
    }

    fn asks_again(&self, booking: &str) -> HttpAnswer {
        FormBrowser::new(&self.house).post(CONFIRM, AGAIN, &[("booking", booking)])
    }

    /// How many codes to mobiles are kept.
    fn kept(&self) -> i64 {
        let database = rusqlite::Connection::open(self.house.database()).unwrap();
        database.query_row("SELECT count(*) FROM mobile_code", [], |row| row.get(0)).unwrap()
    }
}

/// A refusal with this sentence, which marks these fields.
fn refused(answer: &HttpAnswer, sentence: &str, marks: &[&str]) {
    assert!((400..500).contains(&answer.status) && answer.text.contains(sentence), "{sentence}: {answer:?}");
    for id in marks {
        let tag = answer.text.split('<').find(|tag| tag.contains(&format!(" id=\"{id}\""))).unwrap();
        assert!(tag.contains("aria-invalid=\"true\""), "{id}: {tag}");
    }
}

#[test]
fn trn_07_a_citizen_without_mail_makes_it_final_with_both_codes_and_has_every_message_on_the_mobile() {
    let hub = MobileHouse::open("");
    let mut agent = hub.agent();
    // Another telephone that the agent wrote down is not the citizen's word.
    let page = hold(&mut agent);
    let left = agent.post(&page, &page, &for_citizen("", MOBILE, "694 007 7777"));
    assert!(location(&left).starts_with("/agent?entrusted="), "{left:?}");
    let codes = hub.codes(0);
    for said in ["Η Στροφή", "ΚΕΠ Δήμου Αγίου Νικολάου", CONFIRM] {
        assert!(codes.text.contains(said), "{said}: {}", codes.text);
    }
    assert!(!codes.text.contains("Μαθητεύουσα"), "nobody is named: {}", codes.text);
    let list = agent.get("/agent").text;
    assert!(list.contains(NAME) && list.contains("Περιμένει τον πολίτη έως"), "{list}");
    // The page is named on the front page and on the office's own.
    for page in ["/", "/office/kep"] {
        assert!(FormBrowser::new(&hub.house).get(page).text.contains("href=\"/confirm\""), "{page}");
    }
    let mut browser = FormBrowser::new(&hub.house);
    let written = codes.booking.to_lowercase();
    let dashed = codes.code.replace(' ', "-");
    let led = browser.post(CONFIRM, CONFIRM, &[("booking", &written), ("code", &dashed)]);
    let review = location(&led).to_owned();
    assert!(review.ends_with("/review") && !review.contains(&codes.reference()), "{led:?}");
    let page = browser.get(&review);
    assert!(page.text.contains(NAME) && page.text.contains("+30 694 001 2345"), "{page:?}");
    let confirm = review.replace("/review", "/confirm");
    let version = page.text.split_once("name=\"version\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let booked = browser.post(&review, &confirm, &[("consent", "yes"), ("version", &version)]);
    let manage = location(&booked).to_owned();
    let page = browser.get(&manage);
    assert!(page.status == 200 && page.text.contains("με SMS στο κινητό σας"), "{page:?}");
    // The confirmation goes to the mobile, and so does what comes later.
    wait(|| (written_to(&hub.taken, KEPT).len() == 2).then_some(()), "the confirmation");
    assert!(written_to(&hub.taken, KEPT)[1].contains(&codes.booking), "{:?}", written_to(&hub.taken, KEPT));
    let cancel = format!("{}/cancel", manage.split('?').next().unwrap());
    assert_eq!(browser.post(&cancel, &cancel, &[]).status, 303);
    wait(|| (written_to(&hub.taken, KEPT).len() == 3).then_some(()), "that it was given up");
    assert!(written_to(&hub.taken, "+306940077777").is_empty());
    // The code is used up, and nothing of it is left.
    refused(&hub.types(&codes.booking, &codes.code), WRONG, &["booking", "code"]);
    assert_eq!(hub.kept(), 0);
    let log = hub.house.log();
    for secret in ["6940012345", "694 001", "Μαθητεύουσα", codes.code.as_str(), &codes.code.replace(' ', "")]
    {
        assert!(!log.contains(secret), "the log says {secret}");
    }
    assert!(!log.contains(&codes.reference()), "nor the booking's code");
}

#[test]
fn trn_07_three_wrong_tries_need_a_new_code_and_the_older_one_is_right_no_more() {
    let hub = MobileHouse::open("");
    let mut agent = hub.agent();
    leave(&mut agent, MOBILE);
    let first = hub.codes(0);
    // What cannot be a code is told so, and is no try; the booking's code stays.
    for (booking, code, sentence, mark) in [
        ("C2D3", first.code.as_str(), "Ο κωδικός ραντεβού έχει οκτώ γράμματα και ψηφία", "booking"),
        (first.booking.as_str(), "1234", "Ο κωδικός SMS έχει οκτώ ψηφία", "code"),
        (first.booking.as_str(), "1234 567x", "Ο κωδικός SMS έχει οκτώ ψηφία", "code"),
        (first.booking.as_str(), "", "Ο κωδικός SMS έχει οκτώ ψηφία", "code"),
    ] {
        let answer = hub.types(booking, code);
        refused(&answer, sentence, &[mark]);
        assert!(answer.text.contains(&format!("value=\"{booking}\"")), "{answer:?}");
    }
    // A booking that is none, and one with another's code: the same words.
    refused(&hub.types("C2D3 F4G5", &first.code), WRONG, &["booking", "code"]);
    for _ in 0..3 {
        refused(&hub.types(&first.booking, &first.wrong()), WRONG, &["booking", "code"]);
    }
    refused(&hub.types(&first.booking, &first.code), WRONG, &["booking", "code"]);
    // At once after the first there is none on its way that would be right: another is sent.
    let sent = hub.asks_again(&first.booking);
    assert!(sent.status == 200 && sent.text.contains("στείλαμε νέο κωδικό"), "{sent:?}");
    let second = hub.codes(1);
    assert_ne!(first.code, second.code);
    // Pressed twice it is sent once.
    assert_eq!(hub.asks_again(&first.booking).status, 200);
    refused(&hub.types(&first.booking, &first.code), WRONG, &[]);
    assert!(location(&hub.types(&second.booking, &second.code)).ends_with("/review"));
    hub.machine.set("2026-11-24T09:01:10+02:00");
    assert_eq!(hub.asks_again(&first.booking).status, 200);
    let third = hub.codes(2);
    // Three a day, whoever asks: the page, a clerk, the agent for another booking.
    hub.machine.set("2026-11-24T09:02:10+02:00");
    let enough = "στάλθηκαν ήδη τρεις κωδικοί σήμερα";
    let answer = hub.asks_again(&first.booking);
    assert_eq!(answer.status, 429);
    refused(&answer, enough, &[]);
    let page = format!("/staff/kep/bookings/{}", first.reference());
    refused(&hub.clerk().post(&page, &format!("{page}/new-code"), &[]), enough, &[]);
    let other = hold(&mut agent);
    let answer = agent.post(&other, &other, &for_citizen("", "+30 694 001 2345", ""));
    refused(&answer, enough, &[]);
    assert!(
        answer.text.contains("value=\"+30 694 001 2345\"") && answer.text.contains(NAME),
        "nothing is lost: {answer:?}"
    );
    // What was sent last is right all the same; whoever asks about a booking that is none hears what all hear.
    assert!(location(&hub.types(&third.booking, &third.code)).ends_with("/review"));
    let nobody = hub.asks_again("C2D3 F4G5");
    assert!(
        nobody.status == 200 && nobody.text.contains("Αν κάποιο ραντεβού με αυτόν τον κωδικό περιμένει"),
        "{nobody:?}"
    );
    refused(&hub.asks_again("x"), "οκτώ γράμματα και ψηφία", &["booking-again"]);
    assert_eq!(written_to(&hub.taken, KEPT).len(), 3);
    // In English too.
    let mut english = FormBrowser::new(&hub.house);
    english.get("/confirm?lang=en");
    let answer = english.post(CONFIRM, CONFIRM, &[("booking", &third.booking), ("code", &third.wrong())]);
    refused(&answer, "The two codes do not match", &["booking", "code"]);
}

#[test]
fn trn_07_whoever_tries_codes_out_is_stopped_by_their_network() {
    let hub = MobileHouse::open("");
    let tried: Vec<u16> = (0..25).map(|_| hub.types("C2D3 F4G5", "1234 5678").status).collect();
    assert_eq!(tried.iter().filter(|status| **status == 422).count(), 20, "{tried:?}");
    assert_eq!(tried.last(), Some(&429));
    hub.machine.set("2026-11-24T09:01:15+02:00");
    assert_eq!(hub.types("C2D3 F4G5", "1234 5678").status, 422, "one more each minute");
}

#[test]
fn trn_07_a_code_is_good_as_long_as_the_time_is_kept() {
    let mut hub = MobileHouse::open("");
    let codes = {
        let mut agent = hub.agent();
        leave(&mut agent, MOBILE);
        let codes = hub.codes(0);
        // An agent who takes it back takes the code with it.
        let page = agent.get("/agent").text;
        let booking = page.split_once("name=\"booking\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
        assert_eq!(agent.post("/agent", "/agent/withdraw", &[("booking", &booking)]).status, 303);
        refused(&hub.types(&codes.booking, &codes.code), WRONG, &[]);
        assert_eq!(hub.asks_again(&codes.booking).status, 200, "nobody is told what became of it");
        assert_eq!(hub.kept(), 0);
        leave(&mut agent, MOBILE);
        hub.codes(1)
    };
    // The time is this afternoon: until then, over a kill too, and no longer.
    assert!(codes.text.contains("έως Τρί 24/11 14:30"), "{}", codes.text);
    hub.house.kill();
    hub.machine.set("2026-11-24T14:29:00+02:00");
    hub.house.serve_on(&hub.machine);
    assert!(location(&hub.types(&codes.booking, &codes.code)).ends_with("/review"));
    hub.house.stop();
    hub.machine.set("2026-11-24T14:30:10+02:00");
    hub.house.serve_on(&hub.machine);
    refused(&hub.types(&codes.booking, &codes.code), WRONG, &["booking", "code"]);
    hub.house.stop();
    hub.machine.set("2026-11-25T09:00:10+02:00");
    hub.house.serve_on(&hub.machine);
    // Another day has its own three codes.
    let mut agent = FormBrowser::new(&hub.house);
    let way = location(&agent.get("/agent/login")).to_owned();
    let fields = [("name", "school@example.gr"), ("password", PASSWORD), ("next", "/agent")];
    assert_eq!(location(&agent.post(&way, "/login", &fields)), "/agent");
    leave(&mut agent, MOBILE);
    hub.codes(2);
    // At night the number of whoever did not answer is forgotten.
    drop(agent);
    hub.house.stop();
    hub.machine.set("2026-11-27T09:00:00+02:00");
    hub.house.serve_on(&hub.machine);
    wait(|| (hub.kept() == 0).then_some(()), "the number is forgotten");
}

#[test]
fn trn_07_only_mobiles_of_countries_that_the_office_writes_to_and_never_the_agents_own() {
    let hub = MobileHouse::open("countries = [\"30\", \"357\"]\n");
    let mut agent = hub.agent();
    let page = hold(&mut agent);
    let form = agent.get(&page).text;
    assert!(form.contains("name=\"citizen-mobile\"") && form.contains("Ή κινητό του πολίτη"), "{form}");
    for (mobile, sentence) in [
        ("28410 12345", "Σε αυτόν τον αριθμό δεν στέλνουμε SMS"),
        ("+44 7400 123456", "Σε αυτόν τον αριθμό δεν στέλνουμε SMS"),
        ("694", "λείπουν ψηφία"),
        ("κινητό", "γράμματα ή σύμβολα"),
        ("694 009 9999", "όχι το δικό σας"),
    ] {
        let answer = agent.post(&page, &page, &for_citizen("", mobile, "2841012345"));
        refused(&answer, sentence, &["citizen-mobile"]);
        assert!(answer.text.contains(&format!("value=\"{mobile}\"")) && answer.text.contains(NAME), "{answer:?}");
    }
    let answer = agent.post(&page, &page, &for_citizen("", "", "2841012345"));
    refused(&answer, "Γράψτε το e-mail του πολίτη ή, αν δεν έχει, το κινητό του", &["citizen-email"]);
    let answer = agent.post(&page, &page, &for_citizen("nobody", MOBILE, ""));
    refused(&answer, "onoma@example.gr", &["citizen-email"]);
    agent.get(&format!("{page}?lang=en"));
    let answer = agent.post(&page, &page, &for_citizen("", "+44 7400 123456", "2841012345"));
    refused(&answer, "We send no SMS to this number", &["citizen-mobile"]);
    // With an address the mail goes there; the telephone of the details is as good as the field of its own.
    let left = agent.post(&page, &page, &for_citizen("maria@example.gr", MOBILE, ""));
    assert!(location(&left).starts_with("/agent?entrusted="), "{left:?}");
    letter_to(&hub.house, "entrusted", "maria@example.gr");
    let page = hold(&mut agent);
    let left = agent.post(&page, &page, &for_citizen("", "", "+357 96 123456"));
    assert!(location(&left).starts_with("/agent?entrusted="), "{left:?}");
    let codes = SentCodes::wait(&hub.taken, "+35796123456", 0);
    assert!(codes.text.contains("SMS code"), "in the language of the page: {}", codes.text);
    assert!(written_to(&hub.taken, KEPT).is_empty());
    // Where the hub has no way to a mobile, nothing is asked of one, and nothing promised.
    let plain = ProgramHouse::new();
    assert!(!FormBrowser::new(&plain).get("/").text.contains("href=\"/confirm\""));
    assert_eq!(FormBrowser::new(&plain).get(CONFIRM).status, 200);
}

#[test]
fn trn_07_a_code_that_is_told_to_a_clerk_makes_it_final_once_the_notice_was_read() {
    let hub = MobileHouse::open("");
    let mut agent = hub.agent();
    leave(&mut agent, MOBILE);
    let codes = hub.codes(0);
    let mut clerk = hub.clerk();
    // Found by its code, and by nothing else.
    let search = |clerk: &mut FormBrowser<'_>, wanted: &str| {
        clerk.post("/staff/kep/bookings", "/staff/kep/bookings", &[("wanted", wanted)]).text
    };
    assert!(search(&mut clerk, &codes.booking).contains("Από διεκπεραιωτή, δεν έχει οριστικοποιηθεί"));
    assert!(!search(&mut clerk, "Μαθητεύουσα").contains("Από διεκπεραιωτή, δεν έχει οριστικοποιηθεί"));
    let page = format!("/staff/kep/bookings/{}", codes.reference());
    let told = format!("{page}/told-code");
    let shown = clerk.get(&page).text;
    for said in [NAME, "+30 694 001 2345", "Περιμένει τον κωδικό του πολίτη", "Διάβασα την ενημέρωση"]
    {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    assert!(!shown.contains(&codes.code) && !shown.contains(&codes.code.replace(' ', "")), "the code is the citizen's");
    refused(&clerk.post(&page, &told, &[("code", &codes.code)]), "Διαβάστε την ενημέρωση", &["told"]);
    for malformed in ["", "1234", "χωρίς"] {
        let answer = clerk.post(&page, &told, &[("code", malformed), ("told", "yes")]);
        refused(&answer, "Ο κωδικός SMS έχει οκτώ ψηφία", &["told-code"]);
    }
    for _ in 0..2 {
        let wrong = clerk.post(&page, &told, &[("code", &codes.wrong()), ("told", "yes")]);
        refused(&wrong, "Ο κωδικός SMS δεν είναι σωστός ή δεν ισχύει πια", &["told-code"]);
        assert!(wrong.text.contains("value=\"yes\" checked"), "{wrong:?}");
    }
    let right = clerk.post(&page, &told, &[("code", &codes.code.replace(' ', "")), ("told", "yes")]);
    assert_eq!(location(&right), format!("{page}?done=told-code"));
    let shown = clerk.get(location(&right)).text;
    assert!(shown.contains("Το ραντεβού οριστικοποιήθηκε") && shown.contains(NAME), "{shown}");
    assert!(!shown.contains("name=\"told\""), "{shown}");
    wait(|| (written_to(&hub.taken, KEPT).len() == 2).then_some(()), "the confirmation goes to the mobile");
    assert!(agent.get("/agent").text.contains("Ισχύει"));
    refused(&hub.types(&codes.booking, &codes.code), WRONG, &[]);
    // What they agreed to is kept with the booking.
    let database = rusqlite::Connection::open(hub.house.database()).unwrap();
    let consents: i64 = database
        .query_row("SELECT count(*) FROM people WHERE consent_version IS NOT NULL", [], |row| row.get(0))
        .unwrap();
    assert_eq!((consents, hub.kept()), (1, 0));
    // Three wrong ones: the page offers a new code, and nothing else.
    leave(&mut agent, "6940054321");
    let other = SentCodes::wait(&hub.taken, "+306940054321", 0);
    let page = format!("/staff/kep/bookings/{}", other.reference());
    for _ in 0..3 {
        clerk.post(&page, &format!("{page}/told-code"), &[("code", &other.wrong()), ("told", "yes")]);
    }
    let shown = clerk.get(&page).text;
    assert!(shown.contains("τρεις φορές λάθος") && !shown.contains("id=\"told-code\""), "{shown}");
    let sent = clerk.post(&page, &format!("{page}/new-code"), &[]);
    assert_eq!(location(&sent), format!("{page}?done=new-code"));
    let second = SentCodes::wait(&hub.taken, "+306940054321", 1);
    let right = clerk.post(&page, &format!("{page}/told-code"), &[("code", &second.code), ("told", "yes")]);
    assert_eq!(location(&right), format!("{page}?done=told-code"));
}

#[test]
fn trn_07_fld_23_of_who_does_not_agree_nothing_is_left() {
    let hub = MobileHouse::open("");
    let mut agent = hub.agent();
    leave(&mut agent, MOBILE);
    let codes = hub.codes(0);
    let mut browser = FormBrowser::new(&hub.house);
    let led = browser.post(CONFIRM, CONFIRM, &[("booking", &codes.booking), ("code", &codes.code)]);
    let review = location(&led).to_owned();
    let refusal = browser.post(&review, &review.replace("/review", "/confirm"), &[("consent", "no")]);
    assert!(refusal.status == 200 && refusal.text.contains("σταμάτησε"), "{refusal:?}");
    assert_eq!(hub.kept(), 0);
    refused(&hub.types(&codes.booking, &codes.code), WRONG, &[]);
    let bytes = std::fs::read(hub.house.database()).unwrap();
    assert!(!bytes.windows(KEPT.len()).any(|bytes| bytes == KEPT.as_bytes()), "the number is overwritten");
}
