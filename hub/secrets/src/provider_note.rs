//! What a browser keeps while its user is away at a provider that signs people in, in the hub's own word.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};

use crate::{
    codes::draw_token,
    keys::{KEY_BYTES, ServerKey, mac, same, token_hash},
    links::{signed, verified},
};

const PURPOSE: &str = "provider";

/// One way to a provider and back. The browser keeps it in a cookie, so that what comes back is believed in this browser alone;
/// what the provider has to prove beside is made of the hub's key, so that it stands in no cookie and in no address.
#[derive(Clone, PartialEq, Eq)]
pub struct ProviderNote {
    /// The provider, by its name in the configuration.
    pub provider: String,
    /// The page that is shown afterwards: a path of the hub.
    pub back: String,
    /// Good until then.
    pub until: DateTime<Utc>,
    state: String,
    seed: [u8; KEY_BYTES],
}

impl std::fmt::Debug for ProviderNote {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ProviderNote({}, …)", self.provider)
    }
}

impl ProviderNote {
    /// For a way that begins now.
    pub fn draw(key: &ServerKey, provider: &str, back: &str, until: DateTime<Utc>) -> Self {
        let (provider, back, state) = (provider.to_owned(), back.to_owned(), draw_token());
        let seed = seed(key, &state);
        Self { provider, back, until, state, seed }
    }

    /// As the cookie has it.
    pub fn written(&self, key: &ServerKey) -> String {
        let Self { provider, back, until, state, seed: _ } = self;
        let [provider, back] = [provider, back].map(|text| URL_SAFE_NO_PAD.encode(text));
        signed(key, PURPOSE, &format!("{provider}.{state}.{}.{back}", until.timestamp()))
    }

    /// What such a cookie says, if it is still good.
    pub fn read(key: &ServerKey, text: &str, now: DateTime<Utc>) -> Option<Self> {
        // What is made of a key has to be made of the one that was the newest then.
        let (id, key) = key.each().find_map(|key| Some((verified(&key, PURPOSE, text)?.to_owned(), key)))?;
        let mut parts = id.splitn(4, '.');
        let text = |part: &str| String::from_utf8(URL_SAFE_NO_PAD.decode(part).ok()?).ok();
        let (provider, state) = (text(parts.next()?)?, parts.next()?.to_owned());
        let until = DateTime::from_timestamp(parts.next()?.parse().ok()?, 0)?;
        let back = text(parts.next()?)?;
        let seed = seed(&key, &state);
        (until > now).then_some(Self { provider, back, until, state, seed })
    }

    /// What the provider sends back with its answer.
    pub fn state(&self) -> &str {
        &self.state
    }

    /// Whether an answer of a provider belongs to this way.
    pub fn is_answered_by(&self, provider: &str, state: &str) -> bool {
        self.provider == provider && same(self.state.as_bytes(), state.as_bytes())
    }

    /// The number that a provider of OpenID Connect puts into what it signs.
    pub fn nonce(&self) -> String {
        self.made("nonce")
    }

    /// What proves to a provider of OpenID Connect that who fetches is who asked (PKCE): 43 characters, as RFC 7636 wants.
    pub fn verifier(&self) -> String {
        self.made("verifier")
    }

    /// By this the hub remembers that the way was gone, so that it is gone once.
    pub fn mark(&self) -> [u8; KEY_BYTES] {
        token_hash(&self.state)
    }

    fn made(&self, what: &str) -> String {
        URL_SAFE_NO_PAD.encode(mac(&self.seed, &[what.as_bytes()]))
    }
}

fn seed(key: &ServerKey, state: &str) -> [u8; KEY_BYTES] {
    key.link_mac("provider-seed", state, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pre_02_a_way_to_a_provider_is_the_browsers_own_and_ends() {
        let (key, other) = (ServerKey::new([7; 32]), ServerKey::new([8; 32]));
        let until: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let before = until - chrono::TimeDelta::seconds(1);
        let note = ProviderNote::draw(&key, "taxisnet", "/book/κεπ?a=1.2", until);
        let text = note.written(&key);
        assert_eq!(ProviderNote::read(&key, &text, before), Some(note.clone()));
        assert_eq!(ProviderNote::read(&key, &text, until), None, "it has run out");
        assert_eq!(ProviderNote::read(&other, &text, before), None);
        for wrong in ["", "...", "a.b.1.c", &text.replacen('.', ".x", 1), &format!("{text}x")] {
            assert_eq!(ProviderNote::read(&key, wrong, before), None, "{wrong}");
        }
        assert!(note.is_answered_by("taxisnet", note.state()));
        let second = ProviderNote::draw(&key, "taxisnet", "/", until);
        assert!(!note.is_answered_by("taxisnet", second.state()), "another way of the same browser");
        assert!(!note.is_answered_by("other", note.state()));
        assert!(!note.is_answered_by("taxisnet", ""));
        assert_ne!(note.mark(), second.mark());
    }

    #[test]
    fn pre_02_what_a_provider_has_to_prove_stands_in_no_cookie_and_outlives_a_new_key() {
        let key = ServerKey::new([7; 32]);
        let until: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let note = ProviderNote::draw(&key, "staff", "/", until);
        let text = note.written(&key);
        assert_eq!(note.verifier().len(), 43);
        assert_ne!(note.verifier(), note.nonce());
        assert!(!text.contains(&note.verifier()) && !text.contains(&note.nonce()));
        let rotated = ServerKey::ring([9; 32], &[[8; 32], [7; 32]]);
        let read = ProviderNote::read(&rotated, &text, until - chrono::TimeDelta::seconds(1)).unwrap();
        assert_eq!((read.verifier(), read.nonce()), (note.verifier(), note.nonce()));
    }
}
