//! How something varies: as many values as are needed to draw from, each as likely as the other.

use serde::{Deserialize, Serialize};

/// So many values stand for all.
pub const SPREAD_VALUES: usize = 64;

/// Values of equal likelihood, from the least to the most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LearntSpread(Vec<i32>);

impl LearntSpread {
    /// From values that count by their weights; `None` where nothing counts.
    #[must_use]
    pub fn of(mut weighted: Vec<(i32, u64)>) -> Option<Self> {
        weighted.retain(|&(_, weight)| weight > 0);
        weighted.sort_unstable();
        let total: u64 = weighted.iter().map(|&(_, weight)| weight).sum();
        let (mut values, mut passed, mut at) = (Vec::with_capacity(SPREAD_VALUES), 0, 0);
        for place in 0..SPREAD_VALUES as u64 {
            // The middle of the place's share of everything.
            let reach = (total * (2 * place + 1)).div_ceil(2 * SPREAD_VALUES as u64);
            while at + 1 < weighted.len() && passed + weighted[at].1 < reach {
                passed += weighted[at].1;
                at += 1;
            }
            values.push(weighted.get(at)?.0);
        }
        Some(Self(values))
    }

    /// The values, from the least to the most: never none.
    #[must_use]
    pub fn values(&self) -> &[i32] {
        &self.0
    }
}

/// How long serving takes where nothing was learnt yet, in thousandths of the plan: log-normal with the plan as its mean,
/// varying by half.
pub(crate) const USUAL_LENGTHS: [i32; 16] =
    [371, 480, 555, 620, 680, 740, 800, 862, 928, 1_000, 1_081, 1_176, 1_290, 1_441, 1_667, 2_309];

/// When the booked come, in seconds after their time, where nothing was learnt yet: mostly a few minutes early, one in
/// twenty late by five minutes to twenty-five.
pub(crate) const USUAL_LATENESS: [i32; 20] = [
    -1_200, -1_020, -900, -820, -750, -690, -640, -590, -540, -500, -460, -410, -360, -310, -260, -200, -130, -50, 90,
    900,
];

/// The way to the desk in seconds, where nothing was learnt yet: it is taken to be a part of the planned time.
pub(crate) const USUAL_WAY: [i32; 1] = [0];

/// Of a thousand who are booked so many come, where nothing was learnt yet.
pub(crate) const USUAL_COME: u32 = 880;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_11_a_spread_has_each_value_as_often_as_it_counts() {
        let spread = LearntSpread::of(vec![(30, 1), (10, 2), (20, 1)]).expect("something counts");
        let count = |value: i32| spread.values().iter().filter(|one| **one == value).count();
        assert_eq!((count(10), count(20), count(30)), (32, 16, 16));
        assert!(spread.values().is_sorted());
        assert_eq!(LearntSpread::of(vec![(1, 0)]), None);
    }

    #[test]
    fn new_11_what_is_usual_has_the_plan_as_its_mean() {
        assert_eq!(USUAL_LENGTHS.iter().sum::<i32>(), 1_000 * USUAL_LENGTHS.len() as i32);
    }
}
