//! `[limits]`: how much one address or device may ask.

use serde::Deserialize;

/// The longest that anything may be waited for: an hour is for ever, on a connection.
const SECONDS_MAX: u64 = 3_600;

/// Limits; each has a burst of ten seconds' worth.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitsConfig {
    /// Requests a second from one network address without a token, of pages and programs alike. A page costs one, what asks
    /// for work four, one of our own files a fifth. An office with its waiting room is often one address, a mobile network is
    /// thousands of people.
    pub address_requests_per_second: f64,
    /// Requests a second of one device, one session of staff, or one browser in which staff have signed in.
    pub token_requests_per_second: f64,
    /// Failed sign-ins a minute, for one network address and for one name.
    pub failed_logins_per_minute: f64,
    /// Pairings a minute from one network address.
    pub pairings_per_minute: f64,
    /// Largest body of a request.
    pub body_bytes_max: usize,
    /// A request that is not answered within this is given up; feeds and pairings are held open on purpose.
    pub request_seconds_max: u64,
    /// Connections that may be open at once; fewer, where the machine allows fewer open files.
    pub connections_max: usize,
    /// So many of them are never citizens': they wait for staff and devices.
    pub connections_reserved: usize,
    /// Connections from one network address (a /64 of the newer ones). An office with its clerks and the citizens in its
    /// waiting room is often one.
    pub connections_per_network_max: usize,
    /// So many of those are never citizens'.
    pub connections_per_network_reserved: usize,
    /// The head of a request must have come within this, from its first byte to its last.
    pub head_seconds_max: u64,
    /// Between two pieces of a body there may be so long.
    pub body_idle_seconds_max: u64,
    /// A connection may sleep so long between two requests.
    pub idle_seconds_max: u64,
    /// Somebody who has read nothing of an answer or feed for so long is given up.
    pub write_idle_seconds_max: u64,
    /// Feeds that may be open from one network address at once, and apart from them with one token.
    pub feeds_per_address_max: usize,
    /// Links for bookings that one mail address may be sent an hour, after the burst.
    pub links_per_address_per_hour: f64,
    /// So many at once.
    pub links_per_address_burst: f64,
    /// Links that the addresses of one mail domain may be sent an hour, after the burst: whoever has a domain has as many
    /// addresses as they like. The large providers, where everybody has their mail, have no such limit.
    pub links_per_domain_per_hour: f64,
    /// So many at once.
    pub links_per_domain_burst: f64,
    /// Links that may be asked for from one network an hour, after the burst: a school or an office is one network.
    pub links_per_network_per_hour: f64,
    /// So many at once.
    pub links_per_network_burst: f64,
    /// Times that one mail address may have kept for it an hour, after the burst, whether it gives them back or not: each is
    /// written down for ever. An agent, who books for many, has ten times as many.
    pub holds_per_address_per_hour: f64,
    /// So many at once.
    pub holds_per_address_burst: f64,
    /// Whether a link is sent only for a proof of work, or for letters that were read (OMB-03).
    pub challenge: bool,
    /// How much work: each step makes it sixteen times as long; 4 is about a second on a phone.
    pub work_prefix: WorkPrefix,
}

/// The zeros with which the hash of a proof of work begins, in hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u8")]
pub struct WorkPrefix(u8);

impl WorkPrefix {
    /// As the library wants it.
    pub fn as_str(&self) -> &'static str {
        &"000000"[..usize::from(self.0)]
    }
}

impl TryFrom<u8> for WorkPrefix {
    type Error = &'static str;

    fn try_from(digits: u8) -> Result<Self, Self::Error> {
        if (1..=6).contains(&digits) { Ok(Self(digits)) } else { Err("work_prefix must be from 1 to 6") }
    }
}

impl Default for LimitsConfig {
    fn default() -> Self {
        Self {
            address_requests_per_second: 100.0,
            token_requests_per_second: 100.0,
            failed_logins_per_minute: 10.0,
            pairings_per_minute: 30.0,
            body_bytes_max: 64 * 1024,
            request_seconds_max: 30,
            connections_max: 8_192,
            connections_reserved: 1_024,
            connections_per_network_max: 2_048,
            connections_per_network_reserved: 512,
            head_seconds_max: 10,
            body_idle_seconds_max: 10,
            idle_seconds_max: 75,
            write_idle_seconds_max: 60,
            feeds_per_address_max: 1_000,
            links_per_address_per_hour: 30.0,
            links_per_address_burst: 5.0,
            links_per_domain_per_hour: 300.0,
            links_per_domain_burst: 100.0,
            links_per_network_per_hour: 1_800.0,
            links_per_network_burst: 300.0,
            holds_per_address_per_hour: 30.0,
            holds_per_address_burst: 20.0,
            challenge: true,
            work_prefix: WorkPrefix(4),
        }
    }
}

impl LimitsConfig {
    /// Whether a limit would shut everybody out.
    ///
    /// # Errors
    /// Which, and what would be right.
    pub fn check(&self) -> Result<(), String> {
        let places = [
            ("connections_reserved", self.connections_reserved, "connections_max", self.connections_max),
            (
                "connections_per_network_reserved",
                self.connections_per_network_reserved,
                "connections_per_network_max",
                self.connections_per_network_max,
            ),
        ];
        for (part, reserved, whole, all) in places {
            if reserved >= all {
                return Err(format!("limits.{part}: {reserved} should be less than limits.{whole}, which is {all}"));
            }
        }
        let seconds = [
            ("head_seconds_max", self.head_seconds_max),
            ("body_idle_seconds_max", self.body_idle_seconds_max),
            ("idle_seconds_max", self.idle_seconds_max),
            ("write_idle_seconds_max", self.write_idle_seconds_max),
            ("request_seconds_max", self.request_seconds_max),
        ];
        match seconds.iter().find(|(_, seconds)| !(1..=SECONDS_MAX).contains(seconds)) {
            Some((key, seconds)) => Err(format!("limits.{key}: {seconds} should be from 1 to {SECONDS_MAX}")),
            None => Ok(()),
        }
    }
}
