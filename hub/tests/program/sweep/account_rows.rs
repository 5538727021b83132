//! What is pressed about accounts, devices and the house as a whole.

use serde_json::{Value, json};

use super::{
    SweepRow,
    press::Press,
    row,
    scene::{NEW_PASSWORD, SweepScene, text},
};
use crate::{
    accounts::after,
    house::PASSWORD,
    letters::{letter_to, link},
    pages::FormBrowser,
};

const ACCOUNT: &str = "/staff/account";

/// A press on one's own page.
fn own(scene: &SweepScene, action: &str, fields: &[(&str, &str)]) -> Press {
    let (_, _, session) = scene.employee("clerk");
    Press::form(&mut scene.staff(&session), ACCOUNT, &format!("{ACCOUNT}/{action}"), fields)
}

/// A press on the page of somebody's account.
fn clerk(scene: &SweepScene, action: &str, fields: &[(&str, &str)]) -> Press {
    let (_, id, _) = scene.employee("clerk");
    let page = format!("/admin/clerks/{id}");
    Press::form(&mut scene.admins_browser(), &page, &format!("{page}/{action}"), fields)
}

/// Somebody whose address is proven: the name and the address.
fn addressed(scene: &SweepScene) -> (String, String) {
    let ((name, _, session), email) = (scene.employee("clerk"), scene.email());
    let mut browser = scene.staff(&session);
    let fields = [("email", email.as_str()), ("own", PASSWORD)];
    assert_eq!(browser.post(ACCOUNT, "/staff/account/address", &fields).status, 303);
    let link = link(&letter_to(scene.house(), "account", &email), "/login/address/");
    assert_eq!(browser.post(&link, &link, &[]).status, 200);
    (name, email)
}

