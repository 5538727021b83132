//! Members of staff of a story: hired with what they may do for the body, and signed in at a browser.

use anyhow::Result;
use tests::{browser::Browser, grants, hub::Hub, staff::Staff};

/// The password of each of them.
pub const PASSWORD: &str = "Επτά ήσυχα ποτάμια";

/// Hires a clerk of the office, whom an administrator gives these grants on their page.
pub fn hired(hub: &Hub, name: &str, grants: &[&str]) -> Result<()> {
    Staff::admin(hub)?.make_account(name, PASSWORD, "clerk", Some("kep"))?;
    grants::give(hub, name, grants)
}

/// Signs in by the page, as somebody else than before, and waits for what they are led to.
pub fn signs_in(browser: &Browser, hub: &Hub, (name, password): (&str, &str), led_to: &str) -> Result<()> {
    browser.forget()?;
    browser.go(&format!("{}/login?lang=el", hub.base()))?;
    browser.fill("name", name)?;
    browser.fill("password", password)?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for(led_to)
}

/// What somebody of staff is led to who signs in.
pub const STAFF: &str = "a[href='/staff/requests']";
/// What a citizen is led to.
pub const CITIZEN: &str = "a[href='/account/details']";
