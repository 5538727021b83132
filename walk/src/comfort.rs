//! How somebody wants the screen: larger, in stronger colours, lower, read aloud. It holds for one person's use.

/// A way to make the screen easier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ease {
    /// Larger letters.
    Large,
    /// Stronger colours.
    Contrast,
    /// Everything that is pressed within reach of a seat.
    Low,
    /// Read aloud.
    Listen,
}

/// What is chosen of it now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Comfort {
    /// Larger letters.
    pub large: bool,
    /// Stronger colours.
    pub contrast: bool,
    /// Everything that is pressed within reach of a seat.
    pub low: bool,
    /// Read aloud.
    pub listen: bool,
}

impl Comfort {
    /// Whether a way is chosen.
    #[must_use]
    pub const fn has(self, ease: Ease) -> bool {
        match ease {
            Ease::Large => self.large,
            Ease::Contrast => self.contrast,
            Ease::Low => self.low,
            Ease::Listen => self.listen,
        }
    }

    /// The same with a way chosen, or no longer.
    #[must_use]
    pub const fn with(mut self, ease: Ease, chosen: bool) -> Self {
        match ease {
            Ease::Large => self.large = chosen,
            Ease::Contrast => self.contrast = chosen,
            Ease::Low => self.low = chosen,
            Ease::Listen => self.listen = chosen,
        }
        self
    }
}
