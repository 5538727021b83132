//! What is typed into a field and cannot be is said with the field's name, in the reader's language; the field is marked, and
//! nothing that was typed is lost.
//!
//! Shows NEW-14.

use paths::Route;
use serde_json::json;

use crate::{
    gates::{CALLERS, GateScene},
    house::{ProgramHouse, fresh_id},
    http::HttpAnswer,
    letters::{letter, link},
    pages::FormBrowser,
    twice::proven,
};

const HOUSE: &str = "/staff/kep/house";
const CLOSURES: &str = "/staff/kep/bookings/closures";
const HOURS: &str = "/staff/kep/bookings/hours";

fn browser(house: &ProgramHouse) -> FormBrowser<'_> {
    let mut browser = FormBrowser::new(house);
    browser.get("/login");
    browser.keep("seira-session", &house.admin());
    browser
}

/// A page that says no: the sentence, what it keeps, and the fields that it marks.
fn refused(answer: &HttpAnswer, sentence: &str, keeps: &[&str], marks: &[&str]) {
    assert!((400..500).contains(&answer.status), "{sentence}: {answer:?}");
    assert!(answer.headers.contains("text/html"), "{answer:?}");
    for kept in keeps.iter().chain([&sentence]) {
        assert!(answer.text.contains(kept), "no «{kept}» in {}", answer.text);
    }
    for id in marks {
        assert!(is_marked(&answer.text, id), "{id} is not marked in {}", answer.text);
    }
}

/// Whether a field is said to be wrong, and by which sentence.
fn is_marked(html: &str, id: &str) -> bool {
    let tag = html.split('<').find(|tag| tag.contains(&format!(" id=\"{id}\""))).unwrap_or_else(|| panic!("no {id}"));
    let described = tag.split("aria-describedby=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    tag.contains("aria-invalid=\"true\"") && described.split(' ').any(|id| id == "refusal")
}

#[test]
fn fld_30_a_suspension_that_is_refused_is_still_about_what_was_chosen() {
    let house = ProgramHouse::new();
    let mut browser = browser(&house);
    let suspend = |browser: &mut FormBrowser<'_>, fields: &[(&str, &str)]| {
        let typed = [("scope", "service:signature"), ("because", "strike")];
        let all = [&typed, fields].concat();
        browser.post(HOUSE, &format!("{HOUSE}/suspend"), &all)
    };
    let keeps = ["value=\"service:signature\" selected", "value=\"strike\" selected"];
    let wrong = suspend(&mut browser, &[("until", "25:00"), ("el", "Διακοπή ρεύματος"), ("en", "Power cut")]);
    refused(&wrong, "Έως σήμερα στις: γράψτε την ώρα", &keeps, &["until"]);
    refused(&wrong, "value=\"25:00\"", &["Διακοπή ρεύματος", "Power cut"], &[]);
    // An hour of today that has passed, and words that half of the readers could not read.
    refused(&suspend(&mut browser, &[("until", "07:00")]), "η ώρα αυτή έχει περάσει", &keeps, &["until"]);
    let english = suspend(&mut browser, &[("until", "14:00"), ("el", " "), ("en", "Power cut")]);
    refused(&english, "γράψτε τον και στα ελληνικά", &["Power cut", "value=\"14:00\""], &["el"]);
    let scope = [("scope", "desk:x"), ("because", "strike"), ("until", "14:00")];
    let nowhere = browser.post(HOUSE, &format!("{HOUSE}/suspend"), &scope);
    refused(&nowhere, "Δεν υπάρχει", &["value=\"14:00\"", "value=\"strike\" selected"], &[]);
    assert!(browser.get(HOUSE).text.contains("Τίποτα δεν έχει ανασταλεί"));
    // A page in another language says it in that one.
    browser.get("/staff?lang=en");
    refused(&suspend(&mut browser, &[("until", "x")]), "write the time as HH:MM", &keeps, &["until"]);
}

