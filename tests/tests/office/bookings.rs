//! A day's bookings: found, looked at, documents marked, a correction asked for and made, void, moved, cancelled; and
//! booked for a caller.

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use serde_json::json;
use tests::{
    booking::prove_today,
    staff::{OFFICE, Staff},
    wait,
};

use crate::place::Place;

const EMAIL: &str = "eleni@example.gr";

/// An office that enforces its rule on void bookings.
fn strict(office: String) -> String {
    office.replace("[rules]\n", "[rules]\nphases = [{ rule = \"void\", strict_from = \"2026-01-01\" }]\n")
}

#[test]
fn trn_09_trn_10_documents_are_marked_and_a_correction_is_asked_for_and_made() -> Result<()> {
    let place = Place::open("09:00", strict)?;
    let booked = place.book(EMAIL, "Ελένη Παπαδοπούλο", 3)?;
    place.send_document(&booked, "ταυτότητα.pdf")?;
    place.sign_in()?;
    place.browser.press("Ραντεβού")?;
    place.browser.reads("Ελένη Παπαδοπούλο")?;
    place.browser.reads("Έχει στείλει 1 έγγραφο")?;
    place.judge("bookings")?;

    // Found by a part of the name, typed in a hurry; and by the last digits of the mobile.
    for wanted in ["ΠΑΠΑΔΟΠ", "000000", booked.reference.as_str(), &booked.shown().to_lowercase()] {
        place.browser.fill("wanted", wanted)?;
        place.browser.press_selector("form[role=search] button")?;
        place.browser.reads("Βρέθηκε 1 ραντεβού")?;
        let address = place.browser.address()?;
        ensure!(!address.contains('?'), "what was looked for stands in the address: {address}");
    }
    place.browser.fill("wanted", "Κανένας")?;
    place.browser.press_selector("form[role=search] button")?;
    place.browser.reads("Δεν βρέθηκε ραντεβού")?;

    place.staff(&format!("bookings/{}", booked.reference))?;
    place.browser.reads("+30 694 000 0000")?;
    place.browser.press_selector("select[name='needed:0'] option[value=complete]")?;
    place.browser.press_selector("select[name='needed:3'] option[value=missing]")?;
    place.browser.reads("ταυτότητα.pdf")?;
    place.browser.press_selector(".papers + .papers option[value=missing]")?;
    place.browser.press("Αποθήκευση ελέγχου")?;
    place.browser.reads("Ο έλεγχος των δικαιολογητικών αποθηκεύτηκε.")?;
    let kept = place.browser.script("return [...document.querySelectorAll('.papers select')].map(one => one.value)")?;
    ensure!(kept == json!(["complete", "", "", "missing", "missing"]), "kept: {kept}");

    place.browser.press("Αίτημα διόρθωσης")?;
    place.browser.press_selector("#correct-why option[value=details-wrong]")?;
    place.browser.fill("note", "Γράψτε το επώνυμο όπως στην ταυτότητα.")?;
    place.browser.press("Αποστολή αιτήματος διόρθωσης")?;
    place.browser.reads("Ζητήθηκε διόρθωση.")?;
    place.judge("booking")?;
    let mail = place.post.wait_for(EMAIL, 2)?;
    let text = mail.text("text/plain")?;
    for said in ["Κάποια στοιχεία είναι λανθασμένα.", "Γράψτε το επώνυμο όπως στην ταυτότητα.", "Προθεσμία: "]
    {
        ensure!(text.contains(said), "no «{said}» in: {text}");
    }
    ensure!(mail.subject == "Το ραντεβού σας", "the subject says nothing: {}", mail.subject);

    let link = mail.link(&format!("{}/booking/", place.hub.base()))?;
    place.go(&format!("{link}/documents"))?;
    place.browser.reads("ακατάλληλο")?;
    place.browser.reads("λείπει")?;
    place.judge("documents")?;
    place.go(&link)?;
    place.browser.reads("Γράψτε το επώνυμο όπως στην ταυτότητα.")?;
    place.judge("asked-to-correct")?;
    place.browser.press_selector(".asked a")?;
    place.browser.waits_for("#name")?;
    place.judge("correct-before")?;
    place.browser.fill("name", "")?;
    place.browser.press("Υποβολή διόρθωσης")?;
    place.browser.reads("Γράψτε το ονοματεπώνυμο")?;
    place.judge_here("correct")?;
    place.browser.fill("name", "Ελένη Παπαδοπούλου")?;
    place.browser.press("Υποβολή διόρθωσης")?;
    place.browser.reads("Η διόρθωση υποβλήθηκε")?;
    place
        .post
        .wait_for(EMAIL, 3)?
        .text("text/plain")?
        .contains("Λάβαμε τη διόρθωση")
        .then_some(())
        .context("no mail")?;
    place.staff(&format!("bookings/{}", booked.reference))?;
    place.browser.reads("Ελένη Παπαδοπούλου")?;
    place.browser.reads("Διορθώθηκε:")?;
    place.close()
}

