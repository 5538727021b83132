//! Links of a booking that end: after an address is corrected, by a press of staff, on the citizen's wish.

use anyhow::{Context, Result, ensure};
use tests::{http::Client, mail::ReceivedMail};

use crate::place::Place;

const STRANGER: &str = "eleni.p@example.gr";
const OWNER: &str = "eleni@example.gr";
const NAME: &str = "Ελένη Παπαδοπούλου";
const PHONE: &str = "694 000 0000";

/// Every page behind the link of a booking.
const PAGES: [&str; 13] = [
    "",
    "/qr.png",
    "/calendar.ics",
    "/change",
    "/documents",
    "/correct",
    "/documents/remove",
    "/data",
    "/data.json",
    "/erase",
    "/code?to=data",
    "/renew",
    "/cancel",
];

/// The link in a mail.
fn link(place: &Place, mail: &ReceivedMail) -> Result<String> {
    let whole = mail.link(&format!("{}/booking/", place.hub.base()))?;
    Ok(whole.strip_prefix(&place.hub.base()).context("a link to the hub")?.to_owned())
}

/// A link leads nowhere any more: every page says so, tells nothing and does nothing.
fn has_ended(place: &Place, link: &str) -> Result<()> {
    let client = place.hub.client();
    for page in PAGES {
        let seen = client.get(&format!("{link}{page}"))?;
        // What is only the answer to a form has no page of its own, and leads to the booking, which says the same.
        let nowhere = seen.status == 404 || seen.location.as_deref() == Some(link);
        ensure!(nowhere || seen.status == 405, "{page}: {} {:?}", seen.status, seen.location);
        for word in [NAME, PHONE, OWNER, "6940000000"] {
            ensure!(!seen.body.contains(word), "{page} tells {word}");
        }
    }
    let seen = client.get(link)?;
    ensure!(seen.body.contains("Ο σύνδεσμος αυτός δεν ισχύει πια, γιατί στάλθηκε νεότερος."), "{}", seen.body);
    // The token of any page of this browser's: the forms are tried as they would be after a page was open for long.
    for page in ["/cancel", "/change", "/erase", "/renew", "/code", "/code/send", "/correct", "/documents/remove"] {
        let sent = own_form(&client, &format!("{link}{page}"))?;
        ensure!(sent == 404, "{page}: {sent}");
    }
    Ok(())
}

fn own_form(client: &Client, path: &str) -> Result<u16> {
    let fields = [("start", "2026-11-25T10:00:00+02:00"), ("id", "1"), ("behalf", "self"), ("code", "123456")];
    let front = client.get("/book")?;
    Ok(client.post_form_of(&front.body, path, &fields)?.status)
}

#[test]
fn new_08_the_link_of_a_mistyped_address_ends_when_staff_correct_it() -> Result<()> {
    let place = Place::open("09:00", std::convert::identity)?;
    let booked = place.book(STRANGER, NAME, 3)?;
    let strangers = booked.link.strip_prefix(&place.hub.base()).context("a link to the hub")?;
    ensure!(place.hub.client().get(strangers)?.body.contains(NAME), "it opens the page, as it must");
    place.sign_in()?;
    place.staff(&format!("bookings/{}", booked.reference))?;
    place.browser.press("Αλλαγή στοιχείων")?;
    place.browser.fill("email", OWNER)?;
    place.browser.press("Αποθήκευση στοιχείων")?;
    place.browser.reads("Τα στοιχεία άλλαξαν.")?;
    let mail = place.post.wait_for(OWNER, 0)?;
    has_ended(&place, strangers)?;
    let own = link(&place, &mail)?;
    ensure!(own != strangers, "the owner has another");
    let seen = place.hub.client().get(&own)?;
    ensure!(seen.body.contains(NAME) && seen.body.contains("Το ραντεβού σας ισχύει."), "{}", seen.body);
    // Who changes something else of the booking leaves the link as it is.
    place.browser.press("Αλλαγή στοιχείων")?;
    place.browser.fill("street", "Κουντούρου 7")?;
    place.browser.press("Αποθήκευση στοιχείων")?;
    place.browser.reads("Τα στοιχεία άλλαξαν.")?;
    ensure!(link(&place, &place.post.wait_for(OWNER, 1)?)? == own, "the same link");
    ensure!(place.post.count(STRANGER)? == 2, "nothing more goes to the stranger");
    place.close()
}

