//! The dice of the futures: the same seed throws the same on every machine.

/// Throws numbers by SplitMix64 (Steele, Lea, Flood 2014).
#[derive(Debug, Clone)]
pub(crate) struct FutureDice(u64);

impl FutureDice {
    /// Dice for an office, its journal and a desk: the office's number, how many events it has, who asks.
    pub(crate) fn new(office: u64, journal: u64, desk: u64) -> Self {
        let mut dice = Self(office.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ journal.rotate_left(17));
        let mixed = dice.throw();
        Self(mixed ^ desk.wrapping_mul(0xd1b5_4a32_d192_ed03))
    }

    /// The next sixty-four bits.
    pub(crate) const fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `most`, each as likely.
    pub(crate) const fn below(&mut self, most: u32) -> u32 {
        (((self.throw() >> 32) * most as u64) >> 32) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_11_the_dice_throw_the_same_on_every_machine() {
        let throw = |office, journal, desk| FutureDice::new(office, journal, desk).throw();
        assert_eq!(throw(1, 2, 3), throw(1, 2, 3));
        for other in [throw(2, 2, 3), throw(1, 3, 3), throw(1, 2, 4)] {
            assert_ne!(other, throw(1, 2, 3));
        }
        // The first number of SplitMix64 from the seed 0, as its authors publish it.
        assert_eq!(FutureDice(0).throw(), 0xe220_a839_7b1d_cdaf);
        let mut dice = FutureDice::new(1, 1, 1);
        assert!((0..1_000).all(|_| dice.below(7) < 7));
    }
}
