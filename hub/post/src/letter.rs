//! What mails say: facts in, a whole message out. Nothing is read or sent here.

use std::time::{Duration, SystemTime};

use askama::Template;
use chrono::{DateTime, Utc};
use lettre::{
    Address, Message,
    address::Envelope as Route,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
};
use office::{Booking, Channel, Document, DocumentForm, MailKind, OfficeConfig, Promise};

use super::{
    calendar::{self, Appointment, Method},
    correction::stands_uncorrected,
    qr,
};
use secrets::{call_link, readable};
use text::{Dates, OfficeVoice, Voice};

/// The picture's name within the message.
const QR_CID: &str = "qr@seira";

/// A message could not be written.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    /// An address, or a part, is no mail's.
    #[error("the message cannot be built: {0}")]
    Mail(#[from] lettre::error::Error),
    /// A header is none.
    #[error("a content type is wrong")]
    ContentType,
    /// The page did not come out.
    #[error("the text cannot be rendered")]
    Template(#[from] askama::Error),
    /// The picture did not come out.
    #[error(transparent)]
    Qr(#[from] qr::QrError),
}

/// Where a message goes, and where it comes from.
#[derive(Debug, Clone)]
pub struct Envelope {
    /// The sender.
    pub from: Mailbox,
    /// The receiver.
    pub to: Mailbox,
    /// The same each time that the message is tried, so that a server that took it already knows it.
    pub message_id: String,
    /// When it is written.
    pub at: DateTime<Utc>,
    /// Where it comes back if it is not delivered; to the sender, unless set.
    pub comes_back_to: Option<Address>,
}

impl Envelope {
    pub(super) fn builder(&self, subject: &str, config: &OfficeConfig) -> lettre::message::MessageBuilder {
        let since = Duration::from_millis(self.at.timestamp_millis().unsigned_abs());
        let builder = Message::builder()
            .from(self.from.clone())
            .to(self.to.clone())
            .subject(subject)
            .date(SystemTime::UNIX_EPOCH + since)
            .message_id(Some(self.message_id.clone()))
            .header(AutoSubmittedHeader);
        let on_the_line =
            self.comes_back_to.clone().and_then(|back| Route::new(Some(back), vec![self.to.email.clone()]).ok());
        let builder = match on_the_line {
            Some(route) => builder.envelope(route),
            None => builder,
        };
        match config.contact_email.parse::<Mailbox>() {
            Ok(office) => builder.reply_to(office),
            Err(_) => builder,
        }
    }
}

/// Says that a program wrote this, so that no out-of-office note answers it (RFC 3834, 5).
#[derive(Debug, Clone, Copy)]
pub(super) struct AutoSubmittedHeader;

impl Header for AutoSubmittedHeader {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// A line of what was booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What stands before it: service, day, place.
    pub name: String,
    /// What was booked of that, in words.
    pub value: String,
    /// Where it is on a map.
    pub map: Option<String>,
    /// What it was before, and is no more.
    pub was: Option<String>,
}

impl Fact {
    /// A line without a map.
    #[must_use]
    pub const fn new(name: String, value: String) -> Self {
        Self { name, value, map: None, was: None }
    }
}

/// A mail about a booking.
#[derive(Debug, Clone)]
pub struct BookingLetter<'a> {
    /// What it says.
    pub kind: MailKind,
    /// Of which office.
    pub config: &'a OfficeConfig,
    /// In which language, and whose words.
    pub voice: OfficeVoice,
    /// The booking and what its QR code says; no more known once its day is over.
    pub booking: Option<(&'a Booking, String)>,
    /// The citizen's page about the booking; where to book anew, if it does not stand.
    pub link: String,
    /// What was said with the booking, line by line, where the mail repeats it (OMB-14).
    pub said: Vec<(String, String)>,
    /// Where somebody is called, as people read it.
    pub phone: Option<String>,
    /// The time that the booking had before, if it has another one now.
    pub was: Option<DateTime<Utc>>,
    /// Until when something has to be done, where the first sentence names it.
    pub until: Option<String>,
    /// Behind the link they choose another time before the public does (FLD-33).
    pub chooses_first: bool,
    /// What this mail says besides: why, by when, which times are free.
    pub more: Vec<Fact>,
    /// When it is written.
    pub now: DateTime<Utc>,
}

/// Whether a mail repeats everything that was said with the booking: the one that confirms it, as it stands now.
#[must_use]
pub const fn repeats_details(kind: MailKind) -> bool {
    match kind {
        MailKind::Confirmation | MailKind::Moved | MailKind::MovedByOffice | MailKind::DetailsChanged => true,
        MailKind::Reminder
        | MailKind::CorrectionAsked
        | MailKind::Corrected
        | MailKind::DetailsWarning
        | MailKind::Cancelled
        | MailKind::CancelledByOffice
        | MailKind::CancelledByLateness
        | MailKind::Void
        | MailKind::Missed
        | MailKind::WillNotBeReached
        | MailKind::NotServed
        | MailKind::Opinion => false,
    }
}

/// Whether the time of a booking was given up, by what a mail says of it.
const fn is_given_up(kind: MailKind) -> bool {
    match kind {
        MailKind::Cancelled | MailKind::CancelledByOffice | MailKind::CancelledByLateness | MailKind::Void => true,
        MailKind::Confirmation
        | MailKind::Moved
        | MailKind::MovedByOffice
        | MailKind::Reminder
        | MailKind::CorrectionAsked
        | MailKind::Corrected
        | MailKind::DetailsChanged
        | MailKind::DetailsWarning
        | MailKind::Missed
        | MailKind::WillNotBeReached
        | MailKind::NotServed
        | MailKind::Opinion => false,
    }
}

/// What a calendar is told; nothing of what has already passed.
const fn method(kind: MailKind) -> Option<Method> {
    match kind {
        MailKind::Confirmation
        | MailKind::Moved
        | MailKind::MovedByOffice
        | MailKind::Reminder
        | MailKind::DetailsWarning => Some(Method::Request),
        MailKind::Cancelled | MailKind::CancelledByOffice | MailKind::CancelledByLateness | MailKind::Void => {
            Some(Method::Cancel)
        }
        MailKind::CorrectionAsked
        | MailKind::Corrected
        | MailKind::DetailsChanged
        | MailKind::Missed
        | MailKind::WillNotBeReached
        | MailKind::NotServed
        | MailKind::Opinion => None,
    }
}

/// The first sentence, and the subject, which says nothing of the matter.
const fn sentences(kind: MailKind) -> (&'static str, &'static str) {
    let (booked, cancelled) = ("mail-subject-confirmation", "mail-subject-cancellation");
    match kind {
        MailKind::Confirmation => ("mail-confirmation-intro", booked),
        MailKind::Moved => ("mail-moved-intro", booked),
        MailKind::MovedByOffice => ("mail-moved-by-office-intro", booked),
        MailKind::Reminder => ("mail-reminder-intro", "mail-subject-reminder"),
        MailKind::CorrectionAsked => ("mail-correction-asked-intro", booked),
        MailKind::Corrected => ("mail-corrected-intro", booked),
        MailKind::DetailsChanged => ("mail-details-changed-intro", booked),
        MailKind::DetailsWarning => ("mail-details-warning-intro", booked),
        MailKind::Cancelled => ("mail-cancellation-intro", cancelled),
        MailKind::CancelledByOffice => ("mail-cancelled-by-office-intro", cancelled),
        MailKind::CancelledByLateness => ("mail-cancelled-by-lateness-intro", cancelled),
        MailKind::Void => ("mail-void-intro", cancelled),
        MailKind::Missed => ("mail-missed-intro", booked),
        MailKind::WillNotBeReached => ("mail-will-not-be-reached-intro", booked),
        MailKind::NotServed => ("mail-not-served-intro", booked),
        MailKind::Opinion => ("mail-opinion-intro", "mail-subject-opinion"),
    }
}

#[derive(Template)]
#[template(path = "mail/booking.html")]
struct BookingHtml<'a> {
    voice: &'a OfficeVoice,
    subject: &'a str,
    office: &'a str,
    intro: &'a str,
    facts: &'a [Fact],
    open: bool,
    comes: bool,
    qr_cid: &'a str,
    code: &'a str,
    documents: &'a [String],
    forms: &'a [(String, String)],
    grace: &'a u16,
    /// The room of a teleconference.
    call: &'a Option<String>,
    link_lead: &'a str,
    link: &'a str,
    link_name: &'a str,
    help: &'a str,
}

#[derive(Template)]
#[template(path = "mail/booking.txt", escape = "none")]
struct BookingText<'a> {
    voice: &'a OfficeVoice,
    office: &'a str,
    intro: &'a str,
    facts: &'a [Fact],
    open: bool,
    comes: bool,
    documents: &'a [String],
    forms: &'a [(String, String)],
    grace: &'a u16,
    call: &'a Option<String>,
    link_lead: &'a str,
    link: &'a str,
    help: &'a str,
}

