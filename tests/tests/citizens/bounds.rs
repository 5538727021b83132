//! What is limited, and how that is said: links, kept times, bookings of one address, changes at the last moment.

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use tests::{
    booking::{Citizen, work},
    http::{Answer, Client},
    hub::{Hub, Mails, Setting},
    mail::MailServer,
    staff::Staff,
};

use crate::{
    kept::{CitizenScene, scene, scene_of},
    walk::{Walk, place},
};

/// The day after that of the scene.
const TOMORROW: &str = "2026-11-25";

fn ask(client: &Client, email: &str, office: &str) -> Result<Answer> {
    let page = client.get("/book")?;
    let work = work(&page.body)?;
    client.post_form_of(
        &page.body,
        "/book",
        &[("email", email), ("office", office), ("left_empty", ""), ("altcha", &work)],
    )
}

#[test]
fn omb_04_a_link_is_good_for_an_hour() -> Result<()> {
    let mut scene = scene()?;
    let citizen = Citizen::new(scene.hub.client(), "later@example.gr");
    citizen.ask_for_link()?;
    let mail = scene.post.wait_for("later@example.gr", 0)?;
    ensure!(mail.text("text/plain")?.contains("Ο σύνδεσμος ισχύει έως τις 10:0"), "{}", mail.text("text/plain")?);
    let link = mail.link(&format!("{}/book/start/", scene.hub.base()))?;
    let link = link.strip_prefix(&scene.hub.base()).context("a link to the hub")?;
    let asked = scene.hub.now()?;
    for (minutes, status) in [(58, 200), (61, 410)] {
        scene.hub.stop()?;
        scene.hub.set_clock(asked + TimeDelta::minutes(minutes));
        scene.hub.run()?;
        let page = scene.hub.client().get(link)?;
        ensure!(page.status == status, "after {minutes} minutes: {}", page.status);
    }
    let page = scene.hub.client().get(link)?;
    ensure!(page.body.contains("Ο σύνδεσμος δεν ισχύει πια") && page.body.contains("href=\"/book"), "{}", page.body);
    ensure!(citizen.open_link(link).is_err(), "pressing on does not help either");
    ensure!(citizen.times("kep", "criminal-record").is_err(), "nothing is proven");
    Ok(())
}

#[test]
fn omb_04_fld_17_links_are_limited_by_address_and_by_network_and_not_by_office() -> Result<()> {
    let folder = tempfile::TempDir::with_prefix("seira-links-")?;
    std::fs::create_dir(folder.path().join("post"))?;
    let post = MailServer::start(&folder.path().join("post"))?;
    let setting = Setting { mails: Mails::Smtp(post.port()), ..Setting::tuesday("09:00")? };
    let mut hub = Hub::prepare(&folder.path().join("hub"), setting)?;
    let file = hub.folder().join("hub.toml");
    let config = std::fs::read_to_string(&file)?;
    std::fs::write(&file, config.replace("[limits]\n", "[limits]\nlinks_per_network_burst = 8.0\n"))?;
    hub.run()?;
    let client = hub.client();
    let sentence = "Έγιναν πολλές προσπάθειες σε λίγη ώρα";
    for nth in 0..5 {
        // Whether an office is named makes no difference.
        let answer = ask(&client, "again@example.gr", if nth % 2 == 0 { "kep" } else { "" })?;
        ensure!(answer.status == 303, "{nth}: {} {}", answer.status, answer.body);
    }
    let answer = ask(&client, "AGAIN@example.gr", "kep")?;
    ensure!(answer.status == 429 && answer.body.contains(sentence), "{}: {}", answer.status, answer.body);
    ensure!(answer.body.contains("AGAIN@example.gr"), "what was typed is there");
    for nth in 0..3 {
        let answer = ask(&client, &format!("other-{nth}@example.gr"), "kep")?;
        ensure!(answer.status == 303, "another address of the same network: {}", answer.status);
    }
    let answer = ask(&client, "one-more@example.gr", "kep")?;
    ensure!(answer.status == 429 && answer.body.contains(sentence), "the network's eight are used: {}", answer.status);
    post.wait_for("other-2@example.gr", 0)?;
    ensure!(post.count("again@example.gr")? == 5 && post.count("one-more@example.gr")? == 0);
    Ok(())
}

