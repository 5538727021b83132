//! Mails that hold a link and a button: who presses it has shown that the address is theirs. Facts in, a message out.

use askama::Template;
use chrono::{DateTime, Utc};
use lettre::{
    Message,
    message::{Attachment, MultiPart, SinglePart, header::ContentType},
};
use office::OfficeConfig;

use super::{
    calendar::{self, Appointment, Method},
    letter::{Envelope, Fact, LetterError, help, with_calendar},
};
use text::{Dates, OfficeVoice};

/// For which errand of the reader a link was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// To begin a booking (OMB-04).
    Start,
    /// To have the mails of a booking that somebody else made (OMB-14).
    Served,
    /// To make a booking final that an agent prepared (TRN-07).
    Entrusted,
    /// To agree to be an agent (TRN-08).
    Invited,
    /// To set the first password of an account of staff, or one in the place of one that was ended.
    AccountInvited,
    /// To set another password, for who forgot theirs.
    Forgotten,
    /// To prove where an account's mails go.
    Address,
    /// To have the account made for which somebody registered (PET-03).
    Activation,
    /// To sign in: somebody registered with the address of an account that there is.
    Known,
    /// To the page where one signs in: the holder of an account is told what was done to it.
    Member,
    /// To take back that mails go to another address.
    AddressUndo,
    /// To the page where one signs in: at a desk the address was changed.
    AddressMoved,
    /// To the page of a request, for who is signed in (PET-02).
    Request,
    /// To somebody's own page of a conference to which they are invited (PRE-08).
    Conference,
    /// The same, which is at another time or is called otherwise.
    ConferenceChanged,
    /// The same, in the place of the links before.
    ConferenceLink,
    /// The same, shortly before it begins.
    ConferenceReminder,
    /// To the same page, which says that it will not be.
    ConferenceCancelled,
    /// To the same page, which says that their invitation was taken back.
    ConferenceRemoved,
    /// To the same page: it is a meeting of a collective body, with its agenda (PRE-10).
    Meeting,
    /// To the minutes of that meeting, which wait for a signature.
    Minutes,
    /// To the page on which somebody becomes the coordinator of a unit (PRE-06).
    Coordinator,
    /// To the page with an office's figures, of which those of a month come along (FLD-10).
    Figures,
    /// To the page of a booking whose links before have ended.
    NewLink,
    /// No link, but a code to be typed behind one that is open (FLD-23).
    Code,
}

/// The sentences of one kind.
struct LetterSentences {
    subject: &'static str,
    intro: &'static str,
    button: &'static str,
    expires: &'static str,
    not_you: &'static str,
}

