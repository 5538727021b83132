//! The emblems of a hub's offices.

use std::{collections::BTreeMap, sync::Arc};

use crate::Emblem;

/// The emblem of every office that has one; cheap to clone. They are made at the start, from the offices' files, and stay.
#[derive(Debug, Clone, Default)]
pub struct Emblems(Arc<BTreeMap<u32, Emblem>>);

impl FromIterator<(u32, Emblem)> for Emblems {
    fn from_iter<I: IntoIterator<Item = (u32, Emblem)>>(emblems: I) -> Self {
        Self(Arc::new(emblems.into_iter().collect()))
    }
}

impl Emblems {
    /// The emblem of the office with this row.
    #[must_use]
    pub fn of(&self, row: u32) -> Option<&Emblem> {
        self.0.get(&row)
    }

    /// The one whose picture has this name.
    #[must_use]
    pub fn with_picture(&self, name: &str) -> Option<&Emblem> {
        let fingerprint = name.strip_suffix(".png")?;
        self.0.values().find(|emblem| emblem.fingerprint == fingerprint)
    }

    /// Each with its office's row.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &Emblem)> {
        self.0.iter().map(|(row, emblem)| (*row, emblem))
    }
}
