//! What a mail says besides the booking: why it is void, what is to be corrected and by when, which times are free.

use chrono::{DateTime, Utc};
use office::{Audience, Booking, BookingLife, MailKind, OfficeConfig, Promise, VoidReason, calendar, slots};

use super::{letter::Fact, unsent::SendFailure};
use crate::parts::Post;
use paths::Page;
use text::{Dates, OfficeVoice, Voice};
use writer::OfficeHandle;

/// Free times that a mail offers.
const OFFERED: usize = 3;
/// They are looked for in so many days.
const OFFERED_WITHIN_DAYS: u16 = 28;

/// What a kind of mail says besides.
enum MailAddition {
    Nothing,
    /// Why the booking is as it is.
    Why,
    /// Why the office moved it, as was announced.
    WhyClosed,
    /// What is to be corrected, and by when.
    Correction,
    /// Which times are free.
    Times,
}

const fn besides(kind: MailKind) -> MailAddition {
    match kind {
        MailKind::Void => MailAddition::Why,
        MailKind::MovedByOffice => MailAddition::WhyClosed,
        MailKind::CorrectionAsked => MailAddition::Correction,
        MailKind::CancelledByOffice | MailKind::WillNotBeReached | MailKind::NotServed => MailAddition::Times,
        MailKind::Confirmation
        | MailKind::Moved
        | MailKind::Reminder
        | MailKind::Cancelled
        | MailKind::CancelledByLateness
        | MailKind::Corrected
        | MailKind::DetailsChanged
        | MailKind::DetailsWarning
        | MailKind::Missed
        | MailKind::Opinion => MailAddition::Nothing,
    }
}

/// The further facts of a mail.
///
/// # Errors
/// If what staff wrote cannot be read now.
pub async fn of(
    post: &Post,
    handle: &OfficeHandle,
    kind: MailKind,
    booking: Option<&Booking>,
    was: Option<DateTime<Utc>>,
    voice: &OfficeVoice,
) -> Result<Vec<Fact>, SendFailure> {
    let Some(booking) = booking else { return Ok(Vec::new()) };
    let fact = |id: &str, value: String| Fact::new(voice.say(id), value);
    let why = |config: &OfficeConfig, because| reason(config, because, voice.plain(), |id| voice.say(id));
    let mut facts = Vec::new();
    match besides(kind) {
        MailAddition::Why => {
            if let BookingLife::Void { because, .. } = booking.life {
                let because = handle.config(|config| why(config, because)).unwrap_or_default();
                facts.push(fact("mail-why", because));
            }
        }
        MailAddition::WhyClosed => {
            facts.extend(why_closed(handle, booking, was, voice));
        }
        MailAddition::Correction => {
            let Some(asked) = booking.correction else { return Ok(facts) };
            let (why, until) = handle
                .config(|config| {
                    let dates = Dates { voice: voice.plain(), zone: config.zone, now: post.clock.now() };
                    (why(config, asked.because), dates.day_and_time(asked.until))
                })
                .unwrap_or_default();
            facts.push(fact("mail-what-to-correct", why));
            let row = handle.row;
            let note = match asked.note {
                Some(note) => {
                    post.readers.read(move |store| store.note(row, note)).await.map_err(|_| SendFailure::Store)?
                }
                None => None,
            };
            facts.extend(note.and_then(|note| note.text).map(|text| fact("mail-office-writes", text)));
            facts.push(fact("mail-correct-until", until));
        }
        MailAddition::Times => {
            if kind == MailKind::CancelledByOffice {
                facts.extend(why_closed(handle, booking, Some(booking.promise.start), voice));
            }
            facts.extend(first_choice(post, handle, booking, voice));
            let times = soonest(post, handle, booking, voice.plain());
            if !times.is_empty() {
                facts.push(fact("mail-next-free", times.join(" · ")));
            }
        }
        MailAddition::Nothing => {}
    }
    Ok(facts)
}

/// Why the office could not keep a time of a booking, as staff announced it; nothing where nothing was announced.
fn why_closed(
    handle: &OfficeHandle,
    booking: &Booking,
    at: Option<DateTime<Utc>>,
    voice: &OfficeVoice,
) -> Option<Fact> {
    let because = handle.config(|config| why_displaced(config, booking, at?, voice))??;
    Some(Fact::new(voice.say("mail-why"), because))
}

