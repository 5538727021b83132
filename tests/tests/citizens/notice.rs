//! The privacy notice and the fields' hints in an office's own words (FLD-21, OMB-18): a changed notice is a new version, and
//! a consent stays with the text that was read.

use anyhow::{Context, Result, ensure};
use tests::{
    booking::{details_of, prove_today},
    http::Answer,
};

use crate::{
    agents::{administrator, sign_in},
    bounds::link_of,
    kept::{CitizenScene, scene},
    pages::look,
    walk::place,
};

const RIGHTS: &str = "/admin/texts/kep/el/privacy-rights";
const COMPLAINT: &str = "/admin/texts/kep/el/privacy-complaint";
const HINT: &str = "/admin/texts/kep/el/name-hint";
/// What the office says of its own: two paragraphs.
const OWN: &str = "Έχετε δικαίωμα πρόσβασης: { $email }.\n\nΥπεύθυνη Προστασίας Δεδομένων: Νίκη Νικολάου.";
const OFFICER: &str = "Υπεύθυνη Προστασίας Δεδομένων: Νίκη Νικολάου.";

fn change(scene: &CitizenScene, path: &str, body: &str, act: &str) -> Result<Answer> {
    administrator(&scene.hub)?.post_form(path, path, &[("body", body), ("act", act)])
}

/// The version that the last check hands on.
fn version(page: &Answer) -> Result<String> {
    let after = page.body.split("name=\"version\" value=\"").nth(1).context("no version")?;
    Ok(after.chars().take_while(char::is_ascii_hexdigit).collect())
}

/// The privacy policy, as everybody reads it.
fn policy(scene: &CitizenScene) -> Result<String> {
    Ok(scene.hub.client().get("/privacy")?.body)
}

#[test]
fn omb_18_fld_21_a_changed_notice_is_a_new_version_and_a_consent_stays_with_what_was_read() -> Result<()> {
    let mut scene = scene()?;
    let citizen = scene.proven("reader@example.gr")?;
    let times = citizen.times("kep", "criminal-record")?;
    let hold = |nth: usize| citizen.held(&citizen.press_time("kep", "criminal-record", &times[nth])?);
    let before = link_of(&citizen.confirm(&hold(0)?, "Πρώτη Αναγνώστρια")?)?;
    // A second booking stands before the last press, with the old text on the screen.
    let held = hold(1)?;
    let details = citizen.open(held.page())?;
    citizen.send(&details.body, held.page(), &details_of("Δεύτερη Αναγνώστρια"))?;
    let review = citizen.open(&format!("{}/review", held.page()))?;
    let first = version(&review)?;
    ensure!(!review.body.contains(OFFICER), "{}", review.body);

    // Looked at before it is kept: the whole notice, and its new version.
    let seen = change(&scene, RIGHTS, OWN, "preview")?;
    ensure!(seen.status == 200 && seen.body.contains("Με την αποθήκευση γίνεται νέα έκδοση"), "{}", seen.body);
    ensure!(seen.body.contains(OFFICER) && seen.body.contains("complaints@dpa.gr"), "{}", seen.body);
    ensure!(!policy(&scene)?.contains(OFFICER), "a look changes nothing");
    ensure!(change(&scene, RIGHTS, OWN, "save")?.status == 303);
    ensure!(policy(&scene)?.contains(OFFICER));

    // Nobody agrees to what they have not read.
    let confirm = format!("{}/confirm", held.page());
    let pressed = citizen.send(&review.body, &confirm, &[("consent", "yes")])?;
    let again = pressed.location.context("back to the notice")?;
    let review = citizen.open(&again)?;
    ensure!(review.body.contains("Το κείμενο της ενημέρωσης άλλαξε στο μεταξύ"), "{}", review.body);
    let second = version(&review)?;
    ensure!(second != first && review.body.contains(OFFICER), "{}", review.body);
    ensure!(seen.body.contains(&second), "it is the version that was announced");
    let agreed = citizen.send(&review.body, &confirm, &[("consent", "yes")])?;
    let after = link_of(&citizen.open(&agreed.location.context("booked")?)?)?;

    // Each consent stays with its own text, also after a restart.
    scene.hub.stop()?;
    scene.hub.run()?;
    for (link, version, with_officer) in [(&before, &first, false), (&after, &second, true)] {
        let client = scene.hub.client();
        prove_today(&client, &scene.post, "reader@example.gr", link)?;
        let page = client.get(&format!("{link}/data"))?.body;
        ensure!(page.contains("Τρίτη 24 Νοεμβρίου, 09:0"), "and when: {page}");
        ensure!(page.contains(OFFICER) == with_officer, "{version}: {page}");
        let json: serde_json::Value = client.get(&format!("{link}/data.json"))?.json()?;
        let text = json["agreed_to"].as_str().context("the text")?;
        ensure!(text.contains("complaints@dpa.gr") && text.contains(OFFICER) == with_officer, "{text}");
        ensure!(json["person"]["consent"][1] == **version, "{json}");
    }
    // Put back as it was shipped, it is the first version again.
    ensure!(change(&scene, RIGHTS, "", "reset")?.status == 303);
    ensure!(!policy(&scene)?.contains(OFFICER));
    scene.hub.stop()?;
    scene.hub.verify()?;
    Ok(())
}

