//! What an office has set itself, and publishes with how it was kept (NEW-13).

use serde::{Deserialize, Serialize};

/// So many of a hundred, unless an office says otherwise.
const PERCENT: u8 = 90;

/// The targets of an office. No rule acts on them: they are what it is measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Targets {
    /// Who is booked is called within so many minutes of the booked time, or of coming later; no target, if unset.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub booked_minutes: Option<u16>,
    /// Who comes without a booking is called within so many minutes; no target, if unset.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub walk_in_minutes: Option<u16>,
    /// In so many of a hundred visits.
    pub percent: u8,
}

impl Default for Targets {
    fn default() -> Self {
        Self { booked_minutes: None, walk_in_minutes: None, percent: PERCENT }
    }
}

impl Targets {
    /// Whether nothing differs from what the house proposes; an old journal has no word about it.
    #[must_use]
    pub fn are_usual(&self) -> bool {
        *self == Self::default()
    }
}
