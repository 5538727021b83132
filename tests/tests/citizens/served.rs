//! Who is served has mails of their own, once they have said that the address is theirs (OMB-14).

use anyhow::{Context, Result, ensure};
use tests::{
    booking::{Citizen, details_of, prove_today},
    calendar,
    http::Answer,
};

use crate::{
    kept::{CitizenScene, scene, traces},
    walk::place,
};

const APPLICANT: &str = "daughter@example.gr";
const SERVED: &str = "grandmother@example.gr";

/// Books for somebody else, whose address is `served`.
fn book_for(citizen: &Citizen, served: &str) -> Result<Answer> {
    let times = citizen.times("kep", "criminal-record")?;
    book_at(citizen, times.last().context("a time")?, served)
}

fn book_at(citizen: &Citizen, time: &str, served: &str) -> Result<Answer> {
    let held = citizen.held(&citizen.press_time("kep", "criminal-record", time)?)?;
    let own = details_of("Ξανθίππη Μοναδική").into_iter().filter(|(name, _)| *name != "behalf");
    let other = [("behalf", "other"), ("applicant", "Ελένη Μοναδική"), ("served-email", served)];
    citizen.confirm_with(&held, &own.chain(other).collect::<Vec<_>>())
}

/// The path behind the hub's address in a mail.
fn path(scene: &CitizenScene, link: &str) -> Result<String> {
    Ok(link.strip_prefix(&scene.hub.base()).context("a link to the hub")?.to_owned())
}

#[test]
fn omb_14_mails_and_a_link_of_their_own_go_to_the_person_served_once_proven() -> Result<()> {
    let mut scene = scene()?;
    let citizen = scene.proven(APPLICANT)?;
    let page = book_for(&citizen, SERVED)?;
    ensure!(page.body.contains(&format!("{SERVED} (στάλθηκε")), "the page says what was asked: {}", page.body);
    let asked = scene.post.wait_for(SERVED, 0)?;
    let said = asked.text("text/plain")?;
    for word in ["Ξανθίππη", "Μοναδική", "ποινικού", APPLICANT] {
        ensure!(!said.contains(word) && !asked.subject.contains(word), "an unproven address reads {word}: {said}");
    }
    let link = path(&scene, &asked.link(&format!("{}/served/", scene.hub.base()))?)?;
    // A scanner of mails opens links: nothing comes of it.
    let guest = scene.hub.client();
    for _ in 0..3 {
        ensure!(guest.get(&link)?.status == 200);
    }
    ensure!(scene.post.count(SERVED)? == 1, "opening the link sends nothing");
    ensure!(guest.get(&format!("{}x", &link[..link.len() - 1]))?.status == 410, "no link can be made up");
    let pressed = guest.post_form(&link, &link, &[("answer", "yes")])?;
    let own = pressed.location.context("to the booking")?;
    let confirmed = scene.post.wait_for(SERVED, 1)?;
    let body = confirmed.text("text/plain")?;
    ensure!(body.contains("Ξανθίππη Μοναδική") && body.contains("κλείστηκε"), "{body}");
    let event = calendar::of_mail(&confirmed)?;
    ensure!(event.attendee.as_deref() == Some(&*format!("mailto:{SERVED}")), "{event:?}");
    ensure!(guest.get(&link)?.status == 410, "the link is good once");
    ensure!(guest.get(&own)?.body.contains(SERVED));
    let own = own.split('?').next().unwrap_or_default().to_owned();
    prove_today(&guest, &scene.post, SERVED, &own)?;
    for page in ["", "/data", "/data.json", "/documents", "/change", "/cancel", "/erase"] {
        let path = format!("{own}{page}");
        let seen = guest.get(&path)?;
        ensure!(
            seen.status == 200 && !seen.body.contains(APPLICANT),
            "{page} tells where others have mail: {}",
            seen.body
        );
    }
    let mailed = path(&scene, &confirmed.link(&format!("{}/booking/", scene.hub.base()))?)?;
    ensure!(own == mailed, "the mail's link is the same: {own} {mailed}");
    // A change by either is told to both, each with their own link.
    let cancel = format!("{mailed}/cancel");
    guest.post_form(&cancel, &cancel, &[])?;
    let told = scene.post.wait_for(SERVED, 3)?;
    ensure!(calendar::of_mail(&told)?.method == "CANCEL");
    let told = scene.post.wait_for(APPLICANT, 2)?;
    ensure!(told.subject == "Ακύρωση ραντεβού", "{}", told.subject);
    scene.hub.stop()?;
    scene.hub.verify()?;
    Ok(())
}

