//! What coordinators press about conferences and about each other, and what those press who are invited.

use super::{SweepRow, press::Press, row, scene::SweepScene};
use crate::{
    accounts::location,
    conferences::coordinator,
    letters::{letter_to, link},
};

/// The session of somebody new who coordinates the organisation.
fn organisation(scene: &SweepScene) -> String {
    let known = scene.body.coordinator.borrow().clone();
    known.unwrap_or_else(|| {
        let session = coordinator(scene.house(), &scene.admin, &format!("anna{}", scene.number()));
        scene.body.coordinator.replace(Some(session.clone()));
        session
    })
}

/// Somebody of staff who asks to coordinate: what they fill in.
const WISH: [(&str, &str); 3] =
    [("organisation", "Δήμος"), ("phone", "2841300000"), ("purpose", "Συνεδριάσεις των τμημάτων")];

/// A conference that has just begun: whose it is, its page, an address that is invited to it, and when it began.
fn conference(scene: &SweepScene) -> (String, String, String, String) {
    let (session, email) = (organisation(scene), scene.email());
    let begins = (scene.house().clock(&scene.admin) + chrono::TimeDelta::hours(2)).format("%H:%M").to_string();
    let fields = [
        ("title-el", "Συνεδρίαση"),
        ("address", "https://meet.example.gr/1"),
        ("day", "2026-11-24"),
        ("begins", begins.as_str()),
        ("ends", "18:55"),
        ("places", "4"),
        ("invited", email.as_str()),
    ];
    let page = "/conferences/new";
    let made = scene.staff(&session).post(page, page, &fields);
    let one = location(&made).trim_end_matches("?done=planned").to_owned();
    (session, one, email, begins)
}

/// A press on the page of a conference.
fn pressed(scene: &SweepScene, action: &str, fields: &[(&str, &str)]) -> Press {
    let (session, page, ..) = conference(scene);
    Press::form(&mut scene.staff(&session), &page, &format!("{page}/{action}"), fields)
}

/// A conference with three members more of a collective body, which began just now: session, page, and the addresses of chair and
/// secretary.
fn assembly(scene: &SweepScene) -> (String, String, String, String) {
    let (session, page, email, _) = conference(scene);
    let mut browser = scene.staff(&session);
    let others = [scene.email(), scene.email(), scene.email()];
    let invited = browser.post(&page, &format!("{page}/invite"), &[("invited", &others.join("\n"))]);
    assert_eq!(invited.status, 303, "{invited:?}");
    let [_, _, secretary] = others;
    (session, page, email, secretary)
}

/// Four members with a vote, of whom the first is the chair and the fourth the secretary.
const MEMBERS: [(&str, &str); 18] = [
    ("body-el", "Δημοτική Επιτροπή"),
    ("place", "Με τηλεδιάσκεψη"),
    ("quorum-way", "Με κάμερα"),
    ("secrecy-way", "Κλειδωμένη αίθουσα"),
    ("agenda", "Έγκριση πρακτικών\nΠροϋπολογισμός"),
    ("notice", "48"),
    ("post-1", "chair"),
    ("post-2", "ordinary"),
    ("post-3", "ordinary"),
    ("post-4", "secretary"),
    ("votes-1", "yes"),
    ("votes-2", "yes"),
    ("votes-3", "yes"),
    ("votes-4", "yes"),
    ("name-1", "Άννα Α."),
    ("name-2", "Βασίλης Β."),
    ("name-3", "Γιώργος Γ."),
    ("name-4", "Δήμητρα Δ."),
];

/// The same, after these presses on its page; then one more.
fn meeting(scene: &SweepScene, before: &[(&str, &[(&str, &str)])], action: &str, fields: &[(&str, &str)]) -> Press {
    let (session, page, ..) = assembly(scene);
    let page = format!("{page}/meeting");
    let mut browser = scene.staff(&session);
    for (action, fields) in before {
        let done = browser.post(&page, &format!("{page}/{action}"), fields);
        assert_eq!(done.status, 303, "{action}: {done:?}");
    }
    Press::form(&mut browser, &page, &format!("{page}/{action}"), fields)
}

