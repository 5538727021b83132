//! Mails that warn administrators. Each says what happened by numbers and where to look; its subject says nothing of anybody.

use std::time::{Duration, SystemTime};

use askama::Template;
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use lettre::{
    Message,
    message::{Mailbox, header::ContentType},
};
use paths::Page;
use secrets::BODY_HEAD;
use serde::{Deserialize, Serialize};
use store::{OutboxEntry, Store, Stored};
use text::{Dates, Voice};
use uuid::Uuid;
use wire::Language;

use crate::letter::{AutoSubmittedHeader, LetterError};

/// What the outbox calls these mails.
pub const ALERT: &str = "alert";
/// Warnings are forgotten after so long: no kind is given again later than that. It is more than a year, since of a holiday
/// is told once a year.
pub const WARNINGS_KEPT: TimeDelta = TimeDelta::days(400);

/// What administrators are warned of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "alert", rename_all = "kebab-case")]
pub enum Alert {
    /// Many failed sign-ins for one account.
    FailuresOfAccount {
        /// The account's number.
        account: u32,
        /// So many within the hour.
        count: u32,
    },
    /// Many failed sign-ins from one network.
    FailuresOfNetwork {
        /// The network, as the limits name it.
        network: String,
        /// So many within the hour.
        count: u32,
    },
    /// An administrator's account was made.
    AdminMade {
        /// Its number.
        account: u32,
    },
    /// An administrator's account was changed or shut.
    AdminChanged {
        /// Its number.
        account: u32,
    },
    /// A backup was put in the database's place.
    Restore,
    /// A device was paired.
    DevicePaired {
        /// Its id.
        device: Uuid,
    },
    /// A journal is another than it was.
    JournalBroken {
        /// The office's key, or [`BODY_HEAD`].
        office: String,
    },
    /// The hub's certificate ends soon.
    CertificateEnds {
        /// When, in milliseconds since 1970.
        at: i64,
        /// Within so many days.
        within_days: u16,
    },
    /// A holiday is kept on another day, of which the office has to say what it does.
    HolidayMoves {
        /// The office's key.
        office: String,
        /// Its own day.
        own: NaiveDate,
        /// The day on which it is usually kept instead.
        kept: NaiveDate,
    },
    /// The body's protocol system has given no numbers for a while.
    NumbersAwaited {
        /// So many requests wait for theirs.
        count: u32,
    },
    /// No warning: the signed heads of the journals, to be kept.
    Heads {
        /// One signed line for each journal.
        lines: Vec<String>,
    },
}

/// One mail of the outbox.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct AlertMail {
    /// To which of the addresses in the configuration.
    pub to: usize,
    /// What it says.
    #[serde(flatten)]
    pub alert: Alert,
}

impl Alert {
    /// Under which name it is given once, and how often at most.
    fn once(&self) -> Option<(String, TimeDelta)> {
        let (hour, day) = (TimeDelta::hours(1), TimeDelta::days(1));
        Some(match self {
            Self::FailuresOfAccount { .. } => ("failures-of-account".to_owned(), hour),
            Self::FailuresOfNetwork { .. } => ("failures-of-network".to_owned(), hour),
            Self::AdminMade { account } => (format!("admin-made:{account}"), hour),
            Self::AdminChanged { account } => (format!("admin-changed:{account}"), hour),
            Self::Restore => return None,
            Self::DevicePaired { device } => (format!("device-paired:{device}"), hour),
            Self::JournalBroken { office } => (format!("journal-broken:{office}"), day),
            Self::CertificateEnds { at, within_days } => (format!("certificate:{at}:{within_days}"), WARNINGS_KEPT),
            Self::HolidayMoves { office, own, .. } => (format!("holiday-moves:{office}:{}", own.year()), WARNINGS_KEPT),
            Self::NumbersAwaited { .. } => ("numbers-awaited".to_owned(), day),
            Self::Heads { .. } => return None,
        })
    }

    const fn subject(&self) -> &'static str {
        match self {
            Self::Heads { .. } => "mail-subject-heads",
            Self::FailuresOfAccount { .. }
            | Self::FailuresOfNetwork { .. }
            | Self::AdminMade { .. }
            | Self::AdminChanged { .. }
            | Self::Restore
            | Self::DevicePaired { .. }
            | Self::JournalBroken { .. }
            | Self::CertificateEnds { .. }
            | Self::HolidayMoves { .. }
            | Self::NumbersAwaited { .. } => "mail-subject-alert",
        }
    }

    /// What it says.
    fn sentence(&self, dates: Dates) -> String {
        let voice = dates.voice;
        match self {
            Self::FailuresOfAccount { account, count } => {
                voice.say_with("alert-failures-account", [("account", (*account).into()), ("count", (*count).into())])
            }
            Self::FailuresOfNetwork { network, count } => voice
                .say_with("alert-failures-network", [("network", network.clone().into()), ("count", (*count).into())]),
            Self::AdminMade { account } => voice.say_with("alert-admin-made", [("account", (*account).into())]),
            Self::AdminChanged { account } => voice.say_with("alert-admin-changed", [("account", (*account).into())]),
            Self::Restore => voice.say("alert-restore"),
            Self::DevicePaired { device } => voice.text("alert-device-paired", "device", &device.to_string()),
            Self::JournalBroken { office } if office == BODY_HEAD => voice.say("alert-journal-broken-body"),
            Self::JournalBroken { office } => voice.text("alert-journal-broken", "office", office),
            Self::CertificateEnds { at, .. } => {
                let at = DateTime::from_timestamp_millis(*at).unwrap_or_default();
                voice.text("alert-certificate", "at", &dates.day_and_time(at))
            }
            Self::HolidayMoves { office, own, kept } => {
                let (from, to) = (dates.date_and_year(*own), dates.the_date_and_year(*kept));
                let values = [("office", office.clone().into()), ("from", from.into()), ("to", to.into())];
                voice.say_with("alert-holiday-moves", values)
            }
            Self::NumbersAwaited { count } => voice.count("alert-numbers-awaited", *count),
            Self::Heads { .. } => voice.say("alert-heads"),
        }
    }

    /// Where to look.
    const fn page(&self) -> Page<'static> {
        match self {
            Self::FailuresOfAccount { .. }
            | Self::FailuresOfNetwork { .. }
            | Self::AdminMade { .. }
            | Self::AdminChanged { .. }
            | Self::Restore => Page::AdminAudit,
            Self::DevicePaired { .. } => Page::AdminDevices,
            Self::CertificateEnds { .. } | Self::NumbersAwaited { .. } => Page::Admin,
            // It leads to the office where whoever reads it works.
            Self::HolidayMoves { .. } => Page::AnyDay,
            Self::JournalBroken { .. } | Self::Heads { .. } => Page::AdminJournal,
        }
    }
}

