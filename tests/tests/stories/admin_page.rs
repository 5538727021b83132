//! The administrator's pages in a real browser: devices let in and shut out, what is configured, what waits to be sent;
//! and every page of staff as axe-core judges it.

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, Utc};
use serde_json::json;
use tests::{
    browser::Browser,
    feed::Feed,
    heard::{self, HeardDates},
    house::House,
    hub::{ADMIN, ADMIN_PASSWORD, Mails, Setting, free_port},
    staff::{OFFICE, Staff, set_password},
    wait,
};
use wire::{DeviceKind, PairingAnswer, PairingOutcome, PairingRequest, ProblemCode};

use crate::clerk::ClerkAtWork;

fn at(text: &str) -> Result<DateTime<Utc>> {
    text.parse().ok().context("a time")
}

/// An administrator in front of a browser.
struct Admin {
    browser: Browser,
    house: House,
}

impl Admin {
    fn sign_in(setting: Setting) -> Result<Self> {
        let house = House::open(setting)?;
        let browser = Browser::open(&house.folder("browser"))?;
        let admin = Self { browser, house };
        admin.go("/admin")?;
        admin.browser.fill("name", ADMIN)?;
        admin.browser.fill("password", ADMIN_PASSWORD)?;
        admin.browser.press_selector("main form button")?;
        admin.browser.reads("Διαχείριση")?;
        Ok(admin)
    }

    fn go(&self, path: &str) -> Result<()> {
        self.browser.go(&format!("{}{path}", self.house.hub.base()))
    }

    /// The link that the page shows once, to be handed over.
    fn link(&self) -> Result<String> {
        let link = self.browser.script("return document.querySelector('code.link').textContent")?;
        Ok(link.as_str().context("a link")?.to_owned())
    }
}

#[test]
fn card_01_a_device_is_let_in_by_its_code_and_shut_out_at_once() -> Result<()> {
    let admin = Admin::sign_in(Setting::tuesday("10:00")?)?;
    let hub = &admin.house.hub;
    let request =
        PairingRequest {
            kind: DeviceKind::Display, name: "Αίθουσα <b>ισογείου</b>".to_owned(), commitment: None
        };
    let pairing: PairingAnswer = hub.client().post("/api/v1/pairings", &request)?.json()?;
    admin.go("/admin/devices")?;
    admin.browser.fill("code", "222222")?;
    admin.browser.press("Σύνδεση συσκευής")?;
    admin.browser.reads("Δεν βρέθηκε συσκευή με αυτόν τον κωδικό")?;
    // As a person types it: small letters, with a blank.
    let (one, other) = pairing.code.split_at(3);
    admin.browser.fill("code", &format!(" {} {}", one.to_lowercase(), other.to_lowercase()))?;
    admin.browser.press("Σύνδεση συσκευής")?;
    admin.browser.reads("Αυτή η συσκευή έχει παλαιότερο πρόγραμμα")?;
    admin.browser.press("Δεν δείχνει λέξεις· σύνδεση")?;
    admin.browser.reads("Η συσκευή συνδέθηκε: Αίθουσα <b>ισογείου</b>")?;
    admin.browser.reads("πίνακας αναμονής")?;
    let outcome: PairingOutcome =
        hub.client().with_token(&pairing.secret).get(&format!("/api/v1/pairings/{}", pairing.pairing))?.json()?;
    let PairingOutcome::Paired { token, .. } = outcome else { anyhow::bail!("not let in: {outcome:?}") };
    let board = format!("{}/api/v1/offices/{OFFICE}/feeds/board", hub.base());
    let feed = Feed::open(&board, Some(&token))?;
    feed.until("the board", wait::PATIENCE, |_: &serde_json::Value| Some(()))?;

    admin.go("/admin")?;
    admin.browser.reads("1, συνδεδεμένες 1")?;
    admin.go("/admin/devices")?;
    admin.browser.reads("συνδεδεμένη")?;
    admin.browser.press("Κατάργηση σύνδεσης")?;
    admin.browser.reads("Για να ξανασυνδεθεί, χρειάζεται νέο κωδικό.")?;
    admin.browser.press("Ναι, κατάργηση")?;
    admin.browser.reads("Η σύνδεση της συσκευής καταργήθηκε.")?;
    admin.browser.reads("η σύνδεση καταργήθηκε")?;
    wait::until("the feed ends", || feed.next(wait::PATIENCE).is_err().then_some(()))?;
    let refused = hub.client().with_token(&token).get(&board)?;
    ensure!(refused.problem()?.code == ProblemCode::NotSignedIn, "{}", refused.body);
    Ok(())
}

