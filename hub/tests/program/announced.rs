//! What staff announce reaches whoever it is about: why a time was moved or given up, what is to be put right and by when, what is
//! suspended until when, and that today will not reach somebody (FLD-15, FLD-30, FLD-35, TRN-09).

use serde_json::{Value, json};

use crate::{
    house::{ProgramHouse, fresh_id},
    http::HttpAnswer,
    letters::{letter_to, link},
    lock::{sign_in, wait},
    pages::FormBrowser,
};

const BOOKINGS: &str = "/api/v1/offices/kep/bookings";
const CLOSURES: &str = "/staff/kep/bookings/closures";
const HOURS: &str = "/staff/kep/bookings/hours";
const HOUSE: &str = "/staff/kep/house";

/// The `nth` free time of a service.
fn free(house: &ProgramHouse, admin: &str, service: &str, nth: usize) -> String {
    let path = format!("/api/v1/offices/kep/slots?service={service}&internal=true&from=2026-11-25&days=20");
    house.get(admin, &path).ok()["slots"][nth]["start"].as_str().unwrap().to_owned()
}

/// Somebody has a booking at a time; its number, its code, and its page.
fn book(house: &ProgramHouse, admin: &str, start: &str, email: &str, language: &str) -> (String, String, String) {
    let wish = json!({"service": "driving-licence", "start": start, "name": "Μαρία Παπαδάκη", "email": email,
        "phone": "6940000000", "language": language});
    let booked = house.post_as(admin, &fresh_id(), BOOKINGS, &wish).ok();
    let mail = letter_to(house, "confirmation", email);
    let link = link(&mail, "/booking/kep.");
    (link.split('.').nth(1).unwrap().to_owned(), booked["reference"].as_str().unwrap().to_owned(), link)
}

/// A booking's page, in a language.
fn page(house: &ProgramHouse, link: &str, language: &str) -> String {
    let page = FormBrowser::new(house).get(&format!("{link}?lang={language}"));
    assert_eq!(page.status, 200, "{page:?}");
    page.text
}

/// What stands between two marks.
fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let rest = page.split_once(from).unwrap_or_else(|| panic!("no {from} in {page}")).1;
    rest.split(to).next().unwrap()
}

fn all_in(page: &str, words: &[&str]) {
    for word in words {
        assert!(page.contains(word), "no «{word}» in {page}");
    }
}

fn none_in(page: &str, words: &[&str]) {
    for word in words {
        assert!(!page.contains(word), "«{word}» in {page}");
    }
}

#[test]
fn fld_15_what_the_office_moves_or_gives_up_says_why_from_when_and_to_when() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let (moved_id, _, moved) = book(&house, &admin, &free(&house, &admin, "driving-licence", 0), "m@example.gr", "el");
    let (given_up_id, _, given_up) =
        book(&house, &admin, &free(&house, &admin, "driving-licence", 1), "g@example.gr", "en");
    none_in(&page(&house, &moved, "el"), &["Λυπούμαστε", "<del>"]);
    // The closure begins in the middle of the first: it is met all the same.
    let mut browser = sign_in(&house, "admin");
    let instead = free(&house, &admin, "driving-licence", 60);
    let choice = [format!("booking-{moved_id}"), format!("booking-{given_up_id}")];
    let closed = browser.post(
        CLOSURES,
        CLOSURES,
        &[
            ("command", &fresh_id()),
            ("day", "2026-11-25"),
            ("from", "08:05"),
            ("to", "12:00"),
            ("el", "Απεντόμωση του κτιρίου"),
            ("en", "Pest control in the building"),
            (&choice[0], &instead),
            (&choice[1], "cancel"),
        ],
    );
    assert_eq!(closed.status, 303, "{closed:?}");
    let shown = page(&house, &moved, "el");
    all_in(
        &shown,
        &[
            "Λυπούμαστε. Αναγκαστήκαμε να αλλάξουμε την ώρα του ραντεβού σας.",
            "Ο λόγος: Απεντόμωση του κτιρίου",
            "<del><span class=\"unseen\">Ήταν:</span> Τετάρτη 25 Νοεμβρίου, 08:00</del>",
            "Άλλη ώρα",
        ],
    );
    none_in(&shown, &["Το ραντεβού σας ισχύει."]);
    assert_eq!(shown.matches("govgr-btn-primary").count(), 1, "one action: {shown}");
    // Also where the browser still says that it was just booked.
    all_in(&page(&house, &format!("{moved}?new=1"), "el").replace("?new=1?", "?"), &["Αναγκαστήκαμε να αλλάξουμε"]);
    let shown = page(&house, &moved, "en");
    all_in(&shown, &["We are sorry. We had to change the time", "The reason: Pest control in the building", "Before:"]);

    let shown = page(&house, &given_up, "en");
    all_in(
        &shown,
        &[
            "We are sorry. We had to cancel your appointment.",
            "The reason: Pest control in the building",
            "<del><span class=\"unseen\">No longer holds:</span> Wednesday 25 November, 08:",
        ],
    );
    all_in(&page(&house, &format!("{given_up}/documents"), "en"), &["(no longer holds)"]);

    // Whoever chooses another time then has moved it by themselves.
    let change = format!("{moved}/change");
    let times = FormBrowser::new(&house).get(&change).text;
    let start = between(&times, "name=\"start\" value=\"", "\"").to_owned();
    let went = FormBrowser::new(&house).post(&change, &change, &[("start", &start)]);
    assert_eq!(went.status, 303, "{went:?}");
    let shown = page(&house, &moved, "el");
    none_in(&shown, &["Λυπούμαστε", "Απεντόμωση"]);
    all_in(&shown, &["Το ραντεβού σας ισχύει."]);
    house.verify().unwrap();
}

