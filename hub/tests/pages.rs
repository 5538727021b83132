//! The pages through the real program, without scripts: a booking from the address to its end, and a clerk's desk.

mod browser;

use browser::{BrowsedHub, GivenPage, PlainBrowser};

/// The path of the link in a mail.
fn link(mail: &str, mark: &str) -> String {
    let at = mail.find(mark).unwrap_or_else(|| panic!("no {mark} in {mail}"));
    mail[at..].split_whitespace().next().unwrap_or_default().to_owned()
}

fn ask_for_link(hub: &BrowsedHub, browser: &mut PlainBrowser<'_>) -> String {
    let page = browser.get("/book?office=kep&service=family-status");
    let work = page.work();
    let fields =
        [("email", "maria@example.gr"), ("office", "kep"), ("service", "family-status"), ("altcha", work.as_str())];
    let page = browser.post(&page, "/book", &fields);
    assert_eq!((page.status, page.path.as_str()), (200, "/book/sent"));
    link(&hub.mail("start"), "/book/start/")
}

fn hold(browser: &mut PlainBrowser<'_>, start: &str) -> GivenPage {
    let page = browser.get(start);
    let page = browser.post(&page, start, &[]);
    assert_eq!(page.path, "/book/kep/family-status");
    assert!(page.html.contains("name=\"cases\""), "FLD-32: the count comes before the calendar");
    let page = browser.get("/book/kep/family-status?cases=3");
    assert!(page.html.contains("3 υποθέσεις") && page.html.contains("20 λεπτά"), "{}", page.html);
    let time = page.after("name=\"start\" value=\"", '"').to_owned();
    browser.post(&page, "/book/kep/family-status", &[("start", &time), ("cases", "3")])
}

/// What somebody writes, whose name is hostile.
const DETAILS: [(&str, &str); 5] = [
    ("name", "<script>alert(1)</script>"),
    ("phone", "6940000000"),
    ("street", "Πλατεία 1"),
    ("postcode", "72100"),
    ("town", "=cmd|' /C calc'!A0"),
];

#[test]
fn card_07_a_booking_from_the_address_to_its_end() {
    let hub = BrowsedHub::start();
    let mut browser = PlainBrowser::new(&hub);
    let front = browser.get("/");
    assert!(front.html.contains("<html lang=\"el\">") && front.html.contains("Κλείστε ραντεβού"));
    assert!(browser.get("/?lang=en").html.contains("<html lang=\"en\">"));
    assert!(browser.get("/privacy").html.contains("Hellenic Data Protection Authority"), "the language stays (OMB-18)");
    browser.get("/?lang=el");

    let start = ask_for_link(&hub, &mut browser);
    // OMB-04: a mail scanner that opens the link uses nothing up.
    assert_eq!(PlainBrowser::new(&hub).get(&start).status, 200);
    let details = hold(&mut browser, &start);
    assert!(details.path.starts_with("/book/kep/hold/"), "{}", details.path);
    let again = browser.get(&start);
    let again = browser.post(&again, &start, &[]);
    assert_eq!(again.status, 200, "where the address is proven, the link goes on; elsewhere it is good once (OMB-04)");

    let long = "Α".repeat(10_000);
    let refused = browser.post(&details, &details.path, &[("name", &long)]);
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("200 χαρακτήρες") && !refused.html.contains(&long));
    let review = browser.post(&details, &details.path, &DETAILS);
    assert!(review.path.ends_with("/review"), "{}: {}", review.path, review.html);
    assert!(!review.html.contains("<script>alert"), "shown as text");
    assert!(review.html.contains("&#60;script&#62;alert(1)"));
    assert!(review.html.contains("complaints@dpa.gr"), "OMB-10, OMB-18");
    assert!(review.html.contains("+30 694 000 0000"), "the number as it is kept");
    let confirm = format!("{}/confirm", details.path);
    let other = browser.post(&review, &confirm, &[("consent", "yes"), ("version", "000000000000")]);
    assert!(other.path.contains("/review?changed"), "OMB-12: nobody agrees to another text: {}", other.path);
    let version = review.after("name=\"version\" value=\"", '"').to_owned();
    let agreed = [("consent", "yes"), ("version", version.as_str())];
    let booked = browser.post(&review, &confirm, &agreed);
    assert!(
        booked.path.starts_with("/booking/") && booked.html.contains("Το ραντεβού σας κλείστηκε"),
        "{}",
        booked.path
    );
    let twice = browser.post(&review, &confirm, &agreed);
    assert_eq!(twice.path, booked.path, "pressed twice, it is one booking");

    let mail = hub.mail("confirmation");
    let manage = link(&mail, "/booking/");
    let code = booked.after("<dd class=\"code\">", '<').to_owned();
    assert!(mail.contains(&code) && booked.path.starts_with(&manage));
    assert!(PlainBrowser::new(&hub).get(&format!("{manage}/calendar.ics")).html.contains("METHOD:PUBLISH"));
    assert!(PlainBrowser::new(&hub).get(&format!("{manage}/qr.png")).headers.contains("image/png"));

    // OMB-15: by a button, never by opening the link.
    let ask = browser.get(&format!("{manage}/cancel"));
    assert!(browser.get(&manage).html.contains(&code), "still there");
    let gone = browser.post(&ask, &format!("{manage}/cancel"), &[]);
    assert!(gone.html.contains("έχει ακυρωθεί"), "{}", gone.html);
    assert!(hub.mail("cancelled").contains("ακυρώθηκε"));
    assert_eq!(hub.mails(), 3, "the link, the confirmation, the cancellation, once each");
}

