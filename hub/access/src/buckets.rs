//! Buckets that fill with time: one for each key, all of one kind.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Instant,
};

/// Past so many buckets, the full ones are forgotten: they are like new.
const BUCKETS_KEPT: usize = 10_000;
/// There are never more: about 10 MB of each kind. Past it those that were asked the longest ago are forgotten, half of all;
/// who comes from so many networks at once is given a new bucket with each of them anyway.
const BUCKETS_MAX: usize = 100_000;

/// The buckets there are, and how many there may be before the full ones are looked for again.
#[derive(Debug)]
struct Levels<K> {
    of: HashMap<K, (f64, Instant)>,
    sweep_at: usize,
}

/// Buckets of one kind, one for each key.
#[derive(Debug)]
pub(crate) struct Buckets<K> {
    per_second: f64,
    burst: f64,
    levels: Mutex<Levels<K>>,
}

impl<K: Eq + Hash + Copy> Buckets<K> {
    /// Buckets that fill by so much a second, and hold so much.
    pub(crate) fn new(per_second: f64, burst: f64) -> Self {
        let levels = Mutex::new(Levels { of: HashMap::new(), sweep_at: BUCKETS_KEPT });
        Self { per_second, burst: burst.max(1.0), levels }
    }

    /// Takes one out of a bucket, if it holds one; says whether it did.
    pub(crate) fn take(&self, key: K) -> bool {
        self.take_each(&[key])
    }

    /// Takes so much out of a bucket, if it holds so much.
    ///
    /// # Errors
    /// How many seconds it takes until it does.
    pub(crate) fn spend(&self, key: K, cost: f64) -> Result<(), f64> {
        let mut levels = self.levels();
        let level = self.level(&mut levels, key);
        // What costs more than a bucket ever holds empties a full one.
        let cost = cost.min(self.burst);
        if *level >= cost {
            *level -= cost;
            return Ok(());
        }
        Err((cost - *level) / self.per_second)
    }

    /// Takes one out of each bucket, if each holds one; says whether it did.
    pub(crate) fn take_each(&self, keys: &[K]) -> bool {
        let mut levels = self.levels();
        let all_hold = keys.iter().all(|key| *self.level(&mut levels, *key) >= 1.0);
        if all_hold {
            keys.iter().for_each(|key| *self.level(&mut levels, *key) -= 1.0);
        }
        all_hold
    }

    /// Whether a bucket holds one.
    pub(crate) fn holds(&self, key: K) -> bool {
        *self.level(&mut self.levels(), key) >= 1.0
    }

    /// Gives back what was taken.
    pub(crate) fn give_back(&self, keys: &[K]) {
        let mut levels = self.levels();
        for key in keys {
            let level = self.level(&mut levels, *key);
            *level = (*level + 1.0).min(self.burst);
        }
    }

    fn levels(&self) -> MutexGuard<'_, Levels<K>> {
        let mut levels = self.levels.lock().unwrap_or_else(PoisonError::into_inner);
        if levels.of.len() > levels.sweep_at {
            let now = Instant::now();
            levels.of.retain(|_, (level, at)| *level + (now - *at).as_secs_f64() * self.per_second < self.burst);
            if levels.of.len() > BUCKETS_MAX / 2 {
                let mut asked: Vec<Instant> = levels.of.values().map(|(_, at)| *at).collect();
                let (_, oldest_kept, _) = asked.select_nth_unstable(BUCKETS_MAX / 4);
                let oldest_kept = *oldest_kept;
                levels.of.retain(|_, (_, at)| *at > oldest_kept);
            }
            // Where few were full, all are looked through again only when there are twice as many.
            levels.sweep_at = (2 * levels.of.len()).clamp(BUCKETS_KEPT, BUCKETS_MAX - 1);
        }
        levels
    }

    /// A bucket, filled up to now.
    fn level<'a>(&self, levels: &'a mut Levels<K>, key: K) -> &'a mut f64 {
        let now = Instant::now();
        let (level, at) = levels.of.entry(key).or_insert((self.burst, now));
        *level = ((now - *at).as_secs_f64().mul_add(self.per_second, *level)).min(self.burst);
        *at = now;
        level
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_runs_dry_and_others_do_not() {
        let buckets = Buckets::new(0.001, 2.0);
        assert!(buckets.take("a"));
        assert!(buckets.take("a"));
        assert!(!buckets.take("a"));
        assert!(buckets.take("b"));
    }

    #[test]
    fn prom_13_what_costs_more_takes_more_and_who_must_wait_is_told_how_long() {
        let buckets = Buckets::new(0.001, 10.0);
        assert_eq!(buckets.spend("a", 4.0), Ok(()));
        assert_eq!(buckets.spend("a", 4.0), Ok(()));
        let seconds = buckets.spend("a", 4.0).unwrap_err();
        assert!((1_900.0..=2_000.0).contains(&seconds), "{seconds}");
        assert_eq!(buckets.spend("a", 2.0), Ok(()), "what costs less goes on");
        assert_eq!(buckets.spend("b", 1_000.0), Ok(()), "nothing costs more than there can be");
    }

    #[test]
    fn prom_13_whoever_comes_from_everywhere_fills_no_memory_and_takes_nothing_from_who_came_last() {
        let buckets = Buckets::new(0.001, 2.0);
        for key in 0..3 * BUCKETS_MAX {
            assert!(buckets.take(key));
        }
        assert!(buckets.levels.lock().unwrap().of.len() <= BUCKETS_MAX);
        let last = 3 * BUCKETS_MAX - 1;
        assert!(buckets.take(last) && !buckets.take(last), "as it was left");
    }

    #[test]
    fn nothing_is_taken_where_one_of_two_is_dry_and_what_is_given_back_is_there() {
        let buckets = Buckets::new(0.001, 1.0);
        assert!(buckets.take("a"));
        assert!(!buckets.take_each(&["a", "b"]));
        assert!(buckets.holds("b") && !buckets.holds("a"));
        buckets.give_back(&["a"]);
        assert!(buckets.take_each(&["a", "b"]));
    }
}
