//! Late, by the rule as it is enforced: cancelled by itself with a mail, or served at the end of the day, as was chosen at
//! booking; and only a warning while the rule is tolerated.

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use tests::{
    booking::Citizen,
    device::pair_without_screen,
    house::PlainKiosk,
    staff::{OFFICE, Staff},
};
use wire::DeviceKind;

use crate::place::Place;

fn strict(office: String) -> String {
    office.replace("[rules]\n", "[rules]\nphases = [{ rule = \"late\", strict_from = \"2026-01-01\" }]\n")
}

/// Books online with a choice for being late; the code for the kiosk, and the booked time.
fn book(place: &Place, email: &str, choice: &str) -> Result<(String, DateTime<Utc>)> {
    let citizen = Citizen::new(place.hub.client(), email);
    citizen.ask_for_link()?;
    citizen.open_link(&place.post.wait_for(email, 0)?.link(&format!("{}/book/start/", place.hub.base()))?)?;
    let times = citizen.times(OFFICE, "driving-licence")?;
    let time = times.get(2).context("a time")?;
    let held = citizen.held(&citizen.press_time(OFFICE, "driving-licence", time)?)?;
    let details = citizen.open(held.page())?;
    let mut fields = tests::booking::details_of("Αργυρώ Αργοπορημένη").to_vec();
    fields.push(("if-late", choice));
    let checked = citizen.send(&details.body, held.page(), &fields)?;
    let review = citizen.open(&checked.location.context("a review")?)?;
    let agreed = citizen.send(&review.body, &format!("{}/confirm", held.page()), &[("consent", "yes")])?;
    ensure!(agreed.status < 400, "{}", agreed.body);
    let mail = place.post.wait_for(email, 1)?;
    let code = mail.inline_picture()?.qr()?.context("no QR code")?;
    Ok((code, time.parse()?))
}

/// Shortly before the booked time the desks are open.
fn opened_in_time(place: &mut Place, start: DateTime<Utc>) -> Result<PlainKiosk> {
    place.hub.stop()?;
    place.hub.set_clock(start - TimeDelta::minutes(1));
    place.hub.run()?;
    let staff = Staff::admin(&place.hub)?;
    staff.open_desk(3)?;
    staff.open_desk(4)?;
    let kiosk = PlainKiosk::new(pair_without_screen(&place.hub, DeviceKind::Kiosk, "Είσοδος")?);
    Ok(kiosk)
}

#[test]
fn trn_05_trn_12_strict_a_late_booking_is_cancelled_by_itself_with_a_mail() -> Result<()> {
    let mut place = Place::open("08:00", strict)?;
    let (_, start) = book(&place, "anew@example.gr", "book-anew")?;
    let _kiosk = opened_in_time(&mut place, start)?;
    // Time runs fast until the grace is over; a hub that were stopped in between would have an outage to its name.
    place.hub.stop()?;
    place.hub.set_speed(200.0);
    place.hub.run()?;
    let text = place.post.wait_for("anew@example.gr", 2)?.text("text/plain")?;
    ensure!(text.contains("Η ώρα του ραντεβού σας πέρασε"), "{text}");
    ensure!(text.contains("/book?office=kep&service=driving-licence"), "{text}");
    place.close()
}

#[test]
fn trn_05_trn_12_strict_who_chose_so_is_served_at_the_end_of_the_day() -> Result<()> {
    let mut place = Place::open("08:00", strict)?;
    let (code, start) = book(&place, "end@example.gr", "end-of-day")?;
    let kiosk = opened_in_time(&mut place, start)?;
    let kiosk = late_arrival(&mut place, kiosk, &code, start)?;
    let floor = Staff::admin(&place.hub)?.floor()?;
    let visit = floor.visits.iter().find(|visit| visit.number == "P001").context("not in the house")?;
    drop(kiosk);
    // TRN-03: beyond that the clerk may still admit.
    place.sign_in()?;
    place.staff(&format!("visits/{}", visit.visit))?;
    place.browser.reads("Ήρθε μετά την ώρα του ραντεβού")?;
    place.judge_here("card-late")?;
    place.browser.press("Να γίνει δεκτός στη θέση του")?;
    place.browser.no_longer_reads("Ήρθε μετά την ώρα του ραντεβού")?;
    place.close()
}

#[test]
fn trn_12_tolerant_who_is_late_keeps_the_place_with_a_warning() -> Result<()> {
    let mut place = Place::open("08:00", std::convert::identity)?;
    let (code, start) = book(&place, "tolerated@example.gr", "book-anew")?;
    let kiosk = opened_in_time(&mut place, start)?;
    late_arrival(&mut place, kiosk, &code, start)?;
    let exported = place.hub.command("export")?.output()?;
    let journal = String::from_utf8_lossy(&exported.stdout).into_owned();
    ensure!(journal.contains("tolerated"), "the warning is an event: {}", json!(journal.len()));
    place.close()
}

/// Comes when the grace is long over, and is taken.
fn late_arrival(place: &mut Place, kiosk: PlainKiosk, code: &str, start: DateTime<Utc>) -> Result<PlainKiosk> {
    place.hub.stop()?;
    place.hub.set_speed(200.0);
    place.hub.run()?;
    tests::wait::until("the grace is over", || (place.hub.now().ok()? > start + TimeDelta::minutes(30)).then_some(()))?;
    let taken = kiosk.check_in(code)?;
    ensure!(taken.status == 200, "{}", taken.body);
    Ok(kiosk)
}
