//! What is asked of who books: the service's own fields, a legal person's data; and that it belongs to one booking.

use anyhow::{Context, Result, ensure};
use tests::booking::details_of;

use crate::{
    agents::sign_in,
    kept::scene,
    pages::look,
    walk::{NAME, Walk, place},
};

/// A service that asks for more: every kind of field.
fn with_fields(office: String) -> String {
    let fields = "[[services]]\nid = 2\nfields = [\n\
        { key = \"case\", label = { el = \"Αριθμός υπόθεσης\", en = \"Case number\" }, required = true, \
          hint = { el = \"Όπως στην επιστολή μας\", en = \"As in our letter\" } },\n\
        { key = \"story\", label = { el = \"Ιστορικό\", en = \"Story\" }, kind = \"lines\" },\n\
        { key = \"copies\", label = { el = \"Αντίτυπα\", en = \"Copies\" }, kind = \"digits\" },\n\
        { key = \"born\", label = { el = \"Ημερομηνία γέννησης\", en = \"Date of birth\" }, kind = \"date\" },\n\
        { key = \"use\", label = { el = \"Χρήση\", en = \"Use\" }, kind = \"choice\", choices = [\
        { el = \"Για εργασία\", en = \"For work\" }, { el = \"Για το εξωτερικό\", en = \"For abroad\" }] },\n]";
    office.replacen("[[services]]\nid = 2", fields, 1)
}

#[test]
fn fld_28_a_services_own_fields_are_asked_for_judged_and_kept_with_the_booking() -> Result<()> {
    let place = place(with_fields)?;
    let browser = &place.browser;
    let nothing = |_: &str| Ok(());
    let walk = Walk { place: &place, language: "el", email: "more@example.gr", at: &nothing };
    walk.prove()?;
    browser.go(&format!("{}/book/kep/criminal-record", place.hub.base()))?;
    browser.press_selector("button.time")?;
    browser.waits_for("#x-case")?;
    browser.reads("Όπως στην επιστολή μας")?;
    for (field, text) in details_of(NAME).into_iter().filter(|(field, _)| *field != "behalf") {
        browser.fill(field, text)?;
    }
    browser.fill("x-copies", "δύο")?;
    browser.press_selector("form#held-form > button[type=submit]")?;
    browser.reads("Συμπληρώστε: Αριθμός υπόθεσης")?;
    browser.reads("Γράψτε μόνο ψηφία, έως 20: Αντίτυπα")?;
    look(&place, "own-fields-wrong el")?;
    browser.fill("x-case", "Φ. 12/2026")?;
    browser.fill("x-story", "Πρώτη γραμμή\nΔεύτερη γραμμή")?;
    browser.fill("x-copies", "2")?;
    browser.script("document.getElementById('x-born').value = '1950-03-25'")?;
    browser.press("Για το εξωτερικό")?;
    browser.press_selector("form#held-form > button[type=submit]")?;
    browser.waits_for("#notice")?;
    let said = ["Φ. 12/2026", "Δεύτερη γραμμή", "1950", "Για το εξωτερικό"];
    for word in said {
        browser.reads(word)?;
    }
    look(&place, "own-fields-review el")?;
    let mail = walk.agree()?;
    let text = mail.text("text/plain")?;
    for word in said.into_iter().chain(["Χρήση: Για το εξωτερικό", "Αριθμός υπόθεσης: Φ. 12/2026"])
    {
        ensure!(text.contains(word), "{word} is in the mail: {text}");
        browser.reads(word.rsplit(": ").next().unwrap_or(word))?;
    }
    let link = browser.address()?;
    let code = browser.script("return document.querySelector('.code').textContent")?;
    let code = code.as_str().context("a code")?.split_whitespace().collect::<String>();
    browser.go(&format!("{}?lang=en", link.split('?').next().unwrap_or(&link)))?;
    browser.reads("For abroad")?;
    // Staff read the same.
    browser.forget()?;
    sign_in(&place)?;
    browser.go(&format!("{}/staff/kep/bookings/{}", place.hub.base(), code))?;
    browser.reads("Φ. 12/2026")?;
    browser.reads("Για το εξωτερικό")
}