#[test]
fn new_08_staff_end_the_links_of_a_booking_with_one_press() -> Result<()> {
    let place = Place::open("09:00", std::convert::identity)?;
    let booked = place.book(OWNER, NAME, 3)?;
    let before = booked.link.strip_prefix(&place.hub.base()).context("a link to the hub")?;
    place.sign_in()?;
    place.staff(&format!("bookings/{}", booked.reference))?;
    place.browser.press("Νέος σύνδεσμος στον πολίτη")?;
    place.browser.press_selector("form[action$='/new-link'] button")?;
    place.browser.reads("Οι προηγούμενοι σύνδεσμοι δεν ισχύουν πια.")?;
    place.judge("booking-new-link")?;
    let mail = place.post.wait_for(OWNER, 2)?;
    ensure!(mail.subject == "Νέος σύνδεσμος για το ραντεβού σας", "{}", mail.subject);
    has_ended(&place, before)?;
    ensure!(place.hub.client().get(&link(&place, &mail)?)?.body.contains("Το ραντεβού σας ισχύει."));
    place.close()
}

#[test]
fn new_08_fld_23_a_citizen_ends_their_links_and_takes_their_data_along_with_a_code() -> Result<()> {
    let place = Place::open("09:00", std::convert::identity)?;
    let booked = place.book(OWNER, NAME, 3)?;
    let before = booked.link.strip_prefix(&place.hub.base()).context("a link to the hub")?;
    let browser = &place.browser;
    place.go(before)?;
    browser.press("Νέος σύνδεσμος")?;
    browser.reads("Το ραντεβού μένει όπως είναι.")?;
    place.judge("booking-renew")?;
    browser.press("Αποστολή νέου συνδέσμου")?;
    browser.reads("Στείλαμε νέο σύνδεσμο")?;
    place.judge_here("booking-renewed")?;
    ensure!(
        !browser.script("return document.documentElement.outerHTML")?.to_string().contains("/booking/"),
        "by mail alone"
    );
    let own = link(&place, &place.post.wait_for(OWNER, 2)?)?;
    has_ended(&place, before)?;

    // The link alone takes nothing along; a wrong code neither, and after five the right one is none any more.
    place.go(&format!("{own}/data"))?;
    browser.reads("e…@example.gr")?;
    place.judge("booking-code")?;
    browser.press("Αποστολή κωδικού")?;
    let code = tests::booking::code_of(&place.post.wait_for(OWNER, 3)?)?;
    let wrong = format!("{}{}", &code[..8], if code.ends_with('0') { "1" } else { "0" });
    for _ in 0..5 {
        browser.fill("code", &wrong)?;
        browser.press("Συνέχεια")?;
        browser.reads("Ο κωδικός δεν είναι σωστός")?;
    }
    place.judge_here("booking-code-wrong")?;
    browser.fill("code", &code)?;
    browser.press("Συνέχεια")?;
    browser.reads("Ο κωδικός δεν είναι σωστός")?;
    browser.press("Αποστολή νέου κωδικού")?;
    let code = tests::booking::code_of(&place.post.wait_for(OWNER, 4)?)?;
    browser.fill("code", &code)?;
    browser.press("Συνέχεια")?;
    browser.reads("Αυτά κρατάμε για εσάς με το ραντεβού αυτό.")?;
    // Another browser with the same link has typed nothing.
    let other = place.hub.client().get(&format!("{own}/data.json"))?;
    ensure!(other.status == 303 && other.body.is_empty(), "{}", other.body);
    place.close()
}
