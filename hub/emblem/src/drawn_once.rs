//! Emblems that many offices share: a ministry has a thousand offices and one coat of arms, and drawing takes milliseconds.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use sha2::{Digest, Sha256};

use crate::{Emblem, EmblemFlaw};

/// What came of a file, once it is drawn.
type DrawnFile = Arc<OnceLock<Result<Emblem, EmblemFlaw>>>;

/// Draws each file once, however many offices have the same; for as long as their files are read.
#[derive(Debug, Default)]
pub struct DrawingTable(Mutex<HashMap<[u8; 32], DrawnFile>>);

impl DrawingTable {
    /// The emblem in a file's bytes, as [`Emblem::of_file`] draws it. Whoever asks for one that is being drawn waits for it.
    ///
    /// # Errors
    /// Why it is not taken, and what would be right.
    pub fn of_file(&self, bytes: &[u8]) -> Result<Emblem, EmblemFlaw> {
        let hash: [u8; 32] = Sha256::digest(bytes).into();
        let drawn = Arc::clone(self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(hash).or_default());
        drawn.get_or_init(|| Emblem::of_file(bytes)).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_14_what_many_offices_share_is_drawn_once() {
        let table = DrawingTable::default();
        let file = include_bytes!("../../samples/emblem.svg");
        let first = table.of_file(file).unwrap();
        let again = table.of_file(file).unwrap();
        assert_eq!(first, again);
        assert_eq!(first.picture.as_ptr(), again.picture.as_ptr(), "the very same picture");
        assert_eq!(table.of_file(b"no picture"), Err(EmblemFlaw::Kind));
        assert_eq!(table.of_file(b"no picture"), Err(EmblemFlaw::Kind));
        assert_eq!(table.0.lock().unwrap().len(), 2);
    }
}
