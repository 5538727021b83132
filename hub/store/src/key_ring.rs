//! The server's keys: the newest, with which everything is made, and those before it, with which what was made then is read
//! until it ends.

use chrono::{DateTime, TimeDelta, Utc};
use secrets::{KEY_BYTES, ServerKey};

use crate::{
    error::Stored,
    file::Store,
    sql::{instant, millis},
};

/// A key is read with for so long after another took its place: longer than any link, code or cookie that was made with it
/// lasts, save the links of bookings further ahead than that.
const READ_DAYS: i64 = 400;
/// So many of those before are kept; each is one more try at what is no link of ours.
const BEFORE_MAX: usize = 7;
/// One of them as it is kept: when another took its place, and the key.
const ENTRY_BYTES: usize = 8 + KEY_BYTES;

const NEWEST: &str = "server-key";
const BEFORE: &str = "server-keys-before";
const NUMBER: &str = "server-key-number";

/// A new key took another's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRotation {
    /// The number of the new one, counted from the file's first.
    pub number: u32,
    /// How many of those before it are still read with.
    pub before: usize,
    /// Until then, for the one that it took the place of.
    pub until: DateTime<Utc>,
}

/// One of the keys before the newest.
struct FormerKey {
    replaced_at: DateTime<Utc>,
    key: [u8; KEY_BYTES],
}

impl Store {
    /// The keys, if the file has any: the newest, and those before it that are still read with.
    pub fn server_keys(&self) -> Stored<Option<ServerKey>> {
        let Some(newest) = self.newest_key()? else { return Ok(None) };
        let before: Vec<_> = self.former_keys()?.into_iter().map(|former| former.key).collect();
        Ok(Some(ServerKey::ring(newest, &before)))
    }

    /// Draws a new key. Those before are read with for a while, or with `ends_links` never again: then every link, code and
    /// cookie that was made until now is good no longer.
    pub fn rotate_server_key(&self, now: DateTime<Utc>, ends_links: bool) -> Stored<KeyRotation> {
        let mut before = if ends_links { Vec::new() } else { self.former_keys()? };
        before.retain(|former| former.replaced_at + TimeDelta::days(READ_DAYS) > now);
        if let Some(key) = self.newest_key()?.filter(|_| !ends_links) {
            before.insert(0, FormerKey { replaced_at: now, key });
        }
        before.truncate(BEFORE_MAX);
        let number = u32::try_from(self.meta_number(NUMBER)?.unwrap_or(1)).unwrap_or(1).saturating_add(1);
        let kept = before.iter().flat_map(|FormerKey { replaced_at, key }| {
            millis(*replaced_at).to_be_bytes().into_iter().chain(*key).collect::<Vec<u8>>()
        });
        let newest: [u8; KEY_BYTES] = rand::random();
        let (old, new) = (self.server_keys()?, ServerKey::new(newest));
        let batch = self.batch()?;
        // What is kept sealed has no end: it is sealed anew, or it could not be opened once the keys before are gone.
        old.iter().try_for_each(|old| batch.reseal_factors(old, &new))?;
        batch.set_meta(BEFORE, &kept.collect::<Vec<u8>>())?;
        batch.set_meta(NEWEST, &newest)?;
        batch.set_meta(NUMBER, &i64::from(number).to_be_bytes())?;
        // A key that ended is overwritten.
        batch.scrub_now();
        batch.commit()?;
        Ok(KeyRotation { number, before: before.len(), until: now + TimeDelta::days(READ_DAYS) })
    }

    /// Draws the first key of a new file.
    pub(crate) fn fill_server_key(&self) -> Stored<()> {
        match self.newest_key()? {
            Some(_) => Ok(()),
            None => self.set_meta(NEWEST, &rand::random::<[u8; KEY_BYTES]>()),
        }
    }

    fn newest_key(&self) -> Stored<Option<[u8; KEY_BYTES]>> {
        Ok(self.meta(NEWEST)?.and_then(|value| value.try_into().ok()))
    }

    /// Those before, the newest first.
    fn former_keys(&self) -> Stored<Vec<FormerKey>> {
        let kept = self.meta(BEFORE)?.unwrap_or_default();
        let entries = kept.chunks_exact(ENTRY_BYTES).filter_map(|entry| {
            let (at, key) = entry.split_at_checked(8)?;
            let replaced_at = instant(i64::from_be_bytes(at.try_into().ok()?));
            Some(FormerKey { replaced_at, key: key.try_into().ok()? })
        });
        Ok(entries.collect())
    }
}

#[cfg(test)]
mod tests {
    use secrets::FactorSecret;

    use super::*;
    use crate::Role;

    #[test]
    fn new_08_what_was_made_with_the_keys_before_is_read_until_it_ends() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let later = |days| now + TimeDelta::days(days);
        let keys = || store.server_keys().unwrap().unwrap();
        let mac = |key: &ServerKey| key.link_mac("booking", "kep.12", 0);
        let first = mac(&keys());
        let reads = |made: [u8; 32]| keys().each().any(|key| mac(&key) == made);
        let done = store.rotate_server_key(now, false).unwrap();
        assert_eq!((done.number, done.before), (2, 1));
        assert!(mac(&keys()) != first && reads(first));
        let second = mac(&keys());
        assert_eq!(store.rotate_server_key(later(100), false).unwrap().before, 2);
        assert!(reads(first) && reads(second));
        // The first was replaced more than its days ago.
        assert_eq!(store.rotate_server_key(later(401), false).unwrap().before, 2);
        assert!(!reads(first) && reads(second));
        for nth in 0..20 {
            assert!(store.rotate_server_key(later(402 + nth), false).unwrap().before <= BEFORE_MAX);
        }
        let last = mac(&keys());
        let ended = store.rotate_server_key(later(500), true).unwrap();
        assert_eq!((ended.number, ended.before), (25, 0));
        assert!(!reads(last), "nothing that was made before is good any longer");
    }

    #[test]
    fn new_08_second_steps_outlive_every_change_of_keys() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let id = store.add_account("eleni", Some("hash"), (Role::Admin, None), None, now).unwrap().unwrap();
        let secret = FactorSecret::draw();
        let sealed = secret.sealed(&store.server_keys().unwrap().unwrap(), id);
        let account = store.account(id).unwrap().unwrap();
        assert!(store.set_factor(&account, &sealed, 1).unwrap());
        for ends_links in [false, true, true, false] {
            store.rotate_server_key(now, ends_links).unwrap();
            let newest = ServerKey::new(store.newest_key().unwrap().unwrap());
            let kept = store.account(id).unwrap().unwrap().factor.unwrap();
            assert_eq!(FactorSecret::unsealed(&newest, id, &kept), Some(secret.clone()), "by the newest alone");
        }
    }
}
