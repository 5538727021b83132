//! What a mail says besides the booking: why it is void, what is to be corrected and by when, which times are free.

use office::{Audience, Booking, BookingLife, MailKind, OfficeConfig, Promise, VoidReason, slots};

use super::{letter::Fact, unsent::Unsent};
use crate::{
    offices::OfficeHandle,
    state::AppState,
    text::{Dates, Voice},
};

/// Free times that a mail offers.
const OFFERED: usize = 3;
/// They are looked for in so many days.
const OFFERED_WITHIN_DAYS: u16 = 28;

/// The further facts of a mail.
///
/// # Errors
/// If what staff wrote cannot be read now.
pub async fn of(
    state: &AppState,
    handle: &OfficeHandle,
    kind: MailKind,
    booking: Option<&Booking>,
    voice: Voice,
) -> Result<Vec<Fact>, Unsent> {
    let Some(booking) = booking else { return Ok(Vec::new()) };
    let fact = |id: &str, value: String| Fact { name: voice.say(id), value };
    let mut facts = Vec::new();
    match kind {
        MailKind::Void => {
            if let BookingLife::Void { because, .. } = booking.life {
                facts.push(fact(
                    "mail-why",
                    handle.config(|config| void_reason(config, because, voice)).unwrap_or_default(),
                ));
            }
        }
        MailKind::CorrectionAsked => {
            let Some(asked) = booking.correction else { return Ok(facts) };
            let (why, until) = handle
                .config(|config| {
                    let dates = Dates { voice, zone: config.zone };
                    (void_reason(config, asked.because, voice), dates.day_and_time(asked.until))
                })
                .unwrap_or_default();
            facts.push(fact("mail-what-to-correct", why));
            let row = handle.row;
            let note = match asked.note {
                Some(note) => {
                    state.readers.read(move |store| store.note(row, note)).await.map_err(|_| Unsent::Store)?
                }
                None => None,
            };
            facts.extend(note.and_then(|note| note.text).map(|text| fact("mail-office-writes", text)));
            facts.push(fact("mail-correct-until", until));
        }
        MailKind::CancelledByOffice | MailKind::WillNotBeReached | MailKind::NotServed => {
            let times = soonest(state, handle, booking, voice);
            if !times.is_empty() {
                facts.push(fact("mail-next-free", times.join(" · ")));
            }
        }
        MailKind::Confirmation
        | MailKind::Moved
        | MailKind::Reminder
        | MailKind::Cancelled
        | MailKind::CancelledByLateness
        | MailKind::Corrected
        | MailKind::DetailsWarning
        | MailKind::Missed => {}
    }
    Ok(facts)
}

/// Why a booking is void, or what is to be corrected, in the reader's language.
pub fn void_reason(config: &OfficeConfig, because: VoidReason, voice: Voice) -> String {
    match because {
        VoidReason::DetailsMissing => voice.say("void-details-missing"),
        VoidReason::DetailsWrong => voice.say("void-details-wrong"),
        VoidReason::DocumentsMissing => voice.say("void-documents-missing"),
        VoidReason::NotCorrected => voice.say("void-not-corrected"),
        VoidReason::Listed(id) => {
            let listed = config.rules.online.void_reasons.iter().find(|reason| reason.id == id);
            listed.map_or_else(|| voice.say("void-details-wrong"), |reason| voice.of_text(&reason.text))
        }
    }
}

/// Where the same is booked anew.
pub fn book_anew(config: &OfficeConfig, booking: Option<&Booking>) -> String {
    let service = booking.and_then(|booking| config.services.get(&booking.promise.service));
    service.map_or_else(|| "/book".to_owned(), |service| format!("/book?office={}&service={}", config.key, service.key))
}

/// The next times that the citizen can have instead.
fn soonest(state: &AppState, handle: &OfficeHandle, booking: &Booking, voice: Voice) -> Vec<String> {
    let (now, office) = (state.clock.now(), handle.read());
    let Some(config) = &office.config else { return Vec::new() };
    let Promise { service, channel, persons, cases, .. } = booking.promise;
    let from = now.with_timezone(&config.zone).date_naive();
    let days = OFFERED_WITHIN_DAYS;
    let query = slots::Query { service, channel, persons, cases, audience: Audience::Public, from, days };
    let dates = Dates { voice, zone: config.zone };
    slots::free(&office, &query, now).iter().take(OFFERED).map(|slot| dates.day_and_time(slot.start)).collect()
}
