//! How many links may be asked for: for one address, and from one network. Nothing is asked of the person.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{LazyLock, Mutex, PoisonError},
    time::Instant,
};

/// Links for one address at once, and how long until one more.
const PER_ADDRESS: Bucket = Bucket { burst: 5.0, seconds_each: 120.0 };
/// Links from one network at once, and how long until one more: a school or an office is one network.
const PER_NETWORK: Bucket = Bucket { burst: 300.0, seconds_each: 2.0 };
/// Past so many keys those that are full again are forgotten.
const KEYS_KEPT: usize = 20_000;

struct Bucket {
    burst: f64,
    seconds_each: f64,
}

static LEVELS: LazyLock<Mutex<HashMap<String, (f64, Instant)>>> = LazyLock::new(Mutex::default);

/// Whether one more link may be asked for.
pub fn may_ask(email: &str, from: IpAddr) -> bool {
    take(&format!("network {}", network(from)), &PER_NETWORK)
        && take(&format!("address {}", email.to_lowercase()), &PER_ADDRESS)
}

fn take(key: &str, bucket: &Bucket) -> bool {
    let now = Instant::now();
    let mut levels = LEVELS.lock().unwrap_or_else(PoisonError::into_inner);
    if levels.len() > KEYS_KEPT {
        let refill = PER_ADDRESS.burst * PER_ADDRESS.seconds_each;
        levels.retain(|_, (_, at)| (now - *at).as_secs_f64() < refill);
    }
    let (level, at) = levels.entry(key.to_owned()).or_insert((bucket.burst, now));
    *level = ((now - *at).as_secs_f64() / bucket.seconds_each + *level).min(bucket.burst);
    *at = now;
    let may = *level >= 1.0;
    if may {
        *level -= 1.0;
    }
    may
}

/// The network of an address: /24, and /64 with the newer addresses, since a household has all of one.
fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}")
        }
        IpAddr::V6(address) => format!("{:x?}", &address.segments()[..4]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fld_17_one_address_cannot_be_flooded() {
        let from = "192.0.2.1".parse().unwrap();
        let asked = (0..8).filter(|_| may_ask("Flood@example.gr", from)).count();
        assert_eq!(asked, 5);
        assert!(!may_ask("flood@EXAMPLE.gr", "198.51.100.1".parse().unwrap()), "case and network do not matter");
        assert!(may_ask("other@example.gr", from));
    }

    #[test]
    fn a_network_is_counted_as_one() {
        assert_eq!(network("192.0.2.1".parse().unwrap()), network("192.0.2.200".parse().unwrap()));
        assert_ne!(network("192.0.2.1".parse().unwrap()), network("192.0.3.1".parse().unwrap()));
        assert_eq!(network("2001:db8::1".parse().unwrap()), network("2001:db8::ffff".parse().unwrap()));
    }
}
