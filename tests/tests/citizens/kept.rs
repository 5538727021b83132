//! What is kept, for how long, and what is not: a time that lapses, a refusal, an erasing, a night.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use serde_json::json;
use tests::{
    booking::{Citizen, details_of},
    hub::{Hub, Setting},
    mail::MailServer,
    staff::Staff,
};

/// Where none of it may be: every byte of the hub's folder, the database with its free pages, the write-ahead file, the
/// log, and what was sent up.
pub fn traces(folder: &Path, words: &[&str]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(traces(&path, words)?);
            continue;
        }
        let bytes = fs::read(&path)?;
        for word in words {
            let is_there = bytes.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()));
            if is_there {
                found.push(format!("{word} in {}", path.display()));
            }
        }
    }
    Ok(found)
}

/// A hub and its mail, without a browser.
pub struct CitizenScene {
    /// The hub.
    pub hub: Hub,
    /// Where its mails go.
    pub post: MailServer,
    _folder: tempfile::TempDir,
}

/// Sets it up on a Tuesday morning.
pub fn scene() -> Result<CitizenScene> {
    scene_of(std::convert::identity)
}

/// The same, of an office that differs from the sample.
pub fn scene_of(office: fn(String) -> String) -> Result<CitizenScene> {
    scene_with(office, false)
}

/// The same, of an office that belongs to a body.
pub fn scene_of_body(office: fn(String) -> String) -> Result<CitizenScene> {
    scene_with(office, true)
}

fn scene_with(office: fn(String) -> String, body: bool) -> Result<CitizenScene> {
    let folder = tempfile::TempDir::with_prefix("seira-kept-")?;
    fs::create_dir(folder.path().join("post"))?;
    let post = MailServer::start(&folder.path().join("post"))?;
    let setting = Setting { mails: tests::hub::Mails::Smtp(post.port()), office, body, ..Setting::tuesday("09:00")? };
    let hub = Hub::start(&folder.path().join("hub"), setting)?;
    Ok(CitizenScene { hub, post, _folder: folder })
}

impl CitizenScene {
    /// Somebody whose address is proven.
    pub fn proven(&self, email: &str) -> Result<Citizen> {
        let citizen = Citizen::new(self.hub.client(), email);
        let before = self.post.count(email)?;
        citizen.ask_for_link()?;
        let mail = self.post.wait_for(email, before)?;
        let link = mail.link(&format!("{}/book/start/", self.hub.base()))?;
        citizen.open_link(link.strip_prefix(&self.hub.base()).context("a link to the hub")?)?;
        Ok(citizen)
    }
}

const NAME: &str = "Ξανθίππη Μοναδική";
const WORDS: [&str; 4] = ["refuses@", "Ξανθίππη", "Μοναδική", "6940000000"];

#[test]
fn omb_11_a_refusal_leaves_nothing_in_any_byte() -> Result<()> {
    let mut scene = scene()?;
    let citizen = scene.proven("refuses@example.gr")?;
    let times = citizen.times("kep", "criminal-record")?;
    let first = times.first().context("a time")?;
    let held = citizen.held(&citizen.press_time("kep", "criminal-record", first)?)?;
    ensure!(!citizen.times("kep", "criminal-record")?.contains(first) || times.len() > 1, "the time is kept");
    citizen.decline(&held, NAME)?;
    ensure!(citizen.times("kep", "criminal-record").is_err(), "the proof is given back too");
    let found = traces(scene.hub.folder(), &WORDS)?;
    ensure!(found.is_empty(), "while the hub runs: {found:?}");
    scene.hub.stop()?;
    let found = traces(scene.hub.folder(), &WORDS)?;
    ensure!(found.is_empty(), "after it stopped: {found:?}");
    scene.hub.verify()?;
    Ok(())
}