#[test]
fn omb_03_a_link_is_sent_for_work_that_was_done_and_once_for_each() {
    let hub = BrowsedHub::start();
    let mut browser = PlainBrowser::new(&hub);
    let page = browser.get("/book");
    let without = browser.post(&page, "/book", &[("email", "a@example.gr")]);
    assert_eq!(without.status, 422);
    assert!(without.html.contains("Διαβάστε ή ακούστε"), "{}", without.html);
    let work = page.work();
    assert_eq!(browser.post(&page, "/book", &[("email", "a@example.gr"), ("altcha", &work)]).path, "/book/sent");
    let again = browser.post(&page, "/book", &[("email", "b@example.gr"), ("altcha", &work)]);
    assert_eq!(again.status, 422, "the same work a second time");
    let token = page.after("name=\"letters\" value=\"", '"').to_owned();
    assert!(browser.get(&format!("/book/letters/{token}.png")).headers.contains("image/png"));
    assert!(browser.get(&format!("/book/letters/{token}.wav")).headers.contains("audio/wav"));
    assert_eq!(browser.get("/book/letters/abc.png").status, 404);
    // FLD-33: a likely slip is questioned, and what was meant is one press away.
    let page = browser.get("/book");
    let slip = browser.post(&page, "/book", &[("email", "maria@gmial.com"), ("altcha", &page.work())]);
    assert!(slip.html.contains("Μήπως εννοείτε maria@gmail.com;"), "{}", slip.html);
    let meant = [("email", "maria@gmial.com"), ("instead", "maria@gmail.com"), ("altcha", &*slip.work())];
    let sent = browser.post(&slip, "/book", &meant);
    assert!(sent.path == "/book/sent" && sent.html.contains("maria@gmail.com"), "shown again: {}", sent.html);
    hub.wait_for_mails(2);
    assert!(hub.mail("start").contains("/book/start/"));
    assert_eq!(hub.mails(), 2, "one for each work that was done");
}

/// A picture of one point, as far as it is looked at: its size and its end.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0....\0\0\0\0IEND....";

