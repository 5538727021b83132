//! Conferences in a real browser: a clerk asks to be a coordinator and is let, plans one with people, and the waiting page of
//! somebody who is early opens by itself (PRE-05, PRE-06, PRE-08). Each of the pages is judged and heard.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use chrono::{FixedOffset, TimeDelta};
use tests::{
    browser::Browser,
    hub::{ADMIN, ADMIN_PASSWORD},
    staff::Staff,
    wait,
};

use crate::{
    pages::{look, look_in_both},
    walk::{WalkPlace, place_of_body},
};

const CLERK: (&str, &str) = ("giorgos", "Επτά ήσυχα ποτάμια");
const GUEST: &str = "maria@example.gr";
/// It is planned a minute ahead, to the minute.
const OPENS_WITHIN: Duration = Duration::from_secs(90);
const ROOM: &str = "https://meet.example.gr/room/17";

fn sign_in(place: &WalkPlace, (name, password): (&str, &str)) -> Result<()> {
    let browser = &place.browser;
    browser.forget()?;
    browser.go(&format!("{}/login", place.hub.base()))?;
    browser.waits_for("main #name")?;
    browser.fill("name", name)?;
    browser.fill("password", password)?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("form[action='/logout']")
}

/// Fills the form of a conference that begins in so many minutes.
fn fill_in(place: &WalkPlace, browser: &Browser, minutes: i64) -> Result<()> {
    let athens = FixedOffset::east_opt(2 * 3_600).context("an offset")?;
    let begins = (place.hub.now()? + TimeDelta::minutes(minutes)).with_timezone(&athens);
    let ends = begins + TimeDelta::minutes(30);
    browser.fill("title-el", "Συντονισμός έργων")?;
    browser.fill("address", ROOM)?;
    browser.fill("day-d", &begins.format("%d").to_string())?;
    browser.fill("day-m", &begins.format("%m").to_string())?;
    browser.fill("day-y", &begins.format("%Y").to_string())?;
    browser.fill("begins", &begins.format("%H:%M").to_string())?;
    browser.fill("ends", &ends.format("%H:%M").to_string())?;
    browser.fill("places", "4")
}

#[test]
fn pre_05_pre_06_pre_08_a_coordinator_plans_and_the_waiting_page_opens_by_itself() -> Result<()> {
    let place = place_of_body()?;
    let (browser, base) = (&place.browser, place.hub.base());
    Staff::admin(&place.hub)?.make_account(CLERK.0, CLERK.1, "clerk", Some("kep"))?;
    sign_in(&place, CLERK)?;
    browser.go(&format!("{base}/account/role"))?;
    look_in_both(browser, "account-role")?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("#refusal")?;
    look(&place, "account-role-wrong")?;
    browser.fill("phone", "2841300000")?;
    browser.fill("purpose", "Συνεδριάσεις των τμημάτων")?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.reads("περιμένει απόφαση")?;
    look(&place, "account-role-open")?;
    sign_in(&place, (ADMIN, ADMIN_PASSWORD))?;
    browser.go(&format!("{base}/coordination/requests"))?;
    look_in_both(browser, "coordination-requests")?;
    browser.press_selector("form[action$='/approve'] button")?;
    browser.waits_for("div.done")?;
    sign_in(&place, CLERK)?;
    browser.go(&format!("{base}/coordination/units"))?;
    look_in_both(browser, "coordination-units")?;
    browser.fill("email", "nikos@example.gr")?;
    browser.press_selector("form[action='/coordination/units/invite'] button")?;
    browser.waits_for("div.done")?;
    let invitation = place.post.wait_for("nikos@example.gr", 0)?;
    let invitation = invitation.link(&format!("{base}/coordination/invitation/"))?;
    browser.go(&invitation)?;
    look_in_both(browser, "coordination-invitation")?;
    browser.go(&format!("{base}/conferences/new"))?;
    look_in_both(browser, "conference-new")?;
    fill_in(&place, browser, 1)?;
    browser.fill("invited", &format!("Μαρία <{GUEST}>"))?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("div.done")?;
    let one = browser.address()?;
    let one = one.split('?').next().unwrap_or_default().to_owned();
    browser.go(&one)?;
    look_in_both(browser, "conference")?;
    browser.go(&format!("{one}/change"))?;
    look_in_both(browser, "conference-change")?;
    browser.go(&format!("{base}/conferences"))?;
    look_in_both(browser, "conferences")?;
    // Whoever is invited waits without pressing anything, and the page opens.
    let link = place.post.wait_for(GUEST, 0)?.link(&format!("{base}/conference/"))?;
    browser.forget()?;
    browser.go(&link)?;
    let is_open = || browser.waits_for("form[action$='/enter'] button").ok();
    wait::until_within(OPENS_WITHIN, "the page opens by itself", is_open)?;
    look_in_both(browser, "conference-guest")?;
    browser.press_selector("form[action$='/enter'] button")?;
    browser.waits_for(&format!("a[href='{ROOM}']"))?;
    look(&place, "conference-guest-open")?;
    let leads = browser.script("return document.querySelector('[data-key=go]').rel")?;
    ensure!(leads == "noreferrer", "the room is told no link: {leads}");
    Ok(())
}
