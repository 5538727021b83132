//! What is pressed between the two steps of signing in.

use serde_json::Value;

use super::{
    SweepRow,
    press::Press,
    row,
    scene::{SweepScene, shown_at},
};
use crate::{
    accounts::{after, code, location, sign_in},
    house::PASSWORD,
    http::HttpAnswer,
    pages::FormBrowser,
    soft_key::SoftKey,
};

const ORIGIN: &str = "http://localhost:8080";

/// What a page asks a browser for, and what its form carries.
fn asked(page: &HttpAnswer) -> (Value, String) {
    let options = after(page, "data-options=\"", '"').replace("&#34;", "\"").replace("&quot;", "\"");
    (serde_json::from_str(&options).unwrap(), after(page, "name=\"note\" value=\"", '"'))
}

/// A passkey is set up at sign-in.
fn with_passkey(browser: &mut FormBrowser<'_>, name: &str, key: &mut SoftKey) -> Press {
    assert_eq!(location(&sign_in(browser, name, PASSWORD)), "/login/set-up?next=/staff");
    let page = browser.get("/login/set-up?next=/staff");
    let (options, note) = asked(&page);
    let answer = key.make(&options);
    let fields = [("name", "Κινητό"), ("note", note.as_str()), ("answer", answer.as_str())];
    Press::form_of(browser, &page.text, "/login/set-up/passkey", &fields)
}

/// A passkey is added by who is signed in.
fn added(scene: &SweepScene, browser: &mut FormBrowser<'_>) -> (Press, SoftKey) {
    let mut key = SoftKey::new(ORIGIN);
    let page = "/staff/account/passkeys";
    let shown = Press::form(browser, page, page, &[("name", "Κλειδί"), ("own", PASSWORD)]).send(scene.house());
    let (options, note) = asked(&shown);
    let answer = key.make(&options);
    let fields = [("note", note.as_str()), ("answer", answer.as_str())];
    (Press::form_of(browser, &shown.text, "/staff/account/passkeys/add", &fields), key)
}

pub fn rows() -> Vec<SweepRow> {
    vec![
        row("/login", "/login/set-up", |scene| {
            let name = scene.administrator();
            let mut browser = FormBrowser::new(scene.house());
            Press::form(&mut browser, "/login", "/login", &[("name", &name), ("password", PASSWORD)])
        }),
        row("/login/set-up", "<li><code>", |scene| {
            let (name, mut browser) = (scene.administrator(), FormBrowser::new(scene.house()));
            assert_eq!(location(&sign_in(&mut browser, &name, PASSWORD)), "/login/set-up?next=/staff");
            let page = browser.get("/login/set-up?next=/staff");
            let secret = after(&page, "<code class=\"secret\" translate=\"no\">", '<');
            Press::form_of(&browser, &page.text, "/login/set-up", &[("code", &code(&secret, &shown_at(&page), 0))])
        }),
        row("/login/set-up/passkey", "<li><code>", |scene| {
            let (name, mut browser) = (scene.administrator(), FormBrowser::new(scene.house()));
            with_passkey(&mut browser, &name, &mut SoftKey::new(ORIGIN))
        }),
        row("/login/code", "/staff", |scene| {
            let name = scene.administrator();
            scene.set_up(&mut FormBrowser::new(scene.house()), &name);
            let mut browser = FormBrowser::new(scene.house());
            assert_eq!(location(&sign_in(&mut browser, &name, PASSWORD)), "/login/code?next=/staff");
            let code = scene.next_code(&name);
            Press::form(&mut browser, "/login/code?next=/staff", "/login/code", &[("code", &code)])
        }),
        row("/login/passkey", "/staff", |scene| {
            let (name, mut key) = (scene.administrator(), SoftKey::new(ORIGIN));
            let made = with_passkey(&mut FormBrowser::new(scene.house()), &name, &mut key).send(scene.house());
            assert_eq!(made.status, 200, "{made:?}");
            let mut browser = FormBrowser::new(scene.house());
            assert_eq!(location(&sign_in(&mut browser, &name, PASSWORD)), "/login/code?next=/staff");
            let page = browser.get("/login/code?next=/staff");
            let (options, note) = asked(&page);
            let answer = key.show(&options);
            // The script sends the form of the code there.
            let mut fields = super::press::hidden(&page.text, "/login/code");
            fields.retain(|(name, _)| name != "note" && name != "answer");
            fields.extend([("note".to_owned(), note), ("answer".to_owned(), answer)]);
            Press::fields(&browser, "/login/passkey", &fields)
        }),
        row("/staff/account/passkeys", "data-options", |scene| {
            let mut browser = FormBrowser::new(scene.house());
            scene.set_up(&mut browser, &scene.administrator());
            let page = "/staff/account/passkeys";
            Press::form(&mut browser, page, page, &[("name", "Κλειδί"), ("own", PASSWORD)])
        }),
        row("/staff/account/passkeys/add", "done=passkey", |scene| {
            let mut browser = FormBrowser::new(scene.house());
            scene.set_up(&mut browser, &scene.administrator());
            added(scene, &mut browser).0
        }),
        row("/staff/account/passkeys/remove", "done=passkey-dropped", |scene| {
            let mut browser = FormBrowser::new(scene.house());
            scene.set_up(&mut browser, &scene.administrator());
            let added = added(scene, &mut browser).0.send(scene.house());
            assert_eq!(added.status, 303, "{added:?}");
            Press::form(&mut browser, "/staff/account", "/staff/account/passkeys/remove", &[("own", PASSWORD)])
        }),
    ]
}