#[test]
fn omb_01_a_legal_person_books_with_its_tax_number_and_its_representative() -> Result<()> {
    let place = place(std::convert::identity)?;
    let browser = &place.browser;
    let nothing = |_: &str| Ok(());
    let walk = Walk { place: &place, language: "el", email: "company@example.gr", at: &nothing };
    walk.prove()?;
    walk.choose()?;
    browser.press_selector("label[for=behalf-company]")?;
    for (field, text) in details_of(NAME).into_iter().filter(|(field, _)| *field != "behalf") {
        browser.fill(field, text)?;
    }
    browser.fill("company", "Αγροτικός Συνεταιρισμός Κριτσάς")?;
    browser.fill("tax", "090000046")?;
    browser.press_selector("form#held-form > button[type=submit]")?;
    browser.reads("ελέγξτε μήπως ένα ψηφίο είναι λάθος")?;
    look(&place, "company-wrong el")?;
    browser.fill("tax", "090000045")?;
    browser.press_selector("form#held-form > button[type=submit]")?;
    browser.waits_for("#notice")?;
    let mail = walk.agree()?;
    let text = mail.text("text/plain")?;
    for said in
        ["Νομικό πρόσωπο: Αγροτικός Συνεταιρισμός Κριτσάς", "ΑΦΜ: 090000045", &format!("Νόμιμος εκπρόσωπος: {NAME}")]
    {
        ensure!(text.contains(said), "{said}: {text}");
        browser.reads(said.split(": ").nth(1).unwrap_or(said))?;
    }
    Ok(())
}

#[test]
fn trn_05_fld_34_what_was_chosen_is_read_again_before_the_end() -> Result<()> {
    let place = place(std::convert::identity)?;
    let browser = &place.browser;
    let nothing = |_: &str| Ok(());
    let walk = Walk { place: &place, language: "el", email: "chosen@example.gr", at: &nothing };
    walk.prove()?;
    walk.choose()?;
    walk.tell()?;
    browser.reads("Το ραντεβού ακυρώνεται και κλείνω νέο")?;
    ensure!(!browser.text()?.contains("μετά το τέλος των ραντεβού"), "what was not chosen is not said");
    browser.press("Διόρθωση στοιχείων")?;
    browser.press("Διευκολύνσεις κατά την εξυπηρέτηση")?;
    browser.press("Διερμηνεία στη νοηματική γλώσσα")?;
    browser.press("Θέλω να εξυπηρετηθώ την ίδια μέρα")?;
    look(&place, "details-needs el")?;
    browser.press_selector("form#held-form > button[type=submit]")?;
    browser.waits_for("#notice")?;
    browser.reads("Θέλω να εξυπηρετηθώ την ίδια μέρα, μετά το τέλος των ραντεβού")?;
    let mail = walk.agree()?;
    browser.reads("Διερμηνεία στη νοηματική γλώσσα")?;
    let text = mail.text("text/plain")?;
    ensure!(text.contains("Ανάγκες που δηλώσατε: Διερμηνεία στη νοηματική γλώσσα"), "{text}");
    Ok(())
}

#[test]
fn omb_09_the_same_address_with_another_name_overwrites_nobody() -> Result<()> {
    let scene = scene()?;
    let citizen = scene.proven("family@example.gr")?;
    let mut links = Vec::new();
    for (name, phone) in [("Ελένη Παπαδοπούλου", "694 000 0001"), ("Νίκος Παπαδόπουλος", "694 000 0002")]
    {
        let times = citizen.times("kep", "criminal-record")?;
        let held = citizen.held(&citizen.press_time("kep", "criminal-record", times.first().context("a time")?)?)?;
        let mut fields = details_of(name).to_vec();
        fields.retain(|(field, _)| *field != "phone");
        fields.push(("phone", phone));
        let page = citizen.confirm_with(&held, &fields)?;
        let link = page.body.split("href=\"").find_map(|rest| Some(rest.split_once("/documents\"")?.0.to_owned()));
        links.push((link.context("a link")?, name, phone));
    }
    for (nth, (link, name, phone)) in links.iter().enumerate() {
        let page = scene.hub.client().get(link)?.body;
        let (_, other, others_phone) = &links[1 - nth];
        ensure!(page.contains(name) && page.contains(phone), "{name}: {page}");
        ensure!(!page.contains(other) && !page.contains(others_phone), "{name} is not {other}");
        let text = scene.post.wait_for("family@example.gr", nth + 1)?.text("text/plain")?;
        ensure!(text.contains(name) && !text.contains(other), "{text}");
    }
    Ok(())
}
