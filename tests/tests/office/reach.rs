//! Whom no e-mail reaches: a letter that is refused, or comes back, flags its booking; staff correct the address or call
//! (FLD-33). The mail server is a real one whose mood the story sets; what came back is written by a library not ours.

use std::cell::Cell;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::{
    booking::{Citizen, details_of},
    http::Client,
    hub::Hub,
    moody_mail::MoodyMailServer,
    returned,
    staff::{OFFICE, Staff},
    wait::{until, until_ok},
};

use crate::place::Place;

const DAY: &str = "2026-12-01";
const REFUSED: &str = "Το e-mail δεν παραδίδεται";

/// An office whose mails go to a server with moods.
pub struct Reach {
    pub place: Place,
    pub server: MoodyMailServer,
    booked: Cell<u32>,
    _folder: tempfile::TempDir,
}

impl Reach {
    /// Opens it; `configure` changes what stands in the hub's configuration.
    pub fn open(time: &str, configure: impl FnOnce(&Hub) -> Result<()>) -> Result<Self> {
        let folder = tempfile::TempDir::with_prefix("seira-reach-")?;
        let mut server = MoodyMailServer::prepare(folder.path())?;
        server.switch_on()?;
        let port = server.port();
        let place = Place::open_with(time, std::convert::identity, |hub| {
            to_server(hub, port)?;
            configure(hub)
        })?;
        Ok(Self { place, server, booked: Cell::new(0), _folder: folder })
    }

    /// Somebody calls and books, each time an hour later; gives the reference.
    pub fn book(&self, name: &str, email: Option<&str>, phone: Option<&str>) -> Result<String> {
        let hour = 9 + self.booked.replace(self.booked.get() + 1);
        let mut wish =
            json!({ "service": "driving-licence", "start": format!("{DAY}T{hour:02}:00:00+02:00"), "name": name });
        for (field, value) in [("email", email), ("phone", phone)] {
            if let Some(value) = value {
                wish[field] = value.into();
            }
        }
        let booked = self.staff()?.post(&format!("/api/v1/offices/{OFFICE}/bookings"), &wish)?;
        ensure!(booked.status == 200, "{}", booked.body);
        Ok(booked.json::<Value>()?["reference"].as_str().unwrap_or_default().to_owned())
    }

    pub fn staff(&self) -> Result<Client> {
        let staff = Staff::admin(&self.place.hub)?;
        Ok(self.place.hub.client().with_token(staff.token()))
    }

    /// Opens a page of staff's again and again until it says so.
    pub fn staff_read(&self, path: &str, words: &str) -> Result<()> {
        until_ok(&format!("{path} says «{words}»"), || {
            self.place.staff(path)?;
            let text = self.place.browser.text()?;
            ensure!(text.contains(words), "{text}");
            Ok(())
        })
    }
}

/// Has the hub send its mails to another server.
fn to_server(hub: &Hub, port: u16) -> Result<()> {
    hub.configure(|text| {
        let line = |line: &str| if line.starts_with("port = ") { format!("port = {port}") } else { line.to_owned() };
        text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
    })
}

/// Nothing personal stands in the journal or in the log.
fn says_nothing_of(hub: &Hub, personal: &[&str]) -> Result<()> {
    let exported = hub.command("export")?.output()?;
    let journal = String::from_utf8_lossy(&exported.stdout).into_owned();
    let log = std::fs::read_to_string(hub.log())?;
    for words in personal {
        ensure!(!journal.contains(words), "the journal says {words}");
        ensure!(!log.contains(words), "the log says {words}");
    }
    Ok(())
}

