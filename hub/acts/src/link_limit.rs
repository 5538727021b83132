//! How many links may be asked for, for one address and from one network, and how many times one address may have kept. A restart forgets nothing, and the keys say
//! nothing of anybody.

use std::net::IpAddr;

use chrono::{DateTime, Utc};

use access::LimitsConfig;
use office::AddressId;
use people::domain_of_few;
use secrets::ServerKey;
use store::{Bucket, Store, Stored};
use wire::ProblemCode;
use writer::Workbench;

use crate::fault::Fault;

/// The limit on links, for who asks for one now.
#[derive(Debug, Clone)]
pub struct LinkLimit {
    /// Hides who asked.
    pub key: ServerKey,
    /// How many may be asked for.
    pub limits: LimitsConfig,
    /// The network address of who asks.
    pub from: IpAddr,
}

impl LinkLimit {
    /// Counts one more link to an address.
    ///
    /// # Errors
    /// `too-many-requests` past the limit, or that the hub cannot write.
    pub fn take(&self, bench: &mut Workbench<'_>, email: &str) -> Result<(), Fault> {
        let now = bench.now();
        let may = may_ask(bench.store(), &self.key, &self.limits, (email, self.from), now);
        if bench.stored(may)? { Ok(()) } else { Err(ProblemCode::TooManyRequests.into()) }
    }
}

/// An agent has so many times the kept times of a citizen: a driving school books for all of its pupils.
const AGENT_TIMES: f64 = 10.0;

/// A kept time that will be counted for an address, once it is kept.
#[derive(Debug)]
pub struct HoldCount {
    name: Vec<u8>,
    level: f64,
}

impl HoldCount {
    /// Looks whether one more time may be kept for an address.
    ///
    /// # Errors
    /// `too-many-requests` past the limit, or that the hub cannot read.
    pub fn of(bench: &mut Workbench<'_>, limit: &LinkLimit, owner: AddressId, is_agent: bool) -> Result<Self, Fault> {
        let now = bench.now();
        let looked = Self::within(bench.store(), limit, owner, is_agent, now);
        bench.stored(looked)?.ok_or(ProblemCode::TooManyRequests.into())
    }

    fn within(
        store: &Store,
        limit: &LinkLimit,
        owner: AddressId,
        is_agent: bool,
        now: DateTime<Utc>,
    ) -> Stored<Option<Self>> {
        let times = if is_agent { AGENT_TIMES } else { 1.0 };
        let per_hour = (limit.limits.holds_per_address_per_hour * times).max(0.001);
        let bucket = Bucket { burst: limit.limits.holds_per_address_burst * times, seconds_each: 3_600.0 / per_hour };
        let name = limit.key.link_mac("asked", &format!("hold {}", owner.0.simple()), 0).to_vec();
        let level = store.bucket_level(&name, bucket, now)?;
        Ok((level >= 1.0).then_some(Self { name, level: level - 1.0 }))
    }

    /// The time is kept: it counts.
    ///
    /// # Errors
    /// That the hub cannot write.
    pub fn count(self, bench: &mut Workbench<'_>) -> Result<(), Fault> {
        let now = bench.now();
        let counted = bench.store().set_bucket(&self.name, self.level, now);
        Ok(bench.stored(counted)?)
    }
}

/// Whether one more link may be asked for; if so, it is counted.
pub fn may_ask(
    store: &Store,
    key: &ServerKey,
    limits: &LimitsConfig,
    (email, from): (&str, IpAddr),
    now: DateTime<Utc>,
) -> Stored<bool> {
    let bucket = |burst: f64, per_hour: f64| Bucket { burst, seconds_each: 3_600.0 / per_hour.max(0.001) };
    let domain = domain_of_few(email);
    let of_domain = domain
        .map(|domain| ("domain", domain, bucket(limits.links_per_domain_burst, limits.links_per_domain_per_hour)));
    let asked = [
        ("network", network(from), bucket(limits.links_per_network_burst, limits.links_per_network_per_hour)),
        ("address", email.to_lowercase(), bucket(limits.links_per_address_burst, limits.links_per_address_per_hour)),
    ];
    let mut taken = Vec::with_capacity(asked.len() + 1);
    for (kind, name, bucket) in asked.into_iter().chain(of_domain) {
        let name = key.link_mac("asked", &format!("{kind} {name}"), 0);
        let level = store.bucket_level(&name, bucket, now)?;
        if level < 1.0 {
            return Ok(false);
        }
        taken.push((name, level - 1.0));
    }
    for (name, level) in taken {
        store.set_bucket(&name, level, now)?;
    }
    Ok(true)
}

