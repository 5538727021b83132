//! The hub's cookies: under names that browsers guard where the outside is encrypted.

use std::borrow::Cow;

use http::{HeaderMap, header};

/// Keeps the session of staff.
pub const SESSION_COOKIE: &str = "seira-session";
/// Keeps as whom a browser has signed in before.
pub const KNOWN_COOKIE: &str = "seira-known";

/// How cookies are kept. Where the outside is encrypted they bear a name that browsers take from this very host and over an
/// encrypted line alone (`__Host-`), so that no neighbour's page and nobody on the line can plant one; and no other name is
/// read then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cookies {
    is_secure: bool,
}

impl Cookies {
    /// Cookies of a hub whose outside is encrypted, or not.
    pub const fn new(is_secure: bool) -> Self {
        Self { is_secure }
    }

    /// Whether the outside is encrypted.
    pub const fn are_secure(self) -> bool {
        self.is_secure
    }

    fn name(self, name: &str) -> Cow<'_, str> {
        if self.is_secure { format!("__Host-{name}").into() } else { name.into() }
    }

    /// A cookie of the request.
    pub fn read<'a>(self, headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
        let name = self.name(name);
        let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        pairs
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find_map(|(key, value)| (key == name).then_some(value))
    }

    /// The `Set-Cookie` of a cookie that lasts for so many seconds, or without them until the browser is closed.
    pub fn set(self, name: &str, value: &str, seconds: Option<i64>) -> String {
        let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
        let secure = if self.is_secure { "; Secure" } else { "" };
        format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}", self.name(name))
    }

    /// The `Set-Cookie` that takes a cookie away.
    pub fn forget(self, name: &str) -> String {
        self.set(name, "", Some(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_08_where_the_outside_is_encrypted_a_cookie_bears_a_guarded_name_and_no_other_is_read() {
        let (secure, plain) = (Cookies::new(true), Cookies::new(false));
        let set = secure.set(SESSION_COOKIE, "x", Some(60));
        assert_eq!(set, "__Host-seira-session=x; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure");
        assert_eq!(plain.set(SESSION_COOKIE, "x", None), "seira-session=x; Path=/; HttpOnly; SameSite=Lax");
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "seira-session=planted; __Host-seira-session=own".parse().unwrap());
        assert_eq!(secure.read(&headers, SESSION_COOKIE), Some("own"));
        assert_eq!(plain.read(&headers, SESSION_COOKIE), Some("planted"));
    }
}
