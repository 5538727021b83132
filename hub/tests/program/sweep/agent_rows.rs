//! What agents press, and what is pressed about them.

use super::{
    SweepRow,
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

pub fn rows() -> Vec<SweepRow> {
    vec![
        row("/agent/login", "/agent", |scene| {
            let (_, email) = scene.agent();
            let mut browser = FormBrowser::new(scene.house());
            Press::form(&mut browser, "/agent/login", "/agent/login", &[("email", &email), ("password", PASSWORD)])
        }),
        row("/agent/logout", "/agent/login", |scene| Press::form(&mut scene.agent().0, "/agent", "/agent/logout", &[])),
        row("/agent/forgotten", "sent=1", |scene| {
            let (_, email) = scene.agent();
            let mut browser = FormBrowser::new(scene.house());
            Press::form(&mut browser, "/agent/forgotten", "/agent/forgotten", &[("who", &email)])
        }),
        row("/agent/password/{link}", "/agent", |scene| {
            let (link, _) = scene.invited_agent();
            let fields = [("password", NEW_PASSWORD), ("again", NEW_PASSWORD)];
            Press::form(&mut FormBrowser::new(scene.house()), &link, &link, &fields)
        }),
        row("/agent/password/{link}", "done=password", |scene| {
            let (mut browser, email) = scene.agent();
            assert_eq!(browser.post("/agent/forgotten", "/agent/forgotten", &[("who", &email)]).status, 303);
            let link = link(&letter_to(scene.house(), "account", &email), "/agent/password/");
            let fields = [("password", NEW_PASSWORD), ("again", NEW_PASSWORD)];
            Press::form(&mut FormBrowser::new(scene.house()), &link, &link, &fields)
        }),
        row("/agent/account", "password=1", |scene| {
            let fields = [("own", PASSWORD), ("password", NEW_PASSWORD), ("again", NEW_PASSWORD)];
            Press::form(&mut scene.agent().0, "/agent/account", "/agent/account", &fields)
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
    let mut browser = scene.admins_browser();
    let page = browser.get("/admin/agents").text;
    let row = page.split("<tr>").find(|row| row.contains(&email)).unwrap();
    let at = row.split("action=\"").find(|rest| rest.split('"').next().unwrap().ends_with(action)).unwrap();
    let path = at.split('"').next().unwrap().to_owned();
    Press::form_of(&browser, &page, &path, &[])
}
