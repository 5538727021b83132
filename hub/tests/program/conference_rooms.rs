//! Conferences in rooms of the house, and the meetings of collective bodies that are held there, through the real program.
//!
//! Shows PRE-06, PRE-08 and PRE-10.

use serde_json::json;

use crate::{
    accounts::location,
    calls::Page,
    conferences::{TUESDAY, browser, coordinator, house_at, plan, planned},
    house::{PASSWORD, ProgramHouse},
    http::ask_bytes,
    letters::{letter_saying, letter_to, link},
    pages::FormBrowser,
};

/// The pass that a page of a room holds.
fn pass_of(html: &str) -> String {
    let path = html.split("data-line=\"/api/v1/calls/").nth(1).unwrap_or_else(|| panic!("{html}"));
    path.split("/line\"").next().unwrap().to_owned()
}

/// Held where the house's own rooms are, for so many.
fn ours<'a>(invited: &'a str, places: &'a str) -> Vec<(&'a str, &'a str)> {
    plan("2026-11-24", invited, &[("address", ""), ("places", places)])
}

fn own_link(house: &ProgramHouse, email: &str) -> String {
    link(&letter_to(house, "conference", email), "/conference/")
}

#[test]
fn pre_08_a_conference_is_held_in_a_room_of_the_house_whose_controls_work() {
    let mut house = house_at(TUESDAY, |body| body);
    let admin = house.admin();
    coordinator(&house, &admin, "anna");
    let anna = house.sign_in("anna", PASSWORD);
    let mut office = browser(&house, &anna);
    let page = "/conferences/new";
    // A room of the house holds three: more need a room elsewhere, and nothing typed is lost.
    let many = office.post(page, page, &ours("maria@example.gr", "4"));
    assert!(many.status == 422 && many.text.contains("χωρά έως 3"), "{many:?}");
    assert!(many.text.contains("maria@example.gr"), "{}", many.text);
    let one = planned(&office.post(page, page, &ours("maria@example.gr\nnikos@example.gr", "3")));
    let (maria, nikos) = (own_link(&house, "maria@example.gr"), own_link(&house, "nikos@example.gr"));
    // Long before, everybody can try their camera; the room is behind the waiting room.
    let mut guest = FormBrowser::new(&house);
    assert!(guest.get(&maria).text.contains("/test-room"));
    assert!(guest.get("/test-room").text.contains("Τίποτα δεν στέλνεται"));
    assert_eq!(location(&guest.get(&format!("{maria}/room"))), maria);
    house.stop();
    house.start_at("2026-11-24T10:00:05+02:00", "1");
    let anna = house.sign_in("anna", PASSWORD);
    let mut office = browser(&house, &anna);
    let mut guest = FormBrowser::new(&house);
    // Who knows the line before the waiting room is told to come through it: the pass is counted there.
    let pass = |link: &str| link.trim_start_matches("/conference/").to_owned();
    let mut early = Page::open(&house, "", &pass(&maria));
    assert_eq!(early.door()["is"], json!("outside"));
    assert_eq!(location(&guest.post(&maria, &format!("{maria}/enter"), &[])), format!("{maria}/room"));
    let open = early.door();
    assert_eq!(open["is"], json!("open"), "it opens by itself: {open}");
    assert!(open["ends"].is_string(), "the page says when the end is near: {open}");
    let room = guest.get(&format!("{maria}/room")).text;
    assert_eq!(pass_of(&room), pass(&maria));
    assert!(room.contains("Συμμετέχων") && !room.contains("nikos"), "{room}");
    // The coordinator has the room and its controls on one page.
    let desk = format!("{one}/room");
    let shown = office.get(&desk).text;
    assert!(shown.contains("nikos@example.gr") && shown.contains("καταγράφεται"), "{shown}");
    let host = pass_of(&shown);
    let mut of_host = Page::open(&house, &anna, &host);
    assert_eq!(of_host.door()["is"], json!("open"));
    let seats = of_host.hears("seats", |told| told["seats"].as_array().is_some_and(|seats| seats.len() == 2));
    assert!(seats["seats"].as_array().unwrap().iter().any(|seat| seat["role"] == "host"), "{seats}");
    assert_eq!(Page::try_open(&house, "", &host, "00000000-0000-4000-8000-000000000001").err(), Some(401));
    // Locked: who has not come through stays outside, and who has stays in.
    let press = |office: &mut FormBrowser<'_>, action: &str, more: &[(&str, &str)]| {
        let fields: Vec<_> = more.iter().copied().chain([("room", "yes")]).collect();
        assert_eq!(location(&office.post(&desk, &format!("{one}/{action}"), &fields)), desk);
    };
    press(&mut office, "lock", &[]);
    let locked = guest.post(&nikos, &format!("{nikos}/enter"), &[]);
    assert!(locked.status == 403 && locked.text.contains("κλειδωμένη"), "{locked:?}");
    press(&mut office, "unlock", &[]);
    assert_eq!(location(&guest.post(&nikos, &format!("{nikos}/enter"), &[])), format!("{nikos}/room"));
    let mut of_nikos = Page::open(&house, "", &pass(&nikos));
    assert_eq!(of_nikos.door()["is"], json!("open"));
    // Who is removed is out at once, and cannot come back.
    press(&mut office, "remove", &[("participant", "1")]);
    let out = early.hears("door", |door| door["is"] == "over");
    assert_eq!(out["why"], json!("removed"));
    assert_eq!(Page::open(&house, "", &pass(&maria)).door(), json!({ "is": "over", "why": "removed" }));
    // Ended for all.
    press(&mut office, "end", &[("sure", "yes")]);
    for page in [&mut of_nikos, &mut of_host] {
        assert_eq!(page.hears("door", |door| door["is"] == "over")["why"], json!("for-all"));
    }
    assert!(office.get(&desk).text.contains("έχει λήξει"));
    // And it stands in the figures of the year.
    let figures = office.get("/conferences/figures?year=2026").text;
    assert!(figures.contains("<svg") && figures.contains("11/2026"), "{figures}");
    let csv = office.get("/conferences/figures.csv?year=2026").text;
    assert!(csv.contains("\"Σύνολο\";2026-11;1;2;"), "{csv}");
    assert!(guest.get("/protection").text.contains("429/13.3.2020"));
    // That the coordinator saw who is invited is kept, for administrators to read.
    let looks = browser(&house, &house.admin()).get("/admin/looks").text;
    assert!(looks.contains("Συμμετέχοντες τηλεδιάσκεψης") && looks.contains("anna"), "{looks}");
    house.stop();
    assert!(!house.verify().unwrap().is_empty());
}

