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
        }
    }
}
