//! What a citizen with an account has booked, in every office: also what was booked before there was one, with the same
//! address.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use office::{AddressId, Booking, BookingLife, PersonId, Reference, calendar};
use secrets::{BookingKey, Holder, booking_link};
use stationery::{
    day_rows::{DayRows, day_rows},
    standing_tag::{StandingLook, StandingTag},
    state::Pages,
};
use store::{ReadError, Stored};
use text::{Dates, Voice};
use writer::OfficeHandle;

/// A booking of whoever is signed in, as the list shows it.
#[derive(Debug, Clone)]
pub struct OwnBooking {
    /// The time of day, in words.
    pub time: String,
    /// What the service is called, in the reader's language.
    pub service: String,
    /// What the office is called, in the reader's language.
    pub office: String,
    /// Where it stands.
    pub standing: StandingTag,
    /// The code that the citizen types.
    pub code: Reference,
    /// Its page, with move and cancel.
    pub link: String,
}

/// One that was found, before its link is made.
struct FoundBooking {
    start: DateTime<Utc>,
    person: PersonId,
    key: BookingKey,
    line: OwnBooking,
}

/// Everything that stands or ended a while ago, by day.
///
/// # Errors
/// If the store cannot be read.
pub async fn bookings(
    state: &Pages,
    addresses: &[AddressId],
    dates: Dates,
) -> Result<Vec<DayRows<OwnBooking>>, ReadError> {
    let Dates { voice, zone, now } = dates;
    let mut found: Vec<FoundBooking> = Vec::new();
    for handle in state.offices.iter() {
        found.extend(in_office(handle, addresses, voice, now));
    }
    found.sort_by_key(|one| one.start);
    let people: Vec<PersonId> = found.iter().map(|one| one.person).collect();
    let versions = state.readers.read(move |store| {
        let versions = people.into_iter().map(|person| Ok((person, store.link_version(person, false)?)));
        versions.collect::<Stored<BTreeMap<PersonId, u32>>>()
    });
    let versions = versions.await?;
    let rows = found.into_iter().map(|FoundBooking { start, person, mut key, mut line }| {
        key.version = versions.get(&person).copied().unwrap_or_default();
        line.link = booking_link(&state.key, &key);
        (start, line)
    });
    Ok(day_rows(rows, dates, calendar::local_date(zone, now)))
}

fn in_office(handle: &OfficeHandle, addresses: &[AddressId], voice: Voice, now: DateTime<Utc>) -> Vec<FoundBooking> {
    let office = handle.read();
    let Some(config) = &office.config else { return Vec::new() };
    let dates = Dates { voice, zone: config.zone, now };
    let is_own = |address: Option<AddressId>| address.is_some_and(|address| addresses.contains(&address));
    let line = |booking: &Booking| {
        let party = booking.life.party().filter(|party| is_own(party.address))?;
        let visit = booking.life.visit().and_then(|visit| office.visits.get(&visit));
        let look = StandingLook::of(booking, visit);
        let said = match &booking.life {
            BookingLife::Held { .. } | BookingLife::Expired { .. } => return None,
            BookingLife::Confirmed { .. } => "agent-stands",
            BookingLife::Arrived { .. } | BookingLife::Fixed { .. } if look == StandingLook::Served => "agent-served",
            BookingLife::Arrived { .. } | BookingLife::Fixed { .. } => "agent-arrived",
            BookingLife::Cancelled { .. } => "agent-cancelled",
            BookingLife::Void { .. } => "agent-void",
            BookingLife::Missed { .. } => "agent-missed",
        };
        let service = config.services.get(&booking.promise.service);
        let key =
            BookingKey { office: handle.key.to_string(), booking: booking.id, holder: Holder::Applicant, version: 0 };
        Some(FoundBooking {
            start: booking.promise.start,
            person: party.person,
            key,
            line: OwnBooking {
                time: dates.time(booking.promise.start),
                service: service.map(|service| voice.of_text(&service.name)).unwrap_or_default(),
                office: voice.of_text(&config.name),
                standing: StandingTag { said: voice.say(said), look },
                code: booking.reference.clone(),
                link: String::new(),
            },
        })
    };
    office.bookings.values().filter_map(line).collect()
}
