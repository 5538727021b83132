//! A citizen asks the municipality, is asked back, and is told in the end (PET-02, PET-04), or collects what was asked for
//! (PLA-03).

use anyhow::{Context, Result, ensure};
use tests::{
    browser::Browser,
    device::pair_without_screen,
    house::PlainKiosk,
    http::{Answer, Client},
    hub::{ADMIN, ADMIN_PASSWORD, Hub},
    papers::{choose, pdf},
};
use wire::DeviceKind;

use crate::{
    accounts::{USER, register_in_browser},
    agents::administrator,
    pages::{look, look_in_both},
    walk::place_of_body,
};

/// The row of the unit for cleaning in the sample.
const CLEANING: &str = "grant@case-worker@unit:1";

/// The administrator, who may also work on requests of one unit.
fn worker(hub: &Hub) -> Result<Client> {
    let client = administrator(hub)?;
    let page = "/admin/clerks/1";
    ensure!(client.get(page)?.body.contains(CLEANING), "the page of an account offers what it may do for the body");
    let given = client.post_form(page, "/admin/clerks/1/grants", &[(CLEANING, "yes")])?;
    ensure!(given.location.as_deref() == Some(page), "{}: {}", given.status, given.body);
    Ok(client)
}

/// The page of the first request in the list of staff.
fn first_in_list(staff: &Client, view: &str) -> Result<String> {
    let list = staff.get(&format!("/staff/requests?view={view}"))?.body;
    let link = list.split("href=\"/staff/requests/").nth(1).with_context(|| format!("no request: {list}"))?;
    Ok(format!("/staff/requests/{}", link.split('"').next().unwrap_or_default()))
}

fn done(answer: &Answer, page: &str) -> Result<()> {
    let wanted = format!("{page}?done=yes");
    ensure!(answer.location.as_deref() == Some(wanted.as_str()), "{}: {}", answer.status, answer.body);
    Ok(())
}