const fn sentences(kind: LinkKind) -> LetterSentences {
    match kind {
        LinkKind::Start => LetterSentences {
            subject: "mail-subject-start",
            intro: "mail-start-intro",
            button: "mail-start-button",
            expires: "mail-start-expires",
            not_you: "mail-start-not-you",
        },
        LinkKind::Served => LetterSentences {
            subject: "mail-subject-start",
            intro: "mail-served-intro",
            button: "mail-served-button",
            expires: "mail-served-expires",
            not_you: "mail-served-not-you",
        },
        LinkKind::Entrusted => LetterSentences {
            subject: "mail-subject-start",
            intro: "mail-entrusted-intro",
            button: "mail-entrusted-button",
            expires: "mail-entrusted-expires",
            not_you: "mail-entrusted-not-you",
        },
        LinkKind::Invited => LetterSentences {
            subject: "mail-subject-invited",
            intro: "mail-invited-intro",
            button: "mail-agent-button",
            expires: "mail-invited-expires",
            not_you: "mail-invited-not-you",
        },
        LinkKind::AccountInvited => LetterSentences {
            subject: "mail-subject-invited",
            intro: "mail-account-invited-intro",
            button: "mail-invited-button",
            expires: "mail-invited-expires",
            not_you: "mail-account-invited-not-you",
        },
        LinkKind::Forgotten => LetterSentences {
            subject: "mail-subject-forgotten",
            intro: "mail-forgotten-intro",
            button: "mail-invited-button",
            expires: "mail-invited-expires",
            not_you: "mail-forgotten-not-you",
        },
        LinkKind::Address => LetterSentences {
            subject: "mail-subject-address",
            intro: "mail-address-intro",
            button: "mail-address-button",
            expires: "mail-invited-expires",
            not_you: "mail-address-not-you",
        },
        LinkKind::Activation => LetterSentences {
            subject: "mail-subject-activation",
            intro: "mail-activation-intro",
            button: "mail-activation-button",
            expires: "mail-invited-expires",
            not_you: "mail-activation-not-you",
        },
        LinkKind::Request => LetterSentences {
            subject: "mail-subject-request",
            intro: "mail-request-intro",
            button: "mail-request-button",
            expires: "mail-request-expires",
            not_you: "mail-request-not-you",
        },
        LinkKind::Member => LetterSentences {
            subject: "mail-subject-member",
            intro: "mail-member-intro",
            button: "mail-known-button",
            expires: "mail-member-expires",
            not_you: "mail-member-not-you",
        },
        LinkKind::AddressUndo => LetterSentences {
            subject: "mail-subject-member",
            intro: "mail-address-undo-intro",
            button: "mail-address-undo-button",
            expires: "mail-invited-expires",
            not_you: "mail-address-undo-not-you",
        },
        LinkKind::AddressMoved => LetterSentences {
            subject: "mail-subject-member",
            intro: "mail-address-moved-intro",
            button: "mail-known-button",
            expires: "mail-address-moved-expires",
            not_you: "mail-address-moved-not-you",
        },
        LinkKind::Known => LetterSentences {
            subject: "mail-subject-activation",
            intro: "mail-known-intro",
            button: "mail-known-button",
            expires: "mail-known-expires",
            not_you: "mail-known-not-you",
        },
        LinkKind::Conference => LetterSentences {
            subject: "mail-subject-conference",
            intro: "mail-conference-invited-intro",
            button: "mail-conference-button",
            expires: "mail-conference-expires",
            not_you: "mail-conference-not-you",
        },
        LinkKind::ConferenceChanged => LetterSentences {
            subject: "mail-subject-conference",
            intro: "mail-conference-changed-intro",
            button: "mail-conference-button",
            expires: "mail-conference-expires",
            not_you: "mail-conference-not-you",
        },
        LinkKind::ConferenceLink => LetterSentences {
            subject: "mail-subject-conference",
            intro: "mail-conference-link-intro",
            button: "mail-conference-button",
            expires: "mail-conference-expires",
            not_you: "mail-conference-not-you",
        },
        LinkKind::ConferenceReminder => LetterSentences {
            subject: "mail-subject-conference",
            intro: "mail-conference-reminder-intro",
            button: "mail-conference-button",
            expires: "mail-conference-expires",
            not_you: "mail-conference-not-you",
        },
        LinkKind::ConferenceCancelled => LetterSentences {
            subject: "mail-subject-conference",
            intro: "mail-conference-cancelled-intro",
            button: "mail-conference-button",
            expires: "mail-conference-expires",
            not_you: "mail-conference-not-you",
        },
        LinkKind::ConferenceRemoved => LetterSentences {
            subject: "mail-subject-conference",
            intro: "mail-conference-removed-intro",
            button: "mail-conference-button",
            expires: "mail-conference-expires",
            not_you: "mail-conference-not-you",
        },
        LinkKind::Meeting => LetterSentences {
            subject: "mail-subject-conference",
            intro: "mail-meeting-intro",
            button: "mail-conference-button",
            expires: "mail-conference-expires",
            not_you: "mail-conference-not-you",
        },
        LinkKind::Minutes => LetterSentences {
            subject: "mail-subject-conference",
            intro: "mail-minutes-intro",
            button: "mail-minutes-button",
            expires: "mail-minutes-expires",
            not_you: "mail-conference-not-you",
        },
        LinkKind::Coordinator => LetterSentences {
            subject: "mail-subject-invited",
            intro: "mail-coordinator-intro",
            button: "mail-coordinator-button",
            expires: "mail-invited-expires",
            not_you: "mail-coordinator-not-you",
        },
        LinkKind::Figures => LetterSentences {
            subject: "mail-subject-figures",
            intro: "mail-figures-intro",
            button: "mail-figures-button",
            expires: "mail-figures-expires",
            not_you: "mail-figures-not-you",
        },
        LinkKind::NewLink => LetterSentences {
            subject: "mail-subject-new-link",
            intro: "mail-new-link-intro",
            button: "mail-new-link-button",
            expires: "mail-new-link-expires",
            not_you: "mail-new-link-not-you",
        },
        LinkKind::Code => LetterSentences {
            subject: "mail-subject-code",
            intro: "mail-code-intro",
            button: "mail-code-button",
            expires: "mail-code-expires",
            not_you: "mail-code-not-you",
        },
    }
}

