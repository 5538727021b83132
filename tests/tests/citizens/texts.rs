//! An office puts its mails and pages into words of its own (FLD-21): checked, previewed, used at once, put back.

use anyhow::{Context, Result, ensure};
use tests::{
    http::{Answer, Client},
    hub::Hub,
};

use crate::{
    agents::{administrator, sign_in},
    kept::{CitizenScene, scene},
    pages::look,
    walk::place,
};

const INTRO: &str = "/admin/texts/kep/el/mail-confirmation-intro";
const EXPIRES: &str = "/admin/texts/kep/el/mail-start-expires";
const HINT: &str = "/admin/texts/kep/el/qr-hint";

fn change(admin: &Client, path: &str, body: &str, act: &str) -> Result<Answer> {
    admin.post_form(path, path, &[("body", body), ("act", act)])
}

fn book(scene: &CitizenScene, email: &str) -> Result<Answer> {
    let citizen = scene.proven(email)?;
    let times = citizen.times("kep", "criminal-record")?;
    let held = citizen.held(&citizen.press_time("kep", "criminal-record", times.first().context("a time")?)?)?;
    citizen.confirm(&held, "Ελένη Παπαδοπούλου")
}

fn refuses(hub: &Hub, admin: &Client, body: &str, sentence: &str) -> Result<()> {
    for act in ["preview", "save"] {
        let answer = change(admin, EXPIRES, body, act)?;
        ensure!(
            answer.status == 422 && answer.body.contains(sentence),
            "«{body}» {act}: {} {}",
            answer.status,
            answer.body
        );
        let typed = body.replace('&', "&#38;").replace('<', "&#60;").replace('"', "&#34;");
        ensure!(
            body.trim().is_empty() || answer.body.contains(typed.trim()),
            "what was typed is there: {}",
            answer.body
        );
    }
    ensure!(hub.client().get(EXPIRES)?.location.is_some(), "nobody else sees it");
    Ok(())
}

#[test]
fn fld_21_own_words_are_checked_previewed_used_at_once_and_put_back() -> Result<()> {
    let mut scene = scene()?;
    let admin = administrator(&scene.hub)?;
    refuses(&scene.hub, &admin, "Ισχύει για λίγο.", "Λείπει η θέση «until»")?;
    refuses(&scene.hub, &admin, "Έως { $until }, { $name }.", "Η θέση «name» δεν υπάρχει")?;
    refuses(&scene.hub, &admin, "Έως { $until }, { mail-hello }", "δεν υπάρχει σε αυτό το κείμενο")?;
    refuses(&scene.hub, &admin, "Έως { $until", "άγκιστρο")?;
    refuses(&scene.hub, &admin, " ", "Γράψτε ένα κείμενο")?;
    let seen = change(&admin, EXPIRES, "Βιαστείτε: έως { $until }.", "preview")?;
    ensure!(seen.status == 200 && seen.body.contains("Βιαστείτε: έως 10:30."), "{}", seen.body);
    ensure!(seen.body.contains("Όλο το μήνυμα") && seen.body.contains("Λάβαμε αίτημα"), "{}", seen.body);
    let own = "Σας περιμένουμε με χαρά στο ΚΕΠ. <b>Τα στοιχεία</b>:";
    let saved = change(&admin, INTRO, own, "save")?;
    ensure!(saved.location.as_deref() == Some("/admin/texts?done=saved"), "{}: {}", saved.status, saved.body);
    let saved = change(&admin, HINT, "Δείξτε τον στη Νίκη, στην είσοδο.", "save")?;
    ensure!(saved.status == 303, "{}: {}", saved.status, saved.body);
    let page = book(&scene, "first@example.gr")?;
    ensure!(page.body.contains("Δείξτε τον στη Νίκη, στην είσοδο."), "{}", page.body);
    let mail = scene.post.wait_for("first@example.gr", 1)?;
    ensure!(mail.text("text/plain")?.contains(own), "{}", mail.text("text/plain")?);
    ensure!(!mail.text("text/html")?.contains("<b>Τα"), "it is text, not HTML");
    // English is as it was; a restart forgets nothing; who changed it, and when, is told.
    scene.hub.stop()?;
    scene.hub.run()?;
    let told = admin.get(INTRO)?;
    ensure!(told.body.contains("admin, Τρίτη 24 Νοεμβρίου, 09:0"), "{}", told.body);
    ensure!(admin.get("/admin/texts/kep/en/mail-confirmation-intro")?.body.contains("Your appointment"), "English");
    book(&scene, "second@example.gr")?;
    let mail = scene.post.wait_for("second@example.gr", 1)?;
    ensure!(mail.text("text/plain")?.contains(own), "{}", mail.text("text/plain")?);
    let reset = change(&admin, INTRO, "", "reset")?;
    ensure!(reset.location.as_deref() == Some("/admin/texts?done=reset"), "{}: {}", reset.status, reset.body);
    book(&scene, "third@example.gr")?;
    let mail = scene.post.wait_for("third@example.gr", 1)?;
    ensure!(!mail.text("text/plain")?.contains("με χαρά"), "{}", mail.text("text/plain")?);
    ensure!(admin.get(INTRO)?.body.contains("αρχικό κείμενο"));
    for path in ["/admin/texts/kep/el/weekday-1", "/admin/texts/kep/xx/mail-hello", "/admin/texts/other/el/mail-hello"]
    {
        ensure!(admin.get(path)?.status == 404, "{path}");
    }
    Ok(())
}

#[test]
fn fld_21_the_pages_are_accessible() -> Result<()> {
    let place = place(std::convert::identity)?;
    sign_in(&place)?;
    for language in ["en", "el"] {
        place.browser.go(&format!("{}/admin/texts?lang={language}", place.hub.base()))?;
        place.browser.press_selector("details summary")?;
        look(&place, &format!("texts {language}"))?;
        place.browser.go(&format!("{}{EXPIRES}?lang={language}", place.hub.base()))?;
        look(&place, &format!("text {language}"))?;
    }
    place.browser.fill("body", "Έως { $until }.")?;
    place.browser.press_selector("button[value=save]")?;
    place.browser.waits_for(".done")?;
    place.browser.go(&format!("{}{EXPIRES}", place.hub.base()))?;
    look(&place, "text own el")?;
    place.browser.fill("body", "Έως { $x }.")?;
    place.browser.press_selector("button[value=preview]")?;
    place.browser.reads("Η θέση «x» δεν υπάρχει")?;
    look(&place, "text wrong el")
}
