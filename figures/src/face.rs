//! Three faces, of which a visitor chooses one after the visit (FLD-25).

/// What somebody thought of their visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum VisitFace {
    /// It was good.
    Good,
    /// It was neither.
    Middling,
    /// It was bad.
    Bad,
}

impl VisitFace {
    /// All three, as they are shown.
    pub const ALL: [Self; 3] = [Self::Good, Self::Middling, Self::Bad];

    /// Its name in forms.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Middling => "middling",
            Self::Bad => "bad",
        }
    }

    /// The face with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|face| face.name() == name)
    }

    /// Its number in the store, which never stands for another face later.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Good => 0,
            Self::Middling => 1,
            Self::Bad => 2,
        }
    }

    /// The face with this number.
    #[must_use]
    pub fn numbered(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|face| face.number() == number)
    }
}
