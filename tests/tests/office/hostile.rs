//! Hostile text through every field of the office's pages: it is text, or is refused with a sentence; nothing runs in a
//! browser of staff or citizens, nothing breaks down, nothing grows without bound.

use anyhow::{Context, Result, ensure};
use tests::{
    hostile::{HOSTILE, MARKS},
    http::{Answer, Client},
    hub::{ADMIN, ADMIN_PASSWORD},
    staff::OFFICE,
};

use crate::place::{CitizenBooking, Place};

/// Text that nobody can read.
const UNREADABLE: &str = "\u{202e}αίραΜ\u{200b}\0\u{1b}[31m";
const TOO_LONG: usize = 10_000;

/// A form of the office's pages: the page that has it, where it is sent, what it holds.
struct OfficeForm {
    page: String,
    action: String,
    fields: Vec<(&'static str, String)>,
}

fn form(page: &str, action: &str, fields: &[(&'static str, &str)]) -> OfficeForm {
    let path = |path: &str| {
        if path.starts_with('/') { path.to_owned() } else { format!("/staff/{OFFICE}/{path}") }
    };
    let fields = fields.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
    OfficeForm { page: path(page), action: path(action), fields }
}

/// Every form into which staff or administrators type, each with something that it would take.
fn forms(booked: &CitizenBooking) -> Vec<OfficeForm> {
    let booking = format!("bookings/{}", booked.reference);
    let about = |action: &str| format!("{booking}/{action}");
    vec![
        form("bookings", "bookings", &[("wanted", "Μαρία")]),
        form(
            "bookings/new?service=driving-licence",
            "bookings/new/book",
            &[
                ("service", "driving-licence"),
                ("channel", "in-person"),
                ("persons", "1"),
                ("cases", "1"),
                ("start", "2026-11-26T08:00:00+02:00"),
                ("name", "Κάποια"),
                ("phone", "6940000000"),
                ("email", ""),
                ("language", "el"),
                ("if-late", "book-anew"),
            ],
        ),
        form(&booking, &about("papers"), &[("needed:0", "complete")]),
        form(
            &booking,
            &about("correction"),
            &[
                ("because", "details-wrong"),
                ("note", "Γράψτε το όνομα"),
                ("until-date", "2026-11-24"),
                ("until-time", "10:00"),
            ],
        ),
        form(
            &about("details"),
            &about("details"),
            &[
                ("behalf", "oneself"),
                ("name", "Μαρία"),
                ("phone", "6940000000"),
                ("street", "Οδός 1"),
                ("postcode", "72100"),
                ("town", "Πόλη"),
                ("identity", ""),
            ],
        ),
        form(&about("move"), &about("move"), &[("start", "2026-11-27T08:00:00+02:00")]),
        form(&booking, &about("void"), &[("because", "nonsense")]),
        form(
            "bookings/closures",
            "bookings/closures",
            &[
                ("day", "2026-12-01"),
                ("from", "08:00"),
                ("to", "09:00"),
                ("desk", "4"),
                ("el", "Λόγος"),
                ("en", "Reason"),
            ],
        ),
        form("bookings/closures", "bookings/closures/open", &[("closure", "Κάτι")]),
        form(
            "bookings/hours?first=2026-12-02&last=2026-12-02",
            "bookings/hours",
            &[
                ("first", "2026-12-02"),
                ("last", "2026-12-02"),
                ("desk", ""),
                ("day-3", "09:00–15:00"),
                ("el", "Λόγος"),
                ("en", "Reason"),
                ("look", "yes"),
                ("undo", ""),
            ],
        ),
        form(
            "house",
            "house/suspend",
            &[
                ("scope", "service:driving-licence"),
                ("because", "other"),
                ("until", ""),
                ("el", "Βλάβη"),
                ("en", "Fault"),
            ],
        ),
        form("house", "house/resume", &[("scope", "service:driving-licence")]),
        form("house", "house/roll-call", &[("gone-x", "yes")]),
        form(
            "house",
            "house/paper",
            &[
                ("service", "signature"),
                ("desk", "1"),
                ("arrived", "08:10"),
                ("from", "08:20"),
                ("to", "08:30"),
                ("outcome", "done"),
            ],
        ),
        form(
            "/admin/texts/kep/el/mail-hello",
            "/admin/texts/kep/el/mail-hello",
            &[("body", "Καλημέρα,"), ("do", "save")],
        ),
        form("/admin/people", "/admin/people", &[("email", "m@example.gr")]),
        form("/admin/people", "/admin/people/export", &[("person", "nobody")]),
        form(
            "/admin/clerks",
            "/admin/clerks",
            &[("name", "neos"), ("email", "neos@example.gr"), ("own", ADMIN_PASSWORD)],
        ),
    ]
}

/// A page that is an answer to hostile text holds none of it as it came, and is no breakdown.
fn harmless(answer: &Answer, what: &str) -> Result<()> {
    ensure!(answer.status < 500, "{what}: {} {}", answer.status, answer.body);
    for mark in MARKS {
        ensure!(!answer.body.contains(mark), "{what}: the page holds {mark}: {}", answer.body);
    }
    ensure!(answer.body.len() < 400_000, "{what}: the page is {} bytes long", answer.body.len());
    Ok(())
}

fn signed_in(place: &Place) -> Result<Client> {
    let client = place.hub.client();
    let done = client.post_form("/login?lang=el", "/login", &[("name", ADMIN), ("password", ADMIN_PASSWORD)])?;
    ensure!(done.status == 303, "signing in: {} {}", done.status, done.body);
    Ok(client)
}

/// Sends a form with one field as given.
fn send(client: &Client, form: &OfficeForm, field: &str, text: &str) -> Result<()> {
    let what = format!("{} with {field} = {text:.40}", form.action);
    let page = client.get(&form.page)?;
    harmless(&page, &what)?;
    let fields: Vec<(&str, &str)> =
        form.fields.iter().map(|(name, usual)| (*name, if *name == field { text } else { usual.as_str() })).collect();
    let answer = client.post_form_of(&page.body, &form.action, &fields)?;
    harmless(&answer, &what)?;
    if let Some(next) = answer.location {
        ensure!(next.starts_with('/'), "{what}: leads out of the house, to {next}");
        harmless(&client.get(&next)?, &what)?;
    }
    Ok(())
}

#[test]
fn hostile_text_in_every_field_of_the_offices_pages_is_text_or_is_refused() -> Result<()> {
    let place = Place::open("09:00", std::convert::identity)?;
    let booked = place.book("m@example.gr", "Μαρία Μαρίδου", 12)?;
    let client = signed_in(&place)?;
    let long = "Α".repeat(TOO_LONG);
    for form in forms(&booked) {
        for (field, _) in &form.fields {
            for text in HOSTILE.iter().copied().chain([UNREADABLE, long.as_str()]) {
                send(&client, &form, field, text)?;
            }
        }
    }
    // What was taken as text stands on other pages too: of staff, of citizens, in mails.
    let link = place.post.wait_for("m@example.gr", 1)?.link(&format!("{}/booking/", place.hub.base()))?;
    let staff = |path: &str| format!("/staff/{OFFICE}/{path}");
    let pages = [
        "/".to_owned(),
        "/book".to_owned(),
        format!("/book/{OFFICE}/driving-licence?channel=in-person"),
        link.clone(),
        format!("{link}/documents"),
        format!("{link}/correct"),
        staff("bookings?day=2026-11-26"),
        staff(&format!("bookings/{}", booked.reference)),
        staff(&format!("bookings/{}/slip", booked.reference)),
        staff("bookings/closures"),
        staff("bookings/hours"),
        staff("house"),
        "/staff".to_owned(),
        "/admin".to_owned(),
        "/admin/clerks".to_owned(),
        "/admin/looks".to_owned(),
        "/admin/audit".to_owned(),
        "/admin/journal".to_owned(),
        "/admin/texts".to_owned(),
    ];
    for page in &pages {
        harmless(&client.get(page)?, page)?;
    }
    let log = std::fs::read_to_string(place.hub.log())?;
    for word in ["panicked", "Μαρίδου", "m@example.gr", "694000", "DROP TABLE"] {
        ensure!(!log.contains(word), "the log says {word}");
    }

    // And nothing of it runs where staff look at it.
    place.sign_in()?;
    for page in pages.iter().filter(|page| page.starts_with('/')) {
        place.go(page)?;
        let ran = place.browser.script("return window.hostile ?? null")?;
        ensure!(ran.is_null(), "{page} ran it: {ran}");
    }
    place.close()
}

#[test]
fn hostile_addresses_of_the_offices_pages_are_answered_in_words() -> Result<()> {
    let place = Place::open("09:00", std::convert::identity)?;
    let client = signed_in(&place)?;
    let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let long = "A".repeat(TOO_LONG / 5);
    for text in HOSTILE.iter().copied().chain([UNREADABLE, long.as_str()]) {
        let text = encoded(text);
        for path in [
            format!("/staff/{text}/bookings"),
            format!("/staff/{OFFICE}/bookings?day={text}"),
            format!("/staff/{OFFICE}/bookings/{text}"),
            format!("/staff/{OFFICE}/bookings/{text}/details"),
            format!("/staff/{OFFICE}/bookings/new?service={text}&channel={text}&persons={text}"),
            format!("/staff/{OFFICE}/bookings/closures?day={text}&from={text}&to={text}&desk={text}&el={text}"),
            format!("/staff/{OFFICE}/bookings/closures?day=2026-12-01&el={text}&done={text}"),
            format!("/staff/{OFFICE}/bookings/hours?first={text}&last={text}&desk={text}&done={text}"),
            format!("/staff/{OFFICE}/bookings/hours?first=2026-12-01&day-2={text}&el={text}&look=yes"),
            format!("/staff/{OFFICE}/bookings/hours?undo={text}"),
            format!("/staff/{OFFICE}/visits/{text}"),
            format!("/staff/{OFFICE}/documents/{text}"),
            format!("/staff/{OFFICE}/desks/1?warned={text}"),
            format!("/staff/{OFFICE}/house?done={text}"),
            format!("/admin/looks?office={text}&account={text}"),
            format!("/admin/audit?person={text}&kind={text}&day={text}&before={text}"),
            format!("/staff/{OFFICE}/desks/{text}/handover"),
            format!("/admin/texts/{text}/{text}/{text}"),
        ] {
            let answer = client.get(&path).with_context(|| path.clone())?;
            harmless(&answer, &path)?;
        }
    }
    place.close()
}
