//! The middle of many numbers, and what nine of ten do not exceed.

use serde::Serialize;

/// How numbers are spread, by the nearest rank: each is a number that really occurred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// So many numbers.
    pub count: u32,
    /// Half of them are no more than this.
    pub median: u32,
    /// Nine of ten are no more than this.
    pub ninety: u32,
}

impl Spread {
    /// How numbers are spread; none where there are none. Their order is lost.
    pub(crate) fn of(numbers: &mut [u32]) -> Option<Self> {
        let last = numbers.len().checked_sub(1)?;
        let rank = |of_ten: usize| ((numbers.len() * of_ten).div_ceil(10) - 1).min(last);
        let (half, most) = (rank(5), rank(9));
        let count = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        let (_, ninety, _) = numbers.select_nth_unstable(most);
        let ninety = *ninety;
        let (_, median, _) = numbers.split_at_mut(most + 1).0.select_nth_unstable(half);
        Some(Self { count, median: *median, ninety })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(numbers: &[u32]) -> Option<(u32, u32, u32)> {
        Spread::of(&mut numbers.to_vec()).map(|spread| (spread.count, spread.median, spread.ninety))
    }

    #[test]
    fn fld_10_the_median_and_the_ninetieth_are_numbers_that_occurred() {
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[7]), Some((1, 7, 7)));
        assert_eq!(of(&[9, 1]), Some((2, 1, 9)));
        assert_eq!(of(&[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]), Some((10, 5, 9)));
        assert_eq!(of(&[3, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11]), Some((11, 6, 10)));
    }

    proptest! {
        #[test]
        fn fld_10_it_is_what_sorting_finds(numbers in prop::collection::vec(0u32..5_000, 1..400)) {
            // The least of them that so many do not exceed.
            let least = |of_ten: usize| {
                let is_enough = |one: &&u32| numbers.iter().filter(|other| other <= one).count() * 10 >= numbers.len() * of_ten;
                *numbers.iter().filter(is_enough).min().unwrap()
            };
            let found = Spread::of(&mut numbers.clone()).unwrap();
            prop_assert_eq!((found.median, found.ninety), (least(5), least(9)));
        }
    }
}
