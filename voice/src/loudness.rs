//! How loud and how fast something is said, in the few steps that one key can go through.

/// How loud; each step is twice the amplitude of the one before, so that the four span 18 dB, with a step at 12 (EN 301 549,
/// 8.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Loudness {
    /// 12 dB under the usual.
    Low,
    /// 6 dB under the usual.
    Soft,
    /// How everybody finds it.
    #[default]
    Usual,
    /// 6 dB above the usual.
    High,
}

impl Loudness {
    /// Every step, from the least to the most.
    pub const ALL: [Self; 4] = [Self::Low, Self::Soft, Self::Usual, Self::High];

    /// The next louder; after the loudest the softest.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Low => Self::Soft,
            Self::Soft => Self::Usual,
            Self::Usual => Self::High,
            Self::High => Self::Low,
        }
    }

    /// Which step it is, from 1 on.
    #[must_use]
    pub const fn step(self) -> u8 {
        self as u8 + 1
    }

    /// The amplitude, of 200.
    #[must_use]
    pub const fn amplitude(self) -> u16 {
        25 << self as u16
    }
}

/// How fast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tempo {
    /// For those who want time.
    Slow,
    /// How everybody finds it.
    #[default]
    Usual,
    /// For those who hear much.
    Fast,
    /// For those who hear everything so.
    Fastest,
}

impl Tempo {
    /// The next slower, or the slowest.
    #[must_use]
    pub const fn slower(self) -> Self {
        match self {
            Self::Slow | Self::Usual => Self::Slow,
            Self::Fast => Self::Usual,
            Self::Fastest => Self::Fast,
        }
    }

    /// The next faster, or the fastest.
    #[must_use]
    pub const fn faster(self) -> Self {
        match self {
            Self::Slow => Self::Usual,
            Self::Usual => Self::Fast,
            Self::Fast | Self::Fastest => Self::Fastest,
        }
    }

    /// How fast it is spoken, as engines of speech are told.
    #[must_use]
    pub const fn words_a_minute(self) -> u16 {
        match self {
            Self::Slow => 100,
            Self::Usual => 145,
            Self::Fast => 210,
            Self::Fastest => 300,
        }
    }
}
