//! Why somebody was called, or nobody, in words for staff (NEW-01).

use chrono::DateTime;
use chrono_tz::Tz;
use office::{FillerKind, Nobody, OverrideReason, Reason};
use wire::Words;

use super::{Voice, both};
use crate::dates::Dates;

/// Why a visit was called.
#[must_use]
pub fn reason(reason: &Reason, zone: Tz) -> Words {
    both(|voice| say_reason(reason, of_today(voice, zone)))
}

/// Times of today alone are said of calls: no day is.
const fn of_today(voice: Voice, zone: Tz) -> Dates {
    Dates { voice, zone, now: DateTime::UNIX_EPOCH }
}

fn say_reason(reason: &Reason, dates: Dates) -> String {
    let voice = dates.voice;
    match *reason {
        Reason::BookedAndDue { booked_for, arrived_at } => voice.say_with(
            "reason-booked-and-due",
            [("booked", dates.time(booked_for).into()), ("arrived", dates.time(arrived_at).into())],
        ),
        Reason::WaitedPastLimit { arrived_at, limit_minutes } => voice.say_with(
            "reason-waited-past-limit",
            [("arrived", dates.time(arrived_at).into()), ("limit", limit_minutes.into())],
        ),
        Reason::FitsGap { kind, priority, free_minutes, before } => {
            let kind = say_kind(kind, voice);
            let sentence = match (free_minutes, before) {
                (Some(free), Some(before)) => voice.say_with(
                    "reason-fits-gap-before",
                    [("kind", kind.into()), ("free", free.into()), ("before", dates.time(before).into())],
                ),
                (Some(_) | None, Some(_) | None) => voice.with("reason-fits-gap", "kind", kind),
            };
            if priority { voice.with("reason-by-priority", "reason", sentence) } else { sentence }
        }
        Reason::GapKept { overtaken } => voice.with("reason-gap-kept", "n", overtaken),
        Reason::FirstInLine => voice.say("reason-first-in-line"),
        Reason::BookedEarly { booked_for } => voice.with("reason-booked-early", "booked", dates.time(booked_for)),
        Reason::WithinBound { kind, delay_seconds, booked_for } => voice.say_with(
            "reason-within-bound",
            [
                ("kind", say_kind(kind, voice).into()),
                ("minutes", delay_seconds.div_ceil(60).into()),
                ("booked", dates.time(booked_for).into()),
            ],
        ),
        Reason::EndOfDay => voice.say("reason-end-of-day"),
        Reason::OutOfOrder { because, note: _ } => {
            voice.with("reason-out-of-order", "because", override_reason(because, voice))
        }
        Reason::ParkedHere => voice.say("reason-parked-here"),
        Reason::Direct => voice.say("reason-direct"),
        Reason::RemoteDue { booked_for } => voice.with("reason-remote-due", "booked", dates.time(booked_for)),
    }
}

fn say_kind(kind: FillerKind, voice: Voice) -> String {
    voice.say(match kind {
        FillerKind::WalkIn => "filler-walk-in",
        FillerKind::Late => "filler-late",
        FillerKind::Transferred => "filler-transferred",
        FillerKind::Interrupted => "filler-interrupted",
        FillerKind::Returned => "filler-returned",
    })
}

/// Why a clerk goes out of order.
#[must_use]
pub fn override_reason(because: OverrideReason, voice: Voice) -> String {
    voice.say(match because {
        OverrideReason::ShortMatter => "override-short-matter",
        OverrideReason::BroughtDocuments => "override-brought-documents",
        OverrideReason::Urgent => "override-urgent",
        OverrideReason::Mistake => "override-mistake",
        OverrideReason::NoteOfProposal => "override-note-of-proposal",
        OverrideReason::Other => "override-other",
    })
}

/// Why nobody is next. `number` is the ticket of the visit that it speaks of.
#[must_use]
pub fn nobody(nobody: &Nobody, number: Option<&str>, zone: Tz) -> Words {
    both(|voice| say_nobody(nobody, number.unwrap_or("—"), of_today(voice, zone)))
}

fn say_nobody(nobody: &Nobody, number: &str, dates: Dates) -> String {
    let voice = dates.voice;
    let number = || ("number", number.to_owned().into());
    match *nobody {
        Nobody::NoneWaiting => voice.say("nobody-none-waiting"),
        Nobody::NoneForThisDesk => voice.say("nobody-none-for-this-desk"),
        Nobody::LeftToDesk { visit: _, desk } => {
            voice.say_with("nobody-left-to-desk", [number(), ("desk", desk.0.into())])
        }
        Nobody::NoGap { visit: _, needs_minutes, booked_for, fits_at } => {
            let values = [number(), ("needs", needs_minutes.into()), ("booked", dates.time(booked_for).into())];
            let why = voice.say_with("nobody-no-gap", values);
            match fits_at {
                Some(at) => format!("{why} {}", voice.with("nobody-fits-at", "at", dates.time(at))),
                None => why,
            }
        }
        Nobody::TooEarly { visit: _, callable_at } => {
            voice.say_with("nobody-too-early", [number(), ("at", dates.time(callable_at).into())])
        }
        Nobody::Closing { visit: _, ends_at } => {
            voice.say_with("nobody-closing", [number(), ("at", dates.time(ends_at).into())])
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Athens;

    use super::*;

    #[test]
    fn new_01_the_reason_is_a_sentence_in_both_languages() {
        let booked_for = "2026-11-24T08:15:00Z".parse().unwrap();
        let arrived_at = "2026-11-24T08:08:00Z".parse().unwrap();
        let said = reason(&Reason::BookedAndDue { booked_for, arrived_at }, Athens);
        assert_eq!(said.en, "booked for 10:15, arrived 10:08");
        assert_eq!(said.el, "ραντεβού στις 10:15, άφιξη 10:08");
        let gap = Reason::FitsGap {
            kind: FillerKind::WalkIn,
            priority: false,
            free_minutes: Some(14),
            before: Some("2026-11-24T08:30:00Z".parse().unwrap()),
        };
        assert_eq!(reason(&gap, Athens).en, "walk-in, 14 min free before the booking of 10:30");
    }

    #[test]
    fn trn_06_nobody_says_when_somebody_will_fit() {
        let nobody_fits = Nobody::NoGap {
            visit: office::VisitId(7),
            needs_minutes: 20,
            booked_for: "2026-11-24T08:00:00Z".parse().unwrap(),
            fits_at: Some("2026-11-24T08:40:00Z".parse().unwrap()),
        };
        let said = nobody(&nobody_fits, Some("A042"), Athens);
        assert!(said.en.contains("A042 needs 20 min") && said.en.ends_with("Expected to fit at 10:40."), "{}", said.en);
    }
}
