//! Browsers that have signed in before: what they keep of it, so that guesses by others at the same name do not shut them out.
//!
//! A browser keeps a few names of accounts, each by its number and with a number of the browser's own, signed. It proves
//! nothing but that somebody signed in there; a password is asked for all the same.

use secrets::{ServerKey, draw_word, same};

use crate::cookie::KNOWN_COOKIE;

/// So many people who share a browser are remembered; the one who was here the longest ago is forgotten for another.
const NAMES_MAX: usize = 4;
/// Browsers keep no cookie for longer than 400 days.
const KEPT_SECONDS: i64 = 400 * 24 * 3_600;
/// Letters of a browser's own number: enough that two are never alike.
const BROWSER_CHARACTERS: usize = 16;
/// Bytes of the MAC that are kept.
const MAC_BYTES: usize = 16;

/// Who signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownName {
    /// Somebody who has an account.
    Account(u32),
}

impl KnownName {
    fn written(self) -> String {
        match self {
            Self::Account(id) => format!("s{id}"),
        }
    }
}

/// What a browser keeps of who signed in there.
#[derive(Debug, Clone, Default)]
pub struct KnownBrowser(String);

impl KnownBrowser {
    /// As the request's cookie says.
    pub fn new(cookie: Option<&str>) -> Self {
        // No more is looked at than this hub writes.
        Self(cookie.filter(|cookie| cookie.len() <= 512).unwrap_or_default().to_owned())
    }

    /// The name of the cookie that keeps it, and for how long.
    pub const COOKIE: (&'static str, i64) = (KNOWN_COOKIE, KEPT_SECONDS);

    /// The browser's number for a name with which somebody has signed in there.
    pub fn has_signed_in(&self, key: &ServerKey, name: KnownName) -> Option<u64> {
        let head = format!("{}.", name.written());
        self.0.split('~').filter_map(|entry| entry.strip_prefix(&head)).find_map(|rest| {
            let (browser, mac) = rest.split_once('.')?;
            let is_ours = |key: ServerKey| same(mac_of(&key, name, browser).as_bytes(), mac.as_bytes());
            key.each().any(is_ours).then(|| number(browser))
        })
    }

    /// The accounts of staff that have signed in there.
    pub fn accounts<'a>(&'a self, key: &'a ServerKey) -> impl Iterator<Item = u32> + 'a {
        let written = self.0.split('~').filter_map(|entry| entry.strip_prefix('s')?.split('.').next()?.parse().ok());
        written.take(NAMES_MAX).filter(|id| self.has_signed_in(key, KnownName::Account(*id)).is_some())
    }

    /// What it keeps after somebody has signed in.
    pub fn after(&self, key: &ServerKey, name: KnownName) -> String {
        let head = format!("{}.", name.written());
        let browser = draw_word(BROWSER_CHARACTERS);
        let mac = mac_of(key, name, &browser);
        let others = self.0.split('~').filter(|entry| !entry.is_empty() && !entry.starts_with(&head));
        // What others wrote into the cookie is not sent back.
        let others = others.filter(|entry| entry.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.'));
        let newest = format!("{head}{browser}.{mac}");
        std::iter::once(newest.as_str()).chain(others.take(NAMES_MAX - 1)).collect::<Vec<_>>().join("~")
    }
}

fn mac_of(key: &ServerKey, name: KnownName, browser: &str) -> String {
    let mac = key.link_mac("known-browser", &format!("{}.{browser}", name.written()), 0);
    mac[..MAC_BYTES].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The limits count by numbers.
fn number(browser: &str) -> u64 {
    crate::staff::bucket(&secrets::token_hash(browser))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_08_a_browser_is_known_by_what_this_hub_signed_and_for_that_name_alone() {
        let key = ServerKey::new([7; 32]);
        let maria = KnownName::Account(1);
        let first = KnownBrowser::default().after(&key, maria);
        let browser = KnownBrowser::new(Some(&first));
        assert!(browser.has_signed_in(&key, maria).is_some());
        assert!(browser.has_signed_in(&key, KnownName::Account(2)).is_none());
        assert!(browser.has_signed_in(&ServerKey::new([8; 32]), maria).is_none());
        assert_eq!(browser.accounts(&key).collect::<Vec<_>>(), [1]);
        let forged = first.replace("s1.", "s2.");
        assert!(KnownBrowser::new(Some(&forged)).has_signed_in(&key, KnownName::Account(2)).is_none());
    }

    #[test]
    fn new_08_four_people_share_a_browser_and_a_fifth_takes_the_place_of_the_first() {
        let key = ServerKey::new([7; 32]);
        let mut browser = KnownBrowser::default();
        for id in 1..=5 {
            browser = KnownBrowser::new(Some(&browser.after(&key, KnownName::Account(id))));
        }
        let known: Vec<u32> =
            (1..=5).filter(|id| browser.has_signed_in(&key, KnownName::Account(*id)).is_some()).collect();
        assert_eq!(known, [2, 3, 4, 5]);
    }
}