#[test]
fn trn_09_a_form_of_a_booking_that_is_refused_keeps_what_was_typed_and_leaves_the_others() {
    let house = ProgramHouse::new();
    let wish = json!({ "service": "driving-licence", "start": "2026-12-09T08:00:00Z", "name": "Μαρία" });
    let booked = house.post_as(&house.admin(), &fresh_id(), "/api/v1/offices/kep/bookings", &wish).ok();
    let page = format!("/staff/kep/bookings/{}", booked["reference"].as_str().unwrap());
    let mut browser = browser(&house);
    let day = [("until-date-d", "30"), ("until-date-m", "2"), ("until-date-y", "2027"), ("until-time", "10:30")];
    let fields = [&day[..], &[("because", "documents-missing"), ("note", "η δεύτερη σελίδα")]].concat();
    let wrong = browser.post(&page, &format!("{page}/correction"), &fields);
    let keeps = ["η δεύτερη σελίδα", "value=\"10:30\"", "value=\"30\"", "value=\"documents-missing\" selected"];
    refused(&wrong, "Προθεσμία: δεν υπάρχει τέτοια ημέρα", &keeps, &["until-date-d", "until-date-m", "until-date-y"]);
    assert_eq!(wrong.text.matches("value=\"documents-missing\" selected").count(), 1, "the other form is another");
    let past = [("until-date-d", "1"), ("until-date-m", "11"), ("until-date-y", "2026"), ("until-time", "10:30")];
    let past = [&past[..], &[("because", "details-wrong"), ("note", "x")]].concat();
    let past = browser.post(&page, &format!("{page}/correction"), &past);
    refused(&past, "Προθεσμία: δώστε ημέρα και ώρα που δεν έχουν περάσει", &[], &["until-date-d", "until-time"]);
    let void = browser.post(&page, &format!("{page}/void"), &[("because", "")]);
    refused(&void, "Λόγος: διαλέξτε έναν", &[], &["void-why"]);
}

/// The form of a page that goes there, with the menu around it if that is open.
fn menu<'a>(html: &'a str, action: &str, visit: &str) -> &'a str {
    let menus = html.split("<details class=\"menu").skip(1).map(|menu| menu.split("</details>").next().unwrap());
    let is_it = |menu: &&str| menu.contains(&format!("/{action}\"")) && menu.contains(visit);
    let found = menus.into_iter().find(is_it).unwrap_or_else(|| panic!("no menu of {action} in {html}"));
    let (head, body) = found.split_once('>').unwrap();
    assert!(head.ends_with(" open"), "the menu of {action} is shut: {found}");
    body
}

