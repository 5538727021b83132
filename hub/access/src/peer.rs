//! Who is at the other end of a connection: the one place that names it, also where a proxy stands between.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};

use http::{HeaderMap, HeaderName, HeaderValue, header};
use ipnet::IpNet;
use serde::Deserialize;

/// Proxies in a row that are looked back through; who sends a longer list is named by the last of these.
const PROXIES_MAX: usize = 16;
/// What most proxies say who sent a request.
const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// What limits count as one: an address, or with the newer addresses a /64, since a household has all of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Network {
    /// One of the older addresses, also one that is written as a newer one.
    Four(Ipv4Addr),
    /// The first half of a newer one.
    Six([u16; 4]),
}

impl Network {
    /// The network of an address.
    pub const fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::Four(address),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Self::Six([a, b, c, d])
            }
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Four(address) => write!(f, "{address}/32"),
            Self::Six([a, b, c, d]) => write!(f, "{}/64", Ipv6Addr::new(*a, *b, *c, *d, 0, 0, 0, 0)),
        }
    }
}

/// There is no place for a citizen's request: it is put into the request, and every door answers with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceRefusal;

/// Addresses that are believed, as an administrator writes them: `10.0.0.0/8`, `::1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
struct TrustedNetwork(IpNet);

impl TryFrom<String> for TrustedNetwork {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        let network = written.parse::<IpNet>().or_else(|_| written.parse::<IpAddr>().map(IpNet::from));
        network
            .map(Self)
            .map_err(|_| format!("{written} is no network; write it like 10.0.0.0/8, 192.0.2.7 or fd00::/8"))
    }
}

/// How a proxy says for whom it asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProxyWord {
    /// By the header `Forwarded` (RFC 7239).
    Forwarded,
    /// By the header `X-Forwarded-For`.
    XForwardedFor,
    /// By the PROXY protocol, version 1 or 2, before anything else on the connection.
    ProxyProtocol,
}

/// `[proxy]`: which proxies stand before the hub, and what they are believed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Proxies {
    /// Where they are.
    trusted: Vec<TrustedNetwork>,
    /// How they name who asks. Unset: by either header, and where both come and differ, by neither, since most proxies set
    /// one and let the other through as the other end wrote it.
    word: Option<ProxyWord>,
}

impl Proxies {
    /// Whether one of them is at this address.
    pub fn are_at(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.trusted.iter().any(|trusted| trusted.0.contains(&address))
    }

    /// Whether a connection from this address begins with the PROXY protocol.
    pub fn announce_at(&self, address: IpAddr) -> bool {
        self.word == Some(ProxyWord::ProxyProtocol) && self.are_at(address)
    }

    /// Whether anything is wrong with what is written.
    ///
    /// # Errors
    /// What, and what would be right.
    pub fn check(&self) -> Result<(), String> {
        match self.word {
            Some(_) if self.trusted.is_empty() => {
                Err("proxy: name the proxies that are believed, e.g. trusted = [\"10.0.0.7\"]".to_owned())
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Who asks: the other end of the connection, or, where that is a proxy that is believed, whom it names.
    pub fn peer(&self, connection: IpAddr, headers: &HeaderMap) -> IpAddr {
        let connection = connection.to_canonical();
        if !self.are_at(connection) {
            return connection;
        }
        let forwarded = || self.behind(connection, listed(headers, &header::FORWARDED), forwarded_for);
        let x_forwarded_for = || self.behind(connection, listed(headers, &X_FORWARDED_FOR), plain_address);
        match self.word {
            Some(ProxyWord::Forwarded) => forwarded(),
            Some(ProxyWord::XForwardedFor) => x_forwarded_for(),
            Some(ProxyWord::ProxyProtocol) => connection,
            None => match (headers.contains_key(header::FORWARDED), headers.contains_key(X_FORWARDED_FOR)) {
                (true, false) => forwarded(),
                (false, true) => x_forwarded_for(),
                (true, true) if forwarded() == x_forwarded_for() => forwarded(),
                (true, true) | (false, false) => connection,
            },
        }
    }

    /// Goes back from the last proxy for as long as proxies that are believed are named: each says who came to it.
    fn behind<'a>(
        &self,
        connection: IpAddr,
        from_the_last: impl Iterator<Item = &'a str>,
        read: impl Fn(&str) -> Option<IpAddr>,
    ) -> IpAddr {
        let mut peer = connection;
        for named in from_the_last.take(PROXIES_MAX) {
            match read(named) {
                Some(named) => peer = named,
                // Whom a proxy does not name it answers for itself.
                None => break,
            }
            if !self.are_at(peer) {
                break;
            }
        }
        peer
    }
}

/// What a header lists, from the last: each proxy adds to the end. A comma between quotes parts too, which can spoil only
/// what stands before what the proxy wrote.
fn listed<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    let lines: Vec<&HeaderValue> = headers.get_all(name).iter().collect();
    // What is no text names nobody.
    lines.into_iter().rev().flat_map(|line| line.to_str().unwrap_or("?").rsplit(','))
}

/// The address of `for=` in one element of `Forwarded`.
fn forwarded_for(element: &str) -> Option<IpAddr> {
    let node = rfc7239::parse(element).next()?.ok()?;
    node.forwarded_for?.ip().copied().map(|address| address.to_canonical())
}

/// An address, also with a port or in brackets, as some proxies write it.
fn plain_address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let alone = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let with_port = || text.parse::<SocketAddr>().map(|address| address.ip());
    alone.parse().or_else(|_| with_port()).ok().map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(section: &str) -> Proxies {
        toml::from_str(section).unwrap()
    }