#[test]
fn fld_23_thirty_days_after_the_visit_nothing_personal_is_left() -> Result<()> {
    let mut scene = scene()?;
    let citizen = scene.proven("refuses@example.gr")?;
    let times = citizen.times("kep", "criminal-record")?;
    let held = citizen.held(&citizen.press_time("kep", "criminal-record", times.last().context("a time")?)?)?;
    citizen.confirm(&held, NAME)?;
    scene.post.wait_for("refuses@example.gr", 1)?;
    ensure!(!traces(scene.hub.folder(), &WORDS)?.is_empty(), "a booking is kept");
    scene.hub.stop()?;
    let now = scene.hub.now()?;
    scene.hub.set_clock(now + TimeDelta::days(29));
    scene.hub.run()?;
    scene.hub.answers()?;
    scene.hub.stop()?;
    ensure!(!traces(scene.hub.folder(), &WORDS)?.is_empty(), "it is kept for thirty days");
    scene.hub.set_clock(now + TimeDelta::days(32));
    scene.hub.run()?;
    tests::wait::until("the night's erasing", || {
        traces(scene.hub.folder(), &WORDS).ok().filter(Vec::is_empty).map(drop)
    })?;
    scene.hub.stop()?;
    scene.hub.verify()?;
    Ok(())
}

#[test]
fn fld_14_fld_23_what_is_kept_of_somebody_whose_time_staff_moved_ends_after_the_new_time() -> Result<()> {
    let mut scene = scene()?;
    let now = scene.hub.now()?;
    let staff = Staff::admin(&scene.hub)?;
    let first = |days: i64| -> Result<_> {
        let times = staff.slots("criminal-record", (now + TimeDelta::days(days)).date_naive(), 7)?;
        Ok(times.first().context("a time")?.start)
    };
    let booking = staff.book("criminal-record", first(1)?, NAME)?;
    let path = format!("/api/v1/offices/kep/bookings/{}/moves", booking.reference);
    let later = first(14)?;
    ensure!(staff.client().post(&path, &json!({ "start": later }))?.status == 200, "it moves");
    // Somebody else keeps the old time, and is forgotten in the night in which the other would have been.
    staff.book("criminal-record", first(1)?, "Πολυξένη")?;
    for (at, gone, kept) in [(booking.start, "Πολυξένη", Some("Μοναδική")), (later, "Μοναδική", None)]
    {
        scene.hub.stop()?;
        scene.hub.set_clock(at + TimeDelta::days(32));
        scene.hub.run()?;
        tests::wait::until("the night's erasing", || {
            traces(scene.hub.folder(), &[gone]).ok().filter(Vec::is_empty).map(drop)
        })?;
        if let Some(kept) = kept {
            ensure!(!traces(scene.hub.folder(), &[kept])?.is_empty(), "the new time is {later}");
        }
    }
    Ok(())
}

