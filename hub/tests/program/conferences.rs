//! Conferences through the real program: who becomes a coordinator, series, invitations, the waiting page that opens by itself,
//! what a unit's coordinator may not, capacity, and the night in which the clocks go back.
//!
//! Shows PRE-01 and PRE-05 to PRE-09.

use std::fs;

use crate::{
    accounts::location,
    feeds::ReadFeed,
    house::{PASSWORD, ProgramHouse},
    http::HttpAnswer,
    letters::{letter_saying, letter_to, letters_to, link},
    pages::FormBrowser,
    sweep::scene::SweepScene,
};

pub const TUESDAY: &str = "2026-11-24T09:00:00+02:00";
const LIMITS: &str = "failed_logins_per_minute = 100000\n";
const ROOM: &str = "https://meet.example.gr/room/17";
const WISH: [(&str, &str); 4] = [
    ("organisation", "Δήμος Αγίου Νικολάου"),
    ("phone", "2841300000"),
    ("unit", ""),
    ("purpose", "Συνεδριάσεις των τμημάτων"),
];

/// A house of a body at an hour, with an administrator; `change` is what is otherwise in the body's file.
pub fn house_at(at: &str, change: impl Fn(String) -> String) -> ProgramHouse {
    let mut house = ProgramHouse::files_with_config("body = \"body.toml\"\n", LIMITS);
    let body = house.folder.path().join("body.toml");
    fs::write(&body, change(fs::read_to_string(&body).unwrap())).unwrap();
    let made = house.run(&["create-admin", "--name", "admin", "--password-file", "password"]);
    assert!(made.status.success(), "{made:?}");
    house.start_at(at, "1");
    house
}

pub fn browser<'a>(house: &'a ProgramHouse, session: &str) -> FormBrowser<'a> {
    let mut browser = FormBrowser::new(house);
    browser.get("/login");
    browser.keep("seira-session", session);
    browser
}

/// The action of the first form on a page that ends so.
fn action(html: &str, start: &str, end: &str) -> String {
    let actions = html.split("action=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let mut fitting = actions.filter(|action| action.starts_with(start) && action.ends_with(end));
    fitting.next().unwrap_or_else(|| panic!("no {start}…{end} in {html}")).to_owned()
}

/// Somebody of staff asks to coordinate the organisation, and the administrator lets them; their session.
pub fn coordinator(house: &ProgramHouse, admin: &str, name: &str) -> String {
    house.employ(admin, name, "clerk", Some("kep"), PASSWORD);
    let session = house.sign_in(name, PASSWORD);
    let asked = browser(house, &session).post("/account/role", "/account/role", &WISH);
    assert_eq!(location(&asked), "/account/role");
    let mut office = browser(house, admin);
    let list = office.get("/coordination/requests");
    assert!(list.text.contains(name) && list.text.contains("Συνεδριάσεις των τμημάτων"), "{}", list.text);
    // Others may wait for an answer too.
    let (_, own) = list.text.split_once(&format!(">{name}</h2>")).unwrap();
    let approve = action(own, "/coordination/requests/", "/approve");
    let approved = office.post("/coordination/requests", &approve, &[]);
    assert_eq!(location(&approved), "/coordination/requests?done=yes");
    session
}

/// What is filled in for a conference.
pub fn plan<'a>(day: &'a str, invited: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("title-el", "Συντονισμός έργων"),
        ("title-en", "Works"),
        ("address", ROOM),
        ("day", day),
        ("begins", "10:00"),
        ("ends", "11:00"),
        ("places", "4"),
        ("invited", invited),
    ];
    for (name, value) in more {
        fields.retain(|(known, _)| known != name);
        fields.push((*name, *value));
    }
    fields
}

/// The page that a conference was given.
pub fn planned(answer: &HttpAnswer) -> String {
    let led = location(answer);
    led.strip_suffix("?done=planned").unwrap_or_else(|| panic!("{answer:?}")).to_owned()
}

