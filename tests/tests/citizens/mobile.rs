//! A citizen who has a mobile and no e-mail: an agent books for them, and the code of a message makes it final, typed by the
//! citizen or told to a clerk (TRN-07).

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use serde_json::Value;
use tests::{
    browser::{Browser, keys},
    hub::Hub,
    sms_gateway::SmsGateway,
    wait::until,
};

use crate::{
    agents::{AGENT, PASSWORD, agent, for_citizen, hold, sign_in},
    by_keyboard::tab_to,
    kept::{scene, traces},
    pages::look,
    walk::{WalkPlace, place},
};

const NAME: &str = "Μαρία Μαθητεύουσα";
const WRONG: &str = "Οι δύο κωδικοί δεν ταιριάζουν";

/// What a message with a code says.
#[derive(Debug, Clone)]
struct MessageCodes {
    booking: String,
    code: String,
}

/// The text of every message to a mobile so far.
fn texts(gateway: &SmsGateway, mobile: &str) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for asked in gateway.asked()? {
        let body: Value = serde_json::from_str(&asked.body)?;
        if body["to"] == mobile {
            texts.push(body["text"].as_str().context("a text")?.to_owned());
        }
    }
    Ok(texts)
}

/// The codes of the message of this number to a mobile, once it is there.
fn codes(gateway: &SmsGateway, mobile: &str, nth: usize) -> Result<MessageCodes> {
    let text = until(&format!("message {nth} to {mobile}"), || texts(gateway, mobile).ok()?.into_iter().nth(nth))?;
    let after = |mark: &str| -> Result<String> {
        let (_, rest) = text.split_once(mark).with_context(|| format!("no {mark} in {text}"))?;
        Ok(rest.chars().take(9).collect())
    };
    Ok(MessageCodes { booking: after("κωδικός ραντεβού ")?, code: after("Κωδικός SMS ")? })
}

/// The hub writes to mobiles from now on.
fn with_gateway(hub: &mut Hub, gateway: &SmsGateway) -> Result<()> {
    hub.stop()?;
    let url = gateway.url();
    hub.configure(|text| {
        text + &format!(
            "\n[sms]\nurl = \"{url}\"\nmethod = \"json\"\nfields = {{ to = \"{{to}}\", text = \"{{text}}\" }}\n"
        )
    })?;
    hub.run()
}

/// Opens a page in both languages, and has it judged; Greek stays.
fn both(place: &WalkPlace, path: &str, name: &str) -> Result<()> {
    for language in ["en", "el"] {
        place.browser.go(&format!("{}{path}?lang={language}", place.hub.base()))?;
        look(place, &format!("{name} {language}"))?;
    }
    Ok(())
}

/// Types both codes on the open page, with keys alone.
fn type_codes(browser: &Browser, booking: &str, code: &str) -> Result<()> {
    browser.script("document.getElementById('booking').value = ''")?;
    tab_to(browser, "#booking")?;
    browser.strike(booking)?;
    tab_to(browser, "#code")?;
    browser.strike(code)?;
    browser.strike(keys::ENTER)
}