fn begun(scene: &SweepScene) -> Value {
    scene.house().ask("POST", "/api/v1/pairings", &[], r#"{"kind":"kiosk","name":"Είσοδος"}"#).ok()
}

/// A new app's secret as a page shows it, and the form with its first code.
fn first_code(scene: &SweepScene) -> Press {
    let (_, _, session) = scene.employee("clerk");
    let mut browser = scene.staff(&session);
    let page = "/staff/account/second-step";
    let html = browser.get(page);
    let secret = after(&html, "<code class=\"secret\" translate=\"no\">", '<');
    let now = scene.house().clock(&scene.admin).to_rfc3339();
    let code = crate::accounts::code(&secret, &now, 0);
    Press::form_of(&browser, &html.text, page, &[("code", &code), ("own", PASSWORD)])
}

/// Somebody with an app: a browser of theirs.
fn with_app(scene: &SweepScene) -> (FormBrowser<'_>, u64) {
    let (_, id, session) = scene.employee("clerk");
    let mut browser = scene.staff(&session);
    let page = "/staff/account/second-step";
    let html = browser.get(page);
    let secret = after(&html, "<code class=\"secret\" translate=\"no\">", '<');
    let now = scene.house().clock(&scene.admin).to_rfc3339();
    let code = crate::accounts::code(&secret, &now, 0);
    let set = Press::form_of(&browser, &html.text, page, &[("code", &code), ("own", PASSWORD)]);
    let done = set.send(scene.house());
    assert_eq!(done.status, 200, "{done:?}");
    (browser, id)
}

pub fn rows() -> Vec<SweepRow> {
    vec![
        row("/login", "/staff", |scene| {
            let (name, _, _) = scene.employee("clerk");
            let mut browser = FormBrowser::new(scene.house());
            Press::form(&mut browser, "/login", "/login", &[("name", &name), ("password", PASSWORD)])
        }),
        row("/logout", "/login", |scene| {
            let (_, _, session) = scene.employee("clerk");
            Press::form(&mut scene.staff(&session), ACCOUNT, "/logout", &[])
        }),
        row("/lock/now", "/lock", |scene| {
            let (name, _, _) = scene.employee("clerk");
            Press::form(&mut crate::lock::sign_in(scene.house(), &name), ACCOUNT, "/lock/now", &[])
        }),
        row("/lock", "/staff", |scene| {
            let (name, _, _) = scene.employee("clerk");
            let mut browser = crate::lock::sign_in(scene.house(), &name);
            let locked = Press::form(&mut browser, ACCOUNT, "/lock/now", &[]).send(scene.house());
            assert_eq!(locked.status, 303, "{locked:?}");
            Press::form(&mut browser, "/lock", "/lock", &[("password", PASSWORD)])
        }),
        row("/login/forgotten", "sent=1", |scene| {
            let (name, _) = addressed(scene);
            let mut browser = FormBrowser::new(scene.house());
            Press::form(&mut browser, "/login/forgotten", "/login/forgotten", &[("who", &name)])
        }),
        row("/login/password/{link}", "done=password", |scene| {
            let name = format!("new{}", scene.number());
            let (_, link) = scene.house().invite(&scene.admin, &name, "clerk", Some("kep"));
            let fields = [("password", NEW_PASSWORD), ("again", NEW_PASSWORD)];
            Press::form(&mut FormBrowser::new(scene.house()), &link, &link, &fields)
        }),
        row("/login/address/{link}", "<h1>", |scene| {
            let ((_, _, session), email) = (scene.employee("clerk"), scene.email());
            let mut browser = scene.staff(&session);
            let fields = [("email", email.as_str()), ("own", PASSWORD)];
            assert_eq!(browser.post(ACCOUNT, "/staff/account/address", &fields).status, 303);
            let link = link(&letter_to(scene.house(), "account", &email), "/login/address/");
            Press::form(&mut FormBrowser::new(scene.house()), &link, &link, &[])
        }),
        row("/staff/account/password", "done=password", |scene| {
            own(scene, "password", &[("own", PASSWORD), ("password", NEW_PASSWORD), ("again", NEW_PASSWORD)])
        }),
        row("/staff/account/address", "done=sent", |scene| {
            let email = scene.email();
            own(scene, "address", &[("email", &email), ("own", PASSWORD)])
        }),
        row("/staff/account/second-step", "<li><code>", first_code),
        row("/staff/account/second-step/remove", "done=dropped", |scene| {
            let (mut browser, _) = with_app(scene);
            Press::form(&mut browser, ACCOUNT, "/staff/account/second-step/remove", &[("own", PASSWORD)])
        }),
        row("/staff/account/codes", "<li><code>", |scene| {
            let (mut browser, _) = with_app(scene);
            Press::form(&mut browser, ACCOUNT, "/staff/account/codes", &[("own", PASSWORD)])
        }),
        row("/staff/account/sessions/end", "done=session-ended", |scene| {
            let (name, _, session) = scene.employee("clerk");
            scene.house().sign_in(&name, PASSWORD);
            Press::form(&mut scene.staff(&session), ACCOUNT, &format!("{ACCOUNT}/sessions/end"), &[])
        }),
        row("/admin/clerks", "/login/password/", |scene| {
            let name = format!("new{}", scene.number());
            let fields = [("name", name.as_str()), ("email", ""), ("own", PASSWORD)];
            Press::form(&mut scene.admins_browser(), "/admin/clerks", "/admin/clerks", &fields)
        }),
        row("/admin/clerks", "made=", |scene| {
            let (name, email) = (format!("new{}", scene.number()), scene.email());
            let fields = [("name", name.as_str()), ("email", email.as_str()), ("own", PASSWORD)];
            Press::form(&mut scene.admins_browser(), "/admin/clerks", "/admin/clerks", &fields)
        }),
        row("/admin/clerks/{account}/invite", "/login/password/", |scene| clerk(scene, "invite", &[("own", PASSWORD)])),
        row("/admin/clerks/{account}/address", "done=address", |scene| {
            let email = scene.email();
            clerk(scene, "address", &[("email", &email), ("own", PASSWORD)])
        }),
        row("/admin/clerks/{account}/second-step/remove", "done=factor", |scene| {
            let (_, id) = with_app(scene);
            let page = format!("/admin/clerks/{id}");
            Press::form(&mut scene.admins_browser(), &page, &format!("{page}/second-step/remove"), &[("own", PASSWORD)])
        }),
        row("/admin/clerks/{account}/disable", "done=disabled", |scene| clerk(scene, "disable", &[])),
        row("/admin/devices/pair", "paired=", |scene| {
            let begun = begun(scene);
            let mut browser = scene.admins_browser();
            let code = text(&begun["code"]);
            let asked = Press::form(&mut browser, "/admin/devices", "/admin/devices/pair", &[("code", &code)]);
            let words = asked.send(scene.house());
            Press::form_of(&browser, &words.text, "/admin/devices/pair", &[])
        }),
        row("/admin/devices/{device}/revoke", "revoked=1", |scene| {
            let (_, device) = scene.house().pair(&scene.admin, "display");
            let path = format!("/admin/devices/{device}/revoke");
            Press::form(&mut scene.admins_browser(), "/admin/devices", &path, &[])
        }),
        row("/admin/devices/{device}/noted", "noted=1", |scene| {
            let (token, device) = scene.house().pair(&scene.admin, "display");
            let met = json!({ "since": "2026-11-24T06:00:00Z", "until": "2026-11-24T06:10:00Z" });
            assert_eq!(scene.house().post(&token, "/api/v1/devices/self/encounters", &met).status, 204);
            Press::form(&mut scene.admins_browser(), "/admin/devices", &format!("/admin/devices/{device}/noted"), &[])
        }),
        row("/admin/clock", "/admin", |scene| {
            let now = scene.house().clock(&scene.admin).timestamp_millis().to_string();
            Press::command(&mut scene.admins_browser(), "/admin", "/admin/clock", &[("shown", &now)])
        }),
        row("/admin/texts/{office}/{language}/{sentence}", "done=saved", |scene| {
            let page = "/admin/texts/kep/el/mail-hello";
            let body = format!("Καλή σας μέρα {}", scene.number());
            Press::form(&mut scene.admins_browser(), page, page, &[("body", &body), ("act", "save")])
        }),
        row("/admin/texts/{office}/{language}/{sentence}", "done=reset", |scene| {
            let page = "/admin/texts/kep/el/mail-hello";
            let mut browser = scene.admins_browser();
            let body = format!("Καλή σας μέρα {}", scene.number());
            assert_eq!(browser.post(page, page, &[("body", &body), ("act", "save")]).status, 303);
            Press::form(&mut browser, page, page, &[("act", "reset")])
        }),
        row("/admin/people", "Μαρία", |scene| {
            let own = scene.booking();
            Press::form(&mut scene.admins_browser(), "/admin/people", "/admin/people", &[("email", &own.email)])
        }),
        row("/admin/people/export", "Μαρία", |scene| about_person(scene, "export")),
        row("/admin/people/erase", "role=\"status\"", |scene| about_person(scene, "erase")),
        row("/admin/outbox/try", "/admin/outbox", |scene| {
            Press::command(&mut scene.admins_browser(), "/admin", "/admin/outbox/try", &[])
        }),
    ]
}

/// A press about somebody whose data was found.
fn about_person(scene: &SweepScene, action: &str) -> Press {
    let own = scene.booking();
    let mut browser = scene.admins_browser();
    let found = browser.post("/admin/people", "/admin/people", &[("email", &own.email)]);
    Press::form_of(&browser, &found.text, &format!("/admin/people/{action}"), &[])
}