#[test]
fn fld_33_a_bounced_mail_flags_its_booking_until_the_address_is_corrected() -> Result<()> {
    let reach = Reach::open("09:00", |_| Ok(()))?;
    let (place, browser) = (&reach.place, &reach.place.browser);
    reach.server.feels("550 5.1.1 <maria@exmaple.gr>: user unknown")?;
    let reference = reach.book("Μαρία Αγγελάκη", Some("maria@exmaple.gr"), Some("6940000000"))?;
    place.sign_in()?;
    reach.staff_read(&format!("bookings?day={DAY}"), REFUSED)?;
    browser.reads("Το e-mail δεν παραδίδεται, από τις 09:0")?;
    place.judge("reach-bookings")?;

    // Who is to be called, and what is to be said to them.
    browser.press("1 τηλεφώνημα")?;
    for words in ["Μαρία Αγγελάκη", "+30 694 000 0000", "ραντεβού Τρί 01/12 09:00", "Δεν παραδόθηκε: 09:0"]
    {
        browser.reads(words)?;
    }
    place.judge("reach-calls")?;
    place.go("/admin/outbox")?;
    browser.reads("δεν υπάρχει ή δεν δέχεται μηνύματα (κωδικός 550)")?;

    // On the booking itself: since when, why, and what to do.
    place.staff(&format!("bookings/{reference}"))?;
    browser.reads("Το μήνυμα δεν παραδόθηκε στη διεύθυνση maria@exmaple.gr (Τρίτη 24 Νοεμβρίου, 09:0")?;
    browser.reads("Η διεύθυνση δεν υπάρχει. Ίσως γράφτηκε λάθος.")?;
    browser.reads("Όσα δεν έμαθε ο πολίτης είναι στα «Τηλεφωνήματα».")?;
    place.judge("reach-booking")?;
    browser.press("Διόρθωση της διεύθυνσης")?;
    browser.fill("email", "maria@")?;
    browser.press("Αποθήκευση στοιχείων")?;
    browser.reads("Γράψτε μια διεύθυνση e-mail")?;
    place.judge_here("reach-details-wrong")?;
    reach.server.feels("well")?;
    browser.fill("email", "maria@example.gr")?;
    browser.press("Αποθήκευση στοιχείων")?;
    browser.reads("Τα στοιχεία άλλαξαν.")?;
    browser.reads("Διεύθυνση e-mail")?;
    browser.no_longer_reads(REFUSED)?;
    place.judge("reach-corrected")?;

    // What had not arrived arrives, with what was changed; and nobody has to be called.
    let mails = reach.server.takes(2)?;
    ensure!(mails.iter().all(|mail| mail.to == "maria@example.gr"), "{mails:?}");
    let texts: Vec<String> = mails.iter().map(|mail| mail.text("text/plain")).collect::<Result<_>>()?;
    for said in ["Το ραντεβού σας κλείστηκε.", "Η υπηρεσία άλλαξε στοιχεία του ραντεβού σας."]
    {
        ensure!(texts.iter().any(|text| text.contains(said)), "no «{said}» in {texts:?}");
    }
    place.staff("bookings/calls")?;
    browser.reads("Δεν χρειάζεται να κληθεί κανείς.")?;
    place.judge("reach-calls-none")?;
    until_ok("everything was sent", || {
        place.go("/admin/outbox")?;
        let text = browser.text()?;
        ensure!(text.contains("Όλα τα μηνύματα έχουν σταλεί."), "{text}");
        Ok(())
    })?;
    says_nothing_of(&place.hub, &["exmaple.gr", "maria@example", "Αγγελάκη", "6940000000"])?;
    reach.place.close()
}

