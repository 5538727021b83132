//! The day of the pictures: an office whose clock all but stands still, and the bookings with which people come.

use anyhow::{Context, Result};
use chrono::{DateTime, TimeDelta, Utc};
use tests::{
    house::House,
    hub::{Mails, Setting},
    staff::{DeskBooking, Staff},
    wait,
};

/// So slow that every picture shows the hour that was set.
const SPEED: f64 = 0.001;

/// Opens the office before its day begins.
///
/// # Errors
/// When the hub does not start.
pub fn open(mails: Mails) -> Result<House> {
    House::open(setting(mails)?)
}

/// The same of an office that belongs to a body, which takes requests and certifies.
///
/// # Errors
/// When the hub does not start.
pub fn open_of_body(mails: Mails) -> Result<House> {
    House::open(Setting { body: true, ..setting(mails)? })
}

fn setting(mails: Mails) -> Result<Setting> {
    Ok(Setting { speed: SPEED, mails, office: strict, ..Setting::tuesday("07:00")? })
}

/// The sample office with its rules in full force, so that their screens are met too.
fn strict(office: String) -> String {
    let phase = |rule| format!("\n[[rules.phases]]\nrule = \"{rule}\"\nstrict_from = \"2026-01-01\"\n");
    format!("{office}{}{}", phase("late"), phase("walk-in"))
}

/// Turns the clock of the office to another time of its Tuesday.
///
/// # Errors
/// When the hub does not come back.
pub fn turn_to(house: &mut House, time: &str) -> Result<()> {
    turn_to_later_day(house, 0, time)
}

/// The same, so many days after its Tuesday.
///
/// # Errors
/// When the hub does not come back.
pub fn turn_to_later_day(house: &mut House, days: i64, time: &str) -> Result<()> {
    let at = Setting::tuesday(time)?.at + TimeDelta::days(days);
    house.hub.stop()?;
    house.hub.set_clock(at);
    house.hub.run()?;
    house.hub.answers()
}

/// So fast that a morning is over soon.
const HURRY: f64 = 600.0;

/// Lets the hours until another time of its Tuesday pass, with the hub at work: nobody is late after an outage.
///
/// # Errors
/// When the hub does not come back.
pub fn pass_to(house: &mut House, time: &str) -> Result<()> {
    let (from, to) = (house.hub.now()?, Setting::tuesday(time)?.at);
    house.hub.stop()?;
    house.hub.set_clock(from);
    house.hub.set_speed(HURRY);
    house.hub.run()?;
    house.hub.answers()?;
    // Its clock goes on while it stops, and must not have passed the hour of the pictures by then.
    let almost = to - TimeDelta::minutes(5);
    wait::until("the morning is over", || house.hub.now().ok().filter(|now| *now >= almost))?;
    house.hub.set_speed(SPEED);
    turn_to(house, time)
}

/// Opens every desk: nobody is late for an office that is not there either.
///
/// # Errors
/// When the hub refuses.
pub fn open_desks(house: &House) -> Result<()> {
    let staff = Staff::admin(&house.hub)?;
    staff.floor()?.desks.iter().try_for_each(|desk| staff.open_desk(desk.number))
}

/// Lets people wait, and be served at every desk.
///
/// # Errors
/// When the hub refuses.
pub fn begin(house: &House) -> Result<()> {
    let staff = Staff::admin(&house.hub)?;
    let kiosk = house.plain_kiosk()?;
    let desks = staff.floor()?.desks;
    for service in ["signature", "driving-licence", "family-status", "certified-copy", "criminal-record", "signature"] {
        kiosk.take_ticket(service)?;
    }
    for desk in &desks {
        let answer = staff.call(desk.number, None, false)?;
        if let Ok(call) = answer.json::<wire::CallAnswer>() {
            staff.with_visit(desk.number, "appeared", call.visit)?;
        }
    }
    Ok(())
}

/// What a citizen can come with.
#[derive(Debug, Clone)]
pub struct Codes {
    /// For later today.
    pub early: DeskBooking,
    /// For now.
    pub in_time: DeskBooking,
    /// For an hour ago, twice: one is given up.
    pub late: [DeskBooking; 2],
}

/// Codes that are refused on every screen.
#[derive(Debug, Clone)]
pub struct RefusedCodes {
    /// For tomorrow.
    pub other_day: DeskBooking,
    /// Cancelled.
    pub cancelled: DeskBooking,
}

const SERVICES: [&str; 2] = ["family-status", "criminal-record"];

/// Books what one walk through the kiosk needs, at ten o'clock.
///
/// # Errors
/// When a time cannot be had.
pub fn book(staff: &Staff, nth: usize) -> Result<Codes> {
    let service = SERVICES[nth % SERVICES.len()];
    let at = |time| Ok::<_, anyhow::Error>(Setting::tuesday(time)?.at);
    Ok(Codes {
        early: book_from(staff, service, at("11:30")?)?,
        in_time: book_from(staff, service, at("10:00")?)?,
        late: [book_from(staff, service, at("08:30")?)?, book_from(staff, service, at("08:30")?)?],
    })
}

/// Books what is refused.
///
/// # Errors
/// When a time cannot be had.
pub fn book_refused(staff: &Staff) -> Result<RefusedCodes> {
    let noon = Setting::tuesday("12:00")?.at;
    let other_day = book_from(staff, SERVICES[0], noon + TimeDelta::days(1))?;
    let cancelled = book_from(staff, SERVICES[0], noon)?;
    staff.cancel(&cancelled.reference)?;
    Ok(RefusedCodes { other_day, cancelled })
}

fn book_from(staff: &Staff, service: &str, from: DateTime<Utc>) -> Result<DeskBooking> {
    let slots = staff.slots(service, from.date_naive(), 1)?;
    let slot = slots.into_iter().find(|slot| slot.start >= from).with_context(|| format!("no time for {service}"))?;
    staff.book(service, slot.start, "Ελένη Παπαδοπούλου")
}
