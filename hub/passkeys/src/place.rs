//! Where passkeys are good: at one name, which browsers reach over an encrypted line.

use std::net::IpAddr;

use http::Uri;
use webauthn_rp::request::{AsciiDomain, RpId};

/// The one name at which browsers, by their own rules, treat a line in the clear as if it were encrypted.
const LOCAL: &str = "localhost";

/// Where a hub's passkeys are good.
#[derive(Debug)]
pub struct PasskeyPlace {
    /// The name for which an authenticator makes them.
    pub(crate) name: RpId,
    /// The one page's address, up to its path, from which an answer may come.
    pub(crate) origin: String,
}

/// Why a hub can have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoPasskeys {
    /// Browsers reach it by numbers, or by what is no name.
    #[error("the hub has no name")]
    Nameless,
    /// Browsers reach it in the clear.
    #[error("the hub is reached in the clear")]
    Clear,
}

impl PasskeyPlace {
    /// That of a hub which browsers reach at this address.
    ///
    /// # Errors
    /// [`NoPasskeys`].
    pub fn of(public_url: &str) -> Result<Self, NoPasskeys> {
        let address: Uri = public_url.parse().map_err(|_| NoPasskeys::Nameless)?;
        let host = address.host().unwrap_or_default().to_ascii_lowercase();
        if host.starts_with('[') || host.parse::<IpAddr>().is_ok() {
            return Err(NoPasskeys::Nameless);
        }
        let is_local = host == LOCAL || host.ends_with(".localhost");
        let scheme = match address.scheme_str() {
            Some("https") => "https",
            Some("http") if is_local => "http",
            Some(_) | None => return Err(NoPasskeys::Clear),
        };
        let usual = if scheme == "https" { 443 } else { 80 };
        let port = address.port_u16().filter(|port| *port != usual);
        let origin = match port {
            Some(port) => format!("{scheme}://{host}:{port}"),
            None => format!("{scheme}://{host}"),
        };
        let name = AsciiDomain::try_from(host).map_err(|_| NoPasskeys::Nameless)?;
        Ok(Self { name: RpId::Domain(name), origin })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_08_passkeys_are_good_at_a_name_over_an_encrypted_line() {
        let origins = [
            ("https://seira.example.gr", "https://seira.example.gr"),
            ("https://Seira.Example.gr:443/", "https://seira.example.gr"),
            ("https://seira.example.gr:8443", "https://seira.example.gr:8443"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://localhost:80", "http://localhost"),
        ];
        for (url, origin) in origins {
            assert_eq!(PasskeyPlace::of(url).unwrap().origin, origin, "{url}");
        }
        let without = [
            ("https://192.0.2.7", NoPasskeys::Nameless),
            ("https://192.0.2.7:8443", NoPasskeys::Nameless),
            ("https://[2001:db8::1]", NoPasskeys::Nameless),
            ("http://127.0.0.1:8080", NoPasskeys::Nameless),
            ("http://seira.example.gr", NoPasskeys::Clear),
            ("http://localhost.example.gr", NoPasskeys::Clear),
            ("", NoPasskeys::Nameless),
        ];
        for (url, why) in without {
            assert_eq!(PasskeyPlace::of(url).unwrap_err(), why, "{url}");
        }
    }
}
