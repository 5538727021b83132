//! Warns before the hub's certificate ends: three weeks, one week and a day before, and on staff's pages from then on.

use std::sync::Arc;

use access::HouseAlarms;
use chrono::{DateTime, TimeDelta, Utc};
use keepers::Alerts;
use post::Alert;
use writer::Clock;

use crate::entrance::Certificates;

/// So many days before the end.
const WARNED_DAYS: [u16; 3] = [21, 7, 1];

/// Watches for ever.
pub async fn keep(certificates: Option<Arc<Certificates>>, clock: Clock, alarms: HouseAlarms, alerts: Alerts) {
    let Some(certificates) = certificates else { return };
    let mut taken = certificates.taken();
    loop {
        let end = certificates.ends_at();
        let now = clock.now();
        let within = end.and_then(|end| warned_within(end, now));
        alarms.certificate_ends(end.filter(|_| within.is_some()));
        if let (Some(end), Some(within_days)) = (end, within) {
            tracing::warn!(target: "audit", event = "certificate-ends", at = %end, "the hub's certificate ends soon");
            alerts.raise(Alert::CertificateEnds { at: end.timestamp_millis(), within_days }, now).await;
        }
        match end.and_then(|end| next_warning(end, now)) {
            Some(next) => tokio::select! {
                () = clock.sleep_until(next) => {}
                changed = taken.changed() => if changed.is_err() { return },
            },
            None => {
                if taken.changed().await.is_err() {
                    return;
                }
            }
        }
    }
}

/// Within how many days it ends, of those before which is warned.
fn warned_within(end: DateTime<Utc>, now: DateTime<Utc>) -> Option<u16> {
    WARNED_DAYS.into_iter().filter(|days| end - now <= TimeDelta::days((*days).into())).min()
}

/// When there is something to warn of next.
fn next_warning(end: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    WARNED_DAYS.into_iter().map(|days| end - TimeDelta::days(days.into())).filter(|at| *at > now).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_08_a_certificate_is_warned_of_three_weeks_a_week_and_a_day_before_its_end() {
        let end: DateTime<Utc> = "2026-12-31T00:00:00Z".parse().unwrap();
        let before = |days: i64, hours: i64| end - TimeDelta::days(days) - TimeDelta::hours(hours);
        let at = |days, hours| warned_within(end, before(days, hours));
        assert_eq!(
            (at(22, 0), at(21, 0), at(8, 0), at(7, 0), at(1, 1), at(1, 0)),
            (None, Some(21), Some(21), Some(7), Some(7), Some(1))
        );
        assert_eq!(at(-3, 0), Some(1), "one that has ended is no better");
        assert_eq!(next_warning(end, before(30, 0)), Some(before(21, 0)));
        assert_eq!(next_warning(end, before(21, 0)), Some(before(7, 0)));
        assert_eq!(next_warning(end, before(0, 5)), None);
    }
}
