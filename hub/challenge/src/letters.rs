//! Letters in a picture: which they are follows from an id under the server's key, so that nothing of them is kept.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::GOOD_MINUTES;
use secrets::{ServerKey, draw_id, same};

/// Capitals that Greek and Latin share, and digits that nobody takes for one of them.
const ALPHABET: &[u8] = b"AEHKMNTXYZ345679";
/// So many are shown.
const LETTERS: usize = 5;
/// Bytes of a token's own MAC.
const MAC_BYTES: usize = 12;

/// A picture's letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letters {
    /// Names this picture; used once.
    pub id: Uuid,
    /// Good until then, in seconds since 1970.
    until: i64,
}

impl Letters {
    /// New ones.
    pub fn draw(now: DateTime<Utc>) -> Self {
        Self { id: draw_id(), until: (now + TimeDelta::minutes(GOOD_MINUTES)).timestamp() }
    }

    /// What stands in the page and in the addresses of picture and sound.
    pub fn token(&self, key: &ServerKey) -> String {
        let Self { id, until } = self;
        let body = format!("{}-{until}", id.simple());
        format!("{body}-{}", Self::mac(key, &body))
    }

    fn mac(key: &ServerKey, body: &str) -> String {
        key.link_mac("letters-token", body, 0)[..MAC_BYTES].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Those of a token, if it is ours and still good.
    pub fn of_token(key: &ServerKey, token: &str, now: DateTime<Utc>) -> Option<Self> {
        Self::of_ours(key, token).filter(|letters| letters.until > now.timestamp())
    }

    /// Whether a token is ours, and no longer good.
    pub fn are_late(key: &ServerKey, token: &str, now: DateTime<Utc>) -> bool {
        Self::of_ours(key, token).is_some_and(|letters| letters.until <= now.timestamp())
    }

    fn of_ours(key: &ServerKey, token: &str) -> Option<Self> {
        let (body, mac) = token.rsplit_once('-')?;
        if !key.each().any(|key| same(Self::mac(&key, body).as_bytes(), mac.as_bytes())) {
            return None;
        }
        let (id, until) = body.split_once('-')?;
        Some(Self { id: id.parse().ok()?, until: until.parse().ok()? })
    }

    /// The letters themselves.
    pub fn word(&self, key: &ServerKey) -> String {
        let hash = key.link_mac("letters", &self.id.simple().to_string(), 0);
        hash.iter().take(LETTERS).map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()])).collect()
    }

    /// What the picture is drawn by: nobody who has the token knows how they are turned and bent.
    pub fn seed(&self, key: &ServerKey) -> u64 {
        let hash = key.link_mac("letters-picture", &self.id.simple().to_string(), 0);
        hash.iter().take(size_of::<u64>()).fold(0, |seed, byte| seed << 8 | u64::from(*byte))
    }

    /// Whether somebody read them right: in capitals or not, and in Greek letters as well as in Latin.
    pub fn are(&self, key: &ServerKey, typed: &str) -> bool {
        let typed: String =
            typed.chars().filter(|c| !c.is_whitespace()).take(20).flat_map(char::to_uppercase).map(latin).collect();
        // Shown before the keys changed, and read after it.
        key.each().any(|key| same(self.word(&key).as_bytes(), typed.as_bytes()))
    }
}

/// The Latin twin of a Greek capital.
fn latin(letter: char) -> char {
    match letter {
        'Α' => 'A',
        'Ε' => 'E',
        'Η' => 'H',
        'Κ' => 'K',
        'Μ' => 'M',
        'Ν' => 'N',
        'Τ' => 'T',
        'Χ' => 'X',
        'Υ' => 'Y',
        'Ζ' => 'Z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn omb_03_letters_are_read_in_either_alphabet() {
        let (key, now) = (ServerKey::new([7; 32]), "2026-11-24T08:00:00Z".parse().unwrap());
        let letters = Letters::draw(now);
        let word = letters.word(&key);
        assert_eq!(word.len(), LETTERS);
        assert!(letters.are(&key, &word) && letters.are(&key, &format!(" {} ", word.to_lowercase())));
        let greek = word.replace('A', "Α").replace('E', "Ε").replace('H', "Η").replace('K', "Κ").replace('M', "Μ");
        let greek = greek.replace('N', "Ν").replace('T', "Τ").replace('X', "Χ").replace('Y', "Υ").replace('Z', "Ζ");
        assert!(letters.are(&key, &greek.to_lowercase()));
        assert!(!letters.are(&key, "") && !letters.are(&key, "QQQQQ"));
    }

    #[test]
    fn new_08_how_the_picture_is_drawn_does_not_follow_from_the_token() {
        let now = "2026-11-24T08:00:00Z".parse().unwrap();
        let letters = Letters::draw(now);
        let (one, other) = (ServerKey::new([7; 32]), ServerKey::new([8; 32]));
        assert_eq!(letters.seed(&one), letters.seed(&one));
        assert_ne!(letters.seed(&one), letters.seed(&other), "it follows from the key");
        let (high, low) = letters.id.as_u64_pair();
        assert!(![high, low, high ^ low].contains(&letters.seed(&one)));
    }

    #[test]
    fn a_token_cannot_be_forged_and_grows_old() {
        let (key, now) = (ServerKey::new([7; 32]), "2026-11-24T08:00:00Z".parse().unwrap());
        let letters = Letters::draw(now);
        let token = letters.token(&key);
        assert_eq!(Letters::of_token(&key, &token, now), Some(letters));
        assert_eq!(Letters::of_token(&key, &token, now + TimeDelta::minutes(61)), None);
        assert_eq!(Letters::of_token(&ServerKey::new([8; 32]), &token, now), None);
        assert_eq!(Letters::of_token(&key, "a-1-b", now), None);
    }
}
