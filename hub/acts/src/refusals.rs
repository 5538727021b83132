//! The rules' reasons to say no, as the wire names them.

use chrono::{DateTime, NaiveTime, TimeZone, Utc};
use office::{Nobody, Office, Refusal, VisitId};
use wire::ProblemCode;

use crate::fault::Fault;

/// The wire's code for a refusal, and the time that its sentence speaks of.
pub fn refusal(refusal: &Refusal) -> (ProblemCode, Option<DateTime<Utc>>) {
    use ProblemCode as Code;
    let code = |code| (code, None);
    match *refusal {
        Refusal::NotConfigured
        | Refusal::BadConfiguration
        | Refusal::ServiceInUse { service: _ }
        | Refusal::DeskInUse { desk: _ } => code(Code::Configuration),
        Refusal::UnknownService => code(Code::UnknownService),
        Refusal::UnknownDesk => code(Code::UnknownDesk),
        Refusal::UnknownBooking => code(Code::UnknownCode),
        Refusal::UnknownVisit => code(Code::UnknownVisit),
        Refusal::NotSuspended | Refusal::NobodyRings => code(Code::NotFound),
        Refusal::IdTaken => code(Code::Unavailable),
        Refusal::TooSoon => code(Code::SlotInPast),
        Refusal::BeyondHorizon | Refusal::NotOffered => code(Code::SlotNotOffered),
        Refusal::Taken => code(Code::SlotTaken),
        Refusal::BadCount | Refusal::BadTimes | Refusal::AlreadyOver => code(Code::Malformed),
        Refusal::TooManyHolds => code(Code::TooManyHolds),
        Refusal::TooManyBookings => code(Code::TooManyBookings),
        Refusal::AgentDayFull => code(Code::AgentDayFull),
        Refusal::AgentsShareFull => code(Code::AgentsShareFull),
        Refusal::HoldLapsed | Refusal::NoMoreExtensions | Refusal::NotHeld | Refusal::BookingExpired => {
            code(Code::BookingExpired)
        }
        Refusal::NotOpen | Refusal::NothingToCorrect => code(Code::ChangeTooLate),
        Refusal::TooLateToChange => code(Code::ChangeTooLate),
        Refusal::OtherDay { date } => (Code::OtherDay, Some(Utc.from_utc_datetime(&date.and_time(NaiveTime::MIN)))),
        Refusal::CheckInOpensAt { at } => (Code::TicketsClosed, Some(at)),
        Refusal::AlreadyHere { visit: _ } => code(Code::NotCallable),
        Refusal::BookingCancelled => code(Code::BookingCancelled),
        Refusal::BookingVoid => code(Code::BookingVoid),
        Refusal::BookingMissed => code(Code::BookingMissed),
        Refusal::NoCheckInNeeded => code(Code::NotCallable),
        Refusal::LateChoiceNeeded { booked_for } => (Code::LateChoiceNeeded, Some(booked_for)),
        Refusal::OfficeClosed { opens_at } => (Code::OfficeClosed, opens_at),
        Refusal::TicketsClosed { opens_at } => (Code::TicketsClosed, opens_at),
        Refusal::Suspended { until } => (Code::Suspended, until),
        Refusal::BookingRequired => code(Code::BookingRequired),
        Refusal::NoTimeLeft => code(Code::NoTimeLeft),
        Refusal::HouseFull => code(Code::TooManyTickets),
        Refusal::NothingToChoose | Refusal::NotLate => code(Code::NotCallable),
        Refusal::NotLeased => code(Code::NotAllowed),
        Refusal::DeskClosed => code(Code::DeskClosed),
        Refusal::DeskOnBreak => code(Code::DeskOnBreak),
        Refusal::DeskNotOnBreak => code(Code::DeskClosed),
        Refusal::DeskAlreadyOpen | Refusal::ClerkElsewhere { desk: _ } => code(Code::DeskTaken),
        Refusal::DeskBusy { visit: _ } => code(Code::DeskBusy),
        Refusal::DeskHoldsAnother { holds: _ } => code(Code::DeskHoldsAnother),
        Refusal::Nobody(nobody) => (Code::NobodyNext, when(&nobody)),
        Refusal::NoteFirst { visit: _, note: _ } => code(Code::NoteFirst),
        Refusal::NotCallable | Refusal::NotNoShow => code(Code::NotCallable),
        Refusal::NotRemote => code(Code::NotCallable),
        Refusal::NotServedHere => code(Code::NotServedHere),
        Refusal::ReasonNeeded | Refusal::NoReasonToInterrupt => code(Code::ReasonNeeded),
        Refusal::NotCalledHere | Refusal::NotServingHere => code(Code::NotCalledHere),
        Refusal::RecallTooSoon { at } => (Code::RecallTooSoon, Some(at)),
        Refusal::RecallFirst { more: _ } => code(Code::RecallFirst),
        Refusal::TooLateToUndo => code(Code::TooLateToUndo),
        Refusal::TooFarAhead { latest } => (Code::TooFarAhead, Some(latest)),
        Refusal::TooLongAgo { earliest } => (Code::TooLongAgo, Some(earliest)),
    }
}

