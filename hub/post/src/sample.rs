//! A mail as an office would send it, with nobody's data in it: what an administrator sees before a text is kept (FLD-21).

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use office::{
    Audience, Booking, BookingId, BookingLife, CancelledBy, Channel, Correction, CorrectionState, FirstChoice,
    MailKind, Needs, OfficeConfig, Party, PersonId, Promise, Reference, Rule, RulesPhase, VoidReason,
};

use super::{
    letter::{BookingLetter, Fact},
    link_letter::{LinkKind, LinkLetter},
    more, short,
};
use text::OfficeVoice;

const LINKS: [LinkKind; 25] = [
    LinkKind::Start,
    LinkKind::Served,
    LinkKind::Entrusted,
    LinkKind::Invited,
    LinkKind::NewLink,
    LinkKind::Code,
    LinkKind::AccountInvited,
    LinkKind::Forgotten,
    LinkKind::Address,
    LinkKind::Activation,
    LinkKind::Known,
    LinkKind::Member,
    LinkKind::AddressUndo,
    LinkKind::AddressMoved,
    LinkKind::Request,
    LinkKind::Conference,
    LinkKind::ConferenceChanged,
    LinkKind::ConferenceLink,
    LinkKind::ConferenceReminder,
    LinkKind::ConferenceCancelled,
    LinkKind::ConferenceRemoved,
    LinkKind::Meeting,
    LinkKind::Minutes,
    LinkKind::Coordinator,
    LinkKind::Figures,
];
const CHANNELS: [Channel; 3] = [Channel::InPerson, Channel::Telephone, Channel::Teleconference];
/// What nobody writes: it shows in which mail a sentence stands.
pub const MARK: &str = "\u{e000}";

/// The first mail in which a sentence stands, as plain text under its subject. `marked` says [`MARK`] in the place of that
/// sentence, `said` what it would say.
pub fn sample(config: &OfficeConfig, marked: &OfficeVoice, said: &OfficeVoice, now: DateTime<Utc>) -> Option<String> {
    let about_bookings =
        CHANNELS.into_iter().flat_map(|channel| MailKind::ALL.map(|kind| Sample::Booking(kind, channel)));
    let short = CHANNELS.into_iter().flat_map(|channel| MailKind::ALL.map(|kind| Sample::Short(kind, channel)));
    let all = about_bookings.chain(LINKS.map(Sample::Link)).chain(short);
    all.into_iter().find_map(|sample| {
        let stands_in_it = sample.text(config, marked, now)?.contains(MARK);
        if stands_in_it { sample.text(config, said, now) } else { None }
    })
}

#[derive(Clone, Copy)]
enum Sample {
    Booking(MailKind, Channel),
    Link(LinkKind),
    /// The same in a few words, for a mobile.
    Short(MailKind, Channel),
}

