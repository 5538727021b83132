//! Members of staff of a story: hired with what they may do for the body, and signed in at a browser.

use anyhow::{Context, Result, ensure};
use tests::{
    browser::Browser,
    grants,
    http::Client,
    hub::{ADMIN, ADMIN_PASSWORD, Hub},
    staff::Staff,
};

/// The password of each of them.
pub const PASSWORD: &str = "Επτά ήσυχα ποτάμια";

/// Hires a clerk of the office, whom an administrator gives these grants on their page.
pub fn hired(hub: &Hub, name: &str, grants: &[&str]) -> Result<()> {
    Staff::admin(hub)?.make_account(name, PASSWORD, "clerk", Some("kep"))?;
    grants::give(hub, name, grants)
}

/// Hires a clerk of the office who coordinates the organisation's conferences: they ask for it, and an administrator lets them.
pub fn hired_coordinator(hub: &Hub, name: &str) -> Result<()> {
    Staff::admin(hub)?.make_account(name, PASSWORD, "clerk", Some("kep"))?;
    let signed_in = |name: &str, password: &str| -> Result<Client> {
        let client = hub.client();
        let signed = client.post_form("/login", "/login", &[("name", name), ("password", password)])?;
        ensure!(signed.status == 303, "{}: {}", signed.status, signed.body);
        Ok(client)
    };
    let wish = [
        ("organisation", "Δήμος Αγίου Νικολάου"),
        ("phone", "2841300000"),
        ("unit", ""),
        ("purpose", "Συνεδριάσεις των τμημάτων"),
    ];
    signed_in(name, PASSWORD)?.post_form("/account/role", "/account/role", &wish)?;
    let admin = signed_in(ADMIN, ADMIN_PASSWORD)?;
    let list = admin.get("/coordination/requests")?.body;
    let mut actions = list.split("action=\"").filter_map(|rest| rest.split('"').next());
    let approve = actions.find(|action| action.ends_with("/approve")).context("a request waits")?;
    let approved = admin.post_form_of(&list, approve, &[])?;
    ensure!(approved.status == 303, "{}: {}", approved.status, approved.body);
    Ok(())
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
/// What whoever signed in finds on each page.
pub const SIGNED_IN: &str = "form[action='/logout']";
/// What a citizen is led to.
pub const CITIZEN: &str = "a[href='/account/details']";
