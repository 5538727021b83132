//! The front page: every service with all that one must know before booking it, and what is said there is true.

use anyhow::{Context, Result, ensure};
use tests::browser::Browser;

use crate::{
    pages::look,
    walk::{Walk, place},
};

const FORM: &str = "https://www.gov.gr/arxeio/aitisi.pdf";

/// A service with a form to fill in and a level, and one that asks for a form alone.
fn with_forms(office: String) -> String {
    let form =
        format!("forms = [{{ name = {{ el = \"Αίτηση ανανέωσης\", en = \"Application\" }}, url = \"{FORM}\" }}]");
    let other = format!(
        "[[services]]\nid = 7\nkey = \"by-form\"\ngroup = \"permits\"\nname = {{ el = \"Άδεια κατάληψης\", en = \"Permit\" }}\n\
         about = {{ el = \"Με αίτηση.\", en = \"By application.\" }}\nplanned_minutes = 10\nbooking = \"preferred\"\n{form}\n\n\
         # Θυρίδες."
    );
    let licence = format!("[[services]]\nid = 5\nlevel = \"b\"\n{form}\n");
    office.replacen("[[services]]\nid = 5\n", &licence, 1).replacen("# Θυρίδες.", &other, 1).replacen(
        "services = [\"driving-licence\", ",
        "services = [\"by-form\", \"driving-licence\", ",
        1,
    )
}

/// What a person reads of one service, with its list of documents opened; and where its forms are had.
fn card(browser: &Browser, name: &str) -> Result<(String, Vec<String>)> {
    let script = format!(
        "const card = [...document.querySelectorAll('li.service')] \
            .find(card => card.querySelector('h4').textContent === '{name}'); \
         if (!card) return null; for (const part of card.querySelectorAll('details')) part.open = true; \
         return [card.innerText, [...card.querySelectorAll('details a')].map(link => link.href)]"
    );
    serde_json::from_value(browser.script(&script)?).with_context(|| format!("no service {name}"))
}

#[test]
fn trn_01_pet_01_each_service_says_all_that_one_must_know_before() -> Result<()> {
    let place = place(with_forms)?;
    let browser = &place.browser;
    for language in ["en", "el"] {
        browser.go(&format!("{}/?lang={language}", place.hub.base()))?;
        look(&place, &format!("front-forms {language}"))?;
    }
    let (licence, forms) = card(browser, "Ανανέωση άδειας οδήγησης")?;
    for said in [
        "διάρκεια περίπου 20 λεπτά",
        "με φυσική παρουσία",
        "κλείνεται τουλάχιστον 30 λεπτά πριν · ραντεβού για τις επόμενες 60 ημέρες",
        "στη θυρίδα θα σας ζητηθεί ταυτότητα ή διαβατήριο για την ταυτοποίησή σας",
        "2 × Έγχρωμη φωτογραφία τύπου διαβατηρίου",
        "Έντυπα προς συμπλήρωση",
        "Αίτηση ανανέωσης",
    ] {
        ensure!(licence.contains(said), "{said}: {licence}");
    }
    ensure!(forms == [FORM], "{forms:?}");
    let (by_form, forms) = card(browser, "Άδεια κατάληψης")?;
    ensure!(by_form.contains("Έντυπα προς συμπλήρωση") && forms == [FORM], "a form alone is shown too: {by_form}");
    let (card_of, _) = card(browser, "Κάρτα αναπηρίας και δελτίο μετακίνησης")?;
    ensure!(card_of.contains("με φυσική παρουσία, μέσω τηλεφώνου · μόνο με ραντεβού"), "{card_of}");
    let (signature, _) = card(browser, "Βεβαίωση γνησίου της υπογραφής")?;
    ensure!(signature.contains("χωρίς ραντεβού, με σειρά άφιξης") && !signature.contains("Πρώτη"), "{signature}");
    // Found in capitals, without accents, by the beginning of words.
    browser.fill("q", "ΑΔΕΙΑΣ οδηγ")?;
    browser.press_selector("form[role=search] button")?;
    browser.reads("Βρέθηκε 1 υπηρεσία")?;
    ensure!(card(browser, "Άδεια κατάληψης").is_err(), "and nothing else");
    // What is said to be free next is what is offered first.
    let (licence, _) = card(browser, "Ανανέωση άδειας οδήγησης")?;
    let next = licence.split("Πρώτη διαθέσιμη ώρα: ").nth(1).and_then(|rest| rest.lines().next()).context("no next")?;
    let next = next.trim().to_owned();
    let nothing = |_: &str| Ok(());
    Walk { place: &place, language: "el", email: "first@example.gr", at: &nothing }.prove()?;
    browser.go(&format!("{}/book/kep/driving-licence?view=list", place.hub.base()))?;
    browser.waits_for(".soon button.time")?;
    let first = browser.script("return document.querySelector('.soon button.time').textContent")?;
    ensure!(first == *next, "{first} is offered, and {next} said");
    Ok(())
}

#[test]
fn pet_01_omb_14_the_forms_are_on_the_booking_and_in_its_mail() -> Result<()> {
    let place = place(with_forms)?;
    let browser = &place.browser;
    let nothing = |_: &str| Ok(());
    let walk = Walk { place: &place, language: "el", email: "forms@example.gr", at: &nothing };
    walk.prove()?;
    browser.go(&format!("{}/book/kep/by-form", place.hub.base()))?;
    browser.press_selector("button.time")?;
    browser.waits_for("#behalf-other")?;
    walk.tell()?;
    let mail = walk.agree()?;
    browser.reads("Αίτηση ανανέωσης")?;
    look(&place, "booked-forms el")?;
    let text = mail.text("text/plain")?;
    ensure!(text.contains(&format!("Αίτηση ανανέωσης: {FORM}")), "{text}");
    ensure!(mail.text("text/html")?.contains(&format!("href=\"{FORM}\"")));
    Ok(())
}
