//! The public counters (PRE-09): conferences and participants, in all, today, now. They follow from what is kept, so that they
//! are right at once after a restart and across midnight.

use body::BodyConfig;
use chrono::{DateTime, Days, NaiveTime, Utc};
use office::calendar::instant_from;
use store::{ConferenceFigures, ReadError, Readers};

/// The counters as they are at a moment, and when time itself changes them next.
///
/// # Errors
/// That the hub cannot read.
pub async fn read(
    readers: &Readers,
    body: &BodyConfig,
    now: DateTime<Utc>,
) -> Result<(ConferenceFigures, DateTime<Utc>), ReadError> {
    let today = body.day_of(now);
    let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
    let [midnight, next] = [today, tomorrow].map(|day| instant_from(body.zone, day.and_time(NaiveTime::MIN)));
    readers
        .read(move |store| {
            let turns = store.conference_turns_at(now)?;
            Ok((store.conference_figures(midnight, now)?, turns.map_or(next, |at| at.min(next))))
        })
        .await
}
