//! Book online → mail → QR → kiosk → ticket → call → display → finish.
//!
//! Shows CARD-02 and CARD-07.

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use tests::{
    booking::details_of,
    browser::Browser,
    hub::{Mails, Setting},
    mail::{MailServer, ReceivedMail},
    wait,
};
use wire::{BookingCode, VisitStage};

use crate::cast::{Cast, shows_number};

const EMAIL: &str = "eleni@example.gr";
const NAME: &str = "Ελένη Παπαδοπούλου";

#[test]
fn card_02_card_07_one_citizen_all_the_way_from_a_booking_to_the_desk() -> Result<()> {
    let post = tempfile::TempDir::with_prefix("seira-post-")?;
    let server = MailServer::start(post.path())?;
    let setting = Setting { mails: Mails::Smtp(server.port()), ..Setting::tuesday("09:00")? };
    let mut cast = Cast::gather(setting)?;
    let browser = Browser::open(&post.path().join("browser"))?;
    book(&browser, &server, &cast.house.hub.base())?;

    let mail = server.wait_for(EMAIL, 1)?;
    let (code, start) = read_confirmation(&mail)?;
    let picture = mail.inline_picture()?.qr()?.context("no QR code in the mail")?;
    ensure!(picture == code.to_string(), "the mail's picture says {picture}, its page {code}");

    // The hub's clock is set to just before the booked time; the citizen comes in and shows the code.
    cast.house.hub.stop()?;
    cast.house.hub.set_clock(start - TimeDelta::minutes(3));
    cast.house.hub.run()?;
    open_desks(&cast)?;
    cast.kiosk.screen()?.find("Έχω ραντεβού")?;
    cast.scanner.scan(&picture, "\r")?;
    let visit = cast.only_visit()?;
    ensure!(visit.booked_for == Some(start), "{visit:?} was booked for {start}");
    let ticket = cast.printer.ticket(0)?;
    ensure!(shows_number(&ticket.text()?, &visit.number), "the ticket reads: {}", ticket.text()?);
    let page = ticket.qr()?.context("no QR code on the ticket")?;
    ensure!(cast.visit_page(&page)?.contains(&visit.number), "the citizen's page does not name the number");

    let (desk, call) = cast.call()?;
    ensure!(call.visit == visit.visit, "another was called: {call:?}");
    ensure!(call.reason.code.contains("booked"), "the reason is {:?}", call.reason);
    let board = cast.display.screen()?;
    wait::until("the display shows the call", || {
        shows_number(&board.picture().ok()?.text().ok()?, &call.number).then_some(())
    })?;
    let shown = board.picture()?.text()?;
    ensure!(!shown.contains("Ελένη") && !shown.contains("Παπαδοπούλου"), "the board names a person: {shown}");
    cast.serve(desk, visit.visit)?;
    wait::until("the citizen's page says that it is over", || {
        let feed = tests::feed::Feed::open(&format!("{page}/feed"), None).ok()?;
        let (view, _) = feed.until("a view", wait::PATIENCE, |view: &wire::VisitView| Some(view.clone())).ok()?;
        (view.stage == VisitStage::Finished).then_some(())
    })?;
    cast.house.hub.verify()?;
    Ok(())
}

/// Books the first time on the first day that the pages offer, with a real browser.
fn book(browser: &Browser, server: &MailServer, base: &str) -> Result<()> {
    browser.go(base)?;
    browser.reads("Κλείστε ραντεβού")?;
    browser.press("Κλείστε ραντεβού")?;
    browser.fill("email", EMAIL)?;
    browser.press("Αποστολή συνδέσμου")?;
    browser.reads("Δείτε το e-mail σας")?;
    let mail = server.wait_for(EMAIL, 0)?;
    ensure!(mail.subject == "Το ραντεβού σας", "the subject says: {}", mail.subject);
    browser.go(&mail.link(&format!("{base}/book/start/"))?)?;
    browser.press("Συνέχεια")?;
    browser.reads("Για ποια υπηρεσία;")?;
    browser.press_selector("a.choice")?;
    browser.reads("Για πόσες υποθέσεις;")?;
    browser.press_selector("main form button")?;
    browser.reads("Ημέρα και ώρα")?;
    browser.press_selector(".days a")?;
    browser.press_selector("button.time")?;
    for (field, text) in details_of(NAME).into_iter().filter(|(field, _)| *field != "behalf") {
        browser.fill(field, text)?;
    }
    browser.press("Συνέχεια")?;
    browser.reads("Ελέγξτε και οριστικοποιήστε")?;
    browser.press("Συγκατατίθεμαι – Οριστικοποίηση")?;
    browser.reads("Το ραντεβού σας κλείστηκε")?;
    let shown = browser.picture()?.qr()?.context("no QR code on the page")?;
    shown.parse::<BookingCode>().map_err(|_| anyhow::anyhow!("{shown} is no booking code"))?;
    Ok(())
}

/// What the confirmation says: the code and the time, and nothing personal where it does not belong.
fn read_confirmation(mail: &ReceivedMail) -> Result<(BookingCode, DateTime<Utc>)> {
    ensure!(mail.subject == "Το ραντεβού σας", "the subject says: {}", mail.subject);
    let html = mail.text("text/html")?;
    ensure!(html.contains("Ελένη") || !html.contains("<script"), "a script in a mail");
    let calendar = mail.text("text/calendar")?;
    ensure!(calendar.contains("BEGIN:VEVENT") && calendar.contains("UID:"), "{calendar}");
    let picture = mail.inline_picture()?.qr()?.context("no QR code in the mail")?;
    let code: BookingCode = picture.parse().map_err(|_| anyhow::anyhow!("{picture} is no booking code"))?;
    Ok((code, calendar_start(&calendar)?))
}

/// `DTSTART:20261125T073000Z`, the only form that needs no table of zones.
fn calendar_start(calendar: &str) -> Result<DateTime<Utc>> {
    let line = calendar.lines().find(|line| line.starts_with("DTSTART")).context("no DTSTART")?;
    let value = line.rsplit_once(':').context("no value")?.1.trim();
    let stamp = chrono::NaiveDateTime::parse_from_str(value, "%Y%m%dT%H%M%SZ");
    Ok(stamp.ok().with_context(|| format!("not in UTC: {line}"))?.and_utc())
}

/// The desks of the day that the clock was set to.
fn open_desks(cast: &Cast) -> Result<()> {
    cast.house.hub.answers()?;
    for desk in &cast.desks {
        let answer = cast.staff.at_desk(*desk, "open", &serde_json::json!({}))?;
        // A desk that the night has not closed is open already.
        ensure!(answer.status < 300 || answer.status == 409, "{}", answer.body);
    }
    Ok(())
}