#[test]
fn pet_02_pet_04_a_citizen_asks_is_asked_back_answers_and_is_told_what_was_done() -> Result<()> {
    let place = place_of_body()?;
    let (browser, base) = (&place.browser, place.hub.base());
    let staff = worker(&place.hub)?;
    // Whoever has no account sees what there is to fill in, and what registering brings.
    browser.go(&format!("{base}/requests"))?;
    look_in_both(browser, "requests-visitor")?;
    browser.go(&format!("{base}/requests/new/cleaning"))?;
    browser.reads("Εγγραφή")?;
    look_in_both(browser, "request-visitor")?;
    register_in_browser(&place, USER, "eleni@example.gr")?;
    // Level B is told with its next step, in place of the button.
    browser.go(&format!("{base}/requests/new/certificates"))?;
    browser.reads("επίπεδο Β")?;
    look(&place, "request-wants-b")?;
    browser.go(&format!("{base}/requests/new/cleaning"))?;
    browser.press_selector("main form button[type=submit]")?;
    browser.waits_for("#refusal")?;
    look(&place, "request-wrong")?;
    browser.press_selector("#x-kind-0")?;
    browser.fill("x-request_place", "Κουντούρου 12")?;
    browser.fill("x-request_what", "Ο κάδος ξεχειλίζει από την Τρίτη.")?;
    browser.press_selector("main form button[type=submit]")?;
    browser.waits_for(".facts .big")?;
    browser.reads("1/2026")?;
    look_in_both(browser, "request-receipt")?;
    browser.press_selector("main .decide a")?;
    browser.waits_for(".request-steps")?;
    let page = browser.address()?;
    // The office takes it, and asks; a colleague's press comes too late.
    let one = first_in_list(&staff, "unassigned")?;
    done(&staff.post_form(&one, &format!("{one}/take"), &[])?, &one)?;
    let empty = staff.post_form(&one, &format!("{one}/ask"), &[("text", "  ")])?;
    ensure!(empty.status == 422 && empty.body.contains("Γράψτε το κείμενο"), "{}: {}", empty.status, empty.body);
    done(&staff.post_form(&one, &format!("{one}/ask"), &[("text", "Ποιος από τους δύο;")])?, &one)?;
    done(&staff.post_form(&one, &format!("{one}/note"), &[("text", "Να δει ο Νίκος")])?, &one)?;
    ensure!(
        first_in_list(&staff, "mine")? == one && staff.get("/staff/requests?view=overdue")?.body.contains("Κανένα")
    );
    browser.go(&page)?;
    browser.reads("Ποιος από τους δύο;")?;
    ensure!(!browser.text()?.contains("Νίκος"), "a note is for staff alone");
    look_in_both(browser, "request-asked")?;
    browser.fill("text", "Ο μπλε, έξω από το 12")?;
    browser.press_selector("section.box button[type=submit]")?;
    browser.waits_for(".done")?;
    done(&staff.post_form(&one, &format!("{one}/finish"), &[("text", "Άδειασε σήμερα.")])?, &one)?;
    browser.go(&format!("{page}?lang=en"))?;
    browser.reads("Άδειασε σήμερα.")?;
    browser.reads("reopen the request once")?;
    look(&place, "request-done-en")?;
    // Each step was mailed, with numbers alone: the receipt, that it was taken, the question, the end.
    let mails = (1..5).map(|nth| place.post.wait_for("eleni@example.gr", nth)?.text("text/plain"));
    let mails = mails.collect::<Result<Vec<_>>>()?;
    for (mail, said) in mails.iter().zip(["απόδειξη υποβολής", "ανατέθηκε", "Σας κάναμε μια ερώτηση", "ολοκληρώθηκε"])
    {
        ensure!(mail.contains("1/2026") && mail.contains(said) && mail.contains(&page), "no «{said}» in {mail}");
        ensure!(
            !mail.contains("Κουντούρου") && !mail.contains("Άδειασε"),
            "what is written stands on the page: {mail}"
        );
    }
    // Another citizen finds nothing there, and nothing that was written stands in the log.
    let path = page.strip_prefix(&base).context("a page of the hub")?;
    ensure!(staff.get(path)?.status == 404, "the page of the applicant is theirs alone");
    let log = std::fs::read_to_string(place.hub.log())?;
    ensure!(!log.contains("Κουντούρου") && !log.contains("μπλε"), "what people write stands in no log");
    // Staff's pages, as they see them.
    browser.forget()?;
    browser.go(&format!("{base}/login?lang=el"))?;
    browser.fill("name", ADMIN)?;
    browser.fill("password", ADMIN_PASSWORD)?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("a[href='/staff/requests']")?;
    browser.go(&format!("{base}/staff/requests?view=closed"))?;
    look_in_both(browser, "staff-requests")?;
    browser.go(&format!("{base}{one}"))?;
    browser.reads("Κουντούρου 12")?;
    browser.reads("Να δει ο Νίκος")?;
    look_in_both(browser, "staff-request")?;
    Ok(())
}

/// Signs in as the administrator, who serves at a desk too.
fn serve_at_desk(browser: &Browser, base: &str) -> Result<()> {
    browser.forget()?;
    browser.go(&format!("{base}/login?lang=el"))?;
    browser.fill("name", ADMIN)?;
    browser.fill("password", ADMIN_PASSWORD)?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("a[href='/staff/requests']")?;
    browser.go(&format!("{base}/staff/kep/desks/1"))?;
    browser.press_selector("form[action$='/desks/1/open'] button")?;
    browser.press("Κλήση επόμενου")?;
    browser.reads("Κλήθηκε στις")?;
    browser.press_selector("form[action$='/appeared'] button")?;
    browser.reads("Εξυπηρετείται από")
}

