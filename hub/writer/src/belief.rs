//! Whether the hub's clock is believed (PROM-10). A machine whose battery is dead, or that somebody set, may show a day that
//! has not come; what would be done for good because of the day waits then, until something agrees with the clock, or a
//! person does. A rehearsal's clock is a person's word.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use crate::clock::Clock;

/// Two clocks that differ by less agree: nobody sets a kitchen clock better.
pub const AGREES_WITHIN: TimeDelta = TimeDelta::minutes(5);
/// A clock that is slewed runs off by half a thousandth at most (adjtimex(2)); one that goes wrong by itself, by less.
const DRIFT: f64 = 0.001;
/// So many letters may leave while the clock is in doubt: what a counter does in a morning.
const LETTERS_MAX: u32 = 100;

/// Why the clock is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoubtCause {
    /// At the start it showed a time that nothing agrees with.
    Start,
    /// It was set while the hub ran.
    Jump,
}

/// A clock that is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockDoubt {
    /// What made it doubtful.
    pub cause: DoubtCause,
    /// When it began, by the clock in doubt.
    pub since: DateTime<Utc>,
    /// The last moment at which the clock was believed.
    pub believed_at: DateTime<Utc>,
    /// Whether staff are told. A machine that was off for a weekend or some months is believed by itself after some hours
    /// of work.
    pub is_told: bool,
}

/// What is believed of the clock; cheap to clone.
#[derive(Debug, Clone)]
pub struct Belief {
    clock: Clock,
    doubt: Arc<watch::Sender<Option<ClockDoubt>>>,
    state: Arc<Mutex<BeliefState>>,
}

/// What the clock is held against.
#[derive(Debug)]
struct BeliefState {
    /// The clock, and another that nobody sets, at one moment.
    base: (DateTime<Utc>, Instant),
    /// While the clock is in doubt: the last moment at which it was believed, and another clock when the doubt began.
    lived: (DateTime<Utc>, Instant),
    /// While the clock is in doubt: when people of the house first and last worked with it, by the other clock.
    worked: Option<(Instant, Instant)>,
    letters_left: u32,
}

impl Belief {
    /// In this clock.
    pub fn new(clock: Clock) -> Self {
        let base = (clock.now(), Instant::now());
        let watched = BeliefState { base, lived: base, worked: None, letters_left: LETTERS_MAX };
        Self { clock, doubt: Arc::new(watch::Sender::new(None)), state: Arc::new(Mutex::new(watched)) }
    }

    /// The clock that this is about.
    pub const fn clock(&self) -> Clock {
        self.clock
    }

    /// Why the clock is not believed, unless it is. It is held against the other clock at each question, so that whoever
    /// asks before doing something is told in time.
    pub fn doubt(&self) -> Option<ClockDoubt> {
        // Looked at by itself: what is looked at is not changed meanwhile.
        let known = *self.doubt.borrow();
        if known.is_none() && !self.clock.is_rehearsal() {
            let (was, began) = self.state.lock().unwrap_or_else(PoisonError::into_inner).base;
            let (now, passed) = (self.clock.now(), began.elapsed());
            if is_jump(now - was, passed) {
                let believed_at = TimeDelta::from_std(passed).ok().and_then(|passed| was.checked_add_signed(passed));
                self.begin(DoubtCause::Jump, believed_at.unwrap_or(was), true);
            }
        }
        *self.doubt.borrow()
    }

    /// The clock is believed no longer.
    pub fn begin(&self, cause: DoubtCause, believed_at: DateTime<Utc>, is_told: bool) {
        let doubt = ClockDoubt { cause, since: self.clock.now(), believed_at, is_told };
        tracing::warn!(?cause, now = %doubt.since, %believed_at, "the clock is in doubt; nothing is erased or missed");
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        (state.letters_left, state.lived, state.worked) = (LETTERS_MAX, (believed_at, Instant::now()), None);
        drop(state);
        self.doubt.send_replace(Some(doubt));
    }