const PLAN: (&str, &[(&str, &str)]) = ("plan", &MEMBERS);
const CALL: (&str, &[(&str, &str)]) = ("call", &[("urgent", "yes")]);
const FIRST: (&str, &[(&str, &str)]) = ("present", &[("participant", "1")]);
const SECOND: (&str, &[(&str, &str)]) = ("present", &[("participant", "2")]);
const THIRD: (&str, &[(&str, &str)]) = ("present", &[("participant", "3")]);
const MADE: (&str, &[(&str, &str)]) = ("minutes", &[("discussion", "Συζητήθηκαν.")]);

/// The same, pressed by the secretary, behind their own link.
fn secretary(scene: &SweepScene, before: &[(&str, &[(&str, &str)])], action: &str, fields: &[(&str, &str)]) -> Press {
    let (session, page, _, email) = assembly(scene);
    let own = format!("{}/meeting", link(&letter_to(scene.house(), "conference", &email), "/conference/"));
    let page = format!("{page}/meeting");
    let mut browser = scene.staff(&session);
    for (action, fields) in [PLAN, CALL].iter().chain(before) {
        let done = browser.post(&page, &format!("{page}/{action}"), fields);
        assert_eq!(done.status, 303, "{action}: {done:?}");
    }
    Press::form(&mut crate::pages::FormBrowser::new(scene.house()), &own, &format!("{own}/{action}"), fields)
}

