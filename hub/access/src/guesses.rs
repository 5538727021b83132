//! Guesses at passwords: each is counted before it is judged, and given back if it was right.
//!
//! A guess counts for the network it comes from and for the name it is made at. Where either is used up, a person can still
//! get in, by reading letters or a second of work of their browser for each guess: so nobody shuts somebody else out of a
//! name. A browser where this name has signed in before has guesses of its own, which nobody else uses up.

use std::{
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use secrets::token_hash;
use uuid::Uuid;

use crate::{buckets::Buckets, limits_config::LimitsConfig, newest::NewestEntries, peer::Network, staff::bucket};

/// With a challenge for each, a network has so many times the guesses.
const CHALLENGED_TIMES: f64 = 3.0;
/// So many used challenges are remembered; then the one that was used first is forgotten, and would serve once more. Whoever
/// has that done has solved as many: nobody is kept out by it, and one guess for so much work is no gain.
const CHALLENGES_MAX: usize = 20_000;
/// So many pictures of letters are remembered with the guesses at each, in the same way.
const LETTERS_MAX: usize = 20_000;
/// Letters may be read wrong so often, whatever form they stand in; then others are shown.
const LETTERS_GUESSES_MAX: u8 = 5;

/// Codes of a second factor that may be wrong at once, and then one more every six minutes, for one account or for one browser
/// that it has signed in with. Whoever guesses at them has the password already: so slowly they are right once in four years.
const CODES_AT_ONCE: f64 = 10.0;
const CODES_PER_SECOND: f64 = 1.0 / 360.0;

/// What guesses are counted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum GuessKey {
    Network(Network),
    /// By the first bytes of its hash.
    Name(u64),
    Browser(u64),
    /// By the account's number.
    Account(u32),
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
    codes: Buckets<GuessKey>,
    used: Mutex<NewestEntries<Uuid, ()>>,
    letters: Mutex<NewestEntries<Uuid, u8>>,
}

impl Guesses {
    pub(crate) fn new(config: &LimitsConfig) -> Self {
        // All at once, if need be: a person who mistypes does so in a row.
        let buckets = |per_minute: f64| Buckets::new(per_minute / 60.0, per_minute);
        let per_minute = config.failed_logins_per_minute;
        Self {
            plain: buckets(per_minute),
            challenged: buckets(CHALLENGED_TIMES * per_minute),
            codes: Buckets::new(CODES_PER_SECOND, CODES_AT_ONCE),
            used: Mutex::new(NewestEntries::of(CHALLENGES_MAX)),
            letters: Mutex::new(NewestEntries::of(LETTERS_MAX)),
        }
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
            let keys = vec![network];
            // First, so that no network has more challenges remembered than it has guesses.
            if !self.challenged.take_each(&keys) {
                return Err(GuessRefusal::TooMany);
            }
            if !self.use_up(challenge) {
                return Err(GuessRefusal::Challenge);
            }
            return Ok(Guess { buckets: &self.challenged, keys });
        }
        let keys = vec![network, GuessKey::Name(bucket(&token_hash(name)))];
        if self.plain.take_each(&keys) {
            return Ok(Guess { buckets: &self.plain, keys });
        }
        Err(if self.challenged.holds(network) { GuessRefusal::Challenge } else { GuessRefusal::TooMany })
    }

    /// Counts a guess at a code of an account, which is about to be judged, beside [`Guesses::take`].
    pub(crate) fn take_code(&self, account: u32, browser: Option<u64>) -> Result<Guess<'_>, GuessRefusal> {
        let keys = vec![browser.map_or(GuessKey::Account(account), GuessKey::Browser)];
        if self.codes.take_each(&keys) { Ok(Guess { buckets: &self.codes, keys }) } else { Err(GuessRefusal::TooMany) }
    }

    /// Says whether a challenge was not used yet. A restart forgets it; a challenge is a second's work.
    fn use_up(&self, challenge: Uuid) -> bool {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = used.get(&challenge).is_none();
        if is_new {
            used.put(challenge, ());
        }
        is_new
    }

    /// Counts one more reading of letters; says whether it is still judged.
    pub(crate) fn letters_may(&self, letters: Uuid) -> bool {
        let mut read = self.letters.lock().unwrap_or_else(PoisonError::into_inner);
        match read.get_mut(&letters) {
            Some(times) if *times >= LETTERS_GUESSES_MAX => false,
            Some(times) => {
                *times += 1;
                true
            }
            None => {
                read.put(letters, 1);
                true
            }
        }
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
    fn new_08_no_number_of_challenges_keeps_others_from_theirs() {
        let guesses = guesses();
        let take = |from: IpAddr, nth: u128| {
            let proof = GuessProof { challenge: Some(Uuid::from_u128(nth)), ..GuessProof::default() };
            guesses.take(from, "maria", proof).map(drop)
        };
        let most = CHALLENGES_MAX as u128;
        // One network, past its limit, uses up none of the places.
        let mut refused = (0..most).map(|nth| take(at(1), nth)).skip(9);
        assert!(refused.all(|taken| taken == Err(GuessRefusal::TooMany)));
        assert_eq!(take(at(2), most - 1), Ok(()), "it was refused there, and is still good");
        // Many networks fill them all, and somebody else still gets in, each with a challenge of their own, once.
        for nth in 0..most {
            let from =
                IpAddr::from([10, 0, u8::try_from(nth / 9 / 256 % 256).unwrap(), u8::try_from(nth / 9 % 256).unwrap()]);
            assert_eq!(take(from, most + nth), Ok(()));
        }
        assert_eq!(take(at(3), 3 * most), Ok(()));
        assert_eq!(take(at(3), 3 * most), Err(GuessRefusal::Challenge));
    }

    #[test]
    fn new_08_codes_are_guessed_at_slowly_and_a_known_browser_is_not_kept_out() {
        let guesses = guesses();
        let wrong = |browser| (0..20).filter(|_| guesses.take_code(1, browser).is_ok()).count();
        assert_eq!((wrong(None), wrong(Some(7)), wrong(None)), (10, 10, 0));
        assert!(guesses.take_code(2, None).is_ok());
    }

    #[test]
    fn new_08_letters_are_guessed_at_a_few_times_and_no_more() {
        let guesses = guesses();
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!((0..100).filter(|_| guesses.letters_may(one)).count(), usize::from(LETTERS_GUESSES_MAX));
        assert!(guesses.letters_may(other));
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
