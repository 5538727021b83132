//! A message in a few words: to a mobile, or to be said on the telephone (FLD-33). Two parts of an SMS hold it, in Greek too.

use chrono::{DateTime, Utc};
use office::{Booking, Channel, MailKind, OfficeConfig};

use secrets::readable;
use text::{Dates, OfficeVoice};

use super::correction::stands_uncorrected;

/// Two parts of an SMS in Greek letters (UCS-2): 70 go into one alone, 67 into each of several.
pub const UNITS_MAX: usize = 134;
/// A name is shortened as far as this, and no further, before the end of the message is.
const NAME_UNITS_MIN: usize = 12;

const fn sentence(kind: MailKind, channel: Channel, chooses_first: bool, stands_uncorrected: bool) -> &'static str {
    match kind {
        // Whoever comes by a link is told where it is: the message itself has no room for it.
        MailKind::Reminder if matches!(channel, Channel::Teleconference) => "sms-reminder-video",
        MailKind::Confirmation => "sms-confirmation",
        MailKind::Moved => "sms-moved",
        MailKind::MovedByOffice => "sms-moved-by-office",
        MailKind::Reminder => "sms-reminder",
        MailKind::CorrectionAsked if stands_uncorrected => "sms-correction-asked-tolerant",
        MailKind::CorrectionAsked => "sms-correction-asked",
        MailKind::Corrected => "sms-corrected",
        MailKind::DetailsChanged => "sms-details-changed",
        MailKind::DetailsWarning => "sms-details-warning",
        MailKind::Cancelled => "sms-cancelled",
        MailKind::CancelledByOffice if chooses_first => "sms-first-choice",
        MailKind::CancelledByOffice => "sms-cancelled-by-office",
        MailKind::CancelledByLateness => "sms-cancelled-by-lateness",
        MailKind::Void => "sms-void",
        MailKind::Missed => "sms-missed",
        MailKind::WillNotBeReached => "sms-will-not-be-reached",
        MailKind::NotServed => "sms-not-served",
        MailKind::Opinion => "sms-opinion",
    }
}

/// What a message says of a booking.
pub fn text(
    kind: MailKind,
    config: &OfficeConfig,
    booking: &Booking,
    voice: &OfficeVoice,
    now: DateTime<Utc>,
) -> String {
    let zone = config.zone;
    let dates = Dates { voice: voice.plain(), zone, now };
    let when = |at: DateTime<Utc>| dates.short(at);
    let service = config.services.get(&booking.promise.service);
    let service = service.map(|service| voice.of_text(&service.name)).unwrap_or_default();
    let what = match booking.promise.channel {
        Channel::InPerson => service,
        Channel::Telephone => format!("{}: {service}", voice.say("sms-by-telephone")),
        Channel::Teleconference => format!("{}: {service}", voice.say("sms-by-video")),
    };
    let choice = booking.life.first_choice(now);
    let until = choice.map(|choice| choice.until).or_else(|| booking.correction.map(|asked| asked.until));
    let say = |office: &str, what: &str| {
        let values = [
            ("office", office.to_owned().into()),
            ("what", what.to_owned().into()),
            ("when", when(booking.promise.start).into()),
            ("code", readable(&booking.reference).into()),
            ("phone", config.contact_phone.clone().into()),
            ("until", until.map(when).unwrap_or_default().into()),
        ];
        let (chooses, stands) = (choice.is_some(), stands_uncorrected(config, booking));
        voice.say_with(sentence(kind, booking.promise.channel, chooses, stands), values)
    };
    fit(UNITS_MAX, &voice.of_text(&config.name), &what, say)
}

/// The message with names as long as it has room for.
pub fn fit(most: usize, office: &str, what: &str, say: impl Fn(&str, &str) -> String) -> String {
    let whole = say(office, what);
    let over = units(&whole).saturating_sub(most);
    if over == 0 {
        return whole;
    }
    let what = shortened(what, over);
    let over = units(&say(office, &what)).saturating_sub(most);
    cut(&say(&shortened(office, over), &what), most)
}

