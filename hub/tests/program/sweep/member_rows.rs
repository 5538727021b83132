//! What citizens press about accounts of their own, and staff about those: registering, details, levels, signing in through
//! another, erasing.

use super::{
    SweepRow,
    body_scene::{EVERYTHING, PROFILE},
    press::Press,
    row,
    scene::SweepScene,
};
use crate::{
    accounts::location,
    house::PASSWORD,
    letters::{letter_saying, letter_to, link},
    pages::{FormBrowser, solve},
    registers,
};

const CERTIFY: &str = "/staff/kep/certify";
const LEVELS: &str = "/admin/levels";
const OWN_LEVELS: &str = "/staff/requests/levels";
const CITIZENS: &str = "/staff/kep/citizens";

/// The page of an account, for who looks after it and does not certify it.
fn citizen(page: &str) -> String {
    page.replace("/certify/", "/citizens/")
}

/// A press on the page of somebody who wishes for level B.
fn certifies(scene: &SweepScene, fields: &[(&str, &str)]) -> Press {
    let (_, page) = scene.member_who_wishes();
    Press::form(&mut scene.staff(&scene.worker().0), &page, &page, fields)
}

/// A press about level B for certificates, on this page of who may.
fn switch(scene: &SweepScene, mut browser: FormBrowser<'_>, (page, open): (&str, &str)) -> Press {
    let number = scene.number();
    let (el, en) = (format!("Κλειστό έως τη Δευτέρα {number}."), format!("Closed until Monday {number}."));
    let fields = |open| [("subject", "category:5"), ("open", open), ("el", el.as_str()), ("en", en.as_str())];
    let before = if open == "yes" { "no" } else { "yes" };
    assert_eq!(browser.post(page, page, &fields(before)).status, 303);
    Press::form(&mut browser, page, page, &fields(open))
}