#[test]
fn trn_09_after_the_deadline_the_booking_is_void_by_itself_and_a_mail_says_why() -> Result<()> {
    let mut place = Place::open("09:00", strict)?;
    let booked = place.book(EMAIL, "Ελένη Παπαδοπούλου", 12)?;
    place.sign_in()?;
    place.staff(&format!("bookings/{}", booked.reference))?;
    place.browser.press("Αίτημα διόρθωσης")?;
    place.browser.press_selector("#correct-why option[value=documents-missing]")?;
    place.browser.script(
        "document.getElementById('until-date-d').value = '24'; document.getElementById('until-date-m').value = '11'; document.getElementById('until-date-y').value = '2026'; document.getElementById('until-time').value = '10:00'",
    )?;
    place.browser.press("Αποστολή αιτήματος διόρθωσης")?;
    place.browser.reads("Διόρθωση έως τις 10:00")?;
    place.post.wait_for(EMAIL, 2)?;
    place.hub.stop()?;
    let after = place.hub.now()? + TimeDelta::minutes(61);
    place.hub.set_clock(after);
    place.hub.run()?;
    let text = place.post.wait_for(EMAIL, 3)?.text("text/plain")?;
    ensure!(text.contains("Η διόρθωση που ζητήθηκε δεν έγινε μέσα στην προθεσμία."), "{text}");
    place.go(&booked.link)?;
    place.browser.reads("Το ραντεβού αυτό είναι άκυρο.")?;
    place.close()
}

#[test]
fn trn_09_fld_14_void_with_a_reason_of_the_offices_own_moved_and_cancelled() -> Result<()> {
    let place = Place::open("09:00", strict)?;
    let (first, second) = (place.book("a@example.gr", "Άννα Αλφα", 3)?, place.book("b@example.gr", "Βασίλης Βήτα", 4)?);
    place.sign_in()?;
    place.staff(&format!("bookings/{}", first.reference))?;
    place.browser.press("Άκυρο ραντεβού")?;
    place.browser.press_selector("#void-why option[value=listed-1]")?;
    place.browser.press("Να γίνει άκυρο")?;
    place.browser.reads("Το ραντεβού είναι άκυρο.")?;
    let text = place.post.wait_for("a@example.gr", 2)?.text("text/plain")?;
    ensure!(text.contains("Λόγος: Η υπόθεση δεν ανήκει στις αρμοδιότητες του ΚΕΠ."), "{text}");
    ensure!(text.contains("/book?office=kep&service=driving-licence"), "booked anew where it was: {text}");

    place.staff(&format!("bookings/{}", second.reference))?;
    place.browser.press("Αλλαγή ημέρας ή ώρας")?;
    place.browser.reads("προγραμματισμός εκ νέου")?;
    place.judge("move")?;
    place.browser.press_selector(".time-list li:last-child button.time")?;
    place.browser.reads("Το ραντεβού έχει νέα ώρα.")?;
    place.post.wait_for("b@example.gr", 2)?;
    place.browser.press_selector("details.act:last-of-type summary")?;
    place.browser.press_selector("form[action$='/cancel'] button")?;
    place.browser.reads("Το ραντεβού ακυρώθηκε.")?;
    let mail = place.post.wait_for("b@example.gr", 3)?;
    ensure!(mail.subject == "Ακύρωση ραντεβού", "{}", mail.subject);
    place.close()
}

