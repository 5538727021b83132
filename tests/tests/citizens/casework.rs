//! A request as who works on it goes through it: by keyboard alone and without scripts, with a question that stops its time, a
//! visit that is proposed, another unit, a note that no citizen reads, "not ours" with its notice, figures, and paper (PET-02).

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use tests::{
    browser::{Browser, keys},
    printed::PrintedPage,
};

use crate::{
    accounts::{PASSWORD as OWN, USER, register_in_browser},
    by_keyboard::tab_to,
    colleagues::{CITIZEN, PASSWORD, STAFF, hired, signs_in},
    pages::{look, look_in_both},
    raced::{asks_for_cleaning, of_staff},
    walk::{WalkPlace, place_of_body},
};

const EMAIL: &str = "eleni@example.gr";
const WORKER: (&str, &str) = ("giorgos", PASSWORD);

/// A request for cleaning, and a case worker at the browser with its page open.
fn at_work(place: &WalkPlace, grants: &[&str]) -> Result<String> {
    register_in_browser(place, USER, EMAIL)?;
    let page = asks_for_cleaning(place)?;
    hired(&place.hub, WORKER.0, grants)?;
    works(place, &page)?;
    Ok(page)
}

/// The case worker signs in and opens the page of a request.
fn works(place: &WalkPlace, page: &str) -> Result<()> {
    signs_in(&place.browser, &place.hub, WORKER, STAFF)?;
    place.browser.go(&format!("{}{}", place.hub.base(), of_staff(page)?))?;
    place.browser.waits_for(".request-steps")
}

/// The citizen signs in and opens the page of the request.
fn reads(place: &WalkPlace, page: &str) -> Result<()> {
    signs_in(&place.browser, &place.hub, (USER, OWN), CITIZEN)?;
    place.browser.go(page)?;
    place.browser.waits_for(".request-steps")
}

/// Types into the field of a form by keys alone, and sends it with its button.
fn strikes(browser: &Browser, field: &str, text: &str, action: &str) -> Result<()> {
    tab_to(browser, field)?;
    browser.strike(text)?;
    tab_to(browser, &format!("form[action$=\"{action}\"] button"))?;
    browser.strike(keys::ENTER)?;
    browser.waits_for("div.done")
}

/// Says how many, has the nearest times listed, and presses the first.
fn presses_a_time(browser: &Browser) -> Result<()> {
    browser.waits_for("#cases")?;
    browser.press_selector("main button[type=submit]")?;
    browser.waits_for("table.days")?;
    browser.press_selector(".views li:last-child a")?;
    browser.waits_for(".soon")?;
    browser.press_selector(".soon button.time")
}

/// The newest mail to the citizen, once it says this.
fn told(place: &WalkPlace, said: &str) -> Result<()> {
    let mut nth = 0;
    while !place.post.wait_for(EMAIL, nth)?.text("text/plain")?.contains(said) {
        nth += 1;
    }
    Ok(())
}

#[test]
fn pet_02_a_case_worker_takes_asks_notes_and_finishes_by_keyboard_alone() -> Result<()> {
    let place = place_of_body()?;
    let page = at_work(&place, &["grant@case-worker@unit:1"])?;
    let (browser, base) = (&place.browser, place.hub.base());
    browser.width(1280)?;
    browser.go(&format!("{base}/staff/requests"))?;
    tab_to(browser, "main table a")?;
    browser.strike(keys::ENTER)?;
    browser.waits_for("form[action$='/take']")?;
    tab_to(browser, "form[action$=\"/take\"] button")?;
    browser.strike(keys::ENTER)?;
    browser.waits_for("div.done")?;
    strikes(browser, "#question", "Ποιος από τους δύο;", "/ask")?;
    browser.reads("Η προθεσμία δεν τρέχει μέχρι να απαντήσει ο πολίτης.")?;
    strikes(browser, "#note-text", "Να το δει ο Νίκος", "/note")?;
    browser.reads("Να το δει ο Νίκος")?;
    tab_to(browser, "#told")?;
    browser.strike("Άδειασε.")?;
    tab_to(browser, "form[action$=\"/finish\"] button:not([formaction])")?;
    browser.strike(keys::ENTER)?;
    browser.waits_for("div.done")?;
    browser.reads("Ολοκληρώθηκε")?;
    // On paper it is what was asked and every step, and no form.
    let printed = PrintedPage::of(&browser.pdf()?)?.text()?;
    ensure!(
        printed.contains("Κουντούρου 12") && printed.contains("Άδειασε.") && printed.contains("1/2026"),
        "{printed}"
    );
    ensure!(!printed.contains("Καταχώριση σημείωσης"), "{printed}");
    reads(&place, &page)?;
    browser.reads("Άδειασε.")?;
    ensure!(!browser.text()?.contains("Νίκος"), "a note is for staff alone");
    Ok(())
}