#[test]
fn fld_22_a_forgotten_password_is_replaced_and_an_account_is_disabled() -> Result<()> {
    let admin = Admin::sign_in(Setting::tuesday("10:00")?)?;
    Staff::admin(&admin.house.hub)?.make_account("eleni", "ένα ξεχασμένο συνθηματικό", "clerk", None)?;
    let signs_in = |password: &str| Staff::sign_in(&admin.house.hub, "eleni", password).is_ok();
    admin.go("/admin/clerks")?;
    admin.browser.press("Συνθηματικό, e-mail ή απενεργοποίηση eleni")?;
    let invite = "form[action$='/invite']";
    admin.browser.press_selector(&format!("{invite} input[name=own]"))?;
    admin.browser.strike("λάθος")?;
    admin.browser.press_selector(&format!("{invite} button"))?;
    admin.browser.reads("Το τωρινό σας συνθηματικό δεν είναι σωστό.")?;
    ensure!(signs_in("ένα ξεχασμένο συνθηματικό"), "a stranger at an open page changes nothing");
    admin.browser.press_selector(&format!("{invite} input[name=own]"))?;
    admin.browser.strike(ADMIN_PASSWORD)?;
    admin.browser.press_selector(&format!("{invite} button"))?;
    admin.browser.reads("Σύνδεσμος πρόσκλησης")?;
    ensure!(!signs_in("ένα ξεχασμένο συνθηματικό"), "it ended with the invitation");
    set_password(&admin.house.hub.base(), &admin.link()?, "ένα νέο συνθηματικό")?;
    ensure!(signs_in("ένα νέο συνθηματικό"));
    admin.browser.press("Απενεργοποίηση λογαριασμού")?;
    admin.browser.reads("Ο λογαριασμός απενεργοποιήθηκε.")?;
    ensure!(!signs_in("ένα νέο συνθηματικό"), "the account is shut");
    admin.browser.press(&format!("Συνθηματικό, e-mail ή απενεργοποίηση {ADMIN}"))?;
    admin.browser.reads("Τον δικό σας λογαριασμό τον απενεργοποιεί άλλο πρόσωπο")?;
    Ok(())
}

#[test]
fn what_is_configured_is_shown_and_not_changed_here() -> Result<()> {
    let admin = Admin::sign_in(Setting::tuesday("10:00")?)?;
    admin.go("/admin/office")?;
    for text in ["Θυρίδα 4", "Ανανέωση άδειας οδήγησης", "08:00–15:00", "απαιτείται", "προτιμάται", "δεν διατίθεται"]
    {
        admin.browser.reads(text)?;
    }
    let forms = admin.browser.script("return document.querySelectorAll('main form').length")?;
    ensure!(forms == 0, "{forms} forms");
    admin.go("/admin/office?lang=en")?;
    admin.browser.reads("Renewal of a driving licence")?;
    Ok(())
}

