//! Staff put right what was said with a booking: who changed what and when is kept, and the citizen is told.

use anyhow::{Result, ensure};
use tests::hub::ADMIN;

use crate::place::Place;

const EMAIL: &str = "k@example.gr";

/// The service asks for something of its own.
fn with_field(office: String) -> String {
    let field = "key = \"driving-licence\"\nfields = [{ key = \"category\", label = { el = \"Κατηγορία άδειας\", en = \
                 \"Category of licence\" } }]";
    office.replacen("key = \"driving-licence\"", field, 1)
}

#[test]
fn fld_14_trn_02_staff_change_details_and_who_when_and_what_is_kept_and_mailed() -> Result<()> {
    let place = Place::open("09:00", with_field)?;
    let booked = place.book(EMAIL, "Καλλιόπη Λαθωμένη", 4)?;
    place.sign_in()?;
    place.staff(&format!("bookings/{}", booked.reference))?;
    place.browser.press("Αλλαγή στοιχείων")?;
    place.browser.reads("Ο πολίτης λαμβάνει μήνυμα με τα νέα στοιχεία.")?;
    place.judge("details")?;
    place.browser.fill("name", "")?;
    place.browser.fill("phone", "12")?;
    place.browser.press("Αποθήκευση στοιχείων")?;
    place.browser.reads("Γράψτε το ονοματεπώνυμο")?;
    place.judge_here("details-wrong")?;
    place.browser.fill("name", "Καλλιόπη Διορθωμένη")?;
    place.browser.fill("phone", "697 111 2222")?;
    place.browser.fill("street", "Κουντούρου 7")?;
    place.browser.fill("x-category", "Β΄ και Α΄")?;
    place.browser.press("Αποθήκευση στοιχείων")?;
    place.browser.reads("Τα στοιχεία άλλαξαν.")?;
    place.browser.reads("+30 697 111 2222")?;
    place.browser.reads("Κουντούρου 7")?;
    place
        .browser
        .reads(&format!("{ADMIN}: Ονοματεπώνυμο, Κινητό τηλέφωνο, Ταχυδρομική διεύθυνση, Κατηγορία άδειας"))?;
    place.judge("booking-edited")?;
    let mail = place.post.wait_for(EMAIL, 2)?;
    let text = mail.text("text/plain")?;
    for said in ["Η υπηρεσία άλλαξε στοιχεία του ραντεβού σας.", "Καλλιόπη Διορθωμένη", "Β΄ και Α΄", "Κουντούρου 7"]
    {
        ensure!(text.contains(said), "no «{said}» in: {text}");
    }
    ensure!(mail.subject == "Το ραντεβού σας", "the subject says nothing: {}", mail.subject);
    let exported = place.hub.command("export")?.output()?;
    let journal = String::from_utf8_lossy(&exported.stdout).into_owned();
    ensure!(journal.contains("details-changed"), "an event of its own");
    ensure!(!journal.contains("Διορθωμένη") && !journal.contains("697111"), "and nothing personal in it");

    // Nothing changed is no change, and no mail.
    place.browser.press("Αλλαγή στοιχείων")?;
    place.browser.press("Αποθήκευση στοιχείων")?;
    place.browser.reads("Δεν άλλαξε κανένα στοιχείο.")?;
    ensure!(place.post.count(EMAIL)? == 3, "no further mail");
    place.close()
}

#[test]
fn trn_09_fld_14_what_staff_put_right_for_a_caller_is_the_correction_that_was_asked_for() -> Result<()> {
    let place = Place::open("09:00", std::convert::identity)?;
    let booked = place.book(EMAIL, "Καλλιόπη Λαθωμένη", 12)?;
    place.sign_in()?;
    place.staff(&format!("bookings/{}", booked.reference))?;
    place.browser.press("Αίτημα διόρθωσης")?;
    place.browser.press_selector("#correct-why option[value=details-wrong]")?;
    place.browser.press("Αποστολή αιτήματος διόρθωσης")?;
    place.browser.reads("Ζητήθηκε διόρθωση.")?;
    place.post.wait_for(EMAIL, 2)?;
    place.browser.press("Αλλαγή στοιχείων")?;
    place.browser.reads("Η διόρθωση που ζητήθηκε θεωρείται ότι έγινε.")?;
    place.browser.fill("name", "Καλλιόπη Διορθωμένη")?;
    place.browser.press("Αποθήκευση στοιχείων")?;
    place.browser.reads("Διορθώθηκε:")?;
    let text = place.post.wait_for(EMAIL, 3)?.text("text/plain")?;
    ensure!(text.contains("Λάβαμε τη διόρθωση"), "{text}");
    place.close()
}
