//! What agents press, and what is pressed about them.

use std::time::{Duration, Instant};

use super::{
    SweepRow,
    body_scene::Member,
    press::Press,
    row,
    scene::{NEW_PASSWORD, SweepScene, last_time},
};
use crate::{
    accounts::location,
    house::PASSWORD,
    letters::{letter_to, link},
    pages::FormBrowser,
};

const TIMES: &str = "/book/kep/driving-licence";

/// An agent's browser in which a time is kept, and the way to its form.
fn kept(scene: &SweepScene) -> (FormBrowser<'_>, String) {
    let (mut browser, _) = scene.agent();
    let start = last_time(&browser.get(TIMES).text);
    let held = browser.post(TIMES, TIMES, &[("start", &start)]);
    let hold = location(&held).to_owned();
    (browser, hold)
}

/// What an agent types who leaves it to a citizen.
fn left_to(citizen: &str) -> [(&str, &str); 7] {
    [
        ("behalf", "citizen"),
        ("citizen-email", citizen),
        ("name", "Μαρία Μαθητεύουσα"),
        ("phone", "6940000000"),
        ("street", "Πλατεία 1"),
        ("postcode", "72100"),
        ("town", "Άγιος Νικόλαος"),
    ]
}

/// An agent's browser in which a time was left to a citizen: the browser, and the citizen's address.
fn entrusted(scene: &SweepScene) -> (FormBrowser<'_>, String) {
    let ((mut browser, hold), citizen) = (kept(scene), scene.email());
    let left = browser.post(&hold, &hold, &left_to(&citizen));
    assert!(left.status == 303 && location(&left).starts_with("/agent?"), "{left:?}");
    (browser, citizen)
}

/// An agent who is invited once more: the browser in which they are signed in, and the link.
fn invited_once_more(scene: &SweepScene) -> (FormBrowser<'_>, String) {
    let (browser, email) = scene.agent();
    let before = link(&letter_to(scene.house(), "invited", &email), "/agent/password/");
    assert_eq!(about(scene, &email, "invite").send(scene.house()).status, 303);
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        let newest = link(&letter_to(scene.house(), "invited", &email), "/agent/password/");
        if newest != before {
            return (browser, newest);
        }
        assert!(Instant::now() < deadline, "no second invitation");
        std::thread::sleep(Duration::from_millis(20));
    }
}

pub fn rows() -> Vec<SweepRow> {
    vec![
        row("/agent/password/{link}", "/agent", |scene| {
            let (link, _) = scene.invited_agent();
            let fields = [("password", NEW_PASSWORD), ("again", NEW_PASSWORD)];
            Press::form(&mut FormBrowser::new(scene.house()), &link, &link, &fields)
        }),
        // Who has an account already agrees with it.
        row("/agent/password/{link}", "/agent", |scene| {
            let (mut browser, link) = invited_once_more(scene);
            Press::form(&mut browser, &link, &link, &[])
        }),
        row("/agent/withdraw", "withdrawn=1", |scene| {
            let (mut browser, _) = entrusted(scene);
            Press::form(&mut browser, "/agent", "/agent/withdraw", &[])
        }),
        row("/entrusted/{link}", "/review", |scene| {
            let (_, citizen) = entrusted(scene);
            let link = link(&letter_to(scene.house(), "entrusted", &citizen), "/entrusted/");
            Press::form(&mut FormBrowser::new(scene.house()), &link, &link, &[])
        }),
        row("/book/{office}/hold/{booking}", "entrusted=", |scene| {
            let ((mut browser, hold), citizen) = (kept(scene), scene.email());
            Press::form(&mut browser, &hold, &hold, &left_to(&citizen))
        }),
        row("/admin/agents", "done=invited", |scene| {
            let email = scene.email();
            let fields = [("office", "kep"), ("name", "Νίκη"), ("email", email.as_str())];
            Press::form(&mut scene.admins_browser(), "/admin/agents", "/admin/agents", &fields)
        }),
        row("/admin/agents/{agent}/invite", "done=invited", |scene| about_agent(scene, "invite")),
        row("/admin/agents/{agent}/disable", "done=disabled", |scene| about_agent(scene, "disable")),
    ]
}

#[test]
fn trn_07_what_an_agent_takes_back_is_said_to_the_citizen_who_has_its_page_open() {
    const OVER: &str = "δεν κρατείται πια";
    let scene = SweepScene::by_day();
    // The page of the link is open; nothing was pressed there yet.
    let (mut agent, citizen) = entrusted(&scene);
    let way = link(&letter_to(scene.house(), "entrusted", &citizen), "/entrusted/");
    let mut browser = FormBrowser::new(scene.house());
    let page = browser.get(&way);
    assert!(page.status == 200 && page.text.contains("Ένα ραντεβού ετοιμάστηκε για εσάς"), "{page:?}");
    assert_eq!(Press::form(&mut agent, "/agent", "/agent/withdraw", &[]).send(scene.house()).status, 303);
    let over = Press::form_of(&browser, &page.text, &way, &[]).send(scene.house());
    assert!(over.status == 410 && over.text.contains("Η προθεσμία οριστικοποίησης έληξε"), "{over:?}");
    assert!(over.text.contains("το απέσυρε όποιος το ετοίμασε"), "{over:?}");
    // The last check is open: who agrees is told so, and so is who goes back to the details.
    let (mut agent, citizen) = entrusted(&scene);
    let way = link(&letter_to(scene.house(), "entrusted", &citizen), "/entrusted/");
    let mut browser = FormBrowser::new(scene.house());
    let review = location(&browser.post(&way, &way, &[])).to_owned();
    let html = browser.get(&review).text;
    let hold = review.trim_end_matches("/review").to_owned();
    let agrees = Press::form_of(&browser, &html, &format!("{hold}/confirm"), &[("consent", "yes")]);
    assert_eq!(Press::form(&mut agent, "/agent", "/agent/withdraw", &[]).send(scene.house()).status, 303);
    for answer in [agrees.send(scene.house()), browser.get(&review), browser.get(&hold)] {
        let said = browser.get(location(&answer));
        assert!(said.status == 200 && said.text.contains(OVER), "{said:?}");
    }
    let over = location(&browser.get(&hold)).to_owned();
    let english = browser.get(&format!("{over}&lang=en"));
    assert!(english.text.contains("is not kept any more"), "{english:?}");
    // Nobody is booked by it.
    let list = agent.get("/agent").text;
    assert!(!list.contains("Μαρία Μαθητεύουσα"), "{list}");
}