impl BookingLetter<'_> {
    /// The message: text, HTML with the QR code in it, and the calendar file both beside them and as a file.
    ///
    /// # Errors
    /// [`LetterError`].
    pub fn message(&self, envelope: &Envelope) -> Result<Message, LetterError> {
        let subject = self.voice.say(sentences(self.kind).1);
        let (html, text) = self.texts(&subject)?;
        let mut related = MultiPart::related().singlepart(SinglePart::html(html));
        if let Some((_, code)) = self.open().filter(|_| self.is_at_the_office()) {
            let png = ContentType::parse("image/png").map_err(|_| LetterError::ContentType)?;
            let picture = Attachment::new_inline_with_name(QR_CID.to_owned(), "qr.png".to_owned());
            related = related.singlepart(picture.body(qr::png(code)?, png));
        }
        let alternative = MultiPart::alternative().singlepart(SinglePart::plain(text)).multipart(related);
        let Some((method, (booking, _))) = method(self.kind).zip(self.booking.as_ref()) else {
            return Ok(envelope.builder(&subject, self.config).multipart(alternative)?);
        };
        let file = calendar::file(&self.appointment(booking, envelope), method);
        let body = with_calendar(alternative, &file, method)?;
        Ok(envelope.builder(&subject, self.config).multipart(body)?)
    }

    /// The subject, and the text part.
    ///
    /// # Errors
    /// If the text cannot be rendered.
    pub fn plain(&self) -> Result<(String, String), LetterError> {
        let subject = self.voice.say(sentences(self.kind).1);
        let (_, text) = self.texts(&subject)?;
        Ok((subject, text))
    }

    /// The first sentence; where the booking stands also without what is asked for, nobody is told that it does not.
    fn intro(&self) -> &'static str {
        match (self.kind, &self.booking) {
            (MailKind::CorrectionAsked, Some((booking, _))) if stands_uncorrected(self.config, booking) => {
                "mail-correction-asked-tolerant-intro"
            }
            (kind, _) => sentences(kind).0,
        }
    }

    /// Whether somebody comes, and shows a code.
    fn is_at_the_office(&self) -> bool {
        self.booking.as_ref().is_some_and(|(booking, _)| booking.promise.channel == Channel::InPerson)
    }

    /// The booking and its code, if it stands.
    fn open(&self) -> Option<&(&Booking, String)> {
        self.booking.as_ref().filter(|_| self.kind.stands())
    }

    fn texts(&self, subject: &str) -> Result<(String, String), askama::Error> {
        let voice = &self.voice;
        let open = self.open().is_some();
        let office = voice.of_text(&self.config.name);
        let intro = match &self.until {
            Some(until) => voice.text(self.intro(), "until", until),
            None => voice.say(self.intro()),
        };
        let facts = self.booking.as_ref().map(|(booking, _)| self.facts(booking, open)).unwrap_or_default();
        let code = self.booking.as_ref().map(|(booking, _)| readable(&booking.reference)).unwrap_or_default();
        let service = self.booking.as_ref().and_then(|(booking, _)| self.config.services.get(&booking.promise.service));
        let documents: Vec<String> = service
            .map(|service| service.documents.iter().map(|one| document(one, voice.clone())).collect())
            .unwrap_or_default();
        let forms = service.into_iter().flat_map(|service| &service.forms);
        let forms: Vec<_> = forms.map(|form| (voice.of_text(&form.name), form.url.clone())).collect();
        let (link_lead, link_name) = if open {
            ("mail-manage", "mail-manage-button")
        } else if self.kind == MailKind::Opinion {
            ("mail-opinion-lead", "mail-opinion-button")
        } else if self.chooses_first {
            ("mail-first-choice", "mail-first-choice-button")
        } else {
            ("mail-cancellation-again", "book-now")
        };
        let (link_lead, link_name) = (voice.say(link_lead), voice.say(link_name));
        let help = help(self.config, voice.clone());
        let by_video = self.booking.as_ref().filter(|(booking, _)| booking.promise.channel == Channel::Teleconference);
        let call = by_video.filter(|_| open).map(|_| call_link(&self.link));
        let grace = &self.config.rules.grace_minutes;
        let html = BookingHtml {
            voice,
            subject,
            office: &office,
            intro: &intro,
            facts: &facts,
            open,
            comes: self.is_at_the_office(),
            qr_cid: QR_CID,
            code: &code,
            documents: &documents,
            forms: &forms,
            grace,
            call: &call,
            link_lead: &link_lead,
            link: &self.link,
            link_name: &link_name,
            help: &help,
        };
        let text = BookingText {
            voice,
            office: &office,
            intro: &intro,
            facts: &facts,
            open,
            comes: self.is_at_the_office(),
            documents: &documents,
            forms: &forms,
            grace,
            call: &call,
            link_lead: &link_lead,
            link: &self.link,
            help: &help,
        };
        Ok((html.render()?, text.render()?))
    }

    fn facts(&self, booking: &Booking, open: bool) -> Vec<Fact> {
        let voice = &self.voice;
        let promise = &booking.promise;
        let map = (open && promise.channel == Channel::InPerson).then(|| map_link(self.config, voice.plain()));
        let [what, when, place] = of_promise(self.config, promise, voice, self.phone.as_deref(), self.now);
        let when = match self.was {
            Some(was) => {
                let dates = Dates { voice: voice.plain(), zone: self.config.zone, now: self.now };
                Fact { was: Some(dates.day_and_time(was)), ..when }
            }
            // What was given up does not stand there like one that is kept.
            None if is_given_up(self.kind) => Fact {
                was: Some(when.value),
                value: voice.say("mail-when-given-up"),
                ..Fact::new(when.name, String::new())
            },
            None => when,
        };
        let mut facts = vec![what, when, Fact { map, ..place }];
        if promise.persons > 1 {
            let persons = voice.count("how-persons", promise.persons);
            facts.push(Fact::new(voice.say("mail-persons"), persons));
        }
        if promise.cases > 1 {
            let cases = voice.count("how-cases", promise.cases);
            facts.push(Fact::new(voice.say("mail-cases"), cases));
        }
        if open {
            facts.push(Fact::new(voice.say("mail-duration"), voice.with("mail-minutes", "n", promise.minutes)));
            facts.push(Fact::new(voice.say("mail-code"), readable(&booking.reference)));
            let said = self.said.iter().filter(|_| repeats_details(self.kind));
            facts.extend(said.map(|(name, value)| Fact::new(name.clone(), value.clone())));
        }
        facts.extend(self.more.iter().cloned());
        facts
    }

    /// The booking as a calendar knows it.
    fn appointment(&self, booking: &Booking, envelope: &Envelope) -> Appointment {
        Appointment {
            attendee: Some(envelope.to.email.to_string()),
            ..appointment(self.config, booking, self.voice.clone(), self.link.clone(), envelope.at)
        }
    }
}

