//! The sentence for each reason to say no: what happened, and what to do next.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use panel::words;
use wire::{Language, ProblemCode};

/// What a citizen who was told no can do on this screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Type or scan the code again.
    CodeAgain,
    /// Take a number without an appointment.
    NumberInstead,
    /// Book an appointment, with a telephone.
    BookByPhone,
    /// Ask the hub again.
    TryAgain,
    /// Ask at reception.
    Reception,
}

/// The id of the sentence, whether there is one that names a time, and what can be done.
const fn of(code: ProblemCode) -> (&'static str, bool, Next) {
    match code {
        ProblemCode::UnknownCode => ("unknown-code", false, Next::CodeAgain),
        ProblemCode::OtherOffice => ("other-office", false, Next::Reception),
        ProblemCode::OtherDay => ("other-day", true, Next::Reception),
        ProblemCode::BookingCancelled => ("cancelled", false, Next::NumberInstead),
        ProblemCode::BookingVoid => ("void", false, Next::NumberInstead),
        ProblemCode::BookingExpired => ("expired", false, Next::NumberInstead),
        ProblemCode::BookingMissed => ("missed", false, Next::NumberInstead),
        ProblemCode::NoTimeLeft => ("no-time-left", false, Next::BookByPhone),
        ProblemCode::OfficeClosed => ("closed", true, Next::BookByPhone),
        ProblemCode::TicketsClosed => ("tickets-closed", true, Next::BookByPhone),
        ProblemCode::Suspended => ("suspended", true, Next::Reception),
        ProblemCode::BookingRequired => ("booking-required", false, Next::BookByPhone),
        ProblemCode::TooManyTickets => ("too-many", false, Next::BookByPhone),
        ProblemCode::UnknownService => ("unknown-service", false, Next::NumberInstead),
        ProblemCode::Unavailable => ("away", false, Next::TryAgain),
        ProblemCode::TooManyRequests => ("busy", false, Next::TryAgain),
        ProblemCode::NotSignedIn | ProblemCode::NotAllowed => ("device", false, Next::Reception),
        ProblemCode::StorageFull => ("storage-full", false, Next::Reception),
        // A code that is no code at all reads like one that nobody knows.
        ProblemCode::Malformed | ProblemCode::TooLarge => ("unknown-code", false, Next::CodeAgain),
        ProblemCode::NotFound
        | ProblemCode::MethodNotAllowed
        | ProblemCode::CommandReused
        | ProblemCode::LateChoiceNeeded
        | ProblemCode::SlotTaken
        | ProblemCode::SlotInPast
        | ProblemCode::SlotNotOffered
        | ProblemCode::TooManyHolds
        | ProblemCode::TooManyBookings
        | ProblemCode::AgentDayFull
        | ProblemCode::AgentsShareFull
        | ProblemCode::ChangeTooLate
        | ProblemCode::UnknownDesk
        | ProblemCode::UnknownVisit
        | ProblemCode::DeskClosed
        | ProblemCode::DeskOnBreak
        | ProblemCode::DeskTaken
        | ProblemCode::DeskBusy
        | ProblemCode::DeskHoldsAnother
        | ProblemCode::NobodyNext
        | ProblemCode::NoteFirst
        | ProblemCode::NotCallable
        | ProblemCode::NotServedHere
        | ProblemCode::NotCalledHere
        | ProblemCode::RecallTooSoon
        | ProblemCode::RecallFirst
        | ProblemCode::ReasonNeeded
        | ProblemCode::TooLateToUndo
        | ProblemCode::Configuration => ("other", false, Next::Reception),
    }
}

/// What can be done after `code`.
#[must_use]
pub const fn next(code: ProblemCode) -> Next {
    of(code).2
}

/// Whether nothing went wrong: the person is expected, only not here, or not today.
#[must_use]
pub const fn is_only_elsewhere(code: ProblemCode) -> bool {
    matches!(code, ProblemCode::OtherDay | ProblemCode::OtherOffice)
}

/// The sentence for `code`; `about` is the time that it speaks of.
#[must_use]
pub fn refusal(
    code: ProblemCode,
    about: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
    zone: Tz,
    language: Language,
) -> String {
    let (id, names_time, _) = of(code);
    let id = format!("kiosk-refused-{id}");
    match about.filter(|_| names_time) {
        Some(at) => {
            words::say_with(language, &format!("{id}-at"), &[("time", words::moment(at, now, zone, language).into())])
        }
        None => words::say(language, &id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY_REACHABLE: &[ProblemCode] = &[
        ProblemCode::Malformed,
        ProblemCode::TooLarge,
        ProblemCode::NotSignedIn,
        ProblemCode::NotAllowed,
        ProblemCode::NotFound,
        ProblemCode::CommandReused,
        ProblemCode::TooManyRequests,
        ProblemCode::StorageFull,
        ProblemCode::Unavailable,
        ProblemCode::UnknownCode,
        ProblemCode::OtherOffice,
        ProblemCode::OtherDay,
        ProblemCode::BookingCancelled,
        ProblemCode::BookingVoid,
        ProblemCode::BookingExpired,
        ProblemCode::BookingMissed,
        ProblemCode::UnknownService,
        ProblemCode::OfficeClosed,
        ProblemCode::TicketsClosed,
        ProblemCode::Suspended,
        ProblemCode::BookingRequired,
        ProblemCode::NoTimeLeft,
        ProblemCode::TooManyTickets,
    ];

    #[test]
    fn every_refusal_is_a_sentence_in_both_languages_with_and_without_its_time() {
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let zone = words::zone("Europe/Athens");
        for &code in EVERY_REACHABLE {
            for language in Language::ALL {
                for about in [None, Some("2026-11-25T08:15:00Z".parse().unwrap())] {
                    let sentence = refusal(code, about, now, zone, language);
                    let greek = sentence.chars().any(|c| ('Ά'..='ώ').contains(&c));
                    assert_eq!(greek, language == Language::El, "{code:?}: {sentence}");
                    assert!(sentence.ends_with('.') && !sentence.contains(['{', '$']), "{code:?}: {sentence}");
                    assert!(!sentence.contains("Unknown localization"), "{code:?}: {sentence}");
                }
            }
        }
    }

    #[test]
    fn a_booking_of_another_day_is_told_its_day_and_time() {
        let (now, at) = ("2026-11-24T08:00:00Z".parse().unwrap(), "2026-11-26T08:15:00Z".parse().unwrap());
        let sentence = refusal(ProblemCode::OtherDay, Some(at), now, words::zone("Europe/Athens"), Language::El);
        assert_eq!(
            sentence,
            "Το ραντεβού σας δεν είναι σήμερα. Είναι: Πέμπτη 26 Νοεμβρίου, 10:15. Σας περιμένουμε τότε."
        );
    }
}