#[test]
fn trn_07_a_citizen_with_a_mobile_and_no_mail_makes_it_final_with_the_code_of_a_message() -> Result<()> {
    let folder = tempfile::TempDir::with_prefix("seira-gateway-")?;
    let gateway = SmsGateway::start(folder.path())?;
    let mut place = place(std::convert::identity)?;
    with_gateway(&mut place.hub, &gateway)?;
    drop(agent(&place.hub, &place.post)?);
    let browser = &place.browser;
    let go = |path: &str| browser.go(&format!("{}{path}", place.hub.base()));
    // The agent types a mobile in place of an address.
    go("/agent/login")?;
    browser.fill("name", AGENT)?;
    browser.fill("password", PASSWORD)?;
    browser.press_selector("main form button")?;
    browser.waits_for("h2")?;
    go("/book/kep/driving-licence?channel=in-person")?;
    browser.press_selector("button.time")?;
    browser.waits_for("#behalf-citizen")?;
    browser.press_selector("label[for=behalf-citizen]")?;
    for (name, value) in
        for_citizen(NAME, "").into_iter().filter(|(name, _)| !["behalf", "citizen-email"].contains(name))
    {
        browser.fill(name, value)?;
    }
    browser.fill("citizen-mobile", "28410 12345")?;
    browser.press_selector("form#held-form > button[type=submit]")?;
    browser.reads("Σε αυτόν τον αριθμό δεν στέλνουμε SMS")?;
    look(&place, "mobile-agent-wrong el")?;
    browser.fill("citizen-mobile", "694 001 2345")?;
    browser.press_selector("form#held-form > button[type=submit]")?;
    browser.waits_for(".done")?;
    let first = codes(&gateway, "+306940012345", 0)?;
    browser.forget()?;

    // The front page leads to where the codes are typed; three times wrong.
    both(&place, "/", "mobile-front")?;
    both(&place, "/office/kep", "mobile-office")?;
    both(&place, "/confirm", "mobile-confirm")?;
    go("/")?;
    tab_to(browser, "a[href=\"/confirm\"]")?;
    browser.strike(keys::ENTER)?;
    browser.waits_for("#booking")?;
    for _ in 0..3 {
        type_codes(browser, &first.booking, "0000 0000")?;
        browser.reads(WRONG)?;
    }
    look(&place, "mobile-confirm-wrong el")?;
    type_codes(browser, &first.booking, &first.code)?;
    browser.reads(WRONG)?;
    tab_to(browser, "form[action=\"/confirm/code\"] button")?;
    browser.strike(keys::ENTER)?;
    browser.reads("στείλαμε νέο κωδικό SMS στο κινητό που έχει δηλωθεί")?;
    look(&place, "mobile-confirm-sent el")?;
    let second = codes(&gateway, "+306940012345", 1)?;
    ensure!(second.booking == first.booking && second.code != first.code, "{first:?} {second:?}");
    // Over a power cut.
    place.hub.kill()?;
    place.hub.run()?;
    let browser = &place.browser;
    browser.go(&format!("{}/confirm", place.hub.base()))?;
    type_codes(browser, &second.booking, &second.code.replace(' ', ""))?;
    browser.waits_for("#notice")?;
    browser.reads(NAME)?;
    browser.reads("+30 694 001 2345")?;
    ensure!(!browser.address()?.contains(&second.booking.replace(' ', "")), "{}", browser.address()?);
    look(&place, "mobile-review el")?;
    tab_to(browser, "button[value=yes]")?;
    browser.strike(keys::ENTER)?;
    browser.reads("Στείλαμε τα στοιχεία με SMS στο κινητό σας")?;
    look(&place, "mobile-booked el")?;
    let got = until("the confirmation", || texts(&gateway, "+306940012345").ok().filter(|all| all.len() == 3))?;
    ensure!(got[2].contains(&second.booking) && !got[2].contains("Κωδικός SMS"), "{got:?}");
    place.hub.stop()?;
    let log = std::fs::read_to_string(place.hub.log())?;
    let exported = place.hub.command("export")?.output()?;
    let exported = String::from_utf8_lossy(&exported.stdout).into_owned();
    let code = second.code.replace(' ', "");
    for word in ["Μαθητεύουσα", "694001", "694 001", second.code.as_str(), code.as_str()] {
        ensure!(!log.contains(word) && !exported.contains(word), "{word} is in the log or the journal");
    }
    place.hub.verify()?;
    Ok(())
}