#[test]
fn trn_10_documents_are_what_they_are_by_content() {
    let hub = BrowsedHub::start();
    let mut browser = PlainBrowser::new(&hub);
    let start = ask_for_link(&hub, &mut browser);
    let details = hold(&mut browser, &start);
    let review = browser.post(&details, &details.path, &DETAILS);
    let version = review.after("name=\"version\" value=\"", '"').to_owned();
    let confirm = format!("{}/confirm", details.path);
    let booked = browser.post(&review, &confirm, &[("consent", "yes"), ("version", &version)]);
    let link = booked.path.split('?').next().unwrap().to_owned();
    let documents = format!("{link}/documents");
    let page = browser.get(&documents);
    let sent = browser.send_file(&page, &documents, "../../ταυτότητα.pdf", b"%PDF-1.7 kept apart\n%%EOF\n");
    assert!(sent.status == 200 && sent.html.contains("ταυτότητα.pdf") && !sent.html.contains("../"), "{}", sent.html);
    for (name, bytes) in [("a.pdf", &b"PK\x03\x04"[..]), ("b.png", b"<script>alert(1)</script>"), ("c.jpg", b"")] {
        assert_eq!(browser.send_file(&page, &documents, name, bytes).status, 422, "{name}");
    }
    // A file that is made to be looked through for ever costs what its length allows, and no more.
    let endless = [&b"%PDF-1.7\n"[..], &b"obj/A85 stream\n".repeat(200_000), b"%%EOF\n"].concat();
    let refused = browser.send_file(&page, &documents, "e.pdf", &endless);
    assert!(refused.status == 422 && refused.html.contains("υπερβολικά πολλά μέρη"), "{}", refused.html);
    let large = [b"%PDF-", vec![b' '; 11 * 1024 * 1024].as_slice()].concat();
    assert_eq!(browser.send_file(&page, &documents, "large.pdf", &large).status, 413);
    assert_eq!(PlainBrowser::new(&hub).send_file(&page, &documents, "x.pdf", b"%PDF-").status, 401, "a foreign form");
    for number in 0..4 {
        browser.send_file(&page, &documents, &format!("{number}.png"), PNG);
    }
    assert_eq!(browser.send_file(&page, &documents, "sixth.png", PNG).status, 422, "five at most");
    assert_eq!(hub.uploads(), 5);
    // FLD-23: everything that is kept, to take along; and gone on their wish, the files too.
    // FLD-23: who has only the link takes nothing along.
    let asked = browser.get(&format!("{link}/data.json"));
    assert!(asked.path.ends_with("/code?to=data") && !asked.html.contains("+30 694 000 0000"), "{}", asked.html);
    let sent = browser.post(&asked, &format!("{link}/code/send"), &[("to", "data")]);
    let mail = hub.mail("code");
    let is_code = |line: &&str| line.len() == 9 && line.as_bytes()[4] == b' ' && !line.contains(char::is_alphabetic);
    let right = mail.lines().find(is_code).unwrap().to_owned();
    let wrong = format!("{}{}", &right[..8], if right.ends_with('0') { "1" } else { "0" });
    for _ in 0..4 {
        let page = browser.post(&sent, &format!("{link}/code?to=data"), &[("to", "data"), ("code", &wrong)]);
        assert_eq!(page.status, 422, "{}", page.html);
    }
    let page = browser.post(&sent, &format!("{link}/code?to=data"), &[("to", "data"), ("code", &right)]);
    assert!(page.status == 200 && page.html.contains("+30 694 000 0000"), "{}", page.html);
    let data = browser.get(&format!("{link}/data.json"));
    assert!(data.html.contains("ταυτότητα.pdf") && data.html.contains("+306940000000"), "{}", data.html);
    let ask = browser.get(&format!("{link}/erase"));
    let gone = browser.post(&ask, &format!("{link}/erase"), &[]);
    assert!(gone.html.contains("διαγράφηκαν"), "{}", gone.html);
    assert_eq!(hub.uploads(), 0);
    assert_eq!(browser.get(&format!("{link}/data.json")).status, 404);
    assert!(!browser.get(&link).html.contains("694"), "the booking's page names nobody");
}

#[test]
fn omb_11_no_consent_frees_the_time_and_keeps_nothing() {
    let hub = BrowsedHub::start();
    let mut browser = PlainBrowser::new(&hub);
    let start = ask_for_link(&hub, &mut browser);
    let details = hold(&mut browser, &start);
    let review = browser.post(&details, &details.path, &DETAILS);
    let page = browser.post(&review, &format!("{}/confirm", details.path), &[("consent", "no")]);
    assert!(page.html.contains("Η διαδικασία σταμάτησε"), "{}", page.html);
    assert!(browser.get(&details.path).path.starts_with("/book?over"), "the proof is given back with the time");
    assert_eq!(hub.mails(), 1);
}