#[test]
fn pre_05_to_pre_08_from_the_request_to_the_room_that_opens_by_itself() {
    let mut house = house_at(TUESDAY, |body| body);
    let admin = house.admin();
    let anna = coordinator(&house, &admin, "anna");
    let mut coordinator = browser(&house, &anna);
    // A series of four, weekly; one who is invited twice is invited once.
    let invited = "Μαρία <maria@example.gr>; nikos@example.gr\nNIKOS@example.gr";
    let series = [("pace", "weekly"), ("times", "4")];
    let page = "/conferences/new";
    let first = planned(&coordinator.post(page, page, &plan("2026-11-24", invited, &series)));
    let list = coordinator.get("/conferences").text;
    assert_eq!(list.matches("Συντονισμός έργων").count(), 4, "{list}");
    let shown = coordinator.get(&first).text;
    assert!(shown.contains("maria@example.gr") && shown.contains("Μαρία"), "{shown}");
    assert!(shown.contains("δεν γνωρίζουμε ποιος είναι μέσα"), "{shown}");
    // Each has a link of their own, which shows no name, and says whether they come.
    let letter = letter_to(&house, "conference", "maria@example.gr");
    assert!(letter.contains("Συντονισμός έργων") && !letter.contains("nikos"), "{letter}");
    let mut guest = FormBrowser::new(&house);
    // The mails of a series differ by their times.
    let of_today = |email: &str| {
        let letters = letters_to(&house, "conference", email, 4);
        let letter = letters.iter().find(|letter| letter.contains("24 Νοεμβρίου")).unwrap();
        link(letter, "/conference/")
    };
    let (maria, nikos) = (of_today("maria@example.gr"), of_today("nikos@example.gr"));
    assert!(!maria.contains("maria") && maria != nikos);
    let early = guest.get(&maria).text;
    assert!(early.contains("Ανοίγει σε") && !early.contains(ROOM) && !early.contains("nikos"), "{early}");
    for _ in 0..2 {
        assert_eq!(location(&guest.post(&maria, &format!("{maria}/confirm"), &[])), maria);
    }
    assert_eq!(location(&guest.post(&nikos, &format!("{nikos}/decline"), &[])), nikos);
    let shown = coordinator.get(&first).text;
    assert!(shown.contains("Θα έρθει") && shown.contains("Δεν θα έρθει"), "{shown}");
    let forced = guest.post(&maria, &format!("{maria}/enter"), &[]);
    assert!(forced.status == 403 && forced.text.contains("δεν έχει αρχίσει ακόμη"), "{forced:?}");
    // Just before: whoever is early waits, and the page opens by itself.
    house.stop();
    house.start_at("2026-11-24T09:59:47+02:00", "1");
    let anna = house.sign_in("anna", PASSWORD);
    let mut coordinator = browser(&house, &anna);
    let mut feed = ReadFeed::open(&house, "", &format!("{maria}/feed"));
    assert_eq!(feed.view(|_| true)["door"], "waits");
    let reminder = letter_to(&house, "conference-reminder", "maria@example.gr");
    assert!(reminder.contains("αρχίζει σε λίγο"), "{reminder}");
    // Coordinators go in ten minutes before.
    assert!(coordinator.get(&first).text.contains(&format!("href=\"{ROOM}\"")));
    assert_eq!(feed.view(|view| view["door"] == "open")["door"], "open");
    let mut guest = FormBrowser::new(&house);
    let open = guest.get(&maria).text;
    assert!(open.contains("Είσοδος στην τηλεδιάσκεψη") && !open.contains(ROOM), "{open}");
    let mut counters = ReadFeed::open(&house, "", "/conferences/feed");
    let counter = |participants| serde_json::json!({ "conferences": 1, "participants": participants });
    assert_eq!(counters.view(|_| true)["now"], counter(0));
    assert_eq!(location(&guest.post(&maria, &format!("{maria}/enter"), &[])), maria);
    assert!(guest.get(&maria).text.contains(&format!("href=\"{ROOM}\"")));
    let counted = counters.view(|view| view["now"] == counter(1));
    assert_eq!((&counted["today"], &counted["in_all"]), (&counted["now"], &counted["now"]));
    let front = guest.get("/").text;
    assert!(front.contains("Τηλεδιασκέψεις του φορέα"), "{front}");
    // Locked: who has been in goes in again, nobody else.
    assert_eq!(location(&coordinator.post(&first, &format!("{first}/lock"), &[])), format!("{first}?done=yes"));
    assert!(guest.get(&nikos).text.contains("κλειδωμένη"));
    let locked = guest.post(&nikos, &format!("{nikos}/enter"), &[]);
    assert!(locked.status == 403 && locked.text.contains("κλειδωμένη"), "{locked:?}");
    assert!(guest.get(&maria).text.contains(&format!("href=\"{ROOM}\"")));
    coordinator.post(&first, &format!("{first}/unlock"), &[]);
    // Somebody is taken off the list, and cannot; somebody gets a new link, and the old one ends.
    let one = [("participant", "1")];
    assert_eq!(location(&coordinator.post(&first, &format!("{first}/remove"), &one)), format!("{first}?done=yes"));
    feed.view(|view| view["door"] == "removed");
    let removed = guest.get(&maria).text;
    assert!(removed.contains("ανακλήθηκε") && !removed.contains(ROOM), "{removed}");
    assert_eq!(guest.post(&nikos, &format!("{maria}/enter"), &[]).status, 404);
    letter_saying(&house, ("conference", "maria@example.gr"), "ανακλήθηκε");
    coordinator.post(&first, &format!("{first}/renew"), &[("participant", "2")]);
    let renewed = letter_saying(&house, ("conference", "nikos@example.gr"), "νέο προσωπικό σύνδεσμο");
    let fresh = link(&renewed, "/conference/");
    assert_eq!(guest.get(&nikos).status, 404);
    assert_eq!(guest.get(&fresh).status, 200);
    // Ended for all; the next of the series is cancelled with mails, once.
    let unsure = coordinator.post(&first, &format!("{first}/end"), &[]);
    assert!(unsure.status == 422 && unsure.text.contains("Επιβεβαιώστε πρώτα"), "{unsure:?}");
    assert_eq!(
        location(&coordinator.post(&first, &format!("{first}/end"), &[("sure", "yes")])),
        format!("{first}?done=yes")
    );
    assert!(guest.get(&fresh).text.contains("έχει λήξει"));
    let other = coordinator.get(&first).text;
    let (_, rest) = other.split_once("<ul class=\"bullets\"><li><a href=\"/conferences/").unwrap();
    let second = format!("/conferences/{}", rest.split('"').next().unwrap());
    coordinator.post(&second, &format!("{second}/cancel"), &[("sure", "yes")]);
    letter_saying(&house, ("conference", "nikos@example.gr"), "ακυρώθηκε");
    let raw = raw_mails(&house, "nikos@example.gr");
    assert!(raw.iter().any(|mail| mail.contains("method=CANCEL")), "a calendar is told");
    assert!(raw.iter().any(|mail| mail.contains("method=REQUEST")));
    house.stop();
    let verified = house.verify().unwrap();
    assert!(!verified.is_empty());
}