/// The chair signs the minutes that wait for them.
fn signature(scene: &SweepScene) -> Press {
    let (session, page, email, _) = assembly(scene);
    let page = format!("{page}/meeting");
    let mut browser = scene.staff(&session);
    for (action, fields) in [PLAN, CALL, FIRST, SECOND, THIRD, MADE] {
        assert_eq!(browser.post(&page, &format!("{page}/{action}"), fields).status, 303);
    }
    let link = link(&crate::letters::letter_saying(scene.house(), ("conference", &email), "υπογραφή"), "/conference/");
    let mut guest = crate::pages::FormBrowser::new(scene.house());
    let html = guest.get(&link).text;
    let words = html.split("name=\"words\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    Press::form(&mut guest, &link, &link, &[("words", &words)])
}

/// A press of somebody who is invited.
fn invited(scene: &SweepScene, action: &str) -> Press {
    let (_, _, email, _) = conference(scene);
    let link = link(&letter_to(scene.house(), "conference", &email), "/conference/");
    let mut browser = crate::pages::FormBrowser::new(scene.house());
    Press::form(&mut browser, &link, &format!("{link}/{action}"), &[])
}

/// A request to coordinate that waits, and the administrator's press about it.
fn decision(scene: &SweepScene, action: &str, fields: &[(&str, &str)]) -> Press {
    let (name, _, session) = scene.employee("clerk");
    let asked = scene.staff(&session).post("/account/role", "/account/role", &WISH);
    assert_eq!(location(&asked), "/account/role");
    let mut office = scene.admins_browser();
    let list = office.get("/coordination/requests").text;
    let (_, rest) = list.split_once(&format!(">{name}</h2>")).unwrap();
    let (_, rest) = rest.split_once("action=\"/coordination/requests/").unwrap();
    let id = rest.split('/').next().unwrap();
    let page = "/coordination/requests";
    Press::form(&mut office, page, &format!("{page}/{id}/{action}"), fields)
}

const UNITS: &str = "/coordination/units";

/// A press about units.
fn unit(scene: &SweepScene, action: &str, fields: &[(&str, &str)]) -> Press {
    Press::form(&mut scene.staff(&organisation(scene)), UNITS, &format!("{UNITS}/{action}"), fields)
}

const UPKEEP: &str = "/coordination/maintenance";

/// Maintenance that nobody announced before, on a day of next year on which the sweep plans nothing.
fn announcement(scene: &SweepScene) -> Press {
    let (el, en) = (format!("Αναβάθμιση {}", scene.number()), format!("Upgrade {}", scene.number()));
    let fields = [
        ("from-day", "2027-06-01"),
        ("from", "09:00"),
        ("to-day", "2027-06-01"),
        ("to", "12:00"),
        ("el", el.as_str()),
        ("en", en.as_str()),
    ];
    Press::form(&mut scene.admins_browser(), UPKEEP, &format!("{UPKEEP}/announce"), &fields)
}

/// An invitation to coordinate a unit, and who has it.
fn invitation(scene: &SweepScene) -> (super::body_scene::Member<'_>, String) {
    let member = scene.member();
    let sent = unit(scene, "invite", &[("unit", "1"), ("email", &member.email)]).send(scene.house());
    assert_eq!(location(&sent), "/coordination/units?done=yes");
    let link = link(&letter_to(scene.house(), "coordinator", &member.email), "/coordination/invitation/");
    (member, link)
}

pub fn rows() -> Vec<SweepRow> {
    vec![
        row("/account/role", "/account/role", |scene| {
            let (_, _, session) = scene.employee("clerk");
            let fields: Vec<_> = WISH.into_iter().chain([("step", "ask")]).collect();
            Press::form(&mut scene.staff(&session), "/account/role", "/account/role", &fields)
        }),
        row("/coordination/requests/{request}/approve", "done=yes", |scene| decision(scene, "approve", &[])),
        row("/coordination/requests/{request}/refuse", "done=yes", |scene| {
            decision(scene, "refuse", &[("reason", "Ζητήστε το από τη μονάδα σας.")])
        }),
        row("/coordination/units/make", "done=yes", |scene| {
            let number = scene.number();
            unit(scene, "make", &[("el", &format!("Μονάδα {number}")), ("en", &format!("Unit {number}"))])
        }),
        row("/coordination/units/invite", "done=yes", |scene| {
            unit(scene, "invite", &[("unit", "1"), ("email", &scene.email())])
        }),
        row("/coordination/units/take-back", "done=yes", |scene| {
            let email = scene.email();
            assert_eq!(unit(scene, "invite", &[("unit", "2"), ("email", &email)]).send(scene.house()).status, 303);
            let html = scene.staff(&organisation(scene)).get(UNITS).text;
            let (_, rest) = html.split_once(&email).unwrap();
            let (_, rest) = rest.split_once("name=\"invitation\" value=\"").unwrap();
            let id = rest.split('"').next().unwrap().to_owned();
            unit(scene, "take-back", &[("invitation", &id)])
        }),
        row("/coordination/units/end", "done=yes", |scene| {
            let (mut member, link) = invitation(scene);
            assert_eq!(location(&member.browser.post(&link, &link, &[])), "/conferences");
            let html = scene.staff(&organisation(scene)).get(UNITS).text;
            let (_, rest) = html.split_once(&format!("<span>{}</span>", member.name)).unwrap();
            let (_, rest) = rest.split_once("name=\"account\" value=\"").unwrap();
            let account = rest.split('"').next().unwrap().to_owned();
            unit(scene, "end", &[("unit", "1"), ("account", &account)])
        }),
        row("/coordination/maintenance/announce", "done=yes", announcement),
        row("/coordination/maintenance/end", "done=yes", |scene| {
            assert_eq!(announcement(scene).send(scene.house()).status, 303);
            let mut office = scene.admins_browser();
            let html = office.get(UPKEEP).text;
            let newest =
                html.rsplit("name=\"maintenance\" value=\"").next().unwrap().split('"').next().unwrap().to_owned();
            Press::form(&mut office, UPKEEP, &format!("{UPKEEP}/end"), &[("maintenance", &newest)])
        }),
        row("/coordination/invitation/{link}", "/conferences", |scene| {
            let (mut member, link) = invitation(scene);
            Press::form(&mut member.browser, &link, &link, &[])
        }),
        row("/conferences/new", "done=planned", |scene| {
            let email = scene.email();
            let fields = [
                ("title-el", "Συνεδρίαση"),
                ("address", "https://meet.example.gr/1"),
                ("day", "2026-11-27"),
                ("begins", "09:00"),
                ("ends", "10:00"),
                ("places", "2"),
                ("invited", email.as_str()),
            ];
            let page = "/conferences/new";
            Press::form(&mut scene.staff(&organisation(scene)), page, page, &fields)
        }),
        row("/conferences/{conference}/change", "done=changed", |scene| {
            let (session, page, _, begins) = conference(scene);
            let page = format!("{page}/change");
            let fields = [
                ("title-el", "Άλλη συνεδρίαση"),
                ("address", "https://meet.example.gr/2"),
                ("day", "2026-11-24"),
                ("begins", begins.as_str()),
                ("ends", "18:30"),
                ("places", "5"),
            ];
            Press::form(&mut scene.staff(&session), &page, &page, &fields)
        }),
        row("/conferences/{conference}/invite", "done=yes", |scene| {
            pressed(scene, "invite", &[("invited", &scene.email())])
        }),
        row("/conferences/{conference}/remove", "done=yes", |scene| pressed(scene, "remove", &[("participant", "1")])),
        row("/conferences/{conference}/renew", "done=yes", |scene| pressed(scene, "renew", &[("participant", "1")])),
        row("/conferences/{conference}/lock", "done=yes", |scene| pressed(scene, "lock", &[])),
        row("/conferences/{conference}/unlock", "done=yes", |scene| {
            let (session, page, ..) = conference(scene);
            let mut browser = scene.staff(&session);
            assert_eq!(browser.post(&page, &format!("{page}/lock"), &[]).status, 303);
            Press::form(&mut browser, &page, &format!("{page}/unlock"), &[])
        }),
        row("/conferences/{conference}/cancel", "done=yes", |scene| pressed(scene, "cancel", &[("sure", "yes")])),
        row("/conferences/{conference}/end", "done=yes", |scene| pressed(scene, "end", &[("sure", "yes")])),
        row("/conferences/{conference}/meeting/plan", "done=yes", |scene| meeting(scene, &[], "plan", &MEMBERS)),
        row("/conferences/{conference}/meeting/call", "done=yes", |scene| meeting(scene, &[PLAN], "call", CALL.1)),
        row("/conferences/{conference}/meeting/present", "done=yes", |scene| {
            meeting(scene, &[PLAN, CALL], "present", FIRST.1)
        }),
        row("/conferences/{conference}/meeting/absent", "done=yes", |scene| {
            meeting(scene, &[PLAN, CALL, FIRST], "absent", FIRST.1)
        }),
        row("/conferences/{conference}/meeting/vote", "done=yes", |scene| {
            let fields = [("item", "1"), ("agree", "2"), ("against", "1")];
            meeting(scene, &[PLAN, CALL, FIRST, SECOND, THIRD], "vote", &fields)
        }),
        row("/conferences/{conference}/meeting/minutes", "done=yes", |scene| {
            meeting(scene, &[PLAN, CALL, FIRST], "minutes", MADE.1)
        }),
        row("/conference/{link}/meeting/present", "done=yes", |scene| secretary(scene, &[], "present", FIRST.1)),
        row("/conference/{link}/meeting/absent", "done=yes", |scene| secretary(scene, &[FIRST], "absent", FIRST.1)),
        row("/conference/{link}/meeting/vote", "done=yes", |scene| {
            let fields = [("item", "1"), ("agree", "2"), ("against", "1")];
            secretary(scene, &[FIRST, SECOND, THIRD], "vote", &fields)
        }),
        row("/conference/{link}/meeting/minutes", "done=yes", |scene| secretary(scene, &[FIRST], "minutes", MADE.1)),
        row("/conference/{link}/minutes", "/minutes", signature),
        row("/conference/{link}/confirm", "/conference/", |scene| invited(scene, "confirm")),
        row("/conference/{link}/decline", "/conference/", |scene| invited(scene, "decline")),
        row("/conference/{link}/enter", "/conference/", |scene| invited(scene, "enter")),
    ]
}
