//! What staff announce, as citizens see it: a time that was moved or given up, a correction that is asked for, a suspension, and the
//! published pages. Each is looked at in both languages, on a phone and at a desk.

use anyhow::Result;

use crate::place::{CitizenBooking, Place};

/// A page that says something, judged in both languages.
fn shows(place: &Place, path: &str, name: &str, said: &str) -> Result<()> {
    place.go(&format!("{path}?lang=el"))?;
    // What is folded is read by who unfolds it.
    place.browser.script("for (const one of document.querySelectorAll('details')) one.open = true")?;
    place.browser.reads(said)?;
    place.judge(name)
}

fn close(place: &Place) -> Result<()> {
    place.staff("bookings/closures")?;
    place.date("day", "2026-11-24")?;
    place.browser.script("document.getElementById('to').value = '10:30'")?;
    place.browser.fill("el", "Απεντόμωση του κτιρίου")?;
    place.browser.fill("en", "Pest control in the building")?;
    place.browser.press("Δείτε ποια ραντεβού επηρεάζονται")?;
    place.browser.press_selector("tbody tr:nth-child(3) select option[value=cancel]")?;
    place.browser.press("Κλείσιμο και ενημέρωση")?;
    place.browser.reads("Το κλείσιμο ισχύει")
}

fn ask(place: &Place, booked: &CitizenBooking, why: &str) -> Result<()> {
    place.staff(&format!("bookings/{}", booked.reference))?;
    place.browser.press("Αίτημα διόρθωσης")?;
    place.browser.press_selector(&format!("#correct-why option[value={why}]"))?;
    place.browser.fill("note", "Λείπει η δεύτερη σελίδα του πιστοποιητικού.")?;
    place.browser.press("Αποστολή αιτήματος διόρθωσης")?;
    place.browser.reads("Ζητήθηκε διόρθωση.")
}

#[test]
fn fld_15_trn_09_what_was_announced_stands_first_on_the_citizens_page() -> Result<()> {
    let place = Place::open("08:00", std::convert::identity)?;
    let moved = place.book("m@example.gr", "Μαρία Μετακινούμενη", 5)?;
    let cancelled = place.book("c@example.gr", "Κώστας Ακυρωμένος", 6)?;
    let asked = place.book("a@example.gr", "Άννα Διορθώτρια", 14)?;
    place.sign_in()?;
    close(&place)?;
    shows(&place, &moved.link, "moved-by-office", "Αναγκαστήκαμε να αλλάξουμε")?;
    shows(&place, &cancelled.link, "cancelled-by-office", "Αναγκαστήκαμε να ακυρώσουμε")?;
    ask(&place, &asked, "documents-missing")?;
    shows(&place, &asked.link, "correction-of-documents", "Χρειάζεται διόρθωση έως")?;
    let documents = format!("{}/documents", asked.link);
    shows(&place, &documents, "documents-asked-for", "Λείπει η δεύτερη σελίδα")?;
    place.close()
}

#[test]
fn fld_30_trn_12_suspensions_and_the_published_pages_in_both_languages() -> Result<()> {
    let place = Place::open("08:00", |office| {
        let phases = "[rules]\nphases = [{ rule = \"void\", strict_from = \"2026-01-01\" }, \
                      { rule = \"documents\", strict_from = \"2027-01-01\" }]\n";
        office.replacen("[rules]\n", phases, 1)
    })?;
    shows(&place, "/office/kep", "published-office", "Κανόνες της υπηρεσίας")?;
    shows(&place, "/office/kep/1", "published-service", "Πιστοποιητικό οικογενειακής")?;
    place.sign_in()?;
    place.go("/admin/office")?;
    place.browser.reads("Δημοσιευμένη διεύθυνση")?;
    place.judge("published-for-administrators")?;
    let booked = place.book("m@example.gr", "Μαρία Ανασταλμένη", 5)?;
    place.staff("house")?;
    place.browser.press_selector("option[value='service:driving-licence']")?;
    place.browser.press("Αναστολή")?;
    place.browser.reads("Η αναστολή ισχύει")?;
    shows(&place, "/", "front-suspended", "Προσωρινά δεν παρέχεται")?;
    shows(&place, &booked.link, "booking-suspended", "δεν παρέχεται προσωρινά")?;
    shows(&place, &format!("{}/change", booked.link), "times-suspended", "έως νεότερη ενημέρωση")?;
    place.close()
}
