//! The whole flow by keyboard alone: Tab, Enter, Space and the arrow keys.

use anyhow::{Result, ensure};
use tests::{
    browser::{Browser, keys},
    wait::until,
};

use crate::walk::place;

/// Keys that walk through the days, as the protocol names them.
const LEFT: &str = "\u{E012}";
const RIGHT: &str = "\u{E014}";
const PAGE_DOWN: &str = "\u{E00F}";

/// Strikes Tab until something is reached, as somebody does who sees where the focus is.
pub fn tab_to(browser: &Browser, selector: &str) -> Result<()> {
    let script = format!("return document.activeElement !== null && document.activeElement.matches('{selector}')");
    for _ in 0..120 {
        if browser.script(&script)? == true {
            return Ok(());
        }
        browser.strike(keys::TAB)?;
    }
    anyhow::bail!("{selector} is not reached by Tab at {}", browser.address()?)
}

fn focused(browser: &Browser, script: &str) -> Result<String> {
    let found = browser.script(&format!("return String(document.activeElement{script})"))?;
    Ok(found.as_str().unwrap_or_default().to_owned())
}

#[test]
fn omb_08_the_whole_flow_by_keyboard_alone() -> Result<()> {
    let place = place(std::convert::identity)?;
    let browser = &place.browser;
    browser.width(1280)?;
    browser.go(&format!("{}/book?office=kep&service=family-status", place.hub.base()))?;
    tab_to(browser, "#email")?;
    browser.strike("keys@example.gr")?;
    browser.strike(keys::ENTER)?;
    browser.reads("Δείτε το e-mail σας")?;
    let mail = place.post.wait_for("keys@example.gr", 0)?;
    browser.go(&mail.link(&format!("{}/book/start/", place.hub.base()))?)?;
    tab_to(browser, "main button")?;
    browser.strike(keys::ENTER)?;
    browser.waits_for("#cases")?;
    tab_to(browser, "main form button")?;
    browser.strike(keys::ENTER)?;
    browser.waits_for("table[role=grid]")?;
    grid(browser)?;
    tab_to(browser, "button.time")?;
    browser.strike(keys::ENTER)?;
    browser.waits_for("#behalf-oneself")?;
    for (field, text) in tests::booking::details_of("Ελένη").into_iter().filter(|(field, _)| *field != "behalf") {
        tab_to(browser, &format!("#{field}"))?;
        browser.strike(text)?;
    }
    browser.strike(keys::ENTER)?;
    browser.reads("Ελέγξτε και οριστικοποιήστε")?;
    tab_to(browser, "button[value=yes]")?;
    browser.strike(keys::ENTER)?;
    browser.reads("Το ραντεβού σας κλείστηκε")
}

/// The days of the month as a grid: one stop for Tab, arrows within, Enter chooses, Page Down turns the page.
fn grid(browser: &Browser) -> Result<()> {
    tab_to(browser, "table.days a")?;
    let stops = browser.script("return document.querySelectorAll('table.days [tabindex=\"0\"]').length")?;
    ensure!(stops == 1, "{stops} days are stops of Tab");
    let before = focused(browser, ".textContent")?;
    browser.strike(RIGHT)?;
    browser.strike(LEFT)?;
    ensure!(focused(browser, ".textContent")? == before, "right and left again is where it was");
    browser.strike(RIGHT)?;
    let label = focused(browser, ".querySelector('.unseen').textContent")?;
    ensure!(label.contains("διαθέσιμ"), "the day says what is free: {label}");
    browser.strike(keys::ENTER)?;
    let chosen = format!(
        "return document.getElementById('chosen-day').textContent === '{}'",
        label.split(',').next().unwrap_or_default()
    );
    until("the day's times are shown", || (browser.script(&chosen).ok()? == true).then_some(()))?;
    let month = browser.script("return document.getElementById('month-name').textContent")?;
    tab_to(browser, "table.days a")?;
    browser.strike(PAGE_DOWN)?;
    until("the next month is shown", || {
        let shown = browser.script("return document.getElementById('month-name').textContent").ok()?;
        (shown != month).then_some(())
    })?;
    until("the focus is in the grid again", || {
        (browser.script("return document.activeElement.closest('table') !== null").ok()? == true).then_some(())
    })
}
