//! The sentence for each reason to say no: what happened, and what to do next.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use wire::{Language, ProblemCode};

/// What a citizen who was told no can do on this screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
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
const fn of(code: ProblemCode) -> (&'static str, bool, Remedy) {
    match code {
        ProblemCode::UnknownCode => ("unknown-code", false, Remedy::CodeAgain),
        ProblemCode::OtherOffice => ("other-office", false, Remedy::Reception),
        ProblemCode::OtherDay => ("other-day", true, Remedy::Reception),
        ProblemCode::BookingCancelled => ("cancelled", false, Remedy::NumberInstead),
        ProblemCode::BookingVoid => ("void", false, Remedy::NumberInstead),
        ProblemCode::BookingExpired => ("expired", false, Remedy::NumberInstead),
        ProblemCode::BookingMissed => ("missed", false, Remedy::NumberInstead),
        ProblemCode::NoTimeLeft => ("no-time-left", false, Remedy::BookByPhone),
        ProblemCode::OfficeClosed => ("closed", true, Remedy::BookByPhone),
        ProblemCode::TicketsClosed => ("tickets-closed", true, Remedy::BookByPhone),
        ProblemCode::Suspended => ("suspended", true, Remedy::Reception),
        ProblemCode::BookingRequired => ("booking-required", false, Remedy::BookByPhone),
        ProblemCode::TooManyTickets => ("too-many", false, Remedy::BookByPhone),
        ProblemCode::ResultNotReady => ("result-not-ready", false, Remedy::Reception),
        ProblemCode::UnknownService => ("unknown-service", false, Remedy::NumberInstead),
        ProblemCode::Unavailable => ("away", false, Remedy::TryAgain),
        ProblemCode::OfficeSetAside => ("set-aside", false, Remedy::Reception),
        ProblemCode::TooManyRequests => ("busy", false, Remedy::TryAgain),
        ProblemCode::NotSignedIn
        | ProblemCode::SecondFactorNeeded
        | ProblemCode::NotAllowed
        | ProblemCode::SessionLocked => ("device", false, Remedy::Reception),
        ProblemCode::StorageFull => ("storage-full", false, Remedy::Reception),
        // A code that is no code at all reads like one that nobody knows.
        ProblemCode::Malformed | ProblemCode::TooLarge => ("unknown-code", false, Remedy::CodeAgain),
        ProblemCode::NotFound
        | ProblemCode::InternalError
        | ProblemCode::TooFarAhead
        | ProblemCode::TooLongAgo
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
        | ProblemCode::Configuration => ("other", false, Remedy::Reception),
    }
}

/// What can be done after `code`.
#[must_use]
pub const fn remedy(code: ProblemCode) -> Remedy {
    of(code).2
}

/// Whether nothing went wrong: the person is expected, only not here, or not today.
#[must_use]
pub const fn is_only_elsewhere(code: ProblemCode) -> bool {
    matches!(code, ProblemCode::OtherDay | ProblemCode::OtherOffice)
}

/// The sentence for `code`; `about` is the time that it speaks of.
#[must_use]
pub fn sentence(
    code: ProblemCode,
    about: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
    zone: Tz,
    language: Language,
) -> String {
    let (id, names_time, _) = of(code);
    let id = format!("kiosk-refused-{id}");
    match about.filter(|_| names_time) {
        Some(at) => phrases::say_with(
            language,
            &format!("{id}-at"),
            &[("time", phrases::moment_at(at, now, zone, language).into())],
        ),
        None => phrases::say(language, &id),
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
        ProblemCode::SessionLocked,
        ProblemCode::NotFound,
        ProblemCode::CommandReused,
        ProblemCode::TooManyRequests,
        ProblemCode::StorageFull,
        ProblemCode::Unavailable,
        ProblemCode::InternalError,
        ProblemCode::OfficeSetAside,
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
        ProblemCode::ResultNotReady,
    ];

    #[test]
    fn every_refusal_is_a_sentence_in_both_languages_with_and_without_its_time() {
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let zone = phrases::zone("Europe/Athens");
        for &code in EVERY_REACHABLE {
            for language in Language::ALL {
                for about in [None, Some("2026-11-25T08:15:00Z".parse().unwrap())] {
                    let sentence = sentence(code, about, now, zone, language);
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
        let sentence = sentence(ProblemCode::OtherDay, Some(at), now, phrases::zone("Europe/Athens"), Language::El);
        assert_eq!(sentence, "Το ραντεβού σας είναι την Πέμπτη 26 Νοεμβρίου στις 10:15. Θα σας περιμένουμε.");
    }
}
