//! The front page: every service with all that one must know before booking it, and what is said there is true.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tests::{browser::Browser, staff::Staff};

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
         if (!card) return null; for (const part of document.querySelectorAll('details')) part.open = true; \
         return [card.innerText, [...card.querySelectorAll(':scope details a')].map(link => link.href)]"
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
    ensure!(card_of.contains("με φυσική παρουσία, μέσω τηλεφώνου, με τηλεδιάσκεψη · μόνο με ραντεβού"), "{card_of}");
    let (signature, _) = card(browser, "Βεβαίωση γνησίου της υπογραφής")?;
    ensure!(signature.contains("χωρίς ραντεβού, με σειρά άφιξης") && !signature.contains("Πρώτη"), "{signature}");
    // Found in capitals, without accents, by the beginning of words.
    browser.fill("q", "ΑΔΕΙΑΣ οδηγ")?;
    browser.press_selector("form[role=search] button")?;
    browser.reads("Βρέθηκε 1 υπηρεσία")?;
    ensure!(card(browser, "Άδεια κατάληψης").is_err(), "and nothing else");
    // What is said to be free next is what is offered first.
    browser.go(&format!("{}/", place.hub.base()))?;
    let (by_form, _) = card(browser, "Άδεια κατάληψης")?;
    let next = by_form.split("Πρώτη διαθέσιμη ώρα: ").nth(1).and_then(|rest| rest.lines().next()).context("no next")?;
    let next = next.trim().to_owned();
    let nothing = |_: &str| Ok(());
    Walk { place: &place, language: "el", email: "first@example.gr", at: &nothing }.prove()?;
    browser.go(&format!("{}/book/kep/by-form?view=list", place.hub.base()))?;
    browser.waits_for(".soon button.time")?;
    let first = browser.script(
        "return document.querySelector('.soon h2').textContent + ', ' + document.querySelector('.soon button.time').textContent",
    )?;
    ensure!(first == *next, "{first} is offered, and {next} said");
    // Twenty times, and each day is said once: as a heading, by which its list is called.
    let list: Vec<(String, String, usize)> = serde_json::from_value(browser.script(
        "return [...document.querySelectorAll('.soon ul')].map(list => [list.previousElementSibling.textContent, \
            document.getElementById(list.getAttribute('aria-labelledby')).textContent, \
            [...list.querySelectorAll('button')].filter(one => /^[0-9]{2}:[0-9]{2}$/.test(one.textContent)).length])",
    )?)?;
    let days: BTreeSet<&str> = list.iter().map(|(day, ..)| day.as_str()).collect();
    ensure!(days.len() == list.len() && list.iter().all(|(day, name, _)| day == name), "{list:?}");
    ensure!(list.iter().map(|(.., times)| times).sum::<usize>() == 20, "{list:?}");
    look(&place, "first-times-list el")?;
    Ok(())
}

/// How wide a phone is, and how tall the page may be on it with its head and foot: in the letters of the system too, which are
/// wider than those of the pages.
const PHONE: (u32, u64) = (390, 2_000);

/// The page that is open is no taller on a phone than may be.
fn fits(browser: &Browser) -> Result<()> {
    let tall = browser.script("return document.documentElement.scrollHeight")?;
    ensure!(tall.as_u64().is_some_and(|tall| tall <= PHONE.1), "{tall} px tall on a phone");
    Ok(())
}

#[test]
fn fld_29_the_front_page_is_short_on_a_phone_and_everything_is_on_it() -> Result<()> {
    let place = place(std::convert::identity)?;
    let browser = &place.browser;
    browser.width(PHONE.0)?;
    // Scripts off: what is folded opens by itself.
    browser.scripts_off()?;
    browser.go(&format!("{}/?lang=el", place.hub.base()))?;
    browser.reads("Υπηρεσίες με ραντεβού")?;
    let folded = "Βεβαίωση γνησίου της υπογραφής";
    let text = browser.text()?;
    ensure!(!text.contains(folded), "folded: {text}");
    fits(browser)?;
    let page = place.hub.client().get("/?lang=el")?.body;
    let search = page.find("role=\"search\"").context("a search")?;
    let first = page.find("id=\"first-services\"").context("services on top")?;
    let groups = page.find("<details class=\"fold\"").context("groups")?;
    ensure!(search < first && first < groups, "search, what most come for, groups: {search} {first} {groups}");
    browser.press("Υπογραφές και αντίγραφα")?;
    browser.reads(folded)
}

#[test]
fn fld_29_what_is_booked_most_stands_on_top_of_the_front_page() -> Result<()> {
    let place = place(std::convert::identity)?;
    let browser = &place.browser;
    let staff = Staff::admin(&place.hub)?;
    for hour in [10, 11, 12] {
        staff.book("driving-licence", format!("2026-11-26T{hour}:00:00+02:00").parse()?, "Κάποια")?;
    }
    staff.book("disability-card", "2026-11-26T12:00:00+02:00".parse()?, "Κάποιος")?;
    let given_up = staff.book("criminal-record", "2026-11-26T12:00:00+02:00".parse()?, "Καμία")?;
    staff.cancel(&given_up.reference)?;
    for language in ["en", "el"] {
        browser.go(&format!("{}/?lang={language}", place.hub.base()))?;
        look(&place, &format!("front-booked {language}"))?;
    }
    browser.reads("Ζητούνται πιο συχνά")?;
    let first = browser
        .script("return [...document.querySelectorAll('.first-services strong')].map(one => one.textContent)")?;
    let expected = json!(["Ανανέωση άδειας οδήγησης", "Κάρτα αναπηρίας και δελτίο μετακίνησης"]);
    ensure!(first == expected, "the most booked first, and none that nobody booked: {first}");
    browser.width(PHONE.0)?;
    fits(browser)?;
    // In the other language too: who reads Greek may search in English.
    for (wanted, name) in [("driving LICENCE", "Ανανέωση άδειας οδήγησης"), ("αδειασ", "Ανανέωση άδειας οδήγησης")]
    {
        browser.go(&format!("{}/?lang=el", place.hub.base()))?;
        browser.fill("q", wanted)?;
        browser.press_selector("form[role=search] button")?;
        browser.reads("Βρέθηκ")?;
        browser.reads(name)?;
        ensure!(browser.script("return document.querySelectorAll('.first-services').length")? == 0, "results alone");
    }
    browser.press_selector(".service-book")?;
    browser.waits_for("#email")
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