/// The mails to an address as they are.
fn raw_mails(house: &ProgramHouse, address: &str) -> Vec<String> {
    let files = fs::read_dir(house.folder.path().join("mail")).unwrap();
    let mails = files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap_or_default());
    mails.filter(|mail| mail.contains(address)).collect()
}

#[test]
fn pre_06_pre_07_a_unit_s_coordinator_is_refused_in_words_what_the_organisation_s_alone_may() {
    let scene = SweepScene::of_body();
    let house = scene.house();
    let anna = coordinator(house, &scene.admin, "anna");
    let mut organisation = scene.staff(&anna);
    // A unit is made, and its coordinator invited: no request is needed.
    let units = "/coordination/units";
    let made = organisation.post(units, "/coordination/units/make", &[("el", "Γραφείο Τύπου"), ("en", "Press office")]);
    assert_eq!(location(&made), "/coordination/units?done=yes");
    let taken = organisation.post(units, "/coordination/units/make", &[("el", "Γραφείο Τύπου"), ("en", "Press")]);
    assert!(taken.status == 422 && taken.text.contains("Υπάρχει ήδη") && taken.text.contains("value=\"Press\""));
    let mut member = scene.member();
    let fields = [("unit", "10001"), ("email", member.email.as_str())];
    let invited = organisation.post(units, "/coordination/units/invite", &fields);
    assert_eq!(location(&invited), "/coordination/units?done=yes");
    let invitation = link(&letter_to(house, "coordinator", &member.email), "/coordination/invitation/");
    // Not for another, and not for nobody.
    let mut other = scene.member();
    let refused = other.browser.post(&invitation, &invitation, &[]);
    assert!(refused.status == 422 && refused.text.contains("σε άλλη διεύθυνση"), "{refused:?}");
    assert!(FormBrowser::new(house).get(&invitation).text.contains("Συνδεθείτε με τον λογαριασμό"));
    assert_eq!(location(&member.browser.post(&invitation, &invitation, &[])), "/conferences");
    assert_eq!(member.browser.get(&invitation).status, 404, "it is used up");
    let unit = &mut member.browser;
    let new = "/conferences/new";
    let own = [("unit", "10001")];
    let theirs = planned(&unit.post(new, new, &plan("2026-11-25", "", &own)));
    // For the organisation too, where their unit is what is chosen at first; and what they planned is theirs.
    let form = unit.get(new).text;
    let first = form.split("name=\"unit\"").nth(1).unwrap().split("</select>").next().unwrap();
    assert!(first.contains("value=\"10001\" selected") && first.contains("value=\"\">Του φορέα"), "{first}");
    let for_all = planned(&unit.post(new, new, &plan("2026-11-27", "", &[("unit", "")])));
    let cancelled = unit.post(&for_all, &format!("{for_all}/cancel"), &[("sure", "yes")]);
    assert_eq!(location(&cancelled), format!("{for_all}?done=yes"));
    // For no other unit.
    let refused = unit.post(new, new, &plan("2026-11-26", "", &[("unit", "2")]));
    let said = refused.text.contains("Οι συντονιστές οργανικής μονάδας προγραμματίζουν για τη δική τους");
    assert!(refused.status == 422 && said && refused.text.contains("Συντονισμός έργων"), "{refused:?}");
    // Another's conference.
    let email = other.email.clone();
    let others = planned(&organisation.post(new, new, &plan("2026-11-26", &email, &[])));
    let csrf = unit.csrf("/conferences");
    let presses =
        [("cancel", "sure=yes"), ("lock", ""), ("invite", "invited=b@example.gr"), ("remove", "participant=1")];
    for (press, field) in presses {
        let (name, value) = field.split_once('=').unwrap_or(("sure", "yes"));
        let refused = unit.post_with(&csrf, &format!("{others}/{press}"), &[(name, value)]);
        assert!(refused.status == 403 && refused.text.contains("άλλου συντονιστή"), "{press}: {refused:?}");
    }
    let changed = unit.post_with(&csrf, &format!("{others}/change"), &plan("2026-11-27", "", &[]));
    assert!(changed.status == 403 && changed.text.contains("άλλου συντονιστή"), "{changed:?}");
    let looked = unit.get(&others);
    assert!(looked.status == 403 && !looked.text.contains(&email), "{looked:?}");
    // What only the organisation's does.
    let waits = scene.employee("clerk");
    let asked = scene.staff(&waits.2).post("/account/role", "/account/role", &WISH);
    assert_eq!(location(&asked), "/account/role");
    let list = scene.admins_browser().get("/coordination/requests").text;
    let approve = action(&list, "/coordination/requests/", "/approve");
    let alone = [
        (approve.as_str(), ("sure", "yes")),
        ("/coordination/units/make", ("el", "Άλλη")),
        ("/coordination/units/invite", ("email", "b@example.gr")),
        ("/coordination/units/end", ("account", "1")),
        ("/coordination/units/take-back", ("invitation", "1")),
    ];
    for (press, field) in alone {
        let refused = unit.post_with(&csrf, press, &[field, ("unit", "1"), ("en", "Other")]);
        let said = refused.text.contains("μόνο οι συντονιστές του φορέα");
        assert!(refused.status == 403 && said, "{press}: {refused:?}");
    }
    for page in [units, "/coordination/requests"] {
        let refused = unit.get(page);
        assert!(refused.status == 403 && refused.text.contains("μόνο οι συντονιστές του φορέα"), "{page}: {refused:?}");
    }
    // Whoever coordinates the organisation decides about units alone, and manages what is the units'.
    let refused = organisation.post_with(&organisation_csrf(&scene, &anna), &approve, &[]);
    assert!(refused.status == 403, "{refused:?}");
    let cancelled = organisation.post(&theirs, &format!("{theirs}/cancel"), &[("sure", "yes")]);
    assert_eq!(location(&cancelled), format!("{theirs}?done=yes"));
    // Who is not staff and not invited sees why, and plans nothing.
    let why = other.browser.get("/account/role").text;
    assert!(why.contains("Μόνο για στελέχη του Δημοσίου") && !why.contains("name=\"purpose\""), "{why}");
    let refused = other.browser.post("/account/role", "/account/role", &WISH);
    assert!(refused.status == 422 && refused.text.contains("δεν σας αναφέρει"), "{refused:?}");
    let refused = other.browser.get(new);
    assert!(refused.status == 403 && refused.text.contains("Αίτημα Αλλαγής Ρόλου"), "{refused:?}");
    // What is kept of who is invited is theirs to take along.
    let taken = other.browser.get("/account/data.json").text;
    assert!(taken.contains("\"conferences\"") && taken.contains("Συντονισμός έργων"), "{taken}");
    // And a look at who is invited is written down, of who is not allowed none.
    let database = rusqlite::Connection::open(house.database()).unwrap();
    let looks: i64 = database
        .query_row("SELECT count(*) FROM look WHERE what = 'participants' AND names = 1", [], |row| row.get(0))
        .unwrap();
    assert_eq!(looks, 0);
    organisation.get(&others);
    let looks: i64 = database
        .query_row("SELECT count(*) FROM look WHERE what = 'participants' AND names = 1", [], |row| row.get(0))
        .unwrap();
    assert_eq!(looks, 1);
    // Whose coordinating was ended coordinates nothing.
    let list = organisation.get(units).text;
    let (_, rest) = list.split_once("name=\"account\" value=\"").unwrap();
    let account = rest.split('"').next().unwrap().to_owned();
    let ended = organisation.post(units, "/coordination/units/end", &[("unit", "10001"), ("account", &account)]);
    assert_eq!(location(&ended), "/coordination/units?done=yes");
    assert_eq!(unit.get("/conferences").status, 403);
}

