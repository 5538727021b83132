//! Mails to those who are invited to a conference, and to those who are invited to coordinate a unit.

use lettre::Message;
use office::Words;
use secrets::{ConferencePass, conference_link, coordinator_link, minutes_link};
use store::OutboxRow;
use text::{Dates, Voice};
use writer::{ConferenceMail, ConferenceNews, CoordinatorMail};

use super::{
    calendar::{Appointment, Method},
    letter::Fact,
    link_letter::{LinkKind, LinkLetter},
    parts::Post,
    unsent::SendFailure,
};

/// What a letter is, and what calendars are told with it.
const fn kind(news: ConferenceNews) -> (LinkKind, Option<Method>) {
    match news {
        ConferenceNews::Invited => (LinkKind::Conference, Some(Method::Request)),
        ConferenceNews::Changed => (LinkKind::ConferenceChanged, Some(Method::Request)),
        ConferenceNews::NewLink => (LinkKind::ConferenceLink, Some(Method::Request)),
        ConferenceNews::Cancelled => (LinkKind::ConferenceCancelled, Some(Method::Cancel)),
        ConferenceNews::Removed => (LinkKind::ConferenceRemoved, Some(Method::Cancel)),
        ConferenceNews::Reminder => (LinkKind::ConferenceReminder, None),
        ConferenceNews::Meeting => (LinkKind::Meeting, None),
        ConferenceNews::Minutes => (LinkKind::Minutes, None),
    }
}

/// What somebody invited is told; nothing that is true no more.
pub async fn invited(post: &Post, row: &OutboxRow) -> Result<Message, SendFailure> {
    let mail: ConferenceMail = serde_json::from_str(&row.about).map_err(|_| SendFailure::Gone)?;
    let ConferenceMail { conference, participant, news, sequence } = mail;
    let found = post.readers.read(move |store| store.conference_invitation(conference, participant)).await;
    let found = found.map_err(|_| SendFailure::Store)?.ok_or(SendFailure::Gone)?;
    let now = post.clock.now();
    let stands = found.is_planned && !found.is_removed && now < found.closes;
    let has_meaning = match news {
        ConferenceNews::Invited | ConferenceNews::NewLink | ConferenceNews::Meeting => stands,
        // Minutes are signed after the end, too.
        ConferenceNews::Minutes => !found.is_removed,
        ConferenceNews::Changed => stands && sequence == found.sequence,
        ConferenceNews::Reminder => stands && sequence == found.sequence && !found.has_declined && now < found.until,
        ConferenceNews::Cancelled => !found.is_planned,
        ConferenceNews::Removed => found.is_removed,
    };
    if !has_meaning {
        return Err(SendFailure::Gone);
    }
    let email = found.email.ok_or(SendFailure::NoAddress)?;
    let voice = Voice::from(found.language);
    let config = post.office_of(row)?.config(Clone::clone).ok_or(SendFailure::Gone)?;
    let pass = ConferencePass { conference: found.public, participant, link: found.link };
    let link = post.url(match news {
        ConferenceNews::Minutes => minutes_link(&post.key, &pass),
        ConferenceNews::Invited
        | ConferenceNews::Changed
        | ConferenceNews::Cancelled
        | ConferenceNews::Removed
        | ConferenceNews::NewLink
        | ConferenceNews::Reminder
        | ConferenceNews::Meeting => conference_link(&post.key, &pass),
    });
    let dates = Dates { voice, zone: config.zone, now };
    let minutes = found.until.signed_duration_since(found.from).num_minutes();
    let minutes = u16::try_from(minutes).unwrap_or(u16::MAX);
    let mut facts = vec![
        Fact::new(voice.say("conference-title"), voice.of_text(&found.words.title)),
        Fact::new(voice.say("mail-when"), format!("{} {}", dates.day_and_time(found.from), voice.say("greek-time"))),
        Fact::new(voice.say("mail-duration"), voice.with("conference-minutes", "n", minutes)),
    ];
    let said = |words: &Words| !words.el.trim().is_empty() || !words.en.trim().is_empty();
    if said(&found.words.description) {
        facts.push(Fact::new(voice.say("conference-description"), voice.of_text(&found.words.description)));
    }
    if news == ConferenceNews::Meeting {
        facts.extend(meeting(post, conference, voice).await?);
    }
    let (kind, method) = kind(news);
    let letter = LinkLetter {
        kind,
        config: &config,
        voice: post.texts.voice(row.office, voice),
        link: link.clone(),
        expires_at: found.closes,
        facts,
    };
    let envelope = post.envelope(row, &email)?;
    let Some(method) = method else { return Ok(letter.message(&envelope)?) };
    let appointment = Appointment {
        uid: format!("{}@seira", found.public.simple()),
        sequence: found.sequence,
        start: found.from,
        minutes,
        title: format!("{} – {}", voice.say("conference-one"), voice.of_text(&config.name)),
        details: link.clone(),
        place: voice.say("conference-one"),
        map: None,
        link,
        organizer: config.contact_email.clone(),
        attendee: Some(envelope.to.email.to_string()),
        written_at: envelope.at,
    };
    Ok(letter.message_with(&envelope, &appointment, method)?)
}

/// What the invitation to a meeting says besides: which body meets, where, and about what.
async fn meeting(post: &Post, conference: u64, voice: Voice) -> Result<Vec<Fact>, SendFailure> {
    let found = post.readers.read(move |store| {
        let Some(meeting) = store.meeting_of(conference)? else { return Ok(None) };
        Ok(Some(store.meeting_words(meeting.words)?))
    });
    let words = found.await.map_err(|_| SendFailure::Store)?.ok_or(SendFailure::Gone)?;
    let agenda: Vec<String> = (1..).zip(&words.agenda).map(|(nth, item)| format!("{nth}. {item}")).collect();
    Ok(vec![
        Fact::new(voice.say("meeting-body"), voice.of_text(&words.body)),
        Fact::new(voice.say("meeting-place"), words.place),
        Fact::new(voice.say("meeting-agenda"), agenda.join("\n")),
    ])
}

/// The invitation to coordinate a unit, until it is used, taken back or run out.
pub async fn coordinator(post: &Post, row: &OutboxRow) -> Result<Message, SendFailure> {
    let CoordinatorMail { invitation } = serde_json::from_str(&row.about).map_err(|_| SendFailure::Gone)?;
    let now = post.clock.now();
    let found = post.readers.read(move |store| {
        let Some(invitation) = store.unit_invitation(invitation, now)? else { return Ok(None) };
        Ok(Some((store.made_unit_name(invitation.unit)?, invitation)))
    });
    let (made, invitation) = found.await.map_err(|_| SendFailure::Store)?.ok_or(SendFailure::Gone)?;
    let voice = Voice::from(invitation.language);
    let config = post.office_of(row)?.config(Clone::clone).ok_or(SendFailure::Gone)?;
    // A unit of the configuration is named on the page behind the link.
    let facts = made.iter().map(|name| Fact::new(voice.say("conference-unit"), voice.of_text(name))).collect();
    let letter = LinkLetter {
        kind: LinkKind::Coordinator,
        config: &config,
        voice: post.texts.voice(row.office, voice),
        link: post.url(coordinator_link(&post.key, invitation.id)),
        expires_at: invitation.expires_at,
        facts,
    };
    Ok(letter.message(&post.envelope(row, &invitation.email)?)?)
}