#[test]
fn fld_33_a_bounce_that_comes_back_later_flags_its_booking_once() -> Result<()> {
    let reach = Reach::open("09:00", returned::set_up)?;
    let (place, browser) = (&reach.place, &reach.place.browser);
    let reference = reach.book("Μαρία Αγγελάκη", Some("maria@example.gr"), Some("6940000000"))?;
    let other = reach.book("Νίκος Δρακάκης", Some("nikos@example.gr"), None)?;
    let mails = reach.server.takes(2)?;
    let (marias, nikos) = (&mails[0], &mails[1]);
    for mail in [marias, nikos] {
        let token = mail.return_path.strip_prefix("bounces+").and_then(|rest| rest.strip_suffix("@kep.example.gr"));
        let token = token.unwrap_or_default();
        ensure!(token.len() == 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit()), "{}", mail.return_path);
        ensure!(mail.from.contains("kep@example.gr"), "what the citizen sees is as before: {}", mail.from);
    }
    ensure!(marias.return_path != nikos.return_path, "each letter has its own");
    place.sign_in()?;

    // A delay is none, nor is a failure for now.
    for (action, status) in [("delayed", "4.4.1"), ("failed", "4.2.2"), ("delivered", "2.0.0")] {
        let (ended, said) =
            returned::hand_over(&place.hub, &returned::report(marias, action, status)?, &marias.return_path)?;
        ensure!(ended.success(), "{action}: {ended} {said}");
    }
    place.staff(&format!("bookings?day={DAY}"))?;
    browser.reads("Μαρία Αγγελάκη")?;
    ensure!(!browser.text()?.contains(REFUSED), "{}", browser.text()?);

    // The mail server gives up after a while, and says so; it may say so twice.
    let report = returned::report(marias, "failed", "5.2.2")?;
    for _ in 0..2 {
        let (ended, said) = returned::hand_over(&place.hub, &report, &marias.return_path)?;
        ensure!(ended.success(), "{ended} {said}");
    }
    reach.staff_read(&format!("bookings/{reference}"), "Το μήνυμα δεν παραδόθηκε στη διεύθυνση maria@example.gr")?;
    browser.reads("Το γραμματοκιβώτιο του παραλήπτη είναι γεμάτο.")?;
    place.judge("reach-returned")?;
    place.go("/admin/outbox")?;
    browser.reads("Το μήνυμα παραδόθηκε στον διακομιστή και επιστράφηκε (κωδικός 5.2.2)")?;
    place.judge("reach-outbox")?;
    place.staff(&format!("bookings/{other}"))?;
    ensure!(!browser.text()?.contains(REFUSED), "the other booking is flagged");

    // Told by telephone: nobody has to be called any more, and the address is as wrong as it was.
    place.staff("bookings/calls")?;
    browser.press("Ενημερώθηκε")?;
    browser.reads("Καταχωρίστηκε ότι ο πολίτης ενημερώθηκε.")?;
    browser.reads("Δεν χρειάζεται να κληθεί κανείς.")?;
    reach.staff_read(&format!("bookings/{reference}"), REFUSED)?;

    // The next letter comes back too; then its mailbox has room again, and what came back is sent once more.
    let start = format!("{DAY}T12:00:00+02:00");
    let moved = format!("/api/v1/offices/{OFFICE}/bookings/{reference}/moves");
    let moved = reach.staff()?.post(&moved, &json!({ "start": start }))?;
    ensure!(moved.status == 200, "{}", moved.body);
    let second = reach.server.takes(3)?[2].clone();
    let late = returned::report(&second, "failed", "5.2.2")?;
    let (ended, said) = returned::hand_over(&place.hub, &late, &second.return_path)?;
    ensure!(ended.success(), "{ended} {said}");
    reach.staff_read("bookings/calls", "νέα ώρα για το ραντεβού, Τρί 01/12 12:00")?;
    place.staff(&format!("bookings/{reference}"))?;
    browser.press("Είναι σωστή: αποστολή ξανά")?;
    browser.reads("Τα μηνύματα στέλνονται ξανά στην ίδια διεύθυνση.")?;
    browser.no_longer_reads(REFUSED)?;
    let again = reach.server.takes(4)?[3].clone();
    ensure!(again.to == "maria@example.gr" && again.id != second.id, "{again:?}");
    // What had gone before says nothing of the address any more.
    let answer = answered(&reach, &late)?;
    ensure!(answer == "unknown-letter" || answer == "known", "{answer}");
    place.staff(&format!("bookings/{reference}"))?;
    ensure!(!browser.text()?.contains(REFUSED), "an old report flags the booking anew");
    ensure!(reach.server.taken()?.len() == 4, "nothing is sent twice");

    // Forgotten with the person: the flag, and the booking that is given up with them calls nobody.
    let gone = returned::report(&again, "failed", "5.1.1")?;
    ensure!(answered(&reach, &gone)? == "flagged", "the new one can come back too");
    reach.staff_read("bookings/calls", "Μαρία Αγγελάκη")?;
    place.go("/admin/people")?;
    browser.fill("email", "maria@example.gr")?;
    browser.press_selector("main form.inline button")?;
    browser.press("Διαγραφή και ακύρωση ραντεβού")?;
    browser.reads("Τα στοιχεία διαγράφηκαν.")?;
    place.staff(&format!("bookings/{reference}"))?;
    ensure!(!browser.text()?.contains(REFUSED), "the flag outlives the person");
    reach.staff_read("bookings/calls", "Δεν χρειάζεται να κληθεί κανείς.")?;
    says_nothing_of(&place.hub, &["maria@example", "nikos@", "Αγγελάκη", "6940000000"])?;
    reach.place.close()
}

