//! Why a mail was not sent: as it is kept beside the mail, and in words for administrators. Never what the server wrote,
//! since that repeats addresses.

use super::{
    bounce::{DeliveryTrouble, MailStatus},
    gateway::SmsError,
    letter::LetterError,
    transport::SendError,
};
use text::Voice;

/// Answers of a server that are about the receiver's mailbox, so that no second try helps (RFC 5321, 4.2.3).
const NO_SUCH_MAILBOX: [u16; 3] = [550, 551, 553];
/// From here on a server says no for good (RFC 5321, 4.2.1).
const PERMANENT_FROM: u16 = 500;

/// Why a mail is not sent. What it displays is what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SendFailure {
    /// It is about something that is no more, or has changed since.
    #[error("gone")]
    Gone,
    /// Nobody to send it to: a booking by telephone without an address.
    #[error("address")]
    NoAddress,
    /// The address has letters before its @ that mail servers hand to nobody.
    #[error("letters")]
    Letters,
    /// It cannot be written.
    #[error("letter")]
    Letter,
    /// It was not taken.
    #[error(transparent)]
    Send(#[from] SendError),
    /// The gateway did not take it for a mobile.
    #[error(transparent)]
    Sms(#[from] SmsError),
    /// The mobile has had as many messages today as it gets in one day.
    #[error("sms enough")]
    SmsEnough,
    /// A server took it, and it came back.
    #[error("bounced {0}")]
    Returned(MailStatus),
    /// The store cannot be read.
    #[error("store")]
    Store,
}

impl From<LetterError> for SendFailure {
    fn from(_: LetterError) -> Self {
        Self::Letter
    }
}

impl SendFailure {
    /// Every one, with a code for the server's answers.
    const ALL: [Self; 17] = [
        Self::Gone,
        Self::Letters,
        Self::NoAddress,
        Self::Letter,
        Self::Store,
        Self::Send(SendError::Timeout),
        Self::Send(SendError::Connection),
        Self::Send(SendError::Untrusted),
        Self::Send(SendError::Unfit),
        Self::Send(SendError::Folder),
        Self::Sms(SmsError::Timeout),
        Self::Sms(SmsError::Connection),
        Self::Sms(SmsError::Later(0)),
        Self::Sms(SmsError::Refused(0)),
        Self::SmsEnough,
        Self::Returned(MailStatus::permanent(0, 0)),
        Self::Send(SendError::Refused(0)),
    ];

    /// What was kept.
    pub fn of_kept(kept: &str) -> Option<Self> {
        let code = |before: &str| kept.strip_prefix(before)?.parse().ok();
        if let Some(code) = code("smtp ") {
            return Some(Self::Send(SendError::Refused(code)));
        }
        if let Some(code) = code("sms refused ") {
            return Some(Self::Sms(SmsError::Refused(code)));
        }
        if let Some(code) = code("sms later ") {
            return Some(Self::Sms(SmsError::Later(code)));
        }
        if let Some(status) = kept.strip_prefix("bounced ") {
            return MailStatus::of(status).map(Self::Returned);
        }
        Self::ALL.into_iter().find(|unsent| unsent.to_string() == kept)
    }

    /// Whether trying again by itself may help.
    pub fn may_help_again(self) -> bool {
        match self {
            Self::Gone | Self::NoAddress | Self::Letters | Self::Letter | Self::SmsEnough | Self::Returned(_) => false,
            Self::Sms(SmsError::Refused(_)) => false,
            Self::Send(SendError::Refused(code)) => !NO_SUCH_MAILBOX.contains(&code),
            Self::Send(_) | Self::Sms(_) | Self::Store => true,
        }
    }

    /// Whether it says that nothing is delivered to the address, once no further try is made: the server said no to it for
    /// good. A server that cannot be reached, or does not know us, says nothing of an address.
    pub const fn is_of_the_address(self) -> bool {
        match self {
            Self::Returned(_) | Self::Letters => true,
            Self::Send(SendError::Refused(code)) => code >= PERMANENT_FROM && !matches!(code, 530 | 534 | 535),
            Self::Send(_)
            | Self::Gone
            | Self::NoAddress
            | Self::Letter
            | Self::Sms(_)
            | Self::SmsEnough
            | Self::Store => false,
        }
    }

    /// What is the matter with an address, for staff; an administrator's troubles are none of theirs.
    pub fn trouble(self) -> DeliveryTrouble {
        match self {
            Self::Returned(status) => status.trouble(),
            Self::Send(SendError::Refused(code)) if NO_SUCH_MAILBOX.contains(&code) => DeliveryTrouble::NoMailbox,
            Self::Send(_)
            | Self::Gone
            | Self::NoAddress
            | Self::Letters
            | Self::Letter
            | Self::Sms(_)
            | Self::SmsEnough
            | Self::Store => DeliveryTrouble::Other,
        }
    }

    /// What happened, and what an administrator may do.
    pub fn words(self, voice: Voice) -> String {
        let with_code = |id: &str, code: u16| voice.text(id, "code", &code.to_string());
        match self {
            Self::Gone => voice.say("outbox-why-gone"),
            Self::NoAddress => voice.say("outbox-why-address"),
            Self::Letters => voice.say("outbox-why-letters"),
            Self::Letter => voice.say("outbox-why-letter"),
            Self::Store => voice.say("outbox-why-store"),
            Self::Returned(status) => voice.text("outbox-why-returned", "code", &status.to_string()),
            Self::SmsEnough => voice.say("outbox-why-sms-enough"),
            Self::Sms(SmsError::Timeout) => voice.say("outbox-why-sms-timeout"),
            Self::Sms(SmsError::Connection) => voice.say("outbox-why-sms-connection"),
            Self::Sms(SmsError::Later(code @ (401 | 403))) => with_code("outbox-why-sms-login", code),
            Self::Sms(SmsError::Later(code)) => with_code("outbox-why-sms-later", code),
            Self::Sms(SmsError::Refused(code)) => with_code("outbox-why-sms-refused", code),
            Self::Send(SendError::Timeout) => voice.say("outbox-why-timeout"),
            Self::Send(SendError::Connection) => voice.say("outbox-why-connection"),
            Self::Send(SendError::Untrusted) => voice.say("outbox-why-untrusted"),
            Self::Send(SendError::Unfit) => voice.say("outbox-why-unfit"),
            Self::Send(SendError::Folder) => voice.say("outbox-why-folder"),
            Self::Send(SendError::Refused(code)) if NO_SUCH_MAILBOX.contains(&code) => {
                with_code("outbox-why-mailbox", code)
            }
            Self::Send(SendError::Refused(code @ (530 | 534 | 535))) => with_code("outbox-why-login", code),
            Self::Send(SendError::Refused(code)) if code >= PERMANENT_FROM => with_code("outbox-why-refused", code),
            Self::Send(SendError::Refused(code)) => with_code("outbox-why-later", code),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use wire::Language;

    use super::*;

    #[test]
    fn what_is_kept_is_known_again_and_has_words_of_its_own() {
        let codes = [451, 535, 550, 554].map(|code| SendFailure::Send(SendError::Refused(code)));
        let all: Vec<SendFailure> = SendFailure::ALL[..15].iter().copied().chain(codes).collect();
        for language in Language::ALL {
            let words: BTreeSet<String> = all.iter().map(|unsent| unsent.words(Voice(language))).collect();
            assert_eq!(words.len(), all.len(), "{words:?}");
            assert!(words.iter().all(|words| !words.contains("outbox-why")), "{words:?}");
        }
        for unsent in all {
            assert_eq!(SendFailure::of_kept(&unsent.to_string()), Some(unsent));
        }
        assert_eq!(SendFailure::of_kept("something else"), None);
    }

    #[test]
    fn a_mailbox_that_is_not_there_is_not_tried_again() {
        let refused = |code| SendFailure::Send(SendError::Refused(code));
        assert!(!refused(550).may_help_again());
        assert!(!SendFailure::Letters.may_help_again() && SendFailure::Letters.is_of_the_address());
        assert!(refused(451).may_help_again());
        assert!(refused(535).may_help_again(), "the password may be mended");
        assert!(refused(550).is_of_the_address() && refused(554).is_of_the_address());
        for other in [refused(451), refused(535), SendFailure::Send(SendError::Connection), SendFailure::NoAddress] {
            assert!(!other.is_of_the_address(), "{other}");
        }
    }
}