/// When somebody will fit after all.
const fn when(nobody: &Nobody) -> Option<DateTime<Utc>> {
    match nobody {
        Nobody::NoneWaiting | Nobody::NoneForThisDesk | Nobody::Closing { .. } => None,
        Nobody::AfterBookings { last_booked_for, .. } => Some(*last_booked_for),
        Nobody::TooEarly { callable_at, .. } => Some(*callable_at),
    }
}

/// The visit that a "nobody" speaks of.
const fn of_whom(nobody: &Nobody) -> Option<VisitId> {
    match nobody {
        Nobody::NoneWaiting | Nobody::NoneForThisDesk => None,
        Nobody::AfterBookings { visit, .. } | Nobody::TooEarly { visit, .. } | Nobody::Closing { visit, .. } => {
            Some(*visit)
        }
    }
}

/// A refusal with the words that need the office: the day of a booking in its zone, why nobody is next.
pub fn refusal_in(office: &Office, refused: &Refusal) -> Fault {
    let (code, at) = refusal(refused);
    let mut fault = Fault::at(code, at);
    let zone = office.config.as_ref().map_or(chrono_tz::Europe::Athens, |config| config.zone);
    match refused {
        Refusal::Nobody(nobody) => {
            let number = of_whom(nobody).and_then(|visit| office.visits.get(&visit)).map(|v| v.number.to_string());
            fault.words = Some(text::nobody(nobody, number.as_deref(), zone));
        }
        Refusal::OtherDay { date } => {
            fault.at = zone.from_local_datetime(&date.and_time(NaiveTime::MIN)).earliest().map(|at| at.to_utc());
        }
        _ => fault.words = own_sentence(refused).map(|id| text::words(id, &[])),
    }
    fault
}

/// The sentence of a refusal whose code stands for several, where the code's own would not say what to do next.
const fn own_sentence(refused: &Refusal) -> Option<&'static str> {
    match refused {
        Refusal::NotSuspended => Some("refusal-not-suspended"),
        Refusal::AlreadyHere { visit: _ } => Some("refusal-already-here"),
        Refusal::NoCheckInNeeded => Some("refusal-no-check-in-needed"),
        Refusal::NothingToChoose | Refusal::NotLate => Some("refusal-not-late"),
        Refusal::NotNoShow => Some("refusal-not-no-show"),
        Refusal::NotRemote => Some("refusal-not-remote"),
        Refusal::NoReasonToInterrupt => Some("refusal-no-reason-to-interrupt"),
        Refusal::DeskNotOnBreak => Some("refusal-desk-not-on-break"),
        Refusal::BadTimes => Some("refusal-bad-times"),
        Refusal::AlreadyOver => Some("refusal-already-over"),
        Refusal::BadCount => Some("refusal-bad-count"),
        Refusal::NothingToCorrect => Some("refusal-nothing-to-correct"),
        Refusal::NotOpen => Some("refusal-not-open"),
        _ => None,
    }
}
