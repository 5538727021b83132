//! How much one address, device or session may ask.
//!
//! Every request is paid for before anything is done about it, out of one purse: a device's or a session's own, the one of a
//! browser in which staff have signed in, or the one that all citizens of a network share. So no load of citizens takes
//! anything from staff and devices, also where all of them stand behind one address.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use uuid::Uuid;

use crate::{
    buckets::Buckets,
    guesses::{Guess, GuessProof, GuessRefusal, Guesses},
    limits_config::LimitsConfig,
    peer::Network,
};

/// A bucket holds so many seconds' worth.
const BURST_SECONDS: f64 = 10.0;

/// What pays for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purse {
    /// The citizens of a network, all together.
    Network(Network),
    /// A device or session, by the first bytes of its token's hash.
    Token(u64),
    /// A browser in which staff have signed in, by its number: they find their way in whoever else is at their address.
    Browser(u64),
}

impl Purse {
    /// Whether it is one of the household's: of staff or a device.
    pub const fn is_of_household(self) -> bool {
        matches!(self, Self::Token(_) | Self::Browser(_))
    }
}

/// A page has about so many files of the program itself, each kept in memory.
const ASSETS_PER_PAGE: f64 = 5.0;

/// What kind of request is to be paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestKind {
    /// A file of the program itself. Citizens pay for these by themselves, so that the page which says no still has its looks.
    Asset,
    /// Something to read.
    Reading,
    /// Something to be done: a turn of the writer, and perhaps a hash or a mail.
    Work,
}

impl RequestKind {
    /// What it costs, where a page that is read costs one.
    const fn cost(self) -> f64 {
        match self {
            Self::Asset => 1.0 / ASSETS_PER_PAGE,
            Self::Reading => 1.0,
            Self::Work => 4.0,
        }
    }
}

/// Nothing is done about a request that cannot be paid for: it is put into the request, and every door answers with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PurseRefusal {
    /// After so many seconds it can.
    pub seconds: u16,
}

/// Who holds a feed open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum FeedHolder {
    /// Anybody of a network.
    Network(Network),
    /// A device or session.
    Token(u64),
}

/// The limits of this hub.
#[derive(Debug)]
pub struct Limits {
    addresses: Buckets<Network>,
    assets: Buckets<Network>,
    tokens: Buckets<Purse>,
    guesses: Guesses,
    pairings: Buckets<Network>,
    feeds: Mutex<HashMap<FeedHolder, usize>>,
    feeds_per_address_max: usize,
}

impl Limits {
    /// These limits.
    pub fn new(config: &LimitsConfig) -> Self {
        let per_second = |rate: f64| (rate, rate * BURST_SECONDS);
        let (addresses, tokens) =
            (per_second(config.address_requests_per_second), per_second(config.token_requests_per_second));
        Self {
            addresses: Buckets::new(addresses.0, addresses.1),
            assets: Buckets::new(addresses.0, addresses.1),
            tokens: Buckets::new(tokens.0, tokens.1),
            guesses: Guesses::new(config),
            pairings: Buckets::new(config.pairings_per_minute / 60.0, config.pairings_per_minute),
            feeds: Mutex::default(),
            feeds_per_address_max: config.feeds_per_address_max,
        }
    }

    /// Pays for a request.
    ///
    /// # Errors
    /// When it can be paid for, if not now.
    pub fn pay(&self, purse: Purse, kind: RequestKind) -> Result<(), PurseRefusal> {
        let paid = match purse {
            Purse::Network(network) => {
                let citizens = match kind {
                    RequestKind::Asset => &self.assets,
                    RequestKind::Reading | RequestKind::Work => &self.addresses,
                };
                citizens.spend(network, kind.cost())
            }
            Purse::Token(_) | Purse::Browser(_) => self.tokens.spend(purse, kind.cost()),
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from one second to an hour")]
        paid.map_err(|seconds| PurseRefusal { seconds: seconds.ceil().clamp(1.0, 3_600.0) as u16 })
    }

    /// Whether this address may begin another pairing.
    pub fn pairing_may(&self, address: IpAddr) -> bool {
        self.pairings.take(Network::of(address))
    }

    /// Counts a guess at a password, from here and at this name, before it is judged.
    ///
    /// # Errors
    /// [`GuessRefusal`].
    pub fn guess(&self, from: IpAddr, name: &str, proof: GuessProof) -> Result<Guess<'_>, GuessRefusal> {
        self.guesses.take(from, name, proof)
    }

