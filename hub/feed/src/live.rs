//! A task for each audience that somebody reads: it renders the view at each change, and sleeps otherwise.

use std::{
    sync::{Arc, PoisonError},
    time::{Duration, Instant},
};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use office::{Office, OfficeConfig};
use tokio::sync::watch;
use wire::{FeedId, Octets, Provisions};
use writer::{OfficeBreakage, OfficeHandle};

use crate::{
    channel::FeedMessage,
    feeds::{FeedSubject, Feeds, Readership},
};

/// A kiosk is told of what it needs without its hub so often at most: all bookings of a day are long.
const PROVISIONS_APART: Duration = Duration::from_secs(2);

/// The longest pause between two renderings under load.
const PAUSE_MAX: Duration = Duration::from_millis(50);

/// Begins to read an audience of an office; the newest message is there at once.
pub fn subscribe(
    feeds: &Feeds,
    handle: &Arc<OfficeHandle>,
    subject: FeedSubject,
) -> watch::Receiver<Option<FeedMessage>> {
    let mut live = feeds.channel(handle.row, subject).live.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(sender) = live.as_ref() {
        return sender.subscribe();
    }
    // Changes are counted from before the first rendering, so that none falls between.
    let mut changes = handle.changes();
    changes.mark_unchanged();
    let first = render(feeds, handle, subject, None);
    let sender = watch::Sender::new(first);
    let receiver = sender.subscribe();
    *live = Some(sender.clone());
    tokio::spawn(keep(feeds.clone(), Arc::clone(handle), subject, sender, changes));
    receiver
}

/// Renders anew at each change and each minute, while somebody reads.
async fn keep(
    feeds: Feeds,
    handle: Arc<OfficeHandle>,
    subject: FeedSubject,
    sender: watch::Sender<Option<FeedMessage>>,
    mut changes: watch::Receiver<u64>,
) {
    loop {
        let minute = next_minute(feeds.clock.now());
        tokio::select! {
            changed = changes.changed() => if changed.is_err() { return },
            () = feeds.clock.sleep_until(minute) => {}
            () = sender.closed() => {
                let mut live = feeds.channel(handle.row, subject).live.lock().unwrap_or_else(PoisonError::into_inner);
                if sender.receiver_count() == 0 {
                    *live = None;
                    return;
                }
                continue;
            }
        }
        let back = match subject {
            FeedSubject::View(_) => feeds.budget.pause(),
            FeedSubject::Provisions => feeds.budget.pause().max(PROVISIONS_APART),
        };
        if !back.is_zero() {
            tokio::time::sleep(back).await;
            // Whatever changed meanwhile is in the view that comes now.
            changes.mark_unchanged();
        }
        if handle.aside().is_some() {
            // Its readers come again, and are told why there is nothing.
            *feeds.channel(handle.row, subject).live.lock().unwrap_or_else(PoisonError::into_inner) = None;
            return;
        }
        let started = Instant::now();
        let before = sender.borrow().clone();
        if let Some(message) = render(&feeds, &handle, subject, before.as_ref()) {
            sender.send_replace(Some(message));
        }
        feeds.budget.used(started.elapsed());
        // Under a flood of changes one view takes a third of one core at most, and all together what their budget says.
        let pause = (started.elapsed() * 2).min(PAUSE_MAX);
        if pause > Duration::from_millis(1) {
            tokio::time::sleep(pause).await;
        }
    }
}

/// The view as it is now, if it differs from the one before. If making it breaks, the office is set aside, and there is none.
fn render(
    feeds: &Feeds,
    handle: &OfficeHandle,
    subject: FeedSubject,
    before: Option<&FeedMessage>,
) -> Option<FeedMessage> {
    handle.guarded(OfficeBreakage::View, || view(feeds, handle, subject, before)).flatten()
}

fn view(
    feeds: &Feeds,
    handle: &OfficeHandle,
    subject: FeedSubject,
    before: Option<&FeedMessage>,
) -> Option<FeedMessage> {
    let office = handle.read();
    let config = office.config.as_ref()?;
    let now = feeds.clock.now();
    let id = || FeedId {
        epoch: feeds.epoch,
        event: handle.seq(),
        revision: feeds.channel(handle.row, subject).revisions.next(),
    };
    match subject {
        FeedSubject::View(Readership::Board) => FeedMessage::new(&views::board(&office, config, now), id, before),
        FeedSubject::View(Readership::Kiosk) => {
            let booking_page = feeds.booking_page.clone();
            FeedMessage::new(
                &views::kiosk(feeds.outlooks.of(handle.row), &office, config, booking_page, now),
                id,
                before,
            )
        }
        FeedSubject::View(Readership::Floor) => {
            let devices = &feeds.access.devices;
            let (faults, shown) = (devices.faults(handle.row), devices.shown(handle.row));
            FeedMessage::new(&views::floor(&office, config, &faults, shown.as_ref(), now), id, before)
        }
        FeedSubject::Provisions => FeedMessage::provisions(&provisions(feeds, &office, config, now)?, before),
    }
}

/// What a kiosk is given for a time without its hub.
fn provisions(feeds: &Feeds, office: &Office, config: &OfficeConfig, now: DateTime<Utc>) -> Option<Provisions> {
    let keys = |date: NaiveDate| -> Vec<Octets<32>> {
        feeds.key.each().map(|key| Octets(key.day_key(config.number, date))).collect()
    };
    let parts = views::ProvisionParts {
        keys: &keys,
        visit_page: views::visit_pages(&feeds.public_url),
        rehearsal: feeds.clock.is_rehearsal(),
    };
    views::provisions(office, config, parts, now)
}

/// The next whole minute.
pub fn next_minute(now: DateTime<Utc>) -> DateTime<Utc> {
    let into = now.timestamp_millis().rem_euclid(60_000);
    now + TimeDelta::milliseconds(60_000 - into)
}