pub fn rows() -> Vec<SweepRow> {
    vec![
        row("/register", "/register/sent", |scene| scene.registers(&format!("citizen{}", scene.number())).0),
        row("/register/again", "/register/sent", |scene| {
            let (press, email) = scene.registers(&format!("citizen{}", scene.number()));
            assert_eq!(press.send(scene.house()).status, 303);
            let mut browser = FormBrowser::new(scene.house());
            let work = solve(&browser.get("/register/again").text);
            let fields = [("email", email.as_str()), ("altcha", &work)];
            Press::form(&mut browser, "/register/again", "/register/again", &fields)
        }),
        row("/register/activate/{link}", "done=activated", |scene| {
            let link = scene.registered(&format!("citizen{}", scene.number()));
            Press::form(&mut FormBrowser::new(scene.house()), &link, &link, &registers::OPENS)
        }),
        row("/account/details", "done=details", |scene| {
            Press::form(&mut scene.member().browser, "/account/details", "/account/details", &PROFILE)
        }),
        row("/account/level", "/account/level", |scene| {
            let mut browser = scene.member_filled_in().browser;
            Press::form(&mut browser, "/account/level", "/account/level", &[("wish", "yes")])
        }),
        row("/account/level", "/account/level", |scene| {
            let mut browser = scene.member_who_wishes().0.browser;
            Press::form(&mut browser, "/account/level", "/account/level", &[("wish", "no")])
        }),
        row("/account/records", "Τέλη καθαριότητας 2026", |scene| {
            let mut browser = scene.staff(&scene.who_may_look());
            Press::form(&mut browser, "/account/records", "/account/records", &[])
        }),
        row("/account/erase", "<h1>", |scene| {
            Press::form(&mut scene.member().browser, "/account/erase", "/account/erase", &[("own", PASSWORD)])
        }),
        row("/login/email", "/login/email/sent", |scene| {
            let mut browser = scene.comes_through(FormBrowser::new(scene.house()), "/login/email");
            let email = scene.email();
            Press::form(&mut browser, "/login/email", "/login/email", &[("email", &email)])
        }),
        row("/login/connect", "done=connected", |scene| {
            let member = scene.member();
            let session = member.session();
            let mut browser = scene.comes_through(member.browser, "/login/connect");
            scene.becomes_maria(session);
            Press::form(&mut browser, "/login/connect", "/login/connect", &[])
        }),
        row("/staff/{office}/certify", "href=\"/staff/kep/certify/", |scene| {
            let name = scene.member().name;
            Press::form(&mut scene.staff(&scene.worker().0), CERTIFY, CERTIFY, &[("q", &name)])
        }),
        row("/staff/{office}/certify/{account}", "done=certified", |scene| certifies(scene, &EVERYTHING)),
        row("/staff/{office}/certify/{account}", "done=missing", |scene| certifies(scene, &[("finding", "missing")])),
        row("/staff/{office}/certify/{account}/revoke", "done=revoked", |scene| {
            let (_, page) = scene.member_certified();
            let reason = [("reason", "Το έγγραφο ήταν άλλου.")];
            Press::form(&mut scene.admins_browser(), &page, &format!("{page}/revoke"), &reason)
        }),
        row("/staff/{office}/citizens", "href=\"/staff/kep/citizens/", |scene| {
            let name = scene.member().name;
            Press::form(&mut scene.staff(&scene.worker().0), CITIZENS, CITIZENS, &[("q", &name)])
        }),
        row("/staff/{office}/citizens/{account}/block", "done=block", |scene| {
            let page = citizen(&scene.member_who_wishes().1);
            let reason = [("reason", "Το ζήτησε ο ίδιος.")];
            Press::form(&mut scene.admins_browser(), &page, &format!("{page}/block"), &reason)
        }),
        row("/staff/{office}/citizens/{account}/unblock", "done=unblock", |scene| {
            let page = citizen(&scene.member_who_wishes().1);
            let mut browser = scene.admins_browser();
            let reason = [("reason", "Το ζήτησε ο ίδιος.")];
            assert_eq!(browser.post(&page, &format!("{page}/block"), &reason).status, 303);
            Press::form(&mut browser, &page, &format!("{page}/unblock"), &[])
        }),
        row("/staff/{office}/citizens/{account}/second-step", "done=second-step", |scene| {
            let (mut member, page) = scene.member_who_wishes();
            scene.sets_app_up(&mut member.browser);
            let page = citizen(&page);
            Press::form(&mut scene.staff(&scene.worker().0), &page, &format!("{page}/second-step"), &EVERYTHING[..2])
        }),
        row("/staff/{office}/citizens/{account}/address", "done=address", |scene| {
            let (page, email) = (citizen(&scene.member_certified().1), scene.email());
            let fields = [EVERYTHING[0], EVERYTHING[1], ("email", email.as_str())];
            Press::form(&mut scene.staff(&scene.worker().0), &page, &format!("{page}/address"), &fields)
        }),
        row("/login/undo/{link}", "<h1>", |scene| {
            let (mut member, new) = (scene.member(), scene.email());
            let (browser, old) = (&mut member.browser, member.email.clone());
            let fields = [("email", new.as_str()), ("own", PASSWORD)];
            assert_eq!(browser.post("/staff/account", "/staff/account/address", &fields).status, 303);
            let proof = link(&letter_to(scene.house(), "account", &new), "/login/address/");
            assert_eq!(browser.post(&proof, &proof, &[]).status, 200);
            let undo = link(&letter_saying(scene.house(), ("account", &old), "/login/undo/"), "/login/undo/");
            Press::form(&mut FormBrowser::new(scene.house()), &undo, &undo, &[])
        }),
        row("/account/join", "<li>", |scene| {
            let name = scene.member().name;
            let fields = [("name", name.as_str()), ("password", PASSWORD)];
            Press::form(&mut scene.member().browser, "/account/join", "/account/join", &fields)
        }),
        row("/account/join/confirm", "done=joined", |scene| {
            let name = scene.member().name;
            let (mut browser, page) = (scene.member().browser, "/account/join");
            let shown = browser.post(page, page, &[("name", &name), ("password", PASSWORD)]);
            Press::form_of(&browser, &shown.text, "/account/join/confirm", &[])
        }),
        row("/admin/levels", LEVELS, |scene| switch(scene, scene.admins_browser(), (LEVELS, "no"))),
        row("/admin/levels", LEVELS, |scene| switch(scene, scene.admins_browser(), (LEVELS, "yes"))),
        row("/staff/requests/levels", OWN_LEVELS, |scene| {
            switch(scene, scene.staff(&scene.supervisor_of_certificates()), (OWN_LEVELS, "no"))
        }),
        row("/staff/requests/levels", OWN_LEVELS, |scene| {
            switch(scene, scene.staff(&scene.supervisor_of_certificates()), (OWN_LEVELS, "yes"))
        }),
        row("/admin/clerks/{account}/grants", "/admin/clerks/", |scene| {
            let (_, id, _) = scene.employee("clerk");
            let page = format!("/admin/clerks/{id}");
            let fields = [("grant@certifier@office:1", "yes")];
            Press::form(&mut scene.admins_browser(), &page, &format!("{page}/grants"), &fields)
        }),
    ]
}

#[test]
fn pla_04_where_two_clerks_look_the_first_is_told_so_and_the_second_that_it_is_done() {
    let body = include_str!("../../../samples/body.toml").replace("two_clerks = false", "two_clerks = true");
    let scene = SweepScene::at_work("body = \"body.toml\"\n", &[("body.toml", &body)]);
    let (_, page) = scene.member_who_wishes();
    let certified = "Ο πολίτης πιστοποιήθηκε.";
    for (session, done, said, unsaid) in [
        (scene.worker().0, "looked", "Ο πρώτος έλεγχος καταχωρίστηκε.", certified),
        (scene.second_certifier(), "certified", certified, "Ο πρώτος έλεγχος καταχωρίστηκε."),
    ] {
        let press = Press::form(&mut scene.staff(&session), &page, &page, &EVERYTHING);
        for answer in press.send_twice(scene.house()) {
            assert_eq!(location(&answer), format!("{page}?done={done}"), "{answer:?}");
        }
        let shown = scene.staff(&session).get(&format!("{page}?done={done}")).text;
        assert!(shown.contains(said) && !shown.contains(unsaid), "{shown}");
    }
}