    /// Counts a guess at a code of an account's second factor too, for the account or for the browser that it knows.
    ///
    /// # Errors
    /// [`GuessRefusal::TooMany`].
    pub fn code_guess(&self, account: u32, browser: Option<u64>) -> Result<Guess<'_>, GuessRefusal> {
        self.guesses.take_code(account, browser)
    }

    /// Counts one more reading of a challenge's letters; says whether it is still judged.
    pub fn letters_may(&self, letters: Uuid) -> bool {
        self.guesses.letters_may(letters)
    }

    /// A place for one more feed from this address, given back when dropped.
    pub fn feed_may(self: &Arc<Self>, address: IpAddr) -> Option<FeedPlace> {
        self.feed(FeedHolder::Network(Network::of(address)))
    }

    /// A place for one more feed of a device or session: those of citizens at the same address take none of it.
    pub fn feed_of_token_may(self: &Arc<Self>, token: u64) -> Option<FeedPlace> {
        self.feed(FeedHolder::Token(token))
    }

    fn feed(self: &Arc<Self>, holder: FeedHolder) -> Option<FeedPlace> {
        let mut feeds = self.feeds.lock().unwrap_or_else(PoisonError::into_inner);
        let open = feeds.get(&holder).copied().unwrap_or_default();
        if open >= self.feeds_per_address_max {
            return None;
        }
        feeds.insert(holder, open + 1);
        Some(FeedPlace { limits: Arc::clone(self), holder })
    }
}

/// A feed that is open.
#[derive(Debug)]
pub struct FeedPlace {
    limits: Arc<Limits>,
    holder: FeedHolder,
}

impl Drop for FeedPlace {
    fn drop(&mut self) {
        let mut feeds = self.limits.feeds.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = feeds.get_mut(&self.holder) {
            *open -= 1;
            if *open == 0 {
                feeds.remove(&self.holder);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prom_13_citizens_pay_nothing_out_of_the_purses_of_staff_and_devices() {
        let config = LimitsConfig { address_requests_per_second: 0.1, ..LimitsConfig::default() };
        let limits = Limits::new(&config);
        let citizens = Purse::Network(Network::of("192.0.2.1".parse().unwrap()));
        assert_eq!(limits.pay(citizens, RequestKind::Reading), Ok(()));
        let refused = limits.pay(citizens, RequestKind::Reading).unwrap_err();
        assert_eq!(refused.seconds, 10, "said in whole seconds");
        for own in [Purse::Token(1), Purse::Browser(1)] {
            assert_eq!(limits.pay(own, RequestKind::Work), Ok(()));
        }
        let neighbour = Purse::Network(Network::of("192.0.2.2".parse().unwrap()));
        assert_eq!(limits.pay(neighbour, RequestKind::Work), Ok(()));
    }

    #[test]
    fn prom_13_feeds_of_citizens_take_none_from_devices_at_the_same_address() {
        let limits = Arc::new(Limits::new(&LimitsConfig { feeds_per_address_max: 2, ..LimitsConfig::default() }));
        let address: IpAddr = "192.0.2.1".parse().unwrap();
        let held: Vec<FeedPlace> = (0..5).filter_map(|_| limits.feed_may(address)).collect();
        assert_eq!(held.len(), 2);
        assert!(limits.feed_of_token_may(1).is_some());
        drop(held);
        assert!(limits.feed_may(address).is_some());
        assert_eq!(limits.feeds.lock().unwrap().len(), 0, "nothing is kept of who has gone");
    }
}