/// A message with a calendar file both among its texts and beside them.
pub(super) fn with_calendar(texts: MultiPart, file: &str, method: Method) -> Result<MultiPart, LetterError> {
    let parse = |kind: String| ContentType::parse(&kind).map_err(|_| LetterError::ContentType);
    let method = method.name();
    let inline = parse(format!("text/calendar; charset=utf-8; method={method}"))?;
    let attached = parse(format!("application/ics; name=\"appointment.ics\"; method={method}"))?;
    let texts = texts.singlepart(SinglePart::builder().content_type(inline).body(file.to_owned()));
    let attachment = Attachment::new("appointment.ics".to_owned()).body(file.to_owned(), attached);
    Ok(MultiPart::mixed().multipart(texts).singlepart(attachment))
}

/// What is promised, when, and where or how one is served.
pub(super) fn of_promise(
    config: &OfficeConfig,
    promise: &Promise,
    voice: &OfficeVoice,
    phone: Option<&str>,
    now: DateTime<Utc>,
) -> [Fact; 3] {
    let dates = Dates { voice: voice.plain(), zone: config.zone, now };
    let known = config.services.get(&promise.service);
    let service = known.map(|service| voice.of_text(&service.name));
    let informs = known.filter(|service| service.telephone_informs);
    let informs = informs.map(|_| format!(" {}", voice.say("telephone-informs"))).unwrap_or_default();
    let office = voice.of_text(&config.name);
    let (when, place) = (
        dates.day_and_time(promise.start),
        match promise.channel {
            Channel::InPerson => format!("{office}, {}", voice.of_text(&config.address)),
            Channel::Telephone => match phone {
                Some(phone) => format!("{office}. {}{informs}", voice.text("mail-telephone-at", "phone", phone)),
                None => format!("{office}. {}{informs}", voice.say("mail-telephone")),
            },
            Channel::Teleconference => format!("{office}. {}", voice.say("mail-teleconference")),
        },
    );
    let when = match promise.channel {
        Channel::InPerson => when,
        Channel::Telephone | Channel::Teleconference => format!("{when} {}", voice.say("greek-time")),
    };
    [
        Fact::new(voice.say("mail-what"), service.unwrap_or_default()),
        Fact::new(voice.say("mail-when"), when),
        Fact::new(voice.say("mail-where"), place),
    ]
}

