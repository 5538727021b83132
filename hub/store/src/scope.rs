//! Within which offices somebody may find things by their ids: whatever lies outside is not there for them.

/// One office, or all of them and the hub itself. It is granted by `access` to who asks, by their account; a look by an id that
/// came from outside takes one, so that an id of another office finds as much as an id of nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfficeScope(Option<u32>);

impl OfficeScope {
    /// No office at all: rows of offices begin with 1.
    pub const NOWHERE: Self = Self(Some(0));

    /// One office, by its row; with none every office, and what belongs to the hub as a whole.
    pub const fn granted(office: Option<u32>) -> Self {
        Self(office)
    }

    /// Whether what belongs to an office, or with none to the hub as a whole, lies within.
    pub fn covers(self, office: Option<u32>) -> bool {
        self.0.is_none_or(|row| office == Some(row))
    }

    /// The one office's row, for statements; none for all.
    pub(crate) const fn row(self) -> Option<u32> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_08_one_office_covers_nothing_of_another_and_nothing_of_the_hub() {
        let (own, whole) = (OfficeScope::granted(Some(1)), OfficeScope::granted(None));
        assert!(own.covers(Some(1)) && !own.covers(Some(2)) && !own.covers(None));
        assert!(whole.covers(Some(1)) && whole.covers(Some(2)) && whole.covers(None));
    }
}