/// Four members with a vote, a substitute of the second, and a secretary without one.
const BOARD: [(&str, &str); 21] = [
    ("body-el", "Δημοτική Επιτροπή"),
    ("place", "Με τηλεδιάσκεψη, στο Δημαρχείο"),
    ("quorum-way", "Προσωπικός σύνδεσμος και κάμερα"),
    ("secrecy-way", "Κλειδωμένη αίθουσα"),
    ("agenda", "Έγκριση προηγούμενων πρακτικών\nΠροϋπολογισμός 2027"),
    ("notice", "48"),
    ("post-1", "chair"),
    ("post-2", "ordinary"),
    ("post-3", "ordinary"),
    ("post-4", "ordinary"),
    ("post-5", "secretary"),
    ("votes-1", "yes"),
    ("votes-2", "yes"),
    ("votes-3", "yes"),
    ("votes-4", "yes"),
    ("stands-in-4", "2"),
    ("name-1", "Άννα Αναγνώστου"),
    ("name-2", "Βασίλης Βλάχος"),
    ("name-3", "Γιώργος Γεωργίου"),
    ("name-4", "Δήμητρα Δήμου"),
    ("name-5", "Ελένη Ευαγγέλου"),
];

#[test]
fn pre_10_the_room_of_the_house_says_who_has_left_a_meeting() {
    let mut house = house_at(TUESDAY, |body| body);
    let admin = house.admin();
    coordinator(&house, &admin, "anna");
    let mut office = browser(&house, &house.sign_in("anna", PASSWORD));
    let people = ["m1@example.gr", "m2@example.gr", "m3@example.gr"];
    let (page, invited) = ("/conferences/new", people.join("\n"));
    let meeting = format!("{}/meeting", planned(&office.post(page, page, &ours(&invited, "3"))));
    let of_three = |name: &str| !["-4", "-5"].iter().any(|end| name.ends_with(end)) && name != "post-3";
    let board: Vec<_> = BOARD.into_iter().filter(|(name, _)| of_three(name)).chain([("post-3", "secretary")]).collect();
    assert_eq!(office.post(&meeting, &format!("{meeting}/plan"), &board).status, 303);
    assert_eq!(office.post(&meeting, &format!("{meeting}/call"), &[("urgent", "yes")]).status, 303);
    let links = people.map(|email| own_link(&house, email));
    house.stop();
    house.start_at("2026-11-24T10:00:05+02:00", "1");
    let mut office = browser(&house, &house.sign_in("anna", PASSWORD));
    let mut guest = FormBrowser::new(&house);
    for link in &links {
        assert_eq!(guest.post(link, &format!("{link}/enter"), &[]).status, 303);
    }
    let mut shows = |said: &str| {
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
        loop {
            let shown = office.get(&meeting).text;
            if shown.contains(said) {
                return;
            }
            assert!(std::time::Instant::now() < deadline, "{said}: {shown}");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    };
    shows("Παρόντα 3 από 3");
    // Who closes the page of the room is gone, and is there again with another page of it.
    let pass = links[0].trim_start_matches("/conference/");
    let mut first = Page::open(&house, "", pass);
    assert_eq!(first.door()["is"], json!("open"));
    drop(first);
    shows("Παρόντα 2 από 3");
    let mut again = Page::open(&house, "", pass);
    assert_eq!(again.door()["is"], json!("open"));
    shows("Παρόντα 3 από 3");
    drop(again);
    house.stop();
    assert!(!house.verify().unwrap().is_empty());
}

#[test]
fn pre_10_a_collective_body_meets_from_the_invitation_to_minutes_that_chair_and_secretary_sign() {
    let mut house = house_at(TUESDAY, |body| body);
    let admin = house.admin();
    coordinator(&house, &admin, "anna");
    let anna = house.sign_in("anna", PASSWORD);
    let mut office = browser(&house, &anna);
    let people: Vec<String> = (1..=5).map(|nth| format!("m{nth}@example.gr")).collect();
    let invited = people.join("\n");
    let page = "/conferences/new";
    let fields = plan("2026-11-27", &invited, &[("places", "9")]);
    let one = planned(&office.post(page, page, &fields));
    let meeting = format!("{one}/meeting");
    assert!(office.get(&one).text.contains(&meeting));
    let mut press =
        |action: &str, fields: &[(&str, &str)]| office.post(&meeting, &format!("{meeting}/{action}"), fields);
    // Members invited for a vote in the own right are three at least; nothing typed is lost.
    let few: Vec<_> =
        BOARD.into_iter().filter(|(name, _)| !matches!(*name, "votes-3" | "votes-4" | "stands-in-4")).collect();
    let few = press("plan", &few);
    assert!(few.status == 422 && few.text.contains("τουλάχιστον 3"), "{few:?}");
    assert!(few.text.contains("Προϋπολογισμός 2027") && few.text.contains("Ελένη Ευαγγέλου"), "{}", few.text);
    let full: Vec<_> = BOARD.into_iter().filter(|(name, _)| *name != "stands-in-4").collect();
    assert_eq!(location(&press("plan", &full)), format!("{meeting}?done=yes"));
    assert_eq!(location(&press("call", &[])), format!("{meeting}?done=yes"));
    let letter = letter_saying(&house, ("conference", "m1@example.gr"), "συλλογικού οργάνου");
    assert!(letter.contains("Προϋπολογισμός 2027") && letter.contains("Δημοτική Επιτροπή"), "{letter}");
    let early = press("present", &[("participant", "1")]);
    assert!(early.status == 422 && early.text.contains("δεν έχει αρχίσει"), "{early:?}");
    // Its day: two come through the waiting room, the third is found by the secretary.
    house.stop();
    house.start_at("2026-11-27T10:00:05+02:00", "1");
    let anna = house.sign_in("anna", PASSWORD);
    let mut office = browser(&house, &anna);
    let mut guest = FormBrowser::new(&house);
    let links: Vec<String> = people.iter().map(|email| own_link(&house, email)).collect();
    for link in &links[..2] {
        assert_eq!(guest.post(link, &format!("{link}/enter"), &[]).status, 303);
    }
    let shown = office.get(&meeting).text;
    assert!(shown.contains("Δεν υπάρχει απαρτία") && shown.contains("χρειάζονται 3"), "{shown}");
    let mut press =
        |action: &str, fields: &[(&str, &str)]| office.post(&meeting, &format!("{meeting}/{action}"), fields);
    let without = press("vote", &[("item", "1"), ("agree", "2")]);
    assert!(without.status == 422 && without.text.contains("Δεν υπάρχει απαρτία: χρειάζονται 3"), "{without:?}");
    // The secretary does so behind their own link, without an account; nobody else's link leads there.
    let own = format!("{}/meeting", links[4]);
    assert!(guest.get(&links[4]).text.contains(&format!("href=\"{own}\"")));
    let found = guest.post(&own, &format!("{own}/present"), &[("participant", "3")]);
    assert_eq!(location(&found), format!("{own}?done=yes"));
    let others = format!("{}/meeting", links[0]);
    assert_eq!(guest.get(&others).status, 404);
    assert_eq!(guest.post(&links[0], &format!("{others}/absent"), &[("participant", "3")]).status, 404);
    assert!(!guest.get(&own).text.contains("m1@example.gr"), "names, and no addresses");
    assert_eq!(
        press("vote", &[("item", "1"), ("vote-1", "for"), ("vote-2", "for"), ("vote-3", "against")]).status,
        303
    );
    assert_eq!(press("vote", &[("item", "2"), ("agree", "2"), ("blank", "1")]).status, 303);
    let much = press("vote", &[("item", "2"), ("agree", "9")]);
    assert!(much.status == 422 && much.text.contains("περισσότερες"), "{much:?}");
    assert!(much.text.contains("value=\"9\""), "nothing typed is lost: {}", much.text);
    assert_eq!(press("minutes", &[("discussion", "Συζητήθηκαν τα δύο θέματα.")]).status, 303);
    // Chair and secretary are told; each signs what they have read, by their own link.
    let minutes = |email: &str| link(&letter_saying(&house, ("conference", email), "υπογραφή"), "/conference/");
    let (chair, secretary) = (minutes("m1@example.gr"), minutes("m5@example.gr"));
    assert!(chair.ends_with("/minutes"), "{chair}");
    let words =
        |html: &str| html.split("name=\"words\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let read = guest.get(&chair).text;
    for says in [
        "Δημοτική Επιτροπή",
        "Κλειδωμένη αίθουσα",
        "Βασίλης Βλάχος",
        "διαπιστώθηκε απαρτία",
        "Υπέρ 2, κατά 1, λευκά 0",
        "Συζητήθηκαν τα δύο",
    ] {
        assert!(read.contains(says), "{says} is not in: {read}");
    }
    let first = words(&read);
    // They are made anew, from what was written: what was read before is signed no more.
    assert!(office.get(&meeting).text.contains("Συζητήθηκαν τα δύο θέματα."));
    let mut press =
        |action: &str, fields: &[(&str, &str)]| office.post(&meeting, &format!("{meeting}/{action}"), fields);
    let made = guest.post(&own, &format!("{own}/minutes"), &[("discussion", "Συζητήθηκαν εκτενώς.")]);
    assert_eq!(location(&made), format!("{own}?done=yes"));
    let old = guest.post(&chair, &chair, &[("words", &first)]);
    assert!(old.status == 422 && old.text.contains("άλλαξε στο μεταξύ"), "{old:?}");
    for link in [&chair, &secretary] {
        let fresh = words(&guest.get(link).text);
        assert_eq!(location(&guest.post(link, link, &[("words", &fresh)])), *link);
    }
    let ordinary = guest.get(&format!("{}/minutes", links[1])).text;
    assert!(ordinary.contains("εκτενώς") && !ordinary.contains("Υπογράφω"), "{ordinary}");
    let late = press("minutes", &[("discussion", "Κάτι άλλο")]);
    assert!(late.status == 422 && late.text.contains("έχει υπογραφεί"), "{late:?}");
    // The file is for members and for the coordinator, tagged, with what was signed.
    assert!(guest.get(&links[1]).text.contains(&format!("href=\"{}/minutes\"", links[1])), "members find them");
    let file = ask_bytes(&house.address, "GET", &format!("{chair}.pdf"), &[], b"");
    assert!(file.status == 200 && file.headers.to_lowercase().contains("application/pdf"), "{}", file.headers);
    assert!(file.text.starts_with("%PDF-"), "{}", file.text);
    assert_eq!(guest.get(&one).status, 303, "who is not signed in sees no conference");
    house.stop();
    assert!(!house.verify().unwrap().is_empty());
    let exported = house.run(&["export"]);
    let journal = String::from_utf8_lossy(&exported.stdout).into_owned();
    assert!(!journal.contains("Βλάχος") && !journal.contains("εκτενώς"), "nothing of people is in the journal");
    // Somebody changes a word of what was signed, in the file itself: it is shown to nobody as the minutes, and found.
    let file = house.database();
    let change = |from: &str, to: &str| {
        let database = rusqlite::Connection::open(&file).unwrap();
        let change = "UPDATE body_words SET text = replace(text, ?1, ?2) WHERE about = 'minutes'";
        assert!(database.execute(change, [from, to]).unwrap() > 0);
    };
    change("εκτενώς", "ελάχιστα");
    let found = house.verify().unwrap_err();
    assert!(found.contains("is not the one that was made"), "{found}");
    house.start_at("2026-11-27T12:00:05+02:00", "1");
    let mut office = browser(&house, &house.sign_in("anna", PASSWORD));
    let mut guest = FormBrowser::new(&house);
    let changed = guest.get(&chair);
    assert!(changed.status == 503 && changed.text.contains("δεν είναι αυτό που συντάχθηκε"), "{changed:?}");
    assert!(!changed.text.contains("ελάχιστα"), "{changed:?}");
    let shown = office.get(&meeting).text;
    assert!(shown.contains("δεν είναι αυτό που συντάχθηκε") && !shown.contains("minutes.pdf"), "{shown}");
    house.stop();
    change("ελάχιστα", "εκτενώς");
    assert!(!house.verify().unwrap().is_empty());
    // A month later the links of members end, and say so; the body has them still.
    house.start_at("2026-12-20T09:00:05+02:00", "1");
    assert!(FormBrowser::new(&house).get(&chair).text.contains("εκτενώς"));
    house.stop();
    house.start_at("2026-12-28T09:00:05+02:00", "1");
    let mut guest = FormBrowser::new(&house);
    for path in [chair.clone(), format!("{chair}.pdf")] {
        let ended = guest.get(&path);
        assert!(ended.status == 404 && ended.text.contains("προς το πρακτικό έληξε"), "{path}: {ended:?}");
    }
    assert!(!guest.get(&links[1]).text.contains("/minutes\""));
    let mut office = browser(&house, &house.sign_in("anna", PASSWORD));
    assert!(office.get(&meeting).text.contains("minutes.pdf"));
}