#[test]
fn pet_02_a_case_worker_and_a_certifying_clerk_need_no_script() -> Result<()> {
    let place = place_of_body()?;
    let page = at_work(&place, &["grant@case-worker@unit:1", "grant@certifier@office:1"])?;
    let (browser, base) = (&place.browser, place.hub.base());
    browser.scripts_off()?;
    browser.go(&format!("{base}{}", of_staff(&page)?))?;
    browser.press_selector("form[action$='/take'] button")?;
    browser.waits_for("div.done")?;
    // An answer that is often given is taken into the text, and put into words of one's own.
    browser.press_selector("form.inline button")?;
    browser.waits_for("#told")?;
    browser.press_selector("form[action$='/finish'] button[formaction$='/accept']")?;
    browser.waits_for("div.done")?;
    browser.reads("Το αίτημά σας δόθηκε στο συνεργείο.")?;
    browser.go(&format!("{base}/staff/kep/certify"))?;
    browser.fill("q", USER)?;
    browser.press_selector("main form button[type=submit]")?;
    browser.press_selector("a.choice")?;
    browser.reads("Ο πολίτης δεν έχει ζητήσει πιστοποίηση.")
}

#[test]
fn pet_02_the_time_of_a_request_stops_while_an_answer_is_awaited_and_it_is_reopened_once() -> Result<()> {
    let mut place = place_of_body()?;
    let page = at_work(&place, &["grant@case-worker@unit:1"])?;
    let due = |place: &WalkPlace| -> Result<String> {
        let read = "return [...document.querySelectorAll('.facts div')].filter(one => one.querySelector('dt').textContent \
                    === 'Προθεσμία').map(one => one.querySelector('dd').textContent).join()";
        Ok(place.browser.script(read)?.as_str().context("a day")?.to_owned())
    };
    place.browser.press_selector("form[action$='/take'] button")?;
    place.browser.waits_for("div.done")?;
    ensure!(due(&place)?.contains("13"), "fifty days, of which the last is a working day: {}", due(&place)?);
    place.browser.fill_in("#question", "Ποιος από τους δύο;")?;
    place.browser.press_selector("form[action$='/ask'] button")?;
    place.browser.waits_for("div.done")?;
    ensure!(due(&place)?.is_empty(), "while the citizen is asked, no day is named");
    // Ten days pass before they answer: the last day is ten days later.
    let now = place.hub.now()?;
    place.hub.stop()?;
    place.hub.set_clock(now + TimeDelta::days(10));
    place.hub.run()?;
    reads(&place, &page)?;
    look_in_both(&place.browser, "request-asked-late")?;
    place.browser.fill("text", "Ο μπλε")?;
    place.browser.press_selector("section.box button[type=submit]")?;
    place.browser.waits_for("div.done")?;
    ensure!(due(&place)?.contains("25"), "ten days later, on a working day: {}", due(&place)?);
    works(&place, &page)?;
    place.browser.fill_in("#told", "Δεν γίνεται: ο κάδος είναι ιδιωτικός.")?;
    place.browser.press_selector("form[action$='/finish'] button[formaction$='/refuse']")?;
    place.browser.waits_for("div.done")?;
    told(&place, "απορρίφθηκε")?;
    reads(&place, &page)?;
    place.browser.reads("Δεν γίνεται: ο κάδος είναι ιδιωτικός.")?;
    look_in_both(&place.browser, "request-refused")?;
    place.browser.fill("text", "Είναι του δήμου, έχει αριθμό.")?;
    place.browser.press_selector("form[action$='/reopen'] button")?;
    place.browser.waits_for("div.done")?;
    place.browser.reads("Άνοιξε ξανά")?;
    // Once: after the second end there is no such form.
    works(&place, &page)?;
    place.browser.press_selector("form[action$='/finish'] button:not([formaction])")?;
    place.browser.waits_for("div.done")?;
    reads(&place, &page)?;
    ensure!(place.browser.script("return document.querySelector(\"form[action$='/reopen']\") === null")? == true);
    place.hub.stop()?;
    place.hub.verify()?;
    Ok(())
}