#[test]
fn fld_14_staff_book_for_a_caller_with_mail_or_with_a_slip() -> Result<()> {
    let place = Place::open("09:00", std::convert::identity)?;
    place.sign_in()?;
    place.browser.press("Ραντεβού")?;
    place.browser.press("Νέο ραντεβού για πολίτη")?;
    place.browser.press_selector("#service option[value=driving-licence]")?;
    place.browser.press("Διαθέσιμες ώρες")?;
    place.browser.waits_for("button.time")?;
    place.judge("book-times")?;
    place.browser.press_selector("button.time")?;
    place.browser.waits_for("#start")?;
    place.browser.press("Κλείσιμο του ραντεβού")?;
    place.browser.waits_for(".field-wrong")?;
    // A page that is the answer to a form has no other language to switch to without asking again.
    place.browser.fill("name", "Γιώργος Γάμμα")?;
    place.browser.fill("phone", "2841012345")?;
    place.browser.press("Κλείσιμο του ραντεβού")?;
    place.browser.reads("Το ραντεβού κλείστηκε.")?;
    place.browser.reads("Χωρίς e-mail")?;
    place.browser.press("Εκτύπωση σημειώματος")?;
    place.browser.waits_for(".qr img")?;
    let loaded = wait::until("the QR code is there", || {
        let width = place.browser.script("return document.querySelector('.qr img').naturalWidth").ok()?;
        (width.as_u64()? > 100).then_some(width)
    })?;
    let read = place.browser.whole_picture(1280)?.qr()?.with_context(|| format!("no QR code of {loaded} px"))?;
    let reference = place.browser.script("return document.querySelector('dd.code').innerText")?;
    let reference = reference.as_str().unwrap_or_default().replace(' ', "");
    ensure!(read.contains(&reference), "the QR code says {read}, the slip {reference}");
    place.judge("slip")?;

    // The same with an address, in English.
    place.staff("bookings/new?service=driving-licence")?;
    place.browser.press_selector(".time-list li:nth-child(3) button.time")?;
    place.browser.fill("name", "Mary Delta")?;
    place.browser.fill("email", "mary@example.com")?;
    place.browser.press_selector("label[for=language-en]")?;
    place.browser.press("Κλείσιμο του ραντεβού")?;
    place.browser.reads("Το ραντεβού κλείστηκε.")?;
    let mail = place.post.wait_for("mary@example.com", 0)?;
    ensure!(mail.text("text/plain")?.contains("Your appointment is booked."), "in the caller's language");
    let link = mail.link(&format!("{}/booking/", place.hub.base()))?;
    place.go(&link)?;
    place.browser.reads("Mary Delta")?;
    place.close()
}

/// Where a text stands in a folder, by file.
fn traces(folder: &std::path::Path, text: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(traces(&path, text)?);
        } else if std::fs::read(&path)?.windows(text.len()).any(|part| part == text.as_bytes()) {
            found.push(path.display().to_string());
        }
    }
    Ok(found)
}

#[test]
fn fld_23_what_staff_wrote_about_somebody_goes_with_them() -> Result<()> {
    const NOTE: &str = "Πιστοποιητικό γάμου αντί διαζυγίου";
    let mut place = Place::open("09:00", std::convert::identity)?;
    let booked = place.book(EMAIL, "Ελένη Παπαδοπούλου", 3)?;
    let staff = Staff::admin(&place.hub)?;
    let until = place.hub.now()? + TimeDelta::minutes(20);
    let wish = json!({ "because": "documents-missing", "until": until, "note": NOTE });
    let path = format!("/api/v1/offices/{OFFICE}/bookings/{}/corrections", booked.reference);
    let asked = staff.client().post(&path, &wish)?;
    ensure!(asked.status == 200, "{}", asked.body);
    ensure!(place.post.wait_for(EMAIL, 2)?.text("text/plain")?.contains(NOTE), "the citizen is told");
    let client = place.hub.client();
    let unproven = client.get(&format!("{}/data.json", booked.link))?;
    ensure!(unproven.status == 303 && unproven.body.is_empty(), "{}", unproven.body);
    prove_today(&client, &place.post, EMAIL, &booked.link)?;
    let exported = client.get(&format!("{}/data.json", booked.link))?;
    ensure!(exported.status == 200, "{}", exported.body);
    let erase = format!("{}/erase", booked.link);
    let erased = client.post_form(&erase, &erase, &[])?;
    ensure!(erased.status == 200, "{}: {}", erased.status, erased.body);
    place.hub.stop()?;
    let found = traces(place.hub.folder(), NOTE)?;
    ensure!(found.is_empty(), "the note stands in {found:?}");
    place.hub.verify().map(drop)
}

#[test]
fn fld_14_fld_16_staff_have_the_internal_capacity_too() -> Result<()> {
    // On Tuesdays the second desk that serves this is for staff alone.
    let internal = |office: String| {
        let shift = "{ days = [\"tue\", \"thu\"], from = \"08:00\", to = \"15:00\" }";
        office.replace(shift, &shift.replace(" }", ", public = false }"))
    };
    let place = Place::open("09:00", internal)?;
    let booked = place.book(EMAIL, "Ελένη Παπαδοπούλου", 3)?;
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 24).context("a day")?;
    let start: chrono::DateTime<chrono::Utc> = booked.start.parse()?;
    let public = Staff::admin(&place.hub)?.slots("driving-licence", day, 1)?;
    ensure!(!public.is_empty() && public.iter().all(|slot| slot.start != start), "the public has it no more");
    place.sign_in()?;
    place.staff("bookings/new?service=driving-licence")?;
    place.browser.press_selector(&format!("button.time[value='{}']", booked.start))?;
    place.browser.fill("name", "Πέτρος Δεύτερος")?;
    place.browser.press("Κλείσιμο του ραντεβού")?;
    place.browser.reads("Το ραντεβού κλείστηκε.")?;
    place.close()
}