#[test]
fn fld_32_a_time_that_lapses_keeps_what_was_typed() -> Result<()> {
    let mut scene = scene()?;
    let citizen = scene.proven("slow@example.gr")?;
    let times = citizen.times("kep", "criminal-record")?;
    let held = citizen.held(&citizen.press_time("kep", "criminal-record", times.first().context("a time")?)?)?;
    let page = citizen.open(held.page())?;
    let left = page.body.split("data-seconds=\"").nth(1).and_then(|rest| rest.split('"').next()?.parse::<u32>().ok());
    ensure!(
        left.is_some_and(|left| (200..=300).contains(&left)),
        "kept for five minutes, of which {left:?} s are left"
    );
    // The hub's clock goes on while the citizen writes: what was typed is in memory, so it is the same hub.
    scene.hub.stop()?;
    let now = scene.hub.now()?;
    scene.hub.set_clock(now + TimeDelta::minutes(6));
    scene.hub.run()?;
    let lapsed = citizen.send(&page.body, held.page(), &details_of(NAME))?;
    let again = lapsed.location.context("back to the times")?;
    ensure!(again.contains("lapsed=1") && again.contains("again="), "{again}");
    let chosen = citizen.open(&again)?;
    ensure!(chosen.body.contains("όσα γράψατε έχουν κρατηθεί"), "{}", chosen.body);
    let time = chosen.body.split("name=\"start\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let pressed = citizen.send(&chosen.body, "/book/kep/criminal-record", &[("start", time.context("a time")?)])?;
    ensure!(pressed.location.is_some(), "{time:?} is refused: {} {}", pressed.status, pressed.body);
    let details = citizen.open(&pressed.location.context("to the details again")?)?;
    ensure!(details.body.contains(&format!("value=\"{NAME}\"")), "the name is still there: {}", details.body);
    Ok(())
}

#[test]
fn fld_13_reminders_come_once_each_also_after_a_restart() -> Result<()> {
    const EMAIL: &str = "reminded@example.gr";
    let mut scene = scene()?;
    let citizen = scene.proven(EMAIL)?;
    let page = citizen.open("/book/kep/criminal-record?channel=in-person&day=2026-11-27")?;
    let time = page.body.split("name=\"start\" value=\"2026-11-27").nth(1).and_then(|rest| rest.split('"').next());
    let time = format!("2026-11-27{}", time.context("a time on Friday")?);
    let held = citizen.held(&citizen.press_time("kep", "criminal-record", &time)?)?;
    citizen.confirm(&held, NAME)?;
    scene.post.wait_for(EMAIL, 1)?;
    for (day, count) in [("2026-11-25", 3), ("2026-11-26", 4)] {
        scene.hub.stop()?;
        scene.hub.set_clock(format!("{day}T10:00:30+02:00").parse().ok().context("a time")?);
        scene.hub.run()?;
        let mail = scene.post.wait_for(EMAIL, count - 1)?;
        ensure!(mail.subject == "Υπενθύμιση ραντεβού", "the subject says: {}", mail.subject);
        ensure!(mail.text("text/plain")?.contains("Παρασκευή 27 Νοεμβρίου"), "{}", mail.text("text/plain")?);
        // It is given up from the mail: the link leads to the button.
        let link = mail.link(&format!("{}/booking/", scene.hub.base()))?;
        let page = scene.hub.client().get(link.strip_prefix(&scene.hub.base()).context("a link to the hub")?)?;
        ensure!(page.body.contains("/cancel\""), "{}", page.body);
    }
    scene.hub.stop()?;
    scene.hub.run()?;
    scene.hub.answers()?;
    // Another mail is asked for and comes: what was still to come for this one would have come before it.
    scene.proven("later@example.gr")?;
    ensure!(scene.post.count(EMAIL)? == 4, "each reminder once: {}", scene.post.count(EMAIL)?);
    scene.hub.verify()?;
    Ok(())
}

#[test]
fn fld_13_a_booking_that_was_moved_is_reminded_of_by_its_new_day_alone() -> Result<()> {
    const EMAIL: &str = "moved@example.gr";
    let mut scene = scene()?;
    let citizen = scene.proven(EMAIL)?;
    let on = |day: &str| -> Result<String> {
        let page = citizen.open(&format!("/book/kep/criminal-record?channel=in-person&day={day}"))?;
        let time = page.body.split(&format!("name=\"start\" value=\"{day}")).nth(1);
        let rest = time.and_then(|rest| rest.split('"').next()).with_context(|| format!("a time on {day}"))?;
        Ok(format!("{day}{rest}"))
    };
    let held = citizen.held(&citizen.press_time("kep", "criminal-record", &on("2026-11-27")?)?)?;
    let link = crate::bounds::link_of(&citizen.confirm(&held, NAME)?)?;
    let monday = on("2026-11-30")?;
    let change = format!("{link}/change");
    let moved = scene.hub.client().post_form(&change, &change, &[("start", &monday)])?;
    ensure!(moved.status == 303, "{}: {}", moved.status, moved.body);
    scene.post.wait_for(EMAIL, 2)?;
    for (day, mails) in [("2026-11-25", 3), ("2026-11-26", 3), ("2026-11-28", 4), ("2026-11-29", 5)] {
        scene.hub.stop()?;
        scene.hub.set_clock(format!("{day}T10:00:30+02:00").parse().ok().context("a time")?);
        scene.hub.run()?;
        if mails > 3 {
            let text = scene.post.wait_for(EMAIL, mails - 1)?.text("text/plain")?;
            ensure!(text.contains("Δευτέρα 30 Νοεμβρίου"), "{day}: {text}");
        }
        // Another mail is asked for and comes: what was still to come for this one would have come before it.
        scene.proven(&format!("later-{day}@example.gr"))?;
        ensure!(scene.post.count(EMAIL)? == mails, "{day}: {} mails", scene.post.count(EMAIL)?);
    }
    Ok(())
}

#[test]
fn omb_08_a_time_is_kept_longer_ten_times_and_no_more() -> Result<()> {
    let scene = scene()?;
    let citizen = scene.proven("patient@example.gr")?;
    let times = citizen.times("kep", "criminal-record")?;
    let held = citizen.held(&citizen.press_time("kep", "criminal-record", times.first().context("a time")?)?)?;
    let extend = format!("{}/extend", held.page());
    for nth in 1..=10 {
        let page = citizen.open(held.page())?;
        ensure!(page.body.contains(&format!("formaction=\"{extend}\"")), "press {nth} is offered");
        let answer = citizen.send(&page.body, &extend, &details_of(&format!("Υπομονή {nth}")))?;
        ensure!(answer.location.as_deref() == Some(held.page()), "press {nth}: {} {}", answer.status, answer.body);
    }
    let page = citizen.open(held.page())?;
    ensure!(!page.body.contains("formaction="), "no eleventh is offered");
    ensure!(!page.body.contains("Χρειάζομαι περισσότερο χρόνο"), "nor spoken of: {}", page.body);
    ensure!(page.body.contains("Υπομονή 10"), "what was typed is there: {}", page.body);
    let refused = citizen.send(&page.body, &extend, &details_of("Υπομονή 11"))?;
    ensure!(refused.status >= 400 && refused.body.contains("Υπομονή 11"), "{}: {}", refused.status, refused.body);
    citizen.confirm(&held, NAME)?;
    scene.post.wait_for("patient@example.gr", 1)?;
    Ok(())
}

#[test]
fn fld_23_an_address_that_nobody_went_on_with_is_erased_after_a_day() -> Result<()> {
    let mut scene = scene()?;
    Citizen::new(scene.hub.client(), "curious@example.gr").ask_for_link()?;
    scene.post.wait_for("curious@example.gr", 0)?;
    let now = scene.hub.now()?;
    for (hours, is_there) in [(23, true), (49, false)] {
        scene.hub.stop()?;
        scene.hub.set_clock(now + TimeDelta::hours(hours));
        scene.hub.run()?;
        scene.hub.answers()?;
        if is_there {
            ensure!(!traces(scene.hub.folder(), &["curious@"])?.is_empty(), "after {hours} hours it is kept");
        } else {
            tests::wait::until("the erasing", || {
                traces(scene.hub.folder(), &["curious@"]).ok().filter(Vec::is_empty).map(drop)
            })?;
        }
    }
    scene.hub.stop()?;
    scene.hub.verify()?;
    Ok(())
}

/// How many rows a table has, as a program sees it that is not the hub.
fn rows(scene: &CitizenScene, table: &str, which: &str) -> Result<u32> {
    let count = "import sqlite3, sys\n\
        print(sqlite3.connect(f'file:{sys.argv[1]}?mode=ro', uri=True).execute(sys.argv[2]).fetchone()[0])";
    let file = scene.hub.folder().join("seira.db");
    let sql = format!("SELECT count(*) FROM {table} WHERE {which}");
    let output = std::process::Command::new(tests::mail::PYTHON).args(["-c", count]).arg(file).arg(sql).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8_lossy(&output.stdout).trim().parse()?)
}

#[test]
fn fld_23_mails_that_were_sent_are_forgotten_by_age_and_the_journal_still_verifies() -> Result<()> {
    let mut scene = scene()?;
    let citizen = scene.proven("mailed@example.gr")?;
    let times = citizen.times("kep", "criminal-record")?;
    let held = citizen.held(&citizen.press_time("kep", "criminal-record", times.last().context("a time")?)?)?;
    citizen.confirm(&held, NAME)?;
    scene.post.wait_for("mailed@example.gr", 1)?;
    let now = scene.hub.now()?;
    scene.hub.stop()?;
    ensure!(rows(&scene, "outbox", "sent_at IS NOT NULL")? == 2, "the link and the confirmation");
    scene.hub.set_clock(now + TimeDelta::days(32));
    scene.hub.run()?;
    // What follows from the hub's long sleep is mailed now, and kept.
    let older = "kind IN ('start', 'confirmation')";
    tests::wait::until("the night's erasing", || {
        rows(&scene, "outbox", older).ok().filter(|rows| *rows == 0).map(drop)
    })?;
    scene.hub.stop()?;
    scene.hub.verify()?;
    Ok(())
}