/// Puts an alert in, to each of so many addresses, unless it was given lately; says whether it was put in.
///
/// # Errors
/// If the store cannot be written.
pub fn put_alert(store: &Store, office: u32, alert: &Alert, addresses: usize, now: DateTime<Utc>) -> Stored<bool> {
    if let Some((name, every)) = alert.once()
        && !store.may_warn(&name, now, every)?
    {
        return Ok(false);
    }
    for to in 0..addresses {
        let mail = AlertMail { to, alert: alert.clone() };
        let about = serde_json::to_string(&mail).unwrap_or_default();
        store.post(office, &OutboxEntry { seq: None, kind: ALERT.to_owned(), about }, now, now)?;
    }
    Ok(addresses > 0)
}

#[derive(Template)]
#[template(path = "mail/alert.txt", escape = "none")]
struct AlertText<'a> {
    sentences: [String; 2],
    lines: &'a [String],
    link: &'a str,
}

/// Who gets a message, and how it is known.
pub(crate) struct AlertEnvelope {
    pub from: Mailbox,
    pub to: Mailbox,
    pub message_id: String,
    pub at: DateTime<Utc>,
}

impl AlertMail {
    /// The message, in Greek and English: who reads it is in no table that says which.
    pub fn message(&self, zone: chrono_tz::Tz, url: &str, envelope: AlertEnvelope) -> Result<Message, LetterError> {
        let AlertEnvelope { from, to, message_id, at } = envelope;
        let sentences = [Language::El, Language::En]
            .map(|language| self.alert.sentence(Dates { voice: Voice(language), zone, now: at }));
        let lines: &[String] = match &self.alert {
            Alert::Heads { lines } => lines,
            _ => &[],
        };
        let text = AlertText { sentences, lines, link: &format!("{url}{}", self.alert.page()) }.render()?;
        let subject = Voice(Language::El).say(self.alert.subject());
        let since = Duration::from_millis(at.timestamp_millis().unsigned_abs());
        let builder = Message::builder().from(from).to(to).subject(subject).message_id(Some(message_id));
        let builder = builder.date(SystemTime::UNIX_EPOCH + since).header(AutoSubmittedHeader);
        Ok(builder.header(ContentType::TEXT_PLAIN).body(text)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_08_an_alert_says_what_happened_in_both_languages_and_its_subject_nothing_of_anybody() {
        let alerts = [
            Alert::FailuresOfAccount { account: 3, count: 20 },
            Alert::FailuresOfNetwork { network: "192.0.2.7/32".into(), count: 60 },
            Alert::AdminMade { account: 4 },
            Alert::AdminChanged { account: 4 },
            Alert::Restore,
            Alert::DevicePaired { device: Uuid::from_u128(7) },
            Alert::JournalBroken { office: "kep".into() },
            Alert::JournalBroken { office: BODY_HEAD.into() },
            Alert::CertificateEnds { at: 1_790_000_000_000, within_days: 7 },
            Alert::NumbersAwaited { count: 3 },
            Alert::Heads { lines: vec!["seira-head 1 office=kep".into()] },
        ];
        for alert in alerts {
            let about = serde_json::to_string(&AlertMail { to: 0, alert: alert.clone() }).unwrap();
            let mail: AlertMail = serde_json::from_str(&about).unwrap();
            assert_eq!(mail.alert, alert);
            let envelope = AlertEnvelope {
                from: "seira@example.gr".parse().unwrap(),
                to: "it@example.gr".parse().unwrap(),
                message_id: "<1@example.gr>".to_owned(),
                at: DateTime::from_timestamp(1_790_000_000, 0).unwrap(),
            };
            let dates = Dates {
                voice: Voice(Language::En),
                zone: chrono_tz::Europe::Athens,
                now: "2026-11-24T08:00:00Z".parse().unwrap(),
            };
            let sentence = alert.sentence(dates);
            assert!(sentence.len() > 40 && !sentence.contains("alert-"), "{sentence}");
            let subject = Voice(Language::El).say(alert.subject());
            assert!(!subject.chars().any(|character| character.is_ascii_digit()), "{subject}");
            let message = mail.message(chrono_tz::Europe::Athens, "https://seira.example.gr", envelope).unwrap();
            let message = String::from_utf8(message.formatted()).unwrap();
            assert!(message.contains("\r\nAuto-Submitted: auto-generated\r\n"), "{message}");
        }
    }
}