#[test]
fn fld_17_two_kept_times_at_most_and_still_a_family_is_booked() -> Result<()> {
    let scene = scene()?;
    let citizen = scene.proven("parent@example.gr")?;
    let times = citizen.times("kep", "criminal-record")?;
    ensure!(times.len() > 5, "{times:?}");
    let press = |nth: usize| citizen.press_time("kep", "criminal-record", &times[nth]);
    let kept = [citizen.held(&press(0)?)?, citizen.held(&press(1)?)?];
    let third = press(2)?;
    ensure!(third.status == 409, "{}", third.status);
    ensure!(third.body.contains("Έχετε ήδη δεσμεύσει όσες ώρες επιτρέπεται"), "{}", third.body);
    for (held, name) in kept.iter().zip(["Μητέρα Οικογένειας", "Πατέρας Οικογένειας"])
    {
        citizen.confirm(held, name)?;
    }
    for (nth, name) in [(2, "Κόρη Οικογένειας"), (3, "Γιος Οικογένειας"), (4, "Γιαγιά Οικογένειας")]
    {
        citizen.confirm(&citizen.held(&press(nth)?)?, name)?;
    }
    let sixth = press(5)?;
    ensure!(sixth.status == 409, "{}", sixth.status);
    ensure!(sixth.body.contains("Έχετε ήδη όσα ραντεβού επιτρέπονται"), "{}", sixth.body);
    Ok(())
}

#[test]
fn fld_14_fld_17_what_staff_book_for_a_caller_leaves_the_limit_of_their_address_alone() -> Result<()> {
    let scene = scene()?;
    let staff = Staff::admin(&scene.hub)?;
    let times = staff.slots("criminal-record", TOMORROW.parse()?, 3)?;
    ensure!(times.len() > 6, "{times:?}");
    for time in times.iter().take(6) {
        staff.book_by_mail("criminal-record", time.start, "Μητέρα Οικογένειας", "parent@example.gr", "el")?;
    }
    // Their letters come first, so that the next one is the link.
    scene.post.wait_for("parent@example.gr", 5)?;
    let citizen = scene.proven("parent@example.gr")?;
    let times = citizen.times("kep", "criminal-record")?;
    for (nth, name) in ["Κόρη Οικογένειας", "Γιος Οικογένειας"].into_iter().enumerate() {
        let held = citizen.held(&citizen.press_time("kep", "criminal-record", &times[nth])?)?;
        citizen.confirm(&held, name)?;
    }
    Ok(())
}

/// One desk alone has the service, so that one booking takes a time away.
pub fn one_desk(office: String) -> String {
    office.replacen("services = [\"disability-card\", \"driving-licence\", ", "services = [\"disability-card\", ", 1)
}

/// The path of a booking's page, out of any page of it.
pub fn link_of(page: &Answer) -> Result<String> {
    let link = page.body.split("href=\"").find_map(|rest| Some(rest.split_once("/documents\"")?.0.to_owned()));
    link.context("a booking")
}

fn offered(citizen: &Citizen, day: &str) -> Result<Vec<String>> {
    let page = citizen.open(&format!("/book/kep/driving-licence?channel=in-person&day={day}"))?;
    let buttons = page.body.split("name=\"start\" value=\"").skip(1);
    Ok(buttons.filter_map(|rest| Some(rest.split('"').next()?.to_owned())).collect())
}

fn book(scene: &CitizenScene, email: &str, service: &str, time: &str) -> Result<String> {
    let citizen = scene.proven(email)?;
    let held = citizen.held(&citizen.press_time("kep", service, time)?)?;
    link_of(&citizen.confirm(&held, "Ελένη Παπαδοπούλου")?)
}

#[test]
fn omb_15_fld_17_a_cancelled_time_cools_down_before_another_has_it() -> Result<()> {
    let mut scene = scene_of(one_desk)?;
    let waiting = scene.proven("waiting@example.gr")?;
    let day = "2026-11-27";
    let time = offered(&waiting, day)?.first().context("a time on Friday")?.clone();
    let link = book(&scene, "trader@example.gr", "driving-licence", &time)?;
    ensure!(!offered(&waiting, day)?.contains(&time), "it is taken");
    let cancel = format!("{link}/cancel");
    scene.hub.client().post_form(&cancel, &cancel, &[])?;
    ensure!(!offered(&waiting, day)?.contains(&time), "nobody gets it who sits and waits for it");
    scene.hub.stop()?;
    let later = scene.hub.now()? + TimeDelta::minutes(16);
    scene.hub.set_clock(later);
    scene.hub.run()?;
    ensure!(offered(&waiting, day)?.contains(&time), "after the cool-down it is offered again");
    Ok(())
}

/// A service that cannot be changed on the last day.
fn closes_early(office: String) -> String {
    office.replacen("[[services]]\nid = 2\n", "[[services]]\nid = 2\nchange_until_minutes = 1440\n", 1)
}

