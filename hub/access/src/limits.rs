//! How much one address or device may ask: buckets that fill with time.

use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use crate::limits_config::LimitsConfig;

/// A bucket holds so many seconds' worth.
const BURST_SECONDS: f64 = 10.0;
/// Past so many buckets, the full ones are forgotten.
const BUCKETS_KEPT: usize = 10_000;

/// Buckets of one kind, one for each key.
#[derive(Debug)]
struct Buckets<K> {
    per_second: f64,
    burst: f64,
    levels: Mutex<HashMap<K, (f64, Instant)>>,
}

impl<K: Eq + Hash> Buckets<K> {
    fn new(per_second: f64) -> Self {
        Self { per_second, burst: (per_second * BURST_SECONDS).max(1.0), levels: Mutex::default() }
    }

    /// Refills a bucket, and takes `cost` out of it if it holds one; says whether it did.
    fn take(&self, key: K, cost: f64) -> bool {
        let now = Instant::now();
        let mut levels = self.levels.lock().unwrap_or_else(PoisonError::into_inner);
        if levels.len() > BUCKETS_KEPT {
            levels.retain(|_, (level, at)| *level + (now - *at).as_secs_f64() * self.per_second < self.burst);
        }
        let (level, at) = levels.entry(key).or_insert((self.burst, now));
        *level = ((now - *at).as_secs_f64().mul_add(self.per_second, *level)).min(self.burst);
        *at = now;
        let has = *level >= 1.0;
        if has {
            *level -= cost;
        }
        has
    }
}

/// The limits of this hub.
#[derive(Debug)]
pub struct Limits {
    addresses: Buckets<IpAddr>,
    tokens: Buckets<u64>,
    failed_logins: Buckets<String>,
    pairings: Buckets<IpAddr>,
    feeds: Mutex<HashMap<IpAddr, usize>>,
    feeds_per_address_max: usize,
}

impl Limits {
    /// These limits.
    pub fn new(config: &LimitsConfig) -> Self {
        Self {
            addresses: Buckets::new(config.address_requests_per_second),
            tokens: Buckets::new(config.token_requests_per_second),
            // Tried at once, not within ten seconds: a person who mistypes does so in a row.
            failed_logins: Buckets {
                per_second: config.failed_logins_per_minute / 60.0,
                burst: config.failed_logins_per_minute,
                levels: Mutex::default(),
            },
            pairings: Buckets {
                per_second: config.pairings_per_minute / 60.0,
                burst: config.pairings_per_minute,
                levels: Mutex::default(),
            },
            feeds: Mutex::default(),
            feeds_per_address_max: config.feeds_per_address_max,
        }
    }

    /// Whether an address without a token may ask once more.
    pub fn address_may(&self, address: IpAddr) -> bool {
        self.addresses.take(address, 1.0)
    }

    /// Whether a device or session, named by the first bytes of its token's hash, may ask once more.
    pub fn token_may(&self, token: u64) -> bool {
        self.tokens.take(token, 1.0)
    }

    /// Whether this address may begin another pairing.
    pub fn pairing_may(&self, address: IpAddr) -> bool {
        self.pairings.take(address, 1.0)
    }

    /// Whether another sign-in may be tried from here, or with this name.
    pub fn login_may(&self, address: IpAddr, name: &str) -> bool {
        self.failed_logins.take(address.to_string(), 0.0) && self.failed_logins.take(format!("name {name}"), 0.0)
    }

    /// A sign-in failed.
    pub fn login_failed(&self, address: IpAddr, name: &str) {
        self.failed_logins.take(address.to_string(), 1.0);
        self.failed_logins.take(format!("name {name}"), 1.0);
    }

    /// A place for one more feed from this address, given back when dropped.
    pub fn feed_may(self: &Arc<Self>, address: IpAddr) -> Option<FeedPlace> {
        let mut feeds = self.feeds.lock().unwrap_or_else(PoisonError::into_inner);
        let open = feeds.entry(address).or_insert(0);
        if *open >= self.feeds_per_address_max {
            return None;
        }
        *open += 1;
        Some(FeedPlace { limits: Arc::clone(self), address })
    }
}

/// A feed that is open.
#[derive(Debug)]
pub struct FeedPlace {
    limits: Arc<Limits>,
    address: IpAddr,
}

impl Drop for FeedPlace {
    fn drop(&mut self) {
        let mut feeds = self.limits.feeds.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = feeds.get_mut(&self.address) {
            *open -= 1;
            if *open == 0 {
                feeds.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_runs_dry_and_others_do_not() {
        let buckets = Buckets::new(0.2);
        assert!(buckets.take("a", 1.0));
        assert!(buckets.take("a", 1.0));
        assert!(!buckets.take("a", 1.0));
        assert!(buckets.take("b", 1.0));
    }
}