#[test]
fn fld_02_fld_06_a_menu_of_the_desk_that_is_refused_is_open_again_with_what_was_typed() {
    const DESK: &str = "/staff/kep/desks/1";
    let house = ProgramHouse::new();
    let admin = house.admin();
    house.desk(&admin, 1, "open", &json!({})).ok();
    let mut browser = browser(&house);
    let mut press = |action: &str, fields: &[(&str, &str)]| {
        let command = fresh_id();
        let fields = [&[("command", command.as_str())], fields].concat();
        browser.post(DESK, &format!("{DESK}/{action}"), &fields)
    };
    // Nobody is there yet.
    for (fields, mark, sentence) in [
        (
            [("because", "technical"), ("minutes", "481")],
            "break-minutes",
            "Διάρκεια (λεπτά): δεν υπάρχει τέτοια επιλογή",
        ),
        ([("because", "sleep"), ("minutes", "30")], "break-why", "δεν υπάρχει τέτοια επιλογή"),
    ] {
        let refused_break = press("break", &fields);
        refused(&refused_break, sentence, &[], &[mark]);
        let menu = menu(&refused_break.text, "break", "");
        let kept = if mark == "break-why" { "value=\"30\" selected" } else { "value=\"technical\" selected" };
        assert!(menu.contains(kept) && !menu.contains("value=\"15\" selected"), "{menu}");
    }
    let ticket = || house.ticket(&admin).ok()["visit"].as_str().unwrap().to_owned();
    let (visit, later, other) = (ticket(), ticket(), ticket());
    house.desk(&admin, 1, "calls", &json!({})).ok();
    house.desk(&admin, 1, "appeared", &json!({ "visit": visit })).ok();
    let about = ("visit", visit.as_str());
    // Elsewhere: a desk that is shut, one that is none, and nothing that is in the list.
    for (to, kept, sentence) in [
        ("desk:2", "value=\"urgent\" selected", "Η θυρίδα"),
        ("desk:x", "value=\"urgent\" selected", "Δεν υπάρχει"),
        ("nowhere", "value=\"urgent\" selected", "Παραπομπή σε: δεν υπάρχει τέτοια επιλογή"),
        ("service:nothing", "value=\"urgent\" selected", "Η υπηρεσία"),
    ] {
        let answer = press("transfers", &[about, ("to", to), ("first", "urgent")]);
        refused(&answer, sentence, &[], &["transfer-to"]);
        assert!(menu(&answer.text, "transfers", &visit).contains(kept), "{to}: {answer:?}");
    }
    let services = press("transfers", &[about, ("to", "service:certified-copy"), ("first", "whim")]);
    refused(&services, "Θέση στη σειρά: δεν υπάρχει τέτοια επιλογή", &[], &["transfer-first"]);
    assert!(
        menu(&services.text, "transfers", &visit).contains("value=\"service:certified-copy\" selected"),
        "{services:?}"
    );
    // What was shown, with a reason left out.
    let waived = press("shown", &[about, ("representation", "yes"), ("papers", "waived"), ("note", " ")]);
    refused(&waived, "", &[], &["shown-note"]);
    let shown = menu(&waived.text, "shown", &visit);
    assert!(shown.contains("name=\"representation\" value=\"yes\" checked"), "{shown}");
    assert!(
        shown.contains("value=\"waived\" selected") && !shown.contains("name=\"identity\" value=\"yes\" checked"),
        "{shown}"
    );
    let papers = press("shown", &[about, ("identity", "yes"), ("papers", "lost"), ("note", "<b>είδα το πρωτότυπο")]);
    refused(&papers, "Δικαιολογητικά: δεν υπάρχει τέτοια επιλογή", &[], &["shown-papers"]);
    let shown = menu(&papers.text, "shown", &visit);
    assert!(
        shown.contains("είδα το πρωτότυπο") && shown.contains("name=\"identity\" value=\"yes\" checked"),
        "{shown}"
    );
    // Of those who wait it is the one who was meant.
    let why = format!("why-{other}");
    for (because, sentence) in [("", "λόγο"), ("whim", "Λόγος κλήσης εκτός σειράς: δεν υπάρχει")]
    {
        house.desk(&admin, 1, "finishes", &json!({ "visit": visit, "outcome": "done" }));
        let answer = press("chosen-calls", &[("visit", &other), ("holds", ""), ("because", because)]);
        refused(&answer, sentence, &[], &[&why]);
        menu(&answer.text, "chosen-calls", &other);
        assert_eq!(answer.text.matches("<details class=\"menu menu-right\" open>").count(), 1, "{later} stays shut");
    }
    // The visit is over meanwhile: there is no menu any more, and what was written is not lost with it.
    let gone = press("shown", &[about, ("papers", "waived"), ("note", "με απόφαση διευθυντή")]);
    refused(&gone, "με απόφαση διευθυντή", &["Είχατε γράψει"], &[]);
}

#[test]
fn fld_05_a_note_that_comes_too_late_stands_there_to_be_copied() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let visit = house.ticket(&admin).ok()["visit"].as_str().unwrap().to_owned();
    let card = format!("/staff/kep/visits/{visit}");
    house.post_as(&admin, &fresh_id(), &format!("/api/v1/offices/kep/visits/{visit}/leave"), &json!({})).ok();
    let late = browser(&house).post(&card, &format!("{card}/note"), &[("text", "έφερε το έντυπο")]);
    refused(&late, "έφερε το έντυπο", &["<details class=\"act\" open>"], &[]);
}