#[test]
fn omb_15_omb_16_the_closing_time_for_changes_is_the_rules_and_not_the_pages() -> Result<()> {
    let scene = scene_of(closes_early)?;
    let citizen = scene.proven("today@example.gr")?;
    let today = citizen.times("kep", "criminal-record")?;
    let link = book(&scene, "late@example.gr", "criminal-record", today.last().context("a time today")?)?;
    let client = scene.hub.client();
    let page = client.get(&link)?;
    ensure!(page.body.contains("δεν αλλάζει πια από εδώ"), "{}", page.body);
    ensure!(!page.body.contains("/cancel\"") && !page.body.contains("/change\""), "no button that would not work");
    // Who asks all the same is refused by the rules.
    for (act, fields) in [("cancel", vec![]), ("change", vec![("start", today[0].as_str())])] {
        let path = format!("{link}/{act}");
        let answer = client.post_form_of(&client.get("/book")?.body, &path, &fields)?;
        ensure!(answer.status == 409, "{act}: {} {}", answer.status, answer.body);
        ensure!(answer.body.contains("δεν αλλάζει πια από εδώ"), "{act}: {}", answer.body);
    }
    ensure!(client.get(&link)?.body.contains("Το ραντεβού σας ισχύει."));
    // A later one says until when.
    let page = citizen.open("/book/kep/criminal-record?channel=in-person&day=2026-11-27")?;
    let time = page.body.split("name=\"start\" value=\"2026-11-27").nth(1).and_then(|rest| rest.split('"').next());
    let time = format!("2026-11-27{}", time.context("a time on Friday")?);
    let link = book(&scene, "early@example.gr", "criminal-record", &time)?;
    let page = client.get(&link)?;
    ensure!(page.body.contains("Αλλαγή ή ακύρωση γίνεται έως: Πέμπτη 26 Νοεμβρίου"), "{}", page.body);
    Ok(())
}

#[test]
fn trn_02_every_mail_is_in_the_language_of_the_booking() -> Result<()> {
    let scene = scene()?;
    scene.hub.answers()?;
    let client = scene.hub.client();
    client.get("/?lang=en")?;
    let citizen = Citizen::new(client, "english@example.gr");
    citizen.ask_for_link()?;
    let mail = scene.post.wait_for("english@example.gr", 0)?;
    let link = mail.link(&format!("{}/book/start/", scene.hub.base()))?;
    citizen.open_link(link.strip_prefix(&scene.hub.base()).context("a link to the hub")?)?;
    let times = citizen.times("kep", "criminal-record")?;
    let held = citizen.held(&citizen.press_time("kep", "criminal-record", times.last().context("a time")?)?)?;
    let link = link_of(&citizen.confirm(&held, "Mary Smith")?)?;
    // Somebody else gives it up for them, on a page in Greek.
    let cancel = format!("{link}/cancel");
    let greek = scene.hub.client();
    ensure!(greek.get(&cancel)?.body.contains("Θέλετε να ακυρώσετε"));
    greek.post_form(&cancel, &cancel, &[])?;
    for (nth, words) in ["The link is valid until", "Your appointment is booked", "Your appointment is cancelled"]
        .into_iter()
        .enumerate()
    {
        let mail = scene.post.wait_for("english@example.gr", nth)?;
        let text = mail.text("text/plain")?;
        ensure!(text.contains(words) && !text.contains("ραντεβού"), "{nth} is in English: {text}");
    }
    Ok(())
}

#[test]
fn omb_08_the_time_that_is_left_is_counted_down_and_one_press_starts_it_again() -> Result<()> {
    let place = place(std::convert::identity)?;
    let browser = &place.browser;
    let nothing = |_: &str| Ok(());
    let walk = Walk { place: &place, language: "el", email: "counted@example.gr", at: &nothing };
    walk.prove()?;
    walk.choose()?;
    let left = || -> Option<u32> {
        let text = browser.script("return document.querySelector('[data-countdown]').textContent").ok()?;
        let clock = text.as_str()?.trim_matches(|c: char| !c.is_ascii_digit()).to_owned();
        let (minutes, seconds) = clock.split_once(':')?;
        Some(minutes.parse::<u32>().ok()? * 60 + seconds.parse::<u32>().ok()?)
    };
    let first = tests::wait::until("a countdown", left)?;
    ensure!((200..=300).contains(&first), "five minutes, of which {first} s are left");
    let later = tests::wait::until("it goes on", || left().filter(|now| *now + 2 <= first))?;
    browser.fill("name", "Μισογραμμένο")?;
    browser.press_selector(".held-actions button")?;
    tests::wait::until("it starts again", || left().filter(|now| *now > later))?;
    let name = browser.script("return document.getElementById('name').value")?;
    ensure!(name == "Μισογραμμένο", "nobody leaves the page for it: {name}");
    let told = browser.script("return document.querySelector('[data-held-said]').textContent")?;
    ensure!(told.as_str().is_some_and(|told| told.contains("κρατείται")), "it is told to who does not see it: {told}");
    Ok(())
}