/// A mail with a link.
#[derive(Debug, Clone)]
pub struct LinkLetter<'a> {
    /// What the link is for.
    pub kind: LinkKind,
    /// In whose name.
    pub config: &'a OfficeConfig,
    /// In which language, and whose words.
    pub voice: OfficeVoice,
    /// The link, or the code.
    pub link: String,
    /// Good until then.
    pub expires_at: DateTime<Utc>,
    /// What it is about, where the receiver has to know it again.
    pub facts: Vec<Fact>,
}

#[derive(Template)]
#[template(path = "mail/link.html")]
struct LinkHtml<'a> {
    voice: &'a OfficeVoice,
    subject: &'a str,
    office: &'a str,
    intro: &'a str,
    facts: &'a [Fact],
    link: &'a str,
    button: &'a str,
    expires: &'a str,
    not_you: &'a str,
    help: &'a str,
    is_code: bool,
}

#[derive(Template)]
#[template(path = "mail/link.txt", escape = "none")]
struct LinkText<'a> {
    voice: &'a OfficeVoice,
    office: &'a str,
    intro: &'a str,
    facts: &'a [Fact],
    link: &'a str,
    expires: &'a str,
    not_you: &'a str,
    help: &'a str,
    is_code: bool,
}

impl LinkLetter<'_> {
    /// The message.
    ///
    /// # Errors
    /// [`LetterError`].
    pub fn message(&self, envelope: &Envelope) -> Result<Message, LetterError> {
        let subject = self.voice.say(sentences(self.kind).subject);
        let (html, text) = self.texts(&subject, envelope.at)?;
        let body = MultiPart::alternative().singlepart(SinglePart::plain(text)).singlepart(SinglePart::html(html));
        Ok(envelope.builder(&subject, self.config).multipart(body)?)
    }

    /// The message, with a calendar file both in it and beside it.
    ///
    /// # Errors
    /// [`LetterError`].
    pub fn message_with(
        &self,
        envelope: &Envelope,
        appointment: &Appointment,
        method: Method,
    ) -> Result<Message, LetterError> {
        let subject = self.voice.say(sentences(self.kind).subject);
        let (html, text) = self.texts(&subject, envelope.at)?;
        let body = MultiPart::alternative().singlepart(SinglePart::plain(text)).singlepart(SinglePart::html(html));
        let body = with_calendar(body, &calendar::file(appointment, method), method)?;
        Ok(envelope.builder(&subject, self.config).multipart(body)?)
    }

    /// The message, with a document of this name beside it (PDF).
    ///
    /// # Errors
    /// [`LetterError`].
    pub fn message_and_document(
        &self,
        envelope: &Envelope,
        (name, document): (String, Vec<u8>),
    ) -> Result<Message, LetterError> {
        let subject = self.voice.say(sentences(self.kind).subject);
        let (html, text) = self.texts(&subject, envelope.at)?;
        let body = MultiPart::alternative().singlepart(SinglePart::plain(text)).singlepart(SinglePart::html(html));
        let kind = ContentType::parse("application/pdf").map_err(|_| LetterError::ContentType)?;
        let attachment = Attachment::new(name).body(document, kind);
        let body = MultiPart::mixed().multipart(body).singlepart(attachment);
        Ok(envelope.builder(&subject, self.config).multipart(body)?)
    }

    /// The subject, and the text part, as they would be at a moment.
    ///
    /// # Errors
    /// If the text cannot be rendered.
    pub fn plain(&self, at: DateTime<Utc>) -> Result<(String, String), LetterError> {
        let subject = self.voice.say(sentences(self.kind).subject);
        let (_, text) = self.texts(&subject, at)?;
        Ok((subject, text))
    }

    fn texts(&self, subject: &str, at: DateTime<Utc>) -> Result<(String, String), askama::Error> {
        let voice = &self.voice;
        let dates = Dates { voice: voice.plain(), zone: self.config.zone, now: at };
        let ids = sentences(self.kind);
        let office = voice.of_text(&self.config.name);
        let intro = voice.text(ids.intro, "office", &office);
        let button = voice.say(ids.button);
        let expires = voice.text(ids.expires, "until", &dates.until(self.expires_at, at));
        let not_you = voice.say(ids.not_you);
        let help = help(self.config, voice.clone());
        let (link, office, intro, facts) = (&self.link, &office, &intro, &self.facts[..]);
        let (button, expires, not_you, help) = (&button, &expires, &not_you, &help);
        let is_code = self.kind == LinkKind::Code;
        let html = LinkHtml { voice, subject, office, intro, facts, link, button, expires, not_you, help, is_code }
            .render()?;
        let text = LinkText { voice, office, intro, facts, link, expires, not_you, help, is_code }.render()?;
        Ok((html, text))
    }
}
