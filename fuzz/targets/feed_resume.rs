//! Feed resume, on a device: whatever a hub, or somebody who says that it is one, writes on the feed, each call is taken once,
//! the clock goes on, and a stream of any length costs the memory of one message.

#![no_main]

use std::{
    collections::BTreeSet,
    io::{BufReader, Read},
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use fuzz::{
    clock::HubClock,
    sse::{StreamItem, StreamReader},
};
use libfuzzer_sys::fuzz_target;
use wire::{BoardView, FeedClock, FeedId, KioskView, SeenCalls};

/// A line that hands over a few bytes at a time.
struct SlowLine<'a>(&'a [u8], usize);

impl Read for SlowLine<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let some = self.1.min(self.0.len()).min(into.len());
        let (now, later) = self.0.split_at(some);
        into[..some].copy_from_slice(now);
        self.0 = later;
        Ok(some)
    }
}

/// Everything that a stream says, until it ends or breaks.
fn heard(stream: &[u8], at_once: usize) -> Vec<StreamItem> {
    let mut reader = StreamReader::new(BufReader::new(SlowLine(stream, at_once)));
    let mut items = Vec::new();
    while let Ok(Some(item)) = reader.hear() {
        items.push(item);
    }
    items
}

fuzz_target!(|input: &[u8]| {
    let items = heard(input, input.len().max(1));
    assert_eq!(items, heard(input, 3), "however the line cuts it");
    assert!(items.len() <= input.len() / 2 + 1, "more messages than lines");
    let mut last = None::<FeedId>;
    let mut seen = SeenCalls::default();
    let mut taken = BTreeSet::new();
    let mut clock = HubClock::of_this_machine();
    for item in items {
        let StreamItem::Message { event, id, data } = item else { continue };
        assert!(data.len() <= input.len(), "longer than it came");
        if event == "clock" {
            if let Ok(told) = serde_json::from_str::<FeedClock>(&data) {
                clock = HubClock::told(told);
                // A device goes by it for years.
                let begun = Instant::now();
                for passed in [0, 1, 86_400, 400_000_000] {
                    let at = begun + Duration::from_secs(passed);
                    assert!(clock.at(at) >= clock.at(begun), "it runs backwards");
                    assert!(clock.next_minute(at) > at, "the next minute is over");
                    let _ = clock.instant_of(clock.at(at));
                }
            }
            continue;
        }
        let Some(id) = id.and_then(|id| id.parse::<FeedId>().ok()) else { continue };
        assert_eq!(id.to_string().parse(), Ok(id));
        let is_news = last.is_none_or(|last| id.is_news_after(last));
        assert!(!id.is_news_after(id), "nothing is news after itself");
        if let Some(last) = last {
            assert!(id.epoch != last.epoch || id == last || is_news != last.is_news_after(id), "neither is the newer");
        }
        if !is_news {
            continue;
        }
        if let Ok(view) = serde_json::from_str::<KioskView>(&data) {
            let written = serde_json::to_string(&view).expect("a view is written");
            let again = serde_json::from_str::<KioskView>(&written).expect("and read back");
            assert_eq!(serde_json::to_string(&again).ok(), Some(written));
        }
        let Ok(view) = serde_json::from_str::<BoardView>(&data) else { continue };
        last = Some(id);
        let now: DateTime<Utc> = clock.now();
        if id.epoch != seen.epoch {
            taken.clear();
        }
        let mut before = None;
        for call in seen.take(id.epoch, &view.calls, now) {
            assert!(before <= Some(call.id), "not in order");
            before = Some(call.id);
            taken.insert(call.id);
        }
        assert!(seen.take(id.epoch, &view.calls, now).is_empty(), "the same message again");
    }
});