#[test]
fn omb_08_a_calendar_that_is_asked_for_a_day_that_does_not_exist_says_so() {
    const DAY: &str = "γράφει ημέρα που δεν υπάρχει";
    const MONTH: &str = "γράφει μήνα που δεν υπάρχει";
    let house = ProgramHouse::new();
    let wish = json!({ "service": "driving-licence", "start": "2026-12-09T08:00:00Z", "name": "Μαρία",
        "email": "maria@example.gr", "phone": "6940000000" });
    let booked = house.post_as(&house.admin(), &fresh_id(), "/api/v1/offices/kep/bookings", &wish).ok();
    let manage = link(&letter(&house, "confirmation"), "/booking/");
    let mut citizen = proven(&house, "anna@example.gr");
    let mut clerk = browser(&house);
    let reference = booked["reference"].as_str().unwrap();
    for (is_citizen, path) in [
        (true, "/book/kep/family-status?cases=1&".to_owned()),
        (true, "/book/kep/family-status?cases=1&view=list&".to_owned()),
        (true, format!("{manage}/change?")),
        (false, format!("/staff/kep/bookings/{reference}/move?")),
        (false, "/staff/kep/bookings/new?service=family-status&channel=in-person&persons=1&cases=1&".to_owned()),
    ] {
        let browser = if is_citizen { &mut citizen } else { &mut clerk };
        for day in ["2026-02-30", "x", "2999-01-01", "%00"] {
            refused(&browser.get(&format!("{path}day={day}")), DAY, &["id=\"refusal\""], &[]);
        }
        for month in ["2026-13", "2026-1-1", "x", "-1"] {
            refused(&browser.get(&format!("{path}month={month}")), MONTH, &["id=\"refusal\""], &[]);
        }
        for right in ["day=&month=", "day=2026-12-09", "month=2026-12"] {
            let page = browser.get(&format!("{path}{right}"));
            assert!(page.status == 200 && !page.text.contains("id=\"refusal\""), "{path}{right}: {page:?}");
        }
        let english = browser.get(&format!("{path}day=x&lang=en"));
        assert!(english.text.contains("names a day that does not exist"), "{english:?}");
        browser.get(&format!("{path}lang=el"));
    }
}

#[test]
fn fld_15_a_day_that_does_not_exist_is_not_swallowed_by_a_list() {
    let house = ProgramHouse::new();
    let mut browser = browser(&house);
    for (path, name) in [("/staff/kep/bookings", "day"), ("/admin/audit", "day"), (CLOSURES, "day"), (HOURS, "first")] {
        let field = format!("{name}-d");
        for typed in ["2027-02-30", "2026-13-01", "x"] {
            let wrong = browser.get(&format!("{path}?{name}={typed}"));
            refused(&wrong, "δεν υπάρχει τέτοια ημέρα. Γράψτε ημέρα, μήνα και έτος", &[], &[&field]);
            assert!(!wrong.text.contains("το τέλος πρέπει"), "{path}");
        }
        let parts = format!("{path}?{name}-d=31&{name}-m=2&{name}-y=2027");
        refused(&browser.get(&parts), "δεν υπάρχει τέτοια ημέρα", &["value=\"31\"", "value=\"2027\""], &[&field]);
        refused(
            &browser.get(&format!("{path}?{name}=2999-01-01")),
            "από 1900 έως 2200",
            &["value=\"2999\""],
            &[&field],
        );
    }
    let last = browser.get(&format!("{HOURS}?first=2026-12-10&last=2026-12-32"));
    refused(&last, "Έως και: δεν υπάρχει τέτοια ημέρα", &["value=\"10\""], &["last-d"]);
    let order = browser.get(&format!("{HOURS}?first=2026-12-10&last=2026-12-09"));
    refused(&order, "είναι πριν από την ημέρα στο πεδίο", &["value=\"10\"", "value=\"9\""], &["last-d"]);
    for (path, id) in [
        ("/admin/audit?kind=nothing", "kind"),
        ("/admin/audit?person=x", "person"),
        ("/admin/looks?account=x", "account"),
    ] {
        refused(&browser.get(path), "δεν υπάρχει τέτοια επιλογή", &[], &[id]);
    }
    // Without its day a closure is not begun silently.
    refused(&browser.get(&format!("{CLOSURES}?el=x")), "γράψτε ημέρα, μήνα και έτος", &["value=\"x\""], &["day-d"]);
}

