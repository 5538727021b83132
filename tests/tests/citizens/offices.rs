//! The same service in two offices: side by side, and nothing typed is lost on the way from one to the other.

use anyhow::{Context, Result, ensure};
use tests::{
    booking::{Citizen, details_of},
    browser::Browser,
    hub::{Hub, Mails, Setting},
    mail::MailServer,
};

use crate::pages::look_at;

const NAME: &str = "Μισογραμμένη Κυρία";

struct MisspeltTown {
    hub: Hub,
    post: MailServer,
    folder: tempfile::TempDir,
}

/// A hub with a second office that has the same services.
fn town() -> Result<MisspeltTown> {
    let folder = tempfile::TempDir::with_prefix("seira-offices-")?;
    std::fs::create_dir(folder.path().join("post"))?;
    let post = MailServer::start(&folder.path().join("post"))?;
    let place = folder.path().join("hub");
    let setting = Setting { mails: Mails::Smtp(post.port()), ..Setting::tuesday("09:00")? };
    let mut hub = Hub::prepare(&place, setting)?;
    let kep = std::fs::read_to_string(place.join("kep.toml"))?;
    let other = kep
        .replace("key = \"kep\"\nnumber = 1", "key = \"north\"\nnumber = 2")
        .replace("ΚΕΠ Δήμου Αγίου Νικολάου", "ΚΕΠ Βόρειας Συνοικίας")
        .replace("Citizens' Service Centre, Municipality of Agios Nikolaos", "Citizens' Service Centre, North")
        .replace("Πλατεία Ελευθερίας 1, 721 00 Άγιος Νικόλαος", "Οδός Βορρά 7, 721 00 Άγιος Νικόλαος");
    ensure!(other.contains("\"north\"") && other.contains("Οδός Βορρά"), "another office");
    std::fs::write(place.join("north.toml"), other)?;
    let config = std::fs::read_to_string(place.join("hub.toml"))?;
    std::fs::write(place.join("hub.toml"), config.replace("[\"kep.toml\"]", "[\"kep.toml\", \"north.toml\"]"))?;
    hub.run()?;
    Ok(MisspeltTown { hub, post, folder })
}

impl MisspeltTown {
    fn link(&self, email: &str) -> Result<String> {
        self.post.wait_for(email, 0)?.link(&format!("{}/book/start/", self.hub.base()))
    }
}

#[test]
fn omb_08_another_office_is_chosen_and_nothing_typed_is_lost() -> Result<()> {
    let mut town = town()?;
    let citizen = Citizen::new(town.hub.client(), "mover@example.gr");
    citizen.ask_for_link()?;
    let link = town.link("mover@example.gr")?;
    citizen.open_link(link.strip_prefix(&town.hub.base()).context("a link to the hub")?)?;
    let times = citizen.times("kep", "criminal-record")?;
    let first = times.first().context("a time")?;
    let held = citizen.held(&citizen.press_time("kep", "criminal-record", first)?)?;
    let page = citizen.open(held.page())?;
    // Wrong, so that it stays with the form.
    let mut fields = details_of(NAME).to_vec();
    fields.retain(|(name, _)| *name != "town");
    let wrong = citizen.send(&page.body, held.page(), &fields)?;
    ensure!(wrong.status == 422, "{}", wrong.status);
    let attribute = |page: &str, start: &str| -> Option<String> {
        let link = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        link.map(|link| link.replace("&#38;", "&").replace("&amp;", "&")).find(|link| link.starts_with(start))
    };
    let again = attribute(&wrong.body, "/book/kep/criminal-record?").context("a link to other times")?;
    let times = citizen.open(&again)?;
    let north = attribute(&times.body, "/book/north/criminal-record?").context("a link to the other office")?;
    ensure!(north.contains("again=kep."), "{north}");
    let page = citizen.open(&north)?;
    let time = page.body.split("name=\"start\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let pressed = citizen.send(&page.body, "/book/north/criminal-record", &[("start", time.context("a time")?)])?;
    let details = citizen.open(&pressed.location.clone().context("to the details")?)?;
    ensure!(details.body.contains(&format!("value=\"{NAME}\"")), "the name came along: {}", details.body);
    ensure!(details.body.contains("Βόρειας Συνοικίας"), "{}", details.body);
    ensure!(citizen.times("kep", "criminal-record")?.contains(first), "the time of the first office is free again");
    town.hub.stop()?;
    town.hub.verify()?;
    Ok(())
}

#[test]
fn omb_08_offices_stand_side_by_side() -> Result<()> {
    let town = town()?;
    let browser = Browser::open(&town.folder.path().join("browser"))?;
    let citizen = Citizen::new(town.hub.client(), "sides@example.gr");
    citizen.ask_for_link()?;
    browser.go(&town.link("sides@example.gr")?)?;
    browser.press_selector("main button[type=submit]")?;
    browser.waits_for("a.choice")?;
    for language in ["en", "el"] {
        for view in ["", "&view=list"] {
            let page = format!("/book/kep/criminal-record?channel=in-person{view}&lang={language}");
            browser.go(&format!("{}{page}", town.hub.base()))?;
            look_at(&browser, &format!("offices{} {language}", view.replace("&view=", "-")))?;
        }
    }
    browser.reads("Οδός Βορρά 7")?;
    browser.reads("Πλατεία Ελευθερίας 1")?;
    let columns = browser.script("return document.querySelectorAll('.columns section button.time').length")?;
    ensure!(columns == 40, "twenty times of each: {columns}");
    browser.press_selector(".columns section:nth-child(2) button.time")?;
    browser.waits_for("#held-form")?;
    ensure!(browser.address()?.contains("/book/north/hold/"), "{}", browser.address()?);
    browser.reads("Βόρειας Συνοικίας")
}