/// Why the office could not keep a time that a booking had, in the words that staff announced.
pub fn why_displaced(
    config: &OfficeConfig,
    booking: &Booking,
    start: DateTime<Utc>,
    voice: &OfficeVoice,
) -> Option<String> {
    let end = Promise { start, ..booking.promise.clone() }.end();
    calendar::closed_because(config, (start, end)).map(|words| voice.of_text(&words))
}

/// What stands in the place of all this where an office looks at its own words.
pub fn sample(kind: MailKind, voice: &OfficeVoice) -> Vec<Fact> {
    let ids: &[&str] = match besides(kind) {
        MailAddition::Why | MailAddition::WhyClosed => &["mail-why"],
        MailAddition::Correction => &["mail-what-to-correct", "mail-office-writes", "mail-correct-until"],
        MailAddition::Times if kind == MailKind::CancelledByOffice => {
            &["mail-why", "mail-kept", "mail-first-choice-until", "mail-next-free"]
        }
        MailAddition::Times => &["mail-next-free"],
        MailAddition::Nothing => &[],
    };
    let reasons = ["void-details-missing", "void-details-wrong", "void-documents-missing", "void-not-corrected"];
    let value = |id: &str| match id {
        "mail-why" | "mail-what-to-correct" => reasons.map(|id| voice.say(id)).join(" "),
        _ => "…".to_owned(),
    };
    ids.iter().map(|id| Fact::new(voice.say(id), value(id))).collect()
}

/// Why a booking is void, or what is to be corrected, in the reader's language.
pub fn void_reason(config: &OfficeConfig, because: VoidReason, voice: Voice) -> String {
    reason(config, because, voice, |id| voice.say(id))
}

/// The same, said in whatever words.
fn reason(config: &OfficeConfig, because: VoidReason, voice: Voice, say: impl Fn(&str) -> String) -> String {
    match because {
        VoidReason::DetailsMissing => say("void-details-missing"),
        VoidReason::DetailsWrong => say("void-details-wrong"),
        VoidReason::DocumentsMissing => say("void-documents-missing"),
        VoidReason::NotCorrected => say("void-not-corrected"),
        VoidReason::Listed(id) => {
            let listed = config.rules.online.void_reasons.iter().find(|reason| reason.id == id);
            listed.map_or_else(|| say("void-details-wrong"), |reason| voice.of_text(&reason.text))
        }
    }
}

/// Where the same is booked anew.
pub fn book_anew(config: &OfficeConfig, booking: Option<&Booking>) -> String {
    let service = booking.and_then(|booking| config.services.get(&booking.promise.service));
    match service {
        Some(service) => Page::Book.asking(format_args!("office={}&service={}", config.key, service.key)),
        None => Page::Book.to_string(),
    }
}

/// The next times that the citizen can have instead.
fn soonest(post: &Post, handle: &OfficeHandle, booking: &Booking, voice: Voice) -> Vec<String> {
    let (now, office) = (post.clock.now(), handle.read());
    let Some(config) = &office.config else { return Vec::new() };
    let Promise { service, channel, persons, cases, .. } = booking.promise;
    let from = now.with_timezone(&config.zone).date_naive();
    let days = OFFERED_WITHIN_DAYS;
    let dates = Dates { voice, zone: config.zone, now };
    // Whom the office displaced is told of all that they may choose from (FLD-33).
    let displaced = booking.life.first_choice(now).and_then(|_| slots::to_choose(config, booking, now));
    let free = if let Some(all) = displaced {
        slots::free_to_move(&office, &slots::Query { days, ..all }, booking, now)
    } else {
        let query = slots::Query { service, channel, persons, cases, audience: Audience::Public, from, days };
        office.free(&query, now)
    };
    free.iter().take(OFFERED).map(|slot| dates.day_and_time(slot.start)).collect()
}

/// What the office owes to whom it displaced: the time that it keeps, and until when they choose first (FLD-33).
fn first_choice(post: &Post, handle: &OfficeHandle, booking: &Booking, voice: &OfficeVoice) -> Vec<Fact> {
    let choice = booking.life.first_choice(post.clock.now());
    let (Some(choice), Some(zone)) = (choice, handle.config(|config| config.zone)) else { return Vec::new() };
    let dates = Dates { voice: voice.plain(), zone, now: post.clock.now() };
    let fact = |id: &str, at| Fact::new(voice.say(id), dates.day_and_time(at));
    let kept = choice.kept.map(|kept| fact("mail-kept", kept.start));
    kept.into_iter().chain([fact("mail-first-choice-until", choice.until)]).collect()
}
