//! Bad input: every one has a clear answer, and nothing is lost or broken by it.

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use serde_json::json;
use tests::{
    house::{House, ticket_request, tickets_path},
    hub::{Hub, Setting},
    staff::{OFFICE, Staff},
};
use uuid::Uuid;
use wire::ProblemCode;

fn tuesday() -> Result<House> {
    House::open(Setting::tuesday("10:00")?)
}

#[test]
fn unknown_and_foreign_codes_are_told_apart() -> Result<()> {
    let house = tuesday()?;
    let kiosk = house.plain_kiosk()?;
    for (code, expect) in [
        ("22222222", ProblemCode::UnknownCode),
        ("Q1:1:261124:22222222:33333333", ProblemCode::UnknownCode),
        ("https://example.org/", ProblemCode::UnknownCode),
        ("4006381333931", ProblemCode::UnknownCode),
        ("", ProblemCode::UnknownCode),
        ("ΑΒΓΔΕΖΗΘ", ProblemCode::UnknownCode),
    ] {
        let answer = kiosk.check_in(code)?;
        ensure!(answer.problem()?.code == expect, "{code:?}: {}", answer.body);
        ensure!(!answer.problem()?.detail.is_empty(), "{code:?}: no sentence");
    }
    Ok(())
}

#[test]
fn a_code_of_another_office_or_another_day_or_cancelled_says_so() -> Result<()> {
    let house = tuesday()?;
    let (staff, kiosk) = (Staff::admin(&house.hub)?, house.plain_kiosk()?);
    let service = kiosk.open_service()?.key;
    let today = house.hub.now()?.date_naive();
    let later = staff.slots(&service, today + TimeDelta::days(1), 14)?.first().copied().context("no free time")?;

    let tomorrow = staff.book(&service, later.start, "Ελένη Παπαδοπούλου")?;
    let answer = kiosk.check_in(&tomorrow.code)?;
    ensure!(answer.problem()?.code == ProblemCode::OtherDay, "{}", answer.body);
    ensure!(answer.problem()?.at == Some(later.start), "it does not say when: {}", answer.body);
    let typed = kiosk.check_in(&tomorrow.reference)?;
    ensure!(typed.problem()?.code == ProblemCode::OtherDay, "{}", typed.body);

    staff.cancel(&tomorrow.reference)?;
    let answer = kiosk.check_in(&tomorrow.code)?;
    ensure!(answer.problem()?.code == ProblemCode::BookingCancelled, "{}", answer.body);

    let foreign = tomorrow.code.replacen("Q1:", "Q1:9", 1);
    let answer = kiosk.check_in(&foreign)?;
    ensure!(
        matches!(answer.problem()?.code, ProblemCode::OtherOffice | ProblemCode::UnknownCode),
        "{foreign}: {}",
        answer.body
    );
    Ok(())
}

#[test]
fn a_device_without_a_token_or_with_a_wrong_one_is_not_let_in() -> Result<()> {
    let house = tuesday()?;
    let service = house.plain_kiosk()?.open_service()?.key;
    for client in [house.hub.client(), house.hub.client().with_token("0123456789abcdef")] {
        let answer = client.post(&tickets_path(), &ticket_request(&service))?;
        ensure!(answer.status == 401 && answer.problem()?.code == ProblemCode::NotSignedIn, "{}", answer.body);
        let feed = client.get(&format!("/api/v1/offices/{OFFICE}/feeds/floor"))?;
        ensure!(feed.status == 401 || feed.status == 403, "the floor is open to all: {}", feed.body);
    }
    Ok(())
}

#[test]
fn a_kiosk_may_not_do_what_clerks_do() -> Result<()> {
    let house = tuesday()?;
    let kiosk = house.plain_kiosk()?;
    let answer = kiosk.client().post(&format!("/api/v1/offices/{OFFICE}/desks/1/calls"), &json!({}))?;
    ensure!(answer.status == 403 && answer.problem()?.code == ProblemCode::NotAllowed, "{}", answer.body);
    Ok(())
}

#[test]
fn json_that_is_none_and_bodies_too_large_are_refused() -> Result<()> {
    let house = tuesday()?;
    let kiosk = house.plain_kiosk()?;
    let name = || Some(Uuid::from_u128(rand::random()));
    let noise: Vec<u8> = (0..=255).cycle().take(300).collect();
    let bodies: [&[u8]; 6] = [b"", b"{", b"null", b"{\"service\":7}", b"{\"service\":\"x\",\"price\":1}", &noise];
    for body in bodies {
        let answer = kiosk.client().post_bytes(&tickets_path(), "application/json", body, name())?;
        ensure!(answer.problem()?.code == ProblemCode::Malformed, "{body:?}: {} {}", answer.status, answer.body);
    }
    let large = vec![b' '; 1_000_000];
    let answer = kiosk.client().post_bytes(&tickets_path(), "application/json", &large, name())?;
    ensure!(answer.status == 413, "{} {}", answer.status, answer.body);
    Ok(())
}