#[test]
fn trn_07_a_code_that_is_told_to_a_clerk_is_as_good() -> Result<()> {
    let folder = tempfile::TempDir::with_prefix("seira-gateway-")?;
    let gateway = SmsGateway::start(folder.path())?;
    let mut place = place(std::convert::identity)?;
    with_gateway(&mut place.hub, &gateway)?;
    {
        let agent = agent(&place.hub, &place.post)?;
        let held = hold(&agent, 0)?;
        let page = agent.open(held.page())?;
        let fields: Vec<(&str, &str)> =
            for_citizen(NAME, "").into_iter().chain([("citizen-mobile", "6940012345")]).collect();
        let left = agent.send(&page.body, held.page(), &fields)?;
        ensure!(left.status == 303, "{}: {}", left.status, left.body);
    }
    let sent = codes(&gateway, "+306940012345", 0)?;
    let browser = &place.browser;
    sign_in(&place)?;
    browser.go(&format!("{}/staff/kep/bookings", place.hub.base()))?;
    browser.fill("wanted", &sent.booking)?;
    browser.strike(keys::ENTER)?;
    browser.reads("Από διεκπεραιωτή, δεν έχει οριστικοποιηθεί")?;
    both(&place, &format!("/staff/kep/bookings/{}", sent.booking.replace(' ', "")), "mobile-told")?;
    browser.fill("code", "1234 5678")?;
    browser.press("Οριστικοποίηση ραντεβού")?;
    browser.reads("Διαβάστε την ενημέρωση στον πολίτη")?;
    browser.fill("code", "1234 5678")?;
    tab_to(browser, "#told")?;
    browser.strike(" ")?;
    browser.press("Οριστικοποίηση ραντεβού")?;
    browser.reads("Ο κωδικός SMS δεν είναι σωστός ή δεν ισχύει πια")?;
    look(&place, "mobile-told-wrong el")?;
    browser.fill("code", &sent.code)?;
    browser.press("Οριστικοποίηση ραντεβού")?;
    browser.reads("Το ραντεβού οριστικοποιήθηκε.")?;
    look(&place, "mobile-told-done el")?;
    let got = until("the confirmation", || texts(&gateway, "+306940012345").ok().filter(|all| all.len() == 2))?;
    ensure!(got[1].contains(&sent.booking), "{got:?}");
    place.hub.stop()?;
    place.hub.verify()?;
    Ok(())
}

#[test]
fn trn_07_a_code_expires_with_the_time_and_leaves_nothing() -> Result<()> {
    let folder = tempfile::TempDir::with_prefix("seira-gateway-")?;
    let gateway = SmsGateway::start(folder.path())?;
    let mut scene = scene()?;
    with_gateway(&mut scene.hub, &gateway)?;
    let agent = agent(&scene.hub, &scene.post)?;
    let before = agent.times("kep", "driving-licence")?.len();
    let held = hold(&agent, before - 1)?;
    let page = agent.open(held.page())?;
    let fields: Vec<(&str, &str)> = for_citizen("Ξανθίππη Μοναδική", "")
        .into_iter()
        .filter(|(name, _)| *name != "phone")
        .chain([("phone", ""), ("citizen-mobile", "6940012345")])
        .collect();
    let left = agent.send(&page.body, held.page(), &fields)?;
    ensure!(left.status == 303, "{}: {}", left.status, left.body);
    let sent = codes(&gateway, "+306940012345", 0)?;
    ensure!(!traces(scene.hub.folder(), &["+306940012345"])?.is_empty(), "it is kept while it waits");
    scene.hub.stop()?;
    let now = scene.hub.now()?;
    scene.hub.set_clock(now + TimeDelta::hours(40));
    scene.hub.run()?;
    let client = scene.hub.client();
    let late = client.post_form(
        "/confirm",
        "/confirm",
        &[("booking", sent.booking.as_str()), ("code", sent.code.as_str())],
    )?;
    ensure!(late.status == 422 && late.body.contains(WRONG), "{}: {}", late.status, late.body);
    until("the night's erasing", || {
        traces(scene.hub.folder(), &["Μοναδική", "+306940012345", "694 001 2345"]).ok().filter(Vec::is_empty).map(drop)
    })?;
    scene.hub.stop()?;
    scene.hub.verify()?;
    Ok(())
}
