//! Citizens with an account for whoever looks around: one of level A, with a request, and one of level B, made through the pages as
//! they would do it themselves.

use anyhow::{Context, Result, ensure};

use crate::{booking::work, http::Client, hub::Hub, mail::ReceivedMail, wait::until};

/// The password of each of them.
pub const PASSWORD: &str = "Τέσσερα ξύλινα παράθυρα";
/// Who has level A.
pub const OF_LEVEL_A: &str = "eleni";
/// Who has level B.
pub const OF_LEVEL_B: &str = "dimitris";

/// Makes them; `clerk` is who certifies, with their password, in an office whose mails go into a folder.
///
/// # Errors
/// When the hub refuses.
pub fn make(hub: &Hub, clerk: (&str, &str)) -> Result<()> {
    let eleni = registered(hub, OF_LEVEL_A, "Ελένη Παπαδοπούλου")?;
    let bin = [("x-kind", "0"), ("x-request_place", "Κουντούρου 12"), ("x-request_what", "Ο κάδος ξεχειλίζει.")];
    let sent = eleni.post_form("/requests/new/cleaning", "/requests/new/cleaning", &bin)?;
    ensure!(sent.status == 303, "a request: {} {}", sent.status, sent.body);
    let dimitris = registered(hub, OF_LEVEL_B, "Δημήτρης Νικολάου")?;
    let details = [
        ("full-name", "Δημήτρης Νικολάου"),
        ("phone", "694 000 0000"),
        ("tax-number", "090000045"),
        ("tax-office", "Αγίου Νικολάου"),
        ("street", "Κούνδουρου 12"),
        ("postcode", "721 00"),
        ("town", "Άγιος Νικόλαος"),
    ];
    let kept = dimitris.post_form("/account/details", "/account/details", &details)?;
    ensure!(kept.status == 303, "details: {} {}", kept.status, kept.body);
    let wished = dimitris.post_form("/account/level", "/account/level", &[("wish", "yes")])?;
    ensure!(wished.status == 303, "the wish: {} {}", wished.status, wished.body);
    certify(hub, clerk, OF_LEVEL_B)
}

/// Registers, activates by the link of the mail, and signs in.
fn registered(hub: &Hub, name: &str, full_name: &str) -> Result<Client> {
    let (client, email) = (hub.client(), format!("{name}@example.gr"));
    let page = client.get("/register")?.body;
    let done = work(&page)?;
    let fields = [
        ("full-name", full_name),
        ("email", &email),
        ("name", name),
        ("password", PASSWORD),
        ("again", PASSWORD),
        ("altcha", &done),
    ];
    let sent = client.post_form_of(&page, "/register", &fields)?;
    ensure!(sent.location.as_deref() == Some("/register/sent"), "registering: {} {}", sent.status, sent.body);
    let link = until(&format!("a mail to {email}"), || link_to(hub, &email).ok().flatten())?;
    let opened = client.post_form(&link, &link, &[("password", PASSWORD)])?;
    ensure!(opened.status == 303, "activating: {} {}", opened.status, opened.body);
    let signed = client.post_form("/login", "/login", &[("name", name), ("password", PASSWORD)])?;
    ensure!(signed.location.as_deref() == Some("/account"), "signing in: {} {}", signed.status, signed.body);
    Ok(client)
}

/// The link in the mail to an address, once it lies in the folder.
fn link_to(hub: &Hub, email: &str) -> Result<Option<String>> {
    for file in std::fs::read_dir(hub.folder().join("mail"))? {
        let path = file?.path();
        if !path.to_string_lossy().ends_with("-account.eml") {
            continue;
        }
        let mail = ReceivedMail::read(&path)?;
        if mail.to.contains(email) {
            let link = mail.link(&format!("{}/register/activate/", hub.base()))?;
            return Ok(link.strip_prefix(&hub.base()).map(str::to_owned));
        }
    }
    Ok(None)
}

/// A clerk certifies whoever stands before them.
fn certify(hub: &Hub, (name, password): (&str, &str), citizen: &str) -> Result<()> {
    let (clerk, search) = (hub.client(), "/staff/kep/certify");
    let signed = clerk.post_form("/login", "/login", &[("name", name), ("password", password)])?;
    ensure!(signed.status == 303, "the clerk: {} {}", signed.status, signed.body);
    let found = clerk.post_form(search, search, &[("q", citizen)])?.body;
    let number = found.split("href=\"/staff/kep/certify/").nth(1).and_then(|rest| rest.split('"').next());
    let page = format!("{search}/{}", number.context("an account")?);
    let shown = clerk.get(&page)?.body;
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
    let done = clerk.post_form_of(&shown, &page, &fields)?;
    ensure!(
        done.location.is_some_and(|led| led.ends_with("done=certified")),
        "certifying: {} {}",
        done.status,
        done.body
    );
    Ok(())
}