#[test]
fn fld_22_an_account_is_made_on_the_page_and_may_do_less() -> Result<()> {
    let admin = Admin::sign_in(Setting::tuesday("10:00")?)?;
    admin.go("/admin/clerks")?;
    admin.browser.fill("name", "eleni")?;
    admin.browser.fill("own", ADMIN_PASSWORD)?;
    admin.browser.press("Δημιουργία")?;
    admin.browser.reads("Δημιουργήθηκε ο λογαριασμός eleni.")?;
    let link = admin.link()?;
    admin.browser.fill("name", "eleni")?;
    admin.browser.fill("own", ADMIN_PASSWORD)?;
    admin.browser.press("Δημιουργία")?;
    admin.browser.reads("Το όνομα χρήστη υπάρχει ήδη.")?;
    admin.browser.press("Αποσύνδεση")?;
    admin.browser.reads("Ξεχάσατε το συνθηματικό;")?;
    admin.browser.go(&link)?;
    admin.browser.fill("password", "eleni eleni eleni")?;
    admin.browser.fill("again", "eleni eleni eleni")?;
    admin.browser.press("Αποθήκευση")?;
    admin.browser.reads("επαναλαμβάνεται")?;
    admin.browser.fill("password", "ένα μακρύ συνθηματικό")?;
    admin.browser.fill("again", "ένα μακρύ συνθηματικό")?;
    admin.browser.press("Αποθήκευση")?;
    admin.browser.reads("Το συνθηματικό αποθηκεύτηκε.")?;
    admin.browser.fill("name", "eleni")?;
    admin.browser.fill("password", "ένα μακρύ συνθηματικό")?;
    admin.browser.press_selector("main form button")?;
    admin.browser.reads("Επιλέξτε θυρίδα")?;
    ensure!(!admin.browser.text()?.contains("Διαχείριση"), "a clerk is shown no way to what is not theirs");
    admin.go("/admin/devices")?;
    admin.browser.reads("Δεν έχετε δικαίωμα για αυτή την ενέργεια.")?;
    Ok(())
}

#[test]
fn what_waits_to_be_sent_is_told_in_plain_words() -> Result<()> {
    // Nobody listens at this port.
    let setting = Setting { mails: Mails::Smtp(free_port()?), ..Setting::tuesday("10:00")? };
    let admin = Admin::sign_in(setting)?;
    admin.go("/admin/outbox")?;
    admin.browser.reads("Όλα τα μηνύματα έχουν σταλεί.")?;
    let staff = Staff::admin(&admin.house.hub)?;
    let wish = json!({ "service": "driving-licence", "start": "2026-11-26T10:00:00+02:00", "name": "Μαρία",
        "email": "maria@example.gr" });
    let booked = staff.client().post(&format!("/api/v1/offices/{OFFICE}/bookings"), &wish)?;
    ensure!(booked.status == 200, "{}", booked.body);
    // A caller without an address: nothing waits for them.
    staff.book("driving-licence", at("2026-11-26T12:00:00+02:00")?, "Νίκος")?;
    wait::until_ok("the page says why", || {
        admin.go("/admin/outbox")?;
        let text = admin.browser.text()?;
        ensure!(text.contains("Ο διακομιστής αλληλογραφίας δεν είναι προσβάσιμος ή η γραμμή κόπηκε."), "{text}");
        // That the other has no address is found when its turn comes.
        let rows = admin.browser.script("return document.querySelectorAll('main tbody tr').length")?;
        ensure!(rows == 1, "{rows} rows: {text}");
        Ok(())
    })?;
    ensure!(!admin.browser.text()?.contains("maria@example.gr"), "nothing personal stands there");
    admin.go("/admin/outbox?lang=en")?;
    admin.browser.reads("The mail server cannot be reached, or the line broke.")?;
    admin.go("/admin")?;
    admin.browser.reads("Messages waiting")?;
    Ok(())
}