#[test]
fn fld_33_who_left_no_number_stands_apart_from_those_to_be_called() -> Result<()> {
    let reach = Reach::open("09:00", |_| Ok(()))?;
    let (place, browser) = (&reach.place, &reach.place.browser);
    reach.server.feels("550 5.1.1 no such user")?;
    let reference = reach.book("Μαρία Αγγελάκη", Some("maria@exmaple.gr"), None)?;
    place.sign_in()?;
    reach.staff_read(&format!("bookings?day={DAY}"), "1 πολίτης χωρίς ενημέρωση")?;
    ensure!(!browser.text()?.contains("τηλεφώνημα"), "nobody can be called: {}", browser.text()?);
    // Somebody who can be called joins the list, and nobody else stands there.
    reach.book("Νίκος Δρακάκης", Some("nikos@exmaple.gr"), Some("6940000000"))?;
    reach.staff_read(&format!("bookings?day={DAY}"), "1 τηλεφώνημα")?;
    place.judge("reach-unreached-day")?;
    browser.press("1 πολίτης χωρίς ενημέρωση")?;
    browser.reads("Δεν ειδοποιούνται τηλεφωνικά")?;
    let tables = browser.script("return [...document.querySelectorAll('table')].map(one => one.innerText)")?;
    let tables: Vec<String> = serde_json::from_value(tables)?;
    ensure!(tables.len() == 2, "{tables:?}");
    ensure!(tables[0].contains("Νίκος Δρακάκης") && !tables[0].contains("Μαρία Αγγελάκη"), "{tables:?}");
    for said in
        ["Μαρία Αγγελάκη", "ραντεβού Τρί 01/12 09:00", "Ενημερώστε τον πολίτη όταν έρθει.", "Συμπλήρωση στοιχείων"]
    {
        ensure!(tables[1].contains(said), "{said}: {tables:?}");
    }
    place.judge("reach-unreached")?;
    // A number is found, and she is called as others are.
    browser.press("Συμπλήρωση στοιχείων")?;
    ensure!(browser.address()?.contains(&reference), "{}", browser.address()?);
    browser.fill("phone", "694 111 1111")?;
    browser.press("Αποθήκευση στοιχείων")?;
    browser.reads("Τα στοιχεία άλλαξαν.")?;
    reach.staff_read("bookings/calls", "+30 694 111 1111")?;
    ensure!(!browser.text()?.contains("Δεν ειδοποιούνται τηλεφωνικά"), "{}", browser.text()?);
    // Nothing personal on the way.
    says_nothing_of(&place.hub, &["exmaple.gr", "Αγγελάκη", "Δρακάκης", "6941111111"])?;
    reach.place.close()
}

#[test]
fn fld_33_a_letter_is_proposed_where_a_postal_address_is_known() -> Result<()> {
    // An office that asks for no number.
    let reach = Reach::open("09:00", |hub| {
        let file = hub.folder().join("kep.toml");
        let office = std::fs::read_to_string(&file)?;
        std::fs::write(&file, office.replace("[rules.online]\n", "[rules.online]\nphone = \"optional\"\n"))?;
        Ok(())
    })?;
    let (place, browser) = (&reach.place, &reach.place.browser);
    let citizen = Citizen::new(place.hub.client(), "eleni@example.gr");
    citizen.ask_for_link()?;
    let link = reach.server.takes(1)?[0].link(&format!("{}/book/start/", place.hub.base()))?;
    citizen.open_link(&link)?;
    let times = citizen.times(OFFICE, "driving-licence")?;
    let held = citizen.held(&citizen.press_time(OFFICE, "driving-licence", times.last().context("a time")?)?)?;
    let mut fields = details_of("Ελένη Παπαδοπούλου").to_vec();
    for (name, value) in &mut fields {
        if *name == "phone" {
            *value = "";
        }
    }
    reach.server.feels("550 5.1.1 no such user")?;
    citizen.confirm_with(&held, &fields)?;
    place.sign_in()?;
    reach.staff_read("bookings/calls", "Επιστολή: Πλατεία Ελευθερίας 1, 721 00 Άγιος Νικόλαος")?;
    ensure!(!browser.text()?.contains("Τηλέφωνο\n"), "no telephone list: {}", browser.text()?);
    reach.place.close()
}

