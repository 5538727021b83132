//! What is said of code that broke: the place, once a minute. Whoever can break something can do so a thousand times a
//! second, and a log that grows with them fills the disk.

use std::{
    collections::BTreeMap,
    panic::{self, PanicHookInfo},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// A place is named once in so long.
const QUIET: Duration = Duration::from_secs(60);
/// So many places are told apart; more are counted as one. A program has fewer that break.
const PLACES_MAX: usize = 256;

/// Has every panic of this program told so. What a panic itself says is repeated only where it is a sentence of the program's
/// own: a text that was put together may hold what somebody typed.
pub fn tell() {
    let places = BrokenPlaces::default();
    panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        if let Some(untold) = places.may_tell(&place, Instant::now()) {
            let thread = std::thread::current();
            let thread = thread.name().unwrap_or_default();
            tracing::error!(
                place,
                thread,
                untold,
                said = own_sentence(panic),
                "code broke; what asked for it was refused"
            );
        }
    }));
}

/// What a panic says, where it is a sentence of the program's own.
fn own_sentence<'a>(panic: &'a PanicHookInfo<'_>) -> &'a str {
    panic.payload().downcast_ref::<&'static str>().copied().unwrap_or("(not repeated)")
}

/// The places that broke, when each was told last, and how often it has broken since.
#[derive(Debug, Default)]
struct BrokenPlaces(Mutex<BTreeMap<String, (Instant, u64)>>);

impl BrokenPlaces {
    /// Whether a place may be told now: then how often it broke untold before.
    fn may_tell(&self, place: &str, now: Instant) -> Option<u64> {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = if places.len() < PLACES_MAX || places.contains_key(place) { place } else { "elsewhere" };
        match places.get_mut(place) {
            Some((told, untold)) if now.saturating_duration_since(*told) < QUIET => {
                *untold += 1;
                None
            }
            Some(told) => Some(std::mem::replace(told, (now, 0)).1),
            None => {
                places.insert(place.to_owned(), (now, 0));
                Some(0)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prom_10_a_place_that_breaks_is_told_once_a_minute() {
        let (places, began) = (BrokenPlaces::default(), Instant::now());
        let at = |seconds| began + Duration::from_secs(seconds);
        assert_eq!(places.may_tell("a.rs:1", at(0)), Some(0));
        for second in 1..60 {
            assert_eq!(places.may_tell("a.rs:1", at(second)), None);
        }
        assert_eq!(places.may_tell("b.rs:1", at(59)), Some(0), "another place is told at once");
        assert_eq!(places.may_tell("a.rs:1", at(60)), Some(59), "and those in between are counted");
        for number in 0..10 * PLACES_MAX {
            let _ = places.may_tell(&format!("c.rs:{number}"), at(61));
        }
        assert!(places.0.lock().unwrap().len() <= PLACES_MAX + 1);
    }
}