#[test]
fn trn_07_the_days_of_an_agents_list_are_days_in_their_order() {
    let scene = GateScene::set();
    let caller = CALLERS.iter().position(|name| *name == "agent").unwrap();
    let get = |path: &str| scene.get(caller, path);
    let wrong = get("/agent?from=2026-02-30&to=2026-12-01");
    refused(&wrong, "Από ημέρα: δεν υπάρχει τέτοια ημέρα", &["value=\"30\"", "value=\"12\""], &["from-d"]);
    let order = get("/agent?from=2026-12-02&to=2026-12-01");
    refused(&order, "Έως ημέρα: η ημέρα αυτή είναι πριν", &[], &["to-d"]);
    assert!((400..500).contains(&get("/agent/bookings.csv?from=x").status));
    assert_eq!(get("/agent?from=2026-12-01&to=2026-12-01").status, 200);
}

#[test]
fn fld_15_what_is_over_is_not_closed_and_has_no_other_hours() {
    // A Tuesday, at nine in the morning.
    let house = ProgramHouse::new();
    let mut browser = browser(&house);
    let closure =
        |day: &str, from: &str, to: &str| format!("{CLOSURES}?day={day}&from={from}&to={to}&desk=&el=%CE%B1&en=");
    let over = "έχουν ήδη περάσει";
    for past in [
        closure("2026-11-23", "", ""),
        closure("2025-11-24", "08:00", "12:00"),
        closure("2026-11-24", "08:00", "08:30"),
    ] {
        refused(&browser.get(&past), over, &[], &[]);
    }
    let ahead = browser.get(&closure("2026-11-24", "08:00", "12:00"));
    assert!(ahead.status == 200 && ahead.text.contains("Τρίτη 24 Νοεμβρίου, 08:00–12:00"), "{ahead:?}");
    let next_year = browser.get(&closure("2027-09-13", "", "")).text;
    assert!(next_year.contains("Δευτέρα 13 Σεπτεμβρίου 2027, όλη την ημέρα"), "{next_year}");
    // The press is refused like the preview, and nothing is kept of it.
    let typed = [("day", "2026-11-20"), ("from", ""), ("to", ""), ("desk", ""), ("el", "α"), ("en", "")];
    refused(&browser.post(CLOSURES, CLOSURES, &typed), over, &[], &[]);
    let page = browser.get(CLOSURES).text;
    assert!(!page.contains("20 Νοεμβρίου") && page.contains("Δεν υπάρχουν."), "{page}");
    let hours = |first: &str, last: &str| {
        format!("{HOURS}?first={first}&last={last}&desk=&day-1=10:00-12:00&day-5=10:00-12:00&el=&en=&look=yes")
    };
    refused(&browser.get(&hours("2026-11-20", "2026-11-20")), over, &[], &[]);
    assert_eq!(browser.get(&hours("2026-11-20", "2026-11-27")).status, 200, "some of it is ahead");
    assert_eq!(browser.get(&hours("2026-11-20", "")).status, 200);
    let far = browser.get(&hours("2027-11-26", "2027-11-26")).text;
    assert!(far.contains("Παρασκευή 26 Νοεμβρίου 2027 ·"), "{far}");
}