    /// The time of what stands for years and is never given back: the year of a protocol number, a deadline. While staff are
    /// told that the clock is in doubt, it is the last time that was believed and what has passed since the doubt began: a
    /// clock that shows 2030 for a minute would number the requests of all years until then as those of 2030.
    pub fn sober_now(&self) -> DateTime<Utc> {
        if self.doubt().is_none_or(|doubt| !doubt.is_told) {
            return self.clock.now();
        }
        let (lived, began) = self.state.lock().unwrap_or_else(PoisonError::into_inner).lived;
        // In whole milliseconds, as every time that is kept: what is folded from a journal is then what was decided.
        let passed = i64::try_from(began.elapsed().as_millis()).ok().and_then(TimeDelta::try_milliseconds);
        let now = passed.and_then(|passed| lived.checked_add_signed(passed)).unwrap_or(lived);
        DateTime::from_timestamp_millis(now.timestamp_millis()).unwrap_or(now)
    }

    /// The clock is believed.
    pub fn end(&self, because: &str) {
        if self.doubt.borrow().is_none() {
            return;
        }
        let base = (self.clock.now(), Instant::now());
        self.state.lock().unwrap_or_else(PoisonError::into_inner).base = base;
        tracing::info!(now = %base.0, because, "the clock is believed");
        self.doubt.send_replace(None);
    }

    /// Somebody of the house has done something by this clock: called, booked, opened a desk.
    pub fn worked(&self, at: Instant) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let first = state.worked.map_or(at, |(first, _)| first);
        state.worked = Some((first, at));
    }

    /// For how long people have worked with a clock in doubt, from the first thing they did to the last.
    pub fn worked_for(&self) -> Duration {
        let worked = self.state.lock().unwrap_or_else(PoisonError::into_inner).worked;
        worked.map_or(Duration::ZERO, |(first, last)| last.saturating_duration_since(first))
    }

    /// Another clock shows this time now.
    pub fn witness(&self, shown: DateTime<Utc>, whose: &str) {
        if (self.clock.now() - shown).abs() <= AGREES_WITHIN {
            self.end(whose);
        }
    }

    /// Waits until the clock is believed.
    pub async fn believed(&self) {
        let mut doubt = self.doubt.subscribe();
        while self.doubt().is_some() {
            if doubt.wait_for(Option::is_none).await.is_err() {
                return;
            }
        }
    }

    /// Waits until the clock is in doubt.
    pub async fn doubted(&self) -> Option<ClockDoubt> {
        self.doubt.subscribe().wait_for(Option::is_some).await.ok().and_then(|doubt| *doubt)
    }

    /// Tells when the clock comes into doubt, and when that is over.
    pub fn changes(&self) -> DoubtChanges {
        DoubtChanges(self.doubt.subscribe())
    }

    /// Whether one more letter may leave.
    pub fn may_send(&self) -> bool {
        self.doubt().is_none() || self.state.lock().unwrap_or_else(PoisonError::into_inner).letters_left > 0
    }

    /// A letter has left.
    pub fn sent(&self) {
        let mut watched = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        watched.letters_left = watched.letters_left.saturating_sub(1);
    }
}

/// Tells when the clock comes into doubt, and when that is over.
#[derive(Debug)]
pub struct DoubtChanges(watch::Receiver<Option<ClockDoubt>>);

impl DoubtChanges {
    /// Waits for the next time.
    pub async fn next(&mut self) {
        if self.0.changed().await.is_err() {
            std::future::pending().await
        }
    }
}

