//! Guesses at passwords: each is counted before it is judged, and given back if it was right.
//!
//! A guess counts for the network it comes from and for the name it is made at. Where either is used up, a person can still
//! get in, by reading letters or a second of work of their browser for each guess: so nobody shuts somebody else out of a
//! name. A browser where this name has signed in before has guesses of its own, which nobody else uses up.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use secrets::token_hash;
use uuid::Uuid;

use crate::{buckets::Buckets, limits_config::LimitsConfig, peer::Network, staff::bucket};

/// With a challenge for each, a network has so many times the guesses.
const CHALLENGED_TIMES: f64 = 3.0;
/// A challenge is good for no longer than this, and remembered so long, once it was used.
const CHALLENGES_KEPT: Duration = Duration::from_secs(3_600);
/// So many used challenges are remembered; until the oldest is forgotten, none is taken any more.
const CHALLENGES_MAX: usize = 20_000;

/// What guesses are counted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum GuessKey {
    Network(Network),
    /// By the first bytes of its hash.
    Name(u64),
    Browser(u64),
}

/// What speaks for somebody who guesses.
#[derive(Debug, Clone, Copy, Default)]
pub struct GuessProof {
    /// The number of a browser where this name has signed in before.
    pub browser: Option<u64>,
    /// A challenge that was solved for this guess.
    pub challenge: Option<Uuid>,
}

/// Why a guess is not judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GuessRefusal {
    /// It would be, with a challenge that is solved.
    #[error("too many guesses without a challenge")]
    Challenge,
    /// There were too many.
    #[error("too many guesses")]
    TooMany,
}

/// The limits on guesses.
#[derive(Debug)]
pub(crate) struct Guesses {
    plain: Buckets<GuessKey>,
    challenged: Buckets<GuessKey>,
    used: Mutex<HashMap<Uuid, Instant>>,
}

impl Guesses {
    pub(crate) fn new(config: &LimitsConfig) -> Self {
        // All at once, if need be: a person who mistypes does so in a row.
        let buckets = |per_minute: f64| Buckets::new(per_minute / 60.0, per_minute);
        let per_minute = config.failed_logins_per_minute;
        Self { plain: buckets(per_minute), challenged: buckets(CHALLENGED_TIMES * per_minute), used: Mutex::default() }
    }

    /// Counts a guess that is about to be judged.
    pub(crate) fn take(&self, from: IpAddr, name: &str, proof: GuessProof) -> Result<Guess<'_>, GuessRefusal> {
        let network = GuessKey::Network(Network::of(from));
        if let Some(browser) = proof.browser {
            let keys = vec![GuessKey::Browser(browser)];
            if self.plain.take_each(&keys) {
                return Ok(Guess { buckets: &self.plain, keys });
            }
        }
        if let Some(challenge) = proof.challenge {
            if !self.use_up(challenge) {
                return Err(GuessRefusal::Challenge);
            }
            let keys = vec![network];
            return match self.challenged.take_each(&keys) {
                true => Ok(Guess { buckets: &self.challenged, keys }),
                false => Err(GuessRefusal::TooMany),
            };
        }
        let keys = vec![network, GuessKey::Name(bucket(&token_hash(name)))];
        if self.plain.take_each(&keys) {
            return Ok(Guess { buckets: &self.plain, keys });
        }
        Err(if self.challenged.holds(network) { GuessRefusal::Challenge } else { GuessRefusal::TooMany })
    }

    /// Says whether a challenge was not used yet. A restart forgets it; a challenge is a second's work.
    fn use_up(&self, challenge: Uuid) -> bool {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if used.len() >= CHALLENGES_MAX {
            used.retain(|_, at| at.elapsed() < CHALLENGES_KEPT);
        }
        used.len() < CHALLENGES_MAX && used.insert(challenge, Instant::now()).is_none()
    }
}

/// A guess that is counted.
#[derive(Debug)]
pub struct Guess<'a> {
    buckets: &'a Buckets<GuessKey>,
    keys: Vec<GuessKey>,
}

impl Guess<'_> {
    /// It was right, or was not judged after all: it does not count.
    pub fn give_back(self) {
        self.buckets.give_back(&self.keys);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guesses() -> Guesses {
        Guesses::new(&LimitsConfig { failed_logins_per_minute: 3.0, ..LimitsConfig::default() })
    }

    fn at(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[test]
    fn new_08_a_guess_counts_before_it_is_judged_and_not_if_it_was_right() {
        let guesses = guesses();
        let held: Vec<_> = (0..10).map_while(|_| guesses.take(at(1), "maria", GuessProof::default()).ok()).collect();
        assert_eq!(held.len(), 3, "ten at once are no more than three");
        held.into_iter().for_each(Guess::give_back);
        assert!(guesses.take(at(1), "maria", GuessProof::default()).is_ok());
    }

    #[test]
    fn new_08_guesses_of_others_do_not_shut_a_name_out() {
        let guesses = guesses();
        for last in 0..3 {
            guesses.take(at(last), "maria", GuessProof::default()).unwrap();
        }
        let take = |proof| guesses.take(at(9), "maria", proof).map(drop);
        assert_eq!(take(GuessProof::default()), Err(GuessRefusal::Challenge));
        let challenge = Some(Uuid::from_u128(1));
        assert_eq!(take(GuessProof { challenge, ..GuessProof::default() }), Ok(()));
        assert_eq!(take(GuessProof { challenge, ..GuessProof::default() }), Err(GuessRefusal::Challenge), "used up");
        let browser = Some(7);
        for _ in 0..3 {
            assert_eq!(take(GuessProof { browser, ..GuessProof::default() }), Ok(()), "a browser has its own");
        }
        assert!(take(GuessProof { browser, ..GuessProof::default() }).is_err());
    }

    #[test]
    fn new_08_with_challenges_too_a_network_comes_to_an_end() {
        let guesses = guesses();
        let take = |nth| {
            let proof = GuessProof { challenge: Some(Uuid::from_u128(nth)), ..GuessProof::default() };
            guesses.take(at(1), "maria", proof).map(drop)
        };
        assert!((0..9).all(|nth| take(nth).is_ok()));
        assert_eq!(take(9), Err(GuessRefusal::TooMany));
        // What a /64 has, its neighbours do not use up.
        let six = |address: &str| guesses.take(address.parse().unwrap(), address, GuessProof::default()).is_ok();
        assert!(["2001:db8::1", "2001:db8::2", "2001:db8::3"].into_iter().all(six));
        assert!(!six("2001:db8::4") && six("2001:db8:0:1::1"));
    }
}