/// The network of an address: /24, and /64 with the newer addresses, since a household has all of one.
pub(crate) fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}")
        }
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => network(IpAddr::V4(address)),
            None => address.segments()[..4].iter().map(|part| format!("{part:x}:")).collect(),
        },
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn fld_17_one_address_cannot_be_flooded_and_a_restart_forgets_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seira.db");
        let key = ServerKey::new([7; 32]);
        let limits = LimitsConfig::default();
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let ask = |store: &Store, email: &str, from: &str, now| {
            may_ask(store, &key, &limits, (email, from.parse().unwrap()), now).unwrap()
        };
        let store = Store::open(&path).unwrap();
        let asked = (0..8).filter(|_| ask(&store, "Flood@example.gr", "192.0.2.1", now)).count();
        assert_eq!(asked, 5);
        drop(store);
        let store = Store::open(&path).unwrap();
        assert!(!ask(&store, "flood@EXAMPLE.gr", "198.51.100.1", now), "case and network do not matter");
        assert!(ask(&store, "other@example.gr", "192.0.2.1", now));
        assert!(ask(&store, "flood@example.gr", "192.0.2.1", now + TimeDelta::minutes(3)), "it fills again");
        let bytes = [std::fs::read(&path).unwrap(), std::fs::read(path.with_extension("db-wal")).unwrap()].concat();
        assert!(!bytes.windows(5).any(|bytes| bytes.eq_ignore_ascii_case(b"flood")), "who asked is not written down");
    }

    #[test]
    fn omb_03_a_domain_is_not_as_many_citizens_as_it_has_addresses() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let (key, limits) = (ServerKey::new([7; 32]), LimitsConfig::default());
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        // From everywhere, to an address of its own each time.
        let asked = |domain: &str, now: DateTime<Utc>| {
            let ask = |nth: &u32| {
                let (email, from) = (format!("a{nth}@{domain}"), std::net::Ipv4Addr::from(nth << 8).into());
                may_ask(&store, &key, &limits, (&email, from), now).unwrap()
            };
            (1..1_000_u32).filter(ask).count()
        };
        assert_eq!(asked("flood.example.gr", now), 100);
        assert_eq!(asked("more.EXAMPLE.gr", now), 0, "whoever has a domain has all that stands before it");
        assert_eq!(asked("other.gr", now), 100);
        assert_eq!(asked("gmail.com", now), 999, "a provider says nothing of who asks");
        assert_eq!(asked("example.gr", now + TimeDelta::minutes(10)), 50, "it fills again");
    }

    #[test]
    fn new_11_one_address_has_no_more_times_kept_than_it_may_and_an_agent_has_more() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let limit = LinkLimit {
            key: ServerKey::new([7; 32]),
            limits: LimitsConfig::default(),
            from: "192.0.2.1".parse().unwrap(),
        };
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let holds = |owner: u128, is_agent, now, most: usize| {
            let hold = |_: &usize| {
                let owner = AddressId(uuid::Uuid::from_u128(owner));
                let counted = HoldCount::within(&store, &limit, owner, is_agent, now).unwrap();
                counted.is_some_and(|one| store.set_bucket(&one.name, one.level, now).is_ok())
            };
            (0..most).take_while(hold).count()
        };
        assert_eq!(holds(1, false, now, 1_000), 20);
        assert_eq!(holds(2, false, now, 1_000), 20, "another address has its own");
        assert_eq!(holds(1, false, now + TimeDelta::hours(1), 1_000), 20, "an hour fills it again");
        assert_eq!(holds(1, false, now + TimeDelta::minutes(70), 1_000), 5);
        assert_eq!(holds(3, true, now, 1_000), 200);
    }

    #[test]
    fn a_network_is_counted_as_one() {
        assert_eq!(network("192.0.2.1".parse().unwrap()), network("192.0.2.200".parse().unwrap()));
        assert_ne!(network("192.0.2.1".parse().unwrap()), network("192.0.3.1".parse().unwrap()));
        assert_eq!(network("2001:db8::1".parse().unwrap()), network("2001:db8::ffff".parse().unwrap()));
        assert_eq!(network("::ffff:192.0.2.1".parse().unwrap()), network("192.0.2.9".parse().unwrap()));
    }
}