#[test]
fn foreign_forms_and_forged_links_are_refused() {
    let hub = BrowsedHub::start();
    let mut browser = PlainBrowser::new(&hub);
    browser.get("/");
    assert_eq!(browser.post_foreign("/book", "email=maria%40example.gr").status, 401);
    assert_eq!(browser.post_foreign("/login", "csrf=x&name=admin&password=three-quiet-trains").status, 401);
    assert_eq!(browser.get("/booking/kep.1.AAAAAAAAAAAAAAAAAAAAAA").status, 404);
    assert_eq!(browser.get("/book/start/abc").status, 410);
    assert_eq!(browser.get("/v/00000000-0000-4000-8000-000000000000").status, 404);
    assert_eq!(browser.get("/nowhere").status, 404);
    let page = browser.get("/book/kep/family-status");
    assert!(page.path.starts_with("/book?over"), "without a proven address nobody sees times: {}", page.path);
    assert!(page.headers.contains("content-security-policy: default-src 'none'"));
    // A field that nobody sees was filled in: letters are asked for, what was typed stays, and nobody is told a lie.
    let form = browser.get("/book");
    let filled = [("email", "a@example.gr"), ("left_empty", "x"), ("altcha", &*form.work())];
    let letters = browser.post(&form, "/book", &filled);
    assert_eq!((letters.status, letters.path.as_str()), (422, "/book"));
    assert!(letters.html.contains("name=\"read\"") && !letters.html.contains("<noscript>"), "{}", letters.html);
    assert!(
        letters.html.contains("value=\"a@example.gr\"") && !letters.html.contains("left_empty"),
        "{}",
        letters.html
    );
    let by_work = [("email", "a@example.gr"), ("by_letters", "1"), ("altcha", &*form.work())];
    assert_eq!(browser.post(&letters, "/book", &by_work).status, 422, "letters are asked for, and work is no answer");
    assert_eq!(hub.mails(), 0);
}

#[test]
fn card_06_a_clerk_opens_a_desk_and_is_told_why_nobody_comes() {
    let hub = BrowsedHub::start();
    let mut browser = PlainBrowser::new(&hub);
    let login = browser.get("/staff");
    assert!(login.path.starts_with("/login"));
    let wrong = browser.post(&login, "/login", &[("name", "admin"), ("password", "wrong")]);
    assert_eq!(wrong.status, 401);
    let desks = browser.post(
        &login,
        "/login",
        &[("name", "admin"), ("password", "three-quiet-trains"), ("next", "//evil.example")],
    );
    assert_eq!((desks.status, desks.path.as_str()), (200, "/staff"));
    let desk = browser.post(&desks, "/staff/kep/desks/1/open", &[]);
    assert_eq!(desk.path, "/staff/kep/desks/1");
    let nobody = browser.post(&desk, "/staff/kep/desks/1/calls", &[]);
    assert_eq!(nobody.status, 409);
    assert!(nobody.html.contains("Κανείς δεν περιμένει"), "{}", nobody.html);
    assert_eq!(browser.get("/staff/kep/desks/1/calls").path, "/staff/kep/desks/1", "a reload leads back");
    let rest = browser.post(&desk, "/staff/kep/desks/1/break", &[("because", "rest"), ("minutes", "15")]);
    assert!(rest.html.contains("διάλειμμα έως τις 09:1"), "{}", rest.html);
    let back = browser.post(&rest, "/staff/kep/desks/1/resume", &[]);
    assert!(back.html.contains("Κλήση επόμενου"));
    for page in ["/admin", "/admin/devices", "/admin/clerks", "/admin/office", "/admin/outbox"] {
        assert_eq!(browser.get(page).status, 200, "{page}");
    }
    let clerks = browser.get("/admin/clerks");
    let made = browser.post(&clerks, "/admin/clerks", &[("name", "eleni"), ("own", "three-quiet-trains")]);
    assert!(made.html.contains("Δημιουργήθηκε ο λογαριασμός eleni"), "{}", made.html);
    let link = made.after("<code class=\"link\" translate=\"no\">", '<').to_owned();
    let unknown = browser.post(&clerks, "/admin/devices/pair", &[("code", "QQQQQQ"), ("office", "kep")]);
    assert_eq!(unknown.status, 422);
    let mut clerk = PlainBrowser::new(&hub);
    let path = &link[link.find("/login/").unwrap()..];
    let page = clerk.get(path);
    let login = clerk.post(&page, path, &[("password", "a-long-password"), ("again", "a-long-password")]);
    assert!(login.html.contains("Το συνθηματικό αποθηκεύτηκε"), "{}", login.html);
    clerk.post(&login, "/login", &[("name", "eleni"), ("password", "a-long-password")]);
    assert_eq!(clerk.get("/admin").status, 403, "a clerk does not run the hub");
    let taken = clerk.get("/staff?all=1");
    let taken = clerk.post(&taken, "/staff/kep/desks/1/open", &[]);
    assert_eq!(taken.status, 409);
    assert!(taken.html.contains("ήδη ανοιχτή"), "{}", taken.html);
}