#[test]
fn omb_18_no_wording_leaves_out_where_to_complain() -> Result<()> {
    let scene = scene()?;
    for act in ["preview", "save"] {
        let answer = change(&scene, COMPLAINT, "Για παράπονα απευθυνθείτε στην προϊσταμένη.", act)?;
        ensure!(answer.status == 422 && answer.body.contains("πρέπει να λέει «115 23»"), "{}", answer.body);
        ensure!(answer.body.contains("στην προϊσταμένη"), "what was typed is there");
    }
    let answer = change(&scene, RIGHTS, "Γράψτε μας.", "save")?;
    ensure!(answer.status == 422 && answer.body.contains("Λείπει η θέση «email»"), "{}", answer.body);
    ensure!(scene.hub.client().get("/privacy")?.body.contains("Λεωφ. Κηφισίας 1-3, Τ.Κ. 115 23"));
    Ok(())
}

#[test]
fn fld_21_hints_and_notice_are_edited_in_the_browser_and_seen_by_who_books() -> Result<()> {
    let place = place(std::convert::identity)?;
    let browser = &place.browser;
    sign_in(&place)?;
    for language in ["en", "el"] {
        browser.go(&format!("{}{RIGHTS}?lang={language}", place.hub.base()))?;
        look(&place, &format!("text-notice {language}"))?;
    }
    browser.script(&format!("document.getElementById('body').value = {}", serde_json::json!(OWN)))?;
    browser.press_selector("button[value=preview]")?;
    browser.reads("Με την αποθήκευση γίνεται νέα έκδοση")?;
    look(&place, "text-notice-preview el")?;
    browser.press_selector("button[value=save]")?;
    browser.waits_for(".done")?;
    browser.go(&format!("{}{HINT}", place.hub.base()))?;
    browser.fill("body", "Με κεφαλαία, όπως στο δελτίο ταυτότητας")?;
    browser.press_selector("button[value=save]")?;
    browser.waits_for(".done")?;
    browser.forget()?;
    let nothing = |_: &str| Ok(());
    let walk = crate::walk::Walk { place: &place, language: "el", email: "hints@example.gr", at: &nothing };
    walk.prove()?;
    walk.choose()?;
    browser.reads("Με κεφαλαία, όπως στο δελτίο ταυτότητας")?;
    walk.tell()?;
    browser.reads(OFFICER)?;
    let paragraphs =
        browser.script("return document.querySelectorAll('[aria-labelledby=notice] p.previewed').length")?;
    ensure!(paragraphs == 5, "the empty line begins a paragraph: {paragraphs}");
    browser.go(&format!("{}/privacy?lang=en", place.hub.base()))?;
    ensure!(!browser.text()?.contains("Νικολάου"), "English is as it was shipped");
    Ok(())
}
