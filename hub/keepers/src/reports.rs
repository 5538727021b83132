//! The figures of each month are sent to who sees them, on the first working day of the next (FLD-10).

use std::sync::Arc;

use acts::Ledger;
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use office::{OfficeConfig, calendar};
use post::put_reports;
use store::Store;
use tokio::sync::Notify;
use writer::Offices;

/// At this hour of an office's clock, when whoever reads them begins to work.
const HOUR: u32 = 7;
/// So many offices are looked after in one turn of the writer.
const AT_ONCE: usize = 100;
/// A day of the month that is still open, as after a start, is closed by then.
const AGAIN: TimeDelta = TimeDelta::seconds(5);

/// Sees to the mails with the figures of a month; cheap to clone.
#[derive(Debug, Clone)]
pub struct ReportKeeper {
    /// Where mails are put in.
    pub ledger: Ledger,
    /// The offices of this hub.
    pub offices: Offices,
    /// Told when they are.
    pub mail: Arc<Notify>,
}

impl ReportKeeper {
    /// Looks each morning, for ever.
    pub async fn keep(self) {
        loop {
            // What is sent for the sake of a day that has not come is not taken back.
            self.ledger.writer.belief().believed().await;
            let now = self.ledger.clock.now();
            let next = if self.look(now).await { self.next_morning(now) } else { now + AGAIN };
            self.ledger.clock.sleep_until(next).await;
        }
    }

    /// Puts in what is owed by now; says whether every office has closed the month that it is owed for.
    async fn look(&self, now: DateTime<Utc>) -> bool {
        let (mut owed, mut is_all) = (Vec::new(), true);
        for office in self.offices.going() {
            let Some(begun) = office.config(|config| begun_month(config, now)).flatten() else { continue };
            let month = begun.checked_sub_months(Months::new(1)).unwrap_or(begun);
            if office.read().day.as_ref().is_none_or(|day| day.date >= begun) {
                owed.push((office.row, month));
            } else {
                is_all = false;
            }
        }
        for some in owed.chunks(AT_ONCE) {
            let some = some.to_vec();
            let put = move |store: &Store| {
                let mut is_put = false;
                for (office, month) in some {
                    is_put |= put_reports(store, office, month, now)?;
                }
                Ok(is_put)
            };
            match self.ledger.writer.change(put).await {
                Ok(true) => self.mail.notify_one(),
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, "the figures of a month are sent another day"),
            }
        }
        is_all
    }

    fn next_morning(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let zones = self.offices.going().filter_map(|office| office.config(|config| config.zone));
        let mornings = zones.map(|zone| {
            let today = calendar::local_date(zone, now);
            let morning = |day: NaiveDate| calendar::instant_from(zone, day.and_time(hour()));
            let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
            if now < morning(today) { morning(today) } else { morning(tomorrow) }
        });
        mornings.min().unwrap_or(now + TimeDelta::days(1))
    }
}

fn hour() -> NaiveTime {
    NaiveTime::from_hms_opt(HOUR, 0, 0).unwrap_or_default()
}

/// The first day of this month, once its first working day has begun; one on which no desk is rostered is none.
fn begun_month(config: &OfficeConfig, now: DateTime<Utc>) -> Option<NaiveDate> {
    let today = calendar::local_date(config.zone, now);
    let first = today.with_day(1)?;
    let works = |day: &NaiveDate| config.desks.keys().any(|desk| !calendar::rostered(config, *day, *desk).is_empty());
    let begins = first.iter_days().take_while(|day| *day <= today).find(works)?;
    (now >= calendar::instant_from(config.zone, begins.and_time(hour()))).then_some(first)
}
