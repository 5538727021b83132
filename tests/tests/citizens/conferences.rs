//! Conferences in a real browser: a clerk asks to be a coordinator and is let, plans one with people, and the waiting page of
//! somebody who is early opens by itself (PRE-05, PRE-06, PRE-08). Each of the pages is judged and heard.

use std::time::Duration;

use anyhow::{Result, ensure};
use chrono::{NaiveDateTime, TimeDelta};
use chrono_tz::Europe::Athens;
use tests::{
    browser::Browser,
    calendar,
    hub::{ADMIN, ADMIN_PASSWORD},
    staff::Staff,
    wait,
};

use crate::{
    colleagues::{PASSWORD, SIGNED_IN, signs_in},
    pages::{look, look_in_both},
    walk::place_of_body,
};

const CLERK: (&str, &str) = ("giorgos", PASSWORD);
const GUEST: &str = "maria@example.gr";
/// It is planned a minute ahead, to the minute.
const OPENS_WITHIN: Duration = Duration::from_secs(90);
/// A room elsewhere.
pub const ROOM: &str = "https://meet.example.gr/room/17";

/// Fills in the form of a conference of an hour, as a coordinator does: when it begins, by the clock on the wall, and whatever
/// else is typed.
pub fn fill_in(browser: &Browser, base: &str, begins: NaiveDateTime, more: &[(&str, &str)]) -> Result<()> {
    browser.go(&format!("{base}/conferences/new"))?;
    let written = |form: &str| begins.format(form).to_string();
    let ends = (begins + TimeDelta::hours(1)).format("%H:%M").to_string();
    let (day, month, year, begins) = (written("%d"), written("%m"), written("%Y"), written("%H:%M"));
    let times = [("day-d", &*day), ("day-m", &*month), ("day-y", &*year), ("begins", &*begins), ("ends", &*ends)];
    times.iter().chain(more).try_for_each(|(name, text)| browser.fill(name, text))
}

/// Plans what was filled in. Gives the address of its page.
pub fn plan(browser: &Browser) -> Result<String> {
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("div.done")?;
    Ok(browser.address()?.split('?').next().unwrap_or_default().to_owned())
}

#[test]
fn pre_05_pre_06_pre_08_a_coordinator_plans_and_the_waiting_page_opens_by_itself() -> Result<()> {
    let place = place_of_body()?;
    let (browser, base) = (&place.browser, place.hub.base());
    Staff::admin(&place.hub)?.make_account(CLERK.0, CLERK.1, "clerk", Some("kep"))?;
    signs_in(browser, &place.hub, CLERK, SIGNED_IN)?;
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
    signs_in(browser, &place.hub, (ADMIN, ADMIN_PASSWORD), SIGNED_IN)?;
    browser.go(&format!("{base}/coordination/requests"))?;
    look_in_both(browser, "coordination-requests")?;
    browser.press_selector("form[action$='/approve'] button")?;
    browser.waits_for("div.done")?;
    // The administrator announces maintenance on a day on which nothing is planned, and takes it back.
    let maintenance = format!("{base}/coordination/maintenance");
    browser.go(&maintenance)?;
    let [first, last] = ["from", "to"].map(|name| (name, ["d", "m", "y"].map(|part| format!("{name}-day-{part}"))));
    for ((name, days), time) in [(first, "20:00"), (last, "22:00")] {
        browser.fill(name, time)?;
        for (day, typed) in days.iter().zip(["20", "12", "2026"]) {
            browser.fill(day, typed)?;
        }
    }
    browser.fill("el", "Αναβάθμιση")?;
    browser.fill("en", "Upgrade")?;
    browser.press_selector("form[action$='/maintenance/announce'] button")?;
    browser.waits_for("div.done")?;
    browser.go(&maintenance)?;
    look_in_both(browser, "coordination-maintenance")?;
    browser.press_selector("form[action$='/maintenance/end'] button")?;
    browser.reads("Δεν έχει ανακοινωθεί συντήρηση")?;
    signs_in(browser, &place.hub, CLERK, SIGNED_IN)?;
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
    let begins = place.hub.now()?.with_timezone(&Athens).naive_local() + TimeDelta::minutes(1);
    let invited = format!("Μαρία <{GUEST}>");
    let fields = [("title-el", "Συντονισμός έργων"), ("address", ROOM), ("places", "4"), ("invited", &*invited)];
    fill_in(browser, &base, begins, &fields)?;
    let one = plan(browser)?;
    browser.go(&one)?;
    look_in_both(browser, "conference")?;
    browser.go(&format!("{one}/change"))?;
    look_in_both(browser, "conference-change")?;
    browser.go(&format!("{base}/conferences"))?;
    look_in_both(browser, "conferences")?;
    // Three calendars read what is mailed, also of one that is called off.
    let event = calendar::of_mail(&place.post.wait_for(GUEST, 0)?)?;
    ensure!(event.method == "REQUEST" && event.summary.as_deref().is_some_and(|title| title.contains("Τηλεδιάσκεψη")));
    fill_in(browser, &base, begins + TimeDelta::days(1), &fields)?;
    let other = plan(browser)?;
    browser.go(&other)?;
    browser.press_selector("#sure-cancel")?;
    browser.press_selector("form[action$='/cancel'] button")?;
    browser.waits_for("div.done")?;
    let (asked, off) = (place.post.wait_for(GUEST, 1)?, place.post.wait_for(GUEST, 2)?);
    let (asked, off) = (calendar::of_mail(&asked)?, calendar::of_mail(&off)?);
    ensure!(asked.method == "REQUEST" && off.method == "CANCEL", "{asked:?}, {off:?}");
    ensure!(asked.uid == off.uid && asked.uid != event.uid && asked.sequence < off.sequence, "{asked:?}, {off:?}");
    ensure!(asked.organizer == off.organizer && asked.start == off.start, "{asked:?}, {off:?}");
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