/// Whether a clock was set, that showed so much time passing while so much did.
fn is_jump(shown: TimeDelta, passed: Duration) -> bool {
    let passed_seconds = passed.as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of a life are exact in 53 bits")]
    let off = (shown.num_milliseconds() as f64 / 1_000.0 - passed_seconds).abs();
    #[expect(clippy::cast_precision_loss, reason = "five minutes")]
    let allowed = AGREES_WITHIN.num_seconds() as f64;
    off > allowed + passed_seconds * DRIFT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prom_10_a_clock_that_was_set_is_told_from_one_that_drifts() {
        let hour = Duration::from_hours(1);
        assert!(!is_jump(TimeDelta::minutes(60), hour));
        assert!(!is_jump(TimeDelta::minutes(64), hour), "within what two clocks differ");
        assert!(is_jump(TimeDelta::minutes(66), hour));
        assert!(is_jump(TimeDelta::minutes(-1), hour));
        assert!(is_jump(TimeDelta::days(365), hour));
        let month = Duration::from_hours(24 * 30);
        assert!(!is_jump(TimeDelta::days(30) + TimeDelta::minutes(22), month), "slewed for a month");
        assert!(is_jump(TimeDelta::days(31), month));
    }

    #[test]
    fn prom_10_who_agrees_ends_the_doubt_and_who_does_not_leaves_it() {
        let belief = Belief::new(Clock::Machine);
        assert_eq!(belief.doubt(), None);
        let now = Clock::Machine.now();
        belief.begin(DoubtCause::Start, now - TimeDelta::days(400), true);
        belief.witness(now - TimeDelta::minutes(7), "a clock that is slow");
        assert!(belief.doubt().is_some_and(|doubt| doubt.is_told));
        for _ in 0..LETTERS_MAX {
            assert!(belief.may_send());
            belief.sent();
        }
        assert!(!belief.may_send(), "more than a hundred wait");
        belief.witness(now + TimeDelta::minutes(3), "a clock that is right");
        assert_eq!(belief.doubt(), None);
        assert!(belief.may_send());
    }

    #[test]
    fn prom_10_work_is_what_people_did_and_not_that_time_has_passed() {
        let belief = Belief::new(Clock::Machine);
        let began = Instant::now();
        belief.worked(began);
        belief.begin(DoubtCause::Start, Clock::Machine.now() - TimeDelta::days(3), false);
        assert_eq!(belief.worked_for(), Duration::ZERO, "what was done before the doubt says nothing");
        let hours = |count| began + Duration::from_hours(count);
        belief.worked(hours(1));
        assert_eq!(belief.worked_for(), Duration::ZERO, "one press is no work");
        belief.worked(hours(3));
        belief.worked(hours(6));
        assert_eq!(belief.worked_for(), Duration::from_hours(5));
    }

    #[test]
    fn prom_10_a_jump_is_noticed_when_somebody_asks() {
        let belief = Belief::new(Clock::Machine);
        let was = Clock::Machine.now() - TimeDelta::days(3);
        belief.state.lock().unwrap().base.0 = was;
        let doubt = belief.doubt().unwrap();
        assert!(doubt.is_told && doubt.cause == DoubtCause::Jump && doubt.believed_at - was < TimeDelta::minutes(1));
        belief.end("a person says so");
        assert_eq!(belief.doubt(), None, "held against the time that is believed now");
    }

    #[test]
    fn prom_10_what_stands_for_years_is_written_under_no_time_that_is_in_doubt() {
        let belief = Belief::new(Clock::Machine);
        let now = Clock::Machine.now();
        let is_about = |time: DateTime<Utc>| (belief.sober_now() - time).abs() < TimeDelta::minutes(1);
        assert!(is_about(now));
        // After some months in a cupboard the clock may well be right.
        belief.begin(DoubtCause::Start, now - TimeDelta::days(60), false);
        assert!(is_about(now));
        belief.begin(DoubtCause::Start, now - TimeDelta::days(1_200), true);
        assert!(is_about(now - TimeDelta::days(1_200)));
        // What is kept of a time is its milliseconds: a finer one would be another, once it is read again.
        let kept = |time: DateTime<Utc>| DateTime::from_timestamp_millis(time.timestamp_millis());
        assert!((0..50).all(|_| {
            let time = belief.sober_now();
            kept(time) == Some(time)
        }));
        belief.end("a person says so");
        assert!(is_about(now));
    }

    #[test]
    fn prom_10_a_rehearsals_clock_is_a_persons_word() {
        let belief = Belief::new(Clock::rehearse(Clock::Machine.now() + TimeDelta::days(3_000), 50_000.0));
        std::thread::yield_now();
        assert_eq!(belief.doubt(), None);
    }
}