fn organisation_csrf(scene: &SweepScene, session: &str) -> String {
    scene.staff(session).csrf("/conferences")
}

#[test]
fn pre_05_a_refusal_has_its_reason_and_another_request_may_be_made() {
    let house = house_at(TUESDAY, |body| body);
    let admin = house.admin();
    house.employ(&admin, "anna", "clerk", Some("kep"), PASSWORD);
    let mut anna = browser(&house, &house.sign_in("anna", PASSWORD));
    let page = "/account/role";
    let wrong = anna.post(page, page, &[("organisation", "Δήμος"), ("phone", "abc"), ("purpose", "Συνεδριάσεις")]);
    assert!(wrong.status == 422 && wrong.text.contains("Γράψτε ένα τηλέφωνο") && wrong.text.contains("Συνεδριάσεις"));
    assert_eq!(location(&anna.post(page, page, &WISH)), page);
    let twice = anna.post(page, page, &WISH);
    assert!(twice.status == 422 && twice.text.contains("περιμένει ήδη απόφαση"), "{twice:?}");
    let mut office = browser(&house, &admin);
    let list = office.get("/coordination/requests").text;
    let refuse = action(&list, "/coordination/requests/", "/refuse");
    let without = office.post("/coordination/requests", &refuse, &[("reason", " ")]);
    assert!(without.status == 422 && without.text.contains("Γράψτε τον λόγο"), "{without:?}");
    let refused = office.post("/coordination/requests", &refuse, &[("reason", "Ζητήστε το από τη μονάδα σας.")]);
    assert_eq!(location(&refused), "/coordination/requests?done=yes");
    let told = anna.get(page).text;
    assert!(told.contains("Ζητήστε το από τη μονάδα σας.") && told.contains("name=\"purpose\""), "{told}");
    assert_eq!(anna.get("/conferences").status, 403);
    // Nothing that was written is in the journal.
    let database = rusqlite::Connection::open(house.database()).unwrap();
    let written: i64 = database
        .query_row(
            "SELECT count(*) FROM body_journal WHERE body LIKE '%Ζητήστε%' OR body LIKE '%2841300000%'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(written, 0);
}

#[test]
fn pre_06_capacity_full_is_said_in_words_and_loses_nothing_that_was_typed() {
    let small = "rooms = 1\nparticipants = 4\nparticipants_each = 4";
    let house = house_at(TUESDAY, |body| {
        let sample = "rooms = 10\nparticipants = 200\nparticipants_each = 100";
        assert!(body.contains(sample));
        body.replace(sample, small)
    });
    let admin = house.admin();
    let anna = coordinator(&house, &admin, "anna");
    let mut coordinator = browser(&house, &anna);
    let page = "/conferences/new";
    let first = planned(&coordinator.post(page, page, &plan("2026-11-25", "", &[])));
    let full = coordinator.post(page, page, &plan("2026-11-25", "maria@example.gr", &[("begins", "10:30")]));
    assert!(full.status == 422 && full.text.contains("Δεν υπάρχει ελεύθερη αίθουσα"), "{full:?}");
    assert!(full.text.contains("maria@example.gr") && full.text.contains("value=\"10:30\""), "{full:?}");
    let many = coordinator.post(page, page, &plan("2026-11-26", "", &[("places", "5")]));
    assert!(many.status == 422 && many.text.contains("από 2 έως 4"), "{many:?}");
    // Of a series that meets it all or none.
    let series = [("pace", "weekly"), ("times", "3")];
    let none = coordinator.post(page, page, &plan("2026-11-18", "", &series));
    assert_eq!(none.status, 422, "{none:?}");
    let none = coordinator.post(page, page, &plan("2026-11-25", "", &series));
    assert!(none.status == 422 && none.text.contains("Δεν προγραμματίστηκε καμία"), "{none:?}");
    let missing = coordinator.post(page, page, &plan("2026-12-31", "", &[("pace", "monthly"), ("times", "3")]));
    assert!(missing.status == 422 && missing.text.contains("02/2027"), "{missing:?}");
    assert_eq!(coordinator.get("/conferences").text.matches("Συντονισμός έργων").count(), 1);
    // A holiday is shown first, and planned by whoever is sure.
    let holiday = plan("2026-12-25", "", &[]);
    let asked = coordinator.post(page, page, &holiday);
    assert!(asked.status == 422 && asked.text.contains("Χριστούγεννα"), "{asked:?}");
    let sure: Vec<_> = holiday.iter().copied().chain([("sure", "yes")]).collect();
    planned(&coordinator.post(page, page, &sure));
    // What is given up can be had.
    coordinator.post(&first, &format!("{first}/cancel"), &[("sure", "yes")]);
    planned(&coordinator.post(page, page, &plan("2026-11-25", "", &[("begins", "10:30"), ("ends", "11:30")])));
}

#[test]
fn pre_06_maintenance_is_announced_on_a_page_stands_after_a_start_and_is_ended() {
    let mut house = house_at(TUESDAY, |body| body);
    let admin = house.admin();
    let anna = coordinator(&house, &admin, "anna");
    let new = "/conferences/new";
    let one = planned(&browser(&house, &anna).post(new, new, &plan("2026-11-26", "", &[])));
    let (page, announce) = ("/coordination/maintenance", "/coordination/maintenance/announce");
    let refused = browser(&house, &anna).get(page);
    assert!(refused.status == 403 && refused.text.contains("μόνο ο διαχειριστής"), "{refused:?}");
    let mut office = browser(&house, &admin);
    assert!(office.get("/admin/office").text.contains(page));
    let window = |more: &[(&'static str, &'static str)]| {
        let mut fields = vec![
            ("from-day", "2026-11-26"),
            ("from", "09:00"),
            ("to-day", "2026-11-26"),
            ("to", "12:00"),
            ("el", "Αναβάθμιση"),
            ("en", "Upgrade"),
        ];
        for (name, value) in more {
            fields.retain(|(known, _)| known != name);
            fields.push((*name, *value));
        }
        fields
    };
    let wrong = office.post(page, announce, &window(&[("to", "08:00")]));
    assert!(wrong.status == 422 && wrong.text.contains("Η λήξη είναι μετά την έναρξη"), "{wrong:?}");
    assert!(wrong.text.contains("value=\"Αναβάθμιση\""), "nothing typed is lost: {}", wrong.text);
    let unsure = office.post(page, announce, &window(&[]));
    assert!(unsure.status == 422 && unsure.text.contains("προγραμματισμένη μία τηλεδιάσκεψη"), "{unsure:?}");
    assert!(unsure.text.contains("name=\"sure\""), "{}", unsure.text);
    let announced = office.post(page, announce, &window(&[("sure", "yes")]));
    assert_eq!(location(&announced), format!("{page}?done=yes"));
    let told: i64 = rusqlite::Connection::open(house.database())
        .unwrap()
        .query_row(
            "SELECT count(*) FROM outbox WHERE kind = 'member' AND about LIKE '%Αναβάθμιση%'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(told, 1, "whoever planned the conference in its way is told");
    // It stands after a start: coordinators see it, and nothing more is planned in it.
    house.stop();
    house.start_at("2026-11-25T09:00:00+02:00", "1");
    let (admin, anna) = (house.admin(), house.sign_in("anna", PASSWORD));
    let mut organisation = browser(&house, &anna);
    assert!(organisation.get("/conferences").text.contains("Αναβάθμιση"));
    let shown = organisation.get(&one).text;
    assert!(shown.contains("Έχει ανακοινωθεί συντήρηση στην ώρα αυτή"), "{shown}");
    let late = [("begins", "11:30"), ("ends", "12:30")];
    let full = organisation.post(new, new, &plan("2026-11-26", "", &late));
    assert!(full.status == 422 && full.text.contains("λόγω συντήρησης"), "{full:?}");
    // It is over before its time, once.
    let mut office = browser(&house, &admin);
    for _ in 0..2 {
        let ended = office.post(page, "/coordination/maintenance/end", &[("maintenance", "1")]);
        assert_eq!(location(&ended), format!("{page}?done=yes"));
    }
    assert!(office.get(page).text.contains("Δεν έχει ανακοινωθεί συντήρηση"));
    planned(&organisation.post(new, new, &plan("2026-11-26", "", &late)));
    house.stop();
    house.verify().unwrap();
}

#[test]
fn pre_06_a_name_is_enough_for_whom_a_coordinator_invited_before() {
    let house = house_at(TUESDAY, |body| body);
    let admin = house.admin();
    let mut office = browser(&house, &coordinator(&house, &admin, "anna"));
    let new = "/conferences/new";
    let invited = "Μαρία Κ. <maria@example.gr>\nΝίκος <n1@example.gr>\nΝίκος <n2@example.gr>";
    planned(&office.post(new, new, &plan("2026-11-25", invited, &[])));
    let one = planned(&office.post(new, new, &plan("2026-11-26", "μαρία κ.", &[])));
    assert!(office.get(&one).text.contains("maria@example.gr"));
    let unclear = office.post(&one, &format!("{one}/invite"), &[("invited", "Νίκος")]);
    assert!(unclear.status == 422 && unclear.text.contains("περισσότερους από έναν"), "{unclear:?}");
    assert!(unclear.text.contains("Νίκος</textarea>"), "nothing typed is lost: {}", unclear.text);
    let nobody = office.post(new, new, &plan("2026-11-27", "Ελένη", &[]));
    assert!(nobody.status == 422 && nobody.text.contains("ούτε ονόματα"), "{nobody:?}");
    // Nobody learns whom another coordinator invited.
    let mut other = browser(&house, &coordinator(&house, &admin, "eleni"));
    let unknown = other.post(new, new, &plan("2026-11-27", "μαρία κ.", &[]));
    assert!(unknown.status == 422 && !unknown.text.contains("maria@"), "{unknown:?}");
}

#[test]
fn pre_06_that_the_end_is_near_is_said_five_minutes_before_and_not_earlier() {
    let mut house = house_at(TUESDAY, |body| body);
    let admin = house.admin();
    let anna = coordinator(&house, &admin, "anna");
    let new = "/conferences/new";
    planned(&browser(&house, &anna).post(new, new, &plan("2026-11-24", "maria@example.gr", &[])));
    let maria = link(&letter_to(&house, "conference", "maria@example.gr"), "/conference/");
    for (at, is_near) in [("10:53:00", false), ("10:55:01", true), ("11:01:00", false)] {
        house.stop();
        house.start_at(&format!("2026-11-24T{at}+02:00"), "1");
        let shown = FormBrowser::new(&house).get(&maria).text;
        assert_eq!(shown.contains("Λήγει σε λίγο, στις 11:00"), is_near, "{at}: {shown}");
    }
}

#[test]
fn pre_06_the_clocks_go_back_between_two_of_a_series() {
    let house = house_at("2026-10-12T09:00:00+03:00", |body| body);
    let admin = house.admin();
    let anna = coordinator(&house, &admin, "anna");
    let mut coordinator = browser(&house, &anna);
    let (page, series) = ("/conferences/new", [("pace", "weekly"), ("times", "2")]);
    planned(&coordinator.post(page, page, &plan("2026-10-19", "maria@example.gr", &series)));
    let letters = letters_to(&house, "conference", "maria@example.gr", 2);
    assert!(letters.iter().all(|letter| letter.contains("10:00")), "{letters:?}");
    let database = rusqlite::Connection::open(house.database()).unwrap();
    let mut asked = database.prepare("SELECT from_at, until_at FROM conference ORDER BY from_at").unwrap();
    let times: Vec<(i64, i64)> =
        asked.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    let at = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp_millis();
    assert_eq!(
        times,
        [
            (at("2026-10-19T07:00:00Z"), at("2026-10-19T08:00:00Z")),
            (at("2026-10-26T08:00:00Z"), at("2026-10-26T09:00:00Z"))
        ]
    );
    // Another time for one of them: a rising sequence, and a copy begins with the same people.
    let list = coordinator.get("/conferences").text;
    let (_, rest) = list.split_once("<th scope=\"row\"><a href=\"").unwrap();
    let one = rest.split('"').next().unwrap().to_owned();
    let change = format!("{one}/change");
    let moved = coordinator.post(&change, &change, &plan("2026-10-20", "", &[]));
    assert_eq!(location(&moved), format!("{one}?done=changed"));
    letter_saying(&house, ("conference", "maria@example.gr"), "άλλαξαν");
    let same = coordinator.post(&change, &change, &plan("2026-10-20", "", &[]));
    assert_eq!(location(&same), format!("{one}?done=changed"));
    let posted: i64 = database
        .query_row("SELECT count(*) FROM outbox WHERE kind = 'conference' AND about LIKE '%changed%'", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(posted, 1, "what is so already tells nobody");
    let copy = coordinator.get(&format!("/conferences/new?copy={}", one.trim_start_matches("/conferences/"))).text;
    assert!(copy.contains("maria@example.gr") && copy.contains("value=\"10:00\"") && copy.contains(ROOM), "{copy}");
}

#[test]
fn fld_23_who_was_invited_is_erased_a_month_after_and_the_journal_stands() {
    let mut house = house_at(TUESDAY, |body| body);
    let admin = house.admin();
    let anna = coordinator(&house, &admin, "anna");
    let page = "/conferences/new";
    let one = planned(&browser(&house, &anna).post(page, page, &plan("2026-11-24", "maria@example.gr", &[])));
    let kept = |house: &ProgramHouse| {
        let database = rusqlite::Connection::open(house.database()).unwrap();
        let count = |sql: &str| database.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
        (
            count("SELECT count(*) FROM conference_participant WHERE email IS NOT NULL"),
            count("SELECT count(*) FROM body_words WHERE text IS NOT NULL"),
        )
    };
    assert_eq!(kept(&house), (1, 2));
    house.stop();
    house.start_at("2026-12-20T09:00:00+02:00", "1");
    let session = house.sign_in("anna", PASSWORD);
    assert!(browser(&house, &session).get(&one).text.contains("maria@example.gr"));
    assert_eq!(kept(&house), (1, 2));
    house.stop();
    house.start_at("2026-12-28T09:00:00+02:00", "1");
    let session = house.sign_in("anna", PASSWORD);
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while kept(&house) != (0, 0) {
        assert!(std::time::Instant::now() < deadline, "{:?}", kept(&house));
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let shown = browser(&house, &session).get(&one);
    assert!(shown.status == 200 && shown.text.contains("Τα στοιχεία διαγράφηκαν"), "{shown:?}");
    house.stop();
    house.verify().unwrap();
}
