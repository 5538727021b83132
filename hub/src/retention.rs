//! What is kept for how long (FLD-23): each night, and at each start, what is personal and past its time is taken out. The
//! log says how many, and nothing else.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use office::{BookingLife, PersonId, calendar};

use crate::{error::WriteError, state::AppState, uploads};

/// At this hour of the first office's clock.
const HOUR: u32 = 3;
/// So many people in one transaction.
const AT_ONCE: u32 = 500;
/// The limits on links are full again long before.
const BUCKETS_KEPT: TimeDelta = TimeDelta::days(2);

/// Takes out what is due, for ever.
pub async fn keep(state: AppState) {
    loop {
        let now = state.clock.now();
        match erase(&state, now).await {
            Ok((0, 0)) => {}
            Ok((people, addresses)) => tracing::info!(people, addresses, "personal data past its time was erased"),
            Err(error) => tracing::error!(%error, "personal data could not be erased; it is tried again"),
        }
        state.clock.sleep_until(next_night(&state, now)).await;
    }
}

/// The next three o'clock at night.
fn next_night(state: &AppState, now: DateTime<Utc>) -> DateTime<Utc> {
    let zone = state.offices.iter().find_map(|office| office.config(|config| config.zone));
    let zone = zone.unwrap_or(chrono_tz::Europe::Athens);
    let hour = NaiveTime::from_hms_opt(HOUR, 0, 0).unwrap_or_default();
    let today = calendar::local_date(zone, now);
    let tonight = calendar::instant_from(zone, today.and_time(hour));
    if now < tonight {
        tonight
    } else {
        let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
        calendar::instant_from(zone, tomorrow.and_time(hour))
    }
}

/// Takes out people and addresses past their time: how many of each.
///
/// # Errors
/// If the store cannot be written.
pub async fn erase(state: &AppState, now: DateTime<Utc>) -> Result<(usize, usize), WriteError> {
    note_visits(state).await?;
    let mut people = 0;
    let mut longest = 0;
    let offices: Vec<_> = state
        .offices
        .iter()
        .filter_map(|office| {
            let days = office.config(|config| config.rules.online.personal_data_days)?;
            longest = longest.max(days);
            Some((Some(office.row), days))
        })
        .collect();
    // Whom staff booked for without a word about the office are kept as long as the longest.
    for (office, days) in offices.into_iter().chain([(None, longest)]) {
        people += erase_people(state, office, now - TimeDelta::days(days.into()), now).await?;
    }
    let addresses = erase_addresses(state, now).await?;
    state.writer.change(move |store| store.forget_buckets(now - BUCKETS_KEPT)).await?;
    Ok((people, addresses))
}

/// The visits that are still ahead, as they stand now: a booking may have been moved since it was made.
async fn note_visits(state: &AppState) -> Result<(), WriteError> {
    let mut visits: BTreeMap<PersonId, DateTime<Utc>> = BTreeMap::new();
    for office in state.offices.iter() {
        let office = office.read();
        for booking in office.bookings.values() {
            if let Some(party) = booking.life.party().filter(|_| !matches!(booking.life, BookingLife::Held { .. })) {
                visits.insert(party.person, booking.promise.start);
            }
        }
    }
    let visits: Vec<_> = visits.into_iter().collect();
    for some in visits.chunks(AT_ONCE as usize) {
        let some = some.to_vec();
        state
            .writer
            .change(move |store| some.iter().try_for_each(|(person, at)| store.note_visit(*person, *at)))
            .await?;
    }
    Ok(())
}

async fn erase_people(
    state: &AppState,
    office: Option<u32>,
    before: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<usize, WriteError> {
    let mut count = 0;
    loop {
        let erased = state.writer.change(move |store| {
            let people = store.people_before(office, before, AT_ONCE)?;
            let mut files = Vec::new();
            for person in &people {
                files.extend(store.erase_person(*person, now)?.files);
            }
            Ok((people.len(), files))
        });
        let (erased, files) = erased.await?;
        uploads::remove(&state.config, &files).await;
        if erased == 0 {
            return Ok(count);
        }
        count += erased;
    }
}

/// Addresses that were asked for and that no booking stands on.
async fn erase_addresses(state: &AppState, now: DateTime<Utc>) -> Result<usize, WriteError> {
    let hours = state.offices.iter().filter_map(|office| office.config(|config| config.rules.online.unconfirmed_hours));
    let before = now - TimeDelta::hours(hours.max().unwrap_or(24).into());
    let mut count = 0;
    loop {
        let forgotten = state.writer.change(move |store| {
            let addresses = store.addresses_before(before, AT_ONCE)?;
            for address in &addresses {
                store.forget_address(*address)?;
            }
            Ok(addresses.len())
        });
        match forgotten.await? {
            0 => return Ok(count),
            some => count += some,
        }
    }
}
