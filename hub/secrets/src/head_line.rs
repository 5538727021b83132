//! The head of a journal in one signed line: whoever keeps it can show later that no event up to then was rewritten, also by
//! somebody who has the database and the key.

use std::{fmt, str::FromStr};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::NaiveDate;
use office::CivilDate;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

/// With what a line begins: what it is, and of which version.
const MARK: [&str; 2] = ["seira-head", "1"];

/// What stands in the office's place in a line of the body's journal: no office has such a key.
pub const BODY_HEAD: &str = "@body";

/// The key that signs heads. It stands in a file of its own, outside the database.
pub struct HeadKey(Ed25519KeyPair);

impl fmt::Debug for HeadKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HeadKey")
    }
}

impl HeadKey {
    /// The key in these bytes (PKCS#8), if they are one.
    pub fn from_pkcs8(der: &[u8]) -> Option<Self> {
        Ed25519KeyPair::from_pkcs8_maybe_unchecked(der).ok().map(Self)
    }

    /// What everybody may know of it, and judges its lines by.
    pub fn public(&self) -> [u8; 32] {
        let mut public = [0; 32];
        public.copy_from_slice(self.0.public_key().as_ref());
        public
    }
}

/// Where a journal ended at a moment, as it is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedHead {
    /// The office's key, or [`BODY_HEAD`].
    pub office: String,
    /// On which day.
    pub day: NaiveDate,
    /// The number of the newest event then.
    pub seq: u64,
    /// The hash of its row.
    pub hash: [u8; 32],
}

/// A head with its signature. Displayed, it is its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadLine {
    /// What is signed.
    pub head: SignedHead,
    /// The public half of the key that it says it was signed with.
    pub key: [u8; 32],
    signature: [u8; 64],
}

/// A text is no such line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no line of a signed head; it begins with \"seira-head 1 office=\" and ends with \"signature=…\"")]
pub struct NoHeadLine;

impl HeadLine {
    /// Signs a head.
    pub fn sign(key: &HeadKey, head: SignedHead) -> Self {
        let public = key.public();
        let mut signature = [0; 64];
        signature.copy_from_slice(key.0.sign(said(&head, &public).as_bytes()).as_ref());
        Self { head, key: public, signature }
    }

    /// Whether the key that it names has signed it as it is.
    pub fn is_signed(&self) -> bool {
        let said = said(&self.head, &self.key);
        UnparsedPublicKey::new(&ED25519, self.key).verify(said.as_bytes(), &self.signature).is_ok()
    }

    /// Every line in a text, e.g. of a whole mail; a line may be broken between its words.
    ///
    /// # Errors
    /// If there is none, or half of one.
    pub fn all_in(text: &str) -> Result<Vec<Self>, NoHeadLine> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let starts = (0..words.len()).filter(|at| words[*at] == MARK[0]);
        let lines: Vec<Self> = starts.map(|at| Self::read(&words[at..])).collect::<Result<_, _>>()?;
        if lines.is_empty() { Err(NoHeadLine) } else { Ok(lines) }
    }

    fn read(words: &[&str]) -> Result<Self, NoHeadLine> {
        let field = |at: usize, name: &str| {
            words.get(at).and_then(|word| word.strip_prefix(name)?.strip_prefix('=')).ok_or(NoHeadLine)
        };
        if words.get(..2) != Some(&MARK) {
            return Err(NoHeadLine);
        }
        let head = SignedHead {
            office: field(2, "office")?.to_owned(),
            day: CivilDate::from_str(field(3, "day")?).map_err(|_| NoHeadLine)?.date(),
            seq: field(4, "event")?.parse().map_err(|_| NoHeadLine)?,
            hash: bytes(field(5, "hash")?)?,
        };
        Ok(Self { head, key: bytes(field(6, "key")?)?, signature: bytes(field(7, "signature")?)? })
    }
}

impl fmt::Display for HeadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} signature={}", said(&self.head, &self.key), URL_SAFE_NO_PAD.encode(self.signature))
    }
}

impl FromStr for HeadLine {
    type Err = NoHeadLine;

    fn from_str(text: &str) -> Result<Self, NoHeadLine> {
        Self::read(&text.split_whitespace().collect::<Vec<_>>())
    }
}

/// What a signature is over: the line before it.
fn said(head: &SignedHead, key: &[u8; 32]) -> String {
    let SignedHead { office, day, seq, hash } = head;
    let [mark, version] = MARK;
    let (hash, key) = (URL_SAFE_NO_PAD.encode(hash), URL_SAFE_NO_PAD.encode(key));
    format!("{mark} {version} office={office} day={day} event={seq} hash={hash} key={key}")
}

fn bytes<const N: usize>(text: &str) -> Result<[u8; N], NoHeadLine> {
    URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| bytes.try_into().ok()).ok_or(NoHeadLine)
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;

    use super::*;

    fn key() -> HeadKey {
        let der = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        HeadKey::from_pkcs8(der.as_ref()).unwrap()
    }

    fn head() -> SignedHead {
        let day = CivilDate::from_str("2026-10-28").unwrap().date();
        SignedHead { office: "kep".to_owned(), day, seq: 7, hash: [9; 32] }
    }

    #[test]
    fn new_14_a_line_says_its_head_again_also_out_of_a_mail_that_broke_it() {
        let line = HeadLine::sign(&key(), head());
        assert!(line.is_signed());
        let text = line.to_string();
        assert!(text.starts_with("seira-head 1 office=kep day=2026-10-28 event=7 hash="), "{text}");
        assert_eq!(text.parse::<HeadLine>().unwrap(), line);
        let mail = format!("Hello\n\n> {}\n\n{text}\n-- \nbye", text.replace(' ', "\n> "));
        assert!(HeadLine::all_in(&mail).is_err(), "marks of quoting are no part of it");
        let broken = format!("Hello\n{}\n\n{text}\n-- \nbye", text.replace(' ', "\n  "));
        assert_eq!(HeadLine::all_in(&broken).unwrap(), [line.clone(), line]);
    }

    #[test]
    fn new_14_a_line_that_was_changed_is_not_signed() {
        let line = HeadLine::sign(&key(), head());
        let with = |change: fn(&mut SignedHead)| {
            let mut changed = line.clone();
            change(&mut changed.head);
            changed
        };
        assert!(!with(|head| head.seq = 8).is_signed());
        assert!(!with(|head| head.hash[0] = 0).is_signed());
        assert!(!with(|head| head.office = "other".to_owned()).is_signed());
        assert!(!with(|head| head.day = head.day.succ_opt().unwrap()).is_signed());
        assert!(!HeadLine { key: key().public(), ..line }.is_signed());
        for wrong in ["", "seira-head", "seira-head 2 office=kep", "seira-head 1 office=kep day=x event=7"] {
            assert_eq!(wrong.parse::<HeadLine>(), Err(NoHeadLine), "{wrong}");
        }
    }
}
