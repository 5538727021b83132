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
    house::PASSWORD,
    pages::{FormBrowser, solve},
    registers,
};

const CERTIFY: &str = "/staff/kep/certify";
const LEVELS: &str = "/admin/levels";

/// A press on the page of somebody who wishes for level B.
fn certifies(scene: &SweepScene, fields: &[(&str, &str)]) -> Press {
    let (_, page) = scene.member_who_wishes();
    Press::form(&mut scene.staff(&scene.worker().0), &page, &page, fields)
}

/// A press about level B for certificates.
fn switch(scene: &SweepScene, open: &str) -> Press {
    let mut browser = scene.admins_browser();
    let number = scene.number();
    let (el, en) = (format!("Κλειστό έως τη Δευτέρα {number}."), format!("Closed until Monday {number}."));
    let fields = |open| [("subject", "category:5"), ("open", open), ("el", el.as_str()), ("en", en.as_str())];
    let before = if open == "yes" { "no" } else { "yes" };
    assert_eq!(browser.post(LEVELS, LEVELS, &fields(before)).status, 303);
    Press::form(&mut browser, LEVELS, LEVELS, &fields(open))
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
        row("/admin/levels", LEVELS, |scene| switch(scene, "no")),
        row("/admin/levels", LEVELS, |scene| switch(scene, "yes")),
        row("/admin/clerks/{account}/grants", "/admin/clerks/", |scene| {
            let (_, id, _) = scene.employee("clerk");
            let page = format!("/admin/clerks/{id}");
            let fields = [("grant@certifier@office:1", "yes")];
            Press::form(&mut scene.admins_browser(), &page, &format!("{page}/grants"), &fields)
        }),
    ]
}