/// A code as it is read: in two halves.
pub fn in_halves(code: &str) -> String {
    let (one, other) = code.split_at(code.len() / 2);
    format!("{one} {other}")
}

/// What a text takes of an SMS in Greek letters.
pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// A name that is shorter by so much, if it can be.
fn shortened(name: &str, by: usize) -> String {
    if by == 0 { name.to_owned() } else { cut(name, units(name).saturating_sub(by).max(NAME_UNITS_MIN)) }
}

/// The beginning of a text.
fn cut(text: &str, units_max: usize) -> String {
    if units(text) <= units_max {
        return text.to_owned();
    }
    let mut room = units_max.saturating_sub(1);
    let fits = |letter: &char| {
        let fits = letter.len_utf16() <= room;
        room = room.saturating_sub(letter.len_utf16());
        fits
    };
    let beginning: String = text.chars().take_while(fits).collect();
    format!("{}…", beginning.trim_end())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use office::{BookingLife, CancelledBy, Correction, CorrectionState, FirstChoice, VoidReason};
    use wire::Language;

    use super::*;
    use text::Voice;

    use crate::sample;

    /// The sample office, with the service whose name is the longest in a language.
    fn sample_of(language: Language) -> (OfficeConfig, Booking) {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/kep.toml");
        let config = office_file::read_all(&[file]).unwrap().remove(0).config;
        let now = "2026-11-20T07:00:00Z".parse().unwrap();
        let mut booking = sample::booking(&config, Channel::InPerson, now).unwrap();
        let name = |service: &office::Service| units(&Voice(language).of_text(&service.name));
        booking.promise.service = *config.services.iter().max_by_key(|(_, service)| name(service)).unwrap().0;
        booking.correction = Some(Correction {
            because: VoidReason::DetailsWrong,
            note: None,
            asked_at: now,
            until: now + chrono::TimeDelta::days(2),
            state: CorrectionState::Awaited,
        });
        (config, booking)
    }

    /// The same, given up by the office: who had it chooses first.
    fn displaced(booking: &Booking, now: DateTime<Utc>) -> Booking {
        let first_choice = Some(FirstChoice { until: now + chrono::TimeDelta::days(3), kept: None });
        let party = booking.life.party().cloned().unwrap();
        Booking {
            life: BookingLife::Cancelled { by: CancelledBy::Office, at: now, party, first_choice },
            ..booking.clone()
        }
    }

    fn all_kinds(config: &OfficeConfig, booking: &Booking, language: Language) -> Vec<String> {
        let now = "2026-11-20T07:00:00Z".parse().unwrap();
        let kinds = MailKind::ALL.into_iter();
        kinds.map(|kind| text(kind, config, booking, &Voice(language).into(), now)).collect()
    }

    #[test]
    fn fld_33_every_message_is_in_two_parts_at_most_with_the_longest_names_of_the_sample() {
        for language in Language::ALL {
            let (config, booking) = sample_of(language);
            let now = "2026-11-20T07:00:00Z".parse().unwrap();
            let mut all = all_kinds(&config, &booking, language);
            let first = displaced(&booking, now);
            all.push(text(MailKind::CancelledByOffice, &config, &first, &Voice(language).into(), now));
            let distinct: BTreeSet<&String> = all.iter().collect();
            assert_eq!(distinct.len(), all.len(), "each says something of its own: {all:?}");
            for text in &all {
                assert!(units(text) <= UNITS_MAX, "{} units: {text}", units(text));
                assert!(!text.contains("sms-") && !text.contains("{ $"), "{text}");
                assert!(!text.contains('…'), "nothing of the sample's names is cut: {text}");
                assert!(text.contains(&Voice(language).of_text(&config.name)), "{text}");
            }
            let by = [Channel::Telephone, Channel::Teleconference];
            for channel in by {
                let mut booking = booking.clone();
                booking.promise.channel = channel;
                assert!(all_kinds(&config, &booking, language).iter().all(|text| units(text) <= UNITS_MAX));
            }
        }
    }

    #[test]
    fn trn_12_nobody_is_told_that_a_booking_falls_void_which_stands_uncorrected() {
        let now = "2026-11-20T07:00:00Z".parse().unwrap();
        for (language, void, stands) in [(Language::El, "άκυρο", "ισχύει"), (Language::En, "void", "stands")]
        {
            let (mut config, booking) = sample_of(language);
            config.rules.phases.clear();
            let said =
                |config: &OfficeConfig| text(MailKind::CorrectionAsked, config, &booking, &Voice(language).into(), now);
            let tolerant = said(&config);
            assert!(tolerant.contains(stands) && !tolerant.contains(void), "{tolerant}");
            assert!(units(&tolerant) <= UNITS_MAX && !tolerant.contains('…'), "{} units: {tolerant}", units(&tolerant));
            // The booking's own time comes before the deadline that was given: the rule of that day counts.
            let start = booking.promise.start.with_timezone(&config.zone).date_naive();
            let strict_from = start.succ_opt().unwrap();
            config.rules.phases.push(office::RulesPhase { rule: office::Rule::Void, strict_from });
            assert_eq!(said(&config), tolerant);
            config.rules.phases.push(office::RulesPhase { rule: office::Rule::Void, strict_from: start });
            let strict = said(&config);
            assert!(strict.contains(void) && !strict.contains(stands), "{strict}");
        }
    }

    #[test]
    fn fld_33_a_confirmation_names_office_service_day_time_and_code() {
        let (config, booking) = sample_of(Language::El);
        let now = "2026-11-20T07:00:00Z".parse().unwrap();
        let said = text(MailKind::Confirmation, &config, &booking, &Voice(Language::El).into(), now);
        assert_eq!(
            said,
            "ΚΕΠ Δήμου Αγίου Νικολάου: ραντεβού Σάβ 21/11 09:00, Κάρτα αναπηρίας και δελτίο μετακίνησης. Κωδικός C2D3 F4G5"
        );
    }

    #[test]
    fn omb_07_who_booked_a_teleconference_is_told_where_the_way_in_is() {
        for (language, way) in [(Language::El, "e-mail"), (Language::En, "e-mail")] {
            let (config, mut booking) = sample_of(language);
            booking.promise.channel = Channel::Teleconference;
            let now = "2026-11-20T07:00:00Z".parse().unwrap();
            for kind in [MailKind::Confirmation, MailKind::Moved, MailKind::MovedByOffice, MailKind::Reminder] {
                let said = text(kind, &config, &booking, &Voice(language).into(), now);
                assert!(said.contains(way) && units(&said) <= UNITS_MAX, "{said}");
            }
        }
    }

    #[test]
    fn fld_33_names_that_are_too_long_are_shortened_and_never_day_time_and_code() {
        let (mut config, booking) = sample_of(Language::El);
        config.name = office::Words::new("Διεύθυνση Μεταφορών και Επικοινωνιών ".repeat(8).trim(), "x");
        for service in config.services.values_mut() {
            service.name = office::Words::new("Χορήγηση βεβαίωσης ".repeat(12).trim(), "x");
        }
        for text in all_kinds(&config, &booking, Language::El) {
            assert!(units(&text) <= UNITS_MAX, "{} units: {text}", units(&text));
        }
        let now = "2026-11-20T07:00:00Z".parse().unwrap();
        let confirmation = text(MailKind::Confirmation, &config, &booking, &Voice(Language::El).into(), now);
        assert!(confirmation.contains("21/11 09:00") && confirmation.ends_with("C2D3 F4G5"), "{confirmation}");
        assert_eq!(units(&cut(&"😀".repeat(100), UNITS_MAX)), 133, "a letter of two units is not halved");
        let booking = displaced(&booking, now);
        let first = text(MailKind::CancelledByOffice, &config, &booking, &Voice(Language::El).into(), now);
        assert!(first.contains("Δευ 23/11 09:00"), "until when they choose first: {first}");
    }
}