#[test]
fn pet_02_a_request_goes_to_another_unit_and_from_there_to_whom_it_belongs_with_a_notice_each() -> Result<()> {
    let mut place = place_of_body()?;
    let page =
        at_work(&place, &["grant@case-worker@unit:1", "grant@case-worker@unit:2", "grant@request-supervisor@unit:2"])?;
    let base = place.hub.base();
    place.browser.press_selector("form[action$='/take'] button")?;
    place.browser.waits_for("div.done")?;
    place.browser.press_selector("#unit option[value='2']")?;
    place.browser.press_selector("form[action$='/unit'] button")?;
    place.browser.reads("Αιτήματα πολιτών")?;
    told(&place, "άλλη οργανική μονάδα")?;
    // Four days later it is there still, and it is none of ours: that is late, and is said to be.
    let now = place.hub.now()?;
    place.hub.stop()?;
    place.hub.set_clock(now + TimeDelta::days(6));
    place.hub.run()?;
    works(&place, &page)?;
    place.browser.reads("Τμήμα Πρασίνου")?;
    look_in_both(&place.browser, "staff-request-open")?;
    place.browser.fill_in("#forward-to", "ΔΕΥΑ Αγίου Νικολάου")?;
    place.browser.press_selector("form[action$='/forward'] button")?;
    place.browser.waits_for("div.done")?;
    told(&place, "διαβιβάστηκε")?;
    reads(&place, &page)?;
    place.browser.reads("ΔΕΥΑ Αγίου Νικολάου")?;
    place.browser.reads("μετά την προθεσμία των τριών ημερών")?;
    look_in_both(&place.browser, "request-forwarded")?;
    // A second one becomes overdue; the figures count it, and it stands on top of its list.
    asks_for_cleaning(&place)?;
    let now = place.hub.now()?;
    place.hub.stop()?;
    place.hub.set_clock(now + TimeDelta::days(60));
    place.hub.run()?;
    signs_in(&place.browser, &place.hub, WORKER, STAFF)?;
    place.browser.go(&format!("{base}/staff/requests?view=overdue"))?;
    place.browser.reads("1 ανοιχτά, 1 εκπρόθεσμα")?;
    place.browser.reads("Διάμεσος χρόνος ως το κλείσιμο: 6 ημέρες")?;
    look_in_both(&place.browser, "staff-requests-overdue")
}

#[test]
fn pet_02_a_visit_is_proposed_within_a_request_and_the_citizen_books_it_from_there() -> Result<()> {
    let place = place_of_body()?;
    let page = at_work(&place, &["grant@case-worker@unit:1"])?;
    let browser = &place.browser;
    browser.press_selector("form[action$='/take'] button")?;
    browser.waits_for("div.done")?;
    browser.press_selector("#visit option[value='kep/family-status/in-person']")?;
    browser.press_selector("form[action$='/propose'] button")?;
    browser.waits_for("div.done")?;
    browser.reads("δεν έχει κλειστεί ακόμη")?;
    told(&place, "Σας προτείνουμε ραντεβού")?;
    reads(&place, &page)?;
    look_in_both(browser, "request-visit-proposed")?;
    browser.press("Κλείστε το ραντεβού")?;
    presses_a_time(browser)?;
    browser.waits_for("#behalf-other")?;
    for (field, text) in
        tests::booking::details_of("Ελένη Παπαδοπούλου").into_iter().filter(|(field, _)| *field != "behalf")
    {
        browser.fill(field, text)?;
    }
    browser.press_selector("form#held-form > button[type=submit]")?;
    browser.waits_for("#notice")?;
    browser.press_selector("button[name=consent][value=yes]")?;
    browser.waits_for(".code")?;
    browser.go(&page)?;
    browser.reads("Το ραντεβού σας:")?;
    ensure!(!browser.text()?.contains("Κλείστε το ραντεβού"), "it is booked");
    // It is of this case and this person: another citizen with the link books for nothing of hers.
    browser.forget()?;
    register_in_browser(&place, "nikos", "nikos@example.gr")?;
    let request = page.rsplit('/').next().context("a request")?;
    browser.go(&format!("{}/book/kep/family-status?request={request}", place.hub.base()))?;
    presses_a_time(browser)?;
    browser.reads("Η σελίδα δεν βρέθηκε")?;
    ensure!(browser.script("return document.querySelector('#behalf-other') === null")? == true, "{}", browser.text()?);
    Ok(())
}