#[test]
fn fld_32_counts_that_cannot_be_are_refused_wherever_staff_book() {
    let house = ProgramHouse::new();
    let mut browser = browser(&house);
    let new = "/staff/kep/bookings/new";
    for (persons, cases, id) in
        [("999", "1", "persons"), ("x", "1", "persons"), ("0", "1", "persons"), ("1", "-1", "cases")]
    {
        let how = [("service", "family-status"), ("channel", "in-person"), ("persons", persons), ("cases", cases)];
        let looked = format!("{new}?service=family-status&channel=in-person&persons={persons}&cases={cases}");
        let sentence = "Γράψτε αριθμούς προσώπων και υποθέσεων από 1 έως 20";
        let typed = if id == "persons" { persons } else { cases };
        let kept = format!("value=\"{typed}\"");
        refused(&browser.get(&looked), sentence, &[&kept, "value=\"family-status\" selected"], &[id]);
        for action in ["details", "book"] {
            refused(&browser.post(new, &format!("{new}/{action}"), &how), sentence, &[&kept], &[id]);
        }
    }
    let teleconference = browser.get(&format!("{new}?service=family-status&channel=teleconference&persons=1&cases=1"));
    refused(&teleconference, "δεν παρέχεται με αυτόν τον τρόπο", &[], &["channel"]);
    refused(&browser.get(&format!("{new}?service=nothing")), "δεν παρέχεται εδώ", &[], &["service"]);
}

#[test]
fn new_14_no_address_is_answered_in_raw_english() {
    let scene = GateScene::set();
    let caller = CALLERS.iter().position(|name| *name == "admin").unwrap();
    let nobody = CALLERS.iter().position(|name| *name == "nobody").unwrap();
    let doubled =
        "q=a&q=b&next=/a&next=/b&office=a&office=b&done=x&done=y&day=1&day=2&service=a&service=b&sent=1&sent=2";
    let doubled =
        format!("{doubled}&from=a&from=b&paired=1&paired=2&made=x&made=y&person=1&person=2&view=1&view=2&all=1&all=2");
    let (mut refused, mut told) = (0, 0);
    for route in Route::ALL {
        for caller in [caller, nobody] {
            for query in [doubled.as_str(), "made=x&day=%ff%fe&q=%00&=&&a=b=c", "%zz=%zz&q=%e2%28"] {
                for path in [scene.path(&plain(route.pattern()), caller), hostile(route.pattern())] {
                    let answer = scene.get(caller, &format!("{path}?{query}&lang=en"));
                    let is_file = !answer.headers.contains("text/html") && answer.status == 200;
                    let is_page = answer.text.contains("</html>") && answer.text.contains("<main");
                    let is_of_script = route.pattern() == "/lock/when";
                    assert!(answer.status < 500, "{path}?{query}: {answer:?}");
                    assert!(
                        is_file || is_page || is_of_script || answer.status / 100 == 3,
                        "{path}?{query}: {answer:?}"
                    );
                    refused += u32::from(answer.status >= 400);
                    told += u32::from(answer.text.contains("The address of the page cannot be read"));
                }
            }
        }
    }
    assert!(refused > 100 && told > 10, "{refused} {told}");
    let mut greek = FormBrowser::new(&scene.house);
    for doubled in ["/?q=a&q=b", "/book?office=a&office=b", "/login?next=/a&next=/b"] {
        let answer = greek.get(doubled);
        assert!(answer.status == 400 && answer.text.contains("Η διεύθυνση της σελίδας δεν διαβάζεται"), "{answer:?}");
    }
}

/// A path whose page is there, whatever its form would do.
fn plain(pattern: &str) -> String {
    ["{action}", "{file}", "{sentence}", "{channel}", "{language}"]
        .into_iter()
        .fold(pattern.to_owned(), |path, name| path.replace(name, "x"))
}

