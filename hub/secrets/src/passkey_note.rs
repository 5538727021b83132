//! What a page carries between asking a browser for a passkey and its answer, in the hub's own word.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    keys::ServerKey,
    links::{signed, verified},
};

/// What a browser was asked for a passkey for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasskeyErrand {
    /// To have a new one, of who has just shown their password.
    New,
    /// To have one shown, at the second step of signing in.
    Shown,
}

impl PasskeyErrand {
    const fn purpose(self) -> &'static str {
        match self {
            Self::New => "passkey-new",
            Self::Shown => "passkey-shown",
        }
    }
}

/// What was asked of whose browser, and when. Nothing of it is secret, and nobody else can make one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyNote {
    /// Whether a passkey is added or shown.
    pub errand: PasskeyErrand,
    /// The account that was asked.
    pub account: u32,
    /// Under which password and second factors; what changes them ends it.
    pub stamp: String,
    /// When, in milliseconds since 1970. A passkey answers in this order alone, so that each question is answered once.
    pub asked_at: i64,
    /// What the ceremony remembers.
    pub memory: Vec<u8>,
}

impl PasskeyNote {
    /// As the form carries it.
    pub fn written(&self, key: &ServerKey) -> String {
        let Self { errand, account, stamp, asked_at, memory } = self;
        let memory = URL_SAFE_NO_PAD.encode(memory);
        signed(key, errand.purpose(), &format!("{account}.{stamp}.{asked_at}.{memory}"))
    }

    /// What such a form carried, if it is not older than this.
    pub fn read(
        key: &ServerKey,
        errand: PasskeyErrand,
        text: &str,
        (now, life): (DateTime<Utc>, TimeDelta),
    ) -> Option<Self> {
        let mut parts = verified(key, errand.purpose(), text)?.splitn(4, '.');
        let (account, stamp) = (parts.next()?.parse().ok()?, parts.next()?.to_owned());
        let asked_at: i64 = parts.next()?.parse().ok()?;
        let memory = URL_SAFE_NO_PAD.decode(parts.next()?).ok()?;
        let is_good = DateTime::from_timestamp_millis(asked_at)? + life > now;
        is_good.then_some(Self { errand, account, stamp, asked_at, memory })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_08_a_question_for_a_passkey_is_the_hubs_own_word_for_one_errand_and_a_while() {
        let (key, other) = (ServerKey::new([7; 32]), ServerKey::new([8; 32]));
        let at: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let note = PasskeyNote {
            errand: PasskeyErrand::Shown,
            account: 3,
            stamp: "ab12".into(),
            asked_at: at.timestamp_millis(),
            memory: vec![0, 1, 255],
        };
        let text = note.written(&key);
        let life = TimeDelta::minutes(15);
        let read = |key, errand, text: &str, now| PasskeyNote::read(key, errand, text, (now, life));
        let late = at + life;
        let before = late - TimeDelta::seconds(1);
        assert_eq!(read(&key, PasskeyErrand::Shown, &text, before), Some(note.clone()));
        assert_eq!(read(&key, PasskeyErrand::Shown, &text, late), None);
        assert_eq!(read(&key, PasskeyErrand::New, &text, before), None, "it is for something else");
        assert_eq!(read(&other, PasskeyErrand::Shown, &text, before), None);
        let rotated = ServerKey::ring([8; 32], &[[7; 32]]);
        assert_eq!(read(&rotated, PasskeyErrand::Shown, &text, before), Some(note));
        assert_eq!(read(&key, PasskeyErrand::Shown, &text.replacen("3.", "4.", 1), before), None);
        for wrong in ["", "...", "3.ab12.x.AA.y"] {
            assert_eq!(read(&key, PasskeyErrand::Shown, wrong, before), None, "{wrong}");
        }
    }
}
