//! What is typed and not agreed to yet: kept in memory alone, so that a time that lapses costs nobody their typing, and a
//! refusal leaves nothing behind (OMB-11).

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use office::{AddressId, BookingId};
use people::DetailForm;

/// Nobody takes longer over a form.
const KEPT: Duration = Duration::from_secs(2 * 60 * 60);
/// Past so many drafts the oldest go.
const DRAFTS_MAX: usize = 20_000;

/// Whose draft, in which office, for which kept time: nobody comes to another's.
pub type DraftKey = (AddressId, String, BookingId);

/// Every draft.
#[derive(Debug, Default)]
pub struct Drafts(Mutex<HashMap<DraftKey, (DetailForm, Instant)>>);

impl Drafts {
    /// Keeps what was typed.
    pub fn keep(&self, key: DraftKey, typed: DetailForm) {
        let mut drafts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if drafts.len() >= DRAFTS_MAX {
            drafts.retain(|_, (_, at)| at.elapsed() < KEPT);
        }
        if drafts.len() < DRAFTS_MAX {
            drafts.insert(key, (typed, Instant::now()));
        }
    }

    /// What was typed.
    pub fn get(&self, key: &DraftKey) -> Option<DetailForm> {
        let drafts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        drafts.get(key).filter(|(_, at)| at.elapsed() < KEPT).map(|(typed, _)| typed.clone())
    }

    /// Forgets what was typed; gives it to whoever goes on with it.
    pub fn take(&self, key: &DraftKey) -> Option<DetailForm> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(key).map(|(typed, _)| typed)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_draft_is_its_writers_own() {
        let drafts = Drafts::default();
        let key = |address: u128| (AddressId(Uuid::from_u128(address)), "kep".to_owned(), BookingId(7));
        let typed = DetailForm::new([("name".to_owned(), "Μαρία".to_owned())].into());
        drafts.keep(key(1), typed.clone());
        assert_eq!(drafts.get(&key(2)), None);
        assert_eq!(drafts.take(&key(1)), Some(typed));
        assert_eq!(drafts.get(&key(1)), None);
    }
}
