//! `[limits]`: how much one address or device may ask.

use serde::Deserialize;

/// Limits; each has a burst of ten seconds' worth.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitsConfig {
    /// Requests a second from one network address without a token.
    pub address_requests_per_second: f64,
    /// Requests a second with one token.
    pub token_requests_per_second: f64,
    /// Failed sign-ins a minute, for one network address and for one name.
    pub failed_logins_per_minute: f64,
    /// Pairings a minute from one network address.
    pub pairings_per_minute: f64,
    /// Largest body of a request.
    pub body_bytes_max: usize,
    /// A request that is not answered within this is given up; feeds and pairings are held open on purpose.
    pub request_seconds_max: u64,
    /// Feeds that may be open from one network address at once.
    pub feeds_per_address_max: usize,
    /// Links for bookings that one mail address may be sent an hour, after the burst.
    pub links_per_address_per_hour: f64,
    /// So many at once.
    pub links_per_address_burst: f64,
    /// Links that may be asked for from one network an hour, after the burst: a school or an office is one network.
    pub links_per_network_per_hour: f64,
    /// So many at once.
    pub links_per_network_burst: f64,
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
            feeds_per_address_max: 1_000,
            links_per_address_per_hour: 30.0,
            links_per_address_burst: 5.0,
            links_per_network_per_hour: 1_800.0,
            links_per_network_burst: 300.0,
            challenge: true,
            work_prefix: WorkPrefix(4),
        }
    }
}