/// A path in which nothing is what it should be.
fn hostile(pattern: &str) -> String {
    let part = |part: &str| if part.starts_with('{') { "%ff%fe".to_owned() } else { part.to_owned() };
    pattern.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[test]
fn new_08_a_form_of_another_time_says_what_is_true() {
    let house = ProgramHouse::new();
    // Nobody was signed in, and there is no sign-in that could have ended.
    let mut citizen = FormBrowser::new(&house);
    let answer = citizen.post_with("unknown", "/book", &[("email", "anna@example.gr")]);
    refused(&answer, "ο περιηγητής σας δεν έχει το cookie", &["href=\"/book\""], &[]);
    assert!(!answer.text.contains("Συνδεθείτε ξανά"), "{answer:?}");
    // An old tab with the form of signing in, while signed in.
    let mut clerk = FormBrowser::new(&house);
    let old = clerk.csrf("/login");
    clerk.keep("seira-session", &house.admin());
    let answer = clerk.post_with(&old, "/login", &[("name", "admin"), ("password", "x")]);
    refused(&answer, "Έχετε συνδεθεί, αλλά η σελίδα αυτή άνοιξε πριν", &[], &[]);
    // A sign-in that is over says why.
    let begun = FormBrowser::new(&house).get("/login/code?next=/staff");
    assert!(begun.status == 303 && begun.headers.contains("why=late"), "{begun:?}");
    let said = FormBrowser::new(&house).get("/login?next=/staff&why=late").text;
    assert!(said.contains("μέσα σε 15 λεπτά"), "{said}");
}

#[test]
fn new_11_what_nobody_sees_does_not_stand_in_what_staff_write() {
    let house = ProgramHouse::new();
    let mut browser = browser(&house);
    let name = "ele\u{202e}ni\u{200b}\0";
    let fields = [("name", name), ("email", ""), ("own", crate::house::PASSWORD)];
    let made = browser.post("/admin/clerks", "/admin/clerks", &fields);
    assert!(made.status < 400, "{made:?}");
    assert!(browser.get("/admin/clerks").text.contains("<th scope=\"row\">eleni</th>"));
    let suspended =
        browser.post(HOUSE, &format!("{HOUSE}/suspend"), &[("scope", "desk:1"), ("el", "\u{202e}\u{200b}\0")]);
    refused(&suspended, "Λόγος: γράψτε στα ελληνικά γιατί", &["value=\"desk:1\" selected"], &["el"]);
    let pairing = [("code", "ZZZZ9999"), ("office", "kep")];
    refused(
        &browser.post("/admin/devices", "/admin/devices/pair", &pairing),
        "Δεν βρέθηκε συσκευή",
        &["value=\"ZZZZ9999\""],
        &["code"],
    );
}

#[test]
fn prom_17_an_address_that_is_nearly_right_leads_to_the_right_one() {
    let house = ProgramHouse::new();
    let mut browser = FormBrowser::new(&house);
    for (asked, right) in [
        ("/office/kep/", "/office/kep"),
        ("/OFFICE/kep", "/office/kep"),
        ("/office/KEP", "/office/kep"),
        ("/office/kep/01", "/office/kep/1"),
        ("/office/Kep/1", "/office/kep/1"),
        ("/office/kep/Family-Status", "/office/kep/1"),
        ("/book/?office=kep", "/book?office=kep"),
    ] {
        let answer = browser.get(asked);
        assert_eq!(answer.status, 308, "{asked}: {answer:?}");
        assert!(answer.headers.lines().any(|line| line == format!("location: {right}")), "{asked}: {answer:?}");
    }
    for unknown in ["/office/kep/x", "/office/kep/0"] {
        let answer = browser.get(unknown);
        assert!(answer.status == 404 && answer.text.contains("Δεν υπάρχει τέτοια υπηρεσία εδώ"), "{answer:?}");
    }
    for wrong in ["//example.org/", "/%2Fexample.org/", "/nothing/"] {
        assert_eq!(browser.get(wrong).status, 404, "{wrong}");
    }
    let visit = browser.get("/v/zzz");
    assert!(visit.text.contains("σαρώστε ξανά τον κωδικό") && !visit.text.contains("Ανανεώστε"), "{visit:?}");
    let telephone = browser.get("/").text;
    let links: Vec<&str> = telephone.split("href=\"tel:").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(!links.is_empty() && links.iter().all(|link| link.starts_with("+30") && !link.contains(' ')), "{links:?}");
}