#[test]
fn prom_10_times_at_the_edge_of_the_calendar_are_refused_on_every_page() {
    let hub = BrowsedHub::start();
    let mut browser = PlainBrowser::new(&hub);
    let start = ask_for_link(&hub, &mut browser);
    let page = browser.get(&start);
    browser.post(&page, &start, &[]);
    let edges = ["+262142-12-31T23:59:59Z", "-262143-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0000-01-01T00:00:00Z"];
    let times = browser.get("/book/kep/family-status?cases=3");
    for edge in edges {
        let refused = browser.post(&times, "/book/kep/family-status", &[("start", edge), ("cases", "3")]);
        assert_eq!(refused.status, 422, "{edge}: {}", refused.html);
        assert!(refused.html.contains("δεν διατίθεται") || refused.html.contains("role=\"alert\""), "{}", refused.html);
        let day = edge.split('T').next().unwrap().replace('+', "%2B");
        for query in [format!("day={day}"), format!("month={}", &day[..day.len() - 3])] {
            assert_eq!(browser.get(&format!("/book/kep/family-status?cases=3&{query}")).status, 400, "{query}");
        }
    }
    let far = browser.post(&times, "/book/kep/family-status", &[("start", "2200-12-31T10:00:00Z"), ("cases", "3")]);
    assert_eq!(far.status, 422);
    assert!(far.html.contains("μακριά στο μέλλον") && far.html.contains("2036"), "{}", far.html);

    let mut staff = PlainBrowser::new(&hub);
    let login = staff.get("/login");
    staff.post(&login, "/login", &[("name", "admin"), ("password", "three-quiet-trains")]);
    let house = staff.get("/staff/kep/house");
    for edge in edges {
        let day = edge.split('T').next().unwrap();
        let encoded = day.replace('+', "%2B");
        for page in ["", "/closures", "/hours", "/new", "/calls"] {
            let query = format!("day={encoded}&first={encoded}&last={encoded}&from={encoded}&to={encoded}");
            let shown = staff.get(&format!("/staff/kep/bookings{page}?{query}"));
            assert!(shown.status < 500, "{page}?{query}: {}", shown.html);
        }
        let closures = staff.get("/staff/kep/bookings/closures");
        let closed = staff.post(&closures, "/staff/kep/bookings/closures", &[("day", day), ("el", "Απεργία")]);
        assert_eq!(closed.status, 400, "{}", closed.html);
        let hours = [("first", day), ("last", day), ("day-1", "08:00-13:00")];
        assert_eq!(staff.post(&closures, "/staff/kep/bookings/hours", &hours).status, 400);
        for (action, field) in [("suspend", "until"), ("paper", "arrived")] {
            let fields = [(field, edge), ("scope", "tickets"), ("because", "strike"), ("desk", "1"), ("from", edge)];
            assert_eq!(staff.post(&house, &format!("/staff/kep/house/{action}"), &fields).status, 400, "{action}");
        }
    }
    let closures = staff.get("/staff/kep/bookings/closures");
    let far = staff.post(&closures, "/staff/kep/bookings/closures", &[("day", "2200-06-15"), ("el", "Απεργία")]);
    assert_eq!(far.status, 422);
    assert!(far.html.contains("μακριά στο μέλλον"), "{}", far.html);
    assert_eq!(staff.get("/staff").status, 200);
}
