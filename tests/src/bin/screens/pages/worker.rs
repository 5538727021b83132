//! Who certifies citizens and works on what they ask of the municipality, at the pages without a browser.

use anyhow::{Context, Result, ensure};
use tests::{
    house::House,
    http::{Answer, Client},
    hub::{ADMIN, ADMIN_PASSWORD},
    staff::OFFICE,
};

/// What the administrator does for the body besides: certifying, and working on what is asked of the units for cleaning and
/// of the registry.
const GRANTS: [(&str, &str); 3] =
    [("grant@certifier@office:1", "yes"), ("grant@case-worker@unit:1", "yes"), ("grant@case-worker@unit:4", "yes")];

/// The administrator, who may do all that.
pub fn worker(house: &House) -> Result<Client> {
    let client = house.hub.client();
    led(&client.post_form("/login", "/login", &[("name", ADMIN), ("password", ADMIN_PASSWORD)])?)?;
    led(&client.post_form("/admin/clerks/1", "/admin/clerks/1/grants", &GRANTS)?)?;
    Ok(client)
}

/// Does something with a request, whose page for citizens lies at `way`.
pub fn works(worker: &Client, way: &str, action: &str, fields: &[(&str, &str)]) -> Result<()> {
    let page = format!("/staff{way}");
    led(&worker.post_form(&page, &format!("{page}/{action}"), fields)?).with_context(|| action.to_owned())
}

/// Certifies whoever has this address, who has shown everything at the desk.
pub fn certifies(worker: &Client, email: &str) -> Result<()> {
    let search = format!("/staff/{OFFICE}/certify");
    let (list, mark) = (worker.post_form(&search, &search, &[("q", email)])?.body, format!("href=\"{search}/"));
    let number = list.split(mark.as_str()).nth(1).and_then(|rest| rest.split('"').next()).context("an account")?;
    let page = format!("{search}/{number}");
    let shown = worker.get(&page)?.body;
    let seen = shown.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let fields = [
        ("paper", "identity-card"),
        ("last-three", "456"),
        ("proof-tax-number", "yes"),
        ("proof-tax-office", "yes"),
        ("proof-address", "yes"),
        ("finding", "certify"),
        ("seen", seen.context("the page has a mark of the details")?),
    ];
    led(&worker.post_form_of(&shown, &page, &fields)?)
}

fn led(answer: &Answer) -> Result<()> {
    ensure!(answer.status == 303, "{}: {}", answer.status, answer.body);
    Ok(())
}