/// A booking as a calendar knows it, with nobody invited.
#[must_use]
pub fn appointment(
    config: &OfficeConfig,
    booking: &Booking,
    voice: impl Into<OfficeVoice>,
    link: String,
    at: DateTime<Utc>,
) -> Appointment {
    let voice = voice.into();
    let office = voice.of_text(&config.name);
    Appointment {
        uid: format!("{}.{}@seira", booking.reference, config.key),
        sequence: booking.sequence,
        start: booking.promise.start,
        minutes: booking.promise.minutes,
        title: format!("{} – {office}", voice.say("mail-calendar-title")),
        details: format!("{}\n{link}", voice.text("mail-calendar-details", "code", &readable(&booking.reference))),
        place: match booking.promise.channel {
            Channel::InPerson => format!("{office}, {}", voice.of_text(&config.address)),
            Channel::Telephone => voice.say("mail-telephone"),
            Channel::Teleconference => voice.say("mail-teleconference"),
        },
        map: config.rules.online.map.as_ref().filter(|_| booking.promise.channel == Channel::InPerson).copied(),
        link,
        organizer: config.contact_email.clone(),
        attendee: None,
        written_at: at,
    }
}

/// A document to bring, with its form and how many.
#[must_use]
pub fn document(document: &Document, voice: impl Into<OfficeVoice>) -> String {
    let voice = voice.into();
    let name = voice.of_text(&document.name);
    let named = match document.form {
        DocumentForm::Original => voice.with("mail-document-original", "name", name),
        DocumentForm::Copy => voice.with("mail-document-copy", "name", name),
        DocumentForm::AsItIs => name,
    };
    if document.count > 1 {
        voice.say_with("mail-document-several", [("n", document.count.into()), ("document", named.into())])
    } else {
        named
    }
}

/// A map of where the office is: of the place that it named, else of its address. Never of a citizen's.
#[must_use]
pub fn map_link(config: &OfficeConfig, voice: Voice) -> String {
    match &config.rules.online.map {
        Some(point) => {
            let (latitude, longitude) = (point.latitude(), point.longitude());
            format!("https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=18/{latitude}/{longitude}")
        }
        None => {
            let address = voice.of_text(&config.address);
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
            let encode = |byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
            let encoded: String = address.bytes().map(encode).collect();
            format!("https://www.openstreetmap.org/search?query={encoded}")
        }
    }
}

pub(super) fn help(config: &OfficeConfig, voice: impl Into<OfficeVoice>) -> String {
    let voice = voice.into();
    voice.say_with(
        "mail-help",
        [("email", config.contact_email.clone().into()), ("phone", config.contact_phone.clone().into())],
    )
}

#[cfg(test)]
mod tests;