#[test]
fn axe_finds_nothing_wrong_with_the_pages_of_staff() -> Result<()> {
    let clerk = ClerkAtWork::at(1, Setting::tuesday("10:00")?)?;
    clerk.staff.open_desk(2)?;
    let held = clerk.walk_in("family-status")?;
    clerk.walk_in("signature")?;
    let late = clerk.walk_in("signature")?;
    let booked = clerk.staff.book("family-status", at("2026-11-24T10:30:00+02:00")?, "Μαρία")?;
    ensure!(clerk.kiosk.check_in(&booked.code)?.status == 200, "checked in");
    clerk.press("calls")?;
    clerk.holds(&held.number, "Κλήθηκε στις")?;
    let mut faults = Vec::new();
    let mut judge = |browser: &Browser, what: &str| -> Result<()> {
        let found = browser.accessibility_faults()?;
        faults.extend(found.into_iter().map(|fault| format!("{what}: {fault}")));
        let otherwise = heard::compare(browser, "staff", what, HeardDates::Story)?;
        faults.extend(otherwise.map(|otherwise| format!("{what} {otherwise}")));
        Ok(())
    };
    judge(&clerk.browser, "desk-called-el")?;
    clerk.press("appeared")?;
    clerk.holds(&held.number, "Εξυπηρετείται από")?;
    clerk.press("parkings")?;
    clerk.row_reads(&held.number, "Σε εκκρεμότητα")?;
    judge(&clerk.browser, "desk-parked-el")?;
    clerk.press("calls")?;
    clerk.press("appeared")?;
    clerk.browser.reads("Εξυπηρετείται από")?;
    clerk.open_menu("Παραπομπή")?;
    judge(&clerk.browser, "desk-transfer-el")?;
    clerk.open_menu(&format!("Κλήση {}", late.number))?;
    judge(&clerk.browser, "desk-call-of-a-row-el")?;
    let visit = clerk.staff.floor()?.visits.iter().find(|visit| visit.number == "P001").map(|visit| visit.visit);
    let visit = visit.map(|visit| format!("/staff/{OFFICE}/visits/{visit}")).unwrap_or_default();
    let desk = format!("/staff/{OFFICE}/desks/1");
    for language in ["el", "en"] {
        for (name, page) in [("desks", "/staff?all=1"), ("desk", desk.as_str()), ("visit", visit.as_str())] {
            let joint = if page.contains('?') { '&' } else { '?' };
            clerk.browser.go(&format!("{}{page}{joint}lang={language}", clerk.house.hub.base()))?;
            judge(&clerk.browser, &format!("{name}-{language}"))?;
        }
    }
    let admin = Admin::sign_in(Setting { mails: Mails::Smtp(free_port()?), ..Setting::tuesday("10:00")? })?;
    admin.house.plain_kiosk()?;
    let staff = Staff::admin(&admin.house.hub)?;
    let wish = json!({ "service": "driving-licence", "start": "2026-11-26T10:00:00+02:00", "name": "Μαρία",
        "email": "maria@example.gr" });
    staff.client().post(&format!("/api/v1/offices/{OFFICE}/bookings"), &wish)?;
    for language in ["el", "en"] {
        for (name, page) in [
            ("admin", "/admin"),
            ("devices", "/admin/devices"),
            ("clerks", "/admin/clerks"),
            ("clerk", "/admin/clerks/1"),
            ("office", "/admin/office"),
            ("outbox", "/admin/outbox"),
            ("not-found", "/admin/nowhere"),
        ] {
            admin.go(&format!("{page}?lang={language}"))?;
            judge(&admin.browser, &format!("{name}-{language}"))?;
        }
    }
    admin.browser.press_selector("form[action='/logout'] button").or_else(|_| admin.go("/login"))?;
    judge(&admin.browser, "login-en")?;
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    // The judge is awake: a picture without words is found.
    admin.browser.script("document.querySelector('main').append(document.createElement('img'))")?;
    let found = admin.browser.accessibility_faults()?;
    ensure!(found.iter().any(|fault| fault.starts_with("image-alt")), "{found:?}");
    Ok(())
}
