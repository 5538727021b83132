//! The bookings of the day, made by telephone before it begins: staff type them in.

use anyhow::Result;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Europe::Athens;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use tests::{
    hub::Hub,
    staff::{DeskBooking, OFFICE, Staff},
};

/// Which services are booked, and every how many minutes one of them.
const BOOKED: [(&str, i64); 3] = [("family-status", 25), ("criminal-record", 35), ("driving-licence", 60)];
/// One in so many does not come.
const ABSENT_ONE_IN: u32 = 9;
/// How long before their time people come, and how late the latest do, in minutes.
const EARLY_MINUTES_MAX: i64 = 12;
const LATE_MINUTES_MAX: i64 = 3;
/// A long service that begins late, so that the next booked citizen at the only desk for both is kept waiting, and the
/// clerk is asked to interrupt (TRN-13): service, minutes after the opening of the doors, and when they come.
const ARRANGED: [(&str, i64, i64); 2] = [("disability-card", 0, 7), ("driving-licence", 30, -3)];

/// Somebody who has a booking, and when they will come in.
#[derive(Debug, Clone)]
pub struct BookedGuest {
    /// What stands in the QR code.
    pub code: String,
    /// The promised time.
    pub start: DateTime<Utc>,
    /// When they come; nobody knows it but they.
    pub comes_at: DateTime<Utc>,
}

/// Books the day from this time on; those who will come, in the order of their coming.
pub fn book(hub: &Hub, from: DateTime<Utc>) -> Result<Vec<BookedGuest>> {
    let staff = Staff::admin(hub)?;
    let day = from.with_timezone(&Athens).date_naive();
    let mut dice = ChaCha8Rng::seed_from_u64(day.to_epoch_days().unsigned_abs().into());
    let mut expected = Vec::new();
    for (service, after, comes) in ARRANGED {
        if let Some(booked) = book_at(&staff, service, day, from + TimeDelta::minutes(after))? {
            expected.push(BookedGuest {
                comes_at: booked.start + TimeDelta::minutes(comes),
                start: booked.start,
                code: booked.code,
            });
        }
    }
    for (service, every) in BOOKED {
        let mut at = from;
        while let Some(booked) = book_at(&staff, service, day, at)? {
            at = booked.start + TimeDelta::minutes(every);
            let comes = dice.random_range(-EARLY_MINUTES_MAX..=LATE_MINUTES_MAX);
            if dice.random_range(0..ABSENT_ONE_IN) > 0 {
                let (code, start) = (booked.code, booked.start);
                expected.push(BookedGuest { code, start, comes_at: start + TimeDelta::minutes(comes) });
            }
        }
    }
    expected.sort_by_key(|one| one.comes_at);
    Ok(expected)
}

/// Books the first free time of the day from `from` on.
fn book_at(staff: &Staff, service: &str, day: NaiveDate, from: DateTime<Utc>) -> Result<Option<DeskBooking>> {
    let Some(slot) = staff.slots(service, day, 1)?.into_iter().find(|slot| slot.start >= from) else {
        return Ok(None);
    };
    let name = "Μαρία Γεωργίου";
    let wish = json!({ "service": service, "start": slot.start, "name": name, "email": "maria@example.gr" });
    Ok(Some(staff.client().post(&format!("/api/v1/offices/{OFFICE}/bookings"), &wish)?.json()?))
}