#[test]
fn a_time_in_the_past_or_never_offered_is_refused() -> Result<()> {
    let house = tuesday()?;
    let (staff, kiosk) = (Staff::admin(&house.hub)?, house.plain_kiosk()?);
    let service = kiosk.open_service()?.key;
    let now = house.hub.now()?;
    let at = |start| {
        staff.client().post(
            &format!("/api/v1/offices/{OFFICE}/bookings"),
            &json!({ "service": service, "start": start, "name": "Νίκος Γεωργίου" }),
        )
    };
    let past = at(now - TimeDelta::days(1))?;
    ensure!(past.problem()?.code == ProblemCode::SlotInPast, "{}", past.body);
    let night = at((now + TimeDelta::days(1)).date_naive().and_hms_opt(1, 0, 0).context("a time")?.and_utc())?;
    ensure!(night.problem()?.code == ProblemCode::SlotNotOffered, "{}", night.body);
    Ok(())
}

#[test]
fn long_names_and_scripts_do_no_harm() -> Result<()> {
    let house = tuesday()?;
    let (staff, kiosk) = (Staff::admin(&house.hub)?, house.plain_kiosk()?);
    let service = kiosk.open_service()?.key;
    let today = house.hub.now()?.date_naive();
    let free = staff.slots(&service, today + TimeDelta::days(1), 14)?;
    let book = |name: &str, at: usize| -> Result<_> {
        let start = free.get(at).context("no free time")?.start;
        let wish = json!({ "service": service, "start": start, "name": name });
        staff.client().post(&format!("/api/v1/offices/{OFFICE}/bookings"), &wish)
    };
    let long = book(&"Α".repeat(10_000), 0)?;
    ensure!(long.problem()?.code == ProblemCode::TooLarge, "{}", long.body);
    for name in ["", "   ", "a\u{0}b", "a\nb"] {
        let answer = book(name, 0)?;
        ensure!(answer.problem()?.code == ProblemCode::Malformed, "{name:?}: {}", answer.body);
    }
    let script = book("<script>alert(1)</script>", 0)?;
    ensure!(script.status < 300, "a strange name is still a name: {}", script.body);
    let page = staff.client().get("/")?;
    ensure!(!page.body.contains("<script>alert"), "the front page runs it");
    Ok(())
}

#[test]
fn a_second_hub_on_the_same_file_is_refused_and_the_first_goes_on() -> Result<()> {
    let house = tuesday()?;
    let kiosk = house.plain_kiosk()?;
    let mut second = house.hub.command("rehearse")?;
    let output = second.args(["--at", "2026-11-24T10:00:00+02:00", "--speed", "1"]).output()?;
    ensure!(!output.status.success(), "a second hub runs on the same file");
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(said.contains("seira.db"), "it does not name the file: {said}");
    kiosk.take_ticket(&kiosk.open_service()?.key)?;
    Ok(())
}

#[test]
fn prom_03_a_full_disk_is_said_and_loses_nothing() -> Result<()> {
    let mut house = tuesday()?;
    let kiosk = house.plain_kiosk()?;
    let service = kiosk.open_service()?.key;
    house.hub.stop()?;
    house.hub.wrap(&["prlimit", &format!("--fsize={}", room(&house.hub)?)]);
    house.hub.run()?;
    let mut given = Vec::new();
    let refused = loop {
        let answer = kiosk.ask_ticket(&service)?;
        if answer.status >= 300 {
            break answer;
        }
        given.push(answer.json::<wire::TicketAnswer>()?.number);
        ensure!(given.len() < 5_000, "the disk never fills up");
    };
    ensure!(refused.problem()?.code == ProblemCode::StorageFull, "{}", refused.body);
    house.hub.kill()?;
    house.hub.wrap(&[]);
    house.hub.verify()?;
    house.hub.run()?;
    let there: Vec<String> = Staff::admin(&house.hub)?.floor()?.visits.into_iter().map(|visit| visit.number).collect();
    for number in &given {
        ensure!(there.contains(number), "{number} was given and is lost");
    }
    kiosk.take_ticket(&service).context("with room again")?;
    Ok(())
}

/// Bytes that a file of this hub may have, so that it is soon full: its largest one now, and a little.
fn room(hub: &Hub) -> Result<u64> {
    let files = std::fs::read_dir(hub.folder())?.filter_map(|file| file.ok()?.metadata().ok());
    let largest = files.map(|file| file.len()).max().context("no file")?;
    Ok(largest + 400_000)
}