/// What the hub says of a message that is posted as `hub bounce` posts it.
fn answered(reach: &Reach, message: &[u8]) -> Result<String> {
    let client = reach.place.hub.client().with_token(returned::TOKEN);
    let answer = client.post_bytes("/api/v1/bounces", "message/rfc822", message, None)?;
    ensure!(answer.status == 200, "{}: {}", answer.status, answer.body);
    Ok(answer.json::<Value>()?["taken"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn fld_33_what_pretends_to_have_come_back_does_nothing() -> Result<()> {
    let mut reach = Reach::open("09:00", returned::set_up)?;
    let reference = reach.book("Μαρία Αγγελάκη", Some("maria@example.gr"), None)?;
    let mail = reach.server.takes(1)?[0].clone();
    let right = returned::report(&mail, "failed", "5.1.1")?;
    let ask = |token: &str, kind: &str, body: &[u8]| {
        let client = reach.place.hub.client();
        let client = if token.is_empty() { client } else { client.with_token(token) };
        client.post_bytes("/api/v1/bounces", kind, body, None)
    };
    // Only the token lets one in; a member of staff's does not, and it opens nothing else.
    let admin = Staff::admin(&reach.place.hub)?;
    for token in ["", "wrong", &returned::TOKEN[..20], admin.token()] {
        ensure!(ask(token, "message/rfc822", &right)?.status == 401, "let in with {token}");
    }
    let bookings = format!("/api/v1/offices/{OFFICE}/bookings");
    let client = reach.place.hub.client().with_token(returned::TOKEN);
    ensure!(client.post(&bookings, &json!({}))?.status == 401, "the token opens something else");
    for kind in ["application/json", "text/plain", "message/rfc8222", ""] {
        ensure!(ask(returned::TOKEN, kind, &right)?.status == 400, "taken as {kind}");
    }
    let large = [right.clone(), vec![b'x'; 10 * 1024 * 1024]].concat();
    let refused = ask(returned::TOKEN, "message/rfc822", &large)?;
    ensure!(refused.status == 413, "{}", refused.status);

    // Tokens that the hub did not make; messages that are no reports; noise.
    let text = String::from_utf8(right.clone())?;
    let token = mail.return_path.trim_start_matches("bounces+").split('@').next().unwrap_or_default().to_owned();
    for digit in 0..token.len() {
        let mut forged = token.clone();
        let other = if &token[digit..=digit] == "0" { "1" } else { "0" };
        forged.replace_range(digit..=digit, other);
        ensure!(answered(&reach, text.replace(&token, &forged).as_bytes())? == "unknown-letter", "{forged}");
    }
    for (wrong, expected) in [
        (text.replace("bounces+", "bounces-"), "unknown-letter"),
        (text.replace(&token, "' OR 1=1 --"), "unknown-letter"),
        (text.replace(&token, ""), "unknown-letter"),
        (text.replace("Status: 5.1.1", "Status: 4.1.1"), "not-for-good"),
        (text.replace("Status: 5.1.1", "Status: \u{202e}5.1.1"), "not-for-good"),
        (text.replace("Action: failed", "Action: delayed"), "not-for-good"),
        (text.replace("multipart/report", "multipart/mixed"), "no-report"),
        (
            format!(
                "To: {}\nAuto-Submitted: auto-replied\nSubject: Out of office\n\nBack on Monday.\n",
                mail.return_path
            ),
            "no-report",
        ),
        ("\u{0}".repeat(200_000), "no-report"),
        ("--".repeat(100_000), "no-report"),
        (format!("{}\n\n{text}", "Content-Type: multipart/report; boundary=a\n".repeat(2_000)), "no-report"),
        (String::new(), "no-report"),
    ] {
        let answer = answered(&reach, wrong.as_bytes())?;
        ensure!(answer == expected, "{answer}, not {expected}: {:.300}", wrong);
    }
    // A letter before any booking, to an address that somebody mistyped.
    Citizen::new(reach.place.hub.client(), "nobody@example.gr").ask_for_link()?;
    let before = reach.server.takes(2)?[1].clone();
    let answer = answered(&reach, &returned::report(&before, "failed", "5.1.1")?)?;
    ensure!(answer == "no-booking", "{answer}");
    ensure!(answered(&reach, &[0xff, 0xfe, 0x80].repeat(1_000))? == "no-report");
    reach.place.sign_in()?;
    reach.place.staff(&format!("bookings/{reference}"))?;
    reach.place.browser.reads("Μαρία Αγγελάκη")?;
    ensure!(!reach.place.browser.text()?.contains(REFUSED), "flagged by a forged report");

    // The pipe: ten megabytes of noise after the report, a token that is wrong, a hub that is away.
    std::fs::write(reach.place.hub.folder().join("bounces-token"), "another-token-0123456789abcdef012345")?;
    let (ended, said) = returned::hand_over(&reach.place.hub, &right, &mail.return_path)?;
    ensure!(ended.code() == Some(75) && said.contains("--token-file"), "{ended} {said}");
    std::fs::write(reach.place.hub.folder().join("bounces-token"), returned::TOKEN)?;
    reach.place.hub.stop()?;
    let (ended, said) = returned::hand_over(&reach.place.hub, &large, &mail.return_path)?;
    ensure!(ended.code() == Some(75) && said.contains("cannot be reached"), "the mail server keeps it: {ended} {said}");
    ensure!(!said.contains("maria"), "{said}");
    reach.place.hub.run()?;
    until("the mail server tries again", || {
        returned::hand_over(&reach.place.hub, &large, &mail.return_path).ok().filter(|(ended, _)| ended.success())
    })?;
    reach.staff_read(&format!("bookings/{reference}"), REFUSED)?;
    says_nothing_of(&reach.place.hub, &["maria@", "Αγγελάκη", returned::TOKEN, &token])?;
    reach.place.close()
}