    fn peer(proxies: &Proxies, connection: &str, headers: &[(&'static str, &str)]) -> String {
        let headers = headers.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()));
        proxies.peer(connection.parse().unwrap(), &headers.collect()).to_string()
    }

    #[test]
    fn prom_13_only_named_proxies_are_believed() {
        let proxies = proxies("trusted = [\"10.0.0.0/8\", \"::1\"]");
        let said = [("x-forwarded-for", "203.0.113.9")];
        assert_eq!(peer(&proxies, "10.1.2.3", &said), "203.0.113.9");
        assert_eq!(peer(&proxies, "::ffff:10.1.2.3", &said), "203.0.113.9");
        assert_eq!(peer(&proxies, "::1", &said), "203.0.113.9");
        assert_eq!(peer(&proxies, "192.0.2.1", &said), "192.0.2.1");
        assert_eq!(peer(&Proxies::default(), "127.0.0.1", &said), "127.0.0.1");
    }

    #[test]
    fn prom_13_what_the_other_end_wrote_itself_is_not_believed() {
        let proxies = proxies("trusted = [\"10.0.0.0/8\"]");
        let x = |list: &str| peer(&proxies, "10.0.0.1", &[("x-forwarded-for", list)]);
        assert_eq!(x("198.51.100.1, 203.0.113.9"), "203.0.113.9");
        assert_eq!(x("198.51.100.1, 203.0.113.9, 10.0.0.2"), "203.0.113.9", "through two proxies");
        assert_eq!(x("198.51.100.1, unknown"), "10.0.0.1");
        assert_eq!(x("203.0.113.9:4711"), "203.0.113.9");
        assert_eq!(x("[2001:db8::7]:4711"), "2001:db8::7");
        assert_eq!(x("2001:db8::7"), "2001:db8::7");
        assert_eq!(x(&"10.0.0.9,".repeat(100)), "10.0.0.1");
        let lines = [("x-forwarded-for", "198.51.100.1"), ("x-forwarded-for", "203.0.113.9")];
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(name, value.parse().unwrap());
        }
        assert_eq!(proxies.peer("10.0.0.1".parse().unwrap(), &headers).to_string(), "203.0.113.9");
        let f = |list: &str| peer(&proxies, "10.0.0.1", &[("forwarded", list)]);
        assert_eq!(f("for=198.51.100.1;proto=http, for=203.0.113.9;proto=https"), "203.0.113.9");
        assert_eq!(f("For=\"[2001:db8:cafe::17]:4711\""), "2001:db8:cafe::17");
        assert_eq!(f("for=\"198.51.100.1, for=203.0.113.9"), "203.0.113.9", "an open quote swallows nothing");
        assert_eq!(f("for=_hidden"), "10.0.0.1");
    }

    #[test]
    fn prom_13_two_headers_that_differ_name_nobody_unless_one_is_chosen() {
        let both = [("forwarded", "for=198.51.100.1"), ("x-forwarded-for", "203.0.113.9")];
        let of = |section: &str| peer(&proxies(section), "10.0.0.1", &both);
        assert_eq!(of("trusted = [\"10.0.0.1\"]"), "10.0.0.1");
        assert_eq!(of("trusted = [\"10.0.0.1\"]\nword = \"x-forwarded-for\""), "203.0.113.9");
        assert_eq!(of("trusted = [\"10.0.0.1\"]\nword = \"forwarded\""), "198.51.100.1");
        assert_eq!(of("trusted = [\"10.0.0.1\"]\nword = \"proxy-protocol\""), "10.0.0.1");
    }

    #[test]
    fn prom_13_a_household_is_one_network() {
        let of = |address: &str| Network::of(address.parse().unwrap());
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:1:2:3"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(of("2001:db8:0:1::7").to_string(), "2001:db8:0:1::/64");
        assert_eq!(of("::ffff:192.0.2.1").to_string(), "192.0.2.1/32");
    }

    #[test]
    fn what_is_no_network_is_said() {
        let wrong = toml::from_str::<Proxies>("trusted = [\"the proxy\"]").unwrap_err().to_string();
        assert!(wrong.contains("the proxy is no network"), "{wrong}");
        assert!(proxies("word = \"forwarded\"").check().is_err());
    }
}