#[test]
fn pet_04_pla_03_photographs_answered_ready_a_number_by_the_receipt_and_handed_out() -> Result<()> {
    let place = place_of_body()?;
    let (browser, base) = (&place.browser, place.hub.base());
    let staff = administrator(&place.hub)?;
    let given = staff.post_form("/admin/clerks/1", "/admin/clerks/1/grants", &[("grant@case-worker@unit:4", "yes")])?;
    ensure!(given.location.as_deref() == Some("/admin/clerks/1"), "{}: {}", given.status, given.body);
    register_in_browser(&place, USER, "eleni@example.gr")?;
    // A file that is none is told by its name; what was typed stays, and so does the one that is taken.
    browser.go(&format!("{base}/requests/new/copies"))?;
    browser.fill("x-request_what", "Το τοπογραφικό του 1998")?;
    choose(browser, "note.txt", b"hello")?;
    browser.press_selector("main form button[type=submit]")?;
    browser.waits_for("#refusal")?;
    browser.reads("note.txt: Το αρχείο δεν είναι PDF")?;
    look(&place, "request-file-refused")?;
    choose(browser, "plan.pdf", &pdf())?;
    browser.press_selector("main form button[type=submit]")?;
    browser.waits_for(".facts .big")?;
    browser.reads("Το τοπογραφικό του 1998")?;
    browser.waits_for(".qr img")?;
    look_in_both(browser, "request-receipt-code")?;
    browser.press_selector("main .decide a")?;
    browser.waits_for(".request-steps")?;
    browser.reads("plan.pdf")?;
    let page = browser.address()?;
    let one = first_in_list(&staff, "unassigned")?;
    done(&staff.post_form(&one, &format!("{one}/take"), &[])?, &one)?;
    done(&staff.post_form(&one, &format!("{one}/ask"), &[("text", "Στείλτε και την ταυτότητά σας.")])?, &one)?;
    browser.go(&page)?;
    browser.fill("text", "Ορίστε")?;
    choose(browser, "identity.pdf", &pdf())?;
    browser.press_selector("section.box button[type=submit]")?;
    browser.waits_for(".done")?;
    browser.reads("identity.pdf")?;
    done(&staff.post_form(&one, &format!("{one}/ready"), &[])?, &one)?;
    browser.go(&page)?;
    browser.reads("Κλείστε ραντεβού για την παραλαβή")?;
    look_in_both(browser, "request-ready-collect")?;
    // The receipt before the kiosk's scanner is a number, and no second one.
    let named = page.rsplit('/').next().unwrap_or_default().parse().context("a request")?;
    let code = wire::ReceiptCode(named).to_string();
    let kiosk = PlainKiosk::new(pair_without_screen(&place.hub, DeviceKind::Kiosk, "Είσοδος")?);
    let (first, again) = (kiosk.check_in(&code)?, kiosk.check_in(&code)?);
    ensure!(first.status == 200 && again.status == 200, "{}: {}", first.status, first.body);
    // The desk says what to hand out, and against what.
    serve_at_desk(browser, &base)?;
    browser.reads("Αντίγραφα εγγράφων")?;
    look(&place, "desk-hand-out")?;
    browser.press_selector("input[name=paper][value=identity-card]")?;
    browser.fill("last", "456")?;
    browser.press_selector(".hand-out button[type=submit]")?;
    browser.no_longer_reads("Αντίγραφα εγγράφων")?;
    browser.go(&format!("{base}{one}"))?;
    browser.reads("Παραδόθηκε με επίδειξη ταυτότητας")?;
    // What goes by post has a list of its own, on which nothing waits.
    browser.go(&format!("{base}/staff/requests/posting"))?;
    browser.reads("Κανένα έγγραφο δεν περιμένει ταχυδρόμηση.")?;
    look_in_both(browser, "staff-posting")?;
    let exported = place.hub.command("export")?.output()?;
    let journal = String::from_utf8_lossy(&exported.stdout).into_owned();
    ensure!(!journal.contains("τοπογραφικό") && !journal.contains("456\""), "nothing personal is in a journal");
    Ok(())
}