#[test]
fn pet_04_the_spot_is_told_by_the_browser_when_the_citizen_agrees_and_can_be_taken_out() -> Result<()> {
    let place = place_of_body()?;
    let (browser, base) = (&place.browser, place.hub.base());
    register_in_browser(&place, USER, EMAIL)?;
    browser.stands_at(&base, (35.19061, 25.71642), 11.3)?;
    browser.go(&format!("{base}/requests/new/cleaning"))?;
    browser.waits_for("[data-spot-ask]")?;
    let told = |browser: &Browser| browser.script("return document.querySelector('[name=spot]').value");
    ensure!(told(browser)? == "", "nothing is asked before somebody presses");
    browser.press_selector("[data-spot-ask]")?;
    browser.reads("35.19061, 25.71642, με ακρίβεια 12 μέτρων")?;
    look(&place, "request-spot")?;
    browser.press_selector("[data-spot-drop]")?;
    browser.reads("Δεν στέλνεται θέση.")?;
    ensure!(told(browser)? == "");
    browser.press_selector("[data-spot-ask]")?;
    browser.reads("35.19061, 25.71642")?;
    browser.press_selector("#x-kind-0")?;
    browser.fill("x-request_place", "Κουντούρου 12")?;
    browser.fill("x-request_what", "Ο κάδος ξεχειλίζει.")?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for(".facts .big")?;
    browser.reads("35.19061, 25.71642, με ακρίβεια 12 μέτρων")?;
    // Whoever does not agree writes where, and is told so; the spot of elsewhere is refused, and loses nothing.
    browser.hides_place(&base)?;
    browser.go(&format!("{base}/requests/new/cleaning"))?;
    browser.press_selector("[data-spot-ask]")?;
    browser.reads("Γράψτε πού με λόγια.")
}

#[test]
fn pet_02_pla_03_the_receipt_prints_on_one_sheet_whose_code_the_kiosk_reads() -> Result<()> {
    let place = place_of_body()?;
    let (browser, base) = (&place.browser, place.hub.base());
    register_in_browser(&place, USER, EMAIL)?;
    browser.go(&format!("{base}/requests/new/copies"))?;
    browser.fill("x-request_what", "Το τοπογραφικό του 1998")?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for(".qr img")?;
    let named = browser.address()?;
    let named =
        named.trim_end_matches("/receipt").rsplit('/').next().context("a request")?.parse().context("its name")?;
    for language in ["el", "en"] {
        browser.go(&format!("{}?lang={language}", browser.address()?.split('?').next().unwrap_or_default()))?;
        let printed = PrintedPage::of(&browser.pdf()?)?;
        if let Ok(folder) = std::env::var("SEIRA_PICTURES") {
            printed.picture()?.save(&std::path::Path::new(&folder).join(format!("paper-receipt-{language}.png")))?;
        }
        ensure!(printed.sheets == 1, "{language}: {} sheets", printed.sheets);
        let text = printed.text()?;
        for word in ["1/2026", "1998"] {
            ensure!(text.contains(word), "{word} is on the paper: {text}");
        }
        let read = printed.picture()?.qr()?.context("a scanner reads the code off the paper")?;
        ensure!(read == wire::ReceiptCode(named).to_string(), "{read}");
    }
    Ok(())
}