/// A press about an agent who was invited.
fn about_agent(scene: &SweepScene, action: &str) -> Press {
    let (_, email) = scene.invited_agent();
    about(scene, &email, action)
}

/// A press about the agent with this address.
fn about(scene: &SweepScene, email: &str, action: &str) -> Press {
    let mut browser = scene.admins_browser();
    let page = browser.get("/admin/agents").text;
    let row = page.split("<tr>").find(|row| row.contains(email)).unwrap();
    let at = row.split("action=\"").find(|rest| rest.split('"').next().unwrap().ends_with(action)).unwrap();
    let path = at.split('"').next().unwrap().to_owned();
    Press::form_of(&browser, &page, &path, &[])
}

#[test]
fn trn_08_who_has_an_account_agrees_with_it_and_books_as_oneself_or_as_an_agent() {
    let scene = SweepScene::of_body();
    // A citizen is invited at the address of their account.
    let Member { mut browser, name, email } = scene.member();
    let mut office = scene.admins_browser();
    let fields = [("office", "kep"), ("name", "Νίκη"), ("email", email.as_str()), ("phone", ""), ("tax", "")];
    assert_eq!(office.post("/admin/agents", "/admin/agents", &fields).status, 303);
    let way = link(&letter_to(scene.house(), "invited", &email), "/agent/password/");
    let mut elsewhere = FormBrowser::new(scene.house());
    let asked = elsewhere.get(&way).text;
    assert!(asked.contains("Έχετε ήδη λογαριασμό") && !asked.contains("name=\"password\""), "{asked}");
    assert_eq!(browser.get("/agent").status, 403, "nobody is one before they agreed");
    // Signing in leads back to the invitation, which names the account.
    let login = format!("/login?next={way}");
    let fields = [("name", name.as_str()), ("password", PASSWORD), ("next", &way)];
    assert_eq!(location(&elsewhere.post(&login, "/login", &fields)), way);
    let asked = elsewhere.get(&way).text;
    assert!(asked.contains(&format!("Έχετε συνδεθεί ως {name}")), "{asked}");
    assert_eq!(location(&elsewhere.post(&way, &way, &[])), "/agent");
    assert_eq!(elsewhere.get(&way).status, 410, "good once");
    assert!(browser.get("/agent").text.contains("Νίκη"), "with every session of the account");
    // From the agent's page one books as an agent, from one's own for oneself.
    let held = |browser: &mut FormBrowser<'_>| {
        let start = last_time(&browser.get(TIMES).text);
        let hold = location(&browser.post(TIMES, TIMES, &[("start", &start)])).to_owned();
        browser.get(&hold).text
    };
    assert!(held(&mut browser).contains("behalf-citizen"));
    let own = browser.get("/account").text;
    assert!(own.contains("href=\"/agent\""), "{own}");
    assert!(!held(&mut browser).contains("Για πολίτη"));
    // Shut out, the account is a citizen's as before.
    let out = about(&scene, &email, "disable").send(scene.house());
    assert_eq!(out.status, 303);
    assert_eq!((browser.get("/agent").status, browser.get("/account").status), (403, 200));
    assert!(!browser.get("/account").text.contains("href=\"/agent\""));
}

#[test]
fn trn_08_an_agent_forgets_a_password_and_has_a_second_step_as_every_account_has() {
    let scene = SweepScene::by_day();
    let (mut browser, email) = scene.agent();
    let mut other = FormBrowser::new(scene.house());
    assert_eq!(location(&other.get("/agent/login")), "/login?next=/agent");
    assert!(other.get("/login?next=/agent").text.contains("Οι διεκπεραιωτές συνδέονται"));
    assert_eq!(other.post("/login/forgotten", "/login/forgotten", &[("who", &email)]).status, 303);
    let forgotten = link(&letter_to(scene.house(), "account", &email), "/login/password/");
    let fields = [("password", NEW_PASSWORD), ("again", NEW_PASSWORD)];
    assert_eq!(location(&other.post(&forgotten, &forgotten, &fields)), "/login?done=password");
    assert_eq!(location(&browser.get("/agent")), "/agent/login", "every session ended");
    let signed = [("name", email.as_str()), ("password", NEW_PASSWORD), ("next", "/agent")];
    assert_eq!(location(&other.post("/login?next=/agent", "/login", &signed)), "/agent");
    let account = other.get("/staff/account").text;
    assert!(account.contains("/staff/account/second-step") && account.contains("/staff/account/password"), "{account}");
}