#[test]
fn fld_15_the_reason_for_other_hours_reaches_whom_they_shut_out() {
    let mut house = ProgramHouse::new();
    let admin = house.admin();
    let start = free(&house, &admin, "driving-licence", 0);
    let (id, _, moved) = book(&house, &admin, &start, "m@example.gr", "el");
    let mut browser = sign_in(&house, "admin");
    // From a day on, without an end; and what was typed stands in the mail as on the page.
    let mut fields =
        vec![("command".to_owned(), fresh_id()), ("first".into(), "2026-11-25".into()), ("look".into(), "1".into())];
    fields.extend((1..=5).map(|day| (format!("day-{day}"), "10:00–15:00".to_owned())));
    fields.extend([("el".into(), "Λιγότερο προσωπικό".into()), ("en".into(), "Fewer staff".into())]);
    fields.push((format!("booking-{id}"), "2026-11-26T08:00:00Z".to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let changed = browser.post(HOURS, HOURS, &fields);
    assert_eq!(changed.status, 303, "{changed:?}");
    all_in(&page(&house, &moved, "el"), &["Αναγκαστήκαμε να αλλάξουμε", "Ο λόγος: Λιγότερο προσωπικό"]);
    all_in(&letter_to(&house, "moved-by-office", "m@example.gr"), &["Λιγότερο προσωπικό"]);
    // It is known after a restart, from snapshot and journal alike.
    house.stop();
    house.start();
    all_in(&page(&house, &moved, "el"), &["Ο λόγος: Λιγότερο προσωπικό", "Ήταν:"]);
    house.verify().unwrap();
}

/// Staff ask for a correction, until ten on the day before.
fn ask(house: &ProgramHouse, reference: &str, because: &str, note: &str) {
    let mut browser = sign_in(house, "admin");
    let page = format!("/staff/kep/bookings/{reference}");
    let command = fresh_id();
    let fields = [
        ("command", command.as_str()),
        ("because", because),
        ("note", note),
        ("until-date", "2026-11-24"),
        ("until-time", "18:00"),
    ];
    let asked = browser.post(&page, &format!("{page}/correction"), &fields);
    assert_eq!(asked.status, 303, "{asked:?}");
}

/// Sends a file as a form does.
fn send(house: &ProgramHouse, link: &str, file: &[u8]) -> HttpAnswer {
    let mut browser = FormBrowser::new(house);
    let csrf = browser.csrf(&format!("{link}/documents"));
    let cookies = browser.cookies();
    let part = |name: &str| format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"");
    let head = format!("{}\r\n\r\n{csrf}\r\n{}; filename=\"page.pdf\"\r\n\r\n", part("csrf"), part("file"));
    let body = [head.as_bytes(), file, b"\r\n--edge--\r\n"].concat();
    let headers = [
        ("cookie", cookies.as_str()),
        ("content-type", "multipart/form-data; boundary=edge"),
        ("sec-fetch-site", "same-origin"),
    ];
    crate::http::ask(&house.address, "POST", &format!("{link}/documents"), &headers, &body)
}

#[test]
fn trn_09_what_is_to_be_put_right_stands_first_with_its_deadline_and_leads_where_it_is_done() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let start = free(&house, &admin, "driving-licence", 3);
    let (_, reference, link) = book(&house, &admin, &start, "m@example.gr", "el");
    ask(&house, &reference, "documents-missing", "Λείπει η δεύτερη σελίδα.");
    // While the rule is tolerated, the mail says so as the page does.
    let told = letter_to(&house, "correction-asked", "m@example.gr");
    all_in(&told, &["Χρειάζεται μια διόρθωση έως", "το ραντεβού σας ισχύει, αλλά φέρτε μαζί σας όσα λείπουν"]);
    none_in(&told, &["Για να μην ακυρωθεί"]);
    let shown = page(&house, &link, "el");
    let first = between(&shown, "<main", "</main>");
    all_in(first, &["Χρειάζεται διόρθωση έως τις 18:00", "Λείπει η δεύτερη σελίδα."]);
    assert!(first.find("έως τις 18:00") < first.find("class=\"facts\""), "{first}");
    none_in(&shown, &["Το ραντεβού σας ισχύει."]);
    assert_eq!(shown.matches("govgr-btn-primary").count(), 1, "nothing competes with the one action: {shown}");
    let action = between(first, "govgr-btn-primary\" href=\"", "\"");
    assert_eq!(action, format!("{link}/documents"));
    // An old link to the form of details leads to where it is done, too.
    let led = FormBrowser::new(&house).get(&format!("{link}/correct"));
    assert!(led.status == 303 && led.headers.contains(&format!("location: {link}/documents")), "{led:?}");
    all_in(&page(&house, &format!("{link}/documents"), "el"), &["Χρειάζεται διόρθωση έως", "Λείπει η δεύτερη σελίδα."]);
    // What was asked for has come: nobody needs to press anything else.
    assert_eq!(send(&house, &link, b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n").status, 303);
    all_in(&page(&house, &link, "el"), &["Το ραντεβού σας ισχύει."]);
    letter_to(&house, "corrected", "m@example.gr");
    let documents = FormBrowser::new(&house).get(&format!("{link}/documents?corrected=1")).text;
    all_in(&documents, &["Λάβαμε το έγγραφο που ζητήσαμε."]);

    let (_, reference, link) = book(&house, &admin, &free(&house, &admin, "driving-licence", 4), "d@example.gr", "en");
    ask(&house, &reference, "details-wrong", "");
    let shown = page(&house, &link, "en");
    all_in(&shown, &["A correction is needed until 18:00", "your appointment is not cancelled"]);
    assert_eq!(between(&shown, "govgr-btn-primary\" href=\"", "\""), format!("{link}/correct"));
    assert_eq!(send(&house, &link, b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n").status, 303);
    all_in(&page(&house, &link, "en"), &["A correction is needed"]);
}

#[test]
fn fld_30_what_is_suspended_is_said_on_the_pages_and_by_the_api() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let start = free(&house, &admin, "driving-licence", 0);
    let (_, _, link) = book(&house, &admin, &start, "m@example.gr", "el");
    let mut browser = sign_in(&house, "admin");
    let suspend = |browser: &mut FormBrowser<'_>, scope: &str, until: &str| {
        let command = fresh_id();
        let fields =
            [("command", command.as_str()), ("scope", scope), ("until", until), ("el", "Βλάβη στο μητρώο"), ("en", "")];
        let done = browser.post(HOUSE, &format!("{HOUSE}/suspend"), &fields);
        assert!(done.status == 303 && done.headers.contains("done=suspend"), "{done:?}");
    };
    let resume = |browser: &mut FormBrowser<'_>, scope: &str| {
        let command = fresh_id();
        let done = browser.post(HOUSE, &format!("{HOUSE}/resume"), &[("command", &command), ("scope", scope)]);
        assert_eq!(done.status, 303, "{done:?}");
    };
    let slots = || house.get("", "/api/v1/offices/kep/slots?service=driving-licence").ok();
    assert_eq!(slots()["suspended"], Value::Null);
    let front = |language: &str| FormBrowser::new(&house).get(&format!("/?lang={language}")).text;
    none_in(&front("el"), &["δεν παρέχεται"]);
    let mut proven = crate::twice::proven(&house, "anna@example.gr");

    suspend(&mut browser, "service:driving-licence", "");
    all_in(&front("el"), &["Προσωρινά δεν παρέχεται"]);
    // Who wrote Greek alone is read in Greek.
    let times = proven.get("/book/kep/driving-licence").text;
    all_in(&times, &["δεν παρέχεται προσωρινά, έως νεότερη ενημέρωση", "Βλάβη στο μητρώο", "καλέστε την υπηρεσία"]);
    none_in(&times, &["Δοκιμάστε ξανά αύριο"]);
    none_in(&proven.get("/book/kep/driving-licence?view=list").text, &["Δοκιμάστε ξανά αύριο"]);
    all_in(&proven.get("/book/kep/driving-licence?lang=en").text, &["not given at present", "Βλάβη στο μητρώο"]);
    all_in(&proven.get("/book/service?lang=en").text, &["Not given at present"]);
    let told = slots();
    assert_eq!((&told["suspended"]["until"], &told["slots"]), (&Value::Null, &json!([])));
    assert_eq!(told["suspended"]["because"]["el"], "Βλάβη στο μητρώο");
    all_in(&page(&house, &link, "el"), &["δεν παρέχεται προσωρινά", "Το ραντεβού σας κρατείται."]);
    resume(&mut browser, "service:driving-licence");
    none_in(&page(&house, &link, "el"), &["δεν παρέχεται προσωρινά"]);

    // Until a time: there are times after it.
    suspend(&mut browser, "service:driving-licence", "13:00");
    let times = proven.get("/book/kep/driving-licence?lang=el").text;
    all_in(&times, &["δεν παρέχεται προσωρινά, έως τις 13:00", "μία από τις ώρες που βλέπετε", "class=\"days\""]);
    assert_eq!(slots()["suspended"]["until"], "2026-11-24T11:00:00Z");
    resume(&mut browser, "service:driving-licence");

    // Every desk that serves it is stopped.
    let desks = |all: &[u16], act: &mut dyn FnMut(&str)| all.iter().for_each(|desk| act(&format!("desk:{desk}")));
    desks(&[3], &mut |scope| suspend(&mut browser, scope, ""));
    assert_eq!(slots()["suspended"], Value::Null, "the other desk goes on");
    desks(&[4], &mut |scope| suspend(&mut browser, scope, ""));
    assert_eq!(slots()["suspended"]["because"]["el"], "Βλάβη στο μητρώο");
    all_in(&proven.get("/book/kep/driving-licence").text, &["δεν παρέχεται προσωρινά"]);
    desks(&[3, 4], &mut |scope| resume(&mut browser, scope));

    suspend(&mut browser, "tickets", "13:00");
    all_in(&front("el"), &["δεν δίνονται αριθμοί χωρίς ραντεβού, έως τις 13:00", "Όσοι έχουν ραντεβού"]);
    none_in(&front("el"), &["Προσωρινά δεν παρέχεται"]);
}

#[test]
fn fld_35_whom_today_will_not_reach_is_told_so_and_offered_a_booking_first() {
    let mut house = ProgramHouse::files();
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    // A minute is a second, from an hour before closing.
    house.start_at("2026-11-24T13:55:00+02:00", "60");
    let admin = house.admin();
    house.desk(&admin, 1, "open", &json!({})).ok();
    let (kiosk, _) = house.pair(&admin, "kiosk");
    let visits: Vec<String> = (0..14)
        .map(|_| {
            let wish = json!({"service": "family-status"});
            let ticket = house.post_as(&kiosk, &fresh_id(), "/api/v1/offices/kep/tickets", &wish).ok();
            ticket["visit"].as_str().unwrap().to_owned()
        })
        .collect();
    let last = format!("/v/{}", visits[13]);
    let read = |language: &str| FormBrowser::new(&house).get(&format!("{last}?lang={language}")).text;
    let first = read("el");
    all_in(&first, &["Παρακαλούμε περιμένετε"]);
    wait(|| read("el").contains("Σήμερα δεν προλαβαίνουμε"), "whom today will not reach is told");
    let shown = read("el");
    all_in(&shown, &["Κλείστε νέο ραντεβού", "service=family-status"]);
    none_in(&shown, &["Παρακαλούμε περιμένετε"]);
    all_in(&read("en"), &["We will not get to you today", "If somebody leaves"]);
    // Who is reached goes on waiting.
    let next = FormBrowser::new(&house).get(&format!("/v/{}?lang=el", visits[0])).text;
    none_in(&next, &["δεν προλαβαίνουμε"]);
}

#[test]
fn trn_10_files_as_telephones_and_offices_make_them_are_taken_or_explained() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let (_, _, link) = book(&house, &admin, &free(&house, &admin, "driving-licence", 0), "m@example.gr", "en");
    for taken in [
        &b"\xef\xbb\xbf%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"[..],
        b"\r\n%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n",
        include_bytes!("../../uploads/samples/aes-256.pdf"),
        include_bytes!("../../uploads/samples/rc4-40.pdf"),
    ] {
        assert_eq!(send(&house, &link, taken).status, 303);
    }
    let photograph = send(&house, &link, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic");
    assert_eq!(photograph.status, 422);
    all_in(&photograph.text, &["HEIC", "iPhone", "Android", "<ol class=\"steps\">", "στιγμιότυπο"]);
    let shut = send(&house, &link, include_bytes!("../../uploads/samples/aes-256-user.pdf"));
    all_in(&shut.text, &["προστατευμένο με κωδικό"]);
    let script = send(&house, &link, include_bytes!("../../uploads/samples/aes-128-script.pdf"));
    assert_eq!(script.status, 422, "{script:?}");
}