impl Sample {
    fn text(self, config: &OfficeConfig, voice: &OfficeVoice, now: DateTime<Utc>) -> Option<String> {
        let (subject, text) = match self {
            Self::Booking(kind, channel) => {
                let mut booking = booking(config, channel, now)?;
                if kind == MailKind::CorrectionAsked {
                    booking.correction = Some(asked_at(now));
                }
                let config = &under_rules(config, kind, channel);
                let letter = BookingLetter {
                    kind,
                    config,
                    voice: voice.clone(),
                    booking: Some((&booking, String::new())),
                    link: "https://…".to_owned(),
                    said: vec![(voice.say("fact-name"), "…".to_owned())],
                    phone: (channel == Channel::Telephone).then(|| "694 000 0000".to_owned()),
                    chooses_first: kind == MailKind::CancelledByOffice,
                    was: (kind == MailKind::MovedByOffice).then_some(now),
                    until: (kind == MailKind::CorrectionAsked).then(|| "…".to_owned()),
                    more: more::sample(kind, voice),
                    now,
                };
                letter.plain().ok()?
            }
            Self::Link(kind) => {
                let letter = LinkLetter {
                    kind,
                    config,
                    voice: voice.clone(),
                    link: "https://…".to_owned(),
                    expires_at: now + TimeDelta::hours(1),
                    facts: match kind {
                        LinkKind::Start | LinkKind::Served | LinkKind::NewLink | LinkKind::Code => Vec::new(),
                        LinkKind::Entrusted | LinkKind::Invited => {
                            vec![Fact::new(voice.say("mail-agent"), "…".to_owned())]
                        }
                        LinkKind::AccountInvited
                        | LinkKind::Forgotten
                        | LinkKind::Address
                        | LinkKind::Activation
                        | LinkKind::Member
                        | LinkKind::AddressUndo
                        | LinkKind::AddressMoved
                        | LinkKind::Known => {
                            vec![Fact::new(voice.say("mail-account"), "…".to_owned())]
                        }
                        LinkKind::Request => {
                            vec![Fact::new(voice.say("mail-request-number"), "…".to_owned())]
                        }
                        LinkKind::Conference
                        | LinkKind::ConferenceChanged
                        | LinkKind::ConferenceLink
                        | LinkKind::ConferenceReminder
                        | LinkKind::ConferenceCancelled
                        | LinkKind::ConferenceRemoved
                        | LinkKind::Meeting
                        | LinkKind::Minutes => {
                            vec![Fact::new(voice.say("conference-title"), "…".to_owned())]
                        }
                        LinkKind::Coordinator => vec![Fact::new(voice.say("conference-unit"), "…".to_owned())],
                        LinkKind::Figures => vec![Fact::new(voice.say("mail-figures-month"), "…".to_owned())],
                    },
                };
                letter.plain(now).ok()?
            }
            Self::Short(kind, channel) => return short_text(config, kind, channel, voice, now),
        };
        Some(format!("{subject}\n\n{}", text.trim()))
    }
}

/// Something that is to be put right before the booking's time.
fn asked_at(now: DateTime<Utc>) -> Correction {
    let (because, state) = (VoidReason::DetailsWrong, CorrectionState::Awaited);
    Correction { because, note: None, asked_at: now, until: now + TimeDelta::hours(20), state }
}

/// The office as it is; where something is to be put right, once under the strict rule and by telephone under the tolerant one,
/// so that what is said of either stands somewhere.
fn under_rules(config: &OfficeConfig, kind: MailKind, channel: Channel) -> OfficeConfig {
    let mut config = config.clone();
    if kind == MailKind::CorrectionAsked {
        config.rules.phases.retain(|phase| phase.rule != Rule::Void);
        if channel != Channel::Telephone {
            config.rules.phases.push(RulesPhase { rule: Rule::Void, strict_from: NaiveDate::MIN });
        }
    }
    config
}

/// A message to a mobile; once of somebody who chooses first, so that what is said to them stands somewhere too.
fn short_text(
    config: &OfficeConfig,
    kind: MailKind,
    channel: Channel,
    voice: &OfficeVoice,
    now: DateTime<Utc>,
) -> Option<String> {
    let mut booking = booking(config, channel, now)?;
    if kind == MailKind::CorrectionAsked {
        booking.correction = Some(asked_at(now));
    }
    let config = &under_rules(config, kind, channel);
    if kind == MailKind::CancelledByOffice && channel == Channel::Telephone {
        let first_choice = Some(FirstChoice { until: now + TimeDelta::days(3), kept: None });
        let party = booking.life.party()?.clone();
        booking.life = BookingLife::Cancelled { party, at: now, by: CancelledBy::Office, first_choice };
    }
    Some(format!("SMS\n\n{}", short::text(kind, config, &booking, voice, now)))
}

/// A booking of nobody, tomorrow.
pub(super) fn booking(config: &OfficeConfig, channel: Channel, now: DateTime<Utc>) -> Option<Booking> {
    // The one with the most to bring shows the most of the mail.
    let service = config.services.iter().max_by_key(|(_, service)| service.documents.len())?;
    let party = Party {
        person: PersonId(uuid::Uuid::nil()),
        address: None,
        language: office::Language::El,
        needs: Needs::default(),
        if_late: None,
    };
    Some(Booking {
        id: BookingId(1),
        reference: Reference("C2D3F4G5".into()),
        promise: Promise {
            service: *service.0,
            channel,
            start: now + TimeDelta::days(1),
            minutes: service.1.planned_minutes,
            persons: 2,
            cases: 2,
            audience: Audience::Public,
        },
        sequence: 0,
        correction: None,
        life: BookingLife::Confirmed { party },
    })
}
