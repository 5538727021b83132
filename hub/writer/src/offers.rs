//! Answers about free times that were worked out a moment ago: on the morning on which new times are released a thousand
//! people ask the same.

use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use office::slots::Query;

/// Answers that are kept of one office.
const KEPT: usize = 64;

/// The answers of one office. They hold until its next event, and until the second is over: what time alone changes is
/// no older than that.
#[derive(Debug, Default)]
pub struct Offers(Mutex<OfferMoment>);

#[derive(Debug, Default)]
struct OfferMoment {
    event: u64,
    second: i64,
    answers: Vec<(Query, Bytes)>,
}

impl Offers {
    /// The answer that is kept, or else a new one, which is then kept. `event` is the office's newest.
    pub fn answer(&self, query: Query, event: u64, now: DateTime<Utc>, work_out: impl FnOnce() -> Bytes) -> Bytes {
        let second = now.timestamp();
        let kept = {
            let moment = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let holds = (moment.event, moment.second) == (event, second);
            moment.answers.iter().find(|(asked, _)| holds && *asked == query).map(|(_, answer)| answer.clone())
        };
        if let Some(answer) = kept {
            return answer;
        }
        let answer = work_out();
        let mut moment = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if (moment.event, moment.second) != (event, second) {
            *moment = OfferMoment { event, second, answers: Vec::new() };
        }
        if moment.answers.len() < KEPT {
            moment.answers.push((query, answer.clone()));
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, TimeDelta};
    use office::{Audience, Channel, ServiceId};

    use super::*;

    #[test]
    fn an_answer_is_worked_out_once_a_second_and_event() {
        let offers = Offers::default();
        let query = |days| Query {
            service: ServiceId(1),
            channel: Channel::InPerson,
            persons: 1,
            cases: 1,
            audience: Audience::Public,
            from: NaiveDate::default(),
            days,
        };
        let now = DateTime::from_timestamp(1_795_500_000, 0).unwrap();
        let check = |days, event, millis, work, expect: &'static str| {
            let at = now + TimeDelta::milliseconds(millis);
            let answer = offers.answer(query(days), event, at, || Bytes::from_static(work));
            assert_eq!(answer, expect, "{days} days after event {event} at {millis} ms");
        };
        check(1, 7, 0, b"a", "a");
        check(1, 7, 999, b"b", "a");
        check(2, 7, 999, b"c", "c");
        check(1, 8, 999, b"d", "d");
        check(1, 8, 1_000, b"e", "e");
        check(2, 8, 1_000, b"f", "f");
        check(1, 8, 1_999, b"g", "e");
    }
}