#[test]
fn omb_14_reminders_go_to_both() -> Result<()> {
    let mut scene = scene()?;
    let citizen = scene.proven(APPLICANT)?;
    let page = citizen.open("/book/kep/criminal-record?channel=in-person&day=2026-11-27")?;
    let time = page.body.split("name=\"start\" value=\"2026-11-27").nth(1).and_then(|rest| rest.split('"').next());
    book_at(&citizen, &format!("2026-11-27{}", time.context("a time on Friday")?), SERVED)?;
    let asked = scene.post.wait_for(SERVED, 0)?;
    let link = path(&scene, &asked.link(&format!("{}/served/", scene.hub.base()))?)?;
    scene.hub.client().post_form(&link, &link, &[("answer", "yes")])?;
    scene.post.wait_for(SERVED, 1)?;
    // To each, on the same days, each once, also those that were owed before the address was proven.
    for (day, nth) in [("2026-11-25", 2), ("2026-11-26", 3)] {
        scene.hub.stop()?;
        scene.hub.set_clock(format!("{day}T10:00:30+02:00").parse().ok().context("a time")?);
        scene.hub.run()?;
        for who in [SERVED, APPLICANT] {
            let reminder = scene.post.wait_for(who, nth)?;
            ensure!(reminder.subject == "Υπενθύμιση ραντεβού", "{who}: {}", reminder.subject);
            ensure!(reminder.text("text/plain")?.contains("Παρασκευή 27 Νοεμβρίου"), "{who}");
        }
    }
    scene.hub.stop()?;
    scene.hub.verify()?;
    Ok(())
}

#[test]
fn omb_14_whom_it_does_not_concern_has_their_address_erased() -> Result<()> {
    let mut scene = scene()?;
    let citizen = scene.proven(APPLICANT)?;
    book_for(&citizen, "stranger@example.gr")?;
    let asked = scene.post.wait_for("stranger@example.gr", 0)?;
    let link = path(&scene, &asked.link(&format!("{}/served/", scene.hub.base()))?)?;
    let guest = scene.hub.client();
    let answer = guest.post_form(&link, &link, &[("answer", "no")])?;
    ensure!(answer.body.contains("διαγράφηκε"), "{}: {}", answer.status, answer.body);
    scene.hub.stop()?;
    let found = traces(scene.hub.folder(), &["stranger@"])?;
    ensure!(found.is_empty(), "{found:?}");
    Ok(())
}

#[test]
fn omb_14_who_has_no_mail_is_reached_through_who_booked() -> Result<()> {
    let scene = scene()?;
    let citizen = scene.proven(APPLICANT)?;
    book_for(&citizen, "")?;
    let mail = scene.post.wait_for(APPLICANT, 1)?;
    ensure!(mail.text("text/plain")?.contains("Ξανθίππη Μοναδική"));
    // One's own address is no second one.
    book_for(&citizen, &APPLICANT.to_uppercase())?;
    scene.post.wait_for(APPLICANT, 2)?;
    scene.proven("later@example.gr")?;
    ensure!(scene.post.count(APPLICANT)? == 3, "no question to an address that is proven already");
    Ok(())
}

#[test]
fn omb_14_the_page_behind_the_link_is_accessible() -> Result<()> {
    let place = place(std::convert::identity)?;
    let citizen = Citizen::new(place.hub.client(), APPLICANT);
    citizen.ask_for_link()?;
    let mail = place.post.wait_for(APPLICANT, 0)?;
    let link = mail.link(&format!("{}/book/start/", place.hub.base()))?;
    citizen.open_link(link.strip_prefix(&place.hub.base()).context("a link to the hub")?)?;
    book_for(&citizen, SERVED)?;
    let link = place.post.wait_for(SERVED, 0)?.link(&format!("{}/served/", place.hub.base()))?;
    for language in ["el", "en"] {
        place.browser.go(&format!("{link}?lang={language}"))?;
        crate::pages::look(&place, &format!("served-ask {language}"))?;
    }
    place.browser.press_selector("button[value=yes]")?;
    place.browser.waits_for(".done")?;
    crate::pages::look(&place, "served-done en")?;
    place.browser.go(&link)?;
    crate::pages::look(&place, "served-over en")
}
