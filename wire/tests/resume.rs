//! The resume rule: whatever the connection does, a reader shows and speaks each call once.

use chrono::{DateTime, Duration, TimeZone, Utc};
use proptest::prelude::*;
use wire::{BoardCall, DeskLabel, FeedId, SeenCalls, Words};

fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 10, 0, 0).single().expect("a real time")
}

fn call(id: u64, at: DateTime<Utc>) -> BoardCall {
    BoardCall {
        id,
        number: format!("A{id:03}"),
        desk: DeskLabel { number: 3, word: Words::new("Θυρίδα", "Desk"), arrow: None },
        at,
        recall: false,
        booked_for: None,
        standing: true,
    }
}

fn ids(calls: &[&BoardCall]) -> Vec<u64> {
    calls.iter().map(|call| call.id).collect()
}

#[test]
fn prom_08_three_calls_in_one_message_are_all_taken_oldest_first() {
    let calls = [call(3, noon()), call(1, noon()), call(2, noon())];
    let mut seen = SeenCalls::default();
    assert_eq!(ids(&seen.take(7, &calls, noon())), [1, 2, 3]);
    assert_eq!(ids(&seen.take(7, &calls, noon())), [0; 0], "the same message again, after a reconnection");
}

#[test]
fn prom_08_a_call_older_than_half_a_minute_is_not_spoken_but_counts_as_seen() {
    let calls = [call(1, noon() - Duration::seconds(31)), call(2, noon() - Duration::seconds(29))];
    let mut seen = SeenCalls::default();
    assert_eq!(ids(&seen.take(7, &calls, noon())), [2]);
    assert_eq!(seen.last, 2);
}

#[test]
fn a_restored_backup_is_another_history() {
    let mut seen = SeenCalls { epoch: 7, last: 900 };
    assert_eq!(ids(&seen.take(8, &[call(1, noon())], noon())), [1]);
    let old = FeedId { epoch: 7, event: 5000, revision: 0 };
    assert!(FeedId { epoch: 8, event: 1, revision: 0 }.is_news_after(old));
    assert!(!FeedId { epoch: 7, event: 4999, revision: 9 }.is_news_after(old));
    assert!(FeedId { epoch: 7, event: 5000, revision: 1 }.is_news_after(old));
}

proptest! {
    /// The feed shows a window of the newest calls; the reader sees some of the messages, some of them twice.
    #[test]
    fn each_call_is_taken_once(windows in prop::collection::vec((0_u64..60, 1_u64..20), 1..40)) {
        let mut seen = SeenCalls::default();
        let mut taken = Vec::new();
        for (newest, length) in windows {
            let calls: Vec<_> = (newest.saturating_sub(length)..=newest).map(|id| call(id + 1, noon())).collect();
            taken.extend(ids(&seen.take(1, &calls, noon())));
        }
        let mut sorted = taken.clone();
        sorted.sort_unstable();
        sorted.dedup();
        prop_assert_eq!(taken, sorted, "each once, in order");
    }

    #[test]
    fn feed_ids_read_back(epoch: u64, event: u64, revision: u64) {
        let id = FeedId { epoch, event, revision };
        prop_assert_eq!(id.to_string().parse::<FeedId>(), Ok(id));
    }

    #[test]
    fn any_text_is_either_a_feed_id_or_none(text in ".*") {
        if let Ok(id) = text.parse::<FeedId>() {
            prop_assert_eq!(id.to_string().parse::<FeedId>(), Ok(id));
        }
    }
}
