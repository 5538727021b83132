//! Pages that no other story reads aloud: a ticket's page as its turn comes, the choice of a service, a published way to a
//! service, an agent's account, and what the office knows of a person.

use anyhow::{Context, Result};
use serde_json::json;
use tests::{
    hub::{ADMIN, ADMIN_PASSWORD},
    staff::{OFFICE, Staff},
};

use crate::place::Place;

const CITIZEN: &str = "maria@example.gr";
const AGENT: &str = "school@example.gr";
const PASSWORD: &str = "Τρία ήσυχα αμάξια";

#[test]
fn fld_12_the_page_of_a_ticket_is_heard_from_the_line_to_the_desk() -> Result<()> {
    let place = Place::open("10:00", std::convert::identity)?;
    let staff = Staff::admin(&place.hub)?;
    staff.open_desk(1)?;
    let ticket = || {
        let path = format!("/api/v1/offices/{OFFICE}/tickets");
        let given = staff.client().post(&path, &json!({ "service": "signature" }))?;
        let given: serde_json::Value = serde_json::from_str(&given.body)?;
        given["visit"].as_str().context("a visit")?.parse::<uuid::Uuid>().context("an id")
    };
    let (_, visit) = (ticket()?, ticket()?);
    let page = format!("/v/{visit}");
    place.go(&page)?;
    place.browser.reads("Προηγείται 1 άτομο")?;
    place.judge("visit-waits")?;
    staff.call_next(1)?;
    let first = staff.floor()?.desks.iter().find_map(|desk| desk.holds).context("somebody is called")?;
    staff.with_visit(1, "appeared", first)?;
    staff.call(1, Some(first), true)?;
    place.browser.reads("Περάστε στη θυρίδα 1")?;
    place.judge("visit-called")?;
    staff.with_visit(1, "appeared", visit)?;
    place.browser.reads("Τώρα εξυπηρετείστε στη θυρίδα 1")?;
    place.judge("visit-served")?;
    place.close()
}

#[test]
fn omb_06_the_choice_of_a_service_and_a_published_way_to_it_are_heard() -> Result<()> {
    let place = Place::open("10:00", std::convert::identity)?;
    // The way that gov.gr or the office's own site links to.
    place.go(&format!("/office/{OFFICE}/6/telephone?lang=el"))?;
    place.browser.waits_for("h1")?;
    place.judge("published-telephone")?;
    // An address that is proven without a service in mind.
    place.go("/book?lang=el")?;
    place.browser.fill("email", CITIZEN)?;
    place.browser.press_selector("#address-form button.govgr-btn")?;
    place.browser.waits_for(".box h2")?;
    let mail = place.post.wait_for(CITIZEN, 0)?;
    place.go(&mail.link(&format!("{}/book/start/", place.hub.base()))?)?;
    place.browser.press_selector("main button[type=submit]")?;
    place.browser.reads("Ανανέωση άδειας οδήγησης")?;
    place.judge("services")?;
    place.close()
}

#[test]
fn trn_08_the_account_of_an_agent_is_heard() -> Result<()> {
    let place = Place::open("10:00", std::convert::identity)?;
    let office = place.hub.client();
    office.post_form("/login", "/login", &[("name", ADMIN), ("password", ADMIN_PASSWORD)])?;
    let fields = [("name", "Σχολή Οδηγών"), ("email", AGENT), ("phone", "2841 012345"), ("tax", "090000045")];
    office.post_form("/admin/agents", "/admin/agents", &fields)?;
    let mail = place.post.wait_for(AGENT, 0)?;
    place.go(&mail.link(&format!("{}/agent/password/", place.hub.base()))?)?;
    place.browser.fill("password", PASSWORD)?;
    place.browser.fill("again", PASSWORD)?;
    place.browser.press_selector("main form button[type=submit]")?;
    place.browser.reads("Τα ραντεβού σας")?;
    place.go("/account?lang=el")?;
    place.browser.waits_for("a[href='/agent']")?;
    place.judge("agent-account")?;
    // Invited once more, they agree with the account that they have.
    office.post_form("/admin/agents", "/admin/agents/1/invite", &[])?;
    let mail = place.post.wait_for(AGENT, 1)?;
    place.go(&mail.link(&format!("{}/agent/password/", place.hub.base()))?)?;
    place.browser.reads("Έχετε συνδεθεί ως")?;
    place.judge("agent-agree")?;
    place.close()
}

#[test]
fn pet_07_the_page_about_a_person_is_heard() -> Result<()> {
    let place = Place::open("10:00", std::convert::identity)?;
    place.book(CITIZEN, "Μαρία Παπαδάκη", 3)?;
    place.sign_in()?;
    place.go("/admin/people?lang=el")?;
    place.browser.waits_for("h1")?;
    place.judge("people")?;
    place.browser.fill("email", CITIZEN)?;
    place.browser.press_selector("main form button[type=submit]")?;
    place.browser.reads("Μαρία Παπαδάκη")?;
    place.judge_here("people-found-el")?;
    place.close()
}
