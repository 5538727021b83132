//! Warns by mail of a holiday that is kept on another day, well before that day can be booked: once for each office and year,
//! unless the office has said by then what it does.

use chrono::{DateTime, Utc};
use keepers::Alerts;
use office::calendar;
use post::Alert;
use writer::{Clock, OfficeHandle};

/// Watches for ever.
pub async fn keep(clock: Clock, alerts: Alerts) {
    loop {
        let now = clock.now();
        for alert in alerts.offices.iter().filter_map(|office| unsaid(office, now)) {
            alerts.raise(alert, now).await;
        }
        let next =
            |office: &OfficeHandle| office.config(|config| calendar::next_holiday_to_move(config, now)).flatten();
        let Some(next) = alerts.offices.iter().filter_map(|office| next(office)).min() else { return };
        clock.sleep_until(next).await;
    }
}

/// What an office has not said yet of a holiday that moves.
fn unsaid(office: &OfficeHandle, now: DateTime<Utc>) -> Option<Alert> {
    let moved = office.config(|config| calendar::holiday_to_move(config, now)).flatten()?;
    Some(Alert::HolidayMoves { office: office.key.to_string(), own: moved.from, kept: moved.to })
}
